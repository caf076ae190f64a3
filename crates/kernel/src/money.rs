//! Whole money in 分 金额.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An amount of money in 分 (1/100 元). What is read from outside is at most [`Fen::LARGEST`], so
/// that sums of thousands of amounts fit an `i64`; arithmetic never saturates and never wraps, it
/// is checked through [`Fen::checked_add`] and panics on overflow otherwise.
///
/// On the wire it is `{"amount":"12345.67","currency":"CNY"}`, so that no JavaScript float touches
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fen(pub i64);

/// Why a text is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not digits with an optional sign and at most one decimal point.
    #[error("「{0}」不是金额")]
    NotAnAmount(String),
    /// More than two decimal places that are not zero.
    #[error("「{0}」的小数超过两位")]
    TooFine(String),
    /// Beyond [`Fen::LARGEST`].
    #[error("「{0}」超出可记录的范围")]
    TooLarge(String),
}

impl Fen {
    /// Nothing.
    pub const ZERO: Fen = Fen(0);

    /// The largest amount that is taken down: ten trillion 元, a tenth of a year of the whole
    /// country's business.
    pub const LARGEST: Fen = Fen(1_000_000_000_000_000);

    /// Sum, or `None` on overflow.
    #[must_use]
    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        self.0.checked_add(other.0).map(Fen)
    }

    /// Reads `"-1234.5"`, `"1234"`, `"1234.50"`; no separators, no currency signs (that is the
    /// business of the intake).
    ///
    /// # Errors
    /// [`MoneyError`] when the text is no plain decimal, is finer than 分, or is out of range.
    pub fn parse(text: &str) -> Result<Fen, MoneyError> {
        let bad = || MoneyError::NotAnAmount(text.to_owned());
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !all_digits(whole) || !all_digits(part) {
            return Err(bad());
        }
        let (cents, finer) = part.split_at(part.len().min(2));
        if finer.bytes().any(|b| b != b'0') {
            return Err(MoneyError::TooFine(text.to_owned()));
        }
        let too_large = || MoneyError::TooLarge(text.to_owned());
        let mut fen: i64 = 0;
        for byte in whole
            .bytes()
            .chain(cents.bytes())
            .chain(std::iter::repeat_n(b'0', 2 - cents.len()))
        {
            let digit = i64::from(byte - b'0');
            fen = fen
                .checked_mul(10)
                .and_then(|f| f.checked_sub(digit))
                .ok_or_else(too_large)?;
        }
        if fen < -Fen::LARGEST.0 {
            return Err(too_large());
        }
        Ok(Fen(if negative { fen } else { -fen }))
    }

    /// Plain decimal with two places and no separators: `-1234.50`.
    #[must_use]
    pub fn to_plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        format!("{sign}{}.{:02}", units / 100, units % 100)
    }
}

/// `12,345.67`, as people read it.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let units = self.0.unsigned_abs();
        let whole = (units / 100).to_string();
        let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        write!(f, "{sign}{grouped}.{:02}", units % 100)
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0 + other.0)
    }
}
impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0 - other.0)
    }
}
impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(-self.0)
    }
}
impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    amount: String,
    currency: String,
}

impl Serialize for Fen {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Wire {
            amount: self.to_plain(),
            currency: "CNY".to_owned(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fen, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        if wire.currency != "CNY" {
            return Err(D::Error::custom(format!(
                "币种「{}」尚不支持，请使用 CNY",
                wire.currency
            )));
        }
        Fen::parse(&wire.amount).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes_what_a_clerk_writes() {
        for (text, fen) in [
            ("0", 0),
            ("0.1", 10),
            (".5", 50),
            ("12.", 1200),
            ("-1234.50", -123_450),
            ("1.100", 110),
        ] {
            assert_eq!(Fen::parse(text), Ok(Fen(fen)), "{text}");
        }
        assert_eq!(Fen(-123_456_789).to_string(), "-1,234,567.89");
        assert_eq!(Fen(99).to_string(), "0.99");
    }

    #[test]
    fn refuses_with_a_reason() {
        assert!(matches!(
            Fen::parse("1,000"),
            Err(MoneyError::NotAnAmount(_))
        ));
        assert!(matches!(Fen::parse("."), Err(MoneyError::NotAnAmount(_))));
        assert!(matches!(Fen::parse("1.001"), Err(MoneyError::TooFine(_))));
        assert!(matches!(
            Fen::parse("92233720368547758.08"),
            Err(MoneyError::TooLarge(_))
        ));
        assert!(matches!(
            Fen::parse("10000000000000.01"),
            Err(MoneyError::TooLarge(_))
        ));
        assert_eq!(Fen::parse("10000000000000"), Ok(Fen::LARGEST));
        assert_eq!(Fen::parse("-10000000000000"), Ok(-Fen::LARGEST));
    }

    proptest! {
        #[test]
        fn plain_text_round_trips(fen in -Fen::LARGEST.0..=Fen::LARGEST.0) {
            prop_assert_eq!(Fen::parse(&Fen(fen).to_plain()), Ok(Fen(fen)));
        }

        #[test]
        fn wire_round_trips(fen in -Fen::LARGEST.0..=Fen::LARGEST.0) {
            let json = serde_json::to_string(&Fen(fen)).unwrap();
            prop_assert_eq!(serde_json::from_str::<Fen>(&json).unwrap(), Fen(fen));
        }
    }
}
