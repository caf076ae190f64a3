//! An import by the API: who may, what is shown before, what can be fetched after.

use serde_json::json;

use super::{customer, ledger};
use crate::harness::{Company, World};

story!(
    over_the_wire,
    files_are_looked_at_before_and_what_was_refused_can_be_fetched,
);

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn over_the_wire(world: World) {
    let company = Company::found(&world).await;
    let text = ledger();
    let parts: &[(&str, &str, &[u8])] = &[
        ("mapping", "", b"ledger"),
        ("file", "客户台账.csv", text.as_bytes()),
    ];
    world
        .upload(&company.zhang.login, "/imports", parts)
        .await
        .problem(403);
    let id = world
        .upload(&company.finance.login, "/imports", parts)
        .await
        .id();
    let path = format!("/imports/{id}");
    world.get(&company.zhang.login, &path).await.problem(403);
    let report = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(report["batch"]["state"], "staged");
    assert_eq!(
        customer(&world, "KH001").await,
        Vec::<String>::new(),
        "nothing is in the books"
    );
    let rows = world
        .get(&company.finance.login, &format!("{path}/rows"))
        .await
        .ok();
    let told = rows.to_string();
    assert!(
        !told.contains("13800138001") && told.contains("138****8001"),
        "{told}"
    );

    world
        .post(&company.zhang.login, &format!("{path}/commit"), json!({}))
        .await
        .problem(403);
    world
        .post(&company.finance.login, &format!("{path}/commit"), json!({}))
        .await
        .ok();
    let again = world
        .post(&company.finance.login, &format!("{path}/commit"), json!({}))
        .await;
    assert_eq!(again.problem(409), "import.wrong_state");
    let created = format!("{path}/rows?action=created");
    let created = world.get(&company.finance.login, &created).await.ok();
    assert!(
        created["items"]
            .as_array()
            .is_some_and(|items| items.len() > 5)
    );
    world
        .post(&company.finance.login, &format!("{path}/undo"), json!({}))
        .await
        .ok();
    let list = world.get(&company.finance.login, "/imports").await.ok();
    assert_eq!(list["items"][0]["state"], "undone");
    let became = ["created", "updated", "unchanged"].map(|what| list["items"][0][what].as_u64());
    assert_eq!(became, [Some(11), Some(0), Some(0)]);

    let other = world
        .upload(&company.finance.login, "/imports", parts)
        .await
        .id();
    world
        .post(
            &company.finance.login,
            &format!("/imports/{other}/discard"),
            json!({}),
        )
        .await
        .ok();
    let broken: &[(&str, &str, &[u8])] = &[
        ("mapping_text", "", b"nonsense = 1"),
        ("file", "a.csv", b"a\n1\n"),
    ];
    let broken = world
        .upload(&company.finance.login, "/imports", broken)
        .await;
    assert_eq!(broken.problem(422), "import.mapping");
    let shipped = world
        .get(&company.finance.login, "/import-mappings")
        .await
        .ok();
    assert_eq!(shipped["items"].as_array().map(Vec::len), Some(5));
}

async fn files_are_looked_at_before_and_what_was_refused_can_be_fetched(world: World) {
    let company = Company::found(&world).await;
    let (finance, zhang) = (&company.finance.login, &company.zhang.login);
    let text = ledger().replacen("2025/1/5,12.5", "2025/1/5,1.23E+17", 1);
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let parts = |encoding: &'static [u8]| -> Vec<(&str, &str, Vec<u8>)> {
        vec![
            ("mapping", "", b"ledger".to_vec()),
            ("encoding", "", encoding.to_vec()),
            ("file", "客户台账.csv", gb.to_vec()),
            ("file", "别的.csv", b"a\n1\n".to_vec()),
        ]
    };
    let send = async |login, path, parts: &[(&str, &str, Vec<u8>)]| {
        let parts: Vec<(&str, &str, &[u8])> = parts
            .iter()
            .map(|(name, file, bytes)| (*name, *file, bytes.as_slice()))
            .collect();
        world.upload(login, path, &parts).await
    };
    send(zhang, "/import-preview", &parts(b"auto"))
        .await
        .problem(403);
    let shown = send(finance, "/import-preview", &parts(b"auto")).await.ok();
    assert_eq!(shown["items"][0]["encoding"], "gb18030");
    let rows = shown["items"][0]["rows"].to_string();
    assert!(
        rows.contains("青禾农业科技有限公司") && !rows.contains("13800138001"),
        "{rows}"
    );
    assert_eq!(shown["items"][1]["problem"]["code"], "file_not_mapped");
    let wrong = send(finance, "/import-preview", &parts(b"utf-8"))
        .await
        .ok();
    assert_eq!(wrong["items"][0]["problem"]["code"], "unknown_encoding");
    let strange = send(finance, "/import-preview", &parts(b"latin1")).await;
    assert_eq!(strange.problem(422), "import.encoding");
    let big = vec![b'#'; (1 << 20) + 1];
    let big = [
        ("mapping_text", "", big),
        ("file", "a.csv", b"a\n1\n".to_vec()),
    ];
    assert_eq!(
        send(finance, "/imports", &big).await.problem(422),
        "import.mapping_size"
    );

    let id = send(finance, "/imports", &parts(b"auto")).await.id();
    for path in ["refused?format=csv", "refused?format=xlsx&lang=en"] {
        let path = format!("/imports/{id}/{path}");
        world.get(zhang, &path).await.problem(403);
        world.get(finance, &path).await.ok();
    }
    let progress = format!("/import-progress/{id}");
    world.get(zhang, &progress).await.problem(403);
    assert_eq!(world.get(finance, &progress).await.ok()["phase"], "idle");
}
