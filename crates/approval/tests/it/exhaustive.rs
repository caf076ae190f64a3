//! Every small tree, every order of doing things; and independent branches commute.

use std::collections::HashSet;

use approval::apply::apply;
use approval::command::{Action, Command, Seating, Target};
use approval::decide::decide;
use approval::item::{Holder, Item, ItemKind, ItemState};
use approval::policy::Due;
use approval::state::{CaseState, Purpose, State, TimerState};
use kernel::Moment;
use proptest::prelude::*;

use crate::invariants::invariants;
use crate::world::*;

/// Every shape of a tree with this many leaves: sequences and parallels of two or more.
fn shapes(leaves: usize) -> Vec<Shape> {
    if leaves == 1 {
        return vec![Shape::Leaf];
    }
    let mut all = Vec::new();
    for first in 1..leaves {
        for left in shapes(first) {
            for right in shapes(leaves - first) {
                all.push(Shape::Seq(Box::new(left.clone()), Box::new(right.clone())));
                all.push(Shape::Par(Box::new(left.clone()), Box::new(right)));
            }
        }
    }
    all
}

#[derive(Clone)]
enum Shape {
    Leaf,
    Seq(Box<Shape>, Box<Shape>),
    Par(Box<Shape>, Box<Shape>),
}

const TRIO: [u8; 3] = [WANG, ZHAO, HR];

/// Writes a shape down, with leaves chosen by the digits of `style`.
fn written(shape: &Shape, next: &mut usize, style: usize) -> String {
    *next += 1;
    let id = format!("n{next}");
    match shape {
        Shape::Leaf => {
            let who = TRIO[*next % 3];
            let other = TRIO[(*next + 1) % 3];
            match (style + *next) % 5 {
                0 => approve(&id, &[who], ""),
                1 => approve(&id, &[who, other], r#""mode":"any_of""#),
                2 => approve(&id, &[who], r#""resume":"direct_back""#),
                3 => task(&id, who, r#""allow":["delegate"]"#),
                _ => r#"{"id":"ID","kind":"timer","after":{"hours":1}}"#.replace("ID", &id),
            }
        }
        Shape::Seq(left, right) => {
            let children = [written(left, next, style), written(right, next, style)];
            seq(&id, &children)
        }
        Shape::Par(left, right) => {
            let join = if style.is_multiple_of(2) {
                r#""all""#
            } else {
                r#""any""#
            };
            let children = [written(left, next, style), written(right, next, style)];
            par(&id, join, &children)
        }
    }
}

/// Everything the three, and time, can do now.
fn moves(case: &Case) -> Vec<Command> {
    let mut moves = Vec::new();
    for item in case
        .state
        .items
        .iter()
        .filter(|item| item.state == ItemState::Open)
    {
        let Holder::Person(by) = item.holder else {
            continue;
        };
        let (no, comment) = (item.no, "好".to_owned());
        let mut ask = |action| moves.push(Command::by(by, action));
        if item.kind != ItemKind::Approve {
            ask(Action::Complete {
                item: no,
                comment,
                checked: Vec::new(),
            });
            continue;
        }
        let other = TRIO
            .map(person)
            .into_iter()
            .find(|other| *other != by)
            .unwrap();
        ask(Action::Approve {
            item: no,
            comment: comment.clone(),
        });
        ask(Action::Reject {
            item: no,
            comment: comment.clone(),
        });
        ask(Action::SendBack {
            item: no,
            to: Target::Previous,
            comment: comment.clone(),
        });
        if item.is_seat() && case.state.items.len() < 4 {
            let (person, seating) = (other, Seating::Before);
            ask(Action::AddSigner {
                item: no,
                person,
                seating,
                comment,
            });
        }
    }
    let timers = case.state.timers.iter();
    let delays = timers.filter(|timer| timer.purpose == Purpose::Delay);
    for timer in delays.filter(|timer| timer.state == TimerState::Armed) {
        moves.push(Command::by_system(Action::FireTimer { timer: timer.no }));
    }
    moves
}

/// What decides how a state goes on: the present walks and their items, whatever their numbers.
fn essence(state: &State) -> (Vec<String>, u32, usize) {
    let runs = state.nodes.iter().filter_map(|(node, runs)| {
        let run = runs.last()?;
        Some(format!("{node} {:?} {}", run.state, run.iteration))
    });
    let items = state
        .nodes
        .keys()
        .flat_map(|node| state.items_in(node))
        .map(line);
    let mut lines: Vec<String> = runs.chain(items).collect();
    lines.push(format!("{:?} {:?}", state.case, state.direct_backs));
    lines.sort_unstable();
    (lines, state.returns, state.items.len().min(4))
}

fn line(item: &Item) -> String {
    let Item {
        node,
        iteration,
        holder,
        state,
        decision,
        seat,
        ..
    } = item;
    format!("{node} {iteration} {holder:?} {state:?} {decision:?} {seat:?}")
}

/// Time stands still and everything is due, so that a timer may fire at any point.
fn at_once(from: Moment, _: Due) -> Moment {
    from
}

/// Walks through every state a case can reach. Returns how many there are, and how many are ends.
fn explore(root: &str) -> (usize, usize) {
    let flow = flow_with(root, r#""max_returns":1,"#);
    let mut seen = HashSet::new();
    let mut ends = HashSet::new();
    let mut start = Case::new(flow);
    start.roll.calendar = &at_once;
    let mut case = start.started(LI, &[]);
    let mut ahead = vec![(case.state.clone(), case.events.clone())];
    while let Some((state, events)) = ahead.pop() {
        if !seen.insert(essence(&state)) {
            continue;
        }
        (case.state, case.events) = (state, events);
        invariants(&case);
        let mut steps = 0;
        for command in moves(&case) {
            let Ok(new) = decide(&case.flow, &case.state, &command, &case.roll, case.at) else {
                continue;
            };
            steps += 1;
            let mut state = case.state.clone();
            new.iter().for_each(|event| apply(&mut state, event));
            let events = case.events.iter().cloned().chain(new).collect();
            ahead.push((state, events));
        }
        if steps == 0 {
            assert!(case.state.case.is_closed(), "stuck: {:#?}", case.state);
            ends.insert(case.state.case);
        }
    }
    assert!(
        ends.contains(&CaseState::Completed) || root.contains("timer"),
        "no way to the end"
    );
    (seen.len(), ends.len())
}

/// All trees of up to three leaves in five styles, and of four leaves in three of them, with three
/// people, one return and one added signer: no state breaks an invariant, none is stuck.
#[test]
fn every_small_tree_in_every_order() {
    let (mut trees, mut states) = (0, 0);
    for leaves in 1..=4 {
        for (index, shape) in shapes(leaves).iter().enumerate() {
            for style in 0..5 {
                if leaves == 4 && (index + style) % 5 > 2 {
                    continue;
                }
                let (reached, _) = explore(&written(shape, &mut 0, style));
                (trees, states) = (trees + 1, states + reached);
            }
        }
    }
    println!("{trees} trees, {states} states");
    assert!(
        trees >= 100 && states >= 5_000,
        "{trees} trees, {states} states"
    );
}

/// What a case looks like when the order of numbers does not matter.
fn picture(state: &State) -> Vec<String> {
    let runs = state.nodes.iter().flat_map(|(node, runs)| {
        runs.iter()
            .map(move |run| format!("{node} {} {:?}", run.iteration, run.state))
    });
    let mut lines: Vec<String> = runs.chain(state.items.iter().map(line)).collect();
    lines.push(format!("{:?}", state.case));
    lines.sort_unstable();
    lines
}

/// The first who can approves the step.
fn advance(case: &mut Case, node: &str) {
    let items = case.state.items.iter();
    let mut open = items.filter(|item| item.state == ItemState::Open && item.node.0 == node);
    let Some(Item {
        holder: Holder::Person(by),
        no,
        ..
    }) = open.next()
    else {
        return;
    };
    let (item, comment) = (*no, "好".to_owned());
    let command = Command::by(*by, Action::Approve { item, comment });
    let events = decide(&case.flow, &case.state, &command, &case.roll, case.at).unwrap();
    events
        .iter()
        .for_each(|event| apply(&mut case.state, event));
}

proptest! {
    /// Steps in different branches of a parallel that waits for all commute.
    #[test]
    fn independent_branches_commute(
        lengths in (1..4_usize, 1..4_usize),
        order in prop::collection::vec(any::<bool>(), 0..6),
        seats in 1..3_usize,
    ) {
        let branch = |name: &str, length: usize| {
            let steps: Vec<String> = (0..length)
                .map(|n| approve(&format!("{name}{n}"), &TRIO[..seats], ""))
                .collect();
            seq(name, &steps)
        };
        let root = par("p", r#""all""#, &[branch("l", lengths.0), branch("r", lengths.1)]);
        let mut mixed = Case::of(&root);
        let mut sorted = Case::of(&root);
        let go = |case: &mut Case, left: bool| {
            let name = if left { "l" } else { "r" };
            let mut nodes = (0..3).map(|n| format!("{name}{n}"));
            let active = nodes.find(|node| case.is_active(node));
            if let Some(node) = active {
                advance(case, &node);
            }
        };
        for left in &order {
            go(&mut mixed, *left);
        }
        let lefts = order.iter().filter(|left| **left).count();
        for _ in 0..lefts {
            go(&mut sorted, true);
        }
        for _ in lefts..order.len() {
            go(&mut sorted, false);
        }
        prop_assert_eq!(picture(&mixed.state), picture(&sorted.state));
    }
}
