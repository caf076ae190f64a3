//! What follows by itself: opening, joining and closing steps 流程推进.

use kernel::Refusal;

use super::{Desk, Done, refusals};
use crate::def::{Choice, Node, NodeId, START};
use crate::event::{What, Why};
use crate::fact::Guard;
use crate::item::{ItemKind, ItemNo};
use crate::state::{CaseState, ChildState, NodeState, Outcome};

impl<'a> Desk<'a> {
    /// Walks the tree until nothing more follows.
    ///
    /// INVARIANT: every round but the last emits an event, and without a command every step opens
    /// and closes at most once, so the walk ends.
    pub(super) fn settle(&mut self) -> Done {
        let root = &self.flow.root;
        while self.state.case == CaseState::Running {
            let before = self.events.len();
            let start = NodeId::from(START);
            match self.state.status(&start) {
                NodeState::Pending => self.open_correction(),
                NodeState::Active => self.visit_duties(&start),
                NodeState::Ended(_) => match self.state.status(root.id()) {
                    NodeState::Pending => self.open(root)?,
                    NodeState::Active => self.visit(root)?,
                    NodeState::Ended(Outcome::Passed | Outcome::Skipped) => {
                        self.close_case(CaseState::Completed, "");
                    }
                    NodeState::Ended(_) => self.close_case(CaseState::Rejected, ""),
                },
            }
            if self.events.len() == before {
                break;
            }
        }
        Ok(())
    }

    /// The number of the walk that is about to begin.
    pub(super) fn next_iteration(&self, node: &NodeId) -> u32 {
        match self.state.run(node) {
            None => 1,
            Some(run) if run.state == NodeState::Pending => run.iteration,
            Some(run) => run.iteration + 1,
        }
    }

    /// Another walk through a step begins.
    pub(super) fn begin(&mut self, node: &Node) {
        let id = node.id();
        let iteration = self.next_iteration(id);
        let due_at = self
            .due_of(node)
            .map(|span| self.directory.due(self.at, span));
        self.emit(What::NodeOpened {
            node: id.clone(),
            iteration,
            due_at,
        });
        self.arm_for(node, due_at);
    }

    fn open(&mut self, node: &'a Node) -> Done {
        let id = node.id();
        self.begin(node);
        match node {
            Node::Seq(_) | Node::Par(_) | Node::Wait(_) => {}
            Node::Choice(it) => self.take_branches(it, 1)?,
            Node::MultiChoice(it) => self.take_branches(it, usize::MAX)?,
            Node::Approve(it) => self.open_seats(node, it)?,
            Node::Task(it) => self.open_duties(node, it),
            Node::Each(it) => self.want_children(it)?,
            Node::Sub(it) => self.want_child(&it.id, super::SUB_KEY, &it.process),
            Node::Timer(it) => self.arm_delay(it),
            Node::Call(it) => self.queue_call(it, 1),
            Node::Cc(it) => self.open_copies(node, it),
            Node::Milestone(it) => {
                self.emit(What::MilestoneReached {
                    node: id.clone(),
                    key: it.key.clone(),
                });
                self.close(id, Outcome::Passed, Why::Course);
            }
            Node::Nop(_) => self.close(id, Outcome::Passed, Why::Course),
        }
        self.visit(node)
    }

    /// Looks whether an active step has what it waits for.
    fn visit(&mut self, node: &'a Node) -> Done {
        if self.state.status(node.id()) != NodeState::Active {
            return Ok(());
        }
        match node {
            Node::Seq(it) => return self.visit_in_turn(&it.id, &it.children),
            Node::Par(it) => {
                let children: Vec<&Node> = it.children.iter().collect();
                let needed = it.join.needed(children.len());
                return self.visit_side_by_side(&it.id, &children, needed);
            }
            Node::Choice(it) | Node::MultiChoice(it) => {
                let children = self.taken(it);
                return self.visit_side_by_side(&it.id, &children, children.len());
            }
            Node::Approve(it) => self.visit_seats(it),
            Node::Task(it) => self.visit_duties(&it.id),
            Node::Call(it) => self.visit_duties(&it.id),
            Node::Each(it) => self.visit_children(it),
            Node::Sub(it) => self.visit_child(it),
            Node::Wait(it) => {
                if self.holds(&it.until)? {
                    self.close(&it.id, Outcome::Passed, Why::Fulfilled);
                }
            }
            Node::Timer(_) | Node::Cc(_) | Node::Milestone(_) | Node::Nop(_) => {}
        }
        Ok(())
    }

    fn visit_in_turn(&mut self, id: &NodeId, children: &'a [Node]) -> Done {
        for child in children {
            if self.state.status(child.id()) == NodeState::Pending {
                self.open(child)?;
            } else {
                self.visit(child)?;
            }
            match self.state.status(child.id()) {
                NodeState::Ended(Outcome::Passed | Outcome::Skipped) => {}
                NodeState::Ended(_) => {
                    self.close(id, Outcome::Rejected, Why::Course);
                    return Ok(());
                }
                NodeState::Pending | NodeState::Active => return Ok(()),
            }
        }
        self.close(id, Outcome::Passed, Why::Course);
        Ok(())
    }

    fn visit_side_by_side(&mut self, id: &NodeId, children: &[&'a Node], needed: usize) -> Done {
        for child in children {
            if self.state.status(child.id()) == NodeState::Pending {
                self.open(child)?;
            } else {
                self.visit(child)?;
            }
        }
        let states = children.iter().map(|child| self.state.status(child.id()));
        let (mut passed, mut possible) = (0, 0);
        for state in states {
            match state {
                NodeState::Ended(Outcome::Passed | Outcome::Skipped) => passed += 1,
                NodeState::Ended(_) => {}
                NodeState::Pending | NodeState::Active => possible += 1,
            }
        }
        let outcome = if passed >= needed {
            Outcome::Passed
        } else if passed + possible < needed {
            Outcome::Rejected
        } else {
            return Ok(());
        };
        for child in children {
            self.cancel_below(child, Why::BranchDecided);
        }
        self.close(id, outcome, Why::Course);
        Ok(())
    }

    fn take_branches(&mut self, choice: &Choice, most: usize) -> Done {
        let mut branches = Vec::new();
        for branch in &choice.branches {
            if branches.len() < most && self.holds(&branch.when)? {
                branches.push(branch.node.id().clone());
            }
        }
        if branches.is_empty() {
            branches.push(choice.otherwise.id().clone());
        }
        self.emit(What::BranchesTaken {
            node: choice.id.clone(),
            branches,
        });
        Ok(())
    }

    fn taken(&self, choice: &'a Choice) -> Vec<&'a Node> {
        let taken = self.state.run(&choice.id).map_or(&[][..], |run| &run.taken);
        let ways = choice.branches.iter().map(|branch| &branch.node);
        let ways = ways.chain([&*choice.otherwise]);
        ways.filter(|node| taken.contains(node.id())).collect()
    }

    /// Whether a condition holds now; an unset fact is no, a rule without an answer is a refusal.
    fn holds(&self, guard: &Guard) -> Result<bool, Refusal> {
        let facts = &self.state.facts;
        for (table, output) in guard.rules() {
            if self.directory.rule(table, output, facts).is_none() {
                return Err(refusals::no_answer(table, output));
            }
        }
        let answer = |table: &str, output: &str| self.directory.rule(table, output, facts);
        Ok(guard.holds(facts, &answer) == Some(true))
    }

    /// Ends a step: nothing of it stays open but copies for reading.
    pub(super) fn close(&mut self, node: &NodeId, outcome: Outcome, why: Why) {
        let decided = matches!(outcome, Outcome::Passed | Outcome::Rejected);
        let live = self.state.items_in(node);
        let live = live.filter(|item| item.is_live() && item.kind != ItemKind::Cc);
        let items: Vec<ItemNo> = live.map(|item| item.no).collect();
        self.drop_items(node, items, decided, why);
        self.terminate_children(node);
        let ending = self.state.run(node).map_or(1, |run| run.iteration);
        let mut backs = self.state.direct_backs.iter();
        let back = backs.find(|back| back.after == *node).cloned();
        self.emit(What::NodeClosed {
            node: node.clone(),
            iteration: ending,
            outcome,
            why,
        });
        if let Some(back) = back.filter(|_| outcome == Outcome::Passed) {
            self.skip_what_was_passed(&back);
        }
    }

    pub(super) fn drop_items(
        &mut self,
        node: &NodeId,
        items: Vec<ItemNo>,
        superseded: bool,
        why: Why,
    ) {
        if !items.is_empty() {
            self.emit(What::ItemsDropped {
                items,
                node: node.clone(),
                superseded,
                why,
            });
        }
    }

    pub(super) fn terminate_children(&mut self, node: &NodeId) {
        let open = self.state.children_in(node);
        let open = open.filter(|child| child.state == ChildState::Open);
        let open: Vec<(u32, String)> = open.map(|it| (it.iteration, it.key.clone())).collect();
        for (iteration, key) in open {
            self.emit(What::ChildTerminated {
                node: node.clone(),
                iteration,
                key,
            });
        }
    }

    pub(super) fn cancel_below(&mut self, node: &Node, why: Why) {
        for step in node.subtree() {
            if self.state.status(step.id()) == NodeState::Active {
                self.close(step.id(), Outcome::Cancelled, why);
            }
        }
    }
}
