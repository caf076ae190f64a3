//! A due time, a reminder or a delay has come 定时到.

use ::approval::command::{Action, Command};
use ::approval::state::TimerNo;
use access::Need;
use kernel::{CaseId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::permissions;

/// Lets a timer fire: people are reminded, an item moves one step up, a delay ends.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FireTimer {
    /// The case.
    pub case: CaseId,
    /// The timer.
    pub timer: TimerNo,
}

impl Act for FireTimer {
    const NAME: &'static str = "approval.fire_timer";
    type Facts = CaseFile;
    type Outcome = Turned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<CaseFile, Failure> {
        CaseFile::read(books, self.case).await
    }

    fn needs(&self, _file: &CaseFile) -> Need {
        Need::on_everything(permissions::APPROVAL_MANAGE)
    }

    fn decide(&self, file: &CaseFile, at: Moment) -> Result<Turned, Refusal> {
        file.turn(
            &[Command::by_system(Action::FireTimer { timer: self.timer })],
            at,
        )
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
        file.record(
            turned,
            ("定时到，无事可做", "the timer fired; nothing to do"),
        )
    }

    fn then(&self, file: &CaseFile, turned: &Turned) -> Vec<Box<dyn AnyAct>> {
        file.reactions(turned)
    }
}
