//! What the browser sees of cases and tasks 流程视图.

use ::approval::command::{Action, Command};
use ::approval::item::{Holder, Item, ItemNo};
use ::approval::sentence::Names;
use ::approval::state::NodeState;
use ::approval::view::{Button, Progress, SeatProgress, buttons, summary};
use kernel::{CaseId, EmployeeId, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::asked::asked;
use super::casefile::CaseFile;
use super::climbed::came;
use super::company::Company;
use super::jobs;
use super::process::may_come;
use super::share::Share;
use super::store::Flow;
use super::tasks::{self, TaskLine, word};
use super::terms::TermView;
use crate::people::PersonName;
use crate::{registry, told};

/// Who has something to do.
#[derive(Serialize, ToSchema)]
pub(crate) struct HolderView {
    /// A person; absent for a pool.
    person: Option<PersonName>,
    /// Key of the pool; absent for a person.
    pool: Option<String>,
    /// `张三（E001）` or `「人事」待办池`
    name: String,
    /// The same for English pages.
    name_en: String,
}

impl HolderView {
    pub(super) fn of(company: &Company, holder: &Holder) -> HolderView {
        match holder {
            Holder::Person(id) => HolderView {
                person: person(company, Some(*id)),
                pool: None,
                name: company.called(*id),
                name_en: company.called(*id),
            },
            Holder::Pool(key) => HolderView {
                person: None,
                name: format!("「{}」待办池", company.role(key).0),
                name_en: format!("pool of {}", company.role(key).1),
                pool: Some(key.clone()),
            },
        }
    }
}

fn person(company: &Company, id: Option<EmployeeId>) -> Option<PersonName> {
    let id = id?;
    let (number, name) = company.number_and_name(id)?;
    Some(PersonName::of((id, number, name)))
}

/// A button beside a task.
#[derive(Serialize, ToSchema)]
pub(crate) struct ButtonView {
    /// `approve`, `reject`, `claim`, …: the `do` of the command, or for `add_before`, `add_after`
    /// and `add_parallel` the seating of `add_signer`.
    key: String,
    zh: &'static str,
    en: &'static str,
}

fn button_views(found: &[Button]) -> Vec<ButtonView> {
    let view = |button: &Button| ButtonView {
        key: word(button),
        zh: button.label_zh(),
        en: button.label_en(),
    };
    found.iter().map(view).collect()
}

/// What the caller may press beside an item: his own, one he may claim, or, where it may be handed
/// on, one of somebody for whom he stands in.
pub(super) fn pressable(file: &CaseFile, item: &Item, caller: EmployeeId) -> Vec<ButtonView> {
    use ::approval::directory::Directory;
    let found = buttons(&file.flow, item);
    let may = match &item.holder {
        Holder::Person(holder) if *holder == caller => true,
        Holder::Person(holder) => {
            file.company.stand_in_for(*holder) == Some(caller) && found.contains(&Button::HandOn)
        }
        Holder::Pool(pool) => file.company.members(pool).contains(&caller),
    };
    if may {
        button_views(&found)
    } else {
        Vec::new()
    }
}

/// One line of a list of tasks.
#[derive(Serialize, ToSchema)]
pub(crate) struct TaskItem {
    #[schema(value_type = String)]
    case_id: CaseId,
    /// Number of the item within its case.
    item: i64,
    /// Id of the step in its flow.
    node: String,
    /// `approve`, `task`, `cc`, `fix`
    kind: String,
    /// Title of the step.
    title: String,
    title_en: String,
    case_title: String,
    case_title_en: String,
    /// `departure/dep_…`
    subject: String,
    holder: HolderView,
    /// Whether the caller has it as a stand-in.
    stand_in: bool,
    /// `open`, `done`
    state: String,
    /// `approve`, `reject`, `complete`, …
    decision: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Moment,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Moment>,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Moment>,
    overdue: bool,
    /// How it came here, when somebody else let the time pass.
    came_zh: Option<String>,
    /// The same in English.
    came_en: Option<String>,
    buttons: Vec<ButtonView>,
}

impl TaskItem {
    pub(crate) fn of(
        line: TaskLine,
        file: Option<&CaseFile>,
        company: &Company,
        (caller, now): (EmployeeId, Moment),
    ) -> TaskItem {
        let holder = match (line.owner, line.pool) {
            (Some(person), _) => Holder::Person(person),
            (None, pool) => Holder::Pool(pool.unwrap_or_default()),
        };
        let number = u32::try_from(line.item).ok().map(ItemNo);
        let item = file
            .zip(number)
            .and_then(|(file, no)| Some((file, file.case.state.item(no)?)));
        let open = line.state == "open";
        let (came_zh, came_en) = item.and_then(|(_, item)| came(company, item)).unzip();
        TaskItem {
            case_id: line.case,
            item: line.item,
            node: line.node,
            kind: line.kind,
            title_en: item.map_or_else(
                || line.title.clone(),
                |(file, item)| tasks::node_title(&file.flow, item).1,
            ),
            title: line.title,
            case_title_en: told::in_english(&line.case_title),
            case_title: line.case_title,
            subject: line.subject,
            stand_in: open && matches!(holder, Holder::Person(person) if person != caller),
            holder: HolderView::of(company, &holder),
            decision: line.decision,
            opened_at: line.opened_at,
            due_at: line.due_at,
            done_at: line.done_at,
            overdue: open && line.due_at.is_some_and(|due| due < now),
            came_zh,
            came_en,
            buttons: item.map_or_else(Vec::new, |(file, item)| pressable(file, item, caller)),
            state: line.state,
        }
    }

    /// Whether it is the caller's to do: nobody stands in for another's own word.
    pub(crate) fn asks_the_caller(&self) -> bool {
        !self.stand_in || self.kind != "approve" || !self.buttons.is_empty()
    }
}

/// One seat of a step.
#[derive(Serialize, ToSchema)]
pub(crate) struct SeatView {
    holder: HolderView,
    /// 代理: for whom.
    acting_for: Option<PersonName>,
    seat_zh: &'static str,
    seat_en: &'static str,
    state: String,
    state_zh: &'static str,
    state_en: &'static str,
    decision: Option<String>,
    decision_zh: Option<&'static str>,
    decision_en: Option<&'static str>,
    comment: String,
    /// The same in English where the program said it.
    comment_en: String,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Moment>,
}

impl SeatView {
    fn of(company: &Company, seat: SeatProgress) -> SeatView {
        SeatView {
            holder: HolderView::of(company, &seat.holder),
            acting_for: person(company, seat.acting_for),
            seat_zh: seat.seat.label_zh(),
            seat_en: seat.seat.label_en(),
            state: word(&seat.state),
            state_zh: seat.state.label_zh(),
            state_en: seat.state.label_en(),
            decision: seat.decision.as_ref().map(word),
            decision_zh: seat.decision.map(|decision| decision.label_zh()),
            decision_en: seat.decision.map(|decision| decision.label_en()),
            comment_en: told::in_english(&seat.comment),
            comment: seat.comment,
            done_at: seat.done_at,
        }
    }
}

/// One walk through a step, or one still to come.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepView {
    node: String,
    title: String,
    title_en: String,
    /// 审批、办理、等待条件…
    kind_zh: &'static str,
    kind_en: &'static str,
    /// 1 for the first walk, 0 for one to come.
    iteration: u32,
    /// `pending`, `active`, `passed`, `rejected`, `skipped`, `cancelled`, `sent_back`
    state: String,
    state_zh: &'static str,
    state_en: &'static str,
    #[schema(value_type = Option<String>, format = DateTime)]
    opened_at: Option<Moment>,
    #[schema(value_type = Option<String>, format = DateTime)]
    ended_at: Option<Moment>,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Moment>,
    seats: Vec<SeatView>,
}

impl StepView {
    fn of(company: &Company, step: Progress) -> StepView {
        StepView {
            node: step.node.0,
            title: step.title,
            title_en: step.title_en,
            kind_zh: step.kind,
            kind_en: step.kind_en,
            iteration: step.iteration,
            state: match step.state {
                NodeState::Ended(outcome) => word(&outcome),
                other => word(&other),
            },
            state_zh: step.state_zh,
            state_en: step.state_en,
            opened_at: step.opened_at,
            ended_at: step.ended_at,
            due_at: step.due_at,
            seats: step
                .seats
                .into_iter()
                .map(|seat| SeatView::of(company, seat))
                .collect(),
        }
    }
}

/// One sentence of the history.
#[derive(Serialize, ToSchema)]
pub(crate) struct HistoryLine {
    seq: u64,
    #[schema(value_type = String, format = DateTime)]
    at: Moment,
    /// Absent when the system did it.
    by: Option<PersonName>,
    zh: String,
    en: String,
}

/// An item on which the caller can act.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyItem {
    /// Its number, for the command.
    item: u32,
    node: String,
    title: String,
    title_en: String,
    kind: String,
    holder: HolderView,
    /// What must be ticked.
    checklist: Vec<String>,
    /// The same in English, entry by entry; empty where the flow has no English words.
    checklist_en: Vec<String>,
    /// How it came here, when somebody else let the time pass.
    came_zh: Option<String>,
    /// The same in English.
    came_en: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Moment>,
    buttons: Vec<ButtonView>,
}

/// A case with its steps, its history, and what the caller can do.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseView {
    #[schema(value_type = String)]
    id: CaseId,
    title: String,
    title_en: String,
    /// `departure/dep_…`
    subject: String,
    flow: String,
    flow_title: String,
    flow_title_en: String,
    flow_version: u32,
    /// `running`, `completed`, `rejected`, `withdrawn`, `terminated`
    state: String,
    state_zh: &'static str,
    state_en: &'static str,
    initiator: Option<PersonName>,
    /// 当事人
    about: Option<PersonName>,
    /// What will be done when it is approved.
    held_zh: Option<&'static str>,
    held_en: Option<&'static str>,
    /// Why it could not be done although it was approved, Chinese.
    held_failed: Option<String>,
    /// The same in English.
    held_failed_en: Option<String>,
    /// What was asked for.
    terms: Vec<TermView>,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Moment,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Moment>,
    /// Years whose holidays are not entered though open tasks are due in them.
    unknown_years: Vec<i16>,
    milestones: Vec<String>,
    steps: Vec<StepView>,
    history: Vec<HistoryLine>,
    my_items: Vec<MyItem>,
    /// Whether the caller may still withdraw it.
    may_withdraw: bool,
}

impl CaseView {
    pub(crate) fn of(
        file: &CaseFile,
        events: &[::approval::event::Event],
        (caller, share): (Option<EmployeeId>, Share),
    ) -> CaseView {
        let (case, company) = (&file.case, &*file.company);
        let mut steps = summary(&file.flow, &case.state);
        // No way that was not taken, or will not be, is a step to come.
        steps.retain(|line| {
            let node = file.flow.find(&line.node);
            line.state != NodeState::Pending
                || node.is_none_or(|node| may_come(&case.state, &file.flow, node))
        });
        let open = steps.iter().filter(|line| line.ended_at.is_none());
        let last_due = open.filter_map(|line| line.due_at).max();
        let steps = share.steps(steps);
        let shown = events.iter().filter(|event| share.tells(file, event));
        let history = shown.filter_map(|event| {
            let (zh, en) = told::line(&file.flow, event, company)?;
            let by = person(company, event.by);
            Some(HistoryLine {
                seq: event.seq,
                at: event.at,
                by,
                zh,
                en,
            })
        });
        let failed = events.iter().rev().find_map(jobs::not_done);
        let (held_failed, held_failed_en) = failed.unzip();
        let held = case
            .held
            .as_ref()
            .and_then(|held| registry::act(&held.name));
        CaseView {
            id: case.id,
            title: case.title.clone(),
            title_en: told::in_english(&case.title),
            subject: case.subject.clone(),
            flow: file.flow.key.clone(),
            flow_title: file.flow.title.clone(),
            flow_title_en: file.flow.title_en.clone(),
            flow_version: file.flow.version,
            state: word(&case.state.case),
            state_zh: case.state.case.label_zh(),
            state_en: case.state.case.label_en(),
            initiator: person(company, file.began_by(events)),
            about: person(company, case.about),
            held_zh: held.map(|line| line.zh),
            held_en: held.map(|line| line.en),
            held_failed,
            held_failed_en,
            terms: share.terms(file),
            opened_at: case.opened_at,
            closed_at: case.closed_at,
            unknown_years: last_due
                .map_or_else(Vec::new, |due| company.unknown_years(case.opened_at, due)),
            milestones: case.state.milestones.clone(),
            steps: steps.map(|step| StepView::of(company, step)).collect(),
            history: history.collect(),
            my_items: caller.map_or_else(Vec::new, |caller| my_items(file, caller)),
            may_withdraw: caller.is_some_and(|caller| may_withdraw(file, caller)),
        }
    }
}

/// Whether the engine would let the caller withdraw.
fn may_withdraw(file: &CaseFile, caller: EmployeeId) -> bool {
    let reason = String::new();
    let asked = Command::by(caller, Action::Withdraw { reason });
    file.turn(&[asked], file.case.opened_at).is_ok()
}

fn my_items(file: &CaseFile, caller: EmployeeId) -> Vec<MyItem> {
    let items = file.case.state.items.iter();
    let mine = items.filter_map(|item| {
        let buttons = pressable(file, item, caller);
        let (checklist, checklist_en) = match file.flow.find(&item.node) {
            Some(::approval::def::Node::Task(task)) => {
                (task.checklist.clone(), task.checklist_en.clone())
            }
            _ => Default::default(),
        };
        let (came_zh, came_en) = came(&file.company, item).unzip();
        let (title, title_en) = tasks::node_title(&file.flow, item);
        (!buttons.is_empty()).then(|| MyItem {
            item: item.no.0,
            node: item.node.0.clone(),
            title,
            title_en,
            kind: word(&item.kind),
            holder: HolderView::of(&file.company, &item.holder),
            checklist,
            checklist_en,
            came_zh,
            came_en,
            due_at: tasks::due_of(&file.case.state, item),
            buttons,
        })
    });
    mine.collect()
}

/// One line of the cases about a thing.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaseItem {
    #[schema(value_type = String)]
    id: CaseId,
    title: String,
    title_en: String,
    flow: String,
    state: String,
    state_zh: &'static str,
    state_en: &'static str,
    initiator: Option<PersonName>,
    #[schema(value_type = String, format = DateTime)]
    opened_at: Moment,
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Moment>,
}

impl CaseItem {
    pub(crate) fn of(file: &CaseFile) -> CaseItem {
        CaseItem {
            id: file.case.id,
            title: file.case.title.clone(),
            title_en: told::in_english(&file.case.title),
            flow: file.flow.key.clone(),
            state: word(&file.case.state.case),
            state_zh: file.case.state.case.label_zh(),
            state_en: file.case.state.case.label_en(),
            initiator: person(&file.company, file.case.initiator),
            opened_at: file.case.opened_at,
            closed_at: file.case.closed_at,
        }
    }
}

/// One published version of a flow.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowItem {
    #[schema(value_type = String)]
    id: kernel::FlowId,
    key: String,
    version: i64,
    title: String,
    title_en: String,
    #[schema(value_type = String, format = DateTime)]
    published_at: Moment,
    /// Whether new cases follow it.
    current: bool,
}

impl FlowItem {
    /// Flows sorted by key and version; the last of each key is current.
    pub(crate) fn all(flows: &[Flow]) -> Vec<FlowItem> {
        let next = |index: usize| flows.get(index + 1).map(|flow| flow.key.as_str());
        let item = |(index, flow): (usize, &Flow)| FlowItem {
            id: flow.id,
            key: flow.key.clone(),
            version: flow.version,
            title: flow.title.clone(),
            title_en: flow.published().map_or_else(
                |_| flow.title.clone(),
                |published| published.title_en.clone(),
            ),
            published_at: flow.published_at,
            current: next(index) != Some(flow.key.as_str()),
        };
        flows.iter().enumerate().map(item).collect()
    }
}

/// One step of a definition, as people read it.
#[derive(Serialize, ToSchema)]
pub(crate) struct OutlineLine {
    /// How deep it stands in the tree, 0 for the root.
    depth: u32,
    node: String,
    title: String,
    title_en: String,
    kind_zh: &'static str,
    kind_en: &'static str,
    /// Who is asked: `人事`, `直属上级`.
    who_zh: Vec<String>,
    /// The same in English.
    who_en: Vec<String>,
}

/// A definition in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct FlowView {
    key: String,
    title: String,
    title_en: String,
    versions: Vec<FlowItem>,
    outline: Vec<OutlineLine>,
    /// The definition itself, `baton.process/1`.
    #[schema(value_type = Object)]
    definition: serde_json::Value,
}

impl FlowView {
    /// The newest of these versions.
    pub(crate) fn of(flows: &[Flow]) -> Result<Option<FlowView>, spine::Failure> {
        let Some(newest) = flows.last() else {
            return Ok(None);
        };
        let published = newest.published()?;
        let mut outline = Vec::new();
        walk(&published.root, 0, &mut outline);
        Ok(Some(FlowView {
            key: newest.key.clone(),
            title: published.title.clone(),
            title_en: published.title_en.clone(),
            versions: FlowItem::all(flows),
            outline,
            definition: serde_json::from_str(&newest.body)?,
        }))
    }
}

fn walk(node: &::approval::def::Node, depth: u32, outline: &mut Vec<OutlineLine>) {
    let (who_zh, who_en) = asked(node).into_iter().unzip();
    outline.push(OutlineLine {
        depth,
        node: node.id().0.clone(),
        title: node.title().to_owned(),
        title_en: node.title_en().to_owned(),
        kind_zh: node.label_zh(),
        kind_en: node.label_en(),
        who_zh,
        who_en,
    });
    for child in node.children() {
        walk(child, depth + 1, outline);
    }
}
