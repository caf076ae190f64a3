//! Who may sign in to the demo company 演示账号.

use kernel::EmployeeId;
use spine::{By, Failure};

use super::company::Person;
use crate::house::House;
use crate::people;
use crate::session;
use crate::session::acts::add_login::AddLogin;

/// The password of every demo login; it protects nothing.
pub(crate) const PASSWORD: &str = "Jiebang-2026";

/// The two administrators who are no employees: 工号, name, role.
const TECHNICIANS: [(&str, &str, &str); 2] = [
    ("sysadmin", "系统管理员", "system_admin"),
    ("secadmin", "安全管理员", "security_admin"),
];

/// The role of a post.
fn role_of(post: &str) -> &'static str {
    match post {
        "总经理" => "executive",
        "销售总监" | "销售主管" => "sales_manager",
        "财务专员" => "finance",
        "人事专员" => "hr",
        "法务专员" => "legal",
        "系统工程师" => "it",
        "行政专员" => "office",
        "审计专员" => "auditor",
        _ => "salesperson",
    }
}

/// Opens a login for everybody.
pub(super) async fn sign_up(house: &House, people: &[Person]) -> Result<(), Failure> {
    let mut salt = [0; 16];
    house.spine.chance().fill(&mut salt);
    let password_hash = session::hash_password(PASSWORD, salt)?;
    let system = By::system("install");
    for person in people {
        let act = AddLogin {
            employee: Some(employee(house, &person.number).await?),
            number: person.number.clone(),
            name: person.name.clone(),
            password_hash: password_hash.clone(),
            must_change: false,
            roles: vec![role_of(person.post).to_owned()],
        };
        house.spine.perform(&act, &system, None).await?;
    }
    for (number, name, role) in TECHNICIANS {
        let act = AddLogin {
            employee: None,
            number: number.to_owned(),
            name: name.to_owned(),
            password_hash: password_hash.clone(),
            must_change: false,
            roles: vec![role.to_owned()],
        };
        house.spine.perform(&act, &system, None).await?;
    }
    Ok(())
}

async fn employee(house: &House, number: &str) -> Result<EmployeeId, Failure> {
    let system = By::system("install");
    let mut look = house.spine.look(&system).await?;
    let found = people::store::find_employee_by_number(&mut look.books(), number).await?;
    Ok(found.ok_or_else(|| spine::Denied::absent("employee"))?.id)
}

/// One login of each role, for the newcomer: role, 工号, password, name.
pub(crate) async fn one_of_each(house: &House) -> Result<Vec<[String; 4]>, Failure> {
    let system = By::system("install");
    let mut look = house.spine.look(&system).await?;
    let mut logins = Vec::new();
    for role in crate::roles::shipped() {
        let first = session::store::first_with_role(&mut look.books(), &role.key).await?;
        if let Some((number, name)) = first {
            logins.push([role.zh.clone(), number, PASSWORD.to_owned(), name]);
        }
    }
    Ok(logins)
}
