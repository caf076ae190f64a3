//! The payee signs his whole statement off 签收提成单.

use std::collections::BTreeMap;

use ::commission::period::Stage;
use access::Need;
use kernel::{EmployeeId, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::commission::month::{Month, nothing_in};
use crate::commission::store::{self, Booked, Said, SignOffRow, Word};
use crate::people::store::{self as people, Employee};
use crate::permissions;

/// Says that the whole statement of a month is right as it stands: every line of it that waits is
/// confirmed. Of lines that change afterwards the signature does not count; he may sign again.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignOff {
    /// Which month.
    pub month: Month,
    /// What he saw, as the statement names it.
    pub digest: String,
    /// Who.
    pub by: EmployeeId,
}

/// What the decision needs to know.
pub struct Facts {
    person: Employee,
    stage: Stage,
    lines: Vec<Booked>,
    digest: String,
    /// The newest word of each line.
    last: BTreeMap<String, Word>,
    signed: Vec<SignOffRow>,
}

/// What was signed.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignedOff {
    /// When.
    pub at: Moment,
    /// Lines that are confirmed by it.
    pub confirmed: usize,
}

impl Facts {
    fn total(&self) -> Fen {
        self.lines.iter().map(|line| line.commission).sum()
    }

    /// Lines of an open month that he has not confirmed as they are.
    fn waiting(&self) -> impl Iterator<Item = &Booked> {
        let open = self.stage != Stage::Closed;
        self.lines.iter().filter(move |line| {
            let last = self.last.get(&line.key);
            let said =
                last.is_some_and(|w| w.said == Said::Confirmed && w.commission == line.commission);
            open && !said
        })
    }
}

impl Act for SignOff {
    const NAME: &'static str = "commission.sign_off";
    type Facts = Facts;
    type Outcome = SignedOff;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = people::find_employee(books, self.by).await?;
        let person = person.ok_or_else(|| Denied::absent("employee"))?;
        let periods = store::periods(books).await?;
        let period = periods.iter().find(|period| period.month == self.month);
        let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
        let lines = store::all_lines_of(books, self.by, self.month).await?;
        let words = store::words_of(books, self.by, self.month).await?;
        Ok(Facts {
            person,
            stage: period.stage,
            digest: store::signed_off(&lines)?,
            lines,
            last: words.into_iter().map(|w| (w.key.clone(), w)).collect(),
            signed: store::sign_offs(books, self.by, self.month).await?,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::COMMISSION_CONFIRM, facts.person.target())
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<SignedOff, Refusal> {
        let month = self.month;
        if facts.lines.is_empty() {
            return Err(nothing_in(
                month,
                (
                    "没有明细的月份无需签收",
                    "A month without lines needs no sign-off",
                ),
            ));
        }
        if facts.last.values().any(|word| word.said == Said::Objected) {
            let zh = format!("{month} 还有您提出的异议未答复");
            let en = format!("objections to {month} are not answered");
            return Err(
                Refusal::conflict("commission.objections_open", zh, en).remedy((
                    "请在答复后再签收，或先确认有异议的明细",
                    "Sign off after the answer, or confirm the lines you object to first",
                )),
            );
        }
        if facts.digest != self.digest {
            let zh = "提成单已重新核算，与您看到的不同";
            let en = "the statement is not the one you saw any more";
            return Err(
                Refusal::conflict("commission.statement_changed", zh, en).remedy((
                    "请刷新页面，核对后再签收",
                    "Reload, look through it again, then sign off",
                )),
            );
        }
        let signed = facts.signed.last();
        if signed.is_some_and(|last| last.digest == facts.digest) {
            let zh = format!("{month} 的提成单您已签收");
            let en = format!("the statement of {month} is signed off already");
            return Err(Refusal::conflict("commission.signed_already", zh, en));
        }
        Ok(SignedOff {
            at,
            confirmed: facts.waiting().count(),
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        signed: &SignedOff,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let word = |line: &Booked| Word {
            month: self.month,
            key: line.key.clone(),
            seq: facts.last.get(&line.key).map_or(0, |last| last.seq) + 1,
            payee: self.by,
            said: Said::Confirmed,
            reason: String::new(),
            commission: line.commission,
            amount: None,
            by: self.by.to_string(),
            at: signed.at,
        };
        let words: Vec<Word> = facts.waiting().map(word).collect();
        store::add_words(books, &words).await?;
        let row = SignOffRow {
            month: self.month,
            payee: self.by,
            seq: facts.signed.last().map_or(0, |last| last.seq) + 1,
            digest: facts.digest.clone(),
            lines: i64::try_from(facts.lines.len()).unwrap_or(i64::MAX),
            total: facts.total(),
            at: signed.at,
        };
        Ok(store::add_sign_off(books, &row).await?)
    }

    fn record(&self, facts: &Facts, signed: &SignedOff) -> Record {
        let (who, month, total) = (facts.person.called(), self.month, facts.total());
        let count = facts.lines.len();
        Record::of(
            format!("commission/{}", self.by),
            format!("{who}签收 {month} 提成单：{count} 条，合计 {total} 元"),
            format!("{who} signed the statement of {month} off: {count} lines, {total} in all"),
        )
        .why("sign_off")
        .about(format!("commission_period/{month}"))
        .detail(serde_json::json!({
            "month": month,
            "count": count,
            "total": total,
            "confirmed": signed.confirmed,
            "digest": facts.digest,
        }))
    }
}
