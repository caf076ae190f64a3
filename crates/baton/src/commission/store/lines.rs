//! Lines of calculations, absences among them 提成明细存取.

use ::commission::draw::Advance;
use ::commission::exit::Decision;
use ::commission::line::{Absence, Line, LineKey};
use ::commission::period::Posting;
use access::RowFilter;
use kernel::{ContractId, CustomerId, Day, DepartureId, EmployeeId, Fen};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader, Row, Select, Writer, binds};

use crate::commission::month::Month;
use crate::scope;

/// What stands behind a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Kept {
    /// Somebody is paid.
    Line {
        /// With its trace.
        line: Box<Line>,
    },
    /// Nobody is paid, and why.
    Absence {
        /// With its reasons.
        absence: Box<Absence>,
    },
    /// A closed month would come out otherwise now; only the difference is booked.
    Difference {
        /// Which line.
        key: Box<LineKey>,
        /// The line as it would be now; none when it would not be there.
        now: Option<Box<Line>>,
    },
    /// What was agreed at an exit for money that had not come in.
    Settlement {
        /// At which departure.
        departure: DepartureId,
        /// Whose contract.
        customer: CustomerId,
        /// What was decided.
        decision: Box<Decision>,
        /// What it came to; the line is what of it is paid in this month.
        agreed: Fen,
    },
    /// What a guarantee or a draw adds in a window, or recovers.
    Advance {
        /// How it came about.
        advance: Box<Advance>,
    },
}

impl Kept {
    /// The word of the column.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Kept::Line { .. } => "line",
            Kept::Absence { .. } => "absence",
            Kept::Difference { .. } => "difference",
            Kept::Settlement { .. } => "settlement",
            Kept::Advance { .. } => "advance",
        }
    }

    /// The line of the engine as it is now, when there is one.
    pub(crate) fn line(&self) -> Option<&Line> {
        match self {
            Kept::Line { line } => Some(line),
            Kept::Difference { now, .. } => now.as_deref(),
            Kept::Absence { .. } | Kept::Settlement { .. } | Kept::Advance { .. } => None,
        }
    }

    /// Which line of the engine it is, when it is one.
    fn line_key(&self) -> Option<&LineKey> {
        match self {
            Kept::Line { line } => Some(&line.key),
            Kept::Difference { key, .. } => Some(key),
            Kept::Absence { .. } | Kept::Settlement { .. } | Kept::Advance { .. } => None,
        }
    }
}

/// A line of a month.
#[derive(Clone, Debug)]
pub(crate) struct Booked {
    pub(crate) month: Month,
    /// Its name within the month; the same in every calculation.
    pub(crate) key: String,
    pub(crate) payee: EmployeeId,
    pub(crate) record: String,
    pub(crate) deal: Option<ContractId>,
    pub(crate) earned_on: Day,
    pub(crate) credit: Fen,
    pub(crate) commission: Fen,
    pub(crate) kept: Kept,
}

const ADD: &str = "INSERT INTO commission_line (run, n, month, key, payee_id, record, deal_id, \
                   earned_on, kind, credit, commission, body) VALUES ";

/// Writes the lines of a calculation.
pub(crate) async fn add_lines(
    books: &mut Writer<'_>,
    run: i64,
    lines: &[Booked],
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(lines.len());
    for (n, line) in (0_i64..).zip(lines) {
        rows.push(binds![
            run,
            n,
            line.month.to_string(),
            line.key.as_str(),
            line.payee,
            line.record.as_str(),
            line.deal.map(|id| id.to_string()).unwrap_or_default(),
            line.earned_on,
            line.kept.word(),
            line.credit,
            line.commission,
            serde_json::to_string(&line.kept)?,
        ]);
    }
    books.insert_many(ADD, "", rows).await
}

fn booked(row: &Row) -> Result<Booked, Fault> {
    let month: String = row.get("month")?;
    Ok(Booked {
        month: month.parse().map_err(|_| Fault::new("a month"))?,
        key: row.get("key")?,
        payee: row.get("payee_id")?,
        record: row.get("record")?,
        deal: row.get::<String>("deal_id")?.parse().ok(),
        earned_on: row.get("earned_on")?,
        credit: row.get("credit")?,
        commission: row.get("commission")?,
        kept: serde_json::from_str(&row.get::<String>("body")?)?,
    })
}

const COUNTS: &str = "SELECT l.month AS month, l.key AS key, l.payee_id AS payee_id, \
    l.record AS record, l.deal_id AS deal_id, l.earned_on AS earned_on, l.credit AS credit, \
    l.commission AS commission, l.body AS body FROM commission_line l \
    JOIN commission_period p ON p.month = l.month AND p.run = l.run WHERE ";

/// Most lines of one statement that are shown at once.
pub(crate) const MOST_SHOWN: i64 = 2_000;

/// What somebody's statement of a month says; differences last.
pub(crate) async fn lines_of(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    month: Month,
) -> Result<Vec<Booked>, Fault> {
    let mut query = Query::new(COUNTS);
    query.push("l.payee_id = ").bind(payee);
    query.push(" AND l.month = ").bind(month.to_string());
    query.push(
        " ORDER BY CASE WHEN l.kind = 'difference' THEN 1 ELSE 0 END, l.earned_on, l.n LIMIT ",
    );
    query.bind(MOST_SHOWN);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(booked)
        .collect()
}

/// Everything that is paid in a month, person by person.
pub(crate) async fn lines_in(books: &mut Reader<'_>, month: Month) -> Result<Vec<Booked>, Fault> {
    let mut query = Query::new(COUNTS);
    query.push("l.month = ").bind(month.to_string());
    query.push(" AND l.kind <> 'absence' ORDER BY l.payee_id, l.earned_on, l.n");
    all(books, query).await
}

/// Everything that is paid to a person, month by month.
pub(crate) async fn lines_of_payee(
    books: &mut Reader<'_>,
    payee: EmployeeId,
) -> Result<Vec<Booked>, Fault> {
    let mut query = Query::new(COUNTS);
    query.push("l.payee_id = ").bind(payee);
    query.push(" AND l.kind <> 'absence' ORDER BY l.month, l.earned_on, l.n");
    all(books, query).await
}

async fn all(books: &mut Reader<'_>, query: Query) -> Result<Vec<Booked>, Fault> {
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    rows.iter().map(booked).collect()
}

/// What counts for this person of the time after a day, oldest first.
pub(crate) async fn lines_after(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    day: Day,
) -> Result<Vec<Booked>, Fault> {
    let mut query = Query::new(COUNTS);
    query.push("l.payee_id = ").bind(payee);
    query.push(" AND l.kind <> 'absence' AND (l.kind = 'settlement' OR l.earned_on > ");
    query
        .bind(day)
        .push(") ORDER BY l.month, l.earned_on, l.n LIMIT ");
    query.bind(MOST_SHOWN);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(booked)
        .collect()
}

/// The line of this name.
pub(crate) async fn line_with(
    books: &mut Reader<'_>,
    month: Month,
    key: &str,
) -> Result<Option<Booked>, Fault> {
    let mut query = Query::new(COUNTS);
    query.push("l.month = ").bind(month.to_string());
    query.push(" AND l.key = ").bind(key);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| booked(&row)).transpose()
}

const CLOSED: Select = Select::new(
    "SELECT l.month AS month, l.key AS key, l.payee_id AS payee_id, l.record AS record, \
     l.deal_id AS deal_id, l.earned_on AS earned_on, l.credit AS credit, \
     l.commission AS commission, l.body AS body FROM commission_line l \
     JOIN commission_period p ON p.month = l.month AND p.run = l.run \
     WHERE p.stage = 'closed' AND l.kind NOT IN ('absence', 'settlement', 'advance') ORDER BY l.month, l.n",
);

/// What is booked in closed months.
pub(crate) async fn closed(books: &mut Reader<'_>) -> Result<Vec<Posting>, Fault> {
    let rows = books.all(&CLOSED, binds![]).await?;
    let mut postings = Vec::with_capacity(rows.len());
    for row in &rows {
        let line = booked(row)?;
        let Some(key) = line.kept.line_key() else {
            continue;
        };
        postings.push(Posting {
            line: key.clone(),
            earned_on: line.earned_on,
            booked_in: line.month.days().from,
            difference: matches!(line.kept, Kept::Difference { .. }),
            credit: line.credit,
            commission: line.commission,
        });
    }
    Ok(postings)
}

const ADVANCED: Select = Select::new(
    "SELECT l.key AS key, CAST(sum(l.commission) AS BIGINT) AS paid FROM commission_line l \
     JOIN commission_period p ON p.month = l.month AND p.run = l.run \
     WHERE p.stage = 'closed' AND l.kind = 'advance' GROUP BY l.key",
);

/// What closed months hold of guarantees and draws, by their names.
pub(crate) async fn advances_paid(
    books: &mut Reader<'_>,
) -> Result<std::collections::BTreeMap<String, Fen>, Fault> {
    let rows = books.all(&ADVANCED, binds![]).await?;
    rows.iter()
        .map(|row| Ok((row.get("key")?, row.get("paid")?)))
        .collect()
}

/// What a month comes to for one person.
pub(crate) struct PayeeSum {
    pub(crate) payee: (EmployeeId, String, String),
    pub(crate) department: String,
    /// Lines with an amount or a difference.
    pub(crate) lines: i64,
    /// Absences and lines of zero.
    pub(crate) zeros: i64,
    pub(crate) commission: Fen,
    /// Lines whose newest word is this.
    pub(crate) confirmed: i64,
    pub(crate) objected: i64,
}

const PAYEE: scope::Columns = scope::Columns {
    owner: "l.payee_id",
    customer: None,
    beside: None,
};

/// The statements of a month within a reach, by department and number.
pub(crate) async fn sums(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    month: Month,
) -> Result<Vec<PayeeSum>, Fault> {
    let mut query = Query::new(
        "SELECT e.id AS id, e.number AS number, e.name AS name, d.name AS department, \
         CAST(sum(CASE WHEN l.commission <> 0 THEN 1 ELSE 0 END) AS BIGINT) AS paid, \
         CAST(sum(CASE WHEN l.commission = 0 THEN 1 ELSE 0 END) AS BIGINT) AS zeros, \
         CAST(sum(l.commission) AS BIGINT) AS commission, \
         CAST(sum(CASE WHEN w.said = 'confirmed' AND w.commission = l.commission \
         THEN 1 ELSE 0 END) AS BIGINT) AS confirmed, \
         CAST(sum(CASE WHEN w.said = 'objected' THEN 1 ELSE 0 END) AS BIGINT) AS objected \
         FROM commission_line l \
         JOIN commission_period p ON p.month = l.month AND p.run = l.run \
         JOIN people_employee e ON e.id = l.payee_id \
         JOIN people_department d ON d.id = e.department_id \
         LEFT JOIN commission_word w ON w.month = l.month AND w.key = l.key AND w.seq = \
         (SELECT max(x.seq) FROM commission_word x WHERE x.month = l.month AND x.key = l.key) \
         WHERE l.month = ",
    );
    query.bind(month.to_string());
    let today = books.today();
    scope::push(&mut query, reach, &PAYEE, today);
    query.push(" GROUP BY e.id, e.number, e.name, d.name, d.code ORDER BY d.code, e.number");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let sum = |row: &Row| {
        Ok(PayeeSum {
            payee: (row.get("id")?, row.get("number")?, row.get("name")?),
            department: row.get("department")?,
            lines: row.get("paid")?,
            zeros: row.get("zeros")?,
            commission: row.get("commission")?,
            confirmed: row.get("confirmed")?,
            objected: row.get("objected")?,
        })
    };
    rows.iter().map(sum).collect()
}
