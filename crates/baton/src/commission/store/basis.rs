//! What statements were calculated from, as it was handed out 提成依据存取.

use kernel::{EmployeeId, Moment};
use spine::{Change, Fault, Reader, Select, Writer, binds};

use crate::commission::month::Month;

/// Facts and statement of one person's closed month.
#[derive(Clone, Debug)]
pub(crate) struct BasisRow {
    pub(crate) month: Month,
    pub(crate) payee: EmployeeId,
    /// Canonical JSON of [`::commission::statement::Facts`].
    pub(crate) facts: Vec<u8>,
    /// Canonical JSON of [`::commission::statement::Statement`].
    pub(crate) statement: Vec<u8>,
    /// SHA-256, hex.
    pub(crate) facts_digest: String,
    /// SHA-256, hex.
    pub(crate) statement_digest: String,
    pub(crate) kept_by: String,
    pub(crate) kept_at: Moment,
}

const BASIS: Select = Select::new(
    "SELECT facts, statement, facts_digest, statement_digest, kept_by, kept_at \
     FROM commission_basis WHERE month = $1 AND payee_id = $2",
);

/// What is kept of this person's month.
pub(crate) async fn basis(
    books: &mut Reader<'_>,
    month: Month,
    payee: EmployeeId,
) -> Result<Option<BasisRow>, Fault> {
    let row = books
        .first(&BASIS, binds![month.to_string(), payee])
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(BasisRow {
        month,
        payee,
        facts: row.get("facts")?,
        statement: row.get("statement")?,
        facts_digest: row.get("facts_digest")?,
        statement_digest: row.get("statement_digest")?,
        kept_by: row.get("kept_by")?,
        kept_at: row.get("kept_at")?,
    }))
}

const ADD: Change = Change::new(
    "INSERT INTO commission_basis (month, payee_id, facts, statement, facts_digest, \
     statement_digest, kept_by, kept_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
);

/// Keeps it for good.
pub(crate) async fn add_basis(books: &mut Writer<'_>, row: &BasisRow) -> Result<(), Fault> {
    let values = binds![
        row.month.to_string(),
        row.payee,
        row.facts.as_slice(),
        row.statement.as_slice(),
        row.facts_digest.as_str(),
        row.statement_digest.as_str(),
        row.kept_by.as_str(),
        row.kept_at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}
