//! The sentences behind a suggestion 建议理由.

use kernel::{Reason, many};

use crate::facts::{CandidateFacts, CustomerFacts, NO_LIMIT};
use crate::fit::Match;

/// What speaks for `person`, strongest first.
pub(crate) fn for_person(customer: &CustomerFacts, person: &CandidateFacts) -> Vec<Reason> {
    let found = Match::of(customer, person);
    let mut reasons = Vec::with_capacity(4);
    if found.collaborator {
        let en = "Is a collaborator already";
        reasons.push(Reason::new("succession.collaborator", "已是协作人", en));
    }
    if let (true, Some(region)) = (found.region, &customer.region) {
        let (zh, en) = (format!("同在{region}"), format!("Works in {region}"));
        reasons.push(Reason::new("succession.region", zh, en));
    }
    if let (true, Some(industry)) = (found.industry, &customer.industry) {
        let (zh, en) = (format!("熟悉{industry}"), format!("Knows {industry}"));
        reasons.push(Reason::new("succession.industry", zh, en));
    }
    if found.department {
        let en = "Same department";
        reasons.push(Reason::new("succession.department", "同部门", en));
    }
    if !found.any() {
        reasons.push(Reason::new(
            "succession.by_load_only",
            "地区、行业均不匹配，仅按负荷与价值均衡",
            "Neither region nor industry matches; for balance only",
        ));
    }
    reasons
}

/// How full the person is.
pub(crate) fn load(person: &CandidateFacts, after: i64) -> Reason {
    let (now, capacity) = (person.current_load, person.capacity);
    if capacity >= NO_LIMIT {
        return Reason::new(
            "succession.load",
            format!("当前 {now} 户，按建议交接后 {after} 户"),
            format!(
                "{} now, {after} after all suggestions",
                many(&now, "customers")
            ),
        );
    }
    Reason::new(
        "succession.load",
        format!("当前 {now} 户，上限 {capacity}，按建议交接后 {after} 户"),
        format!(
            "{} now, {capacity} at most, {after} after all suggestions",
            many(&now, "customers")
        ),
    )
}

/// Somebody would be better but has no place left.
pub(crate) fn better_but_full(person: &CandidateFacts) -> Reason {
    let name = &person.name;
    Reason::new(
        "succession.better_is_full",
        format!("{name} 更匹配，但名额已满"),
        format!("{name} would suit better but is full"),
    )
}

/// There is nobody to ask.
pub(crate) fn nobody() -> Reason {
    Reason::new(
        "succession.nobody",
        "没有在职且不在离职中的接替人选，请增加人选或移入公海",
        "Nobody who is at work and staying; add candidates or release to the pool",
    )
}

/// Everybody declined.
pub(crate) fn all_declined() -> Reason {
    Reason::new(
        "succession.all_declined",
        "所有人选都已拒绝该客户，请增加人选或由主管指定",
        "Everybody declined this customer; add candidates or let the line manager decide",
    )
}

/// Everybody who may be asked is full.
pub(crate) fn all_full(best: Option<&str>) -> Reason {
    let (zh, en) = best.map_or_else(Default::default, |name| {
        (format!("（匹配人选如 {name}）"), format!(" (e.g. {name})"))
    });
    Reason::new(
        "succession.all_full",
        format!("可接替的人选{zh}均已达客户上限，请调高上限或增加人选"),
        format!("Everybody who could take over{en} is full; raise a capacity or add candidates"),
    )
}
