//! A contract goes to somebody else than its customer: pay, papers, sight, and the way on and back.

use std::collections::BTreeMap;

use kernel::Fen;
use serde_json::{Value as Json, json};

use crate::commission::{calculate, hand_over, holds, open, plan, statement};
use crate::departure::resign;
use crate::harness::{Answer, Company, Login, Person, World, hire, money, person, without_chance};
use crate::payroll::closed;
use crate::statement::holds_again;

mod changed;
mod ended;

story!(
    pay_follows_each_contract_to_whoever_has_it,
    what_was_given_back_goes_with_its_customer_again,
    a_contract_goes_while_its_customer_stays,
);

/// Zhang's customer with two contracts, each with an invoice that is open.
struct Deal {
    customer: String,
    /// Of the contract that goes by itself; its invoice came by an order.
    k: (String, String),
    m: (String, String),
}

impl Deal {
    async fn signed(world: &World, company: &Company) -> Deal {
        let customer = company
            .customer(world, &company.zhang, "永定机床有限公司")
            .await;
        let k = signed(world, company, &customer, "HT-K", true).await;
        let m = signed(world, company, &customer, "HT-M", false).await;
        Deal { customer, k, m }
    }
}

/// A contract of 50,000.00 of today, billed in full; gives contract and invoice.
async fn signed(
    world: &World,
    company: &Company,
    customer: &str,
    number: &str,
    by_order: bool,
) -> (String, String) {
    let finance = &company.finance.login;
    let today = world.today();
    let body = json!({ "customer_id": customer, "number": number, "title": number,
        "amount": money("50000.00"), "signed_on": today });
    let contract = world.post(finance, "/contracts", body).await.id();
    let mut invoice = json!({ "customer_id": customer, "number": format!("FP-{number}"),
        "amount": money("50000.00"), "issued_on": today, "due_on": today.plus_days(30) });
    if by_order {
        let order = json!({ "customer_id": customer, "contract_id": contract,
            "number": format!("DD-{number}"), "amount": money("50000.00"), "ordered_on": today });
        invoice["order_id"] = json!(world.post(finance, "/orders", order).await.id());
    } else {
        invoice["contract_id"] = json!(contract);
    }
    let invoice = world.post(finance, "/invoices", invoice).await.id();
    (contract, invoice)
}

/// Money for one invoice.
async fn pays(
    world: &World,
    company: &Company,
    customer: &str,
    (number, invoice, yuan): (&str, &str, &str),
) {
    let body = json!({ "customer_id": customer, "number": number, "amount": money(yuan),
        "received_on": world.today(),
        "clearings": [{ "invoice_id": invoice, "amount": money(yuan) }] });
    let finance = &company.finance.login;
    world.post(finance, "/receipts", body).await.ok();
}

async fn seen(world: &World, login: &Login, plan: &str) -> Json {
    world
        .get(login, &format!("/handover-plans/{plan}"))
        .await
        .ok()
}

async fn tried(world: &World, company: &Company, plan: &str, change: Json) -> Answer {
    let chief = &company.chief.login;
    let version = seen(world, chief, plan).await["version"].clone();
    let body = json!({ "version": version, "change": change });
    let path = format!("/handover-plans/{plan}/edit");
    world.post(chief, &path, body).await
}

async fn change(world: &World, company: &Company, plan: &str, change: Json) -> Json {
    tried(world, company, plan, change).await.ok()
}

async fn drawn(world: &World, company: &Company, from: &Person, more: Json) -> String {
    let mut body = json!({ "from": from.id, "effective_on": world.today(), "fill": false });
    for (key, value) in more.as_object().into_iter().flatten() {
        body[key] = value.clone();
    }
    let chief = &company.chief.login;
    world.post(chief, "/handover-plans", body).await.id()
}

fn all_to(person: &Person) -> Json {
    json!({ "change": "assign_by_rule", "only_unassigned": true, "successor_id": person.id })
}

fn contracts_to(contracts: &[&str], person: &Person) -> Json {
    json!({ "change": "assign_contracts", "contract_ids": contracts, "successor_id": person.id })
}

/// Handed in, accepted by these, approved, executed today.
async fn carried_out(world: &World, company: &Company, plan: &str, receivers: &[&Person]) {
    let chief = &company.chief.login;
    let version = seen(world, chief, plan).await["version"].clone();
    let step = |step: &str| format!("/handover-plans/{plan}/{step}");
    let now = json!({ "version": version });
    world.post(chief, &step("submit"), now.clone()).await.ok();
    for receiver in receivers {
        let yes = json!({ "version": version, "accept": true });
        world.post(&receiver.login, &step("answer"), yes).await.ok();
    }
    world.post(chief, &step("approve"), now).await.ok();
    world.post(chief, &step("execute"), json!({})).await.ok();
}

/// Zhang's everything to Li but for contract K, which goes to Wang; today.
async fn parted(world: &World, company: &Company, deal: &Deal) -> String {
    let id = drawn(world, company, &company.zhang, json!({})).await;
    change(world, company, &id, all_to(&company.li)).await;
    change(
        world,
        company,
        &id,
        contracts_to(&[&deal.k.0], &company.wang),
    )
    .await;
    carried_out(world, company, &id, &[&company.li, &company.wang]).await;
    id
}

async fn another(world: &World, company: &Company) -> Person {
    let place = (company.entity, company.north, company.post);
    hire(world, person(place, "E009", "孙七", true), "salesperson").await
}

/// `HK-1 230.00` of each line that earns something.
async fn earned(world: &World, person: &Person) -> Vec<String> {
    let seen = statement(world, &person.login, "month=2026-11").await;
    let lines = seen["lines"].as_array().expect("lines").iter();
    let mut lines: Vec<String> = lines
        .filter(|line| line["kind"] == "line")
        .map(|line| {
            let amount = line["commission"]["amount"].as_str().expect("money");
            format!("{} {amount}", line["record"].as_str().expect("a record"))
        })
        .collect();
    lines.sort();
    lines
}

#[expect(clippy::too_many_lines, reason = "one contract through three hands")]
async fn pay_follows_each_contract_to_whoever_has_it(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 333).await;
    let deal = Deal::signed(&world, &company).await;
    let sun = another(&world, &company).await;
    let (wang, li) = (&company.wang, &company.li);
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-0", &deal.k.1, "1000.00"),
    )
    .await;
    world.pass_days(1);

    // Nobody but the owner and his superiors sees the customer, until the contract is Wang's.
    let of_customer = format!("/customers/{}", deal.customer);
    world.get(&wang.login, &of_customer).await.problem(404);
    let first = parted(&world, &company, &deal).await;
    world.get(&wang.login, &of_customer).await.ok();
    let invoice = world
        .get(&wang.login, &format!("/invoices/{}", deal.k.1))
        .await
        .ok();
    assert_eq!(invoice["responsible"]["name"], "王五", "{invoice}");
    let executed = world.entries("handover.execute").await;
    let held = "SELECT contract_id AS contract, holder_id AS holder, \
        CAST(stays AS TEXT) AS stays, CAST(seq AS TEXT) AS seq \
        FROM receivable_contract_holder ORDER BY seq";
    let columns = ["contract", "holder", "stays", "seq"];
    let row = |holder: &Person, stays: &str, seq: &str| {
        [&deal.k.0, &holder.id.to_string(), stays, seq]
            .map(ToString::to_string)
            .to_vec()
    };
    assert_eq!(world.texts(held, &columns).await, [row(wang, "1", "1")]);
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-1", &deal.k.1, "5000.01"),
    )
    .await;
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-2", &deal.m.1, "7000.01"),
    )
    .await;

    // The customer goes on to Sun: what Wang has is not Li's to give.
    world.pass_days(1);
    let n = signed(&world, &company, &deal.customer, "HT-N", false).await;
    world.pass_days(1);
    let second = drawn(&world, &company, li, json!({})).await;
    change(&world, &company, &second, all_to(&sun)).await;
    carried_out(&world, &company, &second, &[&sun]).await;
    assert_eq!(world.texts(held, &columns).await.len(), 1);
    for (number, invoice) in [("HK-3", &deal.k.1), ("HK-4", &deal.m.1), ("HK-5", &n.1)] {
        pays(
            &world,
            &company,
            &deal.customer,
            (number, invoice, "1000.00"),
        )
        .await;
    }

    // Wang leaves: the contract is among his things, and goes back to the customer's owner.
    world.pass_days(1);
    let departure = resign(&world, &wang.login).await;
    let wang_now = world.log_in(wang.login.id).await;
    let third = drawn(&world, &company, wang, json!({})).await;
    let path = format!("/handover-plans/{third}/items?kind=contract");
    let items = world.get(&company.chief.login, &path).await.ok();
    assert_eq!(items["items"][0]["thing_id"], json!(deal.k.0), "{items}");
    let exit = world
        .get(
            &company.finance.login,
            &format!("/departures/{departure}/commission"),
        )
        .await
        .ok();
    assert!(
        exit.to_string().contains("HT-K") && !exit.to_string().contains("HT-M"),
        "{exit}"
    );
    change(&world, &company, &third, all_to(&sun)).await;
    carried_out(&world, &company, &third, &[&sun]).await;
    assert_eq!(
        world.texts(held, &columns).await,
        [row(wang, "1", "1"), row(&sun, "0", "2")]
    );
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-6", &deal.k.1, "1000.00"),
    )
    .await;

    // At 3.33 %, the part of each rounded by running sums:
    // HK-0, K: Zhang's alone. HK-1, K: 70 / 30 of Zhang and Wang. HK-2, M: of Zhang and Li.
    // HK-3, K: as before. HK-4, M and HK-5, N: 70 / 30 of Li and Sun. HK-6, K: of Wang and Sun.
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let wanted = [
        (
            &company.zhang,
            vec!["HK-0 33.30", "HK-1 116.55", "HK-2 163.17", "HK-3 23.31"],
        ),
        (wang, vec!["HK-1 49.95", "HK-3 9.99", "HK-6 23.31"]),
        (li, vec!["HK-2 69.93", "HK-4 23.31", "HK-5 23.31"]),
        (&sun, vec!["HK-4 9.99", "HK-5 9.99", "HK-6 9.99"]),
    ];
    let mut sum = Fen::ZERO;
    for (who, lines) in wanted {
        let login = if who.id == wang.id {
            &wang_now
        } else {
            &who.login
        };
        let one = Person {
            id: who.id,
            login: world.log_in(login.id).await,
        };
        let found = earned(&world, &one).await;
        assert_eq!(found, lines, "{}", who.id);
        let seen = statement(&world, &one.login, "month=2026-11").await;
        let total = seen["total"]["amount"].as_str().expect("money").to_owned();
        sum = sum + Fen::parse(&total).expect("money");
    }
    // 3.33 % of everything that came in: no fen was lost among them.
    assert_eq!(sum, Fen(56_610));
    let told = statement(&world, &company.zhang.login, "month=2026-11")
        .await
        .to_string();
    assert!(
        told.contains("本合同于 2026-11-23 由 张三 单独交接给 王五"),
        "{told}"
    );
    assert!(
        told.contains("该客户于 2026-11-23 由 张三 交接给 李四"),
        "{told}"
    );

    // A stranger works each statement out again, from facts that tell nothing of other contracts.
    closed(&world, &company, "2026-11").await;
    for who in [&company.zhang, wang, li, &sun] {
        let payee = who.id.to_string();
        holds_again(&world, &company.finance.login, "2026-11", Some(&payee)).await;
    }
    let told = json!({ "executed": executed, "edited": world.entries("handover.edit").await[1] });
    insta::assert_snapshot!("handover_of_a_contract_apart", without_chance(&told));
    assert_ne!(first, second);
    holds(&world).await;
}

async fn what_was_given_back_goes_with_its_customer_again(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let deal = Deal::signed(&world, &company).await;
    world.pass_days(1);
    let first = parted(&world, &company, &deal).await;
    let of_customer = format!("/customers/{}", deal.customer);
    let contracts = format!("{of_customer}/contracts");
    let of = |all: &Json, number: &str| {
        let found = all.as_array().expect("contracts").iter();
        let mut found = found.filter(|one| one["number"] == number);
        found.next().expect("a contract").clone()
    };
    let listed = world.get(&company.li.login, &contracts).await.ok();
    assert_eq!(of(&listed, "HT-K")["apart"]["person"]["name"], "王五");
    assert_eq!(of(&listed, "HT-K")["apart"]["from"]["name"], "张三");
    assert_eq!(of(&listed, "HT-M")["apart"], Json::Null);

    // Given back, everything is where it was, and Wang sees the customer no more.
    world.pass_days(1);
    let path = format!("/handover-plans/{first}/reverse");
    let back = world
        .post(&company.chief.login, &path, json!({}))
        .await
        .id();
    carried_out(&world, &company, &back, &[&company.zhang]).await;
    let listed = world.get(&company.zhang.login, &contracts).await.ok();
    let k = of(&listed, "HT-K");
    assert_eq!(
        (&k["apart"], &k["owner"]["name"]),
        (&Json::Null, &json!("张三"))
    );
    world
        .get(&company.wang.login, &of_customer)
        .await
        .problem(404);
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-1", &deal.k.1, "1000.00"),
    )
    .await;

    // Now it goes where its customer goes.
    world.pass_days(1);
    hand_over(&world, &company, None).await;
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-2", &deal.k.1, "1000.00"),
    )
    .await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    assert_eq!(
        earned(&world, &company.zhang).await,
        ["HK-1 100.00", "HK-2 70.00"]
    );
    assert_eq!(earned(&world, &company.li).await, ["HK-2 30.00"]);
    assert!(earned(&world, &company.wang).await.is_empty());
    holds(&world).await;
}

#[expect(
    clippy::too_many_lines,
    reason = "one contract and what becomes of its customer"
)]
async fn a_contract_goes_while_its_customer_stays(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let deal = Deal::signed(&world, &company).await;
    world.pass_days(1);
    let only = json!({ "contract_ids": [deal.k.0] });
    let id = drawn(&world, &company, &company.zhang, only).await;
    let items = world
        .get(&company.chief.login, &format!("/handover-plans/{id}/items"))
        .await
        .ok();
    // The contract, its order and its invoice; the customer is no line.
    assert_eq!(items["items"].as_array().map(Vec::len), Some(3), "{items}");
    change(
        &world,
        &company,
        &id,
        contracts_to(&[&deal.k.0], &company.wang),
    )
    .await;
    let half = json!({ "change": "set_terms", "customer_ids": [deal.customer],
        "terms": { "negotiated": { "share": 5_000, "until": null, "agreement": "协议 3" } } });
    change(&world, &company, &id, half).await;

    // Wang is shown what he would earn of the contract, and of nothing else.
    let forecast = format!("/handover-plans/{id}/forecast");
    let path = format!("/handover-plans/{id}/submit");
    let version = seen(&world, &company.chief.login, &id).await["version"].clone();
    let now = json!({ "version": version });
    world
        .post(&company.chief.login, &path, now.clone())
        .await
        .ok();
    let figures = world.get(&company.wang.login, &forecast).await.ok()["figures"].clone();
    assert_eq!(
        figures["customers"].as_array().map(Vec::len),
        Some(1),
        "{figures}"
    );
    assert_eq!(figures["customers"][0]["contracts"], json!(["HT-K"]));
    assert_eq!(figures["customers"][0]["due"]["amount"], "50000.00");
    assert_eq!(figures["people"][0]["due_with"]["amount"], "2500.00");
    let yes = json!({ "version": version, "accept": true });
    let step = |step: &str| format!("/handover-plans/{id}/{step}");
    world
        .post(&company.wang.login, &step("answer"), yes)
        .await
        .ok();
    world
        .post(&company.chief.login, &step("approve"), now)
        .await
        .ok();
    // What is billed meanwhile goes where its contract goes.
    let late = json!({ "customer_id": deal.customer, "number": "FP-K2", "contract_id": deal.k.0,
        "amount": money("800.00"), "issued_on": world.today(), "due_on": world.today() });
    let late = world
        .post(&company.finance.login, "/invoices", late)
        .await
        .id();
    world
        .post(&company.chief.login, &step("execute"), json!({}))
        .await
        .ok();
    let told = json!(world.entries("commission.open_terms").await).to_string();
    for own in ["；另有 1 户单独约定", "; 1 customer on terms of their own"] {
        assert!(told.contains(own), "{told}");
    }
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-1", &deal.k.1, "1000.00"),
    )
    .await;
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-2", &deal.m.1, "1000.00"),
    )
    .await;

    // Handing the customer over by hand leaves the contract and its papers where they are.
    let chief = &company.chief.login;
    let body = json!({ "to_id": company.li.id, "effective_on": world.today(),
        "reason": "区域调整" });
    let path = format!("/customers/{}/hand-over", deal.customer);
    let handed = world.post(chief, &path, body).await;
    assert!(handed.status.is_success(), "{}", handed.body);
    let invoice = world
        .get(chief, &format!("/invoices/{}", deal.k.1))
        .await
        .ok();
    assert_eq!(invoice["responsible"]["name"], "王五");
    let next = json!({ "customer_id": deal.customer, "number": "FP-K3", "contract_id": deal.k.0,
        "amount": money("900.00"), "issued_on": world.today(), "due_on": world.today() });
    let next = world
        .post(&company.finance.login, "/invoices", next)
        .await
        .id();
    let next = world.get(chief, &format!("/invoices/{next}")).await.ok();
    assert_eq!(next["responsible"]["name"], "王五");
    let late = world.get(chief, &format!("/invoices/{late}")).await.ok();
    assert_eq!(late["responsible"]["name"], "王五");
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-3", &deal.k.1, "1000.00"),
    )
    .await;
    pays(
        &world,
        &company,
        &deal.customer,
        ("HK-4", &deal.m.1, "1000.00"),
    )
    .await;
    // Nor does it matter that the customer is merged into another one of Li's.
    let other = company
        .customer(&world, &company.li, "潮白铸造有限公司")
        .await;
    let body = json!({ "into_id": other, "reason": "同一客户重复录入" });
    let path = format!("/customers/{}/merge", deal.customer);
    let merged = world.post(chief, &path, body).await;
    assert!(merged.status.is_success(), "{}", merged.body);
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let mut all = BTreeMap::new();
    for (name, who) in [
        ("张三", &company.zhang),
        ("王五", &company.wang),
        ("李四", &company.li),
    ] {
        all.insert(name, earned(&world, who).await);
    }
    assert_eq!(all["张三"], ["HK-1 50.00", "HK-3 50.00"]);
    assert_eq!(all["王五"], ["HK-1 50.00", "HK-3 50.00"]);
    assert_eq!(all["李四"], ["HK-2 100.00", "HK-4 100.00"]);
    holds(&world).await;
}
