//! Records handed on so far: repeats, owners, and references that wait for an answer 已知记录.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use crate::finding::{Detail, Findings, Place, Sheet};
use crate::kind::RecordKind;
use crate::reason::Reason;
use crate::value::{Fields, Value};

/// Everything known of the records handed on.
#[derive(Debug, Default)]
pub(crate) struct Known {
    seen: BTreeMap<RecordKind, HashMap<String, Seen>>,
    owners: BTreeMap<RecordKind, HashMap<String, Arc<str>>>,
    waiting: BTreeMap<RecordKind, HashMap<String, Vec<Waiting>>>,
    content: Content,
}

/// A record already handed on.
#[derive(Debug)]
struct Seen {
    digest: u64,
    block: usize,
    row: u32,
    /// Kept for distinct blocks, whose rows may disagree.
    fields: Option<Fields>,
}

/// References from one column to a record not seen so far.
#[derive(Debug)]
struct Waiting {
    sheet: Sheet,
    column: Detail,
    rows: Vec<u32>,
}

/// The bytes of a record's content, hashed in one go: many small writes would cost more than the
/// rest of the row.
#[derive(Debug, Default)]
struct Content(Vec<u8>);

impl Hasher for Content {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.0);
        hasher.finish()
    }
}

/// A record about to be handed on.
pub(crate) struct Candidate<'c> {
    pub(crate) kind: RecordKind,
    pub(crate) key: &'c str,
    pub(crate) fields: &'c Fields,
    pub(crate) extra: &'c [(Arc<str>, String)],
    /// The number of its block, and whether that block wants each key once.
    pub(crate) block: usize,
    pub(crate) distinct: bool,
    pub(crate) row: u32,
}

/// What a row with a known key is.
#[derive(Debug)]
pub(crate) enum Repeat {
    /// The same again, as a distinct block expects.
    Expected,
    /// The same again, or something to pass over; the report says why.
    Merged(Reason, Detail),
    /// Another record under the same key.
    Conflict(Detail),
}

/// A reference nothing in the batch answers, and how often it occurs.
pub(crate) type Unresolved = (RecordKind, String, u64);

impl Known {
    /// Enters the record; when its key is known already, says what that makes of it.
    pub(crate) fn enter(&mut self, candidate: &Candidate<'_>) -> Option<Repeat> {
        let Candidate {
            kind,
            key,
            fields,
            block,
            distinct,
            row,
            ..
        } = *candidate;
        self.content.0.clear();
        (fields, candidate.extra).hash(&mut self.content);
        let digest = self.content.finish();
        let first = match self.seen.entry(kind).or_default().entry(key.to_owned()) {
            Entry::Occupied(first) => first.into_mut(),
            Entry::Vacant(place) => {
                let fields = distinct.then(|| fields.clone());
                place.insert(Seen {
                    digest,
                    block,
                    row,
                    fields,
                });
                return None;
            }
        };
        let (label, name) = (kind.label(), kind.name());
        Some(if first.digest == digest {
            match distinct {
                true => Repeat::Expected,
                false => Repeat::Merged(Reason::MergedSame, Detail::none()),
            }
        } else if !distinct {
            let zh = format!("第 {} 行已有{label}「{key}」", first.row);
            Repeat::Conflict(Detail::both(
                zh,
                format!("row {} is {name} {key}", first.row),
            ))
        } else if first.block != block {
            Repeat::Merged(Reason::MergedEarlier, Detail::both(label, name))
        } else {
            let what = first
                .fields
                .as_ref()
                .map(|known| differences(kind, known, fields));
            let what = what.unwrap_or_default();
            let zh = format!("{label}「{key}」的{}前后不一", what.zh);
            let en = format!("{name} {key} has differing {}", what.en);
            Repeat::Merged(Reason::DistinctDisagrees, Detail::both(zh, en))
        })
    }

    /// The record's own owner, or that of the record it belongs to; empty when there is none.
    pub(crate) fn owner_of(&self, kind: RecordKind, fields: &Fields) -> Arc<str> {
        let own = fields.text("owner");
        if !own.is_empty() {
            return own.into();
        }
        let by_way = kind
            .owner_by_way_of()
            .iter()
            .find_map(|name| match fields.get(name)? {
                Value::Ref { kind, key } => self.owners.get(kind)?.get(key).cloned(),
                _ => None,
            });
        by_way.unwrap_or_default()
    }

    /// Remembers whose record this is, for those that belong to it.
    pub(crate) fn remember_owner(&mut self, kind: RecordKind, key: &str, owner: Arc<str>) {
        self.owners
            .entry(kind)
            .or_default()
            .insert(key.to_owned(), owner);
    }

    /// Remembers a reference, unless what it points to is known.
    pub(crate) fn remember_ref(
        &mut self,
        (kind, key): (RecordKind, &str),
        sheet: &Sheet,
        column: Place<'_>,
        row: u32,
    ) {
        if self.knows(kind, key) {
            return;
        }
        let waiting = self.waiting.entry(kind).or_default();
        if !waiting.contains_key(key) {
            waiting.insert(key.to_owned(), Vec::new());
        }
        let Some(places) = waiting.get_mut(key) else {
            return;
        };
        match places
            .iter_mut()
            .find(|place| place.column.zh == column.zh && place.sheet == *sheet)
        {
            Some(place) => place.rows.push(row),
            None => {
                let (sheet, column) = (sheet.clone(), Detail::both(column.zh, column.en));
                places.push(Waiting {
                    sheet,
                    column,
                    rows: vec![row],
                });
            }
        }
    }

    fn knows(&self, kind: RecordKind, key: &str) -> bool {
        self.seen
            .get(&kind)
            .is_some_and(|seen| seen.contains_key(key))
    }

    /// What is still waited for when every record has been handed on.
    pub(crate) fn unresolved(&mut self, findings: &mut Findings) -> Vec<Unresolved> {
        let mut unresolved = Vec::new();
        for (kind, keys) in std::mem::take(&mut self.waiting) {
            let mut keys: Vec<_> = keys
                .into_iter()
                .filter(|(key, _)| !self.knows(kind, key))
                .collect();
            keys.sort_by(|(a, _), (b, _)| a.cmp(b));
            for (key, places) in keys {
                let times: usize = places.iter().map(|place| place.rows.len()).sum();
                for Waiting {
                    sheet,
                    column,
                    rows,
                } in places
                {
                    findings.unresolved((kind, &key), &sheet, rows, &column);
                }
                unresolved.push((kind, key, u64::try_from(times).unwrap_or(u64::MAX)));
            }
        }
        unresolved
    }
}

/// The fields in which two rows of one key differ, with both values.
fn differences(kind: RecordKind, first: &Fields, now: &Fields) -> Detail {
    let mut names: Vec<&str> = first.iter().map(|(name, _)| name).collect();
    names.extend(
        now.iter()
            .map(|(name, _)| name)
            .filter(|name| first.get(name).is_none()),
    );
    names.retain(|name| first.get(name) != now.get(name));
    let shown = |value: Option<&Value>| value.map(Value::shown).unwrap_or_default();
    let told = |name: &&str| {
        let label = kind.field(name).map_or(*name, |spec| spec.label);
        let (one, other) = (shown(first.get(name)), shown(now.get(name)));
        (
            format!("{label}（{one} / {other}）"),
            format!("{name} ({one} / {other})"),
        )
    };
    let (zh, en): (Vec<String>, Vec<String>) = names.iter().map(told).unzip();
    Detail::both(zh.join("、"), en.join(", "))
}
