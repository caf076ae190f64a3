//! Terms of commission begin with a handover 提成条款生效.

use ::commission::explain;
use ::commission::split_after_handover::Terms;
use access::Need;
use kernel::{CustomerId, Day, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Item, Reader, Record, Writer};

use crate::commission::store::{self, Opened};
use crate::permissions;

/// A part of executing a handover plan: from the day on which ownership and receivables move, the
/// previous owner earns what was agreed. Undoing the handover is a plan with terms of its own; what
/// stands here is never changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct OpenTerms {
    /// Which plan.
    pub plan: PlanId,
    /// Its number.
    pub number: String,
    /// From when on.
    pub effective_on: Day,
    /// By customer; none for all that have none of their own.
    pub terms: Vec<(Option<CustomerId>, Terms)>,
}

impl Act for OpenTerms {
    const NAME: &'static str = "commission.open_terms";
    type Facts = ();
    type Outcome = usize;

    async fn load(&self, _books: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn needs(&self, (): &()) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, (): &(), _at: Moment) -> Result<usize, Refusal> {
        Ok(self.terms.len())
    }

    async fn write(&self, (): &(), _: &usize, books: &mut Writer<'_>) -> Result<(), Failure> {
        let opened: Vec<Opened> = self
            .terms
            .iter()
            .map(|(customer, terms)| Opened {
                plan: self.plan,
                customer: *customer,
                terms: terms.clone(),
            })
            .collect();
        Ok(store::add_terms(books, self.effective_on, &opened).await?)
    }

    fn record(&self, (): &(), count: &usize) -> Record {
        let (number, from) = (&self.number, self.effective_on);
        let general = self.terms.iter().find(|(customer, _)| customer.is_none());
        let said = general.map(|(_, terms)| explain::terms(terms));
        let (zh, en) = said.map_or_else(Default::default, |said| (said.zh, said.en));
        let own = count.saturating_sub(usize::from(general.is_some()));
        let record = Record::of(
            format!("plan/{}", self.plan),
            format!("交接方案 {number} 的提成条款自 {from} 起生效：{zh}；另有 {own} 户单独约定"),
            format!("Commission terms of {number} begin on {from}: {en}; {own} of their own"),
        )
        .why("handover")
        .detail(serde_json::json!({ "effective_on": from, "terms": count }));
        let own = self.terms.iter().filter_map(|(customer, terms)| {
            Some(Item {
                subject: format!("customer/{}", (*customer)?),
                detail: serde_json::json!({
                    "effective_on": from,
                    "terms": explain::terms(terms).zh,
                }),
            })
        });
        record.items(own.collect())
    }
}
