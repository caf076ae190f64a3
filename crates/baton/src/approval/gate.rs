//! The gate before every act 审批关口.

use std::pin::Pin;
use std::sync::Arc;

use access::Policy;
use kernel::Refusal;
use spine::{Act as _, Failure, Gate, GateAnswer, Held, Writer};

use super::acts::start::Start;
use super::gated::{self, Asking, Gated};
use super::store::HeldAct;

/// How an approved act says it was recognised; only the job that performs it says so.
pub(crate) const APPROVED: &str = "approval";

/// Holds the acts of its list back until their case is approved.
pub struct ApprovalGate {
    acts: &'static [Gated],
    policy: Arc<Policy>,
}

impl ApprovalGate {
    /// A gate for these acts, by these rules of access.
    #[must_use]
    pub fn new(acts: &'static [Gated], policy: Arc<Policy>) -> ApprovalGate {
        ApprovalGate { acts, policy }
    }

    /// The gate of the house.
    #[must_use]
    pub fn of_the_house(policy: Arc<Policy>) -> ApprovalGate {
        ApprovalGate::new(gated::ACTS, policy)
    }

    async fn hold(&self, held: Held<'_>, books: &mut Writer<'_>) -> Result<GateAnswer, Failure> {
        let waits = self.acts.iter().find(|gated| gated.act == held.name);
        let (Some(gated), Some(_)) = (waits, &held.by.actor) else {
            return Ok(GateAnswer::Open);
        };
        if held.by.auth == APPROVED {
            return Ok(GateAnswer::Open);
        }
        let asking = Asking {
            by: held.by,
            policy: &self.policy,
        };
        let Some(request) = (gated.read)(books, held.body, asking).await? else {
            return Ok(GateAnswer::Open);
        };
        let initiator = held.by.employee().ok_or_else(no_person)?;
        let mut start = Start {
            case: None,
            flow: gated.flow.to_owned(),
            title: request.title,
            subject: request.subject,
            about: request.about,
            initiator: Some(initiator),
            facts: request.facts,
            held: Some(HeldAct {
                name: held.name.to_owned(),
                body: held.body.clone(),
            }),
        };
        let file = start.load(books).await?;
        // A version of the company's own may not ask for everything that can be told.
        start.facts.retain(|key, _| file.flow.fact(key).is_some());
        let turned = start.decide(&file, books.at())?;
        start.write(&file, &turned, books).await?;
        let record = start.record(&file, &turned);
        Ok(GateAnswer::Held {
            case: turned.case.to_string(),
            record: Box::new(record),
        })
    }
}

impl Gate for ApprovalGate {
    fn ask<'a>(
        &'a self,
        held: Held<'a>,
        books: &'a mut Writer<'_>,
    ) -> Pin<Box<dyn Future<Output = Result<GateAnswer, Failure>> + Send + 'a>> {
        Box::pin(self.hold(held, books))
    }
}

fn no_person() -> Refusal {
    Refusal::invalid(
        "approval.no_person",
        "这项操作须经审批，只能由员工本人的账号发起",
        "This needs an approval and must be asked for by an employee",
    )
}
