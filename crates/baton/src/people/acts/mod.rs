//! What can be done with the organisation and its people 组织动作.

pub mod add_department;
pub mod add_employee;
pub mod add_entity;
pub mod add_post;
pub mod add_stand_in;
pub mod change_job;
pub mod close_account;
pub mod end_stand_in;
pub mod lend_asset;
pub mod return_asset;
pub mod reveal_employee;
pub mod set_calendar;
pub mod set_contract;
pub mod set_head;
pub mod set_state;

use kernel::Refusal;

/// Somebody who has left takes nothing on any more.
fn must_work(person: &crate::people::store::Employee, pointer: &str) -> Result<(), Refusal> {
    if person.state != crate::people::store::PersonState::Left {
        return Ok(());
    }
    let who = person.called();
    Err(Refusal::conflict(
        "people.has_left",
        format!("{who}已离职"),
        format!("{} has left the company", person.number),
    )
    .remedy("请选择在职员工")
    .at(pointer, "已离职"))
}

fn already(pointer: &str, what: &str, name: &str) -> Refusal {
    Refusal::conflict(
        "people.name_taken",
        format!("{what}「{name}」已存在"),
        format!("{name} is there already"),
    )
    .remedy("请使用已有的一条，或换一个名称")
    .at(pointer, "已存在")
}
