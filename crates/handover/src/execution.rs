//! The steps of a handover, what is left over, and the way back 交接执行.
//!
//! Steps are data: whoever executes them makes no choices. All steps of a plan take effect at its
//! effective moment and belong in one transaction; each carries an idempotency key, so that a run
//! that is repeated does nothing twice.

use std::collections::BTreeMap;

use kernel::{CustomerId, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};

use crate::conflict::{Conflict, ConflictKind, Severity};
use crate::frozen::FrozenPlan;
use crate::holding::{Holding, HoldingKey, HoldingKind};
use crate::plan::{HandoverPlan, Item, Scope};

/// What one step does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum Action {
    /// Ends the open assignment of the customer.
    EndOwnership {
        /// Which customer.
        customer: CustomerId,
        /// Whose.
        from: EmployeeId,
    },
    /// Begins the next assignment.
    BeginOwnership {
        /// Which customer.
        customer: CustomerId,
        /// Whose.
        to: EmployeeId,
    },
    /// Opens the commission terms of the handover. What the terms say is not decided here: the
    /// commission plan in force does.
    OpenCommissionTerms {
        /// Which customer.
        customer: CustomerId,
        /// Who had it.
        from: EmployeeId,
        /// Who gets it.
        to: EmployeeId,
    },
    /// Points anything else to its new holder.
    Move {
        /// What.
        holding: HoldingKey,
        /// Who had it.
        from: EmployeeId,
        /// Who gets it.
        to: EmployeeId,
    },
}

/// One step, in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// From 1 on, without gaps.
    pub number: u32,
    /// `plan id/number`: the same step of the same plan always has the same key.
    pub idempotency_key: String,
    /// From when on it counts.
    pub effective_at: Moment,
    /// What it does.
    #[serde(flatten)]
    pub action: Action,
}

/// The steps of an approved plan, customer by customer: the old ownership ends, the new one begins,
/// receivables follow, commission terms are opened, then everything else of that customer; last
/// what belongs to no customer.
#[must_use]
pub fn steps(frozen: &FrozenPlan) -> Vec<Step> {
    let plan = frozen.plan();
    let mut lines: Vec<(&Item, EmployeeId)> = plan.assigned().collect();
    let place = |item: &Item| (item.holding.customer.is_none(), item.holding.customer);
    lines.sort_by(|(a, _), (b, _)| (place(a), &a.holding.key).cmp(&(place(b), &b.holding.key)));
    let actions = lines
        .chunk_by(|(a, _), (b, _)| place(a) == place(b))
        .flat_map(of_customer);
    (1..)
        .zip(actions)
        .map(|(number, action)| Step {
            number,
            idempotency_key: format!("{}/{number:06}", plan.id()),
            effective_at: plan.effective_at(),
            action,
        })
        .collect()
}

fn of_customer(lines: &[(&Item, EmployeeId)]) -> Vec<Action> {
    let mut actions = Vec::with_capacity(lines.len() + 2);
    let mut terms = None;
    for &(item, to) in lines {
        let (from, kind) = (item.holding.holder, item.holding.key.kind);
        // INVARIANT: kinds are in handover order, so terms come after the last receivable.
        if kind > HoldingKind::ReceivableResponsibility {
            actions.extend(terms.take());
        }
        match item.holding.customer {
            Some(customer) if kind == HoldingKind::CustomerOwnership => {
                actions.push(Action::EndOwnership { customer, from });
                actions.push(Action::BeginOwnership { customer, to });
                terms = Some(Action::OpenCommissionTerms { customer, from, to });
            }
            _ => actions.push(Action::Move {
                holding: item.holding.key.clone(),
                from,
                to,
            }),
        }
    }
    actions.extend(terms);
    actions
}

/// What executing a plan on the books of this moment would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DryRun {
    /// The books afterwards.
    pub after: Vec<Holding>,
    /// Lines that would move.
    pub moves: Vec<HoldingKey>,
    /// Lines that point to their successor already.
    pub done: Vec<HoldingKey>,
    /// Lines that no longer exist, e.g. a receivable paid meanwhile.
    pub gone: Vec<HoldingKey>,
    /// Lines that a third person holds now; they stand against execution.
    pub stale: Vec<HoldingKey>,
}

impl DryRun {
    /// Whether the plan may be executed.
    ///
    /// # Errors
    /// `handover.plan_stale` when somebody else holds a line now.
    pub fn may_execute(&self, plan: &HandoverPlan) -> Result<(), Refusal> {
        self.stale(plan).map_or(Ok(()), |stale| {
            let refused = Refusal::conflict("handover.plan_stale", stale.zh, stale.en);
            Err(refused.remedy((stale.remedy, stale.remedy_en)))
        })
    }

    /// What stands against its execution, as a conflict of the plan.
    #[must_use]
    pub fn stale(&self, plan: &HandoverPlan) -> Option<Conflict> {
        let first = self.stale.first()?;
        let title = plan.item(first).map_or("", |item| &item.holding.title);
        let (count, (kind, kind_en)) = (self.stale.len(), first.kind.words());
        // Tasks and cases are called by sentences of the program, which are kept in Chinese.
        let called = match first.kind.is_of_a_case() {
            true => String::new(),
            false => format!(" “{title}”"),
        };
        Some(Conflict {
            kind: ConflictKind::Stale,
            severity: Severity::Blocks,
            employee: None,
            items: self.stale.clone(),
            zh: format!("{count} 项在起草后已换了负责人，例如{kind}「{title}」"),
            en: format!("{count} lines have another holder by now, such as {kind_en}{called}."),
            remedy: "请作废该方案，按当前负责人重新起草".to_owned(),
            remedy_en: "Cancel it and draw it up anew with whoever holds them now.".to_owned(),
        })
    }
}

/// Executes a plan on a copy of the books.
#[must_use]
pub fn dry_run(frozen: &FrozenPlan, now: &[Holding]) -> DryRun {
    let mut run = DryRun {
        after: now.to_vec(),
        ..DryRun::default()
    };
    let mut books: BTreeMap<HoldingKey, &mut Holding> = BTreeMap::new();
    for holding in &mut run.after {
        books.insert(holding.key.clone(), holding);
    }
    for (item, successor) in frozen.plan().assigned() {
        let key = item.holding.key.clone();
        match books.get_mut(&key) {
            None => run.gone.push(key),
            Some(holding) if holding.holder == successor => run.done.push(key),
            Some(holding) if holding.holder == item.holding.holder => {
                holding.holder = successor;
                run.moves.push(key);
            }
            Some(_) => run.stale.push(key),
        }
    }
    run
}

/// What still points to the giver.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remainder {
    /// Things that came after the plan was made: for the next plan.
    pub arrived_later: Vec<Holding>,
    /// Things of the plan that have not moved.
    pub not_moved: Vec<Holding>,
}

/// What is left to hand over, by the books of this moment. A plan for everything of a person asks
/// for whatever points there; a plan of listed things asks for those only.
#[must_use]
pub fn remainder(plan: &HandoverPlan, now: &[Holding]) -> Remainder {
    let mut rest = Remainder::default();
    for holding in now {
        let item = plan.item(&holding.key);
        let still_there = match (plan.scope(), item) {
            (Scope::EverythingOf(giver), _) => holding.holder == giver,
            (Scope::Listed, Some(item)) => holding.holder == item.holding.holder,
            (Scope::Listed, None) => false,
        };
        if still_there {
            let list = if item.is_some() {
                &mut rest.not_moved
            } else {
                &mut rest.arrived_later
            };
            list.push(holding.clone());
        }
    }
    rest
}

/// The way back: a new plan that gives every moved line to its former holder. It is edited,
/// accepted and approved like any other; the executed plan stays as it was.
///
/// # Errors
/// `handover.reverse_too_early` when it would take effect before the plan it undoes.
pub fn reverse(
    executed: &FrozenPlan,
    id: PlanId,
    effective_at: Moment,
) -> Result<HandoverPlan, Refusal> {
    let plan = executed.plan();
    if effective_at < plan.effective_at() {
        return Err(Refusal::invalid(
            "handover.reverse_too_early",
            "撤销交接的生效时刻不能早于原交接",
            "A reversal cannot take effect before the handover it undoes.",
        )
        .remedy((
            "请选择原交接生效之后的时刻",
            "Choose a moment after the former handover took effect",
        )));
    }
    let lines = plan.assigned().map(|(item, successor)| {
        let mut holding = item.holding.clone();
        let former = std::mem::replace(&mut holding.holder, successor);
        (holding, former)
    });
    HandoverPlan::chosen(id, effective_at, lines)
}
