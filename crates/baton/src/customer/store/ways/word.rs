//! What is looked for, and whether its hits or the list lead to it 检索词的命中.

use spine::{Fault, Reader, Select, binds};

use super::Sought;
use crate::customer::terms::{self, ANYWHERE, LEADS, LEADS_INITIALS};

const HITS: Select = Select::new(
    "SELECT count(*) AS n FROM (SELECT 1 AS one FROM customer_term \
     WHERE run IN (SELECT run FROM customer_term_run) AND leads = $1 \
     AND term >= $2 AND term < $3 LIMIT $4) AS hits",
);

/// What was typed, and how many hits it has; as many as matter are counted.
pub(super) enum Word {
    None,
    Typed {
        folded: String,
        range: (String, String),
        /// Of each kind of [`KINDS`].
        hits: [i64; 3],
    },
}

/// How a term may stand to the sort key.
const KINDS: [i64; 3] = [ANYWHERE, LEADS, LEADS_INITIALS];

impl Word {
    /// Counts the hits of what was typed, up to `most` of each kind.
    pub(super) async fn sought(
        books: &mut Reader<'_>,
        typed: &str,
        most: i64,
    ) -> Result<Word, Fault> {
        let Some((folded, from, before)) = terms::range(typed) else {
            return Ok(Word::None);
        };
        let mut hits = [most; 3];
        for (hits, kind) in hits.iter_mut().zip(KINDS) {
            *hits = books
                .count(&HITS, binds![kind, from.as_str(), before.as_str(), most])
                .await?;
            // Of hits that may stand anywhere so many decide alone.
            if kind == ANYWHERE && *hits >= most {
                break;
            }
        }
        let range = (from, before);
        Ok(Word::Typed {
            folded,
            range,
            hits,
        })
    }

    /// The ways to its hits, where from `most` hits on walking is the shorter way, and whether one
    /// walks in the order of names.
    pub(super) fn ways(&self, most: i64, in_order: bool) -> Vec<Sought> {
        let Word::Typed {
            folded,
            range,
            hits,
        } = self
        else {
            return vec![Sought::Anything];
        };
        let [anywhere, leading @ ..] = *hits;
        let many = |hits: i64| hits >= most;
        if many(anywhere) || (!in_order && leading.into_iter().any(many)) {
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
