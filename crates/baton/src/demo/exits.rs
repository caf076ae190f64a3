//! Commission of the demo's leavers: who closes has decided, who is leaving shows how 演示离职提成.

use ::commission::event::Record;
use ::commission::exit::{ByTerms, Consent, Decision, NothingReason};
use kernel::{Bps, ContractId, Day, DepartureId};
use spine::{By, Failure};

use super::stage::Stage;
use crate::commission::acts::check_exit::CheckExit;
use crate::commission::acts::decide_exit::DecideExit;
use crate::commission::acts::object_exit::ObjectExit;
use crate::commission::exiting::{self, Facts};
use crate::commission::leaving::OpenItem;
use crate::departure::store as departures;

/// How many contracts a leaver must have open to show all four decisions and a blank.
const SHOWS_ALL: usize = 5;

async fn look(stage: &Stage, departure: DepartureId) -> Result<Facts, Failure> {
    let system = By::system("install");
    let mut look = stage.house.spine.look(&system).await?;
    exiting::facts(&mut look.books(), departure).await
}

/// Finance decides whatever is open as it is suggested, so that the departure can be closed.
pub(super) async fn all_decided(
    stage: &Stage,
    finance: &str,
    departure: DepartureId,
) -> Result<(), Failure> {
    let facts = look(stage, departure).await?;
    let by = stage.by(finance).await?;
    for item in &facts.items {
        decide(stage, &by, departure, (item.deal, item.suggested.clone())).await?;
    }
    Ok(())
}

async fn decide(
    stage: &Stage,
    by: &By,
    departure: DepartureId,
    (deal, decision): (ContractId, Decision),
) -> Result<(), Failure> {
    let act = DecideExit {
        departure,
        deals: vec![deal],
        decision,
        reply: String::new(),
        by: by.id(),
    };
    stage.act(&act, by).await?;
    Ok(())
}

/// One who is leaving has a contract with each of the four decisions, one he objects to, and some
/// that nobody has decided yet.
pub(super) async fn in_the_middle(stage: &Stage, finance: &[&str]) -> Result<(), Failure> {
    let open = {
        let system = By::system("install");
        let mut look = stage.house.spine.look(&system).await?;
        departures::open(&mut look.books()).await?
    };
    for departure in open {
        let facts = look(stage, departure).await?;
        // Who is gone already has no login to object with.
        let still_here = stage.by_id(facts.found.person.id).await.is_ok();
        if still_here && facts.items.len() >= SHOWS_ALL {
            return four_ways(stage, finance, departure, &facts).await;
        }
    }
    Ok(())
}

/// As it comes in, for a year; where terms of a handover leave him a part, by the paper he signed.
fn as_it_comes_in(item: &OpenItem, cut_off: Day) -> Decision {
    let consent = match item.by_terms() {
        None => None,
        Some(ByTerms { leaves: None, .. } | ByTerms { plan: None, .. }) => {
            return Decision::PayInFull;
        }
        Some(ByTerms {
            plan: Some(plan), ..
        }) => Some(Consent {
            plan,
            paper: Record("三方过渡期提成协议（本人签字，人事档案存）".to_owned()),
        }),
    };
    Decision::OnCollection {
        until: cut_off.plus_months(12),
        statement_months: 3,
        consent,
    }
}

async fn four_ways(
    stage: &Stage,
    finance: &[&str],
    departure: DepartureId,
    facts: &Facts,
) -> Result<(), Failure> {
    let Some((first, others)) = finance.split_first() else {
        return Ok(());
    };
    let by = stage.by(first).await?;
    let cut_off = facts.found.departure.clocks.commission_cut_off;
    let third = facts.items.get(2).map(|item| as_it_comes_in(item, cut_off));
    let ways = [
        Decision::PayInFull,
        Decision::PayShare {
            share: Bps(6_000),
            agreement: Record("离职提成结清协议（本人签字，人事档案存）".to_owned()),
        },
        third.unwrap_or(Decision::PayInFull),
        Decision::Nothing {
            reason: NothingReason::ContractFell,
            proof: Some(Record("双方盖章的合同解除协议".to_owned())),
        },
    ];
    for (item, decision) in facts.items.iter().zip(ways) {
        decide(stage, &by, departure, (item.deal, decision)).await?;
    }
    if let (Some(item), Some(second)) = (facts.items.get(3), others.first()) {
        let by = stage.by(second).await?;
        let act = CheckExit {
            departure,
            deal: item.deal,
            by: by.id(),
        };
        stage.act(&act, &by).await?;
    }
    if let Some(item) = facts.items.get(1) {
        let who = facts.found.person.id;
        let act = ObjectExit {
            departure,
            deal: item.deal,
            reason: "谈的时候约定七成，请核对协议原件".to_owned(),
            in_writing: false,
            by: who,
        };
        stage.act(&act, &stage.by_id(who).await?).await?;
    }
    Ok(())
}
