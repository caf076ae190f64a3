//! What was reckoned for a search a moment ago 近期检索词.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::{DepartmentId, EmployeeId, Moment};

use super::word::Hits;

/// So long it is remembered, in milliseconds. Customers who came meanwhile are found all the same:
/// the numbers choose the way to them.
const A_WHILE: i64 = 5 * 60 * 1_000;
/// So much of a kind is remembered at most.
const MOST: usize = 1_000;

/// Remembers what chose the way to a word. Whoever turns a page, sorts anew or narrows what he
/// found asks for the same word again, and counting takes as long as reading a page.
#[derive(Clone, Default)]
pub struct KnownWords {
    /// The hits of a word, of each kind.
    pub(super) hits: Lately<Asked, [Hits; 3]>,
    /// Of a person's customers so many were looked at, and so many had the word.
    pub(super) samples: Lately<(String, EmployeeId), (i64, i64)>,
    /// How many customers the people of some departments have, where they are many.
    pub(super) teams: Lately<Vec<DepartmentId>, i64>,
    /// How many customers and people there are, nearly.
    pub(super) size: Lately<(), (i64, i64)>,
}

/// Numbers by what was asked, each with the moment at which it was true.
pub(super) struct Lately<K, V>(Arc<Mutex<HashMap<K, (Moment, V)>>>);

impl<K, V> Clone for Lately<K, V> {
    fn clone(&self) -> Self {
        Lately(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Lately<K, V> {
    fn default() -> Self {
        Lately(Arc::default())
    }
}

/// What was counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    /// The word, folded.
    pub(super) folded: String,
    /// The region whose hits are told apart.
    pub(super) region: Option<String>,
    /// The number at which counting ends.
    pub(super) most: i64,
}

impl<K: Eq + Hash, V: Copy> Lately<K, V> {
    pub(super) fn recall(&self, asked: &K, at: Moment) -> Option<V> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, found) = known.get(asked)?;
        (since.0..since.0 + A_WHILE)
            .contains(&at.0)
            .then_some(*found)
    }

    pub(super) fn remember(&self, asked: K, at: Moment, found: V) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(asked, (at, found));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(folded: &str) -> Asked {
        let folded = folded.to_owned();
        Asked {
            folded,
            region: None,
            most: 8_000,
        }
    }

    #[test]
    fn a_word_is_known_for_a_while_and_not_too_many_are() {
        let words = KnownWords::default().hits;
        let hits = [Hits { all: 7, there: 7 }; 3];
        words.remember(word("huaxin"), Moment(1_000), hits);
        let known = |asked, at| words.recall(&asked, Moment(at)).map(|hits| hits[0].all);
        assert_eq!(known(word("huaxin"), 1_000 + A_WHILE - 1), Some(7));
        assert_eq!(known(word("huaxin"), 1_000 + A_WHILE), None);
        assert_eq!(known(word("huaxi"), 1_001), None);
        let elsewhere = Asked {
            region: Some("华东".to_owned()),
            ..word("huaxin")
        };
        assert_eq!(known(elsewhere, 1_001), None);
        for n in 0..MOST {
            words.remember(word(&n.to_string()), Moment(2_000), hits);
        }
        assert_eq!(known(word("huaxin"), 2_000), None);
        assert_eq!(known(word(&(MOST - 1).to_string()), 2_000), Some(7));
    }
}
