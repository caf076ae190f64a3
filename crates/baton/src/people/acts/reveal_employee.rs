//! Somebody looks at an employee's papers in clear 查看员工证件.

use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store;
use crate::{bounds, permissions};

/// Shows citizen id, phone and e-mail of a person; the reason stays in the evidence.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevealEmployee {
    /// Whose.
    pub employee: EmployeeId,
    /// Why, 2..=200 characters.
    pub reason: String,
}

/// What is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct Revealed {
    /// 居民身份证号
    pub citizen_id: Option<String>,
    /// 手机
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    person: store::Employee,
}

impl Act for RevealEmployee {
    const NAME: &'static str = "people.reveal_employee";
    type Facts = Facts;
    type Outcome = Revealed;

    fn guards(&self) -> Vec<String> {
        vec![format!("employee/{}", self.employee)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = store::find_employee(books, self.employee).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        Ok(Facts { person })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::PEOPLE_REVEAL, facts.person.target()).with_reason(true)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Revealed, Refusal> {
        let person = &facts.person;
        bounds::length("/reason", "理由", &self.reason, bounds::REASON)?;
        Ok(Revealed {
            citizen_id: person.citizen_id.clone(),
            phone: person.phone.clone(),
            email: person.email.clone(),
        })
    }

    async fn write(
        &self,
        _facts: &Facts,
        _shown: &Revealed,
        _books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(())
    }

    fn record(&self, facts: &Facts, _shown: &Revealed) -> Record {
        let (who, reason) = (facts.person.called(), self.reason.trim());
        Record::of(
            format!("employee/{}", self.employee),
            format!("查看了{who}的证件号与联系方式，理由：{reason}"),
            format!("Looked at the papers of {who}: {reason}"),
        )
        .why("reveal")
        .detail(serde_json::json!({ "reason": reason }))
    }
}
