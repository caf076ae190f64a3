//! Contracts that somebody has without their customer, day by day 合同单独交接存取.
//!
//! Only what a handover said of a contract by itself stands here. On any other day the contract is
//! its customer's owner's, as far as pay goes.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{ContractId, CustomerId, Day, EmployeeId, Moment, PlanId};
use spine::{Fault, Query, Reader, Row, Select, Writer, binds};

use super::running::push_running;

/// From this day on this person has the contract.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub(crate) contract: ContractId,
    pub(crate) customer: CustomerId,
    /// 1, 2, 3, … for each contract.
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) holder: EmployeeId,
    /// Who had it before.
    pub(crate) from: EmployeeId,
    /// Whether it stays with him when the customer changes hands.
    pub(crate) stays: bool,
    /// How many rows the customer's own history had then.
    pub(crate) customer_rows: i64,
    /// The handover that said so.
    pub(crate) plan: PlanId,
}

const HELD: &str = "SELECT h.contract_id AS contract_id, k.customer_id AS customer_id, \
    h.seq AS seq, h.effective_on AS effective_on, h.holder_id AS holder_id, \
    h.from_id AS from_id, h.stays AS stays, h.customer_rows AS customer_rows, \
    h.plan_id AS plan_id FROM receivable_contract_holder h \
    JOIN receivable_contract k ON k.id = h.contract_id WHERE h.recorded_at <= ";
const IN_ORDER: &str = " ORDER BY k.customer_id, h.contract_id, h.seq";

fn held(row: &Row) -> Result<Held, Fault> {
    Ok(Held {
        contract: row.get("contract_id")?,
        customer: row.get("customer_id")?,
        seq: row.get("seq")?,
        effective_on: row.get("effective_on")?,
        holder: row.get("holder_id")?,
        from: row.get("from_id")?,
        stays: row.get::<i64>("stays")? != 0,
        customer_rows: row.get("customer_rows")?,
        plan: row.get("plan_id")?,
    })
}

/// Every row that was recorded by a moment, of all or of these customers' contracts: customer by
/// customer, contract by contract, oldest first.
pub(crate) async fn held_of(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
    by: Moment,
) -> Result<Vec<Held>, Fault> {
    let parts: Vec<Option<&[CustomerId]>> = of.map_or_else(
        || vec![None],
        |all| all.chunks(300).map(Some).collect::<Vec<_>>(),
    );
    let mut rows = Vec::new();
    for some in parts {
        let mut query = Query::new(HELD);
        query.bind(by);
        if let Some(some) = some {
            query
                .push(" AND k.customer_id IN ")
                .bind_list(some.iter().copied());
        }
        query.push(IN_ORDER);
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            rows.push(held(&row)?);
        }
    }
    Ok(rows)
}

/// The last row of each of these contracts that has any.
pub(crate) async fn last_held(
    books: &mut Reader<'_>,
    contracts: &[ContractId],
) -> Result<BTreeMap<ContractId, Held>, Fault> {
    let mut last = BTreeMap::new();
    for some in contracts.chunks(300) {
        let mut query = Query::new(HELD);
        query.bind(Moment(i64::MAX)).push(" AND h.contract_id IN ");
        query.bind_list(some.iter().copied()).push(IN_ORDER);
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let row = held(&row)?;
            last.insert(row.contract, row);
        }
    }
    Ok(last)
}

/// Who has this contract by itself on a day; nobody while it goes with its customer.
pub(crate) async fn apart_on(
    books: &mut Reader<'_>,
    contract: ContractId,
    day: Day,
) -> Result<Option<EmployeeId>, Fault> {
    let last = stands_apart(books, contract, day).await?;
    Ok(last.map(|row| row.holder))
}

/// Since when somebody has this contract by itself on a day.
pub(crate) async fn apart_since(
    books: &mut Reader<'_>,
    contract: ContractId,
    day: Day,
) -> Result<Option<Day>, Fault> {
    let last = stands_apart(books, contract, day).await?;
    Ok(last.map(|row| row.effective_on))
}

async fn stands_apart(
    books: &mut Reader<'_>,
    contract: ContractId,
    day: Day,
) -> Result<Option<Held>, Fault> {
    let mut query = Query::new(HELD);
    query.bind(Moment(i64::MAX)).push(" AND h.contract_id = ");
    query
        .bind(contract)
        .push(" AND h.effective_on <= ")
        .bind(day);
    query.push(IN_ORDER);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let last = rows.last().map(held).transpose()?;
    Ok(last.filter(|row| row.stays))
}

const APART_WITH: Select = Select::new(
    "SELECT h.contract_id AS contract_id FROM receivable_contract_holder h \
     WHERE h.holder_id = $1 AND h.stays = 1 AND h.seq = (SELECT max(z.seq) \
     FROM receivable_contract_holder z WHERE z.contract_id = h.contract_id) \
     ORDER BY h.contract_id",
);

/// Contracts that this person has without regard to who owns their customers.
pub(crate) async fn apart_with(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<Vec<ContractId>, Fault> {
    let rows = books.all(&APART_WITH, binds![who]).await?;
    rows.iter().map(|row| row.get("contract_id")).collect()
}

const EVER_HELD: Select = Select::new(
    "SELECT DISTINCT k.customer_id AS customer_id FROM receivable_contract_holder h \
     JOIN receivable_contract k ON k.id = h.contract_id WHERE h.holder_id = $1",
);

/// Whose contracts this person ever had by themselves.
pub(crate) async fn ever_held(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<Vec<CustomerId>, Fault> {
    let rows = books.all(&EVER_HELD, binds![who]).await?;
    rows.iter().map(|row| row.get("customer_id")).collect()
}

/// What of a contract is open: an invoice or an order, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PaperOf {
    pub(crate) contract: ContractId,
    /// `inv_…` or `ord_…`
    pub(crate) id: String,
    pub(crate) invoice: bool,
    pub(crate) holder: Option<EmployeeId>,
}

/// Open invoices and orders of these contracts, invoices of their orders too.
pub(crate) async fn open_papers_of(
    books: &mut Reader<'_>,
    contracts: &[ContractId],
) -> Result<Vec<PaperOf>, Fault> {
    let mut papers = Vec::new();
    for some in contracts.chunks(300) {
        let mut query = Query::new(
            "SELECT i.id AS id, coalesce(i.contract_id, o.contract_id) AS contract_id, \
             CAST(1 AS BIGINT) AS invoice, i.responsible_id AS holder_id \
             FROM receivable_invoice i LEFT JOIN receivable_order o ON o.id = i.order_id \
             WHERE i.cleared < i.amount AND coalesce(i.contract_id, o.contract_id) IN ",
        );
        query.bind_list(some.iter().copied());
        query.push(
            " UNION ALL SELECT id, contract_id, CAST(0 AS BIGINT), owner_id FROM receivable_order \
             WHERE state = 'open' AND contract_id IN ",
        );
        query.bind_list(some.iter().copied());
        query.push(" ORDER BY 1");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            papers.push(PaperOf {
                contract: row.get("contract_id")?,
                id: row.get("id")?,
                invoice: row.get::<i64>("invoice")? != 0,
                holder: row.get("holder_id")?,
            });
        }
    }
    Ok(papers)
}

const ADD: &str = "INSERT INTO receivable_contract_holder (contract_id, seq, effective_on, \
    recorded_at, holder_id, from_id, stays, customer_rows, plan_id, recorded_by) VALUES ";

/// Appends rows.
pub(crate) async fn add_held(
    books: &mut Writer<'_>,
    rows: &[Held],
    recorded_by: &str,
) -> Result<(), Fault> {
    let at = books.at();
    let row = |one: &Held| {
        binds![
            one.contract,
            one.seq,
            one.effective_on,
            at,
            one.holder,
            one.from,
            one.stays,
            one.customer_rows,
            one.plan,
            recorded_by,
        ]
    };
    books
        .insert_many(ADD, "", rows.iter().map(row).collect())
        .await
}

/// Of these people and customers, who still has a running contract of whom.
pub(crate) async fn still_have(
    books: &mut Reader<'_>,
    wanted: &[(EmployeeId, CustomerId)],
) -> Result<BTreeSet<(EmployeeId, CustomerId)>, Fault> {
    let mut found = BTreeSet::new();
    let customers: BTreeSet<CustomerId> = wanted.iter().map(|(_, customer)| *customer).collect();
    let customers: Vec<CustomerId> = customers.into_iter().collect();
    let today = books.today();
    for some in customers.chunks(300) {
        let mut query =
            Query::new("SELECT DISTINCT owner_id, customer_id FROM receivable_contract WHERE ");
        push_running(&mut query, "ends_on", today);
        query.push(" AND owner_id IS NOT NULL AND customer_id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            found.insert((row.get("owner_id")?, row.get("customer_id")?));
        }
    }
    found.retain(|one| wanted.contains(one));
    Ok(found)
}
