//! SQL of the commission tables 提成存取.

mod basis;
mod confirming;
mod credits;
mod exits;
mod lines;
mod objections;
mod payments;
mod payouts;
mod periods;
mod plans;
mod signed;
mod terms;
mod words;

pub(crate) use basis::{BasisRow, add_basis, basis};
pub(crate) use confirming::{
    Answered, Answering, ConfirmDay, Have, ReminderKind, Whose, add_confirm_day, add_reminder,
    add_silences, all_confirm_days, answered, answering, confirm_days, reminders, silences_told,
};
pub(crate) use credits::{
    CreditRow, CreditingRow, add_credit, add_crediting, crediting, credits, credits_of,
};
pub(crate) use exits::{
    ExitSaid, ExitWord, Lacks, add_exit_words, decided, exit_words, lacks, paid_sums, settle,
    settled, settlements_booked,
};
pub(crate) use lines::{
    Booked, PayeeSum, add_lines, advanced, all_lines_of, closed, closed_of, earned_by, line_with,
    lines_after, lines_in, lines_of, lines_of_payee, lines_of_run, named, sums, taken_back_by,
};
pub(crate) use objections::{Objection, to_correct, uncorrected, waiting_objections};
pub(crate) use payments::{
    Paid, PayingRow, PaymentRow, add_paying, find_paying, paid_before_payout, paid_for, paid_in,
    paid_on, paid_since, paid_to, payings, payments_of, unpaid,
};
pub(crate) use payouts::{PayoutRow, add_payout, payout, payout_file, payouts};
pub(crate) use periods::{
    Edition, PeriodRow, add_period, calculated, editions, last_closed, next_run, periods, run_at,
    set_stage,
};
pub(crate) use plans::{
    Assigned, PlanHead, Version, add_assignment, add_plan, add_version, assigned, find_plan,
    name_taken, plans, versions,
};
pub(crate) use signed::{SignOffRow, add_sign_off, sign_offs, signed_off};
pub(crate) use terms::{Opened, add_terms, terms};
pub(crate) use words::{
    Attached, Brought, Said, Word, add_attachment, add_word, add_words, attached_to, attachment,
    last_word, open_objections, words_of,
};

/// What of this slice points to records of other slices.
pub(crate) const POINTERS: &[spine::Pointer] = &[
    spine::Pointer::by(
        "commission_assignment",
        "assignee",
        "t.assignee",
        "提成方案",
    ),
    spine::Pointer::by("commission_paying", "payee_id", "t.month", "提成发放"),
    spine::Pointer::by("commission_payment", "payee_id", "t.month", "提成发放"),
    spine::Pointer::by("commission_basis", "payee_id", "t.month", "提成依据"),
    spine::Pointer::by("commission_credit", "deal_id", "t.deal_id", "业绩认定"),
    spine::Pointer::by("commission_line", "payee_id", "t.month", "提成明细"),
    spine::Pointer::by(
        "commission_exit",
        "payee_id",
        "t.departure_id",
        "离职提成结算",
    ),
    spine::Pointer::by(
        "commission_exit",
        "customer_id",
        "t.departure_id",
        "离职提成结算",
    ),
    spine::Pointer::always("commission_exit", "deal_id", "离职提成结算"),
    spine::Pointer::by(
        "commission_exit_word",
        "payee_id",
        "t.departure_id",
        "离职提成决定",
    ),
    spine::Pointer::by("commission_word", "payee_id", "t.month", "提成确认与异议"),
    spine::Pointer::by(
        "commission_attachment",
        "payee_id",
        "t.month",
        "提成异议附件",
    ),
    spine::Pointer::by("commission_sign_off", "payee_id", "t.month", "提成单签收"),
    spine::Pointer::by(
        "commission_silence",
        "superior_id",
        "t.month",
        "提成逾期未确认通知",
    ),
];
