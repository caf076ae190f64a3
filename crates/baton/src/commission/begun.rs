//! From which day on a month has anything that can be paid for 起算日.
//!
//! Books are often begun in the middle of a month: before the first day on which any customer has
//! an owner and anybody a plan, nothing is earned, whatever came in. Each line says so of itself;
//! this is the day, so that a statement can say it once.

use kernel::Day;
use spine::{Fault, Reader};

use super::ledger;
use super::month::Month;
use super::store;
use crate::customer::store::stretches;

/// The day inside this month on which commission begins; nothing where it counts from its first
/// day on. Only of the first month that was opened: later ones are asked nothing.
pub(crate) async fn within(books: &mut Reader<'_>, month: Month) -> Result<Option<Day>, Fault> {
    let periods = store::periods(books).await?;
    if periods.first().is_none_or(|first| first.month != month) {
        return Ok(None);
    }
    let first = month.days().from;
    let owned = stretches::first_owned_after(books, first).await?;
    let assigned = store::assigned(books, ledger::EVER).await?;
    let given = assigned.iter().filter(|row| row.plan.is_some());
    let planned = given.map(|row| row.effective_on).min();
    let later = owned.max(planned.filter(|day| *day > first));
    Ok(later.filter(|day| month.days().contains(*day)))
}
