//! How many hits words had that were looked for a moment ago 近期检索词.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::Moment;

use super::word::Hits;

/// So long it is remembered, in milliseconds. Customers who came meanwhile are found all the same:
/// the number of hits chooses the way to them.
const A_WHILE: i64 = 5 * 60 * 1_000;
/// So many words are remembered at most.
const MOST: usize = 1_000;

/// Remembers how many hits a word had. Whoever turns a page, sorts anew or narrows what he found
/// asks for the same word again, and counting takes as long as reading a page.
#[derive(Clone, Default)]
pub struct KnownWords(Arc<Mutex<Counted>>);

/// When a word was counted, and its hits of each kind.
type Counted = HashMap<Asked, (Moment, [Hits; 3])>;

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

impl KnownWords {
    pub(super) fn recall(&self, asked: &Asked, at: Moment) -> Option<[Hits; 3]> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, hits) = known.get(asked)?;
        (since.0..since.0 + A_WHILE)
            .contains(&at.0)
            .then_some(*hits)
    }

    pub(super) fn remember(&self, asked: Asked, at: Moment, hits: [Hits; 3]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(asked, (at, hits));
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
        let words = KnownWords::default();
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
