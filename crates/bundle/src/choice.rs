//! What is disclosed, and what stays hidden 披露范围.
//!
//! As little about other people as the proof allows. A record always shows its entry, in which no
//! name stands. Its payload is shown when the record speaks of nothing but the subjects of the
//! case; of a bulk act only the items of these subjects go along, and the payload, which names
//! nobody. Salted commitments keep the rest hidden and provable.

use std::collections::BTreeSet;

use evidence::entry::Entry;
use evidence::items::{Item, ItemsRoot};

use crate::case::{Content, Record};

/// The subjects of a case, and exceptions by hand.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// `customer/cus_…`: records about these go in.
    pub about: BTreeSet<String>,
    /// Indexes of records whose payload is shown although they speak of others too.
    pub show: BTreeSet<u64>,
    /// Indexes of records whose payload is kept back.
    pub withhold: BTreeSet<u64>,
}

impl Choice {
    /// The record as it goes into the bundle; `None` when it has nothing to do with the case.
    #[must_use]
    pub fn of(&self, mut record: Record) -> Option<Record> {
        let entry = Entry::from_bytes(&record.entry).ok()?;
        let is_ours = |subject: &str| self.about.contains(subject);
        record
            .items
            .retain(|part| Item::from_bytes(&part.item).is_ok_and(|item| is_ours(&item.subject)));
        let speaks_of_us = entry.subject.iter().any(|subject| is_ours(subject));
        if !speaks_of_us && record.items.is_empty() {
            return None;
        }
        for part in &mut record.items {
            self.hide_by_hand(entry.seq, &mut part.content);
        }
        let names_nobody = match &record.content {
            Content::Shown { payload, .. } => ItemsRoot::of_payload(payload).is_some(),
            _ => false,
        };
        let of_others = !entry.subject.iter().all(|subject| is_ours(subject));
        if of_others && !names_nobody && !self.show.contains(&entry.seq) {
            withhold(&mut record.content);
        }
        // Without the payload of a bulk act its items prove nothing.
        if record.items.is_empty() {
            self.hide_by_hand(entry.seq, &mut record.content);
        }
        Some(record)
    }

    fn hide_by_hand(&self, index: u64, content: &mut Content) {
        if self.withhold.contains(&index) {
            withhold(content);
        }
    }
}

/// What was erased stays erased.
fn withhold(content: &mut Content) {
    if matches!(content, Content::Shown { .. }) {
        *content = Content::Withheld;
    }
}
