//! Adding, editing and merging customers 客户写入.

use std::collections::BTreeSet;

use kernel::{CustomerId, Day};
use spine::{Binds, Change, Fault, Select, Writer, binds};

use crate::customer::terms::{self, Term};

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
     region, tier, address, state, owned_since, created_at, extra, term_no) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'active', $12, $13, '{}', $14)",
);
pub(super) const ADD_TERM: &str =
    "INSERT INTO customer_term (run, leads, term, term_no, region) VALUES ";
const DROP_TERM: Change = Change::new(
    "DELETE FROM customer_term WHERE run IN (SELECT run FROM customer_term_run) \
     AND leads = $1 AND term = $2 AND term_no = $3",
);
const MOVE_TERM: Change = Change::new(
    "UPDATE customer_term SET region = $1 WHERE run IN (SELECT run FROM customer_term_run) \
     AND leads = $2 AND term = $3 AND term_no = $4",
);
const LAST_TERM_NO: Select = Select::new("SELECT coalesce(max(term_no), 0) AS n FROM customer");
const TERM_NO: Select = Select::new("SELECT term_no AS n FROM customer WHERE id = $1");

/// The number under which the terms of the next customer are kept. Acts that add customers wait for
/// one another.
pub(super) async fn next_term_no(books: &mut Writer<'_>) -> Result<i64, Fault> {
    Ok(books.count(&LAST_TERM_NO, binds![]).await? + 1)
}

fn term_rows(terms: BTreeSet<Term>, term_no: i64, region: &str) -> Vec<Binds> {
    let row = |term: Term| binds![0, term.leads, term.text.as_str(), term_no, region];
    terms.into_iter().map(row).collect()
}

pub(crate) async fn add_customer(
    books: &mut Writer<'_>,
    new: &NewCustomer<'_>,
) -> Result<(), Fault> {
    let keys = terms::keys(new.name, new.number);
    let (at, today) = (books.at(), books.today());
    let term_no = next_term_no(books).await?;
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
        term_no,
    ];
    books.run(&ADD, values).await?;
    let rows = term_rows(keys.terms, term_no, new.region);
    books.insert_many(ADD_TERM, "", rows).await
}

const EDIT: Change = Change::new(
    "UPDATE customer SET name = $2, name_key = $3, sort_key = $4, search = $5, credit_code = $6, \
     industry = $7, region = $8, tier = $9, address = $10 WHERE id = $1",
);

/// Gives a customer these particulars; its name and region before tell which terms it was found by.
pub(crate) async fn edit_customer(
    books: &mut Writer<'_>,
    (name_before, region_before): (&str, &str),
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
    let term_no = books.count(&TERM_NO, binds![edited.id]).await?;
    if before == keys.terms {
        if region_before != edited.region {
            for term in before {
                let values = binds![edited.region, term.leads, term.text.as_str(), term_no];
                books.run(&MOVE_TERM, values).await?;
            }
        }
        return Ok(());
    }
    // What was written by a bulk load lies in another run: all of it goes, all of it comes anew.
    drop_terms(books, (name_before, edited.number), term_no).await?;
    let rows = term_rows(keys.terms, term_no, edited.region);
    books
        .insert_many(ADD_TERM, " ON CONFLICT DO NOTHING", rows)
        .await
}

/// The customer of this number for terms is not found by this name and number any more.
pub(super) async fn drop_terms(
    books: &mut Writer<'_>,
    (name, number): (&str, &str),
    term_no: i64,
) -> Result<(), Fault> {
    for term in terms::keys(name, number).terms {
        let values = binds![term.leads, term.text.as_str(), term_no];
        books.run(&DROP_TERM, values).await?;
    }
    Ok(())
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

const MERGED: Change = Change::new(
    "INSERT INTO customer_merge (customer_id, into_id, merged_on, recorded_at) \
     VALUES ($1, $2, $3, $4)",
);

/// Marks a customer, and those merged into it before, as merged into another from a day on.
pub(crate) async fn merge(
    books: &mut Writer<'_>,
    (from, into): (CustomerId, CustomerId),
    on: Day,
) -> Result<(), Fault> {
    let at = books.at();
    books.run(&MERGED, binds![from, into, on, at]).await?;
    books.run(&MERGE_ON, binds![from, into]).await?;
    books.run(&MERGE, binds![from, into]).await?;
    Ok(())
}
