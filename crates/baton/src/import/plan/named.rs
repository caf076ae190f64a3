//! People and customers that a file calls by their name 按姓名、名称对应.
//!
//! Many ledgers give the owner's name and no number. Where only one bears it he is meant, and the
//! row says so; where several do, nobody guesses.

use intake::RecordKind;
use serde_json::Value as Json;

use super::Planner;
use super::known::Named;
use crate::import::line::Line;
use crate::import::notes;

/// What the records of a kind are called by, and what to write instead where several have it.
fn words(kind: RecordKind) -> (&'static str, &'static str) {
    match kind {
        RecordKind::Employee => ("姓名", "请在文件中改填工号"),
        _ => ("名称", "请在文件中改填客户编号"),
    }
}

impl Planner {
    /// Whether this reference that the report waits for names something.
    pub(super) fn answers(&self, waiting: &Json) -> bool {
        let kind = waiting["kind"].as_str().and_then(RecordKind::named);
        let named = kind.zip(waiting["key"].as_str());
        named.is_some_and(|(kind, key)| self.resolve(kind, key).is_some())
    }

    /// Why a reference names nothing, and what helps where that is because several are meant.
    pub(super) fn lacking(
        &self,
        kind: RecordKind,
        what: &str,
        key: &str,
    ) -> (String, Option<&'static str>) {
        match self.known.by_name.get(kind, key) {
            Some(Named::Several(many)) => {
                let (who, (by, help)) = (kind.label(), words(kind));
                let why = notes::SEVERAL.of(&[&many.to_string(), who, by, key]);
                (why, Some(help))
            }
            _ => (notes::LACKING.of(&[what, key]), None),
        }
    }

    /// The same of the owner, in one sentence.
    pub(super) fn lacks_owner(&self, key: &str) -> String {
        let (why, help) = self.lacking(RecordKind::Employee, "负责人", key);
        match help {
            Some(help) => format!("{why}（{help}）"),
            None => why,
        }
    }

    /// The note, behind what the line's names were taken for.
    pub(super) fn with_names(&self, line: &Line, note: String) -> String {
        let fields = ["customer", "owner", "line_manager"].into_iter();
        let mut notes: Vec<String> = fields.filter_map(|name| self.meant(line, name)).collect();
        if !note.is_empty() {
            notes.push(note);
        }
        notes.join("；")
    }

    /// Whom a field means that gives a name and no number.
    fn meant(&self, line: &Line, field: &str) -> Option<String> {
        let key = line.refers(field)?;
        let kind = match field {
            "customer" => RecordKind::Customer,
            _ => RecordKind::Employee,
        };
        let Named::One { number, .. } = self.known.by_name.get(kind, key)? else {
            return None;
        };
        self.resolve(kind, key)?;
        // `林晓燕(E0079)` and `e0079` say the number themselves.
        let told = key.to_uppercase().contains(&number.to_uppercase());
        if told && kind == RecordKind::Employee {
            return None;
        }
        let (label, (by, _)) = (line.kind.field(field)?.label, words(kind));
        Some(notes::MEANT.of(&[label, by, key, number]))
    }
}
