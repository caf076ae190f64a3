//! What a calculation books into the months that are not closed 入账
//!
//! [`book`] is the one way from facts to the lines of statements: the program calls it when it
//! calculates, and whoever checks a statement without us calls it again.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{
    CommissionPlanId, ContractId, CustomerId, Day, DepartureId, EmployeeId, Fen, Moment, Period,
    Refusal,
};
use serde::{Deserialize, Serialize};

use crate::calculate::{Books, Outcome, calculate};
use crate::draw::{Advance, advances};
use crate::event::Record;
use crate::exit::Decision;
use crate::line::{Absence, Because, Line, LineKey};
use crate::period::{Ledger, Posting, SettlementPeriod, Stage};
use crate::split_after_handover::{Split, Stays};

/// What stands behind a booked line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Kept {
    /// Somebody is paid.
    Line {
        /// With its trace.
        line: Box<Line>,
    },
    /// Nobody is paid, and why.
    Absence {
        /// With its reasons.
        absence: Box<Absence>,
    },
    /// A closed month would come out otherwise now; only the difference is booked.
    Difference {
        /// Which line.
        key: Box<LineKey>,
        /// The line as it would be now; none when it would not be there.
        now: Option<Box<Line>>,
    },
    /// What was agreed at an exit for money that had not come in.
    Settlement {
        /// At which departure.
        departure: DepartureId,
        /// Whose contract.
        customer: CustomerId,
        /// What was decided.
        decision: Box<Decision>,
        /// What it came to; the line is what of it is paid in this month.
        agreed: Fen,
    },
    /// What a guarantee or a draw adds in a window, or recovers.
    Advance {
        /// How it came about.
        advance: Box<Advance>,
    },
}

impl Kept {
    /// Its word.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Kept::Line { .. } => "line",
            Kept::Absence { .. } => "absence",
            Kept::Difference { .. } => "difference",
            Kept::Settlement { .. } => "settlement",
            Kept::Advance { .. } => "advance",
        }
    }

    /// The line of the calculation, as it is now.
    #[must_use]
    pub fn line(&self) -> Option<&Line> {
        match self {
            Kept::Line { line } => Some(line),
            Kept::Difference { now, .. } => now.as_deref(),
            Kept::Absence { .. } | Kept::Settlement { .. } | Kept::Advance { .. } => None,
        }
    }

    /// Which line of the calculation it is, when it is one.
    #[must_use]
    pub fn line_key(&self) -> Option<&LineKey> {
        match self {
            Kept::Line { line } => Some(&line.key),
            Kept::Difference { key, .. } => Some(key),
            Kept::Absence { .. } | Kept::Settlement { .. } | Kept::Advance { .. } => None,
        }
    }

    /// The handover that it speaks of.
    #[must_use]
    pub fn split(&self) -> Option<&Split> {
        let Kept::Absence { absence } = self else {
            return self.line()?.trace.split.as_ref();
        };
        match &absence.because {
            Because::Split(split) => Some(&**split),
            _ => None,
        }
    }

    /// The leaver of whose owner's part it speaks.
    #[must_use]
    pub fn stays(&self) -> Option<Stays> {
        let Kept::Absence { absence } = self else {
            return self.line()?.trace.stays;
        };
        match &absence.because {
            Because::StaysWithLeaver(stays) => Some(*stays),
            _ => None,
        }
    }

    /// Whose customer it is about, where it says so itself.
    #[must_use]
    pub fn customer(&self) -> Option<CustomerId> {
        match self {
            Kept::Settlement { customer, .. } => Some(*customer),
            _ => self.line_key().map(|key| key.customer),
        }
    }
}

/// A line of a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// First day of the month it is booked in.
    pub booked_in: Day,
    /// To whom.
    pub payee: EmployeeId,
    /// The record behind it.
    pub record: Record,
    /// Of which contract.
    pub deal: Option<ContractId>,
    /// When it was earned.
    pub earned_on: Day,
    /// Credit; for a difference the change.
    pub credit: Fen,
    /// Commission; for a difference the change.
    pub commission: Fen,
    /// What stands behind it.
    pub kept: Kept,
}

/// What closing a departure made of a contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettledRow {
    /// Which departure.
    pub departure: DepartureId,
    /// Which contract.
    pub deal: ContractId,
    /// Who left.
    pub payee: EmployeeId,
    /// 提成截止日
    pub cut_off: Day,
    /// Whose contract.
    pub customer: CustomerId,
    /// What was decided.
    pub decision: Decision,
    /// Earned up to the cut-off.
    pub earned: Fen,
    /// Of that, what no closed month had paid.
    pub owed: Fen,
    /// What was to come.
    pub to_come: Fen,
    /// Paid with it, what is owed among it.
    pub now: Fen,
    /// Stays open and is paid as it comes in.
    pub later: Fen,
}

impl SettledRow {
    /// What is paid for what was still to come. Money of the time before the cut-off that is
    /// matched only now makes a line of its own: it was earned, is owed in full, and was never to
    /// come. What was decided is about the rest, so that nothing is paid twice and no agreed share
    /// takes of what was earned (law.md §1.7).
    #[must_use]
    pub fn due(&self, earned_now: Fen) -> Fen {
        let late = (earned_now - self.earned).max(Fen::ZERO);
        self.decision.at_once((self.to_come - late).max(Fen::ZERO))
    }
}

/// What was settled, and what of it closed months have booked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// What was settled.
    pub settled: SettledRow,
    /// What closed months have booked of it.
    pub booked: Fen,
}

/// What closed months hold of a guarantee or a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advanced {
    /// To whom.
    pub payee: EmployeeId,
    /// By which plan.
    pub plan: CommissionPlanId,
    /// First day of the window.
    pub from: Day,
    /// Added, less what was recovered.
    pub booked: Fen,
}

/// Everything that [`book`] looks at.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// What the calculation looks at.
    pub books: &'a Books,
    /// The months, oldest first.
    pub periods: &'a [SettlementPeriod],
    /// What is booked in closed ones.
    pub closed: &'a [Posting],
    /// What was settled at exits.
    pub settlements: &'a [Settlement],
    /// What closed months hold of guarantees and draws.
    pub advanced: &'a [Advanced],
    /// When.
    pub at: Moment,
}

impl Given<'_> {
    fn open(&self) -> Vec<Period> {
        let open = self.periods.iter().filter(|one| one.stage != Stage::Closed);
        open.map(|one| one.days).collect()
    }
}

/// Calculates everything and books it into the months that are not closed.
///
/// # Errors
/// `commission.no_period` when no month is open, and what [`calculate`] and [`Ledger::calculate`]
/// refuse.
pub fn book(given: Given<'_>) -> Result<Vec<Entry>, Refusal> {
    let open = given.open();
    let (Some(first), Some(last), false) =
        (given.periods.first(), given.periods.last(), open.is_empty())
    else {
        return Err(no_period());
    };
    let settled = Period {
        from: first.days.from,
        until: last.days.until,
    };
    let Outcome {
        mut lines,
        absences,
    } = calculate(given.books)?;
    let ends = settled.until.unwrap_or(settled.from);
    let advances = advances(given.books, &lines, (settled.from, ends))?;
    lines.retain(|line| settled.contains(line.earned_on));
    let at_exit = settle(given.settlements, &lines, &open);
    let mut ledger = Ledger::restore(given.periods, given.closed.to_vec())?;
    ledger.calculate(&lines, given.at)?;
    let mut now: BTreeMap<LineKey, Line> = lines
        .into_iter()
        .map(|line| (line.key.clone(), line))
        .collect();
    let mut booked = Vec::with_capacity(ledger.current().len() + absences.len());
    for posting in ledger.current() {
        let line = now.remove(&posting.line).map(Box::new);
        booked.push(entry(posting, line));
    }
    booked.extend(at_exit);
    booked.extend(promised(advances, given.advanced, &open));
    booked.extend(missing(given.books, absences, &open));
    Ok(booked)
}

fn entry(posting: &Posting, now: Option<Box<Line>>) -> Entry {
    let kept = match now {
        Some(line) if !posting.difference => Kept::Line { line },
        now => Kept::Difference {
            key: Box::new(posting.line.clone()),
            now,
        },
    };
    Entry {
        booked_in: posting.booked_in,
        payee: posting.line.payee,
        record: posting.line.record.clone(),
        deal: Some(posting.line.contract),
        earned_on: posting.earned_on,
        credit: posting.credit,
        commission: posting.commission,
        kept,
    }
}

/// What is not paid in an open month, each reason once.
fn missing(books: &Books, absences: Vec<Absence>, open: &[Period]) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    let wanted: Vec<(Day, Absence)> = absences
        .into_iter()
        .filter_map(|absence| {
            let month = open.iter().find(|days| days.contains(absence.on))?;
            let named = (absence.record.clone(), absence.payee, absence.at.clone());
            seen.insert(named).then_some((month.from, absence))
        })
        .collect();
    let named: BTreeSet<&Record> = wanted.iter().map(|(_, absence)| &absence.record).collect();
    let deals: BTreeMap<&Record, ContractId> = books
        .events
        .iter()
        .filter(|event| named.contains(&event.record))
        .map(|event| (&event.record, event.contract))
        .collect();
    let deals: Vec<Option<ContractId>> = wanted
        .iter()
        .map(|(_, absence)| deals.get(&absence.record).copied())
        .collect();
    let both = wanted.into_iter().zip(deals);
    both.map(|((booked_in, absence), deal)| Entry {
        booked_in,
        payee: absence.payee,
        record: absence.record.clone(),
        deal,
        earned_on: absence.on,
        credit: Fen::ZERO,
        commission: Fen::ZERO,
        kept: Kept::Absence {
            absence: Box::new(absence),
        },
    })
    .collect()
}

/// The lines that pay settlements, in the first open month that is not before the cut-off. A closed
/// month does not move: what comes out otherwise later is a difference like any other.
fn settle(settlements: &[Settlement], lines: &[Line], open: &[Period]) -> Vec<Entry> {
    let mut booked = Vec::new();
    for Settlement {
        settled,
        booked: before,
    } in settlements
    {
        let not_before = |days: &&Period| days.until.is_none_or(|until| until > settled.cut_off);
        let month = open.iter().find(not_before);
        let due = settled.due(earned_now(lines, settled)) - *before;
        let (Some(month), true) = (month, due != Fen::ZERO) else {
            continue;
        };
        booked.push(Entry {
            booked_in: month.from,
            payee: settled.payee,
            record: Record(format!("contract/{}", settled.deal)),
            deal: Some(settled.deal),
            earned_on: settled.cut_off.max(month.from),
            credit: Fen::ZERO,
            commission: due,
            kept: Kept::Settlement {
                departure: settled.departure,
                customer: settled.customer,
                decision: Box::new(settled.decision.clone()),
                agreed: settled.now - settled.owed,
            },
        });
    }
    booked
}

/// What guarantees and draws add or recover. A window is settled in the month of its last day; when
/// that month is closed and it would come out otherwise now, the difference goes into the first
/// month that is open.
fn promised(advances: Vec<Advance>, before: &[Advanced], open: &[Period]) -> Vec<Entry> {
    let before: BTreeMap<_, Fen> = before
        .iter()
        .map(|one| ((one.payee, one.plan, one.from), one.booked))
        .collect();
    let mut booked = Vec::with_capacity(advances.len());
    for advance in advances {
        let window = (advance.payee, advance.plan, advance.from);
        let due = advance.amount() - before.get(&window).copied().unwrap_or_default();
        let not_before = |days: &&Period| days.until.is_none_or(|until| until > advance.to);
        let month = open.iter().find(not_before);
        let own = |month: &&Period| month.contains(advance.to) || due != Fen::ZERO;
        let Some(month) = month.filter(own) else {
            continue;
        };
        booked.push(Entry {
            booked_in: month.from,
            payee: advance.payee,
            record: Record(format!("commission_plan/{}", advance.plan)),
            deal: None,
            earned_on: advance.to.max(month.from),
            credit: Fen::ZERO,
            commission: due,
            kept: Kept::Advance {
                advance: Box::new(advance),
            },
        });
    }
    booked
}

/// What the person earned of this contract up to the cut-off, by the books of today.
fn earned_now(lines: &[Line], row: &SettledRow) -> Fen {
    let own = lines.iter().filter(|line| {
        line.key.payee == row.payee
            && line.key.contract == row.deal
            && line.earned_on <= row.cut_off
    });
    own.map(|line| line.commission).sum()
}

fn no_period() -> Refusal {
    Refusal::conflict(
        "commission.no_period",
        "没有开放的结算月份",
        "no month is open",
    )
    .remedy(("请先开放一个月份", "Open a month first"))
}
