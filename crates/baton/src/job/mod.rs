//! The jobs of the background, as the system administrator sees and mends them 后台任务.
//!
//! The spine owns the table `job`; this slice lists what stands there and holds the two acts of a
//! person: try again, give up. What a job carries is not shown, it may speak of business.

pub mod acts;
pub mod api;
mod view;
