//! What comes true by itself: payees are reminded, superiors are told 提成确认提醒任务.

use kernel::{Day, Moment, WorkCalendar};
use serde::{Deserialize, Serialize};
use spine::{By, Failure, Fault, Job, NewJob, Ran, Writer};

use super::acts::remind_payees::{RemindPayees, due};
use super::month::Month;
use super::store::{ConfirmDay, ReminderKind};
use crate::house::House;

/// The kind of the job that reminds of a last day.
pub(crate) const REMIND: &str = "commission.remind";
/// At nine in the morning, in seconds after midnight.
const MORNING: i64 = 9 * 3_600;

#[derive(Serialize, Deserialize)]
struct Body {
    month: Month,
    seq: i64,
    kind: ReminderKind,
}

/// When people are reminded of this last day: a working day before it, and the day after it.
fn days(calendar: &WorkCalendar, last: Day) -> [(ReminderKind, Day); 2] {
    let before = calendar.add_work_days(last, -1).value;
    [
        (ReminderKind::Before, before),
        (ReminderKind::Overdue, last.plus_days(1)),
    ]
}

/// The jobs of a last day. A day that is named later has jobs of its own; whichever runs looks
/// whether its day still counts. Who is given less than a working day is not reminded of it.
pub(super) async fn enqueue(
    books: &mut Writer<'_>,
    month: Month,
    named: &ConfirmDay,
    calendar: &WorkCalendar,
) -> Result<(), Fault> {
    for (kind, day) in days(calendar, named.day) {
        let run_at = Moment::start_of(day, books.zone()).plus_seconds(MORNING);
        if run_at <= books.at() {
            continue;
        }
        let body = Body {
            month,
            seq: named.seq,
            kind,
        };
        let job = NewJob {
            kind: REMIND,
            body: serde_json::to_string(&body)?,
            run_at,
            unique: Some(format!("{REMIND}/{month}/{}/{kind:?}", named.seq)),
        };
        books.enqueue(job).await?;
    }
    Ok(())
}

/// Reminds those who have not answered, unless nobody is left, the day was moved or the month is
/// not under review any more.
pub(crate) async fn remind(house: &House, job: &Job) -> Result<Ran, Failure> {
    let Body { month, seq, kind } = serde_json::from_str(&job.body)?;
    let by = By::system("timer");
    let wanted = {
        let mut look = house.spine.look(&by).await?;
        due(&mut look.books(), (month, seq, kind)).await?
    };
    if wanted {
        let act = RemindPayees { month, seq, kind };
        house.spine.perform(&act, &by, None).await?;
    }
    Ok(Ran::Through)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reminder_before_comes_on_a_working_day() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let calendar = WorkCalendar::new([]);
        // The last day is a Monday.
        let [before, after] = days(&calendar, day("2026-12-07"));
        assert_eq!(before, (ReminderKind::Before, day("2026-12-04")));
        assert_eq!(after, (ReminderKind::Overdue, day("2026-12-08")));
    }
}
