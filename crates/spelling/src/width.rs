//! Full-width letters and digits, and the dots in names 全角半角.

/// Full-width forms to half-width: U+FF01–FF5E less 0xFEE0, U+3000 to a space. Meant for
/// identifiers, telephone numbers, amounts and names, not for free text; unlike NFKC it leaves 〇,
/// ㎡ and ① alone.
#[must_use]
pub fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Half-width forms to full-width, as an input method leaves them; spaces stay.
#[must_use]
pub fn widen(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// The ways in which a number may stand in the books, the likeliest first: as it was typed,
/// half-width, as numbers are kept, and full-width, as some were kept that were typed so.
#[must_use]
pub fn number_spellings(number: &str) -> [String; 3] {
    let typed = number.trim();
    let half = narrow(typed);
    let wide = widen(&half);
    [typed.to_owned(), half, wide]
}

/// A person's name as the books keep it: trimmed, single spaces, and every dot that keyboards offer
/// between the parts of a minority name (· • ‧ ． ・) as U+00B7.
#[must_use]
pub fn canonical_name(name: &str) -> String {
    let dotted: String = name
        .chars()
        .map(|c| {
            if "·•‧．・".contains(c) {
                '·'
            } else {
                c
            }
        })
        .collect();
    let words: Vec<&str> = dotted.split_whitespace().collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn full_width_becomes_half_width() {
        for (wide, half) in [
            ("１３８", "138"),
            ("（甲）", "(甲)"),
            ("Ａ\u{3000}ｂ", "A b"),
            ("〇㎡①", "〇㎡①"),
        ] {
            assert_eq!(narrow(wide), half);
        }
    }

    #[test]
    fn every_dot_becomes_the_middle_dot() {
        for written in [
            "买买提•阿卜",
            "买买提‧阿卜",
            " 买买提．阿卜",
            "买买提・阿卜　",
        ] {
            assert_eq!(canonical_name(written), "买买提·阿卜");
        }
        assert_eq!(canonical_name(" John  Smith "), "John Smith");
    }

    #[test]
    fn a_number_is_found_in_every_width() {
        for typed in ["S001", "Ｓ００１", " Ｓ001 "] {
            let ways = number_spellings(typed);
            assert_eq!(ways, [typed.trim(), "S001", "Ｓ００１"]);
        }
    }

    proptest! {
        #[test]
        fn doing_it_twice_changes_nothing(text in "\\PC*") {
            let (narrowed, named) = (narrow(&text), canonical_name(&text));
            prop_assert_eq!(narrow(&narrowed), narrowed);
            prop_assert_eq!(canonical_name(&named), named);
        }
    }
}
