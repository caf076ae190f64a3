//! Whose the files say that a record is 文件所写的负责人.
//!
//! A report sets what was read beside what is in the books, owner by owner. Who owns it today may
//! be somebody else, by a handover or because the books knew better; so each record bears the owner
//! whom its file names, or that of what it belongs to, as the reading of the files counted them.

use std::collections::{BTreeSet, HashMap};

use intake::RecordKind;
use kernel::EmployeeId;
use serde_json::{Value as Json, json};

use super::Planner;
use super::known::{ByKey, Named};
use crate::import::line::Line;

/// Said of a record whose files name nobody, or nobody whom anybody finds.
const NOBODY: i64 = 0;

/// The owners whom a batch names.
#[derive(Debug, Default)]
pub(super) struct Whose {
    /// By the key under which the report counts them, with whom they are.
    owners: Vec<(String, Option<EmployeeId>)>,
    /// Their places in the list, from 1.
    places: HashMap<String, i64>,
    /// Kinds by which other records of the batch have an owner.
    leading: BTreeSet<RecordKind>,
    /// Whose the records of these kinds are.
    of: ByKey<i64>,
}

impl Whose {
    /// For a batch in whose report these kinds occur.
    pub(super) fn of(totals: &Json) -> Whose {
        let occurs = |kind: &RecordKind| totals.get(kind.name()).is_some();
        let leads = |kind: &RecordKind| {
            let mut others = RecordKind::ALL.into_iter().filter(occurs);
            others.any(|other| other.follows(*kind))
        };
        let leading = RecordKind::ALL.into_iter().filter(occurs).filter(leads);
        Whose {
            leading: leading.collect(),
            ..Whose::default()
        }
    }

    /// As the report of the batch keeps them.
    pub(super) fn for_report(&self) -> Json {
        json!(self.owners)
    }

    fn place(&mut self, key: &str, who: Option<EmployeeId>) -> i64 {
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        self.owners.push((key.to_owned(), who));
        let place = i64::try_from(self.owners.len()).unwrap_or(i64::MAX);
        self.places.insert(key.to_owned(), place);
        place
    }
}

impl Planner {
    /// The place of the record's owner in that list.
    pub(super) fn whose(&mut self, line: &Line) -> i64 {
        let place = match line.refers("owner") {
            Some(key) => Some(self.owner_place(key)),
            None => {
                // The fields are called as the kinds they refer to.
                let mut fields = line.kind.owner_by_way_of().iter();
                fields.find_map(|field| {
                    let (target, key) = (RecordKind::named(field)?, line.refers(field)?);
                    self.whose.of.get(target, key).copied()
                })
            }
        };
        if let Some(place) = place.filter(|_| self.whose.leading.contains(&line.kind)) {
            self.whose.of.insert(line.kind, &line.key, place);
        }
        place.unwrap_or(NOBODY)
    }

    fn owner_place(&mut self, key: &str) -> i64 {
        let who = self.resolve(RecordKind::Employee, key);
        let who: Option<EmployeeId> = who.and_then(|id| id.parse().ok());
        // Somebody of the batch who stays outside is named all the same.
        let inside = self.known.ids.get(RecordKind::Employee, key).is_some();
        if who.is_none() && !inside {
            return NOBODY;
        }
        // Whom a file calls by name the report counts by number.
        let goes_by = match self.known.by_name.get(RecordKind::Employee, key) {
            Some(Named::One { key, number, .. }) => key.as_deref().unwrap_or(number).to_owned(),
            Some(Named::Several(_)) | None => key.to_owned(),
        };
        self.whose.place(&goes_by, who)
    }
}
