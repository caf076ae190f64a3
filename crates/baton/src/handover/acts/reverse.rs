//! The way back is a new plan 撤销交接.

use std::collections::BTreeMap;

use ::commission::split_after_handover::Terms;
use ::handover::execution::reverse;
use ::handover::holding::HoldingKind;
use ::handover::plan::Item;
use access::Need;
use kernel::{CustomerId, Day, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::draw_up::Drawn;
use crate::customer::store::move_many;
use crate::handover::change::not_in_the_past;
use crate::handover::holdings::Hangs;
use crate::handover::loaded::{HangsOf, Loaded, hangs_of, loaded, moment_of};
use crate::handover::store::{self, NewItem, PlanState};
use crate::permissions;

/// Draws up a plan that gives back what an executed one moved and what its successors still hold,
/// but not what they held of those customers before.
/// It is changed, answered and approved like any other; the executed plan stays as it is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reverse {
    /// The executed plan.
    pub plan: PlanId,
    /// From when on: today or later; today when absent.
    pub effective_on: Option<Day>,
    /// Who draws it up, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    loaded: Loaded,
    fresh: PlanId,
    number: String,
    owners: BTreeMap<CustomerId, Option<EmployeeId>>,
    hangs: HangsOf,
}

impl Reverse {
    /// The lines back, as far as the successors still hold the customers.
    fn lines(&self, facts: &Facts, effective_on: Day) -> Result<Vec<Item>, Refusal> {
        let loaded = &facts.loaded;
        let at = moment_of(effective_on, loaded.today, loaded.at, &loaded.zone);
        let frozen = loaded.frozen().map_err(|_| never_approved())?;
        let back = reverse(&frozen, facts.fresh, at)?;
        let still = |item: &&Item| {
            let owns = item.holding.key.kind == HoldingKind::CustomerOwnership;
            let owner = item
                .holding
                .customer
                .and_then(|id| facts.owners.get(&id).copied());
            !owns || owner.flatten() == Some(item.holding.holder)
        };
        // Seats and stand-ins that ended are given anew by hand, not by a reversal.
        let passes = |item: &&Item| {
            let kind = item.holding.key.kind;
            !matches!(kind, HoldingKind::CollaboratorSeat | HoldingKind::StandIn)
        };
        Ok(back
            .items()
            .iter()
            .filter(still)
            .filter(passes)
            .cloned()
            .collect())
    }

    fn day(&self, facts: &Facts) -> Day {
        self.effective_on.unwrap_or(facts.loaded.today)
    }
}

fn never_approved() -> Refusal {
    Refusal::conflict(
        "handover.never_approved",
        "该方案未经批准，无从撤销",
        "this plan was never approved",
    )
    .remedy(("请直接作废该方案", "Cancel that plan"))
}

impl Act for Reverse {
    const NAME: &'static str = "handover.reverse";
    type Facts = Facts;
    type Outcome = Drawn;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let loaded = loaded(books, self.plan).await?;
        let customers: Vec<CustomerId> = loaded
            .plan
            .items()
            .iter()
            .filter_map(|item| item.holding.customer)
            .collect();
        let kept = store::kept(books, self.plan).await?;
        Ok(Facts {
            fresh: PlanId::mint(books.at(), books.dice()),
            number: store::next_number(books).await?,
            owners: move_many::owners_of(books, &customers).await?,
            hangs: hangs_of(books, &loaded.plan.successors(), &kept).await?,
            loaded,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::HANDOVER_PLAN, facts.loaded.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Drawn, Refusal> {
        facts
            .loaded
            .must_be(&[PlanState::Executed], ("撤销", "reverse it"))?;
        let effective_on = self.day(facts);
        if effective_on < facts.loaded.today {
            return Err(not_in_the_past());
        }
        let items = self.lines(facts, effective_on)?.len();
        if items == 0 {
            let zh = "原接替人名下已没有可以退回的事项";
            return Err(Refusal::conflict(
                "handover.nothing",
                zh,
                "nothing is left to give back",
            ));
        }
        Ok(Drawn {
            id: facts.fresh,
            number: facts.number.clone(),
            items,
            unplaced: 0,
            effective_on,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        drawn: &Drawn,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let head = &facts.loaded.head;
        let plan = store::NewPlan {
            id: drawn.id,
            number: &drawn.number,
            departure: head.departure,
            from: head.from,
            listed: true,
            effective_on: drawn.effective_on,
            reverses: Some(head.id),
            remainder_of: None,
            drawn_by: &self.by,
        };
        store::add(books, &plan).await?;
        // Whoever gives back keeps nothing, unless the plan is changed to say so.
        store::set_terms(books, drawn.id, &[], &Terms::NothingKept.into()).await?;
        let hangs = |item: &Item| -> Hangs {
            let owns = item.holding.key.kind == HoldingKind::CustomerOwnership;
            let customer = item.holding.customer.filter(|_| owns);
            let key = customer.map(|customer| (item.holding.holder, customer));
            key.and_then(|key| facts.hangs.get(&key))
                .cloned()
                .unwrap_or_default()
        };
        let items = self.lines(facts, drawn.effective_on)?;
        let items: Vec<NewItem> = items
            .into_iter()
            .map(|item| NewItem {
                hangs: hangs(&item),
                choice: item.choice,
                holding: item.holding,
                suggestion: String::new(),
            })
            .collect();
        Ok(store::add_items(books, drawn.id, &items).await?)
    }

    fn record(&self, facts: &Facts, drawn: &Drawn) -> Record {
        let old = &facts.loaded.head.number;
        Record::of(
            format!("plan/{}", drawn.id),
            format!(
                "编制了撤销方案 {}，将 {old} 移交的 {} 项退回",
                drawn.number, drawn.items
            ),
            format!(
                "Drew up {}, which gives {} lines of {old} back",
                drawn.number, drawn.items
            ),
        )
        .about(facts.loaded.subject())
        .detail(serde_json::json!({
            "reverses": self.plan,
            "effective_on": drawn.effective_on,
            "items": drawn.items,
        }))
    }
}
