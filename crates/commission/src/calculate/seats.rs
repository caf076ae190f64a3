//! Who takes part in an event: the team, the sides of a handover, overlays, leavers 参与人

use kernel::{Bps, EmployeeId, Fen};

use super::{Happening, Run};
use crate::assignment::Choice;
use crate::event::{Place, Team};
use crate::exit::AfterLeaving;
use crate::leavers::divided;
use crate::line::{Because, Seat};
use crate::shares::WHOLE;
use crate::split_after_handover::{Part, Split, Stays, divide};

/// Somebody who takes a part of an event.
pub(super) struct Taker<'a> {
    pub payee: EmployeeId,
    pub seat: Seat,
    /// The overlay he sits in; `None` in the deal itself.
    pub overlay: Option<&'a str>,
    pub seat_share: Bps,
    pub part_share: Bps,
    pub split: Option<Split>,
    pub stays: Option<Stays>,
    pub statement_due: bool,
    cut: Cut,
}

/// How his part is cut out of a whole.
enum Cut {
    /// One cut after the other, and which part of each.
    Owner {
        place: usize,
        cuts: Vec<(Vec<Part>, usize)>,
    },
    Team {
        place: usize,
    },
    Overlay {
        overlay: usize,
        member: usize,
    },
}

impl Taker<'_> {
    /// His part of an amount; all takers of the deal together get exactly the amount.
    pub fn part_of(&self, team: &Team, whole: Fen) -> Fen {
        match &self.cut {
            Cut::Team { place } => team.direct.divide(whole)[*place],
            Cut::Owner { place, cuts } => {
                let seat = team.direct.divide(whole)[*place];
                let cut = |whole, (parts, part): &(Vec<Part>, usize)| divide(whole, parts)[*part];
                cuts.iter().fold(seat, cut)
            }
            Cut::Overlay { overlay, member } => team.overlays[*overlay].1.divide(whole)[*member],
        }
    }
}

impl<'a> Run<'a> {
    /// Everybody who takes part, the owner's side first.
    pub(super) fn takers(&mut self, happening: &Happening<'a>) -> Vec<Taker<'a>> {
        let team = &happening.contract.team;
        let mut takers = Vec::with_capacity(team.direct.parts().len() + 1);
        for (place, (holder, share)) in team.direct.parts().iter().enumerate() {
            match holder {
                Place::Owner => self.owner_side(happening, place, *share, &mut takers),
                Place::Person(person) => takers.push(Taker {
                    payee: *person,
                    seat: Seat::Team,
                    overlay: None,
                    seat_share: *share,
                    part_share: Bps(WHOLE),
                    split: None,
                    stays: None,
                    statement_due: false,
                    cut: Cut::Team { place },
                }),
            }
        }
        for (overlay, (name, members)) in team.overlays.iter().enumerate() {
            for (member, (payee, share)) in members.parts().iter().enumerate() {
                takers.push(Taker {
                    payee: *payee,
                    seat: Seat::Overlay(name.clone()),
                    overlay: Some(name),
                    seat_share: *share,
                    part_share: Bps(WHOLE),
                    split: None,
                    stays: None,
                    statement_due: false,
                    cut: Cut::Overlay { overlay, member },
                });
            }
        }
        self.without_leavers(happening, takers)
    }

    fn owner_side(
        &mut self,
        happening: &Happening<'a>,
        place: usize,
        seat_share: Bps,
        takers: &mut Vec<Taker<'a>>,
    ) {
        let (contract, on) = (happening.contract, happening.event.on);
        let rows = self.stretches.get(&contract.customer);
        let rows = rows.map_or(&[][..], Vec::as_slice);
        let exit_of = |who: EmployeeId| self.exits.get(&who).copied();
        let Some(seat) = divided(rows, contract, on, exit_of) else {
            if let Some(payee) = rows.first().map(|row| row.owner) {
                self.gone(happening, payee, Because::NoOwner);
            }
            return;
        };
        for (who, because) in seat.without {
            self.gone(happening, who, because);
        }
        let begun = takers.len();
        let last = seat.cuts.len().saturating_sub(1);
        let mut above: Vec<(Vec<Part>, usize)> = Vec::new();
        for (at, cut) in seat.cuts.into_iter().enumerate() {
            let rest = cut.parts.len().saturating_sub(1);
            let paid = if at < last { rest } else { cut.parts.len() };
            for (index, part) in cut.parts.iter().enumerate().take(paid) {
                let mut cuts = above.clone();
                cuts.push((cut.parts.clone(), index));
                takers.push(Taker {
                    payee: part.payee,
                    seat: Seat::Owner(part.side),
                    overlay: None,
                    seat_share,
                    part_share: Bps(cut.of * part.weight / (WHOLE * WHOLE * WHOLE)),
                    split: cut.split.clone(),
                    stays: cut.stays,
                    statement_due: false,
                    cut: Cut::Owner { place, cuts },
                });
            }
            above.push((cut.parts, rest));
        }
        // The owner's line stands first on a statement, the odd fen went to the earlier owner.
        takers[begun..].sort_by_key(|taker| taker.seat.clone());
    }

    /// Leavers are paid with a statement, or were settled, or their part goes to the owner.
    fn without_leavers(
        &mut self,
        happening: &Happening<'a>,
        takers: Vec<Taker<'a>>,
    ) -> Vec<Taker<'a>> {
        let mut staying = Vec::with_capacity(takers.len());
        for mut taker in takers {
            let exit = self.exits.get(&taker.payee);
            let then = exit.map_or(AfterLeaving::Here, |exit| {
                exit.on(happening.contract.id, happening.event.on)
            });
            match then {
                AfterLeaving::Here => {}
                AfterLeaving::PaidWithStatement => taker.statement_due = true,
                AfterLeaving::Settled => {
                    self.gone(happening, taker.payee, Because::SettledAtExit);
                    continue;
                }
                AfterLeaving::TailOver(until) => {
                    self.gone(happening, taker.payee, Because::TailOver { until });
                    match taker.split.as_ref().map(|split| split.successor) {
                        Some(owner) if owner != taker.payee => taker.payee = owner,
                        _ => continue,
                    }
                }
            }
            staying.push(taker);
        }
        staying
    }

    fn gone(&mut self, happening: &Happening<'a>, payee: EmployeeId, because: Because) {
        let nothing = Choice {
            chosen: None,
            others: Vec::new(),
        };
        self.absent(happening.event, payee, None, because, nothing);
    }
}
