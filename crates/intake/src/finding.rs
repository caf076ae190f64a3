//! What the report says about a row, a column or a file 导入问题.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::kind::RecordKind;
use crate::reason::{Gather, Reason, Severity};
use crate::text::shortened;

/// One thing found, with its place, its reason and what would help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// Stable machine name of the reason.
    pub code: &'static str,
    /// The file's name.
    #[serde(serialize_with = "plain")]
    pub file: Arc<str>,
    /// The worksheet's name; empty for CSV.
    #[serde(serialize_with = "plain")]
    pub sheet: Arc<str>,
    /// The rows it stands in, as a spreadsheet counts them; empty when it concerns the whole file.
    pub rows: Vec<u32>,
    /// The column's header, or the field where no column gives it, in Chinese; empty when the
    /// whole row is meant.
    pub column: String,
    /// The same with the field in English.
    pub column_en: String,
    /// The cell as it stands in the file, cut to 80 characters.
    pub value: String,
    /// The reason in Chinese.
    pub reason_zh: String,
    /// The reason in English.
    pub reason_en: String,
    /// What would help, in Chinese.
    pub remedy_zh: &'static str,
    /// What would help, in English.
    pub remedy_en: &'static str,
    /// Kind and key of the record that the cell names and the batch does not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers: Option<(RecordKind, String)>,
}

fn plain<S: Serializer>(text: &Arc<str>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text)
}

impl Finding {
    /// The first row it stands in.
    #[must_use]
    pub fn row(&self) -> Option<u32> {
        self.rows.first().copied()
    }

    /// A finding about a whole file or column.
    pub(crate) fn of_file<'p>(
        reason: Reason,
        sheet: &Sheet,
        place: impl Into<Place<'p>>,
        value: &str,
        detail: &Detail,
    ) -> Finding {
        finding(reason, sheet, Vec::new(), place.into(), value, detail)
    }
}

/// A place within a row, in both languages: a column's header is the same in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place<'p> {
    pub(crate) zh: &'p str,
    pub(crate) en: &'p str,
}

impl<'p> From<&'p str> for Place<'p> {
    fn from(column: &'p str) -> Place<'p> {
        Place {
            zh: column,
            en: column,
        }
    }
}

impl<'p> From<&'p Detail> for Place<'p> {
    fn from(words: &'p Detail) -> Place<'p> {
        Place {
            zh: &words.zh,
            en: &words.en,
        }
    }
}

/// A file and a sheet, as findings name them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Sheet {
    pub(crate) file: Arc<str>,
    pub(crate) name: Arc<str>,
}

/// What fills the gap in a reason's sentence, in both languages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Detail {
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl<T: Into<String>> From<T> for Detail {
    fn from(text: T) -> Detail {
        let zh = text.into();
        Detail { en: zh.clone(), zh }
    }
}

impl Detail {
    pub(crate) fn none() -> Detail {
        Detail::default()
    }

    pub(crate) fn both(zh: impl Into<String>, en: impl Into<String>) -> Detail {
        Detail {
            zh: zh.into(),
            en: en.into(),
        }
    }
}

/// After so many findings of one reason in one column the rest share one finding: a wrong mapping
/// over a million rows must not fill the memory, yet every row stays listed.
const SINGLY: usize = 1_000;

const SHOWN_CHARACTERS: usize = 80;

type Group = (Reason, Arc<str>, Arc<str>, String, String);

/// Collects findings, gathering those that say the same.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    groups: HashMap<Group, usize>,
    /// Row and value of those that stand alone: several records may be made of one cell.
    singly: HashMap<Group, HashSet<(u32, String)>>,
}

impl Findings {
    /// Notes something about one row.
    pub(crate) fn note<'p>(
        &mut self,
        reason: Reason,
        sheet: &Sheet,
        row: u32,
        place: impl Into<Place<'p>>,
        value: &str,
        detail: &Detail,
    ) {
        let place = place.into();
        let key = |value: &str| {
            (
                reason,
                sheet.file.clone(),
                sheet.name.clone(),
                place.zh.to_owned(),
                value.to_owned(),
            )
        };
        let group = match reason.words().gather {
            Gather::Value => key(value),
            Gather::Column => key(""),
            Gather::Never => {
                let told = self.singly.entry(key("")).or_default();
                let cell = (row, shortened(value, SHOWN_CHARACTERS));
                if told.contains(&cell) {
                    return;
                }
                if told.len() < SINGLY {
                    told.insert(cell);
                    self.list
                        .push(finding(reason, sheet, vec![row], place, value, detail));
                    return;
                }
                key("")
            }
        };
        if let Some(at) = self.groups.get(&group) {
            self.list[*at].rows.push(row);
            return;
        }
        self.groups.insert(group, self.list.len());
        self.list
            .push(finding(reason, sheet, vec![row], place, value, detail));
    }

    /// Notes a reference of several rows that the batch does not answer.
    pub(crate) fn unresolved<'p>(
        &mut self,
        (kind, key): (RecordKind, &str),
        sheet: &Sheet,
        rows: Vec<u32>,
        place: impl Into<Place<'p>>,
    ) {
        let detail = Detail::both(kind.label(), kind.name());
        let reason = Reason::UnresolvedRef;
        self.list.push(Finding {
            refers: Some((kind, key.to_owned())),
            ..finding(reason, sheet, rows, place.into(), key, &detail)
        });
    }

    /// Notes something about a whole file or column.
    pub(crate) fn of_file<'p>(
        &mut self,
        reason: Reason,
        sheet: &Sheet,
        place: impl Into<Place<'p>>,
        value: &str,
        detail: &Detail,
    ) {
        self.list
            .push(Finding::of_file(reason, sheet, place, value, detail));
    }

    /// Notes what was found elsewhere.
    pub(crate) fn add(&mut self, found: Finding) {
        self.list.push(found);
    }

    /// Everything noted, what was refused first, then in order of discovery.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        for finding in &mut self.list {
            finding.rows.sort_unstable();
            finding.rows.dedup();
        }
        self.list.sort_by_key(|finding| finding.severity);
        self.list
    }
}

fn finding(
    reason: Reason,
    sheet: &Sheet,
    rows: Vec<u32>,
    place: Place<'_>,
    value: &str,
    detail: &Detail,
) -> Finding {
    let words = reason.words();
    Finding {
        severity: words.severity,
        code: words.code,
        file: sheet.file.clone(),
        sheet: sheet.name.clone(),
        rows,
        column: place.zh.to_owned(),
        column_en: place.en.to_owned(),
        value: shortened(value, SHOWN_CHARACTERS),
        reason_zh: words.zh.replacen("{}", &detail.zh, 1),
        reason_en: words.en.replacen("{}", &detail.en, 1),
        remedy_zh: words.remedy_zh,
        remedy_en: words.remedy_en,
        refers: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        Sheet {
            file: "客户.csv".into(),
            name: "".into(),
        }
    }

    #[test]
    fn the_same_change_is_one_finding_with_all_its_rows() {
        let mut findings = Findings::default();
        for row in [2, 5, 9] {
            let to = Detail::from("GTX Pro");
            findings.note(Reason::Replaced, &sheet(), row, "product", "GTXPro", &to);
        }
        let list = findings.finish();
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].rows, [2, 5, 9]);
        assert_eq!(list[0].reason_zh, "按映射改写为「GTX Pro」");
    }

    /// A customer, its contact and its contract may all be made of one column.
    #[test]
    fn what_is_said_of_one_cell_again_is_said_once() {
        let mut findings = Findings::default();
        let (reason, none) = (Reason::RequiredEmpty, Detail::none());
        for row in [5, 5, 6, 5] {
            findings.note(reason, &sheet(), row, "客户编号", "", &none);
        }
        let rows: Vec<_> = findings.finish().into_iter().map(|f| f.rows).collect();
        assert_eq!(rows, [[5], [6]]);
    }

    #[test]
    fn a_million_bad_rows_stay_listed_and_small() {
        let mut findings = Findings::default();
        for row in 2..5_002 {
            findings.note(
                Reason::NotMoney,
                &sheet(),
                row,
                "金额",
                "无",
                &Detail::none(),
            );
        }
        let list = findings.finish();
        assert_eq!(list.len(), 1_001);
        assert_eq!(list.iter().map(|f| f.rows.len()).sum::<usize>(), 5_000);
    }
}
