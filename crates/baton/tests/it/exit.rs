//! Commission when somebody leaves: four decisions, nothing forfeited, nothing paid twice.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, hand_over, open, plan, statement};
use crate::departure::{certificate, resign};
use crate::harness::{Company, Login, World, money, without_chance};
use crate::plans::{any, component, offer};

story!(
    every_open_contract_is_decided_before_a_departure_is_closed,
    what_takes_something_from_a_leaver_is_refused_in_words,
    an_objection_waits_for_an_answer,
    with_a_departure_that_is_withdrawn_no_decision_takes_effect,
    strangers_and_colleagues_see_nothing_of_it,
    a_table_says_what_is_still_to_come,
    what_really_came_in_fills_the_bands_before_what_may_come,
    what_was_earned_before_the_books_is_named,
);

/// A contract of Zhang's with a customer of its own, invoiced in full; gives the customer.
pub(crate) async fn contract(world: &World, company: &Company, number: &str, yuan: &str) -> String {
    let customer = format!("{number}有限公司");
    let customer = company.customer(world, &company.zhang, &customer).await;
    signed(world, company, &customer, (number, yuan)).await;
    customer
}

/// A contract with a customer, signed and invoiced in full today.
pub(crate) async fn signed(
    world: &World,
    company: &Company,
    customer: &str,
    (number, yuan): (&str, &str),
) {
    let (finance, today) = (&company.finance.login, world.today());
    let contract = json!({ "customer_id": customer, "number": number, "title": "改造",
        "amount": money(yuan), "signed_on": today });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let order = json!({ "customer_id": customer, "contract_id": contract,
        "number": format!("DD-{number}"), "amount": money(yuan), "ordered_on": today });
    let order = world.post(finance, "/orders", order).await.id();
    let invoice = json!({ "customer_id": customer, "number": format!("FP-{number}"),
        "order_id": order, "amount": money(yuan), "issued_on": today,
        "due_on": today.plus_days(30) });
    world.post(finance, "/invoices", invoice).await.ok();
}

pub(crate) async fn pays(
    world: &World,
    company: &Company,
    customer: &str,
    number: &str,
    yuan: &str,
) {
    pays_on(world, company, customer, number, (yuan, world.today())).await;
}

async fn pays_on(
    world: &World,
    company: &Company,
    customer: &str,
    number: &str,
    (yuan, on): (&str, kernel::Day),
) {
    let body = json!({ "customer_id": customer, "number": number, "amount": money(yuan),
        "received_on": on });
    let finance = &company.finance.login;
    world.post(finance, "/receipts", body).await.ok();
}

/// A leaver with four contracts, in each of which something else is open.
pub(crate) struct Leaving {
    pub(crate) departure: String,
    pub(crate) customers: [String; 4],
    pub(crate) zhang: Login,
    /// The plan by which everything went to Li.
    pub(crate) plan: String,
}

impl Leaving {
    /// | contract | amount | came in | owed | to come, 10 % | half, by terms he did not sign |
    /// | --- | ---: | ---: | ---: | ---: | ---: |
    /// | HT-1 | 10,000 | 6,000 | 600 | 400 | 200 |
    /// | HT-2 | 20,000 | 0 | 0 | 2,000 | 1,000 |
    /// | HT-3 | 30,000 | 10,000 | 1,000 | 2,000 | 1,000 |
    /// | HT-4 | 40,000 | 0 | 0 | 4,000 | 2,000 |
    async fn begin(world: &World, company: &Company) -> Leaving {
        let half = json!({ "protection": { "covers": "all", "afterwards": 5_000,
            "steps": [{ "before_day": 400, "share": 5_000 }] } });
        Leaving::begin_on(world, company, half).await
    }

    /// The same on other terms of the handover.
    pub(crate) async fn begin_on(world: &World, company: &Company, terms: Json) -> Leaving {
        plan(world, company, 1_000).await;
        let mut customers = Vec::new();
        for (number, yuan) in [
            ("HT-1", "10000.00"),
            ("HT-2", "20000.00"),
            ("HT-3", "30000.00"),
            ("HT-4", "40000.00"),
        ] {
            customers.push(contract(world, company, number, yuan).await);
        }
        pays(world, company, &customers[0], "HK-1", "6000.00").await;
        pays(world, company, &customers[2], "HK-3", "10000.00").await;
        open(world, company, "2026-11").await;
        calculate(world, company).await;
        world.pass_days(1);
        let departure = resign(world, &company.zhang.login).await;
        let hr = &company.hr.login;
        let path = format!("/departures/{departure}/acknowledge");
        world.post(hr, &path, json!({})).await.ok();
        let plan = hand_over(world, company, Some(terms)).await;
        Leaving {
            departure,
            plan,
            customers: customers.try_into().expect("four"),
            zhang: world.log_in(company.zhang.login.id).await,
        }
    }

    pub(crate) fn path(&self, step: &str) -> String {
        format!("/departures/{}/commission{step}", self.departure)
    }

    pub(crate) async fn seen(&self, world: &World, login: &Login) -> Json {
        world.get(login, &self.path("")).await.ok()
    }

    pub(crate) async fn deal(&self, world: &World, company: &Company, number: &str) -> String {
        let seen = self.seen(world, &company.finance.login).await;
        item(&seen, number)["deal_id"]
            .as_str()
            .expect("an id")
            .to_owned()
    }

    pub(crate) async fn decide(
        &self,
        world: &World,
        company: &Company,
        (number, decision): (&str, Json),
    ) -> crate::harness::Answer {
        let deal = self.deal(world, company, number).await;
        let body = json!({ "deal_ids": [deal], "decision": decision });
        world
            .post(&company.finance.login, &self.path("/decide"), body)
            .await
    }

    /// On collection, with his signature under the terms of the handover.
    pub(crate) fn signed(&self, months: u8) -> Json {
        let mut decision = on_collection(months);
        decision["on_collection"]["consent"] =
            json!({ "plan": self.plan, "paper": "三方过渡期提成协议 XY-3（本人签字）" });
        decision
    }

    async fn all_decided(&self, world: &World, company: &Company) {
        for (number, decision) in [
            ("HT-1", json!("pay_in_full")),
            ("HT-2", share(6_000)),
            ("HT-3", self.signed(3)),
            ("HT-4", nothing("contract_fell", Some("解除协议 JC-4"))),
        ] {
            self.decide(world, company, (number, decision)).await.ok();
        }
    }
}

pub(crate) fn share(share: i64) -> Json {
    json!({ "pay_share": { "share": share, "agreement": "结清协议 XY-2（本人签字）" } })
}

pub(crate) fn on_collection(months: u8) -> Json {
    json!({ "on_collection": { "until": "2027-12-31", "statement_months": months } })
}

pub(crate) fn nothing(reason: &str, proof: Option<&str>) -> Json {
    json!({ "nothing": { "reason": reason, "proof": proof } })
}

pub(crate) fn item<'a>(seen: &'a Json, number: &str) -> &'a Json {
    let items = seen["items"].as_array().expect("items");
    let found = items.iter().find(|item| item["number"] == number);
    found.unwrap_or_else(|| panic!("no {number}: {seen:#}"))
}

/// What is still to come in is asked of the table like what came in: it is not nothing because
/// nobody asked.
async fn a_table_says_what_is_still_to_come(world: World) {
    let company = Company::found(&world).await;
    let table = crate::rules::in_force(&world, &company).await;
    crate::rules::plan(&world, &company, &table).await;
    let customer = contract(&world, &company, "HT-1", "10000.00").await;
    pays(&world, &company, &customer, "HK-1", "4000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let departure = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{departure}/commission");
    let seen = world.get(&company.finance.login, &path).await.ok();
    let item = item(&seen, "HT-1");
    assert_eq!(item["owed"]["amount"], "200.00");
    assert_eq!(item["to_come"]["amount"], "300.00");
}

/// 3 % up to 50,000.00 a month and 4 % above. Of HT-1 all 60,000.00 came in after the cut-off:
/// 1,500.00 + 400.00. HT-2 is imagined on the cut-off day and takes nothing of these bands away:
/// 3 % of 50,000.00.
async fn what_really_came_in_fills_the_bands_before_what_may_come(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let ladder = json!({ "ladder": [
        { "from": money("0"), "rate": 300, "reach": "excess" },
        { "from": money("50000.00"), "rate": 400, "reach": "excess" }] });
    let by_cash = offer("cash", &[component("回款提成", "gross", any(), ladder)]);
    crate::plans::plan(&world, &company, ("阶梯提成", by_cash), json!({})).await;
    let whole = contract(&world, &company, "HT-1", "60000.00").await;
    contract(&world, &company, "HT-2", "50000.00").await;
    open(&world, &company, "2026-11").await;
    let departure = resign(&world, &company.zhang.login).await;
    world.pass_days(33);
    pays(&world, &company, &whole, "HK-1", "60000.00").await;
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let path = format!("/departures/{departure}/commission");
    let seen = world.get(finance, &path).await.ok();
    let cut_off = seen["cut_off"].as_str().expect("a day").to_owned();
    assert!(cut_off < world.today().to_string(), "{cut_off}");
    assert!(cut_off.starts_with("2026-12"), "{cut_off}");
    for (number, owed, to_come) in [("HT-1", "0.00", "1900.00"), ("HT-2", "0.00", "1500.00")] {
        let item = item(&seen, number);
        assert_eq!(item["owed"]["amount"], owed, "{number}");
        assert_eq!(item["to_come"]["amount"], to_come, "{number}");
    }
    let query = format!("month=2026-12&payee={}", company.zhang.id);
    let december = statement(&world, finance, &query).await;
    assert_eq!(december["total"]["amount"], "1900.00");
}

/// 10 % of 10,000.00 that came in in November, while the books begin in December: 1,000.00 are not
/// settled here, and nobody is told that there is nothing.
async fn what_was_earned_before_the_books_is_named(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = contract(&world, &company, "HT-1", "10000.00").await;
    pays(&world, &company, &customer, "HK-1", "10000.00").await;
    world.pass_days(10);
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let departure = resign(&world, &company.zhang.login).await;
    let path = format!("/departures/{departure}/commission");
    let seen = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(seen["items"], json!([]));
    assert_eq!(seen["owed"]["amount"], "0.00");
    assert_eq!(seen["before_books"]["amount"], "1000.00");
    assert_eq!(seen["first_month"], "2026-12");

    // Nor is it forgotten once the departure is closed.
    hand_over(&world, &company, None).await;
    world.pass_days(31);
    certificate(&world, &departure).await;
    let close = format!("/departures/{departure}/close");
    world.post(&company.hr.login, &close, json!({})).await.ok();
    let seen = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(seen["items"], json!([]));
    assert_eq!(seen["before_books"]["amount"], "1000.00");
    assert_eq!(seen["first_month"], "2026-12");
}

fn gate(view: &Json) -> &Json {
    let gates = view["gates"].as_array().expect("gates");
    gates
        .iter()
        .find(|gate| gate["key"] == "commission")
        .expect("the gate")
}

async fn every_open_contract_is_decided_before_a_departure_is_closed(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin(&world, &company).await;
    let (finance, hr) = (&company.finance.login, &company.hr.login);
    let seen = leaving.seen(&world, finance).await;
    for (number, owed, to_come, leaves) in [
        ("HT-1", "600.00", "400.00", "200.00"),
        ("HT-2", "0.00", "2000.00", "1000.00"),
        ("HT-3", "1000.00", "2000.00", "1000.00"),
        ("HT-4", "0.00", "4000.00", "2000.00"),
    ] {
        let item = item(&seen, number);
        assert_eq!(item["owed"]["amount"], owed, "{number}");
        assert_eq!(item["to_come"]["amount"], to_come, "{number}");
        let by_terms = &item["passed_on"]["leaves"]["amount"];
        assert_eq!(by_terms, leaves, "{number}");
        assert_eq!(item["suggested"]["zh"], "当期付清", "{number}");
    }
    assert_eq!(seen["lacking"], 4);
    world.pass_days(31);
    certificate(&world, &leaving.departure).await;
    let close = format!("/departures/{}/close", leaving.departure);
    let red = world.post(hr, &close, json!({})).await;
    // One of the four is named, whichever the dice put first.
    let named = red.body.to_string();
    assert!(named.contains("（4 项）：「HT-"), "{named}");
    assert_eq!(red.problem(409), "departure.gates_red");
    let view = world
        .get(hr, &format!("/departures/{}", leaving.departure))
        .await
        .ok();
    assert_eq!(gate(&view)["missing_count"], 4);

    leaving.all_decided(&world, &company).await;
    let red = world.post(hr, &close, json!({})).await;
    assert_eq!(red.problem(409), "departure.gates_red");
    let deal = leaving.deal(&world, &company, "HT-4").await;
    let second = json!({ "deal_id": deal });
    let same = world
        .post(finance, &leaving.path("/check"), second.clone())
        .await;
    assert_eq!(same.problem(409), "commission.exit_same_person");
    world
        .post(&company.chief.login, &leaving.path("/check"), second)
        .await
        .ok();
    world.post(hr, &close, json!({})).await.ok();

    let told = crate::bundle::preview(&world, hr, &leaving.departure).await;
    let told = told["records"].to_string();
    for act in ["决定离职提成", "复核离职提成", "离职提成结算"] {
        assert!(told.contains(act), "{act} is no part of the bundle: {told}");
    }
    late_money_is_a_supplement(&world, &company, &leaving).await;
    twenty_thousand_turn_up_that_came_in_before(&world, &company, &leaving).await;
}

async fn late_money_is_a_supplement(world: &World, company: &Company, leaving: &Leaving) {
    let finance = &company.finance.login;
    let [ht1, _, ht3, _] = &leaving.customers;
    pays(world, company, ht1, "HK-1b", "4000.00").await;
    pays(world, company, ht3, "HK-3b", "10000.00").await;
    open(world, company, "2026-12").await;
    calculate(world, company).await;
    let of_zhang = |month: &str| format!("month={month}&payee={}", company.zhang.id);
    let november = statement(world, finance, &of_zhang("2026-11")).await;
    assert_eq!(november["total"]["amount"], "1600.00");
    // Settled 400 in full and 1,200 of 2,000; 10,000 came in late and are a supplementary
    // settlement of 500, by terms that he signed.
    let december = statement(world, finance, &of_zhang("2026-12")).await;
    assert_eq!(december["total"]["amount"], "2100.00");
    // Nobody is paid twice: of HT-1 the successor has her half of what came in late, no more.
    let li = statement(
        world,
        finance,
        &format!("month=2026-12&payee={}", company.li.id),
    )
    .await;
    assert_eq!(li["total"]["amount"], "700.00");
    let told = world.entries("commission.settle_exit").await[0].to_string();
    assert!(
        told.contains("was settled with departure LZ2026-0001: contracts 4, "),
        "{told}"
    );
    let late = leaving.seen(world, finance).await;
    let told = json!({
        "settled": late,
        "decided": world.entries("commission.decide_exit").await,
        "checked": world.entries("commission.check_exit").await,
        "entry": world.entries("commission.settle_exit").await,
    });
    insta::assert_snapshot!("commission_at_an_exit", without_chance(&told));
}

/// Money of HT-2 that came in two days before the cut-off is matched only when December is closed.
/// It was settled at 1,200, 60 % of 2,000. By the terms 500 turn out to be earned: with 60 % of the
/// other 1,500 they are 200 more. With the other half 1,000 are, and 60 % of 1,000: 400 more.
async fn twenty_thousand_turn_up_that_came_in_before(
    world: &World,
    company: &Company,
    leaving: &Leaving,
) {
    let finance = &company.finance.login;
    for month in ["2026-11", "2026-12"] {
        if month == "2026-12" {
            world.pass_days(12);
            calculate(world, company).await;
        }
        for step in ["review", "close"] {
            let path = format!("/commission-periods/{month}/{step}");
            world.post(finance, &path, json!({})).await.ok();
        }
        // What was settled at the exit is worked out again like any other line.
        let payee = company.zhang.id.to_string();
        crate::statement::holds_again(world, finance, month, Some(&payee)).await;
    }
    open(world, company, "2027-01").await;
    let on = "2026-12-20".parse().expect("a day");
    let customer = &leaving.customers[1];
    for (number, more) in [("HK-2", "200.00"), ("HK-2b", "400.00")] {
        pays_on(world, company, customer, number, ("10000.00", on)).await;
        calculate(world, company).await;
        let query = format!("month=2027-01&payee={}", company.zhang.id);
        let january = statement(world, finance, &query).await;
        assert_eq!(january["total"]["amount"], more, "{january:#}");
    }
    let report = world.house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
}

async fn what_takes_something_from_a_leaver_is_refused_in_words(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin(&world, &company).await;
    let mut before_the_exit = leaving.signed(3);
    before_the_exit["on_collection"]["until"] = json!("2026-12-01");
    for (decision, code) in [
        (
            nothing("because_he_left", Some("制度第 9 条")),
            "commission.forfeit_refused",
        ),
        (
            nothing("returned", None),
            "commission.nothing_without_proof",
        ),
        (leaving.signed(6), "commission.statement_too_seldom"),
        (share(10_001), "commission.share_out_of_range"),
        (before_the_exit, "commission.tail_before_exit"),
        (
            json!({ "pay_share": { "share": 5_000, "agreement": " " } }),
            "request.length",
        ),
    ] {
        let refused = leaving.decide(&world, &company, ("HT-2", decision)).await;
        if code == "commission.forfeit_refused" {
            assert!(
                refused.body.to_string().contains("无效"),
                "{}",
                refused.body
            );
        }
        assert_eq!(refused.problem(422), code);
    }
    let body = json!({ "deal_ids": [], "decision": "pay_in_full" });
    let none = world
        .post(&company.finance.login, &leaving.path("/decide"), body)
        .await;
    assert_eq!(none.problem(422), "commission.exit_none_chosen");
    let deal = leaving.deal(&world, &company, "HT-1").await;
    let body = json!({ "deal_ids": [deal, deal], "decision": "pay_in_full" });
    let twice = world
        .post(&company.finance.login, &leaving.path("/decide"), body)
        .await;
    assert_eq!(twice.problem(422), "commission.exit_chosen_twice");
    assert!(world.entries("commission.decide_exit").await.is_empty());
}

async fn an_objection_waits_for_an_answer(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin(&world, &company).await;
    leaving
        .decide(&world, &company, ("HT-2", share(3_000)))
        .await
        .ok();
    let own = leaving.seen(&world, &leaving.zhang).await;
    assert_eq!(own["may"], json!(["object"]));
    let deal = item(&own, "HT-2")["deal_id"].clone();
    let wrong = json!({ "deal_id": deal, "reason": "当时约定六成" });
    world
        .post(&leaving.zhang, &leaving.path("/object"), wrong.clone())
        .await
        .ok();
    let refused = world
        .post(&company.chief.login, &leaving.path("/object"), wrong)
        .await;
    assert!(refused.status.is_client_error());
    let seen = leaving.seen(&world, &company.finance.login).await;
    assert_eq!(item(&seen, "HT-2")["lacks"], "answer");
    let silent = leaving
        .decide(&world, &company, ("HT-2", share(6_000)))
        .await;
    assert_eq!(silent.problem(422), "request.length");
    let body = json!({ "deal_ids": [deal], "decision": share(6_000), "reply": "以协议为准" });
    world
        .post(&company.finance.login, &leaving.path("/decide"), body)
        .await
        .ok();
    let seen = leaving.seen(&world, &leaving.zhang).await;
    let answered = item(&seen, "HT-2");
    assert_eq!(answered["lacks"], Json::Null);
    assert_eq!(answered["said"][2]["reason"], "以协议为准");

    // What he writes whoever decides takes down for him, and nobody else.
    let letter = json!({ "deal_id": deal, "reason": "来信称应付七成", "in_writing": true });
    for login in [&company.li.login, &company.hr.login] {
        let path = leaving.path("/object");
        let tried = world.post(login, &path, letter.clone()).await;
        assert!(tried.status.is_client_error(), "{}", tried.body);
    }
    let finance = &company.finance.login;
    world
        .post(finance, &leaving.path("/object"), letter)
        .await
        .ok();
    let seen = leaving.seen(&world, finance).await;
    let objected = item(&seen, "HT-2");
    assert_eq!(objected["lacks"], "answer");
    assert_eq!(objected["said"][3]["reason"], "书面异议：来信称应付七成");
}

async fn with_a_departure_that_is_withdrawn_no_decision_takes_effect(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin(&world, &company).await;
    leaving.all_decided(&world, &company).await;
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "留任" });
    let path = format!("/departures/{}/withdraw", leaving.departure);
    world.post(&company.hr.login, &path, both).await.ok();
    let over = leaving.seen(&world, &company.finance.login).await;
    assert_eq!(
        (&over["items"], &over["settled"]),
        (&json!([]), &json!(false))
    );
    assert!(world.entries("commission.settle_exit").await.is_empty());
    let zhang = world.log_in(company.zhang.login.id).await;
    let again = resign(&world, &zhang).await;
    let fresh = format!("/departures/{again}/commission");
    let seen = world.get(&company.finance.login, &fresh).await.ok();
    assert_eq!(seen["lacking"], 4);
    let late = json!({ "deal_ids": [item(&seen, "HT-1")["deal_id"]], "decision": "pay_in_full" });
    let refused = world
        .post(&company.finance.login, &leaving.path("/decide"), late)
        .await;
    assert_eq!(refused.problem(409), "commission.exit_over");
}

async fn strangers_and_colleagues_see_nothing_of_it(world: World) {
    let company = Company::found(&world).await;
    let leaving = Leaving::begin(&world, &company).await;
    let path = leaving.path("");
    assert_eq!(world.nobody_gets(&path).await.status.as_u16(), 401);
    for login in [&company.li.login, &company.wang.login] {
        world.get(login, &path).await.problem(404);
    }
    for login in [&company.it.login, &company.hr.login] {
        world.get(login, &path).await.problem(404);
    }
    let deal = leaving.deal(&world, &company, "HT-1").await;
    let body = json!({ "deal_ids": [deal], "decision": "pay_in_full" });
    for login in [&company.li.login, &company.hr.login, &leaving.zhang] {
        let refused = world
            .post(login, &leaving.path("/decide"), body.clone())
            .await;
        assert!(refused.status.is_client_error());
    }
    let chief = leaving.seen(&world, &company.chief.login).await;
    assert_eq!(chief["may"], json!(["decide"]));
    // Nor does the history of the departure tell IT and the office what its page keeps from them.
    leaving.all_decided(&world, &company).await;
    let history = format!("/evidence?subject=departure/{}", leaving.departure);
    for login in [&company.it.login, &company.office.login] {
        let told = world.get(login, &history).await.ok();
        let lines = told["items"].as_array().expect("lines").iter();
        let decided = lines.filter(|line| line["kind"] == "commission.decide_exit");
        let decided: Vec<&Json> = decided.collect();
        assert!(!decided.is_empty(), "{told}");
        assert!(decided.iter().all(|line| line["zh"].is_null()), "{told}");
        assert!(!told.to_string().contains("结清协议"), "{told}");
    }
    let told = world.get(&company.chief.login, &history).await.ok();
    assert!(told.to_string().contains("结清协议"), "{told}");
}
