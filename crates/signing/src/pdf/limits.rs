//! How much a PDF may ask of us 限额.

/// Largest file that is read, in bytes.
pub(crate) const FILE: usize = 32 << 20;
/// Deepest nesting of arrays and dictionaries, and of a page tree.
pub(crate) const DEPTH: usize = 48;
/// Most cross-reference sections in one file: one for each update.
pub(crate) const SECTIONS: usize = 512;
/// Most objects in one file.
pub(crate) const OBJECTS: usize = 400_000;
/// Most bytes that all compressed streams of one file may unfold to.
pub(crate) const UNFOLDED: usize = 96 << 20;
/// Most pages, fields or annotations that are walked.
pub(crate) const ITEMS: usize = 50_000;
/// Most signatures in one file.
pub(crate) const SIGNATURES: usize = 32;
/// Most bytes that are read again for all signatures together.
pub(crate) const WORK: usize = 512 << 20;
