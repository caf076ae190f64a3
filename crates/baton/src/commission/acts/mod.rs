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
pub mod record_payment;
pub mod remind_payees;
pub mod review_period;
pub mod set_credit;
pub mod set_crediting;
pub mod settle_exit;
pub mod sign_off;
pub mod undo_payment;
