//! A session begins 登录.

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::count_failure::no_more_guesses;
use crate::permissions;
use crate::session::store;

/// Opens a session for a login whose password was right. The token itself never comes here.
#[derive(Debug, Serialize, Deserialize)]
pub struct Open {
    /// Who.
    pub login: LoginId,
    /// SHA-256 of the token, hex.
    pub token_hash: String,
    /// When the session ends by itself.
    pub expires_at: Moment,
    /// The browser, cut to 200 characters.
    pub agent: String,
    /// The login's epoch when its password was checked; none where there was none to check.
    pub auth_epoch: Option<i64>,
}

/// The login, and until when no guess at its password counts.
pub struct Facts {
    login: Option<store::Login>,
    waits_until: Moment,
}

impl Act for Open {
    const NAME: &'static str = "session.open";
    type Facts = Facts;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("login/{}", self.login)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Self::Facts, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        let number = login.as_ref().map_or("", |login| login.number.as_str());
        let (_, waits_until) = store::failures(books, number).await?;
        Ok(Facts { login, waits_until })
    }

    fn needs(&self, _facts: &Self::Facts) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, facts: &Self::Facts, at: Moment) -> Result<(), Refusal> {
        // A guess that was under way when the last free one failed is not told that it was right.
        no_more_guesses(facts.waits_until, at)?;
        let Some(login) = facts.login.as_ref().filter(|login| login.is_open()) else {
            let (zh, en) = ("账号已停用", "This login is closed");
            return Err(Refusal::invalid("session.closed_login", zh, en).remedy((
                "如需使用，请联系安全管理员启用",
                "If it is needed, ask the security administrator to enable it",
            )));
        };
        // A password that was reset while it was checked opens nothing any more.
        match self
            .auth_epoch
            .is_none_or(|epoch| epoch == login.auth_epoch)
        {
            true => Ok(()),
            false => Err(super::changed_meanwhile()),
        }
    }

    async fn write(
        &self,
        facts: &Self::Facts,
        _outcome: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let Some(login) = &facts.login else {
            return Ok(());
        };
        let session = store::NewSession {
            token_hash: &self.token_hash,
            login: login.id,
            auth_epoch: login.auth_epoch,
            expires_at: self.expires_at,
            agent: &self.agent,
            mode: login.mode,
        };
        Ok(store::open(books, &login.number, &session).await?)
    }

    fn record(&self, facts: &Self::Facts, _outcome: &()) -> Record {
        let name = facts.login.as_ref();
        let name = name.map_or("", |login| login.name.as_str());
        Record::of(
            format!("login/{}", self.login),
            format!("{name}登录了系统"),
            format!("{name} logged in"),
        )
        .detail(serde_json::json!({ "agent": self.agent, "expires_at": self.expires_at }))
    }
}
