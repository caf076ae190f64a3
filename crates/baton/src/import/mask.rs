//! Telephone numbers, addresses and identity numbers inside free cells 单元格脱敏.

use access::{mask_card, mask_citizen_id, mask_email, mask_phone};
use serde_json::Value as Json;

/// A cell as a reader of the report sees it: mobile and landline numbers, citizens' numbers, bank
/// accounts and e-mail addresses are masked wherever they stand in it, and so is all that a contact
/// column holds.
pub(crate) fn cell(column: &str, text: &str) -> String {
    let folded = column.to_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let plain = folded_width(text);
    if names(&["mail", "邮箱"]) {
        return mask_email(&plain);
    }
    if names(&["身份证", "citizen_id"]) {
        let bare: String = plain.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        return mask_citizen_id(&bare);
    }
    if names(&["phone", "mobile", "fax", "电话", "手机", "传真"]) {
        return mask_phone(&plain);
    }
    let masked = numbers(&addresses(&plain), is_of_papers(&folded));
    if masked == plain {
        text.to_owned()
    } else {
        masked
    }
}

/// Digits, letters and what stands between them in half width; the rest of a sentence as it is.
fn folded_width(text: &str) -> String {
    let fold = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '＠' | '－' | '．' | '＋' | '＿' => {
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '\u{3000}' => ' ',
        other => other,
    };
    text.chars().map(fold).collect()
}

/// Whether a column holds numbers of papers or firms, or money: long ones are no bank accounts.
fn is_of_papers(column: &str) -> bool {
    let ends = [
        "编号",
        "编码",
        "代码",
        "单号",
        "号码",
        "发票号",
        "合同号",
        "订单号",
        "流水号",
        "识别号",
        "税号",
        "金额",
        "毛利",
        "amount",
        "number",
        "code",
        "no",
        "id",
    ];
    let bank = ["银行", "账", "卡", "bank", "account", "card"];
    ends.iter().any(|word| column.ends_with(word)) && !bank.iter().any(|word| column.contains(word))
}

/// The text with the e-mail addresses in it masked.
fn addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('@') {
        let local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
        let domain = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        let who = before.trim_end_matches(local).len();
        let host = behind.len() - behind.trim_start_matches(domain).len();
        let (plain, who) = before.split_at(who);
        let (host, last) = behind.split_at(host);
        out.push_str(plain);
        if who.is_empty() || host.is_empty() {
            out.push_str(who);
            out.push('@');
            out.push_str(host);
        } else {
            out.push_str(&mask_email(&format!("{who}@{host}")));
        }
        rest = last;
    }
    out.push_str(rest);
    out
}

/// As many groups as people write a number in.
const GROUPS: usize = 6;

/// The text with the numbers in it masked that lead to a person.
fn numbers(text: &str, of_papers: bool) -> String {
    let runs = runs(text);
    let mut out = String::with_capacity(text.len());
    let (mut done, mut at) = (0, 0);
    while let Some((start, _)) = runs.get(at).copied() {
        let most = GROUPS.min(runs.len() - at);
        let found = (1..=most).rev().find_map(|many| {
            let some = &runs[at..at + many];
            let joined = some.windows(2).all(|two| joins(&text[two[0].1..two[1].0]));
            let groups: Vec<&str> = some.iter().map(|(from, to)| &text[*from..*to]).collect();
            let mask = hidden(&groups, of_papers).filter(|_| joined)?;
            Some((many, some.last()?.1, mask))
        });
        match found {
            Some((many, end, mask)) => {
                out.push_str(&text[done..start]);
                out.push_str(&mask);
                done = end;
                at += many;
            }
            None => at += 1,
        }
    }
    out.push_str(&text[done..]);
    out
}

/// Where digits stand together, each with its end; an X may close a citizen's number.
fn runs(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit());
        let mut end = at + digits.count();
        if end - at == 17 && matches!(bytes.get(end), Some(b'x' | b'X')) {
            end += 1;
        }
        if end > at {
            runs.push((at, end));
        }
        at = end.max(at + 1);
    }
    runs
}

/// What may stand between the groups of one number.
fn joins(between: &str) -> bool {
    matches!(between, " " | "-" | ")" | "）" | ") " | " - ")
}

/// The mask of a number written in these groups; none where it leads to nobody.
fn hidden(groups: &[&str], of_papers: bool) -> Option<String> {
    let all = groups.concat();
    let first = groups.first()?.len();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let one = groups.len() == 1;
    let local = all.strip_prefix("86").filter(|rest| rest.len() == 11);
    let local = local.unwrap_or(&all);
    let mobile = local.len() == 11 && local.starts_with('1') && (one || first >= 3);
    let area = one || (3..=4).contains(&first);
    let landline = all.starts_with('0') && (10..=12).contains(&all.len()) && area;
    if mobile || landline {
        return Some(mask_phone(&all));
    }
    if (one || lengths == [6, 8, 4]) && citizen(&all) {
        return Some(mask_citizen_id(&all));
    }
    let fours = match lengths.as_slice() {
        [_] => true,
        [front @ .., last] => front.iter().all(|length| *length == 4) && *last <= 4,
        [] => false,
    };
    let account = fours && (12..=19).contains(&all.len()) && !of_papers;
    account.then(|| mask_card(&all))
}

/// Eighteen digits, the last of which may be an X, or the fifteen of old, with a birthday in the
/// middle.
fn citizen(text: &str) -> bool {
    let Some((head, last)) = text.split_at_checked(text.len().saturating_sub(1)) else {
        return false;
    };
    let digits = head.bytes().all(|b| b.is_ascii_digit());
    let closed = last.bytes().all(|b| b.is_ascii_digit()) || matches!(last, "x" | "X");
    let day = |at: usize| {
        let (month, day) = (text.get(at..at + 2), text.get(at + 2..at + 4));
        month.is_some_and(|m| ("01"..="12").contains(&m))
            && day.is_some_and(|d| ("01"..="31").contains(&d))
    };
    let born = match text.len() {
        15 => day(8),
        18 => matches!(text.get(6..8), Some("18" | "19" | "20")) && day(10),
        _ => false,
    };
    digits && closed && born
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

    #[test]
    fn it_is_found_wherever_it_stands_in_a_cell() {
        for (text, shown) in [
            (
                "请打13900003333或座机0755-26001234找王总",
                "请打139****3333或座机075****1234找王总",
            ),
            ("李四 13900004444", "李四 139****4444"),
            ("１３９００００６６６６", "139****6666"),
            ("张妈 +86 138 1234 5678", "张妈 +86 138****5678"),
            (
                "两个：13800138000/13900139000",
                "两个：138****8000/139****9000",
            ),
            ("(010)62345678", "(010****5678"),
            (
                "2026-01-05 13800138000 已电联",
                "2026-01-05 138****8000 已电联",
            ),
            (
                "工行 6222021234567890123，张三",
                "工行 **** **** **** 0123，张三",
            ),
            ("卡号 6222 0212 3456 7890 123", "卡号 **** **** **** 0123"),
            ("证件11010519491231002x。", "证件110***********002x。"),
            ("旧证110105491231002", "旧证1*************2"),
            ("发到 li.si@example.cn 即可", "发到 l***@example.cn 即可"),
        ] {
            assert_eq!(cell("备注", text), shown);
        }
        for plain in [
            "2026-01-05 至 2026-12-31",
            "第 12 批，共 3000 台",
            "＠王经理 （老客户）",
            "1234567.89",
        ] {
            assert_eq!(cell("备注", plain), plain);
        }
    }

    #[test]
    fn numbers_of_papers_are_no_bank_accounts() {
        for column in ["发票号码", "number", "统一社会信用代码", "流水号"] {
            assert_eq!(cell(column, "25310000000001"), "25310000000001");
        }
        assert_eq!(cell("银行账号", "25310000000001"), "**** **** **** 0001");
    }
}
