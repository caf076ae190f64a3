//! A person agrees to sign electronically 同意电子签署.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use ::signing::ceremony::record::Sha256Digest;
use access::Need;
use kernel::{EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::signing::{consent, store};

/// Consent to the wording in force, once.
#[derive(Debug, Serialize, Deserialize)]
pub struct Consent {
    /// Who.
    pub employee: EmployeeId,
    /// Digest of the wording that was on the screen.
    pub text: Sha256Digest,
}

impl Act for Consent {
    const NAME: &'static str = "signing.consent";
    /// The person, and whether he has agreed already.
    type Facts = (String, bool);
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<(String, bool), Failure> {
        let given = store::consent(books, self.employee, self.text).await?;
        Ok((super::oneself(books, self.employee).await?, given.is_some()))
    }

    fn needs(&self, _: &(String, bool)) -> Need {
        super::own(self.employee)
    }

    fn decide(&self, (_, given): &(String, bool), _at: Moment) -> Result<(), Refusal> {
        if self.text != consent::digest() {
            return Err(Refusal::conflict(
                "signing.another_wording",
                "同意书内容已更新，请重新阅读",
                "The wording has changed",
            )
            .remedy((
                "请刷新页面后重新阅读并同意",
                "Reload, read it again and agree",
            )));
        }
        if *given {
            return Err(Refusal::conflict(
                "signing.consented_already",
                "您已同意电子签署，无需重复",
                "You have agreed already",
            ));
        }
        Ok(())
    }

    async fn write(
        &self,
        _: &(String, bool),
        _: &(),
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_consent(books, self.employee, self.text).await?)
    }

    fn record(&self, (person, _): &(String, bool), _: &()) -> Record {
        let who = person;
        Record::of(
            format!("employee/{}", self.employee),
            format!("{who}同意以电子方式签署文书"),
            format!("{who} agreed to sign documents electronically"),
        )
        .document(Document {
            name: "consent".to_owned(),
            sha256: FileDigest::from_bytes(self.text.0),
            sm3: None,
        })
        .detail(serde_json::json!({ "wording": consent::ZH }))
    }
}
