//! The keys under which a name is found and sorted 拼音检索.

use std::collections::BTreeSet;

use pinyin::{ToPinyin, ToPinyinMulti};

use crate::several::{WORD_READINGS, readings_in_texts};
use crate::surname::{SURNAME_READINGS, surname};
use crate::width::narrow;

/// Keys of one kind at most: enough for every reading of a person's name; of a long name of a firm
/// the readings of the first characters vary and the rest keep their usual one.
const MOST_KEYS: usize = 24;

/// How a name is spelt, in every reading that its characters allow; the likeliest comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// 全拼: `zhangsan`; ü also as v, u and yu.
    pub full: Vec<String>,
    /// 首字母: `zs`.
    pub initials: Vec<String>,
    /// 姓全拼、名首字母: `zhangs`; only for persons.
    pub mixed: Vec<String>,
    /// Sorts like a telephone book: by syllable, tone and character, one character after the other.
    /// Compare byte by byte (`COLLATE "C"`).
    pub sort_key: String,
}

/// What a searcher typed, in the form of the keys: half-width, lower case, letters and digits only.
#[must_use]
pub fn fold(query: &str) -> String {
    narrow(query)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Spelling {
    /// Of a person's name: the reading as a surname goes first.
    #[must_use]
    pub fn of_person(name: &str) -> Spelling {
        let name = fold(name);
        let surname_length = surname(&name).chars().count();
        let preferred = |rest: &str, at: usize| {
            SURNAME_READINGS
                .iter()
                .find(|(word, _)| at == 0 && rest.starts_with(word))
                .map_or(&[][..], |(_, readings)| *readings)
        };
        let parts = read(&name, preferred, |one| dictionary(one).collect());
        let mixed = parts.iter().enumerate().map(|(index, part)| {
            if index < surname_length {
                part.full()
            } else {
                part.initials()
            }
        });
        Spelling {
            mixed: product(mixed),
            ..Spelling::of_parts(&parts)
        }
    }

    /// Of any other name: a firm, a product, a department. Readings that only dictionaries know are
    /// left out: nobody looks for 有限公司 under `weiwengongci`.
    #[must_use]
    pub fn of_text(text: &str) -> Spelling {
        let preferred = |rest: &str, _| {
            WORD_READINGS
                .iter()
                .find(|(word, _)| rest.starts_with(word))
                .map_or(&[][..], |(_, readings)| *readings)
        };
        Spelling::of_parts(&read(&fold(text), preferred, in_texts))
    }

    fn of_parts(parts: &[Part]) -> Spelling {
        Spelling {
            full: product(parts.iter().map(Part::full)),
            initials: product(parts.iter().map(Part::initials)),
            mixed: Vec::new(),
            sort_key: parts.iter().map(Part::sort_key).collect(),
        }
    }

    /// All keys, each once, between single spaces: one column to search with `LIKE '%' || q || '%'`
    /// for a [`fold`]ed query.
    #[must_use]
    pub fn search_text(&self) -> String {
        let keys: BTreeSet<&str> = [&self.full, &self.initials, &self.mixed]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        keys.into_iter().collect::<Vec<_>>().join(" ")
    }
}

/// One character and its readings with tones, the likeliest first; none when it is no hanzi.
struct Part {
    character: char,
    readings: Vec<&'static str>,
}

impl Part {
    fn full(&self) -> Vec<String> {
        let plain = self.readings.iter().flat_map(|reading| {
            let plain = reading.trim_end_matches(|c: char| c.is_ascii_digit());
            let aliases: &[&str] = if plain.contains('ü') {
                &["v", "u", "yu"]
            } else {
                &[""]
            };
            aliases.iter().map(|alias| plain.replace('ü', alias))
        });
        self.or_itself(plain)
    }

    fn initials(&self) -> Vec<String> {
        self.or_itself(self.readings.iter().map(|reading| reading[..1].to_owned()))
    }

    fn or_itself(&self, spellings: impl Iterator<Item = String>) -> Vec<String> {
        let mut once: Vec<String> = Vec::new();
        for spelling in spellings {
            if !once.contains(&spelling) {
                once.push(spelling);
            }
        }
        if once.is_empty() {
            once.push(self.character.to_string());
        }
        once
    }

    fn sort_key(&self) -> String {
        match self.readings.first() {
            Some(reading) => format!("{}{}", reading.replace('ü', "v"), self.character),
            None => self.character.to_string(),
        }
    }
}

/// Reads folded text; `preferred` names the readings of a word that begins at a character, `known`
/// those of a character by itself.
fn read(
    text: &str,
    preferred: impl Fn(&str, usize) -> &'static [&'static str],
    known: impl Fn(char) -> Vec<&'static str>,
) -> Vec<Part> {
    let mut word: &[&'static str] = &[];
    let mut parts = Vec::new();
    for (at, (index, character)) in text.char_indices().enumerate() {
        if word.is_empty() {
            word = preferred(&text[index..], at);
        }
        let likeliest = word.split_off_first().copied();
        let readings = likeliest.into_iter().chain(known(character)).collect();
        parts.push(Part {
            character,
            readings,
        });
    }
    parts
}

/// The dictionary's readings that can be typed (it also knows ê and ḿ).
fn dictionary(character: char) -> impl Iterator<Item = &'static str> {
    character
        .to_pinyin_multi()
        .into_iter()
        .flatten()
        .map(pinyin::Pinyin::with_tone_num_end)
        .filter(|reading| {
            reading.starts_with(|c: char| c.is_ascii_lowercase())
                && reading
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == 'ü')
        })
}

/// The readings of a character in names of firms: several only where people of today know several.
fn in_texts(character: char) -> Vec<&'static str> {
    if let Some(readings) = readings_in_texts(character) {
        return readings.to_vec();
    }
    let usual = character.to_pinyin().map(pinyin::Pinyin::with_tone_num_end);
    let typed = |reading: &&str| dictionary(character).any(|known| known == *reading);
    let first = usual.filter(typed).or_else(|| dictionary(character).next());
    first.into_iter().collect()
}

/// The beginnings of the sort keys of all texts that begin with this character, one for each of its
/// readings.
#[must_use]
pub fn sort_keys_of(character: char) -> Vec<String> {
    let words = WORD_READINGS.iter().flat_map(|(word, readings)| {
        let here = word.chars().zip(*readings);
        here.filter(move |(one, _)| *one == character)
            .map(|(_, reading)| *reading)
    });
    let mut keys: Vec<String> = words
        .chain(in_texts(character))
        .map(|reading| format!("{}{character}", reading.replace('ü', "v")))
        .collect();
    if keys.is_empty() {
        keys.push(character.to_string());
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Every way to choose one spelling of each part, the first of all first, at most [`MOST_KEYS`].
fn product(parts: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let mut keys = vec![String::with_capacity(48)];
    for spellings in parts {
        // Most characters have one reading; then every key only grows.
        if let [only] = spellings.as_slice() {
            keys.iter_mut().for_each(|key| key.push_str(only));
            continue;
        }
        let longer = spellings
            .iter()
            .flat_map(|spelling| keys.iter().map(move |key| format!("{key}{spelling}")));
        keys = longer.take(MOST_KEYS).collect();
    }
    keys
}
