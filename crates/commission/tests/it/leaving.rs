//! What must be decided when somebody leaves.

use std::collections::BTreeMap;

use commission::booking::SettledRow;
use commission::calculate::Payment;
use commission::event::Trigger;
use commission::exit::{
    AfterExit, ByTerms, Consent, Decision, Exit, NothingReason, OpenLine, close, open_lines,
    supplement,
};
use commission::leavers::{ever_any, ever_less};
use commission::line::Because;
use commission::split_after_handover::{Covers, Pool, Step, Terms};
use kernel::{Bps, DepartureId, Fen, Moment, PlanId};

use crate::world::{
    books, contract, ctr, cus, day, emp, event, flat, handed_over, outcome, owned_by, protection,
    rec, total, yuan,
};

fn open(n: i64) -> OpenLine {
    OpenLine {
        contract: ctr(n),
        owed: yuan("1000"),
        to_come: yuan("3333.33"),
        passed_on: None,
    }
}

/// The same where the terms of a handover leave him so much of it, or nothing.
fn passed_on(n: i64, leaves: Option<&str>) -> OpenLine {
    OpenLine {
        passed_on: Some(ByTerms {
            plan: Some(plan(1)),
            leaves: leaves.map(yuan),
        }),
        ..open(n)
    }
}

/// The same where it changed hands without a plan, or by several.
fn by_no_plan(n: i64, leaves: Option<&str>) -> OpenLine {
    OpenLine {
        passed_on: Some(ByTerms {
            plan: None,
            leaves: leaves.map(yuan),
        }),
        ..open(n)
    }
}

fn plan(n: u8) -> PlanId {
    PlanId::mint(Moment(1), [n; 10])
}

fn exit(decisions: &[(i64, Decision)]) -> Exit {
    let each = decisions
        .iter()
        .map(|(n, decision)| (ctr(*n), decision.clone()));
    Exit {
        employee: emp(1),
        left_on: day("2025-06-30"),
        decisions: each.collect::<BTreeMap<_, _>>(),
    }
}

fn on_collection(until: &str, months: u8) -> Decision {
    Decision::OnCollection {
        until: day(until),
        statement_months: months,
        consent: None,
    }
}

/// On collection, with his signature under the terms of a plan.
fn signed(of: u8) -> Decision {
    Decision::OnCollection {
        until: day("2026-06-30"),
        statement_months: 3,
        consent: Some(Consent {
            plan: plan(of),
            paper: rec("document/doc_2"),
        }),
    }
}

fn agreed(share: i64) -> Decision {
    Decision::PayShare {
        share: Bps(share),
        agreement: rec("document/doc_1"),
    }
}

fn nothing(reason: NothingReason, proof: Option<&str>) -> Decision {
    Decision::Nothing {
        reason,
        proof: proof.map(rec),
    }
}

#[test]
fn four_decisions_and_what_each_pays() {
    for (decision, now, later) in [
        (Decision::PayInFull, "4333.33", "0"),
        (agreed(5_000), "2666.67", "0"), // 1,000 owed in full + half of what is to come
        (on_collection("2026-06-30", 3), "1000", "3333.33"),
        (
            nothing(NothingReason::Returned, Some("order/1")),
            "1000",
            "0",
        ),
    ] {
        let settled = close(&exit(&[(1, decision)]), &[open(1)]).unwrap();
        assert_eq!((settled[0].now, settled[0].later), (yuan(now), yuan(later)));
    }
}

#[test]
fn a_blank_blocks_closing() {
    let refusal = close(&exit(&[(1, Decision::PayInFull)]), &[open(1), open(2)]).unwrap_err();
    assert_eq!(refusal.code, "commission.exit_undecided");
    assert!(refusal.conflict && refusal.message.contains(&ctr(2).to_string()));
    assert!(close(&exit(&[]), &[]).unwrap().is_empty());
}

#[test]
fn what_is_refused_and_with_which_reason() {
    for (decision, code) in [
        (
            nothing(NothingReason::BecauseHeLeft, Some("x")),
            "commission.forfeit_refused",
        ),
        (
            nothing(NothingReason::ContractFell, None),
            "commission.nothing_without_proof",
        ),
        (agreed(10_001), "commission.share_out_of_range"),
        (
            on_collection("2026-06-30", 6),
            "commission.statement_too_seldom",
        ),
        (
            on_collection("2025-06-30", 3),
            "commission.tail_before_exit",
        ),
        (on_collection("2035-07-01", 3), "commission.tail_too_long"),
        (on_collection("9999-12-01", 3), "commission.tail_too_long"),
    ] {
        let refusal = close(&exit(&[(1, decision)]), &[open(1)]).unwrap_err();
        assert_eq!(refusal.code, code);
    }
}

#[test]
fn terms_that_leave_him_nothing_take_nothing_without_his_signature() {
    let agreed_to = nothing(NothingReason::TermsAgreed, Some("document/doc_2"));
    for (decision, now) in [
        (Decision::PayInFull, "4333.33"),
        (agreed(5_000), "2666.67"),
        (agreed_to.clone(), "1000"),
    ] {
        let settled = close(&exit(&[(1, decision)]), &[passed_on(1, None)]).unwrap();
        assert_eq!((settled[0].now, settled[0].later), (yuan(now), Fen::ZERO));
    }
    let unsigned = nothing(NothingReason::TermsAgreed, None);
    let comes_in = on_collection("2026-06-30", 3);
    let whole = || passed_on(1, None);
    for (decision, line, code) in [
        (comes_in, whole(), "commission.passed_on"),
        (signed(1), whole(), "commission.passed_on"),
        (unsigned, whole(), "commission.nothing_without_proof"),
        (agreed_to, open(1), "commission.nothing_passed_on"),
    ] {
        let refusal = close(&exit(&[(1, decision)]), &[line]).unwrap_err();
        assert_eq!(refusal.code, code);
    }
}

/// 3,333.33 are to come; by terms of plan 1, agreed without him, 0.33 of these.
#[test]
fn terms_that_leave_him_a_token_take_nothing_without_his_signature_either() {
    let token = || passed_on(1, Some("0.33"));
    let fell = nothing(NothingReason::ContractFell, Some("order/1"));
    for (decision, now, later) in [
        (Decision::PayInFull, "4333.33", "0"),
        (agreed(5_000), "2666.67", "0"),
        (fell, "1000", "0"),
        (signed(1), "1000", "0.33"),
    ] {
        let settled = close(&exit(&[(1, decision)]), &[token()]).unwrap();
        assert_eq!((settled[0].now, settled[0].later), (yuan(now), yuan(later)));
    }
    let agreed_to = nothing(NothingReason::TermsAgreed, Some("document/doc_2"));
    let comes_in = on_collection("2026-06-30", 3);
    for (decision, line, code) in [
        (comes_in, token(), "commission.terms_not_signed"),
        // What he signed were the terms of another plan.
        (signed(2), token(), "commission.terms_not_signed"),
        // They leave him a part, so he did not agree to nothing.
        (agreed_to, token(), "commission.nothing_passed_on"),
    ] {
        let refusal = close(&exit(&[(1, decision)]), &[line]).unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(!refusal.remedy.is_empty());
    }
}

/// Nobody agreed to terms that are not there: it is paid, settled, or was never due.
#[test]
fn what_changed_hands_by_no_plan_is_not_taken_by_terms() {
    for leaves in [None, Some("0.33")] {
        for (decision, now) in [
            (Decision::PayInFull, "4333.33"),
            (agreed(5_000), "2666.67"),
            (
                nothing(NothingReason::ContractFell, Some("order/1")),
                "1000",
            ),
        ] {
            let settled = close(&exit(&[(1, decision)]), &[by_no_plan(1, leaves)]).unwrap();
            assert_eq!((settled[0].now, settled[0].later), (yuan(now), Fen::ZERO));
        }
        let agreed_to = nothing(NothingReason::TermsAgreed, Some("document/doc_2"));
        for (decision, code) in [
            (agreed_to, "commission.nothing_passed_on"),
            (on_collection("2026-06-30", 3), "commission.passed_on"),
            (signed(1), "commission.passed_on"),
        ] {
            let lines = [by_no_plan(1, leaves)];
            let refusal = close(&exit(&[(1, decision)]), &lines).unwrap_err();
            assert_eq!(refusal.code, code);
            assert!(refusal.message.contains("没有可供本人签字的提成条款"));
            assert!(refusal.remedy.contains("当期付清") && !refusal.remedy.contains("交接条款"));
        }
    }
}

/// It is asked for where terms take something, and does no harm when they take nothing any more.
#[test]
fn a_consent_is_to_terms_that_are_there() {
    let refusal = open(1).asked(&signed(1)).unwrap_err();
    assert_eq!(refusal.code, "commission.consent_unasked");
    for (decision, line) in [
        (on_collection("2026-06-30", 3), open(1)),
        (signed(1), passed_on(1, Some("0.33"))),
    ] {
        assert!(line.asked(&decision).is_ok());
    }
    let settled = close(&exit(&[(1, signed(1))]), &[open(1)]).unwrap();
    assert_eq!(settled[0].later, yuan("3333.33"));
}

/// One step, and what is kept after it.
fn steps(before_day: u32, share: i64, afterwards: i64) -> Terms {
    Terms::Protection {
        steps: vec![Step {
            before_day,
            share: Bps(share),
        }],
        afterwards: Bps(afterwards),
        covers: Covers::SignedBefore,
    }
}

/// Handed over on 2025-07-01; the contract was signed on 2025-01-10 and runs to 2025-12-31.
///
/// | terms | ever less | anything from 2025-08-01 on |
#[test]
fn terms_that_step_by_days_are_looked_at_on_all_days() {
    let negotiated = |share, until: Option<&str>| Terms::Negotiated {
        share: Bps(share),
        until: until.map(day),
        agreement: rec("document/doc_1"),
    };
    let mut of = contract(1, "2025-01-10", "1000000");
    of.ends_on = Some(day("2025-12-31"));
    let before = owned_by(1);
    for (terms, less, any) in [
        (Terms::NothingKept, true, false),
        // 0.01 % for 400 days.
        (steps(400, 1, 0), true, true),
        // Everything for ten days and nothing after; everything for 400 days and nothing after.
        (steps(10, 10_000, 0), true, false),
        (steps(400, 10_000, 0), true, true),
        // Half for ten days only.
        (steps(10, 5_000, 10_000), true, true),
        (steps(10, 10_000, 10_000), false, true),
        (negotiated(10_000, None), false, true),
        (negotiated(10_000, Some("2025-07-31")), true, false),
        (negotiated(10_000, Some("2025-08-01")), true, true),
        // Everything, but not of what comes in after the contract's last day.
        (Terms::ToContractEnd { share: Bps(10_000) }, true, true),
    ] {
        let told = format!("{terms:?}");
        let after = handed_over(2, "2025-07-01", 1, 2, terms);
        assert_eq!(ever_less((&before, &after), &of, emp(1)), less, "{told}");
        assert_eq!(
            ever_any(&after, &of, (emp(1), day("2025-08-01"))),
            any,
            "{told}"
        );
        // Whoever gets it has no less than before.
        assert!(!ever_less((&before, &after), &of, emp(2)), "{told}");
    }
}

#[test]
fn a_part_for_the_team_takes_from_him_too() {
    let of = contract(1, "2025-01-10", "1000000");
    let mut after = handed_over(2, "2025-07-01", 1, 2, steps(10, 10_000, 10_000));
    let team = commission::shares::PersonShares::new(vec![(emp(3), Bps(10_000))]).unwrap();
    let by = after.handover.as_mut().unwrap();
    by.pool = Some(Pool {
        share: Bps(1_000),
        members: team,
        before_day: Some(30),
    });
    assert!(ever_less((&owned_by(1), &after), &of, emp(1)));
}

#[test]
fn a_plan_that_lets_leavers_forfeit_is_refused() {
    let mut books = books(flat(1_000));
    books.plans[0].versions[0].after_exit = AfterExit::ForfeitUncollected;
    let refusal = commission::calculate::calculate(&books).unwrap_err();
    assert_eq!(refusal.code, "commission.forfeit_refused");
    assert!(refusal.message.contains("无效") && !refusal.remedy.is_empty());
}

#[test]
fn the_tail_of_a_leaver() {
    // He left on 2025-06-30 and handed over the day after; 10,000 come in on 2025-07-10.
    for (decision, on, old, new, statement) in [
        (
            Some(on_collection("2026-01-31", 3)),
            "2025-07-10",
            "700",
            "300",
            true,
        ),
        (
            Some(on_collection("2025-07-09", 3)),
            "2025-07-10",
            "0",
            "1000",
            false,
        ),
        (Some(Decision::PayInFull), "2025-07-10", "0", "300", false),
        (Some(agreed(5_000)), "2025-07-10", "0", "300", false),
        (None, "2025-07-10", "700", "300", true), // silence takes nothing away
        (None, "2025-06-30", "1000", "0", false), // his last day
    ] {
        let mut books = books(flat(1_000));
        books
            .stretches
            .push(handed_over(2, "2025-07-01", 1, 2, protection()));
        let decisions: Vec<_> = decision.iter().map(|d| (1, d.clone())).collect();
        books.exits.push(exit(&decisions));
        books
            .events
            .push(event("receipt/1", Trigger::Cash, on, 1, "10000"));
        let outcome = outcome(&books);
        let sums = (total(&outcome, 1), total(&outcome, 2));
        assert_eq!(sums, (yuan(old), yuan(new)), "{decision:?}");
        let told = outcome
            .lines
            .iter()
            .any(|l| l.key.payee == emp(1) && l.statement_due);
        assert_eq!(told, statement, "{decision:?}");
        if matches!(decision, Some(Decision::PayInFull)) {
            assert_eq!(outcome.absences[0].because, Because::SettledAtExit);
        }
    }
}

#[test]
fn late_cash_makes_a_supplementary_settlement() {
    let mut books = books(flat(1_000));
    books.contracts.push(contract(2, "2025-01-10", "5000"));
    books
        .stretches
        .push(handed_over(2, "2025-07-01", 1, 2, protection()));
    let exit = exit(&[
        (1, on_collection("2026-01-31", 3)),
        (2, Decision::PayInFull),
    ]);
    books.exits.push(exit.clone());
    books
        .events
        .push(event("receipt/1", Trigger::Cash, "2025-06-20", 1, "1000"));
    let before = outcome(&books).lines;
    assert_eq!(supplement(&exit, day("2025-06-30"), &before), None);
    books
        .events
        .push(event("receipt/2", Trigger::Cash, "2025-07-10", 1, "1000"));
    books
        .events
        .push(event("receipt/3", Trigger::Cash, "2025-07-11", 2, "5000"));
    let lines = outcome(&books).lines;
    let supplement = supplement(&exit, day("2025-06-30"), &lines).unwrap();
    assert_eq!((supplement.lines.len(), supplement.total), (1, yuan("70")));
    assert!(
        supplement
            .lines
            .iter()
            .all(|line| line.commission > Fen::ZERO)
    );
}

#[test]
fn what_is_open_is_what_was_earned_and_not_paid_held_parts_too() {
    let mut books = books(flat(1_000));
    books.contracts.push(contract(2, "2025-01-10", "5000"));
    books.contracts.push(contract(3, "2025-01-10", "5000"));
    books.plans[0].versions[0].holdback = Some(commission::plan::Holdback {
        share: Bps(2_000),
        reason: "质保期".to_owned(),
        release: commission::plan::Release::AfterDays(365),
    });
    for (n, amount) in [(1, "1000"), (2, "5000")] {
        let record = format!("receipt/{n}");
        books
            .events
            .push(event(&record, Trigger::Cash, "2025-05-01", n, amount));
    }
    let lines = outcome(&books).lines;
    // The first was paid but for the part held back, the second in full; the third is to come.
    let payments: Vec<Payment> = [(0_usize, "80"), (1, "500")]
        .map(|(at, amount)| Payment {
            line: lines[at].key.clone(),
            on: day("2025-06-10"),
            amount: yuan(amount),
        })
        .to_vec();
    let to_come = BTreeMap::from([(ctr(3), yuan("500"))]);
    let open = open_lines(emp(1), &lines, &payments, &to_come);
    let rows: Vec<_> = open
        .iter()
        .map(|o| (o.contract, o.owed, o.to_come))
        .collect();
    let expected = [(ctr(1), yuan("20"), Fen(0)), (ctr(3), Fen(0), yuan("500"))];
    assert_eq!(rows, expected);
}

/// 2,000 of 4,333.33 were earned at the exit and 1,000 of these owed; 2,333.33 were to come. What
/// turns up later of the time before the cut-off was earned then: it is a line of its own, in full,
/// and what was decided is about the rest.
#[test]
fn what_turns_up_of_the_time_before_the_cut_off_is_due_in_full_and_never_twice() {
    let fell = nothing(NothingReason::ContractFell, Some("order/1"));
    for (decision, earned_now, due) in [
        (Decision::PayInFull, "2000", "2333.33"),
        (Decision::PayInFull, "2400", "1933.33"),
        // More came in than the contract was about.
        (Decision::PayInFull, "5000", "0"),
        // A refund takes nothing from what was agreed: clawback does, on its own line.
        (Decision::PayInFull, "1900", "2333.33"),
        (agreed(5_000), "2000", "1166.67"),
        (agreed(5_000), "2400", "966.67"), // half of 1,933.33; with the 400 he has 1,366.67
        (agreed(5_000), "4333.33", "0"),   // all of it came in before: nothing was to come
        (agreed(5_000), "1900", "1166.67"),
        (agreed(10_000), "2400", "1933.33"),
        (on_collection("2026-06-30", 3), "2400", "0"),
        (fell, "2400", "0"),
    ] {
        let line = OpenLine {
            to_come: yuan("2333.33"),
            ..open(1)
        };
        let settled = close(&exit(&[(1, decision.clone())]), &[line]).unwrap();
        let row = SettledRow {
            departure: DepartureId::mint(Moment(1), [1; 10]),
            deal: ctr(1),
            payee: emp(1),
            cut_off: day("2025-06-30"),
            customer: cus(1),
            decision: decision.clone(),
            earned: yuan("2000"),
            owed: yuan("1000"),
            to_come: yuan("2333.33"),
            now: settled[0].now,
            later: settled[0].later,
        };
        assert_eq!(
            row.due(yuan(earned_now)),
            yuan(due),
            "{decision:?} {earned_now}"
        );
        // Nothing turned up: what the departure settled is what is paid.
        let paid = row.now - row.owed;
        assert_eq!(row.due(row.earned), paid, "{decision:?}");
    }
}
