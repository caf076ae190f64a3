//! Whose customer this is, and whether it is there already 客户与归属.
//!
//! [`Timeline`] answers who owned a customer on a date; [`collaborators_on`] who helped. A
//! [`CreditCode`], a [`NameKey`] and a [`Phone`] are the forms in which identities compare, and
//! [`duplicates`] compares them. [`Capacity`] and [`Protection`] say who may take one more.

mod capacity;
mod collaborator;
mod credit_code;
mod duplicate;
mod name;
mod phone;
mod protection;
mod timeline;

pub use capacity::{Capacity, Counting, Held};
pub use collaborator::{CollaboratorEvent, CollaboratorStep, collaborators_on};
pub use credit_code::CreditCode;
pub use duplicate::{Identity, Likeness, Match, Strength, duplicates};
pub use name::NameKey;
pub use phone::{Phone, PhoneKind};
pub use protection::Protection;
pub use timeline::{AssignmentReason, AssignmentRow, Interval, Timeline};
