//! Who is paid for a deal that changed hands, to the fen, and how each can read why.

use kernel::Fen;
use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World, money, without_chance};

story!(
    a_contract_is_signed_before_delivered_during_and_paid_after_a_handover,
    a_closed_month_never_moves,
    the_way_back_has_terms_of_its_own,
    a_statement_is_seen_by_whom_it_concerns,
    terms_are_agreed_with_the_plan,
    plans_follow_each_other_and_are_checked,
    a_month_is_closed_when_it_is_over_and_whole,
    no_plan_takes_back_what_a_closed_month_earned,
    books_begun_inside_a_month_say_so_at_its_head,
);

/// What a version says that pays one rate of all cash.
pub(crate) fn flat(rate: i64) -> Json {
    json!({
        "trigger": "cash",
        "components": [{
            "name": "回款提成",
            "condition": { "customers": "any" },
            "base": "gross",
            "method": { "ladder": [{ "from": money("0"), "rate": rate, "reach": "excess" }] },
        }],
        "payable": { "next_month_on": 15 },
    })
}

/// Finance publishes a plan for the whole of sales; gives its id.
pub(crate) async fn plan(world: &World, company: &Company, rate: i64) -> String {
    let finance = &company.finance.login;
    let new = json!({
        "name": "销售回款提成", "adds_up": "month", "change_inside": "next_window",
        "valid_from": "2026-01-01", "offer": flat(rate),
    });
    let id = world.post(finance, "/commission-plans", new).await.id();
    let to = json!({ "assignee_id": company.sales, "effective_on": "2026-01-01" });
    world
        .post(finance, &format!("/commission-plans/{id}/assignments"), to)
        .await
        .ok();
    id
}

pub(crate) async fn statement(world: &World, login: &Login, query: &str) -> Json {
    world
        .get(login, &format!("/commission-statement?{query}"))
        .await
        .ok()
}

pub(crate) async fn calculate(world: &World, company: &Company) {
    world
        .post(
            &company.finance.login,
            "/commission-periods/calculate",
            json!({}),
        )
        .await
        .ok();
}

pub(crate) async fn open(world: &World, company: &Company, month: &str) {
    world
        .post(
            &company.finance.login,
            "/commission-periods",
            json!({ "month": month }),
        )
        .await
        .ok();
}

pub(crate) async fn receipt(
    world: &World,
    company: &Company,
    customer: &str,
    number: &str,
    yuan: &str,
) {
    let body = json!({ "customer_id": customer, "number": number, "amount": money(yuan),
        "received_on": world.today() });
    world
        .post(&company.finance.login, "/receipts", body)
        .await
        .ok();
}

/// Zhang signs a contract of 98,765.43 and it is invoiced; gives the customer.
pub(crate) async fn deal(world: &World, company: &Company) -> String {
    let finance = &company.finance.login;
    let customer = company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await;
    let today = world.today();
    let contract = json!({ "customer_id": customer, "number": "HT-1", "title": "三号线改造",
        "amount": money("98765.43"), "signed_on": today });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let order = json!({ "customer_id": customer, "contract_id": contract, "number": "DD-1",
        "amount": money("98765.43"), "ordered_on": today });
    let order = world.post(finance, "/orders", order).await.id();
    let invoice = json!({ "customer_id": customer, "number": "FP-1", "order_id": order,
        "amount": money("98765.43"), "issued_on": today, "due_on": today.plus_days(30) });
    world.post(finance, "/invoices", invoice).await.ok();
    customer
}

/// Everything of Zhang goes to Li today, on these terms or as proposed; gives the plan.
pub(crate) async fn hand_over(world: &World, company: &Company, terms: Option<Json>) -> String {
    let (chief, li) = (&company.chief.login, &company.li.login);
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = world.post(chief, "/handover-plans", body).await.id();
    if let Some(terms) = terms {
        let seen = plan_of(world, chief, &id).await["version"].clone();
        let edit = json!({ "version": seen, "change": { "change": "set_terms", "terms": terms } });
        world
            .post(chief, &format!("/handover-plans/{id}/edit"), edit)
            .await
            .ok();
    }
    carry_out(world, company, &id, li).await;
    id
}

async fn plan_of(world: &World, login: &Login, id: &str) -> Json {
    world
        .get(login, &format!("/handover-plans/{id}"))
        .await
        .ok()
}

async fn carry_out(world: &World, company: &Company, id: &str, receiver: &Login) {
    let chief = &company.chief.login;
    let version = plan_of(world, chief, id).await["version"].clone();
    let seen = json!({ "version": version });
    let yes = json!({ "version": version, "accept": true });
    for (who, step, body) in [
        (chief, "submit", seen.clone()),
        (receiver, "answer", yes),
        (chief, "approve", seen),
        (chief, "execute", json!({})),
    ] {
        world
            .post(who, &format!("/handover-plans/{id}/{step}"), body)
            .await
            .ok();
    }
}

fn fen(json: &Json) -> Fen {
    Fen::parse(json["amount"].as_str().expect("an amount")).expect("money")
}

/// All sentences of a line, Chinese.
fn why(line: &Json) -> String {
    let sentences = line["why"].as_array().expect("reasons").iter();
    let zh = sentences.map(|one| one["zh"].as_str().unwrap_or_default());
    zh.collect::<Vec<_>>().join("\n")
}

pub(crate) async fn holds(world: &World) {
    let report = world.house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
    let rows = world.house.spine.audit_rows().await.expect("a comparison");
    assert_eq!(rows.total, 0, "{:?}", rows.listed.first());
}

async fn a_contract_is_signed_before_delivered_during_and_paid_after_a_handover(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 333).await;
    let customer = deal(&world, &company).await;
    world.pass_days(1);
    let handed = hand_over(&world, &company, None).await;
    world.pass_days(5);
    receipt(&world, &company, &customer, "HK-1", "98765.43").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;

    let zhang = statement(&world, &company.zhang.login, "month=2026-11").await;
    let li = statement(&world, &company.li.login, "month=2026-11").await;
    let (his, hers) = (&zhang["lines"][0], &li["lines"][0]);
    assert_eq!(his["credit"]["amount"], "69135.80");
    assert_eq!(hers["credit"]["amount"], "29629.63");
    assert_eq!(his["commission"]["amount"], "2302.22");
    assert_eq!(hers["commission"]["amount"], "986.67");
    // The whole, as if nobody had handed anything over: 3.33 % of 98,765.43.
    assert_eq!(fen(&zhang["total"]) + fen(&li["total"]), Fen(328_889));
    let number = plan_of(&world, &company.chief.login, &handed).await["number"].clone();
    for line in [his, hers] {
        let story = why(line);
        let number = number.as_str().expect("a number");
        for part in [
            "HK-1",
            "由 张三 交接给 李四",
            number,
            "30 天保护期档内",
            "销售回款提成",
        ] {
            assert!(story.contains(part), "{part} in {story}");
        }
    }
    let mut zhang = zhang;
    zhang["lines"][0]["key"] = json!("…");
    zhang["digest"] = json!("…");
    let told = json!({ "statement": zhang, "terms": world.entries("commission.open_terms").await,
        "calculated": world.entries("commission.calculate").await });
    insta::assert_snapshot!("commission_after_a_handover", without_chance(&told));
    holds(&world).await;
}

async fn a_closed_month_never_moves(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    let finance = &company.finance.login;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    let early = world
        .post(finance, "/commission-periods/2026-11/close", json!({}))
        .await;
    assert_eq!(early.problem(409), "commission.period_stage");
    calculate(&world, &company).await;
    let zhang = &company.zhang.login;
    let line = statement(&world, zhang, "month=2026-11").await["lines"][0].clone();
    let say = |what: &str| format!("/commission-lines/{}/{what}", line["key"].as_str().unwrap());

    let wrong = json!({ "month": "2026-11", "reason": "应为两万元" });
    world.post(zhang, &say("object"), wrong).await.ok();
    let step = |step: &str| format!("/commission-periods/2026-11/{step}");
    world.post(finance, &step("review"), json!({})).await.ok();
    let held = world.post(finance, &step("close"), json!({})).await;
    assert_eq!(held.problem(409), "commission.objections_open");
    let open_ones = world.get(finance, "/commission-objections").await.ok();
    assert_eq!(open_ones["items"][0]["payee"]["name"], "张三");
    let no = json!({ "month": "2026-11", "verdict": "refuse",
        "reason": "另一万元尚未到账" });
    world.post(finance, &say("answer"), no.clone()).await.ok();
    let twice = world.post(finance, &say("answer"), no).await;
    assert_eq!(twice.problem(409), "commission.nothing_to_answer");
    let early = json!({ "reason": "月底提前关账" });
    world.post(finance, &step("close"), early).await.ok();
    let late = world
        .post(zhang, &say("confirm"), json!({ "month": "2026-11" }))
        .await;
    assert_eq!(late.problem(409), "commission.period_closed");

    // What came in on a day of the closed month is entered when it is over.
    let on = world.today();
    world.pass_days(12);
    let body = json!({ "customer_id": customer, "number": "HK-2", "amount": money("2000.00"),
        "received_on": on });
    world.post(finance, "/receipts", body).await.ok();
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["total"]["amount"], "500.00");
    assert_eq!(november["lines"].as_array().map(Vec::len), Some(1));
    assert_eq!(november["lines"][0]["state"], "refused");
    let december = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(december["total"]["amount"], "100.00");
    let difference = &december["lines"][0];
    assert_eq!(difference["kind"], "difference");
    assert!(
        why(difference).contains("2026-11 已关账"),
        "{}",
        why(difference)
    );
    // Calculating again finds the same, and no more.
    calculate(&world, &company).await;
    let again = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(again["lines"][0]["commission"]["amount"], "100.00");
    holds(&world).await;
}

async fn the_way_back_has_terms_of_its_own(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let customer = deal(&world, &company).await;
    let handed = hand_over(&world, &company, Some(json!("nothing_kept"))).await;
    receipt(&world, &company, &customer, "HK-1", "1000.00").await;
    world.pass_days(2);
    let chief = &company.chief.login;
    let back = world
        .post(
            chief,
            &format!("/handover-plans/{handed}/reverse"),
            json!({}),
        )
        .await
        .id();
    carry_out(&world, &company, &back, &company.zhang.login).await;
    receipt(&world, &company, &customer, "HK-2", "2000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let zhang = statement(&world, &company.zhang.login, "month=2026-11").await;
    let li = statement(&world, &company.li.login, "month=2026-11").await;
    assert_eq!(li["total"]["amount"], "100.00");
    assert_eq!(zhang["total"]["amount"], "200.00");
    for (payee, zero) in [(&zhang, "HK-1"), (&li, "HK-2")] {
        let lines = payee["lines"].as_array().expect("lines");
        let absent = lines.iter().find(|line| line["kind"] == "absence");
        let absent = absent.expect("a zero with its reason");
        assert_eq!(absent["record"], zero);
        assert!(why(absent).contains("约定全部归接替人"), "{}", why(absent));
        assert_eq!(absent["customer"], "永定机床有限公司");
    }
    let rows = "SELECT plan_id AS plan FROM commission_terms ORDER BY recorded_at";
    assert_eq!(world.texts(rows, &["plan"]).await, [[handed], [back]]);
}

async fn a_statement_is_seen_by_whom_it_concerns(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let of_zhang = format!("month=2026-11&payee={}", company.zhang.id);
    for login in [&company.chief.login, &company.finance.login] {
        let seen = statement(&world, login, &of_zhang).await;
        assert_eq!(seen["total"]["amount"], "500.00");
        let list = world
            .get(login, "/commission-statements?month=2026-11")
            .await
            .ok();
        assert_eq!(list["items"][0]["payee"]["name"], "张三");
    }
    let path = format!("/commission-statement?{of_zhang}");
    for login in [&company.wang.login, &company.li.login] {
        world.get(login, &path).await.problem(404);
        let list = world
            .get(login, "/commission-statements?month=2026-11")
            .await
            .ok();
        assert_eq!(list["items"], json!([]));
    }
    world.get(&company.it.login, &path).await.problem(403);
    let key = statement(&world, &company.zhang.login, "month=2026-11").await["lines"][0]["key"]
        .as_str()
        .expect("a key")
        .to_owned();
    let confirm = format!("/commission-lines/{key}/confirm");
    let month = json!({ "month": "2026-11" });
    // Nobody confirms for somebody else, whoever he is.
    let refused = world
        .post(&company.wang.login, &confirm, month.clone())
        .await;
    assert!(refused.status.is_client_error());
    let refused = world
        .post(&company.chief.login, &confirm, month.clone())
        .await;
    assert!(refused.status.is_client_error());
    world.post(&company.zhang.login, &confirm, month).await.ok();
    let line = statement(&world, &company.zhang.login, "month=2026-11").await["lines"][0].clone();
    assert_eq!(line["state"], "confirmed");
    // Another amount is to be confirmed again.
    let better = json!({ "valid_from": "2026-02-01", "offer": flat(600) });
    let plans = world
        .get(&company.finance.login, "/commission-plans")
        .await
        .ok();
    let id = plans["items"][0]["id"].as_str().expect("a plan");
    let path = format!("/commission-plans/{id}/versions");
    world.post(&company.finance.login, &path, better).await.ok();
    calculate(&world, &company).await;
    let line = statement(&world, &company.zhang.login, "month=2026-11").await["lines"][0].clone();
    assert_eq!(line["commission"]["amount"], "600.00");
    assert_eq!(line["state"], "waiting");
}

async fn terms_are_agreed_with_the_plan(world: World) {
    let company = Company::found(&world).await;
    let customer = deal(&world, &company).await;
    let (chief, li) = (&company.chief.login, &company.li.login);
    let body = json!({ "from": company.zhang.id, "effective_on": world.today() });
    let id = world.post(chief, "/handover-plans", body).await.id();
    let seen = plan_of(&world, chief, &id).await;
    assert_eq!(
        seen["terms"][0]["zh"],
        "交接前签订的合同，原负责人享有：30 天内 70%、60 天内 50%、90 天内 30%，其后 0%"
    );
    let version = seen["version"].clone();
    let path = |step: &str| format!("/handover-plans/{id}/{step}");
    let submit = json!({ "version": version });
    world.post(chief, &path("submit"), submit).await.ok();
    let yes = json!({ "version": version, "accept": true });
    world.post(li, &path("answer"), yes).await.ok();
    let set = |version: &Json, customers: Json, terms: Json| {
        json!({ "version": version, "change":
            { "change": "set_terms", "customer_ids": customers, "terms": terms } })
    };
    let half = json!({ "to_contract_end": { "share": 5_000 } });
    let edit = set(&version, json!([customer]), half.clone());
    world.post(chief, &path("edit"), edit).await.ok();
    let changed = plan_of(&world, chief, &id).await;
    assert_eq!(changed["acceptances"][0]["standing"], "outdated");
    assert_eq!(changed["terms"][1]["customer"], "永定机床有限公司");
    let version = changed["version"].clone();
    let steps = json!({ "protection": { "covers": "all", "afterwards": 0, "steps":
        [{ "before_day": 60, "share": 5_000 }, { "before_day": 30, "share": 7_000 }] } });
    let edit = set(&version, json!([]), steps);
    let falling = world.post(chief, &path("edit"), edit).await;
    assert_eq!(falling.problem(422), "commission.terms_broken");
    let other = company
        .customer(&world, &company.wang, "潮白铸造有限公司")
        .await;
    let edit = set(&version, json!([other]), half);
    let foreign = world.post(chief, &path("edit"), edit).await;
    assert_eq!(foreign.problem(422), "handover.customer_not_listed");
}

async fn plans_follow_each_other_and_are_checked(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let id = plan(&world, &company, 300).await;
    let versions = format!("/commission-plans/{id}/versions");
    let next = |day: &str, offer: Json| json!({ "valid_from": day, "offer": offer });
    let early = world.post(finance, &versions, next("2026-01-01", flat(400)));
    assert_eq!(early.await.problem(409), "commission.version_not_later");
    let much = world.post(finance, &versions, next("2026-12-01", flat(10_001)));
    assert_eq!(much.await.problem(422), "commission.rate_out_of_range");
    let nothing = json!({ "trigger": "cash", "components": [], "payable": "at_once" });
    let empty = world.post(finance, &versions, next("2026-12-01", nothing));
    assert_eq!(empty.await.problem(422), "commission.plan_empty");
    world
        .post(finance, &versions, next("2026-12-01", flat(400)))
        .await
        .ok();
    let plans = world.get(finance, "/commission-plans").await.ok();
    let plan = &plans["items"][0];
    assert_eq!(plan["versions"][0]["valid_from"], "2026-12-01");
    assert_eq!(plan["versions"][1]["valid_until"], "2026-12-01");
    assert_eq!(plan["assigned"][0]["name"], "销售部");
    let ahead = world.post(
        finance,
        "/commission-periods",
        json!({ "month": "2026-12" }),
    );
    assert_eq!(ahead.await.problem(409), "commission.month_ahead");
    let none = world.post(finance, "/commission-periods/calculate", json!({}));
    assert_eq!(none.await.problem(409), "commission.no_period");
    world
        .get(&company.zhang.login, "/commission-plans")
        .await
        .problem(403);
}

/// What still comes in after the close would wait for a month that cannot be opened yet.
async fn a_month_is_closed_when_it_is_over_and_whole(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    let finance = &company.finance.login;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let step = |step: &str| format!("/commission-periods/2026-11/{step}");
    world.post(finance, &step("review"), json!({})).await.ok();
    let running = world.post(finance, &step("close"), json!({})).await;
    let words = running.body.to_string();
    assert_eq!(running.problem(409), "commission.month_runs");
    assert!(words.contains("2026-11 尚未结束"), "{words}");
    receipt(&world, &company, &customer, "HK-2", "10000.00").await;
    calculate(&world, &company).await;
    world.pass_days(9);
    assert_eq!(world.today().to_string(), "2026-12-01");
    let stale = world.post(finance, &step("review"), json!({})).await;
    assert_eq!(stale.problem(409), "commission.calculated_early");
    calculate(&world, &company).await;
    for each in ["review", "close"] {
        world.post(finance, &step(each), json!({})).await.ok();
    }
}

async fn no_plan_takes_back_what_a_closed_month_earned(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    let finance = &company.finance.login;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    world.pass_days(10);
    calculate(&world, &company).await;
    crate::payroll::closed(&world, &company, "2026-11").await;
    let plans = world.get(finance, "/commission-plans").await.ok();
    let id = plans["items"][0]["id"].as_str().expect("a plan").to_owned();
    let version = |from: &str| json!({ "valid_from": from, "offer": flat(100) });
    let path = format!("/commission-plans/{id}/versions");
    let back = world.post(finance, &path, version("2026-11-15")).await;
    let words = back.body.to_string();
    assert_eq!(
        back.problem(409),
        "commission.reaches_closed_month",
        "{words}"
    );
    assert!(
        words.contains("请把生效日定在 2026-12-01 或以后"),
        "{words}"
    );
    world.post(finance, &path, version("2026-12-01")).await.ok();
}

/// The first customer is entered on the 22nd: what November earns begins on that day, and December
/// has nothing to say. Once one has an owner from before, so has November.
async fn books_begun_inside_a_month_say_so_at_its_head(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    let day = world.today();
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["begins"], json!(day));
    let list = "/commission-statements?month=2026-11";
    assert_eq!(world.get(finance, list).await.ok()["begins"], json!(day));
    world.pass_days(10);
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let december = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(december["begins"], Json::Null);

    let old = json!({ "name": "卢沟轴承有限公司", "region": "北京", "industry": "机械",
        "tier": "A", "owned_since": "2026-10-01" });
    world.post(zhang, "/customers", old).await.ok();
    let november = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(november["begins"], Json::Null);
}
