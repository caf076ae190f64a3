//! Sentences about exits and about closed months.

use kernel::{Fen, Reason};

use crate::dues::Dated;
use crate::exit::{Decision, NothingReason};
use crate::explain;
use crate::line::Line;
use crate::words::percent;

/// What was decided when he left, and what is paid for it.
pub(crate) fn at_exit(paid: Fen, decided: &Decision, agreed: Fen) -> Reason {
    let (zh, en) = decision(decided);
    Reason::new(
        "commission.exit_settlement",
        format!("离职提成结算：{zh}；对未到账部分应付 {agreed} 元，本月计 {paid} 元"),
        format!("Settled at the exit: {en}; {agreed} for what is to come, {paid} in this month"),
    )
}

/// A closed month stays as it was; this is what it would be more or less by now.
pub(crate) fn difference(booked: &Dated<'_>, now: Option<&Line>) -> Reason {
    let now = now.map_or(Fen::ZERO, |line| line.commission);
    let (was, change) = (now - booked.commission, booked.commission);
    let month = explain::month(booked.earned_on);
    Reason::new(
        "commission.difference",
        format!(
            "{month} 已关账，当时计提 {was} 元；按现有账簿应为 {now} 元，差额 {change} 元记入本月"
        ),
        format!("{month} is closed with {was}; by the books of today it is {now}: {change} here"),
    )
}

/// A decision, as the list shows it.
pub(crate) fn decision(decision: &Decision) -> (String, String) {
    match decision {
        Decision::PayInFull => ("当期付清".to_owned(), "paid in full".to_owned()),
        Decision::PayShare { share, agreement } => {
            let percent = percent(*share);
            (
                format!("按 {percent} 协商结清（{}）", agreement.0),
                format!("settled at {percent} ({})", agreement.0),
            )
        }
        Decision::OnCollection {
            until,
            statement_months: months,
            consent,
        } => {
            let signed = consent.as_ref().map(|one| one.paper.0.as_str());
            let zh = signed.map(|paper| format!("，按本人签字同意的交接条款（{paper}）"));
            let en = signed.map(|paper| format!(", on terms the leaver signed ({paper})"));
            let (zh, en) = (zh.unwrap_or_default(), en.unwrap_or_default());
            (
                format!("随回款支付至 {until}，每 {months} 个月对账一次{zh}"),
                format!("on collection until {until}, a statement every {months} months{en}"),
            )
        }
        Decision::Nothing { reason, proof } => {
            let (zh, en) = match reason {
                NothingReason::ContractFell => ("合同未成立或已解除", "the contract fell"),
                NothingReason::Returned => ("已退货或退款", "it was returned or refunded"),
                NothingReason::ConditionNotMet => {
                    ("书面约定的条件未满足", "a written condition was not met")
                }
                NothingReason::TermsAgreed => (
                    "本人书面同意交接条款",
                    "the leaver agreed in writing to the terms of the handover",
                ),
                NothingReason::BecauseHeLeft => ("因其离职", "because the employee left"),
            };
            let proof = proof.as_ref().map(|proof| proof.0.as_str());
            let proof = proof.unwrap_or_default();
            (
                format!("未成就：{zh}（{proof}）"),
                format!("nothing earned: {en} ({proof})"),
            )
        }
    }
}
