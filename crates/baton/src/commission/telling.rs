//! How people, plans and records are called where an explanation names them 称呼.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::event::Record;
use ::commission::exit::Decision;
use ::commission::explain::{self, Names};
use ::commission::line::Line;
use kernel::{CommissionPlanId, ContractId, CustomerId, EmployeeId, Fen, Reason};
use spine::{Fault, Reader};

use super::store::{self, Booked, Kept};
use crate::customer::store as customers;
use crate::handover::store as handovers;
use crate::people::store as people;
use crate::receivable::store::earning;

/// Everything that some lines name, read together.
#[derive(Default)]
pub(crate) struct Called {
    people: BTreeMap<EmployeeId, (String, String)>,
    plans: BTreeMap<CommissionPlanId, String>,
    records: BTreeMap<String, String>,
    deals: BTreeMap<ContractId, (String, String)>,
    customers: BTreeMap<String, String>,
    owners: BTreeMap<ContractId, CustomerId>,
}

impl Names for Called {
    fn person(&self, who: EmployeeId) -> String {
        let name = self.people.get(&who);
        name.map_or_else(|| who.to_string(), |(_, name)| name.clone())
    }

    fn plan(&self, plan: CommissionPlanId) -> String {
        let name = self.plans.get(&plan);
        name.cloned().unwrap_or_else(|| plan.to_string())
    }

    fn record(&self, record: &Record) -> String {
        // What undoes a deal does so once for each thing plans wait for.
        let plain = record.0.split('#').next().unwrap_or_default();
        let plan = plain.strip_prefix("commission_plan/");
        if let Some(id) = plan.and_then(|id| id.parse().ok()) {
            return self.plan(id);
        }
        let number = self.records.get(plain);
        number.cloned().unwrap_or_else(|| record.0.clone())
    }
}

fn line_of(booked: &Booked) -> Option<&Line> {
    match &booked.kept {
        Kept::Line { line } => Some(line),
        Kept::Difference { now, .. } => now.as_deref(),
        Kept::Absence { .. } | Kept::Settlement { .. } | Kept::Advance { .. } => None,
    }
}

/// Whose customer a line is about.
fn customer_of(booked: &Booked) -> Option<CustomerId> {
    match &booked.kept {
        Kept::Line { line } => Some(line.key.customer),
        Kept::Difference { key, .. } => Some(key.customer),
        Kept::Settlement { customer, .. } => Some(*customer),
        Kept::Absence { .. } | Kept::Advance { .. } => None,
    }
}

/// Reads what these lines name.
pub(crate) async fn called(books: &mut Reader<'_>, lines: &[Booked]) -> Result<Called, Fault> {
    let mut named: BTreeSet<EmployeeId> = lines.iter().map(|line| line.payee).collect();
    let mut records: BTreeSet<String> = lines.iter().map(|line| line.record.clone()).collect();
    for line in lines {
        let split = match &line.kept {
            Kept::Absence { absence } => match &absence.because {
                ::commission::line::Because::Split(split) => Some(&**split),
                _ => None,
            },
            _ => line_of(line).and_then(|line| line.trace.split.as_ref()),
        };
        if let Some(split) = split {
            named.extend([split.from, split.successor]);
            records.insert(split.record.0.clone());
        }
    }
    let deals: BTreeSet<ContractId> = lines.iter().filter_map(|line| line.deal).collect();
    let deals: Vec<ContractId> = deals.into_iter().collect();
    let mut wanted: BTreeSet<CustomerId> = lines.iter().filter_map(customer_of).collect();
    let owners = earning::customers_of(books, &deals).await?;
    wanted.extend(owners.values());
    let plain = |record: String| record.split('#').next().unwrap_or_default().to_owned();
    let records: Vec<String> = records.into_iter().map(plain).collect();
    let plans = store::plans(books).await?.into_iter();
    let mut numbers = earning::record_numbers(books, &records).await?;
    numbers.extend(handovers::numbers(books, &records).await?);
    Ok(Called {
        people: people::names_of(books, named).await?,
        plans: plans.map(|plan| (plan.id, plan.name)).collect(),
        records: numbers,
        deals: earning::deal_names(books, &deals).await?,
        customers: customers::names_of(books, wanted.into_iter().collect()).await?,
        owners,
    })
}

impl Called {
    /// Number and name of a payee.
    pub(crate) fn payee(&self, who: EmployeeId) -> (String, String) {
        self.people.get(&who).cloned().unwrap_or_default()
    }

    /// The number of a record of the books.
    pub(crate) fn number(&self, record: &str) -> String {
        self.record(&Record(record.to_owned()))
    }

    /// Number and title of the deal.
    pub(crate) fn deal(&self, deal: Option<ContractId>) -> Option<&(String, String)> {
        self.deals.get(&deal?)
    }

    /// Whose customer it is about.
    pub(crate) fn customer(&self, line: &Booked) -> Option<(CustomerId, String)> {
        let of_deal = line.deal.and_then(|deal| self.owners.get(&deal).copied());
        let id = customer_of(line).or(of_deal)?;
        Some((id, self.customers.get(&id.to_string())?.clone()))
    }

    /// Why there is this line, sentence by sentence.
    pub(crate) fn story(&self, booked: &Booked) -> Vec<Reason> {
        match &booked.kept {
            Kept::Line { line } => explain::line(line, self),
            Kept::Absence { absence } => explain::absence(absence, self),
            Kept::Settlement {
                decision, agreed, ..
            } => vec![at_exit(booked, decision, *agreed)],
            Kept::Advance { advance } => explain::advance(advance),
            Kept::Difference { now, .. } => {
                let mut story = vec![difference(booked, now.as_deref())];
                story.extend(now.iter().flat_map(|line| explain::line(line, self)));
                story
            }
        }
    }
}

/// What was decided when he left, and what is paid for it.
fn at_exit(booked: &Booked, decision: &Decision, agreed: Fen) -> Reason {
    let (zh, en) = store::decision_words(decision);
    let paid = booked.commission;
    Reason::new(
        "commission.exit_settlement",
        format!("离职提成结算：{zh}；对未到账部分应付 {agreed} 元，本月计 {paid} 元"),
        format!("Settled at the exit: {en}; {agreed} for what is to come, {paid} in this month"),
    )
}

/// A closed month stays as it was; this is what it would be more or less by now.
fn difference(booked: &Booked, now: Option<&Line>) -> Reason {
    let now = now.map_or(Fen::ZERO, |line| line.commission);
    let (was, change) = (now - booked.commission, booked.commission);
    let month = super::month::Month::of(booked.earned_on);
    Reason::new(
        "commission.difference",
        format!(
            "{month} 已关账，当时计提 {was} 元；按现有账簿应为 {now} 元，差额 {change} 元记入本月"
        ),
        format!("{month} is closed with {was}; by the books of today it is {now}: {change} here"),
    )
}
