//! Which characters may stand on paper 用字检查.

use crate::content::{Content, Value};
use crate::error::{PrintError, Unprintable};
use crate::fonts::Fonts;
use crate::manifest::{Field, FieldKind};

/// Checks every text of a document before anything is set, so that the message can name the field.
pub(crate) fn check(fields: &[Field], content: &Content, fonts: &Fonts) -> Result<(), PrintError> {
    check_in(fields, content, fonts, "")
}

fn check_in(
    fields: &[Field],
    content: &Content,
    fonts: &Fonts,
    before: &str,
) -> Result<(), PrintError> {
    for field in fields {
        let place = format!("{before}{}", field.zh);
        match content.get(&field.key) {
            Some(Value::Text(text)) => {
                let lines = field.kind == FieldKind::Note;
                check_text(&place, text, lines, fonts)?;
            }
            Some(Value::List(rows)) => {
                for (n, row) in rows.0.iter().enumerate() {
                    let before = format!("{place}第 {} 行", n + 1);
                    check_in(&field.columns, row, fonts, &before)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Checks one text.
pub(crate) fn check_text(
    place: &str,
    text: &str,
    lines: bool,
    fonts: &Fonts,
) -> Result<(), PrintError> {
    for (n, character) in text.chars().enumerate() {
        let why = if is_invisible(character) {
            (character != '\n' || !lines).then_some(Unprintable::Invisible)
        } else {
            (!fonts.cover(character)).then_some(Unprintable::NoGlyph)
        };
        if let Some(why) = why {
            return Err(PrintError::Character {
                place: place.to_owned(),
                position: n + 1,
                character,
                why,
            });
        }
    }
    Ok(())
}

/// What prints as nothing, or changes how its neighbours print: control characters, joiners, marks
/// of direction (a name could be made to read backwards), line separators, variation selectors.
pub(crate) fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            u32::from(character),
            0xAD | 0x34F
                | 0x61C
                | 0x115F..=0x1160
                | 0x17B4..=0x17B5
                | 0x180B..=0x180F
                | 0x200B..=0x200F
                | 0x2028..=0x202E
                | 0x2060..=0x206F
                | 0x3164
                | 0xFE00..=0xFE0F
                | 0xFEFF
                | 0xFFA0
                | 0xFFF0..=0xFFFB
                | 0xE0000..=0xE0FFF
        )
}
