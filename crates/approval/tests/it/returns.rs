//! Sending back: where to, what is walked again, and the way up.

use approval::command::{Action, Target};
use approval::def::NodeId;
use approval::event::What;
use approval::fact::Value;
use approval::item::ItemState;
use approval::state::{CaseState, NodeState, Outcome};

use crate::world::*;

fn to(node: &str) -> Target {
    Target::Node(NodeId::from(node))
}

fn three(extra: &str) -> Case {
    let steps = [("a", WANG), ("b", ZHAO), ("c", HR)];
    let mut case = Case::of(&seq(
        "s",
        &steps.map(|(id, who)| approve(id, &[who], extra)),
    ));
    case.approve("a", WANG);
    case.approve("b", ZHAO);
    case
}

#[test]
fn replay_walks_every_step_again() {
    let mut case = three("");
    case.send_back("c", HR, to("a")).unwrap();
    assert!(case.is_active("a"));
    assert_eq!(case.status("b"), NodeState::Pending);
    assert_eq!(case.state.run(&"a".into()).unwrap().iteration, 2);
    for (node, who) in [("a", WANG), ("b", ZHAO), ("c", HR)] {
        case.approve(node, who);
    }
    assert!(case.is_done());
}

#[test]
fn direct_back_returns_to_whoever_sent_it_back() {
    let mut case = three(r#""resume":"direct_back""#);
    case.send_back("c", HR, to("a")).unwrap();
    case.approve("a", WANG);
    assert_eq!(case.status("b"), NodeState::Ended(Outcome::Skipped));
    assert!(case.is_active("c"));
    case.approve("c", HR);
    assert!(case.is_done());
}

#[test]
fn direct_back_from_the_initiator() {
    let mut case = three(r#""resume":"direct_back""#);
    case.send_back("c", HR, Target::Initiator).unwrap();
    assert_eq!(case.holders("start"), [one(LI)]);
    case.complete("start", LI);
    assert!(case.is_active("c"), "a and b stand");
}

#[test]
fn guarded_steps_are_asked_again_when_the_facts_have_changed() {
    for (changed, asked_again) in [(false, false), (true, true)] {
        let mut steps = [("a", WANG), ("b", ZHAO), ("c", HR)]
            .map(|(id, who)| approve(id, &[who], r#""resume":"direct_back""#));
        steps[1] = approve("b", &[ZHAO], r#""class":"money""#);
        let mut case = Case::of(&seq("s", &steps));
        case.approve("a", WANG);
        case.approve("b", ZHAO);
        case.send_back("c", HR, Target::Initiator).unwrap();
        if changed {
            case.set("n", Value::Number(1_000)).unwrap();
        }
        case.complete("start", LI);
        assert!(!case.is_active("a"));
        assert_eq!(case.is_active("b"), asked_again);
    }
}

#[test]
fn a_return_inside_a_return() {
    let mut case = three(r#""resume":"direct_back""#);
    case.send_back("c", HR, to("b")).unwrap();
    case.send_back("b", ZHAO, to("a")).unwrap();
    case.approve("a", WANG);
    assert!(case.is_active("b"), "b was sent back and is not skipped");
    case.approve("b", ZHAO);
    case.approve("c", HR);
    assert!(case.is_done());
}

#[test]
fn locked_facts_change_only_in_the_initiators_hands() {
    let mut case = three("");
    assert!(case.set("locked", Value::Number(5)).is_err());
    case.send_back("c", HR, Target::Initiator).unwrap();
    case.set("locked", Value::Number(5)).unwrap();
    assert_eq!(case.state.facts["locked"], Value::Number(5));
}

#[test]
fn previous_is_the_step_done_last() {
    let mut case = three("");
    case.send_back("c", HR, Target::Previous).unwrap();
    assert!(case.is_active("b"));
    case.send_back("b", ZHAO, Target::Previous).unwrap();
    assert!(case.is_active("a"));
    case.send_back("a", WANG, Target::Previous).unwrap();
    assert_eq!(
        case.holders("start"),
        [one(LI)],
        "before the first step is the initiator"
    );
}

#[test]
fn only_so_often() {
    let root = seq("s", &[approve("a", &[WANG], ""), approve("b", &[ZHAO], "")]);
    let mut case = Case::new(flow_with(&root, r#""max_returns":1,"#)).started(LI, &[]);
    case.approve("a", WANG);
    case.send_back("b", ZHAO, to("a")).unwrap();
    case.approve("a", WANG);
    let refusal = case.send_back("b", ZHAO, to("a")).unwrap_err();
    assert_eq!(refusal.code, "approval.nowhere_back");
}

#[test]
fn only_where_the_step_allows() {
    let back = r#""return_to":["previous"]"#;
    let mut case = three(back);
    for target in [
        to("a"),
        Target::Initiator,
        to("s"),
        to("c"),
        to("nowhere"),
        to("start"),
    ] {
        assert!(
            case.send_back("c", HR, target.clone()).is_err(),
            "{target:?}"
        );
    }
    case.send_back("c", HR, to("b")).unwrap();
    let mut case = three(r#""allow":[]"#);
    let refusal = case.send_back("c", HR, to("a")).unwrap_err();
    assert_eq!(refusal.code, "approval.not_allowed");
}

/// a, then side by side (b, c, d in a row) and (e), then f.
fn forked() -> Case {
    let row = [("b", ZHAO), ("c", HR), ("d", HR2)];
    let row = row.map(|(id, who)| approve(id, &[who], ""));
    let fork = par(
        "p",
        r#""all""#,
        &[seq("row", &row), approve("e", &[IT], "")],
    );
    let last = approve("f", &[FINANCE], "");
    let mut case = Case::of(&seq("s", &[approve("a", &[WANG], ""), fork, last]));
    case.approve("a", WANG);
    case
}

#[test]
fn out_of_a_parallel_branch_everything_in_it_is_walked_again() {
    let mut case = forked();
    let e = case.item("e", IT);
    case.approve("b", ZHAO);
    case.send_back("c", HR, to("a")).unwrap();
    assert_eq!(case.item_state(e), ItemState::Cancelled);
    case.approve("a", WANG);
    assert!(case.is_active("b") && case.is_active("e"));
    assert_eq!(
        case.holders("e"),
        [one(IT)],
        "nobody lost his item for good"
    );
}

#[test]
fn inside_a_parallel_branch_the_other_runs_on() {
    let mut case = forked();
    let e = case.item("e", IT);
    case.approve("b", ZHAO);
    case.send_back("c", HR, to("b")).unwrap();
    assert_eq!(case.item_state(e), ItemState::Open);
    assert!(case.is_active("b"));
}

#[test]
fn between_parallel_branches_there_is_no_before() {
    let mut case = forked();
    case.approve("b", ZHAO);
    assert!(case.send_back("e", IT, to("b")).is_err());
    let refusal = case.send_back("c", HR, to("e")).unwrap_err();
    assert_eq!(refusal.code, "approval.nowhere_back");
}

#[test]
fn into_a_finished_parallel_branch_the_finished_others_stay_done() {
    let mut case = forked();
    for (node, who) in [("b", ZHAO), ("c", HR), ("d", HR2), ("e", IT)] {
        case.approve(node, who);
    }
    case.send_back("f", FINANCE, to("c")).unwrap();
    assert!(case.passed("b") && case.passed("e"));
    assert!(case.is_active("p") && case.is_active("row") && case.is_active("c"));
    assert_eq!(
        (case.status("d"), case.status("f")),
        (NodeState::Pending, NodeState::Pending)
    );
    for (node, who) in [("c", HR), ("d", HR2), ("f", FINANCE)] {
        case.approve(node, who);
    }
    assert!(case.is_done());
}

#[test]
fn into_a_branch_of_a_choice_the_choice_is_not_made_again() {
    let choice = format!(
        r#"{{"id":"x","kind":"choice","branches":[{{"id":"yes","node":{},
        "when":{{"fact":"flag","op":"=","value":true}}}}],
        "otherwise":{{"id":"no","kind":"nop"}}}}"#,
        approve("b", &[ZHAO], "")
    );
    let root = seq("s", &[choice, approve("c", &[HR], "")]);
    let mut case = Case::new(flow(&root)).started(LI, &[("flag", Value::Flag(true))]);
    case.approve("b", ZHAO);
    case.set("flag", Value::Flag(false)).unwrap();
    case.send_back("c", HR, to("b")).unwrap();
    assert_eq!(case.holders("b"), [one(ZHAO)]);
    case.approve("b", ZHAO);
    case.approve("c", HR);
    assert!(case.is_done());
}

#[test]
fn not_across_what_cannot_be_undone() {
    for (undo, possible) in [("", false), (r#""compensate":"thaw","#, true)] {
        let call = format!(
            r#"{{"id":"x","kind":"call","service":"freeze",{undo}"on_failure":{{"do":"reject"}}}}"#
        );
        let steps = [approve("a", &[WANG], ""), call, approve("b", &[ZHAO], "")];
        let mut case = Case::of(&seq("s", &steps));
        case.approve("a", WANG);
        case.ask(None, Action::CallSucceeded { node: "x".into() })
            .unwrap();
        let sent = case.send_back("b", ZHAO, to("a"));
        assert_eq!(sent.is_ok(), possible);
        let undone = |what: &What| matches!(what, What::CompensationQueued { .. });
        assert_eq!(
            case.events.iter().any(|event| undone(&event.what)),
            possible
        );
        if possible {
            case.approve("a", WANG);
            assert!(case.is_active("x"), "what was undone is done again");
        }
    }
}

#[test]
fn not_across_a_call_whose_answer_is_not_known() {
    let call =
        r#"{"id":"x","kind":"call","service":"s","compensate":"u","on_failure":{"do":"reject"}}"#;
    let fork = par(
        "p",
        r#""all""#,
        &[call.to_owned(), approve("b", &[ZHAO], "")],
    );
    let mut case = Case::of(&seq("s", &[approve("a", &[WANG], ""), fork]));
    case.approve("a", WANG);
    assert!(case.send_back("b", ZHAO, to("a")).is_err());
    case.ask(None, Action::CallSucceeded { node: "x".into() })
        .unwrap();
    case.send_back("b", ZHAO, to("a")).unwrap();
}

#[test]
fn not_across_closed_sub_cases_and_open_ones_end() {
    let sub = r#"{"id":"x","kind":"each","over":"list","as":"it","process":"other","limit":5}"#;
    let steps = [
        approve("a", &[WANG], ""),
        par(
            "p",
            r#""all""#,
            &[sub.to_owned(), approve("b", &[ZHAO], "")],
        ),
    ];
    let list = Value::List(vec!["1".into(), "2".into()]);
    let mut case = Case::new(flow(&seq("s", &steps))).started(LI, &[("list", list)]);
    case.approve("a", WANG);
    case.send_back("b", ZHAO, to("a")).unwrap();
    let ended = |what: &What| matches!(what, What::ChildTerminated { .. });
    assert_eq!(
        case.events
            .iter()
            .filter(|event| ended(&event.what))
            .count(),
        2
    );
    case.approve("a", WANG);
    let (key, outcome) = ("1".to_owned(), CaseState::Completed);
    case.ask(
        None,
        Action::ChildClosed {
            node: "x".into(),
            key,
            outcome,
        },
    )
    .unwrap();
    assert!(case.send_back("b", ZHAO, to("a")).is_err());
}

#[test]
fn a_returned_case_may_be_withdrawn() {
    let mut case = three("");
    let withdraw = || Action::Withdraw {
        reason: String::new(),
    };
    assert_eq!(
        case.ask(Some(LI), withdraw()).unwrap_err().code,
        "approval.cannot_withdraw"
    );
    case.send_back("c", HR, Target::Initiator).unwrap();
    assert_eq!(
        case.ask(Some(WANG), withdraw()).unwrap_err().code,
        "approval.not_initiator"
    );
    case.ask(Some(LI), withdraw()).unwrap();
    assert_eq!(case.state.case, CaseState::Withdrawn);
}

fn reopen(case: &mut Case, node: &str) -> Vec<approval::event::Event> {
    let node = NodeId::from(node);
    case.ask(None, Action::Reopen { node }).unwrap()
}

/// Two tasks side by side; then nothing until the number is zero; then money.
fn handover() -> Case {
    let wait = r#"{"id":"settled","kind":"wait","title":"等","deadline":{"days":9},
        "until":{"fact":"n","op":"=","value":0}}"#;
    let tasks = par(
        "both",
        r#""all""#,
        &[task("plan", WANG, ""), task("list", IT, "")],
    );
    let steps = [tasks, wait.to_owned(), task("pay", FINANCE, "")];
    Case::new(flow(&seq("s", &steps))).started(LI, &[("n", Value::Number(2))])
}

#[test]
fn a_task_whose_work_came_undone_is_open_again() {
    let mut case = handover();
    assert!(reopen(&mut case, "plan").is_empty(), "it is open anyway");
    case.complete("plan", WANG);
    reopen(&mut case, "plan");
    assert_eq!(case.holders("plan"), [one(WANG)]);
    let run = case.state.run(&"plan".into()).unwrap();
    assert_eq!((run.iteration, run.due_at.is_some()), (2, true));
    case.complete("plan", WANG);
    case.complete("list", IT);
    // What around it had ended runs on, and what waits behind it waits again.
    assert!(case.is_active("settled"));
    reopen(&mut case, "plan");
    assert!(case.is_active("both") && case.is_active("plan") && case.passed("list"));
    assert_eq!(case.status("settled"), NodeState::Pending);
    case.set("n", Value::Number(0)).unwrap();
    assert_eq!(case.status("settled"), NodeState::Pending);
    case.complete("plan", WANG);
    assert!(case.passed("settled") && case.is_active("pay"));
}

#[test]
fn what_people_have_gone_on_from_is_not_opened_again() {
    let mut case = handover();
    case.complete("plan", WANG);
    case.complete("list", IT);
    case.set("n", Value::Number(0)).unwrap();
    assert!(reopen(&mut case, "plan").is_empty(), "money is being paid");
    assert!(case.is_active("pay") && case.passed("plan"));
    let node = NodeId::from("both");
    let no = case.ask(None, Action::Reopen { node }).unwrap_err();
    assert_eq!(no.code, "approval.wrong_kind");
    let node = NodeId::from("plan");
    let no = case.ask(Some(WANG), Action::Reopen { node }).unwrap_err();
    assert_eq!(no.code, "approval.system_only");
}
