//! Lists and sums of what is open on a day 应收列表与汇总.

use std::collections::BTreeMap;

use access::RowFilter;
use intake::RecordKind;
use kernel::{CustomerId, Day, EmployeeId, Fen, InvoiceId};
use spine::{Fault, Query, Reader, Row, Select, binds};

use crate::scope;

/// An invoice belongs to the owner of its customer, in the pool to the one responsible; the one
/// responsible and collaborators count as owners beside him.
pub(crate) const COLUMNS: scope::Columns = scope::Columns {
    owner: "coalesce(c.owner_id, i.responsible_id)",
    customer: Some("c.id"),
    beside: Some("i.responsible_id"),
};

/// Where files' further columns are kept with the papers of a customer; see
/// [`crate::import::kept_with`].
pub(crate) const KEPT: [(RecordKind, &str); 4] = [
    (
        RecordKind::Contract,
        "SELECT number AS called, extra FROM receivable_contract \
         WHERE extra <> '{}' AND customer_id IN ",
    ),
    (
        RecordKind::Order,
        "SELECT number AS called, extra FROM receivable_order \
         WHERE extra <> '{}' AND customer_id IN ",
    ),
    (
        RecordKind::Invoice,
        "SELECT number AS called, extra FROM receivable_invoice \
         WHERE extra <> '{}' AND amount > 0 AND customer_id IN ",
    ),
    (
        RecordKind::Receipt,
        "SELECT number AS called, extra FROM receivable_receipt \
         WHERE extra <> '{}' AND amount > 0 AND customer_id IN ",
    ),
];

const EXTRA: Select = Select::new("SELECT extra FROM receivable_invoice WHERE id = $1");

/// The columns kept with an invoice, as its row has them.
pub(crate) async fn extra_of(books: &mut Reader<'_>, invoice: InvoiceId) -> Result<String, Fault> {
    let row = books.first(&EXTRA, binds![invoice]).await?;
    row.map_or_else(|| Ok(String::new()), |row| row.get("extra"))
}

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct InvoiceFilter {
    pub(crate) customers: Vec<CustomerId>,
    pub(crate) responsible: Option<EmployeeId>,
    pub(crate) open_only: bool,
    pub(crate) overdue_only: bool,
    /// `(due_on, id)` of the last row of the page before.
    pub(crate) after: Option<(Day, InvoiceId)>,
}

/// One line, as of a day.
pub(crate) struct InvoiceLine {
    pub(crate) id: InvoiceId,
    pub(crate) number: String,
    pub(crate) customer: (CustomerId, String),
    pub(crate) issued_on: Day,
    pub(crate) due_on: Day,
    pub(crate) amount: Fen,
    pub(crate) open: Fen,
    pub(crate) disputed: bool,
    pub(crate) responsible: Option<EmployeeId>,
}

/// Begins with every invoice issued by the day, its open balance and the one responsible then; the
/// columns are `i.*`, `open`, `responsible`.
fn as_of(query: &mut Query, day: Day) {
    query.push("(SELECT i.id AS id, i.number AS number, i.customer_id AS customer_id, ");
    query.push("i.issued_on AS issued_on, i.due_on AS due_on, i.amount AS amount, ");
    query.push("i.disputed AS disputed, i.responsible_id AS responsible_id, i.amount - ");
    query.push("(SELECT CAST(coalesce(sum(k.amount), 0) AS BIGINT) FROM receivable_clearing k ");
    query
        .push("WHERE k.invoice_id = i.id AND k.cleared_on <= ")
        .bind(day);
    query.push(") AS open, (SELECT r.responsible_id FROM receivable_responsibility r ");
    query
        .push("WHERE r.invoice_id = i.id AND r.effective_on <= ")
        .bind(day);
    query.push(" ORDER BY r.seq DESC LIMIT 1) AS responsible ");
    // What was withdrawn stands at zero.
    query
        .push("FROM receivable_invoice i WHERE i.amount > 0 AND i.issued_on <= ")
        .bind(day)
        .push(") i");
}

/// Invoices as of a day, the oldest due day first.
pub(crate) async fn invoices(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &InvoiceFilter,
    day: Day,
    limit: i64,
) -> Result<Vec<InvoiceLine>, Fault> {
    let mut query = Query::new(
        "SELECT i.id AS id, i.number AS number, c.id AS customer_id, c.name AS customer_name, \
         i.issued_on AS issued_on, i.due_on AS due_on, i.amount AS amount, i.open AS open, \
         i.disputed AS disputed, i.responsible AS responsible FROM ",
    );
    as_of(&mut query, day);
    query.push(" JOIN customer c ON c.id = i.customer_id WHERE 1 = 1");
    let today = books.today();
    scope::push(&mut query, reach, &COLUMNS, today);
    if !filter.customers.is_empty() {
        query
            .push(" AND i.customer_id IN ")
            .bind_list(filter.customers.iter().copied());
    }
    if let Some(responsible) = filter.responsible {
        query.push(" AND i.responsible = ").bind(responsible);
    }
    if filter.open_only || filter.overdue_only {
        query.push(" AND i.open > 0");
    }
    if filter.overdue_only {
        query.push(" AND i.due_on < ").bind(day);
    }
    if let Some((due_on, id)) = filter.after {
        query
            .push(" AND (i.due_on > ")
            .bind(due_on)
            .push(" OR (i.due_on = ")
            .bind(due_on);
        query.push(" AND i.id > ").bind(id).push("))");
    }
    query.push(" ORDER BY i.due_on, i.id LIMIT ").bind(limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<InvoiceLine, Fault> {
    Ok(InvoiceLine {
        id: row.get("id")?,
        number: row.get("number")?,
        customer: (row.get("customer_id")?, row.get("customer_name")?),
        issued_on: row.get("issued_on")?,
        due_on: row.get("due_on")?,
        amount: row.get("amount")?,
        open: row.get("open")?,
        disputed: row.get("disputed")?,
        responsible: row.get("responsible")?,
    })
}

/// What a customer owes today.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenSum {
    pub(crate) open: Fen,
    /// The oldest due day of what is open.
    pub(crate) oldest_due: Day,
}

/// What each of these customers owes today, with what those owe that were merged into it; who owes
/// nothing is left out.
pub(crate) async fn open_by_customer(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, OpenSum>, Fault> {
    let mut query = Query::new(
        "SELECT m.stays AS customer_id, CAST(sum(i.amount - i.cleared) AS BIGINT) AS open, \
         min(i.due_on) AS oldest_due FROM (SELECT id, id AS stays FROM customer WHERE id IN ",
    );
    query.bind_list(customers.iter().copied());
    query.push(" UNION ALL SELECT id, merged_into_id FROM customer WHERE merged_into_id IN ");
    query.bind_list(customers.iter().copied());
    query.push(") m JOIN receivable_invoice i ON i.customer_id = m.id ");
    query.push("WHERE i.cleared < i.amount GROUP BY m.stays");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let sum = |row: &Row| {
        let sum = OpenSum {
            open: row.get("open")?,
            oldest_due: row.get("oldest_due")?,
        };
        Ok((row.get("customer_id")?, sum))
    };
    rows.iter().map(sum).collect()
}

/// By what the sums are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SummaryBy {
    Responsible,
    Customer,
}

/// What is open under one name.
#[derive(Clone, Debug)]
pub(crate) struct SummaryLine {
    /// Id of the person or customer; none where nobody is responsible.
    pub(crate) key: Option<String>,
    pub(crate) count: i64,
    pub(crate) open: Fen,
    pub(crate) overdue_count: i64,
    pub(crate) overdue: Fen,
    pub(crate) oldest_due: Day,
}

/// Sums of what was open on a day, the largest first, at most 1,000 lines.
pub(crate) async fn summary(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    by: SummaryBy,
    day: Day,
) -> Result<Vec<SummaryLine>, Fault> {
    let mut query = Query::new(match by {
        SummaryBy::Responsible => "SELECT i.responsible AS line_key, ",
        SummaryBy::Customer => "SELECT coalesce(c.merged_into_id, c.id) AS line_key, ",
    });
    query.push("count(*) AS invoices, CAST(sum(i.open) AS BIGINT) AS open, ");
    query.push("CAST(sum(CASE WHEN i.due_on < ").bind(day);
    query.push(" THEN 1 ELSE 0 END) AS BIGINT) AS overdue_count, ");
    query.push("CAST(sum(CASE WHEN i.due_on < ").bind(day);
    query.push(" THEN i.open ELSE 0 END) AS BIGINT) AS overdue, ");
    query.push("min(i.due_on) AS oldest_due FROM ");
    as_of(&mut query, day);
    query.push(" JOIN customer c ON c.id = i.customer_id WHERE i.open > 0");
    let today = books.today();
    scope::push(&mut query, reach, &COLUMNS, today);
    query.push(match by {
        SummaryBy::Responsible => " GROUP BY i.responsible",
        SummaryBy::Customer => " GROUP BY coalesce(c.merged_into_id, c.id)",
    });
    query.push(" ORDER BY open DESC, line_key LIMIT 1000");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(SummaryLine {
            key: row.get("line_key")?,
            count: row.get("invoices")?,
            open: row.get("open")?,
            overdue_count: row.get("overdue_count")?,
            overdue: row.get("overdue")?,
            oldest_due: row.get("oldest_due")?,
        })
    };
    rows.iter().map(line).collect()
}
