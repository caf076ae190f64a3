//! Two records of one customer become one 合并客户.

use access::Need;
use customer::AssignmentReason;
use kernel::{CustomerId, Day, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::assign::Assign;
use crate::customer::store::{self, Customer};
use crate::{bounds, permissions};

/// Merges a duplicate into the customer that stays. Nothing is deleted: the duplicate keeps its
/// rows and its history, and the one that stays shows its papers as its own.
#[derive(Debug, Serialize, Deserialize)]
pub struct Merge {
    /// The duplicate.
    pub from: CustomerId,
    /// The one that stays.
    pub into: CustomerId,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    from: Customer,
    into: Customer,
    last_change: Option<Day>,
    today: Day,
}

impl Facts {
    /// The last day of its own: today, or that of its last owner where that is later.
    fn day(&self) -> Day {
        let last = self.last_change;
        last.map_or(self.today, |last| last.max(self.today))
    }
}

impl Act for Merge {
    const NAME: &'static str = "customer.merge";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let timeline = store::timeline(books, self.from).await?;
        Ok(Facts {
            from: super::customer(books, self.from).await?,
            into: super::customer(books, self.into).await?,
            last_change: timeline.rows().last().map(|row| row.effective_on),
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let targets = vec![facts.from.owned_target(), facts.into.owned_target()];
        Need::on_each(permissions::CUSTOMER_HAND_OVER, targets)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        super::must_be_live(&facts.from)?;
        super::must_be_live(&facts.into)?;
        if self.from == self.into {
            let zh = "不能与自己合并";
            return Err(
                Refusal::invalid("customer.merge_self", zh, "the same customer twice")
                    .at("/into_id", zh),
            );
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::merge(books, (self.from, self.into), facts.day()).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (from, into) = (facts.from.called(), facts.into.called());
        Record::of(
            format!("customer/{}", self.into),
            format!("客户{from}作为重复记录合并到{into}"),
            format!("The duplicate {from} was merged into {into}"),
        )
        .about(format!("customer/{}", self.from))
        .detail(serde_json::json!({ "reason": self.reason.trim() }))
    }

    fn then(&self, facts: &Facts, _outcome: &()) -> Vec<Box<dyn AnyAct>> {
        if facts.from.owner.is_none() {
            return Vec::new();
        }
        vec![Box::new(Assign {
            customer: self.from,
            from: None,
            owner: None,
            effective_on: facts.day(),
            reason: AssignmentReason::Released,
            plan: None,
            recorded_by: self.recorded_by.clone(),
        })]
    }
}
