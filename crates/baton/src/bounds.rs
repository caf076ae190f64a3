//! How long a text of a request may be, and what it may hold 文本限制.

use kernel::Refusal;

/// Texts that stand in a list: names, titles, codes.
pub(crate) const SHORT: std::ops::RangeInclusive<usize> = 1..=100;
/// Texts that may be left out.
pub(crate) const OPTIONAL: std::ops::RangeInclusive<usize> = 0..=100;
/// Why somebody does something.
pub(crate) const REASON: std::ops::RangeInclusive<usize> = 2..=200;
/// What somebody writes down.
pub(crate) const LONG: std::ops::RangeInclusive<usize> = 1..=4_000;

/// What may be no longer than this stands in one line: of a list, a paper, a sentence of the
/// evidence.
const ONE_LINE: usize = 100;

/// Line breaks, for which whoever writes at length is free to press Enter.
fn breaks_lines(c: char) -> bool {
    matches!(c, '\n' | '\u{2028}' | '\u{2029}')
}

/// Control characters, and the marks by which what follows them reads backwards (UAX #9): a name
/// would not be what it seems.
fn deceives(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (c.is_control() && !breaks_lines(c))
}

/// What an English sentence calls a place of the request: `/rows/0/post_name` is “post name”.
pub(crate) fn called(pointer: &str) -> String {
    let named = |part: &&str| part.parse::<usize>().is_err();
    let name = pointer.rsplit('/').find(named).unwrap_or_default();
    format!("“{}”", name.replace('_', " "))
}

/// Checks the length of a text, what is not seen at its ends not counted, and that it holds nothing
/// that deceives; `pointer` names its place in the request, `zh` what it is called.
///
/// # Errors
/// `request.length`, `request.characters`.
pub(crate) fn length(
    pointer: &str,
    zh: &str,
    text: &str,
    fits: std::ops::RangeInclusive<usize>,
) -> Result<(), Refusal> {
    let (least, most) = (*fits.start(), *fits.end());
    let long = kernel::seen(text).chars().count();
    if !fits.contains(&long) {
        let name = called(pointer);
        let (detail, en, here) = if long == 0 && least > 0 {
            (
                format!("请填写{zh}"),
                format!("{name} is not filled in"),
                "Fill this in".to_owned(),
            )
        } else {
            (
                format!("{zh}应为 {least} 到 {most} 个字"),
                format!("{name} must have {least} to {most} characters"),
                format!("{least} to {most} characters"),
            )
        };
        let refused = Refusal::invalid("request.length", detail.clone(), en);
        return Err(refused.at(pointer, (detail, here)));
    }
    let lines = most <= ONE_LINE && text.chars().any(breaks_lines);
    if !lines && !text.chars().any(deceives) {
        return Ok(());
    }
    let name = called(pointer);
    let (detail, en) = match lines {
        true => (
            format!("{zh}不能换行"),
            format!("{name} must stand in one line"),
        ),
        false => (
            format!("{zh}含有不可见的控制字符或文字方向符"),
            format!("{name} must hold no control characters and no marks of direction"),
        ),
    };
    Err(not_as_seen(pointer, detail, en))
}

fn not_as_seen(pointer: &str, detail: String, en: String) -> Refusal {
    Refusal::invalid("request.characters", detail.clone(), en)
        .remedy((
            "请删除后逐字重新输入，不要从其他文件粘贴",
            "Delete it and type it again character by character, without pasting from other files",
        ))
        .at(pointer, detail)
}

/// Checks a number by which people name a thing: 1..=64 characters, each of them seen, since two
/// that look alike would be taken for one.
///
/// # Errors
/// `request.length`, `request.characters`.
pub(crate) fn code(pointer: &str, zh: &str, text: &str) -> Result<(), Refusal> {
    length(pointer, zh, text, 1..=64)?;
    if !text.chars().any(kernel::shows_nothing) {
        return Ok(());
    }
    let en = format!(
        "{} must hold no characters that are not seen",
        called(pointer)
    );
    Err(not_as_seen(pointer, format!("{zh}含有不可见的字符"), en))
}

/// Checks a 工号: 1..=64 characters, in one piece, since people type it to log in.
///
/// # Errors
/// `request.length`, `request.characters`, `request.number_shape`.
pub(crate) fn number(pointer: &str, text: &str) -> Result<(), Refusal> {
    code(pointer, "工号", text)?;
    if !text.trim().contains(char::is_whitespace) {
        return Ok(());
    }
    let zh = "工号中间不能有空格";
    Err(
        Refusal::invalid("request.number_shape", zh, "a number has no space inside")
            .remedy(("请去掉空格，例如 A01", "Leave out the spaces, as in A01"))
            .at(pointer, zh),
    )
}

/// Checks the shape of an e-mail address; an empty one is none.
///
/// # Errors
/// `request.length`, `request.email_shape`.
pub(crate) fn email(pointer: &str, text: &str) -> Result<(), Refusal> {
    let text = text.trim();
    length(pointer, "邮箱", text, 0..=200)?;
    let fits = text.split_once('@').is_some_and(|(who, place)| {
        let dotted = place.split('.').all(|part| !part.is_empty()) && place.contains('.');
        !who.is_empty() && dotted && !place.contains('@') && !text.contains(char::is_whitespace)
    });
    if text.is_empty() || fits {
        return Ok(());
    }
    let zh = "邮箱格式不对";
    Err(
        Refusal::invalid("request.email_shape", zh, "this is no e-mail address")
            .remedy((
                "请写成 name@example.com 的形式",
                "Write it as name@example.com",
            ))
            .at(pointer, zh),
    )
}

/// Checks that a word is one of those known.
///
/// # Errors
/// `request.unknown_word`.
pub(crate) fn one_of(
    pointer: &str,
    zh: &str,
    word: &str,
    known: &[(&'static str, &'static str)],
) -> Result<(), Refusal> {
    if known.iter().any(|(key, _)| *key == word) {
        return Ok(());
    }
    let keys: Vec<&str> = known.iter().map(|(key, _)| *key).collect();
    let both: Vec<String> = known
        .iter()
        .map(|(key, zh)| format!("{zh}（{key}）"))
        .collect();
    let (zh_known, en_known) = (both.join("、"), keys.join(", "));
    Err(Refusal::invalid(
        "request.unknown_word",
        format!(
            "{zh}不能是「{}」",
            word.chars().take(40).collect::<String>()
        ),
        format!("{} must be one of {en_known}", called(pointer)),
    )
    .remedy((format!("可选：{zh_known}"), format!("One of {en_known}")))
    .at(
        pointer,
        (format!("可选：{zh_known}"), format!("One of {en_known}")),
    ))
}

/// The Chinese word of a key in such a list.
pub(crate) fn word(known: &[(&'static str, &'static str)], key: &str) -> &'static str {
    known
        .iter()
        .find(|(known, _)| *known == key)
        .map_or("", |(_, zh)| *zh)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_measured_in_characters_without_the_spaces_around_it() {
        assert!(length("/name", "名称", " 张三 ", 2..=2).is_ok());
        let refusal = length("/name", "名称", "  ", SHORT).unwrap_err();
        assert_eq!(
            (refusal.message.as_str(), refusal.fields[0].pointer.as_str()),
            ("请填写名称", "/name")
        );
        assert!(length("/name", "名称", &"长".repeat(101), SHORT).is_err());
    }

    #[test]
    fn no_path_of_the_request_stands_in_a_sentence() {
        let long = length("/line_manager", "上级", &"x".repeat(101), SHORT).unwrap_err();
        let said = "“line manager” must have 1 to 100 characters";
        assert_eq!(long.message_en, said);
        let unknown = one_of(
            "/kind",
            "方式",
            "fax",
            &[("visit", "拜访"), ("call", "电话")],
        );
        let unknown = unknown.unwrap_err();
        assert_eq!(unknown.remedy, "可选：拜访（visit）、电话（call）");
        assert_eq!(unknown.message_en, "“kind” must be one of visit, call");
    }

    #[test]
    fn what_is_not_seen_is_refused() {
        let code = |text: &str, fits| {
            let refused = length("/name", "名称", text, fits);
            refused.err().map(|refusal| refusal.code)
        };
        let no = Some("request.characters".to_owned());
        for name in [
            "a\u{0}b",
            "换行\n公司",
            "换行\u{2028}公司",
            "右到左\u{202e}gpj.exe公司",
            "部门\u{2066}甲",
            "甲\t乙",
        ] {
            assert_eq!(code(name, SHORT), no, "{name:?}");
        }
        // Whoever writes at length may press Enter, and mislead nobody either.
        assert_eq!(code("第一行\n第二行", REASON), None);
        assert_eq!(code("第一行\n\u{202e}行二第", REASON), no);
        assert_eq!(code("emoji😀公司", SHORT), None);
        // Words of which nothing is seen are none.
        let empty = Some("request.length".to_owned());
        assert_eq!(code("\u{200b}\u{200b}\u{200b}", REASON), empty);
    }

    #[test]
    fn numbers_and_addresses_are_in_one_piece() {
        assert!(number("/number", " A01 ").is_ok());
        for wrong in [
            "A 01",
            "工号　一",
            "",
            "X\u{200b}2",
            "A\u{ad}01",
            "\u{200b}",
        ] {
            assert!(number("/number", wrong).is_err(), "{wrong}");
        }
        for right in ["", "zhang.san@jiangnan.example", "a@b.cn"] {
            assert!(email("/email", right).is_ok(), "{right}");
        }
        for wrong in ["nope", "@b.cn", "a@b", "a@b.", "a b@c.cn", "a@b@c.cn"] {
            assert!(email("/email", wrong).is_err(), "{wrong}");
        }
    }
}
