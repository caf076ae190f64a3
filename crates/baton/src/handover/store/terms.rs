//! What the giver of a plan still earns 方案的提成条款存取.

use ::commission::split_after_handover::{Agreement, Pool, Terms};
use kernel::{CustomerId, PlanId, RuleTableId};
use spine::{Change, Fault, Reader, Row, Select, Writer, binds};

/// Terms of one customer of a plan, or of all that have none of their own.
#[derive(Clone, Debug)]
pub(crate) struct AgreedTerms {
    pub(crate) customer: Option<CustomerId>,
    pub(crate) agreement: Agreement,
}

const TERMS: Select = Select::new(
    "SELECT customer_id, body, pool FROM handover_terms WHERE plan_id = $1 ORDER BY customer_id",
);

/// The terms of a plan, those for all first; none of a plan that is older than terms are.
pub(crate) async fn terms_of(
    books: &mut Reader<'_>,
    plan: PlanId,
) -> Result<Vec<AgreedTerms>, Fault> {
    let rows = books.all(&TERMS, binds![plan]).await?;
    let terms = |row: &Row| {
        Ok(AgreedTerms {
            customer: row.get::<String>("customer_id")?.parse().ok(),
            agreement: Agreement {
                terms: serde_json::from_str(&row.get::<String>("body")?)?,
                pool: pool_of(&row.get::<String>("pool")?)?,
            },
        })
    };
    rows.iter().map(terms).collect()
}

/// The team's pool as the books keep it; nothing where there is none.
pub(crate) fn pool_of(text: &str) -> Result<Option<Pool>, Fault> {
    match text {
        "" => Ok(None),
        text => Ok(Some(serde_json::from_str(text)?)),
    }
}

/// The same, written down.
pub(crate) fn pool_text(pool: Option<&Pool>) -> Result<String, Fault> {
    match pool {
        None => Ok(String::new()),
        Some(pool) => Ok(serde_json::to_string(pool)?),
    }
}

const DROP_ALL: Change = Change::new("DELETE FROM handover_terms WHERE plan_id = $1");
const PUT: &str = "INSERT INTO handover_terms (plan_id, customer_id, body, pool) VALUES ";
const OR_CHANGE: &str = " ON CONFLICT (plan_id, customer_id) DO UPDATE SET body = excluded.body, \
                         pool = excluded.pool";

/// These customers, or all, fall under these terms from now on. Terms for all leave no customer
/// with terms of its own.
pub(crate) async fn set_terms(
    books: &mut Writer<'_>,
    plan: PlanId,
    customers: &[CustomerId],
    agreement: &Agreement,
) -> Result<(), Fault> {
    let body = serde_json::to_string(&agreement.terms)?;
    let pool = pool_text(agreement.pool.as_ref())?;
    let mut rows = Vec::with_capacity(customers.len().max(1));
    if customers.is_empty() {
        books.run(&DROP_ALL, binds![plan]).await?;
        rows.push(binds![plan, "", body.as_str(), pool.as_str()]);
    }
    for customer in customers {
        rows.push(binds![
            plan,
            customer.to_string(),
            body.as_str(),
            pool.as_str()
        ]);
    }
    books.insert_many(PUT, OR_CHANGE, rows).await
}

const BY_TABLE: Select = Select::new(
    "SELECT p.number AS number, t.body AS body FROM handover_terms t \
     JOIN handover_plan p ON p.id = t.plan_id \
     WHERE p.state IN ('draft', 'submitted', 'approved') AND t.body LIKE '{\"by_table\"%' \
     ORDER BY p.number",
);

/// Tables that the terms of plans name which were not executed yet, with the plans' numbers.
pub(crate) async fn tables_of_open_plans(
    books: &mut Reader<'_>,
) -> Result<Vec<(RuleTableId, String)>, Fault> {
    let mut found: Vec<(RuleTableId, String)> = Vec::new();
    for row in &books.all(&BY_TABLE, binds![]).await? {
        let terms: Terms = serde_json::from_str(&row.get::<String>("body")?)?;
        let named = match &terms {
            Terms::ByTable { table, .. } => table.parse().ok(),
            _ => None,
        };
        let number: String = row.get("number")?;
        found.extend(named.map(|table| (table, number)));
    }
    found.dedup();
    Ok(found)
}
