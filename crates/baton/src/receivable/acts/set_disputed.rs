//! An invoice is disputed, or no longer 标记争议.

use access::Need;
use kernel::{InvoiceId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store as customers;
use crate::receivable::store::{self, Invoice};
use crate::{bounds, permissions};

/// Marks an invoice as disputed by the customer, or takes the mark away.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetDisputed {
    /// Which.
    pub invoice: InvoiceId,
    /// Disputed or not.
    pub disputed: bool,
    /// Why, 2..=200 characters.
    pub reason: String,
}

/// What the decision needs to know.
pub struct Facts {
    invoice: Invoice,
    target: access::Target,
}

impl Act for SetDisputed {
    const NAME: &'static str = "receivable.set_disputed";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let invoice = store::find_invoice(books, self.invoice).await?;
        let invoice = invoice.ok_or_else(|| Denied::absent("invoice"))?;
        let today = books.today();
        let seats = customers::seats_on(books, invoice.customer, today).await?;
        let target = store::invoice_target(&invoice, seats);
        Ok(Facts { invoice, target })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::RECEIVABLE_WRITE, facts.target.clone())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        let invoice = &facts.invoice;
        let number = super::as_typed(&invoice.number, invoice.amount);
        super::must_stand(&format!("发票 {number} "), invoice.amount)?;
        if facts.invoice.disputed == self.disputed {
            let zh = if self.disputed {
                "该发票已标记争议"
            } else {
                "该发票没有争议"
            };
            return Err(Refusal::conflict(
                "receivable.same_dispute",
                zh,
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(store::set_disputed(books, self.invoice, self.disputed).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (number, name) = (&facts.invoice.number, &facts.invoice.customer_name);
        let (zh, en) = if self.disputed {
            (
                format!("客户「{name}」对发票 {number} 提出争议"),
                format!("{number} is disputed"),
            )
        } else {
            (
                format!("发票 {number} 的争议已解除"),
                format!("{number} is no longer disputed"),
            )
        };
        Record::of(format!("invoice/{}", self.invoice), zh, en)
            .about(format!("customer/{}", facts.invoice.customer))
            .detail(serde_json::json!({ "after": self.disputed, "reason": self.reason.trim() }))
    }
}
