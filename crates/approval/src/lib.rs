//! Floor 2: approval processes as trees that cannot deadlock 审批流程.
//!
//! A definition ([`def::Def`]) is a tree of steps. [`validate::publish`] proves what can be proved
//! without running it. A running case is a list of events: [`decide::decide`] answers a command
//! with new events or a refusal, [`apply::apply`] takes an event into the [`state::State`]. Both
//! are pure: what must be known of the world (who manages whom, when a working day ends) comes
//! through [`directory::Directory`] and is written into the events, so replay asks nobody.
//!
//! The crate knows no business: subjects are opaque ids, people are employee ids, definitions are
//! data ([`shipped`]).
//!
//! ```text
//! Def ─publish→ Published ┐
//! State ──────────────────┼─ decide ─→ Vec<Event> ─ apply ─→ State
//! Command, Directory, at ─┘
//! ```

pub mod apply;
pub mod command;
pub mod decide;
pub mod def;
pub mod directory;
pub mod event;
pub mod fact;
pub mod item;
pub mod policy;
pub mod sentence;
pub mod shipped;
pub mod state;
pub mod tree;
pub mod validate;
pub mod view;
pub mod vote;
pub mod words;
