//! What the approval engine promises, tried out.

mod exhaustive;
mod generate;
mod invariants;
mod issues;
mod returns;
mod seats;
mod shipped;
mod timers;
mod validator;
mod views;
mod world;
