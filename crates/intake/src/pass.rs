//! One walk over rows: from rows to records 逐行处理.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use kernel::{Day, Fen, Ppm};

use crate::bind::{BoundBlock, BoundRule};
use crate::cell::{Notes, beyond, read_field, too_long};
use crate::date::DateForm;
use crate::finding::{Detail, Findings, Place, Sheet};
use crate::index::Index;
use crate::kind::RecordKind;
use crate::known::{Candidate, Known, Repeat, Unresolved};
use crate::mapping::Feed;
use crate::order_line;
use crate::reason::Reason;
use crate::table::Row;
use crate::tally::{Amount, Sum, Totals};
use crate::text::code_form;
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

/// Sums of a money field, by kind of the summed records, kind they refer to and field; then by the
/// key they refer to.
pub(crate) type SumsByKey = HashMap<(RecordKind, RecordKind, &'static str), HashMap<String, Sum>>;

/// Everything remembered from row to row.
#[derive(Debug, Default)]
pub(crate) struct Pass {
    pub(crate) findings: Findings,
    pub(crate) totals: Totals,
    known: Known,
    date_forms: BTreeMap<(usize, usize), [u32; DateForm::ALL.len()]>,
    notes: Notes,
    amounts: Vec<Amount>,
}

/// What a row is read with.
#[derive(Clone, Copy)]
pub(crate) struct Desk<'d> {
    /// Number of the block in the mapping.
    pub(crate) number: usize,
    pub(crate) bound: &'d BoundBlock<'d>,
    pub(crate) sheet: &'d Sheet,
    pub(crate) index: &'d Index,
    pub(crate) sums: &'d SumsByKey,
    pub(crate) today: Option<Day>,
    /// Whether records of other kinds ask whose this one is.
    pub(crate) owners_wanted: bool,
}

/// Characters of a key; an index has no room for more.
const LONGEST_KEY: usize = 400;

impl<'d> Desk<'d> {
    fn kind(&self) -> RecordKind {
        self.bound.block.kind
    }

    fn rules(&self) -> &'d [BoundRule<'d>] {
        &self.bound.rules
    }

    fn rule_of(&self, field: &str) -> Option<usize> {
        self.rules()
            .iter()
            .position(|bound| bound.rule.spec.name == field)
    }

    fn place(&self, rule: usize) -> Place<'d> {
        let bound = self.rules().get(rule);
        bound.map_or(Place::from(""), |bound| Place::from(&bound.place))
    }
}

impl Pass {
    /// Makes the record of one sound row, if it becomes one.
    pub(crate) fn row(&mut self, desk: Desk<'_>, row: &Row<'_>) -> (Fate, Option<Record>) {
        let (bound, kind) = (desk.bound, desk.kind());
        if !bound
            .conditions
            .iter()
            .all(|(column, test)| test.holds(row.text(*column)))
        {
            self.tell_filtered(desk, row.number);
            return (Fate::Filtered, None);
        }
        let mut fields = self.read_fields(desk, row);
        let key = self.key(desk, row, &fields);
        self.add_sums(desk, &key, &mut fields);
        self.check_order(desk, &fields);
        self.check_amounts(desk, &fields);
        self.tell_notes(desk, row.number);
        if self.notes.refuse() {
            self.totals
                .entry(kind)
                .or_default()
                .refused
                .add(&self.amounts);
            return (Fate::Refused, None);
        }
        let (extra, empty_extra) = extra_cells(desk, row);
        let (block, distinct, number) = (desk.number, bound.block.distinct, row.number);
        let (key_text, known_fields) = (key.as_str(), &fields);
        let repeat = self.known.enter(&Candidate {
            kind,
            key: key_text,
            fields: known_fields,
            extra: &extra,
            block,
            distinct,
            row: number,
        });
        if let Some(repeat) = repeat {
            return (self.pass_over(desk, number, &key, repeat), None);
        }
        self.count(desk, &key, &fields);
        self.remember_refs(desk, number, &fields);
        let (file, sheet) = (desk.sheet.file.clone(), desk.sheet.name.clone());
        let origin = Origin {
            file,
            sheet,
            row: number,
        };
        (
            Fate::Used,
            Some(Record {
                kind,
                key,
                empty_fields: empty_fields(desk, &fields),
                fields,
                extra,
                empty_extra,
                origin,
            }),
        )
    }

    fn tell_filtered(&mut self, desk: Desk<'_>, row: u32) {
        let conditions = desk.bound.block.conditions.iter();
        let columns: Vec<&str> = conditions
            .map(|condition| condition.column.as_str())
            .collect();
        let columns = Detail::both(columns.join("、"), columns.join(", "));
        self.findings.note(
            Reason::FilteredRows,
            desk.sheet,
            row,
            &columns,
            "",
            &Detail::none(),
        );
    }

    fn read_fields(&mut self, desk: Desk<'_>, row: &Row<'_>) -> Fields {
        self.notes.clear();
        self.amounts.clear();
        let mut fields = Fields(Vec::with_capacity(desk.rules().len() + 1));
        for (number, bound) in desk.rules().iter().enumerate() {
            let notes = self.notes.at(number);
            let Some(read) = read_field(bound, row, desk.index, desk.today, notes) else {
                continue;
            };
            let field = bound.rule.spec.name;
            if let Value::Money(fen) = read.value {
                self.amounts.push(Amount {
                    field,
                    fen,
                    exact: read.exact,
                });
            }
            fields.0.push((field, read.value));
        }
        if desk.kind() == RecordKind::OrderLine && desk.rule_of("amount").is_none() {
            self.compute_line(desk, &mut fields);
        }
        fields
    }

    /// Gives an order line without an amount of its own the amount it comes to.
    fn compute_line(&mut self, desk: Desk<'_>, fields: &mut Fields) {
        if self.notes.refuse() {
            return;
        }
        let (price, quantity) = (fields.money("unit_price"), fields.get("quantity"));
        let (Some(price), Some(Value::Quantity(quantity))) = (price, quantity) else {
            let absent = if price.is_none() {
                "unit_price"
            } else {
                "quantity"
            };
            let rule = desk.rule_of(absent).unwrap_or_default();
            return self.notes.at(rule).add(Reason::RequiredEmpty, "", "");
        };
        let discount = match fields.get("discount") {
            Some(Value::Percent(discount)) => *discount,
            _ => Ppm(0),
        };
        let Some((fen, exact)) = order_line::amount(price, *quantity, discount) else {
            let rule = desk.rule_of("unit_price").unwrap_or_default();
            return self.notes.at(rule).add(Reason::OutOfRange, "", "");
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
        let named: Vec<_> = desk
            .bound
            .key
            .iter()
            .map(|at| code_form(row.text(*at)))
            .collect();
        let mut key = if named.is_empty() {
            joined(
                desk.kind()
                    .key_fields()
                    .iter()
                    .map(|name| fields.text(name)),
            )
        } else {
            joined(named.iter().map(|part| &**part))
        };
        if key.is_empty() {
            fields.text("name").clone_into(&mut key);
        }
        if key.is_empty() && !self.notes.refuse() {
            self.notes.at(0).add(Reason::RequiredEmpty, "", "");
        }
        if let Some(detail) = too_long(&key, LONGEST_KEY).filter(|_| !self.notes.refuse()) {
            self.notes.at(0).add(Reason::TextTooLong, &key, detail);
        }
        key
    }

    fn add_sums(&mut self, desk: Desk<'_>, key: &str, fields: &mut Fields) {
        for (number, bound) in desk.rules().iter().enumerate() {
            let Feed::Sum { kind, field } = bound.rule.feed else {
                continue;
            };
            let notes = self.notes.at(number);
            let sums = desk.sums.get(&(kind, desk.kind(), field));
            let Some(sum) = sums.and_then(|sums| sums.get(key)) else {
                let needed = bound.rule.required;
                let reason = if needed {
                    Reason::RequiredEmpty
                } else {
                    Reason::RollupEmpty
                };
                notes.add(reason, "", "");
                continue;
            };
            let Some(fen) = sum.fen() else {
                notes.add(Reason::OutOfRange, &sum.exact(), "");
                continue;
            };
            let (spec, value) = (bound.rule.spec, Value::Money(fen));
            if let Some((reason, detail)) = beyond(spec, &value, desk.today) {
                notes.add(reason, &fen.to_plain(), detail);
            }
            let field = spec.name;
            self.amounts.push(Amount {
                field,
                fen,
                exact: Some(sum.in_nano()),
            });
            fields.0.push((field, value));
        }
    }

    /// Refuses days that cannot follow one another, as the forms do. A contract that does not say
    /// when it was signed was signed when it began.
    fn check_order(&mut self, desk: Desk<'_>, fields: &Fields) {
        let (last, first, reason) = match desk.kind() {
            RecordKind::Invoice => ("due_on", fields.day("issued_on"), Reason::DueBeforeIssue),
            RecordKind::Contract => {
                let signed = fields.day("signed_on").or_else(|| fields.day("starts_on"));
                ("ends_on", signed, Reason::EndsBeforeSigned)
            }
            _ => return,
        };
        let (Some(day), Some(first)) = (fields.day(last), first) else {
            return;
        };
        if day < first {
            let rule = desk.rule_of(last).unwrap_or_default();
            self.notes.at(rule).add(reason, &day.to_string(), "");
        }
    }

    /// Refuses a margin above its contract's amount, as the form does. Of order lines, which no
    /// form takes, gifts and what came back are told and come in.
    fn check_amounts(&mut self, desk: Desk<'_>, fields: &Fields) {
        let Some(amount) = fields.money("amount") else {
            return;
        };
        match desk.kind() {
            // An amount that is refused itself says nothing of the margin.
            RecordKind::Contract if amount > Fen::ZERO => {
                let above = fields.money("margin").filter(|margin| *margin > amount);
                if let Some(margin) = above {
                    let rule = desk.rule_of("margin").unwrap_or_default();
                    let (value, most) = (margin.to_plain(), amount.to_plain());
                    let notes = self.notes.at(rule);
                    notes.add(Reason::MarginAboveAmount, &value, most);
                }
            }
            RecordKind::OrderLine if amount <= Fen::ZERO => {
                let rule = desk
                    .rule_of("amount")
                    .or_else(|| desk.rule_of("unit_price"));
                let notes = self.notes.at(rule.unwrap_or_default());
                notes.add(Reason::LineNotAboveZero, &amount.to_plain(), "");
            }
            _ => {}
        }
    }

    fn tell_notes(&mut self, desk: Desk<'_>, row: u32) {
        for note in &self.notes.list {
            let (column, value) = (desk.place(note.rule), note.value.as_str());
            self.findings
                .note(note.reason, desk.sheet, row, column, value, &note.detail);
        }
        for (rule, form) in &self.notes.date_forms {
            let counts = self.date_forms.entry((desk.number, *rule)).or_default();
            if let Some(at) = DateForm::ALL.iter().position(|(known, ..)| known == form) {
                counts[at] += 1;
            }
        }
    }

    /// Accounts for a row whose key is known already.
    fn pass_over(&mut self, desk: Desk<'_>, row: u32, key: &str, repeat: Repeat) -> Fate {
        let totals = self.totals.entry(desk.kind()).or_default();
        let (reason, detail) = match repeat {
            Repeat::Conflict(detail) => {
                totals.refused.add(&self.amounts);
                (Reason::DuplicateConflict, detail)
            }
            Repeat::Expected => {
                totals.merged.add(&self.amounts);
                return Fate::Used;
            }
            Repeat::Merged(reason, detail) => {
                totals.merged.add(&self.amounts);
                (reason, detail)
            }
        };
        self.findings
            .note(reason, desk.sheet, row, desk.place(0), key, &detail);
        if reason.refuses() {
            Fate::Refused
        } else {
            Fate::Used
        }
    }

    fn count(&mut self, desk: Desk<'_>, key: &str, fields: &Fields) {
        let kind = desk.kind();
        let owner = self.known.owner_of(kind, fields);
        self.totals
            .entry(kind)
            .or_default()
            .stage(&owner, &self.amounts);
        if desk.owners_wanted && !owner.is_empty() {
            self.known.remember_owner(kind, key, owner);
        }
    }

    fn remember_refs(&mut self, desk: Desk<'_>, row: u32, fields: &Fields) {
        for (name, value) in fields.iter() {
            if let Value::Ref { kind, key } = value {
                let rule = desk.rule_of(name);
                let column = rule.map_or(Place::from(name), |rule| desk.place(rule));
                self.known
                    .remember_ref((*kind, key), desk.sheet, column, row);
            }
        }
    }

    /// Tells of columns whose dates are written in several ways.
    pub(crate) fn tell_date_forms(&mut self, desk: Desk<'_>) {
        for number in 0..desk.rules().len() {
            let counts = self
                .date_forms
                .remove(&(desk.number, number))
                .unwrap_or_default();
            let used = |(_, count): &(_, u32)| *count > 0;
            let forms: Vec<_> = DateForm::ALL.iter().zip(counts).filter(used).collect();
            if forms.len() < 2 {
                continue;
            }
            let zh: Vec<_> = forms
                .iter()
                .map(|((_, name, _), n)| format!("{name} {n} 行"))
                .collect();
            let en: Vec<_> = forms
                .iter()
                .map(|((.., name), n)| format!("{name} ({n})"))
                .collect();
            let detail = Detail::both(zh.join("、"), en.join(", "));
            let place = desk.place(number);
            self.findings
                .of_file(Reason::MixedDates, desk.sheet, place, "", &detail);
        }
    }

    /// Tells of money that rounding moved, and of references the batch does not answer.
    pub(crate) fn finish(&mut self, everywhere: &Sheet) -> Vec<Unresolved> {
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
                let label = kind.field(field).map_or(*field, |spec| spec.label);
                let place = Detail::both(
                    format!("{}：{label}", kind.label()),
                    format!("{}.{field}", kind.name()),
                );
                let reason = Reason::RoundingDifference;
                self.findings
                    .of_file(reason, everywhere, &place, "", &detail);
            }
        }
        self.known.unresolved(&mut self.findings)
    }

    /// Adds the amounts of the record made last to the sums of the records it refers to.
    pub(crate) fn add_up(&self, record: &Record, sums: &mut SumsByKey) {
        for (_, value) in record.fields.iter() {
            let Value::Ref { kind, key } = value else {
                continue;
            };
            for amount in &self.amounts {
                let by_key = sums.entry((record.kind, *kind, amount.field)).or_default();
                by_key
                    .entry(key.clone())
                    .or_default()
                    .add(amount.fen, amount.exact);
            }
        }
    }
}

/// A column that no field takes, and its cell.
type Kept = (Arc<str>, String);

/// The cells of columns that no field takes, and those of these columns whose cell is empty.
fn extra_cells(desk: Desk<'_>, row: &Row<'_>) -> (Vec<Kept>, Vec<Arc<str>>) {
    let (mut extra, mut empty) = (Vec::new(), Vec::new());
    for (column, name) in &desk.bound.extra {
        let text = row.text(*column);
        if text.is_empty() {
            empty.push(name.clone());
        } else {
            extra.push((name.clone(), text.to_owned()));
        }
    }
    (extra, empty)
}

/// Fields that a column feeds and that are empty all the same.
fn empty_fields(desk: Desk<'_>, fields: &Fields) -> Vec<&'static str> {
    let rules = desk.rules().iter().map(|bound| bound.rule);
    let fed = rules.filter(|rule| matches!(rule.feed, Feed::Columns(_)));
    let names = fed.map(|rule| rule.spec.name);
    names.filter(|name| fields.get(name).is_none()).collect()
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
