//! What is looked for, and whether its hits or the list lead to it 检索词的命中.

use kernel::EmployeeId;
use spine::{Fault, Query, Reader};

use super::Sought;
use crate::customer::store::list::CustomerFilter;
use crate::customer::terms::{self, ANYWHERE, LEADS, LEADS_INITIALS};

/// What was typed, and how many hits it has; as many as matter are counted.
pub(super) enum Word {
    None,
    Typed {
        folded: String,
        range: (String, String),
        /// Of each kind of [`KINDS`].
        hits: [Hits; 3],
    },
}

/// Terms that begin with what was typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hits {
    pub(super) all: i64,
    /// Those of customers in the region that is asked for.
    pub(super) there: i64,
}

/// How a term may stand to the sort key.
const KINDS: [i64; 3] = [ANYWHERE, LEADS, LEADS_INITIALS];

impl Word {
    /// Counts the hits of what was typed, up to `most` of each kind.
    pub(super) async fn sought(
        books: &mut Reader<'_>,
        filter: &CustomerFilter,
        most: i64,
    ) -> Result<Word, Fault> {
        let Some((folded, from, before)) = terms::range(&filter.q) else {
            return Ok(Word::None);
        };
        let range = (from, before);
        let many = Hits {
            all: most,
            there: most,
        };
        let mut hits = [many; 3];
        for (hits, kind) in hits.iter_mut().zip(KINDS) {
            *hits = count(books, kind, &range, filter.region.as_deref(), most).await?;
            // Of hits that may stand anywhere so many decide alone.
            if kind == ANYWHERE && hits.all >= most {
                break;
            }
        }
        Ok(Word::Typed {
            folded,
            range,
            hits,
        })
    }

    /// Reckons from the customers of one of its people how dense a word is of which more hits were
    /// found than are counted.
    pub(super) async fn sampled(
        &mut self,
        books: &mut Reader<'_>,
        of: EmployeeId,
        (customers, most): (i64, i64),
    ) -> Result<(), Fault> {
        let Word::Typed { folded, hits, .. } = self else {
            return Ok(());
        };
        if hits[0].all < most {
            return Ok(());
        }
        let mut query =
            Query::new("SELECT count(*) AS n, CAST(coalesce(sum(CASE WHEN strpos(c.search, ");
        query.bind(folded.as_str()).push(
            ") > 0 THEN 1 ELSE 0 END), 0) AS BIGINT) AS there \
             FROM (SELECT search FROM customer WHERE owner_id = ",
        );
        query.bind(of).push(" LIMIT 500) AS c");
        let (select, values) = query.select();
        let Some(row) = books.first(&select, values).await? else {
            return Ok(());
        };
        let (looked_at, there): (i64, i64) = (row.get("n")?, row.get("there")?);
        if looked_at > 0 {
            hits[0].all = most.max(customers.saturating_mul(there) / looked_at);
        }
        Ok(())
    }

    /// The most hits of a kind.
    pub(super) fn densest(&self) -> Option<Hits> {
        match self {
            Word::None => None,
            Word::Typed { hits, .. } => hits.iter().copied().max_by_key(|hits| hits.all),
        }
    }

    /// The ways to its hits, where walking is the shorter way to `many`, and whether one walks in
    /// the order of names.
    pub(super) fn ways(&self, many: impl Fn(Hits) -> bool, in_order: bool) -> Vec<Sought> {
        let Word::Typed {
            folded,
            range,
            hits,
        } = self
        else {
            return vec![Sought::Anything];
        };
        let [anywhere, leading @ ..] = *hits;
        if many(anywhere) || (!in_order && leading.into_iter().any(&many)) {
            return vec![Sought::Text(folded.clone())];
        }
        let mut few = vec![ANYWHERE];
        let mut ways = Vec::new();
        for (kind, hits) in [LEADS, LEADS_INITIALS].into_iter().zip(leading) {
            if many(hits) {
                // They begin alike, so they stand together in the list and nowhere else.
                let regions = terms::regions(folded, kind).into_iter();
                ways.extend(regions.map(|region| Sought::TextWithin(folded.clone(), region)));
            } else {
                few.push(kind);
            }
        }
        ways.push(Sought::Hits {
            folded: folded.clone(),
            range: range.clone(),
            leads: few,
        });
        ways
    }
}

/// The hits of one kind, up to `most`.
async fn count(
    books: &mut Reader<'_>,
    kind: i64,
    (from, before): &(String, String),
    region: Option<&str>,
    most: i64,
) -> Result<Hits, Fault> {
    let mut query = Query::new("SELECT count(*) AS n, ");
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
        .bind(kind);
    query.push(" AND term >= ").bind(from.as_str());
    query.push(" AND term < ").bind(before.as_str());
    query.push(" LIMIT ").bind(most).push(") AS hits");
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    let row = row.ok_or_else(|| Fault::new("a count without a row"))?;
    Ok(Hits {
        all: row.get("n")?,
        there: row.get("there")?,
    })
}
