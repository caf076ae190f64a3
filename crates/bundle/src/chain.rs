//! Chains of records about one subject 记录链.
//!
//! Each record names the leaf hash of the one before it about its first subject, each item of
//! a bulk act that of the one before about its own. So a record left out between two shown ones is
//! seen. What came after the last shown record no chain can tell.

use std::collections::{BTreeMap, BTreeSet};

use evidence::hash::Hash;

/// A record, seen as a link of chains; they come by ascending index.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) leaf: Hash,
    /// Subject, and the leaf before about it.
    pub(crate) links: Vec<(String, Option<Hash>)>,
    /// Everything the record speaks of by itself.
    pub(crate) subjects: Vec<String>,
}

/// The chain of one subject, as far as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chain {
    /// Leaves that are named and not shown, between two shown records.
    pub(crate) missing: Vec<Hash>,
    /// What the first shown record follows.
    pub(crate) before: Option<Hash>,
    /// Two records follow the same one.
    pub(crate) forked: bool,
}

impl Chain {
    /// Whether it runs from the subject's first record without a hole.
    pub(crate) const fn is_whole(&self) -> bool {
        self.missing.is_empty() && self.before.is_none() && !self.forked
    }
}

/// The chains of all subjects.
pub(crate) fn chains(nodes: &[Node]) -> BTreeMap<String, Chain> {
    let mut links: BTreeMap<&str, Vec<(Hash, Option<Hash>)>> = BTreeMap::new();
    for node in nodes {
        for (subject, prev) in &node.links {
            links.entry(subject).or_default().push((node.leaf, *prev));
        }
    }
    let chains = links.into_iter();
    chains
        .map(|(subject, links)| (subject.to_owned(), chain(&links)))
        .collect()
}

fn chain(links: &[(Hash, Option<Hash>)]) -> Chain {
    let mut chain = Chain::default();
    let (mut shown, mut followed) = (BTreeSet::new(), BTreeSet::new());
    for (n, (leaf, prev)) in links.iter().enumerate() {
        chain.forked |= !followed.insert(*prev);
        match prev {
            Some(prev) if !shown.contains(prev) && n == 0 => chain.before = Some(*prev),
            Some(prev) if !shown.contains(prev) => chain.missing.push(*prev),
            _ => {}
        }
        shown.insert(*leaf);
    }
    chain
}
