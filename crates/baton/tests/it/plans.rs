//! What plans can say through the API: products, margins, quotas, teams, guarantees, and what is
//! taken back.

use kernel::Fen;
use serde_json::{Value as Json, json};

use crate::commission::{calculate, holds, open, receipt, statement};
use crate::harness::{Company, Login, World, money, without_chance};

story!(
    a_plan_of_many_components_pays_by_product_margin_and_quota,
    an_example_is_worked_out_and_kept_nowhere,
    a_team_and_an_overlay_share_a_deal,
    a_guarantee_and_a_draw_fill_up_a_month,
    a_refund_and_a_bad_debt_are_taken_back,
);

pub(crate) fn component(name: &str, base: &str, condition: Json, method: Json) -> Json {
    json!({ "name": name, "condition": condition, "base": base, "method": method })
}

pub(crate) fn any() -> Json {
    json!({ "customers": "any" })
}

pub(crate) fn flat(rate: i64) -> Json {
    json!({ "ladder": [{ "from": money("0"), "rate": rate, "reach": "excess" }] })
}

pub(crate) fn offer(trigger: &str, components: &[Json]) -> Json {
    json!({ "trigger": trigger, "components": components, "payable": "at_once" })
}

/// A plan for all of sales from this month on; gives its id.
pub(crate) async fn plan(
    world: &World,
    company: &Company,
    (name, offer): (&str, Json),
    more: Json,
) -> String {
    let mut new = json!({ "name": name, "adds_up": "month", "change_inside": "next_window",
        "valid_from": "2026-11-01", "offer": offer });
    for (key, value) in more.as_object().expect("an object") {
        new[key] = value.clone();
    }
    let finance = &company.finance.login;
    let id = world.post(finance, "/commission-plans", new).await.id();
    assign(world, company, &id, &company.sales.to_string()).await;
    id
}

async fn assign(world: &World, company: &Company, plan: &str, to: &str) {
    let to = json!({ "assignee_id": to, "effective_on": "2026-11-01" });
    let path = format!("/commission-plans/{plan}/assignments");
    world.post(&company.finance.login, &path, to).await.ok();
}

/// 张三 signs a contract today; gives customer and contract.
pub(crate) async fn contract(
    world: &World,
    company: &Company,
    (number, yuan): (&str, &str),
) -> (String, String) {
    let name = format!("永定机床{number}有限公司");
    let customer = company.customer(world, &company.zhang, &name).await;
    let body = json!({ "customer_id": customer, "number": number, "title": "产线改造",
        "amount": money(yuan), "signed_on": world.today() });
    let id = world
        .post(&company.finance.login, "/contracts", body)
        .await
        .id();
    (customer, id)
}

/// The whole contract is invoiced today; gives the invoice.
pub(crate) async fn invoiced(
    world: &World,
    company: &Company,
    (customer, contract): (&str, &str),
    yuan: &str,
) -> String {
    let today = world.today();
    let number = format!("FP-{}", &contract[contract.len() - 6..]);
    let body = json!({ "customer_id": customer, "number": number, "contract_id": contract,
        "amount": money(yuan), "issued_on": today, "due_on": today.plus_days(30) });
    world
        .post(&company.finance.login, "/invoices", body)
        .await
        .id()
}

pub(crate) async fn mine(world: &World, login: &Login) -> Json {
    statement(world, login, "month=2026-11").await
}

pub(crate) fn why(line: &Json) -> String {
    let sentences = line["why"].as_array().expect("reasons").iter();
    let zh = sentences.map(|one| one["zh"].as_str().unwrap_or_default());
    zh.collect::<Vec<_>>().join("\n")
}

/// `(kind, commission)` of each line.
fn lines(statement: &Json) -> Vec<(String, String)> {
    let all = statement["lines"].as_array().expect("lines").iter();
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    all.map(|line| (text(&line["kind"]), text(&line["commission"]["amount"])))
        .collect()
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn a_plan_of_many_components_pays_by_product_margin_and_quota(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let quota = json!({ "quota": { "quota": money("40000.00"), "steps": [
        { "attained": 0, "rate": 100, "reach": "excess" },
        { "attained": 10_000, "rate": 300, "reach": "whole" }] } });
    let servo = json!({ "customers": "any", "products": ["伺服系统"] });
    let components = [
        component("毛利提成", "margin", any(), flat(1_000)),
        component("目标奖励", "gross", any(), quota),
        component(
            "伺服专项",
            "gross",
            servo,
            json!({ "fixed": money("600.00") }),
        ),
    ];
    let mut said = offer("invoice", &components);
    said["holdback"] =
        json!({ "share": 1_000, "reason": "质保金", "release": { "after_days": 365 } });
    said["cap"] = money("3000.00");
    plan(&world, &company, ("多项提成", said), json!({})).await;
    let (customer, deal) = contract(&world, &company, ("HT-1", "50000.00")).await;
    invoiced(&world, &company, (&customer, &deal), "50000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    // Nobody knows margin or product yet: two components say so.
    let before = mine(&world, &company.zhang.login).await;
    let zeros: Vec<String> = before["lines"]
        .as_array()
        .expect("lines")
        .iter()
        .map(why)
        .collect();
    assert!(
        zeros.iter().any(|one| one.contains("合同毛利未知")),
        "{zeros:?}"
    );
    assert!(
        zeros.iter().any(|one| one.contains("产品「」不在")),
        "{zeros:?}"
    );

    let describe = format!("/contracts/{deal}/describe");
    let high = json!({ "product": "伺服系统", "margin": money("50000.01") });
    let refused = world.post(finance, &describe, high).await;
    assert_eq!(refused.problem(422), "receivable.margin_above_amount");
    let said = json!({ "product": "伺服系统", "margin": money("12000.00") });
    let foreign = world
        .post(&company.wang.login, &describe, said.clone())
        .await;
    assert!(foreign.status.is_client_error());
    world.post(finance, &describe, said.clone()).await.ok();
    let again = world.post(finance, &describe, said).await;
    assert_eq!(again.problem(409), "receivable.same_description");
    calculate(&world, &company).await;
    let after = mine(&world, &company.zhang.login).await;
    // 10 % of 12,000; 3 % of everything, since the quota is reached; 600; cut at 3,000.
    for (yuan, said) in [
        ("1200.00", "计提毛利 12,000.00 元"),
        ("1200.00", "其中预留 120.00 元（质保金）"),
        ("1500.00", "目标 40,000.00 元，累计完成 125%"),
        ("300.00", "超过封顶额的 300.00 元不计"),
    ] {
        let mut lines = after["lines"].as_array().expect("lines").iter();
        let line = lines.find(|line| line["commission"]["amount"] == yuan);
        let story = why(line.expect("a line of this amount"));
        assert!(story.contains(said), "{said}: {story}");
    }
    assert_eq!(after["total"]["amount"], "3000.00");
    let found = world
        .get(finance, "/commission-deals?search=HT-1")
        .await
        .ok();
    assert_eq!(found["items"][0]["margin"]["amount"], "12000.00");
    let told = world.entries("receivable.describe_contract").await;
    insta::assert_snapshot!("plans_contract_described", without_chance(&json!(told)));
    holds(&world).await;
}

async fn an_example_is_worked_out_and_kept_nowhere(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let tiers = json!({ "ladder": [
        { "from": money("0"), "rate": 200, "reach": "excess" },
        { "from": money("100000.00"), "rate": 500, "reach": "whole" }] });
    let body = |offer: Json, deal: Json| {
        json!({ "name": "试算", "adds_up": "quarter", "valid_from": "2026-12-01",
            "offer": offer, "deal": deal })
    };
    let said = offer("cash", &[component("回款提成", "gross", any(), tiers)]);
    let deal = json!({ "amount": money("60000.00"), "before": money("70000.00") });
    let path = "/commission-plans/example";
    let done = world
        .post(finance, path, body(said.clone(), deal))
        .await
        .ok();
    // 5 % of 130,000 less the 2 % of 70,000 that were earned before the bound was reached.
    assert_eq!(done["total"]["amount"], "5100.00");
    let story = why(&done["lines"][0]);
    assert!(
        story.contains("当季累计业绩由 70,000.00 元变为 130,000.00 元"),
        "{story}"
    );
    let new_only = json!({ "customers": "new" });
    let mut partly = said.clone();
    partly["components"][0]["condition"] = new_only;
    partly["draw"] = json!({ "amount": money("3000.00"), "recoverable": true });
    let deal = json!({ "amount": money("60000.00"), "new_customer": false });
    let done = world.post(finance, path, body(partly, deal)).await.ok();
    assert_eq!(done["total"]["amount"], "0.00");
    assert!(why(&done["zeros"][0]).contains("只适用于新客户"), "{done}");
    assert_eq!(done["draw"]["amount"]["amount"], "3000.00");
    // What publishing refuses is refused here, at the same place.
    let mut high = said;
    high["components"][0]["method"]["ladder"][1]["rate"] = json!(10_001);
    let deal = json!({ "amount": money("1.00") });
    let refused = world.post(finance, path, body(high, deal.clone())).await;
    assert_eq!(
        refused.body["errors"][0]["pointer"],
        "/offer/components/0/method"
    );
    assert_eq!(refused.problem(422), "commission.rate_out_of_range");
    let stranger = world
        .post(&company.zhang.login, path, body(json!(null), deal))
        .await;
    assert!(stranger.status.is_client_error());
    let rows = "SELECT id AS id FROM commission_plan";
    assert_eq!(world.texts(rows, &["id"]).await.len(), 0);
    let words = world.get(finance, "/commission-plans/words").await.ok();
    assert_eq!(words["overlays"], json!([]));
}

async fn a_team_and_an_overlay_share_a_deal(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let direct = offer(
        "signing",
        &[component("签约提成", "gross", any(), flat(1_000))],
    );
    plan(&world, &company, ("签约提成", direct), json!({})).await;
    let presales = offer(
        "signing",
        &[component("售前提成", "gross", any(), flat(100))],
    );
    let more = json!({ "overlay": "售前" });
    plan(&world, &company, ("售前提成", presales), more).await;
    let (_, deal) = contract(&world, &company, ("HT-1", "10000.01")).await;
    let path = format!("/commission-deals/{deal}/credit");
    let share = |who: Option<&str>, share: i64| json!({ "employee_id": who, "share": share });
    let li = company.li.id.to_string();
    let wang = company.wang.id.to_string();
    let credit = |rest: i64| {
        json!({ "credit": { "direct": [share(None, 7_000), share(Some(&li), rest)],
            "overlays": [{ "name": "售前", "members": [share(Some(&wang), 10_000)] }] },
            "reason": "李四共同谈下，王五做方案" })
    };
    let less = world.post(finance, &path, credit(2_000)).await;
    assert_eq!(less.body["errors"][0]["pointer"], "/direct");
    assert_eq!(less.problem(422), "commission.shares_not_whole");
    world.post(finance, &path, credit(3_000)).await.ok();
    let twice = world.post(finance, &path, credit(3_000)).await;
    assert_eq!(twice.problem(409), "commission.same_credit");
    let foreign = world.post(&company.zhang.login, &path, credit(3_000)).await;
    assert!(foreign.status.is_client_error());
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let mut sum = Fen::ZERO;
    for (login, wanted) in [
        (&company.zhang.login, "700.00"),
        (&company.li.login, "300.00"),
        (&company.wang.login, "100.00"),
    ] {
        let own = mine(&world, login).await;
        assert_eq!(own["total"]["amount"], wanted);
        let credited = own["lines"][0]["credit"]["amount"]
            .as_str()
            .expect("credit");
        sum = sum + Fen::parse(credited).expect("money");
    }
    // The deal is split to the fen; the overlay is a whole of its own.
    assert_eq!(sum, Fen(2 * 1_000_001));
    let wangs = mine(&world, &company.wang.login).await;
    assert!(
        why(&wangs["lines"][0]).contains("作为「售前」参与"),
        "{wangs}"
    );
    // The same person has both plans at once, and one of them can end without the other.
    let plans = world.get(finance, "/commission-plans").await.ok();
    let names = plans["items"].as_array().expect("plans").iter();
    assert_eq!(
        names
            .filter(|one| one["assigned"][0]["name"] == "销售部")
            .count(),
        2,
        "{plans}"
    );
    let told = world.entries("commission.set_credit").await;
    insta::assert_snapshot!("plans_credit_set", without_chance(&json!(told)));
    holds(&world).await;
}

async fn a_guarantee_and_a_draw_fill_up_a_month(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let mut said = offer(
        "cash",
        &[component("回款提成", "gross", any(), flat(1_000))],
    );
    said["draw"] = json!({ "amount": money("1500.00"), "recoverable": true });
    plan(&world, &company, ("带预支", said), json!({})).await;
    let (customer, deal) = contract(&world, &company, ("HT-1", "60000.00")).await;
    invoiced(&world, &company, (&customer, &deal), "60000.00").await;
    receipt(&world, &company, &customer, "HK-1", "9000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let november = mine(&world, &company.zhang.login).await;
    assert_eq!(november["total"]["amount"], "1500.00");
    let advance = november["lines"].as_array().expect("lines").iter();
    let advance = advance
        .clone()
        .find(|line| line["kind"] == "advance")
        .expect("an advance");
    assert_eq!(advance["commission"]["amount"], "600.00");
    let story = why(advance);
    assert!(story.contains("预支 1,500.00 元"), "{story}");
    assert!(
        story.contains("不足部分补 600.00 元，尚待收回 600.00 元"),
        "{story}"
    );
    assert_eq!(advance["record"], "带预支");
    // Who sold nothing is promised the same.
    let hers = mine(&world, &company.li.login).await;
    assert_eq!(hers["total"]["amount"], "1500.00");
    let early = json!({ "reason": "月底提前关账" });
    for (step, body) in [("review", json!({})), ("close", early)] {
        let path = format!("/commission-periods/2026-11/{step}");
        world.post(finance, &path, body).await.ok();
    }
    world.pass_days(12);
    receipt(&world, &company, &customer, "HK-2", "18000.00").await;
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let december = statement(&world, &company.zhang.login, "month=2026-12").await;
    // 1,800 earned; 300 of it lie above the draw and pay back a half of what was advanced.
    assert_eq!(december["total"]["amount"], "1500.00");
    let back = lines(&december);
    assert!(
        back.contains(&("advance".to_owned(), "-300.00".to_owned())),
        "{back:?}"
    );
    let again = mine(&world, &company.zhang.login).await;
    assert_eq!(again["total"]["amount"], "1500.00");
    // Money of November that is entered late makes a difference, and so does the advance.
    let path = "/receipts";
    let late = json!({ "customer_id": customer, "number": "HK-3", "amount": money("2000.00"),
        "received_on": "2026-11-30" });
    world.post(finance, path, late).await.ok();
    calculate(&world, &company).await;
    let december = statement(&world, &company.zhang.login, "month=2026-12").await;
    let advances: Vec<_> = lines(&december)
        .into_iter()
        .filter(|(kind, _)| kind == "advance")
        .map(|(_, yuan)| yuan)
        .collect();
    assert_eq!(advances, ["-200.00", "-300.00"]);
    holds(&world).await;
}

async fn a_refund_and_a_bad_debt_are_taken_back(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let by_cash = offer("cash", &[component("回款提成", "gross", any(), flat(500))]);
    plan(&world, &company, ("回款提成", by_cash), json!({})).await;
    let by_invoice = offer("invoice", &[component("开票奖", "gross", any(), flat(100))]);
    let more = json!({ "overlay": "开票" });
    plan(&world, &company, ("开票奖", by_invoice), more).await;
    let (customer, deal) = contract(&world, &company, ("HT-1", "10000.00")).await;
    let credit = json!({ "credit": {
        "direct": [{ "share": 10_000 }],
        "overlays": [{ "name": "开票", "members":
            [{ "employee_id": company.li.id, "share": 10_000 }] }] }, "reason": "内勤开票" });
    let path = format!("/commission-deals/{deal}/credit");
    world.post(finance, &path, credit).await.ok();
    let invoice = invoiced(&world, &company, (&customer, &deal), "10000.00").await;
    let body = json!({ "customer_id": customer, "number": "HK-1", "amount": money("8000.00"),
        "received_on": world.today() });
    let came = world.post(finance, "/receipts", body).await.id();
    let today = world.today();
    let undo = |kind: &str, number: &str, yuan: &str, receipt: Option<&str>| {
        json!({ "kind": kind, "number": number, "invoice_id": invoice, "receipt_id": receipt,
            "on": today, "amount": money(yuan), "reason": "设备退货" })
    };
    let refuse = async |body: Json| world.post(finance, "/reversals", body).await;
    let none = refuse(undo("refund", "TK-1", "1.00", None)).await;
    assert_eq!(none.problem(422), "receivable.refund_without_receipt");
    let much = refuse(undo("refund", "TK-1", "8000.01", Some(&came))).await;
    assert_eq!(much.problem(422), "receivable.reversal_amount");
    refuse(undo("refund", "TK-1", "3000.00", Some(&came)))
        .await
        .ok();
    let taken = refuse(undo("refund", "TK-1", "1.00", Some(&came))).await;
    assert_eq!(taken.problem(409), "receivable.number_taken");
    let rest = refuse(undo("refund", "TK-2", "5000.01", Some(&came))).await;
    assert_eq!(rest.problem(422), "receivable.reversal_amount");
    refuse(undo("bad_debt", "HZ-1", "2000.00", None)).await.ok();
    let foreign = undo("bad_debt", "HZ-2", "1.00", None);
    let foreign = world.post(&company.wang.login, "/reversals", foreign).await;
    assert!(foreign.status.is_client_error());
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    // 5 % of 8,000 less 5 % of the 3,000 that went back; what never came earned nothing.
    let his = mine(&world, &company.zhang.login).await;
    assert_eq!(his["total"]["amount"], "250.00");
    let back = his["lines"].as_array().expect("lines").iter();
    let back = back
        .clone()
        .find(|line| line["commission"]["amount"] == "-150.00");
    let story = why(back.expect("a line that takes back"));
    assert!(
        story.contains("TK-1") && story.contains("取消 150.00 元"),
        "{story}"
    );
    // 1 % of the invoice of 10,000, less of the 3,000 and the 2,000.
    let hers = mine(&world, &company.li.login).await;
    assert_eq!(hers["total"]["amount"], "50.00");
    the_invoice_tells(&world, &company, &invoice).await;
    let told = world.entries("receivable.reverse").await;
    insta::assert_snapshot!("plans_reversals", without_chance(&json!(told)));
    holds(&world).await;
}

/// The page of the invoice lists what went back and was lost, and to whoever calculates what
/// commission it took back.
async fn the_invoice_tells(world: &World, company: &Company, invoice: &str) {
    let path = format!("/invoices/{invoice}");
    let seen = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(seen["may_reverse"], true);
    assert_eq!(seen["may_lose"]["amount"], "0.00");
    let receipt = &seen["receipts"][0];
    assert_eq!(
        (
            &receipt["cleared"]["amount"],
            &receipt["may_go_back"]["amount"]
        ),
        (&json!("8000.00"), &json!("5000.00"))
    );
    let listed = seen["reversals"].as_array().expect("reversals").iter();
    let mut told: Vec<String> = listed
        .map(|one| {
            let taken = one["took_back"].as_array().expect("sums").iter();
            let mut taken: Vec<String> = taken
                .map(|sum| format!("{} {}", sum["person"]["name"], sum["amount"]["amount"]))
                .collect();
            taken.sort();
            format!("{} {} {}", one["number"], one["kind"], taken.join(" "))
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            r#""HZ-1" "bad_debt" "李四" "-20.00""#,
            r#""TK-1" "refund" "张三" "-150.00" "李四" "-30.00""#,
        ]
    );
    let his = world.get(&company.zhang.login, &path).await.ok();
    assert_eq!(his["may_reverse"], false);
    assert_eq!(his["reversals"][0]["reason"], "设备退货");
    assert_eq!(his["reversals"][0]["took_back"], json!([]));
}
