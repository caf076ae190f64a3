//! A department that nobody works in any more is closed 撤销部门.

use access::Need;
use kernel::{DepartmentId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self, DepartmentLine};
use crate::permissions;

/// Closes an empty department. History still speaks of it; nobody joins it any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseDepartment {
    /// Which.
    pub department: DepartmentId,
}

/// What the decision needs to know.
pub struct Facts {
    department: DepartmentLine,
    /// Departments right below it.
    below: usize,
}

impl Act for CloseDepartment {
    const NAME: &'static str = "people.close_department";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let all = store::departments(books).await?;
        let below = all
            .iter()
            .filter(|line| line.parent == Some(self.department));
        let below = below.count();
        let department = all.into_iter().find(|line| line.id == self.department);
        Ok(Facts {
            department: department.ok_or_else(|| Denied::absent("department"))?,
            below,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        let (name, people) = (&facts.department.name, facts.department.people);
        if people == 0 && facts.below == 0 {
            return Ok(());
        }
        let below = facts.below;
        Err(Refusal::conflict(
            "people.department_not_empty",
            format!("「{name}」还有 {people} 名员工、{below} 个下级部门，不能撤销"),
            format!("{name} still has people: {people}, departments below: {below}"),
        )
        .remedy((
            "请先把员工调岗到其他部门，并移走或撤销下级部门",
            "Move the employees to other departments first, and move or close the departments \
             below",
        )))
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::close_department(books, self.department).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let name = &facts.department.name;
        Record::of(
            format!("department/{}", self.department),
            format!("撤销部门「{name}」"),
            format!("Closed the department {name}"),
        )
        .detail(serde_json::json!({ "code": facts.department.code, "name": name }))
    }
}
