//! What an entry says is erased on lawful demand: two people agree, proofs stay, and everybody who
//! verifies learns that something was erased (T19).

use ::evidence::verdict::Verdict;
use serde_json::json;

use crate::bundle::{Case, case, export, judged, keep, least, preview};
use crate::desk::approve;
use crate::harness::{Company, World, hire, person};

story!(
    an_entry_is_erased_when_another_agrees_and_proofs_stay,
    with_the_edit_of_a_contact_goes_what_it_replaced,
    nobody_else_may_and_what_cannot_go_stays,
);

async fn an_entry_is_erased_when_another_agrees_and_proofs_stay(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let Case { departure, paper } = case(&world, &company).await;
    let place = (company.entity, company.sales, company.post);
    let legal = hire(&world, person(place, "E700", "方法务", false), "legal").await;
    let chief = hire(&world, person(place, "E701", "高总", false), "executive").await;
    let all = world
        .get(
            &legal.login,
            &format!("/evidence?subject=departure/{departure}"),
        )
        .await
        .ok();
    let filed = all["items"].as_array().expect("entries").last().cloned();
    let index = filed.expect("the first entry")["index"]
        .as_u64()
        .expect("a place");
    let (_, _, receipt) = world
        .file(Some(hr), &format!("/evidence/{index}/proof"), None)
        .await;

    let path = format!("/evidence/{index}/erasure");
    let body = json!({ "basis": "个人信息保护法第四十七条", "demand": "张三书面请求 2026-11-30" });
    let asked = world.post(&legal.login, &path, body.clone()).await;
    assert_eq!(asked.status.as_u16(), 202, "{}", asked.body);
    assert!(world.entries("evidence.erase").await.is_empty(), "not yet");
    let held = format!("/cases/{}", asked.body["case_id"].as_str().expect("a case"));
    let held = world.get(&chief.login, &held).await.ok();
    let told = held["terms"].as_array().expect("what was asked").iter();
    let told: Vec<_> = told.map(|one| (&one["title"], &one["value"])).collect();
    let wanted = json!([["法律依据", body["basis"]], ["请求书编号", body["demand"]]]);
    assert_eq!(json!(told), wanted);
    approve(&world, &chief.login, "agree").await;
    world.run_jobs().await;
    let said = world.entries("evidence.erase").await;
    assert_eq!(said.len(), 1);
    assert_eq!(said[0]["detail"]["index"], index, "{}", said[0]);

    let entry = world.get(hr, &format!("/evidence/{index}")).await.ok();
    let line = &entry["line"];
    assert!(line["zh"].is_null() && line["erased"] == true, "{entry}");
    // Log and tables agree: what the entry had noted of rows stands beside the erasure now.
    let log = world.house.audit().await.expect("an audit");
    assert_eq!(
        (log.verdict, log.erased),
        (Verdict::Incomplete, vec![index])
    );
    let rows = world.house.spine.audit_rows().await.expect("an audit");
    assert_eq!((rows.total, rows.erased), (0, 1), "{:?}", rows.listed);

    // A bundle made afterwards: the record is INCOMPLETE by name, every proof holds, and the chain
    // tells why.
    let seen = preview(&world, hr, &departure).await;
    let (_, bytes) = export(&world, hr, &departure, least(&seen, &[&paper])).await;
    let kept = keep(&world, &bytes);
    let (verdict, text) = judged(&world, &kept);
    assert_eq!(verdict, Verdict::Incomplete, "{text}");
    assert!(text.contains("payload.erased"), "{text}");
    assert!(!text.contains("INVALID"), "{text}");
    let why = seen["records"].as_array().expect("records").iter();
    let mut why = why.filter_map(|record| record["zh"].as_str());
    assert!(why.any(|zh| zh.contains("依法删除第") && zh.contains("第四十七条")));
    // So does the receipt that somebody took away before.
    let (_, _, again) = world
        .file(Some(hr), &format!("/evidence/{index}/proof"), None)
        .await;
    assert!(receipt.starts_with(b"c2sp.org/tlog-proof@v1"));
    assert!(again.starts_with(b"c2sp.org/tlog-proof@v1"));

    let refused = world.post(&legal.login, &path, body).await;
    assert_eq!(refused.status.as_u16(), 409, "{}", refused.body);
    assert_eq!(refused.body["code"], "evidence.erased", "{}", refused.body);
}

/// Number and e-mail stand beside the entry, not in it: they go with it, and the others stay.
async fn with_the_edit_of_a_contact_goes_what_it_replaced(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.sales, company.post);
    let legal = hire(&world, person(place, "E700", "方法务", false), "legal").await;
    let chief = hire(&world, person(place, "E701", "高总", false), "executive").await;
    let zhang = &company.zhang.login;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let card = json!({ "name": "赵采购", "phone": "13812341234" });
    let contacts = format!("/customers/{id}/contacts");
    let contact = world.post(zhang, &contacts, card).await.id();
    let path = format!("/contacts/{contact}");
    for phone in ["13800000000", "13900000000"] {
        let passes = world.house.spine.now().plus_seconds(60);
        world.clock.set(passes);
        let card = json!({ "name": "赵采购", "phone": phone });
        world.post(zhang, &path, card).await.ok();
    }
    let newest = "SELECT CAST(max(idx) AS VARCHAR(20)) AS idx FROM log_entry \
                  WHERE kind = 'customer.edit_contact'";
    let newest = world.texts(newest, &["idx"]).await.concat().concat();
    let body = json!({ "basis": "个人信息保护法第四十七条", "demand": "书面请求 2026-12-01" });
    let erase = format!("/evidence/{newest}/erasure");
    let asked = world.post(&legal.login, &erase, body).await;
    assert_eq!(asked.status.as_u16(), 202, "{}", asked.body);
    approve(&world, &chief.login, "agree").await;
    world.run_jobs().await;
    assert_eq!(world.entries("evidence.erase").await.len(), 1);

    let why = json!({ "reason": "核对号码" });
    let shown = world.post(zhang, &format!("{path}/reveal"), why).await.ok();
    assert_eq!(shown["phone"], "13900000000");
    let former = shown["former"].as_array().expect("what was replaced");
    let left: Vec<_> = former.iter().map(|one| &one["phone"]).collect();
    assert_eq!(left, ["13812341234"]);
    let rows = world.house.spine.audit_rows().await.expect("an audit");
    assert_eq!((rows.total, rows.erased), (0, 1), "{:?}", rows.listed);
}

async fn nobody_else_may_and_what_cannot_go_stays(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.sales, company.post);
    let legal = hire(&world, person(place, "E700", "方法务", false), "legal").await;
    let body = json!({ "basis": "个人信息保护法第四十七条", "demand": "书面请求" });
    let auditor = world.login(None, &["auditor"]).await;
    for login in [&company.hr.login, &company.zhang.login, &auditor] {
        let no = world.post(login, "/evidence/0/erasure", body.clone()).await;
        assert!(matches!(no.status.as_u16(), 403 | 404), "{}", no.body);
    }
    let absent = world.post(&legal.login, "/evidence/99999/erasure", body.clone());
    assert_eq!(absent.await.status.as_u16(), 404);
    let empty = json!({ "basis": "", "demand": "书面请求" });
    let refused = world.post(&legal.login, "/evidence/0/erasure", empty).await;
    assert_eq!(refused.status.as_u16(), 422, "{}", refused.body);
}
