//! Who owned which customer when, for the whole company at once 归属全表.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{CustomerId, Day, EmployeeId, Moment, PlanId};
use spine::{Fault, Query, Reader, Select, binds};

/// A row of the history of owners.
pub(crate) struct OwnedFrom {
    pub(crate) customer: CustomerId,
    /// 1, 2, 3, … for each customer.
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    /// Nobody while it is in the pool.
    pub(crate) owner: Option<EmployeeId>,
    /// The plan that brought it.
    pub(crate) plan: Option<PlanId>,
    pub(crate) recorded_at: Moment,
}

/// To whom a customer's pay goes when nothing else was said, and where its history ends.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ending {
    /// Its owner; in the pool the last one, of a customer that was merged away that of the one it
    /// became.
    pub(crate) owner: Option<EmployeeId>,
    /// The customer whose owner that is.
    pub(crate) became: Option<CustomerId>,
    /// Number of its last row.
    pub(crate) rows: i64,
    pub(crate) last_on: Option<Day>,
}

/// Where the histories of these customers end.
pub(crate) async fn endings(
    books: &mut Reader<'_>,
    of: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Ending>, Fault> {
    let kinds = kinds(books, Some(of)).await?;
    let became: BTreeMap<CustomerId, CustomerId> = kinds
        .iter()
        .filter_map(|kind| Some((kind.id, kind.merged_into?)))
        .collect();
    let mut all: BTreeSet<CustomerId> = of.iter().copied().collect();
    all.extend(became.values().copied());
    let all: Vec<CustomerId> = all.into_iter().collect();
    let mut endings: BTreeMap<CustomerId, Ending> = BTreeMap::new();
    for row in owned_from(books, Some(&all), Moment(i64::MAX)).await? {
        let ending = endings.entry(row.customer).or_default();
        ending.owner = row.owner.or(ending.owner);
        ending.became = Some(row.customer);
        ending.rows = row.seq;
        ending.last_on = Some(row.effective_on);
    }
    let followed = became.iter().filter_map(|(from, into)| {
        let other = endings.get(into).copied()?;
        let own = endings.get(from).copied().unwrap_or_default();
        let rest = Ending {
            owner: other.owner,
            became: Some(*into),
            ..own
        };
        Some((
            *from,
            Ending {
                last_on: own.last_on.max(other.last_on),
                ..rest
            },
        ))
    });
    let followed: Vec<_> = followed.collect();
    endings.extend(followed);
    Ok(endings)
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

/// A customer was merged away.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Merged {
    pub(crate) into: CustomerId,
    /// Its last day of its own.
    pub(crate) on: Day,
    pub(crate) at: Moment,
}

/// How each customer, or each of these and of what they became, was merged away.
pub(crate) async fn merges(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
) -> Result<BTreeMap<CustomerId, Merged>, Fault> {
    let mut merges = BTreeMap::new();
    let mut asked: Option<Vec<CustomerId>> = of.map(<[CustomerId]>::to_vec);
    loop {
        let mut became = Vec::new();
        for some in parts(asked.as_deref()) {
            let mut query = Query::new(
                "SELECT customer_id, into_id, merged_on, recorded_at FROM customer_merge",
            );
            if let Some(some) = some {
                query
                    .push(" WHERE customer_id IN ")
                    .bind_list(some.iter().copied());
            }
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let merged = Merged {
                    into: row.get("into_id")?,
                    on: row.get("merged_on")?,
                    at: row.get("recorded_at")?,
                };
                became.push(merged.into);
                merges.insert(row.get::<CustomerId>("customer_id")?, merged);
            }
        }
        became.retain(|id| !merges.contains_key(id));
        if asked.is_none() || became.is_empty() {
            return Ok(merges);
        }
        asked = Some(became);
    }
}

/// Every row of every history, or of these customers', that was recorded by a moment, customer by
/// customer, oldest first.
pub(crate) async fn owned_from(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
    by: Moment,
) -> Result<Vec<OwnedFrom>, Fault> {
    let mut owned = Vec::new();
    for some in parts(of) {
        let mut query = Query::new(
            "SELECT customer_id, seq, effective_on, owner_id, plan_id, recorded_at \
             FROM customer_assignment WHERE recorded_at <= ",
        );
        query.bind(by);
        if let Some(some) = some {
            query
                .push(" AND customer_id IN ")
                .bind_list(some.iter().copied());
        }
        query.push(" ORDER BY customer_id, seq");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            owned.push(OwnedFrom {
                customer: row.get("customer_id")?,
                seq: row.get("seq")?,
                effective_on: row.get("effective_on")?,
                owner: row.get("owner_id")?,
                plan: row.get("plan_id")?,
                recorded_at: row.get("recorded_at")?,
            });
        }
    }
    Ok(owned)
}

const FIRST_AFTER: Select = Select::new(
    "SELECT min(effective_on) AS day FROM customer_assignment WHERE owner_id IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM customer_assignment a WHERE a.owner_id IS NOT NULL \
     AND a.effective_on <= $1)",
);

/// The first day on which anybody owned a customer, where that lies after this one.
pub(crate) async fn first_owned_after(
    books: &mut Reader<'_>,
    day: Day,
) -> Result<Option<Day>, Fault> {
    let row = books.first(&FIRST_AFTER, binds![day]).await?;
    let day = row.map(|row| row.get::<Option<Day>>("day")).transpose()?;
    Ok(day.flatten())
}

const INDUSTRIES: Select = Select::new(
    "SELECT industry FROM customer WHERE industry <> '' GROUP BY industry \
     ORDER BY count(*) DESC, industry LIMIT 200",
);

/// Industries of customers, the most frequent first; no more than 200.
pub(crate) async fn industries(books: &mut Reader<'_>) -> Result<Vec<String>, Fault> {
    let rows = books.all(&INDUSTRIES, binds![]).await?;
    rows.iter().map(|row| row.get("industry")).collect()
}

/// Somebody began or ceased to help with a customer.
pub(crate) struct Helped {
    pub(crate) customer: CustomerId,
    pub(crate) employee: EmployeeId,
    pub(crate) opens: bool,
    pub(crate) until: Option<Day>,
    pub(crate) effective_on: Day,
}

const EVER_HELPED: Select = Select::new(
    "SELECT customer_id FROM customer_seat_change WHERE employee_id = $1 \
     AND reason <> 'with_contract' GROUP BY customer_id ORDER BY customer_id",
);

/// Customers that somebody ever helped with.
pub(crate) async fn ever_helped(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<Vec<CustomerId>, Fault> {
    let rows = books.all(&EVER_HELPED, binds![who]).await?;
    rows.iter().map(|row| row.get("customer_id")).collect()
}

/// Every change of who helps; a seat that only lets somebody see whose contract he has is no help.
/// All of them, or those of these customers, customer by customer, oldest first.
pub(crate) async fn helped(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
) -> Result<Vec<Helped>, Fault> {
    let mut rows = Vec::new();
    for some in parts(of) {
        let mut query = Query::new(
            "SELECT customer_id, employee_id, opens, until_on, effective_on \
             FROM customer_seat_change WHERE reason <> 'with_contract'",
        );
        if let Some(some) = some {
            query
                .push(" AND customer_id IN ")
                .bind_list(some.iter().copied());
        }
        query.push(" ORDER BY customer_id, seq");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            rows.push(Helped {
                customer: row.get("customer_id")?,
                employee: row.get("employee_id")?,
                opens: row.get::<i64>("opens")? != 0,
                until: row.get("until_on")?,
                effective_on: row.get("effective_on")?,
            });
        }
    }
    rows.sort_by_key(|row| row.customer);
    Ok(rows)
}

/// Every customer, or these.
pub(crate) async fn kinds(
    books: &mut Reader<'_>,
    of: Option<&[CustomerId]>,
) -> Result<Vec<Kind>, Fault> {
    let mut kinds = Vec::new();
    for some in parts(of) {
        let mut query =
            Query::new("SELECT id, industry, region, tier, merged_into_id FROM customer");
        if let Some(some) = some {
            query.push(" WHERE id IN ").bind_list(some.iter().copied());
        }
        query.push(" ORDER BY id");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            kinds.push(Kind {
                id: row.get("id")?,
                industry: row.get("industry")?,
                region: row.get("region")?,
                tier: row.get("tier")?,
                merged_into: row.get("merged_into_id")?,
            });
        }
    }
    Ok(kinds)
}

/// Nobody's condition, or so many customers at once.
fn parts(of: Option<&[CustomerId]>) -> Vec<Option<&[CustomerId]>> {
    of.map_or_else(
        || vec![None],
        |all| all.chunks(300).map(Some).collect::<Vec<_>>(),
    )
}

const EVER: Select = Select::new(
    "SELECT DISTINCT a.customer_id AS id, c.merged_into_id AS became FROM customer_assignment a \
     JOIN customer c ON c.id = a.customer_id WHERE a.owner_id = $1",
);

/// The customers that changed hands by one of these plans, each with its plan.
pub(crate) async fn moved_by(
    books: &mut Reader<'_>,
    plans: &BTreeSet<PlanId>,
) -> Result<Vec<(PlanId, CustomerId)>, Fault> {
    let mut moved = Vec::new();
    let plans: Vec<PlanId> = plans.iter().copied().collect();
    for some in plans.chunks(300) {
        let mut query = Query::new(
            "SELECT DISTINCT plan_id, customer_id FROM customer_assignment WHERE plan_id IN ",
        );
        query.bind_list(some.iter().copied());
        query.push(" ORDER BY plan_id, customer_id");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            moved.push((row.get("plan_id")?, row.get("customer_id")?));
        }
    }
    Ok(moved)
}

/// Every customer this person ever owned, what they became, and what was merged into them: whatever
/// he is paid for is among them.
pub(crate) async fn ever_of(
    books: &mut Reader<'_>,
    who: EmployeeId,
) -> Result<Vec<CustomerId>, Fault> {
    let mut ids = BTreeSet::new();
    for row in books.all(&EVER, binds![who]).await? {
        ids.insert(row.get::<CustomerId>("id")?);
        ids.extend(row.get::<Option<CustomerId>>("became")?);
    }
    let owned: Vec<CustomerId> = ids.iter().copied().collect();
    ids.extend(duplicates(books, &owned).await?.into_keys());
    Ok(ids.into_iter().collect())
}

/// What was merged into one of these customers, and into which.
pub(crate) async fn duplicates(
    books: &mut Reader<'_>,
    of: &[CustomerId],
) -> Result<BTreeMap<CustomerId, CustomerId>, Fault> {
    let mut became = BTreeMap::new();
    for some in of.chunks(300) {
        let mut query =
            Query::new("SELECT id, merged_into_id FROM customer WHERE merged_into_id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            became.insert(row.get("id")?, row.get("merged_into_id")?);
        }
    }
    Ok(became)
}
