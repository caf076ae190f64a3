//! A table says who is credited with deals 指定业绩认定用表.

use access::Need;
use kernel::{Day, Moment, Refusal, RuleTableId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::reaches_no_closed_month;
use crate::commission::month::Month;
use crate::commission::store::{self, CreditingRow};
use crate::commission::tables::{self, Purpose};
use crate::permissions;
use crate::rules::ready::{self, Tables};

/// From a day on this table says who is credited with deals signed then, unless somebody said so
/// for a deal by hand; without a table it is their owner alone.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetCrediting {
    /// Which table; none for the owner alone.
    pub table: Option<RuleTableId>,
    /// From when on; after the last change.
    pub effective_on: Day,
    /// Who says so, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    last: Option<CreditingRow>,
    /// The last month that is closed.
    closed: Option<Month>,
    tables: Tables,
    at: Moment,
}

impl Facts {
    fn name(&self, table: Option<RuleTableId>) -> &str {
        let found = table.and_then(|id| self.tables.get(&id));
        found.map_or("", |table| &table.name)
    }
}

impl Act for SetCrediting {
    const NAME: &'static str = "commission.set_crediting";
    type Facts = Facts;
    type Outcome = i64;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let tables = ready::tables(books, &self.table.into_iter().collect()).await?;
        if self.table.is_some_and(|id| !tables.contains_key(&id)) {
            return Err(Denied::absent("decision_table").into());
        }
        Ok(Facts {
            last: store::crediting(books).await?.pop(),
            closed: store::last_closed(books).await?,
            tables,
            at: books.at(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<i64, Refusal> {
        if let Some(last) = &facts.last {
            if self.effective_on <= last.effective_on {
                let day = last.effective_on;
                let zh = format!("上一次变更自 {day} 起生效，须在其后");
                let en = format!("the last change counts from {day}");
                return Err(
                    Refusal::conflict("commission.crediting_not_later", zh.clone(), en)
                        .remedy(("请改用更晚的日期", "Choose a later day"))
                        .at("/effective_on", zh),
                );
            }
            if last.table == self.table {
                let zh = "业绩认定用表没有变化";
                let en = "nothing would change";
                return Err(Refusal::conflict("commission.same_crediting", zh, en));
            }
        } else if self.table.is_none() {
            let zh = "没有指定过业绩认定用表，无可停用";
            let en = "no table credits deals";
            return Err(Refusal::conflict("commission.same_crediting", zh, en));
        }
        reaches_no_closed_month("/effective_on", self.effective_on, facts.closed)?;
        for table in facts.tables.values() {
            tables::ready_for(table, Purpose::Credit, self.effective_on).map_err(|refusal| {
                refusal.at("/table_id", ("这张表不合用", "This table does not fit"))
            })?;
        }
        Ok(facts.last.as_ref().map_or(1, |last| last.seq + 1))
    }

    async fn write(&self, facts: &Facts, seq: &i64, books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = CreditingRow {
            seq: *seq,
            effective_on: self.effective_on,
            table: self.table,
            set_at: facts.at,
        };
        Ok(store::add_crediting(books, &row, &self.by).await?)
    }

    fn record(&self, facts: &Facts, _seq: &i64) -> Record {
        let (name, from) = (facts.name(self.table), self.effective_on);
        let (zh, en) = match self.table {
            Some(_) => (
                format!("自 {from} 起签订的合同按决策表「{name}」认定业绩"),
                format!("Deals signed from {from} are credited by the table {name}"),
            ),
            None => (
                format!("自 {from} 起签订的合同，业绩归负责人"),
                format!("Deals signed from {from} are credited to their owner"),
            ),
        };
        Record::of("commission_crediting/all".to_owned(), zh, en).detail(serde_json::json!({
            "effective_on": from,
            "before": facts.last.as_ref().and_then(|last| last.table),
            "after": self.table,
        }))
    }
}
