//! Time: reminders, due times, escalation, and that every case ends or rests with people.

use approval::directory::around_the_clock;
use approval::event::{About, What};
use approval::fact::Value;
use approval::item::Holder;
use approval::policy::Due;
use approval::shipped::{SHIPPED, shipped};
use approval::state::{CaseState, NodeState, Purpose, TimerState};
use approval::validate::publish;
use kernel::{Fen, Moment};
use proptest::prelude::*;

use crate::generate::definition;
use crate::invariants::{invariants, is_cared_for, started};
use crate::world::*;

const UP: &str =
    r#""on_timeout":{"do":"escalate","to":{"from":"manager","of":"assignee","level":1}}"#;

#[test]
fn reminders_come_before_and_again_and_change_nothing() {
    let remind = r#""remind":[{"before_hours":2},{"every_hours":3,"max":2}]"#;
    let mut case = Case::of(&approve("a", &[WANG], remind));
    let mut hours = Vec::new();
    for _ in 0..3 {
        assert!(case.fire_next());
        hours.push(case.at.0 / HOUR);
        assert_eq!(case.holders("a"), [one(WANG)]);
    }
    assert_eq!(
        hours,
        [3, 6, 6],
        "every three hours twice, and two hours before eight"
    );
}

/// A calendar of days worked from nine to five.
fn office(from: Moment, span: Due) -> Moment {
    let hours = match span {
        Due::WorkHours(hours) => i64::from(hours),
        Due::WorkDays(days) => i64::from(days) * 8,
        Due::Hours(_) | Due::Days(_) => return around_the_clock(from, span),
    };
    let mut left = hours * HOUR;
    for day in from.0.div_euclid(24 * HOUR).. {
        let midnight = day * 24 * HOUR;
        let begins = from.0.max(midnight + 9 * HOUR);
        let room = midnight + 17 * HOUR - begins;
        if room > 0 && left <= room {
            return Moment(begins + left);
        }
        left -= room.max(0);
    }
    from
}

#[test]
fn reminders_count_the_hours_by_which_a_step_is_due() {
    // Opened at four in the afternoon.
    for (due, before, at) in [
        (r#""due":{"work_days":2}"#, 8, Some(24 + 16)),
        (r#""due":{"work_days":2}"#, 4, Some(48 + 12)),
        (r#""due":{"work_hours":5}"#, 4, Some(17)),
        (r#""due":{"work_hours":4}"#, 4, None),
        // Due by the clock at four; the hour before it would be at noon, or at night.
        (r#""due":{"hours":24}"#, 4, Some(24 + 12)),
        (r#""due":{"hours":24}"#, 14, Some(24 + 9)),
        (r#""due":{"hours":14}"#, 4, Some(16 + 10)),
    ] {
        let extra = format!(r#"{due},"remind":[{{"before_hours":{before}}}]"#);
        let mut case = Case::new(flow(&approve("a", &[WANG], &extra)));
        case.roll.calendar = &office;
        case.at = Moment(16 * HOUR);
        let case = case.started(LI, &[]);
        let timers = case.state.timers.iter();
        let mut reminders = timers.filter(|it| matches!(it.purpose, Purpose::Remind { .. }));
        let found = reminders.next().map(|it| it.fire_at.0 / HOUR);
        assert_eq!(found, at, "{due} {before}");
    }
}

#[test]
fn a_timeout_is_never_silent() {
    for late in ["notify", "auto_pass", "auto_reject"] {
        let mut case = Case::of(&approve(
            "a",
            &[WANG],
            &format!(r#""on_timeout":{{"do":"{late}"}}"#),
        ));
        case.fire_next();
        let told = case.told();
        let What::Told { to, about, .. } = told[0] else {
            panic!()
        };
        assert_eq!(
            (to, *about),
            (&vec![one(LI), one(WANG)], About::Overdue),
            "{late}"
        );
    }
}

#[test]
fn escalation_climbs_and_ends_in_the_administrators_pool() {
    let mut case = Case::of(&approve("a", &[WANG], UP));
    let mut held = vec![case.holders("a")[0].clone()];
    while case.fire_next() {
        held.push(case.holders("a")[0].clone());
    }
    assert_eq!(
        held,
        [one(WANG), one(MANAGER), one(DIRECTOR), one(GM), admins()]
    );
    assert!(
        case.is_active("a"),
        "where silence means nothing, it waits for a person"
    );
    case.claim_and_approve("a", ADMIN);
    assert!(case.is_done());
}

#[test]
fn an_excluded_manager_is_climbed_over() {
    let extra = format!(r#""exclude":[{{"fact":"buddy"}}],{UP}"#);
    let flow = flow(&approve("a", &[WANG], &extra));
    let mut case = Case::new(flow).started(LI, &[("buddy", name(MANAGER))]);
    case.fire_next();
    assert_eq!(case.holders("a"), [one(DIRECTOR)]);
}

#[test]
fn escalation_does_not_come_back_to_those_who_kept_silent() {
    let up = r#""on_timeout":{"do":"escalate","to":{"from":"role","key":"hr"}}"#;
    let mut case = Case::of(&approve("a", &[WANG], up));
    case.fire_next();
    assert_eq!(case.holders("a"), [Holder::Pool("hr".into())]);
    case.claim("a", HR).unwrap();
    case.fire_next();
    assert_eq!(case.holders("a"), [admins()]);
}

#[test]
fn a_wait_that_takes_too_long_becomes_somebodys_work() {
    let root = r#"{"id":"w","kind":"wait","title":"等","until":{"fact":"n","op":"=","value":0},
        "deadline":{"hours":4},"on_timeout":{"do":"escalate","to":{"from":"role","key":"hr"}}}"#;
    let mut case = Case::of(root);
    assert!(case.holders("w").is_empty());
    case.fire_next();
    assert_eq!(case.holders("w"), [Holder::Pool("hr".into())]);
    case.claim("w", HR).unwrap();
    let item = case.item("w", HR);
    assert_eq!(
        case.finish(item, HR).unwrap_err().code,
        "approval.wrong_kind"
    );
    case.set("n", Value::Number(0)).unwrap();
    assert!(case.is_done());
}

#[test]
fn a_timer_fires_at_its_time_and_once() {
    let mut case = Case::of(r#"{"id":"t","kind":"timer","after":{"hours":3}}"#);
    let timer = case.state.timers[0].clone();
    assert_eq!(timer.fire_at, Moment(3 * HOUR));
    assert_eq!(case.fire(timer.no).unwrap_err().code, "approval.moved_on");
    case.at = timer.fire_at;
    case.fire(timer.no).unwrap();
    assert!(case.is_done());
    assert_eq!(
        case.fire(timer.no).unwrap_err().code,
        "approval.case_closed"
    );
}

#[test]
fn timers_die_with_their_step() {
    let mut case = Case::of(&seq(
        "s",
        &[approve("a", &[WANG], ""), approve("b", &[ZHAO], "")],
    ));
    case.approve("a", WANG);
    let states: Vec<TimerState> = case.state.timers.iter().map(|timer| timer.state).collect();
    assert_eq!(states, [TimerState::Cancelled, TimerState::Armed]);
}

/// Fires timers and nothing else until none is armed. Returns how many fired.
fn run_out(case: &mut Case) -> usize {
    let mut fired = 0;
    while case.fire_next() {
        fired += 1;
        assert!(fired < 10_000, "an endless loop of timers");
        invariants(case);
    }
    fired
}

/// A step fires at most three reminders more than it has settings for, and its due time once for
/// each of the five steps up and once at the end.
fn bound(case: &Case) -> usize {
    case.flow.nodes().len() * (4 + 6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Nobody is reminded or passed over at night where time is counted by the calendar.
    #[test]
    fn what_is_due_by_the_calendar_calls_nobody_at_night(
        minute in 0..14 * 24 * 60_i64,
        days in 1..6_u32,
        before in 1..30_u32,
        every in 1..30_u32,
    ) {
        let extra = format!(
            r#""due":{{"work_days":{days}}},
            "remind":[{{"before_hours":{before}}},{{"every_hours":{every},"max":5}}],{UP}"#
        );
        let mut case = Case::new(flow(&approve("a", &[WANG], &extra)));
        case.roll.calendar = &office;
        case.at = Moment(minute * 60_000);
        let mut case = case.started(LI, &[]);
        while case.fire_next() {
            let hour = case.at.0.rem_euclid(24 * HOUR);
            prop_assert!((9 * HOUR..=17 * HOUR).contains(&hour), "at {}", case.at.0);
        }
    }

    /// Termination: with timers only, a case ends, or rests where a person, a sub-case or a service
    /// has the next word. It is never left to nobody, and never spins.
    #[test]
    fn timers_alone_end_a_case_or_bring_it_to_people(text in definition()) {
        let mut case = started(&text);
        let fired = run_out(&mut case);
        prop_assert!(fired <= bound(&case), "{} timers fired", fired);
        if case.state.case == CaseState::Running {
            let leaves = case.flow.nodes().into_iter().filter(|node| node.is_leaf());
            for leaf in leaves.filter(|it| case.state.status(it.id()) == NodeState::Active) {
                prop_assert!(is_cared_for(&case, leaf.id()));
            }
        }
    }
}

/// In guarded processes silence decides nothing: when everybody keeps silent, no approval passes,
/// and every open seat that could climb rests with the administrators.
#[test]
fn silence_never_passes_a_shipped_process() {
    let facts = [
        ("open_items", Value::Number(3)),
        ("compensation_due", Value::Flag(true)),
        ("successors", names(&[WANG, ZHAO])),
        ("receiver", name(WANG)),
        ("amount", Value::Money(Fen(1))),
        ("gate", Value::Text("assets".into())),
        ("reason", Value::Text("已报废".into())),
        ("document", Value::Text("离职证明".into())),
        ("basis", Value::Text("个人信息保护法第四十七条".into())),
        ("demand", Value::Text("书面请求".into())),
    ];
    for (key, _) in SHIPPED {
        let def = shipped(key).unwrap();
        let known = facts.iter().filter(|(fact, _)| def.fact(fact).is_some());
        let known: Vec<_> = known.cloned().collect();
        let mut case = Case::new(publish(def, 1).unwrap()).started(HR, &known);
        let before = case.state.nodes.len();
        run_out(&mut case);
        assert_eq!(case.state.case, CaseState::Running, "{key}");
        assert_eq!(case.state.nodes.len(), before, "{key}: nothing moved on");
        for item in case.state.items.iter().filter(|item| item.is_live()) {
            let personal = matches!(item.node.0.as_str(), "consent" | "accept");
            assert!(personal || item.holder == admins(), "{key}: {item:?}");
        }
    }
}
