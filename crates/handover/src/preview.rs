//! What moves, in counts and money, per successor and in total 交接预览.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{EmployeeId, Fen};
use serde::{Deserialize, Serialize};

use crate::conflict::Receiver;
use crate::execution::DryRun;
use crate::holding::{Holding, HoldingKey, HoldingKind};
use crate::plan::HandoverPlan;

/// Counts and money of some lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// Lines.
    pub items: u32,
    /// Customers whose owner changes.
    pub customers: u32,
    /// Open opportunities.
    pub opportunities: u32,
    /// What they are expected to bring.
    pub opportunity_amount: Fen,
    /// Receivables.
    pub receivables: u32,
    /// What is open on them.
    pub receivable_open: Fen,
    /// What of that is overdue.
    pub overdue: Fen,
    /// Lines by kind.
    pub by_kind: BTreeMap<HoldingKind, u32>,
}

impl Moves {
    fn count(&mut self, holding: &Holding) {
        self.items += 1;
        *self.by_kind.entry(holding.key.kind).or_default() += 1;
        match holding.key.kind {
            HoldingKind::CustomerOwnership => self.customers += 1,
            HoldingKind::Opportunity => {
                self.opportunities += 1;
                self.opportunity_amount = self.opportunity_amount + holding.amount;
            }
            HoldingKind::ReceivableResponsibility => {
                self.receivables += 1;
                self.receivable_open = self.receivable_open + holding.amount;
                self.overdue = self.overdue + holding.overdue;
            }
            _ => {}
        }
    }
}

/// Customers a person owns before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Load {
    /// Now.
    pub before: u32,
    /// After the handover: what comes and what goes.
    pub after: u32,
    /// At most.
    pub capacity: u32,
}

/// What one successor gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Who.
    pub successor: EmployeeId,
    /// What comes.
    pub moves: Moves,
    /// Customers before and after, where known.
    pub load: Option<Load>,
}

/// The whole preview. INVARIANT: the shares and the unassigned lines sum to the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// Every line.
    pub total: Moves,
    /// Lines without a successor.
    pub unassigned: Moves,
    /// Lines that were with their successor before; counted nowhere else.
    #[serde(default)]
    pub already: u32,
    /// Successor by successor, by id.
    pub shares: Vec<Share>,
}

/// What the plan moves.
#[must_use]
pub fn preview(plan: &HandoverPlan, receivers: &[Receiver]) -> Preview {
    counted(plan, receivers, |_| true)
}

/// What this run of the plan moves; lines without a successor lapse as planned.
#[must_use]
pub fn moved(plan: &HandoverPlan, run: &DryRun, receivers: &[Receiver]) -> Preview {
    let moves: BTreeSet<&HoldingKey> = run.moves.iter().collect();
    Preview {
        already: u32::try_from(run.done.len()).unwrap_or(u32::MAX),
        ..counted(plan, receivers, |key| moves.contains(key))
    }
}

/// The sums of the lines without a successor, and of those others that count.
fn counted(
    plan: &HandoverPlan,
    receivers: &[Receiver],
    counts: impl Fn(&HoldingKey) -> bool,
) -> Preview {
    let mut total = Moves::default();
    let mut unassigned = Moves::default();
    let mut shares: BTreeMap<EmployeeId, Moves> = BTreeMap::new();
    let mut given: BTreeMap<EmployeeId, u32> = BTreeMap::new();
    for item in plan.items() {
        let Some(successor) = item.successor() else {
            total.count(&item.holding);
            unassigned.count(&item.holding);
            continue;
        };
        let share = shares.entry(successor).or_default();
        if !counts(&item.holding.key) {
            continue;
        }
        total.count(&item.holding);
        share.count(&item.holding);
        if item.holding.key.kind == HoldingKind::CustomerOwnership {
            *given.entry(item.holding.holder).or_default() += 1;
        }
    }
    let load = |person, gained: u32| {
        let receiver = receivers
            .iter()
            .find(|receiver| receiver.employee == person)?;
        let gone = given.get(&person).copied().unwrap_or(0);
        Some(Load {
            before: receiver.customers_now,
            after: (receiver.customers_now + gained).saturating_sub(gone),
            capacity: receiver.capacity,
        })
    };
    Preview {
        total,
        unassigned,
        already: 0,
        shares: shares
            .into_iter()
            .map(|(successor, moves)| Share {
                successor,
                load: load(successor, moves.customers),
                moves,
            })
            .collect(),
    }
}
