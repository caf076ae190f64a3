//! A closed month on paper, in the files of payroll, and in the history of each person.

use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::commission::{calculate, deal, flat, hand_over, holds, open, plan, receipt, statement};
use crate::harness::{Company, Login, World, money};

story!(
    a_statement_is_printed_once_and_kept,
    a_closed_month_goes_to_payroll_once,
    what_is_kept_back_and_taken_back_shows_in_the_history,
    a_paper_tells_what_was_objected_to,
    what_was_paid_already_goes_to_payroll_no_more,
    a_month_that_was_paid_by_hand_is_no_file,
);

/// Zhang's contract goes to Li, and 98,765.43 come in; November is calculated.
pub(crate) async fn november(world: &World, company: &Company) -> String {
    plan(world, company, 333).await;
    let customer = deal(world, company).await;
    world.pass_days(1);
    hand_over(world, company, None).await;
    world.pass_days(5);
    receipt(world, company, &customer, "HK-1", "98765.43").await;
    open(world, company, "2026-11").await;
    calculate(world, company).await;
    customer
}

pub(crate) async fn closed(world: &World, company: &Company, month: &str) {
    for step in ["review", "close"] {
        let path = format!("/commission-periods/{month}/{step}");
        let early = step == "close" && world.today().to_string().starts_with(month);
        let body = if early {
            json!({ "reason": "月底提前关账" })
        } else {
            json!({})
        };
        world.post(&company.finance.login, &path, body).await.ok();
    }
}

/// What Zhang's statement of November says.
async fn printed(world: &World) -> String {
    let query = "SELECT fields FROM document WHERE number = 'TC2026-11-E002'";
    world.texts(query, &["fields"]).await.concat().concat()
}

async fn bytes(world: &World, login: &Login, path: &str) -> (String, Vec<u8>) {
    let (status, headers, bytes) = world.file(Some(login), path, None).await;
    assert_eq!(status, 200, "{path}");
    (headers, bytes)
}

#[expect(
    clippy::too_many_lines,
    reason = "one statement from closing to years later"
)]
async fn a_statement_is_printed_once_and_kept(world: World) {
    let company = Company::found(&world).await;
    let customer = november(&world, &company).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    let print = |payee: Option<&str>| json!({ "month": "2026-11", "payee": payee });
    let path = "/commission-statements";
    let early = world.post(zhang, path, print(None)).await;
    assert_eq!(early.problem(409), "commission.statement_open");
    let before = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(before["may"], json!(["confirm", "sign_off"]));
    closed(&world, &company, "2026-11").await;

    // Nobody prints a colleague's, and who earned nothing has nothing to print.
    let (his, hers) = (company.zhang.id.to_string(), company.li.id.to_string());
    world
        .post(&company.wang.login, path, print(Some(&his)))
        .await
        .problem(404);
    world
        .post(&company.chief.login, path, print(Some(&his)))
        .await
        .problem(403);
    let empty = world.post(&company.wang.login, path, print(None)).await;
    assert_eq!(empty.problem(409), "commission.statement_empty");

    let open_to_him = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(open_to_him["may"], json!(["sign_off", "issue", "export"]));
    let id = world.post(zhang, path, print(None)).await.id();
    let twice = world.post(finance, path, print(Some(&his))).await;
    assert_eq!(twice.problem(409), "commission.statement_issued");
    world.post(finance, path, print(Some(&hers))).await.ok();
    let after = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(
        (&after["document_id"], &after["may"]),
        (&json!(id), &json!(["sign_off", "export"]))
    );

    let file = format!("/documents/{id}/file");
    let (headers, first) = bytes(&world, zhang, &file).await;
    assert!(headers.contains("application/pdf"), "{headers}");
    assert!(first.starts_with(b"%PDF-"));
    let entry = world.entries("commission.issue_statement").await[0].to_string();
    assert!(
        entry.contains(&hex::encode(Sha256::digest(&first))),
        "{entry}"
    );
    assert!(entry.contains("2302.22"), "{entry}");
    let fields = printed(&world).await;
    for part in [
        "230222",
        "30 天保护期档内",
        "2026-12-15",
        "永定机床有限公司",
        "HK-1",
    ] {
        assert!(fields.contains(part), "{part} in {fields}");
    }
    let closing = world
        .texts(
            "SELECT CAST(idx AS TEXT) AS n FROM log_entry WHERE kind = 'commission.close_period'",
            &["n"],
        )
        .await
        .concat()
        .concat();
    assert!(fields.contains(&format!("第 {closing} 条")), "{fields}");

    // What is paid is read by whom it concerns: finance, superiors, himself.
    for login in [finance, &company.chief.login] {
        assert_eq!(bytes(&world, login, &file).await.1, first);
    }
    world.get(&company.hr.login, &file).await.problem(404);
    world.get(&company.li.login, &file).await.problem(404);
    let seen_by_hr = world.get(&company.hr.login, "/documents").await.ok();
    assert_eq!(seen_by_hr["items"], json!([]));
    let own = world.get(zhang, "/documents").await.ok();
    assert_eq!(own["items"][0]["number"], "TC2026-11-E002");
    let other = json!({ "kind": "commission_statement",
        "departure_id": "dep_00000000000000000000000000" });
    let other = world.post(&company.hr.login, "/documents", other).await;
    assert!(matches!(other.status.as_u16(), 404 | 422), "{}", other.body);

    // Nothing prints it again, whatever the books say later.
    world.pass_days(10);
    receipt(&world, &company, &customer, "HK-2", "1.00").await;
    assert_eq!(bytes(&world, zhang, &file).await.1, first);
    holds(&world).await;
}

async fn a_closed_month_goes_to_payroll_once(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let finance = &company.finance.login;
    let path = "/commission-periods/2026-11/payout";
    let early = world.post(finance, path, json!({})).await;
    assert_eq!(early.problem(409), "commission.payout_open");
    closed(&world, &company, "2026-11").await;
    for login in [
        &company.zhang.login,
        &company.chief.login,
        &company.hr.login,
    ] {
        world.post(login, path, json!({})).await.problem(403);
        let file = format!("{path}-file");
        world.get(login, &file).await.problem(403);
    }
    world
        .get(finance, &format!("{path}-file"))
        .await
        .problem(404);
    world.post(finance, path, json!({})).await.ok();
    let twice = world.post(finance, path, json!({})).await;
    assert_eq!(twice.problem(409), "commission.payout_exported");

    let (headers, csv) = bytes(&world, finance, &format!("{path}-file?format=csv")).await;
    assert!(headers.contains("commission-2026-11.csv"), "{headers}");
    assert_eq!(
        String::from_utf8(csv.clone()).expect("text"),
        "\u{feff}\"工号\",\"姓名\",\"归属月份\",\"项目\",\"应付日\",\"金额\",\"笔数\"\r\n\
         \"E002\",\"张三\",\"2026-11\",\"提成\",\"2026-12-15\",\"2302.22\",\"1\"\r\n\
         \"E003\",\"李四\",\"2026-11\",\"提成\",\"2026-12-15\",\"986.67\",\"1\"\r\n"
    );
    let (_, xlsx) = bytes(&world, finance, &format!("{path}-file")).await;
    assert!(xlsx.starts_with(b"PK"));
    let entry = world.entries("commission.export_payout").await[0].to_string();
    for file in [&csv, &xlsx] {
        assert!(
            entry.contains(&hex::encode(Sha256::digest(file))),
            "{entry}"
        );
    }
    assert!(entry.contains("2 人，2 笔，合计 3,288.89 元"), "{entry}");
    let months = world.get(finance, "/commission-periods").await.ok();
    assert_eq!(months["items"][0]["payout"]["people"], 2);
    assert_eq!(months["items"][0]["payout"]["total"]["amount"], "3288.89");
    let others = world.get(&company.zhang.login, "/commission-periods").await;
    assert_eq!(others.ok()["items"][0]["payout"], Json::Null);
    let looked = world
        .texts(
            "SELECT act AS n FROM access_record WHERE attempt = 'seen'",
            &["n"],
        )
        .await;
    assert!(looked.contains(&vec!["commission.payout_file".to_owned()]));
    holds(&world).await;
}

fn row(history: &Json, month: &str) -> Vec<String> {
    let months = history["months"].as_array().expect("months");
    let row = months.iter().find(|row| row["month"] == month);
    let row = row.unwrap_or_else(|| panic!("{month} in {history}"));
    ["earned", "taken_back", "payable", "handed", "held"]
        .iter()
        .map(|kind| row[kind]["amount"].as_str().expect("money").to_owned())
        .collect()
}

async fn what_is_kept_back_and_taken_back_shows_in_the_history(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    // A tenth of each line is kept back for ninety days.
    let mut offer = flat(1_000);
    offer["holdback"] = json!({ "share": 1_000, "reason": "质保金",
        "release": { "after_days": 90 } });
    let new = json!({ "name": "留存方案", "adds_up": "month", "change_inside": "next_window",
        "valid_from": "2026-01-01", "offer": offer });
    let id = world.post(finance, "/commission-plans", new).await.id();
    let to = json!({ "assignee_id": company.sales, "effective_on": "2026-01-01" });
    world
        .post(finance, &format!("/commission-plans/{id}/assignments"), to)
        .await
        .ok();
    let customer = deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    let path = "/commission-periods/2026-11/payout";
    world.post(finance, path, json!({})).await.ok();
    let on = world.today();
    // Entered late: a line of 20.00 that November lacks is a difference of December.
    world.pass_days(12);
    let body = json!({ "customer_id": customer, "number": "HK-2", "amount": money("200.00"),
        "received_on": on });
    world.post(finance, "/receipts", body).await.ok();
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;

    let zhang = &company.zhang.login;
    let own = world.get(zhang, "/commission-history").await.ok();
    // earned, taken back, due, to payroll, kept back
    assert_eq!(
        row(&own, "2026-11"),
        ["1000.00", "0.00", "0.00", "1000.00", "100.00"]
    );
    assert_eq!(
        row(&own, "2026-12"),
        ["20.00", "0.00", "918.00", "0.00", "2.00"]
    );
    assert_eq!(
        row(&own, "2027-02"),
        ["0.00", "0.00", "102.00", "0.00", "0.00"]
    );
    assert_eq!(own["payee"]["name"], "张三");
    let of_zhang = format!("/commission-history?payee={}", company.zhang.id);
    for login in [finance, &company.chief.login] {
        assert_eq!(
            world.get(login, &of_zhang).await.ok()["months"],
            own["months"]
        );
    }
    for login in [&company.wang.login, &company.li.login] {
        world.get(login, &of_zhang).await.problem(404);
    }
    world.get(&company.hr.login, &of_zhang).await.problem(403);
    // The files of payroll name both days.
    let (_, csv) = bytes(&world, finance, &format!("{path}-file?format=csv")).await;
    let csv = String::from_utf8(csv).expect("text");
    for line in ["\"2026-12-15\",\"900.00\"", "\"2027-02-20\",\"100.00\""] {
        assert!(csv.contains(line), "{line} in {csv}");
    }
}

/// Both of his lines were objected to and answered, one he has confirmed since: two objections.
async fn a_paper_tells_what_was_objected_to(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    plan(&world, &company, 500).await;
    let customer = deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    receipt(&world, &company, &customer, "HK-2", "20000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let seen = statement(&world, zhang, "month=2026-11").await;
    let lines = seen["lines"].as_array().expect("lines");
    assert_eq!(lines.len(), 2);
    for line in lines {
        let key = line["key"].as_str().expect("a key");
        let path = |what: &str| format!("/commission-lines/{key}/{what}");
        let wrong = json!({ "month": "2026-11", "reason": "比例有误" });
        world.post(zhang, &path("object"), wrong).await.ok();
        let no = json!({ "month": "2026-11", "verdict": "refuse", "reason": "以方案为准" });
        world.post(finance, &path("answer"), no).await.ok();
    }
    let key = lines[0]["key"].as_str().expect("a key");
    let right = json!({ "month": "2026-11" });
    let path = format!("/commission-lines/{key}/confirm");
    world.post(zhang, &path, right).await.ok();
    closed(&world, &company, "2026-11").await;
    let print = json!({ "month": "2026-11" });
    world
        .post(zhang, "/commission-statements", print)
        .await
        .ok();
    let fields = printed(&world).await;
    assert!(fields.contains("\"不成立 2 笔\""), "{fields}");
    assert!(fields.contains("异议不成立：以方案为准"), "{fields}");
    holds(&world).await;
}

/// Of Zhang's 2,302.22 two thousand were paid by hand, and all of Li's 986.67: 302.22 are left.
async fn what_was_paid_already_goes_to_payroll_no_more(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let finance = &company.finance.login;
    closed(&world, &company, "2026-11").await;
    let path = "/commission-periods/2026-11/payments";
    let one = |who: &str, amount: Option<&str>| {
        json!({ "payee": who, "paid_on": world.today(), "reference": "银行回单 2026-3",
            "amount": amount.map(money), "reason": "先付一部分" })
    };
    let (his, hers) = (company.zhang.id.to_string(), company.li.id.to_string());
    world
        .post(finance, path, one(&his, Some("2000.00")))
        .await
        .ok();
    world.post(finance, path, one(&hers, None)).await.ok();
    let path = "/commission-periods/2026-11/payout";
    world.post(finance, path, json!({})).await.ok();
    let (_, csv) = bytes(&world, finance, &format!("{path}-file?format=csv")).await;
    assert_eq!(
        String::from_utf8(csv).expect("text"),
        "\u{feff}\"工号\",\"姓名\",\"归属月份\",\"项目\",\"应付日\",\"金额\",\"笔数\"\r\n\
         \"E002\",\"张三\",\"2026-11\",\"提成\",\"2026-12-15\",\"302.22\",\"1\"\r\n"
    );
    let entry = world.entries("commission.export_payout").await[0].to_string();
    assert!(entry.contains("1 人，1 笔，合计 302.22 元"), "{entry}");
    assert!(entry.contains("此前已登记发放 2,986.67 元"), "{entry}");
    let own = world.get(&company.zhang.login, "/commission-history");
    assert_eq!(
        row(&own.await.ok(), "2026-11"),
        ["2302.22", "0.00", "0.00", "302.22", "0.00"]
    );
    holds(&world).await;
}

/// Everything was paid by hand: instead of an empty file it is said on which day.
async fn a_month_that_was_paid_by_hand_is_no_file(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let finance = &company.finance.login;
    closed(&world, &company, "2026-11").await;
    let all = json!({ "paid_on": world.today(), "reference": "银行回单 2026-3" });
    let path = "/commission-periods/2026-11/payments";
    let paid = world.post(finance, path, all).await.id();
    let export = "/commission-periods/2026-11/payout";
    let refused = world.post(finance, export, json!({})).await;
    let told = refused.body.to_string();
    assert_eq!(refused.problem(409), "commission.payout_nothing_left");
    let said = format!("提成 3,288.89 元已全部登记为发放（{}）", world.today());
    assert!(told.contains(&said), "{told}");
    // It was a slip: payroll pays after all.
    let undo = format!("/commission-payments/{paid}/undo");
    let slip = json!({ "reason": "并未发放" });
    world.post(finance, &undo, slip).await.ok();
    world.post(finance, export, json!({})).await.ok();
    holds(&world).await;
}
