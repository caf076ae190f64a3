//! Cases, their flows, and everybody's tasks 审批与待办.
//!
//! Tables: `approval_flow`, `approval_case`, `approval_event`, `approval_party`, `approval_task`.
//!
//! The rules are those of the crate `approval`; this slice keeps its events and knows the company.
//! A case stands in the books as a snapshot of the engine's state, so nothing is replayed to load
//! it; the events beside it are its history, and the tasks are a projection of it.
//!
//! Other slices start cases with [`acts::start::Start`], have them look into their books with
//! [`acts::refresh::Refresh`], and learn of their progress through
//! [`crate::registry::REACTIONS`]. Acts that must wait for a case are named in [`gated`].

pub mod acts;
pub mod api;
mod asked;
mod body;
mod casefile;
mod climbed;
mod company;
mod gate;
pub mod gated;
mod install;
pub(crate) mod jobs;
mod known;
pub(crate) mod offices;
mod process;
mod progress;
mod reading;
pub(crate) mod share;
pub(crate) mod store;
pub(crate) mod tasks;
mod terms;
mod view;

pub use casefile::{CaseFile, Turned};
pub use gate::ApprovalGate;
pub use install::install;
pub use known::{Know, Knowing, Known};
pub(crate) use process::{MoveView, StepAhead, StepNow, ahead, steps_now};
pub use progress::{Happened, Happening, Shown};
pub(crate) use reading::reading;
pub use store::HeldAct;
