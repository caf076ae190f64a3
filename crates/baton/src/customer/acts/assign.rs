//! The owner of a customer changes 归属变更.

use access::Need;
use customer::{AssignmentReason, AssignmentRow, Capacity, Counting, Held, Timeline};
use kernel::{CustomerId, Day, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store::{self, Customer};
use crate::departure::store as departures;
use crate::people::store::{self as people, Employee, PersonState};
use crate::{permissions, told};

/// Appends a row to the history of owners. This is the only way in which an owner changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Assign {
    /// Which customer.
    pub customer: CustomerId,
    /// The owner that was shown, or `pool`; whoever has it where absent.
    #[serde(default)]
    pub from: Option<String>,
    /// The owner from then on; none for the pool.
    pub owner: Option<EmployeeId>,
    /// The first day, today or earlier, not before the last change. What is to happen later stands
    /// in a plan.
    pub effective_on: Day,
    /// Why.
    pub reason: AssignmentReason,
    /// The plan it carries out.
    pub plan: Option<PlanId>,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    customer: Customer,
    timeline: Timeline,
    owner: Option<Employee>,
    /// How many customers the new owner has already.
    held: i64,
    /// The departure of the owner until now, while it is under way and he knows of it.
    leaving: Option<String>,
    today: Day,
}

impl Act for Assign {
    const NAME: &'static str = "customer.assign";
    type Facts = Facts;
    type Outcome = AssignmentRow;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let customer = super::customer(books, self.customer).await?;
        let (owner, held) = match self.owner {
            Some(id) => {
                let owner = people::find_employee(books, id).await?;
                let owner = owner.ok_or_else(|| Denied::absent("employee"))?;
                (Some(owner), store::count_owned(books, id).await?)
            }
            None => (None, 0),
        };
        let leaving = match customer.owner {
            Some(giver) => departures::disclosed_of(books, giver).await?,
            None => None,
        };
        Ok(Facts {
            leaving: leaving.map(|departure| departure.number),
            customer,
            timeline: store::timeline(books, self.customer).await?,
            owner,
            held,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(
            permissions::CUSTOMER_HAND_OVER,
            facts.customer.owned_target(),
        )
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<AssignmentRow, Refusal> {
        // A merged customer may still be released.
        if self.owner.is_some() {
            super::must_be_live(&facts.customer)?;
        }
        super::must_be_from(self.from.as_deref(), &facts.customer)?;
        must_go_by_plan(facts.leaving.as_deref().filter(|_| self.plan.is_none()))?;
        if self.effective_on > facts.today {
            let zh = "生效日不能晚于今天";
            return Err(
                Refusal::invalid("customer.future_assignment", zh, "the day lies ahead")
                    .remedy((
                        "将来的变更请制定交接方案，到期自动执行",
                        "For a change in the future draw up a handover plan; it is executed on \
                         its day",
                    ))
                    .at("/effective_on", zh),
            );
        }
        if let Some(owner) = &facts.owner {
            must_be_able(owner, facts.held)?;
        }
        let mut timeline = facts.timeline.clone();
        timeline.append(self.effective_on, self.owner, self.reason, at)
    }

    async fn write(
        &self,
        _facts: &Facts,
        row: &AssignmentRow,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        store::add_assignment(books, row, &self.recorded_by, self.plan).await?;
        Ok(store::set_owner(books, row).await?)
    }

    fn record(&self, facts: &Facts, row: &AssignmentRow) -> Record {
        let (what, before) = (facts.customer.called(), facts.customer.owner_called());
        let after = facts
            .owner
            .as_ref()
            .map_or_else(|| told::POOL.of(&[]), Employee::called);
        let first = facts.timeline.rows().is_empty();
        let why = self.reason.zh();
        let zh = if first {
            format!("客户{what}自 {} 起归{after}（{why}）", row.effective_on)
        } else {
            format!(
                "客户{what}自 {} 起由{before}改归{after}（{why}）",
                row.effective_on
            )
        };
        let en = format!(
            "Customer {what} goes from {} to {} on {} ({})",
            told::in_english(&before),
            told::in_english(&after),
            row.effective_on,
            self.reason.en()
        );
        let mut record = Record::of(format!("customer/{}", self.customer), zh, en)
            .why(store::reason_word(self.reason))
            .detail(serde_json::json!({
                "before": facts.timeline.rows().last().map(|last| last.owner),
                "after": row.owner,
                "effective_on": row.effective_on,
                "seq": row.seq,
            }));
        for person in [facts.customer.owner, self.owner].into_iter().flatten() {
            record = record.about(format!("employee/{person}"));
        }
        match self.plan {
            Some(plan) => record.about(format!("plan/{plan}")),
            None => record,
        }
    }
}

/// What somebody who leaves holds goes by a plan: with its receivables, its terms, and the consent
/// of whoever gets it. One customer moved beside it would take his open commission along.
fn must_go_by_plan(leaving: Option<&str>) -> Result<(), Refusal> {
    let Some(number) = leaving else {
        return Ok(());
    };
    let zh = format!("该客户的负责人正在办理离职（{number}），不能单独变更归属");
    let en = format!("Its owner is leaving ({number}); it does not change hands by itself");
    Err(Refusal::conflict("customer.owner_leaves", zh, en).remedy((
        "请在该离职的交接方案中移交；急需换人的，把方案的生效日定为今天",
        "Hand it over in the plan of this departure; if it is urgent, let the plan take \
         effect today",
    )))
}

/// A person takes a customer only while he works here, stays, and has room for it.
fn must_be_able(owner: &Employee, held: i64) -> Result<(), Refusal> {
    let who = owner.called();
    let refuse = |code: &str, zh: String, en: &str| {
        Err(Refusal::conflict(code, zh.clone(), format!("{who} {en}"))
            .remedy(("请选择其他负责人", "Choose another owner"))
            .at("/owner_id", zh))
    };
    match owner.state {
        PersonState::Left => {
            return refuse(
                "customer.owner_has_left",
                format!("{who}已离职"),
                "has left",
            );
        }
        PersonState::Notice => {
            let zh = format!("{who}正在办理离职，不能再接收客户");
            return refuse(
                "customer.owner_is_leaving",
                zh,
                "is leaving and takes no more customers",
            );
        }
        PersonState::Active if !owner.sells => {
            let zh = format!("{who}不是业务人员，不能负责客户");
            return refuse("customer.owner_does_not_sell", zh, "does not sell");
        }
        PersonState::Active => {}
    }
    let Some(most) = owner.capacity.and_then(|most| u32::try_from(most).ok()) else {
        return Ok(());
    };
    let held = Held {
        without_deal: u32::try_from(held).unwrap_or(u32::MAX),
        with_deal: 0,
    };
    let one = Held {
        without_deal: 1,
        with_deal: 0,
    };
    Capacity {
        most,
        counting: Counting::All,
    }
    .check(held, one)
    .map_err(|refusal| {
        let (zh, en) = (
            format!("{who}的客户已满"),
            format!("{who} can take no more customers"),
        );
        refusal.at("/owner_id", (zh, en))
    })
}
