//! What of a text is seen 可见字符.

/// Whether the character shows nothing where it stands, or steers what follows it: a control
/// character, or one that Unicode lets programs ignore (`Default_Ignorable_Code_Point`). White
/// space shows as space.
#[must_use]
pub fn shows_nothing(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{34f}'
                | '\u{61c}'
                | '\u{115f}'..='\u{1160}'
                | '\u{17b4}'..='\u{17b5}'
                | '\u{180b}'..='\u{180f}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff0}'..='\u{fff8}'
                | '\u{1bca0}'..='\u{1bca3}'
                | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

/// A text without what is not seen at its ends; empty where nothing of it is seen.
#[must_use]
pub fn seen(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || shows_nothing(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_nothing() {
        for nothing in [
            "",
            " \u{3000}\n",
            "\u{200b}\u{200b}",
            "\u{feff}\u{2060} \u{0}",
        ] {
            assert_eq!(seen(nothing), "", "{nothing:?}");
        }
        assert_eq!(seen("\u{200b} 甲\u{200b}乙 "), "甲\u{200b}乙");
        assert!(!shows_nothing('·') && !shows_nothing(' '));
    }
}
