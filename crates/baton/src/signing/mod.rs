//! Documents are signed: second factors, keys, ceremonies 电子签署.
//!
//! Tables: `signing_factor`, `signing_failure`, `signing_consent`, `signing_authority`,
//! `signing_key`, `signing_ceremony`, `signing_seat`, `signing_step`, `signing_file`,
//! `signing_seal_use`.
//!
//! Who may sign when, and what a step is bound to, says [`::signing::ceremony`]; its steps are kept
//! and decided anew whenever a ceremony is read ([`found`]). Codes and secrets never reach an act:
//! [`making`] turns them into what the act writes, beside the books, and the act decides again
//! whether that still fits. What seals the codes and the company's keys lies outside the database
//! ([`vault`]); a person's key is sealed under his own secret and nothing else.

pub mod acts;
pub mod api;
mod authority;
mod code;
mod consent;
mod factor;
mod found;
pub(crate) mod jobs;
mod lasting;
mod making;
mod seats;
pub(crate) mod store;
mod vault;
mod verdict;
mod view;

use ::signing::ceremony::record::Standing;
use kernel::SigningId;
use spine::{Fault, Reader};

pub use authority::{found_authority, make_seals};
pub(crate) use authority::{one_time, revocation_lists};
pub(crate) use found::found;
pub use vault::Vault;
pub(crate) use view::SigningBrief;
pub(crate) use view::briefs;

/// What is being signed of the papers about this subject.
pub(crate) async fn open_about(
    books: &mut Reader<'_>,
    subject: String,
) -> Result<Vec<SigningId>, Fault> {
    let papers = crate::document::store::ids_about(books, &[subject]).await?;
    let all = store::of_departure(books, &papers).await?;
    let open = all.iter().filter(|head| head.standing == Standing::Open);
    Ok(open.map(|head| head.id).collect())
}
