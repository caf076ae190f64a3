//! Money went back, or will never come 登记退款或坏账.

use access::{Need, Target};
use kernel::{CustomerId, Day, Fen, InvoiceId, Moment, ReceiptId, Refusal, ReversalId};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};
use utoipa::ToSchema;

use super::{happened, number_fits, number_form};
use crate::customer::store as customers;
use crate::receivable::store::{self, Invoice, Kind, NewReversal, Reversible};
use crate::{bounds, permissions};

/// What became of the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReversalKind {
    /// 退款: it came and went back to the customer.
    Refund,
    /// 坏账: it will not come.
    BadDebt,
}

impl ReversalKind {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            ReversalKind::Refund => ("退款", "refund"),
            ReversalKind::BadDebt => ("坏账", "bad debt"),
        }
    }
}

/// Records that a part of an invoice is undone: commission that was earned by it is taken back in
/// proportion, never more than was earned, at the split and rate it was earned with. The invoice
/// itself does not change: a bad debt is still owed and still chased.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reverse {
    /// 退款 or 坏账.
    pub kind: ReversalKind,
    /// 单号, 1..=64 characters, unique.
    pub number: String,
    /// Which invoice.
    pub invoice: InvoiceId,
    /// Of a refund: by which receipt the money had come.
    pub receipt: Option<ReceiptId>,
    /// Today or earlier, and not before the money came or the invoice was issued.
    pub on: Day,
    /// Above 0; of a refund at most what came, of a bad debt at most what is open, less what was
    /// reversed before.
    pub amount: Fen,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Who records it, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: ReversalId,
    number_taken: bool,
    invoice: Invoice,
    target: Target,
    /// Of a refund: when the money came and how much of this invoice it cleared.
    came: Option<(Day, Fen)>,
    before: Reversible,
    today: Day,
}

impl Act for Reverse {
    const NAME: &'static str = "receivable.reverse";
    type Facts = Facts;
    type Outcome = ReversalId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let invoice = store::find_invoice(books, self.invoice).await?;
        let invoice = invoice.ok_or_else(|| Denied::absent("invoice"))?;
        let today = books.today();
        let seats = customers::seats_on(books, invoice.customer, today).await?;
        let came = match self.receipt {
            Some(receipt) => store::cleared_by(books, receipt, self.invoice).await?,
            None => None,
        };
        let number = number_form(&self.number);
        Ok(Facts {
            fresh: ReversalId::mint(books.at(), books.dice()),
            number_taken: store::number_taken(books, Kind::Reversal, &number).await?,
            before: store::reversed(books, self.invoice, self.receipt).await?,
            target: store::invoice_target(&invoice, seats),
            invoice,
            came,
            today,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::RECEIVABLE_WRITE, facts.target.clone())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<ReversalId, Refusal> {
        let number = number_form(&self.number);
        number_fits("单号", &number, facts.number_taken)?;
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        self.fits(facts)?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &ReversalId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let number = number_form(&self.number);
        let new = NewReversal {
            id: *id,
            number: &number,
            kind: self.kind,
            customer: facts.invoice.customer,
            invoice: Some(self.invoice),
            receipt: self.came_by(),
            on: self.on,
            amount: self.amount,
            reason: self.reason.trim(),
            by: &self.by,
        };
        Ok(store::add_reversal(books, &new).await?)
    }

    fn record(&self, facts: &Facts, id: &ReversalId) -> Record {
        let (zh, en) = self.kind.words();
        let (number, invoice, amount) = (
            number_form(&self.number),
            &facts.invoice.number,
            self.amount,
        );
        let mut record = Record::of(
            format!("invoice/{}", self.invoice),
            format!(
                "登记发票 {invoice} 的{zh} {number}，{amount} 元：{}",
                self.reason.trim()
            ),
            format!("Recorded {en} {number} of invoice {invoice}: {amount} yuan"),
        )
        .about(format!("customer/{}", facts.invoice.customer))
        .about(format!("reversal/{id}"))
        .detail(serde_json::json!({
            "kind": self.kind, "amount": amount, "effective_on": self.on,
        }));
        if let Some(receipt) = self.receipt {
            record = record.about(format!("receipt/{receipt}"));
        }
        record
    }
}

impl Facts {
    /// The name that it gets when it is recorded.
    pub(crate) fn fresh(&self) -> ReversalId {
        self.fresh
    }

    /// Whose invoice it is.
    pub(crate) fn customer(&self) -> CustomerId {
        self.invoice.customer
    }
}

impl Reverse {
    /// Of a refund: by which receipt the money had come.
    pub(crate) fn came_by(&self) -> Option<ReceiptId> {
        self.receipt.filter(|_| self.kind == ReversalKind::Refund)
    }

    /// Whether there is so much to be undone, on that day.
    ///
    /// # Errors
    /// `receivable.refund_without_receipt`, `receivable.reversal_early`,
    /// `receivable.reversal_amount`, and a day that lies ahead.
    pub(crate) fn fits(&self, facts: &Facts) -> Result<(), Refusal> {
        happened("/on", "日期", self.on, facts.today)?;
        let (most, since) = match (self.kind, facts.came) {
            (ReversalKind::Refund, Some((on, cleared))) => (cleared - facts.before.of_receipt, on),
            (ReversalKind::Refund, None) => return Err(nothing_came()),
            (ReversalKind::BadDebt, _) => {
                let open = facts.invoice.amount - facts.invoice.cleared;
                (open - facts.before.lost, facts.invoice.issued_on)
            }
        };
        if self.on < since {
            let zh = format!("不能早于 {since}");
            return Err(
                Refusal::invalid("receivable.reversal_early", zh.clone(), "too early")
                    .remedy(("请核对日期", "Check the date"))
                    .at("/on", zh),
            );
        }
        if self.amount <= Fen::ZERO || self.amount > most {
            let zh = format!("金额须大于 0，且不超过可冲回的 {most} 元");
            let en = format!("the amount is above 0 and at most {most}");
            return Err(
                Refusal::invalid("receivable.reversal_amount", zh.clone(), en)
                    .remedy((
                        "请核对此前的退款与坏账",
                        "Check the refunds and bad debts before",
                    ))
                    .at("/amount", zh),
            );
        }
        Ok(())
    }
}

fn nothing_came() -> Refusal {
    let zh = "请选择这笔款到账时的回款单";
    Refusal::invalid(
        "receivable.refund_without_receipt",
        zh,
        "a refund names the receipt by which the money had come",
    )
    .remedy((
        "退款须对应一笔已核销该发票的回款；多付的余款请在客户页退回，没有到账的请登记坏账",
        "A refund belongs to a receipt that is matched with this invoice; pay back what is left \
         over on the page of the customer, and record what never came in as bad debt",
    ))
    .at("/receipt_id", zh)
}
