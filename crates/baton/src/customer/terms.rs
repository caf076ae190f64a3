//! What a customer is found by 客户检索词.
//!
//! Every tail of a name is a term, in characters, in pinyin and in initials, so that "contains" is
//! a range of the index on both databases: `计算机` finds 腾讯计算机系统 because one of its terms
//! begins so. A term is cut to [`LONGEST`] characters; a longer query is checked against
//! `customer.search` besides. Tails that begin in the legal form (有限公司) are left out.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};

use spelling::{Spelling, fold};
use spine::{Binds, binds};

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
    /// The same for customers that come in together, cut short so that many share them.
    pub(crate) grams: Vec<String>,
}

/// What a gram is a part of stands before it, for each is cut at another length: characters of the
/// name, pinyin, initials, the number's first characters and those behind them.
const PARTS: [(char, usize); 5] = [('h', 2), ('p', 6), ('i', 4), ('n', 6), ('o', 6)];
const NAME: usize = 0;
const PINYIN: usize = 1;
const INITIALS: usize = 2;
const NUMBER: usize = 3;
const NUMBER_ON: usize = 4;

fn gram(part: usize, text: &str) -> String {
    let (mark, length) = PARTS[part];
    let mut gram = String::with_capacity(1 + length * 3);
    gram.push(mark);
    gram.extend(text.chars().take(length));
    gram
}

/// Grams that a customer may have: all from one to before another.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Gram {
    from: String,
    before: String,
}

impl Gram {
    /// Those that begin with the text; just the text where it fills a gram.
    fn of(part: usize, text: &str) -> Gram {
        let from = gram(part, text);
        let filled = from.chars().count() > PARTS[part].1;
        // Folded text has no spaces, so nothing lies between a full gram and itself with one.
        let end = if filled { ' ' } else { '\u{10FFFF}' };
        let before = format!("{from}{end}");
        Gram { from, before }
    }

    pub(crate) fn binds(&self) -> Binds {
        binds![self.from.as_str(), self.before.as_str()]
    }
}

/// The ways in which folded text can be a part of what customers are found by; a customer has every
/// gram of one of them.
pub(crate) fn ways(folded: &str) -> Vec<Vec<Gram>> {
    let end = LEGAL_WORDS
        .iter()
        .filter_map(|word| folded.find(word))
        .min();
    let characters: Vec<(usize, char)> = folded.char_indices().collect();
    let grams = characters
        .windows(2)
        .filter(|two| end.is_none_or(|end| two[0].0 < end));
    let mut name: Vec<Gram> = grams
        .map(|two| Gram::of(NAME, &folded[two[0].0..]))
        .take(4)
        .collect();
    if name.is_empty() {
        name.push(Gram::of(NAME, folded));
    }
    let mut ways = vec![name];
    if folded.is_ascii() {
        ways.push(vec![Gram::of(PINYIN, folded)]);
        ways.push(vec![Gram::of(INITIALS, folded)]);
        let mut number = vec![Gram::of(NUMBER, folded)];
        if folded.len() > PARTS[NUMBER].1 {
            number.push(Gram::of(NUMBER_ON, &folded[PARTS[NUMBER].1..]));
        }
        ways.push(number);
    }
    ways
}

/// Where a legal form begins, or a part of one that is typed.
const LEGAL_WORDS: [&str; 3] = ["股份有", "有限", "公司"];

/// The keys of a customer of this name and number who is added by itself.
pub(crate) fn keys(name: &str, number: &str) -> Keys {
    let (folded, number) = (fold(name), fold(number));
    let spelling = Spelling::of_text(name);
    let (full, initials) = firsts(&spelling);
    let mut terms = BTreeSet::from([cut(&number)]);
    for (hanzi, pinyin, letters) in tails(&folded, &full, &initials) {
        terms.extend([cut(hanzi), cut(pinyin), cut(letters)]);
    }
    let others: BTreeSet<String> = others(&spelling).map(cut).collect();
    let mut search = format!("{folded} {full} {initials} {number}");
    for other in others.iter().filter(|other| !terms.contains(*other)) {
        search.push(' ');
        search.push_str(other);
    }
    terms.extend(others);
    terms.remove("");
    Keys {
        search,
        terms,
        grams: Vec::new(),
        sort_key: spelling.sort_key,
    }
}

/// The keys of a customer who comes in together with many.
pub(crate) fn shared_keys(name: &str, number: &str) -> Keys {
    let (folded, number) = (fold(name), fold(number));
    let spelling = Spelling::of_text(name);
    let (full, initials) = firsts(&spelling);
    let mut grams = vec![gram(NUMBER, &number)];
    if let Some((at, _)) = number.char_indices().nth(PARTS[NUMBER].1) {
        grams.push(gram(NUMBER_ON, &number[at..]));
    }
    for (hanzi, pinyin, letters) in tails(&folded, &full, &initials) {
        grams.extend([
            gram(NAME, hanzi),
            gram(PINYIN, pinyin),
            gram(INITIALS, letters),
        ]);
    }
    let mut search = format!("{folded} {full} {initials} {number}");
    for other in others(&spelling).map(cut) {
        if !search.contains(&other) {
            search.push(' ');
            search.push_str(&other);
        }
    }
    let more = |list: &[String], part: usize| -> Vec<String> {
        let others = list.iter().skip(1).take(OTHER_READINGS * 2);
        others.map(|other| gram(part, other)).collect()
    };
    grams.extend(more(&spelling.full, PINYIN));
    grams.extend(more(&spelling.initials, INITIALS));
    grams.sort_unstable();
    grams.dedup();
    Keys {
        search,
        terms: BTreeSet::new(),
        grams,
        sort_key: spelling.sort_key,
    }
}

/// The likeliest spelling in full and in initials.
fn firsts(spelling: &Spelling) -> (String, String) {
    let first = |list: &Vec<String>| list.first().cloned().unwrap_or_default();
    (first(&spelling.full), first(&spelling.initials))
}

/// The less likely ones.
fn others(spelling: &Spelling) -> impl Iterator<Item = &str> {
    let all = spelling.full.iter().chain(&spelling.initials);
    all.skip(1).take(OTHER_READINGS * 2).map(String::as_str)
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

thread_local! {
    /// The syllables a character may be, remembered: names of firms draw on few characters.
    static SYLLABLES: RefCell<HashMap<char, Vec<String>>> = RefCell::default();
}

/// How much of the pinyin the character takes up.
fn spoken(character: char, pinyin: &str) -> usize {
    SYLLABLES.with_borrow_mut(|known| {
        let syllables = known
            .entry(character)
            .or_insert_with(|| Spelling::of_text(character.encode_utf8(&mut [0; 4])).full);
        let spoken = syllables
            .iter()
            .filter(|syllable| pinyin.starts_with(syllable.as_str()));
        spoken.map(String::len).max().unwrap_or(0)
    })
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
        let spoken = spoken(character, pinyin);
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
