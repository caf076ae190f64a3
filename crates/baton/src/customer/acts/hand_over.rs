//! A customer goes to another owner with all that hangs on it 移交客户.

use ::receivable::ResponsibilityBasis;
use access::Need;
use customer::AssignmentReason;
use kernel::{CustomerId, Day, EmployeeId, Moment, PlanId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use super::assign::Assign;
use super::pass_on::PassOn;
use crate::customer::store::Customer;
use crate::people::store::{self as people, Employee};
use crate::receivable::acts::take_over::TakeOver;
use crate::receivable::store::{self as receivable, OpenPapers};
use crate::{bounds, permissions, told};

/// Hands a customer over: ownership, responsibility for open invoices, running contracts, open
/// orders, open opportunities and follow-up duties, all on one day and all or nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HandOver {
    /// Which customer.
    pub customer: CustomerId,
    /// The owner that was shown, or `pool`; whoever has it where absent.
    #[serde(default)]
    pub from: Option<String>,
    /// Who takes it.
    pub to: EmployeeId,
    /// The first day, today or earlier.
    pub effective_on: Day,
    /// Why, 2..=200 characters.
    pub reason: String,
    /// The plan it carries out.
    pub plan: Option<PlanId>,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    customer: Customer,
    to: Employee,
    papers: OpenPapers,
}

impl Act for HandOver {
    const NAME: &'static str = "customer.hand_over";
    type Facts = Facts;
    type Outcome = CustomerId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let customer = super::customer(books, self.customer).await?;
        let to = people::find_employee(books, self.to).await?;
        let papers = receivable::open_papers(books, self.customer, customer.owner).await?;
        Ok(Facts {
            customer,
            to: to.ok_or_else(|| Denied::absent("employee"))?,
            papers,
        })
    }

    /// Whoever may ask; the gate holds what he does not decide alone until it is approved.
    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::CUSTOMER_PROPOSE, facts.customer.owned_target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<CustomerId, Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        super::must_be_live(&facts.customer)?;
        super::must_be_from(self.from.as_deref(), &facts.customer)?;
        Ok(self.customer)
    }

    async fn write(
        &self,
        _facts: &Facts,
        _id: &CustomerId,
        _books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        // The parts write; this act is their common reason and authority.
        Ok(())
    }

    fn record(&self, facts: &Facts, _id: &CustomerId) -> Record {
        let (what, from, to) = (
            facts.customer.called(),
            facts.customer.owner_called(),
            facts.to.called(),
        );
        let papers = &facts.papers;
        let record = Record::of(
            format!("customer/{}", self.customer),
            format!("客户{what}自 {} 起由{from}移交给{to}", self.effective_on),
            format!(
                "{what} is handed over from {} to {to} on {}",
                told::in_english(&from),
                self.effective_on
            ),
        )
        .why("handed_over")
        .detail(serde_json::json!({
            "before": facts.customer.owner,
            "after": self.to,
            "effective_on": self.effective_on,
            "reason": self.reason.trim(),
            "open_invoices": papers.invoices.len(),
            "contracts": papers.contracts.len(),
            "orders": papers.orders.len(),
        }));
        match self.plan {
            Some(plan) => record.about(format!("plan/{plan}")),
            None => record,
        }
    }

    fn then(&self, facts: &Facts, _id: &CustomerId) -> Vec<Box<dyn AnyAct>> {
        let mut parts: Vec<Box<dyn AnyAct>> = vec![Box::new(Assign {
            customer: self.customer,
            from: None,
            owner: Some(self.to),
            effective_on: self.effective_on,
            reason: AssignmentReason::HandedOver,
            plan: self.plan,
            recorded_by: self.recorded_by.clone(),
        })];
        let OpenPapers {
            invoices,
            contracts,
            orders,
        } = facts.papers.clone();
        if !(invoices.is_empty() && contracts.is_empty() && orders.is_empty()) {
            parts.push(Box::new(TakeOver {
                customer: self.customer,
                invoices: invoices.into_iter().map(|(id, _)| id).collect(),
                contracts,
                orders,
                to: self.to,
                effective_on: self.effective_on,
                basis: ResponsibilityBasis::HandedOver,
                recorded_by: self.recorded_by.clone(),
            }));
        }
        if let Some(from) = facts.customer.owner {
            parts.push(Box::new(PassOn {
                customer: self.customer,
                from,
                to: self.to,
            }));
        }
        parts
    }
}
