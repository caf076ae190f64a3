//! Somebody has seen that a signing key is the person's own 核实签名密钥.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal, SigningKeyId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self as people, Employee};
use crate::permissions;
use crate::signing::store::{self, KeyLine};

/// HR has met the person and compared the fingerprint on his screen. Without that, whoever takes an
/// account over could make a key in its owner's name.
#[derive(Debug, Serialize, Deserialize)]
pub struct VouchKey {
    /// Which.
    pub key: SigningKeyId,
    /// Who vouches.
    pub by: EmployeeId,
}

/// The key, and whose it is.
pub struct Facts {
    key: KeyLine,
    person: Employee,
    by: String,
}

impl Act for VouchKey {
    const NAME: &'static str = "signing.vouch_key";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let absent = || Denied::absent("signing_key");
        let key = store::key(books, self.key).await?.ok_or_else(absent)?;
        let employee = key.employee.ok_or_else(absent)?;
        let person = people::find_employee(books, employee).await?;
        let by = people::find_employee(books, self.by).await?;
        Ok(Facts {
            key,
            person: person.ok_or_else(absent)?,
            by: by.map(|one| one.called()).unwrap_or_default(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::SIGNING_REQUEST, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        if facts.person.id == self.by {
            return Err(Refusal::conflict(
                "signing.vouch_oneself",
                "不能核实本人的签名密钥",
                "Nobody vouches for their own key",
            )
            .remedy((
                "请由另一位人事当面核实",
                "Let somebody else of HR look at the person and the key",
            )));
        }
        if facts.key.vouched_by.is_some() {
            return Err(Refusal::conflict(
                "signing.vouched_already",
                "该签名密钥已核实",
                "Somebody has vouched for this key already",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::vouch(books, self.key, &self.by.to_string()).await?)
    }

    fn record(&self, facts: &Facts, _: &()) -> Record {
        let (who, by, print) = (facts.person.called(), &facts.by, &facts.key.fingerprint);
        Record::of(
            format!("signing_key/{}", self.key),
            format!("{by}当面核实{who}的签名密钥，证书指纹 {print}"),
            format!("{by} has seen that the key {print} is {who}'s own"),
        )
        .about(format!("employee/{}", facts.person.id))
        .detail(serde_json::json!({ "fingerprint": print }))
    }
}
