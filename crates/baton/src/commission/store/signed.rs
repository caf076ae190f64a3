//! Whole statements that were signed off 提成单签收存取.

use kernel::{EmployeeId, Fen, Moment};
use sha2::{Digest as _, Sha256};
use spine::{Fault, Reader, Row, Select, Writer, binds};

use super::Booked;
use crate::commission::month::Month;

/// Somebody signed his statement of a month off as it stood.
#[derive(Clone, Debug)]
pub(crate) struct SignOffRow {
    pub(crate) month: Month,
    pub(crate) payee: EmployeeId,
    pub(crate) seq: i64,
    /// [`signed_off`] of the lines as they were, SHA-256, hex.
    pub(crate) digest: String,
    pub(crate) lines: i64,
    pub(crate) total: Fen,
    pub(crate) at: Moment,
}

/// SHA-256 over name and amounts of each line, hex: what a signature stands for. Sentences and
/// traces do not count, so that a better word does not undo a signature; an amount does.
pub(crate) fn signed_off(lines: &[Booked]) -> Result<String, Fault> {
    let mut hash = Sha256::new();
    for line in lines {
        let said = (&line.key, line.credit, line.commission);
        hash.update(serde_json::to_vec(&said)?);
    }
    Ok(hex::encode(hash.finalize()))
}

const OF: Select = Select::new(
    "SELECT seq, digest, lines, total, signed_at FROM commission_sign_off \
     WHERE month = $1 AND payee_id = $2 ORDER BY seq",
);

/// The signatures of a person under a month, oldest first.
pub(crate) async fn sign_offs(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    month: Month,
) -> Result<Vec<SignOffRow>, Fault> {
    let rows = books.all(&OF, binds![month.to_string(), payee]).await?;
    let signed = |row: &Row| {
        Ok(SignOffRow {
            month,
            payee,
            seq: row.get("seq")?,
            digest: row.get("digest")?,
            lines: row.get("lines")?,
            total: row.get("total")?,
            at: row.get("signed_at")?,
        })
    };
    rows.iter().map(signed).collect()
}

const ADD: spine::Change = spine::Change::new(
    "INSERT INTO commission_sign_off (month, payee_id, seq, digest, lines, total, signed_at) \
     VALUES ($1, $2, $3, $4, $5, $6, $7)",
);

pub(crate) async fn add_sign_off(books: &mut Writer<'_>, new: &SignOffRow) -> Result<(), Fault> {
    let values = binds![
        new.month.to_string(),
        new.payee,
        new.seq,
        new.digest.as_str(),
        new.lines,
        new.total,
        new.at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}
