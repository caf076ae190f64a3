//! What can be done with customers 客户动作.

pub mod add;
pub mod add_contact;
pub mod add_opportunity;
pub mod advance_opportunity;
pub mod assign;
pub mod edit;
pub mod edit_contact;
pub mod follow_up;
pub mod hand_over;
pub mod merge;
pub mod pass_on;
pub mod reveal_contact;
pub mod seat;

use kernel::{CustomerId, Refusal};
use spine::{Denied, Failure, Reader};

use super::store::{self, Customer};

/// The customer, or as if it were not there.
pub(crate) async fn customer(books: &mut Reader<'_>, id: CustomerId) -> Result<Customer, Failure> {
    let found = store::find_customer(books, id).await?;
    Ok(found.ok_or_else(|| Denied::absent("customer"))?)
}

/// A customer that was merged or taken back with its import is kept to be read, not to be worked
/// on.
pub(crate) fn must_be_live(customer: &Customer) -> Result<(), Refusal> {
    if customer.is_withdrawn() {
        return Err(Refusal::conflict(
            "customer.is_withdrawn",
            format!("{}已随导入撤销，只能查看", customer.called()),
            format!("{} was taken back with its import", customer.number),
        )
        .remedy((
            "请重新导入或新建该客户",
            "Import or add this customer again",
        )));
    }
    if !customer.is_merged() {
        return Ok(());
    }
    Err(Refusal::conflict(
        "customer.is_merged",
        format!("{}已合并到另一客户，只能查看", customer.called()),
        format!("{} was merged into another customer", customer.number),
    )
    .remedy((
        "请在合并后的客户上办理",
        "Do it with the customer it was merged into",
    )))
}

/// What whoever takes a customer from the pool has seen.
const POOL: &str = "pool";

/// Takes a customer from nobody but whom the page showed: it may be old, and two may ask at once.
/// Whoever names nobody takes it from whom has it.
pub(crate) fn must_be_from(from: Option<&str>, customer: &Customer) -> Result<(), Refusal> {
    let now = customer.owner.map(|owner| owner.to_string());
    if from.is_none_or(|from| from == now.as_deref().unwrap_or(POOL)) {
        return Ok(());
    }
    let who = customer.owner_called();
    let (zh, en) = match now {
        Some(_) => (
            format!("负责人已变为{who}，请刷新"),
            format!("Its owner is {who} by now: reload the page"),
        ),
        None => (
            format!("客户已在{who}，请刷新"),
            "It is in the pool by now: reload the page".to_owned(),
        ),
    };
    Err(Refusal::conflict("customer.owner_changed", zh, en).remedy((
        "请刷新页面，看清现在由谁负责后再办；谁转给了谁见归属历史",
        "Reload and look at whose it is now before you go on; the history of owners shows who \
         gave it to whom",
    )))
}

/// A number for a thing that came without one: `KH261122-7F3K2A`.
pub(crate) fn made_up_number(prefix: &str, day: kernel::Day, id: &str) -> String {
    let day = day.to_string().replace('-', "");
    let tail: String = id.chars().rev().take(6).collect();
    format!("{prefix}{}-{}", &day[2..], tail.to_ascii_uppercase())
}
