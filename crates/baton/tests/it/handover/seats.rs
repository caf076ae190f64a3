//! Who decides about a plan, and to whom that seat can be moved: neither to whoever gains nor to
//! whoever may not approve it.

use baton::people::acts::add_stand_in::AddStandIn;
use serde_json::{Value as Json, json};

use super::asking::{nodes, state, submitted, submitted_to};
use super::step;
use crate::desk::{approve, press, task};
use crate::harness::{Answer, Company, Login, Person, World, hire, person};

story!(
    the_seat_goes_to_nobody_who_gains_or_may_not_approve,
    whoever_receives_a_part_leaves_the_decision_to_another,
    in_a_small_company_who_administers_processes_decides,
    a_receivers_own_word_stays_his,
);

async fn executive(world: &World, company: &Company) -> Person {
    let place = (company.entity, company.sales, company.post);
    hire(world, person(place, "E900", "高总", false), "executive").await
}

/// HR moves one task of somebody.
async fn reassign(world: &World, hr: &Login, from: &Person, (task, to): (&Json, Json)) -> Answer {
    let mut row = json!({ "case_id": task["case_id"], "item": task["item"] });
    for (key, value) in to.as_object().expect("an heir") {
        row[key] = value.clone();
    }
    let body = json!({ "from": from.id, "rows": [row], "reason": "改派" });
    world.post(hr, "/cases/reassign", body).await
}

async fn the_seat_goes_to_nobody_who_gains_or_may_not_approve(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief, hr) = (&company.li, &company.wang, &company.chief, &company.hr);
    let id = submitted(&world, &company).await;
    approve(&world, &li.login, "accept").await;
    approve(&world, &wang.login, "accept").await;
    let asked = task(&world, &chief.login, "manager").await;
    for (heir, code) in [
        (li, "approval.barred"),
        (wang, "approval.barred"),
        (&company.zhang, "approval.barred"),
        (&company.finance, "approval.no_right"),
        (hr, "approval.no_right"),
    ] {
        for body in [
            json!({ "do": "hand_on", "to": heir.id }),
            json!({ "do": "delegate", "to": heir.id }),
            json!({ "do": "add_signer", "person": heir.id, "seating": "before" }),
            json!({ "do": "add_signer", "person": heir.id, "seating": "parallel" }),
        ] {
            let refused = press(&world, &chief.login, &asked, body).await;
            assert_eq!(refused.problem(422), code);
        }
        let to = json!({ "to_person": heir.id });
        let moved = reassign(&world, &hr.login, chief, (&asked, to)).await;
        // Nor does HR seat itself, whatever it may.
        let own = heir.id == hr.id;
        let code = if own { "approval.own_seat" } else { code };
        assert_eq!(moved.problem(422), code);
    }
    let to = json!({ "do": "hand_on", "to": company.finance.id });
    let named = press(&world, &chief.login, &asked, to)
        .await
        .body
        .to_string();
    assert!(named.contains("钱会计（E005）"), "{named}");
    assert!(named.contains("批准交接方案"), "{named}");
    // Who may approve it and gains nothing takes it.
    let boss = executive(&world, &company).await;
    let to = json!({ "do": "hand_on", "to": boss.id });
    press(&world, &chief.login, &asked, to).await.ok();
    approve(&world, &boss.login, "manager").await;
    assert_eq!(state(&world, &company, &id).await.0, "approved");
}

/// A submitted plan that gives one customer to the chief and all else to Li, who both accept.
async fn partly_to_the_chief(world: &World, company: &Company) -> String {
    let id = submitted_to(world, company, company.chief.id).await;
    approve(world, &company.li.login, "accept").await;
    approve(world, &company.chief.login, "accept").await;
    id
}

async fn whoever_receives_a_part_leaves_the_decision_to_another(world: World) {
    let company = Company::found(&world).await;
    let (chief, hr) = (&company.chief.login, &company.hr.login);
    let boss = executive(&world, &company).await;
    let id = partly_to_the_chief(&world, &company).await;
    assert!(nodes(&world, chief).await.is_empty(), "he gains");
    let page = step(&world, chief, &id, "approve", json!({ "version": 3 })).await;
    assert_eq!(page.problem(409), "handover.plan_blocked");
    // Nobody stands above him, so it lies with who administers processes; who may approve it is
    // one of them, and HR is not.
    let asked = task(&world, hr, "manager").await;
    let claimed = press(&world, hr, &asked, json!({ "do": "claim" })).await;
    assert_eq!(claimed.problem(422), "approval.no_right");
    approve(&world, &boss.login, "manager").await;
    assert_eq!(state(&world, &company, &id).await.0, "approved");
}

async fn in_a_small_company_who_administers_processes_decides(world: World) {
    let company = Company::found(&world).await;
    let id = partly_to_the_chief(&world, &company).await;
    approve(&world, &company.hr.login, "manager").await;
    assert_eq!(state(&world, &company, &id).await.0, "approved");
}

async fn a_receivers_own_word_stays_his(world: World) {
    let company = Company::found(&world).await;
    let (li, hr, office) = (&company.li, &company.hr.login, &company.office.login);
    submitted(&world, &company).await;
    let asked = task(&world, &li.login, "accept").await;
    for to in [
        json!({ "to_person": company.zhang.id }),
        json!({ "to_person": company.finance.id }),
        json!({ "to_pool": "hr" }),
        json!({ "to_pool": "admin" }),
    ] {
        let moved = reassign(&world, hr, li, (&asked, to)).await;
        assert_eq!(moved.problem(422), "approval.for_himself");
    }
    // Whatever else of his is moved, this stays.
    let rest = json!({ "from": li.id, "rows": [], "reason": "长期出差" });
    let rest = world.post(hr, "/cases/reassign", rest).await.ok();
    assert_eq!(rest["moves"], json!([]));
    assert_eq!(nodes(&world, &li.login).await, ["accept"]);
    // Nobody says it in his stead, and nobody is asked to.
    let stand_in = AddStandIn {
        absent: li.id,
        deputy: company.office.id,
        from: world.today(),
        until: None,
        reason: "出差".to_owned(),
        own: false,
    };
    world.done(&stand_in).await;
    assert!(nodes(&world, office).await.is_empty());
    let yes = press(&world, office, &asked, json!({ "do": "approve" })).await;
    let said = yes.body.to_string();
    assert!(said.contains("李四（E003）本人"), "{said}");
    assert_eq!(yes.problem(422), "approval.for_himself");
    approve(&world, &li.login, "accept").await;
}
