//! SQL of imports 导入存取.

mod around;
mod batch;
mod known;
mod names;
mod resting;
mod said;
mod totals;
mod undo;
mod unowned;
mod write;

use intake::RecordKind;
use spine::Sheet;

use crate::customer::store::unload as customer;
use crate::people::store::unload as people;
use crate::receivable::store::unload as receivable;

pub use batch::{Batch, BatchState};
pub(crate) use batch::{
    NewBatch, RowLine, add_batch, add_to_report, batches, counts, find_batch, packs, rows,
    set_state,
};
pub(crate) use known::{is_known, survey};
pub(crate) use resting::{
    Later, Resting, Rests, changed_since, earned_by, in_the_way, later, push_undone, was_undone,
};
pub use totals::OwnerTotal;
pub(crate) use totals::{totals, totals_of};
pub(crate) use undo::{Change, changes, restore, take_back, touched};
pub(crate) use write::{Task, stretch_of, write};

/// Where records of a kind stand and are changed.
fn sheet(kind: RecordKind) -> Sheet {
    match kind {
        RecordKind::Department => people::DEPARTMENTS,
        RecordKind::Employee => people::EMPLOYEES,
        RecordKind::Product => customer::PRODUCTS,
        RecordKind::Customer => customer::CUSTOMERS,
        RecordKind::Contact => customer::CONTACTS,
        RecordKind::Opportunity => customer::OPPORTUNITIES,
        RecordKind::Contract => receivable::CONTRACTS,
        RecordKind::Order => receivable::ORDERS,
        RecordKind::OrderLine => receivable::ORDER_LINES,
        RecordKind::Invoice => receivable::INVOICES,
        RecordKind::Receipt => receivable::RECEIPTS,
    }
}
