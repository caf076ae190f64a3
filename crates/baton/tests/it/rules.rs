//! A table is drafted, checked, published by somebody else, pays, and is explained.

use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World, money, without_chance};

story!(
    a_rate_comes_from_a_table_and_the_line_says_which_row,
    a_gap_blocks_publishing_with_its_witness,
    an_old_month_keeps_its_version,
    a_plan_needs_a_table_that_is_in_force,
    a_draft_beside_the_live_table_changes_no_pay,
    a_table_goes_out_as_dmn_and_comes_back,
    who_may_read_and_who_may_write,
    a_rate_above_the_whole_is_found_before_and_refused_in_words,
);

fn row(id: &str, when: &[&str], rate: &str) -> Json {
    json!({ "id": id, "when": when, "then": [rate] })
}

/// Rates by industry and new or old customer; `machines` is what new customers of 机械 bring.
fn rates(machines: &str) -> Json {
    json!({
        "key": "rates", "title": { "zh": "行业费率" }, "hit": "unique",
        "inputs": [
            { "key": "industry", "label": { "zh": "行业", "en": "Industry" },
              "holds": { "kind": "text" } },
            { "key": "customer_kind", "label": { "zh": "新老客户", "en": "Customer" },
              "holds": { "kind": "enum", "choices": [
                  { "code": "new", "zh": "新客户" }, { "code": "old", "zh": "老客户" }] } },
        ],
        "outputs": [{ "key": "rate", "label": { "zh": "比例", "en": "Rate" },
            "holds": { "kind": "rate" } }],
        "rows": [
            row("r1", &["\"机械\"", "new"], machines),
            row("r2", &["\"机械\"", "old"], "0.03"),
            row("r3", &["not(\"机械\")", "-"], "0.02"),
        ],
        "examples": [{ "name": "机械老客户",
            "given": { "industry": "机械", "customer_kind": "old" }, "expect": { "rate": "0.03" } }],
    })
}

async fn boss(world: &World) -> Login {
    world.login(None, &["executive"]).await
}

/// Finance writes a draft; gives the table and the revision.
async fn draft(world: &World, company: &Company, table: Json) -> String {
    let body = json!({ "table": table });
    world
        .post(&company.finance.login, "/decision-tables", body)
        .await
        .id()
}

async fn publish(world: &World, login: &Login, id: &str, (from, revision): (&str, i64)) -> Json {
    let body = json!({ "revision": revision, "valid_from": from, "note": "按年度政策" });
    world
        .post(login, &format!("/decision-tables/{id}/publish"), body)
        .await
        .ok()
}

/// A table of rates that is in force since January.
pub(crate) async fn in_force(world: &World, company: &Company) -> String {
    let id = draft(world, company, rates("0.05")).await;
    publish(world, &boss(world).await, &id, ("2026-01-01", 1)).await;
    id
}

/// What a plan says that takes its rate from this table.
fn by_table(table: &str) -> Json {
    json!({
        "trigger": "cash",
        "components": [{ "name": "回款提成", "condition": { "customers": "any" },
            "base": "gross", "method": { "by_table": table } }],
        "payable": { "next_month_on": 15 },
    })
}

pub(crate) async fn plan(world: &World, company: &Company, table: &str) -> String {
    let finance = &company.finance.login;
    let new = json!({ "name": "按表提成", "adds_up": "month", "change_inside": "next_window",
        "valid_from": "2026-01-01", "offer": by_table(table) });
    let id = world.post(finance, "/commission-plans", new).await.id();
    let to = json!({ "assignee_id": company.sales, "effective_on": "2026-01-01" });
    world
        .post(finance, &format!("/commission-plans/{id}/assignments"), to)
        .await
        .ok();
    id
}

/// Money of a new customer of 张三 comes in today.
async fn paid(world: &World, company: &Company) {
    let finance = &company.finance.login;
    let customer = company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(world, &customer, "FP-1", "10000.00").await;
    let receipt = json!({ "customer_id": customer, "number": "HK-1",
        "amount": money("10000.00"), "received_on": world.today() });
    world.post(finance, "/receipts", receipt).await.ok();
}

async fn calculate(world: &World, company: &Company, open: Option<&str>) {
    let finance = &company.finance.login;
    if let Some(month) = open {
        let body = json!({ "month": month });
        world.post(finance, "/commission-periods", body).await.ok();
    }
    let path = "/commission-periods/calculate";
    world.post(finance, path, json!({})).await.ok();
}

async fn statement(world: &World, company: &Company, month: &str) -> Json {
    let path = format!("/commission-statement?month={month}");
    world.get(&company.zhang.login, &path).await.ok()
}

fn why(line: &Json) -> String {
    let sentences = line["why"].as_array().expect("reasons").iter();
    let zh = sentences.map(|one| one["zh"].as_str().unwrap_or_default());
    zh.collect::<Vec<_>>().join("\n")
}

async fn file(world: &World, login: &Login, path: &str) -> String {
    let request = axum::http::Request::get(format!("/api/v1{path}"))
        .header("authorization", login.bearer())
        .body(axum::body::Body::empty())
        .expect("a request");
    let answer = world.knock(request).await;
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await;
    String::from_utf8(bytes.expect("a body").to_vec()).expect("a text")
}

async fn holds(world: &World) {
    let report = world.house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
    let rows = world.house.spine.audit_rows().await.expect("a comparison");
    assert_eq!(rows.total, 0, "{:?}", rows.listed.first());
}

async fn a_rate_comes_from_a_table_and_the_line_says_which_row(world: World) {
    let company = Company::found(&world).await;
    let table = in_force(&world, &company).await;
    plan(&world, &company, &table).await;
    paid(&world, &company).await;
    calculate(&world, &company, Some("2026-11")).await;
    let line = statement(&world, &company, "2026-11").await["lines"][0].clone();
    assert_eq!(line["commission"]["amount"], "500.00");
    let story = why(&line);
    let row = "比例取自决策表「行业费率」第 1 版第 1 行（行业 “机械”、新老客户 新客户）";
    assert!(story.contains(row), "{story}");
    // Calculating again decides the same and keeps it once.
    calculate(&world, &company, None).await;
    let kept = "SELECT table_id AS t, CAST(version AS TEXT) AS v, CAST(row_no AS TEXT) AS r \
                FROM rules_decision";
    let kept = world.texts(kept, &["t", "v", "r"]).await;
    assert_eq!(kept, [[table.clone(), "1".to_owned(), "1".to_owned()]]);
    let path = format!("/decision-tables/{table}/decisions");
    let log = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(log["items"][0]["record"], "HK-1");
    assert_eq!(log["items"][0]["given"]["industry"], "机械");
    assert_eq!(log["items"][0]["answer"]["rate"], "0.05");
    let told = json!({
        "drafted": world.entries("rules.save_draft").await,
        "published": world.entries("rules.publish").await,
        "calculated": world.entries("commission.calculate").await,
    });
    insta::assert_snapshot!("rules_published_and_used", without_chance(&told));
    let list = world.get(&company.finance.login, "/decision-tables").await;
    let item = list.ok()["items"][0].clone();
    assert_eq!(item["state"], "in_force");
    let plan = json!({ "kind": "plan", "name": "按表提成" });
    assert_eq!(item["used_by"], json!([plan]));
    holds(&world).await;
}

async fn a_gap_blocks_publishing_with_its_witness(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let boss = boss(&world).await;
    let mut holed = rates("0.05");
    holed["rows"].as_array_mut().expect("rows").remove(1);
    holed["examples"] = json!([]);
    let id = draft(&world, &company, holed.clone()).await;
    let path = |step: &str| format!("/decision-tables/{id}/{step}");
    let body = json!({ "revision": 1, "valid_from": "2026-01-01", "note": "按年度政策" });
    let own = world.post(finance, &path("publish"), body.clone()).await;
    assert_eq!(own.problem(409), "rules.own_draft");
    let refused = world.post(&boss, &path("publish"), body.clone()).await;
    let told = refused.body.clone();
    assert_eq!(refused.problem(422), "rules.gap");
    let told = told.to_string();
    assert!(told.contains("机械") && told.contains("老客户"), "{told}");
    let report = world
        .post(finance, "/decision-tables/check", json!({ "table": holed }))
        .await;
    let report = report.ok();
    assert_eq!(report["publishable"], false);
    assert_eq!(report["gaps"][0]["cells"], json!(["\"机械\"", "\"old\""]));

    // Said twice.
    let mut twice = rates("0.05");
    twice["rows"][2]["when"][0] = json!("-");
    let save = |table: &Json, based_on: i64| json!({ "table": table, "based_on": based_on });
    world
        .post(finance, &path("draft"), save(&twice, 1))
        .await
        .ok();
    let stale = world.post(&boss, &path("publish"), body.clone()).await;
    assert_eq!(stale.problem(409), "rules.draft_moved");
    let stale = world.post(finance, &path("draft"), save(&twice, 1)).await;
    assert_eq!(stale.problem(409), "rules.draft_moved");
    let body = |revision: i64| {
        json!({ "revision": revision, "valid_from": "2026-01-01",
        "note": "按年度政策" })
    };
    let overlap = world.post(&boss, &path("publish"), body(2)).await;
    assert_eq!(overlap.problem(422), "rules.overlap");

    // An example that does not come out.
    let mut wrong = rates("0.05");
    wrong["examples"][0]["expect"]["rate"] = json!("0.04");
    world
        .post(finance, &path("draft"), save(&wrong, 2))
        .await
        .ok();
    let failed = world.post(&boss, &path("publish"), body(3)).await;
    assert_eq!(failed.problem(422), "rules.example_failed");

    world
        .post(finance, &path("draft"), save(&rates("0.05"), 3))
        .await
        .ok();
    world.post(&boss, &path("publish"), body(4)).await.ok();
    let shown = world
        .get(finance, &format!("/decision-tables/{id}"))
        .await
        .ok();
    assert_eq!(shown["draft"], Json::Null);
    assert_eq!(shown["versions"][0]["version"], 1);
    holds(&world).await;
}

async fn an_old_month_keeps_its_version(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let table = in_force(&world, &company).await;
    plan(&world, &company, &table).await;
    paid(&world, &company).await;
    calculate(&world, &company, Some("2026-11")).await;
    let again = json!({ "table": rates("0.08") });
    let path = format!("/decision-tables/{table}/draft");
    world.post(finance, &path, again).await.ok();
    publish(&world, &boss(&world).await, &table, ("2026-12-01", 1)).await;
    world.pass_days(12);
    let customers = world.get(finance, "/customers").await.ok();
    let receipt = json!({ "customer_id": customers["items"][0]["id"], "number": "HK-2",
        "amount": money("0.01"), "received_on": world.today() });
    world.post(finance, "/receipts", receipt).await.ok();
    calculate(&world, &company, Some("2026-12")).await;
    let november = statement(&world, &company, "2026-11").await;
    assert_eq!(november["total"]["amount"], "500.00");
    let story = why(&november["lines"][0]);
    assert!(story.contains("第 1 版第 1 行"), "{story}");
    for step in ["review", "close"] {
        let path = format!("/commission-periods/2026-11/{step}");
        world.post(finance, &path, json!({})).await.ok();
    }
    // What the table said stands among the facts of the statement.
    let payee = company.zhang.id.to_string();
    crate::statement::holds_again(&world, finance, "2026-11", Some(&payee)).await;
    // Nothing else than the plan asks the table, so it cannot end while the plan goes on.
    let end = json!({ "ends_on": "2026-12-20", "reason": "改用新表" });
    let retire = format!("/decision-tables/{table}/retire");
    let used = world.post(finance, &retire, end).await;
    assert_eq!(used.problem(409), "rules.in_use");
    holds(&world).await;
}

async fn a_plan_needs_a_table_that_is_in_force(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let boss = boss(&world).await;
    let id = draft(&world, &company, rates("0.05")).await;
    let new = |name: &str| {
        json!({ "name": name, "adds_up": "month", "change_inside": "next_window",
            "valid_from": "2026-01-01", "offer": by_table(&id) })
    };
    let none = world.post(finance, "/commission-plans", new("甲")).await;
    assert_eq!(none.problem(409), "commission.table_not_in_force");
    publish(&world, &boss, &id, ("2026-02-01", 1)).await;
    let late = world.post(finance, "/commission-plans", new("甲")).await;
    assert_eq!(late.problem(409), "commission.table_not_in_force");

    // A table that asks what commission does not know.
    let mut strange = rates("0.05");
    strange["title"]["zh"] = json!("别的表");
    strange["inputs"][0]["key"] = json!("weather");
    strange["examples"] = json!([]);
    let other = draft(&world, &company, strange).await;
    publish(&world, &boss, &other, ("2026-01-01", 1)).await;
    let mut plan = new("乙");
    plan["offer"] = by_table(&other);
    let unfit = world.post(finance, "/commission-plans", plan).await;
    assert_eq!(unfit.problem(409), "commission.table_unfit");
    // It can end, since nobody asks it, and begin again.
    let end = json!({ "ends_on": "2026-06-01", "reason": "不再使用" });
    let retire = format!("/decision-tables/{other}/retire");
    world.post(finance, &retire, end.clone()).await.ok();
    let twice = world.post(finance, &retire, end).await;
    assert_eq!(twice.problem(409), "rules.nothing_in_force");
    let list = world.get(finance, "/decision-tables").await.ok();
    let states = list["items"].as_array().expect("tables").iter();
    let states: Vec<_> = states.map(|one| one["state"].clone()).collect();
    assert!(states.contains(&json!("ended")), "{states:?}");
    holds(&world).await;
}

async fn a_draft_beside_the_live_table_changes_no_pay(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let table = in_force(&world, &company).await;
    plan(&world, &company, &table).await;
    paid(&world, &company).await;
    calculate(&world, &company, Some("2026-11")).await;
    let path = |step: &str| format!("/decision-tables/{table}/{step}");
    let none = world.get(finance, &path("ghost?month=2026-11")).await;
    assert_eq!(none.problem(409), "rules.no_draft");
    let body = json!({ "table": rates("0.06") });
    world.post(finance, &path("draft"), body).await.ok();
    let ghost = world.get(finance, &path("ghost?month=2026-11")).await.ok();
    assert_eq!(ghost["cases"], 1);
    assert_eq!(ghost["live"]["amount"], "500.00");
    assert_eq!(ghost["ghost"]["amount"], "600.00");
    assert_eq!(ghost["people"][0]["payee"]["name"], "张三");
    assert_eq!(ghost["people"][0]["difference"]["amount"], "100.00");
    assert_eq!(ghost["lines"][0]["live"]["rate"], 500);
    assert_eq!(ghost["lines"][0]["ghost"]["rate"], 600);
    calculate(&world, &company, None).await;
    let total = statement(&world, &company, "2026-11").await["total"].clone();
    assert_eq!(total["amount"], "500.00");
    world
        .post(finance, &path("drop-draft"), json!({}))
        .await
        .ok();
    holds(&world).await;
}

async fn a_table_goes_out_as_dmn_and_comes_back(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let table = in_force(&world, &company).await;
    let xml = file(&world, finance, &format!("/decision-tables/{table}/dmn")).await;
    assert!(xml.contains("decisionTable"), "{xml}");
    let read = world
        .post(finance, "/decision-tables/read-dmn", json!({ "xml": xml }))
        .await
        .ok();
    let shown = world
        .get(finance, &format!("/decision-tables/{table}"))
        .await
        .ok();
    assert_eq!(read["items"][0]["table"], shown["versions"][0]["table"]);
    let nonsense = world
        .post(
            finance,
            "/decision-tables/read-dmn",
            json!({ "xml": "<a/>" }),
        )
        .await;
    assert!(nonsense.status.is_client_error());
    let question = json!({ "table": shown["versions"][0]["table"],
        "given": { "industry": "渔业", "customer_kind": "old" } });
    let answer = world
        .post(finance, "/decision-tables/try", question)
        .await
        .ok();
    assert_eq!(answer["answer"]["rate"], "0.02");
    assert_eq!(answer["rows"][2]["fate"], "chosen");
}

async fn who_may_read_and_who_may_write(world: World) {
    let company = Company::found(&world).await;
    let table = in_force(&world, &company).await;
    let body = json!({ "table": rates("0.09") });
    let path = |step: &str| format!("/decision-tables/{table}{step}");
    world
        .post(&company.finance.login, &path("/draft"), body.clone())
        .await
        .ok();
    let wang = &company.wang.login;
    let seen = world.get(wang, &path("")).await.ok();
    assert_eq!(seen["draft"], Json::Null);
    assert_eq!(seen["may"], json!([]));
    assert_eq!(seen["versions"][0]["version"], 1);
    world
        .post(wang, &path("/draft"), body.clone())
        .await
        .problem(403);
    world
        .post(wang, "/decision-tables", body)
        .await
        .problem(403);
    world
        .get(wang, &path("/ghost?month=2026-11"))
        .await
        .problem(403);
    let stranger = world.login(None, &[]).await;
    world.get(&stranger, "/decision-tables").await.problem(403);
    world.get(&company.it.login, &path("")).await.problem(403);
}

/// Somebody typed 4 for 4 %, which is 400 %: the check says so, and publishing says what helps.
async fn a_rate_above_the_whole_is_found_before_and_refused_in_words(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let table = in_force(&world, &company).await;
    plan(&world, &company, &table).await;
    let body = json!({ "table": rates("4") });
    let checked = world.post(finance, "/decision-tables/check", body.clone());
    let checked = checked.await.ok();
    let problems = checked["problems"].as_array().expect("problems").iter();
    let rate = problems
        .clone()
        .find(|one| one["code"] == "commission.table_unfit");
    let rate = rate.unwrap_or_else(|| panic!("a rate of 400 % is found: {checked}"));
    assert_eq!(rate["severity"], "hint");
    assert_eq!(rate["pointer"], "/rows/0/then/0");
    let path = format!("/decision-tables/{table}/draft");
    world.post(finance, &path, body).await.ok();
    let body = json!({ "revision": 1, "valid_from": "2026-12-01", "note": "按年度政策" });
    let path = format!("/decision-tables/{table}/publish");
    let refused = world.post(&boss(&world).await, &path, body).await;
    let words = refused.body.to_string();
    assert_eq!(refused.problem(409), "commission.table_unfit");
    assert!(
        words.contains("提成方案「按表提成」从这张表取提成比例。"),
        "{words}"
    );
    assert!(words.contains("3.5% 写作 0.035"), "{words}");
}
