//! Where everybody stood when, for the whole company at once 任职全表.

use kernel::{Day, DepartmentId, EmployeeId, Moment, PostId};
use spine::{Fault, Reader, Row, Select, binds};

/// A row of somebody's employment.
pub(crate) struct Placed {
    pub(crate) employee: EmployeeId,
    pub(crate) effective_on: Day,
    /// Post and department; none when it ended.
    pub(crate) at: Option<(PostId, DepartmentId)>,
}

const PLACED: Select = Select::new(
    "SELECT employee_id, effective_on, post_id, department_id, ended FROM people_employment \
     WHERE recorded_at <= $1 ORDER BY employee_id, effective_on, seq",
);
const LEFT: Select = Select::new(
    "SELECT e.id AS id, e.left_on AS left_on FROM people_employee e \
     WHERE e.state = 'left' AND e.left_on IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM people_employment h WHERE h.employee_id = e.id \
     AND h.ended = 1 AND h.recorded_at > $1)",
);

/// Every employment known by a moment, person by person, oldest first; of two rows of one day the
/// later counts.
pub(crate) async fn placed(books: &mut Reader<'_>, by: Moment) -> Result<Vec<Placed>, Fault> {
    let rows = books.all(&PLACED, binds![by]).await?;
    let row = |row: &Row| {
        let at = match row.get::<bool>("ended")? {
            true => None,
            false => Some((row.get("post_id")?, row.get("department_id")?)),
        };
        Ok(Placed {
            employee: row.get("employee_id")?,
            effective_on: row.get("effective_on")?,
            at,
        })
    };
    rows.iter().map(row).collect()
}

/// Everybody who was known by a moment to have left, with his last day.
pub(crate) async fn left(
    books: &mut Reader<'_>,
    by: Moment,
) -> Result<Vec<(EmployeeId, Day)>, Fault> {
    let rows = books.all(&LEFT, binds![by]).await?;
    let row = |row: &Row| Ok((row.get("id")?, row.get("left_on")?));
    rows.iter().map(row).collect()
}
