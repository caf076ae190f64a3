//! A statement follows from its facts, and from no others.

use commission::assignment::Assignee;
use commission::booking::Kept;
use commission::calculate::Books;
use commission::event::Trigger;
use commission::period::{SettlementPeriod, Stage};
use commission::plan::Method;
use commission::split_after_handover::Terms;
use commission::statement::{Called, FORM, Facts, Statement};
use kernel::{Bps, Fen, Moment};

use crate::world::{
    between, books, contract, ctr, cus, day, emp, event, given, handed_over, marginal, plan,
    protection, yuan,
};

/// 1 handed the customer to 2 on 1 June; credit adds up over the quarter in two bands. Contract 2
/// is of a customer that 1 never had, contract 3 one of his own on which nothing happened since
/// March.
fn whole() -> Books {
    let mut books = books(Method::Ladder(marginal(&[("0", 1_000), ("10000", 2_000)])));
    let other = plan(
        2,
        commission::window::Window::Month,
        Trigger::Cash,
        crate::world::flat(900),
    );
    books
        .assignments
        .push(given(&other, Assignee::Person(emp(9))));
    books.plans.push(other);
    let (mut two, mut three) = (
        contract(2, "2025-02-01", "50000"),
        contract(3, "2024-05-01", "9"),
    );
    two.customer = cus(2);
    three.customer = cus(1);
    books.contracts.extend([two, three]);
    let mut nine = crate::world::owned_by(9);
    nine.customer = cus(2);
    books.stretches.push(nine);
    books
        .stretches
        .push(handed_over(2, "2025-06-01", 1, 2, protection()));
    books.events = vec![
        event("receipt/0", Trigger::Cash, "2025-03-10", 3, "9"),
        event("receipt/1", Trigger::Cash, "2025-04-10", 1, "8000"),
        event("receipt/2", Trigger::Cash, "2025-06-10", 1, "5000"),
        event("receipt/3", Trigger::Cash, "2025-06-12", 2, "7000"),
        event("receipt/4", Trigger::Cash, "2025-07-12", 1, "7000"),
    ];
    books
}

fn facts(books: Books) -> Facts {
    let month = |from: &str, until: &str, stage: Stage| SettlementPeriod {
        days: between(from, until),
        stage,
        closed_at: None,
    };
    let mut called = Called::default();
    for (n, name) in [(1, "张三"), (2, "李四"), (9, "王五")] {
        called
            .people
            .insert(emp(n), (format!("E00{n}"), name.to_owned()));
    }
    called
        .records
        .insert("receipt/2".to_owned(), "HK-2".to_owned());
    called
        .deals
        .insert(ctr(1), ("HT-1".to_owned(), "改造".to_owned()));
    Facts {
        form: FORM,
        payee: emp(1),
        month: day("2025-06-01"),
        as_of: Moment(7),
        about: books
            .events
            .iter()
            .map(|event| (event.record.clone(), event.contract))
            .collect(),
        periods: vec![
            month("2025-03-01", "2025-04-01", Stage::Open),
            month("2025-04-01", "2025-05-01", Stage::Open),
            month("2025-05-01", "2025-06-01", Stage::Open),
            month("2025-06-01", "2025-07-01", Stage::Open),
            month("2025-07-01", "2025-08-01", Stage::Open),
        ],
        closed: Vec::new(),
        settlements: Vec::new(),
        advanced: Vec::new(),
        called,
        books,
    }
}

fn statement(facts: &Facts) -> Statement {
    facts.recompute().unwrap()
}

#[test]
fn a_statement_is_one_month_of_one_person_with_its_reasons() {
    let june = statement(&facts(whole()));
    // 70 % of 5,000 credited on top of 8,000: 2,000 at 10 %, 1,500 at 20 %.
    assert_eq!(june.total, yuan("500"));
    assert_eq!((june.month.as_str(), june.lines.len()), ("2025-06", 1));
    let line = &june.lines[0];
    assert_eq!(
        (line.number.as_str(), line.share),
        ("HK-2", Some(Bps(7_000)))
    );
    assert_eq!(line.deal.as_ref().unwrap().0, "HT-1");
    assert!(
        line.why
            .iter()
            .any(|one| one.zh.contains("由 张三 交接给 李四"))
    );
}

#[test]
fn what_the_statement_does_not_stand_on_stays_out() {
    let whole = facts(whole());
    let small = whole.clone().slim().unwrap();
    assert_eq!(statement(&small), statement(&whole));
    let records: Vec<&str> = small
        .books
        .events
        .iter()
        .map(|one| one.record.0.as_str())
        .collect();
    // April's receipt says what was credited before; July and the others are nobody's business.
    assert_eq!(records, ["receipt/1", "receipt/2"]);
    assert_eq!(small.books.plans.len(), 1);
    assert_eq!(small.books.contracts.len(), 1);
    assert!(!small.called.people.contains_key(&emp(9)));
    let text = serde_json::to_string(&small).unwrap();
    assert!(!text.contains(&emp(9).to_string()) && !text.contains(&cus(2).to_string()));
    // On the wire and back it is the same.
    let back: Facts = serde_json::from_str(&text).unwrap();
    assert_eq!(back, small);
}

/// | what is changed in the facts | what it makes of the line |
#[test]
fn a_changed_fact_makes_another_statement() {
    let small = facts(whole()).slim().unwrap();
    let right = statement(&small);
    type Change = (&'static str, fn(&mut Facts));
    let changes: [Change; 6] = [
        ("a receipt", |facts| {
            facts.books.events[1].amount = yuan("5000.10")
        }),
        ("what was credited before", |facts| {
            facts.books.events[0].amount = yuan("8001")
        }),
        ("the day", |facts| {
            facts.books.events[1].on = day("2025-06-30").plus_days(-29)
        }),
        ("a share", |facts| {
            let handover = facts.books.stretches[1].handover.as_mut().unwrap();
            if let Terms::Protection { steps, .. } = &mut handover.terms {
                steps[0].share = Bps(6_999);
            }
        }),
        ("a rate", |facts| {
            let bands = marginal(&[("0", 1_000), ("10000", 2_001)]);
            facts.books.plans[0].versions[0].components[0].method = Method::Ladder(bands);
        }),
        ("the owner", |facts| facts.books.stretches.truncate(1)),
    ];
    for (what, change) in changes {
        let mut other = small.clone();
        change(&mut other);
        assert_ne!(statement(&other), right, "{what}");
    }
}

#[test]
fn a_difference_of_a_closed_month_follows_from_its_facts_too() {
    let mut june = facts(whole());
    // April was closed with 700.00 for a receipt that is worth 800.00.
    june.periods[0].stage = Stage::Closed;
    june.periods[1].stage = Stage::Closed;
    june.periods[2].stage = Stage::Closed;
    let april = commission::calculate::calculate(&june.books).unwrap().lines;
    for line in april.iter().filter(|line| line.key.payee == emp(1)).take(2) {
        let less = Fen(if line.commission == yuan("800") {
            10_000
        } else {
            0
        });
        june.closed.push(commission::period::Posting {
            line: line.key.clone(),
            earned_on: line.earned_on,
            booked_in: day("2025-04-01"),
            difference: false,
            credit: line.credit,
            commission: line.commission - less,
        });
    }
    let told = statement(&june);
    let kinds: Vec<&str> = told.lines.iter().map(|line| line.kind.as_str()).collect();
    assert_eq!(kinds, ["line", "difference"]);
    assert_eq!(told.total, yuan("600"));
    assert!(matches!(told.lines[1].trace, Kept::Difference { .. }));
    let small = june.clone().slim().unwrap();
    assert_eq!(statement(&small), told);
    assert!(small.books.events.len() < june.books.events.len());
}
