//! What the papers about one customer of a plan say 客户交接内容.

use ::document::{Content, Value};
use kernel::{CustomerId, Fen};
use spine::{Failure, Reader};

use super::{customer_of, filled, handed, list, one_line, put, put_some, receivable, received};
use crate::bounds;
use crate::customer::acts::add_opportunity::STAGES;
use crate::customer::acts::follow_up::KINDS;
use crate::customer::store::{self as customers, Contact, FollowUpLine, Opportunity};
use crate::document::about::{Moving, Source};
use crate::receivable::store::{self as receivables, ContractLine, OrderLine, Whose};

/// Follow-ups that are shown.
const LATEST: usize = 5;
/// Follow-ups among which the next step is looked for.
const LOOKED_AT: i64 = 200;

/// Everything of a customer that its receiver must know, as the books hold it.
pub(super) async fn handover(books: &mut Reader<'_>, source: &Source) -> Result<Content, Failure> {
    let (moving, receiver) = received(source)?;
    let customer = customer_of(moving)?;
    let mut content = handed(source, moving, receiver);
    put(&mut content, "customer", customer.name.as_str());
    put(&mut content, "customer_number", customer.number.as_str());
    put_some(
        &mut content,
        "customer_code",
        filled(customer.credit_code.as_ref()),
    );
    for (key, text) in [
        ("tier", &customer.tier),
        ("industry", &customer.industry),
        ("region", &customer.region),
        ("address", &customer.address),
    ] {
        put_some(&mut content, key, filled(Some(text)));
    }
    if customer.owner == Some(moving.plan.from) {
        put(&mut content, "owned_since", customer.owned_since);
    }
    put_some(&mut content, "last_contact_on", customer.last_follow_up_on);
    let family = customers::family(books, customer.id).await?;
    let contacts = customers::contacts_of(books, &family).await?;
    put(&mut content, "contacts", list(contacts.iter().map(contact)));
    papers(books, &mut content, moving, &family).await?;
    let notes = customers::follow_ups_of(books, &family, None, LOOKED_AT).await?;
    let open = |note: &&FollowUpLine| moving.moves(note.duty);
    let ahead = notes.iter().filter(open).filter_map(|note| note.next_on);
    let next = ahead.filter(|day| *day >= source.today).min();
    put_some(&mut content, "next_on", next);
    let zone = books.zone();
    let latest = notes.iter().take(LATEST);
    let latest = latest.map(|note| follow_up(note, note.at.day_in(zone)));
    put(&mut content, "follow_ups", list(latest));
    Ok(content)
}

/// Contracts, orders, opportunities and invoices that go along.
async fn papers(
    books: &mut Reader<'_>,
    content: &mut Content,
    moving: &Moving,
    family: &[CustomerId],
) -> Result<(), Failure> {
    let contracts = receivables::contracts_of(books, family).await?;
    let running = |one: &&ContractLine| {
        one.running && moving.moves(one.owner) && moving.along(&one.id.to_string())
    };
    let rows = contracts.iter().filter(running).map(contract);
    put(content, "contracts", list(rows));
    let orders = receivables::orders_of(books, family).await?;
    let running = |one: &&OrderLine| {
        one.state == "open" && moving.moves(one.owner) && moving.along(&one.id.to_string())
    };
    put(
        content,
        "orders",
        list(orders.iter().filter(running).map(order)),
    );
    let deals = customers::opportunities_of(books, family).await?;
    let running = |one: &&Opportunity| one.closed_on.is_none() && moving.moves(one.owner);
    let rows = deals.iter().filter(running).map(opportunity);
    put(content, "opportunities", list(rows));
    let today = books.today();
    let mut open = receivables::unpaid(books, Whose::Customers(family)).await?;
    open.retain(|invoice| moving.moves(invoice.responsible) && moving.along(&invoice.number));
    let rows = open.iter().map(|invoice| {
        let mut row = receivable::invoice(invoice, today);
        put(&mut row, "disputed", Value::Yes(invoice.disputed));
        row
    });
    put(content, "invoices", list(rows));
    receivable::totals(content, &open, today);
    Ok(())
}

fn contact(contact: &Contact) -> Content {
    let mut row = Content::new();
    put(&mut row, "name", contact.name.as_str());
    put(&mut row, "title", contact.title.as_str());
    // The receiver finds the whole number on the screen, where looking at it leaves a record.
    let phone = filled(contact.phone.as_ref());
    put_some(
        &mut row,
        "phone",
        phone.map(|phone| access::mask_phone(&phone)),
    );
    put(&mut row, "first", Value::Yes(contact.is_primary));
    row
}

fn contract(line: &ContractLine) -> Content {
    let mut row = Content::new();
    put(&mut row, "number", line.number.as_str());
    put(&mut row, "title", one_line(&line.title));
    put(&mut row, "signed_on", line.signed_on);
    put_some(&mut row, "ends_on", line.ends_on);
    put(&mut row, "amount", line.amount);
    put(&mut row, "state", "执行中");
    row
}

fn order(line: &OrderLine) -> Content {
    let mut row = Content::new();
    put(&mut row, "number", line.number.as_str());
    put(&mut row, "ordered_on", line.ordered_on);
    put(&mut row, "amount", line.amount);
    row
}

fn opportunity(line: &Opportunity) -> Content {
    let mut row = Content::new();
    put(&mut row, "number", line.number.as_str());
    put(&mut row, "title", one_line(&line.title));
    put(&mut row, "stage", bounds::word(STAGES, &line.stage));
    put_some(
        &mut row,
        "amount",
        line.amount.filter(|one| *one != Fen::ZERO),
    );
    row
}

fn follow_up(line: &FollowUpLine, on: kernel::Day) -> Content {
    let mut row = Content::new();
    put(&mut row, "on", on);
    put(&mut row, "kind", bounds::word(KINDS, &line.kind));
    put(&mut row, "author", line.author.2.as_str());
    put(&mut row, "text", line.text.trim());
    put_some(&mut row, "next_on", line.next_on);
    row
}

/// The letter that tells a customer who speaks for the company from now on.
pub(super) async fn letter(books: &mut Reader<'_>, source: &Source) -> Result<Content, Failure> {
    let (moving, receiver) = received(source)?;
    let customer = customer_of(moving)?;
    let mut content = handed(source, moving, receiver);
    put(&mut content, "customer", customer.name.as_str());
    let family = customers::family(books, customer.id).await?;
    let contacts = customers::contacts_of(books, &family).await?;
    let first = contacts.iter().find(|contact| contact.is_primary);
    put_some(
        &mut content,
        "attention",
        first.map(|contact| contact.name.as_str()),
    );
    put(&mut content, "giver_name", source.person.name.as_str());
    put(&mut content, "receiver_name", receiver.name.as_str());
    put(&mut content, "receiver_post", receiver.post_name.as_str());
    put_some(
        &mut content,
        "receiver_phone",
        filled(receiver.phone.as_ref()),
    );
    put_some(
        &mut content,
        "receiver_email",
        filled(receiver.email.as_ref()),
    );
    put(
        &mut content,
        "leaving",
        Value::Yes(source.departure.is_some()),
    );
    Ok(content)
}
