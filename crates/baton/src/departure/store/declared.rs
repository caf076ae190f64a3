//! Since when a departure is one for both sides 告知之日.

use ::departure::state::Stage;
use kernel::Day;
use spine::{Fault, Query, Reader};

use super::{Departure, UNDISCLOSED, steps};
use crate::departure::process::{self, DISMISSAL, MUTUAL};
use crate::word;

/// The day on which a dismissal was served or an agreement reached; nothing where that has not come
/// about, and for what takes effect without it: a notice of the employee and a fact.
pub(crate) async fn declared_on(
    books: &mut Reader<'_>,
    departure: &Departure,
) -> Result<Option<Day>, Fault> {
    if ![DISMISSAL, MUTUAL].contains(&process::flow_of(departure.kind)) {
        return Ok(None);
    }
    let steps = steps(books, departure.id).await?;
    let declared = steps.iter().find(|step| step.kind == "acknowledged");
    Ok(declared.map(|step| {
        let on: Option<Day> = serde_json::from_value(step.detail.clone()).unwrap_or_default();
        on.unwrap_or_else(|| step.at.day_in(books.zone()))
    }))
}

/// The day of the first notice of this employment. One that was taken back since counts, for what
/// was handed over under it stays handed over; a dismissal that he was never told of does not.
pub(crate) async fn first_notice(
    books: &mut Reader<'_>,
    departure: &Departure,
) -> Result<Day, Fault> {
    let mut query = Query::new(
        "SELECT d.state AS state, d.filed_on AS filed_on FROM departure d WHERE d.id <> ",
    );
    query.bind(departure.id);
    query.push(" AND d.employee_id = ").bind(departure.employee);
    query.push(" AND NOT ").push(UNDISCLOSED);
    query.push(" ORDER BY d.opened_at DESC, d.id DESC");
    let (select, values) = query.select();
    let mut first = departure.filed_on;
    for row in books.all(&select, values).await? {
        let stage: Stage = word::read(row.get("state")?)?;
        // An employment before this one.
        if stage == Stage::Closed {
            break;
        }
        first = first.min(row.get("filed_on")?);
    }
    Ok(first)
}
