//! What can be done with contracts, orders, invoices and receipts 应收动作.

pub mod add_contract;
pub mod add_invoice;
pub mod add_order;
pub mod describe_contract;
pub mod enter_receipt;
pub mod match_credit;
pub mod refund_credit;
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
use crate::receivable::store::{self, Held, Kind};

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
        number_fits("编号", &self.number, self.number_taken)?;
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

/// A number of the right length that no other has; `what` is what people call it.
fn number_fits(what: &str, number: &str, taken: bool) -> Result<(), Refusal> {
    bounds::code("/number", what, number)?;
    if !taken {
        return Ok(());
    }
    let zh = format!("{what}「{number}」已存在");
    let en = format!("The number “{number}” is taken");
    Err(Refusal::conflict("receivable.number_taken", zh.clone(), en)
        .remedy(("请核对是否重复录入", "Check whether it was entered twice"))
        .at("/number", zh))
}

/// Who paid, or the one it was merged into.
async fn payer_of(books: &mut Reader<'_>, receipt: &Held) -> Result<Customer, Failure> {
    let absent = || Denied::absent("customer");
    let payer = customers::find_customer(books, receipt.customer).await?;
    let payer = payer.ok_or_else(absent)?;
    let Some(into) = payer.merged_into else {
        return Ok(payer);
    };
    let into = customers::find_customer(books, into).await?;
    Ok(into.ok_or_else(absent)?)
}

/// Something of a receipt waits to be matched or paid back.
fn must_be_left(receipt: &Held) -> Result<(), Refusal> {
    if receipt.left > Fen::ZERO {
        return Ok(());
    }
    let number = &receipt.number;
    let zh = format!("回款 {number} 没有未核销的余款");
    let en = format!("nothing is left over of receipt {number}");
    Err(Refusal::conflict("receivable.no_credit", zh, en).remedy((
        "余款可能刚刚被他人核销或退回，请刷新后查看",
        "Others may have matched or paid it back just now; reload to see",
    )))
}

/// A receipt that was taken back waits for nothing.
fn receipt_stands(receipt: &Held) -> Result<(), Refusal> {
    let number = as_typed(&receipt.number, receipt.amount);
    must_stand(&format!("回款 {number} "), receipt.amount)
}

/// A number as somebody typed it: what was taken back gave it up, and bears a mark behind it.
fn as_typed(number: &str, amount: Fen) -> &str {
    match number.rsplit_once('~') {
        Some((typed, _)) if amount == Fen::ZERO => typed,
        _ => number,
    }
}

/// What was taken back stands at zero, and nothing more is done with it.
fn must_stand(paper: &str, amount: Fen) -> Result<(), Refusal> {
    if amount > Fen::ZERO {
        return Ok(());
    }
    let zh = format!("{paper}已经撤回");
    let en = "it was withdrawn before";
    Err(Refusal::conflict("receivable.withdrawn", zh, en).remedy(("请刷新后查看", "Reload to see")))
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
    Err(refusal
        .remedy(("请核对年份", "Check the year"))
        .at(pointer, zh))
}
