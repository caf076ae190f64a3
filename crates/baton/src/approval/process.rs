//! How far a case is, for the page of the thing it is about 流程步骤.

use ::approval::def::{Choice, Node, NodeId};
use ::approval::directory::ADMIN;
use ::approval::fact::Facts;
use ::approval::item::Holder;
use ::approval::state::{NodeState, State};
use ::approval::validate::Published;
use ::approval::view::summary;
use kernel::{CaseId, EmployeeId, Moment, many};
use serde::Serialize;
use spine::{Failure, Reader};
use utoipa::ToSchema;

use super::acts::reassign_all::Moved;
use super::asked::{asked, vacancy};
use super::casefile::CaseFile;
use super::company::Company;
use super::store;
use super::tasks::word;
use super::view::{ButtonView, HolderView, pressable};
use crate::told;

/// One step of a case that people work on or wait for.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepNow {
    /// Its id in the flow: `receivables`, `plan`, …
    node: String,
    zh: String,
    en: String,
    /// `approve`, `task`, `wait`
    kind: &'static str,
    /// `pending`, `active`, `passed`, `rejected`, `skipped`, `cancelled`, `sent_back`
    state: String,
    state_zh: &'static str,
    state_en: &'static str,
    /// Who has it in hand; empty before it begins.
    holders: Vec<HolderView>,
    /// Who will be asked, in words, while it has not begun: `人事`.
    who_zh: Vec<String>,
    /// The same in English.
    who_en: Vec<String>,
    /// Why nobody whom it asks can act, and what would help; absent where somebody can.
    vacant_zh: Option<String>,
    /// The same in English.
    vacant_en: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Moment>,
    overdue: bool,
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Moment>,
    /// What was said when it was done.
    comment: String,
    /// The same in English where the program said it.
    comment_en: String,
    /// The item on which the caller can act, for the command.
    item: Option<u32>,
    /// What must be ticked.
    checklist: Vec<String>,
    buttons: Vec<ButtonView>,
}

/// The steps of a case: those that have begun in their order, then those to come.
pub(crate) async fn steps_now(
    books: &mut Reader<'_>,
    case: CaseId,
    caller: Option<EmployeeId>,
) -> Result<Vec<StepNow>, Failure> {
    let file = CaseFile::read(books, case).await?;
    let now = books.at();
    let lines = summary(&file.flow, &file.case.state).into_iter();
    let steps = lines.filter_map(|line| {
        let node = file.flow.find(&line.node)?;
        let kind = match node {
            Node::Approve(_) => "approve",
            Node::Task(_) => "task",
            Node::Wait(_) => "wait",
            _ => return None,
        };
        let ended = matches!(line.state, NodeState::Ended(_));
        if line.state == NodeState::Pending && !may_come(&file.case.state, &file.flow, node) {
            return None;
        }
        let last = line.seats.iter().rfind(|seat| seat.decision.is_some());
        let comment = last.map_or_else(String::new, |seat| seat.comment.clone());
        let live = || {
            let seats = line.seats.iter();
            seats.filter(move |seat| ended || seat.done_at.is_none())
        };
        let stray = line.state == NodeState::Pending || live().any(|seat| is_admin(&seat.holder));
        let vacant = vacancy(&file.company, node, file.case.about).filter(|_| !ended && stray);
        let (vacant_zh, vacant_en) = vacant.unzip();
        let holders = live().map(|seat| HolderView::of(&file.company, &seat.holder));
        let mine = mine(&file, node, caller);
        let (who_zh, who_en) = asked(node).into_iter().unzip();
        Some(StepNow {
            node: line.node.0.clone(),
            zh: line.title,
            en: line.title_en,
            kind,
            state: match line.state {
                NodeState::Ended(outcome) => word(&outcome),
                other => word(&other),
            },
            state_zh: line.state_zh,
            state_en: line.state_en,
            holders: holders.collect(),
            who_zh,
            who_en,
            vacant_zh,
            vacant_en,
            overdue: !ended && line.due_at.is_some_and(|due| due < now),
            due_at: line.due_at,
            done_at: line.ended_at,
            comment_en: told::in_english(&comment),
            comment,
            item: mine.as_ref().map(|(item, _)| *item),
            checklist: match node {
                Node::Task(task) => task.checklist.clone(),
                _ => Vec::new(),
            },
            buttons: mine.map_or_else(Vec::new, |(_, buttons)| buttons),
        })
    });
    Ok(steps.collect())
}

fn is_admin(holder: &Holder) -> bool {
    matches!(holder, Holder::Pool(pool) if pool == ADMIN)
}

/// Whether the case can still reach the step: the ways a choice did not take, or will not take by
/// what no longer changes, are no steps to come.
pub(super) fn may_come(state: &State, flow: &Published, step: &Node) -> bool {
    let mut fixed = state.facts.clone();
    fixed.retain(|key, _| flow.fact(key).is_some_and(|fact| fact.fixed));
    let path = flow.root.path_to(step.id());
    path.windows(2).all(|pair| {
        let taken = state.run(pair[0].id()).map_or(&[][..], |run| &run.taken);
        match (pair[0], taken) {
            (Node::Choice(choice), []) => {
                foreseen(choice, &fixed).is_none_or(|way| way == pair[1].id())
            }
            (_, taken) => taken.is_empty() || taken.contains(pair[1].id()),
        }
    })
}

/// The way a choice will take; nothing where these facts do not say it.
fn foreseen<'a>(choice: &'a Choice, facts: &Facts) -> Option<&'a NodeId> {
    for way in &choice.branches {
        match way.when.holds(facts, &|_, _| None) {
            Some(true) => return Some(way.node.id()),
            Some(false) => {}
            None => return None,
        }
    }
    Some(choice.otherwise.id())
}

fn mine(
    file: &CaseFile,
    node: &Node,
    caller: Option<EmployeeId>,
) -> Option<(u32, Vec<ButtonView>)> {
    let caller = caller?;
    let mut items = file.case.state.items_in(node.id());
    items.find_map(|item| {
        let buttons = pressable(file, item, caller);
        (!buttons.is_empty()).then_some((item.no.0, buttons))
    })
}

/// One step of a flow that has not begun yet.
#[derive(Serialize, ToSchema)]
pub(crate) struct StepAhead {
    node: String,
    zh: String,
    en: String,
    /// Who will be asked: `人事`, `直属上级`.
    who_zh: Vec<String>,
    /// The same in English.
    who_en: Vec<String>,
    /// Why nobody whom it asks can act, and what would help; absent where somebody can.
    vacant_zh: Option<String>,
    /// The same in English.
    vacant_en: Option<String>,
    /// How long they have: `3 个工作日`.
    within_zh: String,
    within_en: String,
}

/// What a case of this flow about somebody will ask of people when it begins with these facts, in
/// the order of its definition.
pub(crate) async fn ahead(
    books: &mut Reader<'_>,
    flow: &str,
    (about, facts): (EmployeeId, &Facts),
) -> Result<Vec<StepAhead>, Failure> {
    let Some(flow) = store::newest_flow(books, flow).await? else {
        return Ok(Vec::new());
    };
    let flow = flow.published()?;
    let company = Company::read(books).await?;
    let steps = flow.nodes().into_iter();
    let steps = steps.filter(|node| matches!(node, Node::Approve(_) | Node::Task(_)));
    let steps = steps.filter(|node| will_come(&flow.root, node, facts));
    let view = |node: &Node| {
        let due = node.rules().and_then(|rules| rules.due.or(flow.due));
        let (who_zh, who_en) = asked(node).into_iter().unzip();
        let (within_zh, within_en) = due.map_or_else(Default::default, due_words);
        let (vacant_zh, vacant_en) = vacancy(&company, node, Some(about)).unzip();
        StepAhead {
            node: node.id().0.clone(),
            zh: node.title().to_owned(),
            en: node.title_en().to_owned(),
            who_zh,
            who_en,
            vacant_zh,
            vacant_en,
            within_zh,
            within_en,
        }
    };
    Ok(steps.map(view).collect())
}

/// How long people have, in words.
fn due_words(due: ::approval::policy::Due) -> (String, String) {
    use ::approval::policy::Due;
    match due {
        Due::WorkHours(n) => (format!("{n} 个工作小时"), many(&n, "working hours")),
        Due::WorkDays(n) => (format!("{n} 个工作日"), many(&n, "working days")),
        Due::Hours(n) => (format!("{n} 小时"), many(&n, "hours")),
        Due::Days(n) => (format!("{n} 天"), many(&n, "days")),
    }
}

fn will_come(root: &Node, step: &Node, facts: &Facts) -> bool {
    let path = root.path_to(step.id());
    path.windows(2).all(|pair| {
        let Node::Choice(choice) = pair[0] else {
            return true;
        };
        let mut ways = choice.branches.iter();
        let way = ways.find(|way| way.when.holds(facts, &|_, _| None) == Some(true));
        let way = way.map_or(&*choice.otherwise, |way| &way.node);
        way.id() == pair[1].id()
    })
}

/// One task that moves.
#[derive(Serialize, ToSchema)]
pub(crate) struct MoveView {
    #[schema(value_type = String)]
    case_id: CaseId,
    item: u32,
    case_title: String,
    case_title_en: String,
    task: String,
    task_en: String,
    #[schema(value_type = Option<String>)]
    to_person: Option<EmployeeId>,
    to_pool: Option<String>,
    to_name: String,
    to_name_en: String,
}

impl From<Moved> for MoveView {
    fn from(moved: Moved) -> MoveView {
        let (to_person, to_pool) = match moved.to {
            Holder::Person(person) => (Some(person), None),
            Holder::Pool(pool) => (None, Some(pool)),
        };
        MoveView {
            case_id: moved.case,
            item: moved.item.0,
            case_title_en: told::in_english(&moved.case_title),
            case_title: moved.case_title,
            task: moved.task,
            task_en: moved.task_en,
            to_person,
            to_pool,
            to_name: moved.to_name,
            to_name_en: moved.to_name_en,
        }
    }
}
