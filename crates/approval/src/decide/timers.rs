//! Due times, reminders, delays and retries 时限、提醒、升级.

use kernel::Moment;

use super::place::Place;
use super::{Desk, Done, refusals};
use crate::def::{Node, NodeId, Timer as Delay};
use crate::directory::ADMIN;
use crate::event::{About, What, Why};
use crate::item::{Holder, Item, ItemKind, ItemState, Origin};
use crate::policy::{Anchor, Due, OnTimeout, Remind, Who};
use crate::state::{Outcome, Purpose, Timer, TimerNo, TimerState};

/// How often a step may climb before it rests with the administrators.
const ESCALATIONS: u32 = 5;

/// What is said when an item comes to the administrators.
const NOBODY_ABOVE: &str = "逾期未办，且已没有可以升级的上级，由流程管理员兜底";

const HOUR: i64 = 3_600;

impl<'a> Desk<'a> {
    /// How long people, or the condition, have.
    pub(super) fn due_of(&self, node: &Node) -> Option<Due> {
        match node {
            Node::Wait(it) => Some(it.deadline),
            _ => node.rules().and_then(|rules| rules.due.or(self.flow.due)),
        }
    }

    pub(super) fn arm(&mut self, node: &NodeId, purpose: Purpose, fire_at: Moment) {
        let number = u32::try_from(self.state.timers.len()).unwrap_or(u32::MAX);
        let timer = Timer {
            no: TimerNo(number.saturating_add(1)),
            node: node.clone(),
            iteration: self.state.run(node).map_or(1, |run| run.iteration),
            purpose,
            fire_at,
            state: TimerState::Armed,
        };
        self.emit(What::TimerArmed { timer });
    }

    pub(super) fn arm_delay(&mut self, step: &Delay) {
        let end = self.directory.due(self.at, step.after);
        self.arm(&step.id, Purpose::Delay, end);
    }

    /// The due time and the reminders of a step that has just opened.
    pub(super) fn arm_for(&mut self, node: &Node, due_at: Option<Moment>) {
        let Some(due_at) = due_at else { return };
        self.arm(node.id(), Purpose::Due, due_at);
        let reminders = node.rules().map_or(&[][..], |rules| rules.remind);
        for reminder in reminders {
            let (fire_at, every, left) = match *reminder {
                Remind::Before { before_hours } => {
                    (self.hours_before(node, due_at, before_hours), 0, 0)
                }
                Remind::Every { every_hours, max } => {
                    let first = self.directory.due(self.at, Due::WorkHours(every_hours));
                    (Some(first), every_hours, max.saturating_sub(1))
                }
            };
            if let Some(fire_at) = fire_at.filter(|fire_at| *fire_at > self.at) {
                self.arm(node.id(), Purpose::Remind { every, left }, fire_at);
            }
        }
    }

    /// So many hours before the due time of a step that has just opened, in the time by which that
    /// is counted; nothing when it has no more hours than these. Where it is counted by the clock,
    /// the next working moment before it is due, so that nobody is called at night.
    fn hours_before(&self, node: &Node, due_at: Moment, before: u32) -> Option<Moment> {
        let hours = match self.due_of(node)? {
            Due::WorkHours(hours) => hours,
            Due::WorkDays(days) => days.saturating_mul(8),
            Due::Hours(_) | Due::Days(_) => {
                let clock = due_at.plus_seconds(-HOUR * i64::from(before));
                let work = self.directory.due(clock, Due::WorkHours(0));
                return Some(if work < due_at { work } else { clock });
            }
        };
        let until = hours.checked_sub(before).filter(|hours| *hours > 0)?;
        Some(self.directory.due(self.at, Due::WorkHours(until)))
    }

    pub(super) fn fire_timer(&mut self, no: TimerNo) -> Done {
        self.by_system()?;
        let timer = self.state.timers.iter().find(|timer| timer.no == no);
        let Some(timer) = timer
            .filter(|timer| timer.state == TimerState::Armed)
            .cloned()
        else {
            return Err(refusals::moved_on(
                "该定时已失效",
                "The timer is no longer armed",
            ));
        };
        if self.at < timer.fire_at {
            return Err(refusals::moved_on("还未到时间", "It is not yet time"));
        }
        self.emit(What::TimerFired { timer: no });
        let Some(node) = self.find(&timer.node) else {
            return Ok(());
        };
        match timer.purpose {
            Purpose::Remind { every, left } => self.remind(node, every, left),
            Purpose::Due => self.overdue(node),
            Purpose::Delay => self.close(node.id(), Outcome::Passed, Why::Fulfilled),
            Purpose::Retry => {
                if let Node::Call(step) = node {
                    let tried = self.state.run(&step.id).map_or(0, |run| run.attempts);
                    self.queue_call(step, tried + 1);
                }
            }
        }
        Ok(())
    }

    fn pending(&self, node: &NodeId) -> Vec<Item> {
        let open = self.state.items_in(node);
        let open = open.filter(|it| it.state == ItemState::Open && it.kind != ItemKind::Cc);
        open.cloned().collect()
    }

    fn tell(&mut self, node: &NodeId, about: About) {
        let mut to: Vec<Holder> = self.pending(node).into_iter().map(|it| it.holder).collect();
        if about == About::Overdue {
            to.extend(self.state.initiator.map(Holder::Person));
        }
        to.sort_unstable();
        to.dedup();
        self.emit(What::Told {
            node: node.clone(),
            to,
            about,
        });
    }

    fn remind(&mut self, node: &Node, every: u32, left: u32) {
        self.tell(node.id(), About::Reminder);
        if left > 0 {
            let next = self.directory.due(self.at, Due::WorkHours(every));
            let left = left - 1;
            self.arm(node.id(), Purpose::Remind { every, left }, next);
        }
    }

    /// INVARIANT: a due time that passes silently does not exist: initiator and holders are told.
    fn overdue(&mut self, node: &'a Node) {
        self.tell(node.id(), About::Overdue);
        let waits = matches!(node, Node::Wait(_));
        match node.on_timeout() {
            Some(OnTimeout::AutoPass) => self.close(node.id(), Outcome::Passed, Why::Timeout),
            Some(OnTimeout::AutoReject) => self.close(node.id(), Outcome::Rejected, Why::Timeout),
            Some(OnTimeout::Escalate { to }) if waits => self.open_fixes(node, Some(to)),
            Some(OnTimeout::Escalate { to }) => self.escalate(node, to),
            Some(OnTimeout::Notify) if waits => self.open_fixes(node, None),
            Some(OnTimeout::Notify) | None => {}
        }
    }

    /// Moves every open item one step up. Whoever held it before does not get it again, and after
    /// the last step up it rests with the administrators, open, until a person acts.
    fn escalate(&mut self, node: &Node, to: &Who) {
        let admin = Holder::Pool(ADMIN.to_owned());
        let last = self
            .state
            .run(node.id())
            .is_none_or(|run| run.overdue > ESCALATIONS);
        let mut climbing = false;
        for item in self.pending(node.id()) {
            if item.holder == admin {
                continue;
            }
            let place = self.next_up(node, to, &item).filter(|_| !last);
            let words = place.as_ref().map_or(NOBODY_ABOVE, |_| "");
            let place = place.unwrap_or_else(|| Place::pool(ADMIN));
            climbing |= place.holder != admin;
            let place = Place {
                origin: Origin::Escalation,
                ..place
            };
            self.move_item(item.no, place, words);
        }
        if climbing && let Some(span) = self.due_of(node) {
            let next = self.directory.due(self.at, span);
            self.arm(node.id(), Purpose::Due, next);
        }
    }

    fn next_up(&self, node: &Node, to: &Who, item: &Item) -> Option<Place> {
        let fresh = |place: &Place| {
            let again = match &place.holder {
                Holder::Person(person) => item.held_before.contains(person),
                Holder::Pool(pool) => item.pool.as_ref() == Some(pool),
            };
            !again && place.holder != item.holder
        };
        let ways = match &item.holder {
            Holder::Person(person) => self.places(to, node, Some(*person), true),
            Holder::Pool(pool) if is_above_assignee(to) => self.above_pool(pool, node),
            Holder::Pool(_) => self.places(to, node, None, true),
        };
        ways.into_iter().find(fresh)
    }

    /// A pool has no superior of its own: the definition says where it climbs to, else it is
    /// whoever stands above its people, or the next one up who may and can.
    fn above_pool(&self, pool: &str, node: &Node) -> Vec<Place> {
        let mut places = match self.flow.climbs.get(pool) {
            Some(who) => self.places(who, node, None, true),
            None => Vec::new(),
        };
        if let Some(person) = self.directory.above(pool) {
            places.extend(self.seat_or_above(person, node));
        }
        places
    }
}

/// Whether a step climbs to the superior of whoever holds it.
fn is_above_assignee(to: &Who) -> bool {
    matches!(
        to,
        Who::Manager {
            of: Anchor::Assignee,
            ..
        }
    )
}
