//! Receivables: what is open on a day, who must chase it, what clears it.

use std::collections::BTreeMap;

use kernel::{Day, Fen};
use serde_json::{Value as Json, json};

use crate::harness::{Company, World, money};

story!(
    the_owner_on_the_day_of_issue_is_responsible,
    nobody_who_has_left_chases_a_late_invoice,
    a_debt_does_not_lie_in_the_pool,
    responsibility_is_a_history_and_the_past_never_moves,
    a_receipt_clears_the_oldest_first_and_leaves_a_credit,
    named_clearings_must_add_up,
    a_receipt_clears_what_a_merged_customer_owed,
    a_dispute_is_marked_and_lifted,
    numbers_amounts_and_days_are_checked,
    the_sums_are_those_of_the_engine,
);

async fn responsibilities(
    world: &World,
    company: &Company,
    invoice: &str,
) -> Vec<(String, String)> {
    let view = world
        .get(&company.finance.login, &format!("/invoices/{invoice}"))
        .await
        .ok();
    let row = |row: &Json| {
        let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
        (text(&row["responsible"]["name"]), text(&row["reason"]))
    };
    view["responsibility"]
        .as_array()
        .expect("a history")
        .iter()
        .map(row)
        .collect()
}

async fn the_owner_on_the_day_of_issue_is_responsible(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    world.pass_days(10);
    let body =
        json!({ "owner_id": company.li.id, "effective_on": world.today(), "reason": "reassigned" });
    world
        .post(
            &company.chief.login,
            &format!("/customers/{id}/assign"),
            body,
        )
        .await
        .ok();
    // Entered today, issued while the customer was Zhang's.
    let mut body = json!({
        "customer_id": id, "number": "FP-1", "amount": money("10"),
        "issued_on": world.today().plus_days(-3), "due_on": world.today(),
    });
    let invoice = world
        .post(&company.finance.login, "/invoices", body.clone())
        .await
        .id();
    let named = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
        let own = |(name, basis): &(&str, &str)| ((*name).to_owned(), (*basis).to_owned());
        rows.iter().map(own).collect()
    };
    let expected = named(&[("张三", "issued"), ("李四", "handed_over")]);
    assert_eq!(responsibilities(&world, &company, &invoice).await, expected);

    // Whoever finance names chases it from today on.
    body["number"] = json!("FP-2");
    body["responsible_id"] = json!(company.wang.id);
    let invoice = world
        .post(&company.finance.login, "/invoices", body)
        .await
        .id();
    let mut expected = expected;
    expected.extend(named(&[("王五", "appointed")]));
    assert_eq!(responsibilities(&world, &company, &invoice).await, expected);
}

/// A late invoice of a customer whose owner has left does not fall to him.
async fn nobody_who_has_left_chases_a_late_invoice(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let finance = &company.finance.login;
    world.pass_days(10);
    let gone = baton::people::acts::set_state::SetState {
        employee: company.zhang.id,
        state: serde_json::from_str("\"left\"").expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&gone).await;
    let mut body = json!({ "customer_id": id, "number": "FP-1", "amount": money("10"),
        "issued_on": world.today().plus_days(-3), "due_on": world.today() });
    let nobody = world.post(finance, "/invoices", body.clone()).await;
    assert_eq!(nobody.problem(422), "receivable.nobody_responsible");
    body["responsible_id"] = json!(company.zhang.id);
    let himself = world.post(finance, "/invoices", body.clone()).await;
    assert_eq!(himself.problem(422), "receivable.responsible_gone");
    body["responsible_id"] = json!(company.li.id);
    let invoice = world.post(finance, "/invoices", body).await.id();
    let told = responsibilities(&world, &company, &invoice).await;
    assert_eq!(told.last().expect("a row").0, "李四");
}

async fn a_debt_does_not_lie_in_the_pool(world: World) {
    let company = Company::found(&world).await;
    let steward = world.login(None, &["data_steward"]).await;
    let id = world
        .post(
            &steward,
            "/customers",
            json!({ "name": "公海", "pool": true }),
        )
        .await
        .id();
    let mut body = json!({
        "customer_id": id, "number": "FP-1", "amount": money("10"),
        "issued_on": world.today(), "due_on": world.today(),
    });
    let answer = world
        .post(&company.finance.login, "/invoices", body.clone())
        .await;
    assert_eq!(answer.problem(422), "receivable.nobody_responsible");
    body["responsible_id"] = json!(company.li.id);
    let invoice = world
        .post(&company.finance.login, "/invoices", body)
        .await
        .id();
    world
        .get(&company.li.login, &format!("/invoices/{invoice}"))
        .await
        .ok();
    assert_eq!(
        world
            .get(&company.zhang.login, &format!("/invoices/{invoice}"))
            .await
            .status,
        404
    );
}

async fn responsibility_is_a_history_and_the_past_never_moves(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let invoice = company.invoice(&world, &id, "FP-1", "100").await;
    let before = world.today();
    let then = format!(
        "/invoices?responsible={}&as_of={before}&open=true",
        company.zhang.id
    );
    world.pass_days(40);
    let hand =
        json!({ "to_id": company.li.id, "effective_on": world.today(), "reason": "岗位调整" });
    world
        .post(
            &company.chief.login,
            &format!("/customers/{id}/hand-over"),
            hand,
        )
        .await
        .ok();
    world.pass_days(1);
    let appoint = json!({ "to_id": company.wang.id, "effective_on": world.today() });
    let path = format!("/invoices/{invoice}/responsible");
    world
        .post(&company.finance.login, &path, appoint.clone())
        .await
        .ok();
    let again = world.post(&company.finance.login, &path, appoint).await;
    assert_eq!(again.problem(409), "receivable.responsibility_unchanged");
    let expected = [
        ("张三", "issued"),
        ("李四", "handed_over"),
        ("王五", "appointed"),
    ];
    let told = responsibilities(&world, &company, &invoice).await;
    assert!(
        told.iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .eq(expected),
        "{told:?}"
    );
    let past = world.get(&company.finance.login, &then).await.ok();
    assert_eq!(past["items"][0]["responsible"]["name"], "张三");
    let now = world
        .get(&company.finance.login, "/invoices?overdue=true")
        .await
        .ok();
    let row = &now["items"][0];
    assert_eq!(
        (&row["responsible"]["name"], &row["overdue_days"]),
        (&json!("王五"), &json!(11))
    );
}

async fn a_receipt_clears_the_oldest_first_and_leaves_a_credit(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &id, "FP-1", "100.10").await;
    world.pass_days(1);
    company.invoice(&world, &id, "FP-2", "50").await;
    let pay = async |number: &str, yuan: &str| {
        let body = json!({
            "customer_id": id, "number": number, "received_on": world.today(),
            "amount": money(yuan),
        });
        world
            .post(&company.finance.login, "/receipts", body)
            .await
            .ok();
        let list = world
            .get(&company.zhang.login, &format!("/customers/{id}/invoices"))
            .await
            .ok();
        let open = |row: &Json| row["open"]["amount"].as_str().unwrap().to_owned();
        list.as_array()
            .unwrap()
            .iter()
            .map(open)
            .collect::<Vec<_>>()
    };
    assert_eq!(pay("HK-1", "120").await, ["0.00", "30.10"]);
    assert_eq!(pay("HK-2", "40").await, ["0.00", "0.00"]);
    let receipts = world
        .get(&company.zhang.login, &format!("/customers/{id}/receipts"))
        .await
        .ok();
    let credit: Vec<&Json> = receipts
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["credit"]["amount"])
        .collect();
    assert_eq!(credit, [&json!("9.90"), &json!("0.00")]);
}

async fn a_receipt_clears_what_a_merged_customer_owed(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang, &company.finance.login);
    let stays = company.customer(&world, zhang, "永定机床有限公司").await;
    let twin = company.customer(&world, zhang, "永定机床厂").await;
    let old = company.invoice(&world, &twin, "FP-1", "70").await;
    world.pass_days(1);
    let new = company.invoice(&world, &stays, "FP-2", "50").await;
    let merge = json!({ "into_id": stays, "reason": "重复录入" });
    let place = format!("/customers/{twin}/merge");
    world.post(&company.chief.login, &place, merge).await.ok();
    let named = json!({ "customer_id": stays, "number": "HK-1", "received_on": world.today(),
        "amount": money("30"), "clearings": [{ "invoice_id": old, "amount": money("30") }] });
    world.post(finance, "/receipts", named).await.ok();
    // What the merged one owes is owed by the one that stays, wherever it is told.
    let owed = json!({ "amount": "90.00", "currency": "CNY" });
    let path = "/customers?q=yongding";
    let listed = world.get(&zhang.login, path).await.ok();
    assert_eq!(listed["items"][0]["open"]["amount"], owed["amount"]);
    let one = world
        .get(finance, &format!("/customers/{stays}"))
        .await
        .ok();
    assert_eq!(one["open"]["amount"], owed["amount"]);
    let sums = world
        .get(finance, "/receivables/summary?by=customer")
        .await
        .ok();
    assert_eq!(sums.as_array().map(Vec::len), Some(1), "{sums}");
    assert_eq!(sums[0]["open"]["amount"], owed["amount"]);
    // The oldest first, whoever it was written to.
    let rest = json!({ "customer_id": stays, "number": "HK-2", "received_on": world.today(),
        "amount": money("60") });
    world.post(finance, "/receipts", rest).await.ok();
    for (invoice, open) in [(&old, "0.00"), (&new, "30.00")] {
        let view = world
            .get(finance, &format!("/invoices/{invoice}"))
            .await
            .ok();
        assert_eq!(view["open"]["amount"], open);
    }
}

async fn named_clearings_must_add_up(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let one = company.invoice(&world, &id, "FP-1", "100").await;
    let two = company.invoice(&world, &id, "FP-2", "50").await;
    let pay = |clearings: Json| {
        json!({
            "customer_id": id, "number": "HK-1", "received_on": world.today(),
            "amount": money("60"), "clearings": clearings,
        })
    };
    let part = |invoice: &str, yuan: &str| json!({ "invoice_id": invoice, "amount": money(yuan) });
    for wrong in [
        json!([part(&two, "50.01")]),
        json!([part(&two, "0")]),
        json!([part(&one, "10"), part(&one, "10")]),
        json!([part(&one, "30"), part(&two, "40")]),
    ] {
        let answer = world
            .post(&company.finance.login, "/receipts", pay(wrong))
            .await;
        assert_eq!(answer.problem(422), "receivable.clearing");
    }
    world
        .post(
            &company.finance.login,
            "/receipts",
            pay(json!([part(&two, "50")])),
        )
        .await
        .ok();
    let open = world
        .get(&company.finance.login, "/invoices?open=true")
        .await
        .ok();
    assert_eq!(open["items"].as_array().unwrap().len(), 1);
    assert_eq!(open["items"][0]["number"], "FP-1");
}

async fn a_dispute_is_marked_and_lifted(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let invoice = company.invoice(&world, &id, "FP-1", "100").await;
    let path = format!("/invoices/{invoice}/dispute");
    let dispute = json!({ "disputed": true, "reason": "货损待核" });
    let own = world
        .post(&company.zhang.login, &path, dispute.clone())
        .await;
    assert_eq!(own.problem(403), "access.denied");
    world
        .post(&company.finance.login, &path, dispute.clone())
        .await
        .ok();
    let twice = world.post(&company.finance.login, &path, dispute).await;
    assert_eq!(twice.problem(409), "receivable.same_dispute");
    let lift = json!({ "disputed": false, "reason": "已协商" });
    world.post(&company.finance.login, &path, lift).await.ok();
}

async fn numbers_amounts_and_days_are_checked(world: World) {
    let company = Company::found(&world).await;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    company.invoice(&world, &id, "FP-1", "100").await;
    let good = json!({
        "customer_id": id, "number": "FP-2", "amount": money("1"),
        "issued_on": world.today(), "due_on": world.today(),
    });
    for (key, value, code) in [
        ("number", json!("FP-1"), "receivable.number_taken"),
        ("amount", money("0"), "receivable.amount"),
        (
            "issued_on",
            json!(world.today().plus_days(1)),
            "receivable.future_day",
        ),
        (
            "due_on",
            json!(world.today().plus_days(-1)),
            "receivable.due_day",
        ),
    ] {
        let mut body = good.clone();
        body[key] = value;
        let answer = world.post(&company.finance.login, "/invoices", body).await;
        assert_eq!(answer.body["code"], code);
        let pointer = format!("/{key}");
        assert_eq!(answer.body["errors"][0]["pointer"], json!(pointer));
    }
    let denied = world.post(&company.zhang.login, "/invoices", good).await;
    assert!(
        denied.status == 403 || denied.status == 404,
        "{}",
        denied.body
    );
}

/// What the database adds up is what the engine adds up from the same papers.
#[expect(clippy::too_many_lines, reason = "one story")]
async fn the_sums_are_those_of_the_engine(world: World) {
    let company = Company::found(&world).await;
    let mut papers: Vec<receivable::Receivable> = Vec::new();
    for (at, owner) in [&company.zhang, &company.li, &company.wang]
        .iter()
        .enumerate()
    {
        let id = company
            .customer(&world, owner, &format!("客户{at}号"))
            .await;
        for n in 0..3 {
            let yuan = format!("{}.37", 100 * (at + 1) + n);
            let invoice = company
                .invoice(&world, &id, &format!("FP-{at}-{n}"), &yuan)
                .await;
            papers.push(receivable::Receivable {
                invoice: invoice.parse().expect("an id"),
                customer: id.parse().expect("an id"),
                amount: Fen::parse(&yuan).expect("money"),
                issued_on: world.today(),
                due_on: world.today().plus_days(30),
                movements: Vec::new(),
            });
            world.pass_days(9);
        }
        let body = json!({
            "customer_id": id, "number": format!("HK-{at}"), "received_on": world.today(),
            "amount": money("150"),
        });
        world
            .post(&company.finance.login, "/receipts", body)
            .await
            .ok();
        let mut left = Fen::parse("150").expect("money");
        for paper in papers
            .iter_mut()
            .filter(|paper| paper.customer.to_string() == id)
        {
            let amount = left.min(paper.amount);
            left = left - amount;
            let kind = receivable::MovementKind::Clearing;
            paper.movements.push(receivable::Movement {
                kind,
                dated: world.today(),
                amount,
            });
        }
    }
    for back in [0, 5, 13, 40, 60, 400] {
        let day: Day = world.today().plus_days(-back);
        let path = format!("/receivables/summary?by=customer&on={day}");
        let told = world.get(&company.finance.login, &path).await.ok();
        let line = |row: &Json| {
            let text = |json: &Json| json.as_str().unwrap_or_default().to_owned();
            (
                text(&row["id"]),
                (
                    text(&row["open"]["amount"]),
                    text(&row["overdue"]["amount"]),
                    row["longest_overdue_days"].as_i64().unwrap(),
                ),
            )
        };
        let told: BTreeMap<_, _> = told.as_array().unwrap().iter().map(line).collect();
        let sums = receivable::totals(&papers, day, |paper| paper.customer.to_string());
        let sums: BTreeMap<_, _> = sums
            .into_iter()
            .filter(|(_, sum)| sum.count > 0)
            .map(|(key, sum)| {
                let open = (sum.open.to_plain(), sum.overdue.to_plain());
                (key, (open.0, open.1, sum.longest_overdue_days))
            })
            .collect();
        assert_eq!(told, sums, "on {day}");
    }
}
