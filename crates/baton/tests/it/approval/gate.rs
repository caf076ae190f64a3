//! An act that waits for its approval.

use std::sync::Arc;

use ::approval::fact::Facts;
use axum::http::StatusCode;
use baton::approval::ApprovalGate;
use baton::approval::acts::publish_flow::PublishFlow;
use baton::approval::gated::{Asking, Gated, Reading, Request};
use baton::people::acts::set_head::SetHead;
use serde_json::{Value as Json, json};
use spine::{Act, Answer, Failure, IdempotencyKey, Reader};

use super::house::{Company, databases};
use crate::harness::Fresh;

/// Naming the head of a department waits for the manager of whoever asks.
const GATED: &[Gated] = &[Gated {
    act: SetHead::NAME,
    flow: "test.head",
    read: head,
}];

fn head<'a>(_books: &'a mut Reader<'_>, body: &'a Json, _: Asking<'a>) -> Reading<'a> {
    Box::pin(async move {
        let asked: SetHead = serde_json::from_value(body.clone())?;
        Ok(Some(Request {
            title: "指定部门负责人".to_owned(),
            subject: format!("department/{}", asked.department),
            about: Some(asked.employee),
            facts: Facts::new(),
        }))
    })
}

async fn company(fresh: Fresh) -> Company {
    let policy = baton::registry::policy().unwrap();
    let gate = ApprovalGate::new(GATED, Arc::new(policy));
    let company = Company::open_behind(fresh, Arc::new(gate)).await;
    let flow = json!({
        "schema": "baton.process/1", "key": "test.head", "title": "任命", "subject": "department",
        "root": {"id": "sign", "kind": "approve", "title": "上级批准", "due": {"work_days": 1},
            "approvers": [{"from": "manager", "of": "initiator", "level": 1}]},
    });
    company
        .done(&PublishFlow {
            body: flow.to_string(),
        })
        .await;
    company
}

async fn head_of(company: &Company) -> Json {
    let departments = company.get("E004", "/departments").await;
    departments[0]["head"].clone()
}

#[tokio::test]
async fn an_act_waits_for_its_approval_and_is_then_done_in_the_name_of_whoever_asked() {
    for fresh in databases().await {
        let company = company(fresh).await;
        let act = SetHead {
            department: company.department,
            employee: company.id("E002"),
            seen: None,
        };
        let key = IdempotencyKey::parse("once").unwrap();
        let spine = &company.house.spine;

        let denied = spine.perform(&act, &company.by("E003"), None).await;
        assert!(
            matches!(denied, Err(Failure::Denied(_))),
            "nobody asks for what he may not do"
        );
        assert!(company.tasks("E002").await.is_empty());

        let asked = spine
            .perform(&act, &company.by("E004"), Some(&key))
            .await
            .unwrap();
        let Answer::Held { case } = asked else {
            panic!("{asked:?}")
        };
        let again = spine
            .perform(&act, &company.by("E004"), Some(&key))
            .await
            .unwrap();
        assert!(
            matches!(&again, Answer::Held { case: same } if *same == case),
            "{again:?}"
        );
        company.run_jobs().await;
        assert_eq!(
            head_of(&company).await,
            Json::Null,
            "not before it is approved"
        );

        let task = company.task("E001", "sign").await;
        let (status, body) = company.press("E001", &task, json!({"do": "approve"})).await;
        assert_eq!(status, StatusCode::OK, "{body}");
        assert!(company.run_jobs().await > 0);
        assert!(head_of(&company).await.to_string().contains("E002"));
        let seen = company.get("E004", &format!("/cases/{case}")).await;
        assert!(
            seen["history"]
                .to_string()
                .contains("已按审批结果执行「指定部门负责人」")
        );
    }
}

#[tokio::test]
async fn what_can_no_longer_be_done_is_said_in_the_case() {
    for fresh in databases().await {
        let company = company(fresh).await;
        let act = SetHead {
            department: company.department,
            employee: company.id("E002"),
            seen: None,
        };
        let asked = company
            .house
            .spine
            .perform(&act, &company.by("E004"), None)
            .await
            .unwrap();
        let Answer::Held { case } = asked else {
            panic!("{asked:?}")
        };
        let roles = baton::session::acts::set_roles::SetRoles {
            login: company.by("E004").actor.unwrap().login,
            roles: vec!["finance".to_owned()],
            seen: None,
            own: false,
        };
        company.done(&roles).await;
        let task = company.task("E001", "sign").await;
        company.press("E001", &task, json!({"do": "approve"})).await;
        company.run_jobs().await;
        assert_eq!(head_of(&company).await, Json::Null);
        let seen = company.get("E001", &format!("/cases/{case}")).await;
        assert!(seen["history"].to_string().contains("未能执行"), "{seen}");
        let why = seen["held_failed"].as_str().unwrap();
        assert!(why.contains("无权"), "{why}");
        let why = seen["held_failed_en"].as_str().unwrap();
        assert!(why.starts_with("Whoever asked may not"), "{why}");
        let told = seen["history"].as_array().unwrap().last().unwrap();
        let told = told["en"].as_str().unwrap();
        assert!(told.ends_with(why), "{told}");
        assert!(!told.contains(['权', '。']), "{told}");
    }
}
