//! One deal worked out by a plan that is still being written 示例试算.
//!
//! The same engine that pays works out an invented deal of an invented person; nothing is kept.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::assignment::{Assignee, PlanAssignment};
use ::commission::calculate::{Books, Outcome, calculate};
use ::commission::draw::{Advance, advances};
use ::commission::event::{Contract, Event, Record, Team};
use ::commission::explain::{self, Names};
use ::commission::plan::Plan;
use ::commission::split_after_handover::Stretch;
use ::commission::window::Window;
use kernel::{
    CommissionPlanId, ContractId, CustomerId, Day, EmployeeId, Fen, Moment, Period, Reason, Refusal,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::asking::{self, Asked, Traits};
use super::offer::{self, Offer};
use super::store::PlanHead;
use super::view::WhySentence;
use crate::rules::ready::Tables;

/// The deal somebody typed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleDeal {
    /// Signed, delivered, invoiced or received; not 0.
    #[schema(value_type = crate::http::Money)]
    pub(crate) amount: Fen,
    /// What the whole contract is worth; the amount when absent.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    pub(crate) contract_amount: Option<Fen>,
    /// Of the whole contract.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    pub(crate) margin: Option<Fen>,
    /// What the person was credited with before in the same window, by deals like this one.
    #[serde(default)]
    #[schema(value_type = Option<crate::http::Money>)]
    pub(crate) before: Option<Fen>,
    #[serde(default)]
    pub(crate) product: String,
    #[serde(default)]
    pub(crate) industry: String,
    #[serde(default)]
    pub(crate) region: String,
    #[serde(default)]
    pub(crate) tier: String,
    #[serde(default)]
    pub(crate) new_customer: bool,
}

/// One component's line.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExampleLine {
    component: String,
    #[schema(value_type = Money)]
    credit: Fen,
    #[schema(value_type = Money)]
    commission: Fen,
    /// Kept back of it.
    #[schema(value_type = Option<Money>)]
    held: Option<Fen>,
    #[schema(value_type = String, format = Date)]
    payable_on: Day,
    why: Vec<WhySentence>,
}

/// A component that pays nothing, and why.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExampleZero {
    component: String,
    why: Vec<WhySentence>,
}

/// What a guarantee or a draw adds at the end of the window, were this all.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExampleDraw {
    #[schema(value_type = Money)]
    amount: Fen,
    why: Vec<WhySentence>,
}

/// What the deal comes to.
#[derive(Serialize, ToSchema)]
pub(crate) struct PlanExample {
    #[schema(value_type = Money)]
    total: Fen,
    lines: Vec<ExampleLine>,
    zeros: Vec<ExampleZero>,
    draw: Option<ExampleDraw>,
}

use crate::http::Money;

struct Called<'a>(&'a str);

impl Names for Called<'_> {
    fn person(&self, _: EmployeeId) -> String {
        "示例员工".to_owned()
    }
    fn plan(&self, _: CommissionPlanId) -> String {
        self.0.to_owned()
    }
    fn record(&self, _: &Record) -> String {
        "示例".to_owned()
    }
}

const PERSON: i64 = 1;
/// What was credited before, and the deal itself.
const DEALS: [i64; 2] = [1, 2];

fn deal_id(n: i64) -> ContractId {
    ContractId::mint(Moment(n), [0; 10])
}

/// Works the deal out by this version of this plan, on its first day.
///
/// # Errors
/// `commission.example_amount`, and what the engine refuses.
pub(crate) fn worked(
    (head, offer): (&PlanHead, &Offer),
    deal: &ExampleDeal,
    (on, tables): (Day, &Tables),
) -> Result<PlanExample, Refusal> {
    let before = deal.before.filter(|_| head.adds_up != Window::Each);
    let too_large = |fen: Fen| fen.0.unsigned_abs() > 10_u64.pow(16);
    let all = [Some(deal.amount), deal.contract_amount, deal.margin, before];
    if deal.amount == Fen::ZERO || all.into_iter().flatten().any(too_large) {
        let zh = "请填写示例金额";
        return Err(
            Refusal::invalid("commission.example_amount", zh, "an amount is needed")
                .at("/deal/amount", zh),
        );
    }
    let first = head.adds_up.start(on);
    let valid = Period {
        from: first,
        until: None,
    };
    // An overlay is a whole of its own: the example looks at it as at a deal of one person.
    let mut plan = offer::plan_of(head, vec![offer.version(1, valid)]);
    plan.overlay = None;
    let mut books = books(plan, deal, before, (on, valid));
    let traits = Traits {
        region: deal.region.clone(),
        tier: deal.tier.clone(),
    };
    let customers = BTreeMap::from([(CustomerId::mint(Moment(1), [0; 10]), traits)]);
    // The table is asked as of the first day of the version, whatever the window.
    books.decided = asking::answers(&Asked {
        plans: &books.plans,
        contracts: &books.contracts,
        events: &books.events,
        customers: &customers,
        tables,
        ghost: None,
    })
    .decided;
    let outcome = calculate(&books)?;
    let window = (first, head.adds_up.end(on));
    let added = advances(&books, &outcome.lines, window)?;
    Ok(told(&outcome, added.first(), &Called(&head.name)))
}

/// What came out of it, without what came before.
fn told(outcome: &Outcome, added: Option<&Advance>, called: &Called<'_>) -> PlanExample {
    let shown = outcome
        .lines
        .iter()
        .filter(|line| line.key.contract == deal_id(DEALS[1]));
    let lines: Vec<ExampleLine> = shown
        .map(|line| ExampleLine {
            component: line.key.component.clone(),
            credit: line.credit,
            commission: line.commission,
            held: line.held.as_ref().map(|held| held.amount),
            payable_on: line.payable_on,
            why: sentences(explain::line(line, called)),
        })
        .collect();
    let own = outcome
        .absences
        .iter()
        .filter(|one| one.record.0.ends_with('2'));
    let zeros = own.map(|one| ExampleZero {
        component: one
            .at
            .as_ref()
            .map_or_else(String::new, |(_, name)| name.clone()),
        why: sentences(explain::absence(one, called)),
    });
    PlanExample {
        total: lines.iter().map(|line| line.commission).sum(),
        zeros: zeros.collect(),
        lines,
        draw: added.map(|one| ExampleDraw {
            amount: one.amount(),
            why: sentences(explain::advance(one)),
        }),
    }
}

fn sentences(story: Vec<Reason>) -> Vec<WhySentence> {
    story.into_iter().map(WhySentence::from).collect()
}

/// One person who owns one customer and has the plan since the window began.
fn books(plan: Plan, deal: &ExampleDeal, before: Option<Fen>, (on, valid): (Day, Period)) -> Books {
    let who = EmployeeId::mint(Moment(PERSON), [0; 10]);
    let customer = CustomerId::mint(Moment(1), [0; 10]);
    let contract = |n: i64, gross: Fen, margin: Option<Fen>| Contract {
        id: deal_id(n),
        customer,
        signed_on: on,
        ends_on: None,
        gross,
        margin,
        product: deal.product.trim().to_owned(),
        industry: deal.industry.trim().to_owned(),
        new_customer: deal.new_customer,
        team: Team::default(),
    };
    let trigger = plan.versions.first().map(|version| version.trigger);
    let event = |n: i64, amount: Fen| Event {
        record: Record(format!("example/{n}")),
        trigger: trigger.unwrap_or(::commission::event::Trigger::Cash),
        on,
        contract: deal_id(n),
        amount,
        takes_back: None,
    };
    let gross = deal.contract_amount.unwrap_or(deal.amount);
    // What came before left as much of each yuan as this deal does.
    let alike = |amount: Fen| {
        let margin = deal.margin?;
        let top = i128::from(margin.0) * i128::from(amount.0);
        Some(::commission::schedule::round_ratio(
            top,
            i128::from(gross.0.max(1)),
        ))
    };
    let mut contracts = vec![contract(DEALS[1], gross, deal.margin)];
    let mut events = vec![event(DEALS[1], deal.amount)];
    if let Some(before) = before.filter(|before| *before != Fen::ZERO) {
        contracts.push(contract(DEALS[0], before, alike(before)));
        events.push(event(DEALS[0], before));
    }
    Books {
        assignments: vec![PlanAssignment {
            plan: plan.id,
            to: Assignee::Person(who),
            valid,
            quota: None,
        }],
        stretches: vec![Stretch {
            customer,
            seq: 1,
            effective_on: valid.from,
            owner: who,
            contracts: None,
            except: BTreeSet::new(),
            handover: None,
        }],
        plans: vec![plan],
        contracts,
        events,
        ..Books::default()
    }
}
