//! Those who have not answered are reminded 提醒确认提成.

use std::collections::BTreeMap;

use ::people::Organisation;
use access::{Need, RowFilter};
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Fault, Item, Reader, Record, Writer};

use crate::commission::confirming::{self, not_under_review};
use crate::commission::month::Month;
use crate::commission::store::{self, Answering, ConfirmDay, Have, ReminderKind, Whose};
use crate::people::store as people;
use crate::permissions;

/// Reminds the payees who have not answered of the last day; once it is past, their superiors are
/// told of them as well, each once, of all his people together.
#[derive(Debug, Serialize, Deserialize)]
pub struct RemindPayees {
    /// Of which month.
    pub month: Month,
    /// Of which of the days that were named for it.
    pub seq: i64,
    /// Before the day or after it.
    pub kind: ReminderKind,
}

/// What the decision needs to know.
pub struct Facts {
    asked: Option<ConfirmDay>,
    waiting: Vec<Answering>,
    organisation: Organisation,
}

/// Whom it told.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reminded {
    /// Payees; who has left and cannot log in is not among them.
    pub people: i64,
    /// Superiors.
    pub superiors: usize,
}

/// Whether this day of the month still counts, and somebody has not answered who can be told so.
pub(crate) async fn due(
    books: &mut Reader<'_>,
    (month, seq, kind): (Month, i64, ReminderKind),
) -> Result<bool, Fault> {
    let periods = store::periods(books).await?;
    let Some(period) = periods.into_iter().find(|period| period.month == month) else {
        return Ok(false);
    };
    let asked = confirming::asked(books, &period).await?;
    let Some(asked) = asked.filter(|asked| asked.seq == seq) else {
        return Ok(false);
    };
    let today = books.today();
    let all = Whose::Within(&RowFilter::Everything);
    let answered = store::answered(books, month, all).await?;
    Ok(match kind {
        // A server that was down meanwhile does not remind of a day that is past.
        ReminderKind::Before => today <= asked.day && answered.waiting > answered.paper,
        ReminderKind::Overdue => answered.waiting > 0,
    })
}

impl Facts {
    /// Who can be reminded here.
    fn reachable(&self) -> impl Iterator<Item = &Answering> {
        self.waiting.iter().filter(|one| !one.left)
    }

    /// His line manager, else the nearest head of a department upwards.
    fn superior(&self, one: &Answering) -> Option<EmployeeId> {
        let heads = self.organisation.upward(one.place);
        let heads = heads.filter_map(|department| department.head);
        let mut above = one.line_manager.into_iter().chain(heads);
        above.find(|manager| *manager != one.payee.0)
    }

    fn by_superior(&self) -> BTreeMap<EmployeeId, Vec<EmployeeId>> {
        let mut told: BTreeMap<EmployeeId, Vec<EmployeeId>> = BTreeMap::new();
        for one in &self.waiting {
            if let Some(superior) = self.superior(one) {
                told.entry(superior).or_default().push(one.payee.0);
            }
        }
        told
    }
}

impl Act for RemindPayees {
    const NAME: &'static str = "commission.remind_payees";
    type Facts = Facts;
    type Outcome = Reminded;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let periods = store::periods(books).await?;
        let period = periods.iter().find(|period| period.month == self.month);
        let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
        let all = Whose::Within(&RowFilter::Everything);
        let (of, every) = ((self.month, all), (None, i64::MAX));
        Ok(Facts {
            asked: confirming::asked(books, period).await?,
            waiting: store::answering(books, of, Some(Have::Waiting), every).await?,
            organisation: people::organisation(books).await?,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Reminded, Refusal> {
        let asked = facts.asked.as_ref();
        if asked.is_none_or(|asked| asked.seq != self.seq) {
            return Err(not_under_review(self.month));
        }
        let superiors = match self.kind {
            ReminderKind::Before => 0,
            ReminderKind::Overdue => facts.by_superior().len(),
        };
        let people = i64::try_from(facts.reachable().count()).unwrap_or(i64::MAX);
        let nobody = match self.kind {
            ReminderKind::Before => people == 0,
            ReminderKind::Overdue => facts.waiting.is_empty(),
        };
        if nobody {
            let zh = "没有需要提醒的人";
            let en = "Nobody has to be reminded";
            return Err(Refusal::conflict("commission.nobody_to_remind", zh, en));
        }
        Ok(Reminded { people, superiors })
    }

    async fn write(
        &self,
        facts: &Facts,
        done: &Reminded,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let of = (self.month, self.seq);
        store::add_reminder(books, of, (self.kind, done.people)).await?;
        if self.kind == ReminderKind::Overdue {
            store::add_silences(books, of, facts.by_superior()).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, done: &Reminded) -> Record {
        let (month, people) = (self.month, done.people);
        let day = facts.asked.as_ref().map(|asked| asked.day.to_string());
        let day = day.unwrap_or_default();
        let (why, zh, en) = match self.kind {
            ReminderKind::Before => (
                "reminder",
                format!("提醒 {people} 人在 {day} 前确认 {month} 提成单"),
                format!("{people} payees were reminded to confirm {month} by {day}"),
            ),
            ReminderKind::Overdue => (
                "overdue",
                format!(
                    "{month} 提成确认期限 {day} 已过，{} 人未确认，已告知 {} 位上级",
                    facts.waiting.len(),
                    done.superiors
                ),
                format!(
                    "{} payees had not confirmed {month} by {day}; {} superiors were told",
                    facts.waiting.len(),
                    done.superiors
                ),
            ),
        };
        let item = |one: &Answering| Item {
            subject: format!("commission/{}", one.payee.0),
            detail: serde_json::json!({
                "month": month,
                "confirm_by": day,
                "lines": one.lines,
                "waiting": one.waiting,
                "left": one.left,
                "superior": match self.kind {
                    ReminderKind::Before => None,
                    ReminderKind::Overdue => facts.superior(one),
                },
            }),
        };
        Record::of(format!("commission_period/{month}"), zh, en)
            .why(why)
            .detail(serde_json::json!({
                "confirm_by": day,
                "reminded": people,
                "unanswered": facts.waiting.len(),
                "superiors": done.superiors,
            }))
            .items(facts.waiting.iter().map(item).collect())
    }
}
