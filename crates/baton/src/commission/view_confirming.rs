//! What the browser sees of who has confirmed 确认进度视图.

use ::commission::period::Stage;
use kernel::{Day, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::month::Month;
use super::store::{Answered, Answering, ConfirmDay};
use crate::people::PersonName;

/// How far a payee has come.
fn state(one: &Answering, late: bool) -> &'static str {
    match (one.waiting, one.objected) {
        (0, 0) => "confirmed",
        (0, _) => "objected",
        _ if late => "overdue",
        _ => "waiting",
    }
}

/// A payee of a month.
#[derive(Serialize, ToSchema)]
pub(crate) struct PayeeAnswer {
    payee: PersonName,
    department: String,
    /// `confirmed`, `objected`, `waiting`, `overdue`
    state: &'static str,
    /// He has left and cannot log in: he is to be asked in writing.
    left: bool,
    lines: i64,
    /// Lines of which he said nothing, or of which he said it at another amount.
    waiting: i64,
    /// Lines he objected to, answered or not.
    objected: i64,
    /// When he last said something.
    #[schema(value_type = Option<String>)]
    said_at: Option<Moment>,
    /// When he last signed the whole of it off.
    #[schema(value_type = Option<String>)]
    signed_at: Option<Moment>,
}

impl PayeeAnswer {
    pub(crate) fn of(one: Answering, late: bool) -> PayeeAnswer {
        PayeeAnswer {
            state: state(&one, late),
            payee: PersonName::of(one.payee),
            department: one.department,
            left: one.left,
            lines: one.lines,
            waiting: one.waiting,
            objected: one.objected,
            said_at: one.said_at,
            signed_at: one.signed_at,
        }
    }
}

/// How many have come how far, within the caller's reach.
#[derive(Serialize, ToSchema)]
pub(crate) struct AnswerCounts {
    people: i64,
    confirmed: i64,
    objected: i64,
    /// Who may still answer in time.
    waiting: i64,
    /// Who has not answered though the day is past. Silence is no confirmation.
    overdue: i64,
    /// Of the last two, who has left and is to be asked in writing.
    paper: i64,
}

impl AnswerCounts {
    pub(crate) fn of(answered: Answered, late: bool) -> AnswerCounts {
        let silent = answered.waiting;
        AnswerCounts {
            people: answered.people,
            confirmed: answered.confirmed,
            objected: answered.objected,
            waiting: if late { 0 } else { silent },
            overdue: if late { silent } else { 0 },
            paper: answered.paper,
        }
    }
}

/// A last day that was named.
#[derive(Serialize, ToSchema)]
pub(crate) struct NamedConfirmDay {
    #[schema(value_type = String, format = Date)]
    day: Day,
    /// Why it was moved; empty for one that was named with the review.
    reason: String,
    #[schema(value_type = String)]
    named_at: Moment,
}

impl From<ConfirmDay> for NamedConfirmDay {
    fn from(named: ConfirmDay) -> NamedConfirmDay {
        NamedConfirmDay {
            day: named.day,
            reason: named.reason,
            named_at: named.at,
        }
    }
}

/// Who has answered of a month, and who has not.
#[derive(Serialize, ToSchema)]
pub(crate) struct MonthAnswers {
    #[schema(value_type = String)]
    pub(crate) month: Month,
    /// `open`, `calculated`, `reviewed`, `closed`
    #[schema(value_type = String)]
    pub(crate) stage: Stage,
    /// Every last day that was named, the one that counts last; none where nobody was asked.
    pub(crate) days: Vec<NamedConfirmDay>,
    /// Whether the last day is past.
    pub(crate) late: bool,
    /// When those who had not answered were reminded before the day that counts.
    #[schema(value_type = Option<String>)]
    pub(crate) reminded_at: Option<Moment>,
    /// When their superiors were told after it.
    #[schema(value_type = Option<String>)]
    pub(crate) told_at: Option<Moment>,
    pub(crate) counts: AnswerCounts,
    pub(crate) items: Vec<PayeeAnswer>,
    pub(crate) next_cursor: Option<String>,
    /// What the caller may do: `move_day`.
    pub(crate) may: Vec<&'static str>,
}

/// A month that waits for the caller's own answer.
#[derive(Serialize, ToSchema)]
pub(crate) struct OwnConfirmation {
    #[schema(value_type = String)]
    pub(crate) month: Month,
    #[schema(value_type = String, format = Date)]
    pub(crate) confirm_by: Day,
    /// Days left, the last one among them; 0 on the last day, below zero after it.
    pub(crate) days_left: i64,
    /// Lines that wait.
    pub(crate) waiting: i64,
    /// Whether he was reminded.
    pub(crate) reminded: bool,
}

/// What a superior was told of his people, as far as it is still so.
#[derive(Serialize, ToSchema)]
pub(crate) struct SilentPeople {
    #[schema(value_type = String)]
    pub(crate) month: Month,
    #[schema(value_type = String, format = Date)]
    pub(crate) confirm_by: Day,
    /// Who has still not answered, by number; no more than five are named.
    pub(crate) named: Vec<PersonName>,
    /// How many they are.
    pub(crate) people: usize,
    #[schema(value_type = String)]
    pub(crate) told_at: Moment,
}

/// What waits for the caller to confirm, and whom of his people it waits for.
#[derive(Serialize, ToSchema)]
pub(crate) struct MyConfirmations {
    /// Oldest month first.
    pub(crate) own: Vec<OwnConfirmation>,
    /// Oldest month first.
    pub(crate) people: Vec<SilentPeople>,
}
