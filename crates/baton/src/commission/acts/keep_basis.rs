//! What a statement was calculated from is kept for good 固定提成依据.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::commission::basis::{Basis, Files, basis};
use crate::commission::month::Month;
use crate::commission::paper::right_of;
use crate::commission::store::{self, BasisRow};

/// Keeps facts and statement of a closed month, once: the log names the digests of both, so that
/// neither can be changed later, here or in a file that was handed out.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeepBasis {
    /// Which month.
    pub month: Month,
    /// Whose.
    pub payee: EmployeeId,
    /// Who asks for it, as the evidence names him.
    pub by: String,
}

/// What was kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptFiles {
    /// SHA-256 of the facts, hex.
    pub facts: String,
    /// SHA-256 of the statement, hex.
    pub statement: String,
    #[serde(skip)]
    files: Option<Files>,
}

impl Act for KeepBasis {
    const NAME: &'static str = "commission.keep_basis";
    type Facts = Basis;
    type Outcome = KeptFiles;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Basis, Failure> {
        basis(books, self.month, self.payee).await
    }

    fn needs(&self, facts: &Basis) -> Need {
        let own = self.by == self.payee.to_string();
        Need::on(right_of(own), facts.person.target())
    }

    fn decide(&self, facts: &Basis, _at: Moment) -> Result<KeptFiles, Refusal> {
        if facts.kept {
            let zh = "该月提成的计算依据已固定，不会改动";
            return Err(
                Refusal::conflict("commission.basis_kept", zh, "it was kept already")
                    .remedy(("请直接导出", "Export it directly")),
            );
        }
        let files = facts.files()?;
        Ok(KeptFiles {
            facts: FileDigest::sha256(&files.facts).to_string(),
            statement: FileDigest::sha256(&files.statement).to_string(),
            files: Some(files),
        })
    }

    async fn write(
        &self,
        _: &Basis,
        kept: &KeptFiles,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let files = kept.files.as_ref();
        let files = files.ok_or_else(|| spine::Fault::new("a basis without files"))?;
        let row = BasisRow {
            month: self.month,
            payee: self.payee,
            facts: files.facts.clone(),
            statement: files.statement.clone(),
            facts_digest: kept.facts.clone(),
            statement_digest: kept.statement.clone(),
            kept_by: self.by.clone(),
            kept_at: books.at(),
        };
        Ok(store::add_basis(books, &row).await?)
    }

    fn record(&self, facts: &Basis, kept: &KeptFiles) -> Record {
        let (who, month) = (facts.person.called(), self.month);
        let named = |name: &str, bytes: &[u8]| Document {
            name: name.to_owned(),
            sha256: FileDigest::sha256(bytes),
            sm3: None,
        };
        let record = Record::of(
            format!("commission/{}", self.payee),
            format!("固定{who} {month} 提成的计算依据与提成单"),
            format!("What the statement of {who} of {month} was calculated from is kept"),
        )
        .why("statement")
        .about(format!("commission_period/{month}"))
        .detail(serde_json::json!({
            "month": month,
            "facts": kept.facts,
            "statement": kept.statement,
        }));
        match &kept.files {
            None => record,
            Some(files) => record
                .document(named("facts", &files.facts))
                .document(named("statement", &files.statement)),
        }
    }
}
