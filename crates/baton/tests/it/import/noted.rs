//! What came in with a note is told in the report, once for all rows that were told the same.

use baton::import::{self, Summary};
use serde_json::json;
use spine::By;

use super::undo_of;
use crate::harness::{Company, World};

story!(
    what_came_in_with_a_note_is_told_once,
    whoever_owned_it_before_owns_it_since_then,
    nobody_owned_anything_before_he_was_hired,
    what_was_withdrawn_is_like_nothing,
);

const FILES: &str = "name = \"客户台账\"\nsystem = \"noted\"\n\
    [source.k]\nfile = \"k.csv\"\n[source.h]\nfile = \"h.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"k\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\ncredit_code = \"code\"\nowner = \"owner\"\n\
    [[record]]\nkind = \"receipt\"\nsource = \"h\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\ninvoice = \"invoice\"\nreceived_on = \"day\"\namount = \"amount\"\n";

/// One that the books know, and one of the files.
const TAKEN: &str = "911100001000006048";
const TWICE: &str = "91110000MA00000000";

async fn load(world: &World, k: &str, h: &str) -> Summary {
    let files = [
        ("k.csv", format!("no,name,code,owner\n{k}\n")),
        ("h.csv", format!("no,customer,invoice,day,amount\n{h}\n")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, FILES, files.to_vec()).await;
    loaded.expect("the import")
}

async fn what_came_in_with_a_note_is_told_once(world: World) {
    let company = Company::found(&world).await;
    let known = json!({ "name": "永定机床有限公司", "credit_code": TAKEN });
    let zhang = &company.zhang.login;
    world.post(zhang, "/customers", known).await.ok();
    let number = world.texts("SELECT number FROM customer", &["number"]);
    let number = number.await.swap_remove(0).swap_remove(0);
    let rows = [
        format!("R1,远山机电有限公司,{TAKEN},"),
        format!("R2,潮白铸造有限公司,{TWICE},E999"),
        format!("R3,珠江阀门有限公司,{TWICE},E999"),
        "R4,永定机床股份有限公司,,".to_owned(),
    ];
    let today = world.today();
    let money = format!("H1,R1,,{today},30\nH2,R1,,{today},40\nH3,R2,,{today},50");
    let loaded = load(&world, &rows.join("\n"), &money).await;
    let warned = loaded.report.findings.iter();
    let warned = warned.filter(|one| one.code == "came_in_with_a_note");
    let told: Vec<(&str, &str, &[u64])> = warned
        .map(|one| (one.file.as_str(), one.reason.as_str(), one.rows.as_slice()))
        .collect();
    let merge = "可能是同一家，请核对后合并";
    let alike = format!("统一社会信用代码与客户「{number}」相同，{merge}");
    let namesake = format!("名称与客户「{number}」相同，{merge}");
    let lost = "找不到负责人「E999」，暂无负责人";
    let both = format!("{lost}；统一社会信用代码与文件中另一行相同，{merge}");
    let credit = "没有指明发票，先记为余款，请在客户页核销";
    assert_eq!(
        told,
        [
            ("h.csv", credit, [2, 3, 4].as_slice()),
            ("k.csv", namesake.as_str(), &[5]),
            ("k.csv", lost, &[3]),
            ("k.csv", both.as_str(), &[4]),
            ("k.csv", alike.as_str(), &[2]),
        ]
    );
    // It is in the report whenever somebody looks, and refuses nothing.
    assert!(!loaded.report.refuses());
    let path = format!("/imports/{}", loaded.id);
    let steward = world.login(None, &["data_steward"]).await;
    let seen = world.get(&steward, &path).await.ok();
    let told = seen["findings"].to_string();
    assert!(told.contains(credit), "{told}");
}

const OWNED: &str = "name = \"客户\"\nsystem = \"old\"\n[source.k]\nfile = \"k.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"k\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\nowner = \"owner\"\nowned_since = \"since\"\n";

/// Customers with their owner and his first day.
async fn owned(world: &World, rows: &str) -> Summary {
    let text = format!("no,name,owner,since\n{rows}\n");
    let files = vec![("k.csv".to_owned(), text.into_bytes())];
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, OWNED, files).await;
    loaded.expect("the import")
}

async fn whoever_owned_it_before_owns_it_since_then(world: World) {
    Company::found(&world).await;
    let load = async |rows: &str| owned(&world, rows).await;
    let zhang = "E002";
    let ahead = world.today().plus_days(1);
    let rows =
        format!("R1,远山机电,{zhang},2025/3/1\nR2,潮白铸造,{zhang},\nR3,近水,{zhang},{ahead}");
    let first = load(&rows).await;
    let refused = first.report.findings.iter();
    let refused: Vec<&str> = refused
        .filter(|one| one.severity == "refused")
        .map(|one| one.column.as_str())
        .collect();
    assert_eq!(refused, ["since"]);
    let since = async || {
        let query = "SELECT number, owned_since FROM customer ORDER BY number";
        world.texts(query, &["number", "owned_since"]).await
    };
    let today = world.today().to_string();
    let known = [["R1", "2025-03-01"], ["R2", today.as_str()]];
    assert_eq!(since().await, known);
    // Another day in the file some other time does not move what commission was told by.
    load(&format!("R1,远山机电,{zhang},2024/3/1")).await;
    assert_eq!(since().await, known);
}

async fn nobody_owned_anything_before_he_was_hired(world: World) {
    // Everybody there was hired on 2020-03-01.
    Company::found(&world).await;
    owned(
        &world,
        "R1,远山机电,E002,2019/5/1\nR2,潮白铸造,E002,2020/3/1",
    )
    .await;
    let query = "SELECT c.number AS number, c.owned_since AS since, coalesce(r.note, '') AS note \
                 FROM customer c JOIN import_record r ON r.record_id = c.id ORDER BY c.number";
    let told = "负责起始日早于负责人入职日，按入职日记";
    assert_eq!(
        world.texts(query, &["number", "since", "note"]).await,
        [["R1", "2020-03-01", told], ["R2", "2020-03-01", ""]]
    );
}

/// Neither by its name nor by its credit code.
async fn what_was_withdrawn_is_like_nothing(world: World) {
    let first = load(&world, &format!("R1,远山机电有限公司,{TAKEN},"), "").await;
    world.done(&undo_of(first.id)).await;
    let anew = load(&world, &format!("R9,远山机电有限公司,{TAKEN},"), "").await;
    let findings = anew.report.findings.iter();
    let noted: Vec<&str> = findings
        .filter(|one| one.code == "came_in_with_a_note")
        .map(|one| one.reason.as_str())
        .collect();
    assert!(noted.is_empty(), "{noted:?}");
}
