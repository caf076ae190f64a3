//! The way back is a new plan 反向方案.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::split_after_handover::Terms;
use ::departure::state::Stage;
use ::handover::execution::reverse;
use ::handover::holding::{HoldingKey, HoldingKind};
use ::handover::plan::Item;
use access::Need;
use kernel::{CustomerId, Day, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::draw_up::Drawn;
use crate::customer::store::move_many;
use crate::departure::store as departures;
use crate::handover::apart;
use crate::handover::change::not_in_the_past;
use crate::handover::draw::Drawing;
use crate::handover::holdings;
use crate::handover::loaded::{HangsOf, Loaded, hangs_of, hangs_on, loaded, moment_of};
use crate::handover::store::{self, NewItem, PlanState};
use crate::people::store::PersonState;
use crate::permissions;

/// Draws up a plan that gives back what an executed one moved and what its successors still hold,
/// but not what they held of those customers before.
/// It is changed, answered and approved like any other; the executed plan stays as it is. One at a
/// time, and only as long as the giver is there to take it back.
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
    /// What the successors hold beside customers.
    held: BTreeSet<(HoldingKey, EmployeeId)>,
    hangs: HangsOf,
    /// The number of a plan that gives it back already and is not executed yet.
    open: Option<String>,
    /// The number of its departure, where that is closed.
    closed: Option<String>,
}

impl Reverse {
    /// The lines back, as far as the successors still hold the things, with what goes along.
    fn back(&self, facts: &Facts, effective_on: Day) -> Result<Drawing, Refusal> {
        let loaded = &facts.loaded;
        let at = moment_of(effective_on, loaded.today, loaded.at, &loaded.zone);
        let frozen = loaded.frozen().map_err(|_| never_approved())?;
        let back = reverse(&frozen, facts.fresh, at)?;
        let still = |item: &&Item| {
            let (key, holder) = (&item.holding.key, item.holding.holder);
            if key.kind != HoldingKind::CustomerOwnership {
                return facts.held.contains(&(key.clone(), holder));
            }
            let customer = item.holding.customer;
            let owner = customer.and_then(|id| facts.owners.get(&id).copied());
            owner.flatten() == Some(holder)
        };
        // Seats and stand-ins that ended are given anew by hand, not by a reversal.
        let passes = |item: &&Item| {
            let kind = item.holding.key.kind;
            !matches!(kind, HoldingKind::CollaboratorSeat | HoldingKind::StandIn)
        };
        let lines = back.items().iter().filter(still).filter(passes);
        let lines = lines.cloned().map(|item| NewItem {
            hangs: hangs_on(&item.holding, &facts.hangs)
                .cloned()
                .unwrap_or_default(),
            choice: item.choice,
            holding: item.holding,
            suggestion: String::new(),
        });
        Ok(Drawing {
            items: lines.collect(),
            unplaced: 0,
        })
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

/// Nothing goes back to somebody who has left, and a closed file takes no more plans.
fn must_be_there(facts: &Facts) -> Result<(), Refusal> {
    let who = facts.loaded.person.called();
    let (code, zh, en) = match &facts.closed {
        _ if facts.loaded.person.state == PersonState::Left => (
            "handover.giver_left",
            format!("{who}已离职，不能退回给{who}"),
            format!("{who} has left and takes nothing back"),
        ),
        Some(number) => (
            "handover.departure_over",
            format!("离职 {number} 已结束"),
            format!("the departure {number} is over"),
        ),
        None => return Ok(()),
    };
    Err(Refusal::conflict(code, zh, en).remedy((
        "请为现负责人另建交接方案，移交给应接手的人",
        "Draw up a handover of whoever holds it now, to whoever shall have it",
    )))
}

fn one_at_a_time(open: &str) -> Refusal {
    Refusal::conflict(
        "handover.plan_open",
        format!("已有未办结的反向方案 {open}"),
        format!("the reverse plan {open} is open"),
    )
    .remedy((
        "请继续办理该方案；不需要的，请先作废",
        "Go on with that plan, or cancel it first",
    ))
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
        let successors = loaded.plan.successors();
        // As the new plan itself will tell it.
        let mut kept = store::kept(books, self.plan).await?;
        kept.extend(loaded.plan.apart());
        for successor in &successors {
            kept.extend(apart::standing(books, *successor).await?);
        }
        let held = holdings::beside_customers(books, &loaded.plan, &successors).await?;
        let undoing = store::undoing(books, self.plan).await?;
        let open = undoing
            .into_iter()
            .find(|plan| plan.state != PlanState::Executed);
        let departure = match loaded.head.departure {
            Some(id) => departures::find(books, id).await?,
            None => None,
        };
        let closed = departure.filter(|one| one.stage == Stage::Closed);
        Ok(Facts {
            fresh: PlanId::mint(books.at(), books.dice()),
            number: store::next_number(books).await?,
            owners: move_many::owners_of(books, &customers).await?,
            held: held.into_iter().map(|one| (one.key, one.holder)).collect(),
            hangs: hangs_of(books, &successors, &kept).await?,
            open: open.map(|plan| plan.number),
            closed: closed.map(|one| one.number),
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
        must_be_there(facts)?;
        if let Some(open) = &facts.open {
            return Err(one_at_a_time(open));
        }
        let effective_on = self.day(facts);
        if effective_on < facts.loaded.today {
            return Err(not_in_the_past());
        }
        let back = self.back(facts, effective_on)?;
        if back.items.is_empty() {
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
            items: back.things(),
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
        let back = self.back(facts, drawn.effective_on)?;
        Ok(store::add_items(books, drawn.id, &back.items).await?)
    }

    fn record(&self, facts: &Facts, drawn: &Drawn) -> Record {
        let old = &facts.loaded.head.number;
        Record::of(
            format!("plan/{}", drawn.id),
            format!(
                "编制了反向方案 {}，将 {old} 移交的 {} 项退回",
                drawn.number, drawn.items
            ),
            format!(
                "Drew up the reverse plan {}, which gives {} things of {old} back",
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
