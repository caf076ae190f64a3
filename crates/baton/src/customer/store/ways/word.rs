//! What is looked for, and whether its hits or the list lead to it 检索词的命中.

use kernel::EmployeeId;
use spine::{Fault, Query, Reader};

use super::Sought;
use super::known::{Asked, KnownWords};
use crate::customer::store::list::CustomerFilter;
use crate::customer::terms::{self, ANYWHERE, LEADS, LEADS_INITIALS};

/// What was typed, and how many hits it has; as many as matter are counted.
pub(super) struct Word {
    folded: String,
    range: (String, String),
    /// Of each kind of [`KINDS`].
    hits: [Hits; 3],
}

/// Terms that begin with what was typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hits {
    pub(super) all: i64,
    /// Those of customers in the region that is asked for.
    pub(super) there: i64,
}

/// How a term may stand to the sort key, in the order of their numbers.
const KINDS: [i64; 3] = [ANYWHERE, LEADS, LEADS_INITIALS];

impl Word {
    /// Counts the hits of what was typed, up to `most` of each kind, unless they are known; `None`
    /// when nothing was typed.
    pub(super) async fn sought(
        books: &mut Reader<'_>,
        filter: &CustomerFilter,
        most: i64,
        known: &KnownWords,
    ) -> Result<Option<Word>, Fault> {
        let Some((folded, from, before)) = terms::range(&filter.q) else {
            return Ok(None);
        };
        let range = (from, before);
        let asked = Asked {
            folded: folded.clone(),
            region: filter.region.clone(),
            most,
        };
        let hits = match known.hits.recall(&asked, books.at()) {
            Some(hits) => hits,
            None => {
                let hits = counted(books, &range, filter.region.as_deref(), most).await?;
                known.hits.remember(asked, books.at(), hits);
                hits
            }
        };
        Ok(Some(Word {
            folded,
            range,
            hits,
        }))
    }

    /// Reckons from the customers of one of its people how dense the word is, where more hits were
    /// found than are counted.
    pub(super) async fn sampled(
        &mut self,
        books: &mut Reader<'_>,
        of: EmployeeId,
        (customers, most): (i64, i64),
        known: &KnownWords,
    ) -> Result<(), Fault> {
        if self.densest().all < most {
            return Ok(());
        }
        let asked = (self.folded.clone(), of);
        let (looked_at, there) = match known.samples.recall(&asked, books.at()) {
            Some(sample) => sample,
            None => {
                let sample = sample(books, of, &self.folded).await?;
                known.samples.remember(asked, books.at(), sample);
                sample
            }
        };
        if looked_at > 0 {
            let all = most.max(customers.saturating_mul(there) / looked_at);
            for hits in self.hits.iter_mut().filter(|hits| hits.all >= most) {
                hits.there = hits.there.saturating_mul(all) / hits.all.max(1);
                hits.all = all;
            }
        }
        Ok(())
    }

    /// The most hits of a kind.
    pub(super) fn densest(&self) -> Hits {
        let [anywhere, leading @ ..] = self.hits;
        let denser = |a: Hits, b: Hits| if b.all > a.all { b } else { a };
        leading.into_iter().fold(anywhere, denser)
    }

    /// The ways to its hits, where walking is the shorter way to `many`, and whether one walks in
    /// the order of names.
    pub(super) fn ways(&self, many: impl Fn(Hits) -> bool, in_order: bool) -> Vec<Sought> {
        let [anywhere, leading @ ..] = self.hits;
        if many(anywhere) || (!in_order && leading.into_iter().any(&many)) {
            return vec![Sought::Text(self.folded.clone())];
        }
        let mut few = vec![ANYWHERE];
        let mut ways = Vec::new();
        for (kind, hits) in [LEADS, LEADS_INITIALS].into_iter().zip(leading) {
            if many(hits) {
                // They begin alike, so they stand together in the list and nowhere else.
                let regions = terms::regions(&self.folded, kind).into_iter();
                ways.extend(regions.map(|region| Sought::TextWithin(self.folded.clone(), region)));
            } else {
                few.push(kind);
            }
        }
        ways.push(Sought::Hits {
            folded: self.folded.clone(),
            range: self.range.clone(),
            leads: few,
        });
        ways
    }
}

/// Of how many customers of a person how many have the word.
async fn sample(books: &mut Reader<'_>, of: EmployeeId, folded: &str) -> Result<(i64, i64), Fault> {
    let mut query = Query::new("SELECT count(*) AS n, CAST(coalesce(sum(CASE WHEN ");
    query.push_holds(books.dialect(), "c.search", folded);
    query.push(
        " THEN 1 ELSE 0 END), 0) AS BIGINT) AS there \
         FROM (SELECT search FROM customer WHERE owner_id = ",
    );
    query.bind(of).push(" AND state = 'active' LIMIT 500) AS c");
    let (select, values) = query.select();
    match books.first(&select, values).await? {
        Some(row) => Ok((row.get("n")?, row.get("there")?)),
        None => Ok((0, 0)),
    }
}

/// The hits of every kind; of those that may stand anywhere `most` decide alone.
async fn counted(
    books: &mut Reader<'_>,
    range: &(String, String),
    region: Option<&str>,
    most: i64,
) -> Result<[Hits; 3], Fault> {
    let many = Hits {
        all: most,
        there: most,
    };
    let mut hits = [many; 3];
    hits[0] = count(books, &KINDS[..1], range, region, most).await?[0];
    if hits[0].all < most {
        let leading = count(books, &KINDS[1..], range, region, most).await?;
        hits[1..].copy_from_slice(&leading);
    }
    Ok(hits)
}

/// The hits of each of these kinds, up to `most`.
async fn count(
    books: &mut Reader<'_>,
    kinds: &[i64],
    (from, before): &(String, String),
    region: Option<&str>,
    most: i64,
) -> Result<Vec<Hits>, Fault> {
    let mut query = Query::new("");
    for (n, kind) in kinds.iter().enumerate() {
        query.push(if n == 0 { "" } else { " UNION ALL " });
        query.push("SELECT CAST(").bind(*kind);
        query.push(" AS BIGINT) AS kind, count(*) AS n, ");
        match region {
            Some(region) => query
                .push("CAST(coalesce(sum(CASE WHEN hits.region = ")
                .bind(region)
                .push(" THEN 1 ELSE 0 END), 0) AS BIGINT)"),
            None => query.push("count(*)"),
        };
        query.push(" AS there FROM (SELECT region FROM customer_term WHERE run IN ");
        query
            .push("(SELECT run FROM customer_term_run) AND leads = ")
            .bind(*kind);
        query.push(" AND term >= ").bind(from.as_str());
        query.push(" AND term < ").bind(before.as_str());
        query.push(" LIMIT ").bind(most).push(") AS hits");
    }
    query.push(" ORDER BY kind");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let hits = rows.iter().map(|row| {
        Ok(Hits {
            all: row.get("n")?,
            there: row.get("there")?,
        })
    });
    let hits: Vec<Hits> = hits.collect::<Result<_, Fault>>()?;
    if hits.len() == kinds.len() {
        Ok(hits)
    } else {
        Err(Fault::new("a count without a row"))
    }
}
