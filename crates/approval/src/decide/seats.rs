//! Opening the seats and duties of a step 席位生成.

use std::collections::BTreeSet;

use kernel::{EmployeeId, Moment};

use super::place::{Bar, Place};
use super::{Desk, Done, refusals};
use crate::def::{Approve, Cc, Node, NodeId, START, Task};
use crate::directory::ADMIN;
use crate::event::{What, Why};
use crate::item::{Decision, Holder, Item, ItemKind, ItemNo, ItemState, Origin, SeatKind};
use crate::policy::{Dedupe, Empty, Mode, Who};
use crate::state::{NodeState, Outcome};

/// Most seats of one step.
pub(super) const SEATS: usize = 50;

impl Desk<'_> {
    /// A fresh item, open, at the present walk through `node`.
    pub(super) fn item(&self, node: &NodeId, kind: ItemKind, place: Place) -> Item {
        let number = u32::try_from(self.state.items.len()).unwrap_or(u32::MAX);
        Item {
            no: ItemNo(number.saturating_add(1)),
            node: node.clone(),
            iteration: self.state.run(node).map_or(1, |run| run.iteration),
            kind,
            holder: place.holder,
            pool: None,
            acting_for: place.acting_for,
            seat: SeatKind::Own,
            origin: place.origin,
            parent: None,
            weight: 1,
            state: ItemState::Open,
            decision: None,
            comment: String::new(),
            held_before: Vec::new(),
            opened_at: self.at,
            read_at: None,
            urged_at: None,
            done_at: None,
        }
    }

    pub(super) fn open_seats(&mut self, node: &Node, step: &Approve) -> Done {
        let approved_before = self.approved_before(step);
        self.open_seats_but(node, step, &approved_before)
    }

    /// Opens the seats; whoever has approved before is not asked again.
    pub(super) fn open_seats_but(
        &mut self,
        node: &Node,
        step: &Approve,
        approved_before: &BTreeSet<EmployeeId>,
    ) -> Done {
        let mut seats: Vec<(Place, u32)> = Vec::new();
        for (index, who) in step.approvers.iter().enumerate() {
            let weight = step.weights.get(index).copied().unwrap_or(1);
            for place in self.places(who, node, None, false) {
                if seats.iter().all(|(seat, _)| seat.holder != place.holder) {
                    seats.push((place, weight));
                }
            }
        }
        if seats.len() > SEATS {
            return Err(refusals::too_many_seats(node.title(), SEATS));
        }
        if seats.is_empty() {
            let instead = self.when_empty(node, &step.empty);
            seats = instead.into_iter().map(|place| (place, 1)).collect();
        }
        for (index, (place, weight)) in seats.into_iter().enumerate() {
            let before = match place.holder {
                Holder::Person(person) => approved_before.contains(&person),
                Holder::Pool(_) => false,
            };
            let mut item = self.item(&step.id, ItemKind::Approve, place);
            item.weight = weight;
            if before {
                approve_again(&mut item, self.at);
            } else if step.mode == Mode::InTurn && index > 0 {
                item.state = ItemState::Waiting;
            }
            self.emit(What::ItemOpened { item });
        }
        Ok(())
    }

    pub(super) fn open_duties(&mut self, node: &Node, step: &Task) {
        let mut places = self.distinct(self.places(&step.owner, node, None, true));
        if places.is_empty() {
            places = self.when_empty(node, &step.empty);
        }
        self.open_items(&step.id, ItemKind::Task, places);
    }

    pub(super) fn open_copies(&mut self, node: &Node, step: &Cc) {
        let places = step.to.iter().flat_map(|who| {
            let pooled = matches!(who, Who::Pool { .. });
            self.places(who, node, None, pooled)
        });
        // A copy is for reading: where nobody can be found, nobody needs it.
        let nobody = Holder::Pool(ADMIN.to_owned());
        let places: Vec<Place> = places.filter(|place| place.holder != nobody).collect();
        self.open_items(&step.id, ItemKind::Cc, self.distinct(places));
        self.close(&step.id, Outcome::Passed, Why::Course);
    }

    /// What the step's owner, or the administrators, must put right.
    pub(super) fn open_fixes(&mut self, node: &Node, who: Option<&Who>) {
        let places = who.map_or_else(Vec::new, |who| self.places(who, node, None, true));
        let places = if places.is_empty() {
            vec![Place::pool(ADMIN)]
        } else {
            self.distinct(places)
        };
        self.open_items(node.id(), ItemKind::Fix, places);
    }

    /// The case lies with its initiator again.
    pub(super) fn open_correction(&mut self) {
        let start = NodeId::from(START);
        let iteration = self.next_iteration(&start);
        self.emit(What::NodeOpened {
            node: start.clone(),
            iteration,
            due_at: None,
        });
        let place = match self.state.initiator {
            Some(person) => Place {
                origin: Origin::Return,
                ..self.place_or_replacement(person, &Bar::default(), Default::default())
            },
            None => Place::pool(ADMIN),
        };
        self.open_items(&start, ItemKind::Fix, vec![place]);
    }

    fn open_items(&mut self, node: &NodeId, kind: ItemKind, places: Vec<Place>) {
        for place in places {
            let item = self.item(node, kind, place);
            self.emit(What::ItemOpened { item });
        }
    }

    pub(super) fn distinct(&self, places: Vec<Place>) -> Vec<Place> {
        let mut seen = BTreeSet::new();
        let mut places = places;
        places.retain(|place| seen.insert(place.holder.clone()));
        places
    }

    /// Nobody can be asked: the places instead, or the step is over.
    fn when_empty(&mut self, node: &Node, empty: &Empty) -> Vec<Place> {
        let instead = match empty {
            Empty::AutoPass => {
                self.close(node.id(), Outcome::Passed, Why::Empty);
                return Vec::new();
            }
            Empty::AutoReject => {
                self.close(node.id(), Outcome::Rejected, Why::Empty);
                return Vec::new();
            }
            Empty::ToAdmin => Vec::new(),
            Empty::To(who) => self.distinct(self.places(who, node, None, true)),
        };
        if instead.is_empty() {
            vec![self.last_resort(&self.barred(Some(node)))]
        } else {
            instead
        }
    }

    /// Who has approved before, as far as the step's rule against asking twice looks back. Only
    /// approvals that still stand count: a step that was reset must be asked again.
    fn approved_before(&self, step: &Approve) -> BTreeSet<EmployeeId> {
        let standing = self.flow.nodes().into_iter().filter_map(|node| {
            let run = self.state.run(node.id())?;
            let passed = run.state == NodeState::Ended(Outcome::Passed);
            let counts = passed && matches!(node, Node::Approve(_));
            counts.then_some((run.ended_seq, node))
        });
        let steps: Vec<&Node> = match step.dedupe {
            Dedupe::None => return BTreeSet::new(),
            Dedupe::Adjacent => {
                let last = standing.max_by_key(|(ended, _)| *ended);
                last.into_iter().map(|(_, node)| node).collect()
            }
            Dedupe::Anywhere => standing.map(|(_, node)| node).collect(),
        };
        let items = steps
            .into_iter()
            .flat_map(|node| self.state.items_in(node.id()));
        let approved = items.filter(|it| it.is_seat() && it.decision == Some(Decision::Approve));
        approved
            .filter_map(|item| match item.holder {
                Holder::Person(person) => Some(person),
                Holder::Pool(_) => None,
            })
            .collect()
    }
}

fn approve_again(item: &mut Item, at: Moment) {
    item.origin = Origin::Deduped;
    item.state = ItemState::Done;
    item.decision = Some(Decision::Approve);
    item.done_at = Some(at);
}
