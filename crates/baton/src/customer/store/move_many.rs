//! Many customers and what hangs on them change hands at once 批量变更归属.
//!
//! Stage, state, texts and everything closed stay as they are: only the holder changes.

use std::collections::BTreeMap;

use kernel::{CustomerId, Day, EmployeeId, PlanId};
use spine::{Change, Fault, Query, Reader, Select, Writer, binds};

/// As many ids as one statement names one by one.
const AT_ONCE: usize = 1_000;
/// As many things as one statement moves, which is a trip to a server.
const MOVED_AT_ONCE: usize = 4_000;
/// The same on SQLite, which keeps a copy of each page that a statement changes until it ends.
const MOVED_IN_PLACE: usize = 500;

/// How the things to be moved are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Named<'a> {
    /// By the customers they belong to, but for these.
    ByCustomer { except: &'a [String] },
    /// By their own ids.
    ById,
}

/// What one person passes on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Passing<'a> {
    pub(crate) from: EmployeeId,
    /// What, and who gets it.
    pub(crate) to: &'a [(String, EmployeeId)],
    pub(crate) named: Named<'a>,
}

impl Passing<'_> {
    /// As many parts as there are statements.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Passing<'_>> {
        self.to
            .chunks(MOVED_AT_ONCE)
            .map(|to| Passing { to, ..*self })
    }

    /// Adds what is named and who gets it as the table `p`.
    pub(crate) fn push_pairs(&self, query: &mut Query) {
        let pairs = self.to.iter().map(|(what, to)| (what.as_str(), *to));
        query.bind_pairs(pairs).push(" AS p ");
    }

    /// Adds that a thing `i` is one of those that `p` names.
    pub(crate) fn push_named(&self, query: &mut Query) {
        query.push(match self.named {
            Named::ById => " AND i.id = p.column1",
            Named::ByCustomer { .. } => " AND i.customer_id = p.column1",
        });
        self.push_except(query);
    }

    fn push_except(&self, query: &mut Query) {
        if let Named::ByCustomer { except } = self.named
            && !except.is_empty()
        {
            query.push(" AND i.id NOT IN ");
            query.bind_list(except.iter().map(String::as_str));
        }
    }

    /// Sets the holder of what is passed on: `set` names the table as `i` and the column, `held`
    /// what is open and, at its end, the column again. Gives the number of things.
    pub(crate) async fn carry_out(
        &self,
        books: &mut Writer<'_>,
        set: &'static str,
        held: &'static str,
    ) -> Result<u64, Fault> {
        let held = |query: &mut Query| {
            query.push(held);
        };
        self.carry_out_where(books, set, &held).await
    }

    /// The same, where what is open asks for a value: `held` adds the condition, and at its end the
    /// column.
    pub(crate) async fn carry_out_where(
        &self,
        books: &mut Writer<'_>,
        set: &'static str,
        held: &(impl Fn(&mut Query) + Sync),
    ) -> Result<u64, Fault> {
        if !books.dialect().plans_by_statistics() {
            return self.carry_out_by_successor(books, set, held).await;
        }
        let mut moved = 0;
        for part in self.parts() {
            let mut query = Query::new(set);
            query.push(" = p.column2 FROM ");
            part.push_pairs(&mut query);
            query.push("WHERE ");
            held(&mut query);
            query.push(" = ").bind(part.from);
            part.push_named(&mut query);
            let (change, values) = query.change();
            moved += books.run(&change, values).await?;
        }
        Ok(moved)
    }

    /// The same, one statement a successor: SQLite would walk all that one person holds, and the
    /// pairs from their beginning for each of it.
    async fn carry_out_by_successor(
        &self,
        books: &mut Writer<'_>,
        set: &'static str,
        held: &(impl Fn(&mut Query) + Sync),
    ) -> Result<u64, Fault> {
        let mut shares: BTreeMap<EmployeeId, Vec<&str>> = BTreeMap::new();
        for (what, to) in self.to {
            shares.entry(*to).or_default().push(what);
        }
        let mut moved = 0;
        for (to, things) in shares {
            for some in things.chunks(AT_ONCE) {
                let mut query = Query::new(set);
                query.push(" = ").bind(to);
                query.push(" WHERE ");
                held(&mut query);
                query.push(" = ").bind(self.from);
                query.push(match self.named {
                    Named::ById => " AND i.id IN ",
                    Named::ByCustomer { .. } => " AND i.customer_id IN ",
                });
                query.bind_list(some.iter().copied());
                self.push_except(&mut query);
                let (change, values) = query.change();
                moved += books.run(&change, values).await?;
            }
        }
        Ok(moved)
    }
}

/// Where a customer's timeline ends, and whom its record names today.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    /// Number of the last row.
    pub(crate) seq: i64,
    /// Its day.
    pub(crate) effective_on: Day,
    pub(crate) owner: Option<EmployeeId>,
    /// The customer's place in the order of names.
    pub(crate) sort_key: String,
}

/// How each of these customers stands.
pub(crate) async fn standings_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Standing>, Fault> {
    let mut found = BTreeMap::new();
    for some in customers.chunks(AT_ONCE) {
        let mut query = Query::new(
            "SELECT c.id AS customer_id, max(a.seq) AS seq, max(a.effective_on) AS effective_on, \
             c.owner_id AS owner_id, c.sort_key AS sort_key FROM customer c \
             JOIN customer_assignment a ON a.customer_id = c.id WHERE c.id IN ",
        );
        query.bind_list(some.iter().copied());
        // A timeline never goes back, so its last row has the latest day too.
        query.push(" GROUP BY c.id, c.owner_id, c.sort_key");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let standing = Standing {
                seq: row.get("seq")?,
                effective_on: row.get("effective_on")?,
                owner: row.get("owner_id")?,
                sort_key: row.get("sort_key")?,
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
pub(crate) struct OwnerChange<'a> {
    pub(crate) customer: CustomerId,
    /// Number of the new row of the timeline.
    pub(crate) seq: i64,
    pub(crate) effective_on: Day,
    pub(crate) to: EmployeeId,
    /// The customer's place in the order of names.
    pub(crate) sort_key: &'a str,
}

/// Appends the rows of the timelines and sets what holds today.
pub(crate) async fn move_many_customers(
    books: &mut Writer<'_>,
    changes: &[OwnerChange<'_>],
    recorded_by: &str,
    plan: PlanId,
) -> Result<(), Fault> {
    let at = books.at();
    let row = |change: &OwnerChange<'_>| {
        let OwnerChange {
            customer,
            seq,
            effective_on,
            to,
            ..
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
    let at_once = if books.dialect().travels() {
        MOVED_AT_ONCE
    } else {
        MOVED_IN_PLACE
    };
    let mut alike: BTreeMap<Day, Vec<&OwnerChange<'_>>> = BTreeMap::new();
    for change in changes {
        alike.entry(change.effective_on).or_default().push(change);
    }
    for (effective_on, mut changes) in alike {
        // The lists are in the order of names, so that neighbours in a list change together.
        changes.sort_unstable_by_key(|change| change.sort_key);
        for some in changes.chunks(at_once) {
            let mut query = Query::new("UPDATE customer AS c SET owner_id = p.column2, ");
            query.push("owned_since = ").bind(effective_on);
            query.push(" FROM ");
            query.bind_pairs(some.iter().map(|change| (change.customer, change.to)));
            query.push(" AS p WHERE c.id = p.column1");
            let (change, values) = query.change();
            books.run(&change, values).await?;
        }
    }
    Ok(())
}

/// Open opportunities pass on; gives their number.
pub(crate) async fn move_many_opportunities(
    books: &mut Writer<'_>,
    passing: Passing<'_>,
) -> Result<u64, Fault> {
    let set = "UPDATE customer_opportunity AS i SET owner_id";
    passing
        .carry_out(books, set, "i.closed_on IS NULL AND i.owner_id")
        .await
}

/// Follow-up duties pass on; who wrote the follow-up stays. Gives their number.
pub(crate) async fn move_many_duties(
    books: &mut Writer<'_>,
    passing: Passing<'_>,
) -> Result<u64, Fault> {
    let set = "UPDATE customer_follow_up AS i SET duty_id";
    passing.carry_out(books, set, "i.duty_id").await
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
