//! What the papers about money that is owed say 应收文书内容.

use std::collections::{BTreeMap, BTreeSet};

use ::document::{Content, Value};
use ::handover::holding::HoldingKind;
use kernel::{CustomerId, Day, EmployeeId, Fen, InvoiceId, PlanId};
use spine::{Failure, Reader};

use super::{count, customer_of, filled, handed, list, put, put_some, received};
use crate::customer::store as customers;
use crate::document::about::Source;
use crate::document::rules;
use crate::handover::store::{self as plans, ItemFilter};
use crate::receivable::store::{self as receivables, Unpaid, Whose};

/// 民法典 art. 188: three years.
const LIMITATION_MONTHS: i32 = 36;

/// Ages of what is owed; each goes up to this many days after the due day.
const BUCKETS: [(i64, &str); 6] = [
    (0, "未到期"),
    (30, "逾期 1–30 天"),
    (90, "逾期 31–90 天"),
    (180, "逾期 91–180 天"),
    (365, "逾期 181–365 天"),
    (i64::MAX, "逾期一年以上"),
];

/// The place among [`BUCKETS`].
fn bucket(overdue_days: i64) -> usize {
    let found = BUCKETS.iter().position(|(most, _)| overdue_days <= *most);
    found.unwrap_or(BUCKETS.len() - 1)
}

fn overdue_days(invoice: &Unpaid, today: Day) -> i64 {
    invoice.due_on.days_until(today).max(0)
}

fn open(invoice: &Unpaid) -> Fen {
    invoice.amount - invoice.cleared
}

/// An invoice as every paper shows it.
pub(super) fn invoice(invoice: &Unpaid, today: Day) -> Content {
    let mut row = Content::new();
    put(&mut row, "number", invoice.number.as_str());
    put(&mut row, "issued_on", invoice.issued_on);
    put(&mut row, "due_on", invoice.due_on);
    put(&mut row, "amount", invoice.amount);
    put(&mut row, "paid", invoice.cleared);
    put(&mut row, "open", open(invoice));
    put(
        &mut row,
        "overdue_days",
        Value::Count(overdue_days(invoice, today)),
    );
    row
}

/// What is open of all, and what of it is overdue.
pub(super) fn totals(content: &mut Content, invoices: &[Unpaid], today: Day) {
    put(
        content,
        "open_total",
        invoices.iter().map(open).sum::<Fen>(),
    );
    let late = invoices.iter().filter(|one| overdue_days(one, today) > 0);
    put(content, "overdue_total", late.map(open).sum::<Fen>());
}

/// The customers of a plan that go to this receiver.
pub(super) async fn customers_to(
    books: &mut Reader<'_>,
    plan: PlanId,
    receiver: EmployeeId,
) -> Result<Vec<CustomerId>, Failure> {
    let ids = things_to(books, (plan, receiver), HoldingKind::CustomerOwnership).await?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

async fn things_to(
    books: &mut Reader<'_>,
    (plan, receiver): (PlanId, EmployeeId),
    kind: HoldingKind,
) -> Result<Vec<String>, Failure> {
    let filter = ItemFilter {
        successor: Some(receiver),
        kind: Some(kind),
        ..ItemFilter::default()
    };
    let lines = plans::item_lines(books, plan, &filter, i64::MAX).await?;
    let stays = lines.into_iter().filter(|line| line.outcome != "gone");
    Ok(stays.map(|line| line.holding.key.subject).collect())
}

/// The invoices that one receiver takes over: those of his customers, and those listed alone.
pub(super) async fn confirmation(
    books: &mut Reader<'_>,
    source: &Source,
) -> Result<Content, Failure> {
    let (moving, receiver) = received(source)?;
    let to = (moving.plan.id, receiver.id);
    let customers = customers_to(books, to.0, to.1).await?;
    let mut families = Vec::new();
    for customer in &customers {
        families.extend(customers::family(books, *customer).await?);
    }
    let mut invoices = receivables::unpaid(books, Whose::Customers(&families)).await?;
    invoices.retain(|invoice| moving.along(&invoice.number));
    let alone = things_to(books, to, HoldingKind::ReceivableResponsibility).await?;
    let alone: Vec<InvoiceId> = alone.iter().filter_map(|id| id.parse().ok()).collect();
    let known: BTreeSet<String> = invoices.iter().map(|one| one.number.clone()).collect();
    let alone = receivables::unpaid(books, Whose::Invoices(&alone)).await?;
    invoices.extend(alone.into_iter().filter(|one| !known.contains(&one.number)));
    invoices.retain(|invoice| moving.moves(invoice.responsible));
    if invoices.is_empty() {
        return Err(rules::nothing_owed("该接替人").into());
    }
    let mut content = handed(source, moving, receiver);
    let whose: BTreeSet<CustomerId> = invoices.iter().map(|one| one.customer).collect();
    put(&mut content, "customers", count(whose.len()));
    totals(&mut content, &invoices, source.today);
    let disputed = invoices.iter().filter(|one| one.disputed);
    put(
        &mut content,
        "disputed_total",
        disputed.map(open).sum::<Fen>(),
    );
    put(&mut content, "buckets", buckets(&invoices, source.today));
    let rows = invoices.iter().map(|one| detailed(one, source.today));
    put(&mut content, "invoices", list(rows));
    Ok(content)
}

fn buckets(invoices: &[Unpaid], today: Day) -> Value {
    let mut sums: BTreeMap<usize, (i64, Fen)> = BTreeMap::new();
    for one in invoices {
        let (count, sum) = sums.entry(bucket(overdue_days(one, today))).or_default();
        (*count, *sum) = (*count + 1, *sum + open(one));
    }
    list(sums.into_iter().map(|(place, (count, sum))| {
        let mut row = Content::new();
        put(&mut row, "bucket", BUCKETS[place].1);
        put(&mut row, "count", Value::Count(count));
        put(&mut row, "open", sum);
        row
    }))
}

fn detailed(one: &Unpaid, today: Day) -> Content {
    let mut row = invoice(one, today);
    put(&mut row, "customer", one.customer_name.as_str());
    put_some(&mut row, "contract", one.contract.as_deref());
    put(
        &mut row,
        "bucket",
        BUCKETS[bucket(overdue_days(one, today))].1,
    );
    put(&mut row, "disputed", Value::Yes(one.disputed));
    put(
        &mut row,
        "limitation_on",
        one.due_on.plus_months(LIMITATION_MONTHS),
    );
    row
}

/// What a customer owes the company, whoever has to chase it.
pub(super) async fn statement(books: &mut Reader<'_>, source: &Source) -> Result<Content, Failure> {
    let (moving, receiver) = received(source)?;
    let customer = customer_of(moving)?;
    let family = customers::family(books, customer.id).await?;
    let invoices = receivables::unpaid(books, Whose::Customers(&family)).await?;
    if invoices.is_empty() {
        return Err(rules::nothing_owed("该客户").into());
    }
    let mut content = handed(source, moving, receiver);
    put(&mut content, "customer", customer.name.as_str());
    put_some(
        &mut content,
        "customer_code",
        filled(customer.credit_code.as_ref()),
    );
    totals(&mut content, &invoices, source.today);
    let rows = invoices.iter().map(|one| {
        let mut row = invoice(one, source.today);
        put_some(&mut row, "contract", one.contract.as_deref());
        row
    });
    put(&mut content, "invoices", list(rows));
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_one_bucket() {
        for (days, said) in [
            (0, "未到期"),
            (1, "逾期 1–30 天"),
            (30, "逾期 1–30 天"),
            (31, "逾期 31–90 天"),
            (180, "逾期 91–180 天"),
            (365, "逾期 181–365 天"),
            (366, "逾期一年以上"),
        ] {
            assert_eq!(BUCKETS[bucket(days)].1, said, "{days}");
        }
    }
}
