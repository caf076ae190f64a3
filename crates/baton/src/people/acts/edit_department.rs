//! A department gets another name or another place in the tree 修改部门.

use access::Need;
use kernel::{DepartmentId, Moment, Refusal};
use people::{Department, Organisation};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions};

/// Renames a department, puts it under another one, or both.
#[derive(Debug, Serialize, Deserialize)]
pub struct EditDepartment {
    /// Which.
    pub department: DepartmentId,
    /// 1..=100 characters.
    pub name: String,
    /// The department above it; none makes it a root.
    pub parent: Option<DepartmentId>,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    before: Department,
    organisation: Organisation,
}

impl Facts {
    fn name_of(&self, parent: Option<DepartmentId>) -> Option<&str> {
        let above = self.organisation.department(parent?);
        above.map(|above| above.name.as_str())
    }
}

impl Act for EditDepartment {
    const NAME: &'static str = "people.edit_department";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let organisation = store::organisation(books).await?;
        let before = organisation.department(self.department).cloned();
        Ok(Facts {
            before: before.ok_or_else(|| Denied::absent("department"))?,
            organisation,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        store::check_department_seen(self.seen.as_deref(), &facts.before)?;
        bounds::length("/name", "名称", &self.name, bounds::SHORT)?;
        facts
            .organisation
            .check_move(self.department, self.parent)
            .map_err(|refusal| {
                let zh = refusal.message.clone();
                refusal.at("/parent_id", zh)
            })?;
        if facts.before.name == self.name.trim() && facts.before.parent == self.parent {
            let zh = "名称和上级部门都没有变化";
            return Err(Refusal::conflict(
                "people.same_department",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_department(books, self.department, self.name.trim(), self.parent).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (old, new) = (&facts.before.name, self.name.trim());
        let (mut zh, mut en) = (format!("部门「{old}」"), format!("The department {old}"));
        if old != new {
            zh += &format!("更名为「{new}」");
            en += &format!(" is now called {new}");
        }
        if facts.before.parent != self.parent {
            let (comma, and) = if old == new {
                ("", "")
            } else {
                ("，", " and")
            };
            match facts.name_of(self.parent) {
                Some(above) => {
                    zh += &format!("{comma}调整到「{above}」之下");
                    en += &format!("{and} stands under {above}");
                }
                None => {
                    zh += &format!("{comma}调整为一级部门");
                    en += &format!("{and} stands under none");
                }
            }
        }
        Record::of(format!("department/{}", self.department), zh, en).detail(serde_json::json!({
            "before": { "name": old, "parent": facts.name_of(facts.before.parent) },
            "after": { "name": new, "parent": facts.name_of(self.parent) },
        }))
    }
}
