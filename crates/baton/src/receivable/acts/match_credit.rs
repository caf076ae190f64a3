//! What was left over of a receipt clears what is open now 核销余款.

use access::{Need, Target};
use kernel::{Day, Fen, Moment, ReceiptId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::{must_be_left, payer_of, receipt_stands};
use crate::customer::acts::must_be_live;
use crate::customer::store::{self as customers, Customer};
use crate::permissions;
use crate::receivable::clearing::{cleared, sum};
use crate::receivable::store::{self, Clearing, Held, OpenInvoice};

/// Matches what is left of a receipt, because it came before its invoice or was more than was
/// owed. The clearing is dated today: what was open on a day before does not change, and a month of
/// commission that is closed stands, so the next open one pays the difference.
#[derive(Debug, Serialize, Deserialize)]
pub struct MatchCredit {
    /// Of which receipt.
    pub receipt: ReceiptId,
    /// What it clears, each invoice once, at most 200; none for the oldest first.
    pub clearings: Option<Vec<Clearing>>,
}

/// What was matched.
#[derive(Debug, Serialize, Deserialize)]
pub struct Matched {
    /// What it cleared.
    pub clearings: Vec<Clearing>,
    /// What is still left over.
    pub credit: Fen,
}

/// What the decision needs to know.
pub struct Facts {
    pub(crate) receipt: Held,
    /// Who paid, or the one it was merged into.
    pub(crate) customer: Customer,
    /// What that customer, and those merged into it, owe.
    pub(crate) open: Vec<OpenInvoice>,
    today: Day,
}

impl Act for MatchCredit {
    const NAME: &'static str = "receivable.match_credit";
    type Facts = Facts;
    type Outcome = Matched;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let receipt = store::held(books, self.receipt).await?;
        let receipt = receipt.ok_or_else(|| Denied::absent("receipt"))?;
        let customer = payer_of(books, &receipt).await?;
        let family = customers::family(books, customer.id).await?;
        Ok(Facts {
            open: store::open_invoices(books, &family).await?,
            receipt,
            customer,
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

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Matched, Refusal> {
        must_be_live(&facts.customer)?;
        receipt_stands(&facts.receipt)?;
        must_be_left(&facts.receipt)?;
        let left = facts.receipt.left;
        let clearings = cleared(self.clearings.as_deref(), &facts.open, left)?;
        if clearings.is_empty() {
            let zh = match self.clearings {
                Some(_) => "请至少选择一张发票".to_owned(),
                None => format!("客户{}没有未结清的发票", facts.customer.called()),
            };
            let en = "no open invoice is there to be cleared";
            return Err(
                Refusal::conflict("receivable.nothing_to_clear", zh, en).remedy((
                    "请先登记发票，再核销余款",
                    "Record the invoice first, then match what is left",
                )),
            );
        }
        Ok(Matched {
            credit: left - sum(&clearings),
            clearings,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        matched: &Matched,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let next = (self.receipt, facts.receipt.next_seq);
        Ok(store::clear(books, next, facts.today, &matched.clearings).await?)
    }

    fn record(&self, facts: &Facts, matched: &Matched) -> Record {
        let (what, number) = (facts.customer.called(), &facts.receipt.number);
        let (count, amount) = (matched.clearings.len(), sum(&matched.clearings));
        let mut record = Record::of(
            format!("receipt/{}", self.receipt),
            format!("用客户{what}的回款 {number} 的余款 {amount} 元核销 {count} 张发票"),
            format!(
                "Matched {amount} yuan left of receipt {number} from {what}, invoices: {count}"
            ),
        )
        .about(format!("customer/{}", facts.customer.id))
        .detail(serde_json::json!({
            "amount": amount,
            "effective_on": facts.today,
            "clearings": matched.clearings,
            "credit": matched.credit,
        }));
        for clearing in &matched.clearings {
            record = record.about(format!("invoice/{}", clearing.invoice));
        }
        record
    }
}
