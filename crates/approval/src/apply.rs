//! From events to the state, and nothing else 事件回放.

use kernel::Moment;

use crate::def::{NodeId, START};
use crate::event::{Event, What};
use crate::item::{Decision, Holder, Item, ItemNo, ItemState, Origin};
use crate::policy::Resume;
use crate::state::{
    CallState, CaseState, Child, ChildState, DirectBack, NodeRun, NodeState, Outcome, Purpose,
    State, Timer, TimerNo, TimerState,
};

/// The state after all these events.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a Event>) -> State {
    let mut state = State::default();
    for event in events {
        apply(&mut state, event);
    }
    state
}

/// Takes one event into the state. Total: asks nobody and cannot fail.
pub fn apply(state: &mut State, event: &Event) {
    state.version = event.seq;
    let at = event.at;
    match &event.what {
        What::Started { .. } => start(state, event),
        What::FactSet { key, value } => {
            state.facts.insert(key.clone(), value.clone());
        }
        What::NodeOpened {
            node,
            iteration,
            due_at,
        } => open(state, node, *iteration, at, *due_at),
        What::BranchesTaken { node, branches } => {
            run(state, node, |run| run.taken.clone_from(branches));
        }
        What::NodeClosed { node, outcome, .. } => close(state, node, *outcome, event),
        What::MilestoneReached { key, .. } => state.milestones.push(key.clone()),
        What::ItemOpened { .. }
        | What::ItemPaused { .. }
        | What::ItemWoken { .. }
        | What::ItemDecided { .. }
        | What::ItemsDropped { .. }
        | What::ItemMoved { .. }
        | What::ItemRead { .. }
        | What::Urged { .. } => on_item(state, event),
        What::Commented { .. }
        | What::NotDone { .. }
        | What::Told { .. }
        | What::CompensationQueued { .. } => {}
        What::TimerArmed { timer } => arm(state, timer),
        What::TimerFired { timer } => fire(state, *timer),
        What::ChildWanted {
            node,
            iteration,
            key,
            process,
        } => state.children.push(Child {
            node: node.clone(),
            iteration: *iteration,
            key: key.clone(),
            process: process.clone(),
            state: ChildState::Open,
        }),
        What::ChildClosed { node, key, outcome } => {
            child(state, node, key, ChildState::Closed(*outcome));
        }
        What::ChildTerminated { node, key, .. } => child(state, node, key, ChildState::Terminated),
        What::CallQueued { node, attempt, .. } => run(state, node, |run| {
            run.attempts = *attempt;
            run.call = CallState::Queued;
        }),
        What::CallFailed { node, .. } => run(state, node, |run| run.call = CallState::Failed),
        What::SentBack { .. } => send_back(state, event),
        What::CaseClosed { state: end, .. } => state.case = *end,
        What::InitiatorPassed { to, .. } => state.initiator = Some(*to),
    }
}

fn on_item(state: &mut State, event: &Event) {
    let at = event.at;
    match &event.what {
        What::ItemOpened { item } => state.items.push(item.clone()),
        What::ItemPaused { item, .. } => touch(state, *item, |it| it.state = ItemState::Waiting),
        What::ItemWoken { item, .. } => touch(state, *item, |it| it.state = ItemState::Open),
        What::ItemDecided {
            item,
            decision,
            comment,
            ..
        } => {
            touch(state, *item, |it| decided(it, *decision, comment, at));
        }
        What::ItemsDropped {
            items, superseded, ..
        } => {
            for item in items {
                touch(state, *item, |it| dropped(it, *superseded, at));
            }
        }
        What::ItemMoved {
            item,
            from,
            to,
            acting_for,
            origin,
            ..
        } => {
            touch(state, *item, |it| {
                moved(it, from, to, *origin);
                it.acting_for = *acting_for;
            });
        }
        What::ItemRead { item } => touch(state, *item, |it| it.read_at = Some(at)),
        What::Urged { item, .. } => touch(state, *item, |it| it.urged_at = Some(at)),
        _ => {}
    }
}

fn start(state: &mut State, event: &Event) {
    if let What::Started {
        definition,
        version,
        initiator,
        subject,
        subject_person,
        facts,
    } = &event.what
    {
        state.case = CaseState::Running;
        state.definition = Some((definition.clone(), *version));
        state.initiator = Some(*initiator);
        state.subject_person = *subject_person;
        state.subject.clone_from(subject);
        state.facts.clone_from(facts);
        let begun = NodeRun {
            state: NodeState::Ended(Outcome::Passed),
            opened_at: Some(event.at),
            ended_at: Some(event.at),
            ended_seq: event.seq,
            ..pending(1)
        };
        state.nodes.insert(NodeId::from(START), vec![begun]);
    }
}

fn pending(iteration: u32) -> NodeRun {
    NodeRun {
        iteration,
        state: NodeState::Pending,
        opened_at: None,
        ended_at: None,
        ended_seq: 0,
        due_at: None,
        taken: Vec::new(),
        attempts: 0,
        call: CallState::None,
        overdue: 0,
    }
}

fn run(state: &mut State, node: &NodeId, change: impl FnOnce(&mut NodeRun)) {
    if let Some(run) = state.nodes.get_mut(node).and_then(|runs| runs.last_mut()) {
        change(run);
    }
}

fn touch(state: &mut State, no: ItemNo, change: impl FnOnce(&mut Item)) {
    if let Some(item) = state.items.iter_mut().find(|item| item.no == no) {
        change(item);
    }
}

fn child(state: &mut State, node: &NodeId, key: &str, end: ChildState) {
    let mut latest = state.children.iter_mut().rev();
    if let Some(child) = latest.find(|child| child.node == *node && child.key == key) {
        child.state = end;
    }
}

fn open(state: &mut State, node: &NodeId, iteration: u32, at: Moment, due_at: Option<Moment>) {
    let runs = state.nodes.entry(node.clone()).or_default();
    if runs.last().is_none_or(|run| run.iteration != iteration) {
        runs.push(pending(iteration));
    }
    run(state, node, |run| {
        run.state = NodeState::Active;
        run.opened_at = Some(at);
        run.due_at = due_at;
    });
}

fn close(state: &mut State, node: &NodeId, outcome: Outcome, event: &Event) {
    run(state, node, |run| {
        run.state = NodeState::Ended(outcome);
        run.ended_at = Some(event.at);
        run.ended_seq = event.seq;
        run.call = CallState::None;
    });
    for timer in &mut state.timers {
        if timer.node == *node && timer.state == TimerState::Armed {
            timer.state = TimerState::Cancelled;
        }
    }
    if outcome == Outcome::Passed {
        state.direct_backs.retain(|back| back.after != *node);
    }
}

fn decided(item: &mut Item, decision: Decision, comment: &str, at: Moment) {
    item.state = ItemState::Done;
    item.decision = Some(decision);
    comment.clone_into(&mut item.comment);
    item.done_at = Some(at);
}

fn dropped(item: &mut Item, superseded: bool, at: Moment) {
    item.state = if superseded {
        ItemState::Superseded
    } else {
        ItemState::Cancelled
    };
    item.done_at = Some(at);
}

fn moved(item: &mut Item, from: &Holder, to: &Holder, origin: Origin) {
    match from {
        Holder::Person(person) => item.held_before.push(*person),
        Holder::Pool(pool) => item.pool = Some(pool.clone()),
    }
    item.holder = to.clone();
    item.origin = origin;
    item.read_at = None;
}

fn arm(state: &mut State, timer: &Timer) {
    state.timers.push(timer.clone());
    if timer.purpose == Purpose::Due {
        run(state, &timer.node, |run| run.due_at = Some(timer.fire_at));
    }
}

fn fire(state: &mut State, no: TimerNo) {
    let fired = state.timers.iter_mut().find(|timer| timer.no == no);
    let Some(timer) = fired else { return };
    timer.state = TimerState::Fired;
    if timer.purpose == Purpose::Due {
        let node = timer.node.clone();
        run(state, &node, |run| run.overdue += 1);
    }
}

fn send_back(state: &mut State, event: &Event) {
    let What::SentBack {
        to,
        reset,
        reopened,
        resume,
        ..
    } = &event.what
    else {
        return;
    };
    state.returns += 1;
    for node in reset {
        if let Some(runs) = state.nodes.get_mut(node) {
            let next = runs.last().filter(|run| run.state != NodeState::Pending);
            if let Some(next) = next.map(|run| pending(run.iteration + 1)) {
                runs.push(next);
            }
        }
    }
    for node in reopened {
        if let Some(runs) = state.nodes.get_mut(node) {
            let next = runs.last().map(|run| NodeRun {
                state: NodeState::Active,
                opened_at: Some(event.at),
                taken: run.taken.clone(),
                ..pending(run.iteration + 1)
            });
            runs.extend(next);
        }
    }
    // A second return over the place of an unfinished one makes its promise void, unless that
    // promise is only reached later and the new return keeps promises too.
    if *resume == Resume::Replay {
        state
            .direct_backs
            .retain(|back| !reset.contains(&back.after));
    } else {
        state.direct_backs.retain(|back| back.after != *to);
        state.direct_backs.push(DirectBack {
            after: to.clone(),
            reset: reset.clone(),
            facts: state.facts.clone(),
        });
    }
}
