//! A case learns what the books know already 核对流程进度.

use access::Need;
use kernel::{CaseId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::approval::known::Known;
use crate::{permissions, registry};

/// Asks the slice of the subject what is done and tells the case. Part of the acts by which that
/// work is done, and of the hour at which something comes true by itself. Asking twice changes
/// nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refresh {
    /// The case.
    pub case: CaseId,
}

/// What the decision needs to know.
pub struct Facts {
    file: CaseFile,
    known: Known,
}

/// What the books know about the subject of a case; nothing once it has ended.
pub(crate) async fn known(books: &mut Reader<'_>, file: &CaseFile) -> Result<Known, Failure> {
    let subject = &file.case.subject;
    let kind = subject.split_once('/').map_or("", |(kind, _)| kind);
    match registry::known(kind) {
        Some(know) if !file.case.state.case.is_closed() => know(books, subject).await,
        _ => Ok(Known::default()),
    }
}

impl Act for Refresh {
    const NAME: &'static str = "approval.refresh";
    type Facts = Facts;
    type Outcome = Turned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let file = CaseFile::read(books, self.case).await?;
        let known = known(books, &file).await?;
        Ok(Facts { file, known })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::APPROVAL_MANAGE)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Turned, Refusal> {
        facts.file.tell(&facts.known, at)
    }

    async fn write(
        &self,
        facts: &Facts,
        turned: &Turned,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        facts.file.take(books, turned).await
    }

    fn record(&self, facts: &Facts, turned: &Turned) -> Record {
        let plain = ("核对了进度，没有新的进展", "nothing new");
        facts.file.record(turned, plain)
    }

    fn then(&self, facts: &Facts, turned: &Turned) -> Vec<Box<dyn AnyAct>> {
        facts.file.reactions(turned)
    }
}
