//! An approved plan takes effect 执行交接.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use ::evidence::entry::Approval;
use ::handover::acceptance::{Answer, Standing, standings};
use ::handover::conflict::{Conflict, reaches_back};
use ::handover::execution::{DryRun, dry_run};
use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::Item as Line;
use ::handover::preview::Preview;
use access::Need;
use kernel::{ContractId, CustomerId, Day, EmployeeId, Fen, Moment, PlanId, Refusal};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Item, Reader, Record, Writer};

use super::moves::{self, Moving};
use super::pending::{self, Pending};
use crate::approval::acts::reassign_all::Moved;
use crate::customer::store::move_many;
use crate::departure::acts::advance::Begins;
use crate::departure::store as departures;
use crate::handover::apart::{self, ContractChange};
use crate::handover::holdings;
use crate::handover::loaded::{HangsOf, Loaded, hangs_of, hangs_on, loaded, moved_of};
use crate::handover::staying::{gone_away, receivers_stay};
use crate::handover::store::{self, AgreedTerms, PlanState};
use crate::handover::{facts, parts};
use crate::people::store::{self as people, Employee};
use crate::permissions;

/// From so many lines on, the pages that a plan touches outgrow what is kept in memory.
const MANY: usize = 1_000;

/// The code of the refusal of a plan that would count from a day before the leaver was told, or had
/// agreed: no later day helps it.
pub(crate) const REACHES_BACK: &str = "handover.reaches_back";

/// The code of the refusal of a plan by which nothing would move: no later day helps it either.
pub(crate) const NOTHING_MOVES: &str = "handover.nothing_moves";

/// Moves everything a plan lists, and what follows its customers, in one transaction. It makes no
/// choices; a plan whose lines somebody else holds by now is refused as a whole. Executing twice is
/// refused by the state of the plan. A dry run may come before the day and before the approval;
/// whether this is one says the spine, which then rolls back, and never whoever asks.
#[derive(Debug, Serialize, Deserialize)]
pub struct Execute {
    /// Which plan.
    pub plan: PlanId,
    /// Who executes, as the histories name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    loaded: Loaded,
    run: DryRun,
    standing: BTreeMap<CustomerId, move_many::Standing>,
    hangs: HangsOf,
    /// What moves now.
    moved: Preview,
    /// Receivers who have left, or begun to, since they said yes.
    gone_away: Vec<Conflict>,
    reports: BTreeMap<String, Employee>,
    leaving: Leaving,
    /// What waits for the person and where it goes.
    pending: Option<Pending>,
    /// Definitions that name the person, by key.
    flows: BTreeMap<String, String>,
    /// What the receivers said.
    answers: Vec<Answer>,
    /// What each successor held of these customers before.
    beside: Vec<HoldingKey>,
    rehearsal: bool,
    /// What the giver still earns.
    terms: Vec<AgreedTerms>,
    /// Contracts that go to somebody else than their customer, or back to it.
    apart: Vec<ContractChange>,
    /// Papers of contracts of the plan that came after it was made.
    late: BTreeMap<HoldingKey, (ContractId, EmployeeId, EmployeeId)>,
    /// What the record lists, where it was put together before it is asked for.
    listed: Mutex<Option<Vec<Item>>>,
}

impl Facts {
    fn list(&self) {
        let items = items(self);
        *self.listed.lock().unwrap_or_else(PoisonError::into_inner) = Some(items);
    }

    fn items(&self) -> Vec<Item> {
        let mut listed = self.listed.lock().unwrap_or_else(PoisonError::into_inner);
        listed.take().unwrap_or_else(|| items(self))
    }
}

/// What was done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Executed {
    /// Customers that have a new owner.
    pub customers: u32,
    /// Everything that moved, customers and followers included.
    pub things: u32,
    /// What is open on the receivables that moved.
    pub receivable_open: Fen,
    /// Lines that were with their successor before.
    #[serde(default)]
    pub already: u32,
    /// Lines that were closed or gone meanwhile.
    pub gone: usize,
    /// Tasks, and cases he started, with whoever gets each.
    #[serde(default)]
    pub pending: Vec<Moved>,
}

impl Act for Execute {
    const NAME: &'static str = "handover.execute";
    const RECORDS_WHAT_IT_WROTE: bool = true;
    type Facts = Facts;
    type Outcome = Executed;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let mut loaded = loaded(books, self.plan).await?;
        let holders = loaded.holders();
        let late = apart::latecomers(books, &loaded.plan).await?;
        loaded.kept.extend(late.keys().cloned());
        let rehearsal = books.is_rehearsal();
        let (standing, run) = run_of(books, &loaded, rehearsal).await?;
        let hangs = hangs_of(books, &holders, &loaded.kept).await?;
        let receivers = facts::receivers(books, &loaded.plan.successors()).await?;
        let moved = moved_of(&loaded.plan, &run, &hangs, &receivers);
        let mut reports = BTreeMap::new();
        for line in loaded.plan.items() {
            if line.holding.key.kind == HoldingKind::LineManagerRole
                && let Ok(id) = line.holding.key.subject.parse()
                && let Some(report) = people::find_employee(books, id).await?
            {
                reports.insert(line.holding.key.subject.clone(), report);
            }
        }
        Ok(Facts {
            leaving: of_departure(books, &loaded.head).await?,
            pending: pending::pending(books, &loaded, &run).await?,
            flows: pending::flows(books, &loaded, &run).await?,
            answers: store::answers(books, self.plan).await?,
            beside: beside(books, &loaded).await?,
            rehearsal,
            terms: store::terms_of(books, self.plan).await?,
            apart: {
                let moves: BTreeSet<&HoldingKey> = run.moves.iter().collect();
                apart::changes(books, &loaded, |key| moves.contains(key)).await?
            },
            late,
            gone_away: gone_away(&loaded.plan, receivers),
            listed: Mutex::default(),
            loaded,
            run,
            standing,
            hangs,
            moved,
            reports,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::HANDOVER_PLAN, facts.loaded.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Executed, Refusal> {
        let loaded = &facts.loaded;
        let step = ("执行", "execute it");
        if facts.rehearsal {
            let open = [PlanState::Draft, PlanState::Submitted, PlanState::Approved];
            loaded.must_be(&open, step)?;
        } else {
            loaded.must_be(&[PlanState::Approved], step)?;
            not_before_its_day(loaded)?;
            not_before_it_is_declared(facts.leaving.prepared)?;
            not_back_before_it_was(loaded.head.effective_on, facts.leaving.declared_on)?;
        }
        facts.run.may_execute(&loaded.plan)?;
        receivers_stay(&facts.gone_away)?;
        let (total, rest) = (&facts.moved.total, &facts.moved.unassigned);
        let done = Executed {
            customers: total.customers - rest.customers,
            things: total.items - rest.items,
            receivable_open: total.receivable_open - rest.receivable_open,
            already: facts.moved.already,
            gone: facts.run.gone.len(),
            pending: facts.pending.iter().flat_map(Pending::moves).collect(),
        };
        something_moves(facts, &done)?;
        Ok(done)
    }

    async fn write(
        &self,
        facts: &Facts,
        _: &Executed,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        if facts.run.moves.len() < MANY {
            return self.carry_out(facts, books).await;
        }
        books.make_room(true).await?;
        // A server works on the first statement while the list is put together.
        let (written, ()) = tokio::join!(self.carry_out(facts, books), async { facts.list() });
        // The connection outlives a failure, and its memory must not.
        books.make_room(false).await?;
        written
    }

    fn record(&self, facts: &Facts, done: &Executed) -> Record {
        let loaded = &facts.loaded;
        let (number, who) = (&loaded.head.number, loaded.person.called());
        let (there, there_en) = match done.already {
            0 => (String::new(), String::new()),
            n => (
                format!("；另有 {n} 项此前已归接替人"),
                format!("; with their successors before: {n}"),
            ),
        };
        let record = Record::of(
            loaded.subject(),
            format!(
                "{who}的交接方案 {number} 已执行：{} 户客户、共 {} 项移交，\
                 应收未收 {} 元随之移交{there}",
                done.customers, done.things, done.receivable_open
            ),
            format!(
                "The plan {number} of {who} took effect: {} customers, {} things, {} open\
                 {there_en}",
                done.customers, done.things, done.receivable_open
            ),
        )
        .why("handover")
        .about(format!("employee/{}", loaded.head.from))
        .detail(serde_json::json!({
            "effective_on": loaded.head.effective_on,
            "version": loaded.head.version,
            "done": done,
            "moved": facts.moved,
            "already": facts.run.done,
            "gone": facts.run.gone,
        }))
        .items(facts.items())
        .agreed(agreed(facts));
        match loaded.head.departure {
            Some(departure) => record.about(format!("departure/{departure}")),
            None => record,
        }
    }

    fn then(&self, facts: &Facts, _: &Executed) -> Vec<Box<dyn AnyAct>> {
        let mut parts = roles(facts);
        parts.extend(terms(facts));
        parts.extend(facts.pending.iter().map(Pending::part));
        parts.extend(pending::seats(facts.loaded.plan.assigned(), &facts.flows));
        if let (Some(departure), false) = (facts.loaded.head.departure, facts.leaving.stays_put)
            && facts.loaded.head.reverses.is_none()
        {
            parts.push(parts::departure_goes_on(departure, Begins::Settlement));
        }
        parts.extend(facts.loaded.case.map(parts::process_goes_on));
        parts
    }
}

impl Execute {
    async fn carry_out(&self, facts: &Facts, books: &mut Writer<'_>) -> Result<(), Failure> {
        let late = facts.late.iter();
        let late = late.map(|(key, (_, from, to))| (key.clone(), (*from, *to)));
        let late: BTreeMap<HoldingKey, moves::FromTo> = late.collect();
        let moving = Moving {
            late: &late,
            plan: self.plan,
            effective_on: facts.loaded.head.effective_on,
            recorded_by: &self.by,
            standing: &facts.standing,
            except: &facts.loaded.kept,
        };
        moves::carry_out(books, &facts.loaded.plan, &facts.run, &moving).await?;
        apart::write(books, &facts.apart, (self.plan, &self.by)).await?;
        store::set_gone(books, self.plan, &facts.run.gone).await?;
        store::add_kept(books, self.plan, &facts.beside).await?;
        let moved = serde_json::to_string(&facts.moved)?;
        Ok(store::set_executed(books, self.plan, &moved).await?)
    }
}

impl Loaded {
    /// The plan as it was approved; in a rehearsal, as if it were.
    fn rehearsed(&self, rehearsal: bool) -> Result<::handover::frozen::FrozenPlan, spine::Fault> {
        if rehearsal || self.head.approved_by.is_none() {
            let approval = ::handover::frozen::Approval {
                by: self.head.from,
                at: self.at,
            };
            return Ok(::handover::frozen::FrozenPlan::restore(
                self.plan.clone(),
                approval,
            ));
        }
        self.frozen()
    }
}

/// Nobody is told that things were handed over which had changed hands before. What is gone asks
/// for nobody: a plan of which nothing is left takes effect.
fn something_moves(facts: &Facts, done: &Executed) -> Result<(), Refusal> {
    let lapses = facts.moved.unassigned.items > 0;
    let goes = done.things > 0 || !done.pending.is_empty() || !facts.late.is_empty();
    if goes || lapses || done.already == 0 {
        return Ok(());
    }
    let zh = "方案所列事项此前已归接替人，执行不会移交任何事项";
    let en = "everything it lists is with its successors already";
    Err(Refusal::conflict(NOTHING_MOVES, zh, en).remedy(("请作废该方案", "Cancel this plan")))
}

fn not_before_its_day(loaded: &Loaded) -> Result<(), Refusal> {
    let day = loaded.head.effective_on;
    if loaded.today >= day {
        return Ok(());
    }
    let zh = format!("方案自 {day} 起生效，不能提前执行");
    Err(Refusal::conflict(
        "handover.before_its_day",
        zh,
        format!("it counts from {day}"),
    )
    .remedy((
        "请等待生效日；如需提前，请调整生效日并请接替人重新确认",
        "Wait for the day, or move it and let the successors confirm again",
    )))
}

/// What of its departure a plan looks at.
#[derive(Default)]
struct Leaving {
    /// Whether it waits for another plan, or is over.
    stays_put: bool,
    /// Whether it is only prepared: nobody has been told of it, or agreed to it.
    prepared: bool,
    /// The day on which somebody was told of it, or agreed to it.
    declared_on: Option<Day>,
}

async fn of_departure(books: &mut Reader<'_>, head: &store::PlanHead) -> Result<Leaving, Failure> {
    let Some(id) = head.departure else {
        return Ok(Leaving::default());
    };
    let leaving = departures::found(books, id).await?;
    let over = leaving.departure.closed_at.is_some();
    let more_to_come = store::open_plans(books, id).await?.len() > 1;
    Ok(Leaving {
        stays_put: over || more_to_come,
        prepared: !over && !leaving.is_declared(),
        declared_on: departures::declared_on(books, &leaving.departure).await?,
    })
}

/// Everybody agreed to a day; that it passed before the leaver was told, or had agreed himself,
/// gives nobody a right to what he earned meanwhile. Another day is agreed upon anew.
fn not_back_before_it_was(day: Day, declared_on: Option<Day>) -> Result<(), Refusal> {
    let Some(back) = declared_on.and_then(|declared| reaches_back(day, declared)) else {
        return Ok(());
    };
    Err(Refusal::conflict(REACHES_BACK, back.zh, back.en).remedy((
        "请作废该方案，以今天或以后的日期为生效日重新起草，并请接替人重新确认",
        "Cancel this plan, draw it up again with today or a later day, and let the successors \
         confirm again",
    )))
}

/// A dismissal may be given up until it is served, and an agreement may fail: whoever it is about
/// keeps what is his as long as it is a plan of others.
fn not_before_it_is_declared(prepared: bool) -> Result<(), Refusal> {
    if !prepared {
        return Ok(());
    }
    let zh = "解除通知尚未送达，或协商尚未一致，不能执行交接";
    let en = "The notice was not served or the agreement not reached yet";
    Err(Refusal::conflict("handover.not_declared", zh, en).remedy((
        "请先登记送达，或待各方同意；到期的方案次日会再试",
        "Record the service first, or wait until all sides agree; a plan that is due is tried \
         again the next day",
    )))
}

/// What the successors held of these customers before the handover: the way back leaves it alone.
async fn beside(books: &mut Reader<'_>, loaded: &Loaded) -> Result<Vec<HoldingKey>, Failure> {
    let moved: BTreeSet<CustomerId> = owned(loaded)
        .filter_map(|line| line.holding.customer)
        .collect();
    Ok(holdings::following(books, &loaded.plan.successors(), &moved).await?)
}

fn owned(loaded: &Loaded) -> impl Iterator<Item = &Line> {
    let lines = loaded.plan.items().iter();
    lines.filter(|line| line.holding.key.kind == HoldingKind::CustomerOwnership)
}

/// What executing it by the books of this moment would do.
pub(crate) async fn run_of(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    rehearsal: bool,
) -> Result<(BTreeMap<CustomerId, move_many::Standing>, DryRun), Failure> {
    let customers: Vec<CustomerId> = owned(loaded)
        .filter_map(|line| line.holding.customer)
        .collect();
    let standing = move_many::standings_of(books, &customers).await?;
    let now = now(books, loaded, &standing).await?;
    let run = dry_run(&loaded.rehearsed(rehearsal)?, &now);
    Ok((standing, run))
}

/// Where the things of the plan point now.
async fn now(
    books: &mut Reader<'_>,
    loaded: &Loaded,
    standing: &BTreeMap<CustomerId, move_many::Standing>,
) -> Result<Vec<Holding>, Failure> {
    let mut now = Vec::with_capacity(loaded.plan.items().len());
    for line in owned(loaded) {
        let owner = line
            .holding
            .customer
            .and_then(|id| standing.get(&id)?.owner);
        now.extend(owner.map(|holder| Holding {
            holder,
            ..line.holding.clone()
        }));
    }
    now.extend(holdings::beside_customers(books, &loaded.plan, &loaded.holders()).await?);
    Ok(now)
}

/// One item a thing that moved, each in the chain of its own thing.
fn items(facts: &Facts) -> Vec<Item> {
    let moved: BTreeSet<_> = facts.run.moves.iter().collect();
    let lines = facts.loaded.plan.assigned();
    let lines: Vec<_> = lines
        .filter(|(line, _)| moved.contains(&line.holding.key))
        .collect();
    lines
        .into_par_iter()
        .map(|(line, successor)| {
            let kind = line.holding.key.kind;
            let mut follows: BTreeMap<HoldingKind, i64> = hangs_on(&line.holding, &facts.hangs)
                .into_iter()
                .flatten()
                .map(|(kind, hang)| (*kind, hang.count))
                .collect();
            let subject = &line.holding.key.subject;
            let own = |id: ContractId| kind == HoldingKind::Contract && id.to_string() == *subject;
            for (key, (id, _, _)) in &facts.late {
                if own(*id) {
                    *follows.entry(key.kind).or_default() += 1;
                }
            }
            let mut detail = serde_json::json!({
                "kind": kind,
                "title": line.holding.title,
                "before": { "owner": line.holding.holder },
                "after": { "owner": successor },
                "effective_on": facts.loaded.head.effective_on,
                "follows": follows,
            });
            // Whose pay is another one, apart from that of the customer.
            if let Some(change) = facts.apart.iter().find(|one| own(one.contract)) {
                detail["commission"] = serde_json::json!({
                    "apart": change.stays,
                    "effective_on": change.effective_on,
                });
            }
            Item {
                subject: format!("{}/{subject}", noun(kind)),
                detail,
            }
        })
        .collect()
}

/// Who had agreed: every receiver whose yes stands, and whoever approved.
fn agreed(facts: &Facts) -> Vec<Approval> {
    let loaded = &facts.loaded;
    let standing = standings(&loaded.plan, &facts.answers).into_iter();
    let accepted: BTreeSet<EmployeeId> = standing
        .filter(|(_, standing)| *standing == Standing::Accepted)
        .map(|(person, _)| person)
        .collect();
    let said = |by: EmployeeId, at: Moment, decision: &str| Approval {
        by: by.to_string(),
        at,
        decision: decision.to_owned(),
        record: None,
    };
    let receivers = accepted.into_iter().filter_map(|person| {
        let answers = facts.answers.iter();
        let last = answers
            .filter(|one| one.successor == person)
            .map(|one| one.at);
        Some(said(person, last.max()?, "accept"))
    });
    let head = &loaded.head;
    let approver = head.approved_by.zip(head.approved_at);
    receivers
        .chain(approver.map(|(by, at)| said(by, at, "approve")))
        .collect()
}

fn noun(kind: HoldingKind) -> &'static str {
    match kind {
        HoldingKind::CustomerOwnership | HoldingKind::CollaboratorSeat => "customer",
        HoldingKind::ReceivableResponsibility => "invoice",
        HoldingKind::Contract => "contract",
        HoldingKind::OrderInProgress => "order",
        HoldingKind::Opportunity => "opportunity",
        HoldingKind::FollowUpDuty => "follow_up",
        HoldingKind::Complaint => "complaint",
        HoldingKind::PendingApproval | HoldingKind::PendingTask => "task",
        HoldingKind::InitiatedCase => "case",
        HoldingKind::FlowSeat => "flow",
        HoldingKind::LineManagerRole => "employee",
        HoldingKind::DepartmentHeadRole => "department",
        HoldingKind::StandIn => "stand_in",
    }
}

/// The terms of commission begin with the handover.
fn terms(facts: &Facts) -> Option<Box<dyn AnyAct>> {
    let head = &facts.loaded.head;
    let earned = owned(&facts.loaded).next().is_some() || !facts.apart.is_empty();
    let moves = earned && !facts.terms.is_empty();
    let own = facts.terms.iter();
    let own = own
        .map(|one| (one.customer, one.agreement.clone()))
        .collect();
    let by_table = facts
        .terms
        .iter()
        .any(|one| crate::handover::terms::by_table(&one.agreement.terms));
    let moving = owned(&facts.loaded).filter(|_| by_table);
    let moving = moving.filter_map(|line| line.holding.customer);
    let apart = facts.apart.iter().filter(|_| by_table);
    let moving: BTreeSet<CustomerId> = moving.chain(apart.map(|one| one.customer)).collect();
    let moving = moving.into_iter().collect();
    moves.then(|| parts::terms_begin((head.id, &head.number), head.effective_on, own, moving))
}

/// Roles of the person pass on through the acts of the people slice.
fn roles(facts: &Facts) -> Vec<Box<dyn AnyAct>> {
    let mut parts: Vec<Box<dyn AnyAct>> = Vec::new();
    let still: BTreeSet<_> = facts.run.after.iter().map(|holding| &holding.key).collect();
    for line in facts.loaded.plan.items() {
        let (key, successor) = (&line.holding.key, line.successor());
        if !still.contains(key) {
            continue;
        }
        let part = match (key.kind, successor) {
            (HoldingKind::LineManagerRole, Some(manager)) => facts
                .reports
                .get(&key.subject)
                .map(|report| parts::reports_to(report, manager, facts.loaded.today)),
            (HoldingKind::DepartmentHeadRole, Some(head)) => key
                .subject
                .parse()
                .ok()
                .map(|department| parts::headed_by(department, head)),
            (HoldingKind::StandIn, _) => key.subject.parse().ok().map(parts::stand_in_ends),
            _ => None,
        };
        parts.extend(part);
    }
    parts
}
