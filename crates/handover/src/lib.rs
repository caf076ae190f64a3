//! Floor 4: what moves from whom to whom, from which moment on 交接.
//!
//! ```text
//! holdings → plan → edits → preview, conflicts → answers → frozen plan → steps
//!              ↑                                                 ├→ remainder: the next plan
//!              └──────────── what undoes it ←── reverse ─────────┘
//! ```
//!
//! | question | module |
//! | --- | --- |
//! | what can point to a person? | [`holding`] |
//! | who gets what, and how is that changed? | [`plan`] |
//! | what moves, in counts and money? | [`preview`] |
//! | what stands in the way? | [`conflict`] |
//! | have the receivers accepted? | [`acceptance`] |
//! | when is a plan approved and fixed? | [`frozen`] |
//! | in which steps is it carried out, and how undone? | [`execution`] |
//!
//! A plan once frozen has no way to change: later work is the next plan, undoing is a new one.

pub mod acceptance;
pub mod conflict;
pub mod execution;
pub mod frozen;
pub mod holding;
pub mod plan;
pub mod preview;
