//! The shipped definitions, walked through as people would.

use approval::command::{Action, PlanRow};
use approval::def::{Def, Node};
use approval::fact::Value;
use approval::item::Holder;
use approval::shipped::{SHIPPED, shipped};
use approval::state::CaseState;
use approval::validate::{Severity, check, check_family, check_people, publish};
use kernel::Fen;

use crate::world::*;

fn shipped_case(key: &str) -> Case {
    Case::new(publish(shipped(key).unwrap(), 1).unwrap())
}

#[test]
fn every_shipped_definition_can_be_published() {
    for (key, _) in SHIPPED {
        let def = shipped(key).unwrap();
        assert_eq!(def.key, *key);
        let findings = check(&def);
        assert!(findings.is_empty(), "{key}: {findings:#?}");
        let roles = check_people(&def, &roll());
        assert!(roles.is_empty(), "{key}: {roles:#?}");
        let json = serde_json::to_string(&def).unwrap();
        assert_eq!(
            serde_json::from_str::<Def>(&json).unwrap(),
            def,
            "{key} survives the wire"
        );
    }
    let all: Vec<Def> = SHIPPED
        .iter()
        .map(|(key, _)| shipped(key).unwrap())
        .collect();
    assert!(check_family(&all.iter().collect::<Vec<_>>()).is_empty());
}

#[test]
fn nobody_can_refuse_a_resignation() {
    let def = shipped("departure.resignation").unwrap();
    assert!(def.notice);
    assert!(
        !def.nodes()
            .iter()
            .any(|node| matches!(node, Node::Approve(_)))
    );
    // Neither the leaver alone nor an administrator can end it.
    let mut case = shipped_case("departure.resignation");
    case = case.started(LI, &[("open_items", Value::Number(1))]);
    for (by, action, code) in [
        (
            LI,
            Action::Withdraw {
                reason: "想留下".into(),
            },
            "approval.cannot_withdraw",
        ),
        (
            ADMIN,
            Action::Terminate {
                reason: "不批".into(),
            },
            "approval.notice_stands",
        ),
    ] {
        let refusal = case.ask(Some(by), action).unwrap_err();
        assert_eq!(refusal.code, code);
    }
    // And nobody can slip an approval into it later.
    let text = serde_json::to_string(&def).unwrap();
    let text = text.replacen(
        r#""children":["#,
        r#""children":[{"kind":"approve","id":"boss","title":"经理审批",
        "approvers":[{"from":"initiator"}]},"#,
        1,
    );
    let findings = check(&serde_json::from_str(&text).unwrap());
    assert!(
        findings
            .iter()
            .any(|it| it.code == "notice" && it.severity == Severity::Error)
    );
}

fn handover_tasks(case: &mut Case) {
    case.claim_and_complete("receivables", FINANCE);
    case.complete("plan", MANAGER);
    case.claim_and_complete("accounts", IT);
    case.claim_and_complete("assets", IT);
    case.claim_and_complete("interview", HR);
    assert!(case.is_active("settled"));
    case.set("open_items", Value::Number(0)).unwrap();
    assert!(case.passed("settled"));
}

fn certificate(case: &mut Case) {
    case.set("last_day_reached", Value::Flag(true)).unwrap();
    case.claim_and_complete("certificate", HR2);
}

fn leaving(case: &mut Case) {
    certificate(case);
    case.claim_and_complete("close_accounts", IT);
    case.claim_and_complete("collect_assets", IT);
}

#[test]
fn a_resignation_from_notice_to_certificate() {
    let mut case = shipped_case("departure.resignation");
    case = case.started(LI, &[("open_items", Value::Number(7))]);
    case.claim_and_complete("acknowledge", HR);
    assert_eq!(case.state.milestones, ["departure.acknowledged"]);
    handover_tasks(&mut case);
    assert!(!case.is_done(), "the last day has not come");
    leaving(&mut case);
    assert!(case.is_done());
    assert_eq!(case.state.milestones.last().unwrap(), "departure.closed");
}

#[test]
fn who_is_driven_out_is_paid_when_the_handover_is_done() {
    // 劳动合同法 art. 38, 46(1), 50(2).
    let facts = [
        ("open_items", Value::Number(7)),
        ("compensation_due", Value::Flag(true)),
    ];
    let mut case = shipped_case("departure.resignation").started(LI, &facts);
    case.claim_and_complete("acknowledge", HR);
    assert!(!case.is_active("compensation"));
    handover_tasks(&mut case);
    leaving(&mut case);
    assert!(!case.is_done(), "compensation is due");
    case.claim_and_complete("compensation", FINANCE);
    assert!(case.is_done());
}

#[test]
fn the_certificate_does_not_wait_for_the_handover() {
    // 劳动合同法 art. 50(1): the certificate is issued when the contract ends, handover or not.
    let mut case = shipped_case("departure.resignation");
    case = case.started(LI, &[("open_items", Value::Number(7))]);
    case.claim_and_complete("acknowledge", HR);
    certificate(&mut case);
    assert!(case.passed("certificate"));
    assert!(!case.is_done(), "the handover goes on");
}

#[test]
fn nobody_works_on_his_own_departure() {
    let mut case = shipped_case("departure.resignation");
    case.roll
        .roles
        .insert("finance".into(), vec![person(LI), person(FINANCE)]);
    case = case.started(LI, &[("open_items", Value::Number(0))]);
    case.claim_and_complete("acknowledge", HR);
    let refusal = case.claim("receivables", LI).unwrap_err();
    assert_eq!(refusal.code, "approval.barred");
}

#[test]
fn an_agreement_needs_the_employee_himself() {
    let facts = [
        ("open_items", Value::Number(0)),
        ("compensation_due", Value::Flag(true)),
    ];
    let mut case = shipped_case("departure.mutual").started(HR, &facts);
    assert_eq!(case.holders("consent"), [one(LI)]);
    case.approve("consent", LI);
    // HR is the initiator and stands aside; her colleague takes it.
    assert_eq!(case.claim("hr", HR).unwrap_err().code, "approval.barred");
    case.claim_and_approve("hr", HR2);
    case.approve("gm", GM);
    assert_eq!(case.state.milestones, ["departure.agreed"]);
    handover_tasks_at_once(&mut case);
    // 劳动合同法 art. 50(2): compensation is paid when the handover is done.
    case.claim_and_complete("compensation", FINANCE);
    leaving(&mut case);
    assert!(case.is_done());
}

fn handover_tasks_at_once(case: &mut Case) {
    assert_eq!(case.state.facts["open_items"], Value::Number(0));
    for (node, who) in [("receivables", FINANCE), ("accounts", IT), ("assets", IT)] {
        case.claim_and_complete(node, who);
    }
    case.complete("plan", MANAGER);
    case.claim_and_complete("interview", HR2);
    assert!(
        case.passed("settled"),
        "nothing was open, so nothing is waited for"
    );
}

#[test]
fn employment_that_ends_by_law_is_handled_and_not_approved() {
    let facts = [
        ("open_items", Value::Number(0)),
        ("compensation_due", Value::Flag(true)),
    ];
    let mut case = shipped_case("departure.ending").started(HR, &facts);
    case.claim_and_complete("acknowledge", HR2);
    assert_eq!(case.state.milestones, ["departure.acknowledged"]);
    handover_tasks_at_once(&mut case);
    case.claim_and_complete("compensation", FINANCE);
    leaving(&mut case);
    assert!(case.is_done());
}

#[test]
fn whoever_asks_for_a_waiver_does_not_grant_it() {
    let facts = [
        ("gate", Value::Text("assets".into())),
        ("reason", Value::Text("电脑已报废".into())),
    ];
    let mut case = shipped_case("departure.waiver").started(HR, &facts);
    case.approve("sign", GM);
    assert!(case.is_done());
    assert_eq!(case.state.milestones, ["departure.waiver.approved"]);
}

#[test]
fn an_employee_who_does_not_agree_ends_the_agreement() {
    let facts = [
        ("open_items", Value::Number(0)),
        ("compensation_due", Value::Flag(true)),
    ];
    let mut case = shipped_case("departure.mutual").started(HR, &facts);
    case.reject("consent", LI);
    assert_eq!(case.state.case, CaseState::Rejected);
}

#[test]
fn a_dismissal_goes_by_law_union_director_and_general_manager() {
    let facts = [
        ("open_items", Value::Number(0)),
        ("compensation_due", Value::Flag(false)),
    ];
    let mut case = shipped_case("departure.dismissal").started(MANAGER, &facts);
    case.claim_and_approve("protection", LEGAL);
    assert!(
        !case.is_active("hr_director"),
        "the union comes first (劳动合同法 art. 43)"
    );
    case.claim_and_complete("union", HR);
    case.approve("hr_director", HR);
    case.approve("gm", GM);
    case.claim_and_complete("service", HR);
    assert_eq!(case.state.milestones, ["departure.notice_served"]);
    handover_tasks_at_once(&mut case);
    leaving(&mut case);
    assert!(case.is_done());
}

#[test]
fn a_protected_employee_is_not_dismissed() {
    let facts = [
        ("open_items", Value::Number(0)),
        ("compensation_due", Value::Flag(false)),
    ];
    let mut case = shipped_case("departure.dismissal").started(MANAGER, &facts);
    case.claim("protection", LEGAL).unwrap();
    case.reject("protection", LEGAL);
    assert_eq!(case.state.case, CaseState::Rejected);
}

#[test]
fn every_successor_accepts_and_nobody_who_gains_approves() {
    for (team, approver) in [
        (vec![WANG, ZHAO], MANAGER),
        // Part or all of it goes to the manager himself, so the approval goes one higher.
        (vec![WANG, MANAGER], DIRECTOR),
        (vec![MANAGER], DIRECTOR),
        (vec![MANAGER, DIRECTOR], GM),
    ] {
        let facts = [("successors", names(&team))];
        let mut case = shipped_case("handover.plan").started(MANAGER, &facts);
        for who in &team {
            assert!(case.is_active("accept"));
            case.approve("accept", *who);
        }
        assert_eq!(case.holders("manager"), [one(approver)]);
        for who in team {
            assert_eq!(
                case.hand_on("manager", approver, who).unwrap_err().code,
                "approval.barred"
            );
        }
        case.approve("manager", approver);
        assert!(case.is_done());
    }
}

/// A company in which everybody with the right gains goes on: who administers processes decides.
#[test]
fn where_everybody_with_the_right_gains_the_administrators_decide() {
    let team = [MANAGER, DIRECTOR, GM];
    let mut case = shipped_case("handover.plan").started(MANAGER, &[("successors", names(&team))]);
    for who in team {
        case.approve("accept", who);
    }
    assert_eq!(case.holders("manager"), [Holder::Pool("admin".into())]);
    case.claim_and_approve("manager", ADMIN);
    assert!(case.is_done());
    // Where somebody with the right does not gain, they do not.
    let team = [MANAGER, DIRECTOR];
    let mut case = shipped_case("handover.plan").started(MANAGER, &[("successors", names(&team))]);
    for who in team {
        case.approve("accept", who);
    }
    let leaves = Action::HandOnByDeparture {
        from: person(GM),
        plan: vec![PlanRow {
            item: case.item("manager", GM),
            to: Holder::Pool("admin".into()),
        }],
    };
    case.ask(None, leaves).unwrap();
    assert_eq!(
        case.claim("manager", ADMIN).unwrap_err().code,
        "approval.no_right"
    );
}

#[test]
fn the_receiver_cannot_be_swapped_after_consent() {
    let mut case = shipped_case("customer.hand_over");
    case = case.started(LI, &[("receiver", name(WANG))]);
    case.approve("accept", WANG);
    let refusal = case.set("receiver", name(ZHAO)).unwrap_err();
    assert_eq!(refusal.code, "approval.bad_fact");
    case.approve("manager", MANAGER);
    assert!(case.is_done());
}

#[test]
fn the_one_who_gains_never_decides_alone() {
    // Wang's own manager role does not help him: he receives the customer.
    let mut case = shipped_case("customer.hand_over");
    case.roll.managers.insert(person(LI), person(WANG));
    case = case.started(LI, &[("receiver", name(WANG))]);
    case.approve("accept", WANG);
    assert_eq!(case.holders("manager"), [one(MANAGER)]);
}

#[test]
fn a_reassignment_hears_the_owner_first() {
    for (objects, amount, reviewed, directed) in [
        (false, 10_000, false, false),
        (true, 10_000, true, false),
        (false, 50_000_001, false, true),
        (false, 50_000_000, false, false),
    ] {
        let facts = [
            ("receiver", name(WANG)),
            ("amount", Value::Money(Fen(amount))),
        ];
        let mut case = shipped_case("reassignment.skeleton").started(DIRECTOR, &facts);
        case.set("owner_objects", Value::Flag(objects)).unwrap();
        case.complete("hearing", LI);
        assert_eq!(case.is_active("objection_review"), reviewed);
        if reviewed {
            case.claim_and_approve("objection_review", HR);
        }
        case.approve("giving_manager", MANAGER);
        // He manages both sides and is not asked twice.
        assert!(case.passed("receiving_manager"));
        case.approve("receiver", WANG);
        case.claim_and_complete("commission", FINANCE);
        case.claim_and_complete("snapshot", FINANCE);
        assert_eq!(case.is_active("director"), directed);
        if directed {
            // The director started it, so nobody but the administrators may take the seat.
            assert_eq!(case.holders("director"), [Holder::Pool("admin".into())]);
            case.claim_and_approve("director", ADMIN);
        }
        assert!(case.is_done());
        assert_eq!(
            approval::view::open_items_of(&case.state, person(HR)).len(),
            1,
            "a copy"
        );
    }
}
