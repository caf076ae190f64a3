//! Sub-cases and service calls 子流程与触发器.

use super::{Desk, Done, refusals};
use crate::def::{Call, Each, Node, NodeId, OnFailure, Sub};
use crate::event::{What, Why};
use crate::fact::Value;
use crate::state::{CallState, CaseState, Child, ChildState, NodeState, Outcome, Purpose};

impl Desk<'_> {
    pub(super) fn by_system(&self) -> Done {
        match self.by {
            None => Ok(()),
            Some(_) => Err(refusals::system_only()),
        }
    }

    pub(super) fn want_children(&mut self, step: &Each) -> Done {
        let mut entries = match self.state.facts.get(&step.over) {
            Some(Value::List(entries)) => entries.clone(),
            _ => Vec::new(),
        };
        entries.sort_unstable();
        entries.dedup();
        if entries.len() > usize::try_from(step.limit).unwrap_or(usize::MAX) {
            return Err(refusals::bad_fact(
                &step.over,
                "条目超过流程允许的上限，请分批办理",
                "has more entries than the process allows",
            ));
        }
        for entry in &entries {
            self.want_child(&step.id, entry, &step.process);
        }
        Ok(())
    }

    pub(super) fn want_child(&mut self, node: &NodeId, key: &str, process: &str) {
        let iteration = self.state.run(node).map_or(1, |run| run.iteration);
        self.emit(What::ChildWanted {
            node: node.clone(),
            iteration,
            key: key.to_owned(),
            process: process.to_owned(),
        });
    }

    pub(super) fn visit_children(&mut self, step: &Each) {
        let total = self.state.children_in(&step.id).count();
        let closed = self.state.children_in(&step.id);
        let closed = closed.filter(|child| matches!(child.state, ChildState::Closed(_)));
        if closed.count() >= step.join.needed(total) {
            self.close(&step.id, Outcome::Passed, Why::Fulfilled);
        }
    }

    pub(super) fn visit_child(&mut self, step: &Sub) {
        let child = self.state.children_in(&step.id).next();
        match child.map(|child| child.state) {
            Some(ChildState::Closed(CaseState::Completed)) => {
                self.close(&step.id, Outcome::Passed, Why::Fulfilled);
            }
            Some(ChildState::Closed(_)) => self.close(&step.id, Outcome::Rejected, Why::Course),
            _ => {}
        }
    }

    pub(super) fn child_closed(&mut self, node: &NodeId, key: &str, outcome: CaseState) -> Done {
        self.by_system()?;
        let children: Vec<&Child> = self.state.children_in(node).collect();
        let mut same = children.iter().filter(|child| child.key == key);
        let open = same.any(|child| child.state == ChildState::Open);
        if !open || !outcome.is_closed() {
            let what = "没有对应的进行中子流程";
            return Err(refusals::moved_on(what, "No such sub-case is open"));
        }
        self.emit(What::ChildClosed {
            node: node.clone(),
            key: key.to_owned(),
            outcome,
        });
        Ok(())
    }

    pub(super) fn queue_call(&mut self, step: &Call, attempt: u32) {
        let iteration = self.state.run(&step.id).map_or(1, |run| run.iteration);
        self.emit(What::CallQueued {
            node: step.id.clone(),
            iteration,
            service: step.service.clone(),
            attempt,
        });
    }

    fn queued(&self, node: &NodeId) -> Result<(&Node, u32), kernel::Refusal> {
        let run = self.state.run(node);
        let queued = run.filter(|it| it.state == NodeState::Active && it.call == CallState::Queued);
        match (self.find(node), queued) {
            (Some(step), Some(run)) => Ok((step, run.attempts)),
            _ => Err(refusals::moved_on(
                "没有对应的排队中调用",
                "No such call is queued",
            )),
        }
    }

    pub(super) fn call_succeeded(&mut self, node: &NodeId) -> Done {
        self.by_system()?;
        self.queued(node)?;
        self.close(node, Outcome::Passed, Why::Fulfilled);
        Ok(())
    }

    pub(super) fn call_failed(&mut self, node: &NodeId, reason: &str) -> Done {
        self.by_system()?;
        let (step, attempts) = match self.queued(node)? {
            (Node::Call(step), attempts) => (step.clone(), attempts),
            _ => return Ok(()),
        };
        self.emit(What::CallFailed {
            node: node.clone(),
            reason: reason.to_owned(),
        });
        if attempts < step.retry.max {
            let again = self.directory.due(self.at, step.retry.after);
            self.arm(node, Purpose::Retry, again);
            return Ok(());
        }
        match &step.on_failure {
            OnFailure::Task { owner } => {
                let owner = owner.clone();
                self.open_fixes(&Node::Call(step), Some(&owner));
            }
            OnFailure::Reject => self.close(node, Outcome::Rejected, Why::Course),
        }
        Ok(())
    }
}
