//! What the engines must know about people and customers 交接取数.

use std::collections::BTreeMap;

use ::handover::conflict::{ConflictFacts, OwnerTruth, Receiver, UnderApproval};
use ::handover::holding::{HoldingKey, HoldingKind};
use ::succession::facts::{CandidateFacts, CustomerFacts, NO_LIMIT};
use kernel::{CustomerId, Day, DepartmentId, EmployeeId, Fen};
use spine::{Failure, Fault, Query, Reader, Row, Select, binds};

use crate::departure::store as departures;
use crate::people::store::{self as people, Employee};
use crate::told;

/// As many people as are weighed for one plan.
const MOST_CANDIDATES: i64 = 200;
/// What a customer is worth a year is what it ordered in so many days.
const YEAR_DAYS: i64 = 365;

fn whole(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

fn capacity(limit: Option<i64>) -> u32 {
    limit.map_or(NO_LIMIT, whole)
}

/// The words of a list that people typed: `华东、华南`.
fn words(text: &str) -> Vec<String> {
    let parts = text.split([',', '，', '、', ';', '；', ' ']);
    parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `A` is the best tier; what is no letter comes last.
fn tier(text: &str) -> u8 {
    match text.trim().bytes().next() {
        Some(letter @ b'A'..=b'Z') => letter - b'A' + 1,
        Some(letter @ b'a'..=b'z') => letter - b'a' + 1,
        _ => 27,
    }
}

const CUSTOMERS: Select =
    Select::new("SELECT id, region, industry, tier FROM customer WHERE owner_id = $1 ORDER BY id");
const COLLABORATORS: Select = Select::new(
    "SELECT s.customer_id AS customer_id, s.employee_id AS employee_id FROM customer_seat s \
     JOIN customer c ON c.id = s.customer_id WHERE c.owner_id = $1",
);
const WORTH: Select = Select::new(
    "SELECT o.customer_id AS customer_id, CAST(sum(o.amount) AS BIGINT) AS worth \
     FROM receivable_order o JOIN customer c ON c.id = o.customer_id \
     WHERE c.owner_id = $1 AND o.ordered_on > $2 GROUP BY o.customer_id",
);

/// Every customer of this person, as the succession engine wants it.
pub(crate) async fn customers(
    books: &mut Reader<'_>,
    person: &Employee,
) -> Result<Vec<CustomerFacts>, Fault> {
    let since = books.today().plus_days(-YEAR_DAYS);
    let mut beside: BTreeMap<CustomerId, Vec<EmployeeId>> = BTreeMap::new();
    for row in books.all(&COLLABORATORS, binds![person.id]).await? {
        beside
            .entry(row.get("customer_id")?)
            .or_default()
            .push(row.get("employee_id")?);
    }
    let mut worth: BTreeMap<CustomerId, Fen> = BTreeMap::new();
    for row in books.all(&WORTH, binds![person.id, since]).await? {
        worth.insert(row.get("customer_id")?, row.get("worth")?);
    }
    let rows = books.all(&CUSTOMERS, binds![person.id]).await?;
    let facts = |row: &Row| {
        let customer: CustomerId = row.get("id")?;
        let named = |text: String| (!text.is_empty()).then_some(text);
        Ok(CustomerFacts {
            customer,
            region: named(row.get("region")?),
            industry: named(row.get("industry")?),
            tier: tier(&row.get::<String>("tier")?),
            value: worth.get(&customer).copied().unwrap_or(Fen::ZERO),
            department: Some(person.department),
            collaborators: beside.remove(&customer).unwrap_or_default(),
            declined_by: Vec::new(),
        })
    };
    rows.iter().map(facts).collect()
}

const OWNERS_WORTH: Select = Select::new(
    "SELECT c.owner_id AS owner_id, CAST(sum(o.amount) AS BIGINT) AS worth \
     FROM receivable_order o JOIN customer c ON c.id = o.customer_id \
     WHERE o.ordered_on > $1 AND c.owner_id IS NOT NULL GROUP BY c.owner_id",
);

/// Who could take over: the salespeople of the leaver's department, or of the whole company when
/// those have no room for so many customers.
pub(crate) async fn candidates(
    books: &mut Reader<'_>,
    person: &Employee,
    customers: usize,
) -> Result<Vec<CandidateFacts>, Failure> {
    let organisation = people::organisation(books).await?;
    let near = sellers(books, person.id, &organisation.subtree(person.department)).await?;
    let room: u64 = near
        .iter()
        .map(|one| u64::from(one.capacity.saturating_sub(one.current_load)))
        .sum();
    let mut found = near;
    if room < customers as u64 || found.is_empty() {
        found = sellers(books, person.id, &[]).await?;
    }
    let since = books.today().plus_days(-YEAR_DAYS);
    let mut worth: BTreeMap<EmployeeId, Fen> = BTreeMap::new();
    for row in books.all(&OWNERS_WORTH, binds![since]).await? {
        worth.insert(row.get("owner_id")?, row.get("worth")?);
    }
    for one in &mut found {
        one.current_value = worth.get(&one.employee).copied().unwrap_or(Fen::ZERO);
    }
    Ok(found)
}

async fn sellers(
    books: &mut Reader<'_>,
    leaver: EmployeeId,
    departments: &[DepartmentId],
) -> Result<Vec<CandidateFacts>, Fault> {
    let mut query = Query::new(
        "SELECT e.id AS id, e.name AS name, e.department_id AS department_id, \
         e.regions AS regions, e.industries AS industries, e.capacity AS capacity, \
         (SELECT count(*) FROM customer c WHERE c.owner_id = e.id) AS owned \
         FROM people_employee e WHERE e.sells = 1 AND e.state = 'active' AND e.id <> ",
    );
    query.bind(leaver);
    if !departments.is_empty() {
        query
            .push(" AND e.department_id IN ")
            .bind_list(departments.iter().copied());
    }
    query
        .push(" ORDER BY e.number LIMIT ")
        .bind(MOST_CANDIDATES);
    let (select, values) = query.select();
    let facts = |row: &Row| {
        Ok(CandidateFacts {
            employee: row.get("id")?,
            name: row.get("name")?,
            regions: words(&row.get::<String>("regions")?),
            industries: words(&row.get::<String>("industries")?),
            departments: vec![row.get("department_id")?],
            current_load: whole(row.get("owned")?),
            capacity: capacity(row.get("capacity")?),
            current_value: Fen::ZERO,
            leaving: false,
            active: true,
        })
    };
    books
        .all(&select, values)
        .await?
        .iter()
        .map(facts)
        .collect()
}

/// What is known about these people as receivers.
pub(crate) async fn receivers(
    books: &mut Reader<'_>,
    people: &[EmployeeId],
) -> Result<Vec<Receiver>, Fault> {
    let leaving: BTreeMap<EmployeeId, Day> =
        departures::leaving(books).await?.into_iter().collect();
    let mut query = Query::new(
        "SELECT e.id AS id, e.name AS name, e.state AS state, e.capacity AS capacity, \
         (SELECT count(*) FROM customer c WHERE c.owner_id = e.id) AS owned \
         FROM people_employee e WHERE e.id IN ",
    );
    query.bind_list(people.iter().copied());
    let (select, values) = query.select();
    let today = books.today();
    let receiver = |row: &Row| {
        let employee: EmployeeId = row.get("id")?;
        let leaving_on = leaving.get(&employee).copied();
        Ok(Receiver {
            employee,
            name: row.get("name")?,
            active: row.get::<String>("state")? != "left",
            leaving_on,
            gone: leaving_on.is_some_and(|day| day < today),
            customers_now: whole(row.get("owned")?),
            capacity: capacity(row.get("capacity")?),
        })
    };
    books
        .all(&select, values)
        .await?
        .iter()
        .map(receiver)
        .collect()
}

const TWO_TRUTHS: Select = Select::new(
    "SELECT c.id AS id, c.owner_id AS record, (SELECT a.owner_id FROM customer_assignment a \
     WHERE a.customer_id = c.id ORDER BY a.seq DESC LIMIT 1) AS timeline FROM customer c \
     WHERE c.owner_id = $1 AND coalesce((SELECT a.owner_id FROM customer_assignment a \
     WHERE a.customer_id = c.id ORDER BY a.seq DESC LIMIT 1), '') <> c.owner_id",
);
const OTHER_DEALS: Select = Select::new(
    "SELECT c.id AS id, o.owner_id AS owner_id FROM customer c \
     JOIN customer_opportunity o ON o.customer_id = c.id AND o.closed_on IS NULL \
     WHERE c.owner_id = $1 AND o.owner_id <> $2",
);

/// Customers of this person about whose owner the books disagree.
async fn owner_truths(
    books: &mut Reader<'_>,
    person: EmployeeId,
) -> Result<BTreeMap<CustomerId, OwnerTruth>, Fault> {
    let mut truths = BTreeMap::new();
    for row in books.all(&TWO_TRUTHS, binds![person]).await? {
        let customer: CustomerId = row.get("id")?;
        let (timeline, record) = (row.get("timeline")?, row.get("record")?);
        let opportunities = Vec::new();
        truths.insert(
            customer,
            OwnerTruth {
                customer,
                timeline,
                record,
                opportunities,
            },
        );
    }
    for row in books.all(&OTHER_DEALS, binds![person, person]).await? {
        let customer: CustomerId = row.get("id")?;
        let agreed = OwnerTruth {
            customer,
            timeline: Some(person),
            record: Some(person),
            opportunities: Vec::new(),
        };
        let truth = truths.entry(customer).or_insert(agreed);
        truth.opportunities.push(row.get("owner_id")?);
    }
    Ok(truths)
}

const UNDER_APPROVAL: Select = Select::new(
    "SELECT subject, title FROM approval_case WHERE closed_at IS NULL AND about_id = $1 \
     AND subject LIKE 'customer/%' ORDER BY opened_at, id",
);

/// Customers of this person about whom somebody is being asked.
async fn under_approval(
    books: &mut Reader<'_>,
    person: EmployeeId,
) -> Result<Vec<UnderApproval>, Fault> {
    let mut pending = Vec::new();
    for row in books.all(&UNDER_APPROVAL, binds![person]).await? {
        let subject: String = row.get("subject")?;
        if let Some(customer) = subject.strip_prefix("customer/") {
            let item = HoldingKey {
                kind: HoldingKind::CustomerOwnership,
                subject: customer.to_owned(),
            };
            let title: String = row.get("title")?;
            pending.push(UnderApproval {
                item,
                title_en: told::in_english(&title),
                title,
            });
        }
    }
    Ok(pending)
}

/// What must be known to find the conflicts of a plan.
pub(crate) async fn conflict_facts(
    books: &mut Reader<'_>,
    holders: &[EmployeeId],
    successors: &[EmployeeId],
) -> Result<ConflictFacts, Fault> {
    let (mut owners, mut pending) = (Vec::new(), Vec::new());
    for holder in holders {
        owners.extend(owner_truths(books, *holder).await?.into_values());
        pending.extend(under_approval(books, *holder).await?);
    }
    Ok(ConflictFacts {
        receivers: receivers(books, successors).await?,
        owners,
        under_approval: pending,
        ..ConflictFacts::default()
    })
}
