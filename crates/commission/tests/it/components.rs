//! What a plan can say, component by component, in tables a finance clerk can check.

use std::collections::{BTreeMap, BTreeSet};

use commission::assignment::{Assignee, Placement, PlanAssignment};
use commission::draw::{Draw, advances, windows};
use commission::event::{Place, Team, Trigger};
use commission::exit::Exit;
use commission::line::Because;
use commission::plan::{Base, ChangeInside, Customers, Holdback, Method, Payable, Release};
use commission::schedule::{Ladder, Quota, QuotaStep, QuotaSteps, Reach};
use commission::shares::{PersonShares, Shares};
use commission::window::Window;
use kernel::{Bps, Fen};

use crate::world::{
    ByNumber, books, component, contract, day, dep, emp, event, flat, given, marginal, outcome,
    plan, since, total, whole, yuan,
};

#[test]
fn bands_over_a_quarter() {
    // Received, then what each receipt earns.
    let rows = [
        ("2025-01-15", "60000"),
        ("2025-02-15", "60000"),
        ("2025-03-15", "30000"),
        ("2025-04-01", "10000"), // a new quarter begins at zero
    ];
    let bands = [("0", 200), ("100000", 300), ("140000", 500)];
    for (method, earned) in [
        // 2 % below 100,000; 3 % above; 5 % above 140,000
        (marginal(&bands), ["1200", "1400", "1100", "200"]),
        // from 100,000 on 3 % of everything, from 140,000 on 5 % of everything
        (whole(&bands), ["1200", "2400", "3900", "200"]),
    ] {
        let mut books = books(Method::Ladder(method));
        for (n, (on, amount)) in (1..).zip(rows) {
            books
                .events
                .push(event(&format!("receipt/{n}"), Trigger::Cash, on, 1, amount));
        }
        let lines = outcome(&books).lines;
        let got: Vec<Fen> = lines.iter().map(|line| line.commission).collect();
        assert_eq!(got, earned.map(yuan));
    }
}

#[test]
fn margin_goes_with_the_cash_and_never_loses_a_fen() {
    // 1,000.00 with a margin of 333.33, received in three thirds; 10 % of margin.
    let mut books = books(flat(1_000));
    books.plans[0].versions[0].components[0].base = Base::Margin;
    books.contracts[0].gross = yuan("1000");
    books.contracts[0].margin = Some(yuan("333.33"));
    for (n, amount) in [(1, "333.34"), (2, "333.33"), (3, "333.33")] {
        books.events.push(event(
            &format!("receipt/{n}"),
            Trigger::Cash,
            "2025-02-01",
            1,
            amount,
        ));
    }
    let lines = outcome(&books).lines;
    assert_eq!(
        lines.iter().map(|line| line.credit).sum::<Fen>(),
        yuan("333.33")
    );
    assert_eq!(
        lines.iter().map(|line| line.commission).sum::<Fen>(),
        yuan("33.33")
    );
}

#[test]
fn a_fixed_amount_for_a_contract_comes_with_its_cash() {
    let mut books = books(Method::Fixed(yuan("500")));
    books.contracts[0].gross = yuan("3000");
    for n in 1..=3 {
        books.events.push(event(
            &format!("receipt/{n}"),
            Trigger::Cash,
            "2025-02-01",
            1,
            "1000",
        ));
    }
    let lines = outcome(&books).lines;
    let got: Vec<Fen> = lines.iter().map(|line| line.commission).collect();
    assert_eq!(got, ["166.67", "166.66", "166.67"].map(yuan));
}

#[test]
fn conditions_and_why_nothing_comes() {
    let list = |word: &str| Some(BTreeSet::from([word.to_owned()]));
    let mut books = books(flat(100));
    let template = books.plans[0].versions[0].components[0].clone();
    let mut components = Vec::new();
    for (name, products, industries, customers, base) in [
        ("软件", list("软件"), None, Customers::Any, Base::Gross),
        ("硬件", list("硬件"), None, Customers::Any, Base::Gross),
        ("教育", None, list("教育"), Customers::Any, Base::Gross),
        ("新客", None, None, Customers::New, Base::Gross),
        ("老客", None, None, Customers::Old, Base::Gross),
        ("毛利", None, None, Customers::Any, Base::Margin),
    ] {
        let mut component = template.clone();
        component.name = name.to_owned();
        component.base = base;
        component.condition.products = products;
        component.condition.industries = industries;
        component.condition.customers = customers;
        components.push(component);
    }
    books.plans[0].versions[0].components = components;
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-02-01", 1, "1000"));
    let outcome = outcome(&books);
    let paid: Vec<_> = outcome
        .lines
        .iter()
        .map(|line| line.key.component.as_str())
        .collect();
    assert_eq!(paid, ["软件", "新客"]);
    let why: Vec<_> = outcome.absences.iter().map(|a| a.because.clone()).collect();
    assert_eq!(
        why,
        [
            Because::Product {
                is: "软件".to_owned()
            },
            Because::Industry {
                is: "制造".to_owned()
            },
            Because::Customer {
                asks: Customers::Old
            },
            Because::NoMargin,
        ]
    );
}

#[test]
fn a_team_splits_the_deal_and_an_overlay_stands_beside_it() {
    // Owner 60 %, person 3 40 %; presales 4 has a plan of his own on the whole deal.
    let mut books = books(flat(1_000));
    let presales = {
        let mut plan = plan(2, Window::Month, Trigger::Cash, flat(50));
        plan.overlay = Some("售前".to_owned());
        plan
    };
    books
        .assignments
        .push(given(&presales, Assignee::Person(emp(4))));
    books.plans.push(presales);
    let parts = vec![
        (Place::Owner, Bps(6_000)),
        (Place::Person(emp(3)), Bps(4_000)),
    ];
    books.contracts[0].team = Team {
        direct: Shares::new(parts).unwrap(),
        overlays: vec![("售前".to_owned(), PersonShares::all_to(emp(4)))],
        decided_by: None,
    };
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-02-01", 1, "10000"));
    let outcome = outcome(&books);
    let sums: Vec<_> = [1, 3, 4].map(|who| total(&outcome, who)).to_vec();
    assert_eq!(sums, ["600", "400", "50"].map(yuan));
    let direct = outcome.lines.iter().filter(|line| line.key.payee != emp(4));
    assert_eq!(direct.map(|line| line.credit).sum::<Fen>(), yuan("10000"));
}

#[test]
fn shares_are_the_whole_or_refused() {
    for (shares, code) in [
        (vec![(1, 6_000), (2, 3_999)], "commission.shares_not_whole"),
        (vec![(1, 6_000), (2, 4_001)], "commission.shares_not_whole"),
        (vec![(1, 10_000), (2, 0)], "commission.shares_not_whole"),
        (vec![(1, 5_000), (1, 5_000)], "commission.share_twice"),
        (vec![], "commission.shares_not_whole"),
    ] {
        let parts: Vec<_> = shares
            .iter()
            .map(|(n, share)| (emp(*n), Bps(*share)))
            .collect();
        assert_eq!(Shares::new(parts.clone()).unwrap_err().code, code);
        let json = serde_json::to_string(&parts).unwrap();
        assert!(
            serde_json::from_str::<PersonShares>(&json).is_err(),
            "{json}"
        );
    }
}

#[test]
fn a_cap_ends_a_window_and_a_return_opens_it_again() {
    let mut books = books(flat(1_000));
    books.plans[0].versions[0].cap = Some(yuan("1500"));
    for (record, on, amount) in [
        ("receipt/1", "2025-01-05", "10000"),
        ("receipt/2", "2025-01-06", "10000"),
        ("receipt/3", "2025-01-07", "10000"),
        ("receipt/4", "2025-01-08", "-20000"),
        ("receipt/5", "2025-04-01", "10000"), // the next quarter
    ] {
        books
            .events
            .push(event(record, Trigger::Cash, on, 1, amount));
    }
    let lines = outcome(&books).lines;
    let got: Vec<Fen> = lines.iter().map(|line| line.commission).collect();
    assert_eq!(got, ["1000", "500", "0", "-500", "1000"].map(yuan));
    assert_eq!(lines[2].trace.over_cap, yuan("1000"));
}

#[test]
fn three_dates_and_a_holdback() {
    for (payable, due) in [
        (Payable::AtOnce, "2025-01-31"),
        (Payable::AfterDays(15), "2025-02-15"),
        (Payable::NextMonthOn(10), "2025-02-10"),
        (Payable::NextMonthOn(31), "2025-02-28"),
    ] {
        let mut books = books(flat(1_000));
        books.plans[0].versions[0].payable = payable;
        books.plans[0].versions[0].holdback = Some(Holdback {
            share: Bps(2_000),
            reason: "质保期".to_owned(),
            release: Release::AfterDays(90),
        });
        books.events.push(event(
            "receipt/1",
            Trigger::Cash,
            "2025-01-31",
            1,
            "1000.05",
        ));
        let line = outcome(&books).lines.remove(0);
        assert_eq!(
            (line.earned_on, line.payable_on),
            (day("2025-01-31"), day(due))
        );
        let held = line.held.unwrap();
        assert_eq!(
            (held.amount, held.release_on),
            (yuan("20.00"), day("2025-05-01"))
        );
        assert_eq!(line.commission, yuan("100.01")); // 100.005, half away from zero
    }
}

#[test]
fn a_draw_is_recovered_only_from_what_is_above_it() {
    let draw = Draw {
        amount: yuan("3000"),
        recoverable: true,
    };
    let earned = ["1000", "3500", "6000", "-200", "9000"].map(yuan);
    let steps = windows(draw, Fen::ZERO, &earned);
    let rows: Vec<_> = steps.iter().map(|step| (step.paid, step.balance)).collect();
    let expected = [
        ("3000", "2000"), // 2,000 advanced
        ("3000", "1500"), // 500 recovered
        ("4500", "0"),    // 1,500 recovered
        ("3000", "3200"), // a clawback: 3,200 advanced
        ("5800", "0"),
    ];
    assert_eq!(
        rows,
        expected.map(|(paid, balance)| (yuan(paid), yuan(balance)))
    );
    let guarantee = Draw {
        recoverable: false,
        ..draw
    };
    let kept = windows(guarantee, Fen::ZERO, &earned);
    assert_eq!(
        kept.iter().map(|s| s.paid).collect::<Vec<_>>(),
        [
            yuan("3000"),
            yuan("3500"),
            yuan("6000"),
            yuan("3000"),
            yuan("9000")
        ]
    );
}

#[test]
fn broken_ladders_and_plans_are_refused() {
    let band = |from: &str, rate| commission::schedule::Band {
        from: yuan(from),
        rate: Bps(rate),
        reach: commission::schedule::Reach::Excess,
    };
    for bands in [
        vec![],
        vec![band("1", 100)],
        vec![band("0", 100), band("0", 200)],
        vec![band("0", -1)],
    ] {
        assert_eq!(
            Ladder::new(bands).unwrap_err().code,
            "commission.ladder_broken"
        );
    }
    let mut books = books(flat(100));
    let twin = component("销售提成", flat(100));
    books.plans[0].versions[0].components.push(twin);
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.component_twice");
    books.plans[0].versions[0].components.clear();
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.plan_empty");
}

#[test]
fn an_event_of_an_unknown_contract_and_a_record_twice_are_refused() {
    let mut books = books(flat(100));
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-02-01", 9, "1"));
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.contract_unknown");
    books.contracts.push(contract(9, "2025-01-01", "1"));
    books.events.push(books.events[0].clone());
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.event_twice");
}

/// What a guarantee or a draw of 1,500.00 a quarter adds and recovers; 10 % of all cash.
///
/// | quarter | cash | earned | guarantee adds | draw adds | draw recovers | still to recover |
type Quarters = [(
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
); 4];
const QUARTERS: Quarters = [
    ("2025-01-05", "9000", "600", "600", "0", "600"),
    ("2025-04-06", "15000", "0", "0", "0", "600"),
    ("2025-07-07", "18000", "0", "0", "300", "300"),
    ("2025-10-08", "22000", "0", "0", "300", "0"),
];

#[test]
fn a_floor_adds_what_a_window_lacks_and_a_draw_comes_back_from_what_lies_above_it() {
    for recoverable in [false, true] {
        let mut books = books(flat(1_000));
        let amount = yuan("1500");
        books.plans[0].versions[0].floor = Some(Draw {
            amount,
            recoverable,
        });
        for (at, (on, cash, ..)) in QUARTERS.iter().enumerate() {
            let record = format!("receipt/{at}");
            books
                .events
                .push(event(&record, Trigger::Cash, on, 1, cash));
        }
        let lines = outcome(&books).lines;
        let year = (day("2025-01-01"), day("2026-01-01"));
        let all = advances(&books, &lines, year).unwrap();
        let his: Vec<_> = all.iter().filter(|one| one.payee == emp(1)).collect();
        assert_eq!(his.len(), QUARTERS.len());
        for (one, row) in his.iter().zip(&QUARTERS) {
            let (_, _, guaranteed, advanced, recovered, balance) = row;
            let wanted = match recoverable {
                false => (yuan(guaranteed), Fen(0), Fen(0)),
                true => (yuan(advanced), yuan(recovered), yuan(balance)),
            };
            let step = one.step;
            assert_eq!(
                (step.added, step.recovered, step.balance),
                wanted,
                "{row:?}"
            );
            assert!(step.paid >= amount, "{row:?}");
        }
        // Somebody without a single line is promised the same.
        let hers = all.iter().filter(|one| one.payee == emp(2));
        assert!(
            hers.clone().all(|one| one.amount() == amount),
            "{recoverable}"
        );
        assert_eq!(hers.count(), 4);
    }
}

/// | has the plan | leaves | days of the first quarter | promised of 900.00 |
const PARTS: [(&str, Option<&str>, u32, &str); 5] = [
    ("2025-01-01", None, 90, "900"),
    ("2025-02-15", None, 45, "450"),
    ("2025-01-01", Some("2025-01-31"), 31, "310"),
    ("2025-03-31", None, 1, "10"),
    ("2025-04-01", None, 0, "0"),
];

#[test]
fn who_has_the_plan_for_a_part_of_a_window_is_promised_that_part() {
    for (from, leaves, days, promised) in PARTS {
        let mut books = books(flat(1_000));
        let draw = Draw {
            amount: yuan("900"),
            recoverable: false,
        };
        books.plans[0].versions[0].floor = Some(draw);
        books.plans[0].change_inside = ChangeInside::CarriesOn;
        books.assignments[0].valid.from = day(from);
        books.exits = leaves
            .map(|on| Exit {
                employee: emp(1),
                left_on: day(on),
                decisions: BTreeMap::new(),
            })
            .into_iter()
            .collect();
        let quarter = (day("2025-01-01"), day("2025-04-01"));
        let found = advances(&books, &[], quarter).unwrap();
        let his = found.iter().find(|one| one.payee == emp(1));
        let got = his.map_or((0, Fen(0)), |one| (one.days, one.promised));
        assert_eq!(got, (days, yuan(promised)), "{from} {leaves:?}");
    }
}

#[test]
fn a_floor_needs_a_window() {
    let mut books = books(flat(1_000));
    books.plans[0].window = Window::Each;
    let draw = Draw {
        amount: yuan("1"),
        recoverable: false,
    };
    books.plans[0].versions[0].floor = Some(draw);
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.floor_without_window");
}

/// A quota of 33,000.00 a month: 5 % of what lies below half of it, 10 % of everything from half
/// on, 20 % of what lies above it.
///
/// | received so far | earned so far | reached |
const QUOTA: [(&str, &str, &str); 5] = [
    ("16000", "800", "48.48%"),
    ("16500", "1650", "50%"),
    ("33000", "3300", "100%"),
    ("40000", "4700", "121.21%"),
    ("100000", "16700", "303.03%"),
];

fn quota() -> Method {
    let step = |attained, rate, reach| QuotaStep {
        attained: Bps(attained),
        rate: Bps(rate),
        reach,
    };
    let quota = Quota::try_from(QuotaSteps {
        quota: yuan("33000"),
        steps: vec![
            step(0, 500, Reach::Excess),
            step(5_000, 1_000, Reach::Whole),
            step(10_000, 2_000, Reach::Excess),
        ],
    });
    Method::Quota(quota.unwrap())
}

#[test]
fn a_quota_pays_by_how_much_of_it_is_reached_and_says_so() {
    let mut books = books(quota());
    let mut before = Fen(0);
    for (at, (so_far, ..)) in QUOTA.iter().enumerate() {
        let mut one = event(
            &format!("receipt/{at}"),
            Trigger::Cash,
            "2025-02-01",
            1,
            "0",
        );
        one.amount = yuan(so_far) - before;
        before = yuan(so_far);
        books.events.push(one);
    }
    let mut earned = Fen(0);
    for (line, (_, wanted, reached)) in outcome(&books).lines.iter().zip(&QUOTA) {
        earned = earned + line.commission;
        assert_eq!(earned, yuan(wanted));
        let story = commission::explain::line(line, &ByNumber);
        let said = story
            .iter()
            .find(|one| one.code == "commission.quota")
            .unwrap();
        assert!(
            said.zh.ends_with(&format!("累计完成 {reached}")),
            "{}",
            said.zh
        );
    }
}

/// Whose quota counts, of 20,000.00 received in a month under the plan of above.
///
/// | quota of the person | of his department | earned | said |
const WHOSE: [(Option<&str>, Option<&str>, &str, &str); 4] = [
    (None, None, "2000", "目标 33,000.00 元，累计完成 60.6%"),
    // All of it is reached and nothing lies above it: 10 % of everything.
    (
        Some("20000"),
        None,
        "2000",
        "本人目标 20,000.00 元，累计完成 100%",
    ),
    // 10 % of the first 10,000, 20 % of what lies above.
    (
        Some("10000"),
        None,
        "3000",
        "本人目标 10,000.00 元，累计完成 200%",
    ),
    (
        None,
        Some("80000"),
        "1000",
        "本部门人员目标 80,000.00 元，累计完成 25%",
    ),
];

#[test]
fn a_quota_of_ones_own_counts_instead_of_the_plans() {
    for (person, department, wanted, said) in WHOSE {
        let mut books = books(quota());
        let plan = books.plans[0].clone();
        books.assignments.clear();
        let own = Assignee::Person(emp(1));
        let office = Assignee::Department(dep(1));
        let to = if department.is_some() { office } else { own };
        books.assignments.push(PlanAssignment {
            quota: person.or(department).map(yuan),
            ..given(&plan, to)
        });
        books.placements = vec![Placement {
            employee: emp(1),
            valid: since("2020-01-01"),
            post: None,
            departments: vec![dep(1)],
        }];
        books.events = vec![event("receipt/1", Trigger::Cash, "2025-02-01", 1, "20000")];
        let line = outcome(&books).lines.remove(0);
        assert_eq!(line.commission, yuan(wanted), "{said}");
        let story = commission::explain::line(&line, &ByNumber);
        assert!(story.iter().any(|one| one.zh == said), "{said}: {story:?}");
    }
}

#[test]
fn a_quota_of_ones_own_needs_a_plan_that_pays_by_quota() {
    for (method, quota, code) in [
        (flat(500), "20000", "commission.quota_not_asked"),
        (quota(), "0", "commission.quota_not_positive"),
    ] {
        let mut books = books(method);
        books.assignments[0].quota = Some(yuan(quota));
        let refusal = commission::calculate::calculate(&books).unwrap_err();
        assert_eq!(refusal.code, code);
    }
}
