//! What must hold whatever the facts are.

use commission::calculate::{Books, Payment, calculate};
use commission::clawback::{Standing, take_back};
use commission::draw::{Draw, windows};
use commission::event::Trigger;
use commission::line::Earning;
use commission::period::Ledger;
use commission::plan::Method;
use commission::schedule::{Band, Ladder, Reach, Section, Sections};
use commission::shares::Shares;
use commission::split_after_handover::{Piece, Pool, Stretch, Terms, divide, split};
use kernel::{Bps, Fen, Moment};
use proptest::prelude::*;

use crate::world::{
    between, books, contract, day, emp, event, handed_over, outcome, protection, rec,
};

fn ladders() -> impl Strategy<Value = Ladder> {
    let reach = prop_oneof![Just(Reach::Excess), Just(Reach::Whole)];
    prop::collection::vec((1..400_000_i64, 0..3_000_i64, reach), 1..6).prop_map(|steps| {
        let mut from = 0;
        let bands = steps
            .iter()
            .enumerate()
            .map(|(index, (width, rate, reach))| {
                from += if index == 0 { 0 } else { *width };
                Band {
                    from: Fen(from),
                    rate: Bps(*rate),
                    reach: *reach,
                }
            });
        Ladder::new(bands.collect()).unwrap()
    })
}

/// A ladder whose rates never fall: the usual one, and the one that is monotone.
fn rising() -> impl Strategy<Value = Ladder> {
    ladders().prop_map(|ladder| {
        let mut highest = 0;
        let bands = ladder.bands().iter().map(|band| {
            highest = band.rate.0.max(highest);
            Band {
                rate: Bps(highest),
                ..*band
            }
        });
        Ladder::new(bands.collect()).unwrap()
    })
}

fn terms() -> impl Strategy<Value = Terms> {
    let share = || (0..=10_000_i64).prop_map(Bps);
    prop_oneof![
        Just(protection()),
        share().prop_map(|share| Terms::ToContractEnd { share }),
        share().prop_map(|share| Terms::Negotiated {
            share,
            until: Some(day("2025-09-01")),
            agreement: rec("document/doc_1"),
        }),
        (0..=10_000_i64, 0..=10_000_i64).prop_map(|(weight, done)| Terms::ShareOfWork {
            pieces: vec![
                Piece {
                    name: "开发".to_owned(),
                    weight: Bps(weight),
                    done: Bps(done)
                },
                Piece {
                    name: "交付".to_owned(),
                    weight: Bps(10_000 - weight),
                    done: Bps(0)
                },
            ],
        }),
        Just(Terms::NothingKept),
    ]
}

/// Up to three handovers within half a year, and up to thirty receipts.
fn worlds() -> impl Strategy<Value = Books> {
    let moves = prop::collection::vec((1..180_i64, terms(), 0..3_000_i64), 0..3);
    let receipts = prop::collection::vec((0..300_i64, -20_000..200_000_i64), 1..30);
    (ladders(), moves, receipts).prop_map(|(ladder, moves, receipts)| {
        let mut books = books(Method::Ladder(ladder));
        let start = day("2025-02-01");
        for (n, (after, terms, pooled)) in (1..).zip(moves) {
            let on = start.plus_days(after).to_string();
            let mut stretch = handed_over(n + 1, &on, i64::from(n), i64::from(n) + 1, terms);
            let members = Shares::new(vec![(emp(3), Bps(3_333)), (emp(4), Bps(6_667))]);
            if let Some(handover) = stretch.handover.as_mut().filter(|_| pooled > 0) {
                handover.pool = Some(Pool {
                    share: Bps(pooled),
                    members: members.unwrap(),
                    before_day: (pooled % 2 == 0).then_some(60),
                });
            }
            books.stretches.push(stretch);
        }
        for (n, (after, amount)) in receipts.into_iter().enumerate() {
            let on = start.plus_days(after).to_string();
            let mut receipt = event(&format!("receipt/{n:03}"), Trigger::Cash, &on, 1, "0");
            receipt.amount = Fen(amount);
            books.events.push(receipt);
        }
        books
    })
}

proptest! {
    #[test]
    fn a_split_never_loses_a_fen(
        terms in terms(),
        amount: i64,
        days in 0..400_i64,
        pooled in 0..=10_000_i64,
    ) {
        let mut stretch: Stretch = handed_over(2, "2025-06-01", 1, 2, terms);
        let members = Shares::new(vec![(emp(3), Bps(1)), (emp(4), Bps(9_999))]).unwrap();
        let pool = Pool { share: Bps(pooled), members, before_day: None };
        stretch.handover.as_mut().unwrap().pool = Some(pool);
        let contract = contract(1, "2025-01-01", "1000");
        let (parts, how) = split(&stretch, &contract, stretch.effective_on.plus_days(days));
        prop_assert!(how.is_some() && parts.iter().all(|part| part.weight > 0));
        prop_assert_eq!(parts.iter().map(|part| part.weight).sum::<i64>(), 100_000_000);
        let sum: i128 = divide(Fen(amount), &parts).iter().map(|part| i128::from(part.0)).sum();
        prop_assert_eq!(sum, i128::from(amount));
    }

    #[test]
    fn credit_of_an_event_is_its_amount(books in worlds()) {
        let outcome = outcome(&books);
        for event in &books.events {
            let lines = outcome.lines.iter().filter(|line| line.key.record == event.record);
            prop_assert_eq!(lines.map(|line| line.credit).sum::<Fen>(), event.amount);
        }
    }

    #[test]
    fn lines_of_a_window_sum_to_what_the_window_earned(books in worlds()) {
        let outcome = outcome(&books);
        let Method::Ladder(ladder) = &books.plans[0].versions[0].components[0].method else {
            return Ok(());
        };
        let mut windows = std::collections::BTreeMap::new();
        for line in &outcome.lines {
            let slot = windows.entry((line.key.payee, line.trace.window_start));
            let (credit, sum): &mut (Fen, Fen) = slot.or_default();
            prop_assert_eq!(line.before, *credit);
            *credit = *credit + line.credit;
            *sum = *sum + line.commission;
        }
        for (credit, sum) in windows.into_values() {
            prop_assert_eq!(sum, ladder.earned(credit).round());
        }
    }

    #[test]
    fn the_order_of_the_facts_does_not_matter(
        books in worlds(),
        seed in any::<prop::sample::Index>(),
    ) {
        let mut turned = books.clone();
        let at = seed.index(turned.events.len());
        turned.events.rotate_left(at);
        turned.events.reverse();
        turned.stretches.reverse();
        turned.assignments.reverse();
        prop_assert_eq!(calculate(&turned).unwrap(), calculate(&books).unwrap());
    }

    #[test]
    fn a_bundle_gives_the_same_bytes_again(books in worlds()) {
        let bundle = serde_json::to_string(&books).unwrap();
        let opened: Books = serde_json::from_str(&bundle).unwrap();
        let first = serde_json::to_vec(&outcome(&books)).unwrap();
        prop_assert_eq!(serde_json::to_vec(&outcome(&opened)).unwrap(), first);
    }

    #[test]
    fn more_money_never_earns_less(
        ladder in rising(),
        a in 0..3_000_000_i64,
        more in 0..1_000_000_i64,
    ) {
        prop_assert!(ladder.earned(Fen(a)) <= ladder.earned(Fen(a + more)));
    }

    #[test]
    fn bands_hold_the_whole_running_amount(ladder in ladders(), x in -500_000..3_000_000_i64) {
        let parts = ladder.parts(Fen(x));
        prop_assert_eq!(parts.iter().map(|part| part.amount).sum::<Fen>(), Fen(x));
    }

    #[test]
    fn a_section_is_found_by_trying_each(
        bounds in prop::collection::btree_set(0..1_000_i64, 2..10),
        x in -1_100..1_100_i64,
    ) {
        let bounds: Vec<i64> = bounds.into_iter().collect();
        let pairs = bounds.chunks_exact(2).map(|pair| (pair[0], pair[1]));
        let section = |(from, to)| Section { from: Fen(from), to: Fen(to), rate: Bps(from + 1) };
        let table = Sections::new(pairs.clone().map(section).collect()).unwrap();
        let inside = pairs.clone().find(|(from, to)| (*from..=*to).contains(&x.abs()));
        prop_assert_eq!(table.of(Fen(x)).map(|s| s.from.0), inside.map(|(from, _)| from));
    }

    #[test]
    fn no_more_is_clawed_back_than_was_paid(
        earned in 0..1_000_000_i64,
        paid_bp in 0..=10_000_i64,
        pieces in prop::collection::vec(0..1_000_i64, 1..6),
        more in 0..1_000_i64,
    ) {
        let paid = earned * paid_bp / 10_000;
        let whole: i64 = pieces.iter().sum::<i64>() + more;
        let (mut taken, mut cancelled, mut clawed_back) = (0, Fen(0), Fen(0));
        for piece in pieces {
            let standing = Standing {
                earned: Fen(earned),
                paid: Fen(paid),
                cancelled,
                clawed_back,
            };
            let back = take_back(standing, Fen(taken), Fen(taken + piece), Fen(whole));
            prop_assert!(back.cancelled >= Fen(0) && back.clawed_back >= Fen(0));
            taken += piece;
            cancelled = cancelled + back.cancelled;
            clawed_back = clawed_back + back.clawed_back;
            prop_assert!(clawed_back <= Fen(paid));
            prop_assert!(cancelled + clawed_back <= Fen(earned));
        }
        if taken == whole && whole > 0 {
            prop_assert_eq!(cancelled + clawed_back, Fen(earned));
        }
    }

    #[test]
    fn a_recoverable_draw_is_paid_once(
        amount in 0..100_000_i64,
        earned in prop::collection::vec(-50_000..300_000_i64, 0..24),
    ) {
        let earned: Vec<Fen> = earned.into_iter().map(Fen).collect();
        let steps = windows(Draw { amount: Fen(amount), recoverable: true }, Fen(0), &earned);
        let balance = steps.last().map_or(Fen(0), |step| step.balance);
        let paid: Fen = steps.iter().map(|step| step.paid).sum();
        prop_assert_eq!(paid, earned.iter().copied().sum::<Fen>() + balance);
        prop_assert!(steps.iter().all(|s| s.paid >= Fen(amount) && s.balance >= Fen(0)));
    }

    #[test]
    fn clawed_back_lines_never_pass_what_was_paid_for_them(
        books in worlds(),
        paid in prop::collection::vec(0..=100_i64, 60),
        back in prop::collection::vec(0..=100_i64, 30),
    ) {
        let mut books = books;
        let lines = outcome(&books).lines;
        for (line, percent) in lines.iter().zip(paid) {
            let amount = Fen(line.commission.0 * percent / 100);
            if amount > Fen(0) {
                let (line, on) = (line.key.clone(), line.earned_on);
                books.payments.push(Payment { line, on, amount });
            }
        }
        for (original, percent) in books.events.clone().iter().zip(back) {
            let record = format!("z/{}", original.record);
            let mut refund = event(&record, Trigger::Cash, "2026-03-01", 1, "0");
            refund.amount = Fen(-original.amount.0 * percent / 100);
            refund.takes_back = Some(original.record.clone());
            books.events.push(refund);
        }
        for line in outcome(&books).lines {
            if let Earning::TakenBack { paid, clawed_back, .. } = line.trace.earning {
                prop_assert!(Fen(0) <= clawed_back && clawed_back <= paid.max(Fen(0)));
            }
        }
    }

    #[test]
    fn closed_months_stay_and_the_sum_is_the_full_run(
        books in worlds(),
        closing in 1..10_usize,
        late in terms(),
    ) {
        let mut ledger = Ledger::default();
        for month in 2..=12 {
            let from = format!("2025-{month:02}-01");
            let next = day(&from).plus_months(1).to_string();
            ledger.open(between(&from, &next)).unwrap();
        }
        ledger.calculate(&outcome(&books).lines, Moment(1)).unwrap();
        let firsts: Vec<_> = ledger.periods().map(|period| period.days.from).collect();
        for (n, from) in firsts.into_iter().take(closing).enumerate() {
            ledger.review(from).unwrap();
            ledger.close(from, Moment(2 + i64::try_from(n).unwrap())).unwrap();
        }
        let fixed = ledger.closed().to_vec();
        let mut changed = books;
        let seq = u32::try_from(changed.stretches.len()).unwrap() + 1;
        changed.stretches.push(handed_over(seq, "2025-02-15", 1, 2, late));
        let lines = outcome(&changed).lines;
        ledger.calculate(&lines, Moment(50)).unwrap();
        prop_assert_eq!(ledger.closed(), &fixed[..]);
        let all = ledger.closed().iter().chain(ledger.current());
        let sum = all.map(|posting| posting.commission).sum::<Fen>();
        prop_assert_eq!(sum, lines.iter().map(|line| line.commission).sum::<Fen>());
    }
}
