//! One customer 客户.

use access::Target;
use customer::{CreditCode, Identity, NameKey};
use intake::RecordKind;
use kernel::{CustomerId, Day, DepartmentId, EmployeeId, Moment};
use spine::{Fault, Query, Reader, Row, Select, binds};

/// A customer as it stands today, with its owner's name and the people who help.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: CustomerId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) credit_code: Option<String>,
    pub(crate) industry: String,
    pub(crate) region: String,
    pub(crate) tier: String,
    pub(crate) address: String,
    pub(crate) state: String,
    pub(crate) merged_into: Option<CustomerId>,
    pub(crate) owner: Option<EmployeeId>,
    /// 工号 and name.
    pub(crate) owner_name: Option<(String, String)>,
    pub(crate) owner_department: Option<DepartmentId>,
    pub(crate) owned_since: Day,
    pub(crate) last_follow_up_on: Option<Day>,
    pub(crate) created_at: Moment,
    /// Collaborators whose seat is open today.
    pub(crate) seats: Vec<EmployeeId>,
}

impl Customer {
    /// What access asks; collaborators count.
    pub(crate) fn target(&self) -> Target {
        Target {
            owner: self.owner,
            collaborators: self.seats.clone(),
            department: self.owner_department,
            kept_from: None,
        }
    }

    /// What access asks where helping is not enough.
    pub(crate) fn owned_target(&self) -> Target {
        Target {
            collaborators: Vec::new(),
            ..self.target()
        }
    }

    /// `「甲公司」（KH001）`
    pub(crate) fn called(&self) -> String {
        format!("「{}」（{}）", self.name, self.number)
    }

    /// `张三（E001）`, or the pool.
    pub(crate) fn owner_called(&self) -> String {
        match &self.owner_name {
            Some((number, name)) => crate::people::store::full_name(name, number),
            None => crate::told::POOL.of(&[]),
        }
    }

    /// Whether it was taken back with the import that had brought it.
    pub(crate) fn is_withdrawn(&self) -> bool {
        self.state == "withdrawn"
    }

    /// Whether it was merged into another one.
    pub(crate) fn is_merged(&self) -> bool {
        self.merged_into.is_some()
    }
}

const CUSTOMER: &str = "SELECT c.id AS id, c.number AS number, c.name AS name, \
    c.credit_code AS credit_code, c.industry AS industry, c.region AS region, c.tier AS tier, \
    c.address AS address, c.state AS state, c.merged_into_id AS merged_into_id, \
    c.owner_id AS owner_id, e.number AS owner_number, e.name AS owner_name, \
    e.department_id AS department_id, c.owned_since AS owned_since, \
    c.last_follow_up_on AS last_follow_up_on, c.created_at AS created_at \
    FROM customer c LEFT JOIN people_employee e ON e.id = c.owner_id WHERE ";

async fn with_seats(books: &mut Reader<'_>, row: &Row) -> Result<Customer, Fault> {
    let id: CustomerId = row.get("id")?;
    let today = books.today();
    let owner: Option<EmployeeId> = row.get("owner_id")?;
    let owner_name = match owner {
        Some(_) => Some((row.get("owner_number")?, row.get("owner_name")?)),
        None => None,
    };
    Ok(Customer {
        id,
        number: row.get("number")?,
        name: row.get("name")?,
        credit_code: row.get("credit_code")?,
        industry: row.get("industry")?,
        region: row.get("region")?,
        tier: row.get("tier")?,
        address: row.get("address")?,
        state: row.get("state")?,
        merged_into: row.get("merged_into_id")?,
        owner,
        owner_name,
        owner_department: row.get("department_id")?,
        owned_since: row.get("owned_since")?,
        last_follow_up_on: row.get("last_follow_up_on")?,
        created_at: row.get("created_at")?,
        seats: super::seats_on(books, id, today).await?,
    })
}

/// The customer with this id.
pub(crate) async fn find_customer(
    books: &mut Reader<'_>,
    id: CustomerId,
) -> Result<Option<Customer>, Fault> {
    let mut query = Query::new(CUSTOMER);
    query.push("c.id = ").bind(id);
    let (select, values) = query.select();
    match books.first(&select, values).await? {
        Some(row) => with_seats(books, &row).await.map(Some),
        None => Ok(None),
    }
}

/// The customer with this number, in whatever width.
pub(crate) async fn find_customer_by_number(
    books: &mut Reader<'_>,
    number: &str,
) -> Result<Option<Customer>, Fault> {
    let ways = spelling::number_spellings(number);
    let mut query = Query::new(CUSTOMER);
    query.push("c.number IN ");
    query.bind_list(ways.iter().map(String::as_str));
    let (select, values) = query.select();
    let mut found = Vec::new();
    for row in books.all(&select, values).await? {
        found.push(with_seats(books, &row).await?);
    }
    let place = |one: &Customer| ways.iter().position(|way| *way == one.number);
    Ok(found.into_iter().min_by_key(place))
}

/// Where files' further columns are kept with a customer and what hangs on it; see
/// [`crate::import::kept_with`].
pub(crate) const KEPT: [(RecordKind, &str); 3] = [
    (
        RecordKind::Customer,
        "SELECT number AS called, extra FROM customer WHERE extra <> '{}' AND id IN ",
    ),
    (
        RecordKind::Contact,
        "SELECT name AS called, extra FROM customer_contact \
         WHERE extra <> '{}' AND customer_id IN ",
    ),
    (
        RecordKind::Opportunity,
        "SELECT number AS called, extra FROM customer_opportunity \
         WHERE extra <> '{}' AND customer_id IN ",
    ),
];

const FAMILY: Select = Select::new("SELECT id FROM customer WHERE merged_into_id = $1");

/// The customer and those merged into it, whose papers it shows.
pub(crate) async fn family(
    books: &mut Reader<'_>,
    id: CustomerId,
) -> Result<Vec<CustomerId>, Fault> {
    let mut family = vec![id];
    for row in books.all(&FAMILY, binds![id]).await? {
        family.push(row.get("id")?);
    }
    Ok(family)
}

const BEARER: Select =
    Select::new("SELECT coalesce(merged_into_id, id) AS id FROM customer WHERE id = $1");

/// The family of a customer that may have been merged away: of the one it became.
pub(crate) async fn bearer_family(
    books: &mut Reader<'_>,
    id: CustomerId,
) -> Result<Vec<CustomerId>, Fault> {
    let bearer = match books.first(&BEARER, binds![id]).await? {
        Some(row) => row.get("id")?,
        None => id,
    };
    family(books, bearer).await
}

const MERGED: Select =
    Select::new("SELECT id, number, name FROM customer WHERE merged_into_id = $1 ORDER BY number");

/// Id, number and name of those merged into this one.
pub(crate) async fn merged_into(
    books: &mut Reader<'_>,
    id: CustomerId,
) -> Result<Vec<(CustomerId, String, String)>, Fault> {
    let rows = books.all(&MERGED, binds![id]).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("number")?, row.get("name")?)))
        .collect()
}

/// A customer as the duplicate check sees it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    pub(crate) id: CustomerId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) owner: Option<(EmployeeId, String, String)>,
    pub(crate) identity: Identity,
}

/// Customers that may be the same as this one: the same credit code, the same core of the name, or
/// a name that shares a beginning of its core; at most 500.
pub(crate) async fn identities_like(
    books: &mut Reader<'_>,
    name: &NameKey,
    credit_code: Option<&CreditCode>,
) -> Result<Vec<Known>, Fault> {
    let mut query = Query::new(
        "SELECT c.id AS id, c.number AS number, c.name AS name, c.credit_code AS credit_code, \
         e.id AS owner_id, e.number AS owner_number, e.name AS owner_name \
         FROM customer c LEFT JOIN people_employee e ON e.id = c.owner_id WHERE c.id IN \
         (SELECT id FROM customer WHERE name_key = ",
    );
    query.bind(name.core.as_str());
    if let Some(code) = credit_code {
        query
            .push(" UNION SELECT id FROM customer WHERE credit_code = ")
            .bind(code.as_str());
    }
    for begin in beginnings(&name.core) {
        let before = format!("{begin}\u{10FFFF}");
        query.push(" UNION SELECT hit.id FROM (SELECT term_no FROM customer_term ");
        query
            .push("WHERE run IN (SELECT run FROM customer_term_run) AND leads IN (0, 1, 2) ")
            .push("AND term >= ")
            .bind(begin)
            .push(" AND term < ")
            .bind(before);
        query.push(" LIMIT 250) AS near JOIN customer hit ON hit.term_no = near.term_no");
    }
    query.push(") AND c.state NOT IN ('merged', 'withdrawn') ORDER BY c.number LIMIT 500");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(known)
        .collect()
}

/// Halves of a name: of two names that differ in one or two characters, or of which one contains
/// the other, some half is in both.
fn beginnings(core: &str) -> Vec<String> {
    let chars: Vec<char> = core.chars().collect();
    let half = chars
        .len()
        .div_ceil(2)
        .clamp(2, super::super::terms::LONGEST);
    let parts = [
        chars.get(..half),
        chars.get(chars.len().saturating_sub(half)..),
    ];
    parts
        .into_iter()
        .flatten()
        .filter(|part| part.len() >= 2)
        .map(|part| part.iter().collect())
        .collect()
}

fn known(row: &Row) -> Result<Known, Fault> {
    let name: String = row.get("name")?;
    let code: Option<String> = row.get("credit_code")?;
    let owner: Option<EmployeeId> = row.get("owner_id")?;
    let owner = match owner {
        Some(id) => Some((id, row.get("owner_number")?, row.get("owner_name")?)),
        None => None,
    };
    let identity = Identity {
        name: NameKey::of(&name),
        credit_code: code.and_then(|code| CreditCode::parse(&code).ok()),
    };
    Ok(Known {
        id: row.get("id")?,
        number: row.get("number")?,
        name,
        owner,
        identity,
    })
}

/// Id, number and name of the live customers of whose names this is the core.
pub(crate) async fn of_cores(
    books: &mut Reader<'_>,
    cores: &[String],
) -> Result<Vec<(CustomerId, String, String)>, Fault> {
    let mut found = Vec::new();
    for some in cores.chunks(500) {
        let mut query = Query::new(
            "SELECT id, number, name FROM customer \
             WHERE state NOT IN ('merged', 'withdrawn') AND name_key IN ",
        );
        query.bind_list(some.iter().map(String::as_str));
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            found.push((row.get("id")?, row.get("number")?, row.get("name")?));
        }
    }
    Ok(found)
}

/// Names of these customers, by id.
pub(crate) async fn names_of(
    books: &mut Reader<'_>,
    ids: Vec<CustomerId>,
) -> Result<std::collections::BTreeMap<String, String>, Fault> {
    let mut names = std::collections::BTreeMap::new();
    for some in ids.chunks(500) {
        let mut query = Query::new("SELECT id, name FROM customer WHERE id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            names.insert(row.get("id")?, row.get("name")?);
        }
    }
    Ok(names)
}
