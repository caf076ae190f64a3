//! Many customers and what hangs on them at once 客户批量写入.
//!
//! For imports and the demo company. Ids are minted by the caller; each customer's history of
//! owners is written to the append-only table besides, so that history begins with the load.

use customer::{AssignmentReason, NameKey};
use kernel::{
    ContactId, CustomerId, Day, EmployeeId, Fen, FollowUpId, Moment, OpportunityId, PlanId,
};
use rayon::prelude::*;
use spine::{Binds, Change, Fault, Indexes, Select, Writer, binds};

use crate::customer::store;
use crate::customer::terms::{self, Term};

/// From this day on, this owner.
#[derive(Clone, Debug)]
pub struct Owned {
    /// The first day.
    pub effective_on: Day,
    /// Who; none for the pool.
    pub owner: Option<EmployeeId>,
    /// Why.
    pub reason: AssignmentReason,
    /// The plan under which it was handed over.
    pub plan: Option<PlanId>,
}

/// A customer to be added.
#[derive(Clone, Debug)]
pub struct NewCustomer {
    /// Its id.
    pub id: CustomerId,
    /// 客户编号, unique.
    pub number: String,
    /// 客户名称
    pub name: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
    /// 行业
    pub industry: String,
    /// 区域
    pub region: String,
    /// 客户分级
    pub tier: String,
    /// 地址
    pub address: String,
    /// Oldest first, days never falling, no owner twice in a row; the last one holds today.
    // INVARIANT: not empty; a customer without an owner has one row that says so.
    pub history: Vec<Owned>,
    /// When somebody last spoke to it.
    pub last_follow_up_on: Option<Day>,
    /// What the company keeps besides, a JSON object.
    pub extra: String,
}

/// A contact to be added.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// Its id.
    pub id: ContactId,
    /// Whose.
    pub customer: CustomerId,
    /// 姓名
    pub name: String,
    /// 职务
    pub title: String,
    /// 电话
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// 第一联系人
    pub is_primary: bool,
    /// A JSON object.
    pub extra: String,
}

/// A product to be added.
#[derive(Clone, Debug)]
pub struct NewProduct {
    /// 产品编号, unique.
    pub number: String,
    /// 产品名称
    pub name: String,
    /// 系列
    pub series: String,
    /// 单价
    pub price: Option<Fen>,
    /// A JSON object.
    pub extra: String,
}

/// An opportunity to be added.
#[derive(Clone, Debug)]
pub struct NewOpportunity {
    /// Its id.
    pub id: OpportunityId,
    /// 商机编号, unique.
    pub number: String,
    /// With whom.
    pub customer: Option<CustomerId>,
    /// 负责人
    pub owner: Option<EmployeeId>,
    /// 标题
    pub title: String,
    /// Number or name of the product.
    pub product: String,
    /// A stage of the customer slice.
    pub stage: String,
    /// What it may bring.
    pub amount: Option<Fen>,
    /// 开始日期
    pub opened_on: Option<Day>,
    /// 结束日期
    pub closed_on: Option<Day>,
    /// A JSON object.
    pub extra: String,
}

/// A follow-up to be added.
#[derive(Clone, Debug)]
pub struct NewFollowUp {
    /// Its id.
    pub id: FollowUpId,
    /// With whom.
    pub customer: CustomerId,
    /// About what.
    pub opportunity: Option<OpportunityId>,
    /// Who wrote it.
    pub author: EmployeeId,
    /// When.
    pub at: Moment,
    /// How they spoke.
    pub kind: String,
    /// What was said.
    pub text: String,
    /// When to speak again.
    pub next_on: Option<Day>,
    /// Whose duty that is.
    pub duty: Option<EmployeeId>,
}

const CUSTOMER: &str = "INSERT INTO customer \
     (id, number, name, name_key, sort_key, search, credit_code, industry, \
     region, tier, address, state, owner_id, owned_since, last_follow_up_on, created_at, extra, \
     term_no) VALUES ";
const LAST_RUN: Select = Select::new("SELECT coalesce(max(run), 0) AS n FROM customer_term_run");
const NEW_RUN: Change = Change::new("INSERT INTO customer_term_run (run) VALUES ($1)");
/// Loads of so many customers write their search terms as a run of their own.
const RUN_FROM: usize = 2_000;
const ASSIGNMENT: &str = "INSERT INTO customer_assignment \
     (customer_id, seq, effective_on, recorded_at, owner_id, \
     recorded_by, reason, plan_id) VALUES ";

/// Customers ready to be written: everything that takes thought is done.
pub struct Customers {
    rows: Vec<Binds>,
    history: Vec<Binds>,
    /// With the place of their customer in `rows`, from 0 on.
    terms: Vec<(Term, u32)>,
    /// Of each row.
    regions: Vec<String>,
}

/// Makes customers ready, with what they are found by and their history of owners; `recorded_by` is
/// the id of who wrote it down, as it stands in the history. Takes some microseconds a customer, on
/// all processors; wants no database.
///
/// # Errors
/// [`Fault`] when a customer comes without history.
pub fn prepare(new: &[NewCustomer], at: Moment, recorded_by: &str) -> Result<Customers, Fault> {
    let found_by = |c: &NewCustomer| terms::keys(&c.name, &c.number);
    let mut keys: Vec<terms::Keys> = new.par_iter().map(found_by).collect();
    let mut order: Vec<usize> = (0..new.len()).collect();
    if new.len() >= RUN_FROM {
        // Written as they are sorted, neighbours in most indexes are neighbours in time too.
        order.sort_by(|a, b| keys[*a].sort_key.cmp(&keys[*b].sort_key));
    }
    let mut ready = Customers {
        rows: Vec::with_capacity(new.len()),
        history: Vec::with_capacity(new.len()),
        terms: Vec::new(),
        regions: Vec::with_capacity(new.len()),
    };
    for (place, index) in (0_u32..).zip(order) {
        let (customer, keys) = (&new[index], &mut keys[index]);
        ready.regions.push(customer.region.clone());
        ready.rows.push(row(customer, keys, at)?);
        let terms = std::mem::take(&mut keys.terms).into_iter();
        ready.terms.extend(terms.map(|term| (term, place)));
        for (seq, owned) in (1_i64..).zip(&customer.history) {
            ready.history.push(binds![
                customer.id,
                seq,
                owned.effective_on,
                at,
                owned.owner,
                recorded_by,
                store::reason_word(owned.reason),
                owned.plan,
            ]);
        }
    }
    ready.terms.par_sort_unstable();
    Ok(ready)
}

/// Adds customers that were made ready.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn write_customers(books: &mut Writer<'_>, ready: Customers) -> Result<(), Fault> {
    let Customers {
        mut rows,
        history,
        terms,
        regions,
    } = ready;
    let many = rows.len() >= RUN_FROM;
    let first = store::next_term_no(books).await?;
    for (row, term_no) in rows.iter_mut().zip(first..) {
        row.extend(binds![term_no]);
    }
    books.insert_many(CUSTOMER, "", rows).await?;
    add_terms(books, terms, (first, &regions), many).await?;
    books.insert_many(ASSIGNMENT, "", history).await
}

/// Lays aside the indexes of customers and of what comes with each when the coming ones are many
/// beside those that are there; the numbers of terms are given one after the other, so they stay.
///
/// # Errors
/// [`Fault`] when the database fails.
pub async fn lay_aside_indexes(books: &mut Writer<'_>, coming: usize) -> Result<Indexes, Fault> {
    let there = store::next_term_no(books).await? - 1;
    let there = usize::try_from(there).unwrap_or(usize::MAX);
    if coming < RUN_FROM || coming < there / 2 {
        return Ok(Indexes::default());
    }
    let tables = ["customer", "customer_assignment", "customer_term"];
    let kept = ["customer_hit"];
    books.lay_aside_indexes(&tables, there == 0, &kept).await
}

/// [`prepare`] and [`write_customers`] in one.
///
/// # Errors
/// As these.
pub async fn load_customers(
    books: &mut Writer<'_>,
    new: &[NewCustomer],
    recorded_by: &str,
) -> Result<(), Fault> {
    let ready = prepare(new, books.at(), recorded_by)?;
    write_customers(books, ready).await
}

/// Search terms in the order of their index, so that each page of it is written once; `many` make
/// a run of their own.
async fn add_terms(
    books: &mut Writer<'_>,
    terms: Vec<(Term, u32)>,
    (first, regions): (i64, &[String]),
    many: bool,
) -> Result<(), Fault> {
    let mut run = 0;
    if many {
        run = books.count(&LAST_RUN, binds![]).await? + 1;
        books.run(&NEW_RUN, binds![run]).await?;
    }
    let mut rows = terms.into_iter().map(|(term, place)| {
        let region = usize::try_from(place).ok().and_then(|n| regions.get(n));
        let region = region.map_or("", String::as_str);
        let term_no = first + i64::from(place);
        binds![run, term.leads, term.text.as_str(), term_no, region]
    });
    books.insert_each(store::ADD_TERM, "", &mut rows).await
}

fn row(new: &NewCustomer, keys: &terms::Keys, at: Moment) -> Result<Binds, Fault> {
    let today = new
        .history
        .last()
        .ok_or_else(|| Fault::new("a customer without history"))?;
    Ok(binds![
        new.id,
        new.number.as_str(),
        new.name.as_str(),
        NameKey::of(&new.name).core,
        keys.sort_key.as_str(),
        keys.search.as_str(),
        new.credit_code.clone(),
        new.industry.as_str(),
        new.region.as_str(),
        new.tier.as_str(),
        new.address.as_str(),
        "active",
        today.owner,
        today.effective_on,
        new.last_follow_up_on,
        at,
        new.extra.as_str(),
    ])
}

/// Adds contacts.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_contacts(books: &mut Writer<'_>, new: &[NewContact]) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO customer_contact (id, customer_id, name, title, phone, email, \
                        is_primary, extra) VALUES ";
    let row = |c: &NewContact| {
        binds![
            c.id,
            c.customer,
            c.name.as_str(),
            c.title.as_str(),
            c.phone.clone(),
            c.email.clone(),
            c.is_primary,
            c.extra.as_str(),
        ]
    };
    books
        .insert_many(HEAD, "", new.iter().map(row).collect())
        .await
}

/// Adds products.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_products(books: &mut Writer<'_>, new: &[NewProduct]) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO customer_product (number, name, series, price, extra) VALUES ";
    let row = |p: &NewProduct| {
        let (number, name, series) = (p.number.as_str(), p.name.as_str(), p.series.as_str());
        binds![number, name, series, p.price, p.extra.as_str()]
    };
    books
        .insert_many(HEAD, "", new.iter().map(row).collect())
        .await
}

/// Adds opportunities.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_opportunities(
    books: &mut Writer<'_>,
    new: &[NewOpportunity],
) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO customer_opportunity (id, number, customer_id, owner_id, \
                        title, product, stage, amount, opened_on, closed_on, extra) VALUES ";
    let row = |o: &NewOpportunity| {
        binds![
            o.id,
            o.number.as_str(),
            o.customer,
            o.owner,
            o.title.as_str(),
            o.product.as_str(),
            o.stage.as_str(),
            o.amount,
            o.opened_on,
            o.closed_on,
            o.extra.as_str(),
        ]
    };
    books
        .insert_many(HEAD, "", new.iter().map(row).collect())
        .await
}

/// Adds follow-ups as they are; whose duties they end is the caller's to say.
///
/// # Errors
/// [`Fault`] when the database refuses.
pub async fn load_follow_ups(books: &mut Writer<'_>, new: &[NewFollowUp]) -> Result<(), Fault> {
    const HEAD: &str = "INSERT INTO customer_follow_up (id, customer_id, opportunity_id, \
                        author_id, at, kind, text, next_on, duty_id) VALUES ";
    let row = |f: &NewFollowUp| {
        binds![
            f.id,
            f.customer,
            f.opportunity,
            f.author,
            f.at,
            f.kind.as_str(),
            f.text.as_str(),
            f.next_on,
            f.duty,
        ]
    };
    books
        .insert_many(HEAD, "", new.iter().map(row).collect())
        .await
}
