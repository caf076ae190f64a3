//! Rights: who may decide at a seat, however it came to him.

use approval::command::{Action, PlanRow, Seating};
use approval::item::Holder;
use kernel::Refusal;
use proptest::prelude::*;

use crate::world::*;

/// A step that asks for a right.
const RIGHT: &str = r#""right":"r","on_timeout":{"do":"escalate",
    "to":{"from":"manager","of":"assignee","level":1}},"allow":["hand_on","delegate","add_before",
    "add_after","add_parallel","abstain"]"#;

/// MANAGER is asked, in a company in which these hold the right.
fn with_right(holders: &[u8]) -> Case {
    let root = approve("a", &[MANAGER], RIGHT);
    let mut case = Case::new(flow(&root));
    let holders = holders.iter().copied().map(person).collect();
    case.roll.rights.insert("r".to_owned(), holders);
    case.started(LI, &[])
}

#[test]
fn a_seat_goes_to_nobody_who_lacks_its_right() {
    let mut case = with_right(&[MANAGER, GM]);
    let refused = |done: Result<(), Refusal>| done.unwrap_err().code;
    for to in [WANG, HR, ADMIN, DIRECTOR] {
        assert_eq!(refused(case.hand_on("a", MANAGER, to)), "approval.no_right");
        assert_eq!(
            refused(case.delegate("a", MANAGER, to)),
            "approval.no_right"
        );
        for seating in [Seating::Before, Seating::After, Seating::Parallel] {
            let added = case.add("a", MANAGER, to, seating);
            assert_eq!(refused(added), "approval.no_right");
        }
        let plan = vec![PlanRow {
            item: case.item("a", MANAGER),
            to: one(to),
        }];
        let from = person(MANAGER);
        let refusal = case.ask(None, Action::HandOnListed { from, plan });
        let refusal = refusal.unwrap_err();
        assert_eq!(refusal.code, "approval.no_right");
        assert!(refusal.message.contains(&person(to).to_string()));
    }
    // Nor to a pool in which nobody has it.
    let plan = vec![PlanRow {
        item: case.item("a", MANAGER),
        to: Holder::Pool("hr".into()),
    }];
    let from = person(MANAGER);
    let refusal = case.ask(None, Action::HandOnListed { from, plan });
    assert_eq!(refusal.unwrap_err().code, "approval.unfit_pool");
    // Time passes over whoever lacks it.
    case.fire_next();
    assert_eq!(case.holders("a"), [one(GM)]);
    case.approve("a", GM);
    assert!(case.is_done());
}

#[test]
fn whoever_lost_the_right_decides_nothing_and_hands_it_on() {
    let mut case = with_right(&[MANAGER, GM]);
    case.roll.rights.insert("r".to_owned(), vec![person(GM)]);
    let item = case.item("a", MANAGER);
    let comment = || "意见".to_owned();
    for action in [
        Action::Approve {
            item,
            comment: comment(),
        },
        Action::Reject {
            item,
            comment: comment(),
        },
        Action::Abstain {
            item,
            comment: comment(),
        },
    ] {
        let refusal = case.ask(Some(MANAGER), action).unwrap_err();
        assert_eq!(refusal.code, "approval.no_right");
    }
    case.hand_on("a", MANAGER, GM).unwrap();
    case.approve("a", GM);
    assert!(case.is_done());
}

#[test]
fn a_stand_in_needs_the_right_too() {
    for (holders, asked) in [(vec![MANAGER], MANAGER), (vec![MANAGER, ZHAO], ZHAO)] {
        let root = approve("a", &[MANAGER], RIGHT);
        let mut case = Case::new(flow(&root));
        let holders = holders.into_iter().map(person).collect();
        case.roll.rights.insert("r".to_owned(), holders);
        case.roll.stand_ins.insert(person(MANAGER), person(ZHAO));
        let case = case.started(LI, &[]);
        assert_eq!(case.holders("a"), [one(asked)]);
    }
}

/// Beside the line of superiors, on which nobody has the right.
#[test]
fn whoever_alone_has_the_right_is_asked_wherever_he_stands() {
    let mut case = with_right(&[ZHAO]);
    assert_eq!(case.holders("a"), [one(ZHAO)]);
    case.approve("a", ZHAO);
    assert!(case.is_done());
}

#[test]
fn a_seat_that_lay_with_the_administrators_finds_who_has_the_right_since_then() {
    let mut case = with_right(&[]);
    assert_eq!(case.holders("a"), [admins()]);
    case.roll.rights.insert("r".to_owned(), vec![person(ZHAO)]);
    case.ask(None, Action::FindHolders).unwrap();
    assert_eq!(case.holders("a"), [one(ZHAO)]);
}

#[test]
fn where_nobody_at_work_has_the_right_the_administrators_decide() {
    let mut case = with_right(&[]);
    assert_eq!(case.holders("a"), [admins()]);
    case.claim_and_approve("a", ADMIN);
    assert!(case.is_done());
}

proptest! {
    /// Whatever the holders of the right, and whoever moves the seat to whom: who approves in the
    /// end holds it, or nobody does who could.
    #[test]
    fn nobody_decides_without_the_right(
        holders in prop::collection::vec(0..PEOPLE, 0..4),
        gone in prop::collection::vec(0..PEOPLE, 0..3),
        moves in prop::collection::vec((0..4_u8, 0..PEOPLE, 0..PEOPLE), 0..12),
    ) {
        let mut case = with_right(&holders);
        for who in gone.into_iter().filter(|who| *who != ADMIN) {
            case.roll.inactive.insert(person(who));
        }
        for (what, by, to) in moves {
            let Some(item) = case.state.items.iter().rfind(|it| it.is_live()).cloned() else {
                break;
            };
            let by = match item.holder {
                Holder::Person(holder) => (0..PEOPLE).find(|n| person(*n) == holder).unwrap_or(by),
                Holder::Pool(_) => by,
            };
            let (item, comment) = (item.no, String::new());
            let action = match what {
                0 => Action::HandOn { item, to: person(to), comment },
                1 => Action::Claim { item },
                2 => Action::Delegate { item, to: person(to), comment },
                _ => Action::Approve { item, comment },
            };
            case.ask(Some(by), action).ok();
        }
        let able: Vec<_> = holders
            .iter()
            .filter(|who| **who != LI && !case.roll.inactive.contains(&person(**who)))
            .collect();
        for item in case.state.items.iter().filter(|it| it.decision.is_some()) {
            let Holder::Person(by) = &item.holder else { panic!("a pool decided") };
            let holds = holders.iter().any(|who| person(*who) == *by);
            prop_assert!(holds || able.is_empty(), "{by} decided");
        }
    }
}
