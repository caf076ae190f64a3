//! Answers, approval, steps, what arrives later, and the way back.

use handover::acceptance::{Answer, Standing, Verdict, may_answer, standings};
use handover::execution::{Action, dry_run, remainder, reverse, steps};
use handover::frozen::{Approval, freeze};
use handover::holding::HoldingKind;
use handover::plan::{Edit, HandoverPlan, Rule};
use handover::preview::{moved, preview};
use kernel::{Moment, Refusal};

use crate::books::{
    APPROVED_AT, CHEN, EFFECTIVE, LI, WANG, ZHAO, all_accept, approve, cus, desk, office, plan_id,
    plan_of, thing, who,
};

fn edit(plan: &mut HandoverPlan, edit: Edit) {
    plan.edit(plan.version(), &edit).unwrap();
}

/// Customer 1 to 李, the rest to 王.
fn shared_out() -> HandoverPlan {
    let mut plan = plan_of(desk());
    edit(
        &mut plan,
        Edit::AssignCustomers {
            customers: vec![cus(1)],
            successor: who(LI),
        },
    );
    let rest = Rule {
        only_unassigned: true,
        ..Rule::default()
    };
    edit(
        &mut plan,
        Edit::AssignByRule {
            rule: rest,
            successor: who(WANG),
        },
    );
    plan
}

fn answer(successor: u8, plan_version: u32, verdict: Verdict, at: i64) -> Answer {
    Answer {
        successor: who(successor),
        plan_version,
        verdict,
        at: Moment(at),
    }
}

fn no(reason: &str) -> Verdict {
    Verdict::Decline {
        reason: reason.into(),
    }
}

fn try_freeze(plan: HandoverPlan, answers: &[Answer], by: u8, at: Moment) -> Result<(), Refusal> {
    freeze(plan, answers, &office(), Approval { by: who(by), at }).map(|_| ())
}

#[test]
fn an_answer_holds_until_the_share_changes() {
    let mut plan = shared_out();
    let answers = all_accept(&plan);
    let accepted = |who| (who, Standing::Accepted);
    assert_eq!(
        standings(&plan, &answers),
        [accepted(who(LI)), accepted(who(WANG))]
    );
    // Customer 2 goes from 王 to 赵: 李's answer stands, 王's does not, 赵 is asked.
    edit(
        &mut plan,
        Edit::AssignCustomers {
            customers: vec![cus(2)],
            successor: who(ZHAO),
        },
    );
    assert_eq!(
        standings(&plan, &answers),
        [
            accepted(who(LI)),
            (who(WANG), Standing::Outdated),
            (who(ZHAO), Standing::Waiting)
        ]
    );
    // Another effective moment concerns everybody.
    edit(&mut plan, Edit::MoveEffective { at: Moment(3_000) });
    assert_eq!(standings(&plan, &answers)[0].1, Standing::Outdated);
}

#[test]
fn the_last_answer_counts() {
    let plan = shared_out();
    let version = plan.version();
    let answers = [
        answer(LI, version, no("已满负荷"), 5),
        answer(LI, version, Verdict::Accept, 9),
        answer(WANG, version, Verdict::Accept, 5),
        answer(WANG, version, no("不熟悉物流"), 9),
    ];
    let declined = Standing::Declined {
        reason: "不熟悉物流".into(),
    };
    assert_eq!(
        standings(&plan, &answers),
        [(who(LI), Standing::Accepted), (who(WANG), declined)]
    );
}

#[test]
fn answers_that_are_not_taken_down() {
    let plan = shared_out();
    let version = plan.version();
    for (given, code) in [
        (
            answer(ZHAO, version, Verdict::Accept, 1),
            "handover.not_a_successor",
        ),
        (
            answer(WANG, 1, Verdict::Accept, 1),
            "handover.answer_outdated",
        ),
        (
            answer(WANG, version + 1, Verdict::Accept, 1),
            "handover.answer_outdated",
        ),
        (
            answer(WANG, version, no("  "), 1),
            "handover.decline_without_reason",
        ),
    ] {
        assert_eq!(may_answer(&plan, &given).unwrap_err().code, code);
    }
    assert_eq!(
        may_answer(&plan, &answer(WANG, version, no("不熟悉物流"), 1)),
        Ok(())
    );
}

#[test]
fn who_may_approve_and_when() {
    let plan = shared_out;
    let answers = all_accept(&plan());
    let mut all_to_zhao = plan_of(desk());
    edit(
        &mut all_to_zhao,
        Edit::AssignByRule {
            rule: Rule::default(),
            successor: who(ZHAO),
        },
    );
    let zhao_accepts = all_accept(&all_to_zhao);
    let mut part_to_zhao = plan();
    edit(
        &mut part_to_zhao,
        Edit::AssignCustomers {
            customers: vec![cus(2)],
            successor: who(ZHAO),
        },
    );
    let three_accept = all_accept(&part_to_zhao);
    let code = |result: Result<(), Refusal>| result.err().map(|refusal| refusal.code);
    for (result, expected) in [
        (try_freeze(plan(), &answers, ZHAO, APPROVED_AT), None),
        (
            try_freeze(plan(), &answers, ZHAO, Moment(2_001)),
            Some("handover.retroactive"),
        ),
        (
            try_freeze(plan(), &answers, CHEN, APPROVED_AT),
            Some("handover.approver_is_giver"),
        ),
        (
            try_freeze(plan(), &answers[..1], ZHAO, APPROVED_AT),
            Some("handover.not_accepted"),
        ),
        (
            try_freeze(plan_of(desk()), &[], ZHAO, APPROVED_AT),
            Some("handover.plan_empty"),
        ),
        // The manager who gains, all or a part, may not approve; his own superior may.
        (
            try_freeze(part_to_zhao.clone(), &three_accept, ZHAO, APPROVED_AT),
            Some("handover.plan_blocked"),
        ),
        (
            try_freeze(part_to_zhao, &three_accept, 10, APPROVED_AT),
            None,
        ),
        (
            try_freeze(all_to_zhao.clone(), &zhao_accepts, ZHAO, APPROVED_AT),
            Some("handover.plan_blocked"),
        ),
        (
            try_freeze(all_to_zhao, &zhao_accepts, 10, APPROVED_AT),
            None,
        ),
    ] {
        assert_eq!(code(result).as_deref(), expected);
    }
}

#[test]
fn a_decline_stands_in_the_way_until_the_share_goes_elsewhere() {
    let mut plan = shared_out();
    let mut answers = all_accept(&plan);
    answers.push(answer(WANG, plan.version(), no("已满负荷"), 9));
    let refusal = try_freeze(plan.clone(), &answers, ZHAO, APPROVED_AT).unwrap_err();
    assert_eq!(refusal.message, "还有 0 位接替人未答复、1 位已拒绝");
    edit(
        &mut plan,
        Edit::ClearSuccessor {
            successor: who(WANG),
        },
    );
    let rest = Rule {
        only_unassigned: true,
        ..Rule::default()
    };
    edit(
        &mut plan,
        Edit::AssignByRule {
            rule: rest,
            successor: who(LI),
        },
    );
    let answers = all_accept(&plan);
    assert_eq!(try_freeze(plan, &answers, ZHAO, APPROVED_AT), Ok(()));
}

#[test]
fn steps_go_customer_by_customer_in_order() {
    let frozen = approve(shared_out());
    let steps = steps(&frozen);
    let told: Vec<String> = steps
        .iter()
        .map(|step| match &step.action {
            Action::EndOwnership { .. } => "end".into(),
            Action::BeginOwnership { .. } => "begin".into(),
            Action::OpenCommissionTerms { .. } => "terms".into(),
            Action::Move { holding, .. } => holding.subject.clone(),
        })
        .collect();
    assert_eq!(
        told.join(" "),
        "end begin 发票 7 terms 海川二期 end begin 发票 8 terms end begin terms 合同 3 \
         西部项目 报价审批 销售一组"
    );
    assert_eq!(steps[0].idempotency_key, format!("{}/000001", plan_id(1)));
    assert!(steps.iter().all(|step| step.effective_at == EFFECTIVE));
    let (from, to) = (who(CHEN), who(LI));
    let customer = cus(1);
    assert_eq!(steps[0].action, Action::EndOwnership { customer, from });
    assert_eq!(steps[1].action, Action::BeginOwnership { customer, to });
    assert_eq!(
        steps[3].action,
        Action::OpenCommissionTerms { customer, from, to }
    );
}

#[test]
fn what_arrives_later_is_the_next_plan() {
    let frozen = approve(shared_out());
    let mut books = dry_run(&frozen, &desk()).after;
    books.push(thing(HoldingKind::PendingApproval, "新审批", None, 0));
    let rest = remainder(frozen.plan(), &books);
    assert!(rest.not_moved.is_empty());
    assert_eq!(rest.arrived_later.len(), 1);
    let next = plan_of(rest.arrived_later);
    assert_eq!(next.items()[0].holding.title, "新审批");
}

#[test]
fn a_run_repeated_does_nothing_twice() {
    let frozen = approve(shared_out());
    let first = dry_run(&frozen, &desk());
    assert_eq!(first.moves.len(), 10);
    assert_eq!(first.may_execute(frozen.plan()), Ok(()));
    let second = dry_run(&frozen, &first.after);
    assert_eq!((second.moves.len(), second.done.len()), (0, 10));
    assert_eq!(second.after, first.after);
}

#[test]
fn paid_and_taken_lines_are_told_apart() {
    let frozen = approve(shared_out());
    let mut books = desk();
    books.remove(4); // invoice 8 was paid
    books[0].holder = who(ZHAO); // customer 1 went to 赵 meanwhile
    let run = dry_run(&frozen, &books);
    assert_eq!(run.gone[0].subject, "发票 8");
    assert_eq!(run.stale[0].subject, "海川机械");
    assert_eq!(
        run.after[0].holder,
        who(ZHAO),
        "never taken from a third person"
    );
    let stale = run.may_execute(frozen.plan()).unwrap_err();
    assert_eq!(stale.code, "handover.plan_stale");
    assert!(
        stale.message.contains("客户归属「海川机械」"),
        "{}",
        stale.message
    );
}

#[test]
fn what_a_run_leaves_alone_is_not_counted() {
    let plan = shared_out();
    let frozen = approve(plan.clone());
    let receivers = office().receivers;
    let whole = dry_run(&frozen, &desk());
    assert_eq!(
        moved(&plan, &whole, &receivers),
        preview(&plan, &receivers),
        "everything moves"
    );
    let mut books = desk();
    books.remove(4); // invoice 8 was paid
    books[0].holder = who(LI); // customer 1 went to 李 by hand
    let rest = moved(&plan, &dry_run(&frozen, &books), &receivers);
    assert_eq!((rest.total.items, rest.total.customers), (8, 2));
    assert_eq!((rest.already, rest.unassigned.items), (1, 0));
    let shares: u32 = rest.shares.iter().map(|share| share.moves.items).sum();
    assert_eq!(shares, rest.total.items);
}

#[test]
fn undoing_is_a_new_plan_that_needs_consent_again() {
    let executed = approve(shared_out());
    let books = dry_run(&executed, &desk()).after;
    let early = reverse(&executed, plan_id(2), Moment(1_999)).unwrap_err();
    assert_eq!(early.code, "handover.reverse_too_early");
    let back = reverse(&executed, plan_id(2), Moment(9_000)).unwrap();
    assert_eq!(standings(&back, &[]), [(who(CHEN), Standing::Waiting)]);
    assert_eq!(remainder(&back, &books).not_moved.len(), 10);
    assert_eq!(dry_run(&approve(back), &books).after, desk());
}
