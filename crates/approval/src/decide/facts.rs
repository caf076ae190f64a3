//! New knowledge about a case 登记事实.

use kernel::Refusal;

use super::{Desk, Done, refusals};
use crate::def::{NodeId, START};
use crate::event::What;
use crate::fact::{FactDecl, Value};
use crate::state::NodeState;

impl Desk<'_> {
    pub(super) fn set_fact(&mut self, key: &str, value: &Value) -> Done {
        let declared = self.declared(key, value)?;
        let in_hand = self.state.status(&NodeId::from(START)) == NodeState::Active;
        if self.state.facts.get(key) == Some(value) {
            return Ok(());
        }
        if declared.fixed && !in_hand {
            return Err(refusals::bad_fact(
                key,
                "只能在退回发起人后修改，已经同意的人同意的是原来的内容",
                "may change only while the case lies with its initiator",
            ));
        }
        self.emit(What::FactSet {
            key: key.to_owned(),
            value: value.clone(),
        });
        self.move_barred();
        Ok(())
    }

    /// The declaration of a fact, if it takes this value.
    pub(super) fn declared(&self, key: &str, value: &Value) -> Result<&FactDecl, Refusal> {
        let Some(declared) = self.flow.fact(key) else {
            return Err(refusals::bad_fact(key, "未声明", "is not declared"));
        };
        if !declared.accepts(value) {
            return Err(refusals::bad_fact(
                key,
                "类型不符或过长",
                "is of the wrong kind",
            ));
        }
        Ok(declared)
    }
}
