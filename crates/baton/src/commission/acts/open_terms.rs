//! Terms of commission begin with a handover 提成条款生效.

use std::collections::BTreeSet;

use ::commission::explain;
use ::commission::split_after_handover::Agreement;
use access::Need;
use kernel::{CustomerId, Day, Moment, PlanId, Refusal, many};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Item, Reader, Record, Writer};

use crate::commission::protection::{self, Answered};
use crate::commission::store::{self, Opened};
use crate::permissions;
use crate::rules::store as rules;

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
    pub terms: Vec<(Option<CustomerId>, Agreement)>,
    /// Every customer that moves or of which a contract does: tables are asked about each of them.
    #[serde(default)]
    pub customers: Vec<CustomerId>,
}

/// The terms with what their tables say, or why they say nothing.
pub struct Facts {
    answered: Result<Answered, Refusal>,
    /// Digests of decisions that are kept already.
    kept: BTreeSet<String>,
}

impl Act for OpenTerms {
    const NAME: &'static str = "commission.open_terms";
    type Facts = Facts;
    type Outcome = usize;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let about = format!("plan/{}", self.plan);
        let asked = (about.as_str(), self.effective_on);
        let answered = protection::answered(books, &self.terms, &self.customers, asked).await?;
        let decides = answered.as_ref().is_ok_and(|one| !one.kept.is_empty());
        let kept = match decides {
            true => rules::decided(books).await?,
            false => Vec::new(),
        };
        Ok(Facts {
            answered,
            kept: kept.into_iter().collect(),
        })
    }

    fn needs(&self, _: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<usize, Refusal> {
        facts.answered.as_ref().map_err(Clone::clone)?;
        Ok(self.terms.len())
    }

    async fn write(&self, facts: &Facts, _: &usize, books: &mut Writer<'_>) -> Result<(), Failure> {
        let answered = facts.answered.as_ref().map_err(Clone::clone)?;
        let opened = answered.terms.iter().map(|(customer, terms)| Opened {
            plan: self.plan,
            customer: *customer,
            agreement: terms.clone(),
        });
        let opened: Vec<Opened> = opened.collect();
        store::add_terms(books, self.effective_on, &opened).await?;
        let fresh = answered
            .kept
            .iter()
            .filter(|one| !facts.kept.contains(&one.digest));
        let fresh: Vec<_> = fresh.collect();
        Ok(rules::add_decisions(books, &fresh).await?)
    }

    fn record(&self, facts: &Facts, count: &usize) -> Record {
        let (number, from) = (&self.number, self.effective_on);
        let general = self.terms.iter().find(|(customer, _)| customer.is_none());
        let said = general.map(|(_, terms)| explain::agreement(terms));
        let (zh, en) = said.map_or_else(Default::default, |said| (said.zh, said.en));
        let own = count.saturating_sub(usize::from(general.is_some()));
        let (own_zh, own_en) = match own {
            0 => <(String, String)>::default(),
            _ => (
                format!("；另有 {own} 户单独约定"),
                format!("; {} on terms of their own", many(&own, "customers")),
            ),
        };
        let record = Record::of(
            format!("plan/{}", self.plan),
            format!("交接方案 {number} 的提成条款自 {from} 起生效：{zh}{own_zh}"),
            format!("Commission terms of {number} begin on {from}: {en}{own_en}"),
        )
        .why("handover")
        .detail(serde_json::json!({ "effective_on": from, "terms": count }));
        let opened = facts.answered.as_ref().map_or(&[][..], |one| &one.terms);
        let own = opened.iter().filter_map(|(customer, terms)| {
            Some(Item {
                subject: format!("customer/{}", (*customer)?),
                detail: serde_json::json!({
                    "effective_on": from,
                    "terms": explain::agreement(terms).zh,
                }),
            })
        });
        record.items(own.collect())
    }
}
