//! Floor 6: slices that join engines, SQL and HTTP 应用.
//!
//! One folder a noun. The one list of what users can do is [`registry`].

pub mod alert;
pub mod approval;
mod background;
pub mod backup;
mod bounds;
pub mod bundle;
pub mod cli;
pub mod commission;
pub mod config;
pub mod customer;
pub mod demo;
pub mod departure;
pub mod document;
pub mod evidence;
pub mod handover;
pub mod heartbeat;
pub mod house;
pub mod http;
pub mod import;
pub mod job;
pub mod migrations;
pub mod people;
pub mod permissions;
pub mod receivable;
pub mod registry;
pub mod rehearsal;
pub mod roles;
pub mod rules;
mod scope;
mod seen;
pub mod session;
pub mod signing;
mod subjects;
pub mod system;
mod told;
pub mod witness;
mod word;
