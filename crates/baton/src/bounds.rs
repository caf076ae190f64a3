//! How long a text of a request may be 长度限制.

use kernel::Refusal;

/// Texts that stand in a list: names, titles, codes.
pub(crate) const SHORT: std::ops::RangeInclusive<usize> = 1..=100;
/// Texts that may be left out.
pub(crate) const OPTIONAL: std::ops::RangeInclusive<usize> = 0..=100;
/// Why somebody does something.
pub(crate) const REASON: std::ops::RangeInclusive<usize> = 2..=200;
/// What somebody writes down.
pub(crate) const LONG: std::ops::RangeInclusive<usize> = 1..=4_000;

/// Checks the length of a text, spaces around it not counted; `pointer` names its place in the
/// request, `zh` what it is called.
///
/// # Errors
/// `request.length`.
pub(crate) fn length(
    pointer: &str,
    zh: &str,
    text: &str,
    fits: std::ops::RangeInclusive<usize>,
) -> Result<(), Refusal> {
    let (least, most) = (*fits.start(), *fits.end());
    let long = text.trim().chars().count();
    if fits.contains(&long) && !text.chars().any(|c| c.is_control() && c != '\n') {
        return Ok(());
    }
    let detail = if long == 0 && least > 0 {
        format!("请填写{zh}")
    } else {
        format!("{zh}应为 {least} 到 {most} 个字，且不含控制字符")
    };
    Err(Refusal::invalid(
        "request.length",
        detail.clone(),
        format!("{pointer} must have {least} to {most} characters and no control characters"),
    )
    .at(pointer, detail))
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
    let keys = known
        .iter()
        .map(|(key, _)| *key)
        .collect::<Vec<_>>()
        .join(", ");
    Err(Refusal::invalid(
        "request.unknown_word",
        format!(
            "{zh}不能是「{}」",
            word.chars().take(40).collect::<String>()
        ),
        format!("{pointer} must be one of {keys}"),
    )
    .remedy(format!("可选：{keys}"))
    .at(pointer, format!("可选：{keys}")))
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
        assert!(length("/name", "名称", "a\u{0}b", SHORT).is_err());
    }
}
