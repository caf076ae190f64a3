//! Somebody gets a plan 分配提成方案.

use ::commission::assignment::Assignee;
use access::Need;
use kernel::{CommissionPlanId, Day, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::commission::offer;
use crate::commission::store::{self, Assigned, PlanHead};
use crate::people::store as people;
use crate::permissions;

/// From a day on a person, a post or a department has this plan, or none. What was assigned before
/// ends that day.
#[derive(Debug, Serialize, Deserialize)]
pub struct AssignPlan {
    /// Who.
    pub to: Assignee,
    /// Which plan; none ends the one before.
    pub plan: Option<CommissionPlanId>,
    /// From when on; not before the last change for the same assignee.
    pub effective_on: Day,
    /// Who assigns it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    head: Option<PlanHead>,
    called: String,
    last: Option<Assigned>,
}

/// What people call it.
async fn called(books: &mut Reader<'_>, to: Assignee) -> Result<String, Failure> {
    let name = match to {
        Assignee::Person(id) => people::find_employee(books, id)
            .await?
            .map(|person| person.called()),
        Assignee::Post(id) => {
            let posts = people::posts(books).await?;
            let found = posts.into_iter().find(|(post, _)| *post == id);
            found.map(|(_, name)| format!("岗位「{name}」"))
        }
        Assignee::Department(id) => {
            let departments = people::departments(books).await?;
            let found = departments.into_iter().find(|one| one.id == id);
            found.map(|one| format!("部门「{}」", one.name))
        }
    };
    Ok(name.ok_or_else(|| Denied::absent("assignee"))?)
}

impl Act for AssignPlan {
    const NAME: &'static str = "commission.assign_plan";
    type Facts = Facts;
    type Outcome = i64;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let head = match self.plan {
            Some(id) => {
                let found = store::find_plan(books, id).await?;
                Some(found.ok_or_else(|| Denied::absent("commission_plan"))?)
            }
            None => None,
        };
        let rows = store::assigned(books, books.at()).await?;
        Ok(Facts {
            head,
            called: called(books, self.to).await?,
            last: rows.into_iter().rfind(|row| row.to == self.to),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<i64, Refusal> {
        let Some(last) = &facts.last else {
            if self.plan.is_none() {
                let zh = format!("{}没有提成方案，无可终止", facts.called);
                return Err(Refusal::conflict(
                    "commission.nothing_assigned",
                    zh,
                    "there is no plan to end",
                ));
            }
            return Ok(1);
        };
        if self.effective_on < last.effective_on {
            let zh = format!("{}上一次分配自 {} 起生效", facts.called, last.effective_on);
            return Err(Refusal::conflict(
                "commission.assigned_later",
                zh.clone(),
                format!("the last change counts from {}", last.effective_on),
            )
            .remedy("请选择不早于该日的日期")
            .at("/effective_on", zh));
        }
        Ok(last.seq + 1)
    }

    async fn write(&self, _: &Facts, seq: &i64, books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = Assigned {
            to: self.to,
            seq: *seq,
            effective_on: self.effective_on,
            plan: self.plan,
        };
        Ok(store::add_assignment(books, &row, &self.by).await?)
    }

    fn record(&self, facts: &Facts, _seq: &i64) -> Record {
        let (who, from) = (&facts.called, self.effective_on);
        let before = facts.last.as_ref().and_then(|last| last.plan);
        let (zh, en) = match &facts.head {
            Some(head) => (
                format!("{who}自 {from} 起适用提成方案「{}」", head.name),
                format!("{who} has the commission plan {} from {from}", head.name),
            ),
            None => (
                format!("{who}自 {from} 起没有提成方案"),
                format!("{who} has no commission plan from {from}"),
            ),
        };
        let plan = self.plan.or(before).map(offer::subject);
        let subject = plan.unwrap_or_else(|| "commission_plan/none".to_owned());
        let record = Record::of(subject, zh, en).detail(serde_json::json!({
            "effective_on": from,
            "before": before,
            "after": self.plan,
        }));
        match self.to {
            Assignee::Person(id) => record.about(format!("employee/{id}")),
            Assignee::Post(id) => record.about(format!("post/{id}")),
            Assignee::Department(id) => record.about(format!("department/{id}")),
        }
    }
}
