//! A login for a 工号 开通账号.

use kernel::Refusal;
use spine::{By, Failure};

use super::acts::add_login::AddLogin;
use crate::house::House;
use crate::{bounds, people};

/// The act that opens a login. Where an employee has this 工号 the login is his and bears his name;
/// otherwise it belongs to a technical administrator, whose name must be told or is the number.
///
/// # Errors
/// A [`Refusal`] when number or name do not fit, no role is named, or the employee has left;
/// [`Failure`] when the books cannot be read.
pub(crate) async fn open_for(
    house: &House,
    number: &str,
    name: &str,
    password_hash: String,
    roles: Vec<String>,
) -> Result<AddLogin, Failure> {
    let (number, name) = (intake::code_form(number), name.trim());
    bounds::code("/number", "工号", &number)?;
    bounds::length("/name", "姓名", name, 0..=100)?;
    if roles.is_empty() {
        return Err(no_role().into());
    }
    let person = {
        let system = By::system("login");
        let mut look = house.spine.look(&system).await?;
        people::store::find_employee_by_number(&mut look.books(), &number).await?
    };
    if person.is_none() {
        // One that came in from another system may be a name, and its login is called the same.
        bounds::number("/number", &number)?;
    }
    if let Some(person) = &person
        && person.state == people::store::PersonState::Left
    {
        return Err(super::acts::has_left(person)
            .at("/number", ("已离职", "Has left"))
            .into());
    }
    let called = if name.is_empty() { &*number } else { name };
    Ok(AddLogin {
        employee: person.as_ref().map(|person| person.id),
        name: person.map_or_else(|| called.to_owned(), |person| person.name),
        number: number.into_owned(),
        password_hash,
        must_change: true,
        roles,
    })
}

/// Whoever has no role sees an empty desk and can do nothing.
fn no_role() -> Refusal {
    let zh = "请至少选择一个角色";
    Refusal::invalid("session.no_role", zh, "name at least one role")
        .remedy((
            "没有角色的账号登录后什么也看不到；各角色能做什么见「角色权限」",
            "A login without a role sees nothing; “Roles and permissions” shows what each role \
             may do",
        ))
        .at("/roles", zh)
}
