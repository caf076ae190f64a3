//! One row of the log, examined by itself.

use crate::audit::Fault;
use crate::commitment::{self, Salt};
use crate::entry::EntryLinks;
use crate::hash::{Hash, leaf_hash};
use crate::items::{ItemLinks, ItemTree, ItemsRoot};

/// A row of `log_entry` as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a, 'i> {
    /// Index, from 0.
    pub idx: u64,
    /// The logged bytes.
    pub entry: &'a [u8],
    /// The stored leaf hash.
    pub leaf: &'a [u8],
    /// The payload; `None` once erased, which that of a bulk act never is.
    pub payload: Option<&'a [u8]>,
    /// The salt of the payload.
    pub salt: Option<&'a [u8]>,
    /// The items of a bulk act in their order; empty for other acts.
    pub items: &'i [ItemRow<'a>],
}

/// An item of a bulk act as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct ItemRow<'a> {
    /// The hashed bytes.
    pub item: &'a [u8],
    /// The item's payload; `None` once erased.
    pub payload: Option<&'a [u8]>,
    /// The salt of the payload.
    pub salt: Option<&'a [u8]>,
}

/// A row examined by itself, ready for [`crate::audit::Auditor::row`].
#[derive(Clone, Debug)]
pub struct CheckedRow<'a> {
    pub(super) idx: u64,
    /// Computed from the entry.
    pub(super) leaf: Hash,
    pub(super) leaf_agrees: bool,
    pub(super) erased: bool,
    pub(super) own: Option<Link<'a>>,
    pub(super) items: Vec<Link<'a>>,
    pub(super) faults: Vec<Fault>,
}

impl<'a> CheckedRow<'a> {
    pub(super) fn links(&self) -> impl Iterator<Item = &Link<'a>> {
        self.own.iter().chain(&self.items)
    }
}

/// A subject and the entry before about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link<'a> {
    pub(super) subject: &'a str,
    pub(super) prev: Option<Hash>,
}

/// Examines a row by itself: canonical form, number, leaf hash, payload, items.
#[must_use]
pub fn check_row<'a>(row: &Row<'a, '_>) -> CheckedRow<'a> {
    let leaf = leaf_hash(row.entry);
    let mut checked = CheckedRow {
        idx: row.idx,
        leaf,
        leaf_agrees: row.leaf == leaf.as_bytes(),
        erased: row.payload.is_none(),
        own: None,
        items: Vec::new(),
        faults: Vec::new(),
    };
    if !checked.leaf_agrees {
        checked.faults.push(Fault::Leaf);
    }
    match EntryLinks::read(row.entry) {
        Ok(entry) => check_entry(row, entry, &mut checked),
        Err(why) => checked.faults.push(Fault::Entry { why }),
    }
    check_items(row, &mut checked);
    checked
}

fn check_entry<'a>(row: &Row<'a, '_>, entry: EntryLinks<'a>, checked: &mut CheckedRow<'a>) {
    if entry.seq != row.idx {
        checked.faults.push(Fault::Seq { says: entry.seq });
    }
    checked.own = entry.subject.map(|subject| Link {
        subject,
        prev: entry.prev,
    });
    if checked.own.is_none() && entry.prev.is_some() {
        checked.faults.push(Fault::ChainOfNothing);
    }
    match (row.payload, row.salt.map(Salt::try_from)) {
        (None, _) => {}
        (Some(payload), Some(Ok(salt))) => {
            if !commitment::opens(&entry.commit, &salt, payload) {
                checked.faults.push(Fault::Payload);
            }
        }
        _ => checked.faults.push(Fault::Salt),
    }
}

fn check_items<'a>(row: &Row<'a, '_>, checked: &mut CheckedRow<'a>) {
    let stored = || ItemTree::over_bytes(row.items.iter().map(|item| item.item)).root();
    match row.payload.and_then(ItemsRoot::of_payload) {
        None if row.items.is_empty() => {}
        Some(signed) if signed == stored() => {}
        _ => checked.faults.push(Fault::Items),
    }
    for (n, stored) in (0..).zip(row.items) {
        checked.erased |= stored.payload.is_none();
        let Ok(item) = ItemLinks::read(stored.item) else {
            checked.faults.push(Fault::Item { n });
            continue;
        };
        let opens = match (stored.payload, stored.salt.map(Salt::try_from)) {
            (None, _) => true,
            (Some(payload), Some(Ok(salt))) => commitment::opens(&item.commit, &salt, payload),
            _ => false,
        };
        if item.n != n || !opens {
            checked.faults.push(Fault::Item { n });
        }
        let link = Link {
            subject: item.subject,
            prev: item.prev,
        };
        match checked.own {
            // About the entry's own subject: the same link told once more.
            Some(own) if own.subject == link.subject => {
                if own.prev != link.prev {
                    checked.faults.push(Fault::Item { n });
                }
            }
            _ => checked.items.push(link),
        }
    }
}
