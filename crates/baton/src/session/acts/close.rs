//! A session ends 退出登录.

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store as people;
use crate::permissions;
use crate::session::store;

/// Ends one session at its owner's wish.
#[derive(Debug, Serialize, Deserialize)]
pub struct Close {
    /// Whose.
    pub login: LoginId,
    /// Which, SHA-256 of the token, hex.
    pub token_hash: String,
}

impl Act for Close {
    const NAME: &'static str = "session.close";
    /// As people call whoever logs out.
    type Facts = String;
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("login/{}", self.login)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<String, Failure> {
        let login = store::login_by_id(books, self.login).await?;
        let who = login.map(|login| people::full_name(&login.name, &login.number));
        Ok(who.unwrap_or_default())
    }

    fn needs(&self, _who: &String) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, _who: &String, _at: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, _: &String, (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::close(books, &self.token_hash).await?)
    }

    fn record(&self, who: &String, (): &()) -> Record {
        Record::of(
            format!("login/{}", self.login),
            format!("{who}退出了登录"),
            format!("{who} logged out"),
        )
    }
}
