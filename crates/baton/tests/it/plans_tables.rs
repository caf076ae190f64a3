//! Tables that say who keeps what after a handover, and who is credited with a deal.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, hand_over, holds, open, receipt};
use crate::harness::{Company, Login, World, without_chance};
use crate::payroll::closed;
use crate::plans::{any, component, contract, flat, invoiced, mine, offer, plan, why};

story!(
    a_table_says_what_the_previous_owner_keeps,
    a_table_says_who_is_credited,
);

/// A table in force since January, written by finance and published by the boss; gives its id.
pub(crate) async fn table(world: &World, company: &Company, body: Json) -> (String, Login) {
    let typed = json!({ "table": body });
    let id = world
        .post(&company.finance.login, "/decision-tables", typed)
        .await
        .id();
    let boss = world.login(None, &["executive"]).await;
    let body = json!({ "revision": 1, "valid_from": "2026-01-01", "note": "按年度政策" });
    world
        .post(&boss, &format!("/decision-tables/{id}/publish"), body)
        .await
        .ok();
    (id, boss)
}

/// What the previous owner keeps, by industry and days.
pub(crate) fn shares(first: &str) -> Json {
    json!({
        "key": "shares", "title": { "zh": "保护期份额" }, "hit": "unique",
        "inputs": [
            { "key": "industry", "label": { "zh": "行业" }, "holds": { "kind": "text" } },
            { "key": "days", "label": { "zh": "交接后天数" }, "holds": { "kind": "int" } },
        ],
        "outputs": [{ "key": "share", "label": { "zh": "份额" }, "holds": { "kind": "rate" } }],
        "rows": [
            { "id": "r1", "when": ["\"机械\"", "< 10"], "then": [first] },
            { "id": "r2", "when": ["\"机械\"", "[10..90)"], "then": ["0.4"] },
            { "id": "r3", "when": ["\"机械\"", ">= 90"], "then": ["0"] },
            { "id": "r4", "when": ["not(\"机械\")", "-"], "then": ["0.1"] },
        ],
        "examples": [{ "name": "首旬", "given": { "industry": "机械", "days": 3 },
            "expect": { "share": first } }],
    })
}

async fn a_table_says_what_the_previous_owner_keeps(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let (id, _boss) = table(&world, &company, shares("0.8")).await;
    let by_cash = offer(
        "cash",
        &[component("回款提成", "gross", any(), flat(1_000))],
    );
    plan(&world, &company, ("回款提成", by_cash), json!({})).await;
    let (customer, deal) = contract(&world, &company, ("HT-1", "10000.00")).await;
    invoiced(&world, &company, (&customer, &deal), "10000.00").await;
    world.pass_days(1);
    let terms = json!({ "by_table": { "table": id, "covers": "signed_before" } });
    let handed = hand_over(&world, &company, Some(terms)).await;
    world.pass_days(3);
    receipt(&world, &company, &customer, "HK-1", "4000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let his = mine(&world, &company.zhang.login).await;
    let hers = mine(&world, &company.li.login).await;
    assert_eq!(his["total"]["amount"], "320.00");
    assert_eq!(hers["total"]["amount"], "80.00");
    let story = why(&his["lines"][0]);
    assert!(
        story.contains("决策表「保护期份额」第 1 版第 1 行（行业 “机械”"),
        "{story}"
    );
    // The terms hold what the table said, row by row, and each decision is kept.
    let kept = "SELECT record AS record, row_no AS row_no FROM rules_decision \
                WHERE deal_id = '' ORDER BY row_no";
    let kept = world.texts(kept, &["record"]).await;
    assert_eq!(kept, vec![vec![format!("plan/{handed}")]; 3]);
    let listed = world
        .get(finance, &format!("/decision-tables/{id}/decisions"))
        .await
        .ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(3));
    // A draft beside it shows what it would change, and changes nothing.
    let draft = json!({ "table": shares("0.5"), "based_on": null });
    let path = format!("/decision-tables/{id}/draft");
    world.post(finance, &path, draft).await.ok();
    let ghost = format!("/decision-tables/{id}/ghost?month=2026-11");
    let ghost = world.get(finance, &ghost).await.ok();
    let people = ghost["people"].as_array().expect("people");
    let mut apart: Vec<&str> = people
        .iter()
        .map(|one| one["difference"]["amount"].as_str().expect("an amount"))
        .collect();
    apart.sort_unstable();
    assert_eq!(apart, ["-120.00", "120.00"], "{ghost}");
    let now = mine(&world, &company.zhang.login).await;
    assert_eq!(now["total"]["amount"], "320.00");
    let told = world.entries("commission.open_terms").await;
    insta::assert_snapshot!("plans_terms_by_table", without_chance(&json!(told)));
    holds(&world).await;
}

/// Six tenths to the owner and four to whoever signed, of machines.
pub(crate) fn credits() -> Json {
    json!({
        "key": "credit", "title": { "zh": "业绩认定" }, "hit": "unique",
        "inputs": [{ "key": "industry", "label": { "zh": "行业" }, "holds": { "kind": "text" } }],
        "outputs": [
            { "key": "owner", "label": { "zh": "负责人" }, "holds": { "kind": "rate" } },
            { "key": "signer", "label": { "zh": "签约人" }, "holds": { "kind": "rate" } },
        ],
        "rows": [
            { "id": "r1", "when": ["\"机械\""], "then": ["0.6", "0.4"] },
            { "id": "r2", "when": ["not(\"机械\")"], "then": ["1", "0"] },
        ],
        "examples": [{ "name": "机械", "given": { "industry": "机械" },
            "expect": { "owner": "0.6", "signer": "0.4" } }],
    })
}

async fn a_table_says_who_is_credited(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let (id, boss) = table(&world, &company, credits()).await;
    let by_cash = offer(
        "cash",
        &[component("回款提成", "gross", any(), flat(1_000))],
    );
    plan(&world, &company, ("回款提成", by_cash), json!({})).await;
    let (wrong, _) = table_of_rates(&world, &company, &boss).await;
    let path = "/commission-crediting";
    let set = |table: Option<&str>, day: &str| json!({ "table_id": table, "effective_on": day });
    let unfit = world
        .post(finance, path, set(Some(&wrong), "2026-11-01"))
        .await;
    assert_eq!(unfit.problem(409), "commission.table_unfit");
    world
        .post(finance, path, set(Some(&id), "2026-11-01"))
        .await
        .ok();
    let early = world.post(finance, path, set(None, "2026-11-01")).await;
    assert_eq!(early.problem(409), "commission.crediting_not_later");
    let (customer, deal) = contract(&world, &company, ("HT-1", "10000.00")).await;
    invoiced(&world, &company, (&customer, &deal), "10000.00").await;
    world.pass_days(1);
    hand_over(&world, &company, Some(json!("nothing_kept"))).await;
    world.pass_days(2);
    receipt(&world, &company, &customer, "HK-1", "5000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    // 李四 owns it now and gets six tenths, 张三 signed it and keeps four.
    let his = mine(&world, &company.zhang.login).await;
    assert_eq!(his["total"]["amount"], "200.00");
    assert_eq!(
        mine(&world, &company.li.login).await["total"]["amount"],
        "300.00"
    );
    let paid = his["lines"].as_array().expect("lines").iter();
    let paid = paid
        .clone()
        .find(|line| line["kind"] == "line")
        .expect("a line");
    let story = why(paid);
    assert!(
        story.contains("业绩认定取自决策表「业绩认定」第 1 版第 1 行（行业 “机械”）"),
        "{story}"
    );
    let listed = world
        .get(finance, &format!("/decision-tables/{id}/decisions"))
        .await
        .ok();
    assert_eq!(listed["items"].as_array().map(Vec::len), Some(1));
    let ends = json!({ "ends_on": "2027-01-01", "reason": "不再使用" });
    let used = world
        .post(&boss, &format!("/decision-tables/{id}/retire"), ends)
        .await;
    assert_eq!(used.problem(409), "rules.in_use");
    nothing_reaches_a_closed_month(&world, &company, (&id, &boss)).await;
    holds(&world).await;
}

/// Neither a new version of the table nor another table.
async fn nothing_reaches_a_closed_month(
    world: &World,
    company: &Company,
    (id, boss): (&str, &Login),
) {
    let finance = &company.finance.login;
    world.pass_days(10);
    calculate(world, company).await;
    closed(world, company, "2026-11").await;
    let mut other = credits();
    other["rows"][1]["then"] = json!(["0.9", "0.1"]);
    let path = format!("/decision-tables/{id}");
    let draft = format!("{path}/draft");
    let other = json!({ "table": other });
    world.post(finance, &draft, other).await.ok();
    let publish = json!({ "revision": 1, "valid_from": "2026-11-20", "note": "改比例" });
    let back = world.post(boss, &format!("{path}/publish"), publish).await;
    assert_eq!(back.problem(409), "commission.reaches_closed_month");
    let none = |from: &str| json!({ "table_id": null, "effective_on": from });
    let path = "/commission-crediting";
    let back = world.post(finance, path, none("2026-11-20")).await;
    assert_eq!(back.problem(409), "commission.reaches_closed_month");
    world.post(finance, path, none("2026-12-01")).await.ok();
}

async fn table_of_rates(world: &World, company: &Company, boss: &Login) -> (String, ()) {
    let body = json!({ "table": {
        "key": "rates", "title": { "zh": "费率" }, "hit": "unique",
        "inputs": [{ "key": "industry", "label": { "zh": "行业" }, "holds": { "kind": "text" } }],
        "outputs": [{ "key": "rate", "label": { "zh": "比例" }, "holds": { "kind": "rate" } }],
        "rows": [{ "id": "r1", "when": ["-"], "then": ["0.02"] }],
        "examples": [{ "name": "任何", "given": { "industry": "机械" },
            "expect": { "rate": "0.02" } }],
    }});
    let id = world
        .post(&company.finance.login, "/decision-tables", body)
        .await
        .id();
    let body = json!({ "revision": 1, "valid_from": "2026-01-01", "note": "按年度政策" });
    world
        .post(boss, &format!("/decision-tables/{id}/publish"), body)
        .await
        .ok();
    (id, ())
}
