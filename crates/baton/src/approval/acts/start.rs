//! A case begins 发起流程.

use std::sync::Arc;

use ::approval::command::{Action, Command};
use ::approval::directory::{ADMIN, Directory};
use ::approval::fact::Facts as CaseFacts;
use ::approval::state::State;
use access::Need;
use kernel::{CaseId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Fault, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::approval::company::Company;
use crate::approval::store::{self, Case, HeldAct};
use crate::{bounds, permissions};

/// Starts a case of the newest version of a flow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// Its id, when the caller has minted one to keep; otherwise a new one.
    pub case: Option<CaseId>,
    /// Key of the flow, `departure.resignation`.
    pub flow: String,
    /// What lists call it, 1..=100 characters: `张三（E001）辞职`.
    pub title: String,
    /// What it is about, `departure/dep_…`.
    pub subject: String,
    /// 当事人
    pub about: Option<EmployeeId>,
    /// Who starts it; without one the first process administrator answers for it.
    pub initiator: Option<EmployeeId>,
    /// What is known, by the keys that the flow declares.
    pub facts: CaseFacts,
    /// The act that is performed when the case is approved.
    #[serde(default)]
    pub held: Option<HeldAct>,
}

impl Act for Start {
    const NAME: &'static str = "approval.start";
    type Facts = CaseFile;
    type Outcome = Turned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<CaseFile, Failure> {
        let flow = store::newest_flow(books, &self.flow).await?;
        let flow = flow.ok_or_else(|| no_flow(&self.flow))?;
        let company = Company::read(books).await?;
        let first = || {
            company
                .members(ADMIN)
                .into_iter()
                .find(|it| company.is_active(*it))
        };
        let case = Case {
            id: self
                .case
                .unwrap_or_else(|| CaseId::mint(books.at(), books.dice())),
            flow: flow.id,
            title: self.title.trim().to_owned(),
            subject: self.subject.clone(),
            initiator: self.initiator.or_else(first),
            about: self.about,
            state: State::default(),
            held: self.held.clone(),
            opened_at: books.at(),
            closed_at: None,
        };
        Ok(CaseFile {
            case,
            flow: flow.published()?,
            company: Arc::new(company),
            kept_from: None,
        })
    }

    fn needs(&self, _file: &CaseFile) -> Need {
        Need::on_everything(permissions::APPROVAL_MANAGE)
    }

    fn decide(&self, file: &CaseFile, at: Moment) -> Result<Turned, Refusal> {
        bounds::length("/title", "流程标题", &self.title, bounds::SHORT)?;
        let Some(initiator) = file.case.initiator else {
            return Err(nobody());
        };
        for person in [Some(initiator), self.about].into_iter().flatten() {
            if !file.company.knows(person) {
                return Err(nobody());
            }
        }
        let action = Action::Start {
            initiator,
            subject: self.subject.clone(),
            subject_person: self.about,
            facts: self.facts.clone(),
        };
        file.turn(
            &[Command {
                by: self.initiator,
                action,
            }],
            at,
        )
    }

    async fn write(
        &self,
        file: &CaseFile,
        turned: &Turned,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        if turned.events.is_empty() {
            return Err(Fault::new("a case began without an event").into());
        }
        store::add_case(books, &file.case).await?;
        file.take(books, turned).await
    }

    fn record(&self, file: &CaseFile, turned: &Turned) -> Record {
        file.record(turned, ("发起", "started"))
    }

    fn then(&self, file: &CaseFile, turned: &Turned) -> Vec<Box<dyn AnyAct>> {
        file.reactions(turned)
    }
}

fn no_flow(key: &str) -> Refusal {
    Refusal::conflict(
        "approval.no_flow",
        format!("没有发布过流程「{key}」"),
        format!("No flow {key} has been published"),
    )
    .remedy((
        "请系统管理员先发布该流程",
        "Let the system administrator publish this flow first",
    ))
}

fn nobody() -> Refusal {
    Refusal::conflict(
        "approval.no_initiator",
        "没有可以担任流程发起人的在职员工：您的账号没有对应的员工，人事、高管的账号也都没有",
        "The initiator or the person concerned is not an employee, or nobody administers processes",
    )
    .remedy((
        "请在「员工与组织」登记一名人事员工，并在「账号与角色」把人事账号的工号与之对应",
        "Add an employee of HR under “People”, and give the HR login that number under “Logins \
         and roles”",
    ))
}
