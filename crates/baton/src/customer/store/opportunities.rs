//! The list of opportunities across customers 商机列表查询.

use access::RowFilter;
use kernel::{CustomerId, Day, EmployeeId, Fen, OpportunityId};
use spine::{Fault, Query, Reader, Row};

use crate::scope;

/// What the list is narrowed to.
#[derive(Default)]
pub(crate) struct OpportunityFilter {
    /// Only whose these are.
    pub(crate) owner: Option<EmployeeId>,
    /// Only what is not closed yet.
    pub(crate) open_only: bool,
    /// With a larger id than this one.
    pub(crate) after: Option<OpportunityId>,
}

/// A line of the list; an imported opportunity may be without a customer.
pub(crate) struct OpportunityLine {
    pub(crate) id: OpportunityId,
    pub(crate) number: String,
    pub(crate) customer: Option<(CustomerId, String)>,
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) title: String,
    pub(crate) stage: String,
    pub(crate) amount: Option<Fen>,
    pub(crate) opened_on: Option<Day>,
    pub(crate) closed_on: Option<Day>,
}

/// Whoever follows an opportunity owns it; collaborators of its customer see it too.
const OWNER: scope::Columns = scope::Columns {
    owner: "o.owner_id",
    customer: Some("o.customer_id"),
    beside: None,
};

/// Opportunities by id.
pub(crate) async fn opportunities(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &OpportunityFilter,
    limit: i64,
) -> Result<Vec<OpportunityLine>, Fault> {
    let mut query = Query::new(
        "SELECT o.id AS id, o.number AS number, o.customer_id AS customer_id, c.name AS customer, \
         o.owner_id AS owner_id, o.title AS title, o.stage AS stage, o.amount AS amount, \
         o.opened_on AS opened_on, o.closed_on AS closed_on FROM customer_opportunity o \
         LEFT JOIN customer c ON c.id = o.customer_id WHERE 1 = 1",
    );
    scope::push(&mut query, reach, &OWNER, books.today());
    if let Some(owner) = filter.owner {
        query.push(" AND o.owner_id = ").bind(owner);
    }
    if filter.open_only {
        query.push(" AND o.closed_on IS NULL");
    }
    if let Some(after) = filter.after {
        query.push(" AND o.id > ").bind(after);
    }
    query.push(" ORDER BY o.id LIMIT ").bind(limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<OpportunityLine, Fault> {
    let customer: Option<CustomerId> = row.get("customer_id")?;
    let name: Option<String> = row.get("customer")?;
    Ok(OpportunityLine {
        id: row.get("id")?,
        number: row.get("number")?,
        customer: customer.map(|id| (id, name.unwrap_or_default())),
        owner: row.get("owner_id")?,
        title: row.get("title")?,
        stage: row.get("stage")?,
        amount: row.get("amount")?,
        opened_on: row.get("opened_on")?,
        closed_on: row.get("closed_on")?,
    })
}
