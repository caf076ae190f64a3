//! What can be done with the organisation and its people 组织动作.

pub mod add_department;
pub mod add_employee;
pub mod add_entity;
pub mod add_post;
pub mod add_stand_in;
pub mod change_job;
pub mod close_account;
pub mod close_department;
pub mod correct_employee;
pub mod edit_department;
pub mod edit_entity;
pub mod edit_post;
pub mod end_stand_in;
pub mod lend_asset;
pub mod rehire;
pub mod return_asset;
pub mod reveal_employee;
pub mod set_calendar;
pub mod set_contract;
pub mod set_head;
pub mod set_state;

use kernel::{Day, Refusal};
use people::CitizenId;

use crate::people::store;

/// Somebody who has left takes nothing on any more.
fn must_work(person: &store::Employee, pointer: &str) -> Result<(), Refusal> {
    if person.state != store::PersonState::Left {
        return Ok(());
    }
    let who = person.called();
    Err(Refusal::conflict(
        "people.has_left",
        format!("{who}已离职"),
        format!("{} has left the company", person.number),
    )
    .remedy(("请选择在职员工", "Choose an employee at work"))
    .at(pointer, ("已离职", "Has left")))
}

fn already(pointer: &str, what: &str, name: &str) -> Refusal {
    let (other, other_en) = match pointer {
        "/name" => ("名称", "name"),
        "/code" => (what, "code"),
        _ => (what, "number"),
    };
    Refusal::conflict(
        "people.name_taken",
        format!("{what}「{name}」已存在"),
        format!("{name} is there already"),
    )
    .remedy((
        format!("请使用已有的一条，或换一个{other}"),
        format!("Use the one that exists, or choose another {other_en}"),
    ))
    .at(pointer, ("已存在", "It exists already"))
}

/// 客户上限, 0..=1,000,000.
fn check_capacity(capacity: Option<i64>) -> Result<(), Refusal> {
    if capacity.is_none_or(|most| (0..=1_000_000).contains(&most)) {
        return Ok(());
    }
    let zh = "客户上限应在 0 到 1000000 之间";
    Err(Refusal::invalid("people.capacity", zh, "capacity is out of range").at("/capacity", zh))
}

/// Nobody works here before the first day he comes, and nobody has since before this year.
const EARLIEST_HIRED: i16 = 1950;

/// 入职日期: since 1950, today at the latest.
fn check_hired_on(hired_on: Day, today: Day) -> Result<(), Refusal> {
    let (zh, en, remedy) = if hired_on > today {
        (
            "入职日期不能晚于今天",
            "The first day of employment lies ahead",
            ("请在入职当天办理", "Do it on the first day"),
        )
    } else if hired_on.date().year() < EARLIEST_HIRED {
        (
            "入职日期早于 1950 年",
            "The first day of employment lies before 1950",
            ("请核对年份", "Check the year"),
        )
    } else {
        return Ok(());
    };
    Err(Refusal::invalid("people.hired_on", zh, en)
        .remedy(remedy)
        .at("/hired_on", zh))
}

/// A number of a card as the books keep it.
fn citizen_number(typed: &str) -> String {
    spelling::narrow(typed).trim().to_ascii_uppercase()
}

/// The number can be, and nobody else has it: whoever comes back keeps his 工号.
fn check_citizen_id(
    typed: &str,
    today: Day,
    holder: Option<&store::Employee>,
) -> Result<(), Refusal> {
    CitizenId::parse(typed, today).map_err(|refusal| {
        refusal.at(
            "/citizen_id",
            ("请对照证件重新填写", "Fill it in again by the document"),
        )
    })?;
    let Some(holder) = holder else { return Ok(()) };
    let (number, who) = (&holder.number, holder.called());
    let remedy = if holder.state == store::PersonState::Left {
        (
            "如为同一人再次入职，请在该员工的页面办理「重新入职」，沿用原工号",
            "If the same person comes back, rehire on the page of the employee, with the former \
             number",
        )
    } else {
        (
            "请核对身份证号和工号",
            "Check the citizen id and the employee number",
        )
    };
    Err(Refusal::conflict(
        "people.citizen_id_taken",
        format!("该身份证号已登记在{who}名下"),
        format!("this citizen id belongs to {number} already"),
    )
    .remedy(remedy)
    .at(
        "/citizen_id",
        (
            format!("已登记在工号「{number}」名下"),
            format!("It belongs to {number}"),
        ),
    ))
}

/// First day, end of probation, and the contract's days.
struct Terms {
    hired_on: Day,
    probation_until: Option<Day>,
    contract_from: Option<Day>,
    contract_until: Option<Day>,
}

impl Terms {
    /// Nothing ends before it begins.
    fn check(&self) -> Result<(), Refusal> {
        let wrong = |zh: &str, en: &str, pointer: &str| {
            Err(Refusal::invalid("people.days_in_order", zh, en)
                .remedy((
                    "请对照劳动合同核对日期",
                    "Check the date by the employment contract",
                ))
                .at(pointer, zh))
        };
        if self.probation_until.is_some_and(|end| end < self.hired_on) {
            let zh = "试用期截止日不能早于入职日期";
            return wrong(zh, "probation ends before it begins", "/probation_until");
        }
        let from = self.contract_from.unwrap_or(self.hired_on);
        if self.contract_until.is_some_and(|end| end < from) {
            let zh = "合同终止日不能早于合同起始日";
            return wrong(zh, "the contract ends before it begins", "/contract_until");
        }
        Ok(())
    }
}
