//! What an audit found is itself evidence 登记审计结论.

use ::evidence::verdict::Verdict;
use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::json;
use spine::{Act, Failure, Reader, Record, Writer};

use crate::permissions;

/// Why there was an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// The night of the day.
    Nightly,
    /// Somebody hands out evidence.
    Export,
}

/// Records what an audit of log and tables ended in. Only the system does.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RecordAudit {
    /// Why there was one.
    pub occasion: Occasion,
    /// `VALID`, `INVALID`, …
    pub verdict: String,
    /// Entries of the log.
    pub entries: u64,
    /// Rows of tables that were compared.
    pub rows: u64,
    /// Places in the log that are wrong.
    pub findings: u64,
    /// Rows that are not what acts wrote.
    pub differences: u64,
    /// The first places in words, table, key and field without values: Chinese, English.
    pub places: Vec<(String, String)>,
}

/// The verdict as people read it; one that is not known here by its code.
fn in_words(code: &str) -> (&str, &str) {
    let known = [
        Verdict::Valid,
        Verdict::ValidUnwitnessed,
        Verdict::ConsistentButUntrusted,
        Verdict::DerivedData,
        Verdict::Incomplete,
        Verdict::Invalid,
    ];
    let found = known.into_iter().find(|one| one.code() == code);
    found.map_or((code, code), |one| (one.chinese(), one.english()))
}

impl Act for RecordAudit {
    const NAME: &'static str = "evidence.record_audit";
    type Facts = ();
    type Outcome = ();

    async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn needs(&self, (): &()) -> Need {
        Need::on_everything(permissions::EVIDENCE_AUDIT)
    }

    fn decide(&self, (): &(), _: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, (): &(), (): &(), _: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn record(&self, (): &(), (): &()) -> Record {
        let RecordAudit {
            verdict,
            entries,
            rows,
            ..
        } = self;
        let wrong = self.findings + self.differences;
        let (when_zh, when_en, why) = match self.occasion {
            Occasion::Nightly => ("每夜", "Nightly audit", "nightly"),
            Occasion::Export => ("导出前", "Audit before an export", "export"),
        };
        let (said_zh, said_en) = in_words(verdict);
        let (mut zh, mut en) = (
            format!("{when_zh}状态审计：存证 {entries} 条、账册 {rows} 行，{said_zh}"),
            format!("{when_en}: {entries} entries and {rows} rows, {said_en}"),
        );
        if wrong > 0 {
            zh += &format!("，{wrong} 处不符");
            en += &format!(", {wrong} places differ");
        }
        let (places_zh, places_en): (Vec<_>, Vec<_>) = self.places.iter().cloned().unzip();
        Record::of("log/audit".to_owned(), zh, en)
            .why(why)
            .detail(json!({
                "verdict": verdict,
                "entries": entries,
                "rows": rows,
                "findings": self.findings,
                "differences": self.differences,
                "places": places_zh,
                "places_en": places_en,
            }))
    }
}
