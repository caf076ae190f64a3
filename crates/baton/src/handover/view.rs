//! What the browser sees of handovers 交接视图.

use std::collections::BTreeMap;

use ::handover::acceptance::{Answer, Standing, standings};
use ::handover::conflict::{Conflict, Severity};
use ::handover::holding::{HoldingKey, HoldingKind};
use ::handover::plan::HandoverPlan;
use ::handover::preview::{Moves, Preview, Share};
use ::succession::facts::NO_LIMIT;
use kernel::{CustomerId, Day, DepartureId, EmployeeId, Fen, Moment, PlanId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::holdings::Hangs;
use super::store::{ItemLine, PlanHead, PlanLine, PlanState};
use crate::http::Money;
use crate::people::PersonName;

/// Names read together.
pub(super) type Names = BTreeMap<EmployeeId, (String, String)>;

/// Lines named in a conflict; the rest is counted.
const NAMED_LINES: usize = 20;

/// A plan in a list.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanItem {
    #[schema(value_type = String)]
    pub(crate) id: PlanId,
    pub(crate) number: String,
    from: PersonName,
    #[schema(value_type = Option<String>)]
    departure_id: Option<DepartureId>,
    state: PlanState,
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    version: u32,
    /// The plan this one undoes.
    #[schema(value_type = Option<String>)]
    reverses_id: Option<PlanId>,
    /// The plan after which these things arrived.
    #[schema(value_type = Option<String>)]
    remainder_of_id: Option<PlanId>,
    /// Of the whole plan or, for whoever only receives of it, of his share.
    customers: i64,
    /// Lines without successor; none of them is in anybody's share.
    unassigned: i64,
    /// Receivers who have begun to leave; empty unless such plans were asked for.
    pub(crate) leaving: Vec<PersonName>,
    #[schema(value_type = String)]
    pub(crate) created_at: Moment,
    #[schema(value_type = Option<String>)]
    executed_at: Option<Moment>,
}

impl From<PlanLine> for PlanItem {
    fn from(line: PlanLine) -> PlanItem {
        let head = line.head;
        PlanItem {
            id: head.id,
            number: head.number,
            from: PersonName::of(line.from),
            departure_id: head.departure,
            state: head.state,
            effective_on: head.effective_on,
            version: head.version,
            reverses_id: head.reverses,
            remainder_of_id: head.remainder_of,
            customers: line.customers,
            unassigned: line.unassigned,
            leaving: Vec::new(),
            created_at: head.created_at,
            executed_at: head.executed_at,
        }
    }
}

/// Counts and money of some lines.
#[derive(Serialize, ToSchema)]
pub(crate) struct MovesView {
    /// Everything, followers of customers included.
    items: u32,
    customers: u32,
    opportunities: u32,
    #[schema(value_type = Money)]
    opportunity_amount: Fen,
    receivables: u32,
    #[schema(value_type = Money)]
    receivable_open: Fen,
    #[schema(value_type = Money)]
    overdue: Fen,
    /// Kind → how many.
    #[schema(value_type = BTreeMap<String, u32>)]
    by_kind: BTreeMap<HoldingKind, u32>,
}

impl From<Moves> for MovesView {
    fn from(moves: Moves) -> MovesView {
        MovesView {
            items: moves.items,
            customers: moves.customers,
            opportunities: moves.opportunities,
            opportunity_amount: moves.opportunity_amount,
            receivables: moves.receivables,
            receivable_open: moves.receivable_open,
            overdue: moves.overdue,
            by_kind: moves.by_kind,
        }
    }
}

/// What one successor gets.
#[derive(Serialize, ToSchema)]
pub(crate) struct ShareView {
    successor: PersonName,
    moves: MovesView,
    /// Customers now, afterwards, and at most.
    load: Option<LoadView>,
}

/// Customers a person owns.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoadView {
    before: u32,
    after: u32,
    /// Absent where there is no limit.
    capacity: Option<u32>,
}

impl ShareView {
    fn of(share: Share, names: &Names) -> Option<ShareView> {
        let load = share.load.map(|load| LoadView {
            before: load.before,
            after: load.after,
            capacity: (load.capacity < NO_LIMIT).then_some(load.capacity),
        });
        let successor = PersonName::among(names, Some(share.successor))?;
        Some(ShareView {
            successor,
            moves: share.moves.into(),
            load,
        })
    }
}

/// What moves, in counts and money.
#[derive(Serialize, ToSchema)]
#[schema(as = PlanPreview)]
pub(crate) struct PreviewView {
    total: MovesView,
    unassigned: MovesView,
    /// Lines that were with their successor before the execution; counted nowhere else.
    already: u32,
    shares: Vec<ShareView>,
}

impl PreviewView {
    /// The preview; for somebody who may see his own share only, nothing but that.
    pub(crate) fn of(preview: Preview, names: &Names, only: Option<EmployeeId>) -> PreviewView {
        let Some(only) = only else {
            return PreviewView {
                total: preview.total.into(),
                unassigned: preview.unassigned.into(),
                already: preview.already,
                shares: preview
                    .shares
                    .into_iter()
                    .filter_map(|s| ShareView::of(s, names))
                    .collect(),
            };
        };
        let own: Vec<Share> = preview
            .shares
            .into_iter()
            .filter(|share| share.successor == only)
            .collect();
        PreviewView {
            total: own
                .first()
                .map(|share| share.moves.clone())
                .unwrap_or_default()
                .into(),
            unassigned: Moves::default().into(),
            already: 0,
            shares: own
                .into_iter()
                .filter_map(|share| ShareView::of(share, names))
                .collect(),
        }
    }
}

/// What stands in the way of a plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConflictView {
    #[schema(value_type = String)]
    kind: ::handover::conflict::ConflictKind,
    /// Whether it must be solved before submitting and approving.
    blocks: bool,
    person: Option<PersonName>,
    /// Lines it is about.
    count: usize,
    /// The first of them.
    lines: Vec<super::change::Line>,
    zh: String,
    en: String,
    remedy: String,
    remedy_en: String,
}

impl ConflictView {
    pub(crate) fn of(conflict: Conflict, names: &Names) -> ConflictView {
        let named = conflict.items.iter().take(NAMED_LINES);
        ConflictView {
            kind: conflict.kind,
            blocks: conflict.severity == Severity::Blocks,
            person: PersonName::among(names, conflict.employee),
            count: conflict.items.len(),
            lines: named
                .map(|key| super::change::Line {
                    kind: key.kind,
                    thing_id: key.subject.clone(),
                })
                .collect(),
            zh: conflict.zh,
            en: conflict.en,
            remedy: conflict.remedy,
            remedy_en: conflict.remedy_en,
        }
    }
}

/// What a receiver said.
#[derive(Serialize, ToSchema)]
pub(crate) struct AcceptanceView {
    successor: PersonName,
    /// `waiting`, `outdated` (the share changed after the answer), `accepted`, `declined`
    standing: &'static str,
    /// Why it was declined.
    reason: Option<String>,
    #[schema(value_type = Option<String>)]
    at: Option<Moment>,
}

impl AcceptanceView {
    /// Whether it is this person's.
    pub(crate) fn is_of(&self, person: EmployeeId) -> bool {
        self.successor.id == person
    }

    pub(crate) fn all(
        plan: &HandoverPlan,
        answers: &[Answer],
        names: &Names,
    ) -> Vec<AcceptanceView> {
        let view = |(person, standing): (EmployeeId, Standing)| {
            let (standing, reason) = match standing {
                Standing::Waiting => ("waiting", None),
                Standing::Outdated => ("outdated", None),
                Standing::Accepted => ("accepted", None),
                Standing::Declined { reason } => ("declined", Some(reason)),
            };
            let last = answers.iter().rfind(|answer| answer.successor == person);
            let successor = PersonName::among(names, Some(person))?;
            Some(AcceptanceView {
                successor,
                standing,
                reason,
                at: last.map(|one| one.at),
            })
        };
        standings(plan, answers)
            .into_iter()
            .filter_map(view)
            .collect()
    }
}

/// Another plan that has to do with one.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanLink {
    #[schema(value_type = String)]
    id: PlanId,
    number: String,
    state: PlanState,
}

impl From<PlanHead> for PlanLink {
    fn from(head: PlanHead) -> PlanLink {
        PlanLink {
            id: head.id,
            number: head.number,
            state: head.state,
        }
    }
}

/// A plan with preview, conflicts and answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanView {
    #[schema(value_type = String)]
    pub(crate) id: PlanId,
    pub(crate) number: String,
    pub(crate) from: Option<PersonName>,
    #[schema(value_type = Option<String>)]
    pub(crate) departure_id: Option<DepartureId>,
    pub(crate) state: PlanState,
    #[schema(value_type = String, format = Date)]
    pub(crate) effective_on: Day,
    pub(crate) version: u32,
    /// The plan this one undoes.
    #[schema(value_type = Option<String>)]
    pub(crate) reverses_id: Option<PlanId>,
    /// Its number.
    pub(crate) reverses_number: Option<String>,
    /// The plans that undo this one, executed or under way, as far as the caller may read them.
    pub(crate) undone_by: Vec<PlanLink>,
    #[schema(value_type = Option<String>)]
    pub(crate) remainder_of_id: Option<PlanId>,
    pub(crate) drawn_by: Option<PersonName>,
    pub(crate) approved_by: Option<PersonName>,
    #[schema(value_type = Option<String>)]
    pub(crate) approved_at: Option<Moment>,
    #[schema(value_type = String)]
    pub(crate) created_at: Moment,
    #[schema(value_type = Option<String>)]
    pub(crate) executed_at: Option<Moment>,
    /// What moves now or, of an executed plan, what moved.
    pub(crate) preview: PreviewView,
    pub(crate) conflicts: Vec<ConflictView>,
    pub(crate) acceptances: Vec<AcceptanceView>,
    /// What the giver still earns of the customers, those for all first.
    pub(crate) terms: Vec<super::terms::AgreedView>,
    /// Whether the caller sees the whole plan or his own share only.
    pub(crate) whole: bool,
    /// What the caller may do now: `edit`, `submit`, `withdraw`, `answer`, `approve`, `execute`,
    /// `cancel`, `remainder`, `reverse`.
    pub(crate) may: Vec<&'static str>,
}

/// What of this head needs names.
pub(super) fn people_of(head: &PlanHead, plan: &HandoverPlan) -> Vec<EmployeeId> {
    let mut people = plan.successors();
    people.push(head.from);
    people.extend(head.approved_by);
    people.extend(head.drawn_by.parse::<EmployeeId>());
    people
}

/// How much of one kind follows a customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct HangView {
    #[schema(value_type = String)]
    kind: HoldingKind,
    count: i64,
    #[schema(value_type = Money)]
    amount: Fen,
    #[schema(value_type = Money)]
    overdue: Fen,
}

/// A reason in both languages.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct ReasonView {
    code: String,
    zh: String,
    en: String,
}

/// Somebody who should or could get a customer, with reasons.
#[derive(Serialize, ToSchema)]
pub(crate) struct SuggestedView {
    person: PersonName,
    score: i64,
    reasons: Vec<ReasonView>,
}

/// A line of a plan.
#[derive(Serialize, ToSchema)]
pub(crate) struct ItemView {
    #[schema(value_type = String)]
    pub(crate) kind: HoldingKind,
    pub(crate) thing_id: String,
    label: String,
    /// The same in English where the program named it.
    label_en: String,
    holder: Option<PersonName>,
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    region: Option<String>,
    industry: Option<String>,
    #[schema(value_type = Money)]
    amount: Fen,
    #[schema(value_type = Money)]
    overdue: Fen,
    /// Whether it must find a new holder; the others may lapse.
    must_move: bool,
    /// What follows it.
    follows: Vec<HangView>,
    successor: Option<PersonName>,
    /// `by_hand`, `with_customer`, `apart`, `with_contract`, `by_rule`, `by_suggestion`,
    /// `by_reversal`
    #[schema(value_type = Option<String>)]
    how: Option<::handover::plan::Chosen>,
    suggestion: Option<SuggestedView>,
    alternatives: Vec<SuggestedView>,
    /// After execution: `moved`, `gone`, `lapsed`.
    outcome: Option<String>,
}

#[derive(Deserialize)]
struct Kept {
    successor: EmployeeId,
    score: i64,
    reasons: Vec<ReasonView>,
    alternatives: Vec<KeptAlternative>,
}

#[derive(Deserialize)]
struct KeptAlternative {
    employee: EmployeeId,
    score: i64,
    reasons: Vec<ReasonView>,
}

/// Everybody a line speaks of.
pub(super) fn people_of_line(line: &ItemLine) -> Vec<EmployeeId> {
    let mut people = vec![line.holding.holder];
    people.extend(line.choice.map(|choice| choice.successor));
    if let Some(kept) = kept(line) {
        people.push(kept.successor);
        people.extend(kept.alternatives.iter().map(|other| other.employee));
    }
    people
}

fn kept(line: &ItemLine) -> Option<Kept> {
    line.suggestion
        .clone()
        .and_then(|value| serde_json::from_value(value).ok())
}

fn follows(hangs: Hangs) -> Vec<HangView> {
    let view = |(kind, hang): (HoldingKind, super::holdings::Hang)| HangView {
        kind,
        count: hang.count,
        amount: hang.amount,
        overdue: hang.overdue,
    };
    hangs.into_iter().map(view).collect()
}

impl ItemView {
    pub(crate) fn of(
        line: ItemLine,
        names: &Names,
        english: &BTreeMap<HoldingKey, String>,
    ) -> ItemView {
        let kept = kept(&line);
        let suggested = |person, score, reasons| {
            let person = PersonName::among(names, Some(person))?;
            Some(SuggestedView {
                person,
                score,
                reasons,
            })
        };
        let (suggestion, alternatives) = match kept {
            Some(kept) => (
                suggested(kept.successor, kept.score, kept.reasons),
                kept.alternatives
                    .into_iter()
                    .filter_map(|one| suggested(one.employee, one.score, one.reasons))
                    .collect(),
            ),
            None => (None, Vec::new()),
        };
        let holding = line.holding;
        ItemView {
            must_move: holding.key.kind.must_move(),
            label_en: english.get(&holding.key).unwrap_or(&holding.title).clone(),
            kind: holding.key.kind,
            thing_id: holding.key.subject,
            label: holding.title,
            holder: PersonName::among(names, Some(holding.holder)),
            customer_id: holding.customer,
            region: holding.region,
            industry: holding.industry,
            amount: holding.amount,
            overdue: holding.overdue,
            follows: follows(line.hangs),
            successor: PersonName::among(names, line.choice.map(|choice| choice.successor)),
            how: line.choice.map(|choice| choice.how),
            suggestion,
            alternatives,
            outcome: Some(line.outcome).filter(|word| !word.is_empty()),
        }
    }
}
