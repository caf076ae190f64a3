//! Records that came in before and whose file says something else now 变更.

use customer::CreditCode;
use intake::RecordKind;
use kernel::{CustomerId, EmployeeId};
use serde_json::{Map, Value as Json};
use spelling::Spelling;
use spine::{IntoValue, Value};

use super::create::{CUSTOMER_EXTRA, priced, stage};
use super::known::Identity;
use super::owner::may_be_given;
use super::{Action, Edit, NewOwner, Planner, name_in_books};
use crate::import::line::Line;
use crate::import::notes;

type Cells = Vec<(&'static str, Value)>;

fn cell(name: &'static str, value: impl IntoValue) -> (&'static str, Value) {
    (name, value.into_value())
}

impl Planner {
    /// Only that is changed in the books of which the file says another thing than was said of it
    /// last, by whichever file; of what it has no column for, it says nothing.
    pub(super) fn change(&mut self, file: &Line, identity: &Identity) -> (Action, String) {
        if identity.digest == file.digest {
            return self.give_at_last(file, identity);
        }
        let Some(before) = &identity.before else {
            return (
                Action::Matched,
                "上次导入的内容已不可查，本次不作改动".to_owned(),
            );
        };
        let line = &file.over(before);
        let mut notes = Vec::new();
        let anew = line.refers("owner") != before.refers("owner");
        let given = self.given(file, identity, anew).unwrap_or_else(|why| {
            notes.push(why);
            None
        });
        // An owner who stays is no change.
        let beside = if may_be_given(line.kind) { "owner" } else { "" };
        if given.is_none() && line.agrees_but_for(beside, before) {
            return (Action::Same, notes.join("；"));
        }
        let said = self.cells(before);
        let mut cells = self.cells(line);
        cells.retain(|cell| !said.contains(cell));
        if let Some(why) = self.other_citizen(line, identity) {
            cells.retain(|(name, _)| *name != "citizen_id");
            notes.push(why);
        }
        keep_amount(line, before, &mut cells, &mut notes);
        if writes_over_a_number(line, before) {
            notes.push(notes::OTHER_NUMBER.zh().to_owned());
        }
        if let Some(to) = given {
            cells.extend(self.give(line, identity, to));
        }
        let kept = kept(line, before);
        if !kept.is_empty() {
            let kept = kept.join("、");
            notes.push(notes::FIXED.of(&[&kept]));
        }
        let extra = extra_anew(line, before);
        self.edit(line, identity, cells, extra);
        (Action::Updated, notes.join("；"))
    }

    /// The file says what it said before; whoever it named need not have been known then.
    fn give_at_last(&mut self, line: &Line, identity: &Identity) -> (Action, String) {
        let Ok(Some(to)) = self.given(line, identity, false) else {
            return (Action::Same, String::new());
        };
        let cells = self.give(line, identity, to);
        self.edit(line, identity, cells.into_iter().collect(), Map::new());
        (Action::Updated, String::new())
    }

    fn edit(&mut self, line: &Line, identity: &Identity, cells: Cells, extra: Map<String, Json>) {
        if !cells.is_empty() || !extra.is_empty() {
            self.plan.edits.push(Edit {
                n: line.n,
                kind: line.kind,
                record: identity.record.clone(),
                cells,
                extra,
            });
        }
    }

    /// Gives the record this owner: a customer by its history, a paper by the cell.
    fn give(
        &mut self,
        line: &Line,
        identity: &Identity,
        to: EmployeeId,
    ) -> Option<(&'static str, Value)> {
        self.sells(to);
        if line.kind != RecordKind::Customer {
            self.paper_owners.insert(identity.record.clone(), to);
            return Some(cell("owner_id", to));
        }
        if let Ok(customer) = identity.record.parse::<CustomerId>() {
            let n = line.n;
            self.plan.owners.push(NewOwner { n, customer, to });
            self.owners.insert(customer, Some(to));
        }
        None
    }

    /// Why the citizen id of the file is not taken over.
    fn other_citizen(&self, line: &Line, identity: &Identity) -> Option<String> {
        let person = (line.kind == RecordKind::Employee).then_some(identity)?;
        let why = self.citizen_taken(line, person.record.parse().ok()?)?;
        Some(format!("{why}；{}", notes::CITIZEN_STAYS.zh()))
    }

    fn cells(&self, line: &Line) -> Cells {
        match line.kind {
            RecordKind::Department => vec![cell("name", name_in_books(line))],
            RecordKind::Employee => employee(line),
            RecordKind::Product => vec![
                cell("name", name_in_books(line)),
                cell("price", line.money("price")),
            ],
            RecordKind::Customer => customer(line),
            RecordKind::Contact => vec![
                cell("title", line.text("title")),
                cell("phone", line.opt("phone")),
                cell("email", line.opt("email")),
            ],
            RecordKind::Opportunity => vec![
                cell("product", self.product_of(line)),
                cell("stage", stage(line.text("stage"))),
                cell("amount", line.money("amount")),
                cell("opened_on", line.day("opened_on")),
                cell("closed_on", line.day("closed_on")),
            ],
            RecordKind::Contract => vec![
                cell(
                    "title",
                    line.opt("name")
                        .unwrap_or_else(|| line.text("number").to_owned()),
                ),
                cell("amount", line.money("amount").unwrap_or_default()),
                cell("ends_on", line.day("ends_on")),
                cell("product", line.text("product")),
                cell("margin", line.money("margin")),
            ],
            RecordKind::Order => vec![
                cell("shipped_on", line.day("shipped_on")),
                cell(
                    "state",
                    if line.day("shipped_on").is_some() {
                        "closed"
                    } else {
                        "open"
                    },
                ),
                cell("amount", line.money("amount").unwrap_or_default()),
            ],
            RecordKind::OrderLine => {
                let new = priced(line, String::new());
                vec![
                    cell("quantity_ppm", new.quantity_ppm),
                    cell("unit_price_fine", new.unit_price_fine),
                    cell("discount_ppm", new.discount_ppm),
                    cell("amount", new.amount),
                ]
            }
            RecordKind::Invoice => {
                let due_on = line.day("due_on").or_else(|| line.day("issued_on"));
                vec![
                    cell("due_on", due_on),
                    cell("disputed", line.yes("disputed")),
                ]
            }
            RecordKind::Receipt => Vec::new(),
        }
    }
}

fn employee(line: &Line) -> Cells {
    let name = name_in_books(line);
    let spelling = Spelling::of_person(&name);
    vec![
        cell("name", name),
        cell("pinyin", spelling.search_text()),
        cell("initials", spelling.initials.join(" ")),
        cell("phone", line.opt("phone")),
        cell("email", line.opt("email")),
        cell("citizen_id", line.opt("citizen_id")),
    ]
}

fn customer(line: &Line) -> Cells {
    let code = line
        .opt("credit_code")
        .and_then(|code| CreditCode::parse(&code).ok());
    vec![
        cell("name", name_in_books(line)),
        cell("credit_code", code.map(|code| code.as_str().to_owned())),
        cell("industry", line.text("industry")),
        cell("region", line.text("region")),
        cell("tier", line.text("tier")),
        cell("address", line.text("address")),
    ]
}

/// The amount of a contract or an order stays where the file says nothing of it, and so does a
/// margin that would be above it.
fn keep_amount(line: &Line, before: &Line, cells: &mut Cells, notes: &mut Vec<String>) {
    if !matches!(line.kind, RecordKind::Contract | RecordKind::Order) {
        return;
    }
    let (told, known) = (line.money("amount"), before.money("amount"));
    if told.is_none() && known.is_some() {
        cells.retain(|(name, _)| *name != "amount");
        notes.push(notes::NO_AMOUNT.zh().to_owned());
    }
    let (Some(margin), Some(amount)) = (line.money("margin"), told.or(known)) else {
        return;
    };
    if margin > amount {
        cells.retain(|(name, _)| !matches!(*name, "amount" | "margin"));
        let (margin, amount) = (margin.to_plain(), amount.to_plain());
        notes.push(notes::MARGIN_ABOVE.of(&[&margin, &amount]));
    }
}

/// Whether how a contact is reached is replaced: perhaps by that of another person of his name.
fn writes_over_a_number(line: &Line, before: &Line) -> bool {
    let other = |field| before.opt(field).is_some() && line.opt(field) != before.opt(field);
    line.kind == RecordKind::Contact && (other("phone") || other("email"))
}

/// Fields that the tables have no column for and that stand among the kept columns; nothing of
/// kinds that keep none.
pub(super) fn beside(kind: RecordKind) -> Option<&'static [&'static str]> {
    match kind {
        RecordKind::Department | RecordKind::OrderLine => None,
        RecordKind::Customer => Some(CUSTOMER_EXTRA),
        RecordKind::Contract => Some(&["starts_on"]),
        _ => Some(&[]),
    }
}

/// The kept columns in which the two files differ; null where the cell is empty now.
fn extra_anew(line: &Line, before: &Line) -> Map<String, Json> {
    let Some(fields) = beside(line.kind) else {
        return Map::new();
    };
    let (mut anew, said) = (line.beside(fields), before.beside(fields));
    for (name, value) in said {
        match anew.get(&name) {
            None => {
                anew.insert(name, Json::Null);
            }
            Some(now) if *now == value => {
                anew.remove(&name);
            }
            Some(_) => {}
        }
    }
    anew
}

/// What an import never changes once it is in the books: money that was billed or received, days
/// and papers that commission and responsibility were told by, and a person's place, which has a
/// dated history of its own.
fn fixed(kind: RecordKind) -> &'static [&'static str] {
    match kind {
        RecordKind::Employee => &["department", "post", "line_manager", "hired_on"],
        RecordKind::Invoice => &[
            "amount",
            "issued_on",
            "order",
            "contract",
            "customer",
            "owner",
        ],
        RecordKind::Receipt => &["amount", "received_on", "invoice", "customer"],
        RecordKind::Opportunity => &["customer"],
        RecordKind::Contract => &["customer", "signed_on"],
        RecordKind::Order => &["customer", "contract", "ordered_on"],
        RecordKind::OrderLine => &["order", "product"],
        RecordKind::Department => &["parent"],
        RecordKind::Customer => &["owned_since"],
        RecordKind::Product | RecordKind::Contact => &[],
    }
}

/// The labels of those fields in which the two files differ.
fn kept(line: &Line, before: &Line) -> Vec<&'static str> {
    let fixed = fixed(line.kind);
    let fields = line.kind.fields().iter();
    fields
        .filter(|field| fixed.contains(&field.name))
        .filter(|field| line.body[0][field.name] != before.body[0][field.name])
        .map(|field| field.label)
        .collect()
}
