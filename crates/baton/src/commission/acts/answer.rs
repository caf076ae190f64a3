//! Finance answers an objection 答复异议.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::bounds;
use crate::commission::month::Month;
use crate::commission::saying::{self as say, Facts};
use crate::commission::store::{self, Said};
use crate::permissions;

/// Accepts or refuses an objection, with the reason. Accepting changes no figure: what is wrong is
/// put right in the books, and calculated again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Which month.
    pub month: Month,
    /// Which line.
    pub key: String,
    /// Whether the payee is right.
    pub accept: bool,
    /// 2..=200 characters.
    pub reason: String,
    /// Who, as the books name him.
    pub by: String,
}

impl Act for Answer {
    const NAME: &'static str = "commission.answer";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        say::facts(books, self.month, &self.key).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.needs(permissions::COMMISSION_RUN)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        facts.must_be_open()?;
        bounds::length("/reason", "答复理由", &self.reason, bounds::REASON)?;
        let objected = facts
            .last
            .as_ref()
            .is_some_and(|last| last.said == Said::Objected);
        if !objected {
            return Err(Refusal::conflict(
                "commission.nothing_to_answer",
                "该条没有待答复的异议",
                "nobody objects to this line",
            ));
        }
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let said = if self.accept {
            Said::Accepted
        } else {
            Said::Refused
        };
        let word = facts.word(said, &self.reason, self.by.clone(), *at);
        Ok(store::add_word(books, &word).await?)
    }

    fn record(&self, facts: &Facts, _: &Moment) -> Record {
        let what = if self.accept {
            ("异议成立", "the objection is accepted")
        } else {
            ("异议不成立", "the objection is refused")
        };
        facts.record(what, &self.reason)
    }
}
