//! How long the forecast of a large handover takes: 10,000 customers with three years of monthly
//! receipts and two open bills each. `cargo run --release -p commission --example forecast`

use std::collections::BTreeSet;
use std::time::Instant;

use commission::assignment::{Assignee, PlanAssignment};
use commission::calculate::Books;
use commission::event::{Contract, Event, Record, Team, Trigger};
use commission::exit::AfterExit;
use commission::forecast::forecast;
use commission::plan::{
    Base, ChangeInside, Component, Condition, Method, Payable, Plan, PlanVersion,
};
use commission::schedule::Ladder;
use commission::split_after_handover::{Covers, Handover, Step, Stretch, Terms};
use commission::window::Window;
use kernel::{
    Bps, CommissionPlanId, ContractId, CustomerId, Day, EmployeeId, Fen, Moment, Period, Refusal,
};

const CUSTOMERS: i64 = 10_000;
const MONTHS: i32 = 36;

/// The days of this made-up company.
struct Days {
    begins: Day,
    signed: Day,
    first_receipt: Day,
    known_until: Day,
    handover: Day,
}

#[expect(
    clippy::disallowed_methods,
    reason = "this program exists to read the clock"
)]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let days = Days {
        begins: "2020-01-01".parse()?,
        signed: "2023-11-01".parse()?,
        first_receipt: "2023-12-05".parse()?,
        known_until: "2026-12-01".parse()?,
        handover: "2026-12-15".parse()?,
    };
    let (giver, receiver) = (
        EmployeeId::mint(Moment(1), [0; 10]),
        EmployeeId::mint(Moment(2), [0; 10]),
    );
    let always = Period {
        from: days.begins,
        until: None,
    };
    let plan = plan(always)?;
    let mut books = Books {
        assignments: [giver, receiver]
            .map(|who| PlanAssignment {
                plan: plan.id,
                to: Assignee::Person(who),
                valid: always,
                quota: None,
            })
            .to_vec(),
        plans: vec![plan],
        ..Books::default()
    };
    let mut proposed = Vec::new();
    for n in 0..CUSTOMERS {
        let customer = CustomerId::mint(Moment(n), [1; 10]);
        history(&mut books, &days, (n, customer), giver);
        proposed.push(taken_over(customer, days.handover, (giver, receiver)));
    }
    // Two bills of each are open, one of them overdue.
    let due = books.contracts.iter().flat_map(|contract| {
        [-20, 40].map(|days_later| Event {
            record: Record(format!("due/{}/{days_later}", contract.id)),
            trigger: Trigger::Cash,
            on: days.handover.plus_days(days_later),
            contract: contract.id,
            amount: Fen(50_000),
            takes_back: None,
        })
    });
    let due: Vec<Event> = due.collect();
    let begun = Instant::now();
    let found = forecast(&books, &proposed, (days.known_until, &due))?;
    let took = begun.elapsed();
    println!(
        "{CUSTOMERS} customers, {} events: {} ms, {} people",
        books.events.len(),
        took.as_millis(),
        found.people.len()
    );
    Ok(())
}

fn plan(valid: Period) -> Result<Plan, Refusal> {
    let version = PlanVersion {
        version: 1,
        valid,
        trigger: Trigger::Cash,
        components: vec![Component {
            name: "回款提成".to_owned(),
            condition: Condition::default(),
            base: Base::Gross,
            method: Method::Ladder(Ladder::flat(Bps(300))?),
            decided_by: None,
        }],
        payable: Payable::AtOnce,
        holdback: None,
        cap: None,
        floor: None,
        after_exit: AfterExit::EachDecided,
    };
    Ok(Plan {
        id: CommissionPlanId::mint(Moment(1), [2; 10]),
        name: "回款提成".to_owned(),
        window: Window::Month,
        change_inside: ChangeInside::NextWindow,
        overlay: None,
        versions: vec![version],
    })
}

fn history(books: &mut Books, days: &Days, (n, customer): (i64, CustomerId), owner: EmployeeId) {
    let contract = ContractId::mint(Moment(n), [3; 10]);
    books.contracts.push(Contract {
        id: contract,
        customer,
        signed_on: days.signed,
        ends_on: None,
        gross: Fen(100_000_000),
        margin: None,
        product: String::new(),
        industry: String::new(),
        new_customer: false,
        team: Team::default(),
    });
    books.stretches.push(Stretch {
        customer,
        seq: 1,
        effective_on: days.begins,
        owner,
        contracts: None,
        except: BTreeSet::new(),
        handover: None,
    });
    for month in 0..MONTHS {
        books.events.push(Event {
            record: Record(format!("receipt/{n}-{month}")),
            trigger: Trigger::Cash,
            on: days.first_receipt.plus_months(month),
            contract,
            amount: Fen(10_000 + n * 7 % 5_000 + i64::from(month) * 13),
            takes_back: None,
        });
    }
}

fn taken_over(
    customer: CustomerId,
    effective_on: Day,
    (from, owner): (EmployeeId, EmployeeId),
) -> Stretch {
    Stretch {
        customer,
        seq: 2,
        effective_on,
        owner,
        contracts: None,
        except: BTreeSet::new(),
        handover: Some(Handover {
            record: Record("plan/1".to_owned()),
            from,
            terms: Terms::Protection {
                steps: vec![Step {
                    before_day: 90,
                    share: Bps(5_000),
                }],
                afterwards: Bps(0),
                covers: Covers::SignedBefore,
            },
            pool: None,
            decided_by: None,
            since: None,
        }),
    }
}
