//! A session ends 退出登录.

use access::Need;
use kernel::{LoginId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

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
    type Facts = ();
    type Outcome = ();

    fn guards(&self) -> Vec<String> {
        vec![format!("login/{}", self.login)]
    }

    async fn load(&self, _books: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn needs(&self, _facts: &()) -> Need {
        Need::at_all(permissions::LOGIN_MANAGE)
    }

    fn decide(&self, _facts: &(), _at: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, _: &(), _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::close(books, &self.token_hash).await?)
    }

    fn record(&self, _facts: &(), _outcome: &()) -> Record {
        Record::of(format!("login/{}", self.login), "退出了登录", "Logged out")
    }
}
