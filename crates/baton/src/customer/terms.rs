//! What a customer is found by 客户检索词.
//!
//! Every tail of a name is a term, in characters, in pinyin and in initials, so that "contains" is
//! a range of the index on both databases: `计算机` finds 腾讯计算机系统 because one of its terms
//! begins so. A term is cut to [`LONGEST`] characters; a longer query is checked against
//! `customer.search` besides. Tails that begin in the legal form (有限公司) are left out.

use std::collections::BTreeSet;

use spelling::{Spelling, fold};

/// Characters of a term at most.
pub(crate) const LONGEST: usize = 12;

/// Readings of a name with characters of several sounds that are kept beside the likeliest one.
const OTHER_READINGS: usize = 6;

const LEGAL_TAILS: [&str; 4] = ["股份有限公司", "有限责任公司", "有限公司", "公司"];

/// The keys of one customer.
pub(crate) struct Keys {
    /// Sorts as a telephone book does.
    pub(crate) sort_key: String,
    /// All that can be searched, between single spaces.
    pub(crate) search: String,
    /// The terms of the index.
    pub(crate) terms: BTreeSet<String>,
}

/// The keys of a customer of this name and number.
pub(crate) fn keys(name: &str, number: &str) -> Keys {
    let (folded, number) = (fold(name), fold(number));
    let spelling = Spelling::of_text(name);
    let full = spelling.full.first().cloned().unwrap_or_default();
    let initials = spelling.initials.first().cloned().unwrap_or_default();
    let mut terms = BTreeSet::from([cut(&number)]);
    for (hanzi, pinyin, letters) in tails(&folded, &full, &initials) {
        terms.extend([cut(hanzi), cut(pinyin), cut(letters)]);
    }
    let others = spelling.full.iter().chain(&spelling.initials).skip(1);
    let others: BTreeSet<String> = others
        .take(OTHER_READINGS * 2)
        .map(|key| cut(key))
        .collect();
    let mut search = format!("{folded} {full} {initials} {number}");
    for other in others.iter().filter(|other| !terms.contains(*other)) {
        search.push(' ');
        search.push_str(other);
    }
    terms.extend(others);
    terms.remove("");
    Keys {
        sort_key: spelling.sort_key,
        search,
        terms,
    }
}

/// What a searcher typed and the range of terms that begin with it: from the first, before the
/// second; none when nothing is left of it.
pub(crate) fn range(query: &str) -> Option<(String, String, String)> {
    let folded = fold(query);
    let from = cut(&folded);
    let before = format!("{from}\u{10FFFF}");
    (!from.is_empty()).then_some((folded, from, before))
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// The tails of a name with the same tails of its two spellings.
fn tails<'a>(name: &'a str, full: &'a str, initials: &'a str) -> Vec<(&'a str, &'a str, &'a str)> {
    let legal = LEGAL_TAILS
        .iter()
        .find(|tail| name.ends_with(*tail) && name.len() > tail.len());
    let end = name.len() - legal.map_or(0, |tail| tail.len());
    let (mut pinyin, mut letters) = (full, initials);
    let mut found = Vec::new();
    for (at, character) in name.char_indices() {
        if at >= end {
            break;
        }
        found.push((&name[at..], pinyin, letters));
        let syllables = Spelling::of_text(character.encode_utf8(&mut [0; 4])).full;
        let spoken = syllables
            .iter()
            .filter(|syllable| pinyin.starts_with(syllable.as_str()));
        let spoken = spoken.map(String::len).max().unwrap_or(0);
        let letter = letters.chars().next().map_or(0, char::len_utf8);
        (pinyin, letters) = (&pinyin[spoken..], &letters[letter..]);
        if spoken == 0 {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(name: &str, number: &str, query: &str) -> bool {
        let keys = keys(name, number);
        let Some((folded, from, before)) = range(query) else {
            return false;
        };
        let in_range = keys.terms.range(from..before).next().is_some();
        in_range && keys.search.contains(&folded)
    }

    #[test]
    fn a_part_of_a_name_finds_it_in_characters_pinyin_and_initials() {
        let name = "深圳市腾讯计算机系统有限公司";
        for query in [
            "深圳",
            "腾讯",
            "计算机",
            "讯计",
            "tengxun",
            "TengXun",
            "txjsj",
            "jisuanji",
            "xitong",
            "szstxjsjxtyxgs",
            "深圳市腾讯计算机系统有限公司",
            "KH-001",
            "kh001",
            "腾讯 计算机",
        ] {
            assert!(finds(name, "KH-001", query), "{query}");
        }
        for query in [
            "阿里",
            "alibaba",
            "有限公司",
            "youxian",
            "kh002",
            "  ",
            "engxun",
        ] {
            assert!(!finds(name, "KH-001", query), "{query}");
        }
    }

    #[test]
    fn a_character_of_two_sounds_is_found_by_both() {
        assert!(finds("重庆长安汽车股份有限公司", "1", "chongqing"));
        assert!(finds("重庆长安汽车股份有限公司", "1", "cqca"));
        assert!(finds("长安汽车", "1", "changan"));
        assert!(finds("长安汽车", "1", "zhangan"));
    }

    #[test]
    fn foreign_names_are_found_too() {
        assert!(finds("Alfreds Futterkiste GmbH", "N1", "futter"));
        assert!(finds(
            "Alfreds Futterkiste GmbH",
            "N1",
            "alfreds futterkiste"
        ));
        assert!(!finds("", "", "x"));
    }
}
