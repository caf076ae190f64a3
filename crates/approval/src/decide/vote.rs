//! Deciding an item, and what the votes of a step amount to 办理与表决.

use kernel::EmployeeId;

use super::{Desk, Done, refusals};
use crate::def::{Approve, Node, NodeId};
use crate::event::{What, Why};
use crate::item::{Decision, Holder, Item, ItemKind, ItemNo, ItemState, SeatKind};
use crate::policy::{Inactive, Mode, OnReject, Permit, Who};
use crate::state::Outcome;
use crate::vote::{Tally, Verdict, verdict};

/// Most characters of a comment.
const WORDS: usize = 2_000;

impl<'a> Desk<'a> {
    /// The open item, if it is the asking person's to act on and he need not stand aside.
    pub(super) fn mine(&self, no: ItemNo) -> Result<Item, kernel::Refusal> {
        let item = self
            .state
            .item(no)
            .ok_or_else(|| refusals::no_such_item(no))?;
        if item.state != ItemState::Open {
            return Err(refusals::item_not_open(item.state));
        }
        let node = self.find(&item.node);
        match (&item.holder, self.by) {
            (_, None) if item.kind == ItemKind::Task => {}
            (Holder::Pool(_), Some(_)) => return Err(refusals::claim_first()),
            (Holder::Person(holder), Some(by)) if *holder == by => {
                if item.kind != ItemKind::Cc && self.barred(node).puts_aside(by) {
                    return Err(refusals::barred(node.map_or("", Node::title)));
                }
            }
            _ => return Err(refusals::not_yours()),
        }
        Ok(item.clone())
    }

    /// Whether the person holds the right that an approval asks for.
    pub(super) fn entitles(&self, person: EmployeeId, item: &Item) -> Done {
        let node = self.find(&item.node);
        let Some(right) = node.and_then(Node::right) else {
            return Ok(());
        };
        if item.kind != ItemKind::Approve || self.barred(node).lets_decide(person) {
            return Ok(());
        }
        let title = node.map_or("", Node::title);
        let who = self.directory.called(person);
        Err(refusals::no_right(
            title,
            &self.directory.right(right),
            &who,
        ))
    }

    pub(super) fn permitted(&self, item: &Item, permit: Permit) -> Done {
        let node = self.find(&item.node);
        let rules = node.and_then(Node::rules);
        if rules.is_some_and(|rules| rules.allow.contains(&permit)) {
            return Ok(());
        }
        let title = node.map_or(item.node.0.as_str(), Node::title);
        Err(refusals::not_allowed(
            title,
            permit.label_zh(),
            permit.label_en(),
        ))
    }

    /// Words are welcome but must be few.
    pub(super) fn brief(&self, text: &str) -> Done {
        if text.chars().count() > WORDS {
            return Err(refusals::too_long());
        }
        Ok(())
    }

    /// Words are needed; `lacks` says so where they are not, `at` is the field they come in.
    pub(super) fn words(&self, text: &str, lacks: &str, at: &str) -> Done {
        if kernel::seen(text).is_empty() {
            return Err(refusals::words_needed(lacks, at));
        }
        self.brief(text)
    }

    pub(super) fn approve(&mut self, no: ItemNo, comment: &str) -> Done {
        self.vote(no, Decision::Approve, comment)
    }

    pub(super) fn reject(&mut self, no: ItemNo, comment: &str) -> Done {
        self.words(comment, "拒绝须填写理由", "/comment")?;
        self.vote(no, Decision::Reject, comment)
    }

    pub(super) fn abstain(&mut self, no: ItemNo, comment: &str) -> Done {
        self.permitted(&self.mine(no)?, Permit::Abstain)?;
        self.vote(no, Decision::Abstain, comment)
    }

    fn vote(&mut self, no: ItemNo, decision: Decision, comment: &str) -> Done {
        let item = self.mine(no)?;
        if item.kind != ItemKind::Approve {
            return Err(refusals::wrong_kind((
                "该待办是办理事项，请选择办结",
                "This is a task; say that it is done",
            )));
        }
        self.brief(comment)?;
        if let Some(by) = self.by {
            self.entitles(by, &item)?;
        }
        if decision != Decision::Reject {
            self.check_personal(&item)?;
        }
        self.record(&item, decision, comment, &[]);
        Ok(())
    }

    /// INVARIANT: a personal consent is given by the person himself or not at all.
    fn check_personal(&self, item: &Item) -> Done {
        match (self.find(&item.node), self.by) {
            (Some(Node::Approve(step)), Some(by))
                if step.inactive == Inactive::Personal
                    && item.seat == SeatKind::Own
                    && !(item.first_asked() == Some(by) && self.is_meant(by, step)) =>
            {
                Err(refusals::not_in_person(&step.title))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn record(
        &mut self,
        item: &Item,
        decision: Decision,
        comment: &str,
        checked: &[String],
    ) {
        self.emit(What::ItemDecided {
            item: item.no,
            node: item.node.clone(),
            acting_for: item.acting_for,
            decision,
            comment: comment.to_owned(),
            checked: checked.to_vec(),
        });
    }

    pub(super) fn complete(&mut self, no: ItemNo, comment: &str, checked: &[String]) -> Done {
        let item = self.mine(no)?;
        let node = self.find(&item.node);
        if !matches!(item.kind, ItemKind::Task | ItemKind::Fix) {
            return Err(refusals::wrong_kind((
                "该待办须表决，请选择同意或拒绝",
                "This is put to the vote; approve or refuse",
            )));
        }
        if matches!(node, Some(Node::Wait(_))) {
            return Err(refusals::wrong_kind((
                "条件满足后该待办自动结束，请先处理所等待的事项",
                "It ends by itself; deal with what it waits for first",
            )));
        }
        if matches!(node, Some(Node::Approve(_))) {
            return Err(refusals::wrong_kind((
                "被拒绝的内容调整后该待办自动结束，请先作调整",
                "It ends by itself; change what was refused first",
            )));
        }
        self.brief(comment)?;
        if let Some(Node::Task(step)) = node
            && item.seat == SeatKind::Own
        {
            let entries = step.checklist.iter();
            let missing = entries.filter(|entry| !checked.contains(entry));
            let missing: Vec<&str> = missing.map(String::as_str).collect();
            if !missing.is_empty() {
                return Err(refusals::unchecked(&missing));
            }
        }
        self.record(&item, Decision::Complete, comment, checked);
        Ok(())
    }

    pub(super) fn visit_seats(&mut self, step: &'a Approve) {
        self.drop_rejected_groups(&step.id);
        match verdict(step.mode, self.tally(&step.id)) {
            Verdict::Open => self.wake(&step.id),
            Verdict::Pass => self.close(&step.id, Outcome::Passed, Why::Decided),
            Verdict::Reject if step.on_reject == OnReject::Amend => self.wait_for_change(step),
            Verdict::Reject => self.close(&step.id, Outcome::Rejected, Why::Decided),
        }
    }

    /// What was rejected has to be put right; until then the others are still heard.
    fn wait_for_change(&mut self, step: &Approve) {
        self.wake(&step.id);
        let asked = {
            let mut items = self.state.items_in(&step.id);
            items.any(|item| item.kind == ItemKind::Fix && item.is_live())
        };
        if let Some(node) = self.find(&step.id).filter(|_| !asked) {
            self.open_fixes(node, Some(&Who::Initiator));
        }
    }

    /// A task, a correction or a repair is done when everybody who was asked has done it.
    pub(super) fn visit_duties(&mut self, node: &NodeId) {
        let duties = self.state.items_in(node).filter(|item| item.is_seat());
        let duties: Vec<ItemState> = duties.map(|item| item.state).collect();
        if duties.is_empty() {
            return;
        }
        if duties.iter().all(|state| *state == ItemState::Done) {
            self.close(node, Outcome::Passed, Why::Course);
        } else {
            self.wake(node);
        }
    }

    fn tally(&self, node: &NodeId) -> Tally {
        let mut tally = Tally::default();
        for seat in self.state.items_in(node).filter(|item| is_counted(item)) {
            tally.total += seat.weight;
            match self.vote_of(seat) {
                Some(Decision::Approve) => tally.approved += seat.weight,
                Some(Decision::Reject) => tally.rejected += seat.weight,
                Some(_) => tally.abstained += seat.weight,
                None => {}
            }
        }
        tally
    }

    /// The vote of a seat with the signers added before and after it: one rejection among them
    /// rejects, and it is open until all have spoken; then the seat's own word counts.
    fn vote_of(&self, seat: &Item) -> Option<Decision> {
        let items = self.state.items_in(&seat.node);
        let group = items.filter(|it| it.parent == Some(seat.no) && it.is_attached());
        let group: Vec<&Item> = group.chain([seat]).collect();
        if group.iter().any(|it| it.decision == Some(Decision::Reject)) {
            return Some(Decision::Reject);
        }
        if group.iter().any(|it| it.is_live()) {
            return None;
        }
        seat.decision
    }

    /// The seat an item belongs to.
    pub(super) fn seat_of(&self, item: &Item) -> ItemNo {
        let mut at = item;
        while !at.is_seat() {
            match at.parent.and_then(|parent| self.state.item(parent)) {
                Some(parent) => at = parent,
                None => break,
            }
        }
        at.no
    }

    fn drop_rejected_groups(&mut self, node: &NodeId) {
        let seats = self.state.items_in(node).filter(|item| is_counted(item));
        let rejected = seats.filter(|seat| self.vote_of(seat) == Some(Decision::Reject));
        let rejected: Vec<ItemNo> = rejected.map(|seat| seat.no).collect();
        let live = self.state.items_in(node).filter(|item| item.is_live());
        let moot = live.filter(|item| rejected.contains(&self.seat_of(item)));
        let moot: Vec<ItemNo> = moot.map(|item| item.no).collect();
        self.drop_items(node, moot, true, Why::Decided);
    }

    /// Opens what waited for somebody who has spoken meanwhile.
    fn wake(&mut self, node: &NodeId) {
        let waiting = self.state.items_in(node);
        let waiting = waiting.filter(|item| item.state == ItemState::Waiting);
        let ready = waiting.filter(|item| self.is_its_turn(item));
        let ready: Vec<ItemNo> = ready.map(|item| item.no).collect();
        for item in ready {
            self.emit(What::ItemWoken {
                item,
                node: node.clone(),
            });
        }
    }

    fn is_its_turn(&self, item: &Item) -> bool {
        let items: Vec<&Item> = self.state.items_in(&item.node).collect();
        let heard_first = |it: &&Item| {
            let first = matches!(it.seat, SeatKind::Before | SeatKind::Delegated);
            first && it.parent == Some(item.no) && it.is_live()
        };
        if items.iter().any(heard_first) {
            return false;
        }
        if item.seat == SeatKind::After {
            let adder = item.parent.and_then(|parent| self.state.item(parent));
            return adder.is_some_and(|adder| adder.state == ItemState::Done);
        }
        let in_turn = matches!(
            self.find(&item.node),
            Some(Node::Approve(step)) if step.mode == Mode::InTurn
        );
        let mut earlier = items
            .iter()
            .filter(|it| it.seat == SeatKind::Own && it.no < item.no);
        let queued = in_turn && item.seat == SeatKind::Own;
        !queued || earlier.all(|it| self.vote_of(it).is_some())
    }
}

fn is_counted(item: &Item) -> bool {
    item.is_seat() && item.kind == ItemKind::Approve && item.state != ItemState::Cancelled
}
