//! How large anything may be 上限.
//!
//! Every table comes from a person or a file. These limits keep the proof of a table within a
//! second and a wrong file from taking the program down; all are far above what a clerk can read.

/// Rows of a table.
pub const ROWS: usize = 500;
/// Columns with conditions.
pub const INPUTS: usize = 12;
/// Columns with results.
pub const OUTPUTS: usize = 12;
/// Characters of a cell.
pub const CELL: usize = 400;
/// Tests in one cell.
pub const TESTS: usize = 50;
/// Tests in one column, all rows together.
pub const COLUMN_TESTS: usize = 2_500;
/// Parentheses within each other.
pub const NESTING: usize = 20;
/// Characters of a text in a cell.
pub const LITERAL: usize = 200;
/// Characters of a text in the facts.
pub const TEXT: usize = 250;
/// Characters of a key or an id.
pub const KEY: usize = 60;
/// Characters of a label.
pub const LABEL: usize = 100;
/// Characters of a note.
pub const NOTE: usize = 500;
/// Values of an enumeration.
pub const CHOICES: usize = 100;
/// Examples of a table.
pub const EXAMPLES: usize = 200;
/// Decimal places asked of `round`.
pub const PLACES: u32 = 12;
/// The largest exponent of `**`, either sign.
pub const EXPONENT: i64 = 64;
/// Bytes of a DMN file.
pub const XML_BYTES: usize = 2 * 1024 * 1024;
/// Elements, attributes and texts of a DMN file.
pub const XML_NODES: u32 = 200_000;
/// Elements within each other in a DMN file.
pub const XML_DEPTH: usize = 40;
/// Gaps that are told one by one; there may be more.
pub const GAPS_TOLD: usize = 20;
/// Overlaps that are told one by one; all are counted.
pub const OVERLAPS_TOLD: usize = 50;
/// Segments looked at in the proofs of one table before they give up and say so.
pub const PROOF_STEPS: usize = 10_000_000;
/// Differences between two tables that are kept one by one; all are counted.
pub const DIFFERENCES_KEPT: usize = 1_000;
