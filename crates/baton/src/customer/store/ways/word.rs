//! What is looked for, and whether its hits or the list lead to it 检索词的命中.

use spine::{Fault, Reader, Select, binds};

use super::{Bounds, Sought, Whose};
use crate::customer::store::list::{CustomerFilter, Sort};
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
    /// Counts the hits of what is looked for.
    pub(super) async fn sought(
        books: &mut Reader<'_>,
        filter: &CustomerFilter,
        bounds: Bounds,
        scopes: &[(Whose, i64)],
    ) -> Result<Word, Fault> {
        let Some((folded, from, before)) = terms::range(&filter.q) else {
            return Ok(Word::None);
        };
        let most = scopes
            .iter()
            .map(|(whose, size)| most_hits(filter, bounds, whose, *size))
            .max()
            .unwrap_or_default();
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

    /// The ways to its hits among these customers.
    pub(super) fn ways(
        &self,
        filter: &CustomerFilter,
        bounds: Bounds,
        whose: &Whose,
        size: i64,
    ) -> Vec<Sought> {
        let Word::Typed {
            folded,
            range,
            hits,
        } = self
        else {
            return vec![Sought::Anything];
        };
        let most = most_hits(filter, bounds, whose, size);
        let [anywhere, leading @ ..] = *hits;
        let many = |hits: i64| hits >= most;
        if many(anywhere) || (filter.sort != Sort::Name && leading.into_iter().any(many)) {
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

/// From how many hits on the sorted list is the shorter way. Who owns few customers has them walked
/// sooner than hits are looked up one by one; by day no index has what is searched; and each
/// further condition makes the list longer that one walks to fill a page.
fn most_hits(filter: &CustomerFilter, bounds: Bounds, whose: &Whose, size: i64) -> i64 {
    let conditions = [&filter.region, &filter.industry, &filter.tier];
    let given = conditions.iter().filter(|one| one.is_some()).count();
    if filter.owner.is_some() {
        return bounds.hits / 2;
    }
    let thinner = match whose {
        Whose::Of(_) | Whose::HelpedBy(..) => return bounds.hits / 2,
        Whose::In(_) if size < bounds.searched => return bounds.hits,
        Whose::In(_) => [filter.sort == Sort::NewestOwned, true, given > 0],
        Whose::Everybodys => [filter.sort == Sort::NewestOwned, given > 1, false],
    };
    let thinner = thinner.into_iter().filter(|holds| *holds).count();
    let times = 1 + 2 * i64::try_from(thinner).unwrap_or_default();
    bounds.hits.saturating_mul(times)
}
