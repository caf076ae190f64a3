//! What users of other engines reported, and what must not happen here
//! (workflow-identity-integration §1.1).

use approval::command::{Action, PlanRow, Seating, Target};
use approval::decide::{decide, handover_plan};
use approval::def::NodeId;
use approval::event::What;
use approval::item::{Holder, ItemKind, ItemState};
use approval::state::CaseState;
use approval::validate::{check_people, publish};
use approval::view::open_items_of;

use crate::world::*;

/// ruoyi-vue-pro #1069: ratio countersign, yet one refusal ends the process.
#[test]
fn one_refusal_does_not_end_a_ratio_vote() {
    let half = r#""mode":{"weighted":{"num":1,"den":2}}"#;
    let mut case = Case::of(&approve("a", &[WANG, ZHAO, HR, IT], half));
    case.reject("a", WANG);
    assert!(case.is_active("a"));
    case.approve("a", ZHAO);
    case.approve("a", HR);
    assert!(case.is_done());
}

/// ruoyi-vue-pro #939: 或签, A refuses, B and C get it as "done by me".
#[test]
fn seats_of_others_are_superseded_not_done() {
    let mut case = Case::of(&approve("a", &[WANG, ZHAO, HR], r#""mode":"any_of""#));
    let (zhao, hr) = (case.item("a", ZHAO), case.item("a", HR));
    case.reject("a", WANG);
    assert!(case.is_active("a"), "one refusal decides nothing yet");
    case.approve("a", ZHAO);
    assert_eq!(case.item_state(zhao), ItemState::Done);
    let item = case.state.item(hr).unwrap();
    assert_eq!((item.state, item.decision), (ItemState::Superseded, None));
}

/// 或签 race: the second of two simultaneous decisions hears that somebody was faster.
#[test]
fn a_vote_after_the_decision_is_refused() {
    let root = seq(
        "s",
        &[
            approve("a", &[WANG, ZHAO], r#""mode":"any_of""#),
            task("t", HR, ""),
        ],
    );
    let mut case = Case::of(&root);
    case.approve("a", WANG);
    let refusal = case.try_approve("a", ZHAO).unwrap_err();
    assert!(refusal.conflict);
    assert_eq!(refusal.message, "该待办已由他人处理");
}

/// ruoyi-vue-pro #867: no return out of a parallel branch.
#[test]
fn a_return_out_of_a_parallel_branch() {
    let fork = par(
        "p",
        r#""all""#,
        &[approve("b", &[ZHAO], ""), approve("c", &[HR], "")],
    );
    let mut case = Case::of(&seq("s", &[approve("a", &[WANG], ""), fork]));
    case.approve("a", WANG);
    case.send_back("b", ZHAO, Target::Node(NodeId::from("a")))
        .unwrap();
    assert_eq!(case.holders("a"), [one(WANG)]);
}

/// ruoyi-vue-pro #566, #896: refusing as an added signer, and taking added signers back.
#[test]
fn added_seats_are_ordinary_seats() {
    for seating in [Seating::Before, Seating::Parallel] {
        let mut case = Case::of(&approve("a", &[WANG], ""));
        case.add("a", WANG, ZHAO, seating).unwrap();
        case.reject("a", ZHAO);
        assert_eq!(case.state.case, CaseState::Rejected, "{seating:?}");

        let mut case = Case::of(&approve("a", &[WANG], ""));
        case.add("a", WANG, ZHAO, seating).unwrap();
        let item = case.item("a", ZHAO);
        case.ask(Some(WANG), Action::RemoveSigner { item }).unwrap();
        case.approve("a", WANG);
        assert!(case.is_done(), "{seating:?}");
    }
}

/// flowlong change log: added signers inside parallel branches.
#[test]
fn adding_in_one_branch_leaves_the_other_alone() {
    let fork = par(
        "p",
        r#""all""#,
        &[approve("a", &[WANG], ""), approve("b", &[HR], "")],
    );
    let mut case = Case::of(&fork);
    case.add("a", WANG, ZHAO, Seating::After).unwrap();
    case.approve("b", HR);
    case.approve("a", WANG);
    assert!(case.is_active("a"));
    case.approve("a", ZHAO);
    assert!(case.is_done());
}

/// AntFlow #7: 会签 and a return to the initiator went forward instead.
#[test]
fn a_return_closes_all_open_seats_of_the_step_first() {
    let root = seq("s", &[approve("a", &[WANG, ZHAO], ""), task("t", HR, "")]);
    let mut case = Case::of(&root);
    let zhao = case.item("a", ZHAO);
    case.send_back("a", WANG, Target::Initiator).unwrap();
    assert_eq!(case.item_state(zhao), ItemState::Cancelled);
    assert!(case.try_approve("a", ZHAO).is_err());
    assert!(!case.is_active("t"), "nothing went forward");
    assert_eq!(case.holders("start"), [one(LI)]);
}

/// steedos-platform #6985: a return while a copy was still unread left a person without a task.
#[test]
fn copies_gate_nothing_and_are_never_lost() {
    let copy = r#"{"id":"cc","kind":"cc","to":[{"from":"role","key":"hr"}]}"#.to_owned();
    let steps = [approve("a", &[WANG], ""), copy, approve("b", &[ZHAO], "")];
    let mut case = Case::of(&seq("s", &steps));
    case.approve("a", WANG);
    assert!(case.is_active("b"));
    case.send_back("b", ZHAO, Target::Node(NodeId::from("a")))
        .unwrap();
    assert_eq!(case.holders("a"), [one(WANG)]);
    case.approve("a", WANG);
    case.approve("b", ZHAO);
    assert!(case.is_done());
    let copies = open_items_of(&case.state, person(HR));
    assert!(copies.iter().all(|item| item.kind == ItemKind::Cc) && copies.len() == 2);
    let item = copies[0].no;
    case.ask(Some(HR), Action::MarkRead { item }).unwrap();
    assert_eq!(open_items_of(&case.state, person(HR)).len(), 1);
}

/// codingapi #183, steedos #1402, ActivitiDemo #2: after a return nobody has the task.
#[test]
fn after_a_return_somebody_has_the_task_even_if_he_left() {
    let root = seq("s", &[approve("a", &[WANG], ""), approve("b", &[ZHAO], "")]);
    let mut case = Case::of(&root);
    case.approve("a", WANG);
    case.roll.inactive.insert(person(WANG));
    case.roll.inactive.insert(person(LI));
    case.send_back("b", ZHAO, Target::Node(NodeId::from("a")))
        .unwrap();
    assert_eq!(case.holders("a"), [one(MANAGER)]);
    case.send_back("a", MANAGER, Target::Initiator).unwrap();
    assert_eq!(case.holders("start"), [one(MANAGER)]);
}

/// loonflow #483: after the correction it goes straight back to the one who returned it.
#[test]
fn after_the_correction_straight_back() {
    let direct = r#""resume":"direct_back""#;
    let steps = [approve("a", &[WANG], ""), approve("b", &[ZHAO], direct)];
    let mut case = Case::of(&seq("s", &steps));
    case.approve("a", WANG);
    case.send_back("b", ZHAO, Target::Initiator).unwrap();
    case.complete("start", LI);
    assert_eq!(case.holders("b"), [one(ZHAO)]);
}

/// AgentRecall #508: two drivers on parallel branches rolled an approval back. The state counts its
/// events; whoever writes compares the number he read.
#[test]
fn every_event_raises_the_version() {
    let mut case = Case::of(&approve("a", &[WANG, ZHAO], ""));
    let read = case.state.version;
    case.approve("a", WANG);
    assert!(case.state.version > read);
    assert_eq!(
        case.state.version,
        u64::try_from(case.events.len()).unwrap()
    );
}

/// open-c3 #841: a time-out closed the ticket silently.
#[test]
fn a_timeout_that_rejects_tells_initiator_and_owner() {
    let mut case = Case::of(&approve(
        "a",
        &[WANG],
        r#""on_timeout":{"do":"auto_reject"}"#,
    ));
    case.fire_next();
    assert_eq!(case.state.case, CaseState::Rejected);
    let What::Told { to, .. } = case.told()[0] else {
        panic!()
    };
    assert_eq!(*to, [one(LI), one(WANG)]);
    let ends = case.events.iter().filter_map(|event| match &event.what {
        What::CaseClosed { tell, .. } => Some(tell.clone()),
        _ => None,
    });
    assert!(
        ends.flatten()
            .any(|person| person == crate::world::person(LI))
    );
}

/// steedos #1073, steedos-platform #7151, bk-iam-saas #302, LPS-105612, CordysCRM #2459,
/// Expensify #94160: people leave.
#[test]
fn when_people_leave_all_their_work_moves_in_one_act() {
    let row = approve("c", &[HR, WANG], r#""mode":"in_turn""#);
    let pool = r#"{"id":"f","kind":"task","title":"财务","owner":{"from":"role","key":"finance"}}"#;
    let branches = [
        approve("a", &[WANG], ""),
        task("b", WANG, ""),
        row,
        pool.to_owned(),
        approve("d", &[WANG], ""),
    ];
    let mut case = Case::of(&par("p", r#""all""#, &branches));
    case.delegate("d", WANG, ZHAO).unwrap();
    case.claim("f", FINANCE).unwrap();
    let plan = handover_plan(&case.flow, &case.state, person(WANG), &case.roll);
    assert_eq!(plan.len(), 4, "open and waiting alike: {plan:?}");
    assert!(plan.iter().all(|row| row.to == one(MANAGER)));

    let first = case.item("a", WANG);
    let mut chosen = plan.clone();
    chosen[0] = PlanRow {
        item: first,
        to: one(ZHAO),
    };
    let leave = |plan| Action::HandOnByDeparture {
        from: person(WANG),
        plan,
    };
    case.ask(None, leave(chosen)).unwrap();
    assert_eq!(case.holders("a"), [one(ZHAO)]);
    assert_eq!(case.holders("b"), [one(MANAGER)]);
    assert!(
        case.state
            .items
            .iter()
            .all(|it| !it.is_live() || it.holder != one(WANG))
    );
    let stale = case.ask(None, leave(plan)).unwrap_err();
    assert_eq!(stale.code, "approval.plan_is_stale");

    // What was claimed from a pool returns to it, or with the last member to his manager.
    let all = |from| Action::HandOnByDeparture {
        from,
        plan: Vec::new(),
    };
    case.ask(None, all(person(FINANCE))).unwrap();
    assert_eq!(case.holders("f"), [one(GM)]);
}

/// Somebody is away and comes back: only what is listed goes.
#[test]
fn what_no_row_names_stays_with_whoever_comes_back() {
    let branches = [approve("a", &[WANG], ""), task("b", WANG, "")];
    let mut case = Case::of(&par("p", r#""all""#, &branches));
    let row = PlanRow {
        item: case.item("a", WANG),
        to: one(ZHAO),
    };
    let listed = |plan| Action::HandOnListed {
        from: person(WANG),
        plan,
    };
    let by_hand = case.ask(Some(WANG), listed(vec![row.clone()])).unwrap_err();
    assert_eq!(by_hand.code, "approval.system_only");
    case.ask(None, listed(vec![row.clone()])).unwrap();
    assert_eq!(case.holders("a"), [one(ZHAO)]);
    assert_eq!(case.holders("b"), [one(WANG)]);
    let stale = case.ask(None, listed(vec![row])).unwrap_err();
    assert_eq!(stale.code, "approval.plan_is_stale");
}

/// A case outlives whoever started it: somebody else answers for it, and stands aside in it.
#[test]
fn a_case_passes_to_another_initiator_who_then_stands_aside() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    let to = |who| Action::PassToInitiator { to: person(who) };
    assert!(case.ask(Some(LI), to(ZHAO)).is_err(), "not by hand");
    case.roll.inactive.insert(person(ZHAO));
    assert!(
        case.ask(None, to(ZHAO)).is_err(),
        "not to somebody who has left"
    );
    case.ask(None, to(WANG)).unwrap();
    assert_eq!(case.state.initiator, Some(person(WANG)));
    assert_ne!(
        case.holders("a"),
        [one(WANG)],
        "nobody decides what he answers for"
    );
    let nothing = case.ask(None, to(WANG)).unwrap();
    assert!(nothing.is_empty(), "once is enough");
}

/// … and the definitions that name them are found.
#[test]
fn definitions_that_name_a_leaver_are_found() {
    let flow = flow(&seq("s", &[approve("a", &[WANG], ""), task("t", ZHAO, "")]));
    assert_eq!(flow.naming(person(WANG)), [&NodeId::from("a")]);
    let mut roll = roll();
    roll.inactive.insert(person(ZHAO));
    let findings = check_people(&flow, &roll);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].message.contains("「办理t」"));
}

/// flowlong change log: 委派 several times did not come back to the first.
#[test]
fn delegation_is_a_stack() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    case.delegate("a", WANG, ZHAO).unwrap();
    case.delegate("a", ZHAO, HR).unwrap();
    assert!(case.try_approve("a", WANG).is_err());
    assert!(case.try_approve("a", ZHAO).is_err());
    // Advice is no vote: HR says no, and it merely comes back.
    case.reject("a", HR);
    assert!(case.is_active("a"));
    assert!(case.try_approve("a", WANG).is_err(), "first back to Zhao");
    case.approve("a", ZHAO);
    case.approve("a", WANG);
    assert!(case.is_done());
}

#[test]
fn delegating_in_a_circle_comes_back_too() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    case.delegate("a", WANG, ZHAO).unwrap();
    let circle = case.delegate("a", ZHAO, WANG).unwrap_err();
    assert_eq!(circle.code, "approval.same_person");
}

/// I6 and I10: a closed case takes no command, a running one keeps its definition.
#[test]
fn closed_cases_and_other_versions_are_refused() {
    let root = approve("a", &[WANG], "");
    let mut case = Case::of(&root);
    let item = case.item("a", WANG);
    let newer = publish(approval::shipped::read(&def_text(&root, "")).unwrap(), 2).unwrap();
    let command = approval::command::Command::by(
        person(WANG),
        Action::Approve {
            item,
            comment: String::new(),
        },
    );
    let refusal = decide(&newer, &case.state, &command, &case.roll, case.at).unwrap_err();
    assert_eq!(refusal.code, "approval.other_definition");
    case.approve("a", WANG);
    let refusal = case.try_approve("a", WANG).unwrap_err();
    assert_eq!(refusal.code, "approval.case_closed");
    case.ask(
        Some(WANG),
        Action::Comment {
            text: "辛苦了".into(),
        },
    )
    .unwrap();
    // What nobody sees is nothing said.
    for text in ["", " \u{3000}", "\u{200b}\u{200b}"] {
        let text = text.to_owned();
        let refusal = case.ask(Some(WANG), Action::Comment { text }).unwrap_err();
        assert_eq!(refusal.code, "approval.words_needed");
    }
    // The system says what came of it.
    let not_done = Action::NotDone {
        why: "客户已合并".into(),
        why_en: "the customer was merged".into(),
    };
    let refusal = case.ask(Some(WANG), not_done.clone()).unwrap_err();
    assert_eq!(refusal.code, "approval.system_only");
    case.ask(None, not_done).unwrap();
}

/// I9 is the caller's; the fingerprint tells a repetition from a mix-up.
#[test]
fn equal_requests_have_equal_fingerprints() {
    let case = Case::of(&approve("a", &[WANG], ""));
    let item = case.item("a", WANG);
    let ask = |comment: &str| {
        let comment = comment.to_owned();
        approval::command::Command::by(person(WANG), Action::Approve { item, comment })
    };
    assert_eq!(ask("好").fingerprint(), ask("好").fingerprint());
    assert_ne!(ask("好").fingerprint(), ask("不").fingerprint());
    let text = ask("好").fingerprint();
    let read: approval::command::Command = serde_json::from_str(&text).unwrap();
    assert_eq!(read, ask("好"));
}

/// I11: sub-cases close with their parent, and a parent's step with its sub-cases.
#[test]
fn parents_and_sub_cases() {
    let list = approval::fact::Value::List(["1", "2", "3"].map(str::to_owned).to_vec());
    for (join, enough) in [(r#""all""#, 3), (r#""any""#, 1), (r#"{"k":2}"#, 2)] {
        let root = format!(
            r#"{{"id":"e","kind":"each","over":"list","as":"it","process":"o","limit":3,
            "join":{join}}}"#
        );
        let mut case = Case::new(flow(&root)).started(LI, &[("list", list.clone())]);
        for key in ["3", "1", "2"].iter().take(enough) {
            assert!(!case.is_done());
            let close = Action::ChildClosed {
                node: "e".into(),
                key: (*key).to_owned(),
                outcome: CaseState::Rejected,
            };
            assert_eq!(
                case.ask(Some(LI), close.clone()).unwrap_err().code,
                "approval.system_only"
            );
            case.ask(None, close.clone()).unwrap();
            assert!(case.ask(None, close).is_err(), "once");
        }
        assert!(case.is_done(), "{join}: closed is closed, however it ended");
    }
    for (outcome, end) in [
        (CaseState::Completed, CaseState::Completed),
        (CaseState::Withdrawn, CaseState::Rejected),
    ] {
        let mut case = Case::of(r#"{"id":"e","kind":"sub","process":"o@^2"}"#);
        let key = approval::decide::SUB_KEY.to_owned();
        case.ask(
            None,
            Action::ChildClosed {
                node: "e".into(),
                key,
                outcome,
            },
        )
        .unwrap();
        assert_eq!(case.state.case, end);
    }
}

/// A call is tried again, then somebody does it by hand.
#[test]
fn a_failing_call_becomes_somebodys_work() {
    let root = r#"{"id":"x","kind":"call","service":"freeze","retry":{"max":2},
        "on_failure":{"do":"task","owner":{"from":"role","key":"finance"}}}"#;
    let mut case = Case::of(root);
    let fail = || Action::CallFailed {
        node: "x".into(),
        reason: "不通".into(),
    };
    let claimed = case.ask(Some(LI), Action::CallSucceeded { node: "x".into() });
    assert_eq!(claimed.unwrap_err().code, "approval.system_only");
    case.ask(None, fail()).unwrap();
    assert!(case.ask(None, fail()).is_err(), "it is not queued now");
    assert!(case.fire_next());
    case.ask(None, fail()).unwrap();
    assert_eq!(case.holders("x"), [Holder::Pool("finance".into())]);
    case.claim_and_complete("x", FINANCE);
    assert!(case.is_done());
}

#[test]
fn urging_is_limited_to_once_an_hour() {
    let mut case = Case::of(&approve("a", &[WANG], ""));
    let item = case.item("a", WANG);
    case.ask(Some(LI), Action::Urge { item }).unwrap();
    assert_eq!(
        case.ask(Some(LI), Action::Urge { item }).unwrap_err().code,
        "approval.urged_lately"
    );
    case.at = case.at.plus_millis(HOUR);
    case.ask(Some(LI), Action::Urge { item }).unwrap();
}
