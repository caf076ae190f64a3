//! Papers about the money of a handover: what is owed, and who earns what of it.

use serde_json::{Value as Json, json};

use super::{facts, fen, issue, leaving, sums, wish};
use crate::departure::resign;
use crate::handover::{agree, work_of_zhang};
use crate::harness::{Company, World, money};

story!(
    the_letter_and_the_statement_go_to_the_customer,
    the_receiver_of_money_confirms_every_invoice,
    commission_of_the_transition_is_what_the_plan_agreed,
);

fn account() -> Json {
    json!("户名：北辰设备有限公司\n账号：1102 0001")
}

async fn the_letter_and_the_statement_go_to_the_customer(world: World) {
    let company = Company::found(&world).await;
    let (ids, plan) = leaving(&world, &company).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let hr = &company.hr.login;
    let typed = json!({ "account": account(), "verify_at": "010-6000", "delivery": "电子邮件" });
    let letter = wish("customer_letter", &plan, ("customer_id", &ids[0]), typed);
    let letter = issue(&world, hr, letter).await.id();
    let said = facts(&world, "LZ2026-0001-HH1").await;
    assert_eq!(
        (&said["giver_name"], &said["receiver_name"]),
        (&json!("张三"), &json!("李四"))
    );
    assert_eq!(said["leaving"], true);
    let offer = world
        .get(hr, &format!("/signing-offers?document={letter}"))
        .await
        .ok();
    assert_eq!(
        (
            &offer["seats"][0]["role"],
            offer["seats"].as_array().map(Vec::len)
        ),
        (&json!("company"), Some(1))
    );

    let typed = json!({ "reply_days": 15, "account": account(), "reply_to": "财务部 010-6000" });
    let statement = |of: &str| {
        wish(
            "receivable_statement",
            &plan,
            ("customer_id", of),
            typed.clone(),
        )
    };
    issue(&world, hr, statement(&ids[1])).await.ok();
    let said = facts(&world, "LZ2026-0001-DZ1").await;
    let (count, open) = sums(&world, &ids[1]).await;
    assert_eq!(
        said["invoices"].as_array().map(Vec::len),
        usize::try_from(count).ok()
    );
    assert_eq!(
        (fen(&said["open_total"]), fen(&said["overdue_total"])),
        (open, 0)
    );
    let receipt = json!({ "customer_id": ids[0], "number": "HK-2", "amount": money("2000.02"),
        "received_on": world.today() });
    world
        .post(&company.finance.login, "/receipts", receipt)
        .await
        .ok();
    let nothing = issue(&world, hr, statement(&ids[0])).await;
    assert_eq!(nothing.problem(409), "document.nothing_owed");
}

async fn the_receiver_of_money_confirms_every_invoice(world: World) {
    let company = Company::found(&world).await;
    let ids = work_of_zhang(&world, &company).await;
    world.pass_days(70);
    let (zhang, chief) = (
        world.log_in(company.zhang.login.id).await,
        company.chief.login.clone(),
    );
    let chief = world.log_in(chief.id).await;
    resign(&world, &zhang).await;
    let plan = world
        .post(
            &chief,
            "/handover-plans",
            json!({ "from": company.zhang.id }),
        )
        .await
        .id();
    let company = relogged(&world, company).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let hr = &company.hr.login;
    let li = company.li.id.to_string();
    let typed = json!({ "demands": [{ "what": "永定机床 FP-0-2", "on": "2027-01-05",
        "proof": "EMS 回执" }] });
    let body = wish(
        "receivable_confirmation",
        &plan,
        ("receiver_id", &li),
        typed,
    );
    issue(&world, hr, body).await.ok();
    let said = facts(&world, "LZ2027-0001-YS1").await;
    let open = sums(&world, &ids[0]).await.1 + sums(&world, &ids[1]).await.1;
    assert_eq!(fen(&said["open_total"]), open);
    assert_eq!(fen(&said["overdue_total"]), open);
    assert_eq!(said["customers"], 2);
    let rows = said["invoices"].as_array().expect("invoices");
    assert_eq!(rows.len(), 3);
    let total: i64 = rows.iter().map(|row| fen(&row["open"])).sum();
    assert_eq!(total, open);
    // Issued on 2026-11-22, due 30 days later, looked at on 2027-01-31.
    assert_eq!(rows[0]["overdue_days"], 40);
    assert_eq!(rows[0]["bucket"], "逾期 31–90 天");
    assert_eq!(rows[0]["limitation_on"], "2029-12-22");
    assert_eq!(said["buckets"].as_array().map(Vec::len), Some(1));
    assert_eq!(fen(&said["buckets"][0]["open"]), open);
    let hidden = rows.iter().any(|row| row["number"] == "FP-0-1");
    assert!(!hidden, "what is paid is not handed over");
}

/// Sessions do not outlive two months.
async fn relogged(world: &World, mut company: Company) -> Company {
    for person in [
        &mut company.chief,
        &mut company.li,
        &mut company.finance,
        &mut company.hr,
    ] {
        person.login = world.log_in(person.login.id).await;
    }
    company
}

async fn commission_of_the_transition_is_what_the_plan_agreed(world: World) {
    let company = Company::found(&world).await;
    let (ids, plan) = leaving(&world, &company).await;
    agree(&world, &company, &plan, &[&company.li.login]).await;
    let hr = &company.hr.login;
    let li = company.li.id.to_string();
    let typed = json!({ "statement_months": 3, "pay_day": 15, "account": "原工资账户",
        "successor_exit": "本协议自再次移交之日终止，此前已发生的照付" });
    let body = wish("transition_commission", &plan, ("receiver_id", &li), typed);
    let made = issue(&world, hr, body).await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let document = made.id();
    let said = facts(&world, "LZ2026-0001-GD1").await;
    // What the plan of a leaver proposes: 70, 50, 30 per cent, each for thirty days, and on.
    let from: kernel::Day = said["effective_on"]
        .as_str()
        .expect("a day")
        .parse()
        .expect("a day");
    let rows = said["splits"].as_array().expect("rows");
    let shares: Vec<(&str, &str)> = rows
        .iter()
        .map(|row| {
            (
                row["giver"].as_str().expect("a share"),
                row["receiver"].as_str().expect("a share"),
            )
        })
        .collect();
    assert_eq!(
        shares,
        [
            ("70%", "30%"),
            ("50%", "50%"),
            ("30%", "70%"),
            ("30%", "70%"),
            ("0%", "100%")
        ]
    );
    assert_eq!(
        rows[0]["window"],
        format!("{from} 至 {}", from.plus_days(29))
    );
    assert!(said["ends_on"].is_null(), "the last share stands for good");
    let deals = said["deals"].as_array().expect("deals");
    let balance: i64 = deals.iter().map(|row| fen(&row["balance"])).sum();
    assert_eq!(
        balance,
        sums(&world, &ids[0]).await.1 + sums(&world, &ids[1]).await.1
    );
    assert_eq!(balance, fen(&said["balance_total"]));
    for row in deals {
        assert_eq!(
            fen(&row["signed"]) - fen(&row["collected"]),
            fen(&row["balance"])
        );
    }
    let offer = world
        .get(hr, &format!("/signing-offers?document={document}"))
        .await
        .ok();
    let levels: Vec<&Json> = offer["seats"]
        .as_array()
        .expect("seats")
        .iter()
        .map(|seat| &seat["level"])
        .collect();
    assert_eq!(levels, ["L2", "L2", "L2"]);
    assert_eq!(offer["seats"][1]["person"]["name"], "李四");
}
