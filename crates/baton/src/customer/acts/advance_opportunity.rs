//! An opportunity moves on 推进商机.

use access::Need;
use kernel::{Day, Moment, OpportunityId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::add_opportunity::{STAGES, is_end};
use crate::customer::store::{self, Customer, Opportunity};
use crate::{bounds, permissions, seen};

/// Puts an open opportunity into another stage; won and lost end it.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdvanceOpportunity {
    /// Which.
    pub opportunity: OpportunityId,
    /// `lead`, `qualified`, `proposal`, `negotiation`, `won`, `lost`.
    pub stage: String,
    /// The stage that was shown; absent where whoever asks looked at none.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    opportunity: Opportunity,
    customer: Customer,
    today: Day,
}

impl Act for AdvanceOpportunity {
    const NAME: &'static str = "customer.advance_opportunity";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::find_opportunity(books, self.opportunity).await?;
        let opportunity = found.ok_or_else(|| Denied::absent("opportunity"))?;
        let customer = super::customer(books, opportunity.customer).await?;
        Ok(Facts {
            opportunity,
            customer,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        // An opportunity that is given up does not come back.
        let permission = match self.stage.as_str() {
            "lost" => permissions::CUSTOMER_CHANGE,
            _ => permissions::CUSTOMER_WRITE,
        };
        Need::on(permission, facts.customer.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_be_live(&facts.customer)?;
        bounds::one_of("/stage", "阶段", &self.stage, STAGES)?;
        let zh = format!("商机「{}」的阶段", facts.opportunity.title);
        let stage = &facts.opportunity.stage;
        seen::check(self.seen.as_deref(), stage, (&zh, "The stage"))?;
        let now = bounds::word(STAGES, &facts.opportunity.stage);
        if facts.opportunity.closed_on.is_some() {
            let zh = format!("商机已{now}，不能再改阶段");
            return Err(Refusal::conflict(
                "customer.opportunity_closed",
                zh,
                "it has ended",
            ));
        }
        if facts.opportunity.stage == self.stage {
            let zh = format!("商机已在阶段「{now}」");
            return Err(Refusal::conflict(
                "customer.same_stage",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let closed_on = is_end(&self.stage).then_some(facts.today);
        Ok(store::set_stage(books, self.opportunity, &self.stage, closed_on).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let title = &facts.opportunity.title;
        let before = bounds::word(STAGES, &facts.opportunity.stage);
        let after = bounds::word(STAGES, &self.stage);
        Record::of(
            format!("customer/{}", facts.customer.id),
            format!("商机「{title}」由「{before}」推进到「{after}」"),
            format!(
                "Opportunity {title}: {} to {}",
                facts.opportunity.stage, self.stage
            ),
        )
        .about(format!("opportunity/{}", self.opportunity))
        .detail(serde_json::json!({ "before": facts.opportunity.stage, "after": self.stage }))
    }
}
