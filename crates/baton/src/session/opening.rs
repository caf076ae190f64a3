//! A login for a 工号 开通账号.

use spine::{By, Failure};

use super::acts::add_login::AddLogin;
use crate::house::House;
use crate::{bounds, people};

/// The act that opens a login. Where an employee has this 工号 the login is his and bears his name;
/// otherwise it belongs to a technical administrator, whose name must be told or is the number.
///
/// # Errors
/// A [`kernel::Refusal`] when number or name do not fit, or the employee has left; [`Failure`]
/// when the books cannot be read.
pub(crate) async fn open_for(
    house: &House,
    number: &str,
    name: &str,
    password_hash: String,
    roles: Vec<String>,
) -> Result<AddLogin, Failure> {
    let (number, name) = (number.trim(), name.trim());
    bounds::length("/number", "工号", number, 1..=64)?;
    bounds::length("/name", "姓名", name, 0..=100)?;
    let person = {
        let system = By::system("login");
        let mut look = house.spine.look(&system).await?;
        people::store::find_employee_by_number(&mut look.books(), number).await?
    };
    if let Some(person) = &person
        && person.state == people::store::PersonState::Left
    {
        return Err(super::acts::has_left(person).at("/number", "已离职").into());
    }
    let called = if name.is_empty() { number } else { name };
    Ok(AddLogin {
        employee: person.as_ref().map(|person| person.id),
        number: number.to_owned(),
        name: person.map_or_else(|| called.to_owned(), |person| person.name),
        password_hash,
        must_change: true,
        roles,
    })
}
