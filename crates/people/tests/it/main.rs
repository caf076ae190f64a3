//! Organisation, employment, reporting, stand-ins and citizen ids as people know them.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod citizen_id;
mod organisation;
mod reporting;
mod stand_in;
mod world;
