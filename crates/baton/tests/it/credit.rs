//! What is left over of a receipt is matched later: the rules, and the commission it earns then.

use baton::import;
use kernel::ImportId;
use serde_json::{Value as Json, json};
use spine::{By, Failure};

use crate::commission::{calculate, deal, holds, open, plan, statement};
use crate::harness::{Company, World, money};
use crate::payroll::closed;
use crate::statement::holds_again;

story!(
    money_that_came_before_its_invoice_is_matched_and_earns,
    a_match_after_the_close_is_paid_in_the_next_month,
    what_is_matched_must_add_up,
    what_is_left_follows_a_customer_that_was_merged,
    an_import_whose_money_was_matched_since_is_not_undone,
    an_import_whose_money_waits_is_undone,
    one_number_has_one_form_and_days_are_plausible,
);

pub(crate) async fn came(
    world: &World,
    company: &Company,
    customer: &str,
    of: (&str, &str),
) -> String {
    let (number, yuan) = of;
    let body = json!({ "customer_id": customer, "number": number, "amount": money(yuan),
        "received_on": world.today() });
    let finance = &company.finance.login;
    world.post(finance, "/receipts", body).await.id()
}

pub(crate) fn matches(receipt: &str) -> String {
    format!("/receipts/{receipt}/matches")
}

pub(crate) fn part(invoice: &str, yuan: &str) -> Json {
    json!({ "invoice_id": invoice, "amount": money(yuan) })
}

async fn open_of(world: &World, company: &Company, invoice: &str) -> Json {
    let path = format!("/invoices/{invoice}");
    let view = world.get(&company.finance.login, &path).await.ok();
    view["open"]["amount"].clone()
}

pub(crate) async fn earned(world: &World, company: &Company, month: &str) -> Json {
    calculate(world, company).await;
    let query = format!("month={month}");
    let statement = statement(world, &company.zhang.login, &query).await;
    statement["total"]["amount"].clone()
}

async fn money_that_came_before_its_invoice_is_matched_and_earns(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    plan(&world, &company, 500).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let receipt = came(&world, &company, &customer, ("HK-1", "800")).await;
    let early = world.post(finance, &matches(&receipt), json!({})).await;
    assert_eq!(early.problem(409), "receivable.nothing_to_clear");
    world.pass_days(1);
    let invoice = company.invoice(&world, &customer, "FP-1", "800").await;
    open(&world, &company, "2026-11").await;
    assert_eq!(earned(&world, &company, "2026-11").await, "0.00");

    world.pass_days(1);
    let path = format!("/invoices/{invoice}");
    let told = world.get(finance, &path).await.ok();
    assert_eq!(told["credits"][0]["number"], "HK-1");
    assert_eq!(told["credits"][0]["credit"]["amount"], "800.00");
    let offer = world.get(finance, &matches(&receipt)).await.ok();
    assert_eq!(offer["credit"]["amount"], "800.00");
    let taken = &offer["invoices"][0];
    assert_eq!(
        (&taken["number"], &taken["takes"]["amount"]),
        (&json!("FP-1"), &json!("800.00"))
    );
    for other in [zhang, &company.wang.login, &company.hr.login] {
        let looked = world.get(other, &matches(&receipt)).await;
        assert!(
            matches!(looked.status.as_u16(), 403 | 404),
            "{}",
            looked.body
        );
        let tried = world.post(other, &matches(&receipt), json!({})).await;
        assert!(matches!(tried.status.as_u16(), 403 | 404), "{}", tried.body);
    }
    world
        .post(finance, &matches(&receipt), json!({}))
        .await
        .id();
    assert_eq!(open_of(&world, &company, &invoice).await, "0.00");
    let told = world.get(finance, &path).await.ok();
    assert_eq!(told["credits"], json!([]));
    let again = world.post(finance, &matches(&receipt), json!({})).await;
    assert_eq!(again.problem(409), "receivable.no_credit");
    // It was open yesterday and stays so.
    let day = world.today().plus_days(-1);
    let then = format!("/invoices?open=true&as_of={day}");
    let then = world.get(finance, &then).await.ok();
    assert_eq!(then["items"][0]["open"]["amount"], "800.00");

    let entry = world
        .entries("receivable.match_credit")
        .await
        .remove(0)
        .to_string();
    for said in [
        "的回款 HK-1 的余款 800.00 元核销 1 张发票",
        "Matched 800.00 yuan left of receipt HK-1",
    ] {
        assert!(entry.contains(said), "{entry}");
    }
    assert_eq!(earned(&world, &company, "2026-11").await, "40.00");

    // What was matched can go back like any other money.
    let refund = json!({ "kind": "refund", "number": "TK-1", "invoice_id": invoice,
        "receipt_id": receipt, "on": world.today(), "amount": money("200"), "reason": "退货" });
    world.post(finance, "/reversals", refund).await.ok();
    assert_eq!(earned(&world, &company, "2026-11").await, "30.00");
    // It went back to the customer and is not left over.
    let refunded = world.post(finance, &matches(&receipt), json!({})).await;
    assert_eq!(refunded.problem(409), "receivable.no_credit");
    holds(&world).await;
}

async fn a_match_after_the_close_is_paid_in_the_next_month(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    // Everything that is open, and 800 more.
    let receipt = came(&world, &company, &customer, ("HK-1", "99565.43")).await;
    open(&world, &company, "2026-11").await;
    assert_eq!(earned(&world, &company, "2026-11").await, "4938.27");
    closed(&world, &company, "2026-11").await;
    world.pass_days(12);
    company.invoice(&world, &customer, "FP-2", "1000").await;
    open(&world, &company, "2026-12").await;
    assert_eq!(earned(&world, &company, "2026-12").await, "0.00");
    world
        .post(finance, &matches(&receipt), json!({}))
        .await
        .ok();
    assert_eq!(earned(&world, &company, "2026-12").await, "40.00");
    assert_eq!(earned(&world, &company, "2026-11").await, "4938.27");
    let offer = world.get(finance, &matches(&receipt)).await.ok();
    assert_eq!(offer["credit"]["amount"], "0.00");
    assert_eq!(offer["invoices"][0]["open"]["amount"], "200.00");
    // What was matched later is no fact of the month that is closed: it is worked out again.
    holds_again(&world, &company.zhang.login, "2026-11", None).await;
    holds(&world).await;
}

async fn what_is_matched_must_add_up(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = async |name: &str| company.customer(&world, &company.zhang, name).await;
    let (own, other) = (
        customer("永定机床有限公司").await,
        customer("通州泵业有限公司").await,
    );
    let paid = company.invoice(&world, &own, "FP-0", "10").await;
    let receipt = came(&world, &company, &own, ("HK-1", "110")).await;
    let one = company.invoice(&world, &own, "FP-1", "70").await;
    let two = company.invoice(&world, &own, "FP-2", "70").await;
    let foreign = company.invoice(&world, &other, "FP-3", "70").await;
    for wrong in [
        json!([part(&foreign, "1")]),
        json!([part(&paid, "1")]),
        json!([part(&one, "70.01")]),
        json!([part(&one, "0")]),
        json!([part(&one, "10"), part(&one, "10")]),
        json!([part(&one, "60"), part(&two, "40.01")]),
    ] {
        let body = json!({ "clearings": wrong });
        let answer = world.post(finance, &matches(&receipt), body).await;
        assert_eq!(answer.problem(422), "receivable.clearing");
    }
    let none = json!({ "clearings": [] });
    let none = world.post(finance, &matches(&receipt), none).await;
    assert_eq!(none.problem(409), "receivable.nothing_to_clear");
    let absent = matches("rcp_01arz3ndektsv4rrffq69g5fav");
    world.post(finance, &absent, json!({})).await.problem(404);

    // Twice the same invoice, then what is left by age.
    for yuan in ["10", "20"] {
        let body = json!({ "clearings": [part(&two, yuan)] });
        world.post(finance, &matches(&receipt), body).await.ok();
    }
    assert_eq!(open_of(&world, &company, &two).await, "40.00");
    world
        .post(finance, &matches(&receipt), json!({}))
        .await
        .ok();
    assert_eq!(open_of(&world, &company, &one).await, "0.00");
    assert_eq!(open_of(&world, &company, &two).await, "40.00");
    let rows = "SELECT CAST(seq AS TEXT) AS seq, CAST(amount AS TEXT) AS amount \
                FROM receivable_clearing ORDER BY seq";
    let written = world.texts(rows, &["seq", "amount"]).await;
    assert_eq!(
        written,
        [["1", "1000"], ["2", "1000"], ["3", "2000"], ["4", "7000"]]
    );
    holds(&world).await;
}

async fn what_is_left_follows_a_customer_that_was_merged(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang, &company.finance.login);
    let stays = company.customer(&world, zhang, "永定机床有限公司").await;
    let twin = company.customer(&world, zhang, "永定机床厂").await;
    let receipt = came(&world, &company, &twin, ("HK-1", "100")).await;
    let invoice = company.invoice(&world, &stays, "FP-1", "70").await;
    let before = world.post(finance, &matches(&receipt), json!({})).await;
    assert_eq!(before.problem(409), "receivable.nothing_to_clear");
    let merge = json!({ "into_id": stays, "reason": "重复录入" });
    let place = format!("/customers/{twin}/merge");
    world.post(&company.chief.login, &place, merge).await.ok();
    let view = world
        .get(finance, &format!("/invoices/{invoice}"))
        .await
        .ok();
    assert_eq!(view["credits"][0]["number"], "HK-1");
    world
        .post(finance, &matches(&receipt), json!({}))
        .await
        .ok();
    assert_eq!(open_of(&world, &company, &invoice).await, "0.00");
    let refund = json!({ "number": "TK-1", "on": world.today(), "amount": money("30"),
        "reason": "客户多付" });
    let path = format!("/receipts/{receipt}/refunds");
    world.post(finance, &path, refund).await.ok();
    let refunds = format!("/customers/{stays}/refunds");
    let refunds = world.get(finance, &refunds).await.ok();
    assert_eq!(refunds[0]["number"], "TK-1");
    holds(&world).await;
}

const RECEIPTS: &str = r#"
name = "回款"
system = "bank"
currency = "CNY"

[source.money]
file = "money.csv"

[[record]]
kind = "receipt"
source = "money"
[record.fields]
number = "no"
customer = "customer"
received_on = "day"
amount = "amount"
"#;

/// The receipt of a file, over nothing that is open, and its batch.
pub(crate) async fn loaded(world: &World, company: &Company, customer: &str) -> ImportId {
    let view = format!("/customers/{customer}");
    let view = world.get(&company.finance.login, &view).await.ok();
    let (number, day) = (view["number"].as_str().expect("a number"), world.today());
    let text = format!("no,customer,day,amount\nHK-1,{number},{day},800.00\n");
    let files = vec![("money.csv".to_owned(), text.into_bytes())];
    let loaded = import::load(&world.house, &By::system("test"), RECEIPTS, files).await;
    loaded.expect("the import").id
}

/// Why an undo of this batch is refused.
pub(crate) async fn in_use(world: &World, batch: ImportId) -> String {
    let recorded_by = "system".to_owned();
    let undo = import::acts::undo::Undo { batch, recorded_by };
    let by = By::system("test");
    let answer = world.house.spine.perform(&undo, &by, None).await;
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(refusal.code, "import.in_use");
    refusal.message.clone()
}

async fn an_import_whose_money_was_matched_since_is_not_undone(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    plan(&world, &company, 500).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let batch = loaded(&world, &company, &customer).await;
    let invoice = company.invoice(&world, &customer, "FP-1", "800").await;
    let list = format!("/customers/{customer}/receipts");
    let receipts = world.get(finance, &list).await.ok();
    assert_eq!(receipts[0]["credit"]["amount"], "800.00");
    let receipt = receipts[0]["id"].as_str().expect("an id");
    world.post(finance, &matches(receipt), json!({})).await.ok();
    let told = in_use(&world, batch).await;
    assert!(told.contains("回款「HK-1」已有后来核销的余款"), "{told}");
    // Nothing moved, and commission stands in the way by name too.
    assert_eq!(open_of(&world, &company, &invoice).await, "0.00");
    open(&world, &company, "2026-11").await;
    assert_eq!(earned(&world, &company, "2026-11").await, "40.00");
    let told = in_use(&world, batch).await;
    assert!(
        told.contains("回款「HK-1」已计入已算出的 2026-11 月提成"),
        "{told}"
    );
    holds(&world).await;
}

async fn an_import_whose_money_waits_is_undone(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let batch = loaded(&world, &company, &customer).await;
    let list = format!("/customers/{customer}/receipts");
    let receipts = world.get(finance, &list).await.ok();
    let receipt = receipts[0]["id"].as_str().expect("an id");
    let recorded_by = "system".to_owned();
    let undo = import::acts::undo::Undo { batch, recorded_by };
    world.done(&undo).await;
    let invoice = company.invoice(&world, &customer, "FP-1", "800").await;
    let gone = world.post(finance, &matches(receipt), json!({})).await;
    gone.problem(404);
    assert_eq!(open_of(&world, &company, &invoice).await, "800.00");
    holds(&world).await;
}

async fn one_number_has_one_form_and_days_are_plausible(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let today = world.today();
    let papers = [
        ("/contracts", "signed_on", json!({ "title": "年度框架" })),
        ("/orders", "ordered_on", json!({})),
        (
            "/invoices",
            "issued_on",
            json!({ "due_on": today, "responsible_id": company.zhang.id }),
        ),
        ("/receipts", "received_on", json!({})),
    ];
    for (path, day, more) in papers {
        let paper = |number: &str, on: Json| {
            let mut body = json!({ "customer_id": customer, "number": number,
                "amount": money("10") });
            body[day] = on;
            for (key, value) in more.as_object().expect("fields") {
                body[key] = value.clone();
            }
            body
        };
        world
            .post(finance, path, paper("Ｔ－１０", json!(today)))
            .await
            .ok();
        for same in ["T-10", "\u{3000}Ｔ-10 "] {
            let twice = world.post(finance, path, paper(same, json!(today))).await;
            assert_eq!(
                twice.problem(409),
                "receivable.number_taken",
                "{path} {same}"
            );
        }
        world
            .post(finance, path, paper("t-10", json!(today)))
            .await
            .ok();
        for slip in ["1850-01-01", "1989-12-31"] {
            let old = world.post(finance, path, paper("T-11", json!(slip))).await;
            assert_eq!(old.body["errors"][0]["pointer"], json!(format!("/{day}")));
            assert_eq!(old.problem(422), "receivable.implausible_day", "{path}");
        }
        world
            .post(finance, path, paper("T-12", json!("1990-01-01")))
            .await
            .ok();
    }
    let numbers = "SELECT number FROM receivable_invoice";
    let mut numbers = world.texts(numbers, &["number"]).await;
    numbers.sort();
    assert_eq!(numbers, [["T-10"], ["T-12"], ["t-10"]]);
}
