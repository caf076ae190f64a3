//! Who must chase this receivable now? 回款责任.
//!
//! Responsibility is rows that are only ever appended, each saying "from this day on, this person".
//! It begins with the customer's owner when the invoice is issued and moves in a handover, in the
//! same transaction as the customer. It never falls to nobody: a customer may wait in the pool, his
//! debt may not.

use kernel::{Day, EmployeeId, InvoiceId, Moment, Refusal};
use serde::{Deserialize, Serialize};

use crate::Receivable;

/// Why somebody is responsible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResponsibilityBasis {
    /// 开票时的客户负责人
    Issued,
    /// 交接
    HandedOver,
    /// 指定: by finance or a superior, such as the collection desk.
    Appointed,
    /// 更正: the last row was wrong.
    Corrected,
}

impl ResponsibilityBasis {
    /// As the history shows it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            ResponsibilityBasis::Issued => "开票时的客户负责人",
            ResponsibilityBasis::HandedOver => "交接",
            ResponsibilityBasis::Appointed => "指定",
            ResponsibilityBasis::Corrected => "更正",
        }
    }
}

/// One row of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponsibilityRow {
    /// The invoice.
    pub invoice: InvoiceId,
    /// 1, 2, 3, … for each invoice.
    pub seq: u32,
    /// The first day of this person. It may lie ahead: a leaver's successor from the day after.
    pub effective_on: Day,
    /// Who must see to the money.
    pub responsible: EmployeeId,
    /// Why.
    pub basis: ResponsibilityBasis,
    /// When it was written down.
    pub recorded_at: Moment,
}

/// All rows of one invoice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responsibility {
    invoice: InvoiceId,
    // INVARIANT: seq counts from 1 without a hole and effective_on never falls, so each day from
    // the first row on has exactly one person responsible.
    rows: Vec<ResponsibilityRow>,
}

impl Responsibility {
    /// An invoice for which nobody was named yet.
    #[must_use]
    pub fn begin(invoice: InvoiceId) -> Responsibility {
        Responsibility {
            invoice,
            rows: Vec::new(),
        }
    }

    /// The history as the books hold it, in any order, checked again.
    ///
    /// # Errors
    /// What [`Responsibility::append`] refuses, and `receivable.responsibility_broken` when a row
    /// is missing or belongs to another invoice.
    pub fn replay(
        invoice: InvoiceId,
        mut rows: Vec<ResponsibilityRow>,
    ) -> Result<Responsibility, Refusal> {
        rows.sort_by_key(|row| row.seq);
        let mut history = Responsibility::begin(invoice);
        for row in rows {
            let written = history.append(
                row.effective_on,
                row.responsible,
                row.basis,
                row.recorded_at,
            )?;
            if written != row {
                return Err(Refusal::conflict(
                    "receivable.responsibility_broken",
                    format!("回款责任历史第 {} 行缺失或不属于该发票", written.seq),
                    format!(
                        "row {} of the responsibility is missing or foreign",
                        written.seq
                    ),
                )
                .remedy((
                    "请联系管理员核对数据，可用存证日志恢复",
                    "Ask an administrator to check the data; the evidence log can restore it",
                )));
            }
        }
        Ok(history)
    }

    /// Writes one more row: from `effective_on` this person is responsible. A row for the same day
    /// as the last one corrects it.
    ///
    /// # Errors
    /// `receivable.responsibility_retroactive` when the day lies before the last row's;
    /// `receivable.responsibility_unchanged` when the person is responsible already.
    pub fn append(
        &mut self,
        effective_on: Day,
        responsible: EmployeeId,
        basis: ResponsibilityBasis,
        recorded_at: Moment,
    ) -> Result<ResponsibilityRow, Refusal> {
        if let Some(last) = self.rows.last() {
            refuse_backward(last.effective_on, effective_on)?;
            if last.responsible == responsible {
                return Err(Refusal::conflict(
                    "receivable.responsibility_unchanged",
                    "该应收款已由此人负责催收",
                    "this person is responsible for the receivable already",
                )
                .remedy(("请选择其他责任人", "Choose another responsible person")));
            }
        }
        let row = ResponsibilityRow {
            invoice: self.invoice,
            seq: self.rows.last().map_or(1, |last| last.seq + 1),
            effective_on,
            responsible,
            basis,
            recorded_at,
        };
        self.rows.push(row);
        Ok(row)
    }

    /// The row that counts on this day, with its reason; none before the first.
    #[must_use]
    pub fn row_on(&self, day: Day) -> Option<&ResponsibilityRow> {
        let begun = self.rows.partition_point(|row| row.effective_on <= day);
        self.rows[..begun].last()
    }

    /// Who is responsible on this day, whether or not anything is open.
    #[must_use]
    pub fn responsible_on(&self, day: Day) -> Option<EmployeeId> {
        self.row_on(day).map(|row| row.responsible)
    }

    /// Who must chase the receivable on this day: nobody once it is settled.
    #[must_use]
    pub fn chaser_on(&self, receivable: &Receivable, day: Day) -> Option<EmployeeId> {
        self.responsible_on(day)
            .filter(|_| receivable.is_open_on(day))
    }

    /// The rows as written.
    #[must_use]
    pub fn rows(&self) -> &[ResponsibilityRow] {
        &self.rows
    }
}

fn refuse_backward(last: Day, effective_on: Day) -> Result<(), Refusal> {
    if effective_on >= last {
        return Ok(());
    }
    Err(Refusal::conflict(
        "receivable.responsibility_retroactive",
        format!("生效日 {effective_on} 早于上一次责任变更的生效日 {last}"),
        format!("{effective_on} is before the last change of responsibility on {last}"),
    )
    .remedy((
        format!("请选择 {last} 或之后的日期"),
        format!("Choose {last} or a later day"),
    )))
}
