//! Whether the receivers of an approved plan still stay 接替人是否留任.

use ::handover::conflict::{Conflict, ConflictFacts, ConflictKind, Receiver, Severity, conflicts};
use ::handover::plan::HandoverPlan;
use kernel::Refusal;

/// Those conflicts of the plan that may come up between the approval and the day.
pub(super) fn gone_away(plan: &HandoverPlan, receivers: Vec<Receiver>) -> Vec<Conflict> {
    let facts = ConflictFacts {
        receivers,
        ..ConflictFacts::default()
    };
    let mut found = conflicts(plan, &facts);
    found.retain(|one| goes_away(one.kind));
    found
}

fn goes_away(kind: ConflictKind) -> bool {
    use ConflictKind::{ReceiverInactive, ReceiverLeaving, ReceiverUnknown};
    matches!(kind, ReceiverInactive | ReceiverLeaving | ReceiverUnknown)
}

/// The conflicts of a plan that nobody can change any more: what its execution does not ask is only
/// to be seen, and the rest is put right by another plan.
pub(super) fn once_approved(mut found: Vec<Conflict>) -> Vec<Conflict> {
    for one in &mut found {
        if goes_away(one.kind) || one.kind == ConflictKind::ReachesBack {
            "已批准的方案不能再改，请作废后重新起草".clone_into(&mut one.remedy);
            "An approved plan does not change: give it up and draw it up anew."
                .clone_into(&mut one.remedy_en);
        } else {
            one.severity = Severity::Warns;
        }
    }
    found
}

/// Refuses to hand over to somebody who would have to hand over again.
pub(super) fn receivers_stay(gone_away: &[Conflict]) -> Result<(), Refusal> {
    if gone_away.is_empty() {
        return Ok(());
    }
    let join = |of: fn(&Conflict) -> &str, by: &str| {
        let words: Vec<&str> = gone_away.iter().map(of).collect();
        words.join(by)
    };
    Err(Refusal::conflict(
        "handover.plan_blocked",
        format!(
            "批准之后接替人有变，不能执行：{}",
            join(|one| &one.zh, "；")
        ),
        format!(
            "Not any more, since a receiver goes: {}",
            join(|one| &one.en, " ")
        ),
    )
    .remedy((
        "请作废该方案，重新起草并改派留任的接替人",
        "Cancel this plan, draw it up again and choose successors who stay",
    )))
}
