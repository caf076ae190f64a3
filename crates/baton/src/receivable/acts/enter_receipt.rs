//! Money arrived; it clears what is open 登记回款.

use access::Need;
use kernel::{CustomerId, Day, Fen, Moment, ReceiptId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::{Paper, not_ahead};
use crate::customer::store as customers;
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
        not_ahead("/received_on", "到账日", self.received_on, facts.today)?;
        let clearings = match &self.clearings {
            Some(named) => {
                check_named(named, &facts.open, self.amount)?;
                named.clone()
            }
            None => oldest_first(&facts.open, self.amount),
        };
        let cleared: Fen = clearings.iter().map(|clearing| clearing.amount).sum();
        Ok(Entered {
            id: facts.fresh,
            clearings,
            credit: self.amount - cleared,
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
        Ok(store::clear(books, entered.id, self.received_on, &entered.clearings).await?)
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
            format!("Entered receipt {number} from {what}: {} yuan", self.amount),
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

/// What the money clears when nobody says: the oldest due day first.
fn oldest_first(open: &[OpenInvoice], amount: Fen) -> Vec<Clearing> {
    let mut left = amount;
    let mut clearings = Vec::new();
    for invoice in open {
        if left <= Fen::ZERO {
            break;
        }
        let part = left.min(invoice.open);
        clearings.push(Clearing {
            invoice: invoice.id,
            amount: part,
        });
        left = left - part;
    }
    clearings
}

fn check_named(named: &[Clearing], open: &[OpenInvoice], amount: Fen) -> Result<(), Refusal> {
    let wrong = |zh: String, pointer: &str| {
        Err(Refusal::invalid(
            "receivable.clearing",
            zh.clone(),
            "the clearing does not add up",
        )
        .remedy("请核对每张发票的核销金额")
        .at(pointer, zh))
    };
    if named.len() > 200 {
        return wrong("一次最多核销 200 张发票".to_owned(), "/clearings");
    }
    let mut seen = std::collections::BTreeSet::new();
    let mut sum = Fen::ZERO;
    for (index, clearing) in named.iter().enumerate() {
        let pointer = format!("/clearings/{index}");
        let Some(invoice) = open.iter().find(|invoice| invoice.id == clearing.invoice) else {
            return wrong("该发票不属于此客户，或已结清".to_owned(), &pointer);
        };
        if !seen.insert(clearing.invoice) {
            return wrong(format!("发票 {} 重复出现", invoice.number), &pointer);
        }
        if clearing.amount <= Fen::ZERO || clearing.amount > invoice.open {
            let open = invoice.open;
            return wrong(format!("发票 {} 未结 {open} 元", invoice.number), &pointer);
        }
        sum = sum.checked_add(clearing.amount).unwrap_or(Fen(i64::MAX));
    }
    if sum > amount {
        return wrong(
            format!("核销合计 {sum} 元超过回款 {amount} 元"),
            "/clearings",
        );
    }
    Ok(())
}
