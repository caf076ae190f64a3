//! What the files have said of a record so far 历次所述.
//!
//! A column that a file does not have says nothing. So a new file is compared with what was said
//! of each column last, by whichever file; the one before it need not have had the column.

use std::collections::{BTreeMap, HashMap};

use intake::RecordKind;
use kernel::ImportId;
use serde_json::Value as Json;
use spine::{Fault, Query, Reader};

use super::batch::lines_at;
use super::known::ASKED;
use crate::import::line::Line;
use crate::import::plan::Identity;

/// A line that came in before with another content.
pub(super) struct Changed<'l> {
    pub(super) line: &'l Line,
    pub(super) identity: Identity,
    /// Batch and place of the content that is read next.
    pub(super) at: Option<(String, i64)>,
}

impl Changed<'_> {
    /// Whether the line has columns of which the contents read so far say nothing.
    fn asks_more(&self) -> bool {
        let before = self.identity.before.as_ref();
        before.is_some_and(|before| !self.line.is_within(before))
    }
}

/// How a record came with a batch: its place, and the batch whose content it had before.
struct Came {
    n: i64,
    last: Option<String>,
}

/// By key and batch.
type Comings = HashMap<String, HashMap<String, Came>>;

/// Gives each line what was said before of the columns it has.
pub(super) async fn look_back(
    books: &mut Reader<'_>,
    kind: RecordKind,
    changed: &mut [Changed<'_>],
) -> Result<(), Fault> {
    read(books, changed).await?;
    let comings = comings(books, kind, changed).await?;
    loop {
        for one in changed.iter_mut() {
            let at = one.at.take().filter(|_| one.asks_more());
            one.at = at.and_then(|(batch, _)| earlier(&comings, &one.line.key, &batch));
        }
        if changed.iter().all(|one| one.at.is_none()) {
            return Ok(());
        }
        read(books, changed).await?;
    }
}

/// Where the content stands that a record had before this batch.
fn earlier(comings: &Comings, key: &str, batch: &str) -> Option<(String, i64)> {
    let of_key = comings.get(key)?;
    let last = of_key.get(batch)?.last.clone()?;
    let n = of_key.get(&last)?.n;
    Some((last, n))
}

/// Reads the contents to be read next and lays what is known of later ones over them.
async fn read(books: &mut Reader<'_>, changed: &mut [Changed<'_>]) -> Result<(), Fault> {
    let mut places: BTreeMap<String, BTreeMap<i64, usize>> = BTreeMap::new();
    for (index, one) in changed.iter().enumerate() {
        if let Some((batch, n)) = &one.at {
            let of_batch = places.entry(batch.clone()).or_default();
            of_batch.insert(*n, index);
        }
    }
    for (batch, of_batch) in places {
        let Ok(batch) = batch.parse::<ImportId>() else {
            continue;
        };
        let numbers: Vec<i64> = of_batch.keys().copied().collect();
        for content in lines_at(books, batch, &numbers).await? {
            let index = of_batch.get(&content.n).copied();
            let Some(one) = index.and_then(|index| changed.get_mut(index)) else {
                continue;
            };
            let known = one.identity.before.take();
            one.identity.before = Some(match known {
                Some(later) => later.over(&content),
                None => content,
            });
        }
    }
    Ok(())
}

/// How the records came in of whose lines the last content does not say everything.
async fn comings(
    books: &mut Reader<'_>,
    kind: RecordKind,
    changed: &[Changed<'_>],
) -> Result<Comings, Fault> {
    let asked = changed.iter().filter(|one| one.asks_more());
    let records: Vec<&str> = asked.map(|one| one.identity.record.as_str()).collect();
    let mut comings = Comings::new();
    for some in records.chunks(ASKED) {
        let mut query = Query::new(
            "SELECT key, batch_id, n, before FROM import_record \
             WHERE action IN ('created', 'updated', 'matched') AND kind = ",
        );
        query.bind(kind.name()).push(" AND record_id IN ");
        query.bind_list(some.iter().copied());
        let (select, values) = query.select();
        for row in books.all(&select, values).await? {
            let told: Option<String> = row.get("before")?;
            let told = told.and_then(|text| serde_json::from_str::<Json>(&text).ok());
            let last = told
                .as_ref()
                .and_then(|told| told["identity"]["batch"].as_str());
            let came = Came {
                n: row.get("n")?,
                last: last.map(str::to_owned),
            };
            let of_key = comings.entry(row.get("key")?).or_default();
            of_key.insert(row.get("batch_id")?, came);
        }
    }
    Ok(comings)
}
