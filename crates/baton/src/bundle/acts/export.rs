//! A bundle is handed out 导出存证包.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use access::Need;
use kernel::{BundleId, DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Fault, Reader, Record, Writer};

use crate::bundle::acts::{Exported, at_hand, says_why};
use crate::bundle::make::Made;
use crate::bundle::store::{self, BundleLine};
use crate::bundle::{Disclosure, Held};
use crate::departure::store::{self as departures, Found};
use crate::permissions;

/// Hands out the evidence of a departure.
#[derive(Debug, Serialize, Deserialize)]
pub struct Export {
    /// Of which departure.
    pub departure: DepartureId,
    /// For whom: a court, a lawyer, the person himself.
    pub recipient: String,
    /// Why.
    pub reason: String,
    /// What was chosen.
    pub disclosure: Disclosure,
    /// Who exports it, as the evidence names him.
    pub by: String,
    /// The bundle, made and examined beforehand, so that it does not hold up the books. Without
    /// it nothing is handed out.
    #[serde(skip)]
    pub(crate) made: Option<Made>,
}

/// The departure, and the bundle's id if it comes to be.
pub struct Facts {
    found: Found,
    id: BundleId,
}

impl Export {
    /// Whether it says to whom and why.
    ///
    /// # Errors
    /// `request.length`.
    pub(crate) fn says_why(&self) -> Result<(), Refusal> {
        says_why(&self.recipient, &self.reason)
    }

    fn made(&self) -> Result<&Made, Refusal> {
        at_hand(
            self.made.as_ref(),
            (
                "请重新打开预览后导出",
                "Open the preview again and export from there",
            ),
        )
    }
}

impl Act for Export {
    const NAME: &'static str = "bundle.export";
    type Facts = Facts;
    type Outcome = Exported;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let found = departures::found(books, self.departure).await?;
        let id = BundleId::mint(books.at(), books.dice());
        Ok(Facts { found, id })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::BUNDLE_EXPORT, facts.found.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Exported, Refusal> {
        self.says_why()?;
        Ok(Exported {
            id: facts.id,
            digest: FileDigest::sha256(&self.made()?.bytes).to_string(),
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        exported: &Exported,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let made = self.made()?;
        let size = i64::try_from(made.bytes.len()).map_err(|_| Fault::new("size"))?;
        let line = BundleLine {
            id: exported.id,
            about: facts.found.departure.id,
            recipient: self.recipient.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            file_name: made.file_name.clone(),
            digest: exported.digest.clone(),
            size,
            verdict: made.verdict.code().to_owned(),
            held: made.held,
            exported_by: self.by.clone(),
            exported_at: books.at(),
        };
        Ok(store::add(books, &line, Some(&self.disclosure), &made.bytes).await?)
    }

    fn record(&self, facts: &Facts, exported: &Exported) -> Record {
        let who = facts.found.person.called();
        let number = &facts.found.departure.number;
        let made = self.made.as_ref();
        let held: Held = made.map(|made| made.held).unwrap_or_default();
        let (to, reason) = (self.recipient.trim(), self.reason.trim());
        let Held {
            records,
            shown,
            withheld,
            erased,
            items,
            documents,
            differences,
            ..
        } = held;
        let (audit_zh, audit_en) = audit_words(differences);
        let record = Record::of(
            format!("bundle/{}", exported.id),
            format!(
                "向{to}导出{who}离职 {number} 的存证包：{records} 条记录（披露 {shown} 条、\
                 保留 {withheld} 条）、{documents} 份文书；用途：{reason}{audit_zh}"
            ),
            format!(
                "The evidence bundle of the departure {number} of {who} was handed out to {to}: \
                 {records} records ({shown} shown, {withheld} kept back), documents: {documents}; \
                 because: {reason}{audit_en}"
            ),
        )
        .why("export")
        .about(facts.found.subject())
        .about(facts.found.employee_subject())
        .detail(serde_json::json!({
            "recipient": to,
            "reason": reason,
            "digest": exported.digest,
            "verdict": made.map(|made| made.verdict.code()),
            "records": records,
            "shown": shown,
            "withheld": withheld,
            "erased": erased,
            "documents": documents,
            "customers": items,
            "differences": differences,
        }));
        match made {
            None => record,
            Some(made) => record.document(Document {
                name: exported.id.to_string(),
                sha256: FileDigest::sha256(&made.bytes),
                sm3: None,
            }),
        }
    }
}

/// What the audit before the export found, where it found something.
fn audit_words(differences: u64) -> (String, String) {
    if differences == 0 {
        return <(String, String)>::default();
    }
    (
        format!("；导出前状态审计有 {differences} 处不符"),
        format!("; the audit before it found {differences} places that differ"),
    )
}
