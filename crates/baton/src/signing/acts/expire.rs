//! The deadline passed before all had signed 签署逾期.

use ::signing::ceremony::record::Standing;
use access::Need;
use kernel::{Moment, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::signing::found::{Found, found};
use crate::signing::store;

/// Notes that a ceremony is over because its deadline has passed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Expire {
    /// Which.
    pub ceremony: SigningId,
}

impl Act for Expire {
    const NAME: &'static str = "signing.expire";
    type Facts = Found;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Found, Failure> {
        found(books, self.ceremony).await
    }

    fn needs(&self, found: &Found) -> Need {
        Need::on(permissions::SIGNING_REQUEST, found.target())
    }

    fn decide(&self, found: &Found, at: Moment) -> Result<(), Refusal> {
        if found.ceremony.standing(at) == Standing::Expired {
            return Ok(());
        }
        Err(Refusal::conflict(
            "signing.not_expired",
            "签署尚未逾期",
            "The deadline has not passed",
        ))
    }

    async fn write(&self, found: &Found, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::settle(books, self.ceremony, &found.ceremony).await?)
    }

    fn record(&self, found: &Found, _: &()) -> Record {
        let called = found.called();
        let zh = format!("{called}在期限内未全部签署，签署逾期结束");
        let en = format!("{called} was not signed by all in time");
        found.record(zh, en).why("expired")
    }
}
