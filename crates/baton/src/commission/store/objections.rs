//! The desk of objections 异议台存取.

use access::RowFilter;
use kernel::ContractId;
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::words::word_of;
use super::{Booked, Word};
use crate::commission::month::Month;
use crate::scope;

/// An objection, or the answer to one, with the line as it stands now.
#[derive(Clone, Debug)]
pub(crate) struct Objection {
    pub(crate) word: Word,
    pub(crate) department: String,
    /// Absent where a later calculation took it away.
    pub(crate) line: Option<Booked>,
    /// Whether a file came with it.
    pub(crate) attached: bool,
}

const COLUMNS: &str = "SELECT w.month AS month, w.key AS key, w.seq AS seq, \
    w.payee_id AS payee_id, w.said AS said, w.reason AS reason, w.commission AS commission, \
    w.amount AS amount, w.said_by AS said_by, w.said_at AS said_at, d.name AS department, \
    a.seq AS attached, l.record AS l_record, l.deal_id AS l_deal_id, \
    l.earned_on AS l_earned_on, l.credit AS l_credit, l.commission AS l_commission, \
    l.body AS l_body FROM commission_word w \
    JOIN commission_period p ON p.month = w.month \
    JOIN people_employee e ON e.id = w.payee_id \
    JOIN people_department d ON d.id = e.department_id \
    LEFT JOIN commission_attachment a ON a.month = w.month AND a.key = w.key AND a.seq = w.seq \
    LEFT JOIN commission_line l ON l.payee_id = w.payee_id AND l.month = w.month \
    AND l.run = p.run AND l.key = w.key \
    WHERE NOT EXISTS (SELECT 1 FROM commission_word x \
    WHERE x.month = w.month AND x.key = w.key AND x.seq > w.seq)";

const PAYEE: scope::Columns = scope::Columns {
    owner: "w.payee_id",
    customer: None,
    beside: None,
};

/// Most that are listed.
const MOST: i64 = 500;

fn objection(row: &Row) -> Result<Objection, Fault> {
    let word = word_of(row)?;
    let body: Option<String> = row.get("l_body")?;
    let line = match body {
        None => None,
        Some(body) => Some(Booked {
            month: word.month,
            key: word.key.clone(),
            payee: word.payee,
            record: row.get("l_record")?,
            deal: row.get::<String>("l_deal_id")?.parse::<ContractId>().ok(),
            earned_on: row.get("l_earned_on")?,
            credit: row.get("l_credit")?,
            commission: row.get("l_commission")?,
            kept: serde_json::from_str(&body)?,
        }),
    };
    Ok(Objection {
        department: row.get("department")?,
        attached: row.get::<Option<i64>>("attached")?.is_some(),
        line,
        word,
    })
}

async fn listed(
    books: &mut Reader<'_>,
    mut query: Query,
    reach: &RowFilter,
) -> Result<Vec<Objection>, Fault> {
    let today = books.today();
    scope::push(&mut query, reach, &PAYEE, today);
    query
        .push(" ORDER BY w.said_at, w.month, w.key LIMIT ")
        .bind(MOST);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter().map(objection).collect()
}

/// Objections nobody has answered, oldest first.
pub(crate) async fn waiting_objections(
    books: &mut Reader<'_>,
    reach: &RowFilter,
) -> Result<Vec<Objection>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND w.said = 'objected'");
    listed(books, query, reach).await
}

/// A line that an accepted objection speaks of and that still comes to what it came to then. In a
/// closed month it never moves: there it is put right by a difference of a later month, of the same
/// record or of another one of that deal and month. Where it was put right on another deal, no
/// figure tells: somebody says so, and that is the newest word.
const UNCORRECTED: &str = " AND w.said IN ('accepted', 'partly') AND l.commission = w.commission \
    AND (p.stage <> 'closed' OR NOT EXISTS (SELECT 1 FROM commission_line y \
    JOIN commission_period q ON q.month = y.month AND q.run = y.run \
    WHERE y.payee_id = w.payee_id AND y.month > w.month AND y.kind = 'difference' \
    AND y.commission <> 0 AND (y.record = l.record OR (y.deal_id = l.deal_id \
    AND l.deal_id <> '' AND substr(y.earned_on, 1, 7) = w.month))))";

/// Answers that accepted an objection whose line was not put right yet, oldest first; those of
/// closed months too, for what was accepted is owed.
pub(crate) async fn to_correct(
    books: &mut Reader<'_>,
    reach: &RowFilter,
) -> Result<Vec<Objection>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(UNCORRECTED);
    listed(books, query, reach).await
}

const LEFT: Select = Select::new(
    "SELECT count(*) AS n FROM commission_word w \
     JOIN commission_period p ON p.month = w.month \
     JOIN commission_line l ON l.payee_id = w.payee_id AND l.month = w.month \
     AND l.run = p.run AND l.key = w.key \
     WHERE w.month = $1 AND w.said IN ('accepted', 'partly') AND l.commission = w.commission \
     AND NOT EXISTS (SELECT 1 FROM commission_word x \
     WHERE x.month = w.month AND x.key = w.key AND x.seq > w.seq)",
);

/// How many accepted objections of a month that is not closed were not put right.
pub(crate) async fn uncorrected(books: &mut Reader<'_>, month: Month) -> Result<i64, Fault> {
    books.count(&LEFT, binds![month.to_string()]).await
}
