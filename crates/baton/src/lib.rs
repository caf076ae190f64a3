//! Floor 6: slices that join engines, SQL and HTTP 应用.
//!
//! One folder a noun. The one list of what users can do is [`registry`].

pub mod approval;
mod background;
mod bounds;
pub mod cli;
pub mod config;
pub mod customer;
pub mod demo;
pub mod departure;
pub mod evidence;
pub mod handover;
pub mod house;
pub mod http;
pub mod import;
pub mod migrations;
pub mod people;
pub mod permissions;
pub mod receivable;
pub mod registry;
pub mod rehearsal;
pub mod roles;
mod scope;
pub mod session;
mod subjects;
mod word;
