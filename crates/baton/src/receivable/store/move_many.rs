//! Many receivables, contracts and orders change hands at once 批量变更回款责任.
//!
//! What is cleared or closed stays with whoever had it.

use kernel::{Day, PlanId};
use spine::{Fault, Query, Writer};

use super::running::push_running;
use crate::customer::store::move_many::Passing;

/// Responsibility for open invoices passes on: a row of the history each, and what holds today.
/// Gives their number.
pub(crate) async fn move_many_invoices(
    books: &mut Writer<'_>,
    passing: Passing<'_>,
    (effective_on, plan, recorded_by): (Day, PlanId, &str),
) -> Result<u64, Fault> {
    let at = books.at();
    for part in passing.parts() {
        // A history never goes back: where its last row is later, the new one begins with it.
        let mut query = Query::new(
            "INSERT INTO receivable_responsibility (invoice_id, seq, effective_on, recorded_at, \
             responsible_id, recorded_by, reason, plan_id) \
             SELECT i.id, coalesce(max(r.seq), 0) + 1, CASE WHEN max(r.effective_on) > ",
        );
        query.bind(effective_on).push(" THEN max(r.effective_on) ");
        query.push("ELSE CAST(").bind(effective_on);
        query.push(" AS TEXT) END, CAST(").bind(at);
        query
            .push(" AS BIGINT), p.column2, CAST(")
            .bind(recorded_by);
        query.push(" AS TEXT), 'handed_over', CAST(").bind(plan);
        query.push(" AS TEXT) FROM ");
        part.push_pairs(&mut query);
        query.push(
            "CROSS JOIN receivable_invoice i LEFT JOIN receivable_responsibility r \
             ON r.invoice_id = i.id WHERE i.cleared < i.amount AND i.responsible_id = ",
        );
        query.bind(part.from);
        part.push_named(&mut query);
        query.push(" GROUP BY i.id, p.column2");
        let (change, values) = query.change();
        books.run(&change, values).await?;
    }
    let set = "UPDATE receivable_invoice AS i SET responsible_id";
    passing
        .carry_out(books, set, "i.cleared < i.amount AND i.responsible_id")
        .await
}

/// Contracts that run today pass on; gives their number.
pub(crate) async fn move_many_contracts(
    books: &mut Writer<'_>,
    passing: Passing<'_>,
) -> Result<u64, Fault> {
    let set = "UPDATE receivable_contract AS i SET owner_id";
    let today = books.today();
    let held = |query: &mut Query| {
        push_running(query, "i.ends_on", today);
        query.push(" AND i.owner_id");
    };
    passing.carry_out_where(books, set, &held).await
}

/// Orders in progress pass on; gives their number.
pub(crate) async fn move_many_orders(
    books: &mut Writer<'_>,
    passing: Passing<'_>,
) -> Result<u64, Fault> {
    let set = "UPDATE receivable_order AS i SET owner_id";
    passing
        .carry_out(books, set, "i.state = 'open' AND i.owner_id")
        .await
}
