//! A month is closed 提成关账.

use ::commission::period::Ledger;
use access::Need;
use jiff::tz::TimeZone;
use kernel::{Day, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, LogRow, Reader, Record, Writer};

use crate::commission::confirming::{self, Asked};
use crate::commission::month::Month;
use crate::commission::store::{self, PeriodRow};
use crate::evidence::store as log;
use crate::receivable::acts::withdraw::{COUNTS_FROM, Withdraw};
use crate::{bounds, permissions};

/// Closes a month that was reviewed: its lines never move again. Objections must be answered
/// before; while payees may still confirm and some have not, it takes a reason. Once the day is
/// past their silence stops nothing, and is counted in the entry: it is no confirmation. What was
/// accepted and not put right takes a reason of its own, for nobody may overlook it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ClosePeriod {
    /// Which month.
    pub month: Month,
    /// Why it closes before payees have answered, 2..=200 characters; only asked for then.
    #[serde(default)]
    pub reason: Option<String>,
    /// Why accepted objections are left to a later month, 2..=200 characters; only asked for then.
    #[serde(default)]
    pub uncorrected_reason: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    periods: Vec<PeriodRow>,
    objections: i64,
    /// Accepted objections whose lines come to what they came to before.
    uncorrected: i64,
    /// By when payees were asked, and who has answered.
    asked: Option<Asked>,
    /// Whether a paper was taken back after the figures were calculated that may stand in them.
    withdrawn_since: bool,
    today: Day,
    zone: TimeZone,
}

/// What is known about a month that is there.
pub(super) async fn facts(books: &mut Reader<'_>, month: Month) -> Result<Facts, Failure> {
    let periods = store::periods(books).await?;
    let period = periods.iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let withdrawn_since = match period.calculated_at {
        Some(at) => withdrawn_after(books, month, at).await?,
        None => false,
    };
    Ok(Facts {
        withdrawn_since,
        asked: confirming::standing(books, period).await?,
        periods,
        objections: store::open_objections(books, month).await?,
        uncorrected: store::uncorrected(books, month).await?,
        today: books.today(),
        zone: books.zone().clone(),
    })
}

/// So many papers taken back are looked at one by one; more ask for figures anew.
const LOOKED_AT: usize = 200;

/// Whether a paper was taken back since that counts in this month or before: what was left over
/// earned nothing, and papers of later days wait for their own month.
async fn withdrawn_after(
    books: &mut Reader<'_>,
    month: Month,
    at: Moment,
) -> Result<bool, Failure> {
    let wanted = log::Wanted {
        subject: None,
        kind: Some(<Withdraw as Act>::NAME),
        actor: None,
        from: Some(Moment(at.0 + 1)),
        until: None,
        before: None,
        limit: i64::try_from(LOOKED_AT).unwrap_or(i64::MAX),
    };
    let withdrawn = log::list(books, &wanted).await?;
    let until = month.days().until;
    let counts = |one: &LogRow| {
        let Some(detail) = one.story().map(|story| story["detail"].clone()) else {
            return true;
        };
        // Entries of earlier versions do not say.
        let Some(from) = detail.get(COUNTS_FROM) else {
            return true;
        };
        let from: Option<Day> = serde_json::from_value(from.clone()).unwrap_or_default();
        from.is_some_and(|day| until.is_none_or(|until| day < until))
    };
    Ok(withdrawn.len() == LOOKED_AT || withdrawn.iter().any(counts))
}

impl Facts {
    /// The months as the engine knows them.
    pub(super) fn ledger(&self) -> Result<Ledger, Refusal> {
        let periods: Vec<_> = self.periods.iter().map(PeriodRow::settlement).collect();
        Ledger::restore(&periods, Vec::new())
    }
}

impl Act for ClosePeriod {
    const NAME: &'static str = "commission.close_period";
    type Facts = Facts;
    type Outcome = Month;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        facts(books, self.month).await
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Month, Refusal> {
        if facts.objections > 0 {
            let count = facts.objections;
            return Err(Refusal::conflict(
                "commission.objections_open",
                format!("还有 {count} 条异议未答复"),
                format!("Objections not answered yet: {count}"),
            )
            .remedy((
                "请在提成异议中逐条答复后再关账",
                "Answer each objection before you close the month",
            )));
        }
        facts.ledger()?.close(self.month.days().from, at)?;
        if facts.withdrawn_since {
            let zh = format!("核算 {} 之后有单据被撤回，金额可能已经不对", self.month);
            let en = "a paper was withdrawn since the month was calculated";
            return Err(
                Refusal::conflict("commission.withdrawn_since", zh, en).remedy((
                    "请重新核算并提交核对，再关账",
                    "Calculate again and submit it for review before you close the month",
                )),
            );
        }
        self.is_put_right(facts.uncorrected)?;
        let early = facts.early();
        match (early, self.reason()) {
            (Some(asked), None) => return Err(asked.refusal()),
            (_, Some(reason)) => {
                bounds::length("/reason", "提前关账的理由", reason, bounds::REASON)?;
            }
            (None, None) => self.month_is_over(facts.today)?,
        }
        Ok(self.month)
    }

    async fn write(&self, _: &Facts, month: &Month, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_stage(books, *month, true).await?)
    }

    fn record(&self, facts: &Facts, month: &Month) -> Record {
        let (mut zh, mut en) = (
            format!("提成结算月份 {month} 关账，其后的更正记入之后的月份"),
            format!("Closed the commission month {month}; corrections go into later months"),
        );
        let subject = format!("commission_period/{month}");
        let left = said(self.uncorrected_reason.as_deref());
        if let Some(reason) = left.filter(|_| facts.uncorrected > 0) {
            let count = facts.uncorrected;
            zh.push_str(&format!("；{count} 条已认可的异议尚未更正：{reason}"));
            en.push_str(&format!(
                "; {count} accepted objections are not put right, for a stated reason"
            ));
        }
        if let Some(reason) = self.reason().filter(|_| month.runs(facts.today)) {
            zh.push_str(&format!("；月末之前关账：{reason}"));
            en.push_str("; closed before the month was over, for a stated reason");
        }
        let Some(asked) = &facts.asked else {
            return Record::of(subject, zh, en);
        };
        let (day, silent) = (asked.day, asked.answered.waiting);
        let reason = self.reason().filter(|_| facts.early().is_some());
        if silent > 0 {
            let people = asked.answered.people;
            zh.push_str(&format!(
                "；确认期限 {day}，{people} 人中 {silent} 人未确认，未确认不视为确认"
            ));
            en.push_str(&format!(
                "; asked by {day}, {silent} of {people} had not confirmed, which is no consent"
            ));
        }
        if let Some(reason) = reason {
            zh.push_str(&format!("；期限届满前关账：{reason}"));
            en.push_str("; closed before that day, for a stated reason");
        }
        Record::of(subject, zh, en).detail(serde_json::json!({
            "confirm_by": day,
            "people": asked.answered.people,
            "people_confirmed": asked.answered.confirmed,
            "people_objected": asked.answered.objected,
            "unanswered": silent,
            "early_because": reason,
        }))
    }
}

impl Facts {
    /// The figures of a month that is over must not be older than its end.
    pub(super) fn is_whole(&self, month: Month) -> Result<(), Refusal> {
        let period = self.periods.iter().find(|period| period.month == month);
        let calculated = period.and_then(|period| period.calculated_at);
        let early = calculated.is_some_and(|at| month.runs(at.day_in(&self.zone)));
        if month.runs(self.today) || !early {
            return Ok(());
        }
        let zh = format!("{month} 的金额是在该月结束之前核算的，此后的回款没有计入");
        let en =
            format!("{month} was calculated before it was over; what came in later is missing");
        Err(
            Refusal::conflict("commission.calculated_early", zh, en).remedy((
                "请重新核算后再提交核对",
                "Calculate again before you submit it for review",
            )),
        )
    }

    /// Set while payees may still answer and some have not.
    fn early(&self) -> Option<&Asked> {
        self.asked.as_ref().filter(|asked| asked.runs(self.today))
    }
}

impl ClosePeriod {
    /// What comes in after a month was closed waits for the next one, and that cannot be opened
    /// before its first day.
    fn month_is_over(&self, today: Day) -> Result<(), Refusal> {
        if !self.month.runs(today) {
            return Ok(());
        }
        let month = self.month;
        let zh = format!("{month} 尚未结束，关账后本月的回款要到下月开放后才能核算");
        let en = format!("{month} is not over; what still comes in would wait for the next month");
        Err(Refusal::conflict("commission.month_runs", zh.clone(), en)
            .remedy((
                "请在月末之后关账；确需提前关账的，请填写理由",
                "Close it after the end of the month; to close it earlier, give a reason",
            ))
            .at("/reason", zh))
    }

    /// Who was told that he is right waits for his money: a closed month pays it only as a
    /// difference of a later one, and that is decided with open eyes.
    fn is_put_right(&self, count: i64) -> Result<(), Refusal> {
        if count == 0 {
            return Ok(());
        }
        let place = "/uncorrected_reason";
        if let Some(reason) = said(self.uncorrected_reason.as_deref()) {
            return bounds::length(place, "暂不更正的理由", reason, bounds::REASON);
        }
        let zh = format!("还有 {count} 条已认可的异议尚未更正");
        let en = format!("{count} accepted objections are not put right");
        Err(
            Refusal::conflict("commission.objections_uncorrected", zh.clone(), en)
                .remedy((
                    "请按「提成异议」中「已认可、待更正」的条目更正账目并重新核算；\
                     确需留待以后月份更正的，请填写理由，理由将写入存证",
                    "Correct the books by “Accepted, to be put right” under Objections and \
                     calculate again; to leave it to a later month, give a reason, which is kept \
                     as evidence",
                ))
                .at(place, zh),
        )
    }

    fn reason(&self) -> Option<&str> {
        said(self.reason.as_deref())
    }
}

/// What was typed, if it was anything.
fn said(reason: Option<&str>) -> Option<&str> {
    let reason = reason.map(str::trim);
    reason.filter(|reason| !reason.is_empty())
}
