//! Who owned which customer when, for the whole company at once 归属全表.

use kernel::{CustomerId, Day, EmployeeId, PlanId};
use spine::{Fault, Reader, Row, Select, binds};

/// A row of the history of owners.
pub(crate) struct OwnedFrom {
    pub(crate) customer: CustomerId,
    pub(crate) effective_on: Day,
    /// Nobody while it is in the pool.
    pub(crate) owner: Option<EmployeeId>,
    /// The plan that brought it.
    pub(crate) plan: Option<PlanId>,
}

/// A customer as far as pay is concerned.
pub(crate) struct Kind {
    pub(crate) id: CustomerId,
    pub(crate) industry: String,
    pub(crate) region: String,
    pub(crate) tier: String,
    /// What it became when it was merged away.
    pub(crate) merged_into: Option<CustomerId>,
}

const ROWS: Select = Select::new(
    "SELECT customer_id, effective_on, owner_id, plan_id FROM customer_assignment \
     ORDER BY customer_id, seq",
);
const KINDS: Select =
    Select::new("SELECT id, industry, region, tier, merged_into_id FROM customer ORDER BY id");

/// Every row of every history, customer by customer, oldest first.
pub(crate) async fn owned_from(books: &mut Reader<'_>) -> Result<Vec<OwnedFrom>, Fault> {
    let rows = books.all(&ROWS, binds![]).await?;
    let row = |row: &Row| {
        Ok(OwnedFrom {
            customer: row.get("customer_id")?,
            effective_on: row.get("effective_on")?,
            owner: row.get("owner_id")?,
            plan: row.get("plan_id")?,
        })
    };
    rows.iter().map(row).collect()
}

/// Every customer.
pub(crate) async fn kinds(books: &mut Reader<'_>) -> Result<Vec<Kind>, Fault> {
    let rows = books.all(&KINDS, binds![]).await?;
    let kind = |row: &Row| {
        Ok(Kind {
            id: row.get("id")?,
            industry: row.get("industry")?,
            region: row.get("region")?,
            tier: row.get("tier")?,
            merged_into: row.get("merged_into_id")?,
        })
    };
    rows.iter().map(kind).collect()
}
