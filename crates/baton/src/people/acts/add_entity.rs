//! A legal entity is added 新建法律主体.

use access::Need;
use kernel::{EntityId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store::{self, Unique};
use crate::{bounds, permissions};

/// Adds a legal entity that employs people.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddEntity {
    /// Its registered name, 1..=100 characters.
    pub name: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: EntityId,
    taken: bool,
}

impl Act for AddEntity {
    const NAME: &'static str = "people.add_entity";
    type Facts = Facts;
    type Outcome = EntityId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = EntityId::mint(books.at(), books.dice());
        let taken = store::name_taken(books, Unique::Entity, self.name.trim()).await?;
        Ok(Facts { fresh, taken })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<EntityId, Refusal> {
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        super::edit_entity::code(self.credit_code.as_deref())?;
        if facts.taken {
            return Err(super::already("/name", "法律主体", self.name.trim()));
        }
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        _facts: &Facts,
        id: &EntityId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let code = super::edit_entity::code(self.credit_code.as_deref())?;
        Ok(store::add_entity(books, *id, self.name.trim(), code.as_deref()).await?)
    }

    fn record(&self, _facts: &Facts, id: &EntityId) -> Record {
        let name = self.name.trim();
        let (zh, en) = (
            format!("新建法律主体「{name}」"),
            format!("Added the entity {name}"),
        );
        Record::of(format!("entity/{id}"), zh, en)
            .detail(serde_json::json!({ "name": name, "credit_code": self.credit_code }))
    }
}
