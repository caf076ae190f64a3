//! Who is credited with deals, and which table says so 业绩认定存取.

use ::commission::event::Team;
use kernel::{ContractId, Day, Moment, RuleTableId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

/// Who is credited with a deal from then on.
#[derive(Clone, Debug)]
pub(crate) struct CreditRow {
    pub(crate) deal: ContractId,
    pub(crate) seq: i64,
    pub(crate) team: Team,
    pub(crate) reason: String,
    pub(crate) set_by: String,
    pub(crate) set_at: Moment,
}

const COLUMNS: &str = "SELECT deal_id, seq, body, reason, set_by, set_at FROM commission_credit";

fn credit(row: &Row) -> Result<CreditRow, Fault> {
    Ok(CreditRow {
        deal: row.get("deal_id")?,
        seq: row.get("seq")?,
        team: serde_json::from_str(&row.get::<String>("body")?)?,
        reason: row.get("reason")?,
        set_by: row.get("set_by")?,
        set_at: row.get("set_at")?,
    })
}

/// Every row that was said by a moment, deal by deal, oldest first.
pub(crate) async fn credits(books: &mut Reader<'_>, by: Moment) -> Result<Vec<CreditRow>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" WHERE set_at <= ").bind(by);
    query.push(" ORDER BY deal_id, seq");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(credit)
        .collect()
}

/// The rows of some deals, oldest first.
pub(crate) async fn credits_of(
    books: &mut Reader<'_>,
    deals: &[ContractId],
) -> Result<Vec<CreditRow>, Fault> {
    if deals.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(COLUMNS);
    query
        .push(" WHERE deal_id IN ")
        .bind_list(deals.iter().copied());
    query.push(" ORDER BY deal_id, seq");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(credit)
        .collect()
}

const ADD: Change = Change::new(
    "INSERT INTO commission_credit (deal_id, seq, body, reason, set_by, set_at) \
     VALUES ($1, $2, $3, $4, $5, $6)",
);

pub(crate) async fn add_credit(books: &mut Writer<'_>, row: &CreditRow) -> Result<(), Fault> {
    let values = binds![
        row.deal,
        row.seq,
        serde_json::to_string(&row.team)?,
        row.reason.as_str(),
        row.set_by.as_str(),
        row.set_at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

/// From a day on a table says who is credited with deals signed then, or none does.
#[derive(Clone, Debug)]
pub(crate) struct CreditingRow {
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) table: Option<RuleTableId>,
    pub(crate) set_at: Moment,
}

const CREDITING: Select = Select::new(
    "SELECT seq, effective_on, table_id, set_at FROM commission_crediting ORDER BY seq",
);

/// Every row, in order of its days.
pub(crate) async fn crediting(books: &mut Reader<'_>) -> Result<Vec<CreditingRow>, Fault> {
    let rows = books.all(&CREDITING, binds![]).await?;
    let one = |row: &Row| {
        Ok(CreditingRow {
            seq: row.get("seq")?,
            effective_on: row.get("effective_on")?,
            table: row.get("table_id")?,
            set_at: row.get("set_at")?,
        })
    };
    rows.iter().map(one).collect()
}

const ADD_CREDITING: Change = Change::new(
    "INSERT INTO commission_crediting (seq, effective_on, table_id, set_by, set_at) \
     VALUES ($1, $2, $3, $4, $5)",
);

pub(crate) async fn add_crediting(
    books: &mut Writer<'_>,
    row: &CreditingRow,
    by: &str,
) -> Result<(), Fault> {
    let values = binds![row.seq, row.effective_on, row.table, by, row.set_at];
    books.run(&ADD_CREDITING, values).await?;
    Ok(())
}
