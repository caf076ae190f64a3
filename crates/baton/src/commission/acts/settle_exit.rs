//! Commission is settled with the departure 离职提成结算.

use ::commission::booking::SettledRow;
use access::Need;
use kernel::{DepartureId, EmployeeId, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Item, Reader, Record, Writer};

use crate::commission::store;
use crate::permissions;

/// A part of closing a departure: from now on the decisions count, and the open month pays what was
/// agreed for money that has not come in.
#[derive(Debug, Serialize, Deserialize)]
pub struct SettleExit {
    /// Which departure.
    pub departure: DepartureId,
    /// Its number.
    pub number: String,
    /// Who left.
    pub employee: EmployeeId,
    /// 张三（E001）
    pub who: String,
    /// By contract.
    pub(crate) rows: Vec<SettledRow>,
}

impl Act for SettleExit {
    const NAME: &'static str = "commission.settle_exit";
    type Facts = ();
    type Outcome = usize;

    async fn load(&self, _books: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn needs(&self, (): &()) -> Need {
        Need::on_everything(permissions::COMMISSION_EXIT)
    }

    fn decide(&self, (): &(), _at: Moment) -> Result<usize, Refusal> {
        Ok(self.rows.len())
    }

    async fn write(&self, (): &(), _: &usize, books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::settle(books, &self.rows).await?)
    }

    fn record(&self, (): &(), count: &usize) -> Record {
        let now: Fen = self.rows.iter().map(|row| row.now).sum();
        let later: Fen = self.rows.iter().map(|row| row.later).sum();
        let (who, number) = (&self.who, &self.number);
        let items = self.rows.iter().map(|row| Item {
            subject: format!("contract/{}", row.deal),
            detail: serde_json::json!({
                "decision": row.decision,
                "owed": row.owed,
                "to_come": row.to_come,
                "now": row.now,
                "later": row.later,
            }),
        });
        Record::of(
            format!("commission/{}", self.employee),
            format!(
                "{who}离职（{number}）的提成结算：{count} 笔，当期应付 {now} 元；\
                 尚未回款的 {later} 元随回款按交接条款支付"
            ),
            format!(
                "Commission of {who} settled at the departure {number}: deals {count}, {now} yuan \
                 due now; {later} yuan not received yet are paid as they come in, by the terms of \
                 the handover"
            ),
        )
        .why("departure")
        .about(format!("departure/{}", self.departure))
        .detail(serde_json::json!({ "now": now, "later": later }))
        .items(items.collect())
    }
}
