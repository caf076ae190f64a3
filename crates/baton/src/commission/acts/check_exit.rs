//! A second person looks at "nothing earned" 复核未成就.

use access::Need;
use kernel::{ContractId, DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::commission::exiting::{self, Facts};
use crate::commission::store::{self, ExitSaid, Lacks};
use crate::permissions;

/// Stands by a decision that pays nothing for what is to come. Whoever made it cannot check it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckExit {
    /// In which departure.
    pub departure: DepartureId,
    /// About which contract.
    pub deal: ContractId,
    /// Who, as the books name him.
    pub by: String,
}

impl Act for CheckExit {
    const NAME: &'static str = "commission.check_exit";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        exiting::facts(books, self.departure).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.needs(permissions::COMMISSION_EXIT)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        facts.must_be_open()?;
        facts.item(self.deal)?;
        if store::lacks(&facts.words, self.deal) != Some(Lacks::SecondPerson) {
            let zh = "该合同没有待复核的决定";
            return Err(Refusal::conflict(
                "commission.exit_nothing_to_check",
                zh,
                "nothing waits for a second person",
            ));
        }
        let decided = store::decided(&facts.words, self.deal);
        let same = decided.is_some_and(|word| word.by == self.by);
        if same || facts.found.person.id.to_string() == self.by {
            let zh = "须由作出决定以外的另一人复核";
            return Err(Refusal::conflict(
                "commission.exit_same_person",
                zh,
                "it takes a second person",
            )
            .remedy((
                "请由另一位财务或销售主管复核",
                "Let another person of finance or a sales manager check it",
            )));
        }
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let item = facts.item(self.deal)?;
        let word = facts.word(item, (ExitSaid::Checked, None), "", (&self.by, *at));
        let of = (self.departure, facts.found.person.id);
        Ok(store::add_exit_words(books, of, &facts.words, &[word]).await?)
    }

    fn record(&self, facts: &Facts, _: &Moment) -> Record {
        let said = (
            "第二人复核「未成就」属实",
            "a second person stands by \"nothing earned\"",
        );
        let decided = store::decided(&facts.words, self.deal);
        let decision = decided.and_then(|word| word.decision.as_ref());
        facts.record(&[self.deal], said, decision, "")
    }
}
