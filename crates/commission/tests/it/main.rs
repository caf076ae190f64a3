//! Commission: what a finance clerk can check by hand, what others computed, what must always hold.

#![expect(clippy::unwrap_used, reason = "a test may stop where it stands")]

mod after_handover;
mod apart;
mod bulk;
mod by_others;
mod by_table;
mod choosing;
mod components;
mod exact_reference;
mod explained;
mod forecasting;
mod leavers;
mod leaving;
mod paying;
mod peers;
mod periods;
mod pooled;
mod properties;
mod statements;
mod world;
