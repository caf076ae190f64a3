//! A legal entity gets its electronic seal 制作电子印章.

use access::Need;
use kernel::{EntityId, Moment, Refusal, SigningKeyId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store as people;
use crate::permissions;
use crate::signing::authority::{Fresh, Whose};
use crate::signing::store;

/// Makes the key with which a legal entity signs.
#[derive(Debug, Serialize, Deserialize)]
pub struct MakeSeal {
    /// Whose.
    pub entity: EntityId,
    /// Key and certificate, made beforehand.
    #[serde(skip)]
    pub(crate) made: Option<Result<Fresh, Refusal>>,
}

/// The entity, whether it has one, and the id of the new one.
pub struct Facts {
    name: String,
    exists: bool,
    id: SigningKeyId,
}

impl Act for MakeSeal {
    const NAME: &'static str = "signing.make_seal";
    type Facts = Facts;
    type Outcome = SigningKeyId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let entities = people::entities(books).await?;
        let entity = entities.into_iter().find(|one| one.id == self.entity);
        Ok(Facts {
            name: entity.ok_or_else(|| Denied::absent("entity"))?.name,
            exists: store::seal_of(books, self.entity).await?.is_some(),
            id: SigningKeyId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        Need::on_everything(permissions::SYSTEM_MANAGE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<SigningKeyId, Refusal> {
        if facts.exists {
            return Err(Refusal::conflict(
                "signing.seal_exists",
                format!("{}已有电子印章", facts.name),
                "This legal entity has its seal already",
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
        let line = made.key(Whose::Entity(self.entity), books.at(), *id);
        Ok(store::add_key(books, &line).await?)
    }

    fn record(&self, facts: &Facts, id: &SigningKeyId) -> Record {
        let made = self.made.as_ref().and_then(|made| made.as_ref().ok());
        let print = made
            .map(|made| made.fingerprint.clone())
            .unwrap_or_default();
        let name = &facts.name;
        Record::of(
            format!("signing_key/{id}"),
            format!("为{name}制作电子印章，证书指纹 {print}"),
            format!("The electronic seal of {name} was made, fingerprint {print}"),
        )
        .about(format!("entity/{}", self.entity))
        .detail(serde_json::json!({
            "fingerprint": print,
            "valid_until": made.map(|made| made.valid_until),
        }))
    }
}
