//! A person stops using a signing key 停用签名密钥.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::store::{self, KeyLine};

/// The key signs nothing any more: its secret was forgotten, or may have leaked. What it signed
/// before stays as it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct RetireKey {
    /// Whose.
    pub employee: EmployeeId,
    /// `forgotten` or `leaked`.
    pub why: String,
}

/// Why a key is given up.
pub(crate) const REASONS: &[(&str, &str)] = &[
    ("forgotten", "忘记签名口令"),
    ("leaked", "签名口令可能泄露"),
];

/// What the person is called, and the key in use.
pub struct Facts {
    person: String,
    key: Option<KeyLine>,
}

impl Act for RetireKey {
    const NAME: &'static str = "signing.retire_key";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let key = store::key_of(books, self.employee).await?;
        let person = super::oneself(books, self.employee).await?;
        Ok(Facts { person, key })
    }

    fn needs(&self, _: &Facts) -> Need {
        super::own(self.employee)
    }

    fn decide(&self, Facts { key, .. }: &Facts, _at: Moment) -> Result<(), Refusal> {
        crate::bounds::one_of("/why", "停用原因", &self.why, REASONS)?;
        if key.is_some() {
            return Ok(());
        }
        Err(Refusal::conflict(
            "signing.no_key",
            "您没有使用中的签名密钥",
            "You have no signing key in use",
        ))
    }

    async fn write(
        &self,
        Facts { key, .. }: &Facts,
        _: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        if let Some(key) = key {
            store::retire(books, key.id, &self.why).await?;
        }
        Ok(())
    }

    fn record(&self, Facts { person, key }: &Facts, _: &()) -> Record {
        let who = person;
        let why = crate::bounds::word(REASONS, &self.why);
        let id = key
            .as_ref()
            .map(|key| key.id.to_string())
            .unwrap_or_default();
        let print = key.as_ref().map(|key| key.fingerprint.clone());
        Record::of(
            format!("signing_key/{id}"),
            format!("{who}停用了本人的签名密钥：{why}"),
            format!("{who} gave up a signing key ({})", self.why),
        )
        .why(&self.why)
        .about(format!("employee/{}", self.employee))
        .detail(serde_json::json!({ "fingerprint": print }))
    }
}
