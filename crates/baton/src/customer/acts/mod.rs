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

/// A number for a thing that came without one: `KH261122-7F3K2A`.
pub(crate) fn made_up_number(prefix: &str, day: kernel::Day, id: &str) -> String {
    let day = day.to_string().replace('-', "");
    let tail: String = id.chars().rev().take(6).collect();
    format!("{prefix}{}-{}", &day[2..], tail.to_ascii_uppercase())
}
