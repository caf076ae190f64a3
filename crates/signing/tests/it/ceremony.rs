//! Who may sign when, and what each step is bound to.

use kernel::Moment;
use proptest::prelude::*;
use signing::ceremony::Ceremony;
use signing::ceremony::record::{
    Consent, Deed, Factor, Level, Proof, Role, Seat, Sha256Digest, Standing, Step, Terms,
};

const BEGUN: Moment = Moment(1_795_680_000_000);
const DAY: i64 = 86_400;

fn at(days: i64) -> Moment {
    BEGUN.plus_seconds(days * DAY + 1)
}

fn digest(text: &str) -> Sha256Digest {
    Sha256Digest::of(text.as_bytes())
}

fn seat(party: &str, role: Role, turn: u8, level: Level) -> Seat {
    Seat {
        party: party.to_owned(),
        role,
        turn,
        level,
    }
}

/// Employee and receiver in any order, then the manager, then the company with its seal.
fn terms(level: Level) -> Terms {
    Terms {
        document: digest("printed"),
        seats: vec![
            seat("zhang", Role::Employee, 1, level),
            seat("chen", Role::Receiver, 1, level),
            seat("li", Role::Manager, 2, level),
            seat("company", Role::Company, 3, level),
        ],
        begun: BEGUN,
        deadline: BEGUN.plus_seconds(10 * DAY),
    }
}

fn agreed(read: Sha256Digest) -> Proof {
    Proof::Agreed {
        read,
        consent: Consent {
            text: digest("consent"),
            at: BEGUN.plus_seconds(-DAY),
        },
        factor: Factor::OneTimeCode,
        drawn: digest("strokes"),
        seal_use: Some("apc_1".to_owned()),
    }
}

fn reliable(before: Sha256Digest, after: &str) -> Proof {
    Proof::Reliable {
        before,
        after: digest(after),
        certificate: digest("certificate"),
        stamped_at: Some(BEGUN),
        seal_use: Some("apc_1".to_owned()),
    }
}

fn paper(recorded_by: &str, kept_at: &str) -> Proof {
    Proof::Paper {
        scan: digest("scan"),
        kept_at: kept_at.to_owned(),
        recorded_by: recorded_by.to_owned(),
    }
}

fn code<T: std::fmt::Debug>(result: Result<T, kernel::Refusal>) -> String {
    result.unwrap_err().code
}

#[test]
fn each_in_his_turn() {
    let mut ceremony = Ceremony::begin(terms(Level::Agreed)).unwrap();
    let read = ceremony.current();
    // Who signs, and who may sign after him.
    let table: [(&str, &[usize]); 4] = [
        ("chen", &[0]),
        ("zhang", &[2]),
        ("li", &[3]),
        ("company", &[]),
    ];
    assert_eq!(ceremony.next(at(1)), [0, 1]);
    for (party, next) in table {
        for early in ["li", "company"] {
            if early != party && ceremony.seat_of(early, at(1)).is_err() {
                let refused = code(ceremony.sign(early, agreed(read), at(1)));
                assert!(["signing.not_your_turn", "signing.signed_already"].contains(&&*refused));
            }
        }
        let step = ceremony.sign(party, agreed(read), at(1)).unwrap();
        ceremony.apply(&step).unwrap();
        assert_eq!(ceremony.next(at(1)), next, "after {party}");
    }
    assert_eq!(ceremony.standing(at(1)), Standing::Complete);
    // Complete stays complete, also after the deadline.
    assert_eq!(ceremony.standing(at(99)), Standing::Complete);
    assert_eq!(
        code(ceremony.sign("zhang", agreed(read), at(1))),
        "signing.over"
    );
}

#[test]
fn signatures_inside_the_file_are_bound_to_each_other() {
    let mut ceremony = Ceremony::begin(terms(Level::Reliable)).unwrap();
    let printed = ceremony.current();
    let first = ceremony
        .sign("zhang", reliable(printed, "one"), at(1))
        .unwrap();
    let both_at_once = ceremony
        .sign("chen", reliable(printed, "other"), at(1))
        .unwrap();
    ceremony.apply(&first).unwrap();
    // Two who prepared from the same bytes: the second has to sign what the first has left.
    assert_eq!(
        code(ceremony.apply(&both_at_once)),
        "signing.another_document"
    );
    assert_eq!(
        code(ceremony.sign("chen", reliable(printed, "other"), at(1))),
        "signing.another_document"
    );
    let second = ceremony
        .sign("chen", reliable(digest("one"), "two"), at(2))
        .unwrap();
    assert_eq!(second.document, printed);
    assert_eq!(second.bound_to, digest("one"));
    assert_eq!(second.leaves, digest("two"));
    assert_eq!(second.previous, first.binding());
    ceremony.apply(&second).unwrap();
    assert_eq!(ceremony.current(), digest("two"));
}

#[test]
fn what_is_refused() {
    let agreed_terms = Ceremony::begin(terms(Level::Agreed)).unwrap();
    let read = agreed_terms.current();
    let late_consent = Proof::Agreed {
        read,
        consent: Consent {
            text: digest("consent"),
            at: at(5),
        },
        factor: Factor::Passkey,
        drawn: digest("strokes"),
        seal_use: None,
    };
    let password = Proof::Receipt {
        read,
        factor: Factor::Password,
    };
    let receipt = Proof::Receipt {
        read,
        factor: Factor::Passkey,
    };
    let table = [
        ("stranger", agreed(read), "signing.not_a_signer"),
        ("zhang", receipt, "signing.level_too_low"),
        (
            "zhang",
            agreed(digest("other text")),
            "signing.another_document",
        ),
        ("zhang", late_consent, "signing.consent"),
        ("zhang", reliable(read, "printed"), "signing.unsigned"),
        (
            "zhang",
            paper("zhang", "档案室"),
            "signing.recorded_by_signer",
        ),
        ("zhang", paper("hr", "  "), "signing.place"),
    ];
    for (party, proof, expected) in table {
        assert_eq!(
            code(agreed_terms.sign(party, proof, at(1))),
            expected,
            "{party}"
        );
    }
    let receipts = Ceremony::begin(terms(Level::Receipt)).unwrap();
    assert_eq!(
        code(receipts.sign("zhang", password, at(1))),
        "signing.second_factor"
    );
    // A stronger way than asked for, and paper, are always good.
    assert!(receipts.sign("zhang", agreed(read), at(1)).is_ok());
    assert!(
        agreed_terms
            .sign("zhang", reliable(read, "one"), at(1))
            .is_ok()
    );
    assert!(
        agreed_terms
            .sign("zhang", paper("hr", "档案室 3-12"), at(1))
            .is_ok()
    );
}

#[test]
fn the_seal_needs_its_approval() {
    let mut short = terms(Level::Agreed);
    short.seats = vec![seat("company", Role::Company, 1, Level::Agreed)];
    let ceremony = Ceremony::begin(short).unwrap();
    let mut proof = agreed(ceremony.current());
    if let Proof::Agreed { seal_use, .. } = &mut proof {
        *seal_use = None;
    }
    assert_eq!(
        code(ceremony.sign("company", proof, at(1))),
        "signing.seal_without_approval"
    );
    assert!(
        ceremony
            .sign("company", agreed(ceremony.current()), at(1))
            .is_ok()
    );
}

#[test]
fn refusal_deadline_and_withdrawal_end_it() {
    let open = Ceremony::begin(terms(Level::Agreed)).unwrap();
    assert_eq!(code(open.refuse("zhang", "  ", at(1))), "signing.reason");
    assert_eq!(
        code(open.refuse("li", "金额不对", at(1))),
        "signing.not_your_turn"
    );
    let refused = open.refuse("zhang", "应收账款少列一笔", at(1)).unwrap();
    let withdrawn = open.withdraw("hr", "内容有误", at(1)).unwrap();
    for (step, standing) in [
        (refused, Standing::Refused),
        (withdrawn, Standing::Withdrawn),
    ] {
        let mut over = open.clone();
        over.apply(&step).unwrap();
        assert_eq!(over.standing(at(1)), standing);
        assert_eq!(over.next(at(1)), [] as [usize; 0]);
        assert_eq!(
            code(over.sign("chen", agreed(open.current()), at(1))),
            "signing.over"
        );
        assert_eq!(code(over.withdraw("hr", "again", at(1))), "signing.over");
    }
    let deadline = open.terms().deadline;
    assert_eq!(
        open.standing(deadline),
        Standing::Open,
        "the last moment counts"
    );
    assert_eq!(open.standing(deadline.plus_millis(1)), Standing::Expired);
    assert_eq!(
        code(open.sign("zhang", agreed(open.current()), at(10))),
        "signing.over"
    );
}

#[test]
fn reminders_go_to_whose_turn_it_is() {
    let open = Ceremony::begin(terms(Level::Agreed)).unwrap();
    assert!(open.reminders(at(1), 3).is_empty());
    let due = open.reminders(at(8), 3);
    let parties: Vec<&str> = due.iter().map(|one| one.party.as_str()).collect();
    assert_eq!(parties, ["zhang", "chen"]);
    assert_eq!(due[0].days_left, 1);
    assert!(
        open.reminders(at(11), 3).is_empty(),
        "nobody is reminded of what is over"
    );
}

#[test]
fn what_cannot_begin() {
    let with = |change: fn(&mut Terms)| {
        let mut terms = terms(Level::Agreed);
        change(&mut terms);
        code(Ceremony::begin(terms))
    };
    assert_eq!(with(|terms| terms.seats.clear()), "signing.seats");
    assert_eq!(
        with(|terms| terms.seats[1].party = "zhang".into()),
        "signing.one_person_twice"
    );
    assert_eq!(
        with(|terms| terms.deadline = terms.begun),
        "signing.deadline"
    );
}

/// All of it, in the order given by the numbers.
fn complete(order: &[usize]) -> Ceremony {
    let mut ceremony = Ceremony::begin(terms(Level::Receipt)).unwrap();
    for (i, choice) in order.iter().enumerate() {
        let now = at(1 + i64::try_from(i).unwrap());
        let next = ceremony.next(now);
        let Some(seat) = next.get(choice % next.len().max(1)) else {
            break;
        };
        let party = ceremony.terms().seats[*seat].party.clone();
        let proof = match choice % 3 {
            0 => agreed(ceremony.current()),
            1 => reliable(ceremony.current(), &format!("revision {i}")),
            _ => paper("hr", "档案室"),
        };
        let step = ceremony.sign(&party, proof, now).unwrap();
        ceremony.apply(&step).unwrap();
    }
    ceremony
}

proptest! {
    /// Whatever order: turns rise, nobody signs twice, and what was kept gives the same state.
    #[test]
    fn any_order(order in prop::collection::vec(0_usize..12, 0..8)) {
        let ceremony = complete(&order);
        let mut last = 0;
        let mut seen = std::collections::BTreeSet::new();
        for step in ceremony.steps() {
            let Deed::Signed { seat, .. } = &step.deed else { unreachable!() };
            let turn = ceremony.terms().seats[*seat].turn;
            prop_assert!(turn >= last && seen.insert(*seat));
            last = turn;
        }
        let kept = serde_json::to_string(ceremony.steps()).unwrap();
        let kept: Vec<Step> = serde_json::from_str(&kept).unwrap();
        let again = Ceremony::replay(ceremony.terms().clone(), &kept).unwrap();
        prop_assert_eq!(again, ceremony);
    }

    /// A step left out, doubled, exchanged, altered, or taken to another document is noticed.
    #[test]
    fn any_tampering(
        order in prop::collection::vec(0_usize..12, 4),
        which in 0_usize..4,
        kind in 0_u8..5,
    ) {
        let ceremony = complete(&order);
        let mut steps = ceremony.steps().to_vec();
        let mut terms = ceremony.terms().clone();
        match kind {
            0 if which < 3 => { steps.remove(which); }
            1 => steps.insert(which, steps[which].clone()),
            2 if which < 3 => steps.swap(which, which + 1),
            3 if which < 3 => steps[which].at = steps[which].at.plus_millis(1),
            4 => terms.document = digest("another"),
            _ => return Ok(()),
        }
        prop_assert!(Ceremony::replay(terms, &steps).is_err());
    }
}
