//! A person gets a signing key of his own 生成签名密钥.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal, SigningKeyId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::authority::{Fresh, Whose};
use crate::signing::factor::{Confirmed, Standing};
use crate::signing::store;

/// Makes a key sealed under a secret that only the person knows, with a certificate of the
/// company's authority. The secret itself never comes here.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeKey {
    /// Whose.
    pub employee: EmployeeId,
    /// What was made beforehand, after the person had proved himself.
    #[serde(skip)]
    pub(crate) made: Option<Result<(Confirmed, Fresh), Refusal>>,
}

/// The person, his second factor, whether he has a key, and the id of the new one.
pub struct Facts {
    person: String,
    codes: Standing,
    exists: bool,
    id: SigningKeyId,
}

impl Act for MakeKey {
    const NAME: &'static str = "signing.make_key";
    type Facts = Facts;
    type Outcome = SigningKeyId;

    fn guards(&self) -> Vec<String> {
        vec![format!("signing-factor/{}", self.employee)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            person: super::oneself(books, self.employee).await?,
            codes: Standing::read(books, self.employee).await?,
            exists: store::key_of(books, self.employee).await?.is_some(),
            id: SigningKeyId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        super::own(self.employee)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<SigningKeyId, Refusal> {
        if facts.exists {
            return Err(Refusal::conflict(
                "signing.key_exists",
                "您已有签名密钥",
                "You have a signing key already",
            )
            .remedy((
                "忘记签名口令或怀疑泄露时，请先停用原密钥再生成",
                "If the signing passphrase is forgotten or may be known to others, disable the \
                 former key before you make a new one",
            )));
        }
        let (confirmed, _) = self.made.clone().ok_or_else(super::not_made)??;
        facts.codes.allows(confirmed, at)?;
        Ok(facts.id)
    }

    async fn write(
        &self,
        _: &Facts,
        id: &SigningKeyId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (confirmed, made) = self.made.clone().ok_or_else(super::not_made)??;
        store::use_step(books, self.employee, confirmed.step).await?;
        let line = made.key(Whose::Person(self.employee), books.at(), *id);
        Ok(store::add_key(books, &line).await?)
    }

    fn record(&self, facts: &Facts, id: &SigningKeyId) -> Record {
        let made = self.made.as_ref().and_then(|made| made.as_ref().ok());
        let made = made.map(|(_, made)| made);
        let print = made
            .map(|made| made.fingerprint.clone())
            .unwrap_or_default();
        let who = &facts.person;
        Record::of(
            format!("signing_key/{id}"),
            format!("{who}生成了本人的签名密钥，证书指纹 {print}"),
            format!("{who} made a signing key, fingerprint {print}"),
        )
        .about(format!("employee/{}", self.employee))
        .detail(serde_json::json!({
            "fingerprint": print,
            "valid_until": made.map(|made| made.valid_until),
        }))
    }
}
