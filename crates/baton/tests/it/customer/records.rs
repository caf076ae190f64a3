//! Customers as records: found, counted once, answered in one form.

use kernel::Day;
use serde_json::{Value as Json, json};

use super::{hand_over, items};
use crate::harness::{Company, World, money};

story!(
    a_duplicate_is_refused_until_accepted,
    the_same_request_twice_is_one_customer,
    lists_are_found_sorted_and_paged,
    a_customer_is_found_where_it_went,
    snapshots_of_answers_and_entries,
    an_owner_of_long_ago_counts_since_then,
);

async fn a_duplicate_is_refused_until_accepted(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.wang, "深圳市腾讯计算机系统有限公司")
        .await;
    let mut body = json!({ "name": "深圳腾讯计算机系统股份有限公司" });
    let answer = world
        .post(&company.zhang.login, "/customers", body.clone())
        .await;
    assert_eq!(answer.problem(409), "customer.duplicate");
    body["accept_duplicate"] = json!(true);
    world
        .post(&company.zhang.login, "/customers", body)
        .await
        .ok();
    // "腾讯计算机系绕", percent-encoded: one slip of the pen.
    let near = "/customers/duplicates?name=\
                %E8%85%BE%E8%AE%AF%E8%AE%A1%E7%AE%97%E6%9C%BA%E7%B3%BB%E7%BB%95";
    let near = world.get(&company.zhang.login, near).await.ok();
    assert_eq!(near.as_array().unwrap().len(), 2, "{near}");
    assert_eq!(near[0]["strength"], "possible");
    // "腾讯": so little reads nobody's customers off.
    let short = "/customers/duplicates?name=%E8%85%BE%E8%AE%AF";
    let short = world.get(&company.zhang.login, short).await.ok();
    assert_eq!(short, json!([]));
}

async fn the_same_request_twice_is_one_customer(world: World) {
    let company = Company::found(&world).await;
    let body = json!({ "name": "永定机床有限公司" });
    let mut answers = Vec::new();
    for _ in 0..2 {
        let login = &company.zhang.login;
        answers.push(
            world
                .post_as("one-key", login, "/customers", body.clone())
                .await
                .ok(),
        );
    }
    assert_eq!(answers[0]["id"], answers[1]["id"]);
    assert_eq!(world.entries("customer.add").await.len(), 1);
    let other = json!({ "name": "另一家" });
    let answer = world
        .post_as("one-key", &company.zhang.login, "/customers", other)
        .await;
    assert_eq!(answer.problem(422), "request.key_reused");
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn lists_are_found_sorted_and_paged(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang.login;
    for name in [
        "重庆长安汽车有限公司",
        "阿里云计算有限公司",
        "北京百度网讯科技有限公司",
        "腾讯计算机系统",
    ] {
        company.customer(&world, &company.zhang, name).await;
    }
    let names = async |path: &str| -> Vec<String> {
        let page = world.get(zhang, path).await.ok();
        items(page)
            .iter()
            .map(|item| item["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = names("/customers").await;
    let sorted = [
        "阿里云计算有限公司",
        "北京百度网讯科技有限公司",
        "重庆长安汽车有限公司",
        "腾讯计算机系统",
    ];
    assert_eq!(all, sorted);
    for (q, found) in [
        ("changan", 2..3),
        ("aly", 0..1),
        ("BAIDU", 1..2),
        ("jsjxt", 3..4),
        ("zzz", 0..0),
        // A blank asks for everybody; signs alone are in no name.
        ("%20", 0..4),
        ("%25", 0..0),
        ("%22(", 0..0),
    ] {
        assert_eq!(
            names(&format!("/customers?q={q}")).await,
            sorted[found],
            "{q}"
        );
    }
    let unknown = world.get(zhang, "/customers?sort=-name").await;
    assert_eq!(unknown.problem(422), "request.unknown_word");
    let people = world.get(&company.hr.login, "/employees?q=%25").await.ok();
    assert!(items(people).is_empty());
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/customers?limit=3&sort=-owned_since&cursor={cursor}");
        let page = world.get(zhang, &path).await.ok();
        let rows = page["items"].as_array().unwrap().iter();
        paged.extend(rows.map(|item| item["name"].as_str().unwrap().to_owned()));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    paged.sort_by_key(|name| sorted.iter().position(|s| s == name));
    assert_eq!(paged, sorted);
    let filters = world.get(zhang, "/customers/filters").await.ok();
    assert_eq!(
        filters,
        json!({ "regions": ["北京"], "industries": ["机械"], "tiers": ["A"] })
    );
    assert!(
        names("/customers?region=%E4%B8%8A%E6%B5%B7")
            .await
            .is_empty()
    );
}

/// A search within a region follows a customer that is edited; so does one for its new name.
async fn a_customer_is_found_where_it_went(world: World) {
    let company = Company::found(&world).await;
    let login = &company.zhang.login;
    let body = json!({ "number": "KH001", "name": "永定机床有限公司", "region": "华北" });
    let added = world.post(login, "/customers", body).await.ok();
    let id = added["id"].as_str().unwrap().to_owned();
    company
        .customer(&world, &company.zhang, "永定河船务有限公司")
        .await;
    let (north, south) = ("%E5%8D%8E%E5%8C%97", "%E5%8D%8E%E5%8D%97");
    let found = async |q: &str, region: &str| -> usize {
        let path = format!("/customers?q={q}&region={region}");
        items(world.get(login, &path).await.ok()).len()
    };
    assert_eq!(
        (
            found("jichuang", north).await,
            found("jichuang", south).await
        ),
        (1, 0)
    );
    let path = format!("/customers/{id}");
    let moved = json!({ "region": "华南" });
    world.post(login, &path, moved).await.ok();
    assert_eq!(
        (
            found("jichuang", north).await,
            found("jichuang", south).await
        ),
        (0, 1)
    );
    let renamed = json!({ "region": "华北", "name": "永定轴承有限公司" });
    world.post(login, &path, renamed).await.ok();
    assert_eq!(
        (
            found("jichuang", north).await,
            found("zhoucheng", north).await
        ),
        (0, 1)
    );
    assert_eq!(found("zhoucheng", south).await, 0);
}

async fn snapshots_of_answers_and_entries(world: World) {
    let company = Company::found(&world).await;
    let body = json!({ "number": "KH001", "name": "永定机床有限公司", "region": "北京" });
    let added = world
        .post(&company.zhang.login, "/customers", body)
        .await
        .ok();
    let id = added["id"].as_str().unwrap().to_owned();
    company.invoice(&world, &id, "FP-1", "1234.56").await;
    let handed = hand_over(&world, &company.chief.login, &id, company.li.id)
        .await
        .ok();
    let mut told = json!({ "added": added, "handed": handed });
    for kind in [
        "customer.add",
        "customer.assign",
        "customer.hand_over",
        "receivable.take_over",
    ] {
        told[kind] = Json::Array(world.entries(kind).await);
    }
    let text = crate::harness::without_chance(&told);
    insta::assert_snapshot!("customer_added_and_handed_over", text);
}

/// What is entered late earned before: the plan pays 5 % of what came in while it was his.
async fn an_owner_of_long_ago_counts_since_then(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang.login;
    crate::commission::plan(&world, &company, 500).await;
    let since = world.today().plus_days(-10);
    let new = |name: &str, since: Day| json!({ "name": name, "owned_since": since });
    let told = [
        (world.today().plus_days(1), "不能晚于今天"),
        ("2019-12-31".parse().expect("a day"), "2020-03-01 入职"),
    ];
    for (day, words) in told {
        let refused = world.post(zhang, "/customers", new("永定机床", day)).await;
        let said = refused.body.to_string();
        assert_eq!(refused.problem(422), "customer.owned_since");
        assert!(
            said.contains(words) && said.contains("/owned_since"),
            "{said}"
        );
    }
    let old = world
        .post(zhang, "/customers", new("永定机床", since))
        .await
        .id();
    let late = world
        .post(zhang, "/customers", json!({ "name": "潮白铸造" }))
        .await
        .id();
    let view = world.get(zhang, &format!("/customers/{old}")).await.ok();
    assert_eq!(view["owned_since"], json!(since));
    let finance = &company.finance.login;
    for (customer, number) in [(&old, "1"), (&late, "2")] {
        let day = since.plus_days(1);
        let bill = json!({ "customer_id": customer, "number": format!("FP-{number}"),
            "amount": money("800"), "issued_on": day, "due_on": day });
        world.post(finance, "/invoices", bill).await.id();
        let came = json!({ "customer_id": customer, "number": format!("HK-{number}"),
            "amount": money("800"), "received_on": day });
        world.post(finance, "/receipts", came).await.id();
    }
    crate::commission::open(&world, &company, "2026-11").await;
    crate::commission::calculate(&world, &company).await;
    let month = crate::commission::statement(&world, zhang, "month=2026-11").await;
    assert_eq!(month["total"]["amount"], "40.00");
}
