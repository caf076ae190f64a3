//! A draft of a table runs beside the live one over a real month 影子试算.
//!
//! The whole month is calculated twice from the same books, once with the versions in force and
//! once with the draft speaking for its table. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::calculate::{Outcome, calculate};
use ::commission::line::{Absence, Because, Earning, Line, LineKey};
use ::commission::plan::RuleRow;
use ::rules::index::Index;
use kernel::{CustomerId, EmployeeId, Fen, RuleTableId};
use serde::Serialize;
use spine::{Failure, Fault, Reader};
use utoipa::ToSchema;

use super::ledger;
use super::month::Month;
use crate::customer::store as customers;
use crate::http::Money;
use crate::people::PersonName;
use crate::people::store as people;
use crate::receivable::store::earning;

/// Most differing lines that are shown one by one; all are counted and summed.
const MOST_LINES: usize = 500;

/// What a draft would have changed in a month.
#[derive(Serialize, ToSchema)]
pub(crate) struct GhostComparison {
    #[schema(value_type = String)]
    month: Month,
    /// Lines that a table decides, in either run.
    cases: usize,
    /// Lines that would be otherwise.
    differing: usize,
    #[schema(value_type = Money)]
    live: Fen,
    #[schema(value_type = Money)]
    ghost: Fen,
    /// By person; who would get the same is left out.
    people: Vec<GhostPerson>,
    /// The first 500 of them.
    lines: Vec<GhostLine>,
}

/// One person's month, twice.
#[derive(Serialize, ToSchema)]
struct GhostPerson {
    payee: Option<PersonName>,
    lines: usize,
    #[schema(value_type = Money)]
    live: Fen,
    #[schema(value_type = Money)]
    ghost: Fen,
    #[schema(value_type = Money)]
    difference: Fen,
}

/// One line, twice.
#[derive(Serialize, ToSchema)]
struct GhostLine {
    payee: Option<PersonName>,
    customer: Option<String>,
    record: String,
    #[schema(value_type = String, format = Date)]
    earned_on: kernel::Day,
    #[schema(value_type = Money)]
    credit: Fen,
    live: GhostSide,
    ghost: GhostSide,
    #[schema(value_type = Money)]
    difference: Fen,
}

/// What one of the two says.
#[derive(Serialize, ToSchema)]
struct GhostSide {
    #[schema(value_type = Money)]
    commission: Fen,
    /// The rate, or the share, in basis points; absent when it says none.
    rate: Option<i64>,
    /// The row, counted from 1; 0 is the default row.
    row: Option<u32>,
    /// Why there is no rate.
    why_zh: String,
    why_en: String,
}

/// Both runs of a month, line beside line.
type Pairs<'a> = BTreeMap<&'a LineKey, [Option<&'a Line>; 2]>;

/// Runs a month of the books twice.
pub(crate) async fn compare(
    books: &mut Reader<'_>,
    month: Month,
    (table, name, draft): (RuleTableId, &str, &Index),
) -> Result<GhostComparison, Failure> {
    let live = calculate(&ledger::facts(books).await?.books)?;
    let known = ledger::facts_with(books, Some((table, draft))).await?;
    let ghost = calculate(&known.books)?;
    let mut pairs = Pairs::new();
    for (side, run) in [&live, &ghost].into_iter().enumerate() {
        let tabled =
            |line: &&Line| Month::of(line.earned_on) == month && decided(line, name).is_some();
        for line in run.lines.iter().filter(tabled) {
            pairs.entry(&line.key).or_default()[side] = Some(line);
        }
    }
    // Who is only in one of the two runs is compared with his nothing in the other.
    for (side, run) in [&live, &ghost].into_iter().enumerate() {
        for line in &run.lines {
            if let Some(pair) = pairs.get_mut(&line.key) {
                pair[side] = Some(line);
            }
        }
    }
    Ok(told(books, (month, name), (&live, &ghost), &pairs).await?)
}

async fn told(
    books: &mut Reader<'_>,
    (month, name): (Month, &str),
    runs: (&Outcome, &Outcome),
    pairs: &Pairs<'_>,
) -> Result<GhostComparison, Fault> {
    let pay = |line: Option<&Line>| line.map_or(Fen::ZERO, |line| line.commission);
    let differs = |[live, ghost]: &[Option<&Line>; 2]| {
        pay(*live) != pay(*ghost) || rate(*live, name) != rate(*ghost, name)
    };
    let mut differing: Vec<_> = pairs.iter().filter(|(_, pair)| differs(pair)).collect();
    differing.sort_by_key(|(_, [live, ghost])| {
        let apart = i128::from(pay(*ghost).0) - i128::from(pay(*live).0);
        -apart.abs()
    });
    let mut sums: BTreeMap<EmployeeId, (usize, Fen, Fen)> = BTreeMap::new();
    for (key, [live, ghost]) in &differing {
        let (lines, a, b) = sums.entry(key.payee).or_default();
        *lines += 1;
        (*a, *b) = (*a + pay(*live), *b + pay(*ghost));
    }
    let names = people::names_of(books, sums.keys().copied()).await?;
    let shown = &differing[..differing.len().min(MOST_LINES)];
    let named: BTreeSet<CustomerId> = shown.iter().map(|(key, _)| key.customer).collect();
    let called = customers::names_of(books, named.into_iter().collect()).await?;
    let records: BTreeSet<&str> = shown.iter().map(|(key, _)| key.record.0.as_str()).collect();
    let records: Vec<String> = records.into_iter().map(str::to_owned).collect();
    let numbers = earning::record_numbers(books, &records).await?;
    let line = |(key, pair): &(&&LineKey, &[Option<&Line>; 2])| {
        let [live, ghost] = **pair;
        let any = live.or(ghost)?;
        Some(GhostLine {
            payee: PersonName::among(&names, Some(key.payee)),
            customer: called.get(&key.customer.to_string()).cloned(),
            record: numbers.get(&key.record.0).cloned().unwrap_or_default(),
            earned_on: any.earned_on,
            credit: any.credit,
            live: side((live, name), key, runs.0),
            ghost: side((ghost, name), key, runs.1),
            difference: pay(ghost) - pay(live),
        })
    };
    let lines = shown.iter().filter_map(line).collect();
    let person = |(id, (lines, live, ghost)): (EmployeeId, (usize, Fen, Fen))| GhostPerson {
        payee: PersonName::among(&names, Some(id)),
        lines,
        live,
        ghost,
        difference: ghost - live,
    };
    let sum = |at: usize| pairs.values().map(|pair| pay(pair[at])).sum();
    Ok(GhostComparison {
        month,
        cases: pairs.len(),
        differing: differing.len(),
        live: sum(0),
        ghost: sum(1),
        people: sums.into_iter().map(person).collect(),
        lines,
    })
}

/// The row of this table that a line stands on, and what the row said: the rate, the part of the
/// seat after a handover, or the share of the deal.
fn decided<'a>(line: &'a Line, table: &str) -> Option<(&'a RuleRow, Option<i64>)> {
    let trace = &line.trace;
    let named = |row: &&RuleRow| row.table == table;
    if let Some(row) = trace.decided_by.as_ref().filter(named) {
        let rate = match &trace.earning {
            Earning::Bands { moved, .. } => moved.first().map(|part| part.rate.0),
            _ => None,
        };
        return Some((row, rate));
    }
    let split = trace
        .split
        .as_ref()
        .and_then(|split| split.decided_by.as_ref());
    if let Some(row) = split.filter(named) {
        return Some((row, Some(trace.part_share.0)));
    }
    let row = trace.credited_by.as_ref().filter(named)?;
    Some((row, Some(trace.seat_share.0)))
}

/// What a table said for a line.
fn rate(line: Option<&Line>, table: &str) -> Option<i64> {
    decided(line?, table)?.1
}

fn side((line, table): (Option<&Line>, &str), key: &LineKey, run: &Outcome) -> GhostSide {
    let missing = || run.absences.iter().find(|one| is_of(one, key));
    let (why_zh, why_en) = match (line, missing().map(|one| &one.because)) {
        (None, Some(Because::TableSilent { zh, en, .. })) => (zh.clone(), en.clone()),
        (None, Some(Because::NoTable { .. })) => (
            "当日没有生效的版本".to_owned(),
            "no version in force".to_owned(),
        ),
        (None, _) => ("没有份额".to_owned(), "no share".to_owned()),
        (Some(_), _) => (String::new(), String::new()),
    };
    let row = line
        .and_then(|line| decided(line, table))
        .map(|(row, _)| row);
    GhostSide {
        commission: line.map_or(Fen::ZERO, |line| line.commission),
        rate: rate(line, table),
        row: row.map(|row| row.row),
        why_zh,
        why_en,
    }
}

/// Whether this is the line that is not there.
fn is_of(absence: &Absence, key: &LineKey) -> bool {
    let at = absence.at.as_ref();
    absence.record == key.record
        && absence.payee == key.payee
        && at.is_some_and(|(plan, component)| *plan == key.plan && *component == key.component)
}
