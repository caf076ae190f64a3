//! What people had been shown when they agreed 测算存证存取.

use kernel::{EmployeeId, Moment, PlanId};
use serde_json::Value as Json;
use spine::{Change, Fault, Reader, Row, Select, Writer, binds};

use crate::handover::forecast::Seen;

/// A forecast somebody agreed upon.
pub(crate) struct Agreed {
    pub(crate) person: EmployeeId,
    /// `answer`, `approve`
    pub(crate) step: String,
    pub(crate) version: i64,
    pub(crate) digest: String,
    pub(crate) figures: Json,
    pub(crate) at: Moment,
}

const AGREED: Select = Select::new(
    "SELECT person_id, step, version, digest, body, agreed_at FROM handover_forecast \
     WHERE plan_id = $1 ORDER BY seq",
);
const ADD: Change = Change::new(
    "INSERT INTO handover_forecast (plan_id, seq, person_id, step, version, digest, body, \
     agreed_at) SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, $7 \
     FROM handover_forecast WHERE plan_id = $8",
);

/// Everything that was kept of a plan, oldest first.
pub(crate) async fn agreed(books: &mut Reader<'_>, plan: PlanId) -> Result<Vec<Agreed>, Fault> {
    let rows = books.all(&AGREED, binds![plan]).await?;
    let one = |row: &Row| {
        Ok(Agreed {
            person: row.get("person_id")?,
            step: row.get("step")?,
            version: row.get("version")?,
            digest: row.get("digest")?,
            figures: serde_json::from_str(&row.get::<String>("body")?)?,
            at: row.get("agreed_at")?,
        })
    };
    rows.iter().map(one).collect()
}

/// Keeps what somebody had before him when he took this step.
pub(crate) async fn keep_seen(
    books: &mut Writer<'_>,
    (plan, version): (PlanId, u32),
    (person, step): (EmployeeId, &str),
    seen: &Seen,
) -> Result<(), Fault> {
    let at = books.at();
    let (digest, body) = (seen.digest.as_str(), seen.body.as_str());
    let values = binds![
        plan,
        person,
        step,
        i64::from(version),
        digest,
        body,
        at,
        plan
    ];
    books.run(&ADD, values).await?;
    Ok(())
}
