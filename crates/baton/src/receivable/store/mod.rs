//! SQL of the receivable tables 应收存取.

/// Whether a refund or a bad debt, called by this name in the query, was not taken back.
macro_rules! stands {
    ($reversal:literal) => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM receivable_reversal_withdrawal w WHERE w.reversal_id = ",
            $reversal,
            ".id)"
        )
    };
}

/// What was paid back of the money left over of a receipt, called by this name in the query.
macro_rules! paid_back {
    ($receipt:literal) => {
        concat!(
            "(SELECT CAST(coalesce(sum(v.amount), 0) AS BIGINT) FROM receivable_reversal v \
             WHERE v.invoice_id IS NULL AND v.receipt_id = ",
            $receipt,
            ".id AND ",
            stands!("v"),
            ")"
        )
    };
}

pub(crate) mod earning;
pub(crate) mod holder;
mod list;
pub mod load;
pub(crate) mod move_many;
mod papers;
mod receipt;
mod responsibility;
mod reversal;
pub(crate) mod running;
pub(crate) mod unload;
mod withdrawing;
mod withdrawn;

pub(crate) use list::{
    InvoiceFilter, InvoiceLine, KEPT, OpenSum, SummaryBy, SummaryLine, extra_of, invoices,
    open_by_customer, summary,
};
pub use papers::Kind;
pub(crate) use papers::{
    ContractLine, Invoice, NewContract, NewInvoice, NewOrder, OpenPapers, OrderLine, Unpaid, Whose,
    add_contract, add_invoice, add_order, contract_numbers, contracts_of, customer_of,
    find_invoice, invoice_target, number_taken, open_papers, orders_of, pass_contracts,
    pass_orders, set_disputed, unpaid,
};
pub(crate) use receipt::{
    Clearing, Held, NewReceipt, OpenInvoice, ReceiptLine, add_receipt, clear, credits_of, held,
    open_invoices, receipts_of,
};
pub(crate) use responsibility::{
    ResponsibilityLine, add_responsibility, basis_word, responsibilities, responsibility_lines,
    set_responsible,
};
pub(crate) use reversal::{
    CameBy, Described, NewReversal, ReversalLine, Reversible, add_reversal, came_by, cleared_by,
    describe_contract, described, described_version, find_deals, products, refunds_of,
    reversals_of, reversed,
};
pub(crate) use withdrawing::{Because, Standing, resting, standing, withdraw};
