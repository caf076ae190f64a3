//! What can name a person, and what becomes of it when he leaves 指向员工的全部引用.
//!
//! A test asks the schema for every column that refers to an employee: each stands here, so that
//! nothing that names a leaver is missed.

use ::handover::holding::HoldingKind;

/// What a reference to a person means when he leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// It finds a new holder.
    Moves(HoldingKind),
    /// It is history and stays, for this reason.
    Stays(&'static str),
    /// It is the person himself, or what the departure settles with him.
    Himself(&'static str),
}

/// One column that refers to an employee.
#[derive(Clone, Copy, Debug)]
pub struct Reference {
    /// The table.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// What it means.
    pub meaning: Meaning,
}

const fn line(table: &'static str, column: &'static str, meaning: Meaning) -> Reference {
    Reference {
        table,
        column,
        meaning,
    }
}

/// Every column that refers to an employee.
pub const REFERENCES: &[Reference] = {
    use HoldingKind as Kind;
    use Meaning::{Himself, Moves, Stays};
    &[
        line(
            "approval_case",
            "about_id",
            Himself("the person a case is about"),
        ),
        line("approval_case", "initiator_id", Moves(Kind::InitiatedCase)),
        line(
            "approval_party",
            "employee_id",
            Stays("whoever had a part in a case may go on reading it"),
        ),
        line("approval_task", "owner_id", Moves(Kind::PendingTask)),
        line(
            "bundle_statement",
            "payee_id",
            Stays("what was handed out of his pay"),
        ),
        line(
            "commission_attachment",
            "payee_id",
            Stays("what he brought with an objection"),
        ),
        line(
            "commission_basis",
            "payee_id",
            Stays("what his pay was worked out from"),
        ),
        line(
            "commission_exit",
            "payee_id",
            Stays("what was settled of his pay"),
        ),
        line(
            "commission_exit_word",
            "payee_id",
            Stays("what was said of his pay"),
        ),
        line(
            "commission_line",
            "payee_id",
            Stays("what was earned stays his"),
        ),
        line(
            "commission_paying",
            "payee_id",
            Stays("what was paid stays his"),
        ),
        line(
            "commission_payment",
            "payee_id",
            Stays("what was paid stays his"),
        ),
        line(
            "commission_sign_off",
            "payee_id",
            Stays("what he signed off of his pay"),
        ),
        line(
            "commission_silence",
            "superior_id",
            Stays("what he was told of his people; the next is told to his successor"),
        ),
        line(
            "commission_word",
            "payee_id",
            Stays("what was said of his pay"),
        ),
        line("customer", "owner_id", Moves(Kind::CustomerOwnership)),
        line(
            "customer_assignment",
            "owner_id",
            Stays("the timeline is append-only"),
        ),
        line(
            "customer_follow_up",
            "author_id",
            Stays("who wrote it does not change"),
        ),
        line("customer_follow_up", "duty_id", Moves(Kind::FollowUpDuty)),
        line("customer_opportunity", "owner_id", Moves(Kind::Opportunity)),
        line(
            "customer_seat",
            "employee_id",
            Moves(Kind::CollaboratorSeat),
        ),
        line(
            "customer_seat_change",
            "employee_id",
            Stays("the history of seats is append-only"),
        ),
        line("departure", "employee_id", Himself("his departure")),
        line(
            "document",
            "employee_id",
            Himself("the documents about him"),
        ),
        line(
            "handover_acceptance",
            "successor_id",
            Stays("what he answered"),
        ),
        line(
            "handover_forecast",
            "person_id",
            Stays("what he was shown when he agreed"),
        ),
        line(
            "handover_item",
            "holder_id",
            Stays("what a plan took from him"),
        ),
        line(
            "handover_item",
            "successor_id",
            Stays("what a plan gives him; a conflict while open"),
        ),
        line("handover_plan", "from_id", Himself("his handover")),
        line(
            "handover_share",
            "successor_id",
            Stays("what a plan gives him"),
        ),
        line(
            "people_asset",
            "employee_id",
            Himself("given back at the gate of assets"),
        ),
        line(
            "people_employee",
            "line_manager_id",
            Moves(Kind::LineManagerRole),
        ),
        line(
            "people_employment",
            "employee_id",
            Himself("his employment history"),
        ),
        line(
            "people_employment",
            "line_manager_id",
            Stays("employment history is append-only"),
        ),
        line(
            "people_head",
            "employee_id",
            Moves(Kind::DepartmentHeadRole),
        ),
        line("people_stand_in", "employee_id", Moves(Kind::StandIn)),
        line("people_stand_in", "stand_in_id", Moves(Kind::StandIn)),
        line("receivable_contract", "owner_id", Moves(Kind::Contract)),
        line(
            "receivable_contract_holder",
            "from_id",
            Stays("the history is append-only"),
        ),
        line(
            "receivable_contract_holder",
            "holder_id",
            Stays("the history is append-only"),
        ),
        line(
            "receivable_invoice",
            "responsible_id",
            Moves(Kind::ReceivableResponsibility),
        ),
        line("receivable_order", "owner_id", Moves(Kind::OrderInProgress)),
        line(
            "receivable_responsibility",
            "responsible_id",
            Stays("the history is append-only"),
        ),
        line(
            "session_login",
            "employee_id",
            Himself("his login, closed with the departure"),
        ),
        line(
            "signing_ceremony",
            "employee_id",
            Himself("signatures on the documents about him"),
        ),
        line(
            "signing_consent",
            "employee_id",
            Himself("his consent to sign electronically"),
        ),
        line(
            "signing_factor",
            "employee_id",
            Himself("his one-time codes"),
        ),
        line("signing_failure", "employee_id", Himself("his wrong codes")),
        line("signing_key", "employee_id", Himself("his key")),
        line(
            "signing_seat",
            "employee_id",
            Stays("a seat is personal; whoever asked withdraws it and asks another"),
        ),
    ]
};

/// Columns of text that can hold the id of a person without referring to him, and why it stays
/// there: table, column, reason. Definitions that name a person are the exception: their next
/// version names his successor.
pub const MENTIONS: &[(&str, &str, &str)] = &[
    ("access_record", "actor", "who looked"),
    ("access_record", "subject", "at whom"),
    ("alert", "handled_by", "who handled it"),
    ("alert", "taken_by", "who took it on"),
    (
        "approval_case",
        "held_body",
        "what was asked for; it is decided afresh when it is performed",
    ),
    (
        "approval_case",
        "snapshot",
        "who took part; what waits is in the tasks",
    ),
    ("approval_event", "actor", "who did it"),
    (
        "approval_event",
        "body",
        "the history of a case is append-only",
    ),
    (
        "approval_flow",
        "body",
        "a version stays; the next one names the successor",
    ),
    ("bundle", "exported_by", "who handed it out"),
    ("bundle_statement", "exported_by", "who handed it out"),
    (
        "commission_assignment",
        "assignee",
        "who has a plan; it ends with the employment",
    ),
    ("commission_assignment", "recorded_by", "who wrote it down"),
    (
        "commission_credit",
        "body",
        "what he was credited with stays his work; the list of an exit decides about it",
    ),
    ("commission_basis", "kept_by", "who asked for it first"),
    ("commission_credit", "set_by", "who said it"),
    ("commission_crediting", "set_by", "who said it"),
    ("commission_exit", "body", "what was settled of his pay"),
    ("commission_exit_word", "body", "what was decided"),
    ("commission_exit_word", "said_by", "who said it"),
    ("commission_line", "body", "how his pay came about"),
    ("commission_paying", "recorded_by", "who recorded it"),
    (
        "commission_payout",
        "exported_by",
        "who handed it to payroll",
    ),
    (
        "commission_silence",
        "payees",
        "who had not answered when his superior was told",
    ),
    ("commission_terms", "pool", "who shares the team's part"),
    ("commission_version", "published_by", "who published it"),
    ("commission_word", "said_by", "who said it"),
    ("customer_assignment", "recorded_by", "who wrote it down"),
    ("departure", "filed_by", "who filed it"),
    ("departure_step", "detail", "what was said"),
    ("departure_step", "recorded_by", "who recorded it"),
    ("document", "fields", "what it says about him"),
    ("document", "issued_by", "who issued it"),
    ("handover_item", "suggestion", "who was suggested"),
    (
        "handover_item",
        "thing_id",
        "a report of the leaver, named as the thing that moves",
    ),
    ("handover_forecast", "body", "what somebody was shown"),
    ("handover_plan", "approved_by", "who approved it"),
    ("handover_plan", "drawn_by", "who drew it up"),
    ("handover_plan", "moved", "what moved"),
    ("handover_terms", "pool", "who shares the team's part"),
    ("idempotency", "actor", "who asked; forgotten after days"),
    (
        "idempotency",
        "answer",
        "what was answered; forgotten after days",
    ),
    ("import_batch", "report", "whom its files name as owners"),
    ("import_batch", "staged_by", "who brought it in"),
    ("job", "locked_by", "a program, not a person"),
    ("log_entry", "actor", "the evidence is append-only"),
    ("log_subject", "subject", "the evidence is append-only"),
    ("people_employee", "id", "the person himself"),
    (
        "receivable_contract_holder",
        "recorded_by",
        "who wrote it down",
    ),
    (
        "receivable_responsibility",
        "recorded_by",
        "who wrote it down",
    ),
    ("receivable_reversal", "recorded_by", "who recorded it"),
    (
        "receivable_reversal_withdrawal",
        "withdrawn_by",
        "who took it back",
    ),
    ("receivable_withdrawn", "withdrawn_by", "who took it back"),
    ("rules_draft", "saved_by", "who wrote it"),
    ("rules_version", "drafted_by", "who wrote it"),
    ("rules_version", "published_by", "who put it in force"),
    ("signing_authority", "made_by", "who made it"),
    ("signing_ceremony", "requested_by", "who asked"),
    (
        "signing_ceremony",
        "terms",
        "who has which seat; it never changes",
    ),
    ("signing_key", "vouched_by", "who met its owner"),
    ("signing_seal_use", "asked_by", "who asked for the seal"),
    ("signing_step", "body", "the steps are append-only"),
    ("signing_step", "taken_by", "who took it"),
];
