//! A draft of a table runs beside the live one over a real month 影子试算.
//!
//! The whole month is calculated twice from the same books, once with the versions in force and
//! once with the draft speaking for its table. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::calculate::{Outcome, calculate};
use ::commission::line::{Absence, Because, Line, LineKey};
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
    /// In basis points; absent when it says none.
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
    (table, draft): (RuleTableId, &Index),
) -> Result<GhostComparison, Failure> {
    let live = calculate(&ledger::facts(books).await?.books)?;
    let known = ledger::facts_with(books, Some((table, draft))).await?;
    let ghost = calculate(&known.books)?;
    let mut pairs = Pairs::new();
    for (side, run) in [&live, &ghost].into_iter().enumerate() {
        let tabled =
            |line: &&Line| Month::of(line.earned_on) == month && line.trace.decided_by.is_some();
        for line in run.lines.iter().filter(tabled) {
            pairs.entry(&line.key).or_default()[side] = Some(line);
        }
    }
    Ok(told(books, month, (&live, &ghost), &pairs).await?)
}

async fn told(
    books: &mut Reader<'_>,
    month: Month,
    runs: (&Outcome, &Outcome),
    pairs: &Pairs<'_>,
) -> Result<GhostComparison, Fault> {
    let pay = |line: Option<&Line>| line.map_or(Fen::ZERO, |line| line.commission);
    let differs = |[live, ghost]: &[Option<&Line>; 2]| {
        pay(*live) != pay(*ghost) || rate(*live) != rate(*ghost)
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
            live: side(live, key, runs.0),
            ghost: side(ghost, key, runs.1),
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

/// The rate a table said for a line.
fn rate(line: Option<&Line>) -> Option<i64> {
    use ::commission::line::Earning;
    match &line?.trace.earning {
        Earning::Bands { moved, .. } => moved.first().map(|part| part.rate.0),
        _ => None,
    }
}

fn side(line: Option<&Line>, key: &LineKey, run: &Outcome) -> GhostSide {
    let missing = || run.absences.iter().find(|one| is_of(one, key));
    let (why_zh, why_en) = match (line, missing().map(|one| &one.because)) {
        (None, Some(Because::TableSilent { zh, en, .. })) => (zh.clone(), en.clone()),
        (None, _) => (
            "当日没有生效的版本".to_owned(),
            "no version in force".to_owned(),
        ),
        (Some(_), _) => (String::new(), String::new()),
    };
    let row = line.and_then(|line| line.trace.decided_by.as_ref());
    GhostSide {
        commission: line.map_or(Fen::ZERO, |line| line.commission),
        rate: rate(line),
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
