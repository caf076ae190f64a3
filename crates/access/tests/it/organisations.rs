//! Random organisations: the list and the single decision must always agree.

use access::{Actor, Mode, Need, Policy, Role, RowFilter, Scope, Target, decide, filter};
use proptest::prelude::*;

use crate::world::{ALL, READ, dpt, emp, lgn, role, spec};

fn scope() -> impl Strategy<Value = Scope> {
    prop::sample::select(Scope::EACH.to_vec())
}

fn any_role(key: &'static str) -> impl Strategy<Value = Role> {
    let forbidden = prop::sample::subsequence(ALL.to_vec(), 0..=1);
    (prop::collection::vec(scope(), ALL.len()), forbidden).prop_map(move |(scopes, forbids)| Role {
        forbids: forbids.into_iter().collect(),
        ..role(key, key, &ALL.into_iter().zip(scopes).collect::<Vec<_>>())
    })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    (any_role("a"), any_role("b"), any_role("c"))
        .prop_map(|(a, b, c)| Policy::new(ALL.map(spec), [a, b, c]).unwrap())
}

fn any_actor() -> impl Strategy<Value = Actor> {
    let held = prop::sample::subsequence(vec!["a", "b", "c", "unknown"], 0..=3);
    let mode = prop::sample::select(vec![Mode::Normal, Mode::Handover, Mode::Suspended]);
    let below = prop::collection::vec(0..4_u8, 0..3);
    (
        prop::option::of(0..4_u8),
        prop::option::of(0..4_u8),
        below,
        held,
        mode,
    )
        .prop_map(|(employee, department, below, held, mode)| Actor {
            login: lgn(0),
            employee: employee.map(emp),
            department: department.map(dpt),
            departments_below: below.into_iter().map(dpt).collect(),
            roles: held.into_iter().map(str::to_owned).collect(),
            mode,
        })
}

fn any_target() -> impl Strategy<Value = Target> {
    let helpers = prop::collection::vec(0..4_u8, 0..2);
    (
        prop::option::of(0..4_u8),
        helpers,
        prop::option::of(0..4_u8),
    )
        .prop_map(|(owner, helpers, department)| Target {
            owner: owner.map(emp),
            collaborators: helpers.into_iter().map(emp).collect(),
            department: department.map(dpt),
            kept_from: None,
        })
}

/// The rule for `customer.read` told once more, without looking at how the engine tells it.
fn by_hand(policy: &Policy, actor: &Actor, target: &Target) -> bool {
    let held: Vec<&Role> = actor
        .roles
        .iter()
        .filter_map(|key| policy.role(key))
        .collect();
    if actor.mode == Mode::Suspended || held.iter().any(|role| role.forbids.contains(&READ)) {
        return false;
    }
    held.iter().any(|role| {
        let scope = role.grants.get(&READ).copied().unwrap_or(Scope::None);
        let mine = actor
            .employee
            .is_some_and(|me| target.owner == Some(me) || target.collaborators.contains(&me));
        let ours = target.department.is_some() && target.department == actor.department;
        let under = target
            .department
            .is_some_and(|department| actor.departments_below.contains(&department));
        let wide = actor.mode == Mode::Normal;
        match scope {
            Scope::None => false,
            Scope::Own => mine,
            Scope::Department => mine || wide && ours,
            Scope::DepartmentTree => mine || wide && (ours || under),
            Scope::All => mine || wide,
        }
    })
}

proptest! {
    #[test]
    fn the_list_shows_exactly_what_may_be_opened(
        policy in any_policy(), actor in any_actor(), target in any_target(),
    ) {
        for permission in ALL {
            let listed = filter(&policy, &actor, permission).admits(&target);
            let opened = decide(&policy, &actor, &Need::on(permission, target.clone())).allowed;
            prop_assert_eq!(listed, opened, "{}", permission);
        }
    }

    #[test]
    fn the_engine_follows_the_rule_told_by_hand(
        policy in any_policy(), actor in any_actor(), target in any_target(),
    ) {
        let decision = decide(&policy, &actor, &Need::on(READ, target.clone()));
        prop_assert_eq!(decision.allowed, by_hand(&policy, &actor, &target));
        prop_assert_eq!(decision.known, decision.allowed);
    }

    #[test]
    fn everything_is_allowed_only_to_those_who_see_everything(
        policy in any_policy(), actor in any_actor(),
    ) {
        let everything = decide(&policy, &actor, &Need::on_everything(READ)).allowed;
        prop_assert_eq!(everything, filter(&policy, &actor, READ) == RowFilter::Everything);
    }

    #[test]
    fn the_notice_period_never_widens(
        policy in any_policy(), actor in any_actor(), target in any_target(),
    ) {
        let (mut before, mut leaving) = (actor.clone(), actor);
        (before.mode, leaving.mode) = (Mode::Normal, Mode::Handover);
        for permission in ALL {
            let need = Need::on(permission, target.clone()).with_reason(true);
            let allowed = decide(&policy, &leaving, &need).allowed;
            prop_assert!(!allowed || decide(&policy, &before, &need).allowed);
        }
    }
}
