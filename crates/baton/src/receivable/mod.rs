//! Contracts, orders, invoices, receipts, and who must chase the money 应收.
//!
//! Tables: `receivable_contract`, `receivable_order`, `receivable_order_line`,
//! `receivable_invoice`, `receivable_receipt`, `receivable_clearing` (append-only),
//! `receivable_responsibility` (append-only), `receivable_reversal` (append-only; without an
//! invoice where what is left of a receipt went back), `receivable_reversal_withdrawal`
//! (append-only), `receivable_withdrawn` (append-only; what closed months counted of papers that
//! are gone), `receivable_contract_holder` (append-only).
//!
//! An invoice that is not cleared is the receivable. Whoever may read its customer may read it, and
//! so may the one responsible for it.

pub mod acts;
pub mod api;
mod api_match;
mod api_preview;
mod api_withdraw;
mod clearing;
pub(crate) mod store;
pub(crate) mod view;

pub use store::load;
