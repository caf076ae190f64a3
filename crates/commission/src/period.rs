//! Months that close, and what a late change does to them 结算期间
//!
//! ```text
//! open 开放 ─▶ calculated 已计算 ─▶ reviewed 已复核 ─▶ closed 已关账
//!      ◀────── (may be calculated again) ──────┘
//! ```
//!
//! A closed month never moves. When a later calculation gives another figure for it (a back-dated
//! handover, a late return, a corrected rate), the difference is a posting of its own in the first
//! open month, named after the line and the month it comes from. The books can say what was known
//! on any moment.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Day, EmployeeId, Fen, Moment, Period, Refusal};
use serde::{Deserialize, Serialize};

use crate::line::{Line, LineKey};

/// How far a month has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 开放
    Open,
    /// 已计算
    Calculated,
    /// 已复核
    Reviewed,
    /// 已关账
    Closed,
}

impl Stage {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Stage::Open => ("尚未核算", "not calculated yet"),
            Stage::Calculated => ("已核算、尚未复核", "calculated, not reviewed"),
            Stage::Reviewed => ("已复核、尚未关账", "reviewed, not closed"),
            Stage::Closed => ("已关账", "closed"),
        }
    }
}

/// One month, quarter or whatever is settled together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettlementPeriod {
    /// Its days.
    pub days: Period,
    /// How far it has come.
    pub stage: Stage,
    /// When it was closed.
    pub closed_at: Option<Moment>,
}

/// A figure booked in a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Of which line.
    pub line: LineKey,
    /// The day the line was earned: for a difference it lies in a closed period.
    pub earned_on: Day,
    /// First day of the period it is booked in.
    pub booked_in: Day,
    /// Whether it corrects a closed period.
    pub difference: bool,
    /// Credit; for a difference the change.
    pub credit: Fen,
    /// Commission; for a difference the change.
    pub commission: Fen,
}

/// All periods and postings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    // INVARIANT: periods do not overlap; every closed one lies before every one that is not.
    periods: BTreeMap<Day, SettlementPeriod>,
    /// INVARIANT: only ever appended to, when a period closes.
    closed: Vec<Posting>,
    /// Calculations of what is not closed: when, and what they gave.
    runs: Vec<(Moment, Vec<Posting>)>,
}

fn refused(code: &str, zh: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal::conflict(code, zh, en)
}

impl Ledger {
    /// The ledger as the books hold it: its periods, and what is booked in those that are closed.
    ///
    /// # Errors
    /// As [`Ledger::open`]; `commission.period_out_of_order` when a closed period follows one that
    /// is not.
    pub fn restore(periods: &[SettlementPeriod], closed: Vec<Posting>) -> Result<Ledger, Refusal> {
        let mut ledger = Ledger::default();
        for period in periods {
            ledger.open(period.days)?;
        }
        for period in periods {
            ledger.periods.insert(period.days.from, *period);
        }
        let stages: Vec<bool> = ledger
            .periods
            .values()
            .map(|period| period.stage == Stage::Closed)
            .collect();
        if stages.windows(2).any(|pair| !pair[0] && pair[1]) {
            let (zh, en) = (
                "已关账的期间之前还有未关账的",
                "a closed period follows an open one",
            );
            return Err(refused("commission.period_out_of_order", zh, en));
        }
        ledger.closed = closed;
        Ok(ledger)
    }

    /// Opens a period.
    ///
    /// # Errors
    /// `commission.period_overlaps`; `commission.period_endless`; `commission.period_out_of_order`
    /// when a closed period lies behind it.
    pub fn open(&mut self, days: Period) -> Result<(), Refusal> {
        if days.until.is_none() || days.is_empty() {
            let (zh, en) = ("结算期间须有起止日", "a settlement period begins and ends");
            return Err(Refusal::invalid("commission.period_endless", zh, en));
        }
        if self
            .periods
            .values()
            .any(|other| other.days.overlaps(&days))
        {
            let (zh, en) = ("与已有结算期间重叠", "it overlaps another period");
            return Err(refused("commission.period_overlaps", zh, en));
        }
        let mut later = self.periods.range(days.from..);
        if later.any(|(_, period)| period.stage == Stage::Closed) {
            let (zh, en) = ("其后的期间已关账", "a later period is closed");
            return Err(refused("commission.period_out_of_order", zh, en));
        }
        self.periods.insert(
            days.from,
            SettlementPeriod {
                days,
                stage: Stage::Open,
                closed_at: None,
            },
        );
        Ok(())
    }

    /// The periods in order.
    pub fn periods(&self) -> impl Iterator<Item = &SettlementPeriod> {
        self.periods.values()
    }

    /// What is booked for good.
    #[must_use]
    pub fn closed(&self) -> &[Posting] {
        &self.closed
    }

    /// Books a calculation of everything. Closed periods stay; a line of theirs that has become
    /// another gives a difference in the first period that is not closed. Every such period is
    /// calculated after this, also one that was reviewed: its figures may have changed.
    ///
    /// # Errors
    /// `commission.no_open_period` when a line falls into no period, or a difference has no open
    /// period to go to.
    pub fn calculate(&mut self, lines: &[Line], at: Moment) -> Result<&[Posting], Refusal> {
        let mut wanted: BTreeMap<LineKey, (Day, Fen, Fen)> = BTreeMap::new();
        for line in lines {
            let slot = wanted.entry(line.key.clone());
            let (_, credit, commission) = slot.or_insert((line.earned_on, Fen::ZERO, Fen::ZERO));
            (*credit, *commission) = (*credit + line.credit, *commission + line.commission);
        }
        let mut booked: BTreeMap<LineKey, (Day, Fen, Fen)> = BTreeMap::new();
        for posting in &self.closed {
            let slot = booked.entry(posting.line.clone());
            let (_, credit, commission) = slot.or_insert((posting.earned_on, Fen::ZERO, Fen::ZERO));
            (*credit, *commission) = (*credit + posting.credit, *commission + posting.commission);
        }
        let keys: BTreeSet<&LineKey> = wanted.keys().chain(booked.keys()).collect();
        let mut postings = Vec::new();
        for key in keys {
            postings.extend(self.posting(key, wanted.get(key), booked.get(key))?);
        }
        for period in self
            .periods
            .values_mut()
            .filter(|p| p.stage != Stage::Closed)
        {
            period.stage = Stage::Calculated;
        }
        self.runs.push((at, postings));
        Ok(self.current())
    }

    fn posting(
        &self,
        key: &LineKey,
        now: Option<&(Day, Fen, Fen)>,
        booked: Option<&(Day, Fen, Fen)>,
    ) -> Result<Option<Posting>, Refusal> {
        let Some(earned_on) = booked.or(now).map(|(day, ..)| *day) else {
            return Ok(None);
        };
        let (_, old_credit, old) = booked.copied().unwrap_or((earned_on, Fen(0), Fen(0)));
        let (_, credit, commission) = now.copied().unwrap_or((earned_on, Fen(0), Fen(0)));
        let own = self.period_of(earned_on)?;
        let closed = own.stage == Stage::Closed;
        // A line of a period that is not closed stands as it is, also at zero; of a closed one
        // only what changed.
        let (credit, commission) = (credit - old_credit, commission - old);
        let nothing = credit == Fen::ZERO && commission == Fen::ZERO;
        if nothing && (closed || booked.is_some()) {
            return Ok(None);
        }
        let booked_in = if closed {
            self.first_open()?
        } else {
            own.days.from
        };
        Ok(Some(Posting {
            line: key.clone(),
            earned_on,
            booked_in,
            difference: closed,
            credit,
            commission,
        }))
    }

    fn period_of(&self, day: Day) -> Result<&SettlementPeriod, Refusal> {
        let period = self
            .periods
            .range(..=day)
            .next_back()
            .map(|(_, period)| period);
        period
            .filter(|period| period.days.contains(day))
            .ok_or_else(|| {
                refused(
                    "commission.no_open_period",
                    format!("{day} 不在任何结算期间内"),
                    format!("{day} lies in no settlement period"),
                )
                .remedy(("请先开放该期间", "Open this period first"))
            })
    }

    fn first_open(&self) -> Result<Day, Refusal> {
        let open = self
            .periods
            .values()
            .find(|period| period.stage != Stage::Closed);
        open.map(|period| period.days.from).ok_or_else(|| {
            let (zh, en) = (
                "没有开放的期间可记差额",
                "no open period can take the difference",
            );
            refused("commission.no_open_period", zh, en)
                .remedy(("请先开放下一期间", "Open the next period first"))
        })
    }

    /// The last calculation of what is not closed.
    #[must_use]
    pub fn current(&self) -> &[Posting] {
        self.runs.last().map_or(&[], |(_, postings)| postings)
    }

    /// Reviews a period that was calculated.
    ///
    /// # Errors
    /// `commission.period_stage`.
    pub fn review(&mut self, from: Day) -> Result<(), Refusal> {
        self.step(from, Stage::Calculated, Stage::Reviewed)
    }

    /// Closes a period that was reviewed: its postings are fixed.
    ///
    /// # Errors
    /// `commission.period_stage`; `commission.period_out_of_order` when an earlier one is open.
    pub fn close(&mut self, from: Day, at: Moment) -> Result<(), Refusal> {
        let mut earlier = self.periods.range(..from);
        if earlier.any(|(_, period)| period.stage != Stage::Closed) {
            let (zh, en) = ("之前的期间尚未关账", "an earlier period is not closed");
            return Err(refused("commission.period_out_of_order", zh, en));
        }
        self.step(from, Stage::Reviewed, Stage::Closed)?;
        if let Some(period) = self.periods.get_mut(&from) {
            period.closed_at = Some(at);
        }
        // The run stays as it was calculated; a new one carries what is still open.
        let (fixed, rest): (Vec<_>, Vec<_>) = self
            .current()
            .iter()
            .cloned()
            .partition(|posting| posting.booked_in == from);
        self.closed.extend(fixed);
        self.runs.push((at, rest));
        Ok(())
    }

    fn step(&mut self, from: Day, wanted: Stage, next: Stage) -> Result<(), Refusal> {
        match self.periods.get_mut(&from) {
            Some(period) if period.stage == wanted => {
                period.stage = next;
                Ok(())
            }
            other => {
                let (zh, en) = other.map_or(Stage::Open, |period| period.stage).words();
                let (zh, en) = (
                    format!("该期间{zh}，现在不能进行这一步"),
                    format!("The period is {en}; this step is not possible now"),
                );
                Err(refused("commission.period_stage", zh, en).remedy((
                    "顺序为：开放、计算、复核、关账",
                    "The order is: open, calculate, review, close",
                )))
            }
        }
    }

    /// What the books said at a moment: what was closed by then, and the last calculation of the
    /// rest.
    #[must_use]
    pub fn as_of(&self, at: Moment) -> Vec<&Posting> {
        let closed_then = |day: Day| {
            let period = self.periods.get(&day);
            period
                .and_then(|p| p.closed_at)
                .is_some_and(|closed| closed <= at)
        };
        let fixed = self
            .closed
            .iter()
            .filter(|posting| closed_then(posting.booked_in));
        let run = self.runs.iter().rev().find(|(when, _)| *when <= at);
        let open = run.map_or(&[][..], |(_, postings)| postings).iter();
        fixed.chain(open).collect()
    }

    /// What somebody's statement of a period says, differences last.
    #[must_use]
    pub fn statement(&self, payee: EmployeeId, from: Day) -> Vec<&Posting> {
        let all = self.closed.iter().chain(self.current());
        let mut own: Vec<_> = all
            .filter(|posting| posting.line.payee == payee && posting.booked_in == from)
            .collect();
        own.sort_by_key(|posting| (posting.difference, posting.earned_on, &posting.line));
        own
    }
}
