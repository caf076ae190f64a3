//! A statement is spoken about: objected to with a file, answered in part, climbed, signed off.

use baton::people::acts::change_job::ChangeJob;
use serde_json::{Value as Json, json};

use crate::commission::{calculate, holds, open, receipt, statement};
use crate::desk::{complete, task, tasks};
use crate::harness::{Company, Login, Person, World, hire, money, person, without_chance};
use crate::payroll::{closed, november};

story!(
    an_objection_with_a_file_is_answered_in_part,
    whoever_keeps_silent_is_passed_over_upwards,
    ticking_the_task_off_is_no_answer,
    nobody_answers_his_own_objection,
    a_whole_statement_is_signed_off_as_it_stood,
    what_was_accepted_is_not_lost_with_the_month,
    what_was_put_right_on_another_deal_leaves_the_desk,
    the_log_keeps_what_the_pages_keep,
);

/// From today on this is his line manager.
pub(crate) async fn under(world: &World, company: &Company, who: &Person, manager: &Person) {
    let job = ChangeJob {
        employee: who.id,
        effective_on: world.today(),
        entity: company.entity,
        department: company.sales,
        post: company.post,
        line_manager: Some(manager.id),
        reason: "汇报关系".to_owned(),
        seen: None,
    };
    world.done(&job).await;
}

/// A picture of one point, as small as they come.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9\
                   awAAAABJRU5ErkJggg==";

pub(crate) async fn line(world: &World, login: &Login) -> Json {
    let seen = statement(world, login, "month=2026-11").await;
    seen["lines"][0].clone()
}

pub(crate) fn say(line: &Json, what: &str) -> String {
    let key = line["key"].as_str().expect("a key");
    format!("/commission-lines/{key}/{what}")
}

fn answer(verdict: &str, granted: Option<&str>, reason: &str) -> Json {
    json!({ "month": "2026-11", "verdict": verdict, "granted": granted.map(money),
        "reason": reason })
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn an_objection_with_a_file_is_answered_in_part(world: World) {
    let company = Company::found(&world).await;
    let (zhang, chief, finance) = (
        &company.zhang.login,
        &company.chief.login,
        &company.finance.login,
    );
    november(&world, &company).await;
    under(&world, &company, &company.zhang, &company.chief).await;
    let own = line(&world, zhang).await;
    let wrong = |content: &str, claimed: &str| {
        json!({ "month": "2026-11", "reason": "应按七五开", "claimed": money(claimed),
            "attachment": { "name": "聊天记录.png", "content": content } })
    };
    let object = say(&own, "object");
    let no_file = world
        .post(zhang, &object, wrong("PGh0bWw+", "2500.00"))
        .await;
    assert_eq!(no_file.problem(422), "commission.attachment");
    // Nobody claims what he has, less, or that he owes something.
    for less in ["2302.22", "2302.21", "0.00", "-1.00"] {
        let refused = world.post(zhang, &object, wrong(PNG, less)).await;
        let words = refused.body.to_string();
        assert_eq!(refused.problem(422), "commission.claimed_amount", "{less}");
        assert!(
            words.contains("主张金额须高于现金额 2,302.22 元"),
            "{words}"
        );
    }
    world.post(zhang, &object, wrong(PNG, "2500.00")).await.ok();
    let twice = world.post(zhang, &object, wrong(PNG, "2600.00")).await;
    assert_eq!(twice.problem(409), "commission.objected_already");

    // His superior finds it among his tasks and on the desk, with the day on which it is due.
    let asked = task(&world, chief, "answer").await;
    assert!(asked["due_at"].is_string(), "{asked}");
    let desk = world.get(chief, "/commission-objections").await.ok();
    let waiting = &desk["items"][0];
    assert_eq!(waiting["payee"]["name"], "张三");
    assert_eq!(waiting["waits_zh"], "陈总（E001）");
    assert_eq!(waiting["due_at"], asked["due_at"]);
    assert_eq!(waiting["wanted"]["amount"], "2500.00");
    assert_eq!(
        (
            &waiting["overdue"],
            &waiting["may_answer"],
            &desk["overdue"]
        ),
        (&json!(false), &json!(true), &json!(0))
    );
    let seen = world.get(finance, "/commission-objections").await.ok();
    assert_eq!(seen["items"].as_array().map(Vec::len), Some(1));
    let file = format!("{}?month=2026-11&seq=1", say(&own, "attachment"));
    let (status, headers, bytes) = world.file(Some(chief), &file, None).await;
    assert_eq!((status, &bytes[1..4]), (200, &b"PNG"[..]));
    assert!(headers.contains("image/png"), "{headers}");
    for other in [&company.wang.login, &company.hr.login] {
        let (status, ..) = world.file(Some(other), &file, None).await;
        assert!(matches!(status, 403 | 404), "{status}");
    }

    // What is granted lies between what it is and what is claimed.
    let reply = say(&own, "answer");
    for outside in ["2302.22", "2500.00", "2600.00", "2000.00"] {
        let body = answer("partly", Some(outside), "只有一半属实");
        let refused = world.post(chief, &reply, body).await;
        assert_eq!(refused.problem(422), "commission.granted_amount");
    }
    for odd in [
        answer("partly", None, "一半"),
        answer("accept", Some("2400.00"), "可以"),
    ] {
        let refused = world.post(chief, &reply, odd).await;
        assert_eq!(refused.problem(422), "commission.granted_amount");
    }
    let body = answer("partly", Some("2400.00"), "只有一半属实");
    world.post(chief, &reply, body).await.ok();
    assert!(tasks(&world, chief).await.is_empty());
    let own = line(&world, zhang).await;
    assert_eq!(own["state"], "partly");
    assert_eq!(own["said"][1]["wanted"]["amount"], "2400.00");
    assert_eq!(own["said"][0]["attachment"]["name"], "聊天记录.png");
    let desk = world.get(finance, "/commission-objections").await.ok();
    assert_eq!(desk["items"], json!([]));
    assert_eq!(desk["to_correct"][0]["wanted"]["amount"], "2400.00");
    let mut told = json!({ "objected": world.entries("commission.object").await,
        "answered": world.entries("commission.answer").await });
    for word in ["objected", "answered"] {
        told[word][0]["detail"]["line"] = json!("…");
    }
    insta::assert_snapshot!("objection_answered_in_part", without_chance(&told));
    holds(&world).await;
}

async fn whoever_keeps_silent_is_passed_over_upwards(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.sales, company.post);
    let boss = person(place, "E009", "周总经理", false);
    let boss = hire(&world, boss, "executive").await;
    november(&world, &company).await;
    under(&world, &company, &company.zhang, &company.chief).await;
    under(&world, &company, &company.chief, &boss).await;
    let (zhang, chief) = (&company.zhang.login, &company.chief.login);
    let own = line(&world, zhang).await;
    let wrong = json!({ "month": "2026-11", "reason": "应为两万元" });
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    let due = |desk: &Json| {
        let one = &desk["items"][0];
        (one["waits_zh"].clone(), one["overdue"].clone())
    };
    let path = "/commission-objections";
    assert_eq!(
        due(&world.get(chief, path).await.ok()),
        (json!("陈总（E001）"), json!(false))
    );
    // A week later, which holds more than three working days wherever it begins.
    world.pass_days(7);
    let late = world.get(&company.finance.login, path).await.ok();
    assert_eq!(late["overdue"], 1);
    world.run_jobs().await;
    let climbed = world.get(&company.finance.login, path).await.ok();
    assert_eq!(due(&climbed).0, "周总经理（E009）");
    assert!(tasks(&world, chief).await.is_empty());
    let asked = task(&world, &boss.login, "answer").await;
    assert!(asked["case_title"].as_str().unwrap().contains("提成异议"));
    let en = asked["case_title_en"].as_str().unwrap();
    assert!(en.contains("objection to commission"), "{en}");
    let body = answer("refuse", None, "到账只有一万元");
    world
        .post(&boss.login, &say(&own, "answer"), body)
        .await
        .ok();
    assert!(tasks(&world, &boss.login).await.is_empty());
    assert_eq!(line(&world, zhang).await["state"], "refused");
    holds(&world).await;
}

async fn ticking_the_task_off_is_no_answer(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    under(&world, &company, &company.zhang, &company.chief).await;
    let (zhang, chief) = (&company.zhang.login, &company.chief.login);
    let own = line(&world, zhang).await;
    let wrong = json!({ "month": "2026-11", "reason": "应为两万元" });
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    let ticked = complete(&world, chief, "answer").await;
    assert_eq!(ticked.problem(422), "commission.answer_at_line");
    assert_eq!(line(&world, zhang).await["state"], "objected");
    // Whoever takes it back by confirming leaves nobody a task.
    let right = json!({ "month": "2026-11" });
    world.post(zhang, &say(&own, "confirm"), right).await.ok();
    assert!(tasks(&world, chief).await.is_empty());
    // Finance may answer what its superior was asked.
    let wrong = json!({ "month": "2026-11", "reason": "还是不对" });
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    task(&world, chief, "answer").await;
    let body = answer("accept", None, "补认一笔回款");
    let finance = &company.finance.login;
    world.post(finance, &say(&own, "answer"), body).await.ok();
    assert!(tasks(&world, chief).await.is_empty());
    holds(&world).await;
}

async fn nobody_answers_his_own_objection(world: World) {
    let company = Company::found(&world).await;
    let (chief, finance) = (&company.chief.login, &company.finance.login);
    crate::commission::plan(&world, &company, 500).await;
    let customer = company
        .customer(&world, &company.chief, "卢沟轴承有限公司")
        .await;
    company.invoice(&world, &customer, "FP-1", "10000.00").await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let own = line(&world, chief).await;
    let wrong = json!({ "month": "2026-11", "reason": "应为两万元" });
    world.post(chief, &say(&own, "object"), wrong).await.ok();
    let desk = world.get(chief, "/commission-objections").await.ok();
    assert_eq!(desk["items"][0]["may_answer"], false);
    let body = answer("accept", None, "确实如此");
    let refused = world.post(chief, &say(&own, "answer"), body.clone()).await;
    assert_eq!(refused.problem(409), "commission.own_objection");
    world.post(finance, &say(&own, "answer"), body).await.ok();
    // A line that a calculation takes away can still be answered, else the month never closes.
    let wrong = json!({ "month": "2026-11", "reason": "仍然不对" });
    world.post(chief, &say(&own, "object"), wrong).await.ok();
    let ends = json!({ "month": "2026-11", "verdict": "refuse", "reason": "已核对" });
    world.post(finance, &say(&own, "answer"), ends).await.ok();
    holds(&world).await;
}

async fn a_whole_statement_is_signed_off_as_it_stood(world: World) {
    let company = Company::found(&world).await;
    let customer = november(&world, &company).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    let path = "/commission-statement/sign-off";
    let seen = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(seen["may"], json!(["confirm", "sign_off"]));
    assert_eq!(seen["signed_off"], Json::Null);
    let sign = |seen: &Json| json!({ "month": "2026-11", "digest": seen["digest"] });
    let other = json!({ "month": "2026-11", "digest": "00" });
    let changed = world.post(zhang, path, other).await;
    assert_eq!(changed.problem(409), "commission.statement_changed");
    let object = say(&seen["lines"][0], "object");
    let wrong = json!({ "month": "2026-11", "reason": "应为两万元" });
    world.post(zhang, &object, wrong).await.ok();
    let held = world.post(zhang, path, sign(&seen)).await;
    assert_eq!(held.problem(409), "commission.objections_open");
    let reply = say(&seen["lines"][0], "answer");
    let body = answer("refuse", None, "到账只有一万元");
    world.post(finance, &reply, body).await.ok();
    world.post(zhang, path, sign(&seen)).await.ok();
    let now = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(now["lines"][0]["state"], "confirmed");
    assert_eq!(now["signed_off"]["holds"], true);
    assert_eq!(now["may"], json!(["confirm"]));
    let twice = world.post(zhang, path, sign(&seen)).await;
    assert_eq!(twice.problem(409), "commission.signed_already");
    let list = world.get(finance, "/commission-statements?month=2026-11");
    let list = list.await.ok();
    let row = |name: &str| {
        let items = list["items"].as_array().expect("statements").iter();
        let row = items.clone().find(|one| one["payee"]["name"] == name);
        row.expect("a statement")["signed_at"].is_string()
    };
    assert_eq!((row("张三"), row("李四")), (true, false));
    world.pass_days(1);
    // Another receipt: the signature was under another statement, and he signs again.
    let more = json!({ "customer_id": customer, "number": "FP-2", "amount": money("1000.00"),
        "issued_on": world.today(), "due_on": world.today().plus_days(30) });
    world.post(finance, "/invoices", more).await.ok();
    receipt(&world, &company, &customer, "HK-2", "1000.00").await;
    calculate(&world, &company).await;
    let now = statement(&world, zhang, "month=2026-11").await;
    assert_eq!(now["signed_off"]["holds"], false);
    // What he had signed can still be read, as it stood then.
    assert_eq!(now["editions"].as_array().map(Vec::len), Some(2));
    let first = now["editions"][1]["calculated_at"]
        .as_str()
        .expect("a moment");
    let then = format!("month=2026-11&as_of={first}");
    let then = statement(&world, zhang, &then).await;
    assert_eq!(then["total"], seen["total"]);
    assert_eq!((&then["may"], &then["as_of"]), (&json!([]), &json!(first)));
    // His own receipt earns nothing under the terms, and the new statement says so.
    let count = |of: &Json| of["lines"].as_array().map(Vec::len);
    assert_eq!((count(&then), count(&now)), (Some(1), Some(2)));
    let before = "/commission-statement?month=2026-11&as_of=2020-01-01T00:00:00.000Z";
    assert_eq!(world.get(zhang, before).await.status.as_u16(), 404);
    closed(&world, &company, "2026-11").await;
    let stranger = world.post(&company.wang.login, path, sign(&now)).await;
    assert_eq!(stranger.problem(409), "commission.statement_empty");
    world.post(zhang, path, sign(&now)).await.ok();
    let mut told = world.entries("commission.sign_off").await;
    for one in &mut told {
        one["detail"]["digest"] = json!("…");
    }
    insta::assert_snapshot!("statement_signed_off", without_chance(&json!(told)));
    holds(&world).await;
}

/// November pays 5 % of 10,000.00. He is right that 2,000.00 more had come in: they are entered
/// after the month was closed, and December pays the difference of 100.00.
async fn what_was_accepted_is_not_lost_with_the_month(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    crate::commission::plan(&world, &company, 500).await;
    let customer = crate::commission::deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    let on = world.today();
    open(&world, &company, "2026-11").await;
    world.pass_days(10);
    calculate(&world, &company).await;
    let own = line(&world, zhang).await;
    let wrong = json!({ "month": "2026-11", "reason": "另有两千元到账",
        "claimed": money("600.00") });
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    let body = answer("accept", None, "银行已入账，待补录");
    world.post(finance, &say(&own, "answer"), body).await.ok();
    let step = |step: &str| format!("/commission-periods/2026-11/{step}");
    world.post(finance, &step("review"), json!({})).await.ok();
    let held = world.post(finance, &step("close"), json!({})).await;
    let words = held.body.to_string();
    assert_eq!(held.problem(409), "commission.objections_uncorrected");
    assert!(words.contains("还有 1 条已认可的异议尚未更正"), "{words}");
    let why = |reason: &str| json!({ "uncorrected_reason": reason });
    let short = world.post(finance, &step("close"), why("急")).await;
    assert_eq!(short.problem(422), "request.length");
    world
        .post(finance, &step("close"), why("十二月补录回款"))
        .await
        .ok();
    let entry = world.entries("commission.close_period").await[0].to_string();
    assert!(
        entry.contains("1 条已认可的异议尚未更正：十二月补录回款"),
        "{entry}"
    );
    // A closed month hides nothing of what was accepted.
    let path = "/commission-objections";
    let desk = world.get(finance, path).await.ok();
    assert_eq!(desk["to_correct"][0]["month"], "2026-11", "{desk}");
    let body = json!({ "customer_id": customer, "number": "HK-2", "amount": money("2000.00"),
        "received_on": on });
    world.post(finance, "/receipts", body).await.ok();
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    let december = statement(&world, zhang, "month=2026-12").await;
    assert_eq!(december["total"]["amount"], "100.00");
    let desk = world.get(finance, path).await.ok();
    assert_eq!(desk["to_correct"], json!([]), "{desk}");
    holds(&world).await;
}

/// He is right about November, and December pays him on the invoice of another customer instead: no
/// figure tells the two belong together, so finance says it.
async fn what_was_put_right_on_another_deal_leaves_the_desk(world: World) {
    let company = Company::found(&world).await;
    let (zhang, finance) = (&company.zhang.login, &company.finance.login);
    crate::commission::plan(&world, &company, 500).await;
    let customer = crate::commission::deal(&world, &company).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    world.pass_days(1);
    let other = company
        .customer(&world, &company.zhang, "卢沟轴承有限公司")
        .await;
    company.invoice(&world, &other, "FP-9", "1000.00").await;
    receipt(&world, &company, &other, "HK-9", "1000.00").await;
    open(&world, &company, "2026-11").await;
    world.pass_days(9);
    calculate(&world, &company).await;
    let own = line(&world, zhang).await;
    let wrong = json!({ "month": "2026-11", "reason": "少算一百元",
        "claimed": money("600.00") });
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    let put_right = say(&own, "put-right");
    let on = |deal: &str| json!({ "month": "2026-11", "deal": deal, "reason": "十二月按该单补足" });
    let unanswered = world.post(finance, &put_right, on("HT-1")).await;
    assert_eq!(unanswered.problem(409), "commission.nothing_to_put_right");
    let body = answer("accept", None, "在另一单上补足");
    world.post(finance, &say(&own, "answer"), body).await.ok();
    let step = |step: &str| format!("/commission-periods/2026-11/{step}");
    world.post(finance, &step("review"), json!({})).await.ok();
    let why = json!({ "uncorrected_reason": "十二月在另一单上补足" });
    world.post(finance, &step("close"), why).await.ok();

    world.pass_days(1);
    company.invoice(&world, &other, "FP-2", "2000.00").await;
    receipt(&world, &company, &other, "HK-2", "2000.00").await;
    open(&world, &company, "2026-12").await;
    let early = world.post(finance, &put_right, on("FP-2")).await;
    let told = early.body.to_string();
    assert_eq!(early.problem(422), "commission.put_right_where");
    assert!(told.contains("没有「FP-2」的其他金额"), "{told}");
    calculate(&world, &company).await;
    let path = "/commission-objections";
    let desk = world.get(finance, path).await.ok();
    assert_eq!(desk["to_correct"][0]["month"], "2026-11", "{desk}");

    // What he was paid already when he objected puts nothing right.
    let same = world.post(finance, &put_right, on("FP-9")).await;
    let told = same.body.to_string();
    assert_eq!(same.problem(422), "commission.put_right_where");
    assert!(told.contains("自提出异议以来没有变动"), "{told}");
    let himself = world.post(zhang, &put_right, on("FP-2")).await;
    assert!(himself.status.is_client_error(), "{}", himself.body);
    world.post(finance, &put_right, on(" FP-2 ")).await.ok();
    let desk = world.get(finance, path).await.ok();
    assert_eq!(desk["to_correct"], json!([]), "{desk}");
    let seen = line(&world, zhang).await;
    assert_eq!(seen["state"], "put_right");
    assert_eq!(seen["said"][2]["reason"], "见 FP-2：十二月按该单补足");
    let entry = world.entries("commission.put_right").await[0].to_string();
    assert!(
        entry.contains("异议已另行更正：见 FP-2：十二月按该单补足"),
        "{entry}"
    );
    let twice = world.post(finance, &put_right, on("FP-2")).await;
    assert_eq!(twice.problem(409), "commission.nothing_to_put_right");
    holds(&world).await;
}

/// HR reads the log and no commission: neither its sums nor why somebody objects. Legal reads both.
async fn the_log_keeps_what_the_pages_keep(world: World) {
    let company = Company::found(&world).await;
    let (zhang, chief) = (&company.zhang.login, &company.chief.login);
    november(&world, &company).await;
    under(&world, &company, &company.zhang, &company.chief).await;
    let own = line(&world, zhang).await;
    let wrong = json!({ "month": "2026-11", "reason": "应按七五开",
        "claimed": money("2500.00") });
    world.post(zhang, &say(&own, "object"), wrong).await.ok();
    let asked = task(&world, chief, "answer").await;
    let case = format!("/cases/{}", asked["case_id"].as_str().expect("a case"));
    let history = format!("/evidence?subject=commission/{}", company.zhang.id);
    let hr = &company.hr.login;
    for path in [
        history.as_str(),
        "/evidence?kind=commission.object",
        "/evidence",
        case.as_str(),
    ] {
        let told = world.get(hr, path).await.ok().to_string();
        for hidden in ["应按七五开", "2,500.00", "2,302.22", "2500.00", "2302.22"] {
            assert!(!told.contains(hidden), "{hidden} at {path}: {told}");
        }
    }
    let told = world.get(hr, &history).await.ok();
    let first = &told["items"][0];
    assert_eq!((&first["zh"], &first["detail"]), (&Json::Null, &Json::Null));
    // That it is there can be proved all the same.
    let proof = format!("/evidence/{}/proof", first["index"]);
    assert_eq!(world.file(Some(hr), &proof, None).await.0, 200);
    let legal = world.login(None, &["legal"]).await;
    let executive = world.login(None, &["executive"]).await;
    for login in [zhang, chief, &company.finance.login, &legal, &executive] {
        let told = world.get(login, &history).await.ok().to_string();
        assert!(told.contains("应按七五开"), "{told}");
    }
    for login in [zhang, chief] {
        let told = world.get(login, &case).await.ok();
        assert_eq!(told["terms"][0]["value"], "应按七五开");
    }
}
