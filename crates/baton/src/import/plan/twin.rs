//! Records that stand in the books already under their number 同号.
//!
//! Papers are told by more than their number: who enters a receipt by hand and imports the bank's
//! file afterwards must not count the money twice, and another company's receipt of the same number
//! is not the same receipt. A 工号 names one person: under another name it is his former one, a
//! mistake, or a number of another company, and the file does not tell which.

use customer::{CreditCode, Phone};
use intake::RecordKind;
use kernel::{CustomerId, Day};

use super::changed::beside;
use super::known::{Paper, Standing, Unlike};
use super::{Action, Edit, Outside, Planner, name_in_books};
use crate::import::line::Line;
use crate::import::notes;

/// Whether records of this kind are told by number, customer, amount and day.
pub(crate) fn is_paper(kind: RecordKind) -> bool {
    use RecordKind::{Contract, Invoice, Receipt};
    matches!(kind, Contract | Invoice | Receipt)
}

/// The text under which a twin of the line would be known in the books; none for kinds that have
/// no twins.
pub(crate) fn twin_number(line: &Line) -> Option<&str> {
    match line.kind {
        RecordKind::Department => Some(line.text("name")),
        RecordKind::Customer | RecordKind::Employee | RecordKind::Product => {
            Some(line.text("number"))
        }
        _ => None,
    }
}

impl Planner {
    /// Why the person cannot come in under this 工号; nothing where nobody of another name has it.
    pub(super) fn somebody_else(&self, line: &Line) -> Option<String> {
        let there = self.known.others.get(&line.n)?;
        let (number, here) = (line.text("number"), name_in_books(line));
        let who = notes::SOMEBODY_ELSE.of(&[number, there, &here]);
        let (same, other) = (notes::IF_THE_SAME.zh(), notes::IF_ANOTHER.zh());
        let (prefix, undo) = (notes::PREFIX_PEOPLE.zh(), notes::UNDO_FIRST.zh());
        Some(format!("{who}。{same}；{other}；{prefix}。{undo}"))
    }

    /// What of the line the books say otherwise, as people call it; nothing of one that they do not
    /// have under its number.
    pub(super) fn not_taken(&self, line: &Line) -> Vec<&'static str> {
        let unlike = self.known.unlike.get(&line.n).into_iter().flatten();
        let unlike = unlike.filter(|(field, there)| {
            let refers = &line.body[0][*field];
            let kind = refers["kind"].as_str().and_then(RecordKind::named);
            let named = kind.zip(refers["key"].as_str());
            named.is_none_or(|(kind, key)| self.known.resolve(kind, key) != there.as_deref())
        });
        let fields = unlike.filter_map(|(field, _)| line.kind.field(field));
        fields.map(|field| field.label).collect()
    }

    /// What the file says beside the fields is kept with a record that the books have already, as
    /// its report promises.
    pub(super) fn keep_beside(&mut self, line: &Line) {
        let extra = beside(line.kind).map(|fields| line.beside(fields));
        let extra = extra.filter(|extra| !extra.is_empty());
        let record = self.known.ids.get(line.kind, &line.key);
        if let (Some(extra), Some(record)) = (extra, record) {
            self.plan.edits.push(Edit {
                n: line.n,
                kind: line.kind,
                record: record.to_string(),
                cells: Vec::new(),
                extra,
            });
        }
    }

    /// A paper whose number the books have: it is that one, or it is none that can come in.
    pub(super) fn met_again(
        &mut self,
        line: &Line,
        paper: &Paper,
    ) -> Result<(Action, Vec<String>), Outside> {
        let mut notes = Vec::new();
        let customer: CustomerId = self.customer_of(line, &mut notes)?;
        let (money, on) = (line.money("amount"), day(line));
        let mut other = Vec::new();
        if customer != paper.customer {
            other.push(notes::OTHER_CUSTOMER.zh().to_owned());
        }
        if let Some(money) = money.filter(|money| *money != paper.amount) {
            let (here, there) = (money.to_plain(), paper.amount.to_plain());
            other.push(notes::OTHER_AMOUNT.of(&[&here, &there]));
        }
        if let Some(on) = on.filter(|on| *on != paper.on) {
            let (here, there) = (on.to_string(), paper.on.to_string());
            other.push(notes::OTHER_DAY.of(&[&here, &there]));
        }
        if other.is_empty() {
            self.keep_beside(line);
            notes.push("编号、客户、金额和日期与系统中已有的记录相同".to_owned());
            return Ok((Action::Matched, notes));
        }
        let (kind, number, other) = (line.kind.label(), line.text("number"), other.join("，"));
        let there = notes::PAPER_THERE.of(&[number, kind, &other]);
        let (check, another) = (notes::CHECK_NUMBER.zh(), notes::ANOTHER_PAPER.zh());
        Err(Outside(format!("{there}。{check}；{another}")))
    }
}

/// Said of a record that the books have: what else the file tells of it is not taken.
pub(super) fn like_the_books(kind: RecordKind, not_taken: &[&str]) -> String {
    let like = match kind {
        RecordKind::Contact => notes::CONTACT_THERE.zh(),
        _ => notes::LIKE_THE_BOOKS.zh(),
    };
    if not_taken.is_empty() {
        return like.to_owned();
    }
    let left = notes::NOT_TAKEN.of(&[&not_taken.join("、")]);
    format!("{like}；{left}")
}

/// In what a line says something else than the books of the record that it met; a reference of
/// the line always, for it is not known yet whom it means.
pub(crate) fn unlike(line: &Line, there: &Standing) -> Vec<Unlike> {
    let kept = beside(line.kind).unwrap_or_default();
    let fields = line.kind.fields().iter().map(|field| field.name);
    let fields = fields.filter(|name| {
        let met = matches!(*name, "number" | "name") || kept.contains(name);
        !met && !line.body[0][*name].is_null()
    });
    let differs = |name: &'static str| {
        let stands = there.get(name);
        if line.refers(name).is_some() {
            return Some((name, stands.cloned()));
        }
        let here = match name {
            "price" => line.money(name).map(|price| price.0.to_string()),
            _ => line.opt(name).map(|text| form(name, &text)),
        };
        let stands = stands.map(|text| form(name, text));
        (here != stands).then_some((name, None))
    };
    fields.filter_map(differs).collect()
}

/// What a field says, in the form in which two compare.
fn form(field: &str, text: &str) -> String {
    let text = text.trim();
    match field {
        "phone" => Phone::parse(text).map_or_else(|_| text.to_owned(), |phone| phone.number),
        "credit_code" => CreditCode::parse(text)
            .map_or_else(|_| text.to_owned(), |code| code.as_str().to_owned()),
        "email" => text.to_lowercase(),
        "citizen_id" => text.to_uppercase(),
        _ => text.to_owned(),
    }
}

/// A contact by what tells it from another one of its customer.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    name: String,
    title: Option<String>,
    phone: Option<String>,
    email: Option<String>,
}

impl Face {
    pub(crate) fn of(name: &str, [title, phone, email]: [Option<String>; 3]) -> Face {
        let said = |field: &str, text: Option<String>| {
            let text = text.map(|text| form(field, &text));
            text.filter(|text| !text.is_empty())
        };
        Face {
            name: spelling::narrow(&spelling::canonical_name(name)),
            title: said("title", title),
            phone: said("phone", phone),
            email: said("email", email),
        }
    }

    /// Whether both are one person: of the same name and telephone number, or where either has no
    /// number the same e-mail address. Of whom only the name is told is the one of whom no more is.
    pub(crate) fn is(&self, other: &Face) -> bool {
        let reached = match (&self.phone, &other.phone) {
            (Some(here), Some(there)) => here == there,
            (here, there) => {
                let nothing = here.is_none() && there.is_none();
                self.email == other.email && (nothing || self.email.is_some())
            }
        };
        self.name == other.name && reached
    }

    /// What the file tells of it and the books tell otherwise.
    pub(crate) fn unlike(&self, there: &Face) -> Vec<Unlike> {
        let fields = [
            ("title", &self.title, &there.title),
            ("phone", &self.phone, &there.phone),
            ("email", &self.email, &there.email),
        ];
        let differ = fields.into_iter();
        let differ = differ.filter(|(_, here, there)| here.is_some() && here != there);
        differ.map(|(name, _, _)| (name, None)).collect()
    }
}

/// The day a paper is of; none where the file does not say.
fn day(line: &Line) -> Option<Day> {
    match line.kind {
        RecordKind::Invoice => line.day("issued_on"),
        RecordKind::Receipt => line.day("received_on"),
        _ => line.day("signed_on").or_else(|| line.day("starts_on")),
    }
}
