//! Floor 2: documents on paper 文书.
//!
//! Facts go in, the bytes of a PDF come out; the same facts give the same bytes on every machine.
//! A kind of document ([`Kind`]) has a manifest of what it may say ([`Manifest`]) and a template
//! that says how it looks ([`Template`]). Facts are values, never source text, so nothing in a
//! name is ever taken for markup. A character that no font has is an error that names the
//! character and its place ([`PrintError`]); nothing is ever printed as an empty box.
//!
//! Fonts: the two embedded weights of Noto Sans SC (OFL-1.1; 30,890 characters, among them all of
//! U+4E00..9FA5 and of CJK extension A up to U+4DB5), then those that are handed in
//! ([`Fonts::with`]), in their order.

mod characters;
mod code;
mod content;
mod error;
mod fonts;
mod kind;
mod manifest;
mod pages;
mod press;
mod report;
mod template;
mod typed;
mod world;

pub use code::verification_code;
pub use content::{Content, Rows, Value};
pub use error::PrintError;
pub use fonts::Fonts;
pub use kind::{About, Kind};
pub use manifest::{Field, FieldKind, Manifest};
pub use press::{Letterhead, Mark, Paper, Press, Printed};
pub use report::report_manifest;
pub use template::Template;
pub use typed::Wrong;
