//! Who owned this customer on a date? 客户归属历史.
//!
//! The history is rows that are only ever appended, each saying "from this day on, this owner".
//! An interval ends where the next row begins, so two owners at once cannot be written down, and
//! a time without owner is a row of its own (the pool 公海). A row may begin in the past, but not
//! before the row it follows. A row for the same day as the last one corrects it.

use kernel::{CustomerId, Day, EmployeeId, Moment, Period, Refusal};
use serde::{Deserialize, Serialize};

/// Why the owner changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AssignmentReason {
    /// 新建
    Created,
    /// 导入
    Imported,
    /// 分配: from the pool, by somebody in charge.
    Allotted,
    /// 领取: from the pool, by the owner himself.
    Claimed,
    /// 调整归属: both stay.
    Reassigned,
    /// 交接: as part of a handover.
    HandedOver,
    /// 释放: into the pool, by hand.
    Released,
    /// 回收: into the pool, by rule.
    Recycled,
    /// 更正: the last row was wrong.
    Corrected,
}

impl AssignmentReason {
    /// As the history shows it.
    #[must_use]
    pub fn zh(self) -> &'static str {
        match self {
            AssignmentReason::Created => "新建",
            AssignmentReason::Imported => "导入",
            AssignmentReason::Allotted => "分配",
            AssignmentReason::Claimed => "领取",
            AssignmentReason::Reassigned => "调整归属",
            AssignmentReason::HandedOver => "交接",
            AssignmentReason::Released => "释放",
            AssignmentReason::Recycled => "回收",
            AssignmentReason::Corrected => "更正",
        }
    }

    /// The same in English.
    #[must_use]
    pub fn en(self) -> &'static str {
        match self {
            AssignmentReason::Created => "added",
            AssignmentReason::Imported => "imported",
            AssignmentReason::Allotted => "allotted",
            AssignmentReason::Claimed => "claimed",
            AssignmentReason::Reassigned => "reassigned",
            AssignmentReason::HandedOver => "handed over",
            AssignmentReason::Released => "released",
            AssignmentReason::Recycled => "recycled",
            AssignmentReason::Corrected => "corrected",
        }
    }
}

/// One row of the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssignmentRow {
    /// The customer.
    pub customer: CustomerId,
    /// 1, 2, 3, … for each customer.
    pub seq: u32,
    /// The first day of this owner.
    pub effective_on: Day,
    /// The owner; none while the customer is in the pool.
    pub owner: Option<EmployeeId>,
    /// Why.
    pub reason: AssignmentReason,
    /// When it was written down.
    pub recorded_at: Moment,
}

/// One row with its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    /// From its own day to the day of the next row.
    pub period: Period,
    /// The owner; none while the customer is in the pool.
    pub owner: Option<EmployeeId>,
    /// Why it began.
    pub reason: AssignmentReason,
    /// The row.
    pub seq: u32,
    /// Corrected on the same day: it never counted.
    pub superseded: bool,
}

/// All rows of one customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    customer: CustomerId,
    // INVARIANT: seq counts from 1 without a hole and effective_on never falls, so each day has at
    // most one owner.
    rows: Vec<AssignmentRow>,
}

impl Timeline {
    /// A customer without history.
    #[must_use]
    pub fn begin(customer: CustomerId) -> Timeline {
        Timeline {
            customer,
            rows: Vec::new(),
        }
    }

    /// The history as the books hold it, in any order, checked again.
    ///
    /// # Errors
    /// What [`Timeline::append`] refuses, and `customer.assignment_broken` when a row is missing or
    /// belongs to another customer.
    pub fn replay(customer: CustomerId, mut rows: Vec<AssignmentRow>) -> Result<Timeline, Refusal> {
        rows.sort_by_key(|row| row.seq);
        let mut timeline = Timeline::begin(customer);
        for row in rows {
            let written =
                timeline.append(row.effective_on, row.owner, row.reason, row.recorded_at)?;
            if written != row {
                return Err(Refusal::conflict(
                    "customer.assignment_broken",
                    format!("归属历史第 {} 行缺失或不属于该客户", written.seq),
                    format!(
                        "row {} of the ownership history is missing or foreign",
                        written.seq
                    ),
                )
                .remedy((
                    "请联系管理员核对数据，可用存证日志恢复",
                    "Ask an administrator to check the data; the evidence log can restore it",
                )));
            }
        }
        Ok(timeline)
    }

    /// Writes one more row: from `effective_on` the customer belongs to `owner`.
    ///
    /// # Errors
    /// `customer.assignment_retroactive` when the day lies before the last row's;
    /// `customer.assignment_same_owner` when nothing would change.
    pub fn append(
        &mut self,
        effective_on: Day,
        owner: Option<EmployeeId>,
        reason: AssignmentReason,
        recorded_at: Moment,
    ) -> Result<AssignmentRow, Refusal> {
        if let Some(last) = self.rows.last() {
            refuse_backward(last, effective_on)?;
            refuse_idle(last, owner)?;
        }
        let row = AssignmentRow {
            customer: self.customer,
            seq: self.rows.last().map_or(1, |last| last.seq + 1),
            effective_on,
            owner,
            reason,
            recorded_at,
        };
        self.rows.push(row);
        Ok(row)
    }

    /// Who owned the customer on this day; none in the pool and before the first row.
    #[must_use]
    pub fn owner_on(&self, day: Day) -> Option<EmployeeId> {
        self.row_on(day).and_then(|row| row.owner)
    }

    /// The row that counts on this day; none before the first.
    #[must_use]
    pub fn row_on(&self, day: Day) -> Option<&AssignmentRow> {
        let begun = self.rows.partition_point(|row| row.effective_on <= day);
        self.rows[..begun].last()
    }

    /// Every row with its end, in order. Those that count follow each other without gap or overlap;
    /// the last is open.
    #[must_use]
    pub fn intervals(&self) -> Vec<Interval> {
        let ends = self.rows.iter().skip(1).map(|next| Some(next.effective_on));
        self.rows
            .iter()
            .zip(ends.chain([None]))
            .map(|(row, until)| {
                let from = row.effective_on;
                let period = Period { from, until };
                Interval {
                    period,
                    owner: row.owner,
                    reason: row.reason,
                    seq: row.seq,
                    superseded: period.is_empty(),
                }
            })
            .collect()
    }

    /// The history as it stood at a moment: what we knew then, not what we know now.
    #[must_use]
    pub fn as_known_at(&self, moment: Moment) -> Timeline {
        let known = self.rows.partition_point(|row| row.recorded_at <= moment);
        Timeline {
            customer: self.customer,
            rows: self.rows[..known].to_vec(),
        }
    }

    /// The rows as written.
    #[must_use]
    pub fn rows(&self) -> &[AssignmentRow] {
        &self.rows
    }
}

fn refuse_backward(last: &AssignmentRow, effective_on: Day) -> Result<(), Refusal> {
    if effective_on >= last.effective_on {
        return Ok(());
    }
    let before = last.effective_on;
    Err(Refusal::conflict(
        "customer.assignment_retroactive",
        format!("生效日 {effective_on} 早于上一次归属变更的生效日 {before}"),
        format!("{effective_on} is before the last change of owner on {before}"),
    )
    .remedy((
        format!("请选择 {before} 或之后的日期"),
        format!("Choose {before} or a later day"),
    )))
}

fn refuse_idle(last: &AssignmentRow, owner: Option<EmployeeId>) -> Result<(), Refusal> {
    if owner != last.owner {
        return Ok(());
    }
    let (zh, en) = match owner {
        Some(_) => ("该客户已归此负责人", "the customer already has this owner"),
        None => ("该客户已在公海中", "the customer is in the pool already"),
    };
    Err(Refusal::conflict("customer.assignment_same_owner", zh, en)
        .remedy(("请选择其他负责人", "Choose another owner")))
}
