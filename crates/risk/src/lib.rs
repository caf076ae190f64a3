//! Floor 2: what is worth an alert, how grave it is, and how an alert is handled 风险.
//!
//! [`rules`] turns signals (a denied attempt, a failed login, a look at a phone number) into
//! [`Finding`]s; [`gather`] decides whether a finding opens an alert, is counted into one that is
//! open, or is old news; [`Case`] is the life of an alert: taken by one officer, resolved with a
//! note. The crate blocks nobody: it says what a person should look at, and why.

mod case;
mod finding;
mod gathering;
pub mod rules;
mod signal;

pub use case::{Case, Conclusion, State};
pub use finding::{AlertKind, Finding, Severity};
pub use gathering::{Standing, Step, gather};
pub use signal::{Denial, LoginFailure, Reveal};
