//! What a customer is found by 客户检索词.
//!
//! Every tail of a name is a term, in characters, in pinyin and in initials, so that "contains" is
//! a range of the index on both databases: `计算机` finds 腾讯计算机系统 because one of its terms
//! begins so. A term is cut to [`LONGEST`] characters; a longer query is checked against
//! `customer.search` besides. Tails that begin in the legal form (有限公司) are left out.

use std::collections::BTreeSet;

use arrayvec::ArrayString;
use spelling::{Spelling, fold};

/// Characters of a term at most.
pub(crate) const LONGEST: usize = 12;

/// Characters at most of all that can be searched, as the indexes of the list carry it: a name of
/// 70 characters with its spellings. What longer ones leave over is known to the terms alone.
const LONGEST_SEARCH: usize = 500;

/// Readings of a name with characters of several sounds that are kept beside the likeliest one.
const OTHER_READINGS: usize = 6;

/// Words that end the name of a place.
const PLACE_WORDS: [char; 4] = ['省', '市', '区', '县'];
/// Characters of the name of a place without such a word; 城市 and 超市 name none.
const SHORTEST_PLACE: usize = 2;
const LONGEST_PLACE: usize = 4;
/// Places that a name is looked through for: 广东省深圳市南山区.
const MOST_PLACES: usize = 3;

const LEGAL_TAILS: [&str; 4] = ["股份有限公司", "有限责任公司", "有限公司", "公司"];

/// The keys of one customer.
pub(crate) struct Keys {
    /// Sorts as a telephone book does.
    pub(crate) sort_key: String,
    /// All that can be searched, between single spaces.
    pub(crate) search: String,
    /// The terms of the index.
    pub(crate) terms: BTreeSet<Term>,
}

/// A term of the index. A load sorts millions of them, so each holds its own text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term {
    /// How it stands to the sort key: [`ANYWHERE`], [`LEADS`] or [`LEADS_INITIALS`].
    pub(crate) leads: i64,
    pub(crate) text: Text,
}

/// Up to [`LONGEST`] characters, of four bytes at most.
pub(crate) type Text = ArrayString<{ 4 * LONGEST }>;

/// It says nothing about the place in the list.
pub(crate) const ANYWHERE: i64 = 0;
/// The sort key begins with what these characters or this pinyin spell.
pub(crate) const LEADS: i64 = 1;
/// The sort key begins with syllables of these initials.
pub(crate) const LEADS_INITIALS: i64 = 2;

/// The keys of a customer of this name and number.
pub(crate) fn keys(name: &str, number: &str) -> Keys {
    let (folded, number) = (fold(name), fold(number));
    let spelling = Spelling::of_text(name);
    let full = spelling.full.first().cloned().unwrap_or_default();
    let initials = spelling.initials.first().cloned().unwrap_or_default();
    let start = Start {
        character: folded.chars().next(),
        sort_key: &spelling.sort_key,
    };
    let mut terms = BTreeSet::from([Term::of(ANYWHERE, &number)]);
    let tails = tails(&folded, &full, &initials);
    let placeless = without_places(&tails);
    for (hanzi, pinyin, letters) in tails {
        terms.extend([
            start.spelt(hanzi),
            start.spelt(pinyin),
            start.abbreviated(letters),
        ]);
    }
    let mut search = format!("{folded} {number} {full} {initials}");
    for [hanzi, pinyin, letters] in placeless {
        terms.extend([
            start.spelt(&hanzi),
            start.spelt(&pinyin),
            start.abbreviated(&letters),
        ]);
        for key in [hanzi, pinyin, letters] {
            if !search.contains(&key) {
                search.push(' ');
                search.push_str(&key);
            }
        }
    }
    let full = spelling.full.iter().skip(1).map(|key| start.spelt(key));
    let initials = spelling.initials.iter();
    let initials = initials.skip(1).map(|key| start.abbreviated(key));
    let others: BTreeSet<Term> = full
        .take(OTHER_READINGS)
        .chain(initials.take(OTHER_READINGS))
        .collect();
    for other in &others {
        let known = terms.iter().any(|term| term.text == other.text);
        if !known {
            search.push(' ');
            search.push_str(&other.text);
        }
    }
    terms.extend(others);
    terms.retain(|term| !term.text.is_empty());
    if let Some((end, _)) = search.char_indices().nth(LONGEST_SEARCH) {
        search.truncate(end);
    }
    Keys {
        sort_key: spelling.sort_key,
        search,
        terms,
    }
}

impl Term {
    fn of(leads: i64, text: &str) -> Term {
        Term {
            leads,
            text: cut(text),
        }
    }
}

/// Where a name stands in the list: a term that begins like it is found within a stretch of the
/// list ([`regions`]), wherever in the name it was taken from.
struct Start<'a> {
    character: Option<char>,
    sort_key: &'a str,
}

impl Start<'_> {
    fn spelt(&self, text: &str) -> Term {
        let first = text.chars().next();
        let leads = match first {
            Some(letter) if letter.is_ascii_lowercase() => {
                self.sort_key.starts_with(first_sound(text))
            }
            _ => first.is_some() && first == self.character,
        };
        Term::of(if leads { LEADS } else { ANYWHERE }, text)
    }

    fn abbreviated(&self, letters: &str) -> Term {
        let leads = letters
            .chars()
            .next()
            .is_some_and(|letter| self.sort_key.starts_with(letter));
        Term::of(if leads { LEADS_INITIALS } else { ANYWHERE }, letters)
    }
}

/// Where in the list those names stand that begin with what was typed, as far as it can be told: up
/// to four ranges of the sort key, from the first to before the second. A name that begins with 重
/// may stand under chong2 and under zhong4.
pub(crate) fn regions(folded: &str, leads: i64) -> Vec<(String, String)> {
    let Some(first) = folded.chars().next() else {
        return Vec::new();
    };
    let begins: BTreeSet<String> = if leads == LEADS_INITIALS {
        BTreeSet::from([first.to_string()])
    } else if first.is_ascii_lowercase() {
        BTreeSet::from([first_sound(folded).to_owned()])
    } else {
        spelling::sort_keys_of(first).into_iter().collect()
    };
    begins
        .into_iter()
        .map(|begin| {
            let before = format!("{begin}\u{10FFFF}");
            (begin, before)
        })
        .collect()
}

/// The first consonants of typed pinyin with one vowel: every reading of it begins so, wherever the
/// syllable ends.
fn first_sound(typed: &str) -> &str {
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'v');
    let place = typed.find(vowel).filter(|place| *place <= 2);
    place.map_or(typed, |place| &typed[..=place])
}

/// What a searcher typed and the range of terms that begin with it: from the first, before the
/// second; none when nothing is left of it.
pub(crate) fn range(query: &str) -> Option<(String, String, String)> {
    let folded = fold(query);
    let from = cut(&folded).to_string();
    let before = format!("{from}\u{10FFFF}");
    (!from.is_empty()).then_some((folded, from, before))
}

fn cut(text: &str) -> Text {
    let end = text.char_indices().nth(LONGEST).map(|(end, _)| end);
    let begin = &text[..end.unwrap_or(text.len())];
    // INVARIANT: so many characters fit.
    Text::from(begin).unwrap_or_default()
}

/// Characters, pinyin and initials of the same piece of a name.
type Piece<'a> = (&'a str, &'a str, &'a str);

/// A name as people type it who leave the words 省, 市, 区, 县 out: behind the bare name of each
/// place that it begins with comes what follows the last of them, and behind all of them together.
/// So 广东省深圳市腾讯 is also 深圳腾讯 (`sztx`), 广东腾讯 and 广东深圳腾讯.
fn without_places(tails: &[Piece<'_>]) -> Vec<[String; 3]> {
    let (mut places, mut start) = (Vec::new(), 0);
    for (at, (hanzi, ..)) in tails.iter().enumerate() {
        if hanzi.starts_with(PLACE_WORDS) && at >= start + SHORTEST_PLACE {
            places.push((start, at));
            start = at + 1;
        }
        if places.len() == MOST_PLACES || at >= start + LONGEST_PLACE {
            break;
        }
    }
    let Some(&(hanzi, pinyin, letters)) = tails.get(start).filter(|_| !places.is_empty()) else {
        return Vec::new();
    };
    let between = |from: &str, to: &str| from[..from.len() - to.len()].to_owned();
    let bare: Vec<[String; 3]> = places
        .iter()
        .map(|(from, to)| {
            let (from, to) = (tails[*from], tails[*to]);
            [
                between(from.0, to.0),
                between(from.1, to.1),
                between(from.2, to.2),
            ]
        })
        .collect();
    let behind = |place: [String; 3]| {
        let [names, sounds, letter] = place;
        [names + hanzi, sounds + pinyin, letter + letters]
    };
    let all: [String; 3] =
        [0, 1, 2].map(|way| bare.iter().map(|place| place[way].as_str()).collect());
    let all = (bare.len() > 1).then_some(all);
    bare.clone().into_iter().chain(all).map(behind).collect()
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
        let mut terms = keys.terms.iter().map(|term| term.text.as_str());
        let in_range = terms.any(|term| (from.as_str()..before.as_str()).contains(&term));
        in_range && keys.search.contains(&folded)
    }

    #[test]
    fn a_name_that_begins_so_stands_in_a_region_of_what_was_typed() {
        let names = [
            "重庆长安汽车",
            "深圳市腾讯",
            "西安交大",
            "吕梁煤业",
            "安徽海螺",
            "长沙中联",
            "3M中国",
            "Alfreds",
            "单县羊汤",
            "乐山大佛",
            "儿童医院",
            "欧普照明",
            "阿里巴巴",
        ];
        for name in names {
            let keys = keys(name, "1");
            for term in keys.terms.iter().filter(|term| term.leads != ANYWHERE) {
                for end in (1..=term.text.len()).filter(|end| term.text.is_char_boundary(*end)) {
                    let typed = &term.text[..end];
                    let found = regions(typed, term.leads)
                        .iter()
                        .any(|(from, before)| (from..before).contains(&&keys.sort_key));
                    assert!(found, "{name} {typed} {}", keys.sort_key);
                }
            }
        }
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
    fn the_words_of_places_may_be_left_out() {
        let name = "广东省深圳市腾讯计算机系统有限公司";
        for query in [
            "sztx",
            "gdtx",
            "gdsztx",
            "tx",
            "深圳腾讯",
            "广东腾讯计算机",
            "shenzhentengxun",
            "ShenzhenTengxunJisuanjiXitong",
            "gdsszstx",
            "szstx",
        ] {
            assert!(finds(name, "1", query), "{query}");
        }
        assert!(finds("深圳市腾讯计算机系统有限公司", "1", "sztx"));
        assert!(finds("岱山县海产", "1", "dshc"));
        for query in ["lyyt", "lsyt", "lylsyt", "临沂羊汤"] {
            assert!(finds("临沂市兰山区羊汤馆", "1", query), "{query}");
        }
        for query in ["sgtx", "省深圳腾讯", "guangdongshenzhenshi腾讯"] {
            assert!(!finds(name, "1", query), "{query}");
        }
    }

    #[test]
    fn what_places_add_to_the_index_is_little() {
        let terms = |name: &str| keys(name, "1").terms.len();
        let (none, one) = (
            terms("深圳腾讯计算机系统有限公司"),
            terms("深圳市腾讯计算机系统有限公司"),
        );
        // The tail that begins in 市, the three ways to write the name without it, and other
        // readings that no longer differ behind the twelfth character only.
        assert!(one <= none + 10, "{one} {none}");
        let bytes = |name: &str| keys(name, "1").search.len();
        let grown = bytes("深圳市腾讯计算机系统有限公司") * 10;
        assert!(grown <= bytes("深圳腾讯计算机系统有限公司") * 23, "{grown}");
        for (shop, sounds, letters) in [
            ("超市发连锁", "chaoshifaliansuo", "csfls"),
            ("永辉超市", "yonghuichaoshi", "yhcs"),
        ] {
            assert!(
                without_places(&tails(shop, sounds, letters)).is_empty(),
                "{shop} is no place"
            );
        }
    }

    #[test]
    fn a_long_name_is_searched_as_far_as_an_index_carries_it() {
        let name = "内蒙古自治区呼和浩特市赛罕区".repeat(8);
        let keys = keys(&name, "KH-7");
        assert_eq!(keys.search.chars().count(), LONGEST_SEARCH);
        assert!(keys.search.contains(&name) && keys.search.contains("kh7"));
        assert!(finds(&name, "KH-7", "huhehaote"));
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
