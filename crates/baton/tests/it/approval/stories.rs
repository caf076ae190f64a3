//! What people live through.

use ::approval::fact::{Facts, Value};
use axum::http::StatusCode;
use baton::approval::acts::{publish_flow::PublishFlow, set_fact::SetFact, start::Start};
use baton::people::acts::set_calendar::SetCalendar;
use baton::people::acts::{add_stand_in::AddStandIn, set_calendar::NamedDay};
use kernel::{CaseId, Day};
use serde_json::json;
use spine::{By, Failure};

use super::house::{Company, FRIDAY, HOUR, databases};

async fn resignation(company: &Company, title: &str) -> CaseId {
    let start = Start {
        case: None,
        flow: "departure.resignation".to_owned(),
        title: title.to_owned(),
        subject: "departure/dep_test".to_owned(),
        about: Some(company.id("E003")),
        initiator: Some(company.id("E003")),
        facts: Facts::from([("open_items".to_owned(), Value::Number(3))]),
        held: None,
    };
    company.done(&start).await.case
}

async fn set(company: &Company, case: CaseId, key: &str, value: Value) {
    company
        .done(&SetFact {
            case,
            key: key.to_owned(),
            value,
        })
        .await;
}

#[tokio::test]
async fn a_resignation_runs_through_every_office() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        let case = resignation(&company, "王销售辞职").await;
        let path = format!("/cases/{case}");
        let of_case = format!("/evidence?subject=case/{case}");
        let begun = company.get("E003", &of_case).await;
        let start = begun["items"].as_array().unwrap().last().unwrap();
        let told = &start["detail"]["story"][0];
        assert_eq!(told["zh"], "王销售（E003） 发起「辞职」");
        let en = told["en"].as_str().unwrap_or_default();
        assert!(en.ends_with("started “Resignation”"), "{begun}");

        let task = company.task("E004", "acknowledge").await;
        assert_eq!(task["title"], "签收辞职通知");
        assert_eq!(task["holder"]["name"], "「人事」待办池");
        assert!(
            company.tasks("E006").await.is_empty(),
            "finance has nothing to do yet"
        );
        company.complete("E004", "acknowledge", &[]).await;
        company
            .complete("E006", "receivables", &["应收余额已核对", "催收责任已列明"])
            .await;
        company.complete("E002", "plan", &[]).await;
        company.complete("E007", "accounts", &[]).await;
        company.complete("E008", "assets", &[]).await;
        let ticks = ["最后工作日已确认", "社保公积金停缴月份已告知"];
        company.complete("E005", "interview", &ticks).await;

        set(&company, case, "open_items", Value::Number(0)).await;
        set(&company, case, "last_day_reached", Value::Flag(true)).await;
        company.complete("E004", "certificate", &[]).await;
        company.complete("E007", "close_accounts", &[]).await;
        company.complete("E008", "collect_assets", &[]).await;

        let seen = company.get("E003", &path).await;
        assert_eq!(
            (&seen["state"], &seen["state_zh"]),
            (&json!("completed"), &json!("已通过"))
        );
        assert_eq!(
            seen["milestones"],
            json!(["departure.acknowledged", "departure.closed"])
        );
        let history = seen["history"].to_string();
        for sentence in [
            "王销售（E003） 发起「辞职」",
            "赵人事（E004） 认领「签收辞职通知」",
        ] {
            assert!(
                history.contains(sentence),
                "{sentence} is missing in {history}"
            );
        }
        set(&company, case, "open_items", Value::Number(9)).await;
        let done = company.get("E006", "/tasks?state=done").await;
        assert_eq!(done["items"][0]["decision"], "complete");
        let cases = company
            .get("E004", "/cases?subject=departure/dep_test")
            .await;
        assert_eq!(cases.as_array().unwrap().len(), 1);
        let entries = company.get("E003", &of_case).await;
        assert!(entries.to_string().contains("王销售辞职"), "{entries}");
    }
}

#[tokio::test]
async fn of_two_who_may_sign_the_quicker_one_decides() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        let flow = json!({
            "schema": "baton.process/1", "key": "test.or_sign", "title": "或签", "subject": "test",
            "root": {"id": "sign", "kind": "approve", "title": "人事签字", "mode": "any_of",
                "due": {"work_days": 1},
                "approvers": [{"from": "role", "key": "hr"}]},
        });
        company
            .done(&PublishFlow {
                body: flow.to_string(),
            })
            .await;
        let start = Start {
            case: None,
            flow: "test.or_sign".to_owned(),
            title: "请签字".to_owned(),
            subject: "test/1".to_owned(),
            about: None,
            initiator: Some(company.id("E002")),
            facts: Facts::new(),
            held: None,
        };
        let case = company.done(&start).await.case;
        let (one, other) = (
            company.task("E004", "sign").await,
            company.task("E005", "sign").await,
        );
        let approve = json!({"do": "approve"});
        let (first, second) = tokio::join!(
            company.press("E004", &one, approve.clone()),
            company.press("E005", &other, approve.clone())
        );
        let mut codes = [first.0, second.0];
        codes.sort_unstable();
        assert_eq!(codes, [StatusCode::OK, StatusCode::CONFLICT]);
        let lost = if first.0 == StatusCode::OK {
            &second.1
        } else {
            &first.1
        };
        assert_eq!(lost["title"], "流程已通过，不能再办理");
        // The winner's browser asks again because the answer was lost: the same answer, one entry.
        let (winner, task) = if first.0 == StatusCode::OK {
            ("E004", &one)
        } else {
            ("E005", &other)
        };
        let again = company.press(winner, task, approve).await;
        let won = if first.0 == StatusCode::OK {
            &first
        } else {
            &second
        };
        assert_eq!(&again, won);
        let seen = company.get("E002", &format!("/cases/{case}")).await;
        let signed = seen["steps"]
            .to_string()
            .matches("\"decision\":\"approve\"")
            .count();
        assert_eq!(signed, 1);
    }
}

#[tokio::test]
async fn whoever_is_slower_to_claim_is_told_who_was_quicker() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        resignation(&company, "王销售辞职").await;
        let task = company.task("E005", "acknowledge").await;
        let path = format!("/cases/{}/commands", task["case_id"].as_str().unwrap());
        let claim = json!({"do": "claim", "item": task["item"]});
        let (status, body) = company.post("E004", &path, "one", &claim).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        for (who, key) in [("E005", "two"), ("E004", "three")] {
            let (status, late) = company.post(who, &path, key, &claim).await;
            assert_eq!(status, StatusCode::CONFLICT, "{late}");
            assert_eq!(late["title"], "该待办已由赵人事（E004）认领");
        }
        // Whoever is not of that office has no part in it yet.
        let (status, other) = company.post("E007", &path, "four", &claim).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{other}");
        company.complete("E004", "acknowledge", &[]).await;
        let (status, late) = company.post("E005", &path, "five", &claim).await;
        assert_eq!(status, StatusCode::CONFLICT, "{late}");
    }
}

#[tokio::test]
async fn everything_that_waits_for_a_leaver_moves_as_planned() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        for number in 1..=3 {
            resignation(&company, &format!("辞职{number}")).await;
            company.complete("E004", "acknowledge", &[]).await;
        }
        let tasks = company.tasks("E002").await;
        assert_eq!(tasks.len(), 3);
        let rows = json!([{
            "case_id": tasks[0]["case_id"], "item": tasks[0]["item"],
            "to_person": company.id("E004"),
        }]);
        let mut plan =
            json!({"from": company.id("E002"), "rows": rows, "reason": "离职", "dry_run": true});
        let (status, shown) = company.post("E004", "/cases/reassign", "a", &plan).await;
        assert_eq!(status, StatusCode::OK, "{shown}");
        assert_eq!(
            company.tasks("E002").await.len(),
            3,
            "a dry run changes nothing"
        );

        plan["dry_run"] = json!(false);
        let (status, _) = company.post("E002", "/cases/reassign", "b", &plan).await;
        assert!(
            status.is_client_error(),
            "only process administrators move others' tasks"
        );
        let (status, moved) = company.post("E004", "/cases/reassign", "c", &plan).await;
        assert_eq!(status, StatusCode::OK, "{moved}");
        assert_eq!(
            moved["moves"], shown["moves"],
            "what was shown is what happened"
        );
        assert!(company.tasks("E002").await.is_empty());
        let planned = |tasks: Vec<serde_json::Value>| {
            tasks.iter().filter(|task| task["node"] == "plan").count()
        };
        assert_eq!(planned(company.tasks("E004").await), 1, "as the row says");
        assert_eq!(
            planned(company.tasks("E001").await),
            2,
            "the others go to the manager"
        );

        let (status, stale) = company.post("E004", "/cases/reassign", "d", &plan).await;
        assert_eq!(
            (status, &stale["status"]),
            (StatusCode::CONFLICT, &json!(409))
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_command_is_said_at_its_field() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        let case = resignation(&company, "王销售辞职").await;
        let commands = format!("/cases/{case}/commands");
        let said = async |who: &str, key: &str, path: &str, body: serde_json::Value| {
            let (status, told) = company.post(who, path, key, &body).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
            told
        };
        let comment = json!({"do": "comment", "text": " "});
        let told = said("E003", "a", &commands, comment).await;
        assert_eq!(told["title"], "评论不能为空");
        assert_eq!(told["errors"][0]["pointer"], "/text");
        let end = json!({"do": "terminate", "reason": ""});
        let told = said("E004", "b", &commands, end).await;
        assert_eq!(told["errors"][0]["pointer"], "/reason");
        let claim = json!({"do": "claim", "item": -1});
        let told = said("E004", "c", &commands, claim).await;
        let detail = told["errors"][0]["detail"].as_str().unwrap();
        assert!(detail.contains("「item」应为待办编号"), "{detail}");

        company.complete("E004", "acknowledge", &[]).await;
        let task = company.task("E002", "plan").await;
        let row = |to: &str| {
            let (case, item) = (&task["case_id"], &task["item"]);
            json!({"case_id": case, "item": item, "to_person": company.id(to)})
        };
        let (from, rows) = (company.id("E002"), [row("E004"), row("E005")]);
        let twice = json!({"from": from, "reason": "离职", "rows": rows});
        let told = said("E004", "d", "/cases/reassign", twice).await;
        assert_eq!(told["code"], "approval.item_twice");
        assert_eq!(told["errors"][0]["pointer"], "/rows/1/item");
        company.task("E002", "plan").await;
    }
}

#[tokio::test]
async fn a_late_task_climbs_when_its_working_days_are_over() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        // Monday is off by notice, Saturday is worked in exchange.
        let day = |day, is_off| NamedDay {
            day: Day::of(2026, 11, day).unwrap(),
            name: "公司日".to_owned(),
            is_off,
            is_statutory: false,
        };
        company
            .done(&SetCalendar {
                year: 2026,
                days: vec![day(23, true), day(21, false)],
                replaces: Vec::new(),
            })
            .await;
        let case = resignation(&company, "王销售辞职").await;
        company.complete("E004", "acknowledge", &[]).await;
        let due = company.task("E002", "plan").await["due_at"].clone();
        // From Friday 16:00: two hours on Friday, Saturday, (Sunday, Monday), Tuesday, and six
        // hours of Wednesday, a break of one hour between: 16:00.
        let wednesday = FRIDAY.plus_seconds(5 * 24 * HOUR);
        assert_eq!(due, serde_json::to_value(wednesday).unwrap());

        company.clock.set(wednesday.plus_seconds(-1));
        company.run_jobs().await;
        assert_eq!(company.task("E002", "plan").await["overdue"], false);
        company.clock.set(wednesday.plus_seconds(60));
        assert!(company.run_jobs().await > 0);
        assert!(
            !company
                .tasks("E002")
                .await
                .iter()
                .any(|task| task["node"] == "plan")
        );
        company.task("E001", "plan").await;
        let history = company.get("E003", &format!("/cases/{case}")).await["history"].to_string();
        assert!(history.contains("升级"), "{history}");
        assert_eq!(company.run_jobs().await, 0, "a timer fires once");
    }
}

#[tokio::test]
async fn a_flow_in_which_silence_means_yes_to_money_cannot_be_published() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        let flow = json!({
            "schema": "baton.process/1", "key": "test.silent", "title": "默许", "subject": "test",
            "class": "money",
            "root": {"id": "sign", "kind": "approve", "title": "签字", "due": {"hours": 1},
                "on_timeout": {"do": "auto_pass"}, "approvers": [{"from": "role", "key": "hr"}]},
        });
        let act = PublishFlow {
            body: flow.to_string(),
        };
        let refused = company
            .house
            .spine
            .perform(&act, &By::system("test"), None)
            .await;
        let Err(Failure::Refused(no)) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(no.code, "approval.definition_invalid");
        let flows = company.get("E004", "/flows").await;
        assert!(!flows.to_string().contains("test.silent"));
        let shipped = company.get("E004", "/flows/departure.resignation").await;
        assert_eq!(shipped["versions"][0]["version"], 1);
        assert!(shipped["outline"].to_string().contains("直属上级"));
    }
}

#[tokio::test]
async fn a_stand_in_finishes_what_the_absent_left_open() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        let case = resignation(&company, "王销售辞职").await;
        company.complete("E004", "acknowledge", &[]).await;
        let task = company.task("E002", "plan").await;
        let (status, body) = company
            .press("E005", &task, json!({"do": "complete"}))
            .await;
        assert_eq!(
            (status, &body["title"]),
            (StatusCode::UNPROCESSABLE_ENTITY, &json!("这不是您的待办"))
        );
        let stand_in = AddStandIn {
            absent: company.id("E002"),
            deputy: company.id("E005"),
            from: Day::of(2026, 11, 20).unwrap(),
            until: None,
            reason: "出差".to_owned(),
            own: false,
        };
        company.done(&stand_in).await;
        let task = company.task("E005", "plan").await;
        assert_eq!(task["stand_in"], true);
        let (status, body) = company
            .press("E005", &task, json!({"do": "complete", "comment": "好"}))
            .await;
        assert_eq!(status, StatusCode::OK, "{body}");
        let history = company.get("E003", &format!("/cases/{case}")).await["history"].to_string();
        assert!(history.contains("代理人接手"), "{history}");
    }
}

#[tokio::test]
async fn a_case_is_absent_for_those_who_have_no_part_in_it() {
    for fresh in databases().await {
        let company = Company::open(fresh).await;
        let start = Start {
            case: None,
            flow: "departure.dismissal".to_owned(),
            title: "解除".to_owned(),
            subject: "departure/dep_secret".to_owned(),
            about: Some(company.id("E003")),
            initiator: Some(company.id("E004")),
            facts: Facts::from([
                ("open_items".to_owned(), Value::Number(0)),
                ("compensation_due".to_owned(), Value::Flag(false)),
            ]),
            held: None,
        };
        let case = company
            .house
            .spine
            .perform(&start, &By::system("test"), None)
            .await;
        let case = case.unwrap().done().unwrap().outcome.case;
        let (status, _) = company
            .post(
                "E003",
                &format!("/cases/{case}/commands"),
                "k",
                &json!({"do": "comment", "text": "?"}),
            )
            .await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let cases = company
            .get("E003", "/cases?subject=departure/dep_secret")
            .await;
        assert_eq!(cases, json!([]), "not even the person it is about");
    }
}
