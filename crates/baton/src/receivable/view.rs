//! What the browser sees of contracts, orders, invoices and receipts 应收视图.

use std::collections::BTreeMap;

use kernel::{
    ContractId, CustomerId, Day, EmployeeId, Fen, InvoiceId, Moment, OrderId, PlanId, ReceiptId,
    ReversalId,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::acts::reverse::ReversalKind;
use super::store;
use super::store::holder::Held;
use crate::import::KeptColumn;
use crate::people::PersonName;

/// Names by id, read together.
pub(crate) type Names = BTreeMap<EmployeeId, (String, String)>;

/// An invoice in a list, as of a day.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvoiceItem {
    #[schema(value_type = String)]
    pub(crate) id: InvoiceId,
    number: String,
    #[schema(value_type = String)]
    pub(crate) customer_id: CustomerId,
    customer: String,
    #[schema(value_type = String, format = Date)]
    issued_on: Day,
    #[schema(value_type = String, format = Date)]
    pub(crate) due_on: Day,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    /// What was open at the end of the day.
    #[schema(value_type = crate::http::Money)]
    open: Fen,
    /// 0 when nothing is open or nothing overdue.
    overdue_days: i64,
    disputed: bool,
    responsible: Option<PersonName>,
}

impl InvoiceItem {
    pub(crate) fn of(line: store::InvoiceLine, day: Day, names: &Names) -> InvoiceItem {
        let overdue_days = overdue_days(line.open, line.due_on, day);
        InvoiceItem {
            id: line.id,
            number: line.number,
            customer_id: line.customer.0,
            customer: line.customer.1,
            issued_on: line.issued_on,
            due_on: line.due_on,
            amount: line.amount,
            open: line.open,
            overdue_days,
            disputed: line.disputed,
            responsible: PersonName::among(names, line.responsible),
        }
    }
}

/// Days since the due day while something is open.
pub(crate) fn overdue_days(open: Fen, due_on: Day, day: Day) -> i64 {
    if open > Fen::ZERO {
        due_on.days_until(day).max(0)
    } else {
        0
    }
}

/// Everything about an invoice.
#[derive(Serialize, ToSchema)]
pub(crate) struct InvoiceView {
    #[schema(value_type = String)]
    pub(crate) id: InvoiceId,
    pub(crate) number: String,
    #[schema(value_type = String)]
    pub(crate) customer_id: CustomerId,
    pub(crate) customer: String,
    #[schema(value_type = Option<String>)]
    pub(crate) contract_id: Option<ContractId>,
    #[schema(value_type = Option<String>)]
    pub(crate) order_id: Option<OrderId>,
    #[schema(value_type = String, format = Date)]
    pub(crate) issued_on: Day,
    #[schema(value_type = String, format = Date)]
    pub(crate) due_on: Day,
    #[schema(value_type = crate::http::Money)]
    pub(crate) amount: Fen,
    #[schema(value_type = crate::http::Money)]
    pub(crate) cleared: Fen,
    #[schema(value_type = crate::http::Money)]
    pub(crate) open: Fen,
    pub(crate) overdue_days: i64,
    pub(crate) disputed: bool,
    pub(crate) responsible: Option<PersonName>,
    /// Who was responsible from which day on.
    pub(crate) responsibility: Vec<ResponsibilityItem>,
    /// The receipts that cleared it.
    pub(crate) receipts: Vec<CameByItem>,
    /// Receipts of which something is left that could clear it, oldest first; only while something
    /// is open and the caller may match it.
    pub(crate) credits: Vec<ReceiptItem>,
    /// Refunds and bad debts.
    pub(crate) reversals: Vec<ReversalItem>,
    /// What may still be recorded as a bad debt.
    #[schema(value_type = crate::http::Money)]
    pub(crate) may_lose: Fen,
    /// Whether the caller may record a refund or a bad debt.
    pub(crate) may_reverse: bool,
    /// What a file said of it beyond these fields.
    pub(crate) kept: Vec<KeptColumn>,
}

/// A receipt that cleared something of an invoice.
#[derive(Serialize, ToSchema)]
pub(crate) struct CameByItem {
    #[schema(value_type = String)]
    id: ReceiptId,
    number: String,
    #[schema(value_type = String, format = Date)]
    received_on: Day,
    /// How much of the invoice.
    #[schema(value_type = crate::http::Money)]
    cleared: Fen,
    /// What of that may still be recorded as refunded.
    #[schema(value_type = crate::http::Money)]
    may_go_back: Fen,
}

impl From<store::CameBy> for CameByItem {
    fn from(line: store::CameBy) -> CameByItem {
        CameByItem {
            id: line.id,
            number: line.number,
            received_on: line.on,
            cleared: line.cleared,
            may_go_back: line.cleared - line.refunded,
        }
    }
}

/// A refund or a bad debt.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReversalItem {
    #[schema(value_type = String)]
    id: ReversalId,
    number: String,
    /// `refund`, `bad_debt`
    kind: ReversalKind,
    /// Of a refund: number of the receipt that went back.
    receipt: Option<String>,
    #[schema(value_type = String, format = Date)]
    on: Day,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    reason: String,
    recorded_by: Option<PersonName>,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Moment,
    /// The commission it took back, person by person, as calculated so far; only for whoever
    /// calculates.
    took_back: Vec<TookBack>,
}

/// Commission that was taken back of somebody.
#[derive(Serialize, ToSchema)]
pub(crate) struct TookBack {
    person: Option<PersonName>,
    /// In which month it is booked, `2026-11`.
    month: String,
    /// Below zero.
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
}

impl ReversalItem {
    /// With what was calculated of it, `(record, person, month, amount)`.
    pub(crate) fn of(
        line: store::ReversalLine,
        taken: &[(String, EmployeeId, String, Fen)],
        names: &Names,
    ) -> ReversalItem {
        let record = format!("reversal/{}", line.id);
        let own = taken.iter().filter(|(of, ..)| *of == record);
        ReversalItem {
            id: line.id,
            number: line.number,
            kind: line.kind,
            receipt: line.receipt,
            on: line.on,
            amount: line.amount,
            reason: line.reason,
            recorded_by: PersonName::among(names, line.by.parse().ok()),
            recorded_at: line.at,
            took_back: own
                .map(|(_, who, month, amount)| TookBack {
                    person: PersonName::among(names, Some(*who)),
                    month: month.clone(),
                    amount: *amount,
                })
                .collect(),
        }
    }
}

/// One row of the history of who must chase the money.
#[derive(Serialize, ToSchema)]
pub(crate) struct ResponsibilityItem {
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    #[schema(value_type = String, format = DateTime)]
    recorded_at: Moment,
    responsible: PersonName,
    /// `issued`, `handed_over`, `appointed`, `corrected`
    reason: &'static str,
    reason_zh: &'static str,
}

impl From<store::ResponsibilityLine> for ResponsibilityItem {
    fn from(line: store::ResponsibilityLine) -> ResponsibilityItem {
        ResponsibilityItem {
            effective_on: line.effective_on,
            recorded_at: line.recorded_at,
            responsible: PersonName::of(line.responsible),
            reason: store::basis_word(line.basis),
            reason_zh: line.basis.zh(),
        }
    }
}

/// What was open under one name on a day.
#[derive(Serialize, ToSchema)]
pub(crate) struct SummaryItem {
    /// Id of the employee or customer; `null` where nobody is responsible.
    id: Option<String>,
    name: String,
    count: i64,
    #[schema(value_type = crate::http::Money)]
    open: Fen,
    overdue_count: i64,
    #[schema(value_type = crate::http::Money)]
    overdue: Fen,
    longest_overdue_days: i64,
}

impl SummaryItem {
    pub(crate) fn of(line: store::SummaryLine, day: Day, name: String) -> SummaryItem {
        SummaryItem {
            longest_overdue_days: line.oldest_due.days_until(day).max(0),
            id: line.key,
            name,
            count: line.count,
            open: line.open,
            overdue_count: line.overdue_count,
            overdue: line.overdue,
        }
    }
}

/// A contract in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContractItem {
    #[schema(value_type = String)]
    id: ContractId,
    number: String,
    title: String,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    #[schema(value_type = String, format = Date)]
    signed_on: Day,
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Day>,
    /// `active` up to and with its last day, then `ended`.
    state: String,
    /// Who works on it.
    owner: Option<PersonName>,
    /// Set when it was handed over without its customer and does not go with it.
    apart: Option<ContractApart>,
}

/// Since when and by which handover somebody has a contract without its customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContractApart {
    /// Who has it and is paid for it.
    person: Option<PersonName>,
    /// Who had it before.
    from: Option<PersonName>,
    #[schema(value_type = String, format = Date)]
    since: Day,
    #[schema(value_type = String)]
    plan_id: PlanId,
    plan: String,
}

impl ContractApart {
    /// `numbers` are those of handover plans, by `plan/pln_…`.
    pub(crate) fn of(
        held: &Held,
        names: &Names,
        numbers: &BTreeMap<String, String>,
    ) -> ContractApart {
        let plan = numbers.get(&format!("plan/{}", held.plan)).cloned();
        ContractApart {
            person: PersonName::among(names, Some(held.holder)),
            from: PersonName::among(names, Some(held.from)),
            since: held.effective_on,
            plan_id: held.plan,
            plan: plan.unwrap_or_default(),
        }
    }
}

impl ContractItem {
    pub(crate) fn of(
        line: store::ContractLine,
        names: &Names,
        apart: Option<ContractApart>,
    ) -> ContractItem {
        ContractItem {
            apart,
            id: line.id,
            number: line.number,
            title: line.title,
            amount: line.amount,
            signed_on: line.signed_on,
            ends_on: line.ends_on,
            state: if line.running { "active" } else { "ended" }.to_owned(),
            owner: PersonName::among(names, line.owner),
        }
    }
}

/// An order in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct OrderItem {
    #[schema(value_type = String)]
    id: OrderId,
    number: String,
    #[schema(value_type = Option<String>)]
    contract_id: Option<ContractId>,
    #[schema(value_type = String, format = Date)]
    ordered_on: Day,
    #[schema(value_type = Option<String>, format = Date)]
    shipped_on: Option<Day>,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    state: String,
    owner: Option<PersonName>,
}

impl OrderItem {
    pub(crate) fn of(line: store::OrderLine, names: &Names) -> OrderItem {
        OrderItem {
            id: line.id,
            number: line.number,
            contract_id: line.contract,
            ordered_on: line.ordered_on,
            shipped_on: line.shipped_on,
            amount: line.amount,
            state: line.state,
            owner: PersonName::among(names, line.owner),
        }
    }
}

/// A receipt in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReceiptItem {
    #[schema(value_type = String)]
    id: ReceiptId,
    number: String,
    #[schema(value_type = String, format = Date)]
    received_on: Day,
    #[schema(value_type = crate::http::Money)]
    amount: Fen,
    #[schema(value_type = crate::http::Money)]
    cleared: Fen,
    /// Paid back of what was left over.
    #[schema(value_type = crate::http::Money)]
    refunded: Fen,
    /// What is left over.
    #[schema(value_type = crate::http::Money)]
    credit: Fen,
}

impl From<store::ReceiptLine> for ReceiptItem {
    fn from(line: store::ReceiptLine) -> ReceiptItem {
        ReceiptItem {
            id: line.id,
            number: line.number,
            received_on: line.received_on,
            amount: line.amount,
            cleared: line.cleared,
            refunded: line.refunded,
            credit: line.amount - line.cleared - line.refunded,
        }
    }
}
