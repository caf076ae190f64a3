//! What the tables must hold, according to the notes 重放.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::cell::{self, Cell, Salt};
use super::made::Place;
use super::notes::{GROUP, HEAD, ROW};
use super::plan::Verb;
use super::shape::{Shape, Table};

/// What is known of one row.
pub(crate) struct Expected {
    /// The entry that wrote it last.
    pub(crate) entry: u64,
    /// Whether an entry created it.
    pub(crate) born: bool,
    /// Its values, in the order of the table's columns.
    pub(crate) cells: Vec<Cell>,
}

/// The state of the books as the notes tell it; one share of it, so that memory stays bounded.
pub(crate) struct Replay<'a> {
    shape: &'a Shape,
    share: u64,
    shares: u64,
    rows: HashMap<Box<[u8]>, Box<[u8]>>,
    /// Tables and columns that notes speak of and that are not among those noted today, each with
    /// the last entry that wrote there.
    pub(crate) elsewhere: BTreeMap<Place, u64>,
}

/// The name of a row: its table and its key.
pub(crate) fn row_name(table: usize, key: &[&Cell]) -> Vec<u8> {
    let mut name = Vec::with_capacity(40);
    cell::push_number(&mut name, table as u64);
    for cell in key {
        cell.keep(&mut name);
    }
    name
}

impl<'a> Replay<'a> {
    pub(crate) fn new(shape: &'a Shape, share: u64, shares: u64) -> Replay<'a> {
        Replay {
            shape,
            share,
            shares,
            rows: HashMap::new(),
            elsewhere: BTreeMap::new(),
        }
    }

    /// Whether a row belongs to this share.
    pub(crate) fn mine(&self, name: &[u8]) -> bool {
        let mut hash = DefaultHasher::new();
        name.hash(&mut hash);
        hash.finish() % self.shares == self.share
    }

    /// Takes in one part of the notes of an entry; `None` when it cannot be read.
    pub(crate) fn take(&mut self, entry: u64, part: &[u8]) -> Option<()> {
        let mut input = part.strip_prefix(HEAD)?;
        let salt: Salt = cell::take(&mut input, 16)?.try_into().ok()?;
        let mut group = None;
        while !input.is_empty() {
            match cell::take(&mut input, 1)?[0] {
                GROUP => {
                    let elsewhere = &mut self.elsewhere;
                    group = Some(Group::read(&mut input, self.shape, |place| {
                        elsewhere.insert(place, entry);
                    })?);
                }
                ROW => {
                    let group = group.as_mut()?;
                    group.next(&mut input, &salt)?;
                    self.apply(entry, group);
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn apply(&mut self, entry: u64, group: &Group) {
        let Some(number) = group.table else { return };
        let table = &self.shape.tables[number];
        let at = |place: usize| group.places.iter().position(|known| *known == Some(place));
        let key: Option<Vec<&Cell>> = table
            .key
            .iter()
            .map(|place| at(*place).map(|n| &group.above[n]))
            .collect();
        let Some(key) = key else { return };
        let name = row_name(number, &key);
        if !self.mine(&name) {
            return;
        }
        if group.verb == Verb::Drop {
            self.rows.remove(name.as_slice());
            return;
        }
        let known = self.rows.get(name.as_slice()).map(|row| unpack(row));
        let mut row = match (group.verb, known) {
            (Verb::Set, Some(row)) => row,
            (Verb::Set, None) => blank(table, false),
            _ => blank(table, true),
        };
        row.entry = entry;
        for (place, cell) in group.places.iter().zip(&group.above) {
            if let Some(place) = place {
                row.cells[*place] = cell.clone();
            }
        }
        self.rows.insert(name.into_boxed_slice(), pack(&row));
    }

    /// Takes a row out: it was seen in its table.
    pub(crate) fn seen(&mut self, name: &[u8]) -> Option<Expected> {
        self.rows.remove(name).map(|row| unpack(&row))
    }

    /// The rows that were not seen: table, and what was known.
    pub(crate) fn unseen(self) -> impl Iterator<Item = (usize, Expected)> {
        self.rows.into_iter().filter_map(|(name, row)| {
            let table = usize::try_from(cell::take_number(&mut &name[..])?).ok()?;
            Some((table, unpack(&row)))
        })
    }
}

/// A row of which only so much is known that it was put there: what is not noted is empty, unless
/// the database may have filled it.
fn blank(table: &Table, born: bool) -> Expected {
    let cell = |column: &super::shape::Column| match born && !column.defaulted {
        true => Cell::Null,
        false => Cell::Unknown,
    };
    Expected {
        entry: 0,
        born,
        cells: table.columns.iter().map(cell).collect(),
    }
}

fn pack(row: &Expected) -> Box<[u8]> {
    let mut out = Vec::with_capacity(row.cells.len() * 12);
    cell::push_number(&mut out, row.entry);
    out.push(u8::from(row.born));
    for cell in &row.cells {
        cell.keep(&mut out);
    }
    out.into_boxed_slice()
}

fn unpack(mut row: &[u8]) -> Expected {
    let entry = cell::take_number(&mut row).unwrap_or_default();
    let born = cell::take(&mut row, 1).is_some_and(|byte| byte[0] == 1);
    let mut cells = Vec::new();
    while let Some(cell) = Cell::kept(&mut row) {
        cells.push(cell);
    }
    Expected { entry, born, cells }
}

struct Group {
    /// `None` for a table that is gone or no longer noted.
    table: Option<usize>,
    verb: Verb,
    /// Where each noted column stands in the table today.
    places: Vec<Option<usize>>,
    above: Vec<Cell>,
}

impl Group {
    fn read(input: &mut &[u8], shape: &Shape, mut elsewhere: impl FnMut(Place)) -> Option<Group> {
        let verb = match cell::take(input, 1)?[0] {
            b'+' => Verb::Put,
            b'=' => Verb::Set,
            b'-' => Verb::Drop,
            _ => return None,
        };
        let name = std::str::from_utf8(cell::take_bytes(input)?).ok()?;
        let table = shape.find(name);
        if table.is_none() {
            elsewhere((name.to_owned(), None));
        }
        let width = usize::try_from(cell::take_number(input)?).ok()?;
        let mut places = Vec::new();
        for _ in 0..width {
            let column = std::str::from_utf8(cell::take_bytes(input)?).ok()?;
            let place = table.and_then(|number| shape.tables[number].place(column));
            if table.is_some() && place.is_none() {
                elsewhere((name.to_owned(), Some(column.to_owned())));
            }
            places.push(place);
        }
        let above = vec![Cell::Null; places.len()];
        Some(Group {
            table,
            verb,
            places,
            above,
        })
    }

    fn next(&mut self, input: &mut &[u8], salt: &Salt) -> Option<()> {
        for above in &mut self.above {
            *above = Cell::noted(input, above, salt)?;
        }
        Some(())
    }
}
