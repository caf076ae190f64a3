//! What a refund or a bad debt would take back, before it is recorded 收回预算.
//!
//! The engine that pays works it out from the same facts with the reversal added; nothing is kept.
//! Only customers that the payees of that money are paid by are looked at: what a line earned may
//! depend on everything its payee was credited with, and on nobody else's deals. Guarantees and
//! draws are not looked at: they are settled when their window ends.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::calculate::{Outcome, calculate};
use ::commission::period::Stage;
use kernel::{CustomerId, Day, EmployeeId, Fen};
use spine::{Failure, Fault, Reader};

use super::leaving;
use super::ledger;
use super::month::Month;
use super::store;
use crate::receivable::store::earning::Undone;

/// What would be taken back.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// The month in which it is set off; none where no month will hold it.
    pub(crate) month: Option<Month>,
    /// From whom and how much, above zero; below zero where a negative line is undone.
    pub(crate) from: BTreeMap<EmployeeId, Fen>,
}

/// What undoing this would take back, and in which month.
///
/// # Errors
/// What the engine refuses.
pub(crate) async fn taken(
    books: &mut Reader<'_>,
    customer: CustomerId,
    undone: &Undone,
) -> Result<Taken, Failure> {
    let Some(month) = set_off_in(books, undone.on).await? else {
        return Ok(Taken::default());
    };
    let alone = [customer];
    let first = calculate(&ledger::facts_undoing(books, &alone, undone).await?)?;
    let mut customers = BTreeSet::from([customer]);
    for payee in payees(&first, undone) {
        customers.extend(leaving::concerned(books, payee).await?);
    }
    let of: Vec<CustomerId> = customers.into_iter().collect();
    let all = match of.len() {
        1 => first,
        _ => calculate(&ledger::facts_undoing(books, &of, undone).await?)?,
    };
    let mut from: BTreeMap<EmployeeId, Fen> = BTreeMap::new();
    let own = |record: &str| record.split('#').next() == Some(undone.record.as_str());
    for line in all.lines.iter().filter(|line| own(&line.key.record.0)) {
        let sum = from.entry(line.key.payee).or_default();
        *sum = *sum - line.commission;
    }
    from.retain(|_, sum| *sum != Fen::ZERO);
    Ok(Taken {
        month: Some(month),
        from,
    })
}

/// Who has a part in what is undone, paid for it or not.
fn payees(of: &Outcome, undone: &Undone) -> BTreeSet<EmployeeId> {
    let by: Vec<&str> = [&undone.receipt, &undone.order, &undone.signed]
        .into_iter()
        .flatten()
        .chain([&undone.invoice])
        .map(String::as_str)
        .collect();
    let lines = of.lines.iter();
    let lines = lines.map(|line| (line.key.record.0.as_str(), line.key.payee));
    let absences = of.absences.iter();
    let absences = absences.map(|one| (one.record.0.as_str(), one.payee));
    let each = lines.chain(absences);
    each.filter(|(record, _)| by.contains(record))
        .map(|(_, payee)| payee)
        .collect()
}

/// The month that holds what is earned or taken back on a day: its own, or the first one that is
/// not closed. What lies before the first month that was opened is settled elsewhere.
async fn set_off_in(books: &mut Reader<'_>, on: Day) -> Result<Option<Month>, Fault> {
    let own = Month::of(on);
    let periods = store::periods(books).await?;
    let Some(first) = periods.first() else {
        return Ok(Some(own));
    };
    if own < first.month {
        return Ok(None);
    }
    let open = periods.iter().find(|one| one.stage != Stage::Closed);
    let next = open.map(|one| one.month);
    let next = next.or_else(|| periods.last().map(|last| last.month.next()));
    Ok(next.map(|next| own.max(next)))
}
