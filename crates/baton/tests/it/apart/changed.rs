//! Plans that are changed contract by contract, and what leavers are told of such contracts.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::{Deal, all_to, another, change, contracts_to, drawn, parted, seen, signed, tried};
use crate::commission::plan;
use crate::departure::resign;
use crate::harness::{Company, Person, World};

story!(
    a_plan_is_changed_contract_by_contract,
    whoever_gave_it_away_is_told_what_of_it_is_still_his,
);

#[expect(clippy::too_many_lines, reason = "one plan through all its changes")]
async fn a_plan_is_changed_contract_by_contract(world: World) {
    let company = Company::found(&world).await;
    let deal = Deal::signed(&world, &company).await;
    let chief = &company.chief.login;
    let id = drawn(&world, &company, &company.zhang, json!({})).await;
    change(&world, &company, &id, all_to(&company.li)).await;
    let path = format!("/handover-plans/{id}/contracts");
    let of_customer = format!("{path}?customer={}", deal.customer);
    let found = world.get(chief, &of_customer).await.ok();
    assert_eq!(found.as_array().map(Vec::len), Some(2), "{found}");
    assert_eq!(world.get(chief, &path).await.ok(), json!([]));

    change(
        &world,
        &company,
        &id,
        contracts_to(&[&deal.k.0], &company.wang),
    )
    .await;
    let apart = world.get(chief, &path).await.ok();
    let one = &apart[0];
    assert_eq!(
        (&one["number"], &one["successor"]["name"]),
        (&json!("HT-K"), &json!("王五"))
    );
    assert_eq!((&one["invoices"], &one["orders"]), (&json!(1), &json!(1)));
    assert_eq!(one["open"]["amount"], "50000.00");
    // Both were asked again, and the customer's line counts one contract less.
    let items = world
        .get(
            chief,
            &format!("/handover-plans/{id}/items?kind=customer_ownership"),
        )
        .await
        .ok();
    let follows = items["items"][0]["follows"]
        .as_array()
        .expect("what follows");
    let contracts = follows.iter().find(|one| one["kind"] == "contract");
    assert_eq!(contracts.expect("contracts")["count"], 1, "{items}");
    let preview = seen(&world, chief, &id).await["preview"]["total"].clone();
    assert_eq!(
        preview["receivable_open"]["amount"], "100000.00",
        "{preview}"
    );

    // The invoice is given to Li by hand: another holder of the contract leaves it there.
    let line = json!([{ "kind": "receivable_responsibility", "thing_id": deal.k.1 }]);
    let by_hand = json!({ "change": "assign", "lines": line, "successor_id": company.li.id });
    change(&world, &company, &id, by_hand).await;
    let sun = another(&world, &company).await;
    change(&world, &company, &id, contracts_to(&[&deal.k.0], &sun)).await;
    let items = world
        .get(chief, &format!("/handover-plans/{id}/items"))
        .await
        .ok();
    let to = |kind: &str| {
        let all = items["items"].as_array().expect("lines").iter();
        let mut all = all.filter(|one| one["kind"] == kind);
        all.next().expect("a line")["successor"]["name"].clone()
    };
    assert_eq!(to("receivable_responsibility"), "李四");
    assert_eq!(
        (to("contract"), to("order_in_progress")),
        (json!("孙七"), json!("孙七"))
    );

    // Not his, not running, nobody's: said in words.
    let other = signed(&world, &company, &deal.customer, "HT-X", false).await;
    let himself = tried(
        &world,
        &company,
        &id,
        contracts_to(&[&other.0], &company.zhang),
    )
    .await;
    assert_eq!(himself.problem(422), "handover.successor_is_holder");
    let foreign = company
        .customer(&world, &company.li, "潮白铸造有限公司")
        .await;
    let foreign = signed(&world, &company, &foreign, "HT-L", false).await;
    let refused = tried(
        &world,
        &company,
        &id,
        contracts_to(&[&foreign.0], &company.wang),
    )
    .await;
    assert_eq!(refused.problem(422), "handover.contract_not_held");

    // Back with the customer it is no line any more.
    let rejoin = json!({ "change": "rejoin_contracts", "contract_ids": [deal.k.0] });
    change(&world, &company, &id, rejoin).await;
    assert_eq!(world.get(chief, &path).await.ok(), json!([]));
    let items = world
        .get(chief, &format!("/handover-plans/{id}/items"))
        .await
        .ok();
    assert_eq!(items["items"].as_array().map(Vec::len), Some(1), "{items}");
}

/// What is still to come of each contract, by number, in the list of a leaver.
async fn to_come(world: &World, company: &Company, leaver: &Person) -> BTreeMap<String, String> {
    let departure = resign(world, &leaver.login).await;
    let path = format!("/departures/{departure}/commission");
    let seen = world.get(&company.finance.login, &path).await.ok();
    let items = seen["items"].as_array().expect("a list").iter();
    let text = |value: &Json| value.as_str().expect("a text").to_owned();
    items
        .map(|one| (text(&one["number"]), text(&one["to_come"]["amount"])))
        .collect()
}

async fn whoever_gave_it_away_is_told_what_of_it_is_still_his(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let deal = Deal::signed(&world, &company).await;
    world.pass_days(1);
    parted(&world, &company, &deal).await;
    // The day after he gives notice: what he handed over before it changed his work.
    world.pass_days(1);
    // 5,000 of each contract; a month on the giver's half.
    let gave = to_come(&world, &company, &company.zhang).await;
    let half = [("HT-K", "2500.00"), ("HT-M", "2500.00")];
    assert_eq!(
        gave,
        half.map(|(one, sum)| (one.to_owned(), sum.to_owned()))
            .into()
    );
    let has = to_come(&world, &company, &company.wang).await;
    assert_eq!(has, [("HT-K".to_owned(), "2500.00".to_owned())].into());
}
