//! Telephone numbers in one form 电话号码.

use kernel::Refusal;
use serde::{Deserialize, Serialize};

/// What kind of number it is. The carrier is not inferred: numbers are portable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    /// 手机
    Mobile,
    /// 固定电话
    Landline,
    /// 400 or 800 服务号码
    Service,
    /// 境外号码
    Foreign,
}

/// A number in the form in which two of them compare.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Phone {
    /// What kind.
    pub kind: PhoneKind,
    /// `13800138000`, `010-62345678`, `010-62345678-801`, `400-810-8888`, `+14155550123`.
    pub number: String,
}

impl Phone {
    /// Reads a number as people write it: with spaces, hyphens, brackets or full-width digits,
    /// `+86`, `0086` or `86` before it, `转`, `-`, `ext`, `x` or `#` before an extension.
    ///
    /// # Errors
    /// `customer.phone_shape` when it is none of the kinds.
    pub fn parse(text: &str) -> Result<Phone, Refusal> {
        let written = spelling::narrow(text).trim().to_ascii_lowercase();
        let (line, extension) = split_extension(&written);
        let digits = digits_of(line);
        let abroad = written.starts_with('+') && !digits.starts_with("86");
        let found = if abroad {
            foreign(&digits).filter(|_| extension.is_empty())
        } else {
            domestic(&digits, &extension)
        };
        found.ok_or_else(|| {
            Refusal::invalid(
                "customer.phone_shape",
                "电话号码无法识别",
                "this is no telephone number",
            )
            .remedy((
                "请填写 11 位手机号、带区号的固定电话或 400/800 号码；境外号码以 + 和国家代码开头",
                "Give a mobile number of 11 digits, a fixed line with area code or a 400/800 \
                 number; foreign numbers begin with + and the country code",
            ))
        })
    }
}

/// E.164: country code and number have at most 15 digits.
fn foreign(digits: &str) -> Option<Phone> {
    let fits = (7..=15).contains(&digits.len()) && all_digits(digits);
    fits.then(|| Phone {
        kind: PhoneKind::Foreign,
        number: format!("+{digits}"),
    })
}

fn domestic(digits: &str, extension: &str) -> Option<Phone> {
    let national = national(digits);
    mobile(&national)
        .or_else(|| service(&national))
        .filter(|_| extension.is_empty())
        .or_else(|| landline(&national, extension))
}

fn digits_of(text: &str) -> String {
    let signs = |c: char| c.is_whitespace() || "-()+.".contains(c);
    text.chars().filter(|c| !signs(*c)).collect()
}

/// The number as dialled within the country.
fn national(digits: &str) -> String {
    let abroad = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86"));
    // 86 also begins local numbers; only what is too long for one carries the country.
    let Some(rest) = abroad.filter(|rest| rest.len() >= 9) else {
        return digits.to_owned();
    };
    let complete = rest.starts_with('0') || mobile(rest).or_else(|| service(rest)).is_some();
    // After a country code the 0 of the area code is left out.
    if complete {
        rest.to_owned()
    } else {
        format!("0{rest}")
    }
}

/// The number proper and its extension (empty when there is none).
fn split_extension(written: &str) -> (&str, String) {
    for mark in ["转", "ext", "x", "#"] {
        if let Some((line, extension)) = written.split_once(mark) {
            return (line, digits_of(extension.trim_start_matches(['.', ':'])));
        }
    }
    // 010-62345678-801, but not 0755-8888-9999.
    if let Some((line, extension)) = written.rsplit_once('-')
        && landline(&national(&digits_of(line)), "").is_some()
    {
        return (line, digits_of(extension));
    }
    (written, String::new())
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn mobile(digits: &str) -> Option<Phone> {
    let fits = digits.len() == 11
        && all_digits(digits)
        && matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..]);
    fits.then(|| Phone {
        kind: PhoneKind::Mobile,
        number: digits.to_owned(),
    })
}

fn service(digits: &str) -> Option<Phone> {
    let fits = digits.len() == 10
        && all_digits(digits)
        && (digits.starts_with("400") || digits.starts_with("800"));
    fits.then(|| Phone {
        kind: PhoneKind::Service,
        number: format!("{}-{}-{}", &digits[..3], &digits[3..6], &digits[6..]),
    })
}

/// Area code of three digits (010, 02x) or four, and seven or eight digits.
fn landline(digits: &str, extension: &str) -> Option<Phone> {
    if !all_digits(digits) || !(extension.is_empty() || all_digits(extension)) {
        return None;
    }
    let area = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => 3,
        [b'0', b'3'..=b'9', ..] => 4,
        _ => return None,
    };
    let (code, local) = digits.split_at_checked(area)?;
    let fits = matches!(local.len(), 7 | 8) && !local.starts_with(['0', '1']);
    let tail = if extension.is_empty() {
        String::new()
    } else {
        format!("-{extension}")
    };
    fits.then(|| Phone {
        kind: PhoneKind::Landline,
        number: format!("{code}-{local}{tail}"),
    })
}
