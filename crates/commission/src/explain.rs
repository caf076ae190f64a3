//! Why did I get this, or nothing? 计算说明
//!
//! Every line and every absence is put into sentences, Chinese and English, from the parts of its
//! trace; nothing is said that the trace does not hold.

use kernel::{CommissionPlanId, Day, EmployeeId, Reason};

use crate::booked_words;
use crate::booking::Kept;
use crate::draw::Advance;
use crate::dues::Dated;
use crate::event::Record;
use crate::exit::Decision;
use crate::line::{Absence, Earning, Line, Seat};
use crate::split_after_handover::{Agreement, Side, Terms};
use crate::words;

/// How people and plans are called on the screen.
pub trait Names {
    /// A person's name.
    fn person(&self, who: EmployeeId) -> String;
    /// A plan's name.
    fn plan(&self, plan: CommissionPlanId) -> String;
    /// What a record is called; its own text where nobody has a better word for it.
    fn record(&self, record: &Record) -> String {
        record.to_string()
    }
}

/// The story of a line: what happened, who shared it and why, which plan, how credit became money,
/// when it is due.
#[must_use]
pub fn line(line: &Line, names: &impl Names) -> Vec<Reason> {
    let trace = &line.trace;
    let mut story = vec![words::happened(line, names)];
    match &line.key.seat {
        Seat::Owner(side) => {
            story.extend(trace.split.as_ref().map(|split| words::split(split, names)));
            story.extend(trace.stays.map(|stays| words::stays(stays, names)));
            if *side == Side::Pool {
                story.push(words::pool());
            }
        }
        Seat::Team => {}
        Seat::Overlay(name) => story.push(words::overlay(name)),
    }
    let row = trace.credited_by.as_ref();
    story.extend(row.map(|row| words::rule_row(row, words::Decides::Credit)));
    story.push(words::share(line));
    story.push(words::plan(line));
    let row = trace.decided_by.as_ref();
    story.extend(row.map(|row| words::rule_row(row, words::Decides::Rate)));
    story.extend(earning(line, names));
    story.extend((trace.over_cap.0 != 0).then(|| words::over_cap(trace.over_cap)));
    if line.commission.0 == 0 {
        story.push(words::rounds_to_nothing(line));
    }
    story.push(words::due(line));
    story.extend(line.held.as_ref().map(words::held));
    if line.statement_due {
        story.push(words::statement_due());
    }
    story
}

fn earning(line: &Line, names: &impl Names) -> Vec<Reason> {
    let trace = &line.trace;
    match &trace.earning {
        Earning::Bands {
            moved,
            before,
            after,
        } => {
            let bands = moved.iter().map(words::band);
            let mut story = vec![words::running(line)];
            let after_it = line.before + line.credit;
            story.extend(trace.quota.map(|quota| {
                let whose = trace.own_quota.then_some(trace.assigned_by);
                words::quota((quota, whose), after_it)
            }));
            story.extend(bands);
            story.push(words::rounding(*before, *after));
            story
        }
        Earning::Section {
            inside,
            before,
            after,
        } => vec![
            words::running(line),
            words::section(*inside),
            words::rounding(*before, *after),
        ],
        Earning::Fixed {
            whole,
            before,
            after,
            of,
        } => vec![words::fixed(*whole, *before, *after, *of)],
        Earning::TakenBack {
            of,
            earned,
            paid,
            cancelled,
            clawed_back,
        } => vec![words::taken_back(
            &names.record(of),
            *earned,
            *paid,
            *cancelled,
            *clawed_back,
        )],
    }
}

/// The story of a guarantee or an advance: what was promised for which days, what the lines earned,
/// what was added or recovered, what is left to recover.
#[must_use]
pub fn advance(advance: &Advance) -> Vec<Reason> {
    vec![
        words::promised(advance),
        words::topped_up(advance),
        words::advance_due(advance),
    ]
}

/// What the previous owner still gets under these terms, in one sentence.
#[must_use]
pub fn terms(terms: &Terms) -> Reason {
    words::terms(terms)
}

/// What is agreed about the commission of a handover, in one sentence.
#[must_use]
pub fn agreement(agreement: &Agreement) -> Reason {
    words::agreement(agreement)
}

/// Why a line is not there: the condition that failed, then the plans that were not chosen.
#[must_use]
pub fn absence(absence: &Absence, names: &impl Names) -> Vec<Reason> {
    let mut story = vec![words::because(absence, names)];
    let others = absence.others.iter();
    story.extend(others.map(|(plan, why)| words::not_chosen(&names.plan(*plan), *why)));
    story
}

/// Why a line of a statement is there, sentence by sentence.
#[must_use]
pub fn booked(entry: Dated<'_>, names: &impl Names) -> Vec<Reason> {
    match entry.kept {
        Kept::Line { line: now } => line(now, names),
        Kept::Absence { absence: none } => absence(none, names),
        Kept::Settlement {
            decision, agreed, ..
        } => vec![booked_words::at_exit(entry.commission, decision, *agreed)],
        Kept::Advance { advance: one } => advance(one),
        Kept::Difference { now, .. } => {
            let mut story = vec![booked_words::difference(&entry, now.as_deref())];
            story.extend(now.iter().flat_map(|now| line(now, names)));
            story
        }
    }
}

/// A decision at an exit, as a list shows it: Chinese and English.
#[must_use]
pub fn decision(decision: &Decision) -> (String, String) {
    booked_words::decision(decision)
}

/// `2026-11`
#[must_use]
pub fn month(day: Day) -> String {
    let date = day.date();
    format!("{:04}-{:02}", date.year(), date.month())
}
