//! SQL of the bundle table 存证包存取.

use kernel::{BundleId, DepartureId, EmployeeId, Moment};
use spine::{Change, Fault, Pointer, Query, Reader, Row, Select, Writer, binds};

use super::{Disclosure, Held};
use crate::commission::month::Month;

/// What of this slice points to records of any slice.
pub(crate) const POINTERS: &[Pointer] = &[Pointer::by(
    "bundle_statement",
    "payee_id",
    "t.id",
    "提成单存证包",
)];

/// A bundle without its bytes.
#[derive(Clone, Debug)]
pub(crate) struct BundleLine {
    pub(crate) id: BundleId,
    pub(crate) departure: DepartureId,
    pub(crate) recipient: String,
    pub(crate) reason: String,
    pub(crate) file_name: String,
    /// SHA-256 of the bytes, hex.
    pub(crate) digest: String,
    pub(crate) size: i64,
    pub(crate) verdict: String,
    pub(crate) held: Held,
    pub(crate) exported_by: String,
    pub(crate) exported_at: Moment,
}

const COLUMNS: &str = "SELECT b.id AS id, b.departure_id AS departure_id, \
    b.recipient AS recipient, b.reason AS reason, b.file_name AS file_name, b.digest AS digest, \
    b.size AS size, b.verdict AS verdict, b.held AS held, b.exported_by AS exported_by, \
    b.exported_at AS exported_at FROM bundle b WHERE ";

fn line(row: &Row) -> Result<BundleLine, Fault> {
    let kept: serde_json::Value = serde_json::from_str(&row.get::<String>("held")?)?;
    Ok(BundleLine {
        id: row.get("id")?,
        departure: row.get("departure_id")?,
        recipient: row.get("recipient")?,
        reason: row.get("reason")?,
        file_name: row.get("file_name")?,
        digest: row.get("digest")?,
        size: row.get("size")?,
        verdict: row.get("verdict")?,
        held: serde_json::from_value(kept["held"].clone())?,
        exported_by: row.get("exported_by")?,
        exported_at: row.get("exported_at")?,
    })
}

/// The bundle with this id.
pub(crate) async fn find(
    books: &mut Reader<'_>,
    id: BundleId,
) -> Result<Option<BundleLine>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("b.id = ").bind(id);
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| line(&row)).transpose()
}

/// The hundred newest bundles of a departure, the newest first.
pub(crate) async fn of_departure(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<Vec<BundleLine>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push("b.departure_id = ").bind(departure);
    query.push(" ORDER BY b.exported_at DESC, b.id DESC LIMIT 100");
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

const BYTES: Select = Select::new("SELECT bytes FROM bundle WHERE id = $1");

/// The bytes of a bundle.
pub(crate) async fn bytes(books: &mut Reader<'_>, id: BundleId) -> Result<Option<Vec<u8>>, Fault> {
    let row = books.first(&BYTES, binds![id]).await?;
    row.map(|row| row.get("bytes")).transpose()
}

const ADD: Change = Change::new(
    "INSERT INTO bundle (id, departure_id, recipient, reason, file_name, digest, size, verdict, \
     held, exported_by, exported_at, bytes) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
);

/// Keeps a bundle with its bytes and what was chosen.
pub(crate) async fn add(
    books: &mut Writer<'_>,
    new: &BundleLine,
    chosen: &Disclosure,
    bytes: &[u8],
) -> Result<(), Fault> {
    let held = serde_json::json!({ "held": new.held, "disclosure": chosen });
    let values = binds![
        new.id,
        new.departure,
        new.recipient.as_str(),
        new.reason.as_str(),
        new.file_name.as_str(),
        new.digest.as_str(),
        new.size,
        new.verdict.as_str(),
        held.to_string(),
        new.exported_by.as_str(),
        new.exported_at,
        bytes,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

/// A bundle of a statement without its bytes.
#[derive(Clone, Debug)]
pub(crate) struct StatementBundle {
    pub(crate) id: BundleId,
    pub(crate) month: Month,
    pub(crate) payee: EmployeeId,
    pub(crate) recipient: String,
    pub(crate) reason: String,
    pub(crate) file_name: String,
    /// SHA-256 of the bytes, hex.
    pub(crate) digest: String,
    pub(crate) size: i64,
    pub(crate) verdict: String,
    pub(crate) held: Held,
    pub(crate) exported_by: String,
    pub(crate) exported_at: Moment,
}

const OF_STATEMENT: Select = Select::new(
    "SELECT id, month, payee_id, recipient, reason, file_name, digest, size, verdict, held, \
     exported_by, exported_at FROM bundle_statement WHERE id = $1",
);

/// The bundle of a statement with this id.
pub(crate) async fn find_statement(
    books: &mut Reader<'_>,
    id: BundleId,
) -> Result<Option<StatementBundle>, Fault> {
    let Some(row) = books.first(&OF_STATEMENT, binds![id]).await? else {
        return Ok(None);
    };
    let month: String = row.get("month")?;
    Ok(Some(StatementBundle {
        id: row.get("id")?,
        month: month.parse().map_err(|_| Fault::new("a month"))?,
        payee: row.get("payee_id")?,
        recipient: row.get("recipient")?,
        reason: row.get("reason")?,
        file_name: row.get("file_name")?,
        digest: row.get("digest")?,
        size: row.get("size")?,
        verdict: row.get("verdict")?,
        held: serde_json::from_str(&row.get::<String>("held")?)?,
        exported_by: row.get("exported_by")?,
        exported_at: row.get("exported_at")?,
    }))
}

const STATEMENT_BYTES: Select = Select::new("SELECT bytes FROM bundle_statement WHERE id = $1");

/// Its bytes.
pub(crate) async fn statement_bytes(
    books: &mut Reader<'_>,
    id: BundleId,
) -> Result<Option<Vec<u8>>, Fault> {
    let row = books.first(&STATEMENT_BYTES, binds![id]).await?;
    row.map(|row| row.get("bytes")).transpose()
}

const ADD_STATEMENT: Change = Change::new(
    "INSERT INTO bundle_statement (id, month, payee_id, recipient, reason, file_name, digest, \
     size, verdict, held, exported_by, exported_at, bytes) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
);

/// Keeps it as it was handed out.
pub(crate) async fn add_statement(
    books: &mut Writer<'_>,
    new: &StatementBundle,
    bytes: &[u8],
) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.month.to_string(),
        new.payee,
        new.recipient.as_str(),
        new.reason.as_str(),
        new.file_name.as_str(),
        new.digest.as_str(),
        new.size,
        new.verdict.as_str(),
        serde_json::to_string(&new.held)?,
        new.exported_by.as_str(),
        new.exported_at,
        bytes,
    ];
    books.run(&ADD_STATEMENT, values).await?;
    Ok(())
}
