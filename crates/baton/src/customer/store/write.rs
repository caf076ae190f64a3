//! Adding, editing and merging customers 客户写入.

use kernel::{CustomerId, Day};
use spine::{Change, Fault, Writer, binds};

use crate::customer::terms;

/// A customer to be added; its owner comes with the first row of its history.
pub(crate) struct NewCustomer<'a> {
    pub(crate) id: CustomerId,
    pub(crate) number: &'a str,
    pub(crate) name: &'a str,
    pub(crate) credit_code: Option<&'a str>,
    pub(crate) industry: &'a str,
    pub(crate) region: &'a str,
    pub(crate) tier: &'a str,
    pub(crate) address: &'a str,
}

const ADD: Change = Change::new(
    "INSERT INTO customer (id, number, name, name_key, sort_key, search, credit_code, industry, \
     region, tier, address, state, owned_since, created_at, extra) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', $12, $13, '{}')",
);
const ADD_TERM: &str = "INSERT INTO customer_term (run, leads, term, customer_id) VALUES ";
const DROP_TERM: Change = Change::new(
    "DELETE FROM customer_term WHERE run IN (SELECT run FROM customer_term_run) \
     AND leads IN (0, 1, 2) AND term = $1 AND customer_id = $2",
);

pub(crate) async fn add_customer(
    books: &mut Writer<'_>,
    new: &NewCustomer<'_>,
) -> Result<(), Fault> {
    let keys = terms::keys(new.name, new.number);
    let (at, today) = (books.at(), books.today());
    let values = binds![
        new.id,
        new.number,
        new.name,
        customer::NameKey::of(new.name).core,
        keys.sort_key,
        keys.search,
        new.credit_code.map(str::to_owned),
        new.industry,
        new.region,
        new.tier,
        new.address,
        today,
        at,
    ];
    books.run(&ADD, values).await?;
    let rows = keys
        .terms
        .into_iter()
        .map(|term| binds![0, term.leads, term.text, new.id])
        .collect();
    books.insert_many(ADD_TERM, "", rows).await
}

const EDIT: Change = Change::new(
    "UPDATE customer SET name = $2, name_key = $3, sort_key = $4, search = $5, credit_code = $6, \
     industry = $7, region = $8, tier = $9, address = $10 WHERE id = $1",
);

/// Gives a customer these particulars; `name_before` tells which terms it was found by.
pub(crate) async fn edit_customer(
    books: &mut Writer<'_>,
    name_before: &str,
    edited: &NewCustomer<'_>,
) -> Result<(), Fault> {
    let before = terms::keys(name_before, edited.number).terms;
    let keys = terms::keys(edited.name, edited.number);
    let values = binds![
        edited.id,
        edited.name,
        customer::NameKey::of(edited.name).core,
        keys.sort_key,
        keys.search,
        edited.credit_code.map(str::to_owned),
        edited.industry,
        edited.region,
        edited.tier,
        edited.address,
    ];
    books.run(&EDIT, values).await?;
    if before == keys.terms {
        return Ok(());
    }
    // What was written by a bulk load lies in another run: all of it goes, all of it comes anew.
    for term in &before {
        books
            .run(&DROP_TERM, binds![term.text.as_str(), edited.id])
            .await?;
    }
    let rows = keys
        .terms
        .into_iter()
        .map(|term| binds![0, term.leads, term.text, edited.id])
        .collect();
    books
        .insert_many(ADD_TERM, " ON CONFLICT DO NOTHING", rows)
        .await
}

const TOUCH: Change = Change::new(
    "UPDATE customer SET last_follow_up_on = $2 WHERE id = $1 \
     AND (last_follow_up_on IS NULL OR last_follow_up_on < $3)",
);

/// Notes the day of the last follow-up.
pub(crate) async fn touch(books: &mut Writer<'_>, id: CustomerId, on: Day) -> Result<(), Fault> {
    books.run(&TOUCH, binds![id, on, on]).await?;
    Ok(())
}

const MERGE: Change =
    Change::new("UPDATE customer SET state = 'merged', merged_into_id = $2 WHERE id = $1");
const MERGE_ON: Change =
    Change::new("UPDATE customer SET merged_into_id = $2 WHERE merged_into_id = $1");

/// Marks a customer, and those merged into it before, as merged into another.
pub(crate) async fn merge(
    books: &mut Writer<'_>,
    from: CustomerId,
    into: CustomerId,
) -> Result<(), Fault> {
    books.run(&MERGE_ON, binds![from, into]).await?;
    books.run(&MERGE, binds![from, into]).await?;
    Ok(())
}
