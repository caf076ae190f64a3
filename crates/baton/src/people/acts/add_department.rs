//! A department is added 新建部门.

use access::Need;
use kernel::{DepartmentId, EntityId, Moment, Refusal};
use people::Organisation;
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::people::store::{self, Unique};
use crate::{bounds, permissions};

/// Adds a department under another one, or as a root.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddDepartment {
    /// The department above it.
    pub parent: Option<DepartmentId>,
    /// The legal entity it belongs to.
    pub entity: EntityId,
    /// 部门编码, 1..=100 characters, unique.
    pub code: String,
    /// 1..=100 characters.
    pub name: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: DepartmentId,
    taken: bool,
    entity_known: bool,
    organisation: Organisation,
}

impl Act for AddDepartment {
    const NAME: &'static str = "people.add_department";
    type Facts = Facts;
    type Outcome = DepartmentId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        Ok(Facts {
            fresh: DepartmentId::mint(books.at(), books.dice()),
            taken: store::name_taken(books, Unique::DepartmentCode, self.code.trim()).await?,
            entity_known: store::entity_exists(books, self.entity).await?,
            organisation: store::organisation(books).await?,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<DepartmentId, Refusal> {
        bounds::length("/code", "部门编码", &self.code, bounds::SHORT)?;
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        if facts.taken {
            return Err(super::already("/code", "部门编码", self.code.trim()));
        }
        if !facts.entity_known {
            let zh = "法律主体不存在";
            return Err(
                Refusal::invalid("people.entity_unknown", zh, "no such entity")
                    .remedy(("请先新建法律主体", "Add a legal entity first"))
                    .at("/entity_id", zh),
            );
        }
        if let Some(parent) = self.parent
            && facts.organisation.department(parent).is_none()
        {
            let zh = "上级部门不存在";
            return Err(
                Refusal::invalid("people.department_unknown", zh, "no such department")
                    .at("/parent_id", zh),
            );
        }
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        _facts: &Facts,
        id: &DepartmentId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let names = (self.code.trim(), self.name.trim());
        Ok(store::add_department(books, *id, self.parent, self.entity, names).await?)
    }

    fn record(&self, facts: &Facts, id: &DepartmentId) -> Record {
        let name = self.name.trim();
        let above = self
            .parent
            .and_then(|parent| facts.organisation.department(parent));
        let (zh, en) = match above {
            Some(above) => (
                format!("在「{}」下新建部门「{name}」", above.name),
                format!("Added the department {name} under {}", above.name),
            ),
            None => (
                format!("新建部门「{name}」"),
                format!("Added the department {name}"),
            ),
        };
        Record::of(format!("department/{id}"), zh, en)
            .detail(serde_json::json!({ "code": self.code.trim(), "name": name }))
    }
}
