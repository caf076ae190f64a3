//! Somebody gets a plan 分配提成方案.

use ::commission::assignment::{Assignee, check_quota};
use ::commission::plan::Plan;
use access::Need;
use kernel::{CommissionPlanId, Day, Fen, Moment, Period, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::reaches_no_closed_month;
use crate::commission::month::Month;
use crate::commission::store::{self, Assigned, PlanHead};
use crate::commission::{covering, ledger, offer};
use crate::people::store as people;
use crate::permissions;

/// From a day on a person, a post or a department has this plan, or none. What was assigned before
/// ends that day.
#[derive(Debug, Serialize, Deserialize)]
pub struct AssignPlan {
    /// Who.
    pub to: Assignee,
    /// Which plan.
    pub plan: CommissionPlanId,
    /// Whether he has it no more from that day on.
    pub ends: bool,
    /// A quota of his own, instead of the plan's; above 0, of a plan that pays by quota.
    #[serde(default)]
    pub quota: Option<Fen>,
    /// From when on; not before the last change for the same assignee and place of a deal.
    pub effective_on: Day,
    /// Who assigns it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    /// The last month that is closed.
    closed: Option<Month>,
    head: PlanHead,
    /// The plan as the engine knows it; one.
    engine: Vec<Plan>,
    called: String,
    last: Option<Assigned>,
    /// Whether somebody had another plan in a closed month, whose place this one would take.
    replaces: bool,
    /// The next number among all rows of the assignee.
    seq: i64,
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

impl AssignPlan {
    /// Whether the first row of an assignee takes a plan from somebody for days that are closed.
    async fn replaces(
        &self,
        books: &mut Reader<'_>,
        closed: Option<Month>,
    ) -> Result<bool, Failure> {
        let Some(last) = closed.filter(|last| last.runs(self.effective_on)) else {
            return Ok(false);
        };
        let periods = store::periods(books).await?;
        // What was earned before the first month that was opened is no line of a closed month.
        let begins = periods.first().map(|period| period.month.days().from);
        let known = covering::known(books).await?;
        Ok(known.replaced_by(&covering::First {
            to: self.to,
            plan: self.plan,
            quota: self.quota,
            days: Period {
                from: begins.map_or(self.effective_on, |day| day.max(self.effective_on)),
                until: last.days().until,
            },
        })?)
    }
}

impl Act for AssignPlan {
    const NAME: &'static str = "commission.assign_plan";
    type Facts = Facts;
    type Outcome = i64;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let head = store::find_plan(books, self.plan).await?;
        let head = head.ok_or_else(|| Denied::absent("commission_plan"))?;
        let place = head.overlay.clone().unwrap_or_default();
        let rows = store::assigned(books, books.at()).await?;
        let own: Vec<Assigned> = rows.into_iter().filter(|row| row.to == self.to).collect();
        let versions = store::versions(books).await?;
        let closed = store::last_closed(books).await?;
        let seq = own.iter().map(|row| row.seq).max().unwrap_or(0) + 1;
        let last = own.into_iter().rfind(|row| row.place == place);
        let replaces = last.is_none() && self.replaces(books, closed).await?;
        Ok(Facts {
            engine: ledger::in_order(std::slice::from_ref(&head), &versions),
            closed,
            head,
            called: called(books, self.to).await?,
            seq,
            last,
            replaces,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<i64, Refusal> {
        let had = facts.last.as_ref().and_then(|last| last.plan);
        if self.ends && had != Some(self.plan) {
            let zh = format!("{}没有方案「{}」，无可终止", facts.called, facts.head.name);
            let en = "there is no such plan to end";
            return Err(Refusal::conflict("commission.nothing_assigned", zh, en));
        }
        if let Some(quota) = self.quota {
            for plan in &facts.engine {
                check_quota(plan, quota).map_err(|refusal| {
                    let zh = refusal.message.clone();
                    refusal.at("/quota", zh)
                })?;
            }
        }
        // Giving somebody his first plan late takes nothing from him; changing it does, also where
        // what he had came to him through his post or his department.
        if facts.last.is_some() || facts.replaces {
            reaches_no_closed_month("/effective_on", self.effective_on, facts.closed)?;
        }
        let Some(last) = &facts.last else {
            return Ok(facts.seq);
        };
        if self.effective_on < last.effective_on {
            let zh = format!("{}上一次分配自 {} 起生效", facts.called, last.effective_on);
            return Err(Refusal::conflict(
                "commission.assigned_later",
                zh.clone(),
                format!("the last change counts from {}", last.effective_on),
            )
            .remedy(("请选择不早于该日的日期", "Choose that day or a later one"))
            .at("/effective_on", zh));
        }
        Ok(facts.seq)
    }

    async fn write(&self, facts: &Facts, seq: &i64, books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = Assigned {
            to: self.to,
            place: facts.head.overlay.clone().unwrap_or_default(),
            seq: *seq,
            effective_on: self.effective_on,
            plan: (!self.ends).then_some(self.plan),
            quota: self.quota.filter(|_| !self.ends),
        };
        Ok(store::add_assignment(books, &row, &self.by).await?)
    }

    fn record(&self, facts: &Facts, _seq: &i64) -> Record {
        let (who, from) = (&facts.called, self.effective_on);
        let before = facts.last.as_ref().and_then(|last| last.plan);
        let name = &facts.head.name;
        let quota = self.quota.filter(|_| !self.ends);
        let (own_zh, own_en) = quota.map_or_else(Default::default, |quota| {
            (
                format!("，目标 {quota} 元"),
                format!(", with a quota of {quota}"),
            )
        });
        let (zh, en) = match self.ends {
            false => (
                format!("{who}自 {from} 起适用提成方案「{name}」{own_zh}"),
                format!("{who} has the commission plan {name} from {from}{own_en}"),
            ),
            true => (
                format!("{who}自 {from} 起不再适用提成方案「{name}」"),
                format!("{who} has the commission plan {name} no more from {from}"),
            ),
        };
        let subject = offer::subject(self.plan);
        let record = Record::of(subject, zh, en).detail(serde_json::json!({
            "effective_on": from,
            "before": before,
            "after": (!self.ends).then_some(self.plan),
            "quota": quota,
        }));
        match self.to {
            Assignee::Person(id) => record.about(format!("employee/{id}")),
            Assignee::Post(id) => record.about(format!("post/{id}")),
            Assignee::Department(id) => record.about(format!("department/{id}")),
        }
    }
}
