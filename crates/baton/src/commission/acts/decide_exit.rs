//! Open commission of a leaver is decided 决定离职提成.

use std::collections::BTreeSet;

use ::commission::exit::Decision;
use ::commission::explain;
use access::Need;
use kernel::{ContractId, DepartureId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::commission::exiting::{self, Facts};
use crate::commission::store::{self, ExitSaid, Lacks};
use crate::{bounds, permissions};

/// Makes one of the four decisions about open contracts of a leaver (law.md §1.7). It takes effect
/// when the departure is closed, and never when that is withdrawn.
#[derive(Debug, Serialize, Deserialize)]
pub struct DecideExit {
    /// In which departure.
    pub departure: DepartureId,
    /// About which contracts; never none.
    pub deals: Vec<ContractId>,
    /// Which of the four.
    pub decision: Decision,
    /// What the leaver is answered, where he objects; else a note or nothing.
    pub reply: String,
    /// Who, as the books name him.
    pub by: String,
}

/// Most contracts of one decision.
pub(crate) const MOST: usize = 500;

impl DecideExit {
    fn counted(&self) -> Result<(), Refusal> {
        let each: BTreeSet<&ContractId> = self.deals.iter().collect();
        if each.len() < self.deals.len() {
            let zh = "同一份合同选了两次";
            let en = "the same contract is chosen twice";
            return Err(Refusal::invalid("commission.exit_chosen_twice", zh, en)
                .remedy(("每份合同请只选一次", "Choose each contract once"))
                .at("/deal_ids", zh));
        }
        if (1..=MOST).contains(&self.deals.len()) {
            return Ok(());
        }
        let zh = "请选择 1 至 500 份合同";
        Err(
            Refusal::invalid("commission.exit_none_chosen", zh, "choose 1 to 500")
                .at("/deal_ids", zh),
        )
    }

    /// A share, a consent and a nothing rest on something that can be shown.
    fn papers(&self) -> Result<(), Refusal> {
        match &self.decision {
            Decision::PayShare { agreement, .. } => bounds::length(
                "/decision/pay_share/agreement",
                "本人签字的协议",
                &agreement.0,
                bounds::REASON,
            ),
            Decision::OnCollection {
                consent: Some(signed),
                ..
            } => bounds::length(
                "/decision/on_collection/consent/paper",
                "本人签字的文件",
                &signed.paper.0,
                bounds::REASON,
            ),
            Decision::Nothing {
                proof: Some(proof), ..
            } => bounds::length("/decision/nothing/proof", "证明", &proof.0, bounds::REASON),
            _ => Ok(()),
        }
    }
}

impl Act for DecideExit {
    const NAME: &'static str = "commission.decide_exit";
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
        self.counted()?;
        if facts.found.person.id.to_string() == self.by {
            let zh = "不能决定本人的离职提成";
            return Err(Refusal::conflict(
                "commission.exit_own",
                zh,
                "nobody decides on their own case",
            )
            .remedy(("请由财务或上级决定", "Let finance or a superior decide")));
        }
        facts.try_out(&self.deals, &self.decision)?;
        self.papers()?;
        let lacks = |deal: &ContractId| store::lacks(&facts.words, *deal);
        let answers = self
            .deals
            .iter()
            .any(|deal| lacks(deal) == Some(Lacks::Answer));
        if answers || !self.reply.trim().is_empty() {
            bounds::length("/reply", "答复", &self.reply, bounds::REASON)?;
        }
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let mut words = Vec::with_capacity(self.deals.len());
        for deal in &self.deals {
            let said = (ExitSaid::Decided, Some(self.decision.clone()));
            words.push(facts.word(facts.item(*deal)?, said, &self.reply, (&self.by, *at)));
        }
        let of = (self.departure, facts.found.person.id);
        Ok(store::add_exit_words(books, of, &facts.words, &words).await?)
    }

    fn record(&self, facts: &Facts, _: &Moment) -> Record {
        let (zh, en) = explain::decision(&self.decision);
        facts.record(&self.deals, (&zh, &en), Some(&self.decision), &self.reply)
    }
}
