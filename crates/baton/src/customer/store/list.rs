//! The list of customers 客户列表.

use access::RowFilter;
use kernel::{CustomerId, Day, EmployeeId};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::ways::{self, KnownWords};
use crate::customer::terms;

/// By what the list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Sort {
    /// As in a telephone book.
    #[default]
    Name,
    /// Those that changed hands last come first.
    NewestOwned,
}

/// The last row of the page before: its sort key and id.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Place(pub(crate) String, pub(crate) CustomerId);

/// What the list is narrowed to.
#[derive(Clone, Debug, Default)]
pub(crate) struct CustomerFilter {
    /// Part of name, pinyin, initials or number.
    pub(crate) q: String,
    pub(crate) owner: Option<EmployeeId>,
    /// Only those without owner.
    pub(crate) pool: bool,
    pub(crate) region: Option<String>,
    pub(crate) industry: Option<String>,
    pub(crate) tier: Option<String>,
    /// `active` when none.
    pub(crate) state: Option<String>,
    pub(crate) sort: Sort,
    pub(crate) after: Option<Place>,
}

/// One line.
pub(crate) struct CustomerLine {
    pub(crate) id: CustomerId,
    pub(crate) number: String,
    pub(crate) name: String,
    pub(crate) sort_key: String,
    pub(crate) industry: String,
    pub(crate) region: String,
    pub(crate) tier: String,
    pub(crate) state: String,
    pub(crate) owner: Option<(EmployeeId, String, String)>,
    pub(crate) owned_since: Day,
    pub(crate) last_follow_up_on: Option<Day>,
}

const PAGE: &str = "SELECT c.id AS id, c.number AS number, c.name AS name, \
    c.sort_key AS sort_key, c.industry AS industry, c.region AS region, c.tier AS tier, \
    c.state AS state, e.id AS owner_id, e.number AS owner_number, e.name AS owner_name, \
    c.owned_since AS owned_since, c.last_follow_up_on AS last_follow_up_on FROM (";

/// The customers who fit. Which of them, an index alone tells; only those of the page are read.
pub(crate) async fn customers(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &CustomerFilter,
    limit: i64,
    known: &KnownWords,
) -> Result<Vec<CustomerLine>, Fault> {
    // Signs and blanks fold to nothing; signs are in no name, though, and blanks ask for all.
    if !filter.q.trim().is_empty() && terms::range(&filter.q).is_none() {
        return Ok(Vec::new());
    }
    let bounds = if books.dialect().plans_by_statistics() {
        ways::Bounds::on_a_server(filter)
    } else {
        ways::BOUNDS
    };
    customers_within(books, reach, filter, limit, (bounds, known)).await
}

/// As [`customers`]; the bounds choose the ways, never the customers.
pub(super) async fn customers_within(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &CustomerFilter,
    limit: i64,
    how: (ways::Bounds, &KnownWords),
) -> Result<Vec<CustomerLine>, Fault> {
    let ways = ways::find(books, reach, filter, limit, how).await?;
    if ways.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(PAGE);
    for (n, way) in ways.iter().enumerate() {
        // A customer that two ways lead to is one row.
        query.push(if n == 0 { "" } else { " UNION " });
        query.push("SELECT way.id AS id, way.place AS place FROM (");
        ways::push(&mut query, books.dialect(), way, (filter, limit));
        query.push(") AS way");
    }
    query.push(
        ") AS page JOIN customer c ON c.id = page.id \
         LEFT JOIN people_employee e ON e.id = c.owner_id ORDER BY ",
    );
    query.push(match filter.sort {
        Sort::Name => "page.place, page.id LIMIT ",
        Sort::NewestOwned => "page.place DESC, page.id DESC LIMIT ",
    });
    query.bind(limit);
    let (select, values) = query.select_by_values();
    books.all(&select, values).await?.iter().map(line).collect()
}

fn line(row: &Row) -> Result<CustomerLine, Fault> {
    let owner: Option<EmployeeId> = row.get("owner_id")?;
    let owner = match owner {
        Some(id) => Some((id, row.get("owner_number")?, row.get("owner_name")?)),
        None => None,
    };
    Ok(CustomerLine {
        id: row.get("id")?,
        number: row.get("number")?,
        name: row.get("name")?,
        sort_key: row.get("sort_key")?,
        industry: row.get("industry")?,
        region: row.get("region")?,
        tier: row.get("tier")?,
        state: row.get("state")?,
        owner,
        owned_since: row.get("owned_since")?,
        last_follow_up_on: row.get("last_follow_up_on")?,
    })
}

// A word after word walk over the index: as many look-ups as there are words, not rows.
const REGIONS: Select = Select::new(
    "WITH RECURSIVE w (word) AS (SELECT (SELECT min(region) FROM customer) UNION ALL \
     SELECT (SELECT min(c.region) FROM customer c WHERE c.region > w.word) FROM w \
     WHERE w.word IS NOT NULL) SELECT word FROM w WHERE word <> '' ORDER BY word LIMIT 1000",
);
const INDUSTRIES: Select = Select::new(
    "WITH RECURSIVE w (word) AS (SELECT (SELECT min(industry) FROM customer) UNION ALL \
     SELECT (SELECT min(c.industry) FROM customer c WHERE c.industry > w.word) FROM w \
     WHERE w.word IS NOT NULL) SELECT word FROM w WHERE word <> '' ORDER BY word LIMIT 1000",
);
const TIERS: Select = Select::new(
    "WITH RECURSIVE w (word) AS (SELECT (SELECT min(tier) FROM customer) UNION ALL \
     SELECT (SELECT min(c.tier) FROM customer c WHERE c.tier > w.word) FROM w \
     WHERE w.word IS NOT NULL) SELECT word FROM w WHERE word <> '' ORDER BY word LIMIT 1000",
);

/// The regions, industries and tiers in use.
pub(crate) async fn filter_words(books: &mut Reader<'_>) -> Result<[Vec<String>; 3], Fault> {
    let mut words = [Vec::new(), Vec::new(), Vec::new()];
    for (list, select) in words.iter_mut().zip([&REGIONS, &INDUSTRIES, &TIERS]) {
        for row in books.all(select, binds![]).await? {
            list.push(row.get("word")?);
        }
    }
    Ok(words)
}
