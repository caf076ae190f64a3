//! What was left over of a receipt goes back to the customer 退回余款.

use access::{Need, Target};
use kernel::{Day, Fen, Moment, ReceiptId, Refusal, ReversalId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::reverse::ReversalKind;
use super::{happened, must_be_left, number_fits, number_form, payer_of, receipt_stands};
use crate::customer::store::Customer;
use crate::receivable::store::{self, Held, Kind, NewReversal};
use crate::{bounds, permissions};

/// Pays back what the customer paid beyond what it owed. It cleared no invoice, so no commission
/// was earned by it and none is taken back; what cleared one goes back by `receivable.reverse`.
#[derive(Debug, Serialize, Deserialize)]
pub struct RefundCredit {
    /// Of which receipt.
    pub receipt: ReceiptId,
    /// 单号, 1..=64 characters, of one series with other refunds.
    pub number: String,
    /// Today or earlier, and not before the money came.
    pub on: Day,
    /// Above 0, and at most what is left over.
    pub amount: Fen,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Who records it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: ReversalId,
    number: String,
    number_taken: bool,
    receipt: Held,
    /// Who paid, or the one it was merged into.
    customer: Customer,
    today: Day,
}

impl Act for RefundCredit {
    const NAME: &'static str = "receivable.refund_credit";
    type Facts = Facts;
    type Outcome = ReversalId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let receipt = store::held(books, self.receipt).await?;
        let receipt = receipt.ok_or_else(|| Denied::absent("receipt"))?;
        let number = number_form(&self.number);
        Ok(Facts {
            fresh: ReversalId::mint(books.at(), books.dice()),
            number_taken: store::number_taken(books, Kind::Reversal, &number).await?,
            number,
            customer: payer_of(books, &receipt).await?,
            receipt,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let target = Target {
            collaborators: Vec::new(),
            ..facts.customer.target()
        };
        Need::on(permissions::RECEIVABLE_WRITE, target)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<ReversalId, Refusal> {
        number_fits("单号", &facts.number, facts.number_taken)?;
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        receipt_stands(&facts.receipt)?;
        happened("/on", "日期", self.on, facts.today)?;
        let came = facts.receipt.received_on;
        if self.on < came {
            let zh = format!("不能早于到账日 {came}");
            let en = "before the money came";
            return Err(
                Refusal::invalid("receivable.reversal_early", zh.clone(), en)
                    .remedy(("请核对日期", "Check the date"))
                    .at("/on", zh),
            );
        }
        must_be_left(&facts.receipt)?;
        let left = facts.receipt.left;
        if self.amount <= Fen::ZERO || self.amount > left {
            let zh = format!("金额须大于 0，且不超过余款 {left} 元");
            let en = format!("the amount is above 0 and at most {left}");
            return Err(
                Refusal::invalid("receivable.reversal_amount", zh.clone(), en)
                    .remedy((
                        "已核销发票的部分请在发票页登记退款",
                        "For what is matched with an invoice, record a refund on the page of the \
                         invoice",
                    ))
                    .at("/amount", zh),
            );
        }
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &ReversalId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = NewReversal {
            id: *id,
            number: &facts.number,
            kind: ReversalKind::Refund,
            customer: facts.receipt.customer,
            invoice: None,
            receipt: Some(self.receipt),
            on: self.on,
            amount: self.amount,
            reason: self.reason.trim(),
            by: &self.by,
        };
        Ok(store::add_reversal(books, &new).await?)
    }

    fn record(&self, facts: &Facts, id: &ReversalId) -> Record {
        let (what, number, amount) = (facts.customer.called(), &facts.receipt.number, self.amount);
        Record::of(
            format!("receipt/{}", self.receipt),
            format!(
                "退回客户{what}的回款 {number} 的余款 {amount} 元，退款单 {}：{}",
                facts.number,
                self.reason.trim()
            ),
            format!(
                "Paid back {amount} yuan left of receipt {number} to {what} by refund {}",
                facts.number
            ),
        )
        .about(format!("customer/{}", facts.customer.id))
        .about(format!("reversal/{id}"))
        .detail(serde_json::json!({
            "amount": amount,
            "effective_on": self.on,
            "credit": facts.receipt.left - amount,
        }))
    }
}
