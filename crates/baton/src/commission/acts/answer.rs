//! Manager or finance answers an objection 答复异议.

use access::Need;
use kernel::{Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::objection;
use crate::commission::saying::{self as say, Facts};
use crate::commission::store::{self, Said, Word};
use crate::{bounds, permissions};

/// What is said of an objection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// 异议成立
    Accept,
    /// 部分成立: the line should come to this much.
    Partly(Fen),
    /// 异议不成立
    Refuse,
}

/// Accepts an objection, wholly or in part, or refuses it, with the reason. Accepting changes no
/// figure: what is wrong is put right in the books, and calculated again.
#[derive(Debug, Serialize, Deserialize)]
pub struct Answer {
    /// Which month.
    pub month: Month,
    /// Which line.
    pub key: String,
    /// Whether the payee is right.
    pub verdict: Verdict,
    /// 2..=200 characters.
    pub reason: String,
    /// Who, as the books name him.
    pub by: String,
}

impl Answer {
    fn check_amount(&self, facts: &Facts) -> Result<(), Refusal> {
        let Verdict::Partly(granted) = self.verdict else {
            return Ok(());
        };
        let now = facts.commission;
        let claimed = facts.last.as_ref().and_then(|last| last.amount);
        let between = match claimed {
            Some(claimed) => granted > now.min(claimed) && granted < now.max(claimed),
            None => granted != now,
        };
        if between {
            return Ok(());
        }
        let (zh, en) = match claimed {
            Some(claimed) => (
                format!("认可金额须介于现金额 {now} 元与主张金额 {claimed} 元之间"),
                format!("What is granted lies between {now} yuan and the {claimed} claimed"),
            ),
            None => (
                format!("认可金额不能与现金额 {now} 元相同"),
                format!("What is granted may not be the {now} yuan there are now"),
            ),
        };
        Err(
            Refusal::invalid("commission.granted_amount", zh.clone(), en)
                .remedy((
                    "全部认可请答复「异议成立」，不认可请答复「异议不成立」",
                    "Answer “Accept” to accept all of it, “Refuse” to accept nothing",
                ))
                .at("/granted", zh),
        )
    }
}

impl Act for Answer {
    const NAME: &'static str = "commission.answer";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        say::facts(books, self.month, &self.key).await
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.needs(permissions::COMMISSION_ANSWER)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        facts.must_be_open()?;
        if !facts.objected() {
            return Err(Refusal::conflict(
                "commission.nothing_to_answer",
                "该条没有待答复的异议",
                "nobody objects to this line",
            ));
        }
        if self.by == facts.payee().id.to_string() {
            let zh = "不能答复自己提出的异议";
            return Err(Refusal::conflict(
                "commission.own_objection",
                zh,
                "nobody answers their own objection",
            )
            .remedy(("请由上级或财务答复", "Let a superior or finance answer")));
        }
        if self.reason.trim().is_empty() {
            let zh = "请在提成异议页面答复：成立、部分成立或不成立，并写明理由";
            let en = "an answer says whether the payee is right, and why";
            return Err(Refusal::invalid("commission.answer_at_line", zh, en)
                .remedy((
                    "答复后此待办自动办结",
                    "This task ends by itself with the answer",
                ))
                .at(
                    "/reason",
                    ("请填写答复理由", "Give the reason of the answer"),
                ));
        }
        bounds::length("/reason", "答复理由", &self.reason, bounds::REASON)?;
        self.check_amount(facts)?;
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_word(books, &self.word(facts, *at)).await?)
    }

    fn record(&self, facts: &Facts, at: &Moment) -> Record {
        let said = self.word(facts, *at);
        match self.verdict {
            Verdict::Accept => facts.record(("异议成立", "the objection is accepted"), &said),
            Verdict::Partly(granted) => {
                let zh = format!("异议部分成立，认可 {granted} 元");
                let en = format!("the objection is accepted in part, up to {granted}");
                facts.record((&zh, &en), &said)
            }
            Verdict::Refuse => facts.record(("异议不成立", "the objection is refused"), &said),
        }
    }

    fn then(&self, facts: &Facts, _: &Moment) -> Vec<Box<dyn AnyAct>> {
        objection::goes_on(facts.case)
    }
}

impl Answer {
    fn word(&self, facts: &Facts, at: Moment) -> Word {
        let (said, amount) = match self.verdict {
            Verdict::Accept => (Said::Accepted, None),
            Verdict::Partly(granted) => (Said::Partly, Some(granted)),
            Verdict::Refuse => (Said::Refused, None),
        };
        let mut word = facts.word(said, &self.reason, self.by.clone(), at);
        word.amount = amount;
        word
    }
}
