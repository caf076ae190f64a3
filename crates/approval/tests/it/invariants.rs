//! I1–I14 of the domain notes, under definitions out of thin air and people who press anything.

use std::collections::{BTreeMap, BTreeSet};

use approval::command::{Action, Command, PlanRow, Seating, Target};
use approval::decide::decide;
use approval::def::{Node, NodeId, START};
use approval::directory::Directory;
use approval::event::{About, Event, What};
use approval::fact::{Value, people_in};
use approval::item::{Decision, Holder, Item, ItemKind, ItemNo, ItemState, Origin};
use approval::policy::Anchor;
use approval::shipped::read;
use approval::state::{CallState, CaseState, ChildState, NodeState, State, TimerNo, TimerState};
use approval::validate::{Severity, check, publish};
use kernel::EmployeeId;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::generate::{Poke, definition, pokes};
use crate::world::*;

pub(crate) fn started(text: &str) -> Case {
    let flow = publish(read(text).unwrap(), 1).unwrap();
    let mut case = Case::new(flow);
    case.roll.stand_ins.insert(person(MANAGER), person(ZHAO));
    case.roll.stand_ins.insert(person(HR2), person(LI));
    let facts = [
        ("n", Value::Number(1)),
        ("buddy", name(WANG)),
        ("team", names(&[ZHAO, WANG, LI])),
        ("list", Value::List(vec!["a".into(), "b".into()])),
    ];
    case.started(LI, &facts)
}

/// An item to poke at: mostly a live one.
fn target(case: &Case, x: u8) -> Option<&Item> {
    let live: Vec<&Item> = case
        .state
        .items
        .iter()
        .filter(|item| item.is_live())
        .collect();
    let all: Vec<&Item> = case.state.items.iter().collect();
    let choice = if x.is_multiple_of(5) || live.is_empty() {
        all
    } else {
        live
    };
    choice
        .get(usize::from(x / 5) % choice.len().max(1))
        .copied()
}

/// Mostly the right person for the item.
fn presser(case: &Case, item: Option<&Item>, who: u8, y: u8) -> EmployeeId {
    match item.map(|item| &item.holder) {
        Some(Holder::Person(person)) if !y.is_multiple_of(4) => *person,
        Some(Holder::Pool(pool)) if !y.is_multiple_of(4) => {
            let members = case.roll.members(pool);
            members
                .get(usize::from(y) % members.len().max(1))
                .copied()
                .unwrap_or(person(who))
        }
        _ => person(who),
    }
}

fn system(case: &Case, what: u8, x: u8) -> Action {
    let pick = usize::from(x);
    let nodes: Vec<&NodeId> = case.state.nodes.keys().collect();
    let node = nodes[pick % nodes.len()].clone();
    match what {
        0..=3 => {
            let armed = case
                .state
                .timers
                .iter()
                .filter(|it| it.state == TimerState::Armed);
            let armed: Vec<TimerNo> = armed.map(|timer| timer.no).collect();
            let timer = armed
                .get(pick % armed.len().max(1))
                .copied()
                .unwrap_or(TimerNo(0));
            Action::FireTimer { timer }
        }
        4 => Action::SetFact {
            key: "n".into(),
            value: Value::Number(i64::from(x % 3)),
        },
        5 => Action::SetFact {
            key: "flag".into(),
            value: Value::Flag(x.is_multiple_of(2)),
        },
        6 if x.is_multiple_of(6) => Action::Amend {
            node,
            facts: [("locked".to_owned(), Value::Number(i64::from(x)))].into(),
            standing: (0..PEOPLE).filter(|n| n % 3 != x % 3).map(person).collect(),
        },
        6 => Action::SetFact {
            key: "buddy".into(),
            value: name(x % PEOPLE),
        },
        7 if x.is_multiple_of(3) => Action::Reopen { node },
        7 => Action::CallSucceeded { node },
        8 => Action::CallFailed {
            node,
            reason: "不通".into(),
        },
        _ => {
            let open = case
                .state
                .children
                .iter()
                .filter(|it| it.state == ChildState::Open);
            let open: Vec<_> = open.collect();
            match open.get(pick % open.len().max(1)) {
                Some(child) => Action::ChildClosed {
                    node: child.node.clone(),
                    key: child.key.clone(),
                    outcome: if x.is_multiple_of(2) {
                        CaseState::Completed
                    } else {
                        CaseState::Rejected
                    },
                },
                None => Action::PassToInitiator {
                    to: person(x % PEOPLE),
                },
            }
        }
    }
}

fn command(case: &Case, (what, who, x, y): Poke) -> Command {
    if what < 30 {
        return Command::by_system(system(case, what / 3, x));
    }
    let found = target(case, x);
    let by = presser(case, found, who, y);
    let item = found.map_or(ItemNo(0), |item| item.no);
    let comment = "说明".to_owned();
    let to = person(y % PEOPLE);
    let nodes: Vec<&NodeId> = case.state.nodes.keys().collect();
    let node = nodes[usize::from(y) % nodes.len()].clone();
    let seating = [Seating::Before, Seating::After, Seating::Parallel][usize::from(y) % 3];
    let action = match what {
        30..=44 => Action::Approve { item, comment },
        45..=47 => Action::Reject { item, comment },
        48..=49 => Action::Abstain { item, comment },
        50..=55 => Action::Complete {
            item,
            comment,
            checked: Vec::new(),
        },
        58..=59 => Action::SendBack {
            item,
            to: Target::Previous,
            comment,
        },
        60..=61 => Action::SendBack {
            item,
            to: Target::Node(node),
            comment,
        },
        62 => Action::SendBack {
            item,
            to: Target::Initiator,
            comment,
        },
        63..=67 => Action::HandOn { item, to, comment },
        68..=72 => Action::Delegate { item, to, comment },
        73..=79 => Action::AddSigner {
            item,
            person: to,
            seating,
            comment,
        },
        80..=84 => return removal(case, by, item),
        85..=89 => Action::Claim { item },
        90..=91 => Action::Urge { item },
        92 => Action::Comment { text: comment },
        93..=94 => Action::MarkRead { item },
        95 => Action::Withdraw { reason: comment },
        96 if y < 60 => Action::Terminate { reason: comment },
        97 if y < 60 => {
            let plan = vec![PlanRow {
                item,
                to: Holder::Person(to),
            }];
            Action::HandOnByDeparture { from: by, plan }
        }
        _ => Action::HandOnByDeparture {
            from: by,
            plan: Vec::new(),
        },
    };
    Command::by(by, action)
}

/// Mostly the removal of a signer by whoever added him.
fn removal(case: &Case, by: EmployeeId, item: ItemNo) -> Command {
    let mut live = case.state.items.iter().filter(|item| item.is_live());
    let added = live.find(|it| it.origin == Origin::Added);
    let adder = added.and_then(|it| case.state.item(it.parent?));
    match (added, adder.map(|adder| &adder.holder)) {
        (Some(added), Some(Holder::Person(adder))) => {
            Command::by(*adder, Action::RemoveSigner { item: added.no })
        }
        _ => Command::by(by, Action::RemoveSigner { item }),
    }
}

/// Who must stand aside at a step, worked out apart from the engine.
fn excluded(case: &Case, state: &State, node: &NodeId) -> BTreeSet<EmployeeId> {
    let Some(rules) = case.flow.find(node).and_then(Node::rules) else {
        return BTreeSet::new();
    };
    let people = rules.exclude.iter().flat_map(|anchor| match anchor {
        Anchor::Initiator => state.initiator.into_iter().collect(),
        Anchor::Subject => state.subject_person.into_iter().collect(),
        Anchor::Fact(key) => people_in(&state.facts, key),
        Anchor::Assignee => Vec::new(),
    });
    people.collect()
}

/// I3: what somebody or something is going to move on.
pub(crate) fn is_cared_for(case: &Case, node: &NodeId) -> bool {
    let state = &case.state;
    let manned = |pool: &String| {
        let mut members = case.roll.members(pool).into_iter();
        members.any(|person| case.roll.is_active(person))
    };
    let held = |item: &Item| match &item.holder {
        Holder::Person(person) => case.roll.is_active(*person),
        Holder::Pool(pool) => manned(pool),
    };
    let open = |item: &Item| item.state == ItemState::Open && item.kind != ItemKind::Cc;
    let mut timers = state.timers.iter();
    state.items_in(node).any(|item| open(item) && held(item))
        || timers.any(|timer| timer.node == *node && timer.state == TimerState::Armed)
        || state
            .children_in(node)
            .any(|child| child.state == ChildState::Open)
        || state
            .run(node)
            .is_some_and(|run| run.call == CallState::Queued)
}

fn no_orphan(case: &Case) {
    if case.state.case != CaseState::Running {
        return;
    }
    let start = NodeId::from(START);
    let leaves = case.flow.nodes().into_iter().filter(|node| node.is_leaf());
    let ids = leaves.map(Node::id).chain([&start]);
    let active: Vec<_> = ids
        .filter(|id| case.state.status(id) == NodeState::Active)
        .collect();
    assert!(!active.is_empty(), "I3: a running case stands somewhere");
    for id in active {
        assert!(
            is_cared_for(case, id),
            "I3: {id} is an orphan: {:#?}",
            case.state
        );
    }
}

/// What must hold between two commands.
pub(crate) fn invariants(case: &Case) {
    let state = &case.state;
    for (index, event) in case.events.iter().enumerate() {
        assert_eq!(event.seq, u64::try_from(index).unwrap() + 1, "I1: dense");
    }
    no_orphan(case);
    for item in state
        .items
        .iter()
        .filter(|it| it.is_live() && it.kind != ItemKind::Cc)
    {
        assert_eq!(
            state.case,
            CaseState::Running,
            "I4: nothing open in a closed case"
        );
        assert_eq!(state.status(&item.node), NodeState::Active, "I4: {item:?}");
        assert_eq!(
            state.run(&item.node).unwrap().iteration,
            item.iteration,
            "I4: {item:?}"
        );
        let Holder::Person(holder) = item.holder else {
            continue;
        };
        let aside = excluded(case, state, &item.node);
        assert!(
            !aside.contains(&holder),
            "I8: holds a seat he must not: {item:?}"
        );
    }
    for child in state
        .children
        .iter()
        .filter(|child| child.state == ChildState::Open)
    {
        assert_eq!(
            state.status(&child.node),
            NodeState::Active,
            "I11: {child:?}"
        );
    }
    for timer in state
        .timers
        .iter()
        .filter(|timer| timer.state == TimerState::Armed)
    {
        assert_eq!(
            state.status(&timer.node),
            NodeState::Active,
            "a timer outlives {timer:?}"
        );
    }
    ends(case);
}

/// I5, I6 and I14: a walk ends once, a case ends once, and its initiator hears of it.
fn ends(case: &Case) {
    let state = &case.state;
    let mut ended = BTreeSet::new();
    let mut closed = 0;
    for event in &case.events {
        match &event.what {
            What::NodeClosed {
                node, iteration, ..
            } => {
                assert!(ended.insert((node, iteration)), "I5: {node} ended twice");
            }
            What::CaseClosed { tell, .. } => {
                closed += 1;
                assert!(
                    tell.contains(&state.initiator.unwrap()),
                    "I14: the initiator is told"
                );
            }
            _ => {}
        }
    }
    assert!(closed <= 1, "I6: closes once");
    assert_eq!(closed == 1, state.case.is_closed(), "I6");
}

/// What must hold of one accepted command.
fn step_invariants(case: &Case, before: &State, asked: &Command, events: &[Event]) {
    for event in events {
        if let What::ItemDecided {
            node,
            acting_for,
            decision,
            ..
        } = &event.what
            && *decision != Decision::Read
            && let Some(by) = event.by
        {
            let aside = excluded(case, before, node);
            assert!(
                !aside.contains(&by),
                "I8: decided though excluded: {event:?}"
            );
            let for_whom = acting_for.is_some_and(|whom| aside.contains(&whom));
            assert!(!for_whom, "I8: decided for somebody excluded: {event:?}");
        }
    }
    let quiet = |state: &State| {
        let mut state = state.clone();
        (state.version, state.timers) = (0, Vec::new());
        state.items.iter_mut().for_each(|item| item.urged_at = None);
        state
    };
    let reminded = events.iter().any(|event| {
        matches!(
            event.what,
            What::Told {
                about: About::Reminder,
                ..
            }
        )
    });
    if matches!(asked.action, Action::Urge { .. }) || reminded {
        assert_eq!(
            quiet(before),
            quiet(&case.state),
            "I12: a reminder changes nothing"
        );
    }
    if before.case.is_closed() {
        let harmless = matches!(
            asked.action,
            Action::Comment { .. } | Action::MarkRead { .. }
        );
        assert!(harmless, "I6: {asked:?} on a closed case");
    }
    if let Action::HandOnByDeparture { from, .. } = asked.action {
        let holder = Holder::Person(from);
        let mut items = case.state.items.iter();
        assert!(
            !items.any(|it| it.is_live() && it.holder == holder),
            "I13: {from} holds on"
        );
    }
}

fn poke(case: &mut Case, poke: Poke) {
    let asked = command(case, poke);
    let before = case.state.clone();
    case.at = case.at.plus_millis(HOUR / 4);
    if let Action::FireTimer { timer } = asked.action
        && let Some(timer) = case.state.timers.iter().find(|it| it.no == timer)
    {
        case.at = case.at.max(timer.fire_at);
    }
    let Ok(events) = decide(&case.flow, &case.state, &asked, &case.roll, case.at) else {
        return;
    };
    let again = decide(&case.flow, &case.state, &asked, &case.roll, case.at);
    assert_eq!(again.as_ref(), Ok(&events), "deterministic");
    for event in &events {
        approval::apply::apply(&mut case.state, event);
    }
    case.events.extend(events.iter().cloned());
    step_invariants(case, &before, &asked, &events);
    if let Action::HandOnByDeparture { from, .. } = asked.action
        && from != person(ADMIN)
    {
        case.roll.inactive.insert(from);
    }
    invariants(case);
}

/// The blind pokes would prove nothing if they reached nothing.
#[test]
fn the_pokes_reach_every_kind_of_event() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for _ in 0..500 {
        let text = definition().new_tree(&mut runner).unwrap().current();
        let pressed = pokes(80).new_tree(&mut runner).unwrap().current();
        let mut case = started(&text);
        for one in pressed {
            poke(&mut case, one);
        }
        for event in &case.events {
            let json = serde_json::to_value(&event.what).unwrap();
            let kind = json["kind"].as_str().unwrap().to_owned();
            let detail = ["origin", "outcome", "decision", "why", "state"];
            let detail = detail.iter().filter_map(|key| json[key].as_str());
            let detail = detail.fold(kind, |kind, word| format!("{kind} {word}"));
            *seen.entry(detail).or_default() += 1;
        }
    }
    for wanted in [
        "branches_taken",
        "call_failed",
        "case_closed completed",
        "case_closed rejected",
        "case_closed terminated",
        "case_closed withdrawn",
        "child_closed completed",
        "child_closed rejected",
        "child_terminated",
        "initiator_passed",
        "item_decided abstain",
        "item_decided approve",
        "item_decided complete",
        "item_decided read",
        "item_decided reject",
        "item_decided send_back",
        "item_moved claim",
        "item_moved departure",
        "item_moved escalation",
        "item_moved excluded",
        "item_moved hand_on",
        "item_paused",
        "item_woken",
        "items_dropped branch_decided",
        "items_dropped signer_removed",
        "milestone_reached",
        "node_closed passed empty",
        "node_closed passed timeout",
        "node_closed skipped direct_back",
        "sent_back",
        "urged",
    ] {
        assert!(
            seen.contains_key(wanted),
            "{wanted} is never reached: {seen:#?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn generated_definitions_are_accepted_and_survive_the_wire(text in definition()) {
        let def = read(&text).unwrap();
        let errors = check(&def);
        prop_assert!(errors.iter().all(|it| it.severity == Severity::Warning), "{:?}", errors);
        let json = serde_json::to_string(&def).unwrap();
        prop_assert_eq!(read(&json).unwrap(), def);
    }

    #[test]
    fn whatever_people_press(text in definition(), pressed in pokes(80)) {
        let mut case = started(&text);
        invariants(&case);
        for one in pressed {
            poke(&mut case, one);
        }
        let replayed = approval::apply::fold(&case.events);
        prop_assert_eq!(&replayed, &case.state, "I2: the state is the fold of the events");
        let json = serde_json::to_string(&case.events).unwrap();
        let read: Vec<Event> = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(read, case.events, "events survive the wire");
        let json = serde_json::to_string(&case.state).unwrap();
        prop_assert_eq!(serde_json::from_str::<State>(&json).unwrap(), replayed);
    }
}
