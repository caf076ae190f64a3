//! A case learns something 登记事实.

use ::approval::command::{Action, Command};
use ::approval::fact::Value;
use access::Need;
use kernel::{CaseId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::permissions;

/// Tells a case a fact: `open_items` is now 0. Part of another slice's act. What the case knows
/// already, and what comes after its end, changes nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SetFact {
    /// The case.
    pub case: CaseId,
    /// Key of the fact, as the flow declares it.
    pub key: String,
    /// Its value.
    pub value: Value,
}

impl Act for SetFact {
    const NAME: &'static str = "approval.set_fact";
    type Facts = CaseFile;
    type Outcome = Turned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<CaseFile, Failure> {
        CaseFile::read(books, self.case).await
    }

    fn needs(&self, _file: &CaseFile) -> Need {
        Need::on_everything(permissions::APPROVAL_MANAGE)
    }

    fn decide(&self, file: &CaseFile, at: Moment) -> Result<Turned, Refusal> {
        if file.case.state.case.is_closed() {
            return Ok(file.still());
        }
        let action = Action::SetFact {
            key: self.key.clone(),
            value: self.value.clone(),
        };
        file.turn(&[Command::by_system(action)], at)
    }

    async fn write(
        &self,
        file: &CaseFile,
        turned: &Turned,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        file.take(books, turned).await
    }

    fn record(&self, file: &CaseFile, turned: &Turned) -> Record {
        file.record(turned, ("登记事实，没有变化", "was told nothing new"))
    }

    fn then(&self, file: &CaseFile, turned: &Turned) -> Vec<Box<dyn AnyAct>> {
        file.reactions(turned)
    }
}
