//! A small company to calculate for.

use std::collections::BTreeSet;

use commission::assignment::{Assignee, PlanAssignment};
use commission::calculate::{Books, Outcome, calculate};
use commission::event::{Contract, Event, Record, Team, Trigger};
use commission::exit::AfterExit;
use commission::explain::Names;
use commission::line::Line;
use commission::plan::{
    Base, ChangeInside, Component, Condition, Method, Payable, Plan, PlanVersion,
};
use commission::schedule::{Band, Ladder, Reach};
use commission::split_after_handover::{Covers, Handover, Step, Stretch, Terms};
use commission::window::Window;
use kernel::{
    Bps, CommissionPlanId, ContractId, CustomerId, Day, DepartmentId, EmployeeId, Fen, Moment,
    Period,
};

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn yuan(text: &str) -> Fen {
    Fen::parse(text).unwrap()
}

pub fn emp(n: i64) -> EmployeeId {
    EmployeeId::mint(Moment(n), [0; 10])
}

pub fn dep(n: i64) -> DepartmentId {
    DepartmentId::mint(Moment(n), [0; 10])
}

pub fn cus(n: i64) -> CustomerId {
    CustomerId::mint(Moment(n), [0; 10])
}

pub fn ctr(n: i64) -> ContractId {
    ContractId::mint(Moment(n), [0; 10])
}

pub fn plan_id(n: i64) -> CommissionPlanId {
    CommissionPlanId::mint(Moment(n), [0; 10])
}

pub fn rec(text: &str) -> Record {
    Record(text.to_owned())
}

pub fn since(from: &str) -> Period {
    Period {
        from: day(from),
        until: None,
    }
}

pub fn between(from: &str, until: &str) -> Period {
    Period {
        from: day(from),
        until: Some(day(until)),
    }
}

/// Marginal bands from `(from in yuan, basis points)`.
pub fn marginal(bands: &[(&str, i64)]) -> Ladder {
    bands_of(bands, Reach::Excess)
}

/// Whole-amount bands.
pub fn whole(bands: &[(&str, i64)]) -> Ladder {
    bands_of(bands, Reach::Whole)
}

fn bands_of(bands: &[(&str, i64)], reach: Reach) -> Ladder {
    let band = |(from, rate): &(&str, i64)| Band {
        from: yuan(from),
        rate: Bps(*rate),
        reach,
    };
    Ladder::new(bands.iter().map(band).collect()).unwrap()
}

pub fn component(name: &str, method: Method) -> Component {
    Component {
        name: name.to_owned(),
        condition: Condition::default(),
        base: Base::Gross,
        method,
        decided_by: None,
    }
}

pub fn version(version: u32, valid: Period, trigger: Trigger, method: Method) -> PlanVersion {
    PlanVersion {
        version,
        valid,
        trigger,
        components: vec![component("销售提成", method)],
        payable: Payable::AtOnce,
        holdback: None,
        cap: None,
        floor: None,
        after_exit: AfterExit::EachDecided,
    }
}

/// A plan of one version in force since 2020.
pub fn plan(n: i64, window: Window, trigger: Trigger, method: Method) -> Plan {
    Plan {
        id: plan_id(n),
        name: format!("方案{n}"),
        window,
        change_inside: ChangeInside::NextWindow,
        overlay: None,
        versions: vec![version(1, since("2020-01-01"), trigger, method)],
    }
}

pub fn given(plan: &Plan, to: Assignee) -> PlanAssignment {
    PlanAssignment {
        plan: plan.id,
        to,
        valid: since("2020-01-01"),
        quota: None,
    }
}

pub fn contract(n: i64, signed_on: &str, gross: &str) -> Contract {
    Contract {
        id: ctr(n),
        customer: cus(1),
        signed_on: day(signed_on),
        ends_on: None,
        gross: yuan(gross),
        margin: None,
        product: "软件".to_owned(),
        industry: "制造".to_owned(),
        new_customer: true,
        team: Team::default(),
    }
}

pub fn event(record: &str, trigger: Trigger, on: &str, contract: i64, amount: &str) -> Event {
    Event {
        record: rec(record),
        trigger,
        on: day(on),
        contract: ctr(contract),
        amount: yuan(amount),
        takes_back: None,
    }
}

pub fn owned_by(n: i64) -> Stretch {
    Stretch {
        customer: cus(1),
        seq: 1,
        effective_on: day("2020-01-01"),
        owner: emp(n),
        contracts: None,
        except: BTreeSet::new(),
        handover: None,
    }
}

pub fn handed_over(seq: u32, on: &str, from: i64, to: i64, terms: Terms) -> Stretch {
    Stretch {
        customer: cus(1),
        seq,
        effective_on: day(on),
        owner: emp(to),
        contracts: None,
        except: BTreeSet::new(),
        handover: Some(Handover {
            record: rec("handover/pln_1"),
            from: emp(from),
            terms,
            pool: None,
            decided_by: None,
            since: None,
        }),
    }
}

/// 70 / 50 / 30 % at 30 / 60 / 90 days, of everything.
pub fn protection() -> Terms {
    let step = |(before_day, share)| Step {
        before_day,
        share: Bps(share),
    };
    Terms::Protection {
        steps: [(30, 7_000), (60, 5_000), (90, 3_000)].map(step).to_vec(),
        afterwards: Bps(0),
        covers: Covers::All,
    }
}

/// Two people, 1 and 2, on a plan that pays 3 % of what is received.
pub fn books(method: Method) -> Books {
    let plan = plan(1, Window::Quarter, Trigger::Cash, method);
    Books {
        assignments: (1..=4)
            .map(|n| given(&plan, Assignee::Person(emp(n))))
            .collect(),
        plans: vec![plan],
        contracts: vec![contract(1, "2025-01-10", "1000000")],
        stretches: vec![owned_by(1)],
        ..Books::default()
    }
}

pub fn flat(rate: i64) -> Method {
    Method::Ladder(Ladder::flat(Bps(rate)).unwrap())
}

pub fn outcome(books: &Books) -> Outcome {
    calculate(books).unwrap()
}

/// `(record, payee, commission)` of each line.
pub fn paid(outcome: &Outcome) -> Vec<(String, i64, Fen)> {
    let who = |line: &Line| (1..100).find(|n| emp(*n) == line.key.payee).unwrap();
    let each = outcome.lines.iter();
    each.map(|line| (line.key.record.0.clone(), who(line), line.commission))
        .collect()
}

/// What somebody gets in all.
pub fn total(outcome: &Outcome, who: i64) -> Fen {
    let own = outcome
        .lines
        .iter()
        .filter(|line| line.key.payee == emp(who));
    own.map(|line| line.commission).sum()
}

pub struct ByNumber;

impl Names for ByNumber {
    fn person(&self, who: EmployeeId) -> String {
        match (1..100).find(|n| emp(*n) == who) {
            Some(n) => format!("员工{n}"),
            None => who.to_string(),
        }
    }
    fn plan(&self, plan: CommissionPlanId) -> String {
        match (1..100).find(|n| plan_id(*n) == plan) {
            Some(n) => format!("方案{n}"),
            None => plan.to_string(),
        }
    }
}
