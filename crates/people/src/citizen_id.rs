//! Numbers of residents' identity cards 居民身份证号.
//!
//! GB 11643-1999: six digits of area, eight of birth, three of sequence (odd for men), and a check
//! character by ISO 7064 MOD 11-2. Residence permits of Hong Kong, Macau and Taiwan (81, 82, 83)
//! and foreigners' permanent residence cards of 2023 (9…) have the same form.

use std::fmt;

use kernel::{Day, Refusal};
use serde::{Deserialize, Serialize};

/// As the card states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

/// A checked number. It does not print itself in full through `Debug`, so that no log holds it.
#[derive(Clone, PartialEq, Eq)]
pub struct CitizenId {
    number: String,
    birth: Day,
}

impl CitizenId {
    /// Reads and checks a number; spaces around it, full-width digits and a small x are accepted.
    ///
    /// # Errors
    /// `people.citizen_id_shape`, `people.citizen_id_area`, `people.citizen_id_birth` (no such day,
    /// or after `today`) or `people.citizen_id_checksum`.
    pub fn parse(text: &str, today: Day) -> Result<CitizenId, Refusal> {
        let number = spelling::narrow(text).trim().to_ascii_uppercase();
        let digits = number.len() == 18 && number.bytes().take(17).all(|b| b.is_ascii_digit());
        if !digits || !matches!(number.as_bytes()[17], b'0'..=b'9' | b'X') {
            return Err(wrong("shape", "应为 18 位", "must have 18 characters"));
        }
        if !known_area(&number[..2]) {
            return Err(wrong(
                "area",
                "的前两位不是省级代码",
                "has no known province",
            ));
        }
        let birth = birth(&number[6..14])
            .filter(|day| *day <= today)
            .ok_or_else(|| {
                wrong(
                    "birth",
                    "中的出生日期不成立",
                    "has an impossible day of birth",
                )
            })?;
        if check_character(&number) != number.as_bytes()[17] {
            return Err(wrong("checksum", "的校验位不符", "fails its checksum"));
        }
        Ok(CitizenId { number, birth })
    }

    /// The full form of a fifteen-digit number of before 1999, for old records only: such a card is
    /// no longer valid. None when it is not fifteen digits.
    #[must_use]
    pub fn lengthen(fifteen: &str) -> Option<String> {
        let digits = fifteen.len() == 15 && fifteen.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| {
            let seventeen = format!("{}19{}", &fifteen[..6], &fifteen[6..]);
            let check = char::from(check_character(&seventeen));
            format!("{seventeen}{check}")
        })
    }

    /// All 18 characters.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }

    /// Day of birth.
    #[must_use]
    pub fn birth(&self) -> Day {
        self.birth
    }

    /// Male when the sequence is odd.
    #[must_use]
    pub fn sex(&self) -> Sex {
        if self.number.as_bytes()[16] % 2 == 1 {
            Sex::Male
        } else {
            Sex::Female
        }
    }
}

impl fmt::Debug for CitizenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CitizenId({}…)", &self.number[..2])
    }
}

/// Provinces, the three kinds of residence permit, and foreigners by province of issue. Districts
/// are renamed and abolished, so nothing below the province is looked up.
fn known_area(province: &str) -> bool {
    matches!(
        province.as_bytes(),
        [b'1', b'1'..=b'5']
            | [b'2', b'1'..=b'3']
            | [b'3', b'1'..=b'7']
            | [b'4', b'1'..=b'6']
            | [b'5', b'0'..=b'4']
            | [b'6', b'1'..=b'5']
            | [b'7', b'1']
            | [b'8', b'1'..=b'3']
            | [b'9', b'1'..=b'6']
    )
}

fn birth(digits: &str) -> Option<Day> {
    Day::of(
        digits[..4].parse().ok()?,
        digits[4..6].parse().ok()?,
        digits[6..].parse().ok()?,
    )
}

/// ISO 7064 MOD 11-2 over the first 17 digits.
fn check_character(number: &str) -> u8 {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [u8; 11] = *b"10X98765432";
    let sum: u32 = number
        .bytes()
        .zip(WEIGHTS)
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    CHECKS[(sum % 11) as usize]
}

fn wrong(code: &str, zh: &str, en: &str) -> Refusal {
    Refusal::invalid(
        &format!("people.citizen_id_{code}"),
        format!("身份证号{zh}"),
        format!("the citizen id {en}"),
    )
    .remedy(("请对照证件重新填写", "Fill it in again by the document"))
}
