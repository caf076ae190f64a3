//! A receiver accepts or declines 接替人答复.

use ::handover::acceptance::{Answer as Said, Verdict, may_answer};
use access::{Need, Target};
use kernel::{EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use crate::handover::forecast::Seen;
use crate::handover::loaded::{Loaded, loaded};
use crate::handover::process;
use crate::handover::store::{self, PlanState};
use crate::people::store::{self as people, Employee};
use crate::{bounds, permissions};

/// A receiver says whether he takes his share, as it stands in the version he saw.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Which plan.
    pub plan: PlanId,
    /// Who answers.
    pub successor: EmployeeId,
    /// The version that was seen; nothing when the case asked, which moves with the plan.
    pub version: Option<u32>,
    /// Accept or decline.
    pub verdict: Verdict,
    /// The forecast of his commission that he had before him when he accepted; nothing where none
    /// was on his screen.
    #[serde(default)]
    pub seen: Option<Seen>,
}

/// What the decision needs to know.
pub struct Facts {
    loaded: Loaded,
    successor: Employee,
    before: Vec<Said>,
}

impl Act for Answer {
    const NAME: &'static str = "handover.answer";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let loaded = loaded(books, self.plan).await?;
        let successor = people::find_employee(books, self.successor).await?;
        let successor = successor.ok_or_else(|| Denied::absent("employee"))?;
        Ok(Facts {
            before: store::answers(books, self.plan).await?,
            loaded,
            successor,
        })
    }

    /// One answers for oneself, whatever one's reach.
    fn needs(&self, facts: &Facts) -> Need {
        let takes = facts.loaded.plan.successors().contains(&self.successor);
        let owner = takes.then_some(self.successor);
        Need::on(
            permissions::HANDOVER_ACCEPT,
            Target {
                owner,
                ..Target::default()
            },
        )
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<(), Refusal> {
        facts
            .loaded
            .must_be(&[PlanState::Submitted], ("答复", "answer"))?;
        if let Verdict::Decline { reason } = &self.verdict {
            bounds::length("/reason", "拒绝理由", reason, 0..=1_000)?;
        }
        may_answer(&facts.loaded.plan, &self.said(facts, at))
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let said = self.said(facts, books.at());
        store::add_answer(books, self.plan, &said).await?;
        if let Some(seen) = &self.seen {
            let version = (self.plan, said.plan_version);
            store::keep_seen(books, version, (self.successor, "answer"), seen).await?;
        }
        Ok(())
    }

    fn record(&self, facts: &Facts, _: &()) -> Record {
        let (who, number) = (facts.successor.called(), &facts.loaded.head.number);
        let (zh, en) = match &self.verdict {
            Verdict::Accept => ("接受了", "accepted"),
            Verdict::Decline { .. } => ("拒绝了", "declined"),
        };
        let (seen_zh, seen_en) = Seen::words(self.seen.as_ref());
        Record::of(
            facts.loaded.subject(),
            format!("{who}{zh}交接方案 {number} 中归其接替的事项{seen_zh}"),
            format!("{who} {en} the share of the plan {number}{seen_en}"),
        )
        .about(format!("employee/{}", self.successor))
        .detail(serde_json::json!({
            "version": self.version_of(facts),
            "answer": self.verdict,
            "forecast": self.seen.as_ref().map(|seen| &seen.digest),
        }))
    }

    /// What was said on the page the case hears; what was said to the case it knows.
    fn then(&self, facts: &Facts, _: &()) -> Vec<Box<dyn AnyAct>> {
        let said = self.said(facts, facts.loaded.at);
        let hear = process::answered(&facts.loaded, &facts.before, &said);
        let hear = hear.filter(|_| self.version.is_some());
        hear.map(|hear| Box::new(hear) as Box<dyn AnyAct>)
            .into_iter()
            .collect()
    }
}

impl Answer {
    fn version_of(&self, facts: &Facts) -> u32 {
        self.version.unwrap_or(facts.loaded.head.version)
    }

    fn said(&self, facts: &Facts, at: Moment) -> Said {
        Said {
            successor: self.successor,
            plan_version: self.version_of(facts),
            verdict: self.verdict.clone(),
            at,
        }
    }
}
