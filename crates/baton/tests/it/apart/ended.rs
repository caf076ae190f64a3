//! A contract runs to its last day: on pages, in plans, when a customer changes hands, and again
//! when it is prolonged.

use baton::import;
use kernel::Day;
use serde_json::{Value as Json, json};
use spine::By;

use super::{change, contracts_to, drawn, seen};
use crate::commission::holds;
use crate::harness::{Company, World, money};

story!(
    a_contract_runs_to_its_last_day_and_on_when_it_is_prolonged,
    a_contract_that_ended_before_its_handover_stays,
    a_customer_that_is_handed_over_takes_the_running_ones_along,
);

const LEDGER: &str = "name = \"合同台账\"\nsystem = \"papers\"\n\
    [source.k]\nfile = \"k.csv\"\n[source.c]\nfile = \"c.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"k\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\nowner = \"owner\"\n\
    [[record]]\nkind = \"contract\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nowner = \"owner\"\nsigned_on = \"day\"\nends_on = \"end\"\n\
    amount = \"amount\"\n";

/// Zhang's customer with these contracts of his, each with its last day, comes in or is corrected.
async fn ledger(world: &World, contracts: &[(&str, Option<Day>)]) {
    let mut rows = String::from("no,customer,owner,day,end,amount\n");
    for (number, end) in contracts {
        let end = end.map(|day| day.to_string()).unwrap_or_default();
        rows.push_str(&format!("{number},R001,E002,2026-01-05,{end},5000\n"));
    }
    let customer = "no,name,owner\nR001,远山机电有限公司,E002\n";
    let files = [("k.csv", customer), ("c.csv", rows.as_str())];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, LEDGER, files.to_vec()).await;
    loaded.expect("the import");
}

async fn customer(world: &World) -> String {
    let ids = world.texts("SELECT id FROM customer", &["id"]).await;
    ids[0][0].clone()
}

/// `RK1 active` of each contract, by number.
async fn states(world: &World, company: &Company, customer: &str) -> Vec<String> {
    let path = format!("/customers/{customer}/contracts");
    let found = world.get(&company.finance.login, &path).await.ok();
    let said = |one: &Json| {
        let (number, state) = (one["number"].as_str(), one["state"].as_str());
        format!("{} {}", number.expect("a number"), state.expect("a state"))
    };
    let mut found: Vec<String> = found.as_array().expect("a list").iter().map(said).collect();
    found.sort();
    found
}

/// Which contracts of the customer the plan could move, by number.
async fn movable(world: &World, company: &Company, plan: &str, customer: &str) -> Vec<String> {
    let path = format!("/handover-plans/{plan}/contracts?customer={customer}");
    let found = world.get(&company.chief.login, &path).await.ok();
    let number = |one: &Json| one["number"].as_str().expect("a number").to_owned();
    let mut found: Vec<String> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(number)
        .collect();
    found.sort();
    found
}

async fn a_contract_runs_to_its_last_day_and_on_when_it_is_prolonged(world: World) {
    let company = Company::found(&world).await;
    let today = world.today();
    let day = |days: i64| Some(today.plus_days(days));
    ledger(
        &world,
        &[
            ("RK1", day(1)),
            ("RK2", None),
            ("RK3", day(-1)),
            ("RK4", day(0)),
        ],
    )
    .await;
    let customer = customer(&world).await;
    let plan = drawn(&world, &company, &company.zhang, json!({})).await;
    // What hangs on the customer's line is counted with the line.
    let items = format!("/handover-plans/{plan}/items");
    let items = world.get(&company.chief.login, &items).await.ok();
    let told = items["items"][0]["follows"].to_string();
    assert!(told.contains("\"count\":3"), "{items}");

    let wanted: [(&[&str], &[&str]); 3] = [
        (
            &["RK1 active", "RK2 active", "RK3 ended", "RK4 active"],
            &["RK1", "RK2", "RK4"],
        ),
        (
            &["RK1 active", "RK2 active", "RK3 ended", "RK4 ended"],
            &["RK1", "RK2"],
        ),
        (
            &["RK1 ended", "RK2 active", "RK3 ended", "RK4 ended"],
            &["RK2"],
        ),
    ];
    for (page, going) in wanted {
        assert_eq!(states(&world, &company, &customer).await, page);
        assert_eq!(movable(&world, &company, &plan, &customer).await, going);
        world.pass_days(1);
    }

    // One is prolonged, one gets a last day that is past, one loses its last day.
    let yesterday = Some(world.today().plus_days(-1));
    let far = Some(world.today().plus_days(300));
    let corrected = [("RK1", far), ("RK2", yesterday), ("RK3", None)];
    ledger(&world, &corrected).await;
    assert_eq!(
        states(&world, &company, &customer).await,
        ["RK1 active", "RK2 ended", "RK3 active", "RK4 ended"]
    );
    let going = movable(&world, &company, &plan, &customer).await;
    assert_eq!(going, ["RK1", "RK3"]);
    holds(&world).await;
}

/// Whose each contract is, by number.
async fn owners(world: &World) -> Vec<Vec<String>> {
    let owned = "SELECT k.number AS number, e.name AS name FROM receivable_contract k \
                 JOIN people_employee e ON e.id = k.owner_id ORDER BY k.number";
    world.texts(owned, &["number", "name"]).await
}

async fn a_contract_that_ended_before_its_handover_stays(world: World) {
    let company = Company::found(&world).await;
    let today = world.today();
    let day = |days: i64| Some(today.plus_days(days));
    let contracts = [("RK1", day(2)), ("RK2", day(3)), ("RK3", None)];
    ledger(&world, &contracts).await;
    let known = "SELECT id FROM receivable_contract ORDER BY number";
    let ids = world.texts(known, &["id"]).await.concat();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let begins = json!({ "effective_on": day(3), "contract_ids": ids });
    let plan = drawn(&world, &company, &company.zhang, begins).await;
    change(&world, &company, &plan, contracts_to(&ids, &company.li)).await;
    let (chief, li) = (&company.chief.login, &company.li.login);
    let version = seen(&world, chief, &plan).await["version"].clone();
    let step = |step: &str| format!("/handover-plans/{plan}/{step}");
    let now = json!({ "version": version });
    world.post(chief, &step("submit"), now.clone()).await.ok();
    let yes = json!({ "version": version, "accept": true });
    world.post(li, &step("answer"), yes).await.ok();
    world.post(chief, &step("approve"), now).await.ok();
    world.pass_days(3);
    let chief = world.log_in(chief.id).await;
    world.post(&chief, &step("execute"), json!({})).await.ok();
    assert_eq!(
        owners(&world).await,
        [["RK1", "张三"], ["RK2", "李四"], ["RK3", "李四"]]
    );
    let entry = world.entries("handover.execute").await.remove(0);
    assert!(entry.to_string().contains("\"gone\":1"), "{entry}");
    holds(&world).await;
}

async fn a_customer_that_is_handed_over_takes_the_running_ones_along(world: World) {
    let company = Company::found(&world).await;
    let (finance, chief) = (&company.finance.login, &company.chief.login);
    let today = world.today();
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    for (number, end) in [("HT-1", -1), ("HT-2", 0), ("HT-3", 9)] {
        let body = json!({ "customer_id": customer, "number": number, "title": number,
            "amount": money("50000.00"), "signed_on": "2026-01-05",
            "ends_on": today.plus_days(end) });
        world.post(finance, "/contracts", body).await.ok();
    }
    let to_li = json!({ "to_id": company.li.id, "effective_on": today, "reason": "岗位调整" });
    let path = format!("/customers/{customer}/hand-over");
    world.post(chief, &path, to_li).await.ok();
    assert_eq!(
        owners(&world).await,
        [["HT-1", "张三"], ["HT-2", "李四"], ["HT-3", "李四"]]
    );
    holds(&world).await;
}
