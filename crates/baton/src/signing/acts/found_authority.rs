//! The company gets a certificate authority of its own 建立签署证书.

use access::Need;
use kernel::{Moment, Refusal, SigningKeyId};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;
use crate::signing::authority::Fresh;
use crate::signing::store::{self, AuthorityLine};

/// Makes the authority that vouches for everybody's key. Once.
#[derive(Debug, Serialize, Deserialize)]
pub struct FoundAuthority {
    /// Who, as the evidence names him.
    pub by: String,
    /// Key and certificate, made beforehand.
    #[serde(skip)]
    pub(crate) made: Option<Result<Fresh, Refusal>>,
}

/// Whether there is one, and the id of the new one.
pub struct Facts {
    exists: bool,
    id: SigningKeyId,
}

impl Act for FoundAuthority {
    const NAME: &'static str = "signing.found_authority";
    type Facts = Facts;
    type Outcome = SigningKeyId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            exists: store::authority(books).await?.is_some(),
            id: SigningKeyId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<SigningKeyId, Refusal> {
        if facts.exists {
            return Err(Refusal::conflict(
                "signing.authority_exists",
                "公司签署证书已经建立",
                "The company has its certificate authority already",
            ));
        }
        self.made.clone().ok_or_else(super::not_made)??;
        Ok(facts.id)
    }

    async fn write(
        &self,
        _: &Facts,
        id: &SigningKeyId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let made = self.made.clone().ok_or_else(super::not_made)??;
        let line = AuthorityLine {
            id: *id,
            certificate: made.certificate,
            sealed: made.sealed,
            fingerprint: made.fingerprint,
            valid_until: made.valid_until,
            made_by: self.by.clone(),
            made_at: books.at(),
        };
        Ok(store::add_authority(books, &line).await?)
    }

    fn record(&self, _: &Facts, id: &SigningKeyId) -> Record {
        let made = self.made.as_ref().and_then(|made| made.as_ref().ok());
        let print = made
            .map(|made| made.fingerprint.clone())
            .unwrap_or_default();
        Record::of(
            format!("signing_key/{id}"),
            format!("建立公司签署证书，指纹 {print}"),
            format!("The company's certificate authority was founded, fingerprint {print}"),
        )
        .detail(serde_json::json!({
            "fingerprint": print,
            "valid_until": made.map(|made| made.valid_until),
        }))
    }
}
