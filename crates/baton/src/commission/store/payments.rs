//! What was paid 发放存取.

use std::collections::BTreeMap;

use ::commission::calculate::Payment;
use kernel::{Day, EmployeeId, Fen, Moment, PaymentId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use super::lines::{Booked, booked};
use crate::commission::month::Month;

/// One payment, without its lines.
#[derive(Clone, Debug)]
pub(crate) struct PayingRow {
    pub(crate) id: PaymentId,
    /// What closed months up to this one left open was paid.
    pub(crate) month: Month,
    /// None for everybody.
    pub(crate) payee: Option<EmployeeId>,
    pub(crate) paid_on: Day,
    pub(crate) reference: String,
    pub(crate) reason: String,
    pub(crate) undoes: Option<PaymentId>,
    pub(crate) people: i64,
    pub(crate) lines: i64,
    pub(crate) total: Fen,
    pub(crate) by: String,
    pub(crate) at: Moment,
}

/// What it paid of a line.
#[derive(Clone, Debug)]
pub(crate) struct PaymentRow {
    pub(crate) month: Month,
    pub(crate) key: String,
    pub(crate) payee: EmployeeId,
    pub(crate) record: String,
    /// JSON of the line's key; empty for what was settled at an exit.
    pub(crate) line: String,
    pub(crate) paid_on: Day,
    pub(crate) amount: Fen,
}

const PAYINGS: &str = "SELECT id, month, payee_id, paid_on, reference, reason, undoes, people, \
    lines, total, recorded_by, recorded_at FROM commission_paying WHERE ";

fn month(row: &Row) -> Result<Month, Fault> {
    let month: String = row.get("month")?;
    month.parse().map_err(|_| Fault::new("a month"))
}

fn paying(row: &Row) -> Result<PayingRow, Fault> {
    Ok(PayingRow {
        id: row.get("id")?,
        month: month(row)?,
        payee: row.get("payee_id")?,
        paid_on: row.get("paid_on")?,
        reference: row.get("reference")?,
        reason: row.get("reason")?,
        undoes: row.get("undoes")?,
        people: row.get("people")?,
        lines: row.get("lines")?,
        total: row.get("total")?,
        by: row.get("recorded_by")?,
        at: row.get("recorded_at")?,
    })
}

/// The payments of a month, the newest first.
pub(crate) async fn payings(books: &mut Reader<'_>, month: Month) -> Result<Vec<PayingRow>, Fault> {
    let mut query = Query::new(PAYINGS);
    query.push("month = ").bind(month.to_string());
    query.push(" ORDER BY recorded_at DESC, id DESC LIMIT 500");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(paying)
        .collect()
}

/// This payment, and whether it was undone.
pub(crate) async fn find_paying(
    books: &mut Reader<'_>,
    id: PaymentId,
) -> Result<Option<(PayingRow, bool)>, Fault> {
    let mut query = Query::new(PAYINGS);
    query.push("id = ").bind(id);
    query.push(" OR undoes = ").bind(id);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let rows: Vec<PayingRow> = rows.iter().map(paying).collect::<Result<_, _>>()?;
    let undone = rows.iter().any(|row| row.undoes == Some(id));
    let found = rows.into_iter().find(|row| row.id == id);
    Ok(found.map(|row| (row, undone)))
}

const PAYMENTS: Select = Select::new(
    "SELECT month, key, payee_id, record, line, paid_on, amount FROM commission_payment \
     WHERE paying_id = $1 ORDER BY n",
);

/// What a payment paid, line by line.
pub(crate) async fn payments_of(
    books: &mut Reader<'_>,
    id: PaymentId,
) -> Result<Vec<PaymentRow>, Fault> {
    let rows = books.all(&PAYMENTS, binds![id]).await?;
    let payment = |row: &Row| {
        Ok(PaymentRow {
            month: month(row)?,
            key: row.get("key")?,
            payee: row.get("payee_id")?,
            record: row.get("record")?,
            line: row.get("line")?,
            paid_on: row.get("paid_on")?,
            amount: row.get("amount")?,
        })
    };
    rows.iter().map(payment).collect()
}

const ADD: Change = Change::new(
    "INSERT INTO commission_paying (id, month, payee_id, paid_on, reference, reason, undoes, \
     people, lines, total, recorded_by, recorded_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
);
const ADD_LINES: &str = "INSERT INTO commission_payment (paying_id, n, month, key, payee_id, \
                         record, line, paid_on, amount) VALUES ";

/// Keeps a payment with its lines.
pub(crate) async fn add_paying(
    books: &mut Writer<'_>,
    row: &PayingRow,
    lines: &[PaymentRow],
) -> Result<(), Fault> {
    let values = binds![
        row.id,
        row.month.to_string(),
        row.payee,
        row.paid_on,
        row.reference.as_str(),
        row.reason.as_str(),
        row.undoes,
        row.people,
        row.lines,
        row.total,
        row.by.as_str(),
        row.at,
    ];
    books.run(&ADD, values).await?;
    let mut rows = Vec::with_capacity(lines.len());
    for (n, line) in (0_i64..).zip(lines) {
        rows.push(binds![
            row.id,
            n,
            line.month.to_string(),
            line.key.as_str(),
            line.payee,
            line.record.as_str(),
            line.line.as_str(),
            line.paid_on,
            line.amount,
        ]);
    }
    books.insert_many(ADD_LINES, "", rows).await
}

// One that was undone before another was recorded was a slip, and began nothing.
const BEGUN: Select = Select::new(
    "SELECT min(p.month) AS month FROM commission_paying p \
     LEFT JOIN commission_paying u ON u.undoes = p.id \
     WHERE p.undoes IS NULL AND (u.id IS NULL OR EXISTS (SELECT 1 FROM commission_paying q \
     WHERE q.undoes IS NULL AND q.id <> p.id AND q.recorded_at >= p.recorded_at \
     AND q.recorded_at <= u.recorded_at))",
);

/// The first month whose payment was recorded. What was closed before counts as paid: nobody wrote
/// it down then.
pub(crate) async fn paid_since(books: &mut Reader<'_>) -> Result<Option<Month>, Fault> {
    let row = books.first(&BEGUN, binds![]).await?;
    let text = row
        .map(|row| row.get::<Option<String>>("month"))
        .transpose()?;
    let month = text.flatten().map(|text| text.parse());
    month.transpose().map_err(|_| Fault::new("a month"))
}

/// Lines of closed months that are not paid in full, with what was paid of each; person by person,
/// oldest first.
pub(crate) async fn unpaid(
    books: &mut Reader<'_>,
    (from, to): (Month, Month),
    payee: Option<EmployeeId>,
) -> Result<Vec<(Booked, Fen)>, Fault> {
    let mut query = Query::new(
        "SELECT l.month AS month, l.key AS key, l.payee_id AS payee_id, l.record AS record, \
         l.deal_id AS deal_id, l.earned_on AS earned_on, l.credit AS credit, \
         l.commission AS commission, l.body AS body, \
         CAST(coalesce(x.paid, 0) AS BIGINT) AS paid FROM commission_line l \
         JOIN commission_period p ON p.month = l.month AND p.run = l.run LEFT JOIN \
         (SELECT month, key, sum(amount) AS paid FROM commission_payment GROUP BY month, key) x \
         ON x.month = l.month AND x.key = l.key \
         WHERE p.stage = 'closed' AND l.commission <> 0 AND coalesce(x.paid, 0) <> l.commission",
    );
    query.push(" AND l.month >= ").bind(from.to_string());
    query.push(" AND l.month <= ").bind(to.to_string());
    if let Some(payee) = payee {
        query.push(" AND l.payee_id = ").bind(payee);
    }
    query.push(" ORDER BY l.payee_id, l.month, l.earned_on, l.n");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| Ok((booked(row)?, row.get("paid")?));
    rows.iter().map(line).collect()
}

/// What was paid of a line, and on which day last.
pub(crate) type Paid = BTreeMap<(Month, String), (Fen, Day)>;

const PAID: Select = Select::new(
    "SELECT month, key, CAST(sum(amount) AS BIGINT) AS paid, max(paid_on) AS paid_on \
     FROM commission_payment WHERE payee_id = $1 GROUP BY month, key",
);

/// What was paid to this person, line by line; what was undone is taken off.
pub(crate) async fn paid_to(books: &mut Reader<'_>, payee: EmployeeId) -> Result<Paid, Fault> {
    let mut paid = Paid::new();
    for row in books.all(&PAID, binds![payee]).await? {
        let amount: Fen = row.get("paid")?;
        if amount != Fen::ZERO {
            let place = (month(&row)?, row.get("key")?);
            paid.insert(place, (amount, row.get("paid_on")?));
        }
    }
    Ok(paid)
}

const PAID_IN: Select = Select::new(
    "SELECT key, CAST(sum(amount) AS BIGINT) AS paid FROM commission_payment WHERE month = $1 \
     GROUP BY key",
);

/// What was paid of the lines of a month, by the name of the line; what was undone is taken off.
pub(crate) async fn paid_in(
    books: &mut Reader<'_>,
    month: Month,
) -> Result<BTreeMap<String, Fen>, Fault> {
    let rows = books.all(&PAID_IN, binds![month.to_string()]).await?;
    let paid = |row: &Row| Ok((row.get("key")?, row.get("paid")?));
    rows.iter().map(paid).collect()
}

const PAID_ON: Select = Select::new(
    "SELECT paid_on FROM commission_payment WHERE month = $1 GROUP BY paid_on \
     HAVING sum(amount) <> 0 ORDER BY paid_on",
);

/// The days on which lines of a month were paid, oldest first; what was undone is taken off.
pub(crate) async fn paid_on(books: &mut Reader<'_>, month: Month) -> Result<Vec<Day>, Fault> {
    let rows = books.all(&PAID_ON, binds![month.to_string()]).await?;
    rows.iter().map(|row| row.get("paid_on")).collect()
}

const BY_HAND: Select = Select::new(
    "SELECT y.month AS month, CAST(sum(y.amount) AS BIGINT) AS paid FROM commission_payment y \
     JOIN commission_paying g ON g.id = y.paying_id \
     JOIN commission_payout o ON o.month = y.month \
     WHERE y.payee_id = $1 AND g.recorded_at <= o.exported_at GROUP BY y.month",
);

/// What of a month was recorded as paid to somebody before the month went to payroll, and so did
/// not go there.
pub(crate) async fn paid_before_payout(
    books: &mut Reader<'_>,
    payee: EmployeeId,
) -> Result<BTreeMap<Month, Fen>, Fault> {
    let rows = books.all(&BY_HAND, binds![payee]).await?;
    let paid = |row: &Row| Ok((month(row)?, row.get("paid")?));
    rows.iter().map(paid).collect()
}

/// What was paid for the lines of these records, as the engine wants it.
pub(crate) async fn paid_for(
    books: &mut Reader<'_>,
    records: &[&str],
) -> Result<Vec<Payment>, Fault> {
    let mut payments = Vec::new();
    for some in records.chunks(300) {
        let mut query = Query::new(
            "SELECT line, paid_on, amount FROM commission_payment WHERE line <> '' \
             AND record IN ",
        );
        query.bind_list(some.iter().copied());
        query.push(" ORDER BY paying_id, n");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            payments.push(Payment {
                line: serde_json::from_str(&row.get::<String>("line")?)?,
                on: row.get("paid_on")?,
                amount: row.get("amount")?,
            });
        }
    }
    Ok(payments)
}
