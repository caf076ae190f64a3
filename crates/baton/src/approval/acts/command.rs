//! Somebody acts on a case 办理.

use ::approval::command::{Action, Command as Asked};
use access::{Need, Target};
use kernel::{CaseId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::approval::progress::Shown;
use crate::permissions;

/// One command to one case: approve, refuse, hand on, claim, comment, … The engine decides whose
/// seat it is; access decides that nobody speaks for another.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Command {
    /// The case.
    pub case: CaseId,
    /// Who asks; nobody when another slice completes work done inside the application.
    pub by: Option<EmployeeId>,
    /// What is asked.
    pub action: Action,
    /// What was on his screen, when he says so.
    #[serde(skip)]
    pub(crate) shown: Option<Shown>,
}

impl Act for Command {
    const NAME: &'static str = "approval.command";
    type Facts = CaseFile;
    type Outcome = Turned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<CaseFile, Failure> {
        CaseFile::read(books, self.case).await
    }

    fn needs(&self, file: &CaseFile) -> Need {
        match (&self.action, self.by) {
            (Action::Terminate { .. }, _) => Need::on(permissions::APPROVAL_MANAGE, file.target()),
            // Whoever may read a case may speak about it.
            (Action::Comment { .. } | Action::Urge { .. }, Some(_)) => {
                Need::on(permissions::APPROVAL_READ, file.target())
            }
            // Whoever stands in for a holder today has a part for as long as that lasts; and so has
            // whoever might have claimed what a colleague was quicker to claim.
            (action, Some(person)) if file.stands_in(person) || file.missed(action, person) => {
                let own = Target {
                    owner: Some(person),
                    kept_from: file.kept_from,
                    ..Target::default()
                };
                Need::on(permissions::APPROVAL_ACT, own)
            }
            // Everybody else must have a part in the case; a stranger does not learn of it.
            (_, Some(_)) => Need::on(permissions::APPROVAL_ACT, file.target()),
            (_, None) => Need::on_everything(permissions::APPROVAL_MANAGE),
        }
    }

    fn decide(&self, file: &CaseFile, at: Moment) -> Result<Turned, Refusal> {
        let foreign = matches!(
            self.action,
            Action::Start { .. } | Action::SetFact { .. } | Action::HandOnByDeparture { .. }
        );
        if foreign {
            return Err(Refusal::invalid(
                "approval.not_a_command",
                "发起、登记事实和离职转办有各自的入口",
                "Starting, setting facts and departures have acts of their own",
            ));
        }
        let asked = Asked {
            by: self.by,
            action: self.action.clone(),
        };
        file.turn(&file.with_stand_in(asked), at)
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
        file.record(turned, (self.action.label_zh(), self.action.label_en()))
    }

    fn then(&self, file: &CaseFile, turned: &Turned) -> Vec<Box<dyn AnyAct>> {
        file.reactions_to(turned, self.shown.as_ref())
    }
}
