//! A document is issued 出具文书.

use ::document::{Kind, Printed};
use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use access::Need;
use kernel::{DepartureId, DocumentId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Fault, Reader, Record, Writer};

use crate::departure::parts;
use crate::document::about::{About, Wish};
use crate::document::facts::{Facts, gather};
use crate::document::press::Sheet;
use crate::document::store::{self, DocumentLine};
use crate::{bounds, permissions};

/// Issues a document about a departure or a plan: printed from the facts of this moment, kept for
/// ever.
#[derive(Debug, Serialize, Deserialize)]
pub struct Issue {
    /// Which kind, about what, and what was filled in.
    pub wish: Wish,
    /// Why it is issued once more; empty for the first.
    pub because: String,
    /// Who issues it, as the evidence names him.
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
    /// The number people quote.
    pub number: String,
    /// SHA-256 of the bytes, hex.
    pub digest: String,
    /// How many pages it has.
    pub pages: usize,
    /// 校验码
    pub code: String,
    #[serde(skip)]
    bytes: Vec<u8>,
}

impl Issue {
    /// As the system or a test issues it: printed inside the transaction.
    #[must_use]
    pub fn of(kind: Kind, departure: DepartureId, by: String) -> Issue {
        Issue::wished(
            Wish {
                kind,
                about: About::Departure(departure),
                typed: serde_json::Map::new(),
            },
            by,
        )
    }

    /// The same with what was filled in.
    #[must_use]
    pub fn wished(wish: Wish, by: String) -> Issue {
        Issue {
            wish,
            because: String::new(),
            by,
            ready: None,
        }
    }

    /// Whom or what it is about, in the words of its record.
    fn about(&self, facts: &Facts) -> (String, String) {
        let who = facts.source.person.called();
        match self.wish.about {
            About::Departure(_) => (format!("向{who}"), who),
            About::Plan(_) => (format!("为{who}的交接"), format!("the handover of {who}")),
            About::Receiver(..) => {
                let what = facts.source.called();
                let zh = format!("为{who}与接替人{what}的交接");
                (zh, format!("the handover of {who} to {what}"))
            }
            About::Customer(..) => {
                let what = facts.source.called();
                let zh = format!("为{who}移交的「{what}」");
                (zh, format!("{what}, handed over by {who}"))
            }
        }
    }

    fn kind(&self) -> Kind {
        self.wish.kind
    }

    fn printed(&self, facts: &Facts) -> Result<(DocumentId, Printed), Refusal> {
        let (sheet, ready) = (facts.sheet()?, self.ready.as_ref());
        if let Some(ready) = ready.filter(|ready| ready.sheet.says_the_same(sheet)) {
            return Ok((ready.sheet.id, ready.printed.clone()));
        }
        let printed = sheet.print(false).map_err(|error| error.refusal())?;
        Ok((sheet.id, printed))
    }
}

impl Act for Issue {
    const NAME: &'static str = "document.issue";
    type Facts = Facts;
    type Outcome = Issued;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        gather(books, &self.wish).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DOCUMENT_ISSUE, facts.source.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Issued, Refusal> {
        if !self.because.is_empty() {
            bounds::length("/because", "原因", &self.because, bounds::REASON)?;
        }
        facts.may_issue(&self.because)?;
        let (id, printed) = self.printed(facts)?;
        Ok(Issued {
            id,
            number: facts.sheet()?.number.clone(),
            digest: FileDigest::sha256(&printed.bytes).to_string(),
            pages: printed.pages.len(),
            code: printed.code,
            bytes: printed.bytes,
        })
    }

    async fn write(
        &self,
        facts: &Facts,
        issued: &Issued,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let (title, person) = (&self.kind().manifest().zh, &facts.source.person);
        let sheet = facts.sheet()?;
        let small = |size: usize| i64::try_from(size).map_err(|_| Fault::new("size"));
        let line = DocumentLine {
            id: issued.id,
            kind: self.kind().word().to_owned(),
            number: issued.number.clone(),
            employee: person.id,
            subject: facts.source.subject(),
            plan: self.wish.about.plan(),
            part: self.wish.about.part(),
            title: title.clone(),
            file_name: format!("{title}_{}_{}.pdf", facts.source.called(), issued.number),
            template: sheet.template.version.clone(),
            code: issued.code.clone(),
            fields: serde_json::to_value(&sheet.content)?,
            because: self.because.trim().to_owned(),
            digest: issued.digest.clone(),
            pages: small(issued.pages)?,
            size: small(issued.bytes.len())?,
            issued_by: self.by.clone(),
            issued_at: books.at(),
        };
        Ok(store::add(books, &line, &issued.bytes).await?)
    }

    fn record(&self, facts: &Facts, issued: &Issued) -> Record {
        let manifest = self.kind().manifest();
        let (about, about_en) = self.about(facts);
        let again = if self.because.is_empty() {
            String::new()
        } else {
            format!("，原因：{}", self.because.trim())
        };
        let id = issued.id.to_string();
        let sheet = facts.sheet().ok();
        let record = Record::of(
            facts.source.subject(),
            format!("{about}出具《{}》{}{again}", manifest.zh, issued.number),
            format!(
                "{} {} was issued about {about_en}",
                manifest.en, issued.number
            ),
        )
        .why(if self.because.is_empty() {
            "document"
        } else {
            "reissue"
        })
        .about(format!("document/{id}"))
        .document(Document {
            name: id,
            sha256: FileDigest::sha256(&issued.bytes),
            sm3: None,
        })
        .detail(serde_json::json!({
            "kind": self.kind(),
            "number": issued.number,
            "template": sheet.map(|sheet| sheet.template.version.as_str()),
            "code": issued.code,
            "digest": issued.digest,
            "pages": issued.pages,
            "because": self.because.trim(),
            "replaces": facts.earlier.as_ref().map(|one| one.number.as_str()),
        }));
        let others = facts.source.others().into_iter();
        others.fold(record, Record::about)
    }

    fn then(&self, facts: &Facts, _: &Issued) -> Vec<Box<dyn AnyAct>> {
        // Only the papers of a departure itself are what its process waits for.
        match (&self.wish.about, &facts.source.departure) {
            (About::Departure(_), Some(found)) => parts::process_goes_on(found),
            _ => Vec::new(),
        }
    }
}
