//! Somebody forgot his password and gets a first one again 重置密码.

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::session::store;

/// Sets a password for somebody else, good for changing it and nothing else. Every session of the
/// login ends, and failed attempts are forgotten: what was guessed at is no more. A login that is
/// closed stays closed: its password can be made anew before it is opened.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResetPassword {
    /// Whose.
    pub login: LoginId,
    /// Argon2id of the password, PHC form; the password itself never comes here.
    pub password_hash: String,
    /// Whether it is the login of whoever asks.
    pub own: bool,
}

impl Act for ResetPassword {
    const NAME: &'static str = "session.reset_password";
    type Facts = store::Login;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("login/{}", self.login)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<store::Login, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        Ok(login.ok_or_else(|| spine::Denied::absent("login"))?)
    }

    fn needs(&self, _login: &store::Login) -> Need {
        Need::on_everything(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, _login: &store::Login, _at: Moment) -> Result<(), Refusal> {
        if !self.own {
            return Ok(());
        }
        Err(Refusal::invalid(
            "session.own_password",
            "不能重置自己的密码",
            "Nobody resets their own password",
        )
        .remedy((
            "知道当前密码请用右上角的「修改密码」；忘记密码请由服务器管理员执行 baton passwd",
            "With the present password, use “Change password” at the top right; if it is \
             forgotten, let the administrator of the server run baton passwd",
        )))
    }

    async fn write(
        &self,
        login: &store::Login,
        _: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        store::forget_failures(books, &login.number).await?;
        Ok(store::set_password(books, self.login, &self.password_hash, true).await?)
    }

    fn record(&self, login: &store::Login, _outcome: &()) -> Record {
        let (name, number) = (&login.name, &login.number);
        let (zh, en) = if login.is_open() {
            ("其所有登录已失效，下次登录须修改", "all its sessions ended")
        } else {
            ("账号仍停用，启用后首次登录须修改", "the login stays closed")
        };
        let record = Record::of(
            format!("login/{}", self.login),
            format!("{name}（{number}）的密码被重置，{zh}"),
            format!("The password of {name} ({number}) was reset; {en}"),
        );
        match login.employee {
            Some(employee) => record.about(format!("employee/{employee}")),
            None => record,
        }
    }
}
