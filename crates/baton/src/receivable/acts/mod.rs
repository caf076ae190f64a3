//! What can be done with contracts, orders, invoices and receipts 应收动作.

pub mod add_contract;
pub mod add_invoice;
pub mod add_order;
pub mod describe_contract;
pub mod enter_receipt;
pub mod match_credit;
pub mod reverse;
pub mod set_disputed;
pub mod take_over;
pub mod withdraw;

use access::{Need, Target};
use kernel::{CustomerId, Day, Fen, Refusal};
use spine::{Denied, Failure, Reader};

use crate::bounds;
use crate::customer::acts::must_be_live;
use crate::customer::store::{self as customers, Customer};
use crate::permissions;
use crate::receivable::store::{self, Kind};

/// The customer a paper is for, and whether its number is free.
struct Paper {
    customer: Customer,
    number: String,
    number_taken: bool,
}

impl Paper {
    async fn load(
        books: &mut Reader<'_>,
        kind: Kind,
        customer: CustomerId,
        number: &str,
    ) -> Result<Paper, Failure> {
        let customer = customers::find_customer(books, customer).await?;
        let number = number_form(number);
        Ok(Paper {
            customer: customer.ok_or_else(|| Denied::absent("customer"))?,
            number_taken: store::number_taken(books, kind, &number).await?,
            number,
        })
    }

    fn needs(&self) -> Need {
        let target = Target {
            collaborators: Vec::new(),
            ..self.customer.target()
        };
        Need::on(permissions::RECEIVABLE_WRITE, target)
    }

    /// Its number is free, its amount above nothing, and its customer one that is worked on.
    fn check(&self, amount: Fen) -> Result<(), Refusal> {
        bounds::length("/number", "编号", &self.number, 1..=64)?;
        if self.number_taken {
            let zh = format!("编号「{}」已存在", self.number);
            return Err(
                Refusal::conflict("receivable.number_taken", zh.clone(), "number taken")
                    .remedy("请核对是否重复录入")
                    .at("/number", zh),
            );
        }
        if amount <= Fen::ZERO {
            let zh = "金额应大于 0";
            return Err(
                Refusal::invalid("receivable.amount", zh, "the amount must be above 0")
                    .at("/amount", zh),
            );
        }
        must_be_live(&self.customer)
    }
}

/// What was taken back stands at zero, and nothing more is done with it.
fn must_stand(paper: &str, amount: Fen) -> Result<(), Refusal> {
    if amount > Fen::ZERO {
        return Ok(());
    }
    let zh = format!("{paper}已经撤回");
    let en = "it was withdrawn before";
    Err(Refusal::conflict("receivable.withdrawn", zh, en).remedy("请刷新后查看"))
}

/// A number as it stands in the books, put in the form in which imports put it: `Ｔ10` is `T10`.
fn number_form(typed: &str) -> String {
    intake::code_form(typed).into_owned()
}

/// A day on which something happened: not ahead, and none that nobody can mean.
fn happened(pointer: &str, what: &str, day: Day, today: Day) -> Result<(), Refusal> {
    plausible(pointer, what, day)?;
    if day <= today {
        return Ok(());
    }
    let zh = format!("{what}不能晚于今天");
    Err(Refusal::invalid("receivable.future_day", zh.clone(), "the day lies ahead").at(pointer, zh))
}

/// A day of a paper; one before 1990 is a slip of the pen.
fn plausible(pointer: &str, what: &str, day: Day) -> Result<(), Refusal> {
    if Day::of(1990, 1, 1).is_none_or(|first| first <= day) {
        return Ok(());
    }
    let zh = format!("{what} {day} 过早，不能早于 1990-01-01");
    let en = "the day is implausible: it lies before 1990-01-01";
    let refusal = Refusal::invalid("receivable.implausible_day", zh.clone(), en);
    Err(refusal.remedy("请核对年份").at(pointer, zh))
}
