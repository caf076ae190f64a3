//! A login's access changes: normal, handing over, suspended, closed 访问状态.

use access::{Mode, Need};
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store::{Employee, PersonState};
use crate::session::store;
use crate::{people, permissions};

/// Sets mode and activity of a login; every session of it ends with the commit.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetAccess {
    /// Whose.
    pub login: LoginId,
    /// What it may do from now on; as before when nothing is said.
    pub mode: Option<Mode>,
    /// Whether one can log in with it at all; as before when nothing is said.
    pub active: Option<bool>,
    /// A reason code: `departure`, `security`, …
    pub why: String,
}

impl SetAccess {
    /// Mode and activity from now on.
    fn after(&self, login: &store::Login) -> (Mode, bool) {
        let mode = self.mode.unwrap_or(login.mode);
        (mode, self.active.unwrap_or(login.active))
    }

    /// Whether somebody closes or opens it; a departure names the mode too.
    fn by_hand(&self, active: bool) -> bool {
        self.mode.is_none() && self.active == Some(active)
    }
}

/// The login, and whose it is.
pub struct Facts {
    login: store::Login,
    person: Option<Employee>,
    /// Roles that nobody else could act in.
    held_alone: Vec<String>,
}

impl Act for SetAccess {
    const NAME: &'static str = "session.set_access";
    type Facts = Facts;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![
            format!("login/{}", self.login),
            super::ADMINISTRATORS.to_owned(),
        ]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        let login = login.ok_or_else(|| spine::Denied::absent("login"))?;
        let person = match login.employee {
            Some(employee) => people::store::find_employee(books, employee).await?,
            None => None,
        };
        Ok(Facts {
            login,
            person,
            held_alone: store::held_alone(books, self.login).await?,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let opens = self.active == Some(true);
        if let Some(person) = facts.person.as_ref().filter(|_| opens)
            && person.state == PersonState::Left
        {
            return Err(super::has_left(person));
        }
        if self.by_hand(true) && facts.login.mode == Mode::Suspended {
            return Err(is_over(&facts.login));
        }
        if self.by_hand(false) && !facts.held_alone.is_empty() {
            let held: Vec<&str> = facts.held_alone.iter().map(String::as_str).collect();
            return Err(super::last_administrator(&held));
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let (mode, active) = self.after(&facts.login);
        Ok(store::set_access(books, self.login, mode, active).await?)
    }

    fn record(&self, Facts { login, .. }: &Facts, _outcome: &()) -> Record {
        let name = &login.name;
        let (mode, active) = self.after(login);
        let (zh, en) = match (active, mode) {
            (false, _) if self.active.is_none() => ("仍停用", "still closed"),
            (false, _) => ("已停用", "closed"),
            (true, Mode::Normal) => ("恢复正常", "normal"),
            (true, Mode::Handover) => ("进入交接模式", "handover mode"),
            (true, Mode::Suspended) => ("已冻结", "suspended"),
        };
        Record::of(
            format!("login/{}", self.login),
            format!("{name}的账号{zh}，其所有登录已失效"),
            format!("{name}'s login: {en}; all its sessions ended"),
        )
        .why(&self.why)
    }
}

/// Opened or not, nobody logs in with it: its departure has ended it.
fn is_over(login: &store::Login) -> Refusal {
    let who = people::store::full_name(&login.name, &login.number);
    Refusal::conflict(
        "session.last_day_over",
        format!("{who}的最后工作日已过，账号已随离职停用，启用后也不能登录"),
        format!(
            "The last working day of {who} is over and the login closed with the departure; \
             enabled it would still let nobody in"
        ),
    )
    .remedy((
        "如本人仍在职，请由人事在其离职中改定最后工作日或撤回离职，账号会随之启用",
        "If the employee is still at work, let HR change the last working day or withdraw the \
         departure; the login is enabled with it",
    ))
}
