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
            ends: HashTable::with_capacity(subjects),
            ..Chains::default()
        }
    }

    /// The chain of this subject goes on with this row; gives the row where it ended before.
    pub(super) fn go_on(&mut self, subject: &str, row: usize) -> Option<usize> {
        let Chains {
            names,
            ends,
            hasher,
        } = self;
        let hash = hasher.hash_one(subject);
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
        for row in 0..10_000_usize {
            let before = row.checked_sub(3_000);
            assert_eq!(
                chains.go_on(&format!("customer/{}", row % 3_000), row),
                before
            );
        }
        assert_eq!(chains.go_on("", 7), None);
        assert_eq!(chains.go_on("", 8), Some(7));
    }
}
