//! Who gets what: the plan 交接方案.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};

use crate::holding::{Holding, HoldingKey, HoldingKind};

mod edit;

pub use edit::{Edit, Rule};

/// What a plan wants to empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", content = "employee", rename_all = "snake_case")]
pub enum Scope {
    /// Everything that points to this person.
    EverythingOf(EmployeeId),
    /// The listed things only.
    Listed,
}

/// How a successor was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chosen {
    /// 手工
    ByHand,
    /// 随客户
    WithCustomer,
    /// 单独交接: a contract, whoever gets its customer
    Apart,
    /// 随合同
    WithContract,
    /// 按规则
    ByRule,
    /// 按建议
    BySuggestion,
    /// 撤销原交接
    ByReversal,
}

/// Who gets a thing, and how that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Who gets it.
    pub successor: EmployeeId,
    /// How it was chosen.
    pub how: Chosen,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The thing and its present holder.
    pub holding: Holding,
    /// Who gets it; none while unassigned.
    pub choice: Option<Choice>,
}

impl Item {
    /// Who gets it.
    #[must_use]
    pub fn successor(&self) -> Option<EmployeeId> {
        self.choice.map(|choice| choice.successor)
    }
}

/// A plan being made. Lines are in the order of their keys, one per thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverPlan {
    id: PlanId,
    scope: Scope,
    effective_at: Moment,
    version: u32,
    items: Vec<Item>,
    /// The version in which each person's share last changed.
    share_changed: BTreeMap<EmployeeId, u32>,
}

impl HandoverPlan {
    /// A plan with everything unassigned, version 1.
    ///
    /// # Errors
    /// `handover.listed_twice`, `handover.ownership_without_customer`, and
    /// `handover.not_the_givers` when a thing does not point to the person of the scope.
    pub fn new(
        id: PlanId,
        scope: Scope,
        effective_at: Moment,
        holdings: Vec<Holding>,
    ) -> Result<HandoverPlan, Refusal> {
        let mut plan = HandoverPlan {
            id,
            scope,
            effective_at,
            version: 1,
            items: Vec::new(),
            share_changed: BTreeMap::new(),
        };
        plan.add(holdings)?;
        Ok(plan)
    }

    /// A plan as the books hold it: its lines, its version, and the version in which each person's
    /// share last changed.
    ///
    /// # Errors
    /// Those of [`HandoverPlan::new`].
    pub fn restore(
        (id, scope, effective_at): (PlanId, Scope, Moment),
        version: u32,
        lines: Vec<(Holding, Option<Choice>)>,
        share_changed: BTreeMap<EmployeeId, u32>,
    ) -> Result<HandoverPlan, Refusal> {
        let mut lines = lines;
        lines.sort_by(|(a, _), (b, _)| a.key.cmp(&b.key));
        let (holdings, choices): (Vec<Holding>, Vec<Option<Choice>>) = lines.into_iter().unzip();
        let mut plan = HandoverPlan::new(id, scope, effective_at, holdings)?;
        for (item, choice) in plan.items.iter_mut().zip(choices) {
            item.choice = choice;
        }
        plan.version = version;
        plan.share_changed = share_changed;
        Ok(plan)
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> PlanId {
        self.id
    }

    /// What it wants to empty.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// From when on the new holders count.
    #[must_use]
    pub fn effective_at(&self) -> Moment {
        self.effective_at
    }

    /// Grows by one with every edit that changes something.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The version in which each person's share last changed, for the books.
    #[must_use]
    pub fn share_versions(&self) -> &BTreeMap<EmployeeId, u32> {
        &self.share_changed
    }

    /// Every line, in the order of the keys.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Lines that have a successor.
    pub fn assigned(&self) -> impl Iterator<Item = (&Item, EmployeeId)> {
        self.items
            .iter()
            .filter_map(|item| Some((item, item.successor()?)))
    }

    /// Everybody who gets something.
    #[must_use]
    pub fn successors(&self) -> Vec<EmployeeId> {
        let mut people: Vec<EmployeeId> = self.assigned().map(|(_, person)| person).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Lines that could go with a customer that the plan lists under the same holder, and have a
    /// line of their own all the same.
    #[must_use]
    pub fn apart(&self) -> BTreeSet<HoldingKey> {
        // Most plans have none, and some have very many customers.
        if !self
            .items
            .iter()
            .any(|item| item.holding.key.kind.follows())
        {
            return BTreeSet::new();
        }
        let owned: BTreeSet<_> = self
            .items
            .iter()
            .filter(|item| item.holding.key.kind == HoldingKind::CustomerOwnership)
            .map(|item| (item.holding.customer, item.holding.holder))
            .collect();
        let hangs = |item: &&Item| {
            let kind = item.holding.key.kind;
            kind.follows() && owned.contains(&(item.holding.customer, item.holding.holder))
        };
        let lines = self.items.iter().filter(hangs);
        lines.map(|item| item.holding.key.clone()).collect()
    }

    /// Who gets the customer with which this would go.
    fn with(&self, holding: &Holding) -> Option<EmployeeId> {
        let customer = holding.customer?;
        let owned = self.items.iter().find(|item| {
            item.holding.key.kind == HoldingKind::CustomerOwnership
                && item.holding.customer == Some(customer)
                && item.holding.holder == holding.holder
        });
        owned?.successor()
    }

    /// The line of this thing.
    #[must_use]
    pub fn item(&self, key: &HoldingKey) -> Option<&Item> {
        self.find(key).ok().map(|at| &self.items[at])
    }

    /// The version in which what this person gets last changed; an answer given to an earlier
    /// version does not count any more.
    #[must_use]
    pub fn share_version(&self, person: EmployeeId) -> u32 {
        self.share_changed.get(&person).copied().unwrap_or(1)
    }

    fn add(&mut self, holdings: Vec<Holding>) -> Result<(), Refusal> {
        let mut items = self.items.clone();
        for holding in holdings {
            self.may_be_listed(&holding)?;
            items.push(Item {
                holding,
                choice: None,
            });
        }
        items.sort_by(|a, b| a.holding.key.cmp(&b.holding.key));
        // INVARIANT: one line per thing, in the order of the keys.
        if let Some(pair) = items
            .windows(2)
            .find(|pair| pair[0].holding.key == pair[1].holding.key)
        {
            return Err(listed_twice(&pair[0].holding));
        }
        self.items = items;
        Ok(())
    }

    fn may_be_listed(&self, holding: &Holding) -> Result<(), Refusal> {
        let owns = holding.key.kind == HoldingKind::CustomerOwnership;
        if owns && holding.customer.is_none() {
            return Err(ownership_without_customer(holding));
        }
        match self.scope {
            Scope::EverythingOf(giver) if holding.holder != giver => Err(not_the_givers(holding)),
            _ => Ok(()),
        }
    }

    fn find(&self, key: &HoldingKey) -> Result<usize, usize> {
        self.items
            .binary_search_by(|item| item.holding.key.cmp(key))
    }

    /// A plan whose every line is chosen already; for [`crate::execution::reverse`].
    pub(crate) fn chosen(
        id: PlanId,
        effective_at: Moment,
        items: impl Iterator<Item = (Holding, EmployeeId)>,
    ) -> Result<HandoverPlan, Refusal> {
        let (holdings, successors): (Vec<Holding>, Vec<EmployeeId>) = items.unzip();
        let back: BTreeMap<HoldingKey, EmployeeId> = holdings
            .iter()
            .map(|holding| holding.key.clone())
            .zip(successors)
            .collect();
        let mut plan = HandoverPlan::new(id, Scope::Listed, effective_at, holdings)?;
        for item in &mut plan.items {
            let how = Chosen::ByReversal;
            let successor = back.get(&item.holding.key).copied();
            item.choice = successor.map(|successor| Choice { successor, how });
        }
        Ok(plan)
    }
}

fn listed_twice(holding: &Holding) -> Refusal {
    Refusal::invalid(
        "handover.listed_twice",
        format!("「{}」（{}）重复列入方案", holding.title, holding.key),
        "A thing is listed twice.",
    )
    .remedy(("请保留一条", "Keep one of them"))
}

fn ownership_without_customer(holding: &Holding) -> Refusal {
    Refusal::invalid(
        "handover.ownership_without_customer",
        format!("客户归属「{}」没有指明客户", holding.title),
        "An ownership names no customer.",
    )
    .remedy(("请补充客户编号", "Add the number of the customer"))
}

fn not_the_givers(holding: &Holding) -> Refusal {
    Refusal::invalid(
        "handover.not_the_givers",
        format!("「{}」不在移交人名下，不能列入其交接方案", holding.title),
        "The thing does not point to the giver.",
    )
    .remedy((
        "请核对当前负责人，或另建方案",
        "Check who owns it now, or draw up another plan",
    ))
}
