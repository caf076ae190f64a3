//! The bundle of a statement is handed out 导出提成单存证包.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use access::Need;
use kernel::{BundleId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Fault, Reader, Record, Writer};

use crate::bundle::Held;
use crate::bundle::acts::{Exported, at_hand, says_why};
use crate::bundle::make::Made;
use crate::bundle::store::{self, Statement, StatementBundle};
use crate::commission::month::Month;
use crate::commission::paper::right_of;
use crate::people::store::{self as people, Employee};

/// Hands out a statement of a closed month with what it was calculated from, so that anybody works
/// it out again without us. The payee gets his own, finance hands out anybody's.
#[derive(Debug, Serialize, Deserialize)]
pub struct ExportStatement {
    /// Which month.
    pub month: Month,
    /// Whose.
    pub payee: EmployeeId,
    /// For whom.
    pub recipient: String,
    /// Why.
    pub reason: String,
    /// Who exports it, as the evidence names him.
    pub by: String,
    /// The bundle, made and examined beforehand. Without it nothing is handed out.
    #[serde(skip)]
    pub(crate) made: Option<Made>,
}

/// Whose it is, and the bundle's id if it comes to be.
pub struct Facts {
    person: Employee,
    id: BundleId,
}

impl ExportStatement {
    /// Whether it says to whom and why.
    ///
    /// # Errors
    /// `request.length`.
    pub(crate) fn says_why(&self) -> Result<(), Refusal> {
        says_why(&self.recipient, &self.reason)
    }

    fn made(&self) -> Result<&Made, Refusal> {
        at_hand(self.made.as_ref(), ("请重新导出", "Export it again"))
    }
}

impl Act for ExportStatement {
    const NAME: &'static str = "bundle.export_statement";
    type Facts = Facts;
    type Outcome = Exported;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let person = people::find_employee(books, self.payee).await?;
        Ok(Facts {
            person: person.ok_or_else(|| Denied::absent("employee"))?,
            id: BundleId::mint(books.at(), books.dice()),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let own = self.by == self.payee.to_string();
        Need::on(right_of(own), facts.person.target())
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
        _: &Facts,
        exported: &Exported,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let made = self.made()?;
        let line = StatementBundle {
            id: exported.id,
            about: Statement {
                month: self.month,
                payee: self.payee,
            },
            recipient: self.recipient.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            file_name: made.file_name.clone(),
            digest: exported.digest.clone(),
            size: i64::try_from(made.bytes.len()).map_err(|_| Fault::new("size"))?,
            verdict: made.verdict.code().to_owned(),
            held: made.held,
            exported_by: self.by.clone(),
            exported_at: books.at(),
        };
        Ok(store::add(books, &line, None, &made.bytes).await?)
    }

    fn record(&self, facts: &Facts, exported: &Exported) -> Record {
        let (who, month) = (facts.person.called(), self.month);
        let held: Held = self.made.as_ref().map(|made| made.held).unwrap_or_default();
        let (to, reason) = (self.recipient.trim(), self.reason.trim());
        let record = Record::of(
            format!("bundle/{}", exported.id),
            format!("向{to}导出{who} {month} 提成单及其计算依据的存证包；用途：{reason}"),
            format!(
                "The statement of {who} of {month} and what it was calculated from were handed \
                 out to {to}; because: {reason}"
            ),
        )
        .why("export")
        .about(format!("commission/{}", self.payee))
        .about(format!("commission_period/{month}"))
        .detail(serde_json::json!({
            "month": month,
            "recipient": to,
            "reason": reason,
            "digest": exported.digest,
            "records": held.records,
            "documents": held.documents,
        }));
        match &self.made {
            None => record,
            Some(made) => record.document(Document {
                name: exported.id.to_string(),
                sha256: FileDigest::sha256(&made.bytes),
                sm3: None,
            }),
        }
    }
}
