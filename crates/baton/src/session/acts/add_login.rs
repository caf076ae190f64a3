//! A login is opened for a person 开通账号.

use access::{Mode, Need};
use kernel::{EmployeeId, LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::set_roles::{check_roles, once};
use crate::people::store::{self as people, PersonState};
use crate::session::store;
use crate::{permissions, roles};

/// Opens a login.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddLogin {
    /// The person, or nobody for a technical administrator.
    pub employee: Option<EmployeeId>,
    /// 工号, 1..=64 characters.
    pub number: String,
    /// Name on screen.
    pub name: String,
    /// Argon2id of the first password.
    pub password_hash: String,
    /// Whether the first password must be changed at the first login.
    pub must_change: bool,
    /// Keys of its roles.
    pub roles: Vec<String>,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: LoginId,
    taken: bool,
    /// Whoever is leaving gets no more by a new login than his old one would have left him.
    mode: Mode,
}

impl AddLogin {
    /// Whether it is for an employee's work, and no employee has its number yet.
    pub(crate) fn meets_nobody(&self) -> bool {
        let business = |role: &access::Role| role.duty.is_none() && self.roles.contains(&role.key);
        self.employee.is_none() && roles::shipped().iter().any(business)
    }
}

impl Act for AddLogin {
    const NAME: &'static str = "session.add_login";
    type Facts = Facts;
    type Outcome = LoginId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = LoginId::mint(books.at(), books.dice());
        let taken = store::login_by_number(books, &self.number).await?.is_some();
        let person = match self.employee {
            Some(employee) => people::find_employee(books, employee).await?,
            None => None,
        };
        let leaves = person.is_some_and(|person| person.state == PersonState::Notice);
        Ok(Facts {
            fresh,
            taken,
            mode: if leaves { Mode::Handover } else { Mode::Normal },
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<LoginId, Refusal> {
        if facts.taken {
            return Err(Refusal::conflict(
                "session.number_taken",
                format!("工号「{}」已有账号", self.number),
                format!("{} already has a login", self.number),
            )
            .at("/number", ("已有账号", "There is a login already")));
        }
        check_roles(&self.roles)?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &LoginId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let login = store::NewLogin {
            id: *id,
            employee: self.employee,
            number: &self.number,
            name: &self.name,
            password_hash: &self.password_hash,
            must_change: self.must_change,
            mode: facts.mode,
        };
        store::add_login(books, &login).await?;
        Ok(store::set_roles(books, *id, &once(&self.roles)).await?)
    }

    fn record(&self, _facts: &Facts, id: &LoginId) -> Record {
        let record = Record::of(
            format!("login/{id}"),
            format!("为{}（{}）开通了账号", self.name, self.number),
            format!("Opened a login for {} ({})", self.name, self.number),
        )
        .detail(serde_json::json!({ "roles": once(&self.roles) }));
        match self.employee {
            Some(employee) => record.about(format!("employee/{employee}")),
            None => record,
        }
    }
}
