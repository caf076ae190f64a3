//! Ways to a page of the list 列表查询路径.
//!
//! A page is the first rows, in order, of those whom the caller may see and whom he looks for. An
//! index gives rows in order for one of these conditions only; the others are tried row by row. So
//! each way names the condition it walks along, chosen by what is rare: a search that hits few
//! walks along its hits, a scope along its owners, a small region whole, everything else along the
//! sorted list. Which of hits and list is shorter is reckoned from how many hits there are and how
//! many rows of the list belong to the page ([`walk`]).
//! Several ways make one page when no single index leads to all of it.

use access::RowFilter;
use kernel::{Day, DepartmentId, EmployeeId};
use spine::{Fault, Query, Reader, Select, binds};

pub use self::known::KnownWords;
pub(super) use self::statement::push;
use self::walk::Books;
use self::word::Word;
use super::list::{CustomerFilter, Sort};
use crate::people;

mod known;
mod statement;
mod walk;
mod word;

/// Whose customers a way leads to.
#[derive(Clone, Debug)]
enum Whose {
    Everybodys,
    /// Those this person owns.
    Of(EmployeeId),
    /// Those this person helps with on this day.
    HelpedBy(EmployeeId, Day),
    /// Those whose owners are of this team.
    In(Team),
}

/// The people who work in some departments.
#[derive(Clone, Debug)]
struct Team {
    departments: Vec<DepartmentId>,
    size: i64,
    /// All of them, where they are few: a database that is told who they are reckons better than
    /// one that has to look.
    named: Option<Vec<EmployeeId>>,
}

impl Team {
    async fn of(
        books: &mut Reader<'_>,
        departments: &[DepartmentId],
        bounds: Bounds,
    ) -> Result<Team, Fault> {
        let (few, departments) = (bounds.owners, departments.to_vec());
        let named = people::store::members(books, &departments, few).await?;
        let size = i64::try_from(named.len()).unwrap_or(i64::MAX);
        Ok(if size < few {
            Team {
                departments,
                size,
                named: Some(named),
            }
        } else {
            Team {
                size: people::store::count_members(books, &departments).await?,
                departments,
                named: None,
            }
        })
    }

    /// One of them, neither the first nor the last to come.
    fn somebody(&self) -> Option<EmployeeId> {
        let named = self.named.as_ref()?;
        named.get(named.len() / 2).copied()
    }

    /// Adds the people as what stands behind `IN`.
    fn push(&self, query: &mut Query) {
        match &self.named {
            Some(named) => {
                query.bind_list(named.iter().copied());
            }
            None => people::store::push_members(query, &self.departments),
        }
    }
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
    /// The same of a team, each to where the page ends that the others fill, as a server is told.
    Merged,
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
    /// Conditions that would lead elsewhere are expressions, which no index has.
    led: bool,
}

impl Way {
    fn hits(&self) -> bool {
        matches!(self.sought, Sought::Hits { .. })
    }
}

/// What counts as few.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// So many hits are looked at; more lie so dense that walking finds a page sooner.
    pub(super) hits: i64,
    /// So many rows of an index are walked while one hit is looked up.
    pub(super) seek: i64,
    /// So many people's customers are few, whatever they are narrowed to.
    pub(super) team: i64,
    /// So many people's customers are put together from the first ones of each; those of more lie
    /// dense in the list.
    pub(super) owners: i64,
    /// A region, or a tier of it, of so many customers is walked whole and sorted.
    pub(super) stretch: i64,
    /// The database is led along the path. One that keeps statistics of its columns finds it by
    /// itself, as long as no word is looked for, and finds a better one the more it is told.
    pub(super) led: bool,
}

/// Where one way overtakes the other; `benches/` measures them.
pub(super) const BOUNDS: Bounds = Bounds {
    hits: 20_000,
    seek: 6,
    team: 30,
    owners: 300,
    stretch: 25_000,
    led: true,
};

impl Bounds {
    /// The same on a server: it walks faster along an index, and takes longer for each hit, also to
    /// count it. Within a region many hits may be worth looking at.
    pub(super) fn on_a_server(filter: &CustomerFilter) -> Bounds {
        let hits = if filter.region.is_some() {
            BOUNDS.hits
        } else {
            8_000
        };
        Bounds {
            hits,
            seek: 10,
            led: false,
            ..BOUNDS
        }
    }
}

const HELPS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_seat \
     WHERE employee_id = $1 AND (until_on IS NULL OR until_on > $2) LIMIT 1) AS seats",
);

/// The ways that together lead to everything the caller may see and looks for; of each as many
/// rows will be asked for as `limit` says.
pub(super) async fn find(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    filter: &CustomerFilter,
    limit: i64,
    (bounds, known): (Bounds, &KnownWords),
) -> Result<Vec<Way>, Fault> {
    let mut word = Word::sought(books, filter, bounds.hits, known).await?;
    let size = match word {
        None => Books::default(),
        Some(_) => Books::size(books, limit, known).await?,
    };
    let mut ways = Vec::new();
    for whose in whose(books, reach, bounds).await? {
        let mut path = path(books, &whose, filter, bounds).await?;
        let sought = match &mut word {
            None => vec![Sought::Anything],
            Some(word) => {
                if let (Whose::In(team), Path::Owners) = (&whose, path)
                    && let Some(one) = team.somebody()
                {
                    let counted = (size.customers(), bounds.hits);
                    word.sampled(books, one, counted, known).await?;
                }
                let how = (bounds, known);
                let mut walk = walk::of(books, size, (&whose, path), filter, how).await?;
                // Where a word is frequent a page of these comes sooner than all of those.
                let densest = word.densest();
                for other in instead(&whose, path, filter, bounds) {
                    let along = (&whose, *other);
                    let shorter = walk::of(books, size, along, filter, how).await?;
                    if shorter.rows(densest, bounds) < walk.rows(densest, bounds) {
                        (path, walk) = (*other, shorter);
                    }
                }
                let in_order = filter.sort == Sort::Name && !matches!(path, Path::Stretch(_));
                word.ways(|hits| walk.is_shorter(hits, bounds), in_order)
            }
        };
        ways.extend(sought.into_iter().map(|sought| Way {
            whose: whose.clone(),
            sought,
            path,
            led: bounds.led,
        }));
    }
    Ok(ways)
}

/// Whether a team's page can be merged from the lists of its people, each walked to where the page
/// ends that the others fill. Those of a region stand together in its list.
fn merges(filter: &CustomerFilter) -> bool {
    filter.region.is_none() && !names_owner(filter)
}

/// Whether customers of one person, or of nobody, are asked for.
fn names_owner(filter: &CustomerFilter) -> bool {
    filter.owner.is_some() || filter.pool
}

/// What may be shorter where a path gives its rows in no order, or owner by owner. In a region that
/// is not theirs a team has next to nothing, however frequent a word is.
fn instead(whose: &Whose, path: Path, filter: &CustomerFilter, bounds: Bounds) -> &'static [Path] {
    match (path, whose) {
        (Path::Stretch(_), _) => &[Path::List],
        (Path::Owners, Whose::In(_)) if filter.region.is_some() => &[],
        // SQLite stops by itself.
        (Path::Owners, Whose::In(_)) if !bounds.led && merges(filter) => {
            &[Path::Merged, Path::List]
        }
        (Path::Owners, Whose::In(_)) => &[Path::List],
        _ => &[],
    }
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
        _ if names_owner(filter) => return Ok(Path::Owners),
        // Few are in another state, and an index has only those.
        _ if !is_active(filter) => return Ok(Path::List),
        _ if !bounds.led && filter.q.is_empty() => return Ok(Path::List),
        Whose::Everybodys => {}
        Whose::In(team) => {
            if team.size < bounds.team {
                return Ok(Path::Owners);
            }
            if team.size < bounds.owners && (filter.q.is_empty() || merges(filter)) {
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

async fn whose(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    bounds: Bounds,
) -> Result<Vec<Whose>, Fault> {
    let mut all = Vec::new();
    let own = match reach {
        RowFilter::Nothing => None,
        RowFilter::Everything => {
            all.push(Whose::Everybodys);
            None
        }
        RowFilter::OwnedBy(employee) => Some(*employee),
        RowFilter::Departments { ids, or_owned_by } => {
            all.push(Whose::In(Team::of(books, ids, bounds).await?));
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

fn is_active(filter: &CustomerFilter) -> bool {
    matches!(filter.state.as_deref(), None | Some("active"))
}

#[cfg(test)]
mod tests;
