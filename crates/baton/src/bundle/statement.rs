//! The material of a statement's bundle 提成单取证.
//!
//! The two files that were kept for good, the record that names their digests, and the records of
//! what they speak of: the month's closing, the plan versions, the receipts and contracts. What
//! speaks of other people's pay (a calculation of the whole company) stays out.

use std::collections::{BTreeMap, BTreeSet};

use ::bundle::case::{Document, Record};
use ::bundle::choice::Choice;
use ::commission::statement::Facts;
use ::evidence::entry::Entry;
use ::evidence::items::ItemsRoot;
use spine::{Extract, Failure, Fault, Reader};
use verifier::recompute::{FACTS, STATEMENT};

use super::gather::record;
use super::make::{About, Chosen};
use crate::commission::acts::close_period::ClosePeriod;
use crate::commission::acts::keep_basis::KeepBasis;
use crate::commission::acts::publish_plan::PublishPlan;
use crate::commission::store::BasisRow;

/// An entry of the log as it was read.
struct Raw {
    stored: Extract,
    entry: Entry,
}

/// Reads what entries below `up_to` say.
pub(crate) async fn gather(
    books: &mut Reader<'_>,
    basis: &BasisRow,
    person: &str,
    up_to: u64,
) -> Result<(About, Chosen), Failure> {
    let facts: Facts = serde_json::from_slice(&basis.facts)?;
    let own = format!("commission/{}", basis.payee);
    let month = format!("commission_period/{}", basis.month);
    let mut found: BTreeMap<u64, Raw> = BTreeMap::new();
    let kept = read(books, &[own.clone(), month.clone()], up_to).await?;
    let names_it = |raw: &Raw| {
        raw.entry.act == spine_name::<KeepBasis>()
            && raw
                .entry
                .docs
                .iter()
                .any(|doc| doc.sha256.to_string() == basis.facts_digest)
    };
    let closes = |raw: &Raw| {
        raw.entry.act == spine_name::<ClosePeriod>() && raw.entry.subject.first() == Some(&month)
    };
    let mut named = None;
    for raw in kept {
        if names_it(&raw) {
            named = Some(raw.stored.index);
        }
        if names_it(&raw) || closes(&raw) {
            found.insert(raw.stored.index, raw);
        }
    }
    let named = named.ok_or_else(super::make::unsigned)?;
    let behind = behind(&facts);
    for some in behind.chunks(300) {
        for raw in read(books, some, up_to).await? {
            let bulk = raw.stored.content.as_ref().map(|(payload, _)| payload);
            let bulk = bulk.and_then(|payload| ItemsRoot::of_payload(payload));
            if bulk.is_none() {
                found.insert(raw.stored.index, raw);
            }
        }
    }
    for plan in &facts.books.plans {
        let subject = format!("commission_plan/{}", plan.id);
        let mut published = read(books, &[subject], up_to).await?.into_iter();
        let newest = published.rfind(|raw| raw.entry.act == spine_name::<PublishPlan>());
        found.extend(newest.map(|raw| (raw.stored.index, raw)));
    }
    let chosen = Chosen {
        records: shown(&found),
        documents: vec![
            document(FACTS, &basis.facts, named),
            document(STATEMENT, &basis.statement, named),
        ],
    };
    let about = About {
        number: format!("TC{}-{person}", basis.month),
        subjects: subjects(&found),
        up_to,
    };
    Ok((about, chosen))
}

const fn spine_name<A: spine::Act>() -> &'static str {
    A::NAME
}

fn document(file: &str, content: &[u8], record: u64) -> Document {
    Document {
        file: file.to_owned(),
        content: content.to_vec(),
        record,
    }
}

/// The records that stand behind the lines of the statement, and their contracts.
fn behind(facts: &Facts) -> Vec<String> {
    let mut subjects: BTreeSet<String> = BTreeSet::new();
    for (record, deal) in &facts.about {
        subjects.insert(record.0.clone());
        subjects.insert(format!("contract/{deal}"));
    }
    subjects.into_iter().collect()
}

async fn read(
    books: &mut Reader<'_>,
    subjects: &[String],
    up_to: u64,
) -> Result<Vec<Raw>, Failure> {
    let mut raws = Vec::new();
    for stored in books.records_about(subjects, up_to).await? {
        let entry = Entry::from_bytes(&stored.entry);
        let entry = entry.map_err(|error| Fault::new(error.to_string()))?;
        raws.push(Raw { stored, entry });
    }
    Ok(raws)
}

/// Everything that was taken is shown: it speaks of his pay and of what it stands on.
fn shown(found: &BTreeMap<u64, Raw>) -> Vec<Record> {
    let choice = Choice {
        about: subjects(found).into_iter().collect(),
        show: found.keys().copied().collect(),
        withhold: BTreeSet::new(),
    };
    let records = found.values();
    records
        .filter_map(|raw| choice.of(record(&raw.stored, &[])))
        .collect()
}

/// The first subject of each record: whose chain it continues.
fn subjects(found: &BTreeMap<u64, Raw>) -> Vec<String> {
    let firsts = found.values().filter_map(|raw| raw.entry.subject.first());
    let firsts: BTreeSet<String> = firsts.cloned().collect();
    firsts.into_iter().collect()
}
