//! A password changes 修改密码.

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::session::store;

/// Sets a new password; every session of the login ends, also the one that asks.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangePassword {
    /// Whose.
    pub login: LoginId,
    /// Argon2id of the new password, PHC form; the password itself never comes here.
    pub password_hash: String,
    /// Whether it was set by somebody else and must be changed at the next login.
    pub must_change: bool,
}

impl Act for ChangePassword {
    const NAME: &'static str = "session.change_password";
    type Facts = String;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("login/{}", self.login)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<String, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        Ok(login.ok_or_else(|| spine::Denied::absent("login"))?.name)
    }

    fn needs(&self, _facts: &String) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, _facts: &String, _at: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, _: &String, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let (hash, must_change) = (&self.password_hash, self.must_change);
        Ok(store::set_password(books, self.login, hash, must_change).await?)
    }

    fn record(&self, name: &String, _outcome: &()) -> Record {
        let (zh, en) = if self.must_change {
            (
                format!("{name}的密码被重置，下次登录须修改"),
                format!("{name}'s password was reset"),
            )
        } else {
            (
                format!("{name}修改了密码"),
                format!("{name} changed the password"),
            )
        };
        Record::of(format!("login/{}", self.login), zh, en)
    }
}
