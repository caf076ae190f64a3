//! A statement of one person's month, and the facts it follows from 提成单
//!
//! ```text
//! facts ─▶ recompute ─▶ statement      the same facts, the same statement, on any machine
//!   ▲
//!   └─ slim: only what this person's month stands on
//! ```
//!
//! Facts and statement travel in one file each. Whoever has both works the second out of the first
//! with nothing but this crate; a fact that was changed makes another statement.

mod slim;

use std::collections::BTreeMap;

use kernel::{
    Bps, CommissionPlanId, ContractId, CustomerId, Day, EmployeeId, Fen, Moment, Reason, Refusal,
};
use serde::{Deserialize, Serialize};

use crate::booking::{Advanced, Entry, Given, Kept, Settlement, book};
use crate::calculate::Books;
use crate::dues::{Dated, Due, dues};
use crate::event::Record;
use crate::explain::{self, Names};
use crate::period::{Posting, SettlementPeriod};

/// Version of the form of facts and statements.
pub const FORM: u32 = 1;

/// Everything one person's month was calculated from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// [`FORM`]
    pub form: u32,
    /// Whose.
    pub payee: EmployeeId,
    /// First day of the month.
    pub month: Day,
    /// When it was calculated: what was recorded later is not among the facts.
    pub as_of: Moment,
    /// The events whose lines the statement shows; others only say how much was credited or had
    /// happened before.
    pub about: Vec<(Record, ContractId)>,
    /// The months as they stood then, oldest first.
    pub periods: Vec<SettlementPeriod>,
    /// What closed months had booked for these events.
    pub closed: Vec<Posting>,
    /// What was settled at exits.
    pub settlements: Vec<Settlement>,
    /// What closed months had booked of guarantees and draws.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advanced: Vec<Advanced>,
    /// How people, plans, records, contracts and customers are called.
    pub called: Called,
    /// Plans, owners, terms, contracts, events, answers of tables, exits, payments.
    pub books: Books,
}

/// Numbers and names, so that a statement can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    /// Number and name.
    pub people: BTreeMap<EmployeeId, (String, String)>,
    /// Names.
    pub plans: BTreeMap<CommissionPlanId, String>,
    /// Numbers, by `receipt/rcp_…`.
    pub records: BTreeMap<String, String>,
    /// Number and title.
    pub deals: BTreeMap<ContractId, (String, String)>,
    /// Names.
    pub customers: BTreeMap<CustomerId, String>,
    /// Whose contract.
    pub owners: BTreeMap<ContractId, CustomerId>,
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

impl Called {
    /// Number and title of the deal.
    #[must_use]
    pub fn deal(&self, deal: Option<ContractId>) -> Option<&(String, String)> {
        self.deals.get(&deal?)
    }

    /// Whose customer a line is about.
    #[must_use]
    pub fn customer(&self, kept: &Kept, deal: Option<ContractId>) -> Option<(CustomerId, String)> {
        let of_deal = deal.and_then(|deal| self.owners.get(&deal).copied());
        let id = kept.customer().or(of_deal)?;
        Some((id, self.customers.get(&id)?.clone()))
    }
}

/// What one person's month says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// [`FORM`]
    pub form: u32,
    /// Whose.
    pub payee: EmployeeId,
    /// Number and name.
    pub called: Option<(String, String)>,
    /// `2026-11`
    pub month: String,
    /// All of it.
    pub total: Fen,
    /// Differences last, else by the day they were earned.
    pub lines: Vec<Told>,
}

/// One line, with its reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told {
    /// `line`, `absence`, `difference`, `settlement`, `advance`
    pub kind: String,
    /// Number of the receipt, invoice, order or contract behind it.
    pub number: String,
    /// Name of the customer.
    pub customer: Option<String>,
    /// Number and title of the contract.
    pub deal: Option<(String, String)>,
    /// 计提日
    pub earned_on: Day,
    /// 应付日, part by part.
    pub dues: Vec<Due>,
    /// The whole amount of what happened.
    pub base: Option<Fen>,
    /// The payee's share of it.
    pub share: Option<Bps>,
    /// Credit.
    pub credit: Fen,
    /// Commission.
    pub commission: Fen,
    /// Why, sentence by sentence.
    pub why: Vec<Reason>,
    /// Record of the books.
    pub record: Record,
    /// Contract of the books.
    pub contract: Option<ContractId>,
    /// The trace, in parts a machine can check.
    pub trace: Kept,
}

impl Statement {
    /// What these entries say to this person.
    #[must_use]
    pub fn of(payee: EmployeeId, month: Day, entries: &[Entry], called: &Called) -> Statement {
        Statement {
            form: FORM,
            payee,
            called: called.people.get(&payee).cloned(),
            month: explain::month(month),
            total: entries.iter().map(|entry| entry.commission).sum(),
            lines: entries
                .iter()
                .map(|entry| Told::of(entry, called))
                .collect(),
        }
    }
}

impl Told {
    fn of(entry: &Entry, called: &Called) -> Told {
        let engine = entry.kept.line();
        let dated = Dated {
            booked_in: entry.booked_in,
            earned_on: entry.earned_on,
            commission: entry.commission,
            kept: &entry.kept,
        };
        let customer = called.customer(&entry.kept, entry.deal);
        Told {
            kind: entry.kept.word().to_owned(),
            number: called.record(&entry.record),
            customer: customer.map(|(_, name)| name),
            deal: called.deal(entry.deal).cloned(),
            earned_on: entry.earned_on,
            dues: dues(dated),
            base: engine.map(|line| line.trace.base_amount),
            share: engine.map(|line| line.trace.part_share),
            credit: entry.credit,
            commission: entry.commission,
            why: explain::booked(dated, called),
            record: entry.record.clone(),
            contract: entry.deal,
            trace: entry.kept.clone(),
        }
    }
}

/// In the order of a statement: differences last, else by day; equal days as they were booked.
pub fn in_order(entries: &mut [Entry]) {
    entries.sort_by_key(|entry| (entry.kept.word() == "difference", entry.earned_on));
}

impl Facts {
    /// What is booked for this person in this month by these facts.
    ///
    /// # Errors
    /// `commission.facts_form` when the facts are of another form, and what [`book`] refuses.
    pub fn entries(&self) -> Result<Vec<Entry>, Refusal> {
        if self.form != FORM {
            let form = self.form;
            return Err(Refusal::invalid(
                "commission.facts_form",
                format!("不认识的提成依据格式 {form}"),
                format!("facts of an unknown form {form}"),
            ));
        }
        let about: std::collections::BTreeSet<(&Record, ContractId)> = self
            .about
            .iter()
            .map(|(record, deal)| (record, *deal))
            .collect();
        let booked = book(Given {
            books: &self.books,
            periods: &self.periods,
            closed: &self.closed,
            settlements: &self.settlements,
            advanced: &self.advanced,
            at: self.as_of,
        })?;
        let shown = |entry: &Entry| {
            let asked = entry
                .deal
                .is_none_or(|deal| about.contains(&(&entry.record, deal)));
            let settled = matches!(entry.kept, Kept::Settlement { .. });
            entry.payee == self.payee && entry.booked_in == self.month && (asked || settled)
        };
        let mut entries: Vec<Entry> = booked.into_iter().filter(shown).collect();
        in_order(&mut entries);
        Ok(entries)
    }

    /// The statement that follows from these facts.
    ///
    /// # Errors
    /// As [`Facts::entries`].
    pub fn recompute(&self) -> Result<Statement, Refusal> {
        let entries = self.entries()?;
        Ok(Statement::of(
            self.payee,
            self.month,
            &entries,
            &self.called,
        ))
    }

    /// Only what this statement stands on, so that as little as possible about anybody and anything
    /// else leaves the house. It says the same; where it would not, everything stays.
    ///
    /// # Errors
    /// As [`Facts::entries`].
    pub fn slim(self) -> Result<Facts, Refusal> {
        let entries = self.entries()?;
        let small = slim::slim(&self, &entries)?;
        let same = small.entries().is_ok_and(|again| again == entries);
        Ok(if same { small } else { self })
    }
}
