//! Somebody ticked a step of the process off in his list of tasks 办结离职待办.

use access::Need;
use kernel::{CaseId, DepartureId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::acknowledge::Acknowledge;
use super::record_check::{Check, RecordCheck};
use crate::approval::Known;
use crate::departure::store::{self, Found, StepLine};
use crate::departure::{known, process};
use crate::permissions;

/// What belongs to the step is recorded in the departure too, so that it does not matter where
/// somebody says that he did his part. A step whose work leaves its own trace (a plan, a paper, a
/// thing that came back) cannot be ticked off without it.
#[derive(Debug, Serialize, Deserialize)]
pub struct StepDone {
    /// Which departure.
    pub departure: DepartureId,
    /// Its case.
    pub case: CaseId,
    /// The step of the flow.
    pub node: String,
    /// What people call it.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Who ticked it off.
    pub by: EmployeeId,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    steps: Vec<StepLine>,
    known: Known,
}

/// The step in which the notice of a dismissal is handed over.
const SERVICE: &str = "service";

/// Steps whose work leaves its own trace, what leaves it, and where it is done.
const TRACED: [(&str, &str, &str, (&str, &str)); 4] = [
    (
        "plan",
        "提交交接方案",
        "submit the handover plan",
        (
            "请由其上级在该离职的页面制定并提交；还没有上级的，请人事先为其部门指定负责人，再转办",
            "The superior draws it up and submits it on the page of the departure; where there is \
             none, HR names a head of the department first and hands the task on",
        ),
    ),
    (
        "close_accounts",
        "逐个登记账号关闭",
        "close each account",
        (
            "请打开该员工档案的「资产与账号」，逐个登记关闭",
            "Close each account under “Assets and accounts” of the employee",
        ),
    ),
    (
        "collect_assets",
        "登记资产归还或约定赔偿",
        "take each thing back or agree on its cost",
        (
            "请打开该员工档案的「资产与账号」，逐件登记归还或约定赔偿",
            "Record each return or agreed cost under “Assets and accounts” of the employee",
        ),
    ),
    (
        "certificate",
        "出具离职证明",
        "issue the certificate",
        (
            "请打开该离职的页面，在文书中出具",
            "Issue it among the documents of the departure",
        ),
    ),
];

impl Act for StepDone {
    const NAME: &'static str = "departure.step_done";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            found: store::found(books, self.departure).await?,
            steps: store::steps(books, self.departure).await?,
            known: known::known(books, self.departure).await?,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let traced = TRACED.iter().find(|(node, ..)| *node == self.node);
        match traced {
            Some((node, zh, en, place)) if !facts.known.done.contains_key(node) => {
                Err(Refusal::conflict(
                    "departure.not_done_yet",
                    format!("请先{zh}，该待办会随之自动办结"),
                    format!("Please {en} first; the task ends with it."),
                )
                .remedy(*place))
            }
            _ => Ok(()),
        }
    }

    async fn write(&self, _: &Facts, (): &(), _: &mut Writer<'_>) -> Result<(), Failure> {
        // The parts write what belongs to the step.
        Ok(())
    }

    fn record(&self, facts: &Facts, (): &()) -> Record {
        let who = super::who(&facts.found);
        Record::of(
            facts.found.subject(),
            format!("{who}的离职办结了「{}」", self.title),
            format!("A step of {who}'s departure is done: {}", self.title_en),
        )
        .why(&self.node)
        .about(format!("case/{}", self.case))
        .about(format!("employee/{}", self.by))
    }

    fn then(&self, facts: &Facts, (): &()) -> Vec<Box<dyn AnyAct>> {
        let by = self.by.to_string();
        let (departure, on) = (self.departure, facts.found.today);
        let recorded = |kind: &str, what: &str| {
            let mut steps = facts.steps.iter();
            steps.any(|step| step.kind == kind && step.what == what)
        };
        let note = String::new;
        let check = match self.node.as_str() {
            "acknowledge" | SERVICE if !recorded("acknowledged", "") => {
                return vec![Box::new(Acknowledge {
                    departure,
                    on: None,
                    by,
                })];
            }
            "union" if !recorded("check", "union_notice") => {
                Check::UnionNotice { on, note: note() }
            }
            "receivables" if !recorded("check", "receivables") => {
                Check::Receivables { note: note() }
            }
            "interview" if !recorded("check", "interview") => Check::Interview { on, note: note() },
            _ => return vec![Box::new(process::goes_on(self.case))],
        };
        vec![Box::new(RecordCheck {
            departure,
            check,
            by,
        })]
    }
}
