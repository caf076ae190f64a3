//! What each kind of document says 文书内容.

mod customer;
mod departure;
mod ending;
mod handover_list;
mod reassignment;
mod receivable;
mod transition;

use ::document::{Content, Kind, Rows, Value};
use kernel::{Day, Fen};
use spine::{Denied, Failure, Reader};

use super::about::{Moving, Source};
use super::rules;
use crate::bounds;
use crate::customer::store::Customer;
use crate::departure::store::Found;
use crate::people::acts::lend_asset;
use crate::people::store::{Asset, Employee};

/// Everything this kind says about this, beside what was filled in.
///
/// # Errors
/// What the books do not hold and the paper must say.
pub(super) async fn of(
    books: &mut Reader<'_>,
    kind: Kind,
    source: &Source,
    typed: Content,
) -> Result<Content, Failure> {
    let mut content = match kind {
        Kind::LeavingCertificate => departure::certificate(left(source)?),
        Kind::ResignationNotice => departure::notice(books, left(source)?).await?,
        Kind::HandoverList => handover_list::handover_list(books, left(source)?).await?,
        Kind::CommissionStatement => return Err(rules::elsewhere(kind).into()),
        Kind::CustomerHandover => customer::handover(books, source).await?,
        Kind::CustomerLetter => customer::letter(books, source).await?,
        Kind::ReceivableConfirmation => receivable::confirmation(books, source).await?,
        Kind::ReceivableStatement => receivable::statement(books, source).await?,
        Kind::TransitionCommission => transition::agreement(books, source).await?,
        Kind::MutualTermination => ending::mutual(books, left(source)?, &typed).await?,
        Kind::TerminationNotice => ending::notice(books, source, left(source)?, &typed).await?,
        Kind::CompensationReckoning => ending::reckoning(left(source)?, &typed)?,
        Kind::NoncompeteNotice => ending::noncompete(left(source)?, &typed)?,
        Kind::NoncompeteRelease => ending::release(source, left(source)?, &typed)?,
        Kind::Confidentiality => ending::confidentiality(books, left(source)?).await?,
        Kind::ReassignmentAgreement => reassignment::agreement(books, source, &typed).await?,
    };
    content.extend(typed);
    Ok(content)
}

fn left(source: &Source) -> Result<&Found, Failure> {
    let found = source.departure.as_ref();
    Ok(found.ok_or_else(|| Denied::absent("departure"))?)
}

/// The plan with the person who receives; a thing that goes to nobody is handed over to nobody.
fn received(source: &Source) -> Result<(&Moving, &Employee), Failure> {
    let moving = source.moving.as_ref();
    let moving = moving.ok_or_else(|| Denied::absent("handover_plan"))?;
    let receiver = moving.receiver.as_ref();
    Ok((moving, receiver.ok_or_else(rules::no_receiver)?))
}

fn customer_of(moving: &Moving) -> Result<&Customer, Failure> {
    let customer = moving.customer.as_ref();
    Ok(customer.ok_or_else(|| Denied::absent("customer"))?)
}

/// The term of the contract. The books know that it has no end where its beginning is on file and
/// no end is; where nothing is on file, the written contract says it.
fn term(content: &mut Content, person: &Employee) {
    let (from, until) = (person.contract_from, person.contract_until);
    // Without a day on file, the employment itself is what can be stated.
    put(content, "contract_from", from.unwrap_or(person.hired_on));
    put_some(content, "contract_until", until);
    let open_ended = from.is_some() && until.is_none();
    put(content, "open_ended", Value::Yes(open_ended));
}

fn put(content: &mut Content, key: &str, value: impl Into<Value>) {
    content.insert(key.to_owned(), value.into());
}

fn put_some(content: &mut Content, key: &str, value: Option<impl Into<Value>>) {
    if let Some(value) = value {
        put(content, key, value);
    }
}

fn money_of(typed: &Content, key: &str) -> Option<Fen> {
    match typed.get(key) {
        Some(Value::Money(fen)) => Some(*fen),
        _ => None,
    }
}

fn number_of(typed: &Content, key: &str) -> Option<i64> {
    match typed.get(key) {
        Some(Value::Count(number)) => Some(*number),
        _ => None,
    }
}

fn day_of(typed: &Content, key: &str) -> Option<Day> {
    match typed.get(key) {
        Some(Value::Day(day)) => Some(*day),
        _ => None,
    }
}

fn count(number: usize) -> Value {
    Value::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

fn list(rows: impl Iterator<Item = Content>) -> Value {
    Value::List(Rows(rows.collect()))
}

fn filled(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
}

/// Titles of follow-ups are what somebody once wrote, with its lines.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Plan, giver and receiver, as every paper about a handover begins.
fn handed(source: &Source, moving: &Moving, receiver: &Employee) -> Content {
    let mut content = Content::new();
    put(&mut content, "plan", moving.plan.number.as_str());
    put(&mut content, "plan_state", moving.plan.state.words().0);
    put(&mut content, "effective_on", moving.plan.effective_on);
    put(&mut content, "as_of", source.today);
    put(&mut content, "giver", source.person.called());
    let department = source.person.department_name.as_str();
    put(&mut content, "giver_department", department);
    put(&mut content, "receiver", receiver.called());
    let department = receiver.department_name.as_str();
    put(&mut content, "receiver_department", department);
    content
}

/// A thing that was lent, as papers list it.
fn lent(asset: &Asset) -> Content {
    let mut row = Content::new();
    put(&mut row, "title", one_line(&asset.name));
    put_some(&mut row, "serial", filled(Some(&asset.serial)));
    let kind = bounds::word(lend_asset::KINDS, &asset.kind);
    put(&mut row, "kind", kind);
    put(&mut row, "state", asset.state.zh());
    put(&mut row, "on", asset.changed_on);
    row
}
