//! The list of customers 客户列表.

use access::RowFilter;
use kernel::{CustomerId, Day, EmployeeId};
use serde::{Deserialize, Serialize};
use spine::{Fault, Query, Reader, Row, Select, binds};

use super::posting;
use crate::customer::terms;
use crate::scope;

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

/// A customer belongs to its owner; collaborators count as owners beside him.
pub(crate) const COLUMNS: scope::Columns = scope::Columns {
    owner: "c.owner_id",
    customer: Some("c.id"),
    beside: None,
};

/// Up to so many hits the index of terms gives the rows; beyond it hits lie so dense that walking
/// the sorted list finds a page sooner.
const FEW: i64 = 4_000;

const HITS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_term WHERE term >= $1 AND term < $2 \
     LIMIT $3) AS hits",
);

/// The customers who fit.
pub(crate) async fn customers(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &CustomerFilter,
    limit: i64,
) -> Result<Vec<CustomerLine>, Fault> {
    let today = books.today();
    let mut query = Query::new(
        "SELECT c.id AS id, c.number AS number, c.name AS name, c.sort_key AS sort_key, \
         c.industry AS industry, c.region AS region, c.tier AS tier, c.state AS state, \
         e.id AS owner_id, e.number AS owner_number, e.name AS owner_name, \
         c.owned_since AS owned_since, c.last_follow_up_on AS last_follow_up_on \
         FROM customer c LEFT JOIN people_employee e ON e.id = c.owner_id WHERE c.state = ",
    );
    query.bind(filter.state.as_deref().unwrap_or("active"));
    if let Some((folded, from, before)) = terms::range(&filter.q) {
        let hits = books
            .count(&HITS, binds![from.as_str(), before.as_str(), FEW])
            .await?;
        let most = usize::try_from(FEW - hits).unwrap_or(0);
        if let Some(places) = posting::candidates(books, &folded, most).await? {
            query.push(" AND (c.id IN (SELECT t.customer_id FROM customer_term t WHERE t.term >= ");
            query
                .bind(from)
                .push(" AND t.term < ")
                .bind(before)
                .push(")");
            if !places.is_empty() {
                query.push(" OR c.place IN ").bind_list(places);
            }
            query.push(")");
        }
        // Words are searched from their beginning, as the terms have it.
        query
            .push(" AND c.search LIKE ")
            .bind(format!("%{folded}%"));
    }
    scope::push(&mut query, reach, &COLUMNS, today);
    narrow(&mut query, filter);
    page(&mut query, filter, limit);
    let (select, values) = query.select();
    books.all(&select, values).await?.iter().map(line).collect()
}

fn narrow(query: &mut Query, filter: &CustomerFilter) {
    if let Some(owner) = filter.owner {
        query.push(" AND c.owner_id = ").bind(owner);
    }
    if filter.pool {
        query.push(" AND c.owner_id IS NULL");
    }
    let columns = [
        (" AND c.region = ", &filter.region),
        (" AND c.industry = ", &filter.industry),
        (" AND c.tier = ", &filter.tier),
    ];
    for (text, wanted) in columns {
        if let Some(wanted) = wanted {
            query.push(text).bind(wanted.as_str());
        }
    }
}

fn page(query: &mut Query, filter: &CustomerFilter, limit: i64) {
    let (after, order) = match filter.sort {
        Sort::Name => (
            [" AND (c.sort_key, c.id) > (", ", ", ")"],
            " ORDER BY c.sort_key, c.id LIMIT ",
        ),
        Sort::NewestOwned => (
            [" AND (c.owned_since, c.id) < (", ", ", ")"],
            " ORDER BY c.owned_since DESC, c.id DESC LIMIT ",
        ),
    };
    if let Some(Place(key, id)) = &filter.after {
        query
            .push(after[0])
            .bind(key.as_str())
            .push(after[1])
            .bind(*id)
            .push(after[2]);
    }
    query.push(order).bind(limit);
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
