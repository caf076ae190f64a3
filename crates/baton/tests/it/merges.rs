//! Who is paid for the deals of a customer that was merged away, day by day.

use serde_json::{Value as Json, json};

use crate::commission::{calculate, open, plan, statement};
use crate::exit::{contract, pays};
use crate::harness::{Company, Person, World};

story!(
    what_was_in_the_pool_stays_its_last_owners_until_it_is_merged,
    what_was_merged_twice_goes_by_each_in_its_time,
    what_is_merged_twice_and_handed_over_on_one_day_goes_to_the_last,
);

/// By somebody who reaches what is in the pool.
async fn merge(world: &World, (from, into): (&str, &str)) {
    let by = world.login(None, &["executive"]).await;
    let body = json!({ "into_id": into, "reason": "同一客户重复录入" });
    let path = format!("/customers/{from}/merge");
    world.post(&by, &path, body).await.ok();
}

/// What each is paid of November.
async fn november(world: &World, company: &Company, paid: &[(&Person, &str)]) {
    calculate(world, company).await;
    for (who, total) in paid {
        let query = format!("month=2026-11&payee={}", who.id);
        let seen = statement(world, &company.finance.login, &query).await;
        assert_eq!(seen["total"]["amount"], *total, "{seen:#}");
    }
}

/// Zhang gives HT-1 back to the pool. 1,000.00 two days later are his work, and on the day of the
/// merge too; from the day after it goes by the owner of the other one.
async fn what_was_in_the_pool_stays_its_last_owners_until_it_is_merged(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let pooled = contract(&world, &company, "HT-1", "10000.00").await;
    let stays = company
        .customer(&world, &company.wang, "永定铸造有限公司")
        .await;
    open(&world, &company, "2026-11").await;
    let released = json!({ "owner_id": Json::Null, "effective_on": world.today(),
        "reason": "released" });
    let path = format!("/customers/{pooled}/assign");
    world.post(&company.chief.login, &path, released).await.ok();
    world.pass_days(2);
    pays(&world, &company, &pooled, "HK-1", "1000.00").await;
    merge(&world, (&pooled, &stays)).await;
    pays(&world, &company, &stays, "HK-2", "1000.00").await;
    world.pass_days(1);
    pays(&world, &company, &stays, "HK-3", "1000.00").await;
    let paid = [(&company.zhang, "200.00"), (&company.wang, "100.00")];
    november(&world, &company, &paid).await;
    let report = world.house.audit().await.expect("an audit");
    assert!(report.findings.is_empty(), "{:?}", report.findings.first());
}

/// Zhang's with HT-1, Li's and Wang's.
async fn three(world: &World, company: &Company) -> [String; 3] {
    let first = contract(world, company, "HT-1", "10000.00").await;
    let second = company.customer(world, &company.li, "潮白铸造有限公司");
    let second = second.await;
    let third = company.customer(world, &company.wang, "永定铸造有限公司");
    [first, second, third.await]
}

/// Zhang's HT-1 becomes Li's customer, and that one Wang's two days later.
async fn what_was_merged_twice_goes_by_each_in_its_time(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let [first, second, third] = three(&world, &company).await;
    open(&world, &company, "2026-11").await;
    merge(&world, (&first, &second)).await;
    pays(&world, &company, &second, "HK-1", "1000.00").await;
    world.pass_days(1);
    pays(&world, &company, &second, "HK-2", "1000.00").await;
    world.pass_days(1);
    merge(&world, (&second, &third)).await;
    pays(&world, &company, &third, "HK-3", "1000.00").await;
    world.pass_days(1);
    pays(&world, &company, &third, "HK-4", "1000.00").await;
    let paid = [
        (&company.zhang, "100.00"),
        (&company.li, "200.00"),
        (&company.wang, "100.00"),
    ];
    november(&world, &company, &paid).await;
}

/// Wang never has it: on the day on which Li's becomes his own, that one goes to Li.
async fn what_is_merged_twice_and_handed_over_on_one_day_goes_to_the_last(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 1_000).await;
    let [first, second, third] = three(&world, &company).await;
    open(&world, &company, "2026-11").await;
    world.pass_days(1);
    merge(&world, (&first, &second)).await;
    merge(&world, (&second, &third)).await;
    let body = json!({ "to_id": company.li.id, "effective_on": world.today(),
        "reason": "岗位调整" });
    let path = format!("/customers/{third}/hand-over");
    world.post(&company.chief.login, &path, body).await.ok();
    world.pass_days(1);
    pays(&world, &company, &third, "HK-1", "1000.00").await;
    let paid = [
        (&company.zhang, "0.00"),
        (&company.wang, "0.00"),
        (&company.li, "100.00"),
    ];
    november(&world, &company, &paid).await;
}
