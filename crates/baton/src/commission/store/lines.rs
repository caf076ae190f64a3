//! Lines of calculations, absences among them 提成明细存取.

use std::collections::BTreeMap;

use ::commission::booking::{Advanced, Entry, Kept};
use ::commission::dues::{self, Dated, Due};
use ::commission::event::{Record, Trigger};
use ::commission::line::LineKey;
use ::commission::period::Posting;
use access::RowFilter;
use kernel::{CommissionPlanId, ContractId, Day, EmployeeId, Fen, Moment};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use spine::{Chosen, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::commission::month::Month;
use crate::scope;

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

impl Booked {
    /// What the engine booked, with the name it has in the books.
    pub(crate) fn of(entry: Entry) -> Booked {
        Booked {
            month: Month::of(entry.booked_in),
            key: name_of(&entry),
            payee: entry.payee,
            record: entry.record.0,
            deal: entry.deal,
            earned_on: entry.earned_on,
            credit: entry.credit,
            commission: entry.commission,
            kept: entry.kept,
        }
    }

    /// As the engine knows it.
    pub(crate) fn entry(self) -> Entry {
        Entry {
            booked_in: self.month.days().from,
            payee: self.payee,
            record: Record(self.record),
            deal: self.deal,
            earned_on: self.earned_on,
            credit: self.credit,
            commission: self.commission,
            kept: self.kept,
        }
    }

    /// Its dates.
    pub(crate) fn dated(&self) -> Dated<'_> {
        Dated {
            booked_in: self.month.days().from,
            earned_on: self.earned_on,
            commission: self.commission,
            kept: &self.kept,
        }
    }

    /// The parts of it and when each falls due.
    pub(crate) fn dues(&self) -> Vec<Due> {
        dues::dues(self.dated())
    }
}

/// The same in every calculation.
fn name_of(entry: &Entry) -> String {
    match &entry.kept {
        Kept::Line { line } => named(&line.key),
        Kept::Difference { key, .. } => named(key),
        Kept::Absence { absence } => named(&(&absence.record, absence.payee, &absence.at)),
        Kept::Settlement { departure, .. } => named(&("exit", departure, entry.deal)),
        Kept::Advance { advance } => named(&("advance", advance.payee, advance.plan, advance.from)),
    }
}

/// A short name for whatever makes a line itself.
pub(crate) fn named(what: &impl Serialize) -> String {
    let bytes = serde_json::to_vec(what).unwrap_or_default();
    let digest = Sha256::digest(&bytes);
    hex::encode(&digest[..12])
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

pub(super) fn booked(row: &Row) -> Result<Booked, Fault> {
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
    some_of(books, (payee, month), MOST_SHOWN).await
}

/// The same, however many they are.
pub(crate) async fn all_lines_of(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    month: Month,
) -> Result<Vec<Booked>, Fault> {
    some_of(books, (payee, month), i64::MAX).await
}

async fn some_of(
    books: &mut Reader<'_>,
    (payee, month): (EmployeeId, Month),
    most: i64,
) -> Result<Vec<Booked>, Fault> {
    let mut query = Query::new(COUNTS);
    query.push("l.payee_id = ").bind(payee);
    query.push(" AND l.month = ").bind(month.to_string());
    query.push(
        " ORDER BY CASE WHEN l.kind = 'difference' THEN 1 ELSE 0 END, l.earned_on, l.n LIMIT ",
    );
    query.bind(most);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(booked)
        .collect()
}

/// What a calculation said to somebody of a month, whether it counts or not; differences last.
pub(crate) async fn lines_of_run(
    books: &mut Reader<'_>,
    (payee, month): (EmployeeId, Month),
    run: i64,
) -> Result<Vec<Booked>, Fault> {
    let mut query = Query::new(
        "SELECT l.month AS month, l.key AS key, l.payee_id AS payee_id, l.record AS record, \
         l.deal_id AS deal_id, l.earned_on AS earned_on, l.credit AS credit, \
         l.commission AS commission, l.body AS body FROM commission_line l WHERE l.payee_id = ",
    );
    query.bind(payee);
    query.push(" AND l.month = ").bind(month.to_string());
    query.push(" AND l.run = ").bind(run);
    query.push(
        " ORDER BY CASE WHEN l.kind = 'difference' THEN 1 ELSE 0 END, l.earned_on, l.n LIMIT ",
    );
    query.bind(MOST_SHOWN);
    all(books, query).await
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
    "SELECT l.month AS month, l.kind AS kind, l.earned_on AS earned_on, l.credit AS credit, \
     l.commission AS commission, l.body AS body FROM commission_line l \
     JOIN commission_period p ON p.month = l.month AND p.run = l.run \
     WHERE p.stage = 'closed' AND l.kind NOT IN ('absence', 'settlement', 'advance') \
     ORDER BY l.month, l.n",
);
const CLOSED_OF: Select = Select::new(
    "SELECT l.month AS month, l.kind AS kind, l.earned_on AS earned_on, l.credit AS credit, \
     l.commission AS commission, l.body AS body FROM commission_line l \
     JOIN commission_period p ON p.month = l.month AND p.run = l.run \
     WHERE p.stage = 'closed' AND l.kind NOT IN ('absence', 'settlement', 'advance') \
     AND l.payee_id = $1 AND p.closed_at < $2 ORDER BY l.month, l.n",
);

/// What is booked in closed months.
pub(crate) async fn closed(books: &mut Reader<'_>) -> Result<Vec<Posting>, Fault> {
    let rows = books.all(&CLOSED, binds![]).await?;
    postings(&rows)
}

/// What months that were closed before a moment hold of one person.
pub(crate) async fn closed_of(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    by: Moment,
) -> Result<Vec<Posting>, Fault> {
    let rows = books.all(&CLOSED_OF, binds![payee, by]).await?;
    postings(&rows)
}

/// Of a body only what makes the line itself: the trace is long, and nobody asks for it here.
#[derive(Deserialize)]
struct Itself {
    line: Option<OfLine>,
    key: Option<LineKey>,
}

#[derive(Deserialize)]
struct OfLine {
    key: LineKey,
}

fn postings(rows: &[Row]) -> Result<Vec<Posting>, Fault> {
    let mut postings = Vec::with_capacity(rows.len());
    for row in rows {
        let body: String = row.get("body")?;
        let Itself { line, key } = serde_json::from_str(&body)?;
        let line = line.map(|line| line.key).or(key);
        let month: String = row.get("month")?;
        let month: Month = month.parse().map_err(|_| Fault::new("a month"))?;
        postings.push(Posting {
            line: line.ok_or_else(|| Fault::new("a line without its key"))?,
            earned_on: row.get("earned_on")?,
            booked_in: month.days().from,
            difference: row.get::<String>("kind")? == "difference",
            credit: row.get("credit")?,
            commission: row.get("commission")?,
        });
    }
    Ok(postings)
}

/// What lines that count take back by one of these records: record, payee, month and amount.
pub(crate) async fn taken_back_by(
    books: &mut Reader<'_>,
    records: Vec<String>,
) -> Result<Vec<(String, EmployeeId, String, Fen)>, Fault> {
    let mut taken: BTreeMap<(String, EmployeeId, String), Fen> = BTreeMap::new();
    // What undoes a deal does so once for each thing plans wait for.
    let each = records.iter().flat_map(|record| {
        let by = |trigger| format!("{record}#{trigger}");
        [
            Trigger::Signing,
            Trigger::Delivery,
            Trigger::Invoice,
            Trigger::Cash,
        ]
        .map(|trigger| by(trigger.en()))
        .into_iter()
        .chain([record.clone()])
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(COUNTS);
    query.push("l.kind <> 'absence' AND l.record IN ");
    query.bind_list(each.iter().map(String::as_str));
    query.push(" ORDER BY l.month, l.payee_id, l.n");
    for line in all(books, query).await? {
        let plain = line.record.split('#').next().unwrap_or_default().to_owned();
        let sum = taken
            .entry((plain, line.payee, line.month.to_string()))
            .or_default();
        *sum = *sum + line.commission;
    }
    let each = taken.into_iter();
    Ok(each
        .map(|((record, who, month), amount)| (record, who, month, amount))
        .collect())
}

const ADVANCED: Select = Select::new(
    "SELECT l.commission AS commission, l.body AS body FROM commission_line l \
     JOIN commission_period p ON p.month = l.month AND p.run = l.run \
     WHERE p.stage = 'closed' AND p.closed_at < $1 AND l.kind = 'advance' ORDER BY l.month, l.n",
);

/// What months that were closed by a moment hold of guarantees and draws, window by window.
pub(crate) async fn advanced(books: &mut Reader<'_>, by: Moment) -> Result<Vec<Advanced>, Fault> {
    let mut sums: BTreeMap<(EmployeeId, CommissionPlanId, Day), Fen> = BTreeMap::new();
    for row in &books.all(&ADVANCED, binds![by]).await? {
        let kept: Kept = serde_json::from_str(&row.get::<String>("body")?)?;
        if let Kept::Advance { advance } = kept {
            let window = (advance.payee, advance.plan, advance.from);
            let sum = sums.entry(window).or_default();
            *sum = *sum + row.get::<Fen>("commission")?;
        }
    }
    let each = sums.into_iter();
    Ok(each
        .map(|((payee, plan, from), booked)| Advanced {
            payee,
            plan,
            from,
            booked,
        })
        .collect())
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
    /// When its payee last signed the whole of it off.
    pub(crate) signed_at: Option<Moment>,
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
         CAST(sum(CASE WHEN w.said = 'objected' THEN 1 ELSE 0 END) AS BIGINT) AS objected, \
         max(s.signed_at) AS signed_at \
         FROM commission_line l \
         JOIN commission_period p ON p.month = l.month AND p.run = l.run \
         JOIN people_employee e ON e.id = l.payee_id \
         JOIN people_department d ON d.id = e.department_id \
         LEFT JOIN commission_word w ON w.month = l.month AND w.key = l.key AND w.seq = \
         (SELECT max(x.seq) FROM commission_word x WHERE x.month = l.month AND x.key = l.key) \
         LEFT JOIN (SELECT payee_id, month, max(signed_at) AS signed_at FROM commission_sign_off \
         GROUP BY payee_id, month) s ON s.payee_id = l.payee_id AND s.month = l.month \
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
            signed_at: row.get("signed_at")?,
        })
    };
    rows.iter().map(sum).collect()
}

/// A deal or a record, by its id, and a month whose lines stand on it.
pub(crate) struct Earned {
    pub(crate) record: String,
    pub(crate) month: String,
    pub(crate) closed: bool,
}

/// The id in the record of a line; an order without a contract is signed as one.
const RECORD_ID: &str = "CASE WHEN l.record LIKE 'contract/%' THEN substr(l.record, 10) \
    WHEN l.record LIKE 'order/%' THEN substr(l.record, 7) \
    WHEN l.record LIKE 'invoice/%' THEN substr(l.record, 9) \
    WHEN l.record LIKE 'receipt/%' THEN substr(l.record, 9) ELSE '' END";

/// By which of these commission was calculated, as a deal or as what happened in one: at most
/// twenty of each, closed months first. Where nobody was paid nothing stands on it.
pub(crate) async fn earned_by(books: &mut Reader<'_>, set: &Chosen) -> Result<Vec<Earned>, Fault> {
    let mut found = Vec::new();
    for column in ["l.deal_id", RECORD_ID] {
        let mut query = Query::new("SELECT DISTINCT ");
        query.push(column).push(" AS record, l.month AS month, ");
        query.push("CASE WHEN p.stage = 'closed' THEN 1 ELSE 0 END AS closed ");
        query.push("FROM commission_line l JOIN commission_period p ");
        query.push("ON p.month = l.month AND p.run = l.run ");
        query.push("WHERE l.kind <> 'absence' AND ").push(column);
        query.push(" IN ");
        set.list(&mut query);
        query.push(" ORDER BY 3 DESC, 2, 1 LIMIT 20");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            found.push(Earned {
                record: row.get("record")?,
                month: row.get("month")?,
                closed: row.get::<i64>("closed")? == 1,
            });
        }
    }
    Ok(found)
}
