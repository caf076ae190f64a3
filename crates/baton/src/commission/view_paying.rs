//! What the browser sees of payments 发放视图.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::paying::{Open, net};
use ::commission::period::Stage;
use kernel::{Day, EmployeeId, Fen, Moment, PaymentId};
use serde::Serialize;
use spine::{Fault, Reader};
use utoipa::ToSchema;

use super::month::Month;
use super::paying::ByPayee;
use super::store::{self, PayingRow, PeriodRow};
use crate::http::Money;
use crate::people::PersonName;
use crate::people::store as people;

/// What was paid up to a month, and what is still to be paid.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonthPayments {
    #[schema(value_type = String)]
    month: Month,
    /// `open`, `calculated`, `reviewed`, `closed`
    #[schema(value_type = String)]
    stage: Stage,
    /// The first month whose payment was recorded; absent before the first record.
    #[schema(value_type = Option<String>)]
    since: Option<Month>,
    /// Who is owed something, by number.
    due: Vec<PersonDue>,
    /// All that can be paid today.
    #[schema(value_type = Money)]
    payable: Fen,
    /// All that is kept back until a later day.
    #[schema(value_type = Money)]
    withheld: Fen,
    /// What was recorded of this month, the newest first.
    items: Vec<PaymentItem>,
}

/// What one person is owed.
#[derive(Serialize, ToSchema)]
struct PersonDue {
    payee: PersonName,
    lines: usize,
    /// What can be paid today; below zero for what will be set off.
    #[schema(value_type = Money)]
    payable: Fen,
    /// Kept back until a later day.
    #[schema(value_type = Money)]
    withheld: Fen,
    /// The day on which the first of it fell or falls due.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Day>,
}

/// One record.
#[derive(Serialize, ToSchema)]
struct PaymentItem {
    #[schema(value_type = String)]
    id: PaymentId,
    /// Nobody for everybody.
    payee: Option<PersonName>,
    #[schema(value_type = String, format = Date)]
    paid_on: Day,
    reference: String,
    reason: String,
    people: i64,
    lines: i64,
    #[schema(value_type = Money)]
    total: Fen,
    /// The record that it undoes.
    #[schema(value_type = Option<String>)]
    undoes: Option<PaymentId>,
    /// Whether it was undone.
    undone: bool,
    recorded_by: Option<PersonName>,
    #[schema(value_type = String)]
    recorded_at: Moment,
}

type Names = BTreeMap<EmployeeId, (String, String)>;

fn item(row: &PayingRow, undone: &BTreeSet<PaymentId>, names: &Names) -> PaymentItem {
    PaymentItem {
        id: row.id,
        payee: PersonName::among(names, row.payee),
        paid_on: row.paid_on,
        reference: row.reference.clone(),
        reason: row.reason.clone(),
        people: row.people,
        lines: row.lines,
        total: row.total,
        undoes: row.undoes,
        undone: undone.contains(&row.id),
        recorded_by: PersonName::among(names, row.by.parse().ok()),
        recorded_at: row.at,
    }
}

/// Everything about it.
pub(crate) async fn read(
    books: &mut Reader<'_>,
    period: &PeriodRow,
    open: &ByPayee,
) -> Result<MonthPayments, Fault> {
    let rows = store::payings(books, period.month).await?;
    let undone = rows.iter().filter_map(|row| row.undoes).collect();
    let speakers = rows.iter().filter_map(|row| row.by.parse().ok());
    let named = speakers
        .chain(rows.iter().filter_map(|row| row.payee))
        .chain(open.keys().copied());
    let names = people::names_of(books, named).await?;
    let today = books.today();
    let mut due: Vec<PersonDue> = open
        .iter()
        .filter_map(|(payee, lines)| {
            let parts: Vec<Open> = lines.iter().map(|(_, open)| open.clone()).collect();
            let days = parts.iter().flat_map(|open| &open.dues).map(|due| due.on);
            Some(PersonDue {
                payee: PersonName::among(&names, Some(*payee))?,
                lines: lines.len(),
                payable: net(&parts, today),
                withheld: parts.iter().map(|open| open.withheld(today)).sum(),
                due_on: days.min(),
            })
        })
        .collect();
    due.sort_by(|a, b| a.payee.number.cmp(&b.payee.number));
    Ok(MonthPayments {
        month: period.month,
        stage: period.stage,
        since: store::paid_since(books).await?,
        payable: due.iter().map(|one| one.payable.max(Fen::ZERO)).sum(),
        withheld: due.iter().map(|one| one.withheld).sum(),
        due,
        items: rows.iter().map(|row| item(row, &undone, &names)).collect(),
    })
}
