//! The payee objects to a line 提出异议.

use ::evidence::entry::Document;
use ::evidence::file_digest::FileDigest;
use access::Need;
use kernel::{EmployeeId, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::objection;
use crate::commission::saying::{self as say, Facts};
use crate::commission::store::{self, Brought, Said, Word};
use crate::{bounds, permissions};

/// Says that a line of his own, or that there is none, is wrong, and why. His superior or finance
/// must answer before the month closes; a case asks for it, with a due time and the way up.
#[derive(Debug, Serialize, Deserialize)]
pub struct Object {
    /// Which month.
    pub month: Month,
    /// Which line.
    pub key: String,
    /// 2..=200 characters.
    pub reason: String,
    /// What it should come to, when he says so; more than it has.
    #[serde(default)]
    pub claimed: Option<Fen>,
    /// Who.
    pub by: EmployeeId,
    /// A file that shows it.
    #[serde(skip)]
    pub(crate) file: Option<Brought>,
}

impl Act for Object {
    const NAME: &'static str = "commission.object";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        say::facts(books, self.month, &self.key).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.needs(permissions::COMMISSION_CONFIRM)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        facts.must_be_open()?;
        facts.must_be_own(self.by)?;
        bounds::length("/reason", "异议理由", &self.reason, bounds::REASON)?;
        if facts.objected() {
            let zh = "该条已有一条待答复的异议";
            let en = "an objection to this line waits for its answer";
            return Err(
                Refusal::conflict("commission.objected_already", zh, en).remedy((
                    "请等待答复；答复后仍不认可的，可以再次提出",
                    "Wait for the answer; if you do not agree with it, you may object again",
                )),
            );
        }
        self.claims_more(facts.commission)?;
        if let Some(file) = &self.file {
            bounds::length("/attachment/name", "附件名称", &file.name, bounds::SHORT)?;
        }
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let said = self.word(facts, *at);
        store::add_word(books, &said).await?;
        if let Some(file) = &self.file {
            let digest = FileDigest::sha256(&file.bytes).to_string();
            store::add_attachment(books, &said, (file, &digest)).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, at: &Moment) -> Record {
        let said = self.word(facts, *at);
        let (zh, en) = match self.claimed {
            None => ("本人提出异议".to_owned(), "is objected to".to_owned()),
            Some(claimed) => (
                format!("本人提出异议，主张 {claimed} 元"),
                format!("is objected to, {claimed} is claimed"),
            ),
        };
        let record = facts.record((&zh, &en), &said);
        match &self.file {
            None => record,
            Some(file) => record.document(Document {
                name: "attachment".to_owned(),
                sha256: FileDigest::sha256(&file.bytes),
                sm3: None,
            }),
        }
    }

    fn then(&self, facts: &Facts, _: &Moment) -> Vec<Box<dyn AnyAct>> {
        match facts.case {
            Some(_) => Vec::new(),
            None => vec![objection::begins(facts, self.month, &self.reason)],
        }
    }
}

impl Object {
    /// Whoever objects says that he is owed more, of a line that takes something back as well.
    fn claims_more(&self, now: Fen) -> Result<(), Refusal> {
        if self.claimed.is_none_or(|claimed| claimed > now) {
            return Ok(());
        }
        let zh = format!("主张金额须高于现金额 {now} 元");
        let en = format!("what is claimed lies above {now}");
        Err(
            Refusal::invalid("commission.claimed_amount", zh.clone(), en)
                .remedy((
                    "请填写您认为应得的金额，或留空只写理由；认为多计的，请直接告知财务",
                    "Give the amount you think is due, or leave it empty and give the reason \
                     only; if you think it is too much, tell finance",
                ))
                .at("/claimed", zh),
        )
    }

    fn word(&self, facts: &Facts, at: Moment) -> Word {
        let mut word = facts.word(Said::Objected, &self.reason, self.by.to_string(), at);
        word.amount = self.claimed;
        word
    }
}
