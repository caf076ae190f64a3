//! Who is paid what, line by line 计算
//!
//! Facts in, lines and absences out. Events are taken in order of their day, then of their record,
//! whatever order they came in; the same facts give the same bytes. Each event is split among the
//! seats of its contract, the owner's seat again under the terms of the handover in force on that
//! day, and each part goes through the one plan that counts for its payee.

mod earning;
mod seats;

use std::collections::BTreeMap;

use kernel::{Bps, CommissionPlanId, ContractId, CustomerId, Day, EmployeeId, Fen, Refusal};
use serde::{Deserialize, Serialize};

use crate::assignment::{Choice, Chosen, Placement, PlanAssignment, PlanBook};
use crate::event::{Contract, Event, Record, Trigger};
use crate::exit::Exit;
use crate::line::{Absence, Because, Line, LineKey};
use crate::plan::{
    ChangeInside, Component, Condition, Customers, Decided, Method, Plan, RuleRow, Ruling,
};
use crate::schedule::Exact;
use crate::split_after_handover::Stretch;
use crate::window::Window;
use seats::Taker;

/// Everything a calculation looks at. It is also the bundle of a statement: whoever holds these
/// facts gets the same lines, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Books {
    /// Plans with their versions.
    pub plans: Vec<Plan>,
    /// Who has which plan when.
    pub assignments: Vec<PlanAssignment>,
    /// Who stood on which post and in which department when.
    pub placements: Vec<Placement>,
    /// Contracts.
    pub contracts: Vec<Contract>,
    /// Who owned which customer when, and on which terms it came.
    pub stretches: Vec<Stretch>,
    /// What happened.
    pub events: Vec<Event>,
    /// Who left, and what was decided.
    pub exits: Vec<Exit>,
    /// What was paid for which line.
    pub payments: Vec<Payment>,
    /// What decision tables say of the events, for plans that ask them.
    #[serde(default)]
    pub decided: Vec<Decided>,
}

/// Money that was paid for a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Which line.
    pub line: LineKey,
    /// When.
    pub on: Day,
    /// How much.
    pub amount: Fen,
}

/// Lines and absences, in the order of the events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What is paid.
    pub lines: Vec<Line>,
    /// What is not, and why.
    pub absences: Vec<Absence>,
}

/// Calculates everything.
///
/// # Errors
/// What [`PlanBook::new`] and [`crate::split_after_handover::Handover::check`] refuse;
/// `commission.contract_unknown` when an event names a contract that is not there;
/// `commission.event_twice` when the same record triggers the same contract twice.
pub fn calculate(books: &Books) -> Result<Outcome, Refusal> {
    let mut run = Run::new(books)?;
    let mut events: Vec<&Event> = books.events.iter().collect();
    // What takes back comes after what was earned the same day.
    let place = |event: &Event| (event.on, event.takes_back.is_some());
    events.sort_by(|a, b| {
        let rest = |e: &Event| (e.contract, e.trigger);
        (place(a), &a.record, rest(a)).cmp(&(place(b), &b.record, rest(b)))
    });
    let same = |a: &Event, b: &Event| {
        (&a.record, a.contract, a.trigger) == (&b.record, b.contract, b.trigger)
    };
    if let Some(pair) = events.windows(2).find(|pair| same(pair[0], pair[1])) {
        let record = &pair[0].record;
        return Err(Refusal::conflict(
            "commission.event_twice",
            format!("记录 {record} 对同一合同触发了两次"),
            format!("{record} triggers the same contract twice"),
        )
        .remedy(("请检查是否重复导入", "Check whether it was imported twice")));
    }
    for event in events {
        run.event(event)?;
    }
    Ok(run.out)
}

fn answered(one: &Decided) -> ((&str, &Record, ContractId), &Ruling) {
    ((&one.table, &one.record, one.contract), &one.ruling)
}

/// Under what running credit is kept.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct RunningKey<'a> {
    payee: EmployeeId,
    plan: CommissionPlanId,
    component: &'a str,
    window_start: Day,
    /// Set when each version, and each quota of one's own, counts from zero.
    afresh: Option<(u32, Option<Fen>)>,
}

/// An event with its contract, and how much of the contract had happened.
struct Happening<'a> {
    event: &'a Event,
    contract: &'a Contract,
    before: Fen,
}

type LinesOf = BTreeMap<(Record, ContractId), Vec<(usize, Fen, Fen)>>;

/// A calculation on its way.
pub(crate) struct Run<'a> {
    plans: PlanBook<'a>,
    contracts: BTreeMap<ContractId, &'a Contract>,
    stretches: BTreeMap<CustomerId, Vec<&'a Stretch>>,
    exits: BTreeMap<EmployeeId, &'a Exit>,
    payments: BTreeMap<&'a LineKey, Vec<&'a Payment>>,
    happened: BTreeMap<(ContractId, Trigger), Fen>,
    running: BTreeMap<RunningKey<'a>, Fen>,
    /// What that credit earned before rounding, where a table says each rate.
    by_table: BTreeMap<RunningKey<'a>, Exact>,
    rulings: BTreeMap<(&'a str, &'a Record, ContractId), &'a Ruling>,
    /// Whether any event takes another one back; else nobody asks for the two maps below.
    back: bool,
    /// Commission before the cap, by payee, plan and window.
    uncapped: BTreeMap<(EmployeeId, CommissionPlanId, Day), Fen>,
    /// The amount of each event, and how much of it was taken back.
    pub(crate) amounts: BTreeMap<(Record, ContractId), (Fen, Fen)>,
    /// Where the lines of an event stand, and what of each was cancelled and clawed back.
    pub(crate) lines_of: LinesOf,
    pub(crate) out: Outcome,
}

impl<'a> Run<'a> {
    fn new(books: &'a Books) -> Result<Run<'a>, Refusal> {
        let mut run = Run {
            plans: PlanBook::new(&books.plans, &books.assignments, &books.placements)?,
            contracts: books.contracts.iter().map(|c| (c.id, c)).collect(),
            stretches: BTreeMap::new(),
            exits: books.exits.iter().map(|e| (e.employee, e)).collect(),
            payments: BTreeMap::new(),
            happened: BTreeMap::new(),
            running: BTreeMap::new(),
            by_table: BTreeMap::new(),
            rulings: books.decided.iter().map(answered).collect(),
            back: books.events.iter().any(|event| event.takes_back.is_some()),
            uncapped: BTreeMap::new(),
            amounts: BTreeMap::new(),
            lines_of: BTreeMap::new(),
            out: Outcome::default(),
        };
        for stretch in &books.stretches {
            if let Some(handover) = &stretch.handover {
                handover.check()?;
            }
            run.stretches
                .entry(stretch.customer)
                .or_default()
                .push(stretch);
        }
        for payment in &books.payments {
            run.payments.entry(&payment.line).or_default().push(payment);
        }
        Ok(run)
    }

    fn event(&mut self, event: &'a Event) -> Result<(), Refusal> {
        let Some(contract) = self.contracts.get(&event.contract).copied() else {
            return Err(Refusal::conflict(
                "commission.contract_unknown",
                format!("记录 {} 所属的合同不在账上", event.record),
                format!("the contract of {} is not in the books", event.record),
            ));
        };
        let happened = self
            .happened
            .entry((contract.id, event.trigger))
            .or_default();
        let before = *happened;
        *happened = before + event.amount;
        if let Some(of) = &event.takes_back {
            self.take_back(event, of);
            return Ok(());
        }
        if self.back {
            let place = (event.record.clone(), contract.id);
            self.amounts.insert(place, (event.amount, Fen::ZERO));
        }
        let happening = Happening {
            event,
            contract,
            before,
        };
        for taker in self.takers(&happening) {
            self.pay(&happening, &taker);
        }
        Ok(())
    }

    /// Sends one part through the plan that counts for its payee.
    fn pay(&mut self, happening: &Happening<'a>, taker: &Taker<'a>) {
        let event = happening.event;
        let choice = self.plans.choose(taker.payee, taker.overlay, event.on);
        let Some(chosen) = choice.chosen else {
            self.absent(event, taker.payee, None, Because::NoPlan, choice);
            return;
        };
        let (plan, version) = (chosen.plan, chosen.version);
        if version.trigger != event.trigger {
            let because = Because::WaitsFor {
                waits_for: version.trigger,
                happened: event.trigger,
            };
            let at = Some((plan.id, String::new()));
            self.absent(event, taker.payee, at, because, choice);
            return;
        }
        for component in &version.components {
            let met = match unmet(component, happening.contract) {
                Some(because) => Err(because),
                None => self.rate_of(component, happening),
            };
            let by_table = match met {
                Ok(by_table) => by_table,
                Err(because) => {
                    let at = Some((plan.id, component.name.clone()));
                    let others = choice.others.clone();
                    let choice = Choice { others, ..choice };
                    self.absent(event, taker.payee, at, because, choice);
                    continue;
                }
            };
            self.line(happening, taker, chosen, (component, by_table));
        }
    }

    /// The rate a table says, where the component asks one.
    fn rate_of(
        &self,
        component: &Component,
        happening: &Happening<'a>,
    ) -> Result<Option<(Bps, &'a RuleRow)>, Because> {
        let Method::ByTable(table) = &component.method else {
            return Ok(None);
        };
        let event = happening.event;
        let ruling = self
            .rulings
            .get(&(table.as_str(), &event.record, event.contract));
        match ruling {
            Some(Ruling::Rate { rate, row }) => Ok(Some((*rate, row))),
            Some(Ruling::Silent {
                table,
                version,
                zh,
                en,
            }) => Err(Because::TableSilent {
                table: table.clone(),
                version: *version,
                zh: zh.clone(),
                en: en.clone(),
            }),
            Some(Ruling::NotInForce { table }) => Err(Because::NoTable {
                table: table.clone(),
            }),
            None => Err(Because::NoTable {
                table: table.clone(),
            }),
        }
    }

    fn absent(
        &mut self,
        event: &Event,
        payee: EmployeeId,
        at: Option<(CommissionPlanId, String)>,
        because: Because,
        choice: Choice<'_>,
    ) {
        self.out.absences.push(Absence {
            record: event.record.clone(),
            on: event.on,
            payee,
            at,
            because,
            others: choice.others,
        });
    }

    /// Everybody who ever owned the customer of a contract.
    pub(crate) fn owners_of(&self, contract: ContractId) -> Vec<EmployeeId> {
        let customer = self
            .contracts
            .get(&contract)
            .map(|contract| contract.customer);
        let rows = customer.and_then(|customer| self.stretches.get(&customer));
        let mut owners: Vec<_> = rows.into_iter().flatten().map(|row| row.owner).collect();
        owners.sort();
        owners.dedup();
        owners
    }

    /// What was paid for a line, to the end of a day.
    pub(crate) fn paid_until(&self, key: &LineKey, day: Day) -> Fen {
        let payments = self.payments.get(key).into_iter().flatten();
        payments.filter(|p| p.on <= day).map(|p| p.amount).sum()
    }

    /// The day on which a line was paid in full.
    fn paid_on(&self, key: &LineKey, commission: Fen) -> Option<Day> {
        let mut payments: Vec<_> = self.payments.get(key)?.iter().collect();
        payments.sort_by_key(|payment| payment.on);
        let mut sum = Fen::ZERO;
        let full = payments.into_iter().find(|payment| {
            sum = sum + payment.amount;
            sum >= commission
        });
        full.map(|payment| payment.on)
    }
}

/// The condition a contract fails, if any.
fn unmet(component: &Component, contract: &Contract) -> Option<Because> {
    let Condition {
        products,
        industries,
        customers,
    } = &component.condition;
    let outside = |list: &Option<std::collections::BTreeSet<String>>, word: &str| {
        list.as_ref().is_some_and(|list| !list.contains(word))
    };
    if outside(products, &contract.product) {
        let is = contract.product.clone();
        return Some(Because::Product { is });
    }
    if outside(industries, &contract.industry) {
        let is = contract.industry.clone();
        return Some(Because::Industry { is });
    }
    let wanted = match customers {
        Customers::Any => true,
        Customers::New => contract.new_customer,
        Customers::Old => !contract.new_customer,
    };
    if !wanted {
        return Some(Because::Customer { asks: *customers });
    }
    let needs_margin = component.base == crate::plan::Base::Margin;
    (needs_margin && contract.margin.is_none()).then_some(Because::NoMargin)
}

/// Under what the running credit of a component is kept.
fn running_key<'a>(
    payee: EmployeeId,
    chosen: Chosen<'_>,
    component: &'a Component,
    on: Day,
) -> RunningKey<'a> {
    let plan = chosen.plan;
    let afresh = (chosen.version.version, chosen.quota);
    RunningKey {
        payee,
        plan: plan.id,
        component: &component.name,
        window_start: plan.window.start(on),
        afresh: (plan.change_inside == ChangeInside::StartsAfresh).then_some(afresh),
    }
}

/// Whether credit adds up at all.
fn adds_up(window: Window) -> bool {
    window != Window::Each
}
