//! Telephone numbers, addresses and identity numbers inside free cells 单元格脱敏.

use access::{mask_citizen_id, mask_email, mask_phone};
use serde_json::Value as Json;

/// A cell as a reader of the report sees it: whatever looks like a mobile number, a citizen's
/// number or an e-mail address is masked, and so is what a contact column holds.
pub(crate) fn cell(column: &str, text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let local = plain.trim_start_matches("+86");
    let digits = local.chars().all(|c| c.is_ascii_digit());
    let mobile = digits && local.len() == 11 && local.starts_with('1');
    let folded = column.to_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    if text.contains('@') || names(&["mail", "邮箱"]) {
        mask_email(text)
    } else if citizen(&plain) || names(&["身份证", "citizen_id"]) {
        mask_citizen_id(&plain)
    } else if mobile || names(&["phone", "mobile", "fax", "电话", "手机", "传真"]) {
        mask_phone(text)
    } else {
        text.to_owned()
    }
}

/// Eighteen digits, the last of which may be an X, with a birthday in the middle.
fn citizen(text: &str) -> bool {
    let bytes = text.as_bytes();
    let [head @ .., last] = bytes else {
        return false;
    };
    bytes.len() == 18
        && head.iter().all(u8::is_ascii_digit)
        && (last.is_ascii_digit() || matches!(last, b'x' | b'X'))
        && matches!(&bytes[6..8], b"18" | b"19" | b"20")
}

/// The fields and columns of a record, masked.
pub(crate) fn body(body: &Json) -> Json {
    let part = |part: &Json| {
        let cells = part.as_object().into_iter().flatten();
        let masked = cells.map(|(name, value)| {
            let value = match value {
                Json::String(text) => Json::String(cell(name, text)),
                other => other.clone(),
            };
            (name.clone(), value)
        });
        Json::Object(masked.collect())
    };
    serde_json::json!({ "fields": part(&body[0]), "extra": part(&body[1]) })
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn what_reaches_a_person_is_masked_and_the_rest_is_not() {
        assert_eq!(cell("备注", "138 1234-5678"), "138****5678");
        assert_eq!(
            cell("Phone", "030-0074321"),
            access::mask_phone("030-0074321")
        );
        assert_ne!(cell("联系", "li@example.cn"), "li@example.cn");
        assert_eq!(cell("x", "11010519491231002X"), "110***********002X");
        for plain in ["20250105", "1.23E+17", "GTXPro", "123456789012345678901"] {
            assert_eq!(cell("金额", plain), plain);
        }
    }
}
