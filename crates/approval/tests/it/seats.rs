//! Seats: who gets one, who must not, and what happens to them.

use approval::command::{Action, Command, PlanRow, Seating};
use approval::decide::decide;
use approval::item::{Decision, Holder, ItemState, Origin};
use approval::state::CaseState;

use crate::world::*;

#[test]
fn all_must_agree_and_one_refusal_ends_it() {
    let mut case = Case::of(&approve("a", &[WANG, ZHAO], ""));
    case.approve("a", WANG);
    assert!(case.is_active("a"));
    case.approve("a", ZHAO);
    assert!(case.is_done());

    let mut case = Case::of(&approve("a", &[WANG, ZHAO], ""));
    case.reject("a", WANG);
    assert_eq!(case.state.case, CaseState::Rejected);
}

#[test]
fn in_turn_opens_one_seat_at_a_time() {
    let mut case = Case::of(&approve("a", &[WANG, ZHAO, HR], r#""mode":"in_turn""#));
    let zhao = case.item("a", ZHAO);
    assert_eq!(case.item_state(zhao), ItemState::Waiting);
    assert_eq!(
        case.try_approve("a", ZHAO).unwrap_err().code,
        "approval.item_not_open"
    );
    case.approve("a", WANG);
    assert_eq!(case.item_state(zhao), ItemState::Open);
    case.approve("a", ZHAO);
    case.approve("a", HR);
    assert!(case.is_done());
}

#[test]
fn weights_replace_counts() {
    let ratio = r#""mode":{"weighted":{"num":1,"den":2}},"weights":[3,1,1]"#;
    let mut case = Case::of(&approve("a", &[WANG, ZHAO, HR], ratio));
    case.approve("a", WANG);
    assert!(case.is_done(), "three of five are enough");

    let mut case = Case::of(&approve("a", &[WANG, ZHAO, HR], ratio));
    case.reject("a", WANG);
    assert_eq!(
        case.state.case,
        CaseState::Rejected,
        "two of five can never be enough"
    );
}

#[test]
fn abstaining_needs_permission_and_is_no_approval() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    let (item, comment) = (case.item("a", WANG), String::new());
    let refusal = case.ask(Some(WANG), Action::Abstain { item, comment });
    assert_eq!(refusal.unwrap_err().code, "approval.not_allowed");

    let mut case = Case::of(&approve("a", &[WANG], r#""allow":["abstain"]"#));
    let (item, comment) = (case.item("a", WANG), String::new());
    case.ask(Some(WANG), Action::Abstain { item, comment })
        .unwrap();
    assert_eq!(case.state.case, CaseState::Rejected);
}

#[test]
fn whoever_asks_himself_asks_his_manager() {
    for (own, holders) in [
        ("to_manager", vec![one(MANAGER)]),
        ("keep", vec![one(LI)]),
        ("skip", vec![admins()]),
    ] {
        let case = Case::of(&approve("a", &[LI], &format!(r#""self":"{own}""#)));
        assert_eq!(case.holders("a"), holders, "{own}");
    }
}

#[test]
fn managers_are_counted_upwards_past_those_who_cannot() {
    let root = |level: u8| {
        format!(
            r#"{{"id":"a","kind":"approve","title":"审批","exclude":[{{"fact":"buddy"}}],
            "approvers":[{{"from":"manager","of":"subject","level":{level}}}]}}"#
        )
    };
    for (level, buddy, away, expected, why) in [
        (1, ZHAO, None, one(MANAGER), "the direct manager"),
        (2, ZHAO, None, one(DIRECTOR), "one above"),
        (1, MANAGER, None, one(DIRECTOR), "the manager stands aside"),
        (
            1,
            ZHAO,
            Some(MANAGER),
            one(DIRECTOR),
            "the manager has left",
        ),
        (
            2,
            MANAGER,
            None,
            one(GM),
            "an excluded level does not count",
        ),
        (9, ZHAO, None, admins(), "there are not so many"),
    ] {
        let mut case = Case::new(flow(&root(level)));
        case.roll.inactive.extend(away.map(person));
        let case = case.started(LI, &[("buddy", name(buddy))]);
        assert_eq!(case.holders("a"), [expected], "{why}");
    }
}

#[test]
fn a_circle_of_managers_ends_with_the_administrators() {
    let root = r#"{"id":"a","kind":"approve","title":"审批","exclude":["subject"],
        "approvers":[{"from":"manager","of":"subject","level":3}]}"#;
    let mut case = Case::new(flow(root));
    case.roll.managers.insert(person(MANAGER), person(LI));
    let case = case.started(LI, &[]);
    assert_eq!(
        case.holders("a"),
        [one(MANAGER)],
        "round and round, he is the third as well"
    );
}

#[test]
fn a_stand_in_acts_and_the_record_says_for_whom() {
    let mut case = Case::new(flow(&approve("a", &[WANG], "")));
    case.roll.stand_ins.insert(person(WANG), person(ZHAO));
    let mut case = case.started(LI, &[]);
    let item = case.item("a", ZHAO);
    assert_eq!(
        case.state.item(item).unwrap().acting_for,
        Some(person(WANG))
    );
    case.approve("a", ZHAO);
    assert!(case.is_done());
}

#[test]
fn a_stand_in_who_started_the_case_does_not_approve_it() {
    let mut case = Case::new(flow(&approve("a", &[WANG], "")));
    case.roll.stand_ins.insert(person(WANG), person(LI));
    let case = case.started(LI, &[]);
    assert_eq!(case.holders("a"), [one(WANG)]);
}

#[test]
fn somebody_who_left_is_replaced_never_by_nobody() {
    for (policy, holder) in [
        ("stand_in_then_manager", one(MANAGER)),
        ("to_admin", admins()),
    ] {
        let root = approve("a", &[WANG], &format!(r#""inactive":"{policy}""#));
        let mut case = Case::new(flow(&root));
        case.roll.inactive.insert(person(WANG));
        let case = case.started(LI, &[]);
        assert_eq!(case.holders("a"), [holder], "{policy}");
    }
}

#[test]
fn personal_consent_is_given_in_person_or_not_at_all() {
    let root = approve("a", &[WANG], r#""inactive":"personal""#);
    let mut case = Case::new(flow(&root));
    case.roll.stand_ins.insert(person(WANG), person(ZHAO));
    case = case.started(LI, &[]);
    assert_eq!(case.holders("a"), [one(WANG)], "nobody stands in");
    let leave = || Action::HandOnByDeparture {
        from: person(WANG),
        plan: Vec::new(),
    };
    // While he is at work it is he who is asked, whoever moves whatever else he has.
    case.ask(None, leave()).unwrap();
    assert_eq!(case.holders("a"), [one(WANG)]);
    for to in [one(ZHAO), Holder::Pool("hr".into()), admins()] {
        let plan = vec![PlanRow {
            item: case.item("a", WANG),
            to,
        }];
        let from = person(WANG);
        let listed = Action::HandOnListed {
            from,
            plan: plan.clone(),
        };
        for moved in [listed, Action::HandOnByDeparture { from, plan }] {
            let refusal = case.ask(None, moved).unwrap_err();
            assert_eq!(refusal.code, "approval.for_himself");
        }
    }
    assert_eq!(
        case.hand_on("a", WANG, ZHAO).unwrap_err().code,
        "approval.for_himself"
    );
    case.roll.leaving.insert(person(WANG));
    case.ask(None, leave()).unwrap();
    case.claim("a", ADMIN).unwrap();
    assert_eq!(
        case.try_approve("a", ADMIN).unwrap_err().code,
        "approval.not_in_person"
    );
    case.hand_on("a", ADMIN, WANG).unwrap();
    case.approve("a", WANG);
    assert!(case.is_done());

    let mut case = Case::new(flow(&root));
    case.roll.inactive.insert(person(WANG));
    case = case.started(LI, &[]);
    case.claim("a", ADMIN).unwrap();
    case.reject("a", ADMIN);
    assert_eq!(
        case.state.case,
        CaseState::Rejected,
        "a no may be recorded for him"
    );
}

#[test]
fn an_empty_role_blocks_and_tells_an_administrator() {
    let root = |empty: &str| {
        format!(
            r#"{{"id":"a","kind":"approve","title":"审批","empty":{empty},
            "approvers":[{{"from":"role","key":"ghosts"}}]}}"#
        )
    };
    let case = Case::of(&root(r#""to_admin""#));
    assert_eq!(case.holders("a"), [admins()]);
    let case = Case::of(&root(r#"{"to":{"from":"role","key":"hr"}}"#));
    assert_eq!(case.holders("a"), [Holder::Pool("hr".into())]);
    assert!(Case::of(&root(r#""auto_pass""#)).is_done());
    assert_eq!(
        Case::of(&root(r#""auto_reject""#)).state.case,
        CaseState::Rejected
    );
}

#[test]
fn what_nobody_was_there_for_goes_to_whoever_comes() {
    let root = r#"{"id":"all","kind":"par","join":"all","children":[
        {"id":"a","kind":"task","title":"办理","owner":{"from":"pool","key":"ghosts"}},
        {"id":"b","kind":"task","title":"方案",
            "owner":{"from":"manager","of":"subject","level":1}},
        {"id":"c","kind":"task","title":"另办","owner":{"from":"pool","key":"ghosts"}}]}"#;
    let mut case = Case::new(flow(root));
    case.roll.managers.remove(&person(LI));
    case = case.started(LI, &[]);
    for node in ["a", "b", "c"] {
        assert_eq!(case.holders(node), [admins()], "{node}");
    }
    let nobody = case.ask(None, Action::FindHolders).unwrap();
    assert!(nobody.is_empty(), "{nobody:?}");
    let asked = case.ask(Some(ADMIN), Action::FindHolders).unwrap_err();
    assert_eq!(asked.code, "approval.system_only");
    case.claim("c", ADMIN).unwrap();
    case.roll.managers.insert(person(LI), person(MANAGER));
    case.roll
        .roles
        .insert("ghosts".to_owned(), vec![person(IT)]);
    case.ask(None, Action::FindHolders).unwrap();
    assert_eq!(case.holders("a"), [Holder::Pool("ghosts".into())]);
    assert_eq!(case.holders("b"), [one(MANAGER)]);
    assert_eq!(case.holders("c"), [one(ADMIN)], "whoever took it keeps it");
}

#[test]
fn a_process_without_an_administrator_does_not_start() {
    let mut case = Case::new(flow(&approve("a", &[WANG], "")));
    case.roll.inactive.insert(person(ADMIN));
    let start = Action::Start {
        initiator: person(LI),
        subject: "x".into(),
        subject_person: None,
        facts: Default::default(),
    };
    assert_eq!(
        case.ask(Some(LI), start).unwrap_err().code,
        "approval.no_admin"
    );
}

#[test]
fn whoever_approved_before_is_not_asked_again() {
    for (dedupe, a, b, c) in [
        ("none", WANG, WANG, false),
        ("adjacent", WANG, WANG, true),
        ("adjacent", ZHAO, WANG, false),
        ("anywhere", ZHAO, WANG, true),
    ] {
        let last = approve("c", &[WANG], &format!(r#""dedupe":"{dedupe}""#));
        let first = approve("a", &[b], "");
        let root = seq("s", &[first, approve("b", &[a], ""), last]);
        let mut case = Case::of(&root);
        case.approve("a", b);
        case.approve("b", a);
        assert_eq!(case.passed("c"), c, "{dedupe}");
        if c {
            let item = case.state.item(case.item("c", WANG)).unwrap();
            assert_eq!(item.origin, Origin::Deduped);
            assert_eq!(item.decision, Some(Decision::Approve));
        }
    }
}

#[test]
fn excluded_people_get_in_by_no_door() {
    let exclude = r#""exclude":[{"fact":"buddy"}]"#;
    let mut case = Case::new(flow(&approve("a", &[ZHAO, HR], exclude)));
    case = case.started(LI, &[("buddy", name(WANG))]);
    let barred = "approval.barred";
    assert_eq!(case.hand_on("a", ZHAO, WANG).unwrap_err().code, barred);
    assert_eq!(case.delegate("a", ZHAO, WANG).unwrap_err().code, barred);
    for seating in [Seating::Before, Seating::After, Seating::Parallel] {
        assert_eq!(case.add("a", ZHAO, WANG, seating).unwrap_err().code, barred);
    }
    // The fact changes under his feet: his seat moves up, his vote is not taken.
    case.set("buddy", name(ZHAO)).unwrap();
    assert_eq!(case.holders("a"), [one(MANAGER), one(HR)]);
    let moved = case
        .state
        .items
        .iter()
        .find(|it| it.origin == Origin::Excluded)
        .unwrap();
    assert_eq!(moved.held_before, [person(ZHAO)]);
}

#[test]
fn the_initiator_is_no_door_either() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    assert_eq!(
        case.hand_on("a", WANG, LI).unwrap_err().code,
        "approval.barred"
    );
}

#[test]
fn a_signer_before_is_heard_first() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    case.add("a", WANG, ZHAO, Seating::Before).unwrap();
    assert_eq!(
        case.try_approve("a", WANG).unwrap_err().code,
        "approval.item_not_open"
    );
    case.approve("a", ZHAO);
    assert!(case.is_active("a"), "it comes back to me");
    case.approve("a", WANG);
    assert!(case.is_done());
}

#[test]
fn a_signer_after_is_heard_last() {
    for mode in ["all_of", "any_of", "in_turn"] {
        let mut case = Case::of(&approve("a", &[WANG], &format!(r#""mode":"{mode}""#)));
        case.add("a", WANG, ZHAO, Seating::After).unwrap();
        assert!(case.try_approve("a", ZHAO).is_err());
        case.approve("a", WANG);
        assert!(case.is_active("a"), "{mode}");
        case.approve("a", ZHAO);
        assert!(case.is_done());
    }
}

#[test]
fn a_signer_beside_is_a_seat_more_and_can_be_taken_back() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    case.add("a", WANG, ZHAO, Seating::Parallel).unwrap();
    case.approve("a", WANG);
    assert!(case.is_active("a"));
    let item = case.item("a", ZHAO);
    let stranger = case.ask(Some(HR), Action::RemoveSigner { item });
    assert_eq!(stranger.unwrap_err().code, "approval.wrong_kind");
    case.ask(Some(WANG), Action::RemoveSigner { item }).unwrap();
    assert!(case.is_done(), "without him all have agreed");
    assert_eq!(case.item_state(item), ItemState::Cancelled);
}

#[test]
fn an_own_seat_or_a_vote_cast_cannot_be_taken_back() {
    let mut case = Case::of(&approve("a", &[WANG, HR], ""));
    let own = case.item("a", HR);
    assert!(
        case.ask(Some(WANG), Action::RemoveSigner { item: own })
            .is_err()
    );
    case.add("a", WANG, ZHAO, Seating::Before).unwrap();
    case.approve("a", ZHAO);
    let item = case.item("a", ZHAO);
    let refusal = case
        .ask(Some(WANG), Action::RemoveSigner { item })
        .unwrap_err();
    assert_eq!(refusal.code, "approval.item_not_open");
}

#[test]
fn handing_on_keeps_the_seat_and_the_trail() {
    let mut case = Case::of(&approve("a", &[WANG, HR], ""));
    case.hand_on("a", WANG, ZHAO).unwrap();
    assert_eq!(case.holders("a"), [one(ZHAO), one(HR)]);
    let item = case.state.item(case.item("a", ZHAO)).unwrap();
    assert_eq!(item.held_before, [person(WANG)]);
    case.roll.inactive.insert(person(MANAGER));
    assert_eq!(
        case.hand_on("a", ZHAO, MANAGER).unwrap_err().code,
        "approval.not_at_work"
    );
}

#[test]
fn a_pool_is_claimed_before_it_is_decided() {
    let root =
        r#"{"id":"a","kind":"approve","title":"审批","approvers":[{"from":"pool","key":"hr"}]}"#;
    let mut case = Case::of(root);
    let (item, comment) = (case.pooled("a"), String::new());
    let early = case.ask(Some(HR), Action::Approve { item, comment });
    assert_eq!(early.unwrap_err().code, "approval.claim_first");
    assert_eq!(
        case.claim("a", WANG).unwrap_err().code,
        "approval.not_in_pool"
    );
    case.claim("a", HR2).unwrap();
    for late in [HR, HR2] {
        let refusal = case.ask(Some(late), Action::Claim { item }).unwrap_err();
        assert_eq!(refusal.code, "approval.claimed");
        assert!(refusal.conflict);
        assert!(refusal.message.contains(&person(HR2).to_string()));
    }
    case.approve("a", HR2);
    assert!(case.is_done());
}

#[test]
fn a_task_needs_its_whole_checklist() {
    let mut case = Case::of(&task("t", WANG, r#""checklist":["对账单","发票"]"#));
    let item = case.item("t", WANG);
    let complete = |checked: &[&str]| Action::Complete {
        item,
        comment: String::new(),
        checked: checked.iter().map(|it| (*it).to_owned()).collect(),
    };
    let refusal = case.ask(Some(WANG), complete(&["发票"])).unwrap_err();
    assert_eq!(refusal.message, "清单中还有未完成的事项：对账单");
    case.ask(Some(WANG), complete(&["发票", "对账单"])).unwrap();
    assert!(case.is_done());
}

#[test]
fn the_system_completes_work_done_elsewhere_but_never_approves() {
    let root = seq("s", &[task("t", WANG, ""), approve("a", &[WANG], "")]);
    let mut case = Case::of(&root);
    let (item, comment) = (case.item("t", WANG), String::new());
    case.ask(
        None,
        Action::Complete {
            item,
            comment,
            checked: Vec::new(),
        },
    )
    .unwrap();
    let (item, comment) = (case.item("a", WANG), String::new());
    let refusal = case.ask(None, Action::Approve { item, comment });
    assert_eq!(refusal.unwrap_err().code, "approval.not_yours");
}

#[test]
fn words_are_needed_for_a_no() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    let item = case.item("a", WANG);
    for comment in ["", "  ", &"长".repeat(2001)] {
        let comment = comment.to_owned();
        assert!(
            case.ask(Some(WANG), Action::Reject { item, comment })
                .is_err()
        );
    }
}

#[test]
fn a_refusal_of_an_added_signer_is_a_refusal_of_that_seat_only() {
    let mut case = Case::of(&approve("a", &[WANG, HR], r#""mode":"any_of""#));
    case.add("a", WANG, ZHAO, Seating::Before).unwrap();
    case.reject("a", ZHAO);
    let wang = case.item("a", WANG);
    assert_eq!(
        case.item_state(wang),
        ItemState::Superseded,
        "his seat is decided"
    );
    case.approve("a", HR);
    assert!(case.is_done());
}

#[test]
fn a_pool_whose_last_member_must_stand_aside_is_not_waited_for() {
    let root = r#"{"id":"t","kind":"task","title":"办理","exclude":[{"fact":"buddy"}],
        "owner":{"from":"role","key":"finance"}}"#;
    let mut case = Case::of(root);
    assert_eq!(case.holders("t"), [Holder::Pool("finance".into())]);
    case.set("buddy", name(FINANCE)).unwrap();
    assert_eq!(case.holders("t"), [admins()]);
}

#[test]
fn nobody_acts_for_somebody_who_must_stand_aside() {
    let mut case = Case::of(&approve("a", &[ZHAO], r#""exclude":[{"fact":"buddy"}]"#));
    case.roll.stand_ins.insert(person(ZHAO), person(IT));
    case.set("buddy", name(ZHAO)).unwrap();
    assert_eq!(case.holders("a"), [one(MANAGER)]);
}

#[test]
fn an_approval_of_a_step_still_open_is_no_earlier_approval() {
    let last = approve("c", &[WANG], r#""dedupe":"anywhere""#);
    let row = seq("s", &[task("t", HR, ""), last]);
    let mut case = Case::of(&par(
        "p",
        r#""all""#,
        &[approve("a", &[WANG, ZHAO], ""), row],
    ));
    case.approve("a", WANG);
    case.complete("t", HR);
    assert_eq!(case.holders("c"), [one(WANG)]);
}

/// The last gate, should everything before it have failed: a seat in the wrong hands is mute.
#[test]
fn a_wrong_holder_is_mute() {
    let mut case = Case::of(&approve("a", &[WANG], r#""exclude":[{"fact":"buddy"}]"#));
    let (item, comment) = (case.item("a", WANG), String::new());
    case.state.facts.insert("buddy".into(), name(WANG));
    let vote = Command::by(person(WANG), Action::Approve { item, comment });
    let refusal = decide(&case.flow, &case.state, &vote, &case.roll, case.at).unwrap_err();
    assert_eq!(refusal.code, "approval.barred");
}
