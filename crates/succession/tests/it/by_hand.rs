//! Small cases a sales manager can check by eye.

use kernel::{CustomerId, EmployeeId, Fen, Moment};
use succession::facts::{CandidateFacts, CustomerFacts, NO_LIMIT, Weights};
use succession::suggest;
use succession::suggest::Advice;

pub(crate) fn customer(n: u32, region: &str, industry: &str, yuan: i64) -> CustomerFacts {
    CustomerFacts {
        customer: CustomerId::mint(Moment(i64::from(n)), [0; 10]),
        region: Some(region.into()),
        industry: Some(industry.into()),
        tier: 2,
        value: Fen(yuan * 100),
        department: None,
        collaborators: Vec::new(),
        declined_by: Vec::new(),
    }
}

pub(crate) fn person(
    n: u32,
    name: &str,
    regions: &[&str],
    load: u32,
    capacity: u32,
) -> CandidateFacts {
    CandidateFacts {
        employee: EmployeeId::mint(Moment(i64::from(n)), [0; 10]),
        name: name.into(),
        regions: regions.iter().map(|region| (*region).into()).collect(),
        industries: Vec::new(),
        departments: Vec::new(),
        current_load: load,
        capacity,
        current_value: Fen::ZERO,
        leaving: false,
        active: true,
    }
}

fn ask(customers: &[CustomerFacts], people: &[CandidateFacts]) -> Advice {
    suggest(customers, people, &Weights::default())
}

fn told(advice: &Advice, row: usize) -> Vec<&str> {
    advice.suggestions[row]
        .reasons
        .iter()
        .map(|reason| reason.zh.as_ref())
        .collect()
}

#[test]
fn the_neighbour_who_knows_the_trade() {
    let mut li = person(1, "李娜", &["华东", "华南"], 42, 80);
    li.industries = vec!["制造业".into()];
    let people = [li, person(2, "王强", &["华北"], 42, 80)];
    let advice = ask(&[customer(1, "华东", "制造业", 500_000)], &people);
    assert_eq!(advice.suggestions[0].successor, people[0].employee);
    assert_eq!(
        told(&advice, 0),
        [
            "同在华东",
            "熟悉制造业",
            "当前 42 户，上限 80，按建议交接后 43 户"
        ]
    );
    let other = &advice.suggestions[0].alternatives[0];
    assert_eq!((other.employee, other.has_room), (people[1].employee, true));
    assert!(other.score < advice.suggestions[0].score);
}

#[test]
fn a_collaborator_comes_before_a_neighbour() {
    let people = [
        person(1, "李娜", &["华东"], 10, 80),
        person(2, "王强", &["华北"], 10, 80),
    ];
    let mut known = customer(1, "华东", "制造业", 100);
    known.collaborators = vec![people[1].employee];
    let advice = ask(&[known], &people);
    assert_eq!(advice.suggestions[0].successor, people[1].employee);
    assert_eq!(told(&advice, 0)[0], "已是协作人");
}

#[test]
fn leaving_absent_and_unwilling_people_are_not_asked() {
    let mut people = [
        person(1, "李娜", &["华东"], 0, 80),
        person(2, "王强", &["华东"], 0, 80),
        person(3, "赵敏", &["华东"], 0, 80),
        person(4, "孙浩", &["西北"], 79, 80),
    ];
    people[0].leaving = true;
    people[1].active = false;
    let mut wary = customer(1, "华东", "制造业", 100);
    wary.declined_by = vec![people[2].employee];
    let advice = ask(&[wary], &people);
    assert_eq!(advice.suggestions[0].successor, people[3].employee);
    assert!(advice.suggestions[0].alternatives.is_empty());
    assert_eq!(advice.loads.len(), 2);
}

#[test]
fn equal_customers_fill_up_the_emptier() {
    let mut people = [
        person(1, "甲", &["华东"], 0, 40),
        person(2, "乙", &["华东"], 20, 40),
        person(3, "丙", &["华东"], 0, 40),
    ];
    people[1].current_value = Fen(20 * 1_000 * 100);
    let customers: Vec<_> = (0..40)
        .map(|n| customer(n, "华东", "制造业", 1_000))
        .collect();
    let loads = ask(&customers, &people).loads;
    let after: Vec<u32> = loads.iter().map(|load| load.after).collect();
    assert_eq!(after, [20, 20, 20]);
}

#[test]
fn unequal_customers_are_shared_by_value() {
    let people = [
        person(1, "甲", &["华东"], 0, 40),
        person(2, "乙", &["华东"], 0, 40),
    ];
    let values = [900, 500, 400, 300, 200, 100];
    let customers: Vec<_> = (0..)
        .zip(values)
        .map(|(n, yuan)| customer(n, "华东", "制造业", yuan))
        .collect();
    let loads = ask(&customers, &people).loads;
    let gained: Vec<Fen> = loads.iter().map(|load| load.value_gained).collect();
    assert_eq!(gained, [Fen(120_000), Fen(120_000)]);
}

#[test]
fn the_full_one_is_named() {
    let people = [
        person(1, "李娜", &["华东"], 80, 80),
        person(2, "王强", &["华北"], 0, 80),
    ];
    let advice = ask(&[customer(1, "华东", "制造业", 100)], &people);
    let reasons = told(&advice, 0);
    assert!(reasons.contains(&"李娜 更匹配，但名额已满"), "{reasons:?}");
    assert!(reasons.contains(&"地区、行业均不匹配，仅按负荷与价值均衡"));
    assert!(!advice.suggestions[0].alternatives[0].has_room);
}

#[test]
fn the_better_tier_gets_the_last_place() {
    let people = [person(1, "李娜", &["华东"], 79, 80)];
    let mut best = customer(2, "西北", "农业", 1);
    best.tier = 1;
    let advice = ask(&[customer(1, "华东", "制造业", 900), best.clone()], &people);
    assert_eq!(advice.suggestions[0].customer, best.customer);
    assert_eq!(advice.unplaced[0].reason.code, "succession.all_full");
    assert!(advice.unplaced[0].reason.zh.contains("李娜"));
}

#[test]
fn places_are_made_by_moving_others_along() {
    // Only 李娜 may take the second customer; the first must move over to 王强 although she is better.
    let people = [
        person(1, "李娜", &["华东"], 0, 1),
        person(2, "王强", &["华北"], 0, 1),
    ];
    let mut picky = customer(2, "华东", "制造业", 1);
    picky.declined_by = vec![people[1].employee];
    let advice = ask(&[customer(1, "华东", "制造业", 900), picky], &people);
    assert!(advice.unplaced.is_empty());
    assert_eq!(advice.suggestions[0].successor, people[1].employee);
    assert_eq!(advice.suggestions[1].successor, people[0].employee);
}

#[test]
fn without_anybody_it_says_so() {
    let lonely = [customer(1, "华东", "制造业", 1)];
    assert_eq!(
        ask(&lonely, &[]).unplaced[0].reason.code,
        "succession.nobody"
    );
    let people = [person(1, "李娜", &["华东"], 0, 80)];
    let mut refused = lonely[0].clone();
    refused.declined_by = vec![people[0].employee];
    assert_eq!(
        ask(&[refused], &people).unplaced[0].reason.code,
        "succession.all_declined"
    );
    assert_eq!(ask(&[], &people).suggestions, []);
}

#[test]
fn absurd_figures_do_no_harm() {
    let people = [
        person(1, "甲", &["华东"], u32::MAX - 1, u32::MAX),
        person(2, "乙", &["华东"], 0, u32::MAX),
        person(3, "丙", &["华东"], 5, 0),
    ];
    let customers: Vec<_> = [i64::MAX / 100, i64::MIN / 100, i64::MAX / 100, 0]
        .into_iter()
        .zip(0..)
        .map(|(yuan, n)| customer(n, "华东", "制造业", yuan))
        .collect();
    let advice = ask(&customers, &people);
    assert_eq!(advice.suggestions.len(), 4);
    assert_eq!(advice.loads[2].after, 5);
}

#[test]
fn the_answer_travels_as_json() {
    let people = [
        person(1, "李娜", &["华东"], 0, 80),
        person(2, "王强", &["华北"], 0, 80),
    ];
    let advice = ask(&[customer(1, "华东", "制造业", 1)], &people);
    let json = serde_json::to_string(&advice).unwrap();
    assert_eq!(serde_json::from_str::<Advice>(&json).unwrap(), advice);
}

#[test]
fn without_limits_and_worth_the_load_still_balances() {
    let people = [
        person(1, "李娜", &["华东"], 12, NO_LIMIT),
        person(2, "王强", &["华东"], 4, NO_LIMIT),
        person(3, "周敏", &["华东"], 4, NO_LIMIT),
    ];
    let customers: Vec<_> = (0..16).map(|n| customer(n, "华东", "制造业", 0)).collect();
    let advice = ask(&customers, &people);
    let after: Vec<u32> = advice.loads.iter().map(|load| load.after).collect();
    assert_eq!(after, [12, 12, 12]);
}

#[test]
fn without_limits_a_reason_still_outweighs_a_few_customers_more() {
    let people = [
        person(1, "李娜", &["华北"], 10, NO_LIMIT),
        person(2, "王强", &["华东"], 14, NO_LIMIT),
    ];
    let advice = ask(&[customer(1, "华东", "制造业", 0)], &people);
    assert_eq!(advice.suggestions[0].successor, people[1].employee);
}
