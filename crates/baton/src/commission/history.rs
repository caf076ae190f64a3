//! What somebody earned, month by month 提成历史.

use std::collections::BTreeMap;

use ::commission::period::Stage;
use kernel::{Day, Fen};
use serde::Serialize;
use utoipa::ToSchema;

use super::month::Month;
use super::paying::Payments;
use super::store::{Booked, PayoutRow, PeriodRow};
use crate::http::Money;
use crate::people::PersonName;

/// One month of one person.
#[derive(Serialize, ToSchema)]
pub(crate) struct HistoryMonth {
    #[schema(value_type = String)]
    pub(crate) month: Month,
    /// `open`, `calculated`, `reviewed`, `closed`; absent for a month in which something only falls
    /// due.
    #[schema(value_type = Option<String>)]
    pub(crate) stage: Option<Stage>,
    /// Booked in this month, above zero.
    #[schema(value_type = Money)]
    pub(crate) earned: Fen,
    /// Booked in this month, below zero: returns, and corrections of closed months; as a positive
    /// amount.
    #[schema(value_type = Money)]
    pub(crate) taken_back: Fen,
    /// What falls due in this month, of whatever month it was booked in.
    #[schema(value_type = Money)]
    pub(crate) payable: Fen,
    /// Of what was booked in this month, handed to payroll.
    #[schema(value_type = Money)]
    pub(crate) handed: Fen,
    /// Of what was booked in this month, recorded as paid.
    #[schema(value_type = Money)]
    pub(crate) paid: Fen,
    /// Of what was booked in this month, still owed, kept back among it; nothing of months whose
    /// payments were not written down yet.
    #[schema(value_type = Money)]
    pub(crate) owed: Fen,
    /// Of what was booked in this month, kept back until a day that lies ahead.
    #[schema(value_type = Money)]
    pub(crate) held: Fen,
}

/// Somebody's months, the oldest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct CommissionHistory {
    pub(crate) payee: Option<PersonName>,
    pub(crate) months: Vec<HistoryMonth>,
}

/// The months from `since` on, from the lines that count.
pub(crate) fn months(
    lines: &[Booked],
    periods: &[PeriodRow],
    (payouts, payments): (&[PayoutRow], &Payments),
    (since, today): (Month, Day),
) -> Vec<HistoryMonth> {
    let begin = |month: Month| HistoryMonth {
        month,
        stage: periods
            .iter()
            .find(|period| period.month == month)
            .map(|period| period.stage),
        earned: Fen::ZERO,
        taken_back: Fen::ZERO,
        payable: Fen::ZERO,
        handed: Fen::ZERO,
        paid: Fen::ZERO,
        owed: Fen::ZERO,
        held: Fen::ZERO,
    };
    let mut months: BTreeMap<Month, HistoryMonth> = periods
        .iter()
        .filter(|period| period.month >= since)
        .map(|period| (period.month, begin(period.month)))
        .collect();
    for line in lines {
        let handed = payouts.iter().any(|payout| payout.month == line.month);
        let parts = line.dues();
        if line.month >= since {
            let row = months.entry(line.month).or_insert(begin(line.month));
            let amount = line.commission;
            if amount < Fen::ZERO {
                row.taken_back = row.taken_back - amount;
            } else {
                row.earned = row.earned + amount;
            }
            if handed {
                row.handed = row.handed + amount;
            }
            let closed = row.stage == Some(Stage::Closed);
            let pay = payments.of(line, closed, today);
            row.paid = row.paid + pay.paid;
            row.owed = row.owed + pay.owed;
            let kept = parts.iter().filter(|part| part.held && part.on > today);
            row.held = row.held + kept.map(|part| part.amount).sum::<Fen>();
        }
        for part in parts {
            let month = Month::of(part.on);
            if month >= since {
                let row = months.entry(month).or_insert(begin(month));
                row.payable = row.payable + part.amount;
            }
        }
    }
    months.into_values().collect()
}
