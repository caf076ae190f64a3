//! Commission was paid 登记提成发放.

use ::commission::paying::{net, spread};
use ::commission::period::Stage;
use access::Need;
use kernel::{Day, EmployeeId, Fen, Moment, PaymentId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Item, Reader, Record, Writer};

use crate::bounds;
use crate::commission::month::Month;
use crate::commission::paying::{self, ByPayee};
use crate::commission::store::{self, Booked, PayingRow, PaymentRow};
use crate::people::store as people;
use crate::permissions;

/// Records that what closed months up to this one left open was paid: to everybody, or to one
/// person, to whom it may be a part with the reason. Nobody records his own.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordPayment {
    /// Up to which closed month.
    pub month: Month,
    /// To whom; to everybody when absent.
    pub payee: Option<EmployeeId>,
    /// When the money went.
    pub paid_on: Day,
    /// Number of the bank's or payroll's paper.
    pub reference: String,
    /// How much, when it was not all of it; only with a person.
    pub amount: Option<Fen>,
    /// Why it was not all of it.
    pub reason: String,
    /// Who records it, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    stage: Stage,
    /// The first month whose payment was recorded.
    since: Option<Month>,
    open: ByPayee,
    /// 张三（E002）
    called: Option<String>,
    today: Day,
    id: PaymentId,
}

/// What was recorded.
#[derive(Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// Its id.
    pub id: PaymentId,
    /// People.
    pub people: usize,
    /// All of it.
    pub total: Fen,
    #[serde(skip)]
    rows: Vec<PaymentRow>,
}

impl RecordPayment {
    fn check(&self, facts: &Facts) -> Result<(), Refusal> {
        let month = self.month;
        if facts.stage != Stage::Closed {
            return Err(Refusal::conflict(
                "commission.payment_open",
                format!("{month} 尚未关账，金额还会变动，不能登记发放"),
                format!("{month} is not closed; nothing is paid yet"),
            )
            .remedy((
                "请先核算、复核并关账",
                "Calculate, review and close the month first",
            )));
        }
        if let Some(since) = facts.since.filter(|since| month < *since) {
            return Err(Refusal::conflict(
                "commission.payment_before",
                format!("发放自 {since} 起登记，此前各月视为已付清，{month} 不能再登记"),
                format!("payments are recorded from {since} on; {month} counts as paid"),
            )
            .remedy((
                format!("确需从 {month} 登记的，请先撤销已登记的各次发放，再从最早的月份开始"),
                format!("To begin with {month}, undo the payments on record first"),
            )));
        }
        bounds::length("/reference", "凭证号", &self.reference, bounds::SHORT)?;
        if self.paid_on > facts.today || self.paid_on < month.days().from {
            let zh = format!("发放日应在 {} 与今天之间", month.days().from);
            return Err(Refusal::invalid(
                "commission.payment_day",
                zh.clone(),
                "the day lies ahead, or before the month",
            )
            .at("/paid_on", zh));
        }
        let mine = |payee: &EmployeeId| payee.to_string() == self.by;
        if self.payee.as_ref().is_some_and(mine) || facts.open.keys().any(mine) {
            let zh = "其中有您本人的提成，不能由本人登记发放";
            return Err(Refusal::conflict(
                "commission.payment_own",
                zh,
                "nobody records the payment of their own commission",
            )
            .remedy((
                "请由其他财务人员登记",
                "Let somebody else of finance record it",
            )));
        }
        if self.amount.is_some() {
            if self.payee.is_none() {
                let zh = "部分发放须逐人登记";
                return Err(Refusal::invalid(
                    "commission.payment_part",
                    zh,
                    "a part is recorded person by person",
                )
                .at("/amount", zh));
            }
            bounds::length("/reason", "部分发放的理由", &self.reason, bounds::REASON)?;
        }
        Ok(())
    }

    fn rows(&self, facts: &Facts) -> Result<Vec<PaymentRow>, Refusal> {
        let mut rows = Vec::new();
        let nothing = Vec::new();
        let of: Vec<_> = match self.payee {
            Some(payee) => vec![facts.open.get(&payee).unwrap_or(&nothing)],
            None => facts.open.values().collect(),
        };
        for lines in &of {
            let open: Vec<_> = lines.iter().map(|(_, open)| open.clone()).collect();
            // Who is owed nothing this time waits for the next.
            if self.payee.is_none() && net(&open, self.paid_on) <= Fen::ZERO {
                continue;
            }
            let paid = spread(&open, self.paid_on, self.amount)?;
            for ((line, _), amount) in lines.iter().zip(paid) {
                if amount != Fen::ZERO {
                    rows.push(row(line, self.paid_on, amount));
                }
            }
        }
        if rows.is_empty() {
            // Says why.
            spread(&[], self.paid_on, None)?;
        }
        Ok(rows)
    }
}

fn row(line: &Booked, paid_on: Day, amount: Fen) -> PaymentRow {
    let key = line.kept.line_key();
    PaymentRow {
        month: line.month,
        key: line.key.clone(),
        payee: line.payee,
        record: line.record.clone(),
        line: key
            .and_then(|key| serde_json::to_string(key).ok())
            .unwrap_or_default(),
        paid_on,
        amount,
    }
}

/// What each person got.
pub(super) fn sums(rows: &[PaymentRow]) -> std::collections::BTreeMap<EmployeeId, Fen> {
    let mut sums = std::collections::BTreeMap::new();
    for row in rows {
        let sum = sums.entry(row.payee).or_insert(Fen::ZERO);
        *sum = *sum + row.amount;
    }
    sums
}

/// One item for each person, so that he can be shown his own.
pub(super) fn items(rows: &[PaymentRow], paid_on: Day, reference: &str) -> Vec<Item> {
    let each = sums(rows).into_iter();
    each.map(|(payee, amount)| Item {
        subject: format!("commission/{payee}"),
        detail: serde_json::json!({
            "paid_on": paid_on,
            "reference": reference,
            "amount": amount,
        }),
    })
    .collect()
}

impl Act for RecordPayment {
    const NAME: &'static str = "commission.record_payment";
    type Facts = Facts;
    type Outcome = Recorded;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let periods = store::periods(books).await?;
        let period = periods.iter().find(|period| period.month == self.month);
        let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
        let called = match self.payee {
            None => None,
            Some(payee) => {
                let person = people::find_employee(books, payee).await?;
                Some(person.ok_or_else(|| Denied::absent("employee"))?.called())
            }
        };
        Ok(Facts {
            stage: period.stage,
            since: store::paid_since(books).await?,
            open: paying::unpaid(books, self.month, self.payee).await?,
            called,
            today: books.today(),
            id: PaymentId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PAY)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Recorded, Refusal> {
        self.check(facts)?;
        let rows = self.rows(facts)?;
        Ok(Recorded {
            id: facts.id,
            people: sums(&rows).len(),
            total: rows.iter().map(|row| row.amount).sum(),
            rows,
        })
    }

    async fn write(
        &self,
        _: &Facts,
        done: &Recorded,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let small = |size: usize| i64::try_from(size).unwrap_or(i64::MAX);
        let head = PayingRow {
            id: done.id,
            month: self.month,
            payee: self.payee,
            paid_on: self.paid_on,
            reference: self.reference.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            undoes: None,
            people: small(done.people),
            lines: small(done.rows.len()),
            total: done.total,
            by: self.by.clone(),
            at: books.at(),
        };
        Ok(store::add_paying(books, &head, &done.rows).await?)
    }

    fn record(&self, facts: &Facts, done: &Recorded) -> Record {
        let (month, on, total) = (self.month, self.paid_on, done.total);
        let reference = self.reference.trim();
        let (zh, en) = match &facts.called {
            Some(who) => (
                format!("登记 {on} 向{who}发放 {month} 及以前的提成 {total} 元（{reference}）"),
                format!("{total} of commission up to {month} were paid to {who} on {on}"),
            ),
            None => (
                format!(
                    "登记 {on} 发放 {month} 及以前的提成：{} 人，{total} 元（{reference}）",
                    done.people
                ),
                format!(
                    "{total} of commission up to {month} were paid to {} people on {on}",
                    done.people
                ),
            ),
        };
        Record::of(format!("commission_period/{month}"), zh, en)
            .why("payment")
            .about(format!("payment/{}", done.id))
            .detail(serde_json::json!({
                "month": month,
                "paid_on": on,
                "reference": reference,
                "reason": self.reason.trim(),
                "people": done.people,
                "total": total,
            }))
            .items(items(&done.rows, on, reference))
    }
}
