//! Items that change hands 转办、认领、离职转办.

use kernel::{EmployeeId, Refusal};

use super::place::{Bar, Place};
use super::{Desk, Done, refusals};
use crate::command::PlanRow;
use crate::def::{Node, START};
use crate::directory::ADMIN;
use crate::event::What;
use crate::item::{Holder, Item, ItemKind, ItemNo, ItemState, Origin, SeatKind};
use crate::policy::{Inactive, Permit};

impl Desk<'_> {
    pub(super) fn move_item(&mut self, no: ItemNo, place: Place, comment: &str) {
        if let Some(item) = self.state.item(no) {
            self.emit(What::ItemMoved {
                item: no,
                node: item.node.clone(),
                from: item.holder.clone(),
                to: place.holder,
                acting_for: place.acting_for,
                origin: place.origin,
                comment: comment.to_owned(),
            });
        }
    }

    pub(super) fn hand_on(&mut self, no: ItemNo, to: EmployeeId, comment: &str) -> Done {
        let item = self.mine(no)?;
        let has_rules = self
            .find(&item.node)
            .is_some_and(|node| node.rules().is_some());
        self.stays_with_whose_it_is(&item, &Holder::Person(to))?;
        // What was taken from somebody whose own word is asked may always be given back.
        let back = self.whose_word(&item) == Some(to);
        if has_rules && !back {
            self.permitted(&item, Permit::HandOn)?;
        } else if item.node.0 == START {
            return Err(refusals::not_allowed("发起", "转办", "hand on"));
        }
        if self.by == Some(to) {
            return Err(refusals::same_person());
        }
        self.fit(to, &item)?;
        self.brief(comment)?;
        let place = Place {
            holder: Holder::Person(to),
            acting_for: None,
            origin: Origin::HandOn,
        };
        self.move_item(no, place, comment);
        Ok(())
    }

    pub(super) fn claim(&mut self, no: ItemNo) -> Done {
        let item = self
            .state
            .item(no)
            .ok_or_else(|| refusals::no_such_item(no))?;
        if item.state != ItemState::Open {
            return Err(refusals::item_not_open(item.state));
        }
        let Some(by) = self.by else {
            return Err(refusals::not_in_pool());
        };
        let pool = match &item.holder {
            Holder::Pool(pool) => pool,
            Holder::Person(holder) if item.pool.is_some() => {
                return Err(refusals::claimed(&self.directory.called(*holder)));
            }
            Holder::Person(_) => return Err(refusals::not_in_pool()),
        };
        if !self.directory.members(pool).contains(&by) {
            return Err(refusals::not_in_pool());
        }
        self.fit(by, item)?;
        let place = Place {
            holder: Holder::Person(by),
            acting_for: None,
            origin: Origin::Claim,
        };
        self.move_item(no, place, "");
        Ok(())
    }

    pub(super) fn take(&mut self, no: ItemNo, to: EmployeeId, comment: &str) -> Done {
        self.by_system()?;
        let item = self
            .state
            .item(no)
            .ok_or_else(|| refusals::no_such_item(no))?;
        if item.state != ItemState::Open {
            return Err(refusals::item_not_open(item.state));
        }
        if item.holder == Holder::Person(to) {
            return Ok(());
        }
        self.fit(to, item)?;
        let place = Place {
            holder: Holder::Person(to),
            acting_for: None,
            origin: Origin::HandOn,
        };
        self.move_item(no, place, comment);
        Ok(())
    }

    /// What lies with the administrators because nobody was there goes to whom its step asks, once
    /// somebody is. What climbed to them because it was late stays.
    pub(super) fn find_holders(&mut self) -> Done {
        self.by_system()?;
        let items = self.state.items.iter();
        let found: Vec<(ItemNo, Place)> = items
            .filter(|item| item.state == ItemState::Open && item.origin != Origin::Escalation)
            .filter(|item| item.holder == Holder::Pool(ADMIN.to_owned()))
            .filter_map(|item| Some((item.no, self.asked_today(item)?)))
            .collect();
        for (no, place) in found {
            self.move_item(no, place, "");
        }
        Ok(())
    }

    /// The only place that the step of an item asks today, unless it is the administrators' or
    /// somebody gave the item away from there.
    fn asked_today(&self, item: &Item) -> Option<Place> {
        let node = self.find(&item.node)?;
        let places = match (node, item.kind) {
            (Node::Task(step), ItemKind::Task) => self.places(&step.owner, node, None, true),
            (Node::Approve(step), ItemKind::Approve) => {
                let whos = step.approvers.iter();
                whos.flat_map(|who| self.places(who, node, None, false))
                    .collect()
            }
            _ => return None,
        };
        let mut places = self.distinct(places).into_iter();
        let first = places.next();
        let first = first.unwrap_or_else(|| self.last_resort(&self.barred(Some(node))));
        let only = Some(first).filter(|_| places.next().is_none())?;
        let fresh = match &only.holder {
            Holder::Person(person) => !item.held_before.contains(person),
            Holder::Pool(pool) => pool != ADMIN,
        };
        fresh.then_some(only)
    }

    fn held_by(&self, person: EmployeeId) -> Vec<&Item> {
        let items = self.state.items.iter();
        let live = items.filter(|item| item.is_live());
        live.filter(|item| item.holder == Holder::Person(person))
            .collect()
    }

    pub(super) fn default_plan(&self, from: EmployeeId) -> Vec<PlanRow> {
        let held = self.held_by(from).into_iter();
        let held = held.filter(|item| self.whose_word(item) != Some(from));
        let rows = held.map(|item| PlanRow {
            item: item.no,
            to: self.replacement_for(item, from).holder,
        });
        rows.collect()
    }

    /// Whose own word an item asks for, while he works here and can give it.
    fn whose_word(&self, item: &Item) -> Option<EmployeeId> {
        let Some(Node::Approve(step)) = self.find(&item.node) else {
            return None;
        };
        let personal = step.inactive == Inactive::Personal
            && item.kind == ItemKind::Approve
            && item.seat == SeatKind::Own;
        let asked = item.first_asked().filter(|_| personal)?;
        (self.is_meant(asked, step) && self.directory.stays(asked)).then_some(asked)
    }

    /// Nobody gets what only another one may say, and can.
    fn stays_with_whose_it_is(&self, item: &Item, to: &Holder) -> Done {
        match self.whose_word(item) {
            Some(own) if *to != Holder::Person(own) => {
                let title = self.find(&item.node).map_or("", Node::title);
                Err(refusals::for_himself(title, &self.directory.called(own)))
            }
            _ => Ok(()),
        }
    }

    fn replacement_for(&self, item: &Item, from: EmployeeId) -> Place {
        let node = self.find(&item.node).filter(|_| item.kind != ItemKind::Cc);
        self.replacement(from, node, item.pool.as_deref())
    }

    /// The rows of a plan, checked against what the person holds, and nothing else.
    pub(super) fn hand_on_listed(&mut self, from: EmployeeId, plan: &[PlanRow]) -> Done {
        self.by_system()?;
        for row in plan {
            let item = self.held_by(from).into_iter().find(|it| it.no == row.item);
            let item = item.cloned().ok_or_else(|| stale_row(row.item))?;
            self.check_heir(&item, from, &row.to)?;
            let place = Place {
                holder: row.to.clone(),
                acting_for: None,
                origin: Origin::Departure,
            };
            self.move_item(item.no, place, "");
        }
        Ok(())
    }

    /// Another person answers for the case; whoever must not decide what he started stands aside.
    pub(super) fn pass_to_initiator(&mut self, to: EmployeeId) -> Done {
        self.by_system()?;
        if self.state.initiator == Some(to) {
            return Ok(());
        }
        if !self.directory.is_active(to) {
            return Err(refusals::not_at_work(to));
        }
        let from = self.state.initiator;
        self.emit(What::InitiatorPassed { from, to });
        self.move_barred();
        Ok(())
    }

    /// INVARIANT: afterwards nothing live in this case is held by `from`, nor by a pool of which he
    /// was the last. Only what asks for his own word waits for him while he has not begun to leave.
    pub(super) fn hand_on_by_departure(&mut self, from: EmployeeId, plan: &[PlanRow]) -> Done {
        let held: Vec<Item> = self.held_by(from).into_iter().cloned().collect();
        for row in plan {
            let item = held.iter().find(|item| item.no == row.item);
            let item = item.ok_or_else(|| stale_row(row.item))?;
            self.check_heir(item, from, &row.to)?;
        }
        for item in held {
            if self.whose_word(&item) == Some(from) {
                continue;
            }
            let chosen = plan.iter().find(|row| row.item == item.no);
            let place = match chosen {
                Some(row) => Place {
                    holder: row.to.clone(),
                    acting_for: None,
                    origin: Origin::Departure,
                },
                None => Place {
                    origin: Origin::Departure,
                    ..self.replacement_for(&item, from)
                },
            };
            self.move_item(item.no, place, "");
        }
        self.move_stranded(Some(from), Origin::Departure);
        Ok(())
    }

    /// Items of a pool in which nobody is left who may and can claim them go to the administrators.
    fn move_stranded(&mut self, leaving: Option<EmployeeId>, origin: Origin) {
        let items = self.state.items.iter().filter(|item| item.is_live());
        let stranded = items.filter(|item| match &item.holder {
            Holder::Person(_) => false,
            Holder::Pool(pool) => {
                let barred = self.barred_without(item, leaving);
                pool != ADMIN && !self.pool_is_manned(pool, &barred)
            }
        });
        let stranded: Vec<(ItemNo, Place)> = stranded
            .map(|item| {
                let place = self.last_resort(&self.barred_without(item, leaving));
                (item.no, Place { origin, ..place })
            })
            .collect();
        for (no, place) in stranded {
            self.move_item(no, place, "");
        }
    }

    fn barred_without(&self, item: &Item, leaving: Option<EmployeeId>) -> Bar {
        let mut barred = self.barred(self.find(&item.node));
        if let Some(person) = leaving {
            barred.add(person);
        }
        barred
    }

    fn check_heir(&self, item: &Item, from: EmployeeId, to: &Holder) -> Done {
        self.stays_with_whose_it_is(item, to)?;
        match to {
            Holder::Person(person) if *person == from => Err(refusals::same_person()),
            Holder::Person(person) => self.fit(*person, item),
            Holder::Pool(role) => {
                let node = self.find(&item.node);
                let mut barred = self.barred(node);
                barred.add(from);
                if role != ADMIN && !self.pool_is_manned(role, &barred) {
                    return Err(refusals::unfit_pool(node.map_or("", Node::title)));
                }
                Ok(())
            }
        }
    }

    /// After a fact has changed, somebody may hold a seat from which he must now stand aside, or
    /// one whose right he has lost meanwhile.
    pub(super) fn move_barred(&mut self) {
        let held = self.state.items.iter().filter(|item| item.is_live());
        let held = held.filter(|item| item.kind != ItemKind::Cc);
        let wrong = held.filter_map(|item| {
            let Holder::Person(person) = item.holder else {
                return None;
            };
            let node: Option<&Node> = self.find(&item.node);
            let barred = self.barred(node);
            let mut acting = [Some(person), item.acting_for].into_iter().flatten();
            let aside = acting.find(|it| barred.puts_aside(*it));
            let lost = self.entitles(person, item).err().map(|_| person);
            let place = self.replacement(aside.or(lost)?, node, item.pool.as_deref());
            Some((item.no, place))
        });
        for (no, place) in wrong.collect::<Vec<_>>() {
            let place = Place {
                origin: Origin::Excluded,
                ..place
            };
            self.move_item(no, place, "");
        }
        self.move_stranded(None, Origin::Excluded);
    }
}

fn stale_row(no: ItemNo) -> Refusal {
    Refusal::conflict(
        "approval.plan_is_stale",
        format!("交接方案中的待办 {} 已不在该员工名下", no.0),
        format!("Item {} of the plan is no longer held by the leaver", no.0),
    )
    .remedy(("请重新生成交接方案", "Draw up the handover plan again"))
}
