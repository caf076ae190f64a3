//! One walk over rows: from rows to records, with everything that has to be remembered 逐行处理.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use kernel::{Day, Ppm};

use crate::bind::BoundBlock;
use crate::cell::{Notes, read_field};
use crate::date::DateForm;
use crate::finding::{Detail, Findings, Sheet};
use crate::index::Index;
use crate::kind::{FieldType, RecordKind};
use crate::mapping::Feed;
use crate::reason::Reason;
use crate::table::Row;
use crate::tally::{Amount, Sum, Totals, half_up_to_fen};
use crate::text::half_width;
use crate::value::{Fields, Origin, Record, Value};

/// What became of a row. Later variants win when several blocks read the same row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fate {
    /// Readable, and not looked at by any block yet.
    Sound,
    /// Outside every `where`.
    Filtered,
    /// Refused by some block and used by none.
    Refused,
    /// Became a record, or repeated one.
    Used,
    /// Empty.
    Blank,
    /// Unreadable as a row.
    Broken,
}

/// Sums of a money field by the key of the record that the summed records refer to.
pub(crate) type SumsByKey = HashMap<(RecordKind, RecordKind, &'static str), HashMap<String, Sum>>;

/// Where a reference to a record not seen so far stands.
#[derive(Debug)]
struct Dangling {
    sheet: Sheet,
    column: String,
    rows: Vec<u32>,
}

/// A record already handed on.
#[derive(Debug)]
struct Seen {
    digest: u64,
    block: usize,
    row: u32,
    /// Kept for distinct blocks, whose rows may disagree.
    fields: Option<Fields>,
}

/// Everything remembered from row to row.
#[derive(Debug, Default)]
pub(crate) struct Pass {
    pub(crate) findings: Findings,
    pub(crate) totals: Totals,
    seen: BTreeMap<RecordKind, HashMap<String, Seen>>,
    dangling: BTreeMap<RecordKind, HashMap<String, Dangling>>,
    owners: BTreeMap<RecordKind, HashMap<String, Arc<str>>>,
    date_forms: BTreeMap<(usize, usize), [u32; DateForm::ALL.len()]>,
    notes: Notes,
    content: Content,
    amounts: Vec<Amount>,
}

/// The bytes of a record's content, hashed in one go: many small writes would cost more than the
/// rest of the row.
#[derive(Debug, Default)]
struct Content(Vec<u8>);

impl Hasher for Content {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        hasher.write(&self.0);
        hasher.finish()
    }
}

/// What a row is read with.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'d> {
    pub(crate) number: usize,
    pub(crate) bound: &'d BoundBlock<'d>,
    pub(crate) sheet: &'d Sheet,
    pub(crate) index: &'d Index,
    pub(crate) sums: &'d SumsByKey,
    pub(crate) today: Option<Day>,
    /// Whether later blocks ask whose this record is.
    pub(crate) owners_wanted: bool,
}

impl Pass {
    /// Makes the record of one sound row, if it becomes one.
    pub(crate) fn row(&mut self, desk: Desk<'_>, row: &Row<'_>) -> (Fate, Option<Record>) {
        let (bound, kind) = (desk.bound, desk.bound.block.kind);
        if !bound
            .conditions
            .iter()
            .all(|(column, test)| test.holds(row.text(*column)))
        {
            let names: Vec<&str> = bound
                .block
                .conditions
                .iter()
                .map(|condition| condition.column.as_str())
                .collect();
            let label = Detail::none();
            let columns = names.join("、");
            self.findings.note(
                Reason::FilteredRows,
                desk.sheet,
                row.number,
                &columns,
                "",
                &label,
            );
            return (Fate::Filtered, None);
        }
        let mut fields = self.read_fields(desk, row);
        let key = self.key(desk, row, &fields);
        self.add_sums(desk, &key, &mut fields);
        self.tell_notes(desk, row.number);
        if self.notes.refuse() {
            self.totals
                .entry(kind)
                .or_default()
                .refused
                .add(&self.amounts);
            return (Fate::Refused, None);
        }
        let extra = bound.extra.iter().filter_map(|(column, name)| {
            let text = row.text(*column);
            (!text.is_empty()).then(|| (name.clone(), text.to_owned()))
        });
        let extra: Vec<(Arc<str>, String)> = extra.collect();
        if let Some(fate) = self.repeats(desk, row.number, &key, &fields, &extra) {
            let totals = self.totals.entry(kind).or_default();
            let part = if fate == Fate::Used {
                &mut totals.merged
            } else {
                &mut totals.refused
            };
            part.add(&self.amounts);
            return (fate, None);
        }
        self.count(desk, &key, &fields);
        self.remember_refs(desk, row.number, &fields);
        let origin = Origin {
            file: desk.sheet.file.clone(),
            sheet: desk.sheet.name.clone(),
            row: row.number,
        };
        (
            Fate::Used,
            Some(Record {
                kind,
                key,
                fields,
                extra,
                origin,
            }),
        )
    }

    fn read_fields(&mut self, desk: Desk<'_>, row: &Row<'_>) -> Fields {
        self.notes.clear();
        self.amounts.clear();
        let rules = &desk.bound.rules;
        let mut fields = Vec::with_capacity(rules.len() + 1);
        for (number, bound) in rules.iter().enumerate() {
            let notes = self.notes.at(number);
            let Some(read) = read_field(bound, row, desk.index, desk.today, notes) else {
                continue;
            };
            if let Value::Money(fen) = read.value {
                self.amounts.push(Amount {
                    field: bound.rule.spec.name,
                    fen,
                    exact: read.exact,
                });
            }
            fields.push((bound.rule.spec.name, read.value));
        }
        let mut fields = Fields(fields);
        if desk.bound.block.kind == RecordKind::OrderLine && fields.get("amount").is_none() {
            self.compute_line(desk, &mut fields);
        }
        fields
    }

    /// Amount of an order line = unit price × quantity × (1 − discount), rounded half up to the fen.
    fn compute_line(&mut self, desk: Desk<'_>, fields: &mut Fields) {
        let rules = &desk.bound.rules;
        if rules.iter().any(|bound| bound.rule.spec.name == "amount") || self.notes.refuse() {
            return;
        }
        let price = fields.money("unit_price");
        let quantity = fields.get("quantity");
        let (Some(price), Some(Value::Quantity(quantity))) = (price, quantity) else {
            let at = rules
                .iter()
                .position(|bound| fields.get(bound.rule.spec.name).is_none());
            self.notes
                .at(at.unwrap_or(0))
                .add(Reason::RequiredEmpty, "", "");
            return;
        };
        let discount = match fields.get("discount") {
            Some(Value::Percent(discount)) => *discount,
            _ => Ppm(0),
        };
        let exact = i128::from(price.0)
            .checked_mul(i128::from(*quantity))
            .and_then(|product| product.checked_mul(1_000_000 - i128::from(discount.0)));
        let Some((fen, exact)) = exact.and_then(|exact| Some((half_up_to_fen(exact)?, exact)))
        else {
            self.notes.at(0).add(Reason::OutOfRange, "", "");
            return;
        };
        self.amounts.push(Amount {
            field: "amount",
            fen,
            exact: Some(exact),
        });
        fields.0.push(("amount", Value::Money(fen)));
    }

    /// The columns the mapping names, or the kind's own key fields; a record without a number goes
    /// by its name.
    fn key(&mut self, desk: Desk<'_>, row: &Row<'_>, fields: &Fields) -> String {
        let named = &desk.bound.key;
        let key = if named.is_empty() {
            let parts = desk
                .bound
                .block
                .kind
                .key_fields()
                .iter()
                .map(|name| fields.text(name));
            joined(parts)
        } else {
            let parts: Vec<_> = named.iter().map(|at| half_width(row.text(*at))).collect();
            joined(parts.iter().map(|part| &**part))
        };
        let key = if key.is_empty() {
            fields.text("name").to_owned()
        } else {
            key
        };
        if key.is_empty() && !self.notes.refuse() {
            self.notes.at(0).add(Reason::RequiredEmpty, "", "");
        }
        key
    }

    fn add_sums(&mut self, desk: Desk<'_>, key: &str, fields: &mut Fields) {
        let kind = desk.bound.block.kind;
        for (number, bound) in desk.bound.rules.iter().enumerate() {
            let Feed::Sum { kind: of, field } = &bound.rule.feed else {
                continue;
            };
            let found = desk
                .sums
                .get(&(*of, kind, *field))
                .and_then(|sums| sums.get(key));
            let Some(sum) = found else {
                let needed = bound.rule.required;
                let reason = if needed {
                    Reason::RequiredEmpty
                } else {
                    Reason::RollupEmpty
                };
                self.notes.at(number).add(reason, "", "");
                continue;
            };
            let Some(fen) = sum.fen() else {
                self.notes
                    .at(number)
                    .add(Reason::OutOfRange, &sum.exact(), "");
                continue;
            };
            let name = bound.rule.spec.name;
            self.amounts.push(Amount {
                field: name,
                fen,
                exact: Some(sum.in_nano()),
            });
            fields.0.push((name, Value::Money(fen)));
        }
    }

    fn tell_notes(&mut self, desk: Desk<'_>, row: u32) {
        for note in &self.notes.list {
            let column = desk
                .bound
                .rules
                .get(note.rule)
                .map_or("", |bound| bound.place.as_str());
            self.findings.note(
                note.reason,
                desk.sheet,
                row,
                column,
                &note.value,
                &note.detail,
            );
        }
        for (rule, form) in &self.notes.date_forms {
            let counts = self.date_forms.entry((desk.number, *rule)).or_default();
            if let Some(at) = DateForm::ALL.iter().position(|(known, _)| known == form) {
                counts[at] += 1;
            }
        }
    }

    /// Whether a record of this key was handed on before, and what that makes of the row.
    fn repeats(
        &mut self,
        desk: Desk<'_>,
        row: u32,
        key: &str,
        fields: &Fields,
        extra: &[(Arc<str>, String)],
    ) -> Option<Fate> {
        let (kind, distinct) = (desk.bound.block.kind, desk.bound.block.distinct);
        self.content.0.clear();
        (fields, extra).hash(&mut self.content);
        let digest = self.content.finish();
        let seen = self.seen.entry(kind).or_default();
        let Some(first) = seen.get(key) else {
            let kept = distinct.then(|| fields.clone());
            seen.insert(
                key.to_owned(),
                Seen {
                    digest,
                    block: desk.number,
                    row,
                    fields: kept,
                },
            );
            return None;
        };
        let label = Detail::both(kind.label(), kind.name());
        let (reason, detail) = match (first.digest == digest, distinct) {
            (true, true) => return Some(Fate::Used),
            (true, false) => (Reason::MergedSame, Detail::none()),
            (false, _) if distinct && first.block != desk.number => (Reason::MergedEarlier, label),
            (false, true) => {
                let what = first
                    .fields
                    .as_ref()
                    .map(|known| differences(known, fields));
                let what = what.unwrap_or_default();
                let zh = format!("{}「{key}」的 {what} 前后不一", kind.label());
                let en = format!("{} {key} has differing {what}", kind.name());
                (Reason::DistinctDisagrees, Detail::both(zh, en))
            }
            (false, false) => {
                let zh = format!("第 {} 行已有{}「{key}」", first.row, kind.label());
                let en = format!("row {} is {} {key} already", first.row, kind.name());
                (Reason::DuplicateConflict, Detail::both(zh, en))
            }
        };
        let value = if reason == Reason::MergedEarlier {
            ""
        } else {
            key
        };
        let column = desk
            .bound
            .rules
            .first()
            .map_or("", |bound| bound.place.as_str());
        self.findings
            .note(reason, desk.sheet, row, column, value, &detail);
        Some(if reason == Reason::DuplicateConflict {
            Fate::Refused
        } else {
            Fate::Used
        })
    }

    fn count(&mut self, desk: Desk<'_>, key: &str, fields: &Fields) {
        let kind = desk.bound.block.kind;
        let own = fields.text("owner");
        let by_way = || {
            kind.owner_by_way_of()
                .iter()
                .find_map(|name| match fields.get(name)? {
                    Value::Ref { kind, key } => self.owners.get(kind)?.get(key).cloned(),
                    _ => None,
                })
        };
        let owner: Arc<str> = match own {
            "" => by_way().unwrap_or_default(),
            own => own.into(),
        };
        self.totals
            .entry(kind)
            .or_default()
            .stage(&owner, &self.amounts);
        if desk.owners_wanted && !owner.is_empty() {
            self.owners
                .entry(kind)
                .or_default()
                .insert(key.to_owned(), owner);
        }
    }

    fn remember_refs(&mut self, desk: Desk<'_>, row: u32, fields: &Fields) {
        for (name, value) in fields.iter() {
            let Value::Ref { kind, key } = value else {
                continue;
            };
            if self
                .seen
                .get(kind)
                .is_some_and(|seen| seen.contains_key(key))
            {
                continue;
            }
            let dangling = self.dangling.entry(*kind).or_default();
            if let Some(known) = dangling.get_mut(key) {
                known.rows.push(row);
                continue;
            }
            let rules = &desk.bound.rules;
            let rule = rules.iter().find(|bound| bound.rule.spec.name == name);
            let column = rule.map_or(name, |bound| bound.place.as_str()).to_owned();
            let first = Dangling {
                sheet: desk.sheet.clone(),
                column,
                rows: vec![row],
            };
            dangling.insert(key.clone(), first);
        }
    }

    /// Tells of columns whose dates are written in several ways.
    pub(crate) fn tell_date_forms(&mut self, desk: Desk<'_>) {
        for (number, bound) in desk.bound.rules.iter().enumerate() {
            let Some(counts) = self.date_forms.remove(&(desk.number, number)) else {
                continue;
            };
            let forms = || {
                DateForm::ALL
                    .iter()
                    .zip(counts)
                    .filter(|(_, count)| *count > 0)
            };
            if forms().count() < 2 {
                continue;
            }
            let zh: Vec<_> = forms()
                .map(|((_, name), n)| format!("{name} {n} 行"))
                .collect();
            let en: Vec<_> = forms()
                .map(|((_, name), n)| format!("{name} {n} rows"))
                .collect();
            let detail = Detail::both(zh.join("、"), en.join(", "));
            self.findings
                .of_file(Reason::MixedDates, desk.sheet, &bound.place, "", &detail);
        }
    }

    /// Tells of money that rounding moved, and of references the batch does not answer.
    pub(crate) fn finish(&mut self, everywhere: &Sheet) -> Vec<(RecordKind, String, u64)> {
        for (kind, totals) in &self.totals {
            for (field, sum) in totals
                .staged
                .sums
                .iter()
                .filter(|(_, sum)| sum.was_rounded())
            {
                let booked = sum.fen().unwrap_or_default().to_plain();
                let (exact, rounding) = (sum.exact(), sum.rounding());
                let detail = Detail::both(
                    format!("入账合计 {booked}，精确合计 {exact}，差 {rounding}"),
                    format!("recorded {booked}, exact {exact}, difference {rounding}"),
                );
                let place = format!("{}.{field}", kind.name());
                let reason = Reason::RoundingDifference;
                self.findings
                    .of_file(reason, everywhere, &place, "", &detail);
            }
        }
        self.unresolved()
    }

    fn unresolved(&mut self) -> Vec<(RecordKind, String, u64)> {
        let mut unresolved = Vec::new();
        for (kind, keys) in std::mem::take(&mut self.dangling) {
            let seen = self.seen.get(&kind);
            let absent = |key: &str| seen.is_none_or(|seen| !seen.contains_key(key));
            let mut keys: Vec<_> = keys.into_iter().filter(|(key, _)| absent(key)).collect();
            keys.sort_by(|(a, _), (b, _)| a.cmp(b));
            let detail = Detail::both(kind.label(), kind.name());
            for (
                key,
                Dangling {
                    sheet,
                    column,
                    rows,
                },
            ) in keys
            {
                unresolved.push((
                    kind,
                    key.clone(),
                    u64::try_from(rows.len()).unwrap_or(u64::MAX),
                ));
                let reason = Reason::UnresolvedRef;
                self.findings
                    .of_rows(reason, &sheet, rows, &column, &key, &detail);
            }
        }
        unresolved
    }
}

fn joined<'t>(parts: impl Iterator<Item = &'t str>) -> String {
    let mut out = String::new();
    for part in parts.filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(part);
    }
    out
}

/// The fields in which two rows of one key differ, with both values.
fn differences(first: &Fields, now: &Fields) -> String {
    let names = first.0.iter().chain(&now.0).map(|(name, _)| *name);
    let mut told: Vec<&str> = Vec::new();
    let mut out = Vec::new();
    for name in names {
        if first.get(name) == now.get(name) || told.contains(&name) {
            continue;
        }
        told.push(name);
        let shown = |value: Option<&Value>| value.map(Value::shown).unwrap_or_default();
        out.push(format!(
            "{name}（{} / {}）",
            shown(first.get(name)),
            shown(now.get(name))
        ));
    }
    out.join("、")
}

/// Adds up a record's amounts for the records it refers to.
pub(crate) fn add_up(sums: &mut SumsByKey, record: &Record, amounts: &[Amount]) {
    for (_, value) in record.fields.iter() {
        let Value::Ref { kind, key } = value else {
            continue;
        };
        for amount in amounts {
            let by_key = sums.entry((record.kind, *kind, amount.field)).or_default();
            by_key
                .entry(key.clone())
                .or_default()
                .add(amount.fen, amount.exact);
        }
    }
}

impl Pass {
    /// The amounts of the record made last.
    pub(crate) fn last_amounts(&self) -> &[Amount] {
        &self.amounts
    }
}

/// The kinds a kind's fields refer to for its owner.
pub(crate) fn leads_to(kind: RecordKind) -> impl Iterator<Item = RecordKind> {
    kind.owner_by_way_of()
        .iter()
        .filter_map(move |name| match kind.field(name)?.holds {
            FieldType::Ref(target) => Some(target),
            _ => None,
        })
}
