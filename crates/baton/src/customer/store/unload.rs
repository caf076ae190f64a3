//! Many customers and what hangs on them taken back at once 客户批量撤回.
//!
//! For imports that are undone. What may be deleted is deleted. What the append-only history speaks
//! of stays and is marked: a customer is withdrawn, loses its owner by a row of its history, and
//! gives up its number, so that the same file can come in anew.

use customer::{AssignmentReason, AssignmentRow};
use kernel::{CustomerId, Day, EmployeeId, Moment};
use spine::{
    Cells, Change, Chosen, Fault, Pointer, Query, Reader, Row, Select, Sheet, Writer, binds,
};

use super::{
    NewCustomer, add_assignment, drop_terms, edit_customer, find_customer, reason_word, set_owner,
};

/// What of this slice points to records of any slice.
pub(crate) const POINTERS: &[Pointer] = &[
    Pointer::by("customer", "owner_id", "t.id", "名下客户"),
    Pointer::by("customer", "merged_into_id", "t.id", "合并进来的客户"),
    Pointer::always("customer_merge", "customer_id", "合并记录"),
    Pointer::by("customer_merge", "into_id", "t.customer_id", "合并记录"),
    moved("customer_id"),
    Pointer::by(
        "customer_assignment",
        "owner_id",
        "t.customer_id",
        "归属记录",
    ),
    Pointer::by(
        "customer_seat_change",
        "customer_id",
        "t.customer_id || t.seq",
        "协作人",
    ),
    Pointer::by(
        "customer_seat_change",
        "employee_id",
        "t.customer_id || t.seq",
        "协作记录",
    ),
    Pointer::by("customer_contact", "customer_id", "t.id", "联系人"),
    Pointer::always("customer_contact_former", "contact_id", "改过的联系方式"),
    Pointer::by("customer_opportunity", "customer_id", "t.id", "商机"),
    Pointer::by("customer_opportunity", "owner_id", "t.id", "商机"),
    Pointer::by("customer_opportunity", "product", "t.id", "商机"),
    Pointer::by("customer_follow_up", "customer_id", "t.id", "跟进记录"),
    Pointer::by("customer_follow_up", "opportunity_id", "t.id", "跟进记录"),
    Pointer::by("customer_follow_up", "author_id", "t.id", "跟进记录"),
    Pointer::by("customer_follow_up", "duty_id", "t.id", "跟进任务"),
];

/// A change of owner after the customer came. What imports and their undos wrote does not count: a
/// later batch that still stands is told by its own name, and one that was undone has left the
/// customer as it was. Who corrects by hand acts upon the customer, which is asked elsewhere.
const fn moved(column: &'static str) -> Pointer {
    Pointer {
        beyond: " AND t.seq > 1 AND t.reason NOT IN ('imported', 'corrected')",
        ..Pointer::later("customer_assignment", column, "归属变动")
    }
}

/// Customers, to be changed column by column; see [`patch`].
pub(crate) const CUSTOMERS: Sheet = Sheet {
    table: "customer",
    identifier: "id",
};
/// Contacts.
pub(crate) const CONTACTS: Sheet = Sheet {
    table: "customer_contact",
    identifier: "id",
};
/// Opportunities.
pub(crate) const OPPORTUNITIES: Sheet = Sheet {
    table: "customer_opportunity",
    identifier: "id",
};
/// Products.
pub(crate) const PRODUCTS: Sheet = Sheet {
    table: "customer_product",
    identifier: "number",
};

/// Gives these columns of a customer these values; what it is found by follows its name
/// and region.
pub(crate) async fn patch(
    books: &mut Writer<'_>,
    id: CustomerId,
    cells: &Cells,
) -> Result<(), Fault> {
    let keyed = cells
        .iter()
        .any(|(name, _)| matches!(*name, "name" | "region"));
    let was = find_customer(books, id).await?.filter(|_| keyed);
    CUSTOMERS.write(books, &id.to_string(), cells).await?;
    let Some(was) = was else { return Ok(()) };
    let now = find_customer(books, id).await?;
    let now = now.ok_or_else(|| Fault::new("a customer is gone"))?;
    let edited = NewCustomer {
        id: now.id,
        number: &now.number,
        name: &now.name,
        credit_code: now.credit_code.as_deref(),
        industry: &now.industry,
        region: &now.region,
        tier: &now.tier,
        address: &now.address,
    };
    edit_customer(books, (&was.name, &was.region), &edited).await
}

const ANEW: Change =
    Change::new("UPDATE customer_contact SET revision = revision + 1 WHERE id = $1");

/// Whoever has the form of this contact open learns that it was written since.
pub(crate) async fn contact_written_anew(
    books: &mut Writer<'_>,
    contact: &str,
) -> Result<(), Fault> {
    books.run(&ANEW, binds![contact]).await?;
    Ok(())
}

const LAST: Select = Select::new(
    "SELECT seq, effective_on FROM customer_assignment WHERE customer_id = $1 \
     ORDER BY seq DESC LIMIT 1",
);

const LATER: Select = Select::new(
    "SELECT recorded_at, reason FROM customer_assignment WHERE customer_id = $1 AND seq > $2 \
     ORDER BY seq",
);

/// When each row of a customer's history of owners behind this one was written; none for a row of
/// which an import or its undo cannot be the cause.
pub(crate) async fn assignments_behind(
    books: &mut Reader<'_>,
    customer: &str,
    seq: i64,
) -> Result<Vec<Option<Moment>>, Fault> {
    let rows = books.all(&LATER, binds![customer, seq]).await?;
    let written = |row: &Row| {
        let (at, reason): (Moment, String) = (row.get("recorded_at")?, row.get("reason")?);
        let by_import = [AssignmentReason::Imported, AssignmentReason::Corrected];
        let by_import = by_import.iter().any(|why| reason_word(*why) == reason);
        Ok(by_import.then_some(at))
    };
    rows.iter().map(written).collect()
}

const SINCE: Select = Select::new("SELECT owned_since FROM customer WHERE id = $1");

/// From which day on the customer's owner has it, as its page shows.
pub(crate) async fn owned_since(
    books: &mut Reader<'_>,
    customer: CustomerId,
) -> Result<Option<Day>, Fault> {
    let row = books.first(&SINCE, binds![customer]).await?;
    row.map(|row| row.get("owned_since")).transpose()
}

const SET_SINCE: Change = Change::new("UPDATE customer SET owned_since = $2 WHERE id = $1");

/// The customer's page shows this day again as the first one of its owner; the history tells that
/// somebody else had it in between.
pub(crate) async fn own_since(
    books: &mut Writer<'_>,
    customer: CustomerId,
    since: Day,
) -> Result<(), Fault> {
    books.run(&SET_SINCE, binds![customer, since]).await?;
    Ok(())
}

/// Appends to a customer's history that it has another owner from today on; gives the row's number.
pub(crate) async fn append_owner(
    books: &mut Writer<'_>,
    customer: CustomerId,
    owner: Option<EmployeeId>,
    reason: AssignmentReason,
    recorded_by: &str,
) -> Result<i64, Fault> {
    let row = books.first(&LAST, binds![customer]).await?;
    let row = row.ok_or_else(|| Fault::new("a customer without history"))?;
    let (today, last): (_, Day) = (books.today(), row.get("effective_on")?);
    let seq = u32::try_from(row.get::<i64>("seq")? + 1).map_err(|_| Fault::new("seq"))?;
    let row = AssignmentRow {
        customer,
        seq,
        effective_on: today.max(last),
        owner,
        reason,
        recorded_at: books.at(),
    };
    add_assignment(books, &row, recorded_by, None).await?;
    set_owner(books, &row).await?;
    Ok(i64::from(seq))
}

/// The histories of these customers end with a row of their own; those without an owner have
/// nothing to end.
async fn release(
    books: &mut Writer<'_>,
    customers: &Chosen,
    recorded_by: &str,
) -> Result<(), Fault> {
    let (at, today) = (books.at(), books.today());
    let mut query = Query::new(
        "INSERT INTO customer_assignment (customer_id, seq, effective_on, recorded_at, owner_id, \
         recorded_by, reason) SELECT a.customer_id, a.seq + 1, CASE WHEN a.effective_on > ",
    );
    query.bind(today).push(" THEN a.effective_on ELSE ");
    query.push("CAST(").bind(today).push(" AS TEXT) END, CAST(");
    query.bind(at).push(" AS BIGINT), NULL, CAST(");
    query.bind(recorded_by).push(" AS TEXT), CAST(");
    query
        .bind(reason_word(AssignmentReason::Corrected))
        .push(" AS TEXT) FROM customer_assignment a ");
    query.push("JOIN customer c ON c.id = a.customer_id WHERE c.owner_id IS NOT NULL ");
    query.push("AND a.seq = (SELECT max(z.seq) FROM customer_assignment z ");
    query.push("WHERE z.customer_id = c.id) AND c.id IN ");
    customers.list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}

/// Withdraws these customers; `suffix` is added to their numbers.
pub(crate) async fn customers(
    books: &mut Writer<'_>,
    chosen: &Chosen,
    suffix: &str,
    recorded_by: &str,
) -> Result<(), Fault> {
    release(books, chosen, recorded_by).await?;
    forget_terms(books, chosen).await?;
    let mut query = Query::new(
        "UPDATE customer SET state = 'withdrawn', owner_id = NULL, \
         number = number || CAST(",
    );
    query.bind(suffix).push(" AS TEXT) WHERE id IN ");
    chosen.list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}

/// So many customers at most are struck from the index of terms one by one.
const FEW: i64 = 200;

/// These customers are found by nothing any more.
async fn forget_terms(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    let mut query = Query::new("SELECT name, number, term_no FROM customer WHERE id IN ");
    chosen.list(&mut query);
    query.push(" LIMIT ").bind(FEW + 1);
    let (select, values) = query.select();
    let found = books.all(&select, values).await?;
    if i64::try_from(found.len()).is_ok_and(|found| found <= FEW) {
        for row in found {
            let (name, number): (String, String) = (row.get("name")?, row.get("number")?);
            drop_terms(books, (&name, &number), row.get("term_no")?).await?;
        }
        return Ok(());
    }
    // No index begins with the number; the sum keeps databases from walking one for each customer.
    let mut query = Query::new(
        "DELETE FROM customer_term WHERE term_no + 0 IN \
         (SELECT term_no FROM customer WHERE id IN ",
    );
    chosen.list(&mut query);
    query.push(")");
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}

/// Deletes these opportunities.
pub(crate) async fn opportunities(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    delete(
        books,
        "DELETE FROM customer_opportunity WHERE id IN ",
        chosen,
    )
    .await
}

/// Deletes these contacts.
pub(crate) async fn contacts(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    delete(books, "DELETE FROM customer_contact WHERE id IN ", chosen).await
}

/// Deletes these products.
pub(crate) async fn products(books: &mut Writer<'_>, chosen: &Chosen) -> Result<(), Fault> {
    delete(
        books,
        "DELETE FROM customer_product WHERE number IN ",
        chosen,
    )
    .await
}

async fn delete(books: &mut Writer<'_>, head: &'static str, chosen: &Chosen) -> Result<(), Fault> {
    let mut query = Query::new(head);
    chosen.list(&mut query);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}
