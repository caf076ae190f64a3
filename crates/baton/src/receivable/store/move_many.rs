//! Many receivables, contracts and orders change hands at once 批量变更回款责任.
//!
//! What is cleared or closed stays with whoever had it.

use kernel::{Day, EmployeeId, PlanId};
use spine::{Fault, Query, Writer};

use crate::customer::store::move_many::Named;

/// As many ids as one statement names.
const AT_ONCE: usize = 1_000;

/// Responsibility for open invoices passes on: a row of the history each, and what holds today.
/// Gives their number.
pub(crate) async fn move_many_invoices(
    books: &mut Writer<'_>,
    (from, to): (EmployeeId, EmployeeId),
    named: Named<'_>,
    ids: &[String],
    (effective_on, plan, recorded_by): (Day, PlanId, &str),
) -> Result<u64, Fault> {
    let at = books.at();
    let mut moved = 0;
    for some in ids.chunks(AT_ONCE) {
        // A history never goes back: where its last row is later, the new one begins with it.
        let mut query = Query::new(
            "INSERT INTO receivable_responsibility (invoice_id, seq, effective_on, recorded_at, \
             responsible_id, recorded_by, reason, plan_id) \
             SELECT i.id, coalesce(max(r.seq), 0) + 1, \
             CASE WHEN max(r.effective_on) > ",
        );
        query
            .bind(effective_on)
            .push(" THEN max(r.effective_on) ELSE ");
        query
            .push("CAST(")
            .bind(effective_on)
            .push(" AS TEXT) END, CAST(")
            .bind(at);
        query
            .push(" AS BIGINT), CAST(")
            .bind(to)
            .push(" AS TEXT), CAST(")
            .bind(recorded_by);
        query.push(" AS TEXT), 'handed_over', CAST(").bind(plan);
        query.push(
            " AS TEXT) FROM receivable_invoice i LEFT JOIN receivable_responsibility r \
             ON r.invoice_id = i.id WHERE i.cleared < i.amount AND i.responsible_id = ",
        );
        query.bind(from);
        push_named(&mut query, named, some);
        query.push(" GROUP BY i.id");
        let (change, values) = query.change();
        books.run(&change, values).await?;
        let mut query = Query::new("UPDATE receivable_invoice AS i SET responsible_id = ");
        query
            .bind(to)
            .push(" WHERE i.cleared < i.amount AND i.responsible_id = ")
            .bind(from);
        push_named(&mut query, named, some);
        let (change, values) = query.change();
        moved += books.run(&change, values).await?;
    }
    Ok(moved)
}

fn push_named(query: &mut Query, named: Named<'_>, ids: &[String]) {
    let (among, except) = match named {
        Named::ByCustomer { except } => (" AND i.customer_id IN ", except),
        Named::ById => (" AND i.id IN ", &[][..]),
    };
    query.push(among).bind_list(ids.iter().map(String::as_str));
    if !except.is_empty() {
        query
            .push(" AND i.id NOT IN ")
            .bind_list(except.iter().map(String::as_str));
    }
}

/// Contracts in force pass on; gives their number.
pub(crate) async fn move_many_contracts(
    books: &mut Writer<'_>,
    (from, to): (EmployeeId, EmployeeId),
    named: Named<'_>,
    ids: &[String],
) -> Result<u64, Fault> {
    let head = "UPDATE receivable_contract AS i SET owner_id = ";
    move_owned(
        books,
        head,
        " WHERE i.state = 'active' AND i.owner_id = ",
        (from, to),
        named,
        ids,
    )
    .await
}

/// Orders in progress pass on; gives their number.
pub(crate) async fn move_many_orders(
    books: &mut Writer<'_>,
    (from, to): (EmployeeId, EmployeeId),
    named: Named<'_>,
    ids: &[String],
) -> Result<u64, Fault> {
    let head = "UPDATE receivable_order AS i SET owner_id = ";
    move_owned(
        books,
        head,
        " WHERE i.state = 'open' AND i.owner_id = ",
        (from, to),
        named,
        ids,
    )
    .await
}

async fn move_owned(
    books: &mut Writer<'_>,
    head: &'static str,
    open: &'static str,
    (from, to): (EmployeeId, EmployeeId),
    named: Named<'_>,
    ids: &[String],
) -> Result<u64, Fault> {
    let mut moved = 0;
    for some in ids.chunks(AT_ONCE) {
        let mut query = Query::new(head);
        query.bind(to).push(open).bind(from);
        push_named(&mut query, named, some);
        let (change, values) = query.change();
        moved += books.run(&change, values).await?;
    }
    Ok(moved)
}
