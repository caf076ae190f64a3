//! What the books know of a batch 已知情况查询.

use std::collections::{BTreeSet, HashMap};

use intake::RecordKind;
use kernel::{CustomerId, DepartmentId, EmployeeId, Fen, InvoiceId, OrderId};
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::batch::line_of;
use crate::import::line::Line;
use crate::import::plan::{Identity, Known, Numbered, Open, Owning};

type Keys = HashMap<RecordKind, BTreeSet<String>>;

/// Reads everything the plan of this batch asks for.
pub(crate) async fn known(
    books: &mut Reader<'_>,
    system: &str,
    lines: &[Line],
) -> Result<Known, Fault> {
    let mut known = Known::default();
    let keys = keys_of(lines);
    identities(books, system, &keys, &mut known).await?;
    numbered(books, &keys, &mut known).await?;
    company(books, &mut known).await?;
    let ids: BTreeSet<String> = known
        .identities
        .values()
        .map(|identity| identity.record.clone())
        .chain(known.numbered.values().map(|numbered| numbered.id.clone()))
        .collect();
    owners(books, &ids, &mut known).await?;
    papers(books, &ids, &mut known).await?;
    Ok(known)
}

/// Keys and numbers of the batch and of everything it refers to.
fn keys_of(lines: &[Line]) -> Keys {
    let mut keys = Keys::new();
    for line in lines {
        let of_kind = keys.entry(line.kind).or_default();
        of_kind.insert(line.key.clone());
        let name = if line.kind == RecordKind::Department {
            "name"
        } else {
            "number"
        };
        of_kind.insert(line.text(name).to_owned());
        for (kind, key) in line.references() {
            keys.entry(kind).or_default().insert(key.to_owned());
        }
    }
    keys
}

async fn identities(
    books: &mut Reader<'_>,
    system: &str,
    keys: &Keys,
    known: &mut Known,
) -> Result<(), Fault> {
    for (kind, keys) in keys {
        let keys: Vec<&String> = keys.iter().collect();
        for some in keys.chunks(500) {
            let mut query = Query::new(
                "SELECT i.key AS known_key, i.record_id AS known_id, i.digest AS known_digest, \
                 r.n AS n, r.kind AS kind, r.key AS key, \
                 r.body AS body, r.digest AS digest, r.source AS source FROM import_identity i \
                 LEFT JOIN import_record r ON r.batch_id = i.batch_id AND r.kind = i.kind \
                 AND r.key = i.key WHERE i.system = ",
            );
            query.bind(system).push(" AND i.kind = ").bind(kind.name());
            query
                .push(" AND i.key IN ")
                .bind_list(some.iter().map(|key| key.as_str()));
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let identity = Identity {
                    record: row.get("known_id")?,
                    digest: row.get("known_digest")?,
                    before: row
                        .get::<Option<i64>>("n")?
                        .map(|_| line_of(&row))
                        .transpose()?,
                };
                known
                    .identities
                    .insert((*kind, row.get("known_key")?), identity);
            }
        }
    }
    Ok(())
}

async fn numbered(books: &mut Reader<'_>, keys: &Keys, known: &mut Known) -> Result<(), Fault> {
    for (kind, keys) in keys {
        let select = match kind {
            RecordKind::Department => {
                "SELECT id, name AS number, name FROM people_department \
                 WHERE closed_on IS NULL AND name IN "
            }
            RecordKind::Employee => "SELECT id, number, name FROM people_employee WHERE number IN ",
            RecordKind::Product => {
                "SELECT number AS id, number, name FROM customer_product WHERE number IN "
            }
            RecordKind::Customer => "SELECT id, number, name FROM customer WHERE number IN ",
            RecordKind::Opportunity => {
                "SELECT id, number, title AS name FROM customer_opportunity WHERE number IN "
            }
            RecordKind::Contract => {
                "SELECT id, number, title AS name FROM receivable_contract WHERE number IN "
            }
            RecordKind::Order => {
                "SELECT id, number, number AS name FROM receivable_order WHERE number IN "
            }
            RecordKind::Invoice => {
                "SELECT id, number, number AS name FROM receivable_invoice WHERE number IN "
            }
            RecordKind::Receipt => {
                "SELECT id, number, number AS name FROM receivable_receipt WHERE number IN "
            }
            RecordKind::Contact | RecordKind::OrderLine => continue,
        };
        let keys: Vec<&String> = keys.iter().collect();
        for some in keys.chunks(500) {
            let mut query = Query::new(select);
            query.bind_list(some.iter().map(|key| key.as_str()));
            let (select, values) = query.select();
            for row in books.all(&select, values).await? {
                let numbered = Numbered {
                    id: row.get("id")?,
                    name: row.get("name")?,
                };
                known.numbered.insert((*kind, row.get("number")?), numbered);
            }
        }
    }
    Ok(())
}

const ENTITY: Select = Select::new("SELECT id FROM people_entity ORDER BY id LIMIT 1");
const POSTS: Select = Select::new("SELECT id, name FROM people_post");
const CODES: Select = Select::new("SELECT id, code FROM people_department");

async fn company(books: &mut Reader<'_>, known: &mut Known) -> Result<(), Fault> {
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

async fn owners(
    books: &mut Reader<'_>,
    ids: &BTreeSet<String>,
    known: &mut Known,
) -> Result<(), Fault> {
    let customers: Vec<CustomerId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    for some in customers.chunks(500) {
        let mut query = Query::new(
            "SELECT c.id AS id, c.owner_id AS owner_id, a.seq AS seq, \
             a.effective_on AS effective_on FROM customer c \
             JOIN customer_assignment a ON a.customer_id = c.id WHERE a.seq = \
             (SELECT max(z.seq) FROM customer_assignment z WHERE z.customer_id = c.id) \
             AND c.id IN ",
        );
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let owning = Owning {
                owner: row.get("owner_id")?,
                last_seq: row.get("seq")?,
                last_day: row.get("effective_on")?,
            };
            known.owners.insert(row.get("id")?, owning);
        }
    }
    let people: Vec<EmployeeId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    for some in people.chunks(500) {
        let mut query =
            Query::new("SELECT id FROM people_employee WHERE state = 'left' AND id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            known.left.insert(row.get("id")?);
        }
    }
    Ok(())
}

async fn papers(
    books: &mut Reader<'_>,
    ids: &BTreeSet<String>,
    known: &mut Known,
) -> Result<(), Fault> {
    let invoices: Vec<InvoiceId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
    for some in invoices.chunks(500) {
        let mut query = Query::new(
            "SELECT id, customer_id, amount - cleared AS open FROM receivable_invoice WHERE id IN ",
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
    for some in orders.chunks(500) {
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
