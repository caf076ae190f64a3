//! What must hold for every desk and every way of sharing it out.

use std::collections::BTreeSet;

use handover::execution::{Action, dry_run, remainder, reverse, steps};
use handover::holding::{Holding, HoldingKind};
use handover::plan::{Edit, HandoverPlan, Rule};
use handover::preview::{Moves, preview};
use kernel::{EmployeeId, Moment};
use proptest::prelude::*;

use crate::books::{approve, cus, plan_id, plan_of, thing, who};

fn any_desk() -> impl Strategy<Value = Vec<Holding>> {
    let line = (
        prop::sample::select(HoldingKind::ALL.to_vec()),
        0..6_u8,
        0..9_000_i64,
    );
    prop::collection::vec(line, 1..30).prop_map(|lines| {
        let build = |(n, (kind, customer, yuan)): (usize, (HoldingKind, u8, i64))| {
            // Owned customers are distinct; the role of a manager belongs to none.
            let owned = kind == HoldingKind::CustomerOwnership;
            let number = if owned {
                100 + u8::try_from(n).unwrap()
            } else {
                customer
            };
            let none = kind >= HoldingKind::PendingApproval;
            let mut holding = thing(kind, &format!("第{n}项"), (!none).then_some(number), yuan);
            holding.overdue = kernel::Fen(holding.amount.0 / 3);
            holding
        };
        lines.into_iter().enumerate().map(build).collect()
    })
}

/// Edits that can always be tried: some change much, some nothing, some are refused.
fn any_edit() -> impl Strategy<Value = Edit> {
    let person = || (2..7_u8).prop_map(who);
    let rule = (
        prop::collection::vec(prop::sample::select(HoldingKind::ALL.to_vec()), 0..4),
        prop::collection::vec(
            prop::sample::select(vec!["华东".to_owned(), "华南".to_owned()]),
            0..2,
        ),
        any::<bool>(),
    );
    let rule = rule.prop_map(|(kinds, regions, only_unassigned)| Rule {
        kinds,
        regions,
        only_unassigned,
        industries: Vec::new(),
    });
    prop_oneof![
        (rule, person()).prop_map(|(rule, successor)| Edit::AssignByRule { rule, successor }),
        (0..6_u8, person()).prop_map(|(n, successor)| Edit::AssignCustomers {
            customers: vec![cus(n)],
            successor,
        }),
        prop::collection::vec((0..6_u8, person()), 0..6).prop_map(|pairs| {
            Edit::AcceptSuggestions {
                pairs: pairs
                    .into_iter()
                    .map(|(n, person)| (cus(n), person))
                    .collect(),
            }
        }),
        person().prop_map(|successor| Edit::ClearSuccessor { successor }),
        (2_000..2_100_i64).prop_map(|at| Edit::MoveEffective { at: Moment(at) }),
    ]
}

fn edited(desk: Vec<Holding>, edits: &[Edit]) -> HandoverPlan {
    let mut plan = plan_of(desk);
    for edit in edits {
        let before = plan.clone();
        match plan.edit(plan.version(), edit) {
            Ok(0) | Err(_) => assert_eq!(plan, before),
            Ok(_) => assert_eq!(plan.version(), before.version() + 1),
        }
    }
    plan
}

/// Everything assigned: what the edits left open goes to one more person.
fn fully_shared(desk: Vec<Holding>, edits: &[Edit]) -> HandoverPlan {
    let mut plan = edited(desk, edits);
    let rest = Rule {
        only_unassigned: true,
        ..Rule::default()
    };
    let _ = plan.edit(
        plan.version(),
        &Edit::AssignByRule {
            rule: rest,
            successor: who(7),
        },
    );
    plan
}

fn lines(plan: &HandoverPlan) -> Vec<(Holding, Option<EmployeeId>)> {
    plan.items()
        .iter()
        .map(|item| (item.holding.clone(), item.successor()))
        .collect()
}

/// Counts and money of several shares together.
fn sum<'a>(parts: impl Iterator<Item = &'a Moves>) -> Moves {
    parts.fold(Moves::default(), |mut sum, part| {
        sum.items += part.items;
        sum.customers += part.customers;
        sum.opportunities += part.opportunities;
        sum.opportunity_amount = sum.opportunity_amount + part.opportunity_amount;
        sum.receivables += part.receivables;
        sum.receivable_open = sum.receivable_open + part.receivable_open;
        sum.overdue = sum.overdue + part.overdue;
        for (kind, count) in &part.by_kind {
            *sum.by_kind.entry(*kind).or_default() += count;
        }
        sum
    })
}

proptest! {
    #[test]
    fn every_line_is_either_assigned_or_not_and_money_sums_up(
        desk in any_desk(), edits in prop::collection::vec(any_edit(), 0..8),
    ) {
        let plan = edited(desk.clone(), &edits);
        let listed: BTreeSet<_> = plan.items().iter().map(|item| &item.holding.key).collect();
        prop_assert_eq!(listed, desk.iter().map(|holding| &holding.key).collect());
        let preview = preview(&plan, &[]);
        let parts = preview.shares.iter().map(|share| &share.moves).chain([&preview.unassigned]);
        prop_assert_eq!(sum(parts), preview.total);
        prop_assert_eq!(plan.assigned().count() + preview.unassigned.items as usize, desk.len());
    }

    #[test]
    fn after_execution_nothing_remains(
        desk in any_desk(), edits in prop::collection::vec(any_edit(), 0..8),
    ) {
        let frozen = approve(fully_shared(desk.clone(), &edits));
        let run = dry_run(&frozen, &desk);
        prop_assert_eq!(run.moves.len(), desk.len());
        let rest = remainder(frozen.plan(), &run.after);
        prop_assert!(rest.arrived_later.is_empty() && rest.not_moved.is_empty());
        // Nothing but the holder has changed, and nothing got lost.
        for (before, after) in desk.iter().zip(&run.after) {
            prop_assert_eq!(&Holding { holder: after.holder, ..before.clone() }, after);
        }
    }

    #[test]
    fn the_steps_do_what_the_dry_run_shows(
        desk in any_desk(), edits in prop::collection::vec(any_edit(), 0..8),
    ) {
        let frozen = approve(fully_shared(desk.clone(), &edits));
        let steps = steps(&frozen);
        let keys: BTreeSet<_> = steps.iter().map(|step| &step.idempotency_key).collect();
        prop_assert_eq!(keys.len(), steps.len());
        prop_assert!(steps.iter().zip(1..).all(|(step, number)| step.number == number));
        let mut books = desk.clone();
        for step in &steps {
            for holding in &mut books {
                let owned = holding.key.kind == HoldingKind::CustomerOwnership;
                match &step.action {
                    Action::BeginOwnership { customer, to }
                        if owned && holding.customer == Some(*customer) => holding.holder = *to,
                    Action::Move { holding: key, to, .. } if holding.key == *key => {
                        holding.holder = *to;
                    }
                    _ => {}
                }
            }
        }
        prop_assert_eq!(books, dry_run(&frozen, &desk).after);
    }

    #[test]
    fn reversing_twice_is_the_plan_again(
        desk in any_desk(), edits in prop::collection::vec(any_edit(), 0..8),
    ) {
        let executed = approve(fully_shared(desk.clone(), &edits));
        let books = dry_run(&executed, &desk).after;
        let at = executed.plan().effective_at();
        let undo = approve(reverse(&executed, plan_id(2), at).unwrap());
        prop_assert_eq!(&dry_run(&undo, &books).after, &desk);
        let again = reverse(&undo, plan_id(3), at).unwrap();
        prop_assert_eq!(lines(&again), lines(executed.plan()));
    }
}
