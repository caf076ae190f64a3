//! Small repairs of foreign text: widths, ends, signs of damage 文本整理.

use std::borrow::Cow;

/// Full-width forms U+FF01–FF5E and the ideographic space become their half-width twins
/// (law.md §7.5). For identifiers, telephone numbers and amounts, never for free text.
pub fn half_width(text: &str) -> Cow<'_, str> {
    let wide = |c: char| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}');
    if text.is_ascii() || !text.contains(wide) {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    Cow::Owned(text.chars().map(narrow).collect())
}

/// Without white space and invisible marks at both ends.
pub(crate) fn trimmed(text: &str) -> &str {
    let ends = (text.as_bytes().first(), text.as_bytes().last());
    if matches!(ends, (Some(b'!'..=b'~'), Some(b'!'..=b'~'))) {
        return text;
    }
    let mark = |c: char| matches!(c, '\u{200b}' | '\u{feff}') || turns(c);
    text.trim_matches(|c: char| c.is_whitespace() || mark(c))
}

/// The marks by which what follows them reads in another direction (UAX #9). Address books put them
/// around telephone numbers; inside a name they make it seem another one.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text in one line, as names and codes stand: a tab or a line break becomes a space.
pub(crate) fn in_one_line(text: &str) -> Cow<'_, str> {
    let breaks =
        |c: char| c.is_whitespace() && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
    if !text.contains(breaks) {
        return Cow::Borrowed(text);
    }
    let parts = text.split(breaks).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    Cow::Owned(parts.join(" "))
}

/// A code that identifies something, in the form in which it is compared: half-width, ends trimmed,
/// in one line.
#[must_use]
pub fn code_form(text: &str) -> Cow<'_, str> {
    match in_one_line(trimmed(text)) {
        Cow::Borrowed(line) => half_width(line),
        Cow::Owned(line) => Cow::Owned(half_width(&line).into_owned()),
    }
}

/// What a cell says: trimmed, and freed of the `="…"` by which spreadsheets are told to leave
/// digits alone.
pub(crate) fn cell_text(raw: &str) -> &str {
    let text = trimmed(raw);
    text.strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .map_or(text, trimmed)
}

/// How a column's header is compared: trimmed, half-width, line breaks as spaces.
pub(crate) fn header_name(raw: &str) -> String {
    half_width(trimmed(raw)).replace(['\r', '\n'], " ")
}

/// Whether the text is a number in scientific notation, `1.23E+17`: a spreadsheet has thrown the
/// other digits away.
pub(crate) fn is_scientific(text: &str) -> bool {
    // Nearly every cell is settled by its two ends.
    let ends = (text.as_bytes().first(), text.as_bytes().last());
    if !matches!(ends, (Some(b'0'..=b'9' | b'+' | b'-'), Some(b'0'..=b'9'))) {
        return false;
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let mantissa = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let Some(power) = exponent.strip_prefix(['-', '+']) else {
        return false;
    };
    digits(whole) && digits(part) && digits(power)
}

/// Whether the text is what a spreadsheet shows for a failed formula.
pub(crate) fn is_cell_error(text: &str) -> bool {
    const ERRORS: [&str; 7] = [
        "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!",
    ];
    text.starts_with('#') && ERRORS.contains(&text)
}

/// Whether the text holds control characters other than tab and line breaks, or marks that turn the
/// direction of reading.
pub(crate) fn has_control(text: &str) -> bool {
    text.chars()
        .any(|c| (c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{85}')) || turns(c))
}

/// The middle dots of minority names, all as U+00B7 (law.md §7.5). A dot counts only between two
/// letters that are not Latin.
pub(crate) fn with_middle_dots(name: &str) -> Cow<'_, str> {
    let dot = |c: char| matches!(c, '•' | '‧' | '．' | '・' | '∙');
    if !name.contains(dot) {
        return Cow::Borrowed(name);
    }
    let chars: Vec<char> = name.chars().collect();
    let letter = |at: Option<usize>| {
        at.and_then(|i| chars.get(i))
            .is_some_and(|c| c.is_alphabetic() && !c.is_ascii())
    };
    let put = |(i, &c): (usize, &char)| {
        if dot(c) && letter(i.checked_sub(1)) && letter(Some(i + 1)) {
            '·'
        } else {
            c
        }
    };
    Cow::Owned(chars.iter().enumerate().map(put).collect())
}

/// At most `limit` characters, with an ellipsis where something was cut.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", &text[..at]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_one_form() {
        assert_eq!(code_form("\u{3000}Ｔ－10\u{feff} "), "T-10");
        assert_eq!(code_form("t10"), "t10");
        assert_eq!(code_form("KH-1\r\nＡ"), "KH-1 A");
        assert_eq!(code_form("\u{202d}13812345678\u{202c}"), "13812345678");
    }

    #[test]
    fn a_name_stands_in_one_line_and_reads_one_way() {
        assert_eq!(in_one_line("永定机床\r\n 有限公司\t"), "永定机床 有限公司");
        assert!(matches!(in_one_line("永定 机床"), Cow::Borrowed(_)));
        assert!(has_control("右到左\u{202e}gpj.exe公司"));
        assert!(!has_control("换行\n公司") && !has_control("emoji😀公司"));
    }

    #[test]
    fn full_width_becomes_half_width() {
        assert_eq!(half_width("１３８"), "138");
        assert_eq!(half_width("（）"), "()");
        assert_eq!(half_width("甲　乙"), "甲 乙");
        assert!(matches!(half_width("张三"), Cow::Borrowed(_)));
    }

    #[test]
    fn scientific_notation_is_seen() {
        for damaged in ["1.23E+17", "1E+5", "-4.5e+10", "1.1E-3"] {
            assert!(is_scientific(damaged), "{damaged}");
        }
        for sound in ["1E5", "E+5", "A1E+5", "1.2.3E+4", "12", "", "客户E+1"] {
            assert!(!is_scientific(sound), "{sound}");
        }
    }

    #[test]
    fn spreadsheet_guards_are_taken_off() {
        assert_eq!(cell_text("=\"00123\""), "00123");
        assert_eq!(cell_text("\t110105194912310021 "), "110105194912310021");
        assert_eq!(cell_text("=A1"), "=A1");
    }

    #[test]
    fn middle_dots_are_one() {
        assert_eq!(with_middle_dots("买买提•阿卜杜拉"), "买买提·阿卜杜拉");
        assert_eq!(with_middle_dots("买买提．阿卜杜拉"), "买买提·阿卜杜拉");
        assert_eq!(with_middle_dots("a•b"), "a•b");
    }
}
