//! Months and how far they have come 结算期间存取.

use ::commission::period::{SettlementPeriod, Stage};
use kernel::{EmployeeId, Fen, Moment};
use spine::{Change, Fault, Reader, Row, Select, Writer, binds};

use crate::commission::month::Month;
use crate::word;

/// A month in the books.
#[derive(Clone, Debug)]
pub(crate) struct PeriodRow {
    pub(crate) month: Month,
    pub(crate) stage: Stage,
    pub(crate) calculated_at: Option<Moment>,
    pub(crate) closed_at: Option<Moment>,
}

impl PeriodRow {
    /// As the engine knows it.
    pub(crate) fn settlement(&self) -> SettlementPeriod {
        SettlementPeriod {
            days: self.month.days(),
            stage: self.stage,
            closed_at: self.closed_at,
        }
    }
}

/// The last month that is closed.
pub(crate) async fn last_closed(books: &mut Reader<'_>) -> Result<Option<Month>, Fault> {
    let mut closed = periods(books).await?;
    closed.retain(|period| period.stage == Stage::Closed);
    Ok(closed.last().map(|period| period.month))
}

const PERIODS: Select = Select::new(
    "SELECT month, stage, calculated_at, closed_at FROM commission_period ORDER BY month",
);

/// Every month there is, oldest first.
pub(crate) async fn periods(books: &mut Reader<'_>) -> Result<Vec<PeriodRow>, Fault> {
    let rows = books.all(&PERIODS, binds![]).await?;
    let period = |row: &Row| {
        let month: String = row.get("month")?;
        Ok(PeriodRow {
            month: month.parse().map_err(|_| Fault::new("a month"))?,
            stage: word::read(row.get("stage")?)?,
            calculated_at: row.get("calculated_at")?,
            closed_at: row.get("closed_at")?,
        })
    };
    rows.iter().map(period).collect()
}

const ADD: Change = Change::new(
    "INSERT INTO commission_period (month, stage, run, opened_at) VALUES ($1, 'open', 0, $2)",
);

pub(crate) async fn add_period(books: &mut Writer<'_>, month: Month) -> Result<(), Fault> {
    let at = books.at();
    books.run(&ADD, binds![month.to_string(), at]).await?;
    Ok(())
}

const NEXT_RUN: Select =
    Select::new("SELECT CAST(coalesce(max(run), 0) + 1 AS BIGINT) AS n FROM commission_period");

/// The number of the next calculation.
pub(crate) async fn next_run(books: &mut Reader<'_>) -> Result<i64, Fault> {
    books.count(&NEXT_RUN, binds![]).await
}

const CALCULATED: Change = Change::new(
    "UPDATE commission_period SET stage = 'calculated', run = $2, calculated_at = $3 \
     WHERE month = $1",
);
const REVIEWED: Change =
    Change::new("UPDATE commission_period SET stage = 'reviewed' WHERE month = $1");
const CLOSED: Change =
    Change::new("UPDATE commission_period SET stage = 'closed', closed_at = $2 WHERE month = $1");

/// The lines of this calculation count in the month.
pub(crate) async fn calculated(
    books: &mut Writer<'_>,
    month: Month,
    run: i64,
) -> Result<(), Fault> {
    let at = books.at();
    books
        .run(&CALCULATED, binds![month.to_string(), run, at])
        .await?;
    books
        .run(&ADD_RUN, binds![month.to_string(), run, at])
        .await?;
    Ok(())
}

const ADD_RUN: Change =
    Change::new("INSERT INTO commission_run (month, run, calculated_at) VALUES ($1, $2, $3)");
const RUN_AT: Select = Select::new(
    "SELECT run FROM commission_run WHERE month = $1 AND calculated_at <= $2 \
     ORDER BY run DESC LIMIT 1",
);

/// The calculation that counted in a month at a moment.
pub(crate) async fn run_at(
    books: &mut Reader<'_>,
    month: Month,
    at: Moment,
) -> Result<Option<i64>, Fault> {
    let row = books.first(&RUN_AT, binds![month.to_string(), at]).await?;
    row.map(|row| row.get("run")).transpose()
}

/// What a calculation said to one person.
pub(crate) struct Edition {
    pub(crate) at: Moment,
    pub(crate) lines: i64,
    pub(crate) total: Fen,
}

const EDITIONS: Select = Select::new(
    "SELECT r.calculated_at AS at_moment, count(l.key) AS n, \
     CAST(coalesce(sum(l.commission), 0) AS BIGINT) AS total FROM commission_run r \
     LEFT JOIN commission_line l ON l.payee_id = $1 AND l.month = r.month AND l.run = r.run \
     WHERE r.month = $2 GROUP BY r.run, r.calculated_at ORDER BY r.run DESC LIMIT 50",
);

/// What each of the last fifty calculations of a month said to a person, the newest first.
pub(crate) async fn editions(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    month: Month,
) -> Result<Vec<Edition>, Fault> {
    let rows = books
        .all(&EDITIONS, binds![payee, month.to_string()])
        .await?;
    let edition = |row: &Row| {
        Ok(Edition {
            at: row.get("at_moment")?,
            lines: row.get("n")?,
            total: row.get("total")?,
        })
    };
    rows.iter().map(edition).collect()
}

/// The month has been reviewed, or closed.
pub(crate) async fn set_stage(
    books: &mut Writer<'_>,
    month: Month,
    closed: bool,
) -> Result<(), Fault> {
    let at = books.at();
    match closed {
        true => books.run(&CLOSED, binds![month.to_string(), at]).await?,
        false => books.run(&REVIEWED, binds![month.to_string()]).await?,
    };
    Ok(())
}
