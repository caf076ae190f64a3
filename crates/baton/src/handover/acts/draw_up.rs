//! A plan for everything a person holds 编制交接方案.

use std::collections::BTreeSet;

use ::handover::plan::HandoverPlan;
use access::Need;
use kernel::{ContractId, Day, DepartureId, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use crate::departure::acts::advance::Begins;
use crate::departure::store::{self as departures, Departure};
use crate::handover::change::not_in_the_past;
use crate::handover::draw::{Drawing, draw, draw_contracts};
use crate::handover::holdings::Hangs;
use crate::handover::{parts, store, terms};
use crate::people::store::{self as people, Employee};
use crate::permissions;

/// Finds everything that points to a person and puts it into a plan, by a superior also for
/// somebody who is absent. While another plan for the person is open, only a remainder can be drawn
/// up: what arrived since.
#[derive(Debug, Serialize, Deserialize)]
pub struct DrawUp {
    /// Whose things.
    pub from: EmployeeId,
    /// The departure it belongs to; the open one of the person when absent.
    pub departure: Option<DepartureId>,
    /// From when on the new holders count: today or later. The day after the last working day when
    /// absent, else tomorrow.
    pub effective_on: Option<Day>,
    /// The plan after which things arrived; for a remainder.
    pub remainder_of: Option<PlanId>,
    /// Whether each line gets the suggested successor at once.
    pub fill: bool,
    /// Only these contracts, with their open papers; their customers stay where they are.
    #[serde(default)]
    pub contracts: Vec<ContractId>,
    /// Who draws it up, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: PlanId,
    number: String,
    person: Employee,
    departure: Option<Departure>,
    /// Whether the departure is one for both sides; one that is only prepared stays where it is.
    declared: bool,
    open: Vec<String>,
    drawing: Drawing,
    today: Day,
}

/// What was drawn up.
#[derive(Debug, Serialize, Deserialize)]
pub struct Drawn {
    /// The plan.
    pub id: PlanId,
    /// `JJ2026-0001`
    pub number: String,
    /// Lines, and what goes along with their customers.
    pub items: usize,
    /// Customers for whom nobody has room.
    pub unplaced: usize,
    /// From when on the new holders count.
    pub effective_on: Day,
}

impl Act for DrawUp {
    const NAME: &'static str = "handover.draw_up";
    type Facts = Facts;
    type Outcome = Drawn;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = people::find_employee(books, self.from).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        // Whoever plans for himself finds nothing of a dismissal that he does not know of.
        let unknown = match self.by == self.from.to_string() {
            true => departures::prepared_of(books, self.from).await?,
            false => None,
        };
        let departure = match self.departure {
            Some(id) => departures::find(books, id).await?,
            // Some contracts are no handover of somebody who leaves.
            None if self.contracts.is_empty() => departures::open_of(books, self.from).await?,
            None => None,
        };
        let departure = departure.filter(|one| Some(one.id) != unknown);
        if self.departure.is_some() && departure.is_none() {
            return Err(Denied::absent("departure").into());
        }
        let declared = match &departure {
            Some(one) => departures::found(books, one.id).await?.is_declared(),
            None => false,
        };
        let mut open = store::open_of(books, self.from).await?;
        open.retain(|plan| unknown.is_none() || plan.departure != unknown);
        let listed: BTreeSet<_> = store::listed_in_open_plans(books, self.from, unknown)
            .await?
            .into_iter()
            .collect();
        Ok(Facts {
            fresh: PlanId::mint(books.at(), books.dice()),
            number: store::next_number(books).await?,
            drawing: match self.contracts.as_slice() {
                [] => draw(books, &person, &listed, self.fill).await?,
                some => draw_contracts(books, &person, &listed, some).await?,
            },
            person,
            departure,
            declared,
            open: open.into_iter().map(|plan| plan.number).collect(),
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::HANDOVER_PLAN, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Drawn, Refusal> {
        let who = facts.person.called();
        if let Some(departure) = &facts.departure {
            if departure.employee != self.from {
                let zh = "该离职不是移交人的离职";
                return Err(Refusal::invalid(
                    "handover.other_departure",
                    zh,
                    "not this person’s departure",
                )
                .at("/departure_id", zh));
            }
            if departure.closed_at.is_some() {
                let zh = format!("离职 {} 已结束", departure.number);
                return Err(
                    Refusal::conflict("handover.departure_over", zh, "it is over").remedy((
                        "仍在其名下的事项，请为该员工另建一份不属于离职的交接方案；\
                         应收可在发票页改责任人",
                        "For what is still in the name of this employee draw up a plan apart \
                         from the departure; receivables can be given to others on the page \
                         of the invoice",
                    )),
                );
            }
        }
        if let (Some(number), None) = (facts.open.first(), self.remainder_of) {
            let zh = format!("{who}已有未办结的交接方案 {number}");
            let en = format!("the plan {number} is open");
            return Err(Refusal::conflict("handover.plan_open", zh, en).remedy((
                "请在该方案中调整；方案之后新到的事项可另建补充方案",
                "Change that plan; for what came after it draw up a supplementary one",
            )));
        }
        if !facts.drawing.contracts_found(&self.contracts) {
            let zh = format!("所选合同中有的不是{who}名下履行中的合同");
            let en = "not running contracts of this person";
            return Err(
                Refusal::invalid("handover.contract_not_held", zh.clone(), en)
                    .remedy((
                        "请刷新后重新选择；已结束的合同不再移交",
                        "Reload and choose again; contracts that have ended are not handed over",
                    ))
                    .at("/contract_ids", zh),
            );
        }
        if facts.drawing.items.is_empty() {
            let zh = format!("{who}名下没有需要移交的事项");
            let en = format!("{who} has nothing to hand over");
            return Err(Refusal::conflict("handover.nothing", zh, en)
                .remedy(("无需编制交接方案", "No handover plan is needed")));
        }
        let last = facts
            .departure
            .as_ref()
            .map(|one| one.clocks.last_working_day.plus_days(1));
        let tomorrow = facts.today.plus_days(1);
        let wanted = self.effective_on.or(last.map(|day| day.max(facts.today)));
        let effective_on = wanted.unwrap_or(tomorrow);
        if effective_on < facts.today {
            return Err(not_in_the_past());
        }
        Ok(Drawn {
            id: facts.fresh,
            number: facts.number.clone(),
            items: facts.drawing.things(),
            unplaced: facts.drawing.unplaced,
            effective_on,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        drawn: &Drawn,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let plan = store::NewPlan {
            id: drawn.id,
            number: &drawn.number,
            departure: facts.departure.as_ref().map(|one| one.id),
            from: self.from,
            listed: !self.contracts.is_empty(),
            effective_on: drawn.effective_on,
            reverses: None,
            remainder_of: self.remainder_of,
            drawn_by: &self.by,
        };
        store::add(books, &plan).await?;
        let proposed = terms::proposed(facts.departure.is_some());
        store::set_terms(books, drawn.id, &[], &proposed.into()).await?;
        Ok(store::add_items(books, drawn.id, &facts.drawing.items).await?)
    }

    fn record(&self, facts: &Facts, drawn: &Drawn) -> Record {
        let who = facts.person.called();
        let (kind, en) = match self.remainder_of {
            Some(_) => ("补充交接方案", "remainder plan"),
            None if !self.contracts.is_empty() => ("合同单独交接方案", "plan for contracts"),
            None => ("交接方案", "handover plan"),
        };
        let record = Record::of(
            format!("plan/{}", drawn.id),
            format!(
                "为{who}编制了{kind} {}，共 {} 项",
                drawn.number, drawn.items
            ),
            format!(
                "Drew up the {en} {} for {who}, items: {}",
                drawn.number, drawn.items
            ),
        )
        .about(format!("employee/{}", self.from))
        .detail(serde_json::json!({
            "effective_on": drawn.effective_on,
            "items": drawn.items,
            "unplaced": drawn.unplaced,
            "remainder_of": self.remainder_of,
        }));
        match &facts.departure {
            Some(departure) => record.about(format!("departure/{}", departure.id)),
            None => record,
        }
    }

    fn then(&self, facts: &Facts, _: &Drawn) -> Vec<Box<dyn AnyAct>> {
        let begins = Begins::Handover;
        let departure = facts.departure.iter();
        departure
            .filter(|_| facts.declared)
            .map(|one| parts::departure_goes_on(one.id, begins))
            .collect()
    }
}

/// The changed lines of a plan: what a change has to write.
pub(super) fn changed_lines(
    before: &HandoverPlan,
    after: &HandoverPlan,
) -> Vec<(
    ::handover::holding::HoldingKey,
    Option<::handover::plan::Choice>,
)> {
    let changed = |new: &&::handover::plan::Item| {
        let old = before.item(&new.holding.key);
        old.is_some_and(|old| old.choice != new.choice)
    };
    let lines = after.items().iter().filter(changed);
    lines
        .map(|new| (new.holding.key.clone(), new.choice))
        .collect()
}

/// Lines that a change added to a plan, and those that it took off.
pub(super) fn listed_anew(
    before: &HandoverPlan,
    after: &HandoverPlan,
) -> (Vec<store::NewItem>, Vec<::handover::holding::HoldingKey>) {
    let fresh = after.items().iter();
    let fresh = fresh.filter(|one| before.item(&one.holding.key).is_none());
    let fresh = fresh.map(|one| store::NewItem {
        holding: one.holding.clone(),
        choice: one.choice,
        hangs: Hangs::new(),
        suggestion: String::new(),
    });
    let gone = before.items().iter().map(|one| &one.holding.key);
    let gone = gone.filter(|key| after.item(key).is_none()).cloned();
    (fresh.collect(), gone.collect())
}
