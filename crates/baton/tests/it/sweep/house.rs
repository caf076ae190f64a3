//! A house in which there is one of everything, and it is all somebody else's.

use std::collections::BTreeMap;

use baton::people::acts::lend_asset::LendAsset;
use serde_json::json;

use super::routes::Ids;
use crate::harness::{Company, Login, World, hire, money, person};

pub(crate) const PHONE: &str = "13812341234";
pub(crate) const OWN_PHONE: &str = "13700001111";
pub(crate) const LEDGER_PHONE: &str = "13800138001";
pub(crate) const CITIZEN: &str = "11010519491231002X";

/// What stands in the prepared house and in no request: a name, a text, an amount of 张三's.
pub(crate) const SECRETS: &[&str] = &[
    "永定机床",
    "赵采购",
    PHONE,
    "zhao@example.com",
    "对方要八折",
    "三号线改造",
    "FP-8731",
    "HT-8731",
    "DD-8731",
    "HK-8731",
    "98765.43",
];

pub(crate) struct Prepared {
    pub(crate) company: Company,
    pub(crate) ids: Ids,
    /// Who asks, by the name of his column in `routes.toml`.
    pub(crate) callers: Vec<(&'static str, Option<Login>)>,
    /// Ids of what is 张三's.
    pub(crate) foreign: Vec<String>,
}

/// Everything is 张三's; he has filed his resignation, and a plan for him is drawn.
pub(crate) async fn prepare(world: &World) -> Prepared {
    let company = Company::found(world).await;
    let place = (company.entity, company.north, company.post);
    let mut rich = person(place, "E020", "赵有料", true);
    rich.phone = Some(OWN_PHONE.to_owned());
    rich.citizen_id = Some(CITIZEN.to_owned());
    let rich = hire(world, rich, "salesperson").await;
    let mut ids = business(world, &company).await;
    people(&company, rich.id.to_string(), &mut ids);
    // Not 张三's: what becomes of a login must not decide what he may do below.
    ids.insert("logins", company.office.login.id.to_string());
    going(world, &company, &mut ids).await;
    words(&mut ids);
    pay(world, &company, &mut ids).await;
    let leaver = world.log_in(company.zhang.login.id).await;
    alarm(world, &company, &leaver, &mut ids).await;
    let mine = [
        "customers",
        "contacts",
        "invoices",
        "receipts",
        "opportunities",
        "departures",
        "handover-plans",
        "cases",
        "assets",
        "bundles",
        "signings",
    ];
    let foreign = mine
        .iter()
        .filter_map(|name| ids.get(name).cloned())
        .collect();
    let callers = vec![
        ("nobody", None),
        ("stranger", Some(world.login(None, &[]).await)),
        ("colleague", Some(company.wang.login.clone())),
        (
            "system_admin",
            Some(world.login(None, &["system_admin"]).await),
        ),
        (
            "security_admin",
            Some(world.login(None, &["security_admin"]).await),
        ),
        ("auditor", Some(world.login(None, &["auditor"]).await)),
        ("leaver", Some(leaver)),
    ];
    Prepared {
        company,
        ids: Ids(ids),
        callers,
        foreign,
    }
}

/// Who is meant where a request names people, departments, entities.
fn people(company: &Company, rich: String, ids: &mut BTreeMap<&'static str, String>) {
    for (name, id) in [
        ("employees", rich.clone()),
        ("employee_id", rich),
        ("departments", company.north.to_string()),
        ("department_id", company.north.to_string()),
        ("entities", company.entity.to_string()),
        ("entity_id", company.entity.to_string()),
        ("posts", company.post.to_string()),
        ("post_id", company.post.to_string()),
        ("from", company.zhang.id.to_string()),
    ] {
        ids.insert(name, id);
    }
    for name in [
        "to",
        "successor_id",
        "to_id",
        "owner_id",
        "deputy_id",
        "responsible_id",
    ] {
        ids.insert(name, company.li.id.to_string());
    }
}

/// 张三 has a statement of this month.
async fn pay(world: &World, company: &Company, ids: &mut BTreeMap<&'static str, String>) {
    let finance = &company.finance.login;
    let plan = crate::commission::plan(world, company, 10_000).await;
    let month = json!({ "month": "2026-11" });
    world.post(finance, "/commission-periods", month).await.ok();
    world
        .post(finance, "/commission-periods/calculate", json!({}))
        .await
        .ok();
    let path = format!(
        "/commission-statement?month=2026-11&payee={}",
        company.zhang.id
    );
    let statement = world.get(finance, &path).await.ok();
    let key = statement["lines"][0]["key"].as_str().expect("a line");
    let table = crate::rules::in_force(world, company).await;
    ids.insert("decision-tables", table);
    ids.insert("commission-lines", key.to_owned());
    ids.insert("commission-plans", plan);
    ids.insert("assignee_id", company.li.id.to_string());
    for (name, word) in [
        ("commission-periods", "2026-11"),
        ("month", "2026-11"),
        ("valid_from", "2026-11-22"),
        ("confirm_by", "2026-12-04"),
        ("trigger", "cash"),
        ("adds_up", "month"),
        ("change_inside", "next_window"),
        ("forecast.covers", "all"),
    ] {
        ids.insert(name, word.to_owned());
    }
}

async fn business(world: &World, company: &Company) -> BTreeMap<&'static str, String> {
    let zhang = &company.zhang.login;
    let finance = &company.finance.login;
    let today = world.today();
    let customer = company
        .customer(world, &company.zhang, "永定机床有限公司")
        .await;
    let path = |what: &str| format!("/customers/{customer}/{what}");
    let twin = company
        .customer(world, &company.zhang, "永定机床二厂")
        .await;
    let card = json!({ "name": "赵采购", "phone": PHONE, "email": "zhao@example.com" });
    let contact = world.post(zhang, &path("contacts"), card).await.id();
    let deal = json!({ "title": "三号线改造", "stage": "proposal", "amount": money("98765.43") });
    let deal = world.post(zhang, &path("opportunities"), deal).await.id();
    let note = json!({ "kind": "call", "text": "对方要八折", "next_on": today.plus_days(3) });
    world.post(zhang, &path("follow-ups"), note).await.ok();
    let contract = json!({ "customer_id": customer, "number": "HT-8731", "title": "年度框架",
        "amount": money("98765.43"), "signed_on": today });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let order = json!({ "customer_id": customer, "contract_id": contract, "number": "DD-8731",
        "amount": money("98765.43"), "ordered_on": today });
    world.post(finance, "/orders", order).await.ok();
    let invoice = company
        .invoice(world, &customer, "FP-8731", "98765.43")
        .await;
    let receipt = json!({ "customer_id": customer, "number": "HK-8731", "amount": money("0.01"),
        "received_on": today });
    world.post(finance, "/receipts", receipt).await.ok();
    // Of the twin, who owes nothing, everything is left over.
    let advance = json!({ "customer_id": twin, "number": "HK-8732", "amount": money("500.00"),
        "received_on": today });
    let advance = world.post(finance, "/receipts", advance).await.id();
    BTreeMap::from([
        ("into_id", twin),
        ("contacts", contact),
        ("opportunities", deal),
        ("invoices", invoice),
        ("receipts", advance),
        ("customer_id", customer.clone()),
        ("subject", format!("customer/{customer}")),
        ("customers", customer),
    ])
}

/// 张三 is asked to sign a handover list.
async fn signing(
    world: &World,
    company: &Company,
    departure: &str,
    ids: &mut BTreeMap<&'static str, String>,
) {
    let by = spine::By::system("test");
    let founded = baton::signing::found_authority(&world.house, &by).await;
    founded.expect("an authority");
    let paper = json!({ "kind": "handover_list", "departure_id": departure });
    let paper = world
        .post(&company.hr.login, "/documents", paper)
        .await
        .id();
    let seat = json!({ "role": "employee", "employee_id": company.zhang.id, "level": "L1",
        "turn": 1 });
    let signing = json!({ "document_id": paper, "seats": [seat],
        "deadline": world.today().plus_days(7) });
    ids.insert(
        "signings",
        world
            .post(&company.hr.login, "/signings", signing)
            .await
            .id(),
    );
    ids.insert("decide.decision", "pay_in_full".to_owned());
    ids.insert("document", paper.clone());
    ids.insert("document_id", paper);
}

/// The departure of 张三, its case if there is one, a plan, a laptop, a stand-in, a staged import.
async fn going(world: &World, company: &Company, ids: &mut BTreeMap<&'static str, String>) {
    let laptop = LendAsset {
        employee: company.zhang.id,
        kind: "equipment".to_owned(),
        name: "笔记本电脑".to_owned(),
        serial: "SN-1".to_owned(),
    };
    ids.insert("assets", world.done(&laptop).await.to_string());
    let stand_in = json!({ "deputy_id": company.li.id, "from": world.today(), "reason": "休假" });
    let path = format!("/employees/{}/stand-ins", company.zhang.id);
    let stand_in = world.post(&company.hr.login, &path, stand_in).await.id();
    ids.insert("stand-ins", stand_in);
    let resigned = json!({ "kind": "resignation" });
    let departure = world
        .post(&company.zhang.login, "/departures", resigned)
        .await
        .id();
    ids.insert("departure", departure.clone());
    ids.insert("departure_id", departure.clone());
    ids.insert("departures", departure.clone());
    world.run_jobs().await;
    let hr = &company.hr.login;
    let seen = format!("/departures/{departure}/bundle-preview");
    let seen = world.get(hr, &seen).await.ok();
    let bundle = json!({ "recipient": "仲裁委", "reason": "举证", "up_to": seen["up_to"] });
    let path = format!("/departures/{departure}/bundles");
    ids.insert("bundles", world.post(hr, &path, bundle).await.id());
    signing(world, company, &departure, ids).await;
    let plan = json!({ "from": company.zhang.id });
    let plan = world
        .post(&company.chief.login, "/handover-plans", plan)
        .await
        .id();
    ids.insert("plan", plan.clone());
    ids.insert("handover-plans", plan);
    let rows = world
        .texts("SELECT id FROM approval_case ORDER BY id", &["id"])
        .await;
    let case = rows.first().map(|row| row[0].clone());
    ids.insert(
        "cases",
        case.unwrap_or_else(|| "case_00000000000000000000000000".to_owned()),
    );
    let ledger = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../examples/data/客户台账.csv"
    );
    let ledger = std::fs::read_to_string(ledger).expect("the example");
    let ledger: String = ledger
        .lines()
        .take(4)
        .map(|line| format!("{line}\n"))
        .collect();
    assert!(
        ledger.contains(LEDGER_PHONE),
        "the example has a telephone number"
    );
    let parts = [
        ("mapping", "", b"ledger".as_slice()),
        ("file", "客户台账.csv", ledger.as_bytes()),
    ];
    let staged = world
        .upload(&company.finance.login, "/imports", &parts)
        .await
        .id();
    ids.insert("imports", staged);
}

/// The leaver tries to give his customer away, which raises an alert; and some job there is.
async fn alarm(
    world: &World,
    company: &Company,
    leaver: &Login,
    ids: &mut BTreeMap<&'static str, String>,
) {
    let give = json!({ "to_id": company.li.id, "effective_on": world.today(), "reason": "给他" });
    let path = format!("/customers/{}/hand-over", ids["customers"]);
    let denied = world.post(leaver, &path, give).await;
    assert_eq!(denied.status.as_u16(), 403, "{}", denied.body);
    baton::alert::follow(&world.house).await.expect("alerts");
    let alerts = world.texts("SELECT id FROM alert", &["id"]).await;
    ids.insert("alerts", alerts[0][0].clone());
    let jobs = world.texts("SELECT id FROM job ORDER BY id", &["id"]).await;
    ids.insert("jobs", jobs[0][0].clone());
}

fn words(ids: &mut BTreeMap<&'static str, String>) {
    for (name, word) in [
        ("evidence", "3"),
        ("flows", "departure.resignation"),
        ("by", "responsible"),
        ("documents.kind", "leaving_certificate"),
        ("documents/preview.kind", "leaving_certificate"),
        ("assign.reason", "reassigned"),
        ("stand-ins.from", "2026-11-23"),
        ("stage", "won"),
        ("signings.role", "employee"),
        ("signings.level", "L1"),
        ("kind", "resignation"),
        ("gate", "documents"),
        ("amount", "12.00"),
        ("currency", "CNY"),
        ("version", "1"),
        ("year", "2027"),
        ("item", "1"),
        ("seq", "1"),
        ("number", "X-1"),
        // Nobody by this number was given a login on the way.
        ("session.number", "X-9"),
        ("code", "X1"),
        ("last_day", "2026-12-04"),
        ("employment_ends_on", "2026-12-22"),
        ("last_working_day", "2026-12-11"),
        ("commission_cutoff_on", "2026-12-22"),
        ("current", "not-this-one-1"),
        ("next", "not-this-one-2"),
        ("password", "wrong password 1"),
        ("note", "巡检所用的说明"),
        ("name", "%E5%B7%A1%E6%A3%80"),
    ] {
        ids.insert(name, word.to_owned());
    }
}

/// Which secrets stand in an answer.
pub(crate) fn told(prepared: &Prepared, text: &str, with_ids: bool) -> Vec<String> {
    let secret = |word: &&&str| text.contains(**word);
    let mut found: Vec<String> = SECRETS
        .iter()
        .filter(secret)
        .map(|s| (*s).to_owned())
        .collect();
    if with_ids {
        let ids = prepared
            .foreign
            .iter()
            .filter(|id| text.contains(id.as_str()));
        found.extend(ids.cloned());
    }
    found
}
