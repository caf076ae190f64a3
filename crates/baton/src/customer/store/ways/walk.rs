//! How long the walk along a list is beside the look-ups of hits 路径代价.
//!
//! Everything is told in rows of an index that are walked one after the other; a hit that is looked
//! up costs as much as some of them, a term that is passed a fraction of one.

use spine::{Fault, Query, Reader, Select, binds};

use super::word::Hits;
use super::{Bounds, KnownWords, Path, Team, Whose, is_active, merges};
use crate::customer::store::list::{CustomerFilter, Sort};
use crate::people;

/// Terms that are passed while one row with all its text is.
const TERMS_A_ROW: i64 = 3;
/// Of customers so many have the tier or the industry that is asked for, one in.
const ONE_IN: i64 = 3;
/// Of so many customers the number is not another one in a few minutes.
const MANY: i64 = 100_000;
/// The customers of one owner are counted up to so many; beyond it they lie dense in his list.
const COUNTED: i64 = 20_000;

const INACTIVE: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer WHERE state <> 'active' LIMIT $1) \
     AS others",
);
const SEATS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_seat WHERE employee_id = $1 \
     LIMIT $2) AS seats",
);
const OF_OWNER: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer WHERE owner_id = $1 LIMIT $2) AS own",
);
const OF_NOBODY: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer WHERE owner_id IS NULL LIMIT $1) \
     AS pool",
);

/// How large the books are, nearly, and how many rows a page has.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Books {
    customers: i64,
    people: i64,
    page: i64,
}

impl Books {
    pub(super) const fn customers(self) -> i64 {
        self.customers
    }

    /// What the people of a team have, were it as much as others have.
    fn share(self, team: &Team) -> i64 {
        self.customers.saturating_mul(team.size) / self.people.max(1)
    }

    pub(super) async fn size(
        books: &mut Reader<'_>,
        page: i64,
        known: &KnownWords,
    ) -> Result<Books, Fault> {
        let (customers, people) = match known.size.recall(&(), books.at()) {
            Some(size) => size,
            None => {
                let size = counted(books).await?;
                if size.0 >= MANY {
                    known.size.remember((), books.at(), size);
                }
                size
            }
        };
        Ok(Books {
            customers,
            people,
            page,
        })
    }
}

/// How many customers and people there are, nearly.
async fn counted(books: &mut Reader<'_>) -> Result<(i64, i64), Fault> {
    let mut query = Query::new("SELECT coalesce(max(term_no), 0) AS customers, ");
    people::store::push_head_count(&mut query);
    query.push(" AS people FROM customer");
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    let row = row.ok_or_else(|| Fault::new("a count without a row"))?;
    Ok((row.get("customers")?, row.get("people")?))
}

/// A walk along a list in search of a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Walk {
    size: Books,
    /// So many rows are all of it.
    most: i64,
    /// It takes all of them, since they are sorted afterwards.
    whole: bool,
    /// Each person's rows are walked to where the page ends that those before him fill.
    merges: bool,
    /// One of its rows takes as long as so many of the list.
    weight: i64,
    /// One row in so many is the caller's.
    one_in: i64,
    /// The owner is looked up of each row that has the word.
    looks_up: bool,
}

impl Walk {
    /// Whether a page is found sooner along the list than along these hits.
    pub(super) fn is_shorter(&self, hits: Hits, bounds: Bounds) -> bool {
        if hits.all >= bounds.hits {
            return true;
        }
        let looked_up = bounds.seek.saturating_mul(hits.there);
        let passed = bounds.seek.min(1) * hits.all / TERMS_A_ROW;
        looked_up.saturating_add(passed) > self.rows(hits, bounds)
    }

    /// How many rows are walked until the page is full.
    pub(super) fn rows(&self, hits: Hits, bounds: Bounds) -> i64 {
        if self.whole || hits.all == 0 {
            return self.weight.saturating_mul(self.most);
        }
        let fit = self.size.page.saturating_mul(self.one_in);
        // A list of one region has them as dense as the whole; a server walks everybody's.
        let dense = if bounds.led {
            hits.all
        } else {
            hits.there.max(1)
        };
        let mut rows = self.size.customers.saturating_mul(fit) / dense;
        if self.merges {
            rows = merged(rows.max(1), self.most);
        }
        let owners = if self.looks_up {
            bounds.seek.saturating_mul(fit)
        } else {
            0
        };
        let rows = self.weight.saturating_mul(rows.min(self.most));
        rows.saturating_add(owners)
    }
}

/// How many rows are walked, at most, when `page` of them would hold a page were they in one order,
/// and `most` stand owner by owner: all until the page is full, and of each next owner to where it
/// ends now, page × (1 + ln(most ÷ page)).
fn merged(page: i64, most: i64) -> i64 {
    let doublings = 1 + i64::from((most / page).max(1).ilog2());
    // ln 2 is seven tenths.
    let later = page.saturating_mul(doublings).saturating_mul(7) / 10;
    page.saturating_add(later).min(most)
}

/// The walk along this path.
pub(super) async fn of(
    books: &mut Reader<'_>,
    size: Books,
    (whose, path): (&Whose, Path),
    filter: &CustomerFilter,
    (bounds, known): (Bounds, &KnownWords),
) -> Result<Walk, Fault> {
    let mut walk = Walk {
        size,
        most: size.customers,
        whole: false,
        merges: false,
        weight: 1,
        one_in: 1,
        looks_up: false,
    };
    let by_name = filter.sort == Sort::Name;
    if let Whose::In(team) = whose {
        walk.one_in = size.people / team.size.max(1);
    }
    match path {
        Path::Stretch(size) => {
            walk.most = size;
            walk.whole = true;
        }
        Path::List if !is_active(filter) => {
            let others = books.count(&INACTIVE, binds![COUNTED]).await?;
            walk.most = others.saturating_mul(bounds.seek);
            walk.whole = true;
        }
        Path::List => {
            walk.looks_up = walk.one_in > 1 && by_name && bounds.led;
        }
        Path::Owners | Path::Merged => {
            walk.most = owned(books, size, whose, filter, (bounds, known)).await?;
            walk.one_in = 1;
            if let (Path::Merged, Whose::In(team)) = (path, whose) {
                // First of each a few, together a page and one more of everybody.
                walk.size.page += team.size;
                walk.weight = 2;
            } else if let Whose::In(_) = whose {
                walk.merges = bounds.led && merges(filter);
                walk.whole = !walk.merges;
            }
        }
    }
    let narrowed = [&filter.tier, &filter.industry];
    for _ in narrowed.into_iter().flatten() {
        walk.one_in = walk.one_in.saturating_mul(ONE_IN);
    }
    Ok(walk)
}

/// How many customers the owners have.
async fn owned(
    books: &mut Reader<'_>,
    size: Books,
    whose: &Whose,
    filter: &CustomerFilter,
    (bounds, known): (Bounds, &KnownWords),
) -> Result<i64, Fault> {
    let of = match whose {
        Whose::Of(owner) => Some(*owner),
        _ => filter.owner,
    };
    if let Some(owner) = of {
        return books.count(&OF_OWNER, binds![owner, COUNTED]).await;
    }
    if filter.pool {
        return books.count(&OF_NOBODY, binds![COUNTED]).await;
    }
    match whose {
        Whose::HelpedBy(employee, _) => {
            let seats = books.count(&SEATS, binds![*employee, COUNTED]).await?;
            Ok(seats.saturating_mul(bounds.seek))
        }
        Whose::In(team) if !bounds.led => Ok(size.share(team)),
        Whose::In(team) => of_team(books, size, team, known).await,
        _ => Ok(size.customers),
    }
}

/// How many customers the people of a team have; beyond what is counted, as many as others have.
async fn of_team(
    books: &mut Reader<'_>,
    size: Books,
    team: &Team,
    known: &KnownWords,
) -> Result<i64, Fault> {
    if let Some(own) = known.teams.recall(&team.departments, books.at()) {
        return Ok(own);
    }
    let mut query = Query::new("SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer c ");
    query.push("WHERE c.owner_id IN ");
    team.push(&mut query);
    query.push(" LIMIT ").bind(COUNTED).push(") AS own");
    let (select, values) = query.select();
    let mut own = books.count(&select, values).await?;
    if own >= COUNTED {
        own = own.max(size.share(team));
        let departments = team.departments.clone();
        known.teams.remember(departments, books.at(), own);
    }
    Ok(own)
}
