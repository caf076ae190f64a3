//! Those who have still to sign are reminded 提醒签署.

use access::Need;
use kernel::{Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::signing::found::{Found, found};
use crate::signing::jobs::REMIND_DAYS;
use crate::signing::store;

/// Reminds those whose turn it is: it stands on their desk as urgent from now on.
#[derive(Debug, Serialize, Deserialize)]
pub struct Remind {
    /// Which.
    pub ceremony: SigningId,
}

impl Act for Remind {
    const NAME: &'static str = "signing.remind";
    type Facts = Found;
    /// How many were reminded.
    type Outcome = usize;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Found, Failure> {
        found(books, self.ceremony).await
    }

    fn needs(&self, found: &Found) -> Need {
        Need::on(permissions::SIGNING_REQUEST, found.target())
    }

    fn decide(&self, found: &Found, at: Moment) -> Result<usize, Refusal> {
        match found.ceremony.reminders(at, REMIND_DAYS).len() {
            0 => Err(Refusal::conflict(
                "signing.nobody_to_remind",
                "没有需要提醒的签署人",
                "Nobody has to be reminded",
            )),
            some => Ok(some),
        }
    }

    async fn write(&self, _: &Found, _: &usize, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::reminded(books, self.ceremony).await?)
    }

    fn record(&self, found: &Found, count: &usize) -> Record {
        let called = found.called();
        let zh = format!("提醒 {count} 人尽快签署{called}");
        let en = format!("{count} signers of {called} were reminded");
        found.record(zh, en).why("reminder")
    }
}
