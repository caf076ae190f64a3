//! Everything that waits for one person goes to others 离职转办.

use std::collections::BTreeMap;
use std::sync::Arc;

use ::approval::command::{Action, Command, PlanRow};
use ::approval::event::What;
use ::approval::item::{Holder, ItemKind, ItemNo};
use access::Need;
use kernel::{CaseId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Item, Reader, Record, Writer};

use crate::approval::casefile::{CaseFile, Turned};
use crate::approval::company::Company;
use crate::approval::{store, tasks};
use crate::{bounds, permissions, told};

/// Moves every task of a person. Tasks that no row names go the way the engine finds: the pool they
/// were claimed from, the stand-in, the manager, the process administrators. Never to nobody.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReassignAll {
    /// Who gives them up.
    pub from: EmployeeId,
    /// Who gets what.
    pub rows: Vec<ReassignRow>,
    /// Who answers from now on for cases that he started.
    #[serde(default)]
    pub initiated: Vec<InitiatedRow>,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// How much moves.
    #[serde(default)]
    pub extent: Extent,
    /// Who chose the rows; nobody where an approved plan or the law does.
    #[serde(default)]
    pub by: Option<EmployeeId>,
}

/// How much moves, and what becomes of a row that cannot be followed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Extent {
    /// Everything; a row that cannot be followed refuses the whole.
    #[default]
    Strictly,
    /// Everything; whoever may not take what a row gives him (he stands aside there, or has left)
    /// is passed over, and it goes the way of what no row names. So an approved plan is never
    /// stopped on its day by one task.
    Everything,
    /// The rows and nothing else; a row that cannot be followed stays where it is.
    Listed,
}

/// One case and who answers for it from now on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InitiatedRow {
    /// The case.
    pub case: CaseId,
    /// Who.
    pub to: EmployeeId,
}

/// One task and its next holder.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReassignRow {
    /// The case.
    pub case: CaseId,
    /// The item.
    pub item: ItemNo,
    /// To whom.
    pub to: Holder,
}

/// What the decision needs to know.
pub struct Facts {
    from: String,
    files: Vec<CaseFile>,
}

/// What moves, case by case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reassigned {
    /// The events of each case.
    pub cases: Vec<Turned>,
    /// The same for people to read.
    pub moves: Vec<Moved>,
}

/// One task that moves.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Moved {
    /// The case.
    pub case: CaseId,
    /// The item; 0 when it is the case itself that another person answers for.
    pub item: ItemNo,
    /// Title of the case.
    pub case_title: String,
    /// Title of the step.
    pub task: String,
    /// The same in English.
    #[serde(default)]
    pub task_en: String,
    /// To whom.
    pub to: Holder,
    /// His name, or that of the pool.
    pub to_name: String,
    /// The same in English.
    #[serde(default)]
    pub to_name_en: String,
}

impl Act for ReassignAll {
    const NAME: &'static str = "approval.reassign_all";
    type Facts = Facts;
    type Outcome = Reassigned;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let company = Arc::new(Company::read(books).await?);
        if !company.knows(self.from) {
            return Err(Denied::absent("employee").into());
        }
        let mut files = Vec::new();
        // A pool of which he is the last member strands without him.
        let pools = match self.extent {
            Extent::Listed => Vec::new(),
            Extent::Strictly | Extent::Everything => company.pools_of(self.from),
        };
        let mut cases = tasks::cases_waiting_for(books, self.from, &pools).await?;
        cases.extend(self.initiated.iter().map(|row| row.case));
        cases.sort_unstable();
        cases.dedup();
        for case in cases {
            let case = store::find_case(books, case).await?;
            let case = case.ok_or_else(|| Denied::absent("case"))?;
            files.push(CaseFile::within(books, case, &company).await?);
        }
        Ok(Facts {
            from: company.called(self.from),
            files,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::APPROVAL_MANAGE)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Reassigned, Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        self.refuse_own_seat(facts)?;
        let mut plan: BTreeMap<CaseId, Vec<PlanRow>> = BTreeMap::new();
        for row in &self.rows {
            let rows = plan.entry(row.case).or_default();
            rows.push(PlanRow {
                item: row.item,
                to: row.to.clone(),
            });
        }
        let mut decided = Reassigned {
            cases: Vec::new(),
            moves: Vec::new(),
        };
        for file in &facts.files {
            let plan = plan.remove(&file.case.id).unwrap_or_default();
            let turned = self.turn(file, plan, at)?;
            decided.moves.extend(moves(file, &turned));
            decided.cases.push(turned);
        }
        if plan.is_empty() || self.extent != Extent::Strictly {
            Ok(decided)
        } else {
            Err(stale())
        }
    }

    async fn write(
        &self,
        facts: &Facts,
        decided: &Reassigned,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        for (file, turned) in facts.files.iter().zip(&decided.cases) {
            file.take(books, turned).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, decided: &Reassigned) -> Record {
        let (from, count) = (&facts.from, decided.moves.len());
        let items = decided.moves.iter().map(|moved| Item {
            subject: format!("case/{}", moved.case),
            detail: serde_json::json!({
                "item": moved.item,
                "task": moved.task,
                "from": self.from,
                "to": moved.to,
                "to_name": moved.to_name,
            }),
        });
        Record::of(
            format!("employee/{}", self.from),
            format!("{from}的 {count} 项待办已全部移交：{}", self.reason.trim()),
            format!(
                "All {count} tasks of {from} were handed on: {}",
                told::in_english(self.reason.trim())
            ),
        )
        .items(items.collect())
    }
}

impl ReassignAll {
    /// Work may be taken over, but nobody seats himself where others decide: who moves a seat and
    /// who decides at it are two people.
    fn refuse_own_seat(&self, facts: &Facts) -> Result<(), Refusal> {
        let own = self.by.map(Holder::Person);
        for row in self.rows.iter().filter(|row| Some(&row.to) == own.as_ref()) {
            let mut files = facts.files.iter();
            let file = files.find(|file| file.case.id == row.case);
            let seat = file.and_then(|file| Some((file, file.case.state.item(row.item)?)));
            if let Some((file, item)) = seat.filter(|(_, item)| item.kind == ItemKind::Approve) {
                return Err(own_seat(&tasks::node_title(&file.flow, item)));
            }
        }
        Ok(())
    }

    /// What becomes of one case.
    fn turn(&self, file: &CaseFile, plan: Vec<PlanRow>, at: Moment) -> Result<Turned, Refusal> {
        if file.case.state.case.is_closed() {
            return Ok(file.still());
        }
        let from = self.from;
        let system = |action| Command::by_system(action);
        let fits = |row: &PlanRow| {
            let plan = vec![row.clone()];
            let alone = system(Action::HandOnListed { from, plan });
            file.turn(&[alone], at).is_ok()
        };
        let plan = match self.extent {
            Extent::Strictly => plan,
            Extent::Everything | Extent::Listed => plan.into_iter().filter(fits).collect(),
        };
        let mut commands = vec![system(match self.extent {
            Extent::Listed => Action::HandOnListed { from, plan },
            Extent::Strictly | Extent::Everything => Action::HandOnByDeparture { from, plan },
        })];
        let row = self.initiated.iter().find(|row| row.case == file.case.id);
        if let Some(row) = row {
            let passes = system(Action::PassToInitiator { to: row.to });
            // Whoever has left meanwhile answers for nothing; the case keeps its initiator, and
            // what comes back to him goes to his manager.
            if file.turn(std::slice::from_ref(&passes), at).is_ok() {
                commands.push(passes);
            }
        }
        file.turn(&commands, at)
    }
}

fn moves(file: &CaseFile, turned: &Turned) -> Vec<Moved> {
    let moved = turned.events.iter().filter_map(|event| {
        let (item, to) = match &event.what {
            What::ItemMoved { item, to, .. } => (item, to),
            What::InitiatorPassed { to, .. } => return Some(initiated(file, *to)),
            _ => return None,
        };
        let moved = file.case.state.item(*item)?;
        // A copy to be read follows too, but it is no work.
        if moved.kind == ItemKind::Cc {
            return None;
        }
        let (to_name, to_name_en) = match to {
            Holder::Person(person) => (file.company.called(*person), file.company.called(*person)),
            Holder::Pool(pool) => ::approval::sentence::Names::role(&*file.company, pool),
        };
        let (task, task_en) = tasks::node_title(&file.flow, moved);
        Some(Moved {
            case: file.case.id,
            item: *item,
            case_title: file.case.title.clone(),
            task,
            task_en,
            to: to.clone(),
            to_name,
            to_name_en,
        })
    });
    moved.collect()
}

fn initiated(file: &CaseFile, to: EmployeeId) -> Moved {
    Moved {
        case: file.case.id,
        item: ItemNo(0),
        case_title: file.case.title.clone(),
        task: "发起人".to_owned(),
        task_en: "Initiator".to_owned(),
        to: Holder::Person(to),
        to_name: file.company.called(to),
        to_name_en: file.company.called(to),
    }
}

fn own_seat((zh, en): &(String, String)) -> Refusal {
    Refusal::invalid(
        "approval.own_seat",
        format!("「{zh}」是审批席位，不能由您转给自己"),
        format!("“{en}” is decided by vote; you cannot give its seat to yourself"),
    )
    .remedy((
        "请转给其他有权审批的人员，或请另一位人事办理本次移交",
        "Choose somebody else who may decide, or let another one of HR hand it on",
    ))
    .at(
        "/rows",
        (
            "审批席位不能转给自己",
            "A seat that decides cannot go to yourself",
        ),
    )
}

fn stale() -> Refusal {
    Refusal::conflict(
        "approval.plan_is_stale",
        "方案中有的待办已不在该员工名下",
        "Some tasks of the plan are no longer held by this person",
    )
    .remedy(("请重新生成移交方案", "Draw up the handover again"))
}
