//! Contracts of a leaver that terms of a handover pass on to others whole 交接条款归他人.
//!
//! Receivers and superior agree to the terms of a plan; its giver is not asked. Terms that leave
//! him nothing of a contract take its commission only with his signature (law.md §1.7), so such a
//! contract stays among what is decided at his exit, with what he would have without the handover.
//! Only handovers since he first gave notice count, also one that was taken back: an earlier
//! handover changed his work, and each statement since has told him what became of it.

use std::collections::BTreeMap;

use ::commission::calculate::Books;
use ::commission::event::Contract;
use ::commission::split_after_handover::{Stretch, split};
use kernel::{ContractId, CustomerId, Day, EmployeeId, PlanId};

use super::credits;

/// By which plan, and who has it now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassedOn {
    pub(crate) plan: PlanId,
    pub(crate) to: EmployeeId,
}

/// Contracts that he handed over since a day and gets nothing of any more, and the books as if he
/// had kept them; nothing where there are none.
pub(super) fn passed_on(
    facts: &Books,
    who: EmployeeId,
    (since, cut_off): (Day, Day),
) -> Option<(BTreeMap<ContractId, PassedOn>, Books)> {
    let mut owned: BTreeMap<CustomerId, Vec<&Stretch>> = BTreeMap::new();
    for stretch in &facts.stretches {
        owned.entry(stretch.customer).or_default().push(stretch);
    }
    let mut passed = BTreeMap::new();
    // The first stretch of each customer that would not be, and what was signed under it.
    let mut ended: BTreeMap<CustomerId, (Day, u32)> = BTreeMap::new();
    let mut others: BTreeMap<ContractId, CustomerId> = BTreeMap::new();
    for contract in &facts.contracts {
        let own = owned.get(&contract.customer).map_or(&[][..], Vec::as_slice);
        let Some((given, plan)) = given(own, contract, (who, since)) else {
            continue;
        };
        if contract.signed_on >= given.effective_on {
            others.insert(contract.id, contract.customer);
            continue;
        }
        let covering = own.iter().filter(|one| one.covers(contract.id));
        let Some(now) = covering.max_by_key(|one| place(one)) else {
            continue;
        };
        // Whoever has a part of it by its team, or by the terms, finds it on the list anyhow.
        let (parts, _) = split(now, contract, now.effective_on.max(cut_off));
        let credited = credits::named(&contract.team).contains(&who);
        if credited || parts.iter().any(|part| part.payee == who) {
            continue;
        }
        passed.insert(
            contract.id,
            PassedOn {
                plan,
                to: now.owner,
            },
        );
        let first = ended.entry(contract.customer).or_insert(place(given));
        *first = place(given).min(*first);
    }
    if passed.is_empty() {
        return None;
    }
    let mut kept = facts.clone();
    kept.stretches.retain(|one| {
        let first = ended.get(&one.customer);
        first.is_none_or(|first| place(one) < *first)
    });
    kept.events.retain(|event| {
        let customer = others.get(&event.contract);
        customer.is_none_or(|customer| !ended.contains_key(customer))
    });
    Some((passed, kept))
}

/// In which order stretches of a customer begin.
fn place(stretch: &Stretch) -> (Day, u32) {
    (stretch.effective_on, stretch.seq)
}

/// The newest stretch by which he handed the contract over since a day, and by which plan.
fn given<'a>(
    own: &[&'a Stretch],
    contract: &Contract,
    (who, since): (EmployeeId, Day),
) -> Option<(&'a Stretch, PlanId)> {
    let covering = own.iter().copied().filter(|one| one.covers(contract.id));
    let his = covering.filter_map(|one| {
        let handover = one.handover.as_ref().filter(|by| by.from == who)?;
        let plan: PlanId = handover.record.0.strip_prefix("plan/")?.parse().ok()?;
        (one.effective_on >= since).then_some((one, plan))
    });
    his.max_by_key(|(one, _)| place(one))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ::commission::event::{Record, Team};
    use ::commission::split_after_handover::{Covers, Handover, Step, Terms};
    use kernel::{Bps, Fen, Moment};

    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn who(n: u8) -> EmployeeId {
        EmployeeId::mint(Moment(1), [n; 10])
    }

    /// A contract of the first one's customer, which goes to the second on these terms.
    fn books(effective_on: &str, terms: Terms) -> Books {
        let customer = CustomerId::mint(Moment(1), [9; 10]);
        let plan = PlanId::mint(Moment(1), [8; 10]);
        let handover = Handover {
            record: Record(format!("plan/{plan}")),
            from: who(1),
            terms,
            pool: None,
            decided_by: None,
        };
        let stretch = |seq, from: &str, owner, handover| Stretch {
            customer,
            seq,
            effective_on: day(from),
            owner,
            contracts: None,
            except: BTreeSet::new(),
            handover,
        };
        let contract = Contract {
            id: ContractId::mint(Moment(1), [7; 10]),
            customer,
            signed_on: day("2026-10-05"),
            ends_on: None,
            gross: Fen(1_000_000),
            margin: None,
            product: String::new(),
            industry: String::new(),
            new_customer: true,
            team: Team::default(),
        };
        Books {
            contracts: vec![contract],
            stretches: vec![
                stretch(1, "2026-01-01", who(1), None),
                stretch(2, effective_on, who(2), Some(handover)),
            ],
            ..Books::default()
        }
    }

    /// Half for ten days, and then this much.
    fn protected(afterwards: i64) -> Terms {
        Terms::Protection {
            steps: vec![Step {
                before_day: 10,
                share: Bps(5_000),
            }],
            afterwards: Bps(afterwards),
            covers: Covers::SignedBefore,
        }
    }

    #[test]
    fn only_what_was_given_away_whole_since_the_notice_is_passed_on() {
        let days = (day("2026-11-23"), day("2026-12-23"));
        for (effective_on, terms, passes) in [
            ("2026-11-23", Terms::NothingKept, true),
            ("2026-11-22", Terms::NothingKept, false),
            // On the cut-off date the ten days are over, or have not begun.
            ("2026-11-23", protected(0), true),
            ("2026-11-23", protected(3_000), false),
            ("2026-12-24", protected(0), false),
            ("2026-12-24", Terms::NothingKept, true),
        ] {
            let found = passed_on(&books(effective_on, terms), who(1), days);
            assert_eq!(found.is_some(), passes, "{effective_on}");
            if let Some((passed, kept)) = found {
                assert!(passed.values().all(|one| one.to == who(2)));
                assert_eq!(kept.stretches.len(), 1, "{effective_on}");
            }
        }
        let nobody = passed_on(&books("2026-11-23", Terms::NothingKept), who(2), days);
        assert!(nobody.is_none());
    }
}
