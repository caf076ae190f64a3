//! What can be done with plans, months and lines of commission 提成动作.

pub mod answer;
pub mod assign_plan;
pub mod calculate;
pub mod check_exit;
pub mod close_period;
pub mod confirm;
pub mod decide_exit;
pub mod export_payout;
pub mod issue_statement;
pub mod keep_basis;
pub mod move_confirm_day;
pub mod object;
pub mod object_exit;
pub mod open_period;
pub mod open_terms;
pub mod publish_plan;
pub mod put_right;
pub mod record_payment;
pub mod remind_payees;
pub mod review_period;
pub mod set_credit;
pub mod set_crediting;
pub mod settle_exit;
pub mod sign_off;
pub mod undo_payment;

use kernel::{Day, Refusal, Words};

use super::month::Month;

/// What was earned in a closed month is wages (工资总额规定 art. 6(3)): no plan takes it back, whoever
/// publishes or assigns it, and no table that plans ask.
pub(crate) fn reaches_no_closed_month(
    pointer: &str,
    from: Day,
    closed: Option<Month>,
) -> Result<(), Refusal> {
    let Some(last) = closed.filter(|last| last.runs(from)) else {
        return Ok(());
    };
    let first = last.next().days().from;
    let zh = format!("{last} 已关账，其中的提成是已得工资，不能由后来的方案或决策表改变");
    let en =
        format!("{last} is closed: what was earned in it is not changed by a later plan or table");
    Err(Refusal::conflict("commission.reaches_closed_month", zh, en)
        .remedy((
            format!("请把生效日定在 {first} 或以后；个别金额有误的，由本人提出异议后更正"),
            format!(
                "Let it take effect on {first} or later; a wrong amount is put right by an \
                 objection"
            ),
        ))
        .at(pointer, Words::not_before(first)))
}
