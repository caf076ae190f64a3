//! When what was earned falls due 应付.

use ::commission::line::Line;
use kernel::{Day, Fen};

use super::month::Month;
use super::store::{Booked, Kept};

/// A part of a line that falls due on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    pub(crate) on: Day,
    pub(crate) amount: Fen,
    /// It was kept back until then.
    pub(crate) held: bool,
}

/// The parts of a line. What an earlier month lacked falls due no earlier than the month in which
/// it
/// is booked: a line that month did not have at all like any other line, a correction of one in one
/// piece; where no line would be there any more, on the last day of the month.
pub(crate) fn dues(booked: &Booked) -> Vec<Due> {
    let due = |on: Day, amount: Fen, held: bool| Due { on, amount, held };
    let first = booked.month.days().from;
    let whole = booked.commission;
    let parts = match &booked.kept {
        Kept::Absence { .. } => Vec::new(),
        Kept::Settlement { .. } => vec![due(booked.earned_on, whole, false)],
        Kept::Advance { advance } => vec![due(advance.payable_on, whole, false)],
        Kept::Line { line } => parts_of(line),
        Kept::Difference { now, .. } => match now {
            Some(line) if line.commission == whole => parts_of(line),
            Some(line) => vec![due(line.payable_on, whole, false)],
            None => vec![due(last_of(booked.month), whole, false)],
        },
    };
    parts
        .into_iter()
        .filter(|part| part.amount != Fen::ZERO)
        .map(|part| Due {
            on: part.on.max(first),
            ..part
        })
        .collect()
}

fn parts_of(line: &Line) -> Vec<Due> {
    let held = line.held.as_ref();
    let rest = line.commission - held.map_or(Fen::ZERO, |held| held.amount);
    let now = Due {
        on: line.payable_on,
        amount: rest,
        held: false,
    };
    let later = held.map(|held| Due {
        on: held.release_on,
        amount: held.amount,
        held: true,
    });
    [now].into_iter().chain(later).collect()
}

fn last_of(month: Month) -> Day {
    month.next().days().from.plus_days(-1)
}
