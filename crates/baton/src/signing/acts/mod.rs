//! What can be done about signatures 签署动作.

pub mod begin_factor;
pub mod confirm_factor;
pub mod consent;
pub mod count_wrong_code;
pub mod expire;
pub mod found_authority;
pub mod make_key;
pub mod make_seal;
pub mod record_paper;
pub mod refuse;
pub mod remind;
pub mod request;
pub mod reset_factor;
pub mod retire_key;
pub mod seal;
pub mod sign;
pub mod use_seal;
pub mod vouch_key;
pub mod withdraw;

use access::{Need, Target};
use kernel::{EmployeeId, Refusal};
use spine::{Denied, Failure, Reader};

use crate::people::store as people;
use crate::permissions;

/// What the person is called who does something for himself.
async fn oneself(books: &mut Reader<'_>, employee: EmployeeId) -> Result<String, Failure> {
    let person = people::find_employee(books, employee).await?;
    Ok(person.ok_or_else(|| Denied::absent("employee"))?.called())
}

/// What one needs for one's own signatures.
fn own(employee: EmployeeId) -> Need {
    let target = Target {
        owner: Some(employee),
        ..Target::default()
    };
    Need::on(permissions::SIGNING_SIGN, target)
}

/// What was to be made beside the books was not: the act came from nowhere it may come from.
fn not_made() -> Refusal {
    Refusal::conflict(
        "signing.not_made",
        "签名尚未制作，未作任何改动",
        "The signature was not made; nothing was changed",
    )
    .remedy((
        "请重新打开签署页面后再试",
        "Open the page of the signature again and try again",
    ))
}
