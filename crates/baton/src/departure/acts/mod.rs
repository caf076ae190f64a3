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

use kernel::{Day, Refusal, Words};

use super::store::Found;

/// Nobody runs his own departure, whatever office he holds.
fn must_be_anothers(found: &Found, by: &str) -> Result<(), Refusal> {
    if found.person.id.to_string() == by {
        return Err(ones_own());
    }
    Ok(())
}

fn ones_own() -> Refusal {
    let zh = "本人的离职不能由本人办理";
    Refusal::conflict("departure.ones_own", zh, "nobody runs their own departure").remedy((
        "请由其他人事人员或相关部门的同事办理",
        "Let others of HR or a colleague of the department concerned do it",
    ))
}

/// What is over stays as it was.
fn must_be_open(found: &Found) -> Result<(), Refusal> {
    if found.departure.closed_at.is_none() {
        return Ok(());
    }
    let (zh, en) = found.departure.stage.words();
    Err(Refusal::conflict(
        "departure.is_over",
        format!("该离职「{zh}」，不能再改动"),
        format!("This departure is “{en}” and does not change any more"),
    )
    .remedy((
        "如需再次办理，请新建离职",
        "If it happens again, file a new departure",
    )))
}

/// Employment that is over does not go on by a later day: whoever works on is employed anew.
fn must_not_rise_again(found: &Found, ends: Day) -> Result<(), Refusal> {
    let ended = found.departure.clocks.employment_ends;
    if !found.is_declared() || found.today <= ended || ends <= ended {
        return Ok(());
    }
    let zh = format!("劳动关系已于 {ended} 终止，不能再改到 {ends}");
    let en = format!("Employment ended on {ended}; it cannot be moved to {ends}.");
    Err(Refusal::conflict("departure.employment_over", zh, en)
        .remedy((
            "请按原日期办结；继续用工的，办结后重新办理入职",
            "Close it with the day as it was; where the employment goes on, rehire afterwards",
        ))
        .at("/employment_ends", Words::not_after(ended)))
}

/// 张三（E001）
fn who(found: &Found) -> String {
    found.person.called()
}
