//! Where the chain of each subject stands 各链末端.

use std::hash::{BuildHasher as _, BuildHasherDefault};

use hashbrown::HashTable;

use super::subject_hasher::SubjectHasher;

/// The latest row of each subject. Names lie one behind the other and a place in the table is three
/// numbers: memory of its own for each of a million names costs more than hashing them.
#[derive(Debug, Default)]
pub(super) struct Chains {
    names: String,
    ends: HashTable<End>,
    hasher: BuildHasherDefault<SubjectHasher>,
}

/// Bytes of `customer/cus_…` and most other names.
const USUAL_NAME: usize = 40;

/// The end of one chain.
#[derive(Debug)]
struct End {
    /// Where the name begins and ends.
    name: (usize, usize),
    /// Which of the rows it is.
    row: usize,
}

impl End {
    fn named<'n>(&self, names: &'n str) -> &'n str {
        names.get(self.name.0..self.name.1).unwrap_or_default()
    }
}

impl Chains {
    /// With room for so many subjects.
    pub(super) fn with_room(subjects: usize) -> Chains {
        Chains {
            names: String::with_capacity(subjects * USUAL_NAME),
            ends: HashTable::with_capacity(subjects),
            hasher: BuildHasherDefault::default(),
        }
    }

    /// The chain of each of these subjects goes on with its row, in this order; gives the rows
    /// where they ended before.
    pub(super) fn go_on(&mut self, links: &[(&str, usize)]) -> Vec<Option<usize>> {
        let hash = |(subject, _): &(&str, usize)| self.hasher.hash_one(subject);
        let hashes: Vec<u64> = links.iter().map(hash).collect();
        self.fetch(&hashes);
        let each = links.iter().zip(hashes);
        each.map(|((subject, row), hash)| self.one_goes_on(subject, hash, *row))
            .collect()
    }

    /// Touches what is going to be looked up: a million chains are in no cache, and here, with
    /// nothing else between them, the waits for memory overlap.
    fn fetch(&self, hashes: &[u64]) {
        let end = |hash: &u64| self.ends.find(*hash, |_| true);
        let starts: Vec<usize> = hashes
            .iter()
            .filter_map(end)
            .map(|end| end.name.0)
            .collect();
        let touched = starts
            .iter()
            .filter_map(|at| self.names.as_bytes().get(*at));
        std::hint::black_box(touched.fold(0, |all, byte| all ^ byte));
    }

    fn one_goes_on(&mut self, subject: &str, hash: u64, row: usize) -> Option<usize> {
        let Chains {
            names,
            ends,
            hasher,
        } = self;
        if let Some(end) = ends.find_mut(hash, |end| end.named(names) == subject) {
            return Some(std::mem::replace(&mut end.row, row));
        }
        let name = (names.len(), names.len() + subject.len());
        names.push_str(subject);
        let rehash = |end: &End| hasher.hash_one(end.named(names));
        ends.insert_unique(hash, End { name, row }, rehash);
        None
    }
}

#[cfg(test)]
mod tests {
    use super::Chains;

    #[test]
    fn each_subject_has_an_end_of_its_own() {
        let mut chains = Chains::with_room(2);
        let names: Vec<String> = (0..3_000).map(|n| format!("customer/{n}")).collect();
        let links: Vec<(&str, usize)> = (0..10_000)
            .map(|row| (names[row % 3_000].as_str(), row))
            .collect();
        for some in links.chunks(700) {
            let before: Vec<_> = some.iter().map(|(_, row)| row.checked_sub(3_000)).collect();
            assert_eq!(chains.go_on(some), before);
        }
        assert_eq!(chains.go_on(&[("", 7), ("", 8)]), [None, Some(7)]);
    }
}
