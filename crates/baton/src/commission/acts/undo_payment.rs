//! A payment that was recorded did not happen so 撤销发放登记.

use access::Need;
use kernel::{Fen, Moment, PaymentId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::record_payment::{items, sums};
use crate::bounds;
use crate::commission::store::{self, PayingRow, PaymentRow};
use crate::permissions;

/// Takes a recorded payment back, with the reason: its lines are open again. The record stays, this
/// one stands beside it.
#[derive(Debug, Serialize, Deserialize)]
pub struct UndoPayment {
    /// Which.
    pub payment: PaymentId,
    /// Why.
    pub reason: String,
    /// Who takes it back, as the evidence names him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    head: PayingRow,
    undone: bool,
    rows: Vec<PaymentRow>,
    id: PaymentId,
}

impl Act for UndoPayment {
    const NAME: &'static str = "commission.undo_payment";
    type Facts = Facts;
    type Outcome = PaymentId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = store::find_paying(books, self.payment).await?;
        let (head, undone) = found.ok_or_else(|| Denied::absent("payment"))?;
        let mut rows = store::payments_of(books, self.payment).await?;
        for row in &mut rows {
            row.amount = -row.amount;
        }
        Ok(Facts {
            head,
            undone,
            rows,
            id: PaymentId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PAY)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<PaymentId, Refusal> {
        bounds::length("/reason", "撤销理由", &self.reason, bounds::REASON)?;
        if facts.undone || facts.head.undoes.is_some() {
            let zh = "该笔发放登记已撤销，或本身就是撤销";
            return Err(Refusal::conflict(
                "commission.payment_undone",
                zh,
                "it was undone already, or is an undoing itself",
            )
            .remedy((
                "如实际已发放，请重新登记",
                "If it was paid in fact, record it again",
            )));
        }
        if facts
            .rows
            .iter()
            .any(|row| row.payee.to_string() == self.by)
        {
            let zh = "其中有您本人的提成，不能由本人撤销";
            return Err(Refusal::conflict(
                "commission.payment_own",
                zh,
                "nobody undoes the payment of their own commission",
            )
            .remedy(("请由其他财务人员处理", "Let somebody else of finance do it")));
        }
        Ok(facts.id)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &PaymentId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let head = PayingRow {
            id: *id,
            reason: self.reason.trim().to_owned(),
            undoes: Some(self.payment),
            total: -facts.head.total,
            by: self.by.clone(),
            at: books.at(),
            ..facts.head.clone()
        };
        Ok(store::add_paying(books, &head, &facts.rows).await?)
    }

    fn record(&self, facts: &Facts, id: &PaymentId) -> Record {
        let PayingRow {
            month,
            paid_on,
            reference,
            total,
            ..
        } = &facts.head;
        let (people, reason) = (sums(&facts.rows).len(), self.reason.trim());
        let total: Fen = *total;
        Record::of(
            format!("commission_period/{month}"),
            format!(
                "撤销 {paid_on} 的提成发放登记（{reference}）：{people} 人，{total} 元；{reason}"
            ),
            format!("The payment {reference} of {total} to {people} people was undone: {reason}"),
        )
        .why("payment")
        .about(format!("payment/{}", self.payment))
        .about(format!("payment/{id}"))
        .detail(serde_json::json!({
            "month": month,
            "undoes": self.payment,
            "reason": reason,
            "people": people,
            "total": total,
        }))
        .items(items(&facts.rows, *paid_on, reference))
    }
}
