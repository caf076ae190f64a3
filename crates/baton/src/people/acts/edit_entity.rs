//! The registered name and code of a legal entity are put right 修改法律主体.

use access::Need;
use kernel::{EntityId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self, EntityLine};
use crate::{bounds, permissions};

/// Gives a legal entity the name and code that stand on its papers from now on. Papers that were
/// issued stay as they are.
#[derive(Debug, Serialize, Deserialize)]
pub struct EditEntity {
    /// Which.
    pub entity: EntityId,
    /// Its registered name, 1..=100 characters.
    pub name: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    before: EntityLine,
    /// Another entity has the name.
    taken: bool,
}

/// The code as the books keep it; nothing where nothing was typed.
pub(super) fn code(typed: Option<&str>) -> Result<Option<String>, Refusal> {
    let typed = typed.filter(|text| !text.trim().is_empty());
    let parsed = typed.map(customer::CreditCode::parse).transpose();
    let parsed = parsed.map_err(|refusal| {
        let zh = refusal.message.clone();
        refusal.at("/credit_code", zh)
    })?;
    Ok(parsed.map(|code| code.as_str().to_owned()))
}

impl Act for EditEntity {
    const NAME: &'static str = "people.edit_entity";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let all = store::entities(books).await?;
        let name = self.name.trim();
        let taken = all
            .iter()
            .any(|line| line.id != self.entity && line.name == name);
        let before = all.into_iter().find(|line| line.id == self.entity);
        Ok(Facts {
            before: before.ok_or_else(|| Denied::absent("entity"))?,
            taken,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        facts.before.check_seen(self.seen.as_deref())?;
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        let code = code(self.credit_code.as_deref())?;
        if facts.taken {
            return Err(super::already("/name", "法律主体", self.name.trim()));
        }
        if facts.before.name == self.name.trim() && facts.before.credit_code == code {
            let zh = "名称和统一社会信用代码都没有变化";
            return Err(Refusal::conflict(
                "people.same_entity",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let code = code(self.credit_code.as_deref())?;
        Ok(store::set_entity(books, self.entity, self.name.trim(), code).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (old, new) = (&facts.before.name, self.name.trim());
        let (zh, en) = if old == new {
            (
                format!("修改了法律主体「{new}」的统一社会信用代码"),
                format!("Set the credit code of {new}"),
            )
        } else {
            (
                format!("法律主体「{old}」更名为「{new}」"),
                format!("The entity {old} is now called {new}"),
            )
        };
        Record::of(format!("entity/{}", self.entity), zh, en).detail(serde_json::json!({
            "before": { "name": old, "credit_code": facts.before.credit_code },
            "after": { "name": new, "credit_code": self.credit_code },
        }))
    }
}
