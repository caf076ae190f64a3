//! When signals are worth an alert 预警规则.
//!
//! The figures are choices of this house, no law gives them: few enough alerts that each is read,
//! and never a silent denial of somebody who is leaving.

use std::collections::BTreeSet;

use kernel::Moment;

use crate::{AlertKind, Denial, Finding, LoginFailure, Reveal, Severity};

/// Denied attempts and failed logins are counted within ten minutes.
pub const SHORT_WINDOW_SECONDS: i64 = 600;
/// Looks at contacts are counted within a day.
pub const LONG_WINDOW_SECONDS: i64 = 86_400;
/// So many denied attempts of one person within ten minutes are worth an alert …
pub const MANY_DENIED: usize = 5;
/// … and so many are grave: nobody clicks that fast, a program does.
pub const VERY_MANY_DENIED: usize = 20;
/// From so many failures in a row on, the login is made to wait, and somebody should know.
pub const FAILURES_IN_A_ROW: i64 = 5;
/// So many in a row are grave: the waiting times up to here add up to an hour.
pub const GRAVE_FAILURES_IN_A_ROW: i64 = 10;
/// So many failures over several logins within ten minutes.
pub const FAILURES_OVER_ALL: usize = 20;
/// Several: a tired person mistypes one login, not three.
pub const DIFFERENT_LOGINS: usize = 3;
/// So many contacts a day are more than calling them takes.
pub const MANY_REVEALS: usize = 30;
/// So many are a copy of the address book.
pub const VERY_MANY_REVEALS: usize = 100;
/// Somebody who hands over has few reasons left to look one up.
pub const MANY_REVEALS_IN_HANDOVER: usize = 5;

/// What a leaver must not even try: taking data out, moving customers, or writing over what is
/// known of them.
const GRAVE_IN_HANDOVER: [&str; 9] = [
    "customer.change",
    "customer.export",
    "customer.hand_over",
    "customer.propose",
    "customer.reveal",
    "handover.plan",
    "handover.approve",
    "people.reveal",
    "import.run",
];

fn within(moments: &[Moment], seconds: i64) -> Vec<Moment> {
    let Some(last) = moments.last() else {
        return Vec::new();
    };
    let from = last.plus_seconds(-seconds);
    moments.iter().copied().filter(|at| *at > from).collect()
}

fn names<'a>(denials: impl Iterator<Item = &'a Denial>) -> Vec<String> {
    let names: BTreeSet<_> = denials.map(|denial| denial.permission.clone()).collect();
    names.into_iter().collect()
}

/// The denied attempts of one person, oldest first, those of the ten minutes before included.
///
/// One in the notice period is enough. Otherwise it takes several: a stale link is no attack.
#[must_use]
pub fn denied(denials: &[Denial]) -> Vec<Finding> {
    let mut found = Vec::new();
    let leaving: Vec<&Denial> = denials.iter().filter(|one| one.in_handover).collect();
    if !leaving.is_empty() {
        let grave = |one: &&Denial| GRAVE_IN_HANDOVER.contains(&one.permission.as_str());
        let severity = if leaving.iter().any(grave) {
            Severity::High
        } else {
            Severity::Low
        };
        found.push(Finding {
            kind: AlertKind::HandoverDenied,
            severity,
            moments: leaving.iter().map(|one| one.at).collect(),
            least: 1,
            what: names(leaving.into_iter()),
        });
    }
    let others: Vec<&Denial> = denials.iter().filter(|one| !one.in_handover).collect();
    let moments: Vec<Moment> = others.iter().map(|one| one.at).collect();
    let moments = within(&moments, SHORT_WINDOW_SECONDS);
    if moments.len() >= MANY_DENIED {
        let severity = if moments.len() >= VERY_MANY_DENIED {
            Severity::High
        } else {
            Severity::Low
        };
        let first = moments[0];
        found.push(Finding {
            kind: AlertKind::ManyDenied,
            severity,
            what: names(others.into_iter().filter(|one| one.at >= first)),
            moments,
            least: MANY_DENIED,
        });
    }
    found
}

/// Failures of one login, oldest first.
#[must_use]
pub fn guessing(failures: &[LoginFailure]) -> Option<Finding> {
    let blocked: Vec<_> = failures
        .iter()
        .filter(|one| one.in_a_row >= FAILURES_IN_A_ROW)
        .collect();
    let most = blocked.iter().map(|one| one.in_a_row).max()?;
    let severity = if most >= GRAVE_FAILURES_IN_A_ROW {
        Severity::High
    } else {
        Severity::Low
    };
    Some(Finding {
        kind: AlertKind::LoginGuessing,
        severity,
        moments: blocked.iter().map(|one| one.at).collect(),
        least: 1,
        what: Vec::new(),
    })
}

/// Failures of all logins, oldest first.
#[must_use]
pub fn spraying(failures: &[LoginFailure]) -> Option<Finding> {
    let moments: Vec<Moment> = failures.iter().map(|one| one.at).collect();
    let moments = within(&moments, SHORT_WINDOW_SECONDS);
    let first = moments.first().copied()?;
    let lately = failures.iter().filter(|one| one.at >= first);
    let logins: BTreeSet<&str> = lately.map(|one| one.number.as_str()).collect();
    let enough = moments.len() >= FAILURES_OVER_ALL && logins.len() >= DIFFERENT_LOGINS;
    enough.then_some(Finding {
        kind: AlertKind::LoginSpraying,
        severity: Severity::High,
        moments,
        least: FAILURES_OVER_ALL,
        what: Vec::new(),
    })
}

/// The looks of one person at contacts, oldest first.
#[must_use]
pub fn reveals(looks: &[Reveal]) -> Option<Finding> {
    let moments: Vec<Moment> = looks.iter().map(|one| one.at).collect();
    let moments = within(&moments, LONG_WINDOW_SECONDS);
    let first = moments.first().copied()?;
    let leaving = looks.iter().any(|one| one.in_handover && one.at >= first);
    let least = if leaving {
        MANY_REVEALS_IN_HANDOVER
    } else {
        MANY_REVEALS
    };
    let severity = if leaving || moments.len() >= VERY_MANY_REVEALS {
        Severity::High
    } else {
        Severity::Low
    };
    (moments.len() >= least).then_some(Finding {
        kind: AlertKind::ManyReveals,
        severity,
        moments,
        least,
        what: Vec::new(),
    })
}

/// Jobs of one kind that gave up, by the moments at which they did.
#[must_use]
pub fn jobs_failed(mut moments: Vec<Moment>) -> Option<Finding> {
    moments.sort_unstable();
    (!moments.is_empty()).then_some(Finding {
        kind: AlertKind::JobFailed,
        severity: Severity::Low,
        moments,
        least: 1,
        what: Vec::new(),
    })
}

/// The log could not be signed at this moment: `broken` when it does not continue what was signed,
/// else since `failing_since` for another reason, which is given a minute to pass by itself.
#[must_use]
pub fn unsigned(now: Moment, failing_since: Moment, broken: bool) -> Option<Finding> {
    let lasting = broken || now >= failing_since.plus_seconds(60);
    lasting.then_some(Finding {
        kind: AlertKind::LogUnsigned,
        severity: Severity::Critical,
        moments: vec![now],
        least: 1,
        what: Vec::new(),
    })
}

/// Audits that found tables or log to be other than they should be, each a signal.
#[must_use]
pub fn books_differ(moments: Vec<Moment>) -> Option<Finding> {
    (!moments.is_empty()).then_some(Finding {
        kind: AlertKind::BooksDiffer,
        severity: Severity::Critical,
        moments,
        least: 1,
        what: Vec::new(),
    })
}

/// A witness or a timestamp authority that is late since this moment, or that contradicts the log
/// since then. As long as it lasts it is a new signal once a day: nothing is raised every second.
#[must_use]
pub fn anchor(now: Moment, since: Moment, broken: bool) -> Finding {
    let days = now.0.saturating_sub(since.0).max(0) / 86_400_000;
    Finding {
        kind: if broken {
            AlertKind::AnchorBroken
        } else {
            AlertKind::AnchorLate
        },
        severity: if broken {
            Severity::Critical
        } else {
            Severity::High
        },
        moments: vec![since.plus_seconds(days * 86_400)],
        least: 1,
        what: Vec::new(),
    }
}
