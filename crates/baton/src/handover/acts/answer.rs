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
use crate::people::store::{self as people, Employee, PersonState};
use crate::{bounds, permissions};

/// A receiver says whether he takes his share, as it stands in the version he saw.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Which plan.
    pub plan: PlanId,
    /// Whose answer it is.
    pub successor: EmployeeId,
    /// Who declines in his stead, because the question came to him when the receiver left: consent
    /// is the receiver's own, but somebody has to say that it will not come.
    #[serde(default)]
    pub in_stead: Option<EmployeeId>,
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
    in_stead: Option<Employee>,
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
        let in_stead = match self.in_stead {
            Some(person) => people::find_employee(books, person).await?,
            None => None,
        };
        Ok(Facts {
            in_stead,
            before: store::answers(books, self.plan).await?,
            loaded,
            successor,
        })
    }

    /// One answers for oneself, whatever one's reach. To decline it takes no more than to be asked:
    /// whoever leaves, or was asked in a leaver's stead, sees the plan and can do nothing else.
    /// That he accepts is refused in words, and is no attempt beyond his rights.
    fn needs(&self, facts: &Facts) -> Need {
        let takes = facts.loaded.plan.successors().contains(&self.successor);
        let (permission, speaks) = match &self.verdict {
            Verdict::Decline { .. } => {
                let speaks = self.in_stead.unwrap_or(self.successor);
                (permissions::HANDOVER_READ, speaks)
            }
            Verdict::Accept if facts.successor.state != PersonState::Active => {
                (permissions::HANDOVER_READ, self.successor)
            }
            Verdict::Accept => (permissions::HANDOVER_ACCEPT, self.successor),
        };
        let target = Target {
            owner: takes.then_some(speaks),
            ..Target::default()
        };
        Need::on(permission, target)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<(), Refusal> {
        facts
            .loaded
            .must_be(&[PlanState::Submitted], ("答复", "answer"))?;
        if let Verdict::Decline { reason } = &self.verdict {
            bounds::length("/reason", "拒绝理由", reason, 0..=1_000)?;
        }
        let leaves = facts.successor.state != PersonState::Active;
        if leaves && self.verdict == Verdict::Accept {
            let zh = "您正在办理离职，不能再接收交接";
            let en = "whoever is leaving takes over nothing";
            return Err(
                Refusal::conflict("handover.receiver_leaves", zh, en).remedy((
                    "请选择拒绝并写明原因，由主管改派他人",
                    "Refuse with the reason, and the manager gives it to somebody else",
                )),
            );
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
        let other = facts.in_stead.as_ref().map(Employee::called);
        let (by_zh, by_en) = other.map_or_else(Default::default, |other| {
            (format!("由{other}代为"), format!(", by {other},"))
        });
        Record::of(
            facts.loaded.subject(),
            format!("{who}{by_zh}{zh}交接方案 {number} 中归其接替的事项{seen_zh}"),
            format!("{who}{by_en} {en} the share of the plan {number}{seen_en}"),
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
