//! A rejected seat that waits for a change, and people who are asked again.

use approval::command::Action;
use approval::def::NodeId;
use approval::fact::{Facts, Value};
use approval::item::{Holder, ItemKind, Origin};
use approval::state::CaseState;

use crate::world::*;

/// The team is asked; then the manager of whoever started it.
fn asked(team: &[u8]) -> Case {
    let ask = r#"{"id":"ask","kind":"approve","title":"接收",
        "approvers":[{"from":"fact","key":"team"}],
        "inactive":"personal","self":"keep","on_reject":"amend","allow":[]}"#;
    let boss = r#"{"id":"boss","kind":"approve","title":"主管","self":"keep",
        "approvers":[{"from":"manager","of":"subject","level":1}]}"#;
    Case::new(flow(&seq("s", &[ask.to_owned(), boss.to_owned()]))).started(
        MANAGER,
        &[("team", names(team)), ("locked", Value::Number(1))],
    )
}

fn amend(case: &mut Case, team: &[u8], standing: &[u8]) {
    let facts = Facts::from([
        ("team".to_owned(), names(team)),
        ("locked".to_owned(), Value::Number(2)),
    ]);
    let action = Action::Amend {
        node: NodeId::from("ask"),
        facts,
        standing: standing.iter().copied().map(person).collect(),
    };
    case.ask(None, action).unwrap();
}

#[test]
fn a_no_keeps_the_others_asked_and_gives_the_initiator_work() {
    let mut case = asked(&[WANG, ZHAO, IT]);
    case.reject("ask", WANG);
    assert_eq!(case.state.case, CaseState::Running);
    assert_eq!(case.holders("ask"), [one(ZHAO), one(IT), one(MANAGER)]);
    let fix = case.item("ask", MANAGER);
    assert_eq!(case.state.item(fix).unwrap().kind, ItemKind::Fix);
    let by_hand = case.finish(fix, MANAGER).unwrap_err();
    assert_eq!(by_hand.code, "approval.wrong_kind");
    // The others speak; the step waits for the change and for nothing else.
    case.approve("ask", ZHAO);
    case.reject("ask", IT);
    assert_eq!(case.holders("ask"), [one(MANAGER)], "asked for once");
    assert!(case.is_active("ask"));

    amend(&mut case, &[ZHAO, LEGAL], &[ZHAO]);
    assert_eq!(case.holders("ask"), [one(LEGAL)], "whose share is new");
    let kept = case.item("ask", ZHAO);
    assert_eq!(case.state.item(kept).unwrap().origin, Origin::Deduped);
    assert_eq!(case.state.facts["locked"], Value::Number(2));
    case.approve("ask", LEGAL);
    assert_eq!(case.holders("boss"), [one(MANAGER)]);
    case.approve("boss", MANAGER);
    assert!(case.is_done());
}

#[test]
fn a_change_after_everybody_said_yes_asks_the_superior_again() {
    let mut case = asked(&[WANG, ZHAO]);
    case.approve("ask", WANG);
    case.approve("ask", ZHAO);
    let seat = case.item("boss", MANAGER);
    amend(&mut case, &[WANG, ZHAO], &[WANG]);
    assert!(!case.state.item(seat).unwrap().is_live());
    assert_eq!(
        (case.holders("ask"), case.holders("boss")),
        (vec![one(ZHAO)], vec![])
    );
    case.approve("ask", ZHAO);
    assert_eq!(case.holders("boss"), [one(MANAGER)]);
    assert_ne!(case.item("boss", MANAGER), seat);
}

#[test]
fn nobodys_yes_is_made_up() {
    // The caller vouches for somebody who was never asked, and for one who said no.
    let mut case = asked(&[WANG, ZHAO]);
    case.reject("ask", ZHAO);
    amend(&mut case, &[WANG, ZHAO, IT], &[ZHAO, IT]);
    assert_eq!(case.holders("ask"), [one(WANG), one(ZHAO), one(IT)]);
}

#[test]
fn only_the_system_amends_and_takes() {
    let mut case = asked(&[WANG]);
    let amend = Action::Amend {
        node: NodeId::from("ask"),
        facts: Facts::new(),
        standing: Vec::new(),
    };
    assert_eq!(
        case.ask(Some(MANAGER), amend).unwrap_err().code,
        "approval.system_only"
    );
    case.approve("ask", WANG);
    let (item, comment) = (case.item("boss", MANAGER), "代为审批".to_owned());
    let take = Action::Take {
        item,
        to: person(DIRECTOR),
        comment,
    };
    let refused = case.ask(Some(DIRECTOR), take.clone()).unwrap_err();
    assert_eq!(refused.code, "approval.system_only");
    case.ask(None, take).unwrap();
    case.approve("boss", DIRECTOR);
    assert!(case.is_done());
}

const UP: &str =
    r#""on_timeout":{"do":"escalate","to":{"from":"manager","of":"assignee","level":1}}"#;

fn pooled(pool: &str) -> String {
    format!(
        r#"{{"id":"t","kind":"task","title":"办理","owner":{{"from":"pool","key":"{pool}"}},{UP}}}"#
    )
}

#[test]
fn a_pool_climbs_to_whoever_stands_above_it_and_then_further() {
    let mut case = Case::new(flow(&pooled("hr")));
    case.roll.above.insert("hr".to_owned(), person(DIRECTOR));
    let mut case = case.started(LI, &[]);
    let mut held = case.holders("t");
    while case.fire_next() {
        held.extend(case.holders("t"));
    }
    assert_eq!(
        held,
        [Holder::Pool("hr".into()), one(DIRECTOR), one(GM), admins()]
    );
    let last = case
        .events
        .iter()
        .rev()
        .find_map(|event| match &event.what {
            approval::event::What::ItemMoved { comment, .. } => Some(comment.clone()),
            _ => None,
        });
    assert!(
        last.unwrap().contains("流程管理员兜底"),
        "it says that it is the last resort"
    );
}

#[test]
fn a_definition_says_where_a_pool_climbs_to() {
    let climbs = r#""climbs":{"finance":{"from":"role","key":"gm"}},"#;
    let mut case = Case::new(flow_with(&pooled("finance"), climbs));
    case.roll
        .above
        .insert("finance".to_owned(), person(DIRECTOR));
    let mut case = case.started(LI, &[]);
    case.fire_next();
    assert_eq!(case.holders("t"), [Holder::Pool("gm".into())]);
    // Nobody took it there: whoever stands above that pool is next.
    case.roll.above.insert("gm".to_owned(), person(LEGAL));
    case.fire_next();
    assert_eq!(case.holders("t"), [one(LEGAL)]);
}

#[test]
fn whoever_stands_above_a_pool_but_must_stand_aside_is_climbed_over() {
    let root = pooled("hr").replace(UP, &format!(r#""exclude":["subject"],{UP}"#));
    let mut case = Case::new(flow(&root));
    case.roll.above.insert("hr".to_owned(), person(LI));
    let mut case = case.started(LI, &[]);
    case.fire_next();
    assert_eq!(case.holders("t"), [one(MANAGER)]);
}

#[test]
fn without_anybody_above_a_pool_rests_with_the_administrators() {
    let mut case = Case::of(&pooled("hr"));
    case.fire_next();
    assert_eq!(case.holders("t"), [admins()]);
}
