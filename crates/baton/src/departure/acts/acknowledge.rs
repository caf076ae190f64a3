//! The notice or the agreement has reached the other side 签收离职通知.

use ::approval::def::NodeId;
use ::approval::state::NodeState;
use ::departure::clocks::Clocks;
use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{Day, DepartureId, Moment, Refusal, WorkCalendar};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::record_check::Check;
use crate::approval::store::{self as cases, Case};
use crate::departure::process::{self, DISMISSAL, MUTUAL};
use crate::departure::reckoning::{Reckoning, Wish, reckon};
use crate::departure::store::{self, Found, StepLine};
use crate::departure::{jobs, parts};
use crate::people::store as people;
use crate::{document, handover, permissions};

/// The step of the process in which a dismissal is served.
const SERVICE: &str = "service";

/// Confirms receipt. A notice of the employee runs with or without it; a dismissal takes effect by
/// it, and its notice period counts from that day; an agreement is complete when everybody has said
/// yes to it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Acknowledge {
    /// Which departure.
    pub departure: DepartureId,
    /// The day a dismissal was served, today or earlier; today when absent.
    #[serde(default)]
    pub on: Option<Day>,
    /// Who confirms, as the evidence names him.
    pub by: String,
}

/// Before the employer ends employment alone the union must have been told (劳动合同法 art. 43).
pub(super) fn union_was_told(found: &Found, steps: &[StepLine]) -> Result<(), Refusal> {
    let told = steps
        .iter()
        .any(|step| step.kind == "check" && step.what == "union_notice");
    if told || !found.departure.kind.rule().union_first {
        return Ok(());
    }
    let zh = "单位单方解除前须先将理由通知工会（劳动合同法第四十三条）";
    Err(Refusal::conflict(
        "departure.union_first",
        zh,
        "the union must be told the reason first (LCL 43)",
    )
    .remedy((
        "请先登记「工会通知」；没有工会的，登记已通知职工代表或上级工会",
        "Record the notice to the union first; where there is none, that the employees’ \
         representatives or the union above were told",
    )))
}

/// Nothing is closed that was never declared: a dismissal that was not served, an agreement that
/// was not reached. What may be served by now lacks its service and no approval.
pub(super) fn reached_the_other_side(found: &Found, may_be_served: bool) -> Result<(), Refusal> {
    let flow = process::flow_of(found.departure.kind);
    if found.is_declared() {
        return Ok(());
    }
    Err(match (flow, may_be_served) {
        (DISMISSAL, true) => not_served(),
        _ => not_yet(flow),
    })
}

fn not_served() -> Refusal {
    let zh = "解除通知已经批准，但尚未登记送达，不能办结";
    let en = "the dismissal is approved, and its notice was not served yet";
    Refusal::conflict("departure.not_served_yet", zh, en).remedy((
        "请出具《解除劳动合同通知书》并送达本人，登记送达后再办结",
        "Issue the notice of termination, serve it and record the service; close it after that",
    ))
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    steps: Vec<StepLine>,
    calendar: WorkCalendar,
    /// Whether everybody who must say yes before has said it.
    consented: bool,
    /// Since when a dismissal may be served.
    service_since: Option<Day>,
    /// The day on which the notice of a dismissal was issued first.
    noticed_since: Option<Day>,
    /// Whether a handover was drawn up while it was prepared.
    planned: bool,
}

/// What was confirmed.
#[derive(Debug, Serialize, Deserialize)]
pub struct Acknowledged {
    stage: Stage,
    /// The dates, when they count from another day now.
    reckoning: Option<Reckoning>,
}

/// The case that runs the departure.
async fn case_of(books: &mut Reader<'_>, found: &Found) -> Result<Option<Case>, Failure> {
    Ok(match found.case {
        Some(case) => cases::find_case(books, case).await?,
        None => None,
    })
}

/// A dismissal is served after its last approval, an agreement stands with its milestone.
fn consented(case: Option<&Case>, found: &Found) -> bool {
    let Some(case) = case else {
        return false;
    };
    match process::flow_of(found.departure.kind) {
        DISMISSAL => case.state.status(&NodeId::from(SERVICE)) != NodeState::Pending,
        MUTUAL => case
            .state
            .milestones
            .iter()
            .any(|key| key == "departure.agreed"),
        _ => true,
    }
}

/// The end of employment that HR set by hand, however it was asked for when it was filed.
fn set_by_hand(steps: &[StepLine]) -> Option<Day> {
    let set = steps.iter().rev().find(|step| step.kind == "dates")?;
    let set: Option<Clocks> = serde_json::from_value(set.detail.clone()).ok();
    set.map(|clocks| clocks.employment_ends)
}

/// The day the union was first told, as it was taken down.
fn union_told_on(steps: &[StepLine]) -> Option<Day> {
    let told = steps.iter().filter(|step| step.what == "union_notice");
    let on = told.filter_map(
        |step| match serde_json::from_value(step.detail["check"].clone()) {
            Ok(Check::UnionNotice { on, .. }) => Some(on),
            _ => None,
        },
    );
    on.min()
}

impl Facts {
    /// Nothing is served before everybody has said yes and the union was told (LCL 43).
    fn day_of_service(&self, on: Day) -> Result<(), Refusal> {
        let (today, filed) = (self.found.today, self.found.departure.filed_on);
        let bounds = [self.service_since, union_told_on(&self.steps)];
        let since = bounds.into_iter().flatten().fold(filed, Day::max);
        if on <= today && on >= since {
            return Ok(());
        }
        let zh = format!("送达日不能晚于今天，也不能早于审批完成并通知工会的 {since}");
        let en = format!("Service is between {since}, when it was approved, and today.");
        Err(Refusal::invalid("departure.served_when", zh.clone(), en)
            .remedy((
                "请填写通知实际送达的日期；审批完成以前送达的，请重新送达",
                "Give the day of actual service; what was served before the approval was complete \
                 must be served again",
            ))
            .at("/on", zh))
    }
}

/// The dates of a dismissal count from the day it was served, not from the day it was prepared;
/// nothing where they are the same.
fn served_on(
    on: Day,
    (found, steps): (&Found, &[StepLine]),
    calendar: &WorkCalendar,
) -> Result<Option<Reckoning>, Refusal> {
    let old = &found.departure.reckoning;
    if on == old.notice.received_on {
        return Ok(None);
    }
    let asked = steps.iter().find(|step| step.kind == "filed");
    let asked = asked.and_then(|step| serde_json::from_value(step.detail.clone()).ok());
    let Some(asked): Option<Wish> = asked else {
        return Ok(None);
    };
    let clocks = old.clocks;
    let apart = |day: Day| (day != clocks.employment_ends).then_some(day);
    let wanted = set_by_hand(steps).or(asked.wished_on);
    let wish = Wish {
        received_on: on,
        agreed: old.notice.agreed,
        wished_on: wanted.filter(|day| *day >= on),
        // Whoever was to stay away from before it was served stays away from that day on.
        last_working_day: apart(clocks.last_working_day).map(|day| day.max(on)),
        commission_cutoff_on: apart(clocks.commission_cut_off),
        // What was filed before this was refused is served all the same.
        pay_in_lieu: asked.pay_in_lieu && asked.kind.may_pay_in_lieu(),
        ..asked
    };
    reckon(&wish, &found.person, calendar, found.today).map(Some)
}

/// Whether a dismissal has come so far that its notice may be served; other ways of leaving need
/// no such leave.
pub(crate) async fn may_be_served(books: &mut Reader<'_>, found: &Found) -> Result<bool, Failure> {
    if process::flow_of(found.departure.kind) != DISMISSAL {
        return Ok(true);
    }
    let case = case_of(books, found).await?;
    Ok(consented(case.as_ref(), found))
}

/// The dates of a dismissal if it were served today; nothing where those in the books stand.
pub(crate) async fn if_served_today(
    books: &mut Reader<'_>,
    found: &Found,
    steps: &[StepLine],
) -> Result<Option<Result<Reckoning, Refusal>>, Failure> {
    if process::flow_of(found.departure.kind) != DISMISSAL || found.acknowledged {
        return Ok(None);
    }
    let calendar = people::calendar(books).await?;
    Ok(served_on(found.today, (found, steps), &calendar).transpose())
}

/// What is served was issued here before, wherever its service is taken down.
fn notice_was_issued(facts: &Facts, on: Day) -> Result<(), Refusal> {
    let Some(since) = facts.noticed_since else {
        let zh = "还没有出具解除通知书";
        let en = "The notice of termination has not been issued yet";
        return Err(
            Refusal::conflict("departure.notice_not_issued", zh, en).remedy((
                "请先在文书中出具《解除劳动合同通知书》，送达后再登记",
                "Issue the notice of termination among the documents first, and record its \
                 service afterwards",
            )),
        );
    };
    if on >= since {
        return Ok(());
    }
    let zh = format!("解除通知书 {since} 才出具，不能在此前送达");
    let en = format!("The notice was issued on {since} and not served before");
    Err(Refusal::invalid("departure.served_when", zh.clone(), en)
        .remedy((
            "请填写通知书出具以后实际送达的日期",
            "Give the day of actual service after the notice was issued",
        ))
        .at("/on", zh))
}

impl Acknowledge {
    fn served(&self, facts: &Facts) -> Result<Option<Reckoning>, Refusal> {
        let found = &facts.found;
        if process::flow_of(found.departure.kind) != DISMISSAL {
            return Ok(None);
        }
        let on = self.on.unwrap_or(found.today);
        facts.day_of_service(on)?;
        let reckoning = served_on(on, (found, &facts.steps), &facts.calendar)?;
        notice_was_issued(facts, on)?;
        Ok(reckoning)
    }
}

impl Act for Acknowledge {
    const NAME: &'static str = "departure.acknowledge";
    type Facts = Facts;
    type Outcome = Acknowledged;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let case = case_of(books, &found).await?;
        let service = case.as_ref();
        let service = service.and_then(|case| case.state.run(&NodeId::from(SERVICE)));
        let opened = service.and_then(|run| run.opened_at);
        let notices = document::notices_issued(books, self.departure).await?;
        Ok(Facts {
            steps: store::steps(books, self.departure).await?,
            calendar: people::calendar(books).await?,
            consented: consented(case.as_ref(), &found),
            service_since: opened.map(|at| at.day_in(books.zone())),
            noticed_since: notices.into_iter().map(|(_, day)| day).next(),
            planned: !handover::store::open_plans(books, self.departure)
                .await?
                .is_empty(),
            found,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Acknowledged, Refusal> {
        super::must_be_anothers(&facts.found, &self.by)?;
        super::must_be_open(&facts.found)?;
        if facts.found.acknowledged {
            let zh = "已经登记过签收";
            return Err(Refusal::conflict(
                "departure.acknowledged_already",
                zh,
                "it was acknowledged before",
            ));
        }
        union_was_told(&facts.found, &facts.steps)?;
        if !facts.consented {
            return Err(not_yet(process::flow_of(facts.found.departure.kind)));
        }
        Ok(Acknowledged {
            stage: may(facts.found.departure.stage, &Step::Acknowledge)?,
            reckoning: self.served(facts)?,
        })
    }

    async fn write(
        &self,
        Facts { found, .. }: &Facts,
        done: &Acknowledged,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        let step = (id, found.seq);
        store::add_step(books, step, ("acknowledged", ""), &self.by, &self.on).await?;
        store::set_stage(books, id, done.stage).await?;
        if let Some(reckoning) = &done.reckoning {
            store::set_dates(books, id, reckoning).await?;
        }
        if found.is_declared() {
            return Ok(());
        }
        // Until now its days were a plan; they may be over.
        let clocks = done.reckoning.as_ref().map(|one| one.clocks);
        let clocks = clocks.unwrap_or(found.departure.clocks);
        Ok(jobs::enqueue_days(books, id, clocks.last_working_day).await?)
    }

    fn record(&self, Facts { found, .. }: &Facts, done: &Acknowledged) -> Record {
        let reckoning = done.reckoning.as_ref();
        let reckoning = reckoning.unwrap_or(&found.departure.reckoning);
        let (who, day) = (super::who(found), reckoning.notice.received_on);
        let end = reckoning.clocks.employment_ends;
        let (zh, en) = match process::flow_of(found.departure.kind) {
            DISMISSAL => (
                format!("解除通知已于 {day} 送达{who}，劳动关系至 {end}"),
                format!("The notice was served on {who} on {day}; employed until {end}"),
            ),
            MUTUAL => (
                format!("与{who}协商一致，劳动关系至 {end}"),
                format!("Agreed with {who}: employed until {end}"),
            ),
            _ => (
                format!("签收了{who}的离职通知，收到日为 {day}"),
                format!("Acknowledged {who}'s notice, received on {day}"),
            ),
        };
        Record::of(found.subject(), zh, en)
            .about(found.employee_subject())
            .detail(serde_json::json!({
                "before": { "stage": found.departure.stage, "clocks": found.departure.clocks },
                "after": { "stage": done.stage, "clocks": reckoning.clocks },
            }))
    }

    /// A dismissal takes hold of the login when it is served.
    fn then(&self, facts: &Facts, _: &Acknowledged) -> Vec<Box<dyn AnyAct>> {
        let found = &facts.found;
        let login = found.login.filter(|_| found.is_undisclosed());
        let mut parts = parts::notice_begins(&found.person, login);
        if facts.planned && !found.is_declared() {
            parts.push(parts::handover_begins(found));
        }
        parts.extend(parts::process_goes_on(found));
        parts
    }
}

fn not_yet(flow: &str) -> Refusal {
    if flow == MUTUAL {
        let zh = "协商解除须员工本人、人事和总经理都同意后才成立";
        return Refusal::conflict(
            "departure.not_agreed_yet",
            zh,
            "not everybody has agreed yet",
        )
        .remedy((
            "请在流程中查看还差谁同意；都同意后会自动登记",
            "See in the case who has not agreed yet; it is recorded by itself when all have",
        ));
    }
    let zh = "解除通知须在法务核查、通知工会、人事负责人和总经理审批之后送达";
    Refusal::conflict(
        "departure.not_approved_yet",
        zh,
        "the dismissal is not approved yet",
    )
    .remedy((
        "请在流程中查看进行到哪一步",
        "See in the case how far it is",
    ))
}
