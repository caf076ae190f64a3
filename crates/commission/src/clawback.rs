//! What is taken back after a refund or a bad debt 扣回
//!
//! An event that takes back another one reverses the lines of that event in proportion, at the
//! plan, split and rate they were earned with, however long ago. What was not paid yet is cancelled
//! first; only the rest is owed back. It is never more than what was paid for that line. Running
//! credit of a window that has gone by is not touched: nobody else's line changes.

use kernel::Fen;

use crate::assignment::NotChosen;
use crate::calculate::Run;
use crate::event::{Event, Record};
use crate::line::{Absence, Because, Earning, Line, LineKey};
use crate::schedule::round_ratio;

/// What becomes of a line of which something is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// Not paid yet, and now never.
    pub cancelled: Fen,
    /// Paid, and now owed back.
    pub clawed_back: Fen,
}

/// A line as far as taking back is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it earned.
    pub earned: Fen,
    /// What was paid for it.
    pub paid: Fen,
    /// Cancelled by earlier events.
    pub cancelled: Fen,
    /// Clawed back by earlier events.
    pub clawed_back: Fen,
}

/// Takes back the part `before → after` of the event's amount `of`, with
/// `0 <= before <= after <= of`. Rounding is by differences of running sums: when everything came
/// back, exactly everything is reversed.
#[must_use]
pub fn take_back(line: Standing, before: Fen, after: Fen, of: Fen) -> TakenBack {
    let part = |taken: Fen| {
        let top = i128::from(line.earned.0) * i128::from(taken.0);
        round_ratio(top, i128::from(of.0.max(1)))
    };
    let reversed = part(after) - part(before);
    // INVARIANT: reversed <= stands = earned - cancelled - clawed_back, so what is clawed back is
    // at most what is paid and not clawed back yet.
    let stands = line.earned - line.cancelled - line.clawed_back;
    let paid = line.paid - line.clawed_back;
    let unpaid = (stands - paid).max(Fen::ZERO);
    let cancelled = reversed.min(unpaid);
    TakenBack {
        cancelled,
        clawed_back: reversed - cancelled,
    }
}

impl Run<'_> {
    /// Reverses the lines of the event `of` as far as this event takes it back.
    pub(crate) fn take_back(&mut self, event: &Event, of: &Record) {
        let place = (of.clone(), event.contract);
        let Some((whole, taken)) = self.amounts.get(&place).copied() else {
            self.nothing_to_take_back(event, of);
            return;
        };
        let back = event.amount.max(-event.amount);
        let after = (taken + back).min(whole.max(Fen::ZERO));
        self.amounts.insert(place.clone(), (whole, after));
        let mut standing = self.lines_of.remove(&place).unwrap_or_default();
        for (index, cancelled, clawed_back) in &mut standing {
            let line = self.out.lines[*index].clone();
            let paid = self.paid_until(&line.key, event.on);
            if line.commission <= Fen::ZERO {
                continue;
            }
            let now = Standing {
                earned: line.commission,
                paid,
                cancelled: *cancelled,
                clawed_back: *clawed_back,
            };
            let taken_back = take_back(now, taken, after, whole);
            let open = paid - *clawed_back;
            *cancelled = *cancelled + taken_back.cancelled;
            *clawed_back = *clawed_back + taken_back.clawed_back;
            let reversal = reversal(event, of, line, open, taken_back);
            self.out.lines.push(reversal);
        }
        self.lines_of.insert(place, standing);
    }

    fn nothing_to_take_back(&mut self, event: &Event, of: &Record) {
        let nobody: Vec<(_, NotChosen)> = Vec::new();
        let owners = self.owners_of(event.contract);
        for payee in owners {
            self.out.absences.push(Absence {
                record: event.record.clone(),
                on: event.on,
                payee,
                at: None,
                because: Because::NothingToTakeBack { of: of.clone() },
                others: nobody.clone(),
            });
        }
    }
}

fn reversal(event: &Event, of: &Record, line: Line, paid: Fen, back: TakenBack) -> Line {
    let TakenBack {
        cancelled,
        clawed_back,
    } = back;
    let mut trace = line.trace;
    trace.trigger = event.trigger;
    trace.base_amount = event.amount.max(-event.amount);
    trace.over_cap = Fen::ZERO;
    trace.earning = Earning::TakenBack {
        of: of.clone(),
        earned: line.commission,
        paid,
        cancelled,
        clawed_back,
    };
    Line {
        key: LineKey {
            record: event.record.clone(),
            ..line.key
        },
        earned_on: event.on,
        payable_on: trace.payable.due(event.on),
        paid_on: None,
        credit: Fen::ZERO,
        commission: -(cancelled + clawed_back),
        held: None,
        trace,
        ..line
    }
}
