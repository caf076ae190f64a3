//! Documents are signed by those concerned, in their order, and nobody signs for another.

mod ceremonies;
mod hands;
mod means;
pub(crate) mod strangers;
