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

use super::list::{CustomerFilter, Place, Sort};
use crate::customer::terms::{self, ANYWHERE, LEADS, LEADS_INITIALS};
use crate::people;

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
    /// walking the sorted list finds a page sooner.
    pub(super) hits: i64,
    /// A scope or region of so many customers is walked whole and sorted; a larger one lies dense
    /// in the list: of a million customers, fifty of one region in a hundred are found within five
    /// thousand rows.
    pub(super) scope: i64,
}

/// Where one way overtakes the other, as far as a synthetic table told; `benches/` measures them.
pub(super) const BOUNDS: Bounds = Bounds {
    hits: 2_500,
    scope: 7_000,
};

const HITS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_term \
     WHERE run IN (SELECT run FROM customer_term_run) AND leads = $1 \
     AND term >= $2 AND term < $3 LIMIT $4) AS hits",
);
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
    let mut ways = Vec::new();
    let sought = sought(books, filter, bounds.hits).await?;
    let small_region = match &filter.region {
        Some(region) if filter.sort == Sort::NewestOwned => {
            books
                .count(&IN_REGION, binds![region.as_str(), bounds.scope])
                .await?
                < bounds.scope
        }
        _ => false,
    };
    for whose in whose(books, reach).await? {
        let along_owners = match &whose {
            Whose::Everybodys => false,
            Whose::Of(_) | Whose::HelpedBy(..) => true,
            Whose::In(departments) => {
                filter.owner.is_some() || scope_is_below(books, departments, bounds.scope).await?
            }
        };
        ways.extend(sought.iter().map(|sought| Way {
            whose: whose.clone(),
            sought: sought.clone(),
            along_owners,
            small_region,
        }));
    }
    Ok(ways)
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

async fn sought(
    books: &mut Reader<'_>,
    filter: &CustomerFilter,
    most: i64,
) -> Result<Vec<Sought>, Fault> {
    let Some((folded, from, before)) = terms::range(&filter.q) else {
        return Ok(vec![Sought::Anything]);
    };
    let hits = |leads: i64| binds![leads, from.as_str(), before.as_str(), most];
    let anywhere = books.count(&HITS, hits(ANYWHERE)).await?;
    if anywhere >= most {
        return Ok(vec![Sought::Text(folded)]);
    }
    let mut few = vec![ANYWHERE];
    let mut ways = Vec::new();
    for leads in [LEADS, LEADS_INITIALS] {
        if books.count(&HITS, hits(leads)).await? < most {
            few.push(leads);
        } else if filter.sort == Sort::Name {
            // They begin alike, so they stand together in the list and nowhere else.
            let regions = terms::regions(&folded, leads).into_iter();
            ways.extend(regions.map(|region| Sought::TextWithin(folded.clone(), region)));
        } else {
            return Ok(vec![Sought::Text(folded)]);
        }
    }
    ways.push(Sought::Hits {
        folded,
        range: (from, before),
        leads: few,
    });
    Ok(ways)
}

async fn scope_is_below(
    books: &mut Reader<'_>,
    departments: &[DepartmentId],
    most: i64,
) -> Result<bool, Fault> {
    let mut query = Query::new(
        "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer c WHERE c.owner_id IN ",
    );
    people::store::push_members(&mut query, departments);
    query.push(" LIMIT ").bind(most).push(") AS reached");
    let (select, values) = query.select();
    Ok(books.count(&select, values).await? < most)
}

/// Adds the statement that walks one way: ids and places in the list, the first `limit` of them.
pub(super) fn push(query: &mut Query, way: &Way, filter: &CustomerFilter, limit: i64) {
    let place = match filter.sort {
        Sort::Name => "c.sort_key AS place ",
        Sort::NewestOwned => "c.owned_since AS place ",
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
