//! What the three words about a line have in common 答复.

use ::commission::period::Stage;
use access::{Need, Permission};
use kernel::{EmployeeId, Moment, Refusal};
use spine::{Denied, Failure, Reader, Record};

use crate::commission::month::Month;
use crate::commission::store::{self, Booked, PeriodRow, Said, Word};
use crate::people::store::{self as people, Employee};

/// The line, its payee, and what was said of it so far.
pub struct Facts {
    pub(crate) line: Booked,
    payee: Employee,
    period: PeriodRow,
    words: i64,
    pub(crate) last: Option<Word>,
}

pub(crate) async fn facts(
    books: &mut Reader<'_>,
    month: Month,
    key: &str,
) -> Result<Facts, Failure> {
    let line = store::line_with(books, month, key).await?;
    let line = line.ok_or_else(|| Denied::absent("commission_line"))?;
    let payee = people::find_employee(books, line.payee).await?;
    let periods = store::periods(books).await?;
    let period = periods.into_iter().find(|period| period.month == month);
    let words = store::words_of(books, line.payee, month).await?;
    Ok(Facts {
        payee: payee.ok_or_else(|| Denied::absent("employee"))?,
        period: period.ok_or_else(|| Denied::absent("commission_period"))?,
        words: store::words_so_far(books, month, key).await?,
        last: words.into_iter().rfind(|word| word.key == key),
        line,
    })
}

impl Facts {
    /// The payee owns his line.
    pub(crate) fn needs(&self, permission: Permission) -> Need {
        Need::on(permission, self.payee.target())
    }

    /// Nothing more is said of a closed month.
    pub(crate) fn must_be_open(&self) -> Result<(), Refusal> {
        if self.period.stage != Stage::Closed {
            return Ok(());
        }
        let month = self.period.month;
        Err(Refusal::conflict(
            "commission.period_closed",
            format!("{month} 已关账"),
            format!("{month} is closed"),
        )
        .remedy("如有错误，请联系财务；更正将作为差额记入之后的月份"))
    }

    /// Only the payee speaks for himself.
    pub(crate) fn must_be_own(&self, by: EmployeeId) -> Result<(), Refusal> {
        if self.line.payee == by {
            return Ok(());
        }
        let zh = "只有本人可以确认或提出异议";
        Err(Refusal::conflict(
            "commission.not_own",
            zh,
            "only the payee himself",
        ))
    }

    pub(crate) fn word(&self, said: Said, reason: &str, by: String, at: Moment) -> Word {
        Word {
            month: self.period.month,
            key: self.line.key.clone(),
            seq: self.words + 1,
            payee: self.line.payee,
            said,
            reason: reason.trim().to_owned(),
            commission: self.line.commission,
            by,
            at,
        }
    }

    pub(crate) fn record(&self, (zh, en): (&str, &str), reason: &str) -> Record {
        let (who, month) = (self.payee.called(), self.period.month);
        let (amount, day) = (self.line.commission, self.line.earned_on);
        let (zh_reason, en_reason) = match reason.trim() {
            "" => (String::new(), String::new()),
            reason => (format!("：{reason}"), format!(": {reason}")),
        };
        Record::of(
            format!("commission/{}", self.line.payee),
            format!("{who} {month} 提成 {amount} 元（{day}）{zh}{zh_reason}"),
            format!("{who}, {month}, line of {day} ({amount}) {en}{en_reason}"),
        )
        .detail(serde_json::json!({
            "month": month,
            "line": self.line.key,
            "amount": amount,
            "reason": reason.trim(),
        }))
    }
}
