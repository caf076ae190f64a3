//! Legal entities, departments, posts and the people in them 组织与员工.
//!
//! Tables: `people_entity`, `people_department`, `people_head`, `people_post`, `people_employee`,
//! `people_employment`, `people_stand_in`, `people_asset`, `people_calendar_day`.
//!
//! A person's place is a dated history (`people_employment`, append-only); the columns of
//! `people_employee` repeat what holds today, so that lists need not look it up.

pub mod acts;
pub mod api;
pub(crate) mod store;
mod view;

pub use store::load;
pub(crate) use view::PersonName;
