//! Somebody leaves the company, by the law and without losing anything 离职.
//!
//! Tables: `departure`, `departure_step` (append-only).
//!
//! Filing puts everything into force in one transaction: the person is under notice, every session
//! of the login has ended, the login works in handover mode. A resignation is a notice and is never
//! refused; it is taken back only by agreement, and the taking back is one more step, nothing is
//! deleted. What must have happened before closing is asked of the engine's gates. A dismissal is
//! told by its service: until then filing changes neither person nor login, and nothing of it is
//! there for whom it is about (`docs/decisions/0035`).

pub mod acts;
pub mod api;
mod gates;
pub(crate) mod hears;
pub mod jobs;
pub(crate) mod known;
pub(crate) mod parts;
pub(crate) mod process;
pub(crate) mod reckoning;
pub(crate) mod store;
mod view;

use access::Need;
use kernel::EmployeeId;
use spine::Look;

use crate::people::store::Employee;
use crate::permissions;

/// Whether somebody reads why a person leaves: he himself, whoever runs his departure, and whoever
/// reads the papers in which it stands.
pub(crate) fn knows_why(look: &Look<'_>, reader: Option<EmployeeId>, person: &Employee) -> bool {
    let holds = |permission| look.may(&Need::on(permission, person.target()));
    reader == Some(person.id)
        || holds(permissions::DEPARTURE_RUN)
        || holds(permissions::DOCUMENT_READ)
}
