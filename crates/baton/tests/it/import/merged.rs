//! A file goes on naming a customer that was merged.

use baton::customer::acts::merge::Merge;
use baton::import::{self, Action};
use serde_json::json;
use spine::By;

use super::{booked, customer, ledger, take_ledger};
use crate::harness::{Company, World};

story!(
    papers_of_a_merged_customer_come_in_to_the_one_that_stays,
    a_merged_customer_gets_no_owner_from_a_file,
);

const PAPERS: &str = "name = \"发票与回款\"\nsystem = \"papers\"\n\
    [source.invoices]\nfile = \"f.csv\"\n[source.receipts]\nfile = \"h.csv\"\n\
    [[record]]\nkind = \"invoice\"\nsource = \"invoices\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nissued_on = \"day\"\ndue_on = \"day\"\namount = \"amount\"\n\
    [[record]]\nkind = \"receipt\"\nsource = \"receipts\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\ninvoice = \"invoice\"\nreceived_on = \"day\"\namount = \"amount\"\n";

/// The number of a customer of this name.
async fn number(world: &World, name: &str) -> String {
    let all = world
        .texts("SELECT number, name FROM customer", &["number", "name"])
        .await;
    let found = all.into_iter().find(|row| row[1] == name);
    found.expect("a customer").swap_remove(0)
}

/// Number, customer, who must chase it and what is open of every invoice.
async fn invoices(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT i.number AS number, c.name AS customer, e.name AS responsible, \
                 CAST(i.amount - i.cleared AS TEXT) AS open FROM receivable_invoice i \
                 JOIN customer c ON c.id = i.customer_id \
                 LEFT JOIN people_employee e ON e.id = i.responsible_id ORDER BY i.number";
    let columns = ["number", "customer", "responsible", "open"];
    world.texts(query, &columns).await
}

async fn papers_of_a_merged_customer_come_in_to_the_one_that_stays(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang;
    let stays = company.customer(&world, zhang, "永定机床有限公司").await;
    let twin = company.customer(&world, zhang, "永定机床厂").await;
    company.invoice(&world, &twin, "FP-1", "70").await;
    let merge = json!({ "into_id": stays, "reason": "重复录入" });
    let place = format!("/customers/{twin}/merge");
    world.post(&company.chief.login, &place, merge).await.ok();

    let (today, stays) = (world.today(), number(&world, "永定机床有限公司").await);
    let twin = number(&world, "永定机床厂").await;
    let new = format!("no,customer,day,amount\nFP-9,{twin},{today},20\n");
    let paid = format!(
        "no,customer,invoice,day,amount\nHK-1,{stays},FP-1,{today},30\n\
         HK-2,{twin},FP-9,{today},20\n"
    );
    let files = [("f.csv", new), ("h.csv", paid)];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let system = By::system("test");
    let loaded = import::load(&world.house, &system, PAPERS, files.to_vec()).await;
    let report = loaded.expect("the import").report;
    assert_eq!(booked(&report, "receipt"), (2, "50.00".to_owned()));
    assert_eq!(
        invoices(&world).await,
        [
            ["FP-1", "永定机床厂", "张三", "4000"],
            ["FP-9", "永定机床有限公司", "张三", "0"],
        ]
    );
    let notes = "SELECT key, note FROM import_record WHERE note IS NOT NULL ORDER BY key";
    let told = "客户已合并，记到合并后的客户";
    assert_eq!(
        world.texts(notes, &["key", "note"]).await,
        [["FP-9", told], ["HK-2", told]]
    );
}

async fn a_merged_customer_gets_no_owner_from_a_file(world: World) {
    take_ledger(&world, &ledger()).await;
    let ids = world
        .texts("SELECT id FROM customer ORDER BY number", &["id"])
        .await;
    let id = |n: usize| ids[n][0].parse().expect("a customer's id");
    let merge = Merge {
        from: id(0),
        into: id(1),
        reason: "重复录入".to_owned(),
        recorded_by: "system".to_owned(),
    };
    world.done(&merge).await;
    let changed = ledger().replacen("华东,A,X101,陈一帆", "华东,A,X102,林小满", 1);
    assert_ne!(changed, ledger());
    let summary = take_ledger(&world, &changed).await;
    let became = &summary.counts["customer"];
    assert!(became.keys().all(|of| *of == Action::Same), "{became:?}");
    let told = summary.report.findings.iter();
    let mut told = told.map(|one| one.reason.as_str());
    assert!(told.any(|reason| reason == "客户已合并，归属未改动"));
    let merged = customer(&world, "KH001").await;
    assert_eq!(merged[3..], ["", "merged"], "{merged:?}");
}
