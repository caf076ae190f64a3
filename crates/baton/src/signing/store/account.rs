//! A person's second factor and consent 动态口令与同意书存取.

use ::signing::ceremony::record::{Consent, Sha256Digest};
use kernel::{EmployeeId, Moment};
use spine::{Change, Fault, Reader, Select, Writer, binds};

/// A person's second factor.
#[derive(Clone, Debug)]
pub(crate) struct Factor {
    /// The seed, sealed.
    pub(crate) sealed: String,
    /// Whether a first code was right.
    pub(crate) active: bool,
    /// No code of this step of time or an earlier one is good any more.
    pub(crate) last_step: i64,
    pub(crate) confirmed_at: Option<Moment>,
}

const FACTOR: Select = Select::new(
    "SELECT sealed, state, last_step, confirmed_at FROM signing_factor WHERE employee_id = $1",
);

/// Somebody's second factor, confirmed or not.
pub(crate) async fn factor(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<Option<Factor>, Fault> {
    let row = books.first(&FACTOR, binds![employee]).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Factor {
        sealed: row.get("sealed")?,
        active: row.get::<String>("state")? == "active",
        last_step: row.get("last_step")?,
        confirmed_at: row.get("confirmed_at")?,
    }))
}

const BEGIN: Change = Change::new(
    "INSERT INTO signing_factor (employee_id, sealed, state, last_step, begun_at) \
     VALUES ($1, $2, 'pending', 0, $3) ON CONFLICT (employee_id) DO UPDATE SET \
     sealed = excluded.sealed, state = 'pending', last_step = 0, begun_at = excluded.begun_at, \
     confirmed_at = NULL",
);

/// Keeps a new seed that waits for its first code.
pub(crate) async fn begin_factor(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    sealed: &str,
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&BEGIN, binds![employee, sealed, at]).await?;
    Ok(())
}

const CONFIRM: Change = Change::new(
    "UPDATE signing_factor SET state = 'active', confirmed_at = $2 WHERE employee_id = $1",
);

/// The first code was right.
pub(crate) async fn confirm_factor(
    books: &mut Writer<'_>,
    employee: EmployeeId,
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&CONFIRM, binds![employee, at]).await?;
    Ok(())
}

const DROP: Change = Change::new("DELETE FROM signing_factor WHERE employee_id = $1");

/// Takes a second factor away.
pub(crate) async fn drop_factor(books: &mut Writer<'_>, employee: EmployeeId) -> Result<(), Fault> {
    books.run(&DROP, binds![employee]).await?;
    Ok(())
}

const USE: Change = Change::new("UPDATE signing_factor SET last_step = $2 WHERE employee_id = $1");
const FORGET: Change = Change::new("DELETE FROM signing_failure WHERE employee_id = $1");

/// A code of this step of time was used; what failed before is forgotten.
pub(crate) async fn use_step(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    step: i64,
) -> Result<(), Fault> {
    books.run(&USE, binds![employee, step]).await?;
    books.run(&FORGET, binds![employee]).await?;
    Ok(())
}

const FAILURES: Select =
    Select::new("SELECT failures, blocked_until FROM signing_failure WHERE employee_id = $1");

/// Wrong codes in a row, and until when no more are taken.
pub(crate) async fn failures(
    books: &mut Reader<'_>,
    employee: EmployeeId,
) -> Result<(i64, Moment), Fault> {
    match books.first(&FAILURES, binds![employee]).await? {
        Some(row) => Ok((row.get("failures")?, row.get("blocked_until")?)),
        None => Ok((0, Moment(0))),
    }
}

const COUNT: Change = Change::new(
    "INSERT INTO signing_failure (employee_id, failures, blocked_until) VALUES ($1, 1, $2) \
     ON CONFLICT (employee_id) DO UPDATE SET failures = signing_failure.failures + 1, \
     blocked_until = excluded.blocked_until",
);

/// One more wrong code.
pub(crate) async fn count_failure(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    blocked_until: Moment,
) -> Result<(), Fault> {
    books.run(&COUNT, binds![employee, blocked_until]).await?;
    Ok(())
}

const CONSENT: Select = Select::new(
    "SELECT consented_at FROM signing_consent WHERE employee_id = $1 AND text_digest = $2",
);

/// Somebody's consent to this wording.
pub(crate) async fn consent(
    books: &mut Reader<'_>,
    employee: EmployeeId,
    text: Sha256Digest,
) -> Result<Option<Consent>, Fault> {
    let row = books
        .first(&CONSENT, binds![employee, String::from(text)])
        .await?;
    let Some(row) = row else { return Ok(None) };
    let at = row.get("consented_at")?;
    Ok(Some(Consent { text, at }))
}

const ADD_CONSENT: Change = Change::new(
    "INSERT INTO signing_consent (employee_id, text_digest, consented_at) VALUES ($1, $2, $3)",
);

/// Keeps a consent.
pub(crate) async fn add_consent(
    books: &mut Writer<'_>,
    employee: EmployeeId,
    text: Sha256Digest,
) -> Result<(), Fault> {
    let at = books.at();
    let values = binds![employee, String::from(text), at];
    books.run(&ADD_CONSENT, values).await?;
    Ok(())
}
