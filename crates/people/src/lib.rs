//! Who works where, under whom, and who stands in 组织与人员.
//!
//! [`Organisation`] is the tree of departments, [`Employments`] the dated rows of each person's
//! employment, [`ReportingLine`] the managers above a person on a day, [`StandIns`] the people who
//! act for the absent, [`CitizenId`] a checked number of a resident's card.

mod citizen_id;
mod employment;
mod organisation;
mod reporting;
mod stand_in;

pub use citizen_id::{CitizenId, Sex};
pub use employment::{Beginning, EmploymentRow, Employments, Position};
pub use organisation::{Department, Organisation};
pub use reporting::ReportingLine;
pub use stand_in::{StandIn, StandIns};
