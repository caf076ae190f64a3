//! A batch is taken back only as it came in: the last one first, nothing that was changed since.

use ::customer::AssignmentReason;
use baton::customer::acts::assign::Assign;
use baton::customer::acts::edit::Edit;
use baton::import::{self, Action, ImportView, Summary};
use baton::receivable::acts::describe_contract::DescribeContract;
use baton::receivable::acts::set_disputed::SetDisputed;
use kernel::{Fen, ImportId};
use serde_json::json;
use spine::{By, Failure};

use super::{booked, undo_of};
use crate::commission::{calculate, open, plan};
use crate::harness::{Company, World, money};
use crate::payroll::closed;

story!(
    the_last_batch_is_undone_first,
    what_was_changed_since_is_not_lost,
    what_commission_was_calculated_by_stays,
    a_customer_whose_deal_a_closed_month_counted_stays,
    a_corrected_contract_is_corrected_and_given_back,
    owners_of_undone_batches_do_not_hold_the_batch_before,
    a_correction_by_hand_holds_the_batch,
    a_customer_that_was_handed_over_is_named_once,
    an_undone_batch_counts_what_stands,
);

/// A customer, its contract, an invoice of it, and what was paid.
pub(super) const FILES: &str = "name = \"合同台账\"\nsystem = \"papers\"\n\
    [source.k]\nfile = \"k.csv\"\n[source.c]\nfile = \"c.csv\"\n\
    [source.f]\nfile = \"f.csv\"\n[source.h]\nfile = \"h.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"k\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\nregion = \"region\"\nowner = \"owner\"\n\
    [[record]]\nkind = \"contract\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nowner = \"owner\"\nsigned_on = \"day\"\namount = \"amount\"\n\
    product = \"product\"\nmargin = \"margin\"\n\
    [[record]]\nkind = \"invoice\"\nsource = \"f\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\ncontract = \"contract\"\nissued_on = \"day\"\ndue_on = \"due\"\n\
    amount = \"amount\"\n\
    [[record]]\nkind = \"receipt\"\nsource = \"h\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\ninvoice = \"invoice\"\nreceived_on = \"day\"\namount = \"amount\"\n";

/// The files of these rows, each with its header.
fn files_of([k, c, f, h]: [&str; 4]) -> Vec<(String, Vec<u8>)> {
    let files = [
        ("k.csv", "no,name,region,owner", k),
        ("c.csv", "no,customer,owner,day,amount,product,margin", c),
        ("f.csv", "no,customer,contract,day,due,amount", f),
        ("h.csv", "no,customer,invoice,day,amount", h),
    ];
    let files = files.map(|(name, head, rows)| {
        let text = format!("{head}\n{rows}\n");
        (name.to_owned(), text.into_bytes())
    });
    files.to_vec()
}

/// Takes these rows in.
pub(super) async fn papers(world: &World, rows: [&str; 4]) -> Summary {
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, FILES, files_of(rows)).await;
    loaded.expect("the import")
}

/// The report of these rows before they are written.
pub(super) async fn staged(world: &World, rows: [&str; 4]) -> ImportView {
    let by = By::system("test");
    let id = import::stage(&world.house, &by, FILES, files_of(rows)).await;
    let report = import::report(&world.house, &by, id.expect("a batch")).await;
    report.expect("the report")
}

const K: &str = "R001,远山机电有限公司,华东,";
const C: &str = "RK1,R001,,2026-03-02,5000,P9,800";
const F: &str = "RF1,R001,RK1,2026-04-01,2026-05-01,3000";

/// Code, sentence and remedy of a refused undo.
async fn refused(world: &World, batch: ImportId) -> [String; 3] {
    let by = By::system("test");
    let answer = world.house.spine.perform(&undo_of(batch), &by, None).await;
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("{answer:?}")
    };
    [
        refusal.code.to_string(),
        refusal.message.clone(),
        refusal.remedy.clone(),
    ]
}

async fn contract(world: &World) -> Vec<Vec<String>> {
    let query = "SELECT signed_on, CAST(amount AS TEXT) AS amount, product, \
                 CAST(margin AS TEXT) AS margin FROM receivable_contract";
    let columns = ["signed_on", "amount", "product", "margin"];
    world.texts(query, &columns).await
}

fn all_are(summary: &Summary, wanted: Action) {
    let all = || summary.counts.values().flat_map(|of| of.keys());
    assert!(
        all().all(|action| *action == wanted) && all().count() > 0,
        "{:?}",
        summary.counts
    );
}

async fn the_last_batch_is_undone_first(world: World) {
    let a = papers(&world, [K, C, "", ""]).await.id;
    let (k, c) = (K.replace("华东", "华南"), C.replace("5000", "6000"));
    let second = papers(&world, [&k, &c, "", ""]).await;
    all_are(&second, Action::Updated);
    let [code, message, remedy] = refused(&world, a).await;
    assert_eq!(code, "import.later_batch");
    let told = ("「合同台账」", "2 条记录", "请先撤销之后的导入");
    assert!(
        message.contains(told.0) && message.contains(told.1) && remedy.contains(told.2),
        "{message} {remedy}"
    );
    assert_eq!(contract(&world).await.len(), 1, "nothing is lost");

    world.done(&undo_of(second.id)).await;
    assert_eq!(contract(&world).await[0][1], "500000");
    let again = papers(&world, [K, C, "", ""]).await;
    all_are(&again, Action::Same);
    // It found everything as it was, and would go on saying so when everything is gone.
    let [code, message, remedy] = refused(&world, a).await;
    assert_eq!(code, "import.later_batch");
    let told = ("也含有本批的 2 条记录（内容相同）", "请先撤销之后的导入");
    assert!(
        message.contains(told.0) && remedy.contains(told.1),
        "{message} {remedy}"
    );
    assert_eq!(contract(&world).await.len(), 1, "nothing is lost");
    world.done(&undo_of(again.id)).await;
    assert_eq!(contract(&world).await.len(), 1, "it had brought nothing");
    world.done(&undo_of(a)).await;
    assert!(contract(&world).await.is_empty());
    let known = "SELECT key FROM import_identity";
    assert!(world.texts(known, &["key"]).await.is_empty());
    all_are(&papers(&world, [&k, &c, "", ""]).await, Action::Created);

    // A record that is gone, by whatever way, was changed: that is no fault of the house.
    let third = papers(&world, [K, C, "", ""]).await.id;
    let gone = "DELETE FROM receivable_contract";
    world.raw(gone).await.expect("it goes");
    let [code, message, _] = refused(&world, third).await;
    assert_eq!(code, "import.in_use");
    assert!(message.contains("合同「RK1」之后又有改动"), "{message}");
}

async fn id(world: &World, query: &'static str) -> String {
    world
        .texts(query, &["id"])
        .await
        .swap_remove(0)
        .swap_remove(0)
}

async fn what_was_changed_since_is_not_lost(world: World) {
    let batch = papers(&world, [K, C, F, ""]).await.id;
    let customer = id(&world, "SELECT id FROM customer").await;
    let contract = id(&world, "SELECT id FROM receivable_contract").await;
    let invoice = id(&world, "SELECT id FROM receivable_invoice").await;
    let edit = Edit {
        customer: customer.parse().expect("an id"),
        name: Some("远山机电集团有限公司".to_owned()),
        credit_code: None,
        industry: None,
        region: None,
        tier: None,
        address: None,
        accept_duplicate: false,
        seen: None,
    };
    world.done(&edit).await;
    let describe = DescribeContract {
        contract: contract.parse().expect("an id"),
        product: "P10".to_owned(),
        margin: Some(Fen(70_000)),
        seen: None,
    };
    world.done(&describe).await;
    let dispute = SetDisputed {
        invoice: invoice.parse().expect("an id"),
        disputed: true,
        reason: "数量不符".to_owned(),
    };
    world.done(&dispute).await;
    let [code, message, _] = refused(&world, batch).await;
    assert_eq!(code, "import.in_use");
    for what in ["客户「R001」", "合同「RK1」", "发票「RF1」"] {
        let told = format!("{what}之后又有改动");
        assert!(message.contains(&told), "{told}: {message}");
    }
    let names = world.texts("SELECT name FROM customer", &["name"]).await;
    assert_eq!(names, [["远山机电集团有限公司"]]);
}

async fn what_commission_was_calculated_by_stays(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 500).await;
    let k = K.to_owned() + "E002";
    let (c, h) = (C.replace(",,", ",E002,"), "RH1,R001,RF1,2026-11-22,3000");
    let batch = papers(&world, [&k, &c, F, h]).await.id;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let lines = "SELECT record AS id FROM commission_line WHERE kind = 'line'";
    assert!(id(&world, lines).await.starts_with("receipt/"));
    let [code, message, _] = refused(&world, batch).await;
    assert_eq!(code, "import.in_use");
    for what in ["合同「RK1」", "回款「RH1」"] {
        let told = format!("{what}已计入已算出的 2026-11 月提成");
        assert!(message.contains(&told), "{told}: {message}");
    }
    let finance = &company.finance.login;
    for step in ["review", "close"] {
        let path = format!("/commission-periods/2026-11/{step}");
        let body = match step {
            "close" => json!({ "reason": "月底提前关账" }),
            _ => json!({}),
        };
        world.post(finance, &path, body).await.ok();
    }
    let [_, message, remedy] = refused(&world, batch).await;
    let told = "合同「RK1」已计入已关账的 2026-11 月提成";
    assert!(message.contains(told), "{message}");
    assert!(remedy.contains("退款、坏账登记"), "{remedy}");
    // Neither does it go by itself.
    let contract = id(&world, "SELECT id FROM receivable_contract").await;
    let path = format!("/contracts/{contract}/withdraw");
    let alone = world
        .post(finance, &path, json!({ "reason": "录错了" }))
        .await;
    assert_eq!(alone.problem(409), "receivable.imported");
}

async fn a_customer_whose_deal_a_closed_month_counted_stays(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let k = K.to_owned() + "E002";
    let batch = papers(&world, [&k, "", "", ""]).await.id;
    let customer = id(&world, "SELECT id FROM customer").await;
    let entered = async |number: &str| {
        let body = json!({ "customer_id": customer, "number": number, "title": "设备",
            "amount": money("800"), "signed_on": world.today() });
        world.post(finance, "/contracts", body).await.id()
    };
    let withdrawn = async |contract: String| {
        let path = format!("/contracts/{contract}/withdraw");
        let body = json!({ "reason": "录错了" });
        world.post(finance, &path, body).await.ok();
    };
    let counted = entered("HT-1").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    world.pass_days(1);
    // No month knew the other one.
    withdrawn(entered("HT-2").await).await;
    withdrawn(counted).await;
    let [code, message, _] = refused(&world, batch).await;
    assert_eq!(code, "import.in_use");
    let told = "客户「R001」已有已关账月份计过的单据";
    assert!(message.contains(told), "{message}");
    let kept = "SELECT number FROM receivable_withdrawn";
    assert_eq!(world.texts(kept, &["number"]).await, [["HT-1"]]);
}

async fn a_corrected_contract_is_corrected_and_given_back(world: World) {
    papers(&world, [K, C, "", ""]).await;
    let corrected = "RK1,R001,,2026-03-05,5000,P10,900";
    let second = papers(&world, [K, corrected, "", ""]).await;
    assert_eq!(second.counts["contract"][&Action::Updated], 1);
    let now = ["2026-03-02", "500000", "P10", "90000"];
    assert_eq!(contract(&world).await, [now]);
    let notes = "SELECT note FROM import_record WHERE action = 'updated' AND note IS NOT NULL";
    let told = world.texts(notes, &["note"]).await;
    assert!(
        told.len() == 1 && told[0][0].contains("未改动") && told[0][0].contains("签订日期"),
        "{told:?}"
    );
    world.done(&undo_of(second.id)).await;
    let before = ["2026-03-02", "500000", "P9", "80000"];
    assert_eq!(contract(&world).await, [before]);
}

/// Owner, first day and state of the customer.
async fn owner(world: &World) -> Vec<String> {
    let query = "SELECT coalesce(e.name, '') AS owner, c.owned_since AS since, \
                 c.state AS state FROM customer c LEFT JOIN people_employee e ON e.id = c.owner_id";
    let columns = ["owner", "since", "state"];
    world.texts(query, &columns).await.swap_remove(0)
}

async fn owners_of_undone_batches_do_not_hold_the_batch_before(world: World) {
    Company::found(&world).await;
    let first = world.today().to_string();
    let batch = papers(&world, [K, "", "", ""]).await.id;
    for (number, name) in [("E002", "张三"), ("E003", "李四")] {
        world.pass_days(2);
        let k = K.to_owned() + number;
        let given = papers(&world, [&k, "", "", ""]).await.id;
        let today = world.today().to_string();
        assert_eq!(owner(&world).await, [name, today.as_str(), "active"]);
        world.pass_days(1);
        world.done(&undo_of(given)).await;
        assert_eq!(owner(&world).await, ["", first.as_str(), "active"]);
    }
    // Nothing but imports and their undos ever touched it, so the first one goes too.
    world.done(&undo_of(batch)).await;
    assert_eq!(owner(&world).await[2], "withdrawn");
}

async fn a_correction_by_hand_holds_the_batch(world: World) {
    let company = Company::found(&world).await;
    let k = |number: &str| K.to_owned() + number;
    let a = papers(&world, [K, "", "", ""]).await.id;
    let b = papers(&world, [&k("E003"), "", "", ""]).await.id;
    world.pass_days(1);
    let corrected = Assign {
        customer: id(&world, "SELECT id FROM customer")
            .await
            .parse()
            .expect("an id"),
        from: None,
        owner: Some(company.wang.id),
        effective_on: world.today(),
        reason: AssignmentReason::Corrected,
        plan: None,
        recorded_by: "system".to_owned(),
    };
    world.done(&corrected).await;
    for batch in [b, a] {
        let [code, message, _] = refused(&world, batch).await;
        let later = code == "import.later_batch";
        assert!(
            later || message.contains("客户「R001」之后又有改动"),
            "{message}"
        );
    }
    assert_eq!(owner(&world).await[0], "王五");
}

async fn a_customer_that_was_handed_over_is_named_once(world: World) {
    let company = Company::found(&world).await;
    let batch = papers(&world, [&(K.to_owned() + "E002"), "", "", ""])
        .await
        .id;
    world.pass_days(1);
    let customer = id(&world, "SELECT id FROM customer").await;
    let moved = Assign {
        customer: customer.parse().expect("an id"),
        owner: Some(company.wang.id),
        effective_on: world.today(),
        reason: AssignmentReason::Reassigned,
        plan: None,
        from: None,
        recorded_by: "system".to_owned(),
    };
    world.done(&moved).await;
    let [code, message, remedy] = refused(&world, batch).await;
    assert_eq!(code, "import.in_use");
    assert_eq!(message, "不能撤销：客户「R001」已有归属变动");
    // Neither commission nor people of the batch are in the way.
    let remedies = "请先处理这些记录，或在客户、合同等页面上逐条更正";
    assert_eq!(remedy, remedies);
}

async fn an_undone_batch_counts_what_stands(world: World) {
    let h = "RH1,R001,RF1,2026-04-20,3000";
    let batch = papers(&world, [K, C, F, h]).await;
    assert_eq!(booked(&batch.report, "invoice"), (1, "3000.00".to_owned()));
    world.done(&undo_of(batch.id)).await;
    let by = By::system("test");
    let report = import::report(&world.house, &by, batch.id).await;
    let report = report.expect("the report");
    for kind in ["customer", "contract", "invoice", "receipt"] {
        assert_eq!(booked(&report, kind), (0, String::new()), "{kind}");
    }
}
