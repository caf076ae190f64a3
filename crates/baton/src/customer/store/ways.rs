//! Ways to a page of the list 列表查询路径.
//!
//! A page is the first rows, in order, of those whom the caller may see and whom he looks for. An
//! index gives rows in order for one of these conditions only; the others are tried row by row. So
//! each way names the condition it walks along, chosen by what is rare: a search that hits few
//! walks along its hits, a scope along its owners, a small region whole, everything else along the
//! sorted list.
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

/// Along what a way walks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Path {
    /// The customers of each owner named, in order.
    Owners,
    /// All customers in order, or by name those of one region, industry or tier.
    List,
    /// A region, or a tier of it, whole: so many customers, in whatever order they are asked for.
    Stretch(i64),
}

/// One way.
#[derive(Clone, Debug)]
pub(super) struct Way {
    whose: Whose,
    sought: Sought,
    path: Path,
}

/// What counts as few.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// Up to so many hits the index of terms gives the rows; beyond it hits lie so dense that
    /// walking the sorted list finds a page sooner.
    pub(super) hits: i64,
    /// So many people's customers are few, whatever they are narrowed to.
    pub(super) team: i64,
    /// So many people's customers are put together from the first ones of each; those of more lie
    /// dense in the list.
    pub(super) owners: i64,
    /// A region, or a tier of it, of so many customers is walked whole and sorted.
    pub(super) stretch: i64,
}

/// Where one way overtakes the other, as far as a synthetic table told; `benches/` measures them.
pub(super) const BOUNDS: Bounds = Bounds {
    hits: 2_500,
    team: 30,
    owners: 300,
    stretch: 25_000,
};

/// Rows of an index that are walked while one hit is looked up in the table.
const ROWS_A_HIT: i64 = 6;

const HELPS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_seat \
     WHERE employee_id = $1 AND (until_on IS NULL OR until_on > $2) LIMIT 1) AS seats",
);

/// The ways that together lead to everything the caller may see and looks for.
pub(super) async fn find(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &CustomerFilter,
    bounds: Bounds,
) -> Result<Vec<Way>, Fault> {
    let mut walks = Vec::new();
    for whose in whose(books, reach).await? {
        let path = path(books, &whose, filter, bounds).await?;
        let most = most_hits(filter, bounds, &whose, path);
        walks.push((whose, path, most));
    }
    let most = walks.iter().map(|(_, _, most)| *most).max();
    let word = Word::sought(books, &filter.q, most.unwrap_or_default()).await?;
    let mut ways = Vec::new();
    for (whose, path, most) in walks {
        let in_order = filter.sort == Sort::Name && !matches!(path, Path::Stretch(_));
        for sought in word.ways(most, in_order) {
            ways.push(Way {
                whose: whose.clone(),
                sought,
                path,
            });
        }
    }
    Ok(ways)
}

async fn path(
    books: &mut Reader<'_>,
    whose: &Whose,
    filter: &CustomerFilter,
    bounds: Bounds,
) -> Result<Path, Fault> {
    let mut otherwise = Path::List;
    match whose {
        Whose::Of(_) | Whose::HelpedBy(..) => return Ok(Path::Owners),
        _ if filter.owner.is_some() || filter.pool => return Ok(Path::Owners),
        // Few are in another state, and an index has only those.
        _ if !is_active(filter) => return Ok(Path::List),
        Whose::Everybodys => {}
        Whose::In(departments) => {
            let members = members_of(books, departments).await?;
            if members < bounds.team {
                return Ok(Path::Owners);
            }
            if members < bounds.owners {
                otherwise = Path::Owners;
            }
        }
    }
    let stretch = small_stretch(books, filter, bounds).await?;
    Ok(stretch.map_or(otherwise, Path::Stretch))
}

/// How many customers the region, or the tier of it, has, where they are few and lie thin in the
/// order that is asked for.
async fn small_stretch(
    books: &mut Reader<'_>,
    filter: &CustomerFilter,
    bounds: Bounds,
) -> Result<Option<i64>, Fault> {
    let Some(region) = &filter.region else {
        return Ok(None);
    };
    // By name a region is walked in order.
    let thin = match filter.sort {
        Sort::Name => filter.tier.is_some(),
        Sort::NewestOwned => filter.tier.is_some() || filter.industry.is_some(),
    };
    if !thin {
        return Ok(None);
    }
    let mut query =
        Query::new("SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer WHERE region = ");
    query.bind(region.as_str());
    if let Some(tier) = &filter.tier {
        query.push(" AND tier = ").bind(tier.as_str());
    }
    query.push(" LIMIT ").bind(bounds.stretch);
    query.push(") AS stretch");
    let (select, values) = query.select();
    let found = books.count(&select, values).await?;
    Ok((found < bounds.stretch).then_some(found))
}

/// From how many hits on walking is the shorter way. Who owns few customers has them walked sooner
/// than hits are looked up one by one; each further condition makes the walk longer that fills a
/// page.
fn most_hits(filter: &CustomerFilter, bounds: Bounds, whose: &Whose, path: Path) -> i64 {
    let conditions = [&filter.region, &filter.industry, &filter.tier];
    let narrowed = conditions.iter().any(|one| one.is_some());
    match (path, whose) {
        (Path::Stretch(size), _) => bounds.hits.min(size / ROWS_A_HIT),
        (Path::Owners, Whose::In(_)) => bounds.hits.saturating_mul(2),
        (Path::Owners, _) => bounds.hits / 2,
        (Path::List, _) if narrowed => bounds.hits.saturating_mul(2),
        (Path::List, _) => bounds.hits,
    }
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

/// How many people work in these departments.
async fn members_of(books: &mut Reader<'_>, departments: &[DepartmentId]) -> Result<i64, Fault> {
    let mut query = Query::new("SELECT count(*) AS n FROM ");
    people::store::push_members(&mut query, departments);
    query.push(" AS members");
    let (select, values) = query.select();
    books.count(&select, values).await
}

/// Adds the statement that walks one way: ids and places in the list, the first `limit` of them.
pub(super) fn push(query: &mut Query, way: &Way, filter: &CustomerFilter, limit: i64) {
    let sorted = Sorted::of(filter, way.path);
    let place = sorted.place;
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
    // From what is told at a glance to what takes a look at every letter.
    narrow(query, filter, way);
    push_whose(query, way);
    push_sought(query, &way.sought);
    page(query, filter, &sorted, limit);
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
            query.push(if way.path == Path::Owners {
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
/// order; and a stretch is a region with its tier.
fn narrow(query: &mut Query, filter: &CustomerFilter, way: &Way) {
    if let Some(owner) = filter.owner {
        query.push(" AND c.owner_id = ").bind(owner);
    }
    if filter.pool {
        query.push(" AND c.owner_id IS NULL");
    }
    let by_name = filter.sort == Sort::Name && is_active(filter);
    let mut leads = match way.path {
        Path::Owners => [false; 3],
        Path::Stretch(_) => [true, false, true],
        Path::List => [by_name; 3],
    };
    let columns = [
        (" AND c.region = ", " AND c.region || '' = ", &filter.region),
        (
            " AND c.industry = ",
            " AND c.industry || '' = ",
            &filter.industry,
        ),
        (" AND c.tier = ", " AND c.tier || '' = ", &filter.tier),
    ];
    for (n, (leading, tried, wanted)) in columns.into_iter().enumerate() {
        if let Some(wanted) = wanted {
            query.push(if leads[n] { leading } else { tried });
            query.bind(wanted.as_str());
            if way.path == Path::List {
                leads = [false; 3];
            }
        }
    }
}

fn is_active(filter: &CustomerFilter) -> bool {
    matches!(filter.state.as_deref(), None | Some("active"))
}

/// The order of a page in a statement.
struct Sorted {
    place: &'static str,
    after: &'static str,
    order: &'static str,
}

impl Sorted {
    /// Where no index is to give the order, the place is an expression, which no index has.
    fn of(filter: &CustomerFilter, path: Path) -> Sorted {
        let whole = matches!(path, Path::Stretch(_));
        match filter.sort {
            Sort::Name if whole => Sorted {
                place: "c.sort_key || '' AS place ",
                after: " AND (c.sort_key || '', c.id) > (",
                order: " ORDER BY place, id LIMIT ",
            },
            Sort::Name => Sorted {
                place: "c.sort_key AS place ",
                after: " AND (c.sort_key, c.id) > (",
                order: " ORDER BY place, id LIMIT ",
            },
            Sort::NewestOwned if is_active(filter) => Sorted {
                place: "c.owned_since AS place ",
                after: " AND (c.owned_since, c.id) < (",
                order: " ORDER BY place DESC, id DESC LIMIT ",
            },
            Sort::NewestOwned => Sorted {
                place: "c.owned_since || '' AS place ",
                after: " AND (c.owned_since || '', c.id) < (",
                order: " ORDER BY place DESC, id DESC LIMIT ",
            },
        }
    }
}

fn page(query: &mut Query, filter: &CustomerFilter, sorted: &Sorted, limit: i64) {
    if let Some(Place(key, id)) = &filter.after {
        query.push(sorted.after).bind(key.as_str());
        query.push(", ").bind(*id).push(")");
    }
    query.push(sorted.order).bind(limit);
}

#[cfg(test)]
mod tests;
