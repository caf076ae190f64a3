//! SQL of imports 导入存取.

mod batch;
mod known;
mod totals;
mod undo;
mod write;

use intake::RecordKind;

pub use batch::{Batch, BatchState};
pub(crate) use batch::{NewBatch, RowLine, add_batch, batches, find_batch, lines, rows, set_state};
pub(crate) use known::known;
pub use totals::OwnerTotal;
pub(crate) use totals::totals;
pub(crate) use undo::{Change, changes, in_the_way, restore, take_back, touched};
pub(crate) use write::write;

/// The table of a kind.
fn table(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Department => "people_department",
        RecordKind::Employee => "people_employee",
        RecordKind::Product => "customer_product",
        RecordKind::Customer => "customer",
        RecordKind::Contact => "customer_contact",
        RecordKind::Opportunity => "customer_opportunity",
        RecordKind::Contract => "receivable_contract",
        RecordKind::Order => "receivable_order",
        RecordKind::OrderLine => "receivable_order_line",
        RecordKind::Invoice => "receivable_invoice",
        RecordKind::Receipt => "receivable_receipt",
    }
}

/// What `import_record.record_id` holds of it.
fn identifier(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Product => "number",
        RecordKind::OrderLine => "order_id || '#' || n",
        _ => "id",
    }
}
