//! Stand-ins, and what the company lent to a person 代理人与资产.

use kernel::{AssetId, Day, EmployeeId, Fen, Period, StandInId};
use people::StandIn;
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Reader, Row, Select, Writer, binds};

const STAND_INS: Select = Select::new(
    "SELECT s.id AS id, s.employee_id AS employee_id, s.stand_in_id AS stand_in_id, \
     s.from_on AS from_on, s.until_on AS until_on, s.reason AS reason, a.name AS absent_name, \
     a.number AS absent_number, d.name AS deputy_name, d.number AS deputy_number \
     FROM people_stand_in s JOIN people_employee a ON a.id = s.employee_id \
     JOIN people_employee d ON d.id = s.stand_in_id \
     WHERE s.until_on IS NULL OR s.until_on > $1 ORDER BY s.recorded_at, s.id",
);
const ADD_STAND_IN: Change = Change::new(
    "INSERT INTO people_stand_in (id, employee_id, stand_in_id, from_on, until_on, reason, \
     recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
);
const END_STAND_IN: Change = Change::new("UPDATE people_stand_in SET until_on = $2 WHERE id = $1");

/// A stand-in with its names.
#[derive(Clone, Debug)]
pub(crate) struct StandInLine {
    pub(crate) stand_in: StandIn,
    pub(crate) absent: (String, String),
    pub(crate) deputy: (String, String),
    pub(crate) reason: String,
}

/// Every stand-in that has not ended before this day, in the order in which they were accepted.
pub(crate) async fn stand_ins(books: &mut Reader<'_>, day: Day) -> Result<Vec<StandInLine>, Fault> {
    let rows = books.all(&STAND_INS, binds![day]).await?;
    let line = |row: &Row| {
        Ok(StandInLine {
            stand_in: StandIn {
                id: row.get("id")?,
                absent: row.get("employee_id")?,
                deputy: row.get("stand_in_id")?,
                period: Period {
                    from: row.get("from_on")?,
                    until: row.get("until_on")?,
                },
            },
            absent: (row.get("absent_number")?, row.get("absent_name")?),
            deputy: (row.get("deputy_number")?, row.get("deputy_name")?),
            reason: row.get("reason")?,
        })
    };
    rows.iter().map(line).collect()
}

/// Those in which the person is away or acts for another.
pub(crate) async fn stand_ins_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
    day: Day,
) -> Result<Vec<StandInLine>, Fault> {
    let mut lines = stand_ins(books, day).await?;
    lines.retain(|l| l.stand_in.absent == employee || l.stand_in.deputy == employee);
    Ok(lines)
}

pub(crate) async fn find_stand_in(
    books: &mut Reader<'_>,
    id: StandInId,
    day: Day,
) -> Result<Option<StandInLine>, Fault> {
    let mut lines = stand_ins(books, day).await?;
    lines.retain(|line| line.stand_in.id == id);
    Ok(lines.pop())
}

pub(crate) async fn add_stand_in(
    books: &mut Writer<'_>,
    new: &StandIn,
    reason: &str,
) -> Result<(), Fault> {
    let at = books.at();
    let Period { from, until } = new.period;
    let values = binds![new.id, new.absent, new.deputy, from, until, reason, at];
    books.run(&ADD_STAND_IN, values).await?;
    Ok(())
}

pub(crate) async fn end_stand_in(
    books: &mut Writer<'_>,
    id: StandInId,
    until: Day,
) -> Result<(), Fault> {
    books.run(&END_STAND_IN, binds![id, until]).await?;
    Ok(())
}

/// Where a lent thing is 资产状态.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssetState {
    /// 在用
    Lent,
    /// 已归还
    Returned,
    /// 已约定赔付
    CostAgreed,
    /// 已关闭 (an account)
    Closed,
}

impl AssetState {
    pub(crate) fn word(self) -> &'static str {
        match self {
            AssetState::Lent => "lent",
            AssetState::Returned => "returned",
            AssetState::CostAgreed => "cost_agreed",
            AssetState::Closed => "closed",
        }
    }

    pub(crate) fn zh(self) -> &'static str {
        match self {
            AssetState::Lent => "在用",
            AssetState::Returned => "已归还",
            AssetState::CostAgreed => "已约定赔付",
            AssetState::Closed => "已关闭",
        }
    }

    fn of(word: &str) -> AssetState {
        match word {
            "lent" => AssetState::Lent,
            "returned" => AssetState::Returned,
            "cost_agreed" => AssetState::CostAgreed,
            _ => AssetState::Closed,
        }
    }
}

/// A lent thing, or an account in another system (`kind` is `account`).
#[derive(Clone, Debug)]
pub(crate) struct Asset {
    pub(crate) id: AssetId,
    pub(crate) employee: EmployeeId,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) serial: String,
    pub(crate) state: AssetState,
    pub(crate) cost: Option<Fen>,
    pub(crate) note: String,
    pub(crate) changed_on: Day,
}

const ASSETS: Select = Select::new(
    "SELECT id, employee_id, kind, name, serial, state, cost, note, changed_on \
     FROM people_asset WHERE employee_id = $1 ORDER BY kind, name, id",
);
const ASSET: Select = Select::new(
    "SELECT id, employee_id, kind, name, serial, state, cost, note, changed_on \
     FROM people_asset WHERE id = $1",
);
const ADD_ASSET: Change = Change::new(
    "INSERT INTO people_asset (id, employee_id, kind, name, serial, state, note, changed_on) \
     VALUES ($1, $2, $3, $4, $5, 'lent', '', $6)",
);
const SET_ASSET: Change = Change::new(
    "UPDATE people_asset SET state = $2, cost = $3, note = $4, changed_on = $5 WHERE id = $1",
);

fn asset(row: &Row) -> Result<Asset, Fault> {
    Ok(Asset {
        id: row.get("id")?,
        employee: row.get("employee_id")?,
        kind: row.get("kind")?,
        name: row.get("name")?,
        serial: row.get("serial")?,
        state: AssetState::of(&row.get::<String>("state")?),
        cost: row.get("cost")?,
        note: row.get("note")?,
        changed_on: row.get("changed_on")?,
    })
}

pub(crate) async fn assets_of(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Vec<Asset>, Fault> {
    books
        .all(&ASSETS, binds![employee])
        .await?
        .iter()
        .map(asset)
        .collect()
}

pub(crate) async fn find_asset(
    books: &mut Reader<'_>,
    id: AssetId,
) -> Result<Option<Asset>, Fault> {
    books
        .first(&ASSET, binds![id])
        .await?
        .map(|row| asset(&row))
        .transpose()
}

pub(crate) async fn add_asset(
    books: &mut Writer<'_>,
    id: AssetId,
    employee: EmployeeId,
    kind: &str,
    (name, serial): (&str, &str),
) -> Result<(), Fault> {
    let today = books.today();
    books
        .run(&ADD_ASSET, binds![id, employee, kind, name, serial, today])
        .await?;
    Ok(())
}

pub(crate) async fn set_asset(
    books: &mut Writer<'_>,
    id: AssetId,
    state: AssetState,
    cost: Option<Fen>,
    note: &str,
) -> Result<(), Fault> {
    let today = books.today();
    books
        .run(&SET_ASSET, binds![id, state.word(), cost, note, today])
        .await?;
    Ok(())
}
