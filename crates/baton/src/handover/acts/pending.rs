//! What waits for the person in the processes of the house 待办移交.

use std::collections::BTreeMap;

use ::approval::item::{Holder, ItemNo};
use ::handover::execution::DryRun;
use ::handover::holding::{HoldingKey, HoldingKind};
use ::handover::plan::Item as Line;
use kernel::{CaseId, EmployeeId};
use spine::{Act as _, AnyAct, Failure, Reader};

use crate::approval::acts::reassign_all::{
    Extent, InitiatedRow, Moved, ReassignAll, ReassignRow, Reassigned,
};
use crate::approval::store as cases;
use crate::handover::loaded::Loaded;
use crate::handover::parts;

/// The act that moves it, and what that act decides by the books of this moment.
pub(super) struct Pending {
    act: ReassignAll,
    decided: Reassigned,
}

impl Pending {
    /// Each task with its next holder.
    pub(super) fn moves(&self) -> Vec<Moved> {
        self.decided.moves.clone()
    }

    /// The part of the execution.
    pub(super) fn part(&self) -> Box<dyn AnyAct> {
        Box::new(self.act.clone())
    }
}

/// `case/item`, as a task is named in a plan.
fn task(key: &HoldingKey) -> Option<(CaseId, ItemNo)> {
    let (case, item) = key.subject.split_once('/')?;
    Some((case.parse().ok()?, ItemNo(item.parse().ok()?)))
}

/// With a departure everything goes, as the plan says or as the processes know by themselves;
/// without one the person comes back, and only what the plan names goes.
pub(super) async fn pending(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    run: &DryRun,
) -> Result<Option<Pending>, Failure> {
    let (mut rows, mut initiated) = (Vec::new(), Vec::new());
    for (line, to) in moving(loaded, run) {
        let key = &line.holding.key;
        match key.kind {
            HoldingKind::PendingApproval | HoldingKind::PendingTask => {
                rows.extend(task(key).map(|(case, item)| ReassignRow {
                    case,
                    item,
                    to: Holder::Person(to),
                }));
            }
            HoldingKind::InitiatedCase => {
                let case = key.subject.parse().ok();
                initiated.extend(case.map(|case| InitiatedRow { case, to }));
            }
            _ => {}
        }
    }
    let leaves = loaded.head.departure.is_some() && loaded.head.reverses.is_none();
    if !leaves && rows.is_empty() && initiated.is_empty() {
        return Ok(None);
    }
    // The lines of a plan that gives things back point to several holders.
    let from = match loaded.holders().as_slice() {
        [only] if loaded.head.listed => *only,
        _ => loaded.head.from,
    };
    let extent = if leaves && !loaded.head.listed {
        Extent::Everything
    } else {
        Extent::Listed
    };
    let act = parts::tasks_pass_on(from, (rows, initiated), extent, &loaded.head.number);
    let facts = act.load(books).await?;
    let decided = act.decide(&facts, loaded.at)?;
    Ok(Some(Pending { act, decided }))
}

fn moving<'a>(loaded: &'a Loaded, run: &'a DryRun) -> impl Iterator<Item = (&'a Line, EmployeeId)> {
    let moves: std::collections::BTreeSet<&HoldingKey> = run.moves.iter().collect();
    loaded
        .plan
        .assigned()
        .filter(move |(line, _)| moves.contains(&line.holding.key))
}

/// The newest definitions in which the person has a seat by name, by key.
pub(super) async fn flows(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    run: &DryRun,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut found = BTreeMap::new();
    for (line, _) in moving(loaded, run) {
        let key = &line.holding.key;
        if key.kind == HoldingKind::FlowSeat
            && let Some(flow) = cases::newest_flow(books, &key.subject).await?
        {
            found.insert(key.subject.clone(), flow.body);
        }
    }
    Ok(found)
}

/// New versions of those definitions, with the successor in the seat.
pub(super) fn seats<'a>(
    lines: impl Iterator<Item = (&'a Line, EmployeeId)>,
    flows: &BTreeMap<String, String>,
) -> Vec<Box<dyn AnyAct>> {
    lines
        .filter(|(line, _)| line.holding.key.kind == HoldingKind::FlowSeat)
        .filter_map(|(line, to)| {
            let body = flows.get(&line.holding.key.subject)?;
            Some(parts::flow_seat_passes(body, line.holding.holder, to))
        })
        .collect()
}
