//! What the words about a line have in common 答复.

use ::commission::period::Stage;
use access::{Need, Permission};
use kernel::{CaseId, Day, EmployeeId, Fen, Moment, Refusal};
use spine::{Denied, Failure, Reader, Record};

use crate::commission::month::Month;
use crate::commission::objection;
use crate::commission::store::{self, PeriodRow, Said, Word};
use crate::people::store::{self as people, Employee};

/// The line, its payee, and what was said of it so far.
pub struct Facts {
    pub(crate) key: String,
    payee: Employee,
    period: PeriodRow,
    words: i64,
    pub(crate) last: Option<Word>,
    /// Absent of a line that a later calculation took away after something was said of it.
    earned_on: Option<Day>,
    /// What it comes to now.
    pub(crate) commission: Fen,
    /// The case that asks for an answer to the objection.
    pub(crate) case: Option<CaseId>,
}

pub(crate) async fn facts(
    books: &mut Reader<'_>,
    month: Month,
    key: &str,
) -> Result<Facts, Failure> {
    let line = store::line_with(books, month, key).await?;
    let last = store::last_word(books, month, key).await?;
    let payee = line.as_ref().map(|line| line.payee);
    let payee = payee.or_else(|| last.as_ref().map(|word| word.payee));
    let payee = payee.ok_or_else(|| Denied::absent("commission_line"))?;
    let payee = people::find_employee(books, payee).await?;
    let periods = store::periods(books).await?;
    let period = periods.into_iter().find(|period| period.month == month);
    Ok(Facts {
        key: key.to_owned(),
        payee: payee.ok_or_else(|| Denied::absent("employee"))?,
        period: period.ok_or_else(|| Denied::absent("commission_period"))?,
        words: last.as_ref().map_or(0, |word| word.seq),
        last,
        earned_on: line.as_ref().map(|line| line.earned_on),
        commission: line.map_or(Fen::ZERO, |line| line.commission),
        case: objection::case_of(books, month, key).await?,
    })
}

impl Facts {
    /// Whose line it is.
    pub(crate) fn payee(&self) -> &Employee {
        &self.payee
    }

    /// The payee owns his line.
    pub(crate) fn needs(&self, permission: Permission) -> Need {
        Need::on(permission, self.payee.target())
    }

    /// Whether an objection waits for its answer.
    pub(crate) fn objected(&self) -> bool {
        let last = self.last.as_ref();
        last.is_some_and(|last| last.said == Said::Objected)
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
        .remedy((
            "如有错误，请联系财务；更正将作为差额记入之后的月份",
            "Tell finance of any error; a correction goes into later months as a difference",
        )))
    }

    /// Only the payee speaks for himself.
    pub(crate) fn must_be_own(&self, by: EmployeeId) -> Result<(), Refusal> {
        if self.payee.id == by {
            return Ok(());
        }
        let zh = "只有本人可以确认或提出异议";
        Err(Refusal::conflict(
            "commission.not_own",
            zh,
            "only the payee in person",
        ))
    }

    pub(crate) fn word(&self, said: Said, reason: &str, by: String, at: Moment) -> Word {
        Word {
            month: self.period.month,
            key: self.key.clone(),
            seq: self.words + 1,
            payee: self.payee.id,
            said,
            reason: reason.trim().to_owned(),
            commission: self.commission,
            amount: None,
            by,
            at,
        }
    }

    pub(crate) fn record(&self, (zh, en): (&str, &str), said: &Word) -> Record {
        let (who, month) = (self.payee.called(), self.period.month);
        let amount = self.commission;
        let day = self.earned_on.map(|day| day.to_string());
        let day = day.unwrap_or_else(|| "—".to_owned());
        let (zh_reason, en_reason) = match said.reason.as_str() {
            "" => (String::new(), String::new()),
            reason => (format!("：{reason}"), format!(": {reason}")),
        };
        Record::of(
            format!("commission/{}", self.payee.id),
            format!("{who} {month} 提成 {amount} 元（{day}）{zh}{zh_reason}"),
            format!("{who}, {month}, line of {day} ({amount}) {en}{en_reason}"),
        )
        .detail(serde_json::json!({
            "month": month,
            "line": self.key,
            "amount": amount,
            "reason": said.reason,
            "said_amount": said.amount,
        }))
    }
}
