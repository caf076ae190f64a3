//! Floor 5: leaving the company, by the law and without losing anything 离职.
//!
//! | question | module |
//! | --- | --- |
//! | which kinds of leaving are there, and what does the law attach? | [`kind`] |
//! | when does a resignation take effect? | [`notice`] |
//! | who may not be dismissed for now? | [`protection`] |
//! | on which item of the law does a dismissal rest? | [`ground`] |
//! | which three dates are kept apart? | [`clocks`] |
//! | what must happen before someone's last day? | [`gates`], from [`gate_facts`] |
//! | what may wait for the handover and what may not? | [`may_wait`] |
//! | how much is N? | [`compensation`] |
//! | where does a departure stand, and what may follow? | [`state`] |
//!
//! Facts in, decision and its reasons out; figures of a city and year come in as facts.

pub mod clocks;
pub mod compensation;
pub mod gate_facts;
pub mod gates;
pub mod ground;
pub mod kind;
pub mod may_wait;
pub mod notice;
pub mod protection;
pub mod state;
