//! Who gets a seat, and who must not 席位归属.

use std::collections::BTreeSet;

use kernel::EmployeeId;

use super::Desk;
use crate::def::{Approve, Node};
use crate::directory::ADMIN;
use crate::fact::people_in;
use crate::item::{Holder, Origin};
use crate::policy::{Anchor, Inactive, SelfRule, Who};

/// How many managers upwards a replacement is looked for.
const CLIMB: u8 = 5;

type People = BTreeSet<EmployeeId>;

/// Whom a step does not take.
#[derive(Clone, Debug, Default)]
pub(super) struct Bar {
    /// Who must stand aside.
    aside: People,
    /// Who alone may decide; nothing where the step asks for no right.
    only: Option<People>,
}

impl Bar {
    pub(super) fn puts_aside(&self, person: EmployeeId) -> bool {
        self.aside.contains(&person)
    }

    pub(super) fn lets_decide(&self, person: EmployeeId) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&person))
    }

    fn stops(&self, person: EmployeeId) -> bool {
        self.puts_aside(person) || !self.lets_decide(person)
    }

    /// Puts somebody aside; `false` when he was already.
    pub(super) fn add(&mut self, person: EmployeeId) -> bool {
        self.aside.insert(person)
    }
}

/// A holder found for an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) holder: Holder,
    pub(super) acting_for: Option<EmployeeId>,
    pub(super) origin: Origin,
}

impl Place {
    pub(super) fn pool(role: &str) -> Place {
        Place {
            holder: Holder::Pool(role.to_owned()),
            acting_for: None,
            origin: Origin::Resolved,
        }
    }
}

impl Desk<'_> {
    fn anchored(&self, anchor: &Anchor, assignee: Option<EmployeeId>) -> Vec<EmployeeId> {
        match anchor {
            Anchor::Initiator => self.state.initiator.into_iter().collect(),
            Anchor::Subject => self.state.subject_person.into_iter().collect(),
            Anchor::Assignee => assignee.into_iter().collect(),
            Anchor::Fact(key) => people_in(&self.state.facts, key),
        }
    }

    /// INVARIANT: whoever this stops holds no seat of the step, by no route: not named, not by
    /// role, stand-in, escalation, hand-on, delegation, added seat or claim. Approvers also stand
    /// aside from what they have started themselves, unless the step says otherwise.
    pub(super) fn barred(&self, node: Option<&Node>) -> Bar {
        let excluded = node.and_then(Node::rules).map_or(&[][..], |it| it.exclude);
        let excluded = excluded
            .iter()
            .flat_map(|anchor| self.anchored(anchor, None));
        let own = match node {
            Some(Node::Approve(step)) if stands_aside(step) => self.state.initiator,
            _ => None,
        };
        let aside: People = excluded.chain(own).collect();
        let right = node.and_then(Node::right);
        let only = right.map(|right| self.entitled(right, &aside));
        Bar { aside, only }
    }

    /// Whoever holds the right and need not stand aside. Where nobody at work does, the process
    /// administrators decide in his place, so that a company of few people can go on.
    fn entitled(&self, right: &str, aside: &People) -> People {
        let holders = self.directory.holders(right, self.state.subject_person);
        let able = holders.into_iter();
        let able = able.filter(|it| !aside.contains(it) && self.directory.is_active(*it));
        let able: People = able.collect();
        if able.is_empty() {
            let admins = self.directory.members(ADMIN).into_iter();
            admins.filter(|it| self.directory.stays(*it)).collect()
        } else {
            able
        }
    }

    /// Where nobody is to be asked: the administrators, but for a step whose right they lack while
    /// somebody holds it. He is asked then, wherever he stands.
    pub(super) fn last_resort(&self, barred: &Bar) -> Place {
        let entitled = barred.only.iter().flatten().copied();
        let mut able = entitled.filter(|it| self.can_take(*it, barred));
        match able.next() {
            Some(person) if !self.pool_is_manned(ADMIN, barred) => Place {
                holder: Holder::Person(person),
                ..Place::pool(ADMIN)
            },
            _ => Place::pool(ADMIN),
        }
    }

    pub(super) fn can_take(&self, person: EmployeeId, barred: &Bar) -> bool {
        !barred.stops(person) && self.directory.is_active(person)
    }

    pub(super) fn pool_is_manned(&self, role: &str, barred: &Bar) -> bool {
        let mut members = self.directory.members(role).into_iter();
        members.any(|person| self.can_take(person, barred))
    }

    /// The person's stand-in unless he acts `alone`, else the person, if either may and can.
    fn seat_for(&self, person: EmployeeId, barred: &Bar, alone: bool) -> Option<Place> {
        if barred.stops(person) {
            return None;
        }
        let stand_in = self.directory.stand_in_for(person).filter(|_| !alone);
        if let Some(other) = stand_in.filter(|other| *other != person)
            && self.can_take(other, barred)
        {
            return Some(Place {
                holder: Holder::Person(other),
                acting_for: Some(person),
                origin: Origin::StandIn,
            });
        }
        self.directory.is_active(person).then_some(Place {
            holder: Holder::Person(person),
            acting_for: None,
            origin: Origin::Resolved,
        })
    }

    /// The `level`-th manager above who may and can; others are not counted.
    fn climb(&self, from: EmployeeId, level: u8, barred: &Bar) -> Option<Place> {
        let mut at = from;
        let mut counted = 0;
        for _ in 0..level.saturating_add(CLIMB) {
            at = self.directory.manager_of(at)?;
            if let Some(place) = self.seat_for(at, barred, false) {
                counted += 1;
                if counted == level {
                    return Some(place);
                }
            }
        }
        None
    }

    /// The person, or the next one above who may and can.
    pub(super) fn seat_or_above(&self, person: EmployeeId, node: &Node) -> Option<Place> {
        let barred = self.barred(Some(node));
        let seat = self.seat_for(person, &barred, false);
        seat.or_else(|| self.climb(person, 1, &barred))
    }

    /// Everybody `who` stands for at this step. A role is one pooled place when `pooled`.
    pub(super) fn places(
        &self,
        who: &Who,
        node: &Node,
        assignee: Option<EmployeeId>,
        pooled: bool,
    ) -> Vec<Place> {
        let barred = self.barred(Some(node));
        let pool = |key: &str| {
            let manned = self.pool_is_manned(key, &barred);
            manned.then(|| Place::pool(key)).into_iter().collect()
        };
        let each = |people: Vec<EmployeeId>| {
            let places = people.into_iter();
            places
                .filter_map(|person| self.place(person, node, &barred))
                .collect()
        };
        match who {
            Who::Pool { key } => pool(key),
            Who::Role { key } if pooled => pool(key),
            Who::Role { key } => {
                let members: People = self.directory.members(key).into_iter().collect();
                let seats = members.into_iter();
                seats
                    .filter_map(|it| self.seat_for(it, &barred, false))
                    .collect()
            }
            Who::Manager { of, level } => {
                let people = self.anchored(of, assignee).into_iter();
                people
                    .filter_map(|it| self.climb(it, *level, &barred))
                    .collect()
            }
            Who::Person { id } => each(vec![*id]),
            Who::Initiator => each(self.anchored(&Anchor::Initiator, None)),
            Who::Subject => each(self.anchored(&Anchor::Subject, None)),
            Who::Fact { key } => each(people_in(&self.state.facts, key)),
        }
    }

    /// The place of a person who was meant by name: himself, or whoever the step's settings put
    /// there instead; nobody when he must stand aside.
    fn place(&self, person: EmployeeId, node: &Node, barred: &Bar) -> Option<Place> {
        if let Node::Approve(step) = node
            && Some(person) == self.state.initiator
            && stands_aside(step)
        {
            return match step.self_rule {
                SelfRule::ToManager => self.climb(person, 1, barred),
                SelfRule::Skip | SelfRule::Keep => None,
            };
        }
        if barred.stops(person) {
            return None;
        }
        let inactive = node.rules().map_or(Inactive::default(), |it| it.inactive);
        Some(self.place_or_replacement(person, barred, inactive))
    }

    /// Himself or his stand-in, else a manager, else the administrators. Never nobody.
    pub(super) fn place_or_replacement(
        &self,
        person: EmployeeId,
        barred: &Bar,
        inactive: Inactive,
    ) -> Place {
        let alone = inactive.has_no_substitute();
        self.seat_for(person, barred, alone)
            .or_else(|| self.climb(person, 1, barred).filter(|_| !alone))
            .unwrap_or_else(|| self.last_resort(barred))
    }

    /// Whether the step asks for this person's own word.
    pub(super) fn is_meant(&self, person: EmployeeId, step: &Approve) -> bool {
        step.approvers.iter().any(|who| match who {
            Who::Person { id } => *id == person,
            Who::Role { .. } | Who::Pool { .. } | Who::Manager { .. } => false,
            Who::Initiator | Who::Subject | Who::Fact { .. } => who
                .anchor()
                .is_some_and(|anchor| self.anchored(&anchor, None).contains(&person)),
        })
    }

    /// Where the item of somebody who must not or cannot keep it goes. Never nobody.
    pub(super) fn replacement(
        &self,
        person: EmployeeId,
        node: Option<&Node>,
        pool: Option<&str>,
    ) -> Place {
        let mut barred = self.barred(node);
        let stands_aside = !barred.add(person);
        if let Some(pool) = pool.filter(|pool| self.pool_is_manned(pool, &barred)) {
            return Place::pool(pool);
        }
        let rules = node.and_then(Node::rules);
        let inactive = rules.map_or(Inactive::default(), |it| it.inactive);
        if inactive.has_no_substitute() {
            return Place::pool(ADMIN);
        }
        // Nobody acts for a person who must stand aside himself.
        let stand_in = self
            .directory
            .stand_in_for(person)
            .filter(|_| !stands_aside);
        let stand_in = stand_in.filter(|other| self.can_take(*other, &barred));
        let stand_in = stand_in.map(|other| Place {
            holder: Holder::Person(other),
            acting_for: Some(person),
            origin: Origin::StandIn,
        });
        stand_in
            .or_else(|| self.climb(person, 1, &barred))
            .unwrap_or_else(|| self.last_resort(&barred))
    }
}

/// Whether the initiator stands aside at this step.
fn stands_aside(step: &Approve) -> bool {
    step.self_rule != SelfRule::Keep && !step.approvers.contains(&Who::Initiator)
}
