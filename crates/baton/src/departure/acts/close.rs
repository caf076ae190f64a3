//! A departure is closed 办结离职.

use ::approval::def::NodeId;
use ::approval::state::{NodeState, Outcome};
use ::commission::booking::SettledRow;
use ::commission::exit::{Exit, OpenLine, Settled};
use ::departure::gates::Gate;
use ::departure::state::{Stage, Step, may};
use access::Need;
use kernel::{DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use super::acknowledge;
use super::advance::{Begins, after};
use crate::approval::store as cases;
use crate::commission::exiting;
use crate::commission::leaving::OpenItem;
use crate::commission::store::{self as pay, ExitWord};
use crate::departure::store::{self, Found, StepLine};
use crate::departure::{gates, parts, process};
use crate::handover::store::PlanHead;
use crate::{document, handover, permissions, told};

/// Closes the departure when employment has reached its last day and no gate is red. The person has
/// left, the login is closed; nothing is deleted. What would have given something back to him is
/// cancelled.
#[derive(Debug, Serialize, Deserialize)]
pub struct Close {
    /// Which departure.
    pub departure: DepartureId,
    /// Who closes it, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    found: Found,
    steps: Vec<StepLine>,
    gates: Vec<Gate>,
    /// Open commission, and what was said of it.
    items: Vec<OpenItem>,
    words: Vec<ExitWord>,
    /// What stands against closing while compensation that is due was not paid.
    unpaid: Option<Refusal>,
    /// Whether a dismissal lacks nothing but its service.
    may_be_served: bool,
    /// Plans under way that give something back to the person.
    back: Vec<PlanHead>,
}

/// Whether compensation is still waited for (劳动合同法 art. 50(2): paid with the handover). A case
/// that began before its flow had a step for it asks nobody to pay; there the paper must stand.
async fn unpaid(books: &mut Reader<'_>, found: &Found) -> Result<Option<Refusal>, Failure> {
    let kind = found.departure.kind;
    if !process::compensation_due(kind) {
        return Ok(None);
    }
    let case = match found.case {
        Some(case) => cases::find_case(books, case).await?,
        None => None,
    };
    let Some(case) = case else {
        return Ok(None);
    };
    let step = NodeId::from("compensation");
    let flow = cases::flow_of(books, &case).await?.published()?;
    if flow.find(&step).is_some() {
        let paid = case.state.status(&step) == NodeState::Ended(Outcome::Passed);
        return Ok((!paid).then(compensation_open));
    }
    let reckoned = document::compensation_reckoned(books, found.departure.id).await?;
    let asked = document::has_reckoning(kind) && !reckoned;
    Ok(asked.then(compensation_unreckoned))
}

impl Facts {
    /// What becomes of each open contract.
    fn settled(&self) -> Result<Vec<SettledRow>, Refusal> {
        let departure = &self.found.departure;
        let cut_off = departure.clocks.commission_cut_off;
        let decided = |item: &OpenItem| {
            let word = pay::decided(&self.words, item.deal)?;
            Some((item.deal, word.decision.clone()?))
        };
        let exit = Exit {
            employee: departure.employee,
            left_on: cut_off,
            decisions: self.items.iter().filter_map(decided).collect(),
        };
        let lines: Vec<OpenLine> = self.items.iter().map(OpenItem::line).collect();
        let settled = ::commission::exit::close(&exit, &lines)?;
        let row = |(item, one): (&OpenItem, Settled)| {
            let decision = exit.decisions.get(&item.deal)?.clone();
            Some(SettledRow {
                departure: departure.id,
                deal: item.deal,
                payee: departure.employee,
                cut_off,
                customer: item.customer,
                decision,
                earned: item.earned,
                owed: item.owed,
                to_come: item.to_come,
                now: one.now,
                later: one.later,
            })
        };
        Ok(self.items.iter().zip(settled).filter_map(row).collect())
    }
}

fn compensation_open() -> Refusal {
    let zh = "经济补偿尚未支付，不能办结";
    Refusal::conflict(
        "departure.compensation_open",
        zh,
        "compensation was not paid",
    )
    .remedy((
        "请财务支付后在待办中办结「支付经济补偿」；交接办完后该待办自动出现",
        "Let finance pay and then finish the task of paying the compensation; it appears by \
         itself when the handover is done",
    ))
}

fn compensation_unreckoned() -> Refusal {
    let zh = "经济补偿尚未核算，不能办结";
    let en = "compensation was not reckoned";
    Refusal::conflict("departure.compensation_open", zh, en).remedy((
        "请人事在本页出具《经济补偿（赔偿金）核算单》，由财务据此支付后再办结",
        "Let HR issue the reckoning of compensation on this page; finance pays by it and then \
         finishes the task",
    ))
}

impl Act for Close {
    const NAME: &'static str = "departure.close";
    type Facts = Facts;
    type Outcome = Stage;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::found(books, self.departure).await?;
        let steps = store::steps(books, self.departure).await?;
        let items = exiting::of(books, &found).await?;
        let words = pay::exit_words(books, self.departure).await?;
        let open = gates::Commission {
            items: &items,
            words: &words,
        };
        let gates = gates::stand(books, &found.departure, &steps, open).await?;
        let mut back = handover::store::open_plans(books, self.departure).await?;
        back.retain(|plan| plan.reverses.is_some());
        Ok(Facts {
            items,
            words,
            unpaid: unpaid(books, &found).await?,
            may_be_served: acknowledge::may_be_served(books, &found).await?,
            back,
            found,
            steps,
            gates,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_RUN, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Stage, Refusal> {
        super::must_be_anothers(&facts.found, &self.by)?;
        super::must_be_open(&facts.found)?;
        acknowledge::union_was_told(&facts.found, &facts.steps)?;
        acknowledge::reached_the_other_side(&facts.found, facts.may_be_served)?;
        let ends = facts.found.departure.clocks.employment_ends;
        if facts.found.today < ends {
            let zh = format!("劳动关系至 {ends} 才终止，不能提前办结");
            let en = format!("Employment ends on {ends}; it is not closed before that day");
            return Err(Refusal::conflict("departure.not_ended", zh, en).remedy((
                "请在该日或之后办结，或由双方书面约定提前的日期",
                "Close it on that day or later, or let both sides agree an earlier day in \
                 writing",
            )));
        }
        let settling = after(facts.found.departure.stage, Begins::Settlement)?;
        let gates = facts.gates.clone();
        let closed = may(settling, &Step::Close { gates })?;
        if let Some(unpaid) = &facts.unpaid {
            return Err(unpaid.clone());
        }
        facts.settled()?;
        Ok(closed)
    }

    async fn write(
        &self,
        Facts { found, gates, .. }: &Facts,
        stage: &Stage,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let id = found.departure.id;
        store::add_step(books, (id, found.seq), ("closed", ""), &self.by, gates).await?;
        Ok(store::set_stage(books, id, *stage).await?)
    }

    fn record(&self, Facts { found, gates, .. }: &Facts, _: &Stage) -> Record {
        let who = super::who(found);
        Record::of(
            found.subject(),
            format!("{who}的离职（{}）已办结", found.departure.number),
            format!("{who}'s departure {} is closed", found.departure.number),
        )
        .why("departure")
        .about(found.employee_subject())
        .detail(serde_json::json!({
            "clocks": found.departure.clocks,
            "gates": gates,
        }))
    }

    fn then(&self, facts: &Facts, _: &Stage) -> Vec<Box<dyn AnyAct>> {
        let mut parts = parts::employment_is_over(&facts.found);
        parts.extend(parts::cancelled(&facts.back, &told::OVER.of(&[])));
        // `decide` has seen that it can be settled.
        if let Ok(rows) = facts.settled() {
            parts.extend(parts::commission_is_settled(&facts.found, rows));
        }
        parts.extend(parts::process_goes_on(&facts.found));
        parts
    }
}
