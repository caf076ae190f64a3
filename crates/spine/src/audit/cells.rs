//! Cells of the log into which somebody put something of another kind 损坏的单元格.

use std::collections::BTreeSet;

use evidence::audit::{AuditReport, Fault as Wrong};

use crate::{FromColumn, Row};

/// Table and number of a row.
pub(super) type Place = (&'static str, u64);

/// What could not be read. It counts as empty, is named in the report, and the audit goes on.
#[derive(Default)]
pub(super) struct Unreadable(BTreeSet<(u64, &'static str, &'static str)>);

impl Unreadable {
    /// What a column holds.
    pub(super) fn cell<T: FromColumn>(
        &mut self,
        row: &Row,
        place: Place,
        column: &'static str,
    ) -> Option<T> {
        let held = row.get(column).ok();
        if held.is_none() {
            self.note(place, column);
        }
        held
    }

    /// A number, which is never below nought.
    pub(super) fn number(&mut self, row: &Row, place: Place, column: &'static str) -> Option<u64> {
        let held = row.get::<i64>(column).ok();
        let held = held.and_then(|number| u64::try_from(number).ok());
        if held.is_none() {
            self.note(place, column);
        }
        held
    }

    /// Bytes; a text in their place is noted and goes on as its bytes, so that the damage is told
    /// once.
    pub(super) fn bytes(
        &mut self,
        row: &Row,
        place: Place,
        column: &'static str,
    ) -> Option<Vec<u8>> {
        row.get(column).unwrap_or_else(|_| {
            self.note(place, column);
            row.get(column).ok().map(String::into_bytes)
        })
    }

    pub(super) fn note(&mut self, (table, at): Place, column: &'static str) {
        self.0.insert((at, table, column));
    }

    pub(super) fn tell(&self, report: &mut AuditReport) {
        for &(at, table, column) in &self.0 {
            report.find(at, Wrong::Cell { table, column });
        }
    }
}
