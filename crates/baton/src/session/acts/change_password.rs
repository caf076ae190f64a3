//! Somebody changes his own password 修改密码.

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::count_failure::no_more_guesses;
use crate::permissions;
use crate::session::store;

/// Sets a new password; every session of the login ends, also the one that asks.
#[derive(Debug, Serialize, Deserialize)]
pub struct ChangePassword {
    /// Whose.
    pub login: LoginId,
    /// Argon2id of the new password, PHC form; the password itself never comes here.
    pub password_hash: String,
    /// The login's epoch when the old one was checked.
    pub auth_epoch: i64,
}

/// The login, and until when no guess at its password counts.
pub struct Facts {
    login: store::Login,
    waits_until: Moment,
}

impl Act for ChangePassword {
    const NAME: &'static str = "session.change_password";
    type Facts = Facts;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("login/{}", self.login)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        let login = login.ok_or_else(|| spine::Denied::absent("login"))?;
        let (_, waits_until) = store::failures(books, &login.number).await?;
        Ok(Facts { login, waits_until })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<(), Refusal> {
        // The old one was named, which must be no way of guessing it.
        no_more_guesses(facts.waits_until, at)?;
        // Nor of undoing a reset that came while it was checked.
        match facts.login.auth_epoch == self.auth_epoch {
            true => Ok(()),
            false => Err(super::changed_meanwhile()),
        }
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_password(books, self.login, &self.password_hash, false).await?)
    }

    fn record(&self, Facts { login, .. }: &Facts, _outcome: &()) -> Record {
        let name = &login.name;
        Record::of(
            format!("login/{}", self.login),
            format!("{name}修改了密码"),
            format!("{name} changed the password"),
        )
    }
}
