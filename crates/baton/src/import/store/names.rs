//! Whom the files call by a name alone 按姓名、名称查找.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use customer::NameKey;
use intake::RecordKind;
use spine::{Fault, Reader};

use super::known::{AT_ONCE, unpacked};
use crate::customer::store as customers;
use crate::import::pack::Pack;
use crate::import::plan::{Known, Named};
use crate::people::store as people;

/// Whether records of this kind may be called by their name.
pub(super) fn are_known(kind: RecordKind) -> bool {
    matches!(kind, RecordKind::Employee | RecordKind::Customer)
}

/// A name in the form in which two compare: a firm's without its signs and spaces, but with its
/// region and legal form, for another one makes another firm.
fn form(kind: RecordKind, name: &str) -> String {
    match kind {
        RecordKind::Employee => spelling::narrow(&spelling::canonical_name(name)),
        _ => spelling::fold(name),
    }
}

/// Everybody of one name by id, with number and key in the batch.
type Bearers = BTreeMap<String, (String, Option<Box<str>>)>;

/// The names asked for, by kind and form.
struct Asked(HashMap<(RecordKind, String), Bearers>);

/// References that no number names.
type Lost = BTreeSet<(RecordKind, String)>;

/// Looks for the people and customers whom the files call by name, in the books and in the batch.
pub(super) async fn look_up(
    books: &mut Reader<'_>,
    packs: &[Pack],
    lost: &Lost,
    known: &mut Known,
    wanted: &mut BTreeSet<String>,
) -> Result<(), Fault> {
    let mut asked = Asked(HashMap::new());
    for (kind, name) in lost {
        let form = form(*kind, name);
        if !form.is_empty() {
            asked.0.entry((*kind, form)).or_default();
        }
    }
    if asked.0.is_empty() {
        return Ok(());
    }
    asked.people(books, lost).await?;
    asked.customers(books, lost).await?;
    asked.batch(packs, known).await?;
    for (kind, name) in lost {
        let Some(bearers) = asked.0.get(&(*kind, form(*kind, name))) else {
            continue;
        };
        let named = match (bearers.len(), bearers.first_key_value()) {
            (_, None) => continue,
            (1, Some((id, (number, key)))) => {
                wanted.insert(id.clone());
                Named::One {
                    id: id.as_str().into(),
                    number: number.clone(),
                    key: key.clone(),
                }
            }
            (many, Some(_)) => Named::Several(many),
        };
        known.by_name.insert(*kind, name, named);
    }
    by_number(books, lost, known, wanted).await
}

/// Name and number of a person whose number stands behind his name, as the house writes people, or
/// is written in small letters: `林晓燕(E0079)`, `e0079`. The name may be empty.
fn numbered(text: &str) -> Option<(String, String)> {
    let text = spelling::narrow(text);
    let text = text.trim();
    let both = text.strip_suffix(')').and_then(|both| both.split_once('('));
    let (name, number) = both.unwrap_or(("", text));
    let number = number.trim();
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_one = !number.is_empty() && number.chars().all(letter);
    is_one.then(|| (form(RecordKind::Employee, name), number.to_owned()))
}

/// Whom the files call by a number that is not the whole cell, or in small letters; where a name
/// stands beside it, only who bears that name.
async fn by_number(
    books: &mut Reader<'_>,
    lost: &Lost,
    known: &mut Known,
    wanted: &mut BTreeSet<String>,
) -> Result<(), Fault> {
    let kind = RecordKind::Employee;
    let unmet = of_kind(lost, kind).filter(|text| known.by_name.get(kind, text).is_none());
    let told: Vec<(&str, (String, String))> = unmet
        .filter_map(|text| Some((text, numbered(text)?)))
        .collect();
    let numbers = told.iter().flat_map(|(_, (_, number))| {
        [number.clone(), number.to_uppercase(), number.to_lowercase()]
    });
    let numbers: BTreeSet<String> = numbers.collect();
    let numbers: Vec<String> = numbers.into_iter().collect();
    let found = people::of_numbers(books, &numbers).await?;
    for (text, (name, number)) in told {
        let mut meant = found.iter().filter(|(_, theirs, called)| {
            theirs.eq_ignore_ascii_case(&number) && (name.is_empty() || name == form(kind, called))
        });
        if let (Some((id, number, _)), None) = (meant.next(), meant.next()) {
            wanted.insert(id.to_string());
            let named = Named::One {
                id: id.to_string().into(),
                number: number.clone(),
                key: None,
            };
            known.by_name.insert(kind, text, named);
        }
    }
    Ok(())
}

/// The names of one kind.
fn of_kind(lost: &Lost, kind: RecordKind) -> impl Iterator<Item = &str> {
    let own = lost.iter().filter(move |(of, _)| *of == kind);
    own.map(|(_, name)| name.as_str())
}

impl Asked {
    fn met(
        &mut self,
        (kind, name): (RecordKind, &str),
        (id, number): (String, String),
        key: Option<&str>,
    ) {
        if let Some(bearers) = self.0.get_mut(&(kind, form(kind, name))) {
            let (_, in_batch) = bearers.entry(id).or_insert((number, None));
            if let Some(key) = key {
                *in_batch = Some(key.into());
            }
        }
    }

    /// Also those who left: the file may mean one of them.
    async fn people(&mut self, books: &mut Reader<'_>, lost: &Lost) -> Result<(), Fault> {
        let kind = RecordKind::Employee;
        let names: Vec<String> = of_kind(lost, kind).map(|name| form(kind, name)).collect();
        for (id, number, name) in people::of_names(books, &names).await? {
            self.met((kind, &name), (id.to_string(), number), None);
        }
        Ok(())
    }

    async fn customers(&mut self, books: &mut Reader<'_>, lost: &Lost) -> Result<(), Fault> {
        let kind = RecordKind::Customer;
        let cores = of_kind(lost, kind).map(|name| NameKey::of(name).core);
        let cores: BTreeSet<String> = cores.filter(|core| !core.is_empty()).collect();
        let cores: Vec<String> = cores.into_iter().collect();
        for (id, number, name) in customers::of_cores(books, &cores).await? {
            self.met((kind, &name), (id.to_string(), number), None);
        }
        Ok(())
    }

    async fn batch(&mut self, packs: &[Pack], known: &Known) -> Result<(), Fault> {
        for some in packs.chunks(AT_ONCE) {
            let lines = unpacked(some).await?;
            for line in lines.iter().filter(|line| are_known(line.kind)) {
                let Some(id) = known.ids.get(line.kind, &line.key) else {
                    continue;
                };
                let number = line.text("number").to_owned();
                let name = (line.kind, line.text("name"));
                self.met(name, (id.to_string(), number), Some(&line.key));
            }
            // Kinds stand in the order in which they are referred to.
            if lines
                .last()
                .is_some_and(|line| line.kind > RecordKind::Customer)
            {
                break;
            }
        }
        Ok(())
    }
}
