//! Who may see and do what, and why 权限.
//!
//! A closed list of [`PermissionSpec`]s and the [`Role`]s that grant them make a [`Policy`].
//! [`decide`] answers one [`Need`] of one [`Actor`] with a reason; [`filter`] answers the same
//! question for whole tables as a [`RowFilter`], from which the caller writes SQL; a [`FieldMask`]
//! hides the sensitive fields of what is shown. Default deny, and what forbids wins.

mod actor;
mod decide;
mod decision;
mod field;
mod filter;
mod mask;
mod policy;
mod role;
mod separation;

pub use actor::{Actor, Mode};
pub use decide::{Need, On, decide};
pub use decision::{Decision, Ground, Label};
pub use field::{FieldMask, Masking, Shown};
pub use filter::{RowFilter, Target, filter};
pub use mask::{mask_address, mask_card, mask_citizen_id, mask_email, mask_name, mask_phone};
pub use policy::{InHandover, PermissionSpec, Policy};
pub use role::{AdminDuty, Permission, Role, Scope};
pub use separation::Violation;
