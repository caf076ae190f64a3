//! How Chinese names are written, spelt, searched and sorted 拼音.
//!
//! [`narrow`] undoes full-width letters and digits, [`number_spellings`] finds numbers that were
//! kept in them, [`canonical_name`] settles a person's name, [`surname`] finds where the given name
//! begins, and [`Spelling`] holds the keys under which a name of a person or a firm is found and
//! sorted.

mod keys;
mod several;
mod surname;
mod width;

pub use keys::{Spelling, fold, sort_keys_of};
pub use surname::surname;
pub use width::{canonical_name, narrow, number_spellings, widen};
