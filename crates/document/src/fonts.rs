//! The fonts documents are set in 字体.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::characters::is_invisible;

/// Taken from the npm package by `build.rs`; empty when the build had no fonts.
static SHIPPED: &[&[u8]] = include!(concat!(env!("OUT_DIR"), "/shipped_fonts.rs"));

/// Fonts in the order in which they are asked for a character.
pub struct Fonts {
    pub(crate) fonts: Vec<Font>,
    pub(crate) book: LazyHash<FontBook>,
}

impl Fonts {
    /// The fonts that are part of the program.
    #[must_use]
    pub fn shipped() -> Fonts {
        // Reading the tables of two fonts of 10 MB takes a moment; they are shared, never copied.
        static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
            let each = SHIPPED.iter().map(|bytes| Bytes::new(*bytes));
            each.flat_map(Font::iter).collect()
        });
        Fonts::of(FONTS.clone())
    }

    /// These and the faces of another font file (TTF, OTF, TTC), which is asked last.
    ///
    /// # Errors
    /// Gives the fonts back unchanged when the bytes are no font.
    pub fn with(self, file: Vec<u8>) -> Result<Fonts, Fonts> {
        let mut fonts = self.fonts;
        let before = fonts.len();
        fonts.extend(Font::iter(Bytes::new(file)));
        if fonts.len() == before {
            Err(Fonts::of(fonts))
        } else {
            Ok(Fonts::of(fonts))
        }
    }

    fn of(fonts: Vec<Font>) -> Fonts {
        let book = LazyHash::new(FontBook::from_fonts(&fonts));
        Fonts { fonts, book }
    }

    /// The file of the first font: what is drawn beside the text of a document looks like it.
    #[must_use]
    pub fn first_file(&self) -> Option<&[u8]> {
        self.fonts.first().map(|font| font.data().as_slice())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fonts.is_empty()
    }

    /// The text with what cannot be printed named by its code, `〔U+20BB7〕`, and line breaks as
    /// spaces. For a paper that only tells what another file says exactly: it must not fail over
    /// one character, nor hide it.
    #[must_use]
    pub fn spelt(&self, text: &str) -> String {
        let mut spelt = String::with_capacity(text.len());
        for character in text.chars() {
            if character == '\n' || character == '\t' {
                spelt.push(' ');
            } else if is_invisible(character) || !self.cover(character) {
                spelt.push_str(&format!("〔U+{:04X}〕", u32::from(character)));
            } else {
                spelt.push(character);
            }
        }
        spelt
    }

    /// Whether any of them has this character.
    #[must_use]
    pub fn cover(&self, character: char) -> bool {
        let code = u32::from(character);
        self.fonts
            .iter()
            .any(|font| font.info().coverage.contains(code))
    }
}
