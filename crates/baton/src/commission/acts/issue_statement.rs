//! A statement is printed for good 出具提成单.

use ::document::{Kind, Printed};
use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use access::Need;
use kernel::{DocumentId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Fault, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::paper::{Paper, paper, right_of};
use crate::document::press::Sheet;
use crate::document::store::{self as documents, DocumentLine};

/// Prints somebody's statement of a closed month, once; its bytes are kept and never printed again.
/// The payee prints his own, finance anybody's.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueStatement {
    /// Which month.
    pub month: Month,
    /// Whose.
    pub payee: EmployeeId,
    /// Who prints it, as the evidence names him.
    pub by: String,
    /// What was printed beforehand, so that setting type does not hold up the books. It counts only
    /// when the facts read in the transaction are the same.
    #[serde(skip)]
    pub ready: Option<Ready>,
}

/// A print made before the transaction.
#[derive(Debug)]
pub struct Ready {
    pub(crate) sheet: Sheet,
    pub(crate) printed: Printed,
}

/// What was issued.
#[derive(Debug, Serialize, Deserialize)]
pub struct Issued {
    /// Its id.
    pub id: DocumentId,
    /// SHA-256 of the bytes, hex.
    pub digest: String,
    pages: usize,
    code: String,
    #[serde(skip)]
    bytes: Vec<u8>,
}

impl IssueStatement {
    fn printed(&self, sheet: &Sheet) -> Result<(DocumentId, Printed), Refusal> {
        let ready = self.ready.as_ref();
        if let Some(ready) = ready.filter(|ready| ready.sheet.says_the_same(sheet)) {
            return Ok((ready.sheet.id, ready.printed.clone()));
        }
        let printed = sheet.print(false).map_err(|error| error.refusal())?;
        Ok((sheet.id, printed))
    }
}

impl Act for IssueStatement {
    const NAME: &'static str = "commission.issue_statement";
    type Facts = Paper;
    type Outcome = Issued;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Paper, Failure> {
        paper(books, self.month, self.payee).await
    }

    fn needs(&self, facts: &Paper) -> Need {
        let own = self.by == self.payee.to_string();
        Need::on(right_of(own), facts.person.target())
    }

    fn decide(&self, facts: &Paper, _at: Moment) -> Result<Issued, Refusal> {
        let (id, printed) = self.printed(facts.may_issue()?)?;
        Ok(Issued {
            id,
            digest: FileDigest::sha256(&printed.bytes).to_string(),
            pages: printed.pages.len(),
            code: printed.code,
            bytes: printed.bytes,
        })
    }

    async fn write(
        &self,
        facts: &Paper,
        issued: &Issued,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let sheet = facts.sheet.as_ref();
        let sheet = sheet.ok_or_else(|| Fault::new("a statement without a sheet"))?;
        let small = |size: usize| i64::try_from(size).map_err(|_| Fault::new("size"));
        let (kind, person) = (Kind::CommissionStatement, &facts.person);
        let title = kind.manifest().zh.clone();
        let line = DocumentLine {
            id: issued.id,
            kind: kind.word().to_owned(),
            number: sheet.number.clone(),
            employee: person.id,
            subject: format!("commission/{}", person.id),
            plan: None,
            part: String::new(),
            file_name: format!("{title}_{}_{}.pdf", person.name, self.month),
            title,
            template: sheet.template.version.clone(),
            code: issued.code.clone(),
            fields: serde_json::to_value(&sheet.content)?,
            because: String::new(),
            digest: issued.digest.clone(),
            pages: small(issued.pages)?,
            size: small(issued.bytes.len())?,
            issued_by: self.by.clone(),
            issued_at: books.at(),
        };
        Ok(documents::add(books, &line, &issued.bytes).await?)
    }

    fn record(&self, facts: &Paper, issued: &Issued) -> Record {
        let (who, month) = (facts.person.called(), self.month);
        let id = issued.id.to_string();
        Record::of(
            format!("commission/{}", self.payee),
            format!(
                "出具{who} {month} 提成单，{} 笔，合计 {} 元",
                facts.lines, facts.total
            ),
            format!(
                "The statement of {who} of {month} was issued: {} lines, {} in all",
                facts.lines, facts.total
            ),
        )
        .why("statement")
        .about(format!("commission_period/{month}"))
        .about(format!("document/{id}"))
        .document(Document {
            name: id,
            sha256: FileDigest::sha256(&issued.bytes),
            sm3: None,
        })
        .detail(serde_json::json!({
            "month": month,
            "total": facts.total,
            "code": issued.code,
            "digest": issued.digest,
            "pages": issued.pages,
        }))
    }
}
