//! Repeated signals become a count, not a flood 归并.

use kernel::Moment;

use crate::{Finding, Severity};

/// The newest alert of a kind about somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Whether it still waits for its resolution.
    pub open: bool,
    /// How grave it is so far.
    pub severity: Severity,
    /// The newest signal counted into it.
    pub last_at: Moment,
    /// When it was raised or counted up last.
    pub touched_at: Moment,
}

/// What to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Open an alert with these signals.
    Open(Vec<Moment>),
    /// Count these signals into the open alert.
    Count(Vec<Moment>),
    /// The open alert was counted up a moment ago: come again.
    Wait,
    /// Every signal has been counted, or what is left is too little.
    Nothing,
}

/// An open alert is counted up at most once a minute, unless it becomes graver.
pub const COUNT_EVERY_SECONDS: i64 = 60;

/// A signal is counted once: what is not newer than the alert's newest signal is old news. A
/// resolved alert is never counted up; only enough new signals open another one.
#[must_use]
pub fn gather(finding: &Finding, standing: Option<&Standing>, now: Moment) -> Step {
    let Some(standing) = standing else {
        return Step::Open(finding.moments.clone());
    };
    let fresh = finding.moments.iter().copied();
    let fresh: Vec<Moment> = fresh.filter(|at| *at > standing.last_at).collect();
    if fresh.is_empty() {
        return Step::Nothing;
    }
    if !standing.open {
        let enough = fresh.len() >= finding.least;
        return if enough {
            Step::Open(fresh)
        } else {
            Step::Nothing
        };
    }
    let due = now >= standing.touched_at.plus_seconds(COUNT_EVERY_SECONDS);
    if due || finding.severity > standing.severity {
        Step::Count(fresh)
    } else {
        Step::Wait
    }
}
