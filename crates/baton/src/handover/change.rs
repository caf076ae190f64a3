//! How a plan is changed from outside 方案调整.

use ::commission::split_after_handover::Terms;
use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::{Edit, Rule};
use kernel::{ContractId, CustomerId, Day, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::terms::TeamPool;

/// Most lines or customers that one change names one by one.
const MOST_NAMED: usize = 10_000;

/// One line, by kind and thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// `customer_ownership`, `receivable_responsibility`, …
    #[schema(value_type = String)]
    pub kind: HoldingKind,
    /// Id of the thing.
    pub thing_id: String,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum PlanChange {
    /// These lines go to this person.
    Assign {
        /// Which lines.
        lines: Vec<Line>,
        /// To whom.
        #[schema(value_type = String)]
        successor_id: EmployeeId,
    },
    /// Everything of these customers goes to this person.
    AssignCustomers {
        /// Which customers.
        #[schema(value_type = Vec<String>)]
        customer_ids: Vec<CustomerId>,
        /// To whom.
        #[schema(value_type = String)]
        successor_id: EmployeeId,
    },
    /// These contracts go to this person by themselves, with their open invoices and orders; those
    /// that were given to somebody by hand stay with him. Contracts that so far went with their
    /// customer get lines of their own.
    AssignContracts {
        /// Which contracts of the giver.
        #[schema(value_type = Vec<String>)]
        contract_ids: Vec<ContractId>,
        /// To whom.
        #[schema(value_type = String)]
        successor_id: EmployeeId,
    },
    /// These contracts, with their papers, go with their customers again.
    RejoinContracts {
        /// Which contracts.
        #[schema(value_type = Vec<String>)]
        contract_ids: Vec<ContractId>,
    },
    /// Everything the rule means goes to this person; an empty list means any.
    AssignByRule {
        /// Kinds.
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        kinds: Vec<HoldingKind>,
        /// Regions.
        #[serde(default)]
        regions: Vec<String>,
        /// Industries.
        #[serde(default)]
        industries: Vec<String>,
        /// Whether lines that have a successor keep it.
        #[serde(default)]
        only_unassigned: bool,
        /// To whom.
        #[schema(value_type = String)]
        successor_id: EmployeeId,
    },
    /// Unassigned customers go where it was suggested.
    AcceptSuggestions,
    /// These lines become unassigned.
    Clear {
        /// Which lines.
        lines: Vec<Line>,
    },
    /// Everything of this successor becomes unassigned.
    ClearSuccessor {
        /// Whose share.
        #[schema(value_type = String)]
        successor_id: EmployeeId,
    },
    /// The handover takes effect on another day; everybody answers again.
    MoveEffective {
        /// Today or later.
        #[schema(value_type = String, format = Date)]
        effective_on: Day,
    },
    /// The giver earns this much of these customers from now on; whoever receives them answers
    /// again.
    SetTerms {
        /// Which customers; empty for all of the plan.
        #[serde(default)]
        #[schema(value_type = Vec<String>)]
        customer_ids: Vec<CustomerId>,
        /// What he still earns.
        #[schema(value_type = super::terms::HandoverTerms)]
        terms: Terms,
        /// What the team gets before the two share.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pool: Option<TeamPool>,
    },
}

fn keys(lines: &[Line]) -> Vec<HoldingKey> {
    let key = |line: &Line| HoldingKey {
        kind: line.kind,
        subject: line.thing_id.clone(),
    };
    lines.iter().map(key).collect()
}

impl PlanChange {
    /// The person to whom it gives something.
    pub(crate) fn successor(&self) -> Option<EmployeeId> {
        match self {
            PlanChange::Assign { successor_id, .. }
            | PlanChange::AssignCustomers { successor_id, .. }
            | PlanChange::AssignContracts { successor_id, .. }
            | PlanChange::AssignByRule { successor_id, .. } => Some(*successor_id),
            _ => None,
        }
    }

    /// Contracts that it names.
    pub(crate) fn contracts(&self) -> &[ContractId] {
        match self {
            PlanChange::AssignContracts { contract_ids, .. }
            | PlanChange::RejoinContracts { contract_ids } => contract_ids,
            _ => &[],
        }
    }

    /// Who would share the team's part.
    pub(crate) fn team(&self) -> Vec<EmployeeId> {
        match self {
            PlanChange::SetTerms {
                pool: Some(pool), ..
            } => pool.members.iter().map(|one| one.person).collect(),
            _ => Vec::new(),
        }
    }

    /// Refuses what is too long or lies in the past.
    pub(crate) fn check(&self, today: Day) -> Result<(), Refusal> {
        let named = match self {
            PlanChange::Assign { lines, .. } | PlanChange::Clear { lines } => lines.len(),
            PlanChange::AssignCustomers { customer_ids, .. }
            | PlanChange::SetTerms { customer_ids, .. } => customer_ids.len(),
            PlanChange::AssignContracts { contract_ids, .. }
            | PlanChange::RejoinContracts { contract_ids } => contract_ids.len(),
            PlanChange::AssignByRule {
                kinds,
                regions,
                industries,
                ..
            } => kinds.len() + regions.len() + industries.len(),
            PlanChange::MoveEffective { effective_on } if *effective_on < today => {
                return Err(not_in_the_past());
            }
            _ => 0,
        };
        if named <= MOST_NAMED {
            return Ok(());
        }
        let zh = format!("一次最多调整 {MOST_NAMED} 项");
        let en = format!("at most {MOST_NAMED} at once");
        Err(Refusal::invalid("handover.too_many_named", zh, en)
            .remedy(("请改用按规则调整", "Change it by rules instead")))
    }

    /// As the engine knows it; `named` are the contracts it names, with their papers.
    pub(crate) fn edit(
        &self,
        (suggested, named): (&[(CustomerId, EmployeeId)], &[Holding]),
        moment: impl Fn(Day) -> Moment,
    ) -> Edit {
        match self {
            PlanChange::AssignContracts { successor_id, .. } => Edit::SetApart {
                holdings: named.to_vec(),
                successor: *successor_id,
            },
            PlanChange::RejoinContracts { .. } => Edit::Rejoin {
                keys: named.iter().map(|one| one.key.clone()).collect(),
            },
            PlanChange::Assign {
                lines,
                successor_id,
            } => Edit::Assign {
                keys: keys(lines),
                successor: *successor_id,
            },
            PlanChange::AssignCustomers {
                customer_ids,
                successor_id,
            } => Edit::AssignCustomers {
                customers: customer_ids.clone(),
                successor: *successor_id,
            },
            PlanChange::AssignByRule {
                kinds,
                regions,
                industries,
                only_unassigned,
                successor_id,
            } => Edit::AssignByRule {
                rule: Rule {
                    kinds: kinds.clone(),
                    regions: regions.clone(),
                    industries: industries.clone(),
                    only_unassigned: *only_unassigned,
                },
                successor: *successor_id,
            },
            PlanChange::AcceptSuggestions => Edit::AcceptSuggestions {
                pairs: suggested.to_vec(),
            },
            PlanChange::Clear { lines } => Edit::Clear { keys: keys(lines) },
            PlanChange::ClearSuccessor { successor_id } => Edit::ClearSuccessor {
                successor: *successor_id,
            },
            PlanChange::MoveEffective { effective_on } => Edit::MoveEffective {
                at: moment(*effective_on),
            },
            PlanChange::SetTerms { customer_ids, .. } => Edit::ChangeTerms {
                customers: customer_ids.clone(),
            },
        }
    }
}

/// A handover never reaches back.
pub(crate) fn not_in_the_past() -> Refusal {
    let zh = "生效日不能早于今天，交接不能追溯生效";
    Refusal::invalid(
        "handover.effective_in_past",
        zh,
        "a handover is never retroactive",
    )
    .remedy(("请选择今天或以后的日期", "Choose today or a later day"))
    .at("/effective_on", zh)
}
