//! What the books know around a batch: the company, owners, what is open 周边情况.

use std::collections::BTreeSet;

use kernel::{CustomerId, DepartmentId, EmployeeId, Fen, InvoiceId, OrderId};
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::known::ASKED;
use crate::departure::store as departures;
use crate::import::plan::{Going, Known, Open};
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
