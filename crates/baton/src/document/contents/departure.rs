//! What the papers of a departure say 离职文书内容.

use ::document::{Content, Value};
use access::RowFilter;
use kernel::Fen;
use spine::{Failure, Reader};

use super::{count, filled, put, put_some, term};
use crate::customer::store as customers;
use crate::departure::store::Found;
use crate::document::rules;
use crate::people::store as people;
use crate::receivable::store::{self as receivables, InvoiceFilter};

/// Who it is about, as every document says it.
pub(super) fn person(found: &Found) -> Content {
    let mut content = Content::new();
    put(&mut content, "name", found.person.name.as_str());
    put(&mut content, "number", found.person.number.as_str());
    put(&mut content, "post", found.person.post_name.as_str());
    content
}

/// 实施条例 art. 24, and nothing else.
pub(super) fn certificate(found: &Found) -> Content {
    let (person_row, departure) = (&found.person, &found.departure);
    let ended_on = departure.clocks.employment_ends;
    let mut content = person(found);
    put_some(
        &mut content,
        "citizen_id",
        filled(person_row.citizen_id.as_ref()),
    );
    term(&mut content, person_row);
    put(&mut content, "ending", rules::ending(departure.kind));
    put(&mut content, "ended_on", ended_on);
    put(&mut content, "hired_on", person_row.hired_on);
    let service = rules::service(person_row.hired_on, ended_on);
    put(&mut content, "service", service);
    content
}

/// The notice, and what is open under the name of whoever gives it.
pub(super) async fn notice(books: &mut Reader<'_>, found: &Found) -> Result<Content, Failure> {
    use ::departure::kind::DepartureKind;
    let (person_row, departure) = (&found.person, &found.departure);
    let rule = departure.kind.rule();
    let mut content = person(found);
    put_some(
        &mut content,
        "citizen_id",
        filled(person_row.citizen_id.as_ref()),
    );
    put(
        &mut content,
        "department",
        person_row.department_name.as_str(),
    );
    put(&mut content, "hired_on", person_row.hired_on);
    put(&mut content, "basis", rule.basis);
    let for_cause = departure.kind == DepartureKind::ResignationForCause;
    put(&mut content, "for_cause", Value::Yes(for_cause));
    put(&mut content, "written_on", departure.filed_on);
    put(&mut content, "received_on", departure.received_on);
    let days = i64::from(departure.reckoning.answer.notice_days);
    put(&mut content, "notice_days", Value::Count(days));
    put(&mut content, "earliest_on", departure.earliest_on);
    put(&mut content, "ends_on", departure.clocks.employment_ends);
    put(
        &mut content,
        "last_working_day",
        departure.clocks.last_working_day,
    );
    put(&mut content, "agreed", Value::Yes(departure.agreed_early));
    put_some(&mut content, "reason", filled(Some(&departure.reason)));
    let notice = &departure.reckoning.notice;
    let probation = notice
        .probation_until
        .is_some_and(|last| last >= notice.received_on);
    put(&mut content, "in_probation", Value::Yes(probation));
    put(&mut content, "as_of", found.today);
    let customers = customers::count_owned(books, person_row.id).await?;
    put(&mut content, "customers", Value::Count(customers));
    let owed = InvoiceFilter {
        responsible: Some(person_row.id),
        open_only: true,
        ..InvoiceFilter::default()
    };
    let everything = &RowFilter::Everything;
    let owed = receivables::invoices(books, everything, &owed, found.today, i64::MAX).await?;
    put(&mut content, "receivables", count(owed.len()));
    put(
        &mut content,
        "receivable_total",
        owed.iter().map(|one| one.open).sum::<Fen>(),
    );
    let assets = people::assets_of(books, person_row.id).await?;
    let lent = assets
        .iter()
        .filter(|asset| asset.state == people::AssetState::Lent);
    put(&mut content, "things", count(lent.count()));
    put_some(&mut content, "email", filled(person_row.email.as_ref()));
    Ok(content)
}
