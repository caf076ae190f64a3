//! What the books know around a batch: the company, owners, what is open 周边情况.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use intake::RecordKind;
use kernel::{CustomerId, DepartmentId, EmployeeId, Fen, InvoiceId, OrderId};
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::known::ASKED;
use crate::departure::store as departures;
use crate::import::plan::{Face, Going, Known, Open, Standing};
use crate::people::store::full_name;

const ENTITY: Select = Select::new("SELECT id FROM people_entity ORDER BY id LIMIT 1");
const POSTS: Select = Select::new("SELECT id, name FROM people_post");
const CODES: Select = Select::new("SELECT id, code FROM people_department");

pub(super) async fn company(books: &mut Reader<'_>, known: &mut Known) -> Result<(), Fault> {
    known.entity = books
        .first(&ENTITY, binds![])
        .await?
        .map(|row| row.get("id"))
        .transpose()?;
    for row in books.all(&POSTS, binds![]).await? {
        known.posts.insert(row.get("name")?, row.get("id")?);
    }
    for row in books.all(&CODES, binds![]).await? {
        let id: DepartmentId = row.get("id")?;
        known.department_codes.insert(row.get("code")?, id);
    }
    Ok(())
}

pub(super) async fn owners(
    books: &mut Reader<'_>,
    ids: &BTreeSet<String>,
    known: &mut Known,
) -> Result<(), Fault> {
    let customers: Vec<CustomerId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    for some in customers.chunks(ASKED) {
        let mut query = Query::new(
            "SELECT c.id AS id, c.owner_id AS owner_id, c.merged_into_id AS stays_id, \
             stays.owner_id AS heir_id FROM customer c \
             LEFT JOIN customer stays ON stays.id = c.merged_into_id WHERE c.id IN ",
        );
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let id = row.get("id")?;
            known.owners.insert(id, row.get("owner_id")?);
            if let Some(stays) = row.get("stays_id")? {
                known.merged.insert(id, stays);
                known.owners.insert(stays, row.get("heir_id")?);
            }
        }
    }
    Ok(())
}

/// What of records of a kind is compared with a file that meets them under their number: the names
/// of the fields, which are those of the columns, and where they stand.
fn compared(kind: RecordKind) -> Option<(&'static [&'static str], &'static str)> {
    let found: (&'static [&'static str], &'static str) = match kind {
        RecordKind::Department => (
            &["parent"],
            "SELECT id, parent_id AS parent FROM people_department WHERE id IN ",
        ),
        RecordKind::Employee => (
            &[
                "department",
                "post",
                "line_manager",
                "hired_on",
                "phone",
                "email",
                "citizen_id",
            ],
            "SELECT e.id AS id, e.department_id AS department, p.name AS post, \
             e.line_manager_id AS line_manager, e.hired_on AS hired_on, e.phone AS phone, \
             e.email AS email, e.citizen_id AS citizen_id FROM people_employee e \
             JOIN people_post p ON p.id = e.post_id WHERE e.id IN ",
        ),
        RecordKind::Product => (
            &["price"],
            "SELECT number AS id, CAST(price AS TEXT) AS price FROM customer_product \
             WHERE number IN ",
        ),
        RecordKind::Customer => (
            &[
                "credit_code",
                "industry",
                "region",
                "tier",
                "address",
                "owner",
                "owned_since",
            ],
            "SELECT id, credit_code, industry, region, tier, address, owner_id AS owner, \
             owned_since FROM customer WHERE id IN ",
        ),
        _ => return None,
    };
    Some(found)
}

/// What the books say of these records, by id.
pub(super) async fn standing(
    books: &mut Reader<'_>,
    kind: RecordKind,
    ids: &[&str],
) -> Result<HashMap<String, Standing>, Fault> {
    let mut found = HashMap::new();
    let Some((fields, select)) = compared(kind) else {
        return Ok(found);
    };
    for some in ids.chunks(ASKED) {
        let mut query = Query::new(select);
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let mut standing = Standing::new();
            for field in fields {
                let said: Option<String> = row.get(field)?;
                if let Some(said) = said.filter(|said| !said.is_empty()) {
                    standing.insert(*field, said);
                }
            }
            found.insert(row.get("id")?, standing);
        }
    }
    Ok(found)
}

/// A contact of the batch that did not come in before, until its customer is known.
pub(super) struct Stranger {
    pub(super) n: i64,
    pub(super) key: Box<str>,
    /// The key of its customer.
    pub(super) customer: Box<str>,
    pub(super) face: Face,
}

/// Finds those contacts that their customer has in the books: came by another mapping, or were
/// entered by hand.
pub(super) async fn contacts(
    books: &mut Reader<'_>,
    strangers: Vec<Stranger>,
    known: &mut Known,
) -> Result<(), Fault> {
    let mut of: BTreeMap<CustomerId, Vec<Stranger>> = BTreeMap::new();
    for stranger in strangers {
        if let Some(customer) = known.customer(&stranger.customer) {
            of.entry(customer).or_default().push(stranger);
        }
    }
    let customers: Vec<CustomerId> = of.keys().copied().collect();
    for some in customers.chunks(250) {
        let mut there: HashMap<CustomerId, Vec<(String, Face)>> = HashMap::new();
        let mut query = Query::new(
            "SELECT t.id AS id, t.customer_id AS customer_id, t.name AS name, t.title AS title, \
             t.phone AS phone, t.email AS email FROM customer_contact t WHERE t.customer_id IN ",
        );
        query.bind_list(some.iter().copied());
        // What one had that was merged is told with the one that stays.
        query.push(
            " UNION ALL SELECT t.id, c.merged_into_id, t.name, t.title, t.phone, t.email \
             FROM customer c JOIN customer_contact t ON t.customer_id = c.id \
             WHERE c.merged_into_id IN ",
        );
        query.bind_list(some.iter().copied()).push(" ORDER BY id");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let name: String = row.get("name")?;
            let said = [row.get("title")?, row.get("phone")?, row.get("email")?];
            let face = Face::of(&name, said);
            let contacts = there.entry(row.get("customer_id")?).or_default();
            contacts.push((row.get("id")?, face));
        }
        for (customer, contacts) in there {
            for stranger in of.remove(&customer).unwrap_or_default() {
                let same = contacts.iter().find(|(_, face)| stranger.face.is(face));
                let Some((id, face)) = same else {
                    continue;
                };
                known.twins.insert(stranger.n);
                let (kind, id) = (RecordKind::Contact, id.as_str().into());
                known.ids.insert(kind, &stranger.key, id);
                let unlike = stranger.face.unlike(face);
                if !unlike.is_empty() {
                    known.unlike.insert(stranger.n, unlike);
                }
            }
        }
    }
    Ok(())
}

pub(super) async fn papers(
    books: &mut Reader<'_>,
    ids: &BTreeSet<String>,
    known: &mut Known,
) -> Result<(), Fault> {
    let invoices: Vec<InvoiceId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    for some in invoices.chunks(ASKED) {
        let mut query = Query::new(
            "SELECT i.id AS id, coalesce(c.merged_into_id, c.id) AS customer_id, \
             i.amount - i.cleared AS open FROM receivable_invoice i \
             JOIN customer c ON c.id = i.customer_id WHERE i.id IN ",
        );
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let open = Open {
                customer: row.get("customer_id")?,
                open: row.get::<Fen>("open")?,
            };
            known.open.insert(row.get("id")?, open);
        }
    }
    let orders: Vec<OrderId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    for some in orders.chunks(ASKED) {
        let mut query = Query::new(
            "SELECT order_id, max(n) AS n FROM receivable_order_line WHERE order_id IN ",
        );
        query
            .bind_list(some.iter().copied())
            .push(" GROUP BY order_id");
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            known.last_line.insert(row.get("order_id")?, row.get("n")?);
        }
    }
    let all: Vec<&String> = ids.iter().collect();
    for some in all.chunks(250) {
        let keys = || some.iter().map(|id| id.as_str());
        let mut query = Query::new(
            "SELECT id, owner_id FROM receivable_order WHERE owner_id IS NOT NULL AND id IN ",
        );
        query.bind_list(keys());
        query.push(" UNION ALL SELECT id, owner_id FROM receivable_contract ");
        query
            .push("WHERE owner_id IS NOT NULL AND id IN ")
            .bind_list(keys());
        query.push(" UNION ALL SELECT id, owner_id FROM customer_opportunity ");
        query
            .push("WHERE owner_id IS NOT NULL AND id IN ")
            .bind_list(keys());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let row: &Row = &row;
            known
                .paper_owners
                .insert(row.get("id")?, row.get("owner_id")?);
        }
    }
    Ok(())
}

/// Which of the people that the batch names, and of those who own what it speaks of, left or are
/// leaving, and when they were hired.
pub(super) async fn staff(
    books: &mut Reader<'_>,
    ids: &BTreeSet<String>,
    known: &mut Known,
) -> Result<(), Fault> {
    let named = ids.iter().filter_map(|id| id.parse().ok());
    let mut people: BTreeSet<EmployeeId> = named.collect();
    people.extend(known.owners.values().copied().flatten());
    people.extend(known.paper_owners.values().copied());
    let people: Vec<EmployeeId> = people.into_iter().collect();
    for some in people.chunks(ASKED) {
        let mut query = Query::new(
            "SELECT id, number, name, state, hired_on FROM people_employee WHERE id IN ",
        );
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let id: EmployeeId = row.get("id")?;
            known.hired.insert(id, row.get("hired_on")?);
            let (number, name): (String, String) = (row.get("number")?, row.get("name")?);
            let called = full_name(&name, &number);
            known.people.insert(id, called.clone());
            let state: String = row.get("state")?;
            if !matches!(state.as_str(), "left" | "notice") {
                continue;
            }
            let departure = departures::disclosed_of(books, id).await?;
            let going = Going {
                called,
                left: state == "left",
                departure: departure.map(|departure| departure.number),
            };
            known.going.insert(id, going);
        }
    }
    Ok(())
}
