//! Contacts, opportunities and follow-ups of a customer 联系人、商机、跟进.

use std::collections::BTreeMap;

use kernel::{ContactId, CustomerId, Day, EmployeeId, Fen, FollowUpId, Moment, OpportunityId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::seen;

/// A contact person.
#[derive(Clone, Debug)]
pub(crate) struct Contact {
    pub(crate) id: ContactId,
    pub(crate) customer: CustomerId,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) is_primary: bool,
    /// How often it was edited.
    pub(crate) revision: i64,
}

impl Contact {
    /// Another one as soon as anything a form shows has changed. The revision stands for phone and
    /// e-mail, as with an employee.
    pub(crate) fn version(&self) -> String {
        seen::version(&(&self.name, &self.title, self.revision, self.is_primary))
    }
}

fn contact(row: &Row) -> Result<Contact, Fault> {
    Ok(Contact {
        id: row.get("id")?,
        customer: row.get("customer_id")?,
        name: row.get("name")?,
        title: row.get("title")?,
        phone: row.get("phone")?,
        email: row.get("email")?,
        is_primary: row.get("is_primary")?,
        revision: row.get("revision")?,
    })
}

const CONTACT: Select = Select::new(
    "SELECT id, customer_id, name, title, phone, email, is_primary, revision \
     FROM customer_contact WHERE id = $1",
);
const ADD_CONTACT: Change = Change::new(
    "INSERT INTO customer_contact (id, customer_id, name, title, phone, email, is_primary, extra) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, '{}')",
);
const SET_CONTACT: Change = Change::new(
    "UPDATE customer_contact SET name = $2, title = $3, phone = $4, email = $5, is_primary = $6, \
     revision = revision + 1 WHERE id = $1",
);
const NO_PRIMARY: Change =
    Change::new("UPDATE customer_contact SET is_primary = 0 WHERE customer_id = $1 AND id <> $2");

pub(crate) async fn find_contact(
    books: &mut Reader<'_>,
    id: ContactId,
) -> Result<Option<Contact>, Fault> {
    books
        .first(&CONTACT, binds![id])
        .await?
        .map(|row| contact(&row))
        .transpose()
}

/// The contacts of these customers, the first contact first.
pub(crate) async fn contacts_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<Contact>, Fault> {
    let mut query = Query::new(
        "SELECT id, customer_id, name, title, phone, email, is_primary, revision \
         FROM customer_contact WHERE customer_id IN ",
    );
    query.bind_list(customers.iter().copied());
    query.push(" ORDER BY is_primary DESC, name, id LIMIT 500");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(contact)
        .collect()
}

pub(crate) async fn add_contact(books: &mut Writer<'_>, new: &Contact) -> Result<(), Fault> {
    let Contact {
        id,
        customer,
        name,
        title,
        phone,
        email,
        is_primary,
        revision: _,
    } = new.clone();
    let values = binds![id, customer, name, title, phone, email, is_primary];
    books.run(&ADD_CONTACT, values).await?;
    if is_primary {
        books.run(&NO_PRIMARY, binds![customer, id]).await?;
    }
    Ok(())
}

pub(crate) async fn set_contact(books: &mut Writer<'_>, edited: &Contact) -> Result<(), Fault> {
    let Contact {
        id,
        customer,
        name,
        title,
        phone,
        email,
        is_primary,
        revision: _,
    } = edited.clone();
    books
        .run(
            &SET_CONTACT,
            binds![id, name, title, phone, email, is_primary],
        )
        .await?;
    if is_primary {
        books.run(&NO_PRIMARY, binds![customer, id]).await?;
    }
    Ok(())
}

/// An opportunity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opportunity {
    pub(crate) id: OpportunityId,
    pub(crate) number: String,
    pub(crate) customer: CustomerId,
    pub(crate) owner: Option<EmployeeId>,
    pub(crate) title: String,
    pub(crate) product: String,
    pub(crate) stage: String,
    pub(crate) amount: Option<Fen>,
    pub(crate) opened_on: Option<Day>,
    pub(crate) closed_on: Option<Day>,
}

fn opportunity(row: &Row) -> Result<Opportunity, Fault> {
    Ok(Opportunity {
        id: row.get("id")?,
        number: row.get("number")?,
        customer: row.get("customer_id")?,
        owner: row.get("owner_id")?,
        title: row.get("title")?,
        product: row.get("product")?,
        stage: row.get("stage")?,
        amount: row.get("amount")?,
        opened_on: row.get("opened_on")?,
        closed_on: row.get("closed_on")?,
    })
}

const OPPORTUNITY: &str = "SELECT id, number, customer_id, owner_id, title, \
    product, stage, amount, \
     opened_on, closed_on FROM customer_opportunity WHERE ";
const ADD_OPPORTUNITY: Change = Change::new(
    "INSERT INTO customer_opportunity (id, number, customer_id, owner_id, title, product, stage, \
     amount, opened_on, closed_on, extra) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '{}')",
);
const SET_STAGE: Change =
    Change::new("UPDATE customer_opportunity SET stage = $2, closed_on = $3 WHERE id = $1");

pub(crate) async fn find_opportunity(
    books: &mut Reader<'_>,
    id: OpportunityId,
) -> Result<Option<Opportunity>, Fault> {
    let mut query = Query::new(OPPORTUNITY);
    query.push("customer_id IS NOT NULL AND id = ").bind(id);
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| opportunity(&row))
        .transpose()
}

/// The opportunities of these customers: open ones first, then the newest.
pub(crate) async fn opportunities_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
) -> Result<Vec<Opportunity>, Fault> {
    let mut query = Query::new(OPPORTUNITY);
    query
        .push("customer_id IN ")
        .bind_list(customers.iter().copied());
    query.push(" ORDER BY CASE WHEN closed_on IS NULL THEN 0 ELSE 1 END, id DESC LIMIT 1000");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(opportunity)
        .collect()
}

/// Number and stage of these opportunities, by id.
pub(crate) async fn opportunity_words(
    books: &mut Reader<'_>,
    opportunities: &[String],
) -> Result<BTreeMap<String, (String, String)>, Fault> {
    let mut words = BTreeMap::new();
    for some in opportunities.chunks(500) {
        let mut query =
            Query::new("SELECT id, number, stage FROM customer_opportunity WHERE id IN ");
        query.bind_list(some.iter().map(String::as_str));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            words.insert(row.get("id")?, (row.get("number")?, row.get("stage")?));
        }
    }
    Ok(words)
}

pub(crate) async fn add_opportunity(
    books: &mut Writer<'_>,
    new: &Opportunity,
) -> Result<(), Fault> {
    let values = binds![
        new.id,
        new.number.as_str(),
        new.customer,
        new.owner,
        new.title.as_str(),
        new.product.as_str(),
        new.stage.as_str(),
        new.amount,
        new.opened_on,
        new.closed_on,
    ];
    books.run(&ADD_OPPORTUNITY, values).await?;
    Ok(())
}

pub(crate) async fn set_stage(
    books: &mut Writer<'_>,
    id: OpportunityId,
    stage: &str,
    closed_on: Option<Day>,
) -> Result<(), Fault> {
    books.run(&SET_STAGE, binds![id, stage, closed_on]).await?;
    Ok(())
}

/// Puts these opportunities under another name; nothing else of them changes.
pub(crate) async fn pass_opportunities(
    books: &mut Writer<'_>,
    ids: &[OpportunityId],
    to: EmployeeId,
) -> Result<(), Fault> {
    for some in ids.chunks(500) {
        let mut query = Query::new("UPDATE customer_opportunity SET owner_id = ");
        query
            .bind(to)
            .push(" WHERE id IN ")
            .bind_list(some.iter().copied());
        let (change, values) = query.change();
        books.run(&change, values).await?;
    }
    Ok(())
}

/// A follow-up to be added.
#[derive(Clone, Debug)]
pub(crate) struct FollowUp<'a> {
    pub(crate) id: FollowUpId,
    pub(crate) customer: CustomerId,
    pub(crate) opportunity: Option<OpportunityId>,
    pub(crate) author: EmployeeId,
    pub(crate) at: Moment,
    pub(crate) kind: &'a str,
    pub(crate) text: &'a str,
    pub(crate) next_on: Option<Day>,
}

const ADD_FOLLOW_UP: Change = Change::new(
    "INSERT INTO customer_follow_up (id, customer_id, opportunity_id, author_id, at, kind, text, \
     next_on, duty_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const DUTY_DONE: Change = Change::new(
    "UPDATE customer_follow_up SET duty_id = NULL WHERE customer_id = $1 AND duty_id = $2",
);

/// Writes a follow-up; what its author still had to do for the customer is done by it, and what is
/// next becomes his duty.
pub(crate) async fn add_follow_up(books: &mut Writer<'_>, new: &FollowUp<'_>) -> Result<(), Fault> {
    books
        .run(&DUTY_DONE, binds![new.customer, new.author])
        .await?;
    let duty = new.next_on.map(|_| new.author);
    let values = binds![
        new.id,
        new.customer,
        new.opportunity,
        new.author,
        new.at,
        new.kind,
        new.text,
        new.next_on,
        duty,
    ];
    books.run(&ADD_FOLLOW_UP, values).await?;
    Ok(())
}

/// A follow-up with its author's name.
pub(crate) struct FollowUpLine {
    pub(crate) id: FollowUpId,
    pub(crate) customer: CustomerId,
    pub(crate) opportunity: Option<OpportunityId>,
    pub(crate) author: (EmployeeId, String, String),
    pub(crate) at: Moment,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) next_on: Option<Day>,
    pub(crate) duty: Option<EmployeeId>,
}

/// The days on which these follow-ups are due, by id.
pub(crate) async fn next_days(
    books: &mut Reader<'_>,
    follow_ups: &[String],
) -> Result<BTreeMap<String, Day>, Fault> {
    let mut days = BTreeMap::new();
    for some in follow_ups.chunks(500) {
        let mut query = Query::new("SELECT id, next_on FROM customer_follow_up WHERE ");
        query
            .push("next_on IS NOT NULL AND id IN ")
            .bind_list(some.iter().map(String::as_str));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            days.insert(row.get("id")?, row.get("next_on")?);
        }
    }
    Ok(days)
}

/// The follow-ups of these customers, newest first; `before` is the place where a page ended.
pub(crate) async fn follow_ups_of(
    books: &mut Reader<'_>,
    customers: &[CustomerId],
    before: Option<(Moment, FollowUpId)>,
    limit: i64,
) -> Result<Vec<FollowUpLine>, Fault> {
    let mut query = Query::new(
        "SELECT f.id AS id, f.customer_id AS customer_id, f.opportunity_id AS opportunity_id, \
         e.id AS author_id, e.number AS number, e.name AS name, f.at AS at, f.kind AS kind, \
         f.text AS text, f.next_on AS next_on, f.duty_id AS duty_id FROM customer_follow_up f \
         JOIN people_employee e ON e.id = f.author_id WHERE f.customer_id IN ",
    );
    query.bind_list(customers.iter().copied());
    if let Some((at, id)) = before {
        query
            .push(" AND (f.at < ")
            .bind(at)
            .push(" OR (f.at = ")
            .bind(at);
        query.push(" AND f.id < ").bind(id).push("))");
    }
    query
        .push(" ORDER BY f.at DESC, f.id DESC LIMIT ")
        .bind(limit);
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let line = |row: &Row| {
        Ok(FollowUpLine {
            id: row.get("id")?,
            customer: row.get("customer_id")?,
            opportunity: row.get("opportunity_id")?,
            author: (row.get("author_id")?, row.get("number")?, row.get("name")?),
            at: row.get("at")?,
            kind: row.get("kind")?,
            text: row.get("text")?,
            next_on: row.get("next_on")?,
            duty: row.get("duty_id")?,
        })
    };
    rows.iter().map(line).collect()
}

const OPEN_DUTIES: Select = Select::new(
    "SELECT id FROM customer_follow_up WHERE customer_id = $1 AND duty_id = $2 ORDER BY id",
);

/// What somebody still has to do for a customer.
pub(crate) async fn open_duties(
    books: &mut Reader<'_>,
    customer: CustomerId,
    employee: Option<EmployeeId>,
) -> Result<Vec<FollowUpId>, Fault> {
    let rows = books.all(&OPEN_DUTIES, binds![customer, employee]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Puts these duties under another name; nothing else of the follow-ups changes.
pub(crate) async fn pass_duties(
    books: &mut Writer<'_>,
    ids: &[FollowUpId],
    to: EmployeeId,
) -> Result<(), Fault> {
    for some in ids.chunks(500) {
        let mut query = Query::new("UPDATE customer_follow_up SET duty_id = ");
        query
            .bind(to)
            .push(" WHERE id IN ")
            .bind_list(some.iter().copied());
        let (change, values) = query.change();
        books.run(&change, values).await?;
    }
    Ok(())
}
