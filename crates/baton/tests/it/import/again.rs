//! The same file again, a changed one, and one that is taken back.

use std::collections::BTreeMap;

use baton::import::Action;
use serde_json::json;
use spine::{By, Failure};

use super::{customer, everything_is_booked, ledger, shared, take, take_ledger, undo_of};
use crate::harness::{Company, World};

story!(
    the_same_file_twice_changes_nothing,
    a_changed_file_changes_what_changed_in_it,
    an_undo_takes_back_and_the_file_comes_in_anew,
    what_was_taken_back_stands_in_nobodys_way,
    an_undo_is_refused_when_something_rests_on_the_batch,
);

/// How many rows each table of the business has.
async fn rows(world: &World) -> BTreeMap<&'static str, String> {
    let mut counts = BTreeMap::new();
    for (table, query) in [
        (
            "people_employee",
            "SELECT CAST(count(*) AS TEXT) AS n FROM people_employee",
        ),
        (
            "people_employment",
            "SELECT CAST(count(*) AS TEXT) AS n FROM people_employment",
        ),
        (
            "customer",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer",
        ),
        (
            "customer_term",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_term",
        ),
        (
            "customer_assignment",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_assignment",
        ),
        (
            "customer_contact",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_contact",
        ),
        (
            "receivable_contract",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_contract",
        ),
        (
            "receivable_invoice",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_invoice",
        ),
        (
            "receivable_receipt",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_receipt",
        ),
        (
            "receivable_clearing",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_clearing",
        ),
        (
            "import_identity",
            "SELECT CAST(count(*) AS TEXT) AS n FROM import_identity",
        ),
    ] {
        counts.insert(table, world.texts(query, &["n"]).await[0][0].clone());
    }
    counts
}

async fn the_same_file_twice_changes_nothing(world: World) {
    take_ledger(&world, &ledger()).await;
    let ibm = shared("ibm_ar");
    if let Some(files) = ibm.clone() {
        take(&world, "ibm_ar", files).await;
    }
    let before = rows(&world).await;
    let mut again = vec![take_ledger(&world, &ledger()).await];
    if let Some(files) = ibm {
        again.push(take(&world, "ibm_ar", files).await);
    }
    for summary in again {
        for (kind, counts) in &summary.counts {
            assert!(
                counts.keys().all(|action| *action == Action::Same),
                "{kind}: {counts:?}"
            );
        }
        everything_is_booked(&summary.report);
    }
    assert_eq!(rows(&world).await, before);
}

async fn owners(world: &World) -> Vec<Vec<String>> {
    world
        .texts(
            "SELECT CAST(a.seq AS TEXT) AS seq, e.name AS owner FROM customer_assignment a \
             JOIN customer c ON c.id = a.customer_id LEFT JOIN people_employee e \
             ON e.id = a.owner_id WHERE c.name = '青禾农业科技有限公司' ORDER BY a.seq",
            &["seq", "owner"],
        )
        .await
}

/// The regions in which a search finds KH001.
async fn found_in(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT DISTINCT t.region AS region FROM customer_term t \
                 JOIN customer c ON c.term_no = t.term_no WHERE c.number = 'KH001'";
    world.texts(query, &["region"]).await
}

async fn a_changed_file_changes_what_changed_in_it(world: World) {
    take_ledger(&world, &ledger()).await;
    world.pass_days(3);
    // Somebody edits the customer in the house; the file knows nothing of it.
    world
        .raw("UPDATE customer SET tier = 'S' WHERE number = 'KH001'")
        .await
        .expect("an edit");
    let changed = ledger().replacen(
        "青禾农业科技有限公司,91999999MA9K1138XE,农业,华东,A,X101,陈一帆",
        "青禾农业科技有限公司,91999999MA9K1138XE,农业,西南,A,X102,林小满",
        1,
    );
    assert_ne!(changed, ledger());
    let summary = take_ledger(&world, &changed).await;
    assert_eq!(
        summary.counts["customer"][&Action::Updated],
        1,
        "{:?}",
        summary.counts
    );
    assert_eq!(
        customer(&world, "KH001").await,
        ["KH001", "青禾农业科技有限公司", "西南", "陈一帆", "active"]
    );
    assert_eq!(found_in(&world).await, [["西南"]]);
    assert_eq!(owners(&world).await, [["1", "陈一帆"]]);
    let tier = "SELECT tier FROM customer WHERE number = 'KH001'";
    assert_eq!(
        world.texts(tier, &["tier"]).await,
        [["S"]],
        "what the file did not change stays"
    );

    let undo = undo_of(summary.id);
    world.done(&undo).await;
    assert_eq!(
        customer(&world, "KH001").await,
        ["KH001", "青禾农业科技有限公司", "华东", "陈一帆", "active"]
    );
    assert_eq!(found_in(&world).await, [["华东"]]);
    let again = take_ledger(&world, &ledger()).await;
    assert!(
        again.counts["customer"]
            .keys()
            .all(|action| *action == Action::Same)
    );
}

async fn an_undo_takes_back_and_the_file_comes_in_anew(world: World) {
    let before = rows(&world).await;
    let first = take_ledger(&world, &ledger()).await;
    let undo = undo_of(first.id);
    world.done(&undo).await;
    let after = rows(&world).await;
    for table in [
        "customer_contact",
        "receivable_contract",
        "import_identity",
        "customer_term",
    ] {
        assert_eq!(after[table], before[table], "{table}");
    }
    let live = "SELECT CAST(count(*) AS TEXT) AS n FROM customer \
                WHERE state = 'active' OR owner_id IS NOT NULL OR number LIKE 'KH001'";
    assert_eq!(world.texts(live, &["n"]).await, [["0"]]);
    let working = "SELECT CAST(count(*) AS TEXT) AS n FROM people_employee WHERE state <> 'left'";
    assert_eq!(world.texts(working, &["n"]).await, [["0"]]);

    let second = take_ledger(&world, &ledger()).await;
    everything_is_booked(&second.report);
    assert_eq!(second.counts, first.counts, "everything is created anew");

    if let Some(files) = shared("ibm_ar") {
        let ibm = take(&world, "ibm_ar", files.clone()).await;
        let undo = undo_of(ibm.id);
        world.done(&undo).await;
        let left = "SELECT CAST(coalesce(sum(amount), 0) AS TEXT) AS a, \
                    CAST(coalesce(sum(cleared), 0) AS TEXT) AS c FROM receivable_invoice";
        assert_eq!(world.texts(left, &["a", "c"]).await, [["0", "0"]]);
        everything_is_booked(&take(&world, "ibm_ar", files).await.report);
    }
}

/// It is there to be read.
async fn what_was_taken_back_stands_in_nobodys_way(world: World) {
    let batch = take_ledger(&world, &ledger()).await;
    world.done(&undo_of(batch.id)).await;
    let company = Company::found(&world).await;
    let gone = "SELECT id, name FROM customer WHERE state = 'withdrawn' ORDER BY id LIMIT 1";
    let gone = world.texts(gone, &["id", "name"]).await.remove(0);
    let boss = world.login(None, &["executive"]).await;
    let owner = json!({ "owner_id": company.zhang.id, "reason": "allotted",
        "effective_on": world.today() });
    let path = format!("/customers/{}/assign", gone[0]);
    let refused = world.post(&boss, &path, owner).await;
    assert_eq!(refused.problem(409), "customer.is_withdrawn");
    let paid = json!({ "customer_id": gone[0], "number": "HK-9", "received_on": world.today(),
        "amount": crate::harness::money("1") });
    let refused = world.post(&company.finance.login, "/receipts", paid).await;
    assert_eq!(refused.problem(409), "customer.is_withdrawn");
    let anew = json!({ "name": gone[1] });
    let login = &company.zhang.login;
    let added = world.post(login, "/customers", anew).await.id();
    let merge = json!({ "into_id": gone[0], "reason": "合并试试" });
    let path = format!("/customers/{added}/merge");
    let refused = world.post(&boss, &path, merge).await;
    assert_eq!(refused.problem(409), "customer.is_withdrawn");
}

async fn an_undo_is_refused_when_something_rests_on_the_batch(world: World) {
    let company = Company::found(&world).await;
    let batch = take_ledger(&world, &ledger()).await.id;
    let id = world
        .texts("SELECT id FROM customer WHERE number = 'KH002'", &["id"])
        .await[0][0]
        .clone();
    let body = json!({
        "customer_id": id, "number": "FP-9", "amount": crate::harness::money("10"),
        "issued_on": world.today(), "due_on": world.today().plus_days(30),
    });
    world
        .post(&company.finance.login, "/invoices", body)
        .await
        .ok();
    let undo = undo_of(batch);
    let answer = world
        .house
        .spine
        .perform(&undo, &By::system("test"), None)
        .await;
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(refusal.code, "import.in_use");
    assert!(
        refusal.message.contains("客户「KH002」已有发票"),
        "{}",
        refusal.message
    );
    assert_eq!(customer(&world, "KH002").await[4], "active");
}
