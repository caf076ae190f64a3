//! Chinese identifiers and ways to reach people: check digits, damage, one written form 证件与联系方式.

use kernel::Day;

use crate::reason::Reason;
use crate::text::{code_form, is_cell_error, is_scientific, trimmed};

/// An identifier that was read, and what should be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    pub(crate) text: String,
    pub(crate) remark: Option<Reason>,
}

impl Identity {
    fn sound(text: String) -> Identity {
        Identity { text, remark: None }
    }

    fn doubtful(text: String, reason: Reason) -> Identity {
        Identity {
            text,
            remark: Some(reason),
        }
    }
}

fn legible(text: &str) -> Result<String, Reason> {
    let text = trimmed(text);
    if is_cell_error(text) {
        return Err(Reason::CellError);
    }
    let text = code_form(text);
    if is_scientific(&text) {
        return Err(Reason::Scientific);
    }
    Ok(text.into_owned())
}

/// A code that identifies something: half-width, ends trimmed.
///
/// # Errors
/// Scientific notation and formula errors: the code is lost.
pub(crate) fn read_code(text: &str) -> Result<String, Reason> {
    legible(text)
}

/// The check character of a citizen number, GB 11643-1999, over its first 17 digits; `None` when
/// they are not digits.
#[must_use]
pub fn citizen_check_digit(first_17: &str) -> Option<char> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
    if first_17.len() != 17 {
        return None;
    }
    let mut sum = 0;
    for (digit, weight) in first_17.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    CHECKS.get(usize::try_from(sum % 11).ok()?).copied()
}

/// A citizen number, GB 11643-1999 (law.md §7.1), 18 characters with an upper-case X. Numbers of 15
/// digits are converted, and that is remarked. `today` refuses births to come.
///
/// # Errors
/// Wrong length, province, birthday or check digit; digits lost in a spreadsheet.
pub(crate) fn read_citizen_id(text: &str, today: Option<Day>) -> Result<Identity, Reason> {
    let mut number: String = legible(text)?
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    number.make_ascii_uppercase();
    let old = number.len() == 15;
    if old && number.bytes().all(|b| b.is_ascii_digit()) {
        number = format!("{}19{}", &number[..6], &number[6..]);
        number.extend(citizen_check_digit(&number));
    }
    let digits = number.get(..17).ok_or(Reason::CitizenIdForm)?;
    let sound = number.len() == 18 && digits.bytes().all(|b| b.is_ascii_digit());
    if !sound || !number.ends_with(|c: char| c.is_ascii_digit() || c == 'X') {
        return Err(Reason::CitizenIdForm);
    }
    if citizen_check_digit(digits) != number.chars().last() {
        // About one genuine number in 1,100 ends in 000, so only a failing check betrays damage.
        return Err(match number.ends_with("000") {
            true => Reason::CitizenIdDamaged,
            false => Reason::CitizenIdCheck,
        });
    }
    if !is_province(&number[..2]) {
        return Err(Reason::CitizenIdProvince);
    }
    let part = |from: usize, to: usize| number[from..to].parse::<i16>().unwrap_or_default();
    let (month, day) = (i8::try_from(part(10, 12)), i8::try_from(part(12, 14)));
    let born = month
        .ok()
        .zip(day.ok())
        .and_then(|(m, d)| Day::of(part(6, 10), m, d));
    if born.is_none_or(|born| today.is_some_and(|today| born > today)) {
        return Err(Reason::CitizenIdBirth);
    }
    let remark = old.then_some(Reason::CitizenIdConverted);
    Ok(Identity {
        text: number,
        remark,
    })
}

/// Provinces of GB/T 2260, permits of Hong Kong, Macau and Taiwan (81–83), and foreigners'
/// permanent residence cards of 2023, which begin with 9 and the province of issue.
fn is_province(code: &str) -> bool {
    matches!(
        code.parse::<u8>(),
        Ok(11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91..=96)
    )
}

/// The check character of a unified social credit code, GB 32100-2015, over its first 17
/// characters; `None` when one of them is outside the alphabet (no I O S V Z).
#[must_use]
pub fn credit_code_check_digit(first_17: &str) -> Option<char> {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    const WEIGHTS: [usize; 17] = [
        1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28,
    ];
    if first_17.len() != 17 {
        return None;
    }
    let mut sum = 0;
    for (byte, weight) in first_17.bytes().zip(WEIGHTS) {
        sum += ALPHABET.iter().position(|known| *known == byte)? * weight;
    }
    ALPHABET
        .get((31 - sum % 31) % 31)
        .map(|byte| char::from(*byte))
}

/// A unified social credit code (law.md §7.2). A failing check is remarked, not refused: some early
/// pilot codes are legal and fail.
///
/// # Errors
/// Digits lost in a spreadsheet, formula errors.
pub(crate) fn read_credit_code(text: &str) -> Result<Identity, Reason> {
    let mut code: String = legible(text)?
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    code.make_ascii_uppercase();
    Ok(
        match (
            code.chars().count(),
            code.get(..17).map(credit_code_check_digit),
        ) {
            (18, Some(Some(check))) if code.ends_with(check) => Identity::sound(code),
            (18, Some(Some(_))) => Identity::doubtful(code, Reason::CreditCodeCheck),
            _ => Identity::doubtful(code, Reason::CreditCodeForm),
        },
    )
}

/// A telephone number (law.md §7.3): mobiles as eleven digits, landlines as `010-12345678`, with
/// `转` or `-` before an extension. What is none of these stays as written, and is remarked.
///
/// # Errors
/// Digits lost in a spreadsheet, formula errors.
pub(crate) fn read_phone(text: &str) -> Result<Identity, Reason> {
    let written = legible(text)?;
    let bare: String = written
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '(' | ')'))
        .collect();
    let national = ["+86", "0086", "86"]
        .iter()
        .find_map(|prefix| bare.strip_prefix(prefix).filter(|rest| is_mobile(rest)))
        .unwrap_or(&bare);
    if is_mobile(national) {
        return Ok(Identity::sound(national.to_owned()));
    }
    if is_landline(&bare) {
        let shown = written.replace([' ', '\u{a0}'], "");
        return Ok(Identity::sound(shown.replace('(', "").replace(')', "-")));
    }
    Ok(Identity::doubtful(written, Reason::PhoneUnusual))
}

fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11
        && bytes[0] == b'1'
        && matches!(bytes[1], b'3'..=b'9')
        && bytes.iter().all(u8::is_ascii_digit)
}

/// Area code with its leading zero and seven or eight digits, or a 400 / 800 number; an extension
/// of up to five digits after 转.
fn is_landline(bare: &str) -> bool {
    let (number, extension) = bare.split_once('转').unwrap_or((bare, ""));
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(number) || !digits(extension) || extension.len() > 5 {
        return false;
    }
    match number.as_bytes() {
        [b'0', b'1'..=b'9', ..] => (10..=12).contains(&number.len()),
        [b'4' | b'8', b'0', b'0', ..] => number.len() == 10,
        _ => false,
    }
}

/// An e-mail address, its domain in lower case. What does not look like one is remarked.
///
/// # Errors
/// Formula errors.
pub(crate) fn read_email(text: &str) -> Result<Identity, Reason> {
    let written = legible(text)?;
    let looks = written.split_once('@').is_some_and(|(user, domain)| {
        let labels = || domain.split('.');
        !user.is_empty()
            && !written.contains(char::is_whitespace)
            && labels().count() > 1
            && labels().all(|label| !label.is_empty() && !label.contains('@'))
    });
    if !looks {
        return Ok(Identity::doubtful(written, Reason::EmailUnusual));
    }
    let at = written.find('@').unwrap_or_default();
    Ok(Identity::sound(format!(
        "{}{}",
        &written[..at],
        written[at..].to_lowercase()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn citizen_numbers_of_the_law_table() {
        for number in [
            "11010519491231002X",
            "440524188001010014",
            "110101199003070011",
            "310101198511200022",
            "810000199001010019",
        ] {
            assert_eq!(
                read_citizen_id(number, None),
                Ok(Identity::sound(number.to_owned()))
            );
        }
        for (text, reason) in [
            ("110105194912310021", Reason::CitizenIdCheck),
            ("110105194912310000", Reason::CitizenIdDamaged),
            ("1.10105194912310E+17", Reason::Scientific),
            ("990105194912310021", Reason::CitizenIdCheck),
            ("1101051949", Reason::CitizenIdForm),
            ("身份证号身份证号身份", Reason::CitizenIdForm),
        ] {
            assert_eq!(read_citizen_id(text, None), Err(reason), "{text}");
        }
    }

    #[test]
    fn citizen_numbers_are_put_in_one_form() {
        let read = |text: &str| read_citizen_id(text, None).unwrap();
        assert_eq!(
            read("１１０１０５１９４９１２３１００２ｘ").text,
            "11010519491231002X"
        );
        assert_eq!(read(" 110105 19491231 002x").text, "11010519491231002X");
        let old = read("110105491231002");
        assert_eq!(old.text, "11010519491231002X");
        assert!(matches!(old.remark, Some(Reason::CitizenIdConverted)));
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        let today = Day::of(1949, 12, 30);
        assert!(read_citizen_id("11010519491231002X", today).is_err());
        assert!(read_citizen_id("11010519491231002X", today.map(|d| d.plus_days(1))).is_ok());
    }

    #[test]
    fn credit_codes_of_the_law_table() {
        for code in [
            "91350100M000100Y43",
            "91440300708461136T",
            "91110000802100433B",
            "91440101MA5CJQ4N59",
            "91350203MA31NDF85F",
            "123502001549897397",
            "91310000MA1K0A0B46",
            "91440300MA5EQMP18J",
        ] {
            assert_eq!(read_credit_code(code), Ok(Identity::sound(code.to_owned())));
        }
        for pilot in [
            "91350100M0001TGQXM",
            "91350211M0000XUF46",
            "91350203M0001FUE2P",
        ] {
            let read = read_credit_code(pilot).unwrap();
            assert_eq!(read.text, pilot);
            assert!(matches!(read.remark, Some(Reason::CreditCodeCheck)));
        }
        let wide = read_credit_code("９１４４０３００７０８４６１１３６ｔ").unwrap();
        assert_eq!(wide, Identity::sound("91440300708461136T".to_owned()));
        assert!(read_credit_code("9.1440300708461E+17").is_err());
    }

    #[test]
    fn telephone_numbers() {
        for (text, expected) in [
            ("13800138000", "13800138000"),
            ("１３８ ００１３ ８０００", "13800138000"),
            ("+86 138-0013-8000", "13800138000"),
            ("0086 19912345678", "19912345678"),
            ("8613800138000", "13800138000"),
            ("010-12345678", "010-12345678"),
            ("(0755) 1234567", "0755-1234567"),
            ("400-800-1234", "400-800-1234"),
            ("021-12345678转801", "021-12345678转801"),
        ] {
            assert_eq!(
                read_phone(text),
                Ok(Identity::sound(expected.to_owned())),
                "{text}"
            );
        }
        for text in ["12345678901", "1380013800", "(5) 555-4729", "见名片"] {
            let read = read_phone(text).unwrap();
            assert!(matches!(read.remark, Some(Reason::PhoneUnusual)), "{text}");
        }
        assert!(read_phone("1.38E+10").is_err());
    }

    #[test]
    fn addresses_of_mail() {
        assert_eq!(
            read_email("Li.Si@Example.COM").unwrap().text,
            "Li.Si@example.com"
        );
        for text in [
            "li.si",
            "@example.com",
            "li@example",
            "li si@example.com",
            "a@b@c.d",
            "a@.b",
        ] {
            assert!(read_email(text).unwrap().remark.is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in "\\PC*") {
            let _ = read_citizen_id(&text, None);
            let _ = read_credit_code(&text);
            let _ = read_phone(&text);
            let _ = read_email(&text);
        }

        #[test]
        fn one_wrong_digit_never_passes(at in 0_usize..17, by in 1_u8..10) {
            let mut digits = *b"11010519491231002X";
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            let changed = String::from_utf8(digits.to_vec()).unwrap();
            prop_assert!(read_citizen_id(&changed, None).is_err());
        }
    }
}
