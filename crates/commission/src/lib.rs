//! Floor 3: who is paid for a deal, how much, when and why, also after a handover 提成
//!
//! ```text
//! contract, event ─▶ seats ─▶ split after a handover ─▶ plan, component ─▶ line with its trace
//!                                                                 └─▶ absence with its reasons
//! lines ─▶ periods (closed ones never move) ─▶ exit decisions, draws, forecast
//! ```
//!
//! | question | module |
//! | --- | --- |
//! | how is commission split after a handover? | [`split_after_handover`] |
//! | does a handover ever leave somebody less, and what of somebody who has left? | [`leavers`] |
//! | what of a contract that was handed over without its customer? | [`apart`] |
//! | what does a running amount earn? | [`schedule`] |
//! | which plan counts for whom on a day? | [`plan`], [`assignment`] |
//! | what happened that may be paid for? | [`event`] |
//! | who is paid what, line by line? | [`calculate`] |
//! | what is taken back after a refund? | [`clawback`] |
//! | why did I get this, or nothing? | [`explain`] |
//! | what if a closed month changes? | [`period`] |
//! | what is booked in which month, and when is it due? | [`booking`], [`dues`] |
//! | what of it is paid in one payment? | [`paying`] |
//! | does a statement follow from its facts? | [`statement`] |
//! | what must be decided when somebody leaves? | [`exit`] |
//! | what is advanced against later commission? | [`draw`] |
//! | what will each earn under these terms? | [`forecast`] |
//! | ten million orders at once, one moved customer at once? | [`bulk`] |
//!
//! Money is whole fen, shares are whole basis points, and what lies between is an exact fraction
//! ([`schedule::Exact`]) that is rounded once, half away from zero. Nothing here pays anybody.

pub mod apart;
pub mod assignment;
pub mod booking;
pub mod bulk;
pub mod calculate;
pub mod clawback;
pub mod draw;
pub mod dues;
pub mod event;
pub mod exit;
pub mod explain;
pub mod forecast;
pub mod leavers;
pub mod line;
pub mod paying;
pub mod period;
pub mod plan;
pub mod schedule;
pub mod shares;
pub mod split_after_handover;
pub mod statement;
pub mod window;

mod booked_words;
mod words;
