//! What one person's closed month was calculated from, taken together so that it can be worked out
//! again without us 提成依据.
//!
//! The facts are read as they were known when the month was last calculated. What the books keep
//! without saying since when may have changed meanwhile; then the statement does not follow from
//! the facts, and nothing is handed out.

use std::collections::BTreeSet;

use ::commission::booking::Entry;
use ::commission::event::Record;
use ::commission::period::{SettlementPeriod, Stage};
use ::commission::statement::{FORM, Facts, Statement};
use ::evidence::json;
use kernel::{ContractId, EmployeeId, Moment, Refusal};
use serde::Serialize;
use spine::{Denied, Failure, Fault, Reader};

use super::leaving;
use super::ledger;
use super::month::{Month, nothing_in, still_open};
use super::store::{self, Booked, PeriodRow};
use super::telling;
use crate::people::store::{self as people, Employee};

/// A statement with what it was calculated from.
pub struct Basis {
    pub(crate) person: Employee,
    pub(crate) month: Month,
    /// Absent before the month is closed.
    made: Option<Made>,
    lines: usize,
    /// It was kept already.
    pub(crate) kept: bool,
}

struct Made {
    statement: Statement,
    /// Absent when the statement does not follow from what is known of that moment.
    facts: Option<Facts>,
}

/// Both files.
#[derive(Clone, Debug)]
pub(crate) struct Files {
    pub(crate) facts: Vec<u8>,
    pub(crate) statement: Vec<u8>,
}

/// Reads everything for it.
pub(crate) async fn basis(
    books: &mut Reader<'_>,
    month: Month,
    payee: EmployeeId,
) -> Result<Basis, Failure> {
    let person = people::find_employee(books, payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let periods = store::periods(books).await?;
    let period = periods.iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let lines = store::all_lines_of(books, payee, month).await?;
    let count = lines.len();
    let calculated = period
        .calculated_at
        .filter(|_| period.stage == Stage::Closed);
    let made = match calculated {
        Some(at) if count > 0 => Some(made(books, (payee, month, at), &periods, lines).await?),
        _ => None,
    };
    Ok(Basis {
        kept: store::basis(books, month, payee).await?.is_some(),
        person,
        month,
        made,
        lines: count,
    })
}

/// The statement of a month as it stands in the books, whatever its stage.
pub(crate) async fn statement(
    books: &mut Reader<'_>,
    month: Month,
    payee: EmployeeId,
) -> Result<Statement, Failure> {
    let lines = store::all_lines_of(books, payee, month).await?;
    let called = telling::called(books, &lines).await?;
    let entries: Vec<Entry> = lines.into_iter().map(Booked::entry).collect();
    Ok(Statement::of(payee, month.days().from, &entries, &called))
}

async fn made(
    books: &mut Reader<'_>,
    (payee, month, at): (EmployeeId, Month, Moment),
    periods: &[PeriodRow],
    lines: Vec<Booked>,
) -> Result<Made, Failure> {
    let called = telling::called(books, &lines).await?;
    let entries: Vec<Entry> = lines.into_iter().map(Booked::entry).collect();
    let statement = Statement::of(payee, month.days().from, &entries, &called);
    let customers = leaving::concerned(books, payee).await?;
    let known = ledger::facts_as_of(books, &customers, at).await?;
    let mut settlements = leaving::settlements(books, at).await?;
    settlements.retain(|one| one.settled.payee == payee);
    let closed = store::closed_of(books, payee, at).await?;
    let happened = known.events.iter();
    let happened = happened.map(|event| (event.record.clone(), event.contract));
    // What was booked for a paper that is gone is taken back.
    let booked = closed
        .iter()
        .map(|one| (one.line.record.clone(), one.line.contract));
    let about: BTreeSet<(Record, ContractId)> = happened.chain(booked).collect();
    let facts = Facts {
        form: FORM,
        payee,
        month: month.days().from,
        as_of: at,
        about: about.into_iter().collect(),
        periods: then(periods, (month, at)),
        closed,
        settlements,
        advanced: store::advanced(books, at).await?,
        called,
        books: known,
    };
    let follows = facts.recompute().is_ok_and(|again| again == statement);
    Ok(Made {
        facts: match follows {
            true => Some(facts.slim()?),
            false => None,
        },
        statement,
    })
}

/// The months up to this one, as they stood at a moment.
fn then(periods: &[PeriodRow], (month, at): (Month, Moment)) -> Vec<SettlementPeriod> {
    let earlier = periods.iter().filter(|period| period.month <= month);
    earlier
        .map(|period| {
            // A month is calculated before it is closed, also where both bear one moment.
            let closed_at = period.closed_at.filter(|closed| *closed < at);
            SettlementPeriod {
                days: period.month.days(),
                stage: match closed_at {
                    Some(_) => Stage::Closed,
                    None => Stage::Open,
                },
                closed_at,
            }
        })
        .collect()
}

/// Canonical JSON, so that equal things are equal bytes.
pub(crate) fn canonical(what: &impl Serialize) -> Result<Vec<u8>, Fault> {
    let value = serde_json::to_value(what)?;
    json::canonical(&value).map_err(|error| Fault::new(error.to_string()))
}

impl Basis {
    /// Facts and statement, where a statement of a closed month follows from its facts.
    ///
    /// # Errors
    /// `commission.statement_open`, `commission.statement_empty`, `commission.facts_moved`.
    pub(crate) fn files(&self) -> Result<Files, Refusal> {
        let month = self.month;
        if self.lines == 0 {
            return Err(nothing_in(
                month,
                (
                    "没有明细的月份不导出",
                    "A month without lines is not exported",
                ),
            ));
        }
        let Some(made) = &self.made else {
            return Err(still_open(
                month,
                (
                    "请在财务关账后导出",
                    "Export it after finance closed the month",
                ),
            ));
        };
        let moved = || {
            Refusal::conflict(
                "commission.facts_moved",
                format!("{month} 核算之后，合同、客户资料或回款被改动，已无法还原当时的依据"),
                format!("contracts or customers were changed since {month} was calculated"),
            )
            .remedy((
                "提成单仍可生成 PDF；差额会记入之后的月份，其提成单可以导出并复算",
                "The statement can still be made as a PDF; the difference goes into later months, \
                 whose statements can be exported and worked out again",
            ))
        };
        let facts = made.facts.as_ref().ok_or_else(moved)?;
        let bytes = (canonical(facts), canonical(&made.statement));
        match bytes {
            (Ok(facts), Ok(statement)) => Ok(Files { facts, statement }),
            _ => Err(moved()),
        }
    }
}
