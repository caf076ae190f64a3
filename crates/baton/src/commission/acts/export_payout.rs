//! A closed month goes to payroll 导出发放文件.

use ::commission::period::Stage;
use access::Need;
use kernel::{Day, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::payout::{Made, made};
use crate::commission::store;
use crate::permissions;

/// Hands the earning lines of a closed month to payroll, once: workbook and plain lines are kept as
/// they are handed out. What was recorded as paid before is not handed out again, and a month of
/// which nothing is left is no file at all.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportPayout {
    /// Which month.
    pub month: Month,
    /// Who exports it, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    stage: Stage,
    exported: bool,
    made: Made,
    /// The days on which something of it was recorded as paid.
    paid_on: Vec<Day>,
}

/// What was handed out.
#[derive(Debug, Serialize, Deserialize)]
pub struct Exported {
    month: Month,
    /// SHA-256 of the workbook, hex.
    pub xlsx_digest: String,
    /// SHA-256 of the plain lines, hex.
    pub csv_digest: String,
}

/// Why there is nothing to hand out: it was all paid by hand, or nothing was earned.
fn nothing_left(month: Month, facts: &Facts) -> Refusal {
    let code = "commission.payout_nothing_left";
    let already = facts.made.already;
    if facts.paid_on.is_empty() {
        let zh = format!("{month} 没有应发的提成，没有可导出的内容");
        return Refusal::conflict(code, zh, format!("{month} pays nothing to anybody")).remedy((
            "无需导出；以后的更正在之后的月份以差额发放",
            "There is nothing to export; later corrections are paid as differences in later \
             months",
        ));
    }
    let days: Vec<String> = facts.paid_on.iter().map(Day::to_string).collect();
    let zh = format!(
        "{month} 的提成 {already} 元已全部登记为发放（{}），没有可导出的内容",
        days.join("、")
    );
    let en = format!(
        "all {already} of {month} were recorded as paid: {}",
        days.join(", ")
    );
    Refusal::conflict(code, zh, en).remedy((
        "无需再发；如实际没有发放，请先在该月「发放」中撤销登记，再导出",
        "There is nothing left to pay; where it was not paid in fact, undo the record under \
         “Payment” of that month first, then export",
    ))
}

impl Act for ExportPayout {
    const NAME: &'static str = "commission.export_payout";
    type Facts = Facts;
    type Outcome = Exported;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let periods = store::periods(books).await?;
        let period = periods.iter().find(|period| period.month == self.month);
        let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
        Ok(Facts {
            stage: period.stage,
            exported: store::payout(books, self.month).await?.is_some(),
            made: made(books, self.month).await?,
            paid_on: store::paid_on(books, self.month).await?,
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Exported, Refusal> {
        let month = self.month;
        if facts.stage != Stage::Closed {
            return Err(Refusal::conflict(
                "commission.payout_open",
                format!("{month} 尚未关账，不能导出发放文件"),
                format!("{month} is not closed; nothing goes to payroll"),
            )
            .remedy((
                "请先核算、复核并关账",
                "Calculate, review and close the month first",
            )));
        }
        if facts.exported {
            return Err(Refusal::conflict(
                "commission.payout_exported",
                format!("{month} 的发放文件已导出，再次导出会重复发放"),
                format!("{month} went to payroll already; twice would be paid twice"),
            )
            .remedy((
                "请下载已导出的文件；更正在之后的月份以差额发放",
                "Download the file that was exported; corrections are paid as differences in \
                 later months",
            )));
        }
        if facts.made.lines == 0 {
            return Err(nothing_left(month, facts));
        }
        Ok(Exported {
            month,
            xlsx_digest: facts.made.xlsx_digest(),
            csv_digest: facts.made.csv_digest(),
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        _: &Exported,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_payout(books, self.month, &self.by, &facts.made).await?)
    }

    fn record(&self, facts: &Facts, exported: &Exported) -> Record {
        let (month, made) = (self.month, &facts.made);
        let (people, lines, total) = (made.people, made.lines, made.total);
        let already = made.already;
        let (mut zh, mut en) = (
            format!("导出 {month} 提成发放文件：{people} 人，{lines} 笔，合计 {total} 元"),
            format!("{month} went to payroll: {people} people, {lines} lines, {total} in all"),
        );
        if already != Fen::ZERO {
            zh.push_str(&format!("；此前已登记发放 {already} 元，不再列入"));
            en.push_str(&format!("; {already} were recorded as paid and left out"));
        }
        Record::of(format!("commission_period/{month}"), zh, en)
            .why("export")
            .detail(serde_json::json!({
                "month": month,
                "people": people,
                "count": lines,
                "total": total,
                "xlsx": exported.xlsx_digest,
                "csv": exported.csv_digest,
            }))
    }
}
