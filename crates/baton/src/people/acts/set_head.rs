//! A department gets a head 指定部门负责人.

use access::Need;
use kernel::{DepartmentId, EmployeeId, Moment, Refusal};
use people::Department;
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::permissions;

/// Makes a person the head of a department.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetHead {
    /// Which department.
    pub department: DepartmentId,
    /// Who.
    pub employee: EmployeeId,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    department: Department,
    person: store::Employee,
}

impl Act for SetHead {
    const NAME: &'static str = "people.set_head";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let organisation = store::organisation(books).await?;
        let department = organisation.department(self.department).cloned();
        let department = department.ok_or_else(|| Denied::absent("department"))?;
        let person = store::find_employee(books, self.employee).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        Ok(Facts { department, person })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::PEOPLE_WRITE)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        store::check_department_seen(self.seen.as_deref(), &facts.department)?;
        super::must_work(&facts.person, "/employee_id")
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_head(books, self.department, self.employee).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (department, who) = (&facts.department.name, facts.person.called());
        Record::of(
            format!("department/{}", self.department),
            format!("「{department}」的负责人设为{who}"),
            format!("{who} heads {department}"),
        )
        .about(format!("employee/{}", self.employee))
        .detail(serde_json::json!({ "before": facts.department.head, "after": self.employee }))
    }
}
