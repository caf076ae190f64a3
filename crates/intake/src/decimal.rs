//! Numbers as people write them, read exactly 数字.

use std::borrow::Cow;

use crate::reason::Reason;
use crate::text::{half_width, is_cell_error, is_scientific, trimmed};

/// A decimal number, exactly: `mantissa / 10^scale`. At most 30 digits; the scale may be negative
/// after a unit such as 万元 moved the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) mantissa: i128,
    pub(crate) scale: i32,
}

/// Signs of the books' money that may stand before an amount.
const OWN: [&str; 5] = ["￥", "¥", "人民币", "RMB", "CNY"];
/// Signs of other money.
const FOREIGN: [&str; 7] = ["US$", "USD", "HK$", "HKD", "EUR", "$", "€"];

/// Units that may stand behind an amount, and how many places they move the point.
const UNITS: [(&str, i32); 9] = [
    ("亿元", 8),
    ("亿", 8),
    ("万元", 4),
    ("万", 4),
    ("千元", 3),
    ("元整", 0),
    ("元", 0),
    ("圆", 0),
    ("块", 0),
];

const DIGITS_LIMIT: u32 = 30;

/// Whether an amount bears the sign of other money than the books'.
pub(crate) fn is_foreign(text: &str) -> bool {
    let text = half_width(text);
    let (body, _) = without_sign(trimmed(&text));
    FOREIGN.iter().any(|sign| body.starts_with(sign))
}

impl Decimal {
    /// Reads an amount: full-width digits, separators of thousands `, ， 、 '` and spaces, signs of
    /// currency, the units 元 万元 亿元, and brackets for negative amounts. The column is kept in
    /// units of ten to the `shift` yuan; whether the cell has a unit of its own, which counts
    /// instead, is told too.
    ///
    /// # Errors
    /// [`Reason::Scientific`] for a damaged number, [`Reason::Separator`] when groups are not three
    /// digits, [`Reason::NotANumber`] otherwise.
    pub(crate) fn amount(text: &str, shift: i32) -> Result<(Decimal, bool), Reason> {
        let text = legible(text)?;
        let (mut body, mut negative) = without_sign(&text);
        for sign in OWN.into_iter().chain(FOREIGN) {
            if let Some(rest) = body.strip_prefix(sign) {
                let (rest, more) = without_sign(trimmed(rest));
                (body, negative) = (rest, negative ^ more);
                break;
            }
        }
        let unit = UNITS.iter().find_map(|(unit, places)| {
            body.strip_suffix(unit).map(|rest| (trimmed(rest), *places))
        });
        let own = unit.is_some();
        let (body, places) = unit.unwrap_or((body, shift));
        let number = Decimal::digits(body)?;
        Ok((number.times_ten(places).negated(negative), own))
    }

    /// Reads a plain number with optional separators of thousands.
    ///
    /// # Errors
    /// As [`Decimal::amount`].
    pub(crate) fn number(text: &str) -> Result<Decimal, Reason> {
        let text = legible(text)?;
        let (body, negative) = without_sign(&text);
        Decimal::digits(body).map(|number| number.negated(negative))
    }

    fn digits(body: &str) -> Result<Decimal, Reason> {
        let (mut mantissa, mut scale, mut count) = (0_i128, 0_i32, 0_u32);
        let (mut point, mut group) = (false, None::<u32>);
        let group_ends_well = |group: Option<u32>| {
            if group.unwrap_or(3) == 3 {
                Ok(())
            } else {
                Err(Reason::Separator)
            }
        };
        for c in body.chars() {
            match c {
                '0'..='9' => {
                    mantissa = mantissa * 10 + i128::from(u32::from(c) - u32::from('0'));
                    count += 1;
                    scale += i32::from(point);
                    group = group.map(|n| n + 1);
                    if count > DIGITS_LIMIT {
                        return Err(Reason::OutOfRange);
                    }
                }
                '.' if !point => {
                    group_ends_well(group)?;
                    (point, group) = (true, None);
                }
                ',' | '、' | '\'' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' => {
                    if point || (group.is_none() && !(1..=3).contains(&count)) {
                        return Err(if count == 0 {
                            Reason::NotANumber
                        } else {
                            Reason::Separator
                        });
                    }
                    group_ends_well(group)?;
                    group = Some(0);
                }
                _ => return Err(Reason::NotANumber),
            }
        }
        if count == 0 {
            return Err(Reason::NotANumber);
        }
        group_ends_well(group)?;
        Ok(Decimal { mantissa, scale })
    }

    /// The point moved `places` to the right (to the left when negative).
    pub(crate) fn times_ten(self, places: i32) -> Decimal {
        Decimal {
            scale: self.scale - places,
            ..self
        }
    }

    fn negated(self, negative: bool) -> Decimal {
        Decimal {
            mantissa: if negative {
                -self.mantissa
            } else {
                self.mantissa
            },
            ..self
        }
    }

    /// The number in units of `10^-scale`, rounded half away from zero (四舍五入) where it is finer,
    /// and whether it was finer; `None` when it does not fit.
    pub(crate) fn in_units(self, scale: i32) -> Option<(i128, bool)> {
        let places = self.scale - scale;
        let power = 10_i128.checked_pow(places.unsigned_abs())?;
        if places <= 0 {
            return Some((self.mantissa.checked_mul(power)?, false));
        }
        let (whole, rest) = (self.mantissa / power, self.mantissa % power);
        let up = if rest.abs() * 2 >= power {
            self.mantissa.signum()
        } else {
            0
        };
        Some((whole + up, rest != 0))
    }

    /// The number in units of `10^-scale`.
    ///
    /// # Errors
    /// [`Reason::TooFine`] when it is finer and rounding was not asked for; [`Reason::OutOfRange`].
    pub(crate) fn whole(self, scale: i32, round: bool) -> Result<(i64, bool), Reason> {
        let (units, finer) = self.in_units(scale).ok_or(Reason::OutOfRange)?;
        if finer && !round {
            return Err(Reason::TooFine);
        }
        i64::try_from(units)
            .map(|units| (units, finer))
            .map_err(|_| Reason::OutOfRange)
    }
}

fn legible(text: &str) -> Result<Cow<'_, str>, Reason> {
    let text = trimmed(text);
    if is_cell_error(text) {
        return Err(Reason::CellError);
    }
    let text = half_width(text);
    if is_scientific(&text) {
        Err(Reason::Scientific)
    } else {
        Ok(text)
    }
}

fn without_sign(text: &str) -> (&str, bool) {
    if let Some(inner) = text
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
    {
        return (trimmed(inner), true);
    }
    match text.strip_prefix(['-', '−', '﹣']) {
        Some(rest) => (trimmed(rest), true),
        None => (text.strip_prefix('+').map_or(text, trimmed), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fen(text: &str) -> Result<i64, Reason> {
        Decimal::amount(text, 0)?
            .0
            .whole(2, false)
            .map(|(units, _)| units)
    }

    #[test]
    fn amounts_as_a_clerk_writes_them() {
        for (text, expected) in [
            ("1234.5", 123_450),
            ("1,234.50", 123_450),
            ("1，234，567.89", 123_456_789),
            ("1、234", 123_400),
            ("１２３４．５６", 123_456),
            ("￥1,234.56", 123_456),
            ("¥ 99", 9_900),
            ("－￥８８．８０", -8_880),
            ("￥-88.80", -8_880),
            ("(1,234.50)", -123_450),
            ("（1,234.50）", -123_450),
            ("12.5万元", 12_500_000),
            ("3万", 3_000_000),
            ("0.00000123亿元", 12_300),
            ("100元整", 10_000),
            ("1 234 567", 123_456_700),
            ("USD 12.30", 1_230),
            ("007", 700),
            ("1.10000", 110),
            (" 5 ", 500),
            ("−5", -500),
        ] {
            assert_eq!(fen(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn amounts_nobody_should_guess_at() {
        for (text, reason) in [
            ("1.23E+17", Reason::Scientific),
            ("１．２３Ｅ＋１７", Reason::Scientific),
            ("1.234", Reason::TooFine),
            ("1,5", Reason::Separator),
            ("1.234,56", Reason::Separator),
            ("12,34,567", Reason::Separator),
            ("1234,567", Reason::Separator),
            ("1,234,", Reason::Separator),
            (",123", Reason::NotANumber),
            ("1.2.3", Reason::NotANumber),
            ("", Reason::NotANumber),
            ("元", Reason::NotANumber),
            ("约100", Reason::NotANumber),
            ("--5", Reason::NotANumber),
            ("#REF!", Reason::CellError),
            ("99999999999999999999", Reason::OutOfRange),
            ("9999999999999999999999999999999", Reason::OutOfRange),
        ] {
            assert_eq!(fen(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn rounding_is_away_from_zero_at_the_half() {
        for (text, expected) in [
            ("184.605", 18_461),
            ("-184.605", -18_461),
            ("0.004", 0),
            ("0.005", 1),
        ] {
            assert_eq!(
                Decimal::amount(text, 0).unwrap().0.whole(2, true),
                Ok((expected, true))
            );
        }
    }

    proptest! {
        #[test]
        fn what_the_kernel_prints_is_read_back(amount: i64) {
            let shown = kernel::Fen(amount).to_string();
            prop_assert_eq!(fen(&shown), Ok(amount));
        }

        #[test]
        fn any_text_gets_an_answer(text in "\\PC*") {
            let _ = fen(&text);
        }
    }
}
