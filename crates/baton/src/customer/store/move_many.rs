//! Many customers and what hangs on them change hands at once 批量变更归属.
//!
//! Stage, state, texts and everything closed stay as they are: only the holder changes.

use std::collections::BTreeMap;

use kernel::{CustomerId, Day, EmployeeId, PlanId};
use spine::{Change, Fault, Query, Reader, Select, Writer, binds};

/// As many ids as one statement names.
const AT_ONCE: usize = 1_000;

/// How the things to be moved are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named<'a> {
    /// By the customers they belong to, but for these.
    ByCustomer { except: &'a [String] },
    /// By their own ids.
    ById,
}

/// Where a customer's timeline ends, and whom its record names today.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing {
    /// Number of the last row.
    pub(crate) seq: i64,
    /// Its day.
    pub(crate) effective_on: Day,
    pub(crate) owner: Option<EmployeeId>,
}

/// How each of these customers stands.
pub(crate) async fn standings_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Standing>, Fault> {
    let mut found = BTreeMap::new();
    for some in customers.chunks(AT_ONCE) {
        let mut query = Query::new(
            "SELECT a.customer_id AS customer_id, a.seq AS seq, a.effective_on AS effective_on, \
             c.owner_id AS owner_id FROM customer_assignment a \
             JOIN customer c ON c.id = a.customer_id WHERE a.seq = \
             (SELECT max(b.seq) FROM customer_assignment b WHERE b.customer_id = a.customer_id) \
             AND a.customer_id IN ",
        );
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let standing = Standing {
                seq: row.get("seq")?,
                effective_on: row.get("effective_on")?,
                owner: row.get("owner_id")?,
            };
            found.insert(row.get("customer_id")?, standing);
        }
    }
    Ok(found)
}

/// The owners these customers' records name today.
pub(crate) async fn owners_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Option<EmployeeId>>, Fault> {
    let mut owners = BTreeMap::new();
    for some in customers.chunks(AT_ONCE) {
        let mut query = Query::new("SELECT id, owner_id FROM customer WHERE id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            owners.insert(row.get("id")?, row.get("owner_id")?);
        }
    }
    Ok(owners)
}

/// One customer gets its next owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OwnerChange {
    pub(crate) customer: CustomerId,
    /// Number of the new row of the timeline.
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) to: EmployeeId,
}

/// Appends the rows of the timelines and sets what holds today.
pub(crate) async fn move_many_customers(
    books: &mut Writer<'_>,
    changes: &[OwnerChange],
    recorded_by: &str,
    plan: PlanId,
) -> Result<(), Fault> {
    let at = books.at();
    let row = |change: &OwnerChange| {
        let OwnerChange {
            customer,
            seq,
            effective_on,
            to,
        } = *change;
        binds![
            customer,
            seq,
            effective_on,
            at,
            to,
            recorded_by,
            "handed_over",
            plan
        ]
    };
    books
        .insert_many(
            "INSERT INTO customer_assignment (customer_id, seq, effective_on, recorded_at, \
             owner_id, recorded_by, reason, plan_id) VALUES ",
            "",
            changes.iter().map(row).collect(),
        )
        .await?;
    let mut alike: BTreeMap<(EmployeeId, Day), Vec<CustomerId>> = BTreeMap::new();
    for change in changes {
        alike
            .entry((change.to, change.effective_on))
            .or_default()
            .push(change.customer);
    }
    for ((to, effective_on), customers) in alike {
        for some in customers.chunks(AT_ONCE) {
            let mut query = Query::new("UPDATE customer SET owner_id = ");
            query
                .bind(to)
                .push(", owned_since = ")
                .bind(effective_on)
                .push(" WHERE id IN ");
            query.bind_list(some.iter().copied());
            let (change, values) = query.change();
            books.run(&change, values).await?;
        }
    }
    Ok(())
}

fn push_named(query: &mut Query, named: Named<'_>, ids: &[String]) {
    let (among, except) = match named {
        Named::ByCustomer { except } => (" AND customer_id IN ", except),
        Named::ById => (" AND id IN ", &[][..]),
    };
    query.push(among).bind_list(ids.iter().map(String::as_str));
    if !except.is_empty() {
        query
            .push(" AND id NOT IN ")
            .bind_list(except.iter().map(String::as_str));
    }
}

/// Open opportunities go from one person to another; gives their number.
pub(crate) async fn move_many_opportunities(
    books: &mut Writer<'_>,
    (from, to): (EmployeeId, EmployeeId),
    named: Named<'_>,
    ids: &[String],
) -> Result<u64, Fault> {
    let mut moved = 0;
    for some in ids.chunks(AT_ONCE) {
        let mut query = Query::new("UPDATE customer_opportunity SET owner_id = ");
        query
            .bind(to)
            .push(" WHERE closed_on IS NULL AND owner_id = ")
            .bind(from);
        push_named(&mut query, named, some);
        let (change, values) = query.change();
        moved += books.run(&change, values).await?;
    }
    Ok(moved)
}

/// Follow-up duties go from one person to another; who wrote the follow-up stays. Gives their
/// number.
pub(crate) async fn move_many_duties(
    books: &mut Writer<'_>,
    (from, to): (EmployeeId, EmployeeId),
    named: Named<'_>,
    ids: &[String],
) -> Result<u64, Fault> {
    let mut moved = 0;
    for some in ids.chunks(AT_ONCE) {
        let mut query = Query::new("UPDATE customer_follow_up SET duty_id = ");
        query.bind(to).push(" WHERE duty_id = ").bind(from);
        push_named(&mut query, named, some);
        let (change, values) = query.change();
        moved += books.run(&change, values).await?;
    }
    Ok(moved)
}

const CLOSE_SEAT: Change =
    Change::new("DELETE FROM customer_seat WHERE customer_id = $1 AND employee_id = $2");
const OPEN_SEAT: Change = Change::new(
    "INSERT INTO customer_seat (customer_id, employee_id, until_on) VALUES ($1, $2, $3) \
     ON CONFLICT (customer_id, employee_id) DO NOTHING",
);
const SEAT_CHANGE: Change = Change::new(
    "INSERT INTO customer_seat_change (customer_id, seq, employee_id, opens, until_on, \
     effective_on, recorded_at, reason) SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6, \
     'handed_over' FROM customer_seat_change WHERE customer_id = $7",
);

const SEAT_OF: Select = Select::new(
    "SELECT reason, opens FROM customer_seat_change WHERE customer_id = $1 AND employee_id = $2 \
     ORDER BY seq DESC LIMIT 1",
);
const SEAT_WITH_CONTRACT: Change = Change::new(
    "INSERT INTO customer_seat_change (customer_id, seq, employee_id, opens, until_on, \
     effective_on, recorded_at, reason) SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, NULL, $4, \
     $5, 'with_contract' FROM customer_seat_change WHERE customer_id = $6",
);

/// Whoever gets a contract without its customer sees the customer from that day on, as long as he
/// has the contract. A seat that he has already is left as it is.
pub(crate) async fn seat_with_contract(
    books: &mut Writer<'_>,
    customer: CustomerId,
    who: EmployeeId,
    effective_on: Day,
) -> Result<(), Fault> {
    let none: Option<Day> = None;
    if books.run(&OPEN_SEAT, binds![customer, who, none]).await? > 0 {
        let at = books.at();
        let values = binds![customer, who, true, effective_on, at, customer];
        books.run(&SEAT_WITH_CONTRACT, values).await?;
    }
    Ok(())
}

/// The seat that came with a contract goes with it; one that somebody gave him stays.
pub(crate) async fn unseat_with_contract(
    books: &mut Writer<'_>,
    customer: CustomerId,
    who: EmployeeId,
    effective_on: Day,
) -> Result<(), Fault> {
    let Some(last) = books.first(&SEAT_OF, binds![customer, who]).await? else {
        return Ok(());
    };
    let came_with_it = last.get::<String>("reason")? == "with_contract";
    if came_with_it && last.get::<i64>("opens")? != 0 {
        books.run(&CLOSE_SEAT, binds![customer, who]).await?;
        let at = books.at();
        let values = binds![customer, who, false, effective_on, at, customer];
        books.run(&SEAT_WITH_CONTRACT, values).await?;
    }
    Ok(())
}

/// A collaborator's seat passes to somebody else, or ends when there is nobody.
pub(crate) async fn move_seat(
    books: &mut Writer<'_>,
    customer: CustomerId,
    (from, to): (EmployeeId, Option<EmployeeId>),
    (until_on, effective_on): (Option<Day>, Day),
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&CLOSE_SEAT, binds![customer, from]).await?;
    let none: Option<Day> = None;
    let ends = binds![customer, from, false, none, effective_on, at, customer];
    books.run(&SEAT_CHANGE, ends).await?;
    if let Some(to) = to
        && books
            .run(&OPEN_SEAT, binds![customer, to, until_on])
            .await?
            > 0
    {
        let opens = binds![customer, to, true, until_on, effective_on, at, customer];
        books.run(&SEAT_CHANGE, opens).await?;
    }
    Ok(())
}
