//! The terms on which customers changed hands 交接条款存取.

use ::commission::split_after_handover::Agreement;
use kernel::{CustomerId, Day, Moment, PlanId};
use spine::{Fault, Reader, Row, Select, Writer, binds};

use crate::handover::store as handovers;

/// Terms that an executed plan opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub(crate) plan: PlanId,
    /// None for all customers of the plan that have no terms of their own.
    pub(crate) customer: Option<CustomerId>,
    pub(crate) agreement: Agreement,
}

const TERMS: Select = Select::new(
    "SELECT plan_id, customer_id, body, pool FROM commission_terms WHERE recorded_at <= $1 \
     ORDER BY plan_id, customer_id",
);

/// Every term that was opened by a moment.
pub(crate) async fn terms(books: &mut Reader<'_>, by: Moment) -> Result<Vec<Opened>, Fault> {
    let rows = books.all(&TERMS, binds![by]).await?;
    let opened = |row: &Row| {
        Ok(Opened {
            plan: row.get("plan_id")?,
            customer: row.get::<String>("customer_id")?.parse().ok(),
            agreement: Agreement {
                terms: serde_json::from_str(&row.get::<String>("body")?)?,
                pool: handovers::pool_of(&row.get::<String>("pool")?)?,
            },
        })
    };
    rows.iter().map(opened).collect()
}

const ADD: &str = "INSERT INTO commission_terms (plan_id, customer_id, effective_on, body, \
                   pool, recorded_at) VALUES ";

pub(crate) async fn add_terms(
    books: &mut Writer<'_>,
    effective_on: Day,
    opened: &[Opened],
) -> Result<(), Fault> {
    let at = books.at();
    let mut rows = Vec::with_capacity(opened.len());
    for one in opened {
        let customer = one.customer.map(|id| id.to_string()).unwrap_or_default();
        let body = serde_json::to_string(&one.agreement.terms)?;
        let pool = handovers::pool_text(one.agreement.pool.as_ref())?;
        rows.push(binds![one.plan, customer, effective_on, body, pool, at]);
    }
    books.insert_many(ADD, "", rows).await
}
