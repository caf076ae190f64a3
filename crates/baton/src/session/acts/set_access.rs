//! A login's access changes: normal, handing over, suspended, closed 访问状态.

use access::{Mode, Need};
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::session::store;

/// Sets mode and activity of a login; every session of it ends with the commit.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetAccess {
    /// Whose.
    pub login: LoginId,
    /// What it may do from now on.
    pub mode: Mode,
    /// Whether one can log in with it at all.
    pub active: bool,
    /// A reason code: `departure`, `security`, …
    pub why: String,
}

impl Act for SetAccess {
    const NAME: &'static str = "session.set_access";
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
        Need::on_everything(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, _facts: &String, _at: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, _: &String, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_access(books, self.login, self.mode, self.active).await?)
    }

    fn record(&self, name: &String, _outcome: &()) -> Record {
        let (zh, en) = match (self.active, self.mode) {
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
