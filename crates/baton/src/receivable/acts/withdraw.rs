//! What was entered by mistake is taken back 撤回误录单据.

use access::{Need, Target};
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store::{self as customers, Customer};
use crate::import;
use crate::receivable::store::{self, Kind, Standing};
use crate::{bounds, permissions};

/// In the detail of the entry: the first day on which commission may have looked at the paper, or
/// nothing where it never did.
pub(crate) const COUNTS_FROM: &str = "counts_from";

/// Takes back a contract, an order, an invoice, a receipt, a refund or a bad debt that somebody
/// entered wrongly, as far as nothing else came to rest on it: its number is free again, what a
/// receipt had cleared is open again, and what a refund or a bad debt had undone stands. What an
/// import brought goes with the import. A closed month of commission never moves: what it paid for
/// a paper, or took back for a refund, is made good in the first open month; worked out again it
/// finds them as they were known then.
#[derive(Debug, Serialize, Deserialize)]
pub struct Withdraw {
    /// What it is.
    pub kind: Kind,
    /// Its id: `inv_…`.
    pub id: String,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// Who takes it back, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    standing: Standing,
    customer: Customer,
    imported: bool,
    resting: Vec<&'static str>,
}

impl Act for Withdraw {
    const NAME: &'static str = "receivable.withdraw";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let absent = || Denied::absent(self.kind.name());
        let standing = store::standing(books, self.kind, &self.id).await?;
        let standing = standing.ok_or_else(absent)?;
        let customer = customers::find_customer(books, standing.customer).await?;
        Ok(Facts {
            customer: customer.ok_or_else(absent)?,
            imported: import::store::is_known(books, &self.id).await?,
            resting: store::resting(books, self.kind, &self.id).await?,
            standing,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let target = Target {
            collaborators: Vec::new(),
            ..facts.customer.target()
        };
        Need::on(permissions::RECEIVABLE_WRITE, target)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "撤回原因", &self.reason, bounds::REASON)?;
        let paper = self.called(facts);
        super::must_stand(&paper, facts.standing.amount)?;
        if facts.imported {
            let zh = format!("{paper} 由导入带来，不能单独撤回");
            let en = "It came in by an import and is not withdrawn by itself";
            return Err(Refusal::conflict("receivable.imported", zh, en).remedy((
                "请在「导入」中撤销那一批，或在来源系统更正后重新导入",
                "Undo that import under “Import”, or correct it in the system it came \
                     from and import again",
            )));
        }
        self.is_untouched(facts, &paper)
    }

    async fn write(&self, _: &Facts, (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let because = store::Because {
            reason: self.reason.trim(),
            by: &self.by,
        };
        Ok(store::withdraw(books, (self.kind, &self.id), &because).await?)
    }

    fn record(&self, facts: &Facts, (): &()) -> Record {
        let (what, number) = (facts.customer.called(), &facts.standing.number);
        let (amount, reason) = (facts.standing.amount, self.reason.trim());
        let (zh, en) = (self.kind.label(), self.kind.name());
        let record = Record::of(
            format!("{en}/{}", self.id),
            format!("撤回客户{what}误录的{zh} {number}，{amount} 元：{reason}"),
            format!("Withdrew {en} {number} of {what}, entered by mistake: {amount} yuan"),
        )
        .about(format!("customer/{}", facts.standing.customer))
        .detail(serde_json::json!({
            "number": number,
            "amount": amount,
            "reason": reason,
            COUNTS_FROM: facts.standing.counts_from,
        }));
        let invoice = facts.standing.invoice.map(|id| format!("invoice/{id}"));
        let receipt = facts.standing.receipt.map(|id| format!("receipt/{id}"));
        let beside = invoice.into_iter().chain(receipt);
        beside.fold(record, Record::about)
    }
}

impl Withdraw {
    /// `回款 HK-1`
    fn called(&self, facts: &Facts) -> String {
        let standing = &facts.standing;
        let number = super::as_typed(&standing.number, standing.amount);
        format!("{} {number}", self.kind.label())
    }

    fn is_untouched(&self, facts: &Facts, paper: &str) -> Result<(), Refusal> {
        let cleared = facts.standing.cleared;
        if cleared > kernel::Fen::ZERO {
            let zh = format!("{paper}已核销 {cleared} 元，不能撤回");
            let en = format!("{cleared} of it is cleared");
            return Err(Refusal::conflict("receivable.in_use", zh, en).remedy((
                "请先撤回核销它的误录回款；款确已收到的，发票无误",
                "Take back the receipt that was matched with it by mistake first; where the \
                 money came in, the invoice is right",
            )));
        }
        if facts.resting.is_empty() {
            return Ok(());
        }
        let zh = format!("{paper}已有{}，不能撤回", facts.resting.join("、"));
        let en = "other records rest on it";
        Err(Refusal::conflict("receivable.in_use", zh, en)
            .remedy((
                "请先撤回这些单据，误录的退款、坏账在发票页撤回，退回的余款在客户的「退回的余款」中撤回；\
                 已随交接移交、离职时已结算的不再撤回",
                "Take these papers back first: refunds and bad debts entered by mistake on the \
                 page of the invoice, what was paid back under “Paid back of what was left over” \
                 of the customer; what moved with a handover or was settled at an exit is not \
                 taken back",
            )))
    }
}
