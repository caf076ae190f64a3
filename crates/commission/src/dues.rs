//! When what was earned falls due 应付
//!
//! A line has three dates: the day it was earned, the day or days its parts fall due, and the days
//! on which it was paid. This is the second.

use kernel::{Day, Fen};
use serde::{Deserialize, Serialize};

use crate::booking::Kept;
use crate::line::Line;

/// A part of a line that falls due on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// When.
    pub on: Day,
    /// How much.
    pub amount: Fen,
    /// It was kept back until then.
    pub held: bool,
}

/// A booked line as far as its dates are concerned.
#[derive(Clone, Copy, Debug)]
pub struct Dated<'a> {
    /// First day of the month it is booked in.
    pub booked_in: Day,
    /// When it was earned.
    pub earned_on: Day,
    /// How much.
    pub commission: Fen,
    /// What stands behind it.
    pub kept: &'a Kept,
}

/// The parts of a line. What an earlier month lacked falls due no earlier than the month in which
/// it is booked: a line that month did not have at all like any other line, a correction of one in
/// one piece; where no line would be there any more, on the last day of the month.
#[must_use]
pub fn dues(line: Dated<'_>) -> Vec<Due> {
    let due = |on: Day, amount: Fen, held: bool| Due { on, amount, held };
    let whole = line.commission;
    let parts = match line.kept {
        Kept::Absence { .. } => Vec::new(),
        Kept::Settlement { .. } => vec![due(line.earned_on, whole, false)],
        Kept::Advance { advance } => vec![due(advance.payable_on, whole, false)],
        Kept::Line { line } => parts_of(line),
        Kept::Difference { now, .. } => match now {
            Some(line) if line.commission == whole => parts_of(line),
            Some(line) => vec![due(line.payable_on, whole, false)],
            None => vec![due(last_of(line.booked_in), whole, false)],
        },
    };
    let parts = parts.into_iter().filter(|part| part.amount != Fen::ZERO);
    parts
        .map(|part| Due {
            on: part.on.max(line.booked_in),
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

fn last_of(month: Day) -> Day {
    month.plus_months(1).plus_days(-1)
}
