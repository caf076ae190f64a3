//! SQL of the bundle tables 存证包存取.
//!
//! Bundles of departures and of statements are kept alike: [`Kept`] is read and written in one
//! place, [`About`] says what each table has beside it.

use kernel::{BundleId, DepartureId, EmployeeId, Moment};
use spine::{Binds, Change, Fault, Pointer, Reader, Row, Select, Writer, binds};

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
pub(crate) struct Kept<A> {
    pub(crate) id: BundleId,
    /// What its evidence is about.
    pub(crate) about: A,
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

/// The columns of [`Kept`], the same in every table.
macro_rules! kept {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            "id, recipient, reason, file_name, digest, size, verdict, held, exported_by, \
             exported_at",
            $after
        )
    };
}

/// What a bundle is about, and the table in which such bundles are kept.
pub(crate) trait About: Sized {
    /// Reads one by its id.
    const FIND: Select;
    /// Reads its bytes.
    const BYTES: Select;
    /// Writes one: the columns of [`Kept`], the bytes, then those of [`About::binds`].
    const ADD: Change;

    /// The columns of its own.
    fn read(row: &Row) -> Result<Self, Fault>;

    /// Their values.
    fn binds(&self) -> Binds;
}

/// A bundle of a departure.
pub(crate) type BundleLine = Kept<DepartureId>;

impl About for DepartureId {
    const FIND: Select = Select::new(kept!("SELECT ", ", departure_id FROM bundle WHERE id = $1"));
    const BYTES: Select = Select::new("SELECT bytes FROM bundle WHERE id = $1");
    const ADD: Change = Change::new(kept!(
        "INSERT INTO bundle (",
        ", bytes, departure_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
    ));

    fn read(row: &Row) -> Result<DepartureId, Fault> {
        row.get("departure_id")
    }

    fn binds(&self) -> Binds {
        binds![*self]
    }
}

/// A bundle of a statement.
pub(crate) type StatementBundle = Kept<Statement>;

/// Whose statement of which month.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Statement {
    pub(crate) month: Month,
    pub(crate) payee: EmployeeId,
}

impl About for Statement {
    const FIND: Select = Select::new(kept!(
        "SELECT ",
        ", month, payee_id FROM bundle_statement WHERE id = $1"
    ));
    const BYTES: Select = Select::new("SELECT bytes FROM bundle_statement WHERE id = $1");
    const ADD: Change = Change::new(kept!(
        "INSERT INTO bundle_statement (",
        ", bytes, month, payee_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
    ));

    fn read(row: &Row) -> Result<Statement, Fault> {
        let month: String = row.get("month")?;
        Ok(Statement {
            month: month.parse().map_err(|_| Fault::new("a month"))?,
            payee: row.get("payee_id")?,
        })
    }

    fn binds(&self) -> Binds {
        binds![self.month.to_string(), self.payee]
    }
}

fn line<A: About>(row: &Row) -> Result<Kept<A>, Fault> {
    let kept: serde_json::Value = serde_json::from_str(&row.get::<String>("held")?)?;
    // Beside the numbers of a departure's bundle stands what was chosen.
    let held = kept.get("held").unwrap_or(&kept);
    Ok(Kept {
        id: row.get("id")?,
        about: A::read(row)?,
        recipient: row.get("recipient")?,
        reason: row.get("reason")?,
        file_name: row.get("file_name")?,
        digest: row.get("digest")?,
        size: row.get("size")?,
        verdict: row.get("verdict")?,
        held: serde_json::from_value(held.clone())?,
        exported_by: row.get("exported_by")?,
        exported_at: row.get("exported_at")?,
    })
}

/// The bundle with this id, if it is about such a thing.
pub(crate) async fn find<A: About>(
    books: &mut Reader<'_>,
    id: BundleId,
) -> Result<Option<Kept<A>>, Fault> {
    let row = books.first(&A::FIND, binds![id]).await?;
    row.map(|row| line(&row)).transpose()
}

const OF_DEPARTURE: Select = Select::new(kept!(
    "SELECT ",
    ", departure_id FROM bundle WHERE departure_id = $1 \
     ORDER BY exported_at DESC, id DESC LIMIT 100"
));

/// The hundred newest bundles of a departure, the newest first.
pub(crate) async fn of_departure(
    books: &mut Reader<'_>,
    departure: DepartureId,
) -> Result<Vec<BundleLine>, Fault> {
    let rows = books.all(&OF_DEPARTURE, binds![departure]).await?;
    rows.iter().map(line).collect()
}

/// Its bytes.
pub(crate) async fn bytes<A: About>(
    books: &mut Reader<'_>,
    id: BundleId,
) -> Result<Option<Vec<u8>>, Fault> {
    let row = books.first(&A::BYTES, binds![id]).await?;
    row.map(|row| row.get("bytes")).transpose()
}

/// Keeps a bundle as it was handed out, and what was chosen where one chooses.
pub(crate) async fn add<A: About>(
    books: &mut Writer<'_>,
    new: &Kept<A>,
    chosen: Option<&Disclosure>,
    bytes: &[u8],
) -> Result<(), Fault> {
    let held = match chosen {
        Some(chosen) => serde_json::json!({ "held": new.held, "disclosure": chosen }),
        None => serde_json::to_value(new.held)?,
    };
    let mut values = binds![
        new.id,
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
    values.extend(new.about.binds());
    books.run(&A::ADD, values).await?;
    Ok(())
}
