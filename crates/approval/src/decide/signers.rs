//! Asking others in: added signers and delegation 加签、减签、委派.

use kernel::EmployeeId;

use super::place::Place;
use super::seats::SEATS;
use super::{Desk, Done, refusals};
use crate::command::Seating;
use crate::def::Node;
use crate::event::{What, Why};
use crate::item::{Holder, Item, ItemKind, ItemNo, ItemState, Origin, SeatKind};
use crate::policy::Permit;

/// How often a delegated item may be delegated on.
const DEPTH: usize = 5;

impl Desk<'_> {
    /// Whether the person may and can hold an item of this step.
    pub(super) fn fit(&self, person: EmployeeId, item: &Item) -> Done {
        let node = self.find(&item.node);
        if item.kind != ItemKind::Cc && self.barred(node).puts_aside(person) {
            return Err(refusals::barred(node.map_or("", Node::title)));
        }
        self.entitles(person, item)?;
        if !self.directory.is_active(person) {
            return Err(refusals::not_at_work(person));
        }
        Ok(())
    }

    fn is_asked_already(&self, person: EmployeeId, item: &Item) -> bool {
        let mut items = self.state.items_in(&item.node);
        items.any(|it| it.is_live() && it.holder == Holder::Person(person))
    }

    /// One item more at the step of `item`, for a person chosen by its holder.
    fn invite(&mut self, item: &Item, person: EmployeeId, seat: SeatKind, origin: Origin) {
        let place = Place {
            holder: Holder::Person(person),
            acting_for: None,
            origin,
        };
        let mut invited = self.item(&item.node, item.kind, place);
        invited.seat = seat;
        invited.parent = Some(item.no);
        if seat == SeatKind::After {
            invited.state = ItemState::Waiting;
        }
        self.emit(What::ItemOpened { item: invited });
        if matches!(seat, SeatKind::Before | SeatKind::Delegated) {
            self.emit(What::ItemPaused {
                item: item.no,
                node: item.node.clone(),
            });
        }
    }

    pub(super) fn add_signer(
        &mut self,
        no: ItemNo,
        person: EmployeeId,
        seating: Seating,
        comment: &str,
    ) -> Done {
        let item = self.mine(no)?;
        if item.kind != ItemKind::Approve || !item.is_seat() {
            return Err(refusals::wrong_kind((
                "受邀加签或受委派的人不能再加签，请直接办理",
                "Whoever was added adds no others; decide it yourself",
            )));
        }
        let (permit, seat) = match seating {
            Seating::Before => (Permit::AddBefore, SeatKind::Before),
            Seating::After => (Permit::AddAfter, SeatKind::After),
            Seating::Parallel => (Permit::AddParallel, SeatKind::Parallel),
        };
        self.permitted(&item, permit)?;
        self.fit(person, &item)?;
        self.brief(comment)?;
        if self.is_asked_already(person, &item) {
            return Err(refusals::same_person());
        }
        if self.state.items_in(&item.node).count() >= SEATS {
            let title = self.find(&item.node).map_or("", Node::title);
            return Err(refusals::too_many_seats(title, SEATS));
        }
        self.remark(comment);
        self.invite(&item, person, seat, Origin::Added);
        Ok(())
    }

    pub(super) fn remove_signer(&mut self, no: ItemNo) -> Done {
        let item = self
            .state
            .item(no)
            .ok_or_else(|| refusals::no_such_item(no))?;
        if !item.is_live() {
            return Err(refusals::item_not_open(item.state));
        }
        let added = matches!(
            item.seat,
            SeatKind::Before | SeatKind::After | SeatKind::Parallel
        );
        let adder = item.parent.and_then(|parent| self.state.item(parent));
        let mine = adder.is_some_and(|it| self.by.map(Holder::Person).as_ref() == Some(&it.holder));
        if !added || !mine {
            return Err(refusals::wrong_kind((
                "只能减去自己所加、尚未办理的加签人",
                "Only signers you added who have not decided can be taken off",
            )));
        }
        let his = |it: &&Item| it.no == no || self.is_under(it, no);
        let group: Vec<&Item> = self.state.items_in(&item.node).filter(his).collect();
        if group.iter().any(|it| it.decision.is_some()) {
            return Err(refusals::wrong_kind((
                "加签人已有办理记录，不能减去",
                "A signer who has decided cannot be taken off",
            )));
        }
        let node = item.node.clone();
        let live = group.into_iter().filter(|it| it.is_live());
        let live = live.map(|it| it.no).collect();
        self.drop_items(&node, live, false, Why::SignerRemoved);
        Ok(())
    }

    /// Whether an item hangs, over any number of steps, under another; seats beside it do not.
    fn is_under(&self, item: &Item, above: ItemNo) -> bool {
        let mut at = Some(item);
        while let Some(it) = at.filter(|it| it.seat != SeatKind::Parallel) {
            if it.parent == Some(above) {
                return true;
            }
            at = it.parent.and_then(|parent| self.state.item(parent));
        }
        false
    }

    pub(super) fn delegate(&mut self, no: ItemNo, to: EmployeeId, comment: &str) -> Done {
        let item = self.mine(no)?;
        self.permitted(&item, Permit::Delegate)?;
        self.fit(to, &item)?;
        self.brief(comment)?;
        if self.by == Some(to) || self.is_asked_already(to, &item) {
            return Err(refusals::same_person());
        }
        if self.depth(&item) >= DEPTH {
            return Err(refusals::wrong_kind((
                "委派层级过深，请直接办理或转办",
                "It was delegated too often; decide it or hand it on",
            )));
        }
        self.remark(comment);
        self.invite(&item, to, SeatKind::Delegated, Origin::Delegate);
        Ok(())
    }

    fn depth(&self, item: &Item) -> usize {
        let above = |it: &&Item| it.parent.and_then(|parent| self.state.item(parent));
        let chain = std::iter::successors(Some(item), above);
        chain.filter(|it| it.seat == SeatKind::Delegated).count()
    }

    /// Puts the words that go with an act of moving work on record.
    fn remark(&mut self, text: &str) {
        if !kernel::seen(text).is_empty() {
            self.emit(What::Commented {
                text: text.to_owned(),
            });
        }
    }
}
