//! Foreign files become typed records and a report that explains every row 导入.
//!
//! Bytes of CSV and XLSX files and one TOML [`Mapping`] go in; [`Record`]s with typed values and a
//! [`Report`] come out: what was read, counted and summed, and every refused, doubtful or changed
//! cell with its place, reason and remedy. Nothing here knows the books: references the batch does
//! not answer are handed on by key, and a record's [`NaturalKey`] makes a second import of the same
//! file change nothing.
//!
//! The mapping language is described in `docs/modules/import.md`.

mod bind;
mod cell;
mod date;
mod decimal;
mod draft;
mod file;
mod finding;
mod identity;
mod index;
mod kind;
mod known;
mod mapping;
mod order_line;
mod pass;
mod preview;
mod quotes;
mod reason;
mod stage;
mod table;
mod tally;
mod text;
mod value;
mod workbook;

pub use date::DateOrder;
pub use draft::{DRAFTED, Draft, DraftFile, draft, name_in_english, template, unreadable};
pub use file::{Encoding, Format, Limits, SourceFile};
pub use finding::Finding;
pub use identity::{citizen_check_digit, credit_code_check_digit};
pub use kind::{FieldSpec, FieldType, Need, RecordKind, STAGES, Within};
pub use mapping::{Asked, DeriveRule, Mapping, MappingError, Source};
pub use preview::{Preview, preview};
pub use reason::Severity;
pub use stage::{Report, SourceCount, Staged, UnresolvedRef, for_each_record, stage};
pub use tally::{KindTotals, Sum, Tally, Totals};
pub use text::{code_form, half_width};
pub use value::{Fields, NaturalKey, Origin, Record, Value};
