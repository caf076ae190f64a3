//! What was asked has changed, so people are asked again 内容调整.

use std::collections::BTreeSet;

use kernel::EmployeeId;

use super::send_back::{WayBack, from_here_on};
use super::{Desk, Done, refusals};
use crate::def::{Node, NodeId};
use crate::event::What;
use crate::fact::Facts;
use crate::item::{Decision, Holder};
use crate::state::{NodeState, Outcome};

impl Desk<'_> {
    /// Takes new facts down and walks again from an approval on. What is fixed may change here,
    /// since nobody's yes to the old content outlives it but the one the caller vouches for.
    ///
    /// INVARIANT: a yes that stands was said by that person at this very step of this case.
    pub(super) fn amend(&mut self, id: &NodeId, facts: &Facts, standing: &[EmployeeId]) -> Done {
        self.by_system()?;
        let Some(node @ Node::Approve(step)) = self.find(id) else {
            return Err(refusals::wrong_kind((
                "只有审批节点可以重新征求意见",
                "Only steps of approval can be asked again",
            )));
        };
        for (key, value) in facts {
            self.declared(key, value)?;
            if self.state.facts.get(key) != Some(value) {
                self.emit(What::FactSet {
                    key: key.clone(),
                    value: value.clone(),
                });
            }
        }
        let path = self.flow.root.path_to(id);
        if self.is_under_way(&path) {
            let way = WayBack {
                to: id.clone(),
                reset: from_here_on(&path, 0),
                reopened: Vec::new(),
            };
            self.check_side_effects(&way)?;
            let kept = self.said_yes(id, standing);
            self.go_back(id, way);
            self.begin(node);
            self.open_seats_but(node, step, &kept)?;
        }
        self.move_barred();
        Ok(())
    }

    /// Whether the last step of a path has begun and what is around it still runs: what comes later
    /// is asked with the new facts anyway, and a branch that has ended is not opened again.
    fn is_under_way(&self, path: &[&Node]) -> bool {
        let Some((node, around)) = path.split_last() else {
            return false;
        };
        let begun = matches!(
            self.state.status(node.id()),
            NodeState::Active | NodeState::Ended(Outcome::Passed | Outcome::Skipped)
        );
        let mut around = around.iter();
        begun && around.all(|node| self.state.status(node.id()) == NodeState::Active)
    }

    /// Those of them who have approved at this step before.
    fn said_yes(&self, id: &NodeId, people: &[EmployeeId]) -> BTreeSet<EmployeeId> {
        let items = self.state.items.iter();
        let yes = items.filter(|it| it.node == *id && it.decision == Some(Decision::Approve));
        yes.filter_map(|item| match item.holder {
            Holder::Person(person) => people.contains(&person).then_some(person),
            Holder::Pool(_) => None,
        })
        .collect()
    }
}
