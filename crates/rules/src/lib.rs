//! Floor 2: decision tables that are proved before they decide 决策表.
//!
//! A [`table::Table`] is what people write: cells of text. [`grid::Grid`] understands every cell
//! (S-FEEL of DMN 1.5, narrowed so that a row is a box), [`index::Index`] makes it fast,
//! [`analyse`] proves that nothing is forgotten and nothing said twice, [`publish`] lets through
//! only what is proved. The crate knows no business: keys are opaque.
//!
//! ```text
//! Table ─Grid::read→ Grid ─Index::of→ Index ─analyse→ Analysis
//!                                       │
//! Table, version, period ───publish→ Published ─ decide ─→ Decision ─ explain ─→ sentences
//!                                       │  └ record / replay, compare (ghost)
//!                                    Versions: in force on a day
//! ```

mod axis;
mod bits;
mod witness;

pub mod analyse;
pub mod answer;
pub mod bounds;
pub mod cell;
pub mod decide;
pub mod dmn;
pub mod explain;
pub mod expr;
pub mod facts;
pub mod ghost;
pub mod grid;
pub mod index;
pub mod kind;
pub mod problem;
pub mod publish;
pub mod record;
pub mod report;
pub mod sentence;
pub mod table;
pub mod value;
pub mod versions;
