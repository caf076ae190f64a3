//! By when payees are asked to confirm a month under review 提成确认期限.
//!
//! Who is asked is worked out from the lines and from what was said of them, and stands nowhere:
//! naming a day writes one row, however many payees there are. A line of which nothing was said, or
//! of which it was said at another amount than it has now, waits for its payee.
//!
//! Silence is no confirmation (民法典 art. 140: it is an expression of will only where the law says
//! so, where the parties agreed so, or by the way they are used to deal): it is shown as late, and
//! the entry that closes the month counts it.

use ::commission::period::Stage;
use kernel::{Day, Refusal, WorkCalendar};
use spine::{Fault, Reader};

use super::month::Month;
use super::store::{self, Answered, Answering, ConfirmDay, Have, PeriodRow, Whose};
use access::RowFilter;

/// How many working days payees are given unless finance says otherwise.
pub(crate) const PROPOSED_WORK_DAYS: i64 = 5;
/// How far ahead a last day may lie, in days.
pub(crate) const MOST_DAYS: i64 = 60;
/// How many people a refusal names.
const NAMED: i64 = 5;

/// The last day that is proposed on this day.
pub(crate) fn proposed(calendar: &WorkCalendar, today: Day) -> Day {
    calendar.add_work_days(today, PROPOSED_WORK_DAYS).value
}

/// Whether a day can be the last one.
///
/// # Errors
/// `commission.confirm_day`.
pub(crate) fn fits(pointer: &str, day: Day, today: Day) -> Result<(), Refusal> {
    let last = today.plus_days(MOST_DAYS);
    if (today..=last).contains(&day) {
        return Ok(());
    }
    let zh = format!("确认期限须在 {today} 到 {last} 之间");
    let en = format!("the last day lies between {today} and {last}");
    Err(Refusal::invalid("commission.confirm_day", zh.clone(), en)
        .remedy((
            "请另选日期；通常给 3 到 5 个工作日",
            "Choose another day; 3 to 5 working days are usual",
        ))
        .at(pointer, zh))
}

/// The day by which payees of a month under review are asked.
pub(crate) async fn asked(
    books: &mut Reader<'_>,
    period: &PeriodRow,
) -> Result<Option<ConfirmDay>, Fault> {
    if period.stage != Stage::Reviewed {
        return Ok(None);
    }
    Ok(store::confirm_days(books, period.month).await?.pop())
}

/// Who has answered of a month under review, as far as closing it asks.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) day: Day,
    pub(crate) answered: Answered,
    /// Some of those who have not, by number.
    waiting: Vec<Answering>,
}

/// What closing this month has to look at; nothing where nobody was asked by a day.
pub(crate) async fn standing(
    books: &mut Reader<'_>,
    period: &PeriodRow,
) -> Result<Option<Asked>, Fault> {
    let Some(ConfirmDay { day, .. }) = asked(books, period).await? else {
        return Ok(None);
    };
    let all = Whose::Within(&RowFilter::Everything);
    let of = (period.month, all);
    Ok(Some(Asked {
        day,
        answered: store::answered(books, period.month, all).await?,
        waiting: store::answering(books, of, Some(Have::Waiting), (None, NAMED)).await?,
    }))
}

impl Asked {
    /// Whether people may still answer, and some have not.
    pub(crate) fn runs(&self, today: Day) -> bool {
        today <= self.day && self.answered.waiting > 0
    }

    /// Why the month does not close yet.
    pub(crate) fn refusal(&self) -> Refusal {
        let (count, day) = (self.answered.waiting, self.day);
        let named = self.waiting.iter();
        let named: Vec<&str> = named.map(|one| one.payee.2.as_str()).collect();
        let mut who = named.join("、");
        if usize::try_from(count).is_ok_and(|count| count > named.len()) {
            who.push_str(" 等");
        }
        Refusal::conflict(
            "commission.confirmation_running",
            format!("{who} {count} 人尚未确认，确认期限到 {day}"),
            format!("{count} people have not confirmed yet and may do so until {day}"),
        )
        .remedy((
            "请等待本人确认或期限届满；确需提前关账的，请填写理由，理由将写入存证",
            "Wait for the confirmations or the end of the time allowed; to close it earlier, give \
             a reason, which is kept as evidence",
        ))
    }
}

/// No such step of a month that is not under review.
pub(crate) fn not_under_review(month: Month) -> Refusal {
    Refusal::conflict(
        "commission.not_under_review",
        format!("{month} 不在复核中，没有确认期限"),
        format!("{month} is not under review"),
    )
    .remedy((
        "请先核算并复核该月份；已关账的月份不再确认",
        "Calculate and review the month first; a closed month is confirmed no more",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    #[test]
    fn five_working_days_are_proposed_and_two_months_are_the_most() {
        // Friday 27 November 2026: no day off by notice is entered.
        let calendar = WorkCalendar::new([]);
        assert_eq!(proposed(&calendar, day("2026-11-27")), day("2026-12-04"));
        for (text, fine) in [
            ("2026-11-26", false),
            ("2026-11-27", true),
            ("2027-01-26", true),
            ("2027-01-27", false),
        ] {
            let said = fits("/confirm_by", day(text), day("2026-11-27"));
            assert_eq!(said.is_ok(), fine, "{text}");
        }
    }
}
