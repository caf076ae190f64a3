//! Money arrived; it clears what is open 登记回款.

use access::Need;
use kernel::{CustomerId, Day, Fen, Moment, ReceiptId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::{Paper, happened};
use crate::customer::store as customers;
use crate::receivable::clearing::{cleared, sum};
use crate::receivable::store::{self, Clearing, Kind, OpenInvoice};

/// Enters money received. Without named invoices the oldest due day is cleared first; what is left
/// over stays with the customer as credit.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnterReceipt {
    /// Who paid.
    pub customer: CustomerId,
    /// 回款单号, 1..=64 characters, unique.
    pub number: String,
    /// 到账日, today or earlier.
    pub received_on: Day,
    /// Above 0.
    pub amount: Fen,
    /// What it clears, each invoice once, at most 200; none for the oldest first.
    pub clearings: Option<Vec<Clearing>>,
}

/// What was entered.
#[derive(Debug, Serialize, Deserialize)]
pub struct Entered {
    /// The receipt.
    pub id: ReceiptId,
    /// What it cleared.
    pub clearings: Vec<Clearing>,
    /// What is left over.
    pub credit: Fen,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: ReceiptId,
    paper: Paper,
    open: Vec<OpenInvoice>,
    today: Day,
}

impl Act for EnterReceipt {
    const NAME: &'static str = "receivable.enter_receipt";
    type Facts = Facts;
    type Outcome = Entered;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let paper = Paper::load(books, Kind::Receipt, self.customer, &self.number).await?;
        // Invoices of a customer that was merged into this one are his to pay.
        let family = customers::family(books, self.customer).await?;
        Ok(Facts {
            fresh: ReceiptId::mint(books.at(), books.dice()),
            paper,
            open: store::open_invoices(books, &family).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.paper.needs()
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Entered, Refusal> {
        facts.paper.check(self.amount)?;
        happened("/received_on", "到账日", self.received_on, facts.today)?;
        let clearings = cleared(self.clearings.as_deref(), &facts.open, self.amount)?;
        Ok(Entered {
            id: facts.fresh,
            credit: self.amount - sum(&clearings),
            clearings,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        entered: &Entered,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = store::NewReceipt {
            id: entered.id,
            number: &facts.paper.number,
            customer: self.customer,
            received_on: self.received_on,
            amount: self.amount,
        };
        store::add_receipt(books, &new).await?;
        Ok(store::clear(books, (entered.id, 1), self.received_on, &entered.clearings).await?)
    }

    fn record(&self, facts: &Facts, entered: &Entered) -> Record {
        let (what, number) = (facts.paper.customer.called(), &facts.paper.number);
        let count = entered.clearings.len();
        let mut record = Record::of(
            format!("receipt/{}", entered.id),
            format!(
                "登记客户{what}的回款 {number}，{} 元，核销 {count} 张发票",
                self.amount
            ),
            format!(
                "Entered receipt {number} from {what}: {} yuan, invoices matched: {count}",
                self.amount
            ),
        )
        .about(format!("customer/{}", self.customer))
        .detail(serde_json::json!({
            "amount": self.amount,
            "received_on": self.received_on,
            "clearings": entered.clearings,
            "credit": entered.credit,
        }));
        for clearing in &entered.clearings {
            record = record.about(format!("invoice/{}", clearing.invoice));
        }
        record
    }
}
