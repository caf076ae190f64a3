//! A house in which nobody holds an office yet: what is missing is said, and found later.

use baton::people::acts::set_head::SetHead;
use serde_json::{Value as Json, json};

use super::{resign, task, view};
use crate::desk::task as at_desk;
use crate::harness::{Company, World};

story!(
    what_nobody_is_there_for_is_said_and_goes_to_whoever_comes,
    a_case_offers_what_it_accepts_and_lists_what_may_come,
    days_without_a_calendar_are_said_with_their_years,
);

fn vacant<'a>(steps: &'a Json, node: &str) -> &'a str {
    let steps = steps.as_array().expect("steps");
    let step = steps.iter().find(|step| step["node"] == node);
    step.and_then(|step| step["vacant_zh"].as_str())
        .unwrap_or_default()
}

async fn what_nobody_is_there_for_is_said_and_goes_to_whoever_comes(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    world.relogin(company.it.id, &["salesperson"]).await;
    // There is something to hand over.
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    // Before it is filed.
    let body = json!({ "kind": "resignation" });
    let zhang = &company.zhang.login;
    let ahead = world.post(zhang, "/departures/preview", body).await.ok();
    let tasks = &ahead["tasks"];
    let plan = vacant(tasks, "plan");
    assert!(
        plan.contains("张三（E002）没有可以办理的直属上级") && plan.contains("指定负责人"),
        "{plan}"
    );
    let accounts = vacant(tasks, "accounts");
    assert!(
        accounts.contains("没有在岗人员担任「信息技术」") && accounts.contains("安全管理员"),
        "{accounts}"
    );
    assert_eq!(vacant(tasks, "assets"), "", "somebody keeps the things");
    // And on the page, while it waits for whoever takes it meanwhile.
    let id = resign(&world, zhang).await;
    let path = format!("/departures/{id}/acknowledge");
    world.post(hr, &path, json!({})).await.ok();
    let seen = view(&world, hr, &id).await;
    for node in ["plan", "accounts"] {
        assert_ne!(vacant(&seen["tasks"], node), "", "{node}");
        let holder = &task(&seen, node)["holders"][0];
        assert_eq!(holder["pool"], "admin", "{node}");
        assert_eq!(holder["name"], "「流程管理员（人事、高管）」待办池");
    }
    assert_eq!(vacant(&seen["tasks"], "assets"), "");
    // A head is named, and somebody of IT gets the role.
    let head = SetHead {
        department: company.north,
        employee: company.li.id,
        seen: None,
    };
    world.done(&head).await;
    let it = world.relogin(company.it.id, &["it"]).await;
    baton::departure::jobs::follow_all(&world.house)
        .await
        .expect("it follows");
    let li = at_desk(&world, &company.li.login, "plan").await;
    assert_eq!(li["holder"]["person"]["name"], "李四");
    let accounts = at_desk(&world, &it, "accounts").await;
    assert_eq!(accounts["holder"]["pool"], "it");
    let seen = view(&world, hr, &id).await;
    for node in ["plan", "accounts"] {
        assert_eq!(vacant(&seen["tasks"], node), "", "{node}");
    }
    let entries = world.entries("approval.refresh").await.len();
    baton::departure::jobs::follow_all(&world.house)
        .await
        .expect("it follows");
    assert_eq!(
        world.entries("approval.refresh").await.len(),
        entries,
        "once is enough"
    );
}

async fn a_case_offers_what_it_accepts_and_lists_what_may_come(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, company.zhang.login.id);
    let id = resign(&world, &company.zhang.login).await;
    let case = view(&world, hr, &id).await["case_id"]
        .as_str()
        .expect("a case")
        .to_owned();
    let zhang = world.log_in(zhang).await;
    for login in [&zhang, hr] {
        let seen = world.get(login, &format!("/cases/{case}")).await.ok();
        assert_eq!(seen["may_withdraw"], false, "a notice stands");
        let steps = seen["steps"].to_string();
        assert!(steps.contains("\"accounts\""), "{steps}");
        assert!(!steps.contains("\"compensation\""), "none is due: {steps}");
    }
    let alone = json!({ "do": "withdraw", "reason": "不走了" });
    let refused = world
        .post(&zhang, &format!("/cases/{case}/commands"), alone)
        .await;
    let remedy = refused.body["remedy"].to_string();
    assert!(remedy.contains("双方同意撤回"), "{remedy}");
}

async fn days_without_a_calendar_are_said_with_their_years(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, &company.zhang.login);
    let years = async |login: &crate::harness::Login| {
        let page = world.get(login, "/calendar").await.ok();
        (page["years"].clone(), page["missing"].clone())
    };
    // Sixty days ahead lie in the next year.
    assert_eq!(years(hr).await, (json!([]), json!([2026, 2027])));
    let body = json!({ "kind": "resignation", "wished_on": "2027-01-15" });
    let ahead = world
        .post(zhang, "/departures/preview", body.clone())
        .await
        .ok();
    assert_eq!(ahead["unknown_years"], json!([2026, 2027]));
    let day = json!({ "day": "2027-01-01", "name": "元旦", "is_off": true });
    let notice = json!({ "year": 2027, "days": [day] });
    world.post(hr, "/calendar", notice).await.ok();
    assert_eq!(years(hr).await, (json!([2027]), json!([2026])));
    let id = world.post(zhang, "/departures", body).await.id();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["unknown_years"], json!([2026]));
    let case = seen["case_id"].as_str().expect("a case");
    let case = world.get(hr, &format!("/cases/{case}")).await.ok();
    assert_eq!(case["unknown_years"], json!([2026]));
}
