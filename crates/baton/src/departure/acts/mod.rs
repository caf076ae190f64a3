//! What can be done with a departure 离职动作.

pub mod acknowledge;
pub mod advance;
pub mod agree_early_day;
pub mod call_off;
pub mod close;
pub mod end_access;
pub mod file;
pub mod record_check;
pub mod set_dates;
pub mod step_done;
pub mod waive_gate;
pub mod withdraw_by_agreement;

use kernel::Refusal;

use super::store::Found;

/// What is over stays as it was.
fn must_be_open(found: &Found) -> Result<(), Refusal> {
    if found.departure.closed_at.is_none() {
        return Ok(());
    }
    let (zh, en) = found.departure.stage.words();
    Err(Refusal::conflict(
        "departure.is_over",
        format!("该离职「{zh}」，不能再改动"),
        format!("This departure is over: {en}"),
    )
    .remedy("如需再次办理，请新建离职"))
}

/// 张三（E001）
fn who(found: &Found) -> String {
    found.person.called()
}
