//! A block of the mapping bound to the columns of one sheet 列绑定.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::finding::{Detail, Findings, Sheet};
use crate::mapping::{Block, Feed, Mapping, Rule, Source, Test};
use crate::reason::Reason;

/// A rule and where its columns stand.
#[derive(Debug)]
pub(crate) struct BoundRule<'m> {
    pub(crate) rule: &'m Rule,
    pub(crate) columns: Vec<usize>,
    pub(crate) or_columns: Vec<usize>,
    /// What findings call the place: the first column, the field of a constant, or both where the
    /// column only leads to the value.
    pub(crate) place: Detail,
    /// The index to look the text up in, for lookups and derivations.
    pub(crate) consults: Option<usize>,
}

/// A block and where its columns stand.
#[derive(Debug)]
pub(crate) struct BoundBlock<'m> {
    pub(crate) block: &'m Block,
    pub(crate) rules: Vec<BoundRule<'m>>,
    pub(crate) conditions: Vec<(usize, &'m Test)>,
    pub(crate) key: Vec<usize>,
    pub(crate) extra: Vec<(usize, Arc<str>)>,
}

/// Finds columns by name, and remembers what is missing.
pub(crate) struct Columns<'t> {
    header: &'t [String],
    faults: Vec<(Reason, String)>,
}

impl<'t> Columns<'t> {
    pub(crate) fn of(header: &'t [String]) -> Columns<'t> {
        Columns {
            header,
            faults: Vec::new(),
        }
    }

    /// Where the column stands; a missing or doubled name is a fault and gives the first column.
    pub(crate) fn place(&mut self, name: &str) -> usize {
        let mut places = (0..self.header.len()).filter(|at| self.header[*at] == name);
        let first = places.next();
        let fault = match (first, places.next()) {
            (None, _) => Some(Reason::ColumnMissing),
            (_, Some(_)) => Some(Reason::ColumnTwice),
            _ => None,
        };
        if let Some(reason) = fault
            && !self.faults.iter().any(|(_, known)| known == name)
        {
            self.faults.push((reason, name.to_owned()));
        }
        first.unwrap_or(0)
    }

    fn places(&mut self, names: &[String]) -> Vec<usize> {
        names.iter().map(|name| self.place(name)).collect()
    }

    /// Reports the faults; true when there are none.
    pub(crate) fn are_sound(self, sheet: &Sheet, findings: &mut Findings) -> bool {
        for (reason, name) in &self.faults {
            let there = self.header.join("、");
            let value = if *reason == Reason::ColumnMissing {
                there.as_str()
            } else {
                ""
            };
            findings.of_file(*reason, sheet, name.as_str(), value, &Detail::none());
        }
        self.faults.is_empty()
    }
}

/// Binds every block of a source to a sheet; nothing when a column is missing, which the findings
/// then say.
pub(crate) fn bind<'m>(
    mapping: &'m Mapping,
    source: usize,
    header: &[String],
    sheet: &Sheet,
    findings: &mut Findings,
) -> Option<Vec<(usize, BoundBlock<'m>)>> {
    let mut columns = Columns::of(header);
    let mut bound = Vec::new();
    for (number, block) in mapping.blocks.iter().enumerate() {
        if block.source != source {
            continue;
        }
        let rule = |rule: &'m Rule| BoundRule {
            rule,
            columns: columns.places(rule.feed.columns()),
            or_columns: columns.places(&rule.or_from),
            place: place_of(rule),
            consults: match &rule.feed {
                Feed::Consult { table, .. } => Some(table.id),
                _ => None,
            },
        };
        let rules: Vec<BoundRule<'m>> = block.fields.iter().map(rule).collect();
        let place = |c: &'m crate::mapping::Condition| (columns.place(&c.column), &c.test);
        let conditions = block.conditions.iter().map(place).collect();
        let key = columns.places(&block.key);
        bound.push((
            number,
            BoundBlock {
                block,
                rules,
                conditions,
                key,
                extra: Vec::new(),
            },
        ));
    }
    if !columns.are_sound(sheet, findings) {
        return None;
    }
    keep_unmapped(mapping, source, header, sheet, &mut bound, findings);
    Some(bound)
}

fn place_of(rule: &Rule) -> Detail {
    let (label, name) = (rule.spec.label, rule.spec.name);
    match (&rule.feed, rule.feed.columns().first()) {
        (Feed::Consult { .. }, Some(column)) => {
            Detail::both(format!("{column} → {label}"), format!("{column} → {name}"))
        }
        (_, Some(column)) => Detail::from(column.as_str()),
        (_, None) => Detail::both(label, name),
    }
}

/// Columns no rule names stay with the records of the block that carries them, unless the mapping
/// ignores them; the findings tell which went where.
fn keep_unmapped(
    mapping: &Mapping,
    source: usize,
    header: &[String],
    sheet: &Sheet,
    bound: &mut [(usize, BoundBlock<'_>)],
    findings: &mut Findings,
) {
    let of_source = &mapping.sources[source];
    let mut mapped: BTreeSet<usize> = bound.iter().flat_map(|(_, b)| used_columns(b)).collect();
    mapped.extend(consulted_columns(mapping, source, header));
    let free = || (0..header.len()).filter(|at| !mapped.contains(at));
    let ignored = |at: &usize| is_ignored(of_source, &header[*at]);
    let named = |places: &[usize]| {
        let names: Vec<&str> = places.iter().map(|at| header[*at].as_str()).collect();
        Detail::both(names.join("、"), names.join(", "))
    };
    let dropped: Vec<usize> = free().filter(ignored).collect();
    let kept: Vec<usize> = free().filter(|at| !ignored(at)).collect();
    if !dropped.is_empty() {
        let (names, none) = (named(&dropped), Detail::none());
        findings.of_file(Reason::ColumnsIgnored, sheet, &names, "", &none);
    }
    if kept.is_empty() {
        return;
    }
    match bound.iter_mut().find(|(_, b)| b.block.carries_extra) {
        None => {
            for at in kept {
                let (name, none) = (header[at].as_str(), Detail::none());
                findings.of_file(Reason::ColumnDropped, sheet, name, "", &none);
            }
        }
        Some((_, block)) => {
            let (names, none) = (named(&kept), Detail::none());
            findings.of_file(Reason::ColumnsKept, sheet, &names, "", &none);
            block.extra = kept
                .into_iter()
                .map(|at| (at, extra_name(header, at)))
                .collect();
        }
    }
}

/// Columns without a name, or with one that another has too, are told apart by their number.
fn extra_name(header: &[String], at: usize) -> Arc<str> {
    let name = &header[at];
    let twice = header.iter().filter(|other| *other == name).count() > 1;
    match (name.is_empty(), twice) {
        (true, _) => format!("列{}", at + 1).into(),
        (_, true) => format!("{name}（列{}）", at + 1).into(),
        _ => name.as_str().into(),
    }
}

fn is_ignored(source: &Source, name: &str) -> bool {
    source.ignore.iter().any(|ignored| ignored == name)
}

fn used_columns(bound: &BoundBlock<'_>) -> Vec<usize> {
    let conditions = bound.conditions.iter().map(|(at, _)| *at);
    let rules = bound
        .rules
        .iter()
        .flat_map(|rule| rule.columns.iter().chain(&rule.or_columns));
    conditions
        .chain(bound.key.iter().copied())
        .chain(rules.copied())
        .collect()
}

/// Columns of this source that other blocks look up.
fn consulted_columns(mapping: &Mapping, source: usize, header: &[String]) -> Vec<usize> {
    let mut names: Vec<&str> = Vec::new();
    for table in mapping.consulted().filter(|table| table.source == source) {
        names.extend([table.matching.as_str(), &table.take]);
        names.extend(table.dated_by.as_deref());
        names.extend(
            table
                .conditions
                .iter()
                .map(|condition| condition.column.as_str()),
        );
    }
    (0..header.len())
        .filter(|at| names.contains(&header[*at].as_str()))
        .collect()
}
