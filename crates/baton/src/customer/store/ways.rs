//! Ways to a page of the list 列表查询路径.
//!
//! A page is the first rows, in order, of those whom the caller may see and whom he looks for. An
//! index gives rows in order for one of these conditions only; the others are tried row by row. So
//! each way names the condition it walks along, chosen by what is rare: a search that hits few
//! walks along its hits, a small scope along its owners, everything else along the sorted list.
//! Several ways make one page when no single index leads to all of it.

use access::RowFilter;
use kernel::{Day, DepartmentId, EmployeeId};
use spine::{Fault, Query, Reader, Select, binds};

use self::word::Word;
use super::list::{CustomerFilter, Place, Sort};
use crate::people;

mod word;

/// Whose customers a way leads to.
#[derive(Clone, Debug)]
enum Whose {
    Everybodys,
    /// Those this person owns.
    Of(EmployeeId),
    /// Those this person helps with on this day.
    HelpedBy(EmployeeId, Day),
    /// Those whose owners work in these departments.
    In(Vec<DepartmentId>),
}

/// What a way looks for.
#[derive(Clone, Debug)]
enum Sought {
    Anything,
    /// What fits, tried row by row.
    Text(String),
    /// What fits, tried row by row within a stretch of the sort key.
    TextWithin(String, (String, String)),
    /// The hits of the index of terms between the two, of the kinds named.
    Hits {
        folded: String,
        range: (String, String),
        leads: Vec<i64>,
    },
}

/// One way.
#[derive(Clone, Debug)]
pub(super) struct Way {
    whose: Whose,
    sought: Sought,
    /// Whether it walks along the owners named, and not along the list.
    along_owners: bool,
    /// Whether the region is walked whole, in whatever order it is asked for.
    small_region: bool,
}

/// What counts as few.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Up to so many hits the index of terms gives the rows; beyond it hits lie so dense that
    /// walking the sorted list finds a page sooner. Where they lie thinner than the word alone
    /// would have them, a multiple of it.
    pub(super) hits: i64,
    /// A scope or region of so many customers is walked whole and sorted; a larger one lies dense
    /// in the list: of a million customers, fifty of one region in a hundred are found within five
    /// thousand rows.
    pub(super) scope: i64,
    /// The same where one looks for a word besides, which lies thinner in the list.
    pub(super) searched: i64,
    /// The same of a region that is narrowed further, whose customers lie thinner in the list.
    pub(super) narrowed: i64,
}

/// Where one way overtakes the other, as far as a synthetic table told; `benches/` measures them.
pub(super) const BOUNDS: Bounds = Bounds {
    hits: 2_500,
    scope: 7_000,
    searched: 30_000,
    narrowed: 25_000,
};

const HELPS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_seat \
     WHERE employee_id = $1 AND (until_on IS NULL OR until_on > $2) LIMIT 1) AS seats",
);

const IN_REGION: Select = Select::new(
    "SELECT count(*) AS n FROM \
     (SELECT 1 AS one FROM customer WHERE region = $1 LIMIT $2) AS stretch",
);

/// The ways that together lead to everything the caller may see and looks for.
pub(super) async fn find(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &CustomerFilter,
    bounds: Bounds,
) -> Result<Vec<Way>, Fault> {
    let mut scopes = Vec::new();
    for whose in whose(books, reach).await? {
        let size = match &whose {
            Whose::In(departments) if filter.owner.is_none() => {
                let most = bounds.scope.max(bounds.searched);
                customers_in(books, departments, most).await?
            }
            _ => 0,
        };
        scopes.push((whose, size));
    }
    let word = Word::sought(books, filter, bounds, &scopes).await?;
    let small_region = is_small_region(books, filter, bounds).await?;
    let mut ways = Vec::new();
    for (whose, size) in scopes {
        for sought in word.ways(filter, bounds, &whose, size) {
            let along_owners = match (&whose, &sought) {
                (Whose::Everybodys, _) => false,
                (Whose::In(_), Sought::Anything) => size < bounds.scope,
                // Few of an owner's customers stand in a stretch, and an index has them together.
                (Whose::In(_), Sought::TextWithin(..)) => true,
                (Whose::In(_), _) => size < bounds.searched,
                (Whose::Of(_) | Whose::HelpedBy(..), _) => true,
            };
            ways.push(Way {
                whose: whose.clone(),
                sought,
                along_owners,
                small_region,
            });
        }
    }
    Ok(ways)
}

async fn is_small_region(
    books: &mut Reader<'_>,
    filter: &CustomerFilter,
    bounds: Bounds,
) -> Result<bool, Fault> {
    let (Some(region), Sort::NewestOwned) = (&filter.region, filter.sort) else {
        return Ok(false);
    };
    let few = if filter.industry.is_some() || filter.tier.is_some() {
        bounds.narrowed
    } else {
        bounds.scope
    };
    let found = books
        .count(&IN_REGION, binds![region.as_str(), few])
        .await?;
    Ok(found < few)
}

async fn whose(books: &mut Reader<'_>, reach: &RowFilter) -> Result<Vec<Whose>, Fault> {
    let mut all = Vec::new();
    let own = match reach {
        RowFilter::Nothing => None,
        RowFilter::Everything => {
            all.push(Whose::Everybodys);
            None
        }
        RowFilter::OwnedBy(employee) => Some(*employee),
        RowFilter::Departments { ids, or_owned_by } => {
            all.push(Whose::In(ids.clone()));
            *or_owned_by
        }
    };
    if let Some(employee) = own {
        all.push(Whose::Of(employee));
        let today = books.today();
        if books.count(&HELPS, binds![employee, today]).await? > 0 {
            all.push(Whose::HelpedBy(employee, today));
        }
    }
    Ok(all)
}

/// How many customers are owned in these departments, at most as many as matter.
async fn customers_in(
    books: &mut Reader<'_>,
    departments: &[DepartmentId],
    most: i64,
) -> Result<i64, Fault> {
    let mut query = Query::new(
        "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer c WHERE c.owner_id IN ",
    );
    people::store::push_members(&mut query, departments);
    query.push(" LIMIT ").bind(most).push(") AS reached");
    let (select, values) = query.select();
    books.count(&select, values).await
}

/// Adds the statement that walks one way: ids and places in the list, the first `limit` of them.
pub(super) fn push(query: &mut Query, way: &Way, filter: &CustomerFilter, limit: i64) {
    let active = matches!(filter.state.as_deref(), None | Some("active"));
    let place = match filter.sort {
        Sort::Name => "c.sort_key AS place ",
        Sort::NewestOwned if active => "c.owned_since AS place ",
        // An expression is no column: the index of the few others leads to them, and not the list.
        Sort::NewestOwned => "c.owned_since || '' AS place ",
    };
    if let Sought::Hits { range, leads, .. } = &way.sought {
        query.push("SELECT DISTINCT c.id AS id, ").push(place);
        // CROSS JOIN has SQLite walk along the hits; to PostgreSQL it is a join like any other.
        query
            .push(
                "FROM customer_term t CROSS JOIN customer c \
                 WHERE t.run IN (SELECT run FROM customer_term_run) AND t.leads IN ",
            )
            .bind_list(leads.iter().copied());
        query.push(" AND t.term >= ").bind(range.0.as_str());
        query.push(" AND t.term < ").bind(range.1.as_str());
        query.push(" AND c.id = t.customer_id AND c.state = ");
    } else {
        query.push("SELECT c.id AS id, ").push(place);
        query.push("FROM customer c WHERE c.state = ");
    }
    match filter.state.as_deref() {
        None | Some("active") => query.push("'active'"),
        // Few are in another state, and an index has only those.
        Some(other) => query.bind(other).push(" AND c.state <> 'active'"),
    };
    push_whose(query, way);
    push_sought(query, &way.sought);
    narrow(query, filter, way);
    page(query, filter, limit);
}

fn push_whose(query: &mut Query, way: &Way) {
    match &way.whose {
        Whose::Everybodys => {}
        Whose::Of(employee) => {
            query.push(" AND c.owner_id = ").bind(*employee);
        }
        Whose::HelpedBy(employee, today) => {
            query.push(" AND c.id IN (SELECT s.customer_id FROM customer_seat s ");
            query.push("WHERE s.employee_id = ").bind(*employee);
            query
                .push(" AND (s.until_on IS NULL OR s.until_on > ")
                .bind(*today)
                .push("))");
        }
        Whose::In(departments) => {
            // An expression is no column, so no index of owners tempts away from the list.
            query.push(if way.along_owners {
                " AND c.owner_id IN "
            } else {
                " AND c.owner_id || '' IN "
            });
            people::store::push_members(query, departments);
        }
    }
}

fn push_sought(query: &mut Query, sought: &Sought) {
    let folded = match sought {
        Sought::Anything => return,
        Sought::Text(folded) | Sought::Hits { folded, .. } => folded,
        Sought::TextWithin(folded, (from, before)) => {
            query.push(" AND c.sort_key >= ").bind(from.as_str());
            query.push(" AND c.sort_key < ").bind(before.as_str());
            folded
        }
    };
    // Words are searched from their beginning, as the terms have it.
    query
        .push(" AND c.search LIKE ")
        .bind(format!("%{folded}%"));
}

/// What the list is narrowed to. Along owners, and where the last changes come first, no other
/// index may tempt away; else the first of these conditions gives the index, which has rows in
/// order.
fn narrow(query: &mut Query, filter: &CustomerFilter, way: &Way) {
    if let Some(owner) = filter.owner {
        query.push(" AND c.owner_id = ").bind(owner);
    }
    if filter.pool {
        query.push(" AND c.owner_id IS NULL");
    }
    let in_order = filter.sort == Sort::Name || way.small_region;
    let mut taken = way.along_owners || filter.owner.is_some() || filter.pool || !in_order;
    let columns = [
        (" AND c.region = ", " AND c.region || '' = ", &filter.region),
        (
            " AND c.industry = ",
            " AND c.industry || '' = ",
            &filter.industry,
        ),
        (" AND c.tier = ", " AND c.tier || '' = ", &filter.tier),
    ];
    for (leading, tried, wanted) in columns {
        if let Some(wanted) = wanted {
            query.push(if taken { tried } else { leading });
            query.bind(wanted.as_str());
            taken = true;
        }
    }
}

fn page(query: &mut Query, filter: &CustomerFilter, limit: i64) {
    let (after, order) = match filter.sort {
        Sort::Name => (
            [" AND (c.sort_key, c.id) > (", ", ", ")"],
            " ORDER BY place, id LIMIT ",
        ),
        Sort::NewestOwned => (
            [" AND (c.owned_since, c.id) < (", ", ", ")"],
            " ORDER BY place DESC, id DESC LIMIT ",
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

#[cfg(test)]
mod tests;
