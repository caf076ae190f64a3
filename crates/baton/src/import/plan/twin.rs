//! Records that stand in the books already under their number 同号.
//!
//! Papers are told by more than their number: who enters a receipt by hand and imports the bank's
//! file afterwards must not count the money twice, and another company's receipt of the same number
//! is not the same receipt. A 工号 names one person: under another name it is his former one, a
//! mistake, or a number of another company, and the file does not tell which.

use intake::RecordKind;
use kernel::{CustomerId, Day};

use super::changed::beside;
use super::known::Paper;
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
pub(super) fn like_the_books(line: &Line) -> String {
    let like = "编号和名称与系统中已有的记录相同";
    let kept = beside(line.kind).unwrap_or_default();
    let fields = line.kind.fields().iter().filter(|field| {
        let met = matches!(field.name, "number" | "name") || kept.contains(&field.name);
        !met && !line.body[0][field.name].is_null()
    });
    let left: Vec<&str> = fields.map(|field| field.label).collect();
    if left.is_empty() {
        return like.to_owned();
    }
    let left = left.join("、");
    format!("{like}；文件中的{left}未采用，以系统中的为准")
}

/// The day a paper is of; none where the file does not say.
fn day(line: &Line) -> Option<Day> {
    match line.kind {
        RecordKind::Invoice => line.day("issued_on"),
        RecordKind::Receipt => line.day("received_on"),
        _ => line.day("signed_on").or_else(|| line.day("starts_on")),
    }
}
