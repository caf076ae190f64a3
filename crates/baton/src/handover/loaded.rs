//! A plan with its lines, as acts and screens need it 方案读取.

use std::collections::{BTreeMap, BTreeSet};

use ::handover::conflict::{ConflictFacts, LeaverDays, Receiver};
use ::handover::execution::DryRun;
use ::handover::frozen::{Approval, FrozenPlan};
use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::{HandoverPlan, Item, Scope};
use ::handover::preview::{Moves, Preview, moved, preview};
use access::Target;
use jiff::tz::TimeZone;
use kernel::{CaseId, CustomerId, Day, EmployeeId, Moment, PlanId, Refusal};
use spine::{Denied, Failure, Fault, Reader};

use super::apart;
use super::facts;
use super::holdings::{self, FOLLOWERS, Hang, Hangs};
use super::process as consent;
use super::store::{self, PlanHead, PlanState};
use crate::departure::{process, store as departures};
use crate::people::store::{self as people, Employee};

/// What each holder holds of each customer.
pub(crate) type HangsOf = BTreeMap<(EmployeeId, CustomerId), Hangs>;

/// A plan with its lines and the person whose things it moves.
pub struct Loaded {
    pub(crate) head: PlanHead,
    pub(crate) plan: HandoverPlan,
    pub(crate) person: Employee,
    pub(crate) today: Day,
    pub(crate) at: Moment,
    pub(crate) zone: TimeZone,
    /// What does not go with the customer of the plan on which it hangs: a plan that gives back
    /// leaves alone what the successor held there before the handover, and a contract that was
    /// handed over by itself, or has a line of its own, moves by that line with its papers.
    pub(crate) kept: BTreeSet<HoldingKey>,
    /// The case of the departure it belongs to.
    pub(crate) case: Option<CaseId>,
    /// The case that asks receivers and superior now.
    pub(crate) consent: Option<CaseId>,
    /// For whom it is not there: the person, while he does not know of its departure.
    pub(crate) kept_from: Option<EmployeeId>,
}

/// From when on a handover of this day counts: its first moment or, today, now, since nothing
/// reaches back.
pub(crate) fn moment_of(day: Day, today: Day, now: Moment, zone: &TimeZone) -> Moment {
    if day == today {
        now
    } else {
        Moment::start_of(day, zone)
    }
}

/// Reads a plan with its lines.
pub(crate) async fn loaded(books: &mut Reader<'_>, id: PlanId) -> Result<Loaded, Failure> {
    let head = store::find(books, id)
        .await?
        .ok_or_else(|| Denied::absent("handover_plan"))?;
    let person = people::find_employee(books, head.from).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let (today, at, zone) = (books.today(), books.at(), books.zone().clone());
    let scope = if head.listed {
        Scope::Listed
    } else {
        Scope::EverythingOf(head.from)
    };
    let effective_at = moment_of(head.effective_on, today, at, &zone);
    let lines = store::lines_of(books, id).await?;
    let shares = store::share_versions(books, id).await?;
    let kept = match head.reverses {
        Some(reversed) => store::kept(books, reversed).await?,
        None => BTreeSet::new(),
    };
    let (case, kept_from) = match head.departure {
        Some(departure) => (
            process::case_of(books, departure).await?,
            departures::unaware_of(books, departure).await?,
        ),
        None => (None, None),
    };
    let consent = consent::case_of(books, id).await?;
    let plan = HandoverPlan::restore((id, scope, effective_at), head.version, lines, shares)?;
    let mut kept = kept;
    kept.extend(plan.apart());
    let holders: BTreeSet<EmployeeId> = plan.items().iter().map(|one| one.holding.holder).collect();
    for holder in holders {
        kept.extend(apart::standing(books, holder).await?);
    }
    Ok(Loaded {
        head,
        plan,
        person,
        today,
        at,
        zone,
        kept,
        case,
        consent,
        kept_from,
    })
}

impl Loaded {
    /// Refuses customers of which nothing moves by this plan.
    pub(crate) fn must_list(&self, customers: &[CustomerId]) -> Result<(), Refusal> {
        let listed: BTreeSet<CustomerId> = self
            .plan
            .items()
            .iter()
            .filter(|item| earns(item.holding.key.kind))
            .filter_map(|item| item.holding.customer)
            .collect();
        if customers.iter().all(|customer| listed.contains(customer)) {
            return Ok(());
        }
        let zh = "所选客户不在该方案的客户归属清单内";
        Err(
            Refusal::invalid("handover.customer_not_listed", zh, "not in this plan")
                .at("/change/customer_ids", zh),
        )
    }

    /// `plan/pln_…`
    pub(crate) fn subject(&self) -> String {
        format!("plan/{}", self.head.id)
    }

    /// The person whose things move owns the plan.
    pub(crate) fn target(&self) -> Target {
        Target {
            kept_from: self.kept_from,
            ..self.person.target()
        }
    }

    /// As [`Loaded::target`], and whoever gets something of it counts beside him, once he is asked:
    /// a draft may still give it to somebody else, and belongs to those who plan.
    pub(crate) fn reading_target(&self) -> Target {
        if self.head.private {
            return Target {
                owner: None,
                ..self.target()
            };
        }
        Target {
            collaborators: self.plan.successors(),
            ..self.target()
        }
    }

    /// Everybody who holds a line.
    pub(crate) fn holders(&self) -> Vec<EmployeeId> {
        let holders: BTreeSet<EmployeeId> = self
            .plan
            .items()
            .iter()
            .map(|item| item.holding.holder)
            .collect();
        holders.into_iter().collect()
    }

    /// Who hands over: of a plan that gives back, whoever holds its lines.
    pub(crate) fn handing_over(&self) -> Vec<EmployeeId> {
        match self.head.reverses {
            Some(_) => self.holders(),
            None => vec![self.head.from],
        }
    }

    /// Everybody who holds a line, and who hands over, in the order of their ids.
    pub(crate) fn givers(&self) -> Vec<EmployeeId> {
        let mut givers = self.holders();
        givers.push(self.head.from);
        givers.sort_unstable();
        givers.dedup();
        givers
    }

    /// The plan as it was approved.
    ///
    /// # Errors
    /// [`Fault`] when the books hold an approved plan without an approval.
    pub(crate) fn frozen(&self) -> Result<FrozenPlan, Fault> {
        let by = self
            .head
            .approved_by
            .ok_or_else(|| Fault::new("a plan nobody approved"))?;
        let at = self
            .head
            .approved_at
            .ok_or_else(|| Fault::new("a plan nobody approved"))?;
        Ok(FrozenPlan::restore(self.plan.clone(), Approval { by, at }))
    }

    /// Refuses a step that does not fit where the plan stands.
    pub(crate) fn must_be(&self, states: &[PlanState], step: (&str, &str)) -> Result<(), Refusal> {
        if states.contains(&self.head.state) {
            return Ok(());
        }
        let (zh, en) = self.head.state.words();
        Err(Refusal::conflict(
            "handover.plan_state",
            format!("方案「{zh}」，不能{}", step.0),
            format!("The plan is “{en}”; it is not possible to {} now", step.1),
        )
        .remedy((
            "请刷新方案，按当前状态办理",
            "Reload the plan and go on from its present state",
        )))
    }

    /// Refuses an answer to a plan that somebody has changed meanwhile.
    pub(crate) fn must_be_version(&self, seen: u32) -> Result<(), Refusal> {
        if seen == self.head.version {
            return Ok(());
        }
        let now = self.head.version;
        Err(Refusal::conflict(
            "handover.plan_changed",
            format!("方案已被他人修改（您看到的是第 {seen} 版，当前为第 {now} 版）"),
            format!("Somebody else changed the plan: you saw version {seen}, it is {now} now."),
        )
        .remedy(("请刷新后重新办理", "Reload and do it again")))
    }

    /// What must be known to find its conflicts.
    pub(crate) async fn conflict_facts(
        &self,
        books: &mut Reader<'_>,
    ) -> Result<ConflictFacts, Fault> {
        let (holders, successors) = (self.holders(), self.plan.successors());
        Ok(ConflictFacts {
            leaver: self.leaver_days(books).await?,
            ..facts::conflict_facts(books, &holders, &successors).await?
        })
    }

    /// The days of its departure. What is given back, or arrives late, counts when it counts.
    async fn leaver_days(&self, books: &mut Reader<'_>) -> Result<Option<LeaverDays>, Fault> {
        let head = &self.head;
        let first = head.reverses.is_none() && head.remainder_of.is_none();
        let Some(id) = head.departure.filter(|_| first) else {
            return Ok(None);
        };
        let departure = departures::find(books, id).await?;
        let set_at = departures::days_set_at(books, id).await?;
        let declared_on = match &departure {
            Some(one) => departures::declared_on(books, one).await?,
            None => None,
        };
        Ok(departure.map(|one| LeaverDays {
            declared_on,
            works_until: one.clocks.last_working_day,
            effective_on: head.effective_on,
            moved_since: set_at.is_some_and(|at| at >= head.created_at),
        }))
    }
}

/// What hangs on the customers of these holders now, but for what is kept.
pub(crate) async fn hangs_of(
    books: &mut Reader<'_>,
    holders: &[EmployeeId],
    kept: &BTreeSet<HoldingKey>,
) -> Result<HangsOf, Fault> {
    let mut all = HangsOf::new();
    for holder in holders {
        for (customer, hangs) in holdings::per_customer(books, *holder).await? {
            all.insert((*holder, customer), hangs);
        }
        if kept.is_empty() {
            continue;
        }
        for one in holdings::of_kinds(books, *holder, &FOLLOWERS).await? {
            let place = one.customer.map(|customer| (*holder, customer));
            if kept.contains(&one.key)
                && let Some(hangs) = place.and_then(|place| all.get_mut(&place))
            {
                without(hangs, &one);
            }
        }
    }
    Ok(all)
}

fn without(hangs: &mut Hangs, one: &Holding) {
    if let Some(hang) = hangs.get_mut(&one.key.kind) {
        hang.count -= 1;
        hang.amount = hang.amount - one.amount;
        hang.overdue = hang.overdue - one.overdue;
        if hang.count == 0 {
            hangs.remove(&one.key.kind);
        }
    }
}

/// Whether pay goes with lines of this kind.
pub(crate) fn earns(kind: HoldingKind) -> bool {
    matches!(kind, HoldingKind::CustomerOwnership | HoldingKind::Contract)
}

/// What follows this line.
pub(crate) fn hangs_on<'a>(holding: &Holding, hangs: &'a HangsOf) -> Option<&'a Hangs> {
    let owns = holding.key.kind == HoldingKind::CustomerOwnership;
    let customer = holding.customer.filter(|_| owns)?;
    hangs.get(&(holding.holder, customer))
}

/// What the plan moves, with everything that follows its customers.
pub(crate) fn preview_of(plan: &HandoverPlan, hangs: &HangsOf, receivers: &[Receiver]) -> Preview {
    with_hangs(preview(plan, receivers), plan.items().iter(), hangs)
}

/// What this run of the plan moves. What still hangs on a customer that is with its successor
/// already goes after it.
pub(crate) fn moved_of(
    plan: &HandoverPlan,
    run: &DryRun,
    hangs: &HangsOf,
    receivers: &[Receiver],
) -> Preview {
    let gone: BTreeSet<&HoldingKey> = run.gone.iter().collect();
    let lines = plan.items().iter();
    let there = lines.filter(|item| !gone.contains(&item.holding.key));
    with_hangs(moved(plan, run, receivers), there, hangs)
}

fn with_hangs<'a>(
    mut preview: Preview,
    lines: impl Iterator<Item = &'a Item>,
    hangs: &HangsOf,
) -> Preview {
    for item in lines {
        let Some(hangs) = hangs_on(&item.holding, hangs) else {
            continue;
        };
        add(&mut preview.total, hangs);
        let share = match item.successor() {
            None => Some(&mut preview.unassigned),
            Some(successor) => preview
                .shares
                .iter_mut()
                .find(|share| share.successor == successor)
                .map(|share| &mut share.moves),
        };
        if let Some(share) = share {
            add(share, hangs);
        }
    }
    preview
}

fn add(moves: &mut Moves, hangs: &Hangs) {
    for (
        kind,
        Hang {
            count,
            amount,
            overdue,
        },
    ) in hangs
    {
        let count = u32::try_from(*count).unwrap_or(u32::MAX);
        moves.items += count;
        *moves.by_kind.entry(*kind).or_default() += count;
        match kind {
            HoldingKind::Opportunity => {
                moves.opportunities += count;
                moves.opportunity_amount = moves.opportunity_amount + *amount;
            }
            HoldingKind::ReceivableResponsibility => {
                moves.receivables += count;
                moves.receivable_open = moves.receivable_open + *amount;
                moves.overdue = moves.overdue + *overdue;
            }
            _ => {}
        }
    }
}
