//! Reading what was set, before it becomes a file 版面检查.

use typst::layout::{Abs, Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use crate::error::{PrintError, Unprintable};

/// Text must end this far from the right edge of the page, in points.
const EDGE: f64 = 20.0;

/// The text of each page, in the order of its setting.
///
/// # Errors
/// [`PrintError`] when a glyph is missing or a text runs off the page; the last line of defence for
/// text that a template brings itself.
pub(crate) fn read(document: &PagedDocument) -> Result<Vec<String>, PrintError> {
    let mut texts = Vec::with_capacity(document.pages().len());
    for (n, page) in document.pages().iter().enumerate() {
        let mut reading = Reading {
            page: n + 1,
            right: page.frame.width() - Abs::pt(EDGE),
            text: String::new(),
        };
        reading.frame(&page.frame, Some(Point::zero()))?;
        texts.push(reading.text);
    }
    Ok(texts)
}

struct Reading {
    page: usize,
    right: Abs,
    text: String,
}

impl Reading {
    /// `at` is where the frame stands, or nothing inside something turned or scaled.
    fn frame(&mut self, frame: &Frame, at: Option<Point>) -> Result<(), PrintError> {
        for (position, item) in frame.items() {
            let here = at.map(|at| at + *position);
            match item {
                FrameItem::Group(group) => {
                    let moved = group.transform;
                    let inside = here
                        .filter(|_| moved.is_only_translate())
                        .map(|here| here + Point::new(moved.tx, moved.ty));
                    self.frame(&group.frame, inside)?;
                }
                FrameItem::Text(text) => {
                    let missing = text.glyphs.iter().find(|glyph| glyph.id == 0);
                    if let Some(glyph) = missing {
                        let character = text.text.get(glyph.range()).and_then(|t| t.chars().next());
                        return Err(PrintError::Character {
                            place: format!("第 {} 页「{}」", self.page, text.text),
                            position: text.text[..glyph.range().start].chars().count() + 1,
                            character: character.unwrap_or('\u{FFFD}'),
                            why: Unprintable::NoGlyph,
                        });
                    }
                    if here.is_some_and(|here| here.x + text.width() > self.right) {
                        return Err(PrintError::TooWide {
                            page: self.page,
                            text: text.text.chars().take(20).collect(),
                        });
                    }
                    self.text.push_str(&text.text);
                }
                _ => {}
            }
        }
        Ok(())
    }
}
