//! What a table says of who is credited with deals 业绩认定查表.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::event::{Contract, Place, Team};
use ::commission::plan::RuleRow;
use ::commission::shares::Shares;
use ::commission::split_after_handover::{Stretch, stretch_on};
use ::rules::index::Index;
use kernel::{Bps, ContractId, CustomerId, EmployeeId, Moment, RuleTableId};
use spine::{Fault, Reader};

use super::asking::{self, Traits};
use super::store::{self, CreditingRow};
use super::tables::{CREDIT, bps};
use crate::customer::store::stretches::{self, Helped};
use crate::rules::ready::{self, Tables, Voice};
use crate::rules::store::Decision;

/// What of the books crediting looks at.
pub(super) struct Around<'a> {
    pub(super) stretches: &'a [Stretch],
    pub(super) customers: &'a BTreeMap<CustomerId, Traits>,
    /// A draft that speaks instead of its table.
    pub(super) ghost: Option<(RuleTableId, &'a Index)>,
}

/// Gives each contract its team: as somebody said by hand, else as the table of the day it was
/// signed says, else its owner alone. Where the table has no answer (a fact is missing) it is the
/// owner alone, too: nobody is left without pay because a customer has no tier.
pub(super) async fn apply(
    books: &mut Reader<'_>,
    contracts: &mut [Contract],
    around: &Around<'_>,
    (of, by): (Option<&[CustomerId]>, Moment),
) -> Result<Vec<Decision>, Fault> {
    let mut by_hand: BTreeMap<ContractId, Team> = BTreeMap::new();
    for row in store::credits(books, by).await? {
        by_hand.insert(row.deal, row.team);
    }
    let mut rows = store::crediting(books).await?;
    rows.retain(|row| row.set_at <= by);
    let wanted: BTreeSet<RuleTableId> = rows.iter().filter_map(|row| row.table).collect();
    let tables = ready::tables(books, &wanted).await?;
    let helped = match wanted.is_empty() {
        true => Vec::new(),
        false => stretches::helped(books, of).await?,
    };
    let mut owned: BTreeMap<CustomerId, Vec<&Stretch>> = BTreeMap::new();
    for stretch in around.stretches {
        owned.entry(stretch.customer).or_default().push(stretch);
    }
    let mut kept = Vec::new();
    for contract in contracts {
        if let Some(team) = by_hand.remove(&contract.id) {
            contract.team = team;
            continue;
        }
        let own = owned.get(&contract.customer).map_or(&[][..], Vec::as_slice);
        if let Some((team, decision)) = asked(contract, (&rows, &tables), around, (own, &helped)) {
            contract.team = team;
            kept.extend(decision);
        }
    }
    Ok(kept)
}

/// What the table of the day says of one contract.
fn asked(
    contract: &Contract,
    (rows, tables): (&[CreditingRow], &Tables),
    around: &Around<'_>,
    (stretches, helped): (&[&Stretch], &[Helped]),
) -> Option<(Team, Option<Decision>)> {
    let on = contract.signed_on;
    let row = rows.iter().rev().find(|row| row.effective_on <= on)?;
    let id = row.table?;
    let ready = tables.get(&id)?;
    let ghost = around.ghost.filter(|(of, _)| *of == id);
    let live = ready.on(on);
    let voice = ghost
        .map(|(_, index)| Voice::Ghost(index))
        .or(live.map(Voice::Live))?;
    let traits = around.customers.get(&contract.customer).cloned();
    let given = asking::of_deal(&traits.unwrap_or_default(), contract);
    let (answer, row) = asking::answer(voice, &ready.name, &given).ok()?;
    let shares = CREDIT.map(|key| answer[key].as_str().and_then(bps).unwrap_or(Bps(0)));
    let signer = stretch_on(stretches.iter().copied(), contract.id, on).map(|one| one.owner);
    let helpers = helpers_on(helped, contract, signer);
    let team = team_of(shares, signer, &helpers, row.clone())?;
    let record = match (ghost, live) {
        (None, Some(version)) => version.record(on, &given).ok(),
        _ => None,
    };
    let about = format!("contract/{}", contract.id);
    let decision =
        record.map(|record| asking::decision((id, &row), (&about, Some(contract.id)), on, record));
    Some((team, decision))
}

/// Who helped with the customer on the day it was signed, the signer left out.
fn helpers_on(
    helped: &[Helped],
    contract: &Contract,
    signer: Option<EmployeeId>,
) -> Vec<EmployeeId> {
    let begin = helped.partition_point(|row| row.customer < contract.customer);
    let own = helped[begin..].iter();
    let own = own.take_while(|row| row.customer == contract.customer);
    let mut newest: BTreeMap<EmployeeId, bool> = BTreeMap::new();
    for row in own.filter(|row| row.effective_on <= contract.signed_on) {
        let still = row.until.is_none_or(|until| until > contract.signed_on);
        newest.insert(row.employee, row.opens && still);
    }
    let helping = newest.into_iter().filter(|(_, helps)| *helps);
    helping
        .map(|(who, _)| who)
        .filter(|who| Some(*who) != signer)
        .collect()
}

/// Owner, signer and helpers as a team. What nobody is there for goes to the owner; helpers share
/// alike, the odd basis point going to the first.
fn team_of(
    [owner, signer_share, helpers_share]: [Bps; 3],
    signer: Option<EmployeeId>,
    helpers: &[EmployeeId],
    row: RuleRow,
) -> Option<Team> {
    let mut places: Vec<(Place, i64)> = vec![(Place::Owner, owner.0)];
    match signer {
        Some(who) => places.push((Place::Person(who), signer_share.0)),
        None => places[0].1 += signer_share.0,
    }
    let count = i64::try_from(helpers.len()).unwrap_or(i64::MAX);
    if count == 0 {
        places[0].1 += helpers_share.0;
    }
    for (at, who) in (0_i64..).zip(helpers) {
        let odd = i64::from(at < helpers_share.0 % count.max(1));
        places.push((Place::Person(*who), helpers_share.0 / count.max(1) + odd));
    }
    places.retain(|(_, share)| *share > 0);
    let parts = places.into_iter().map(|(who, share)| (who, Bps(share)));
    Some(Team {
        direct: Shares::new(parts.collect()).ok()?,
        overlays: Vec::new(),
        decided_by: Some(row),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: i64) -> EmployeeId {
        EmployeeId::mint(kernel::Moment(n), [0; 10])
    }

    fn row() -> RuleRow {
        RuleRow {
            table: String::new(),
            version: 1,
            row: 1,
            asked: String::new(),
            asked_en: String::new(),
        }
    }

    /// | owner, signer, helpers | signer known | helpers | what each place gets |
    type Case = ([i64; 3], bool, i64, &'static [i64]);
    const CASES: [Case; 6] = [
        ([7_000, 3_000, 0], true, 0, &[7_000, 3_000]),
        ([7_000, 3_000, 0], false, 0, &[10_000]),
        ([6_000, 2_000, 2_000], true, 0, &[8_000, 2_000]),
        (
            [6_000, 2_000, 2_000],
            true,
            3,
            &[6_000, 2_000, 667, 667, 666],
        ),
        ([0, 10_000, 0], true, 2, &[10_000]),
        ([0, 0, 10_000], true, 1, &[10_000]),
    ];

    #[test]
    fn shares_of_a_row_are_the_whole_whoever_is_there() {
        for (shares, known, count, wanted) in CASES {
            let helpers: Vec<EmployeeId> = (2..2 + count).map(person).collect();
            let signer = known.then(|| person(1));
            let team = team_of(shares.map(Bps), signer, &helpers, row()).expect("a team");
            let got: Vec<i64> = team
                .direct
                .parts()
                .iter()
                .map(|(_, share)| share.0)
                .collect();
            assert_eq!(got, wanted, "{shares:?} {known} {count}");
        }
    }
}
