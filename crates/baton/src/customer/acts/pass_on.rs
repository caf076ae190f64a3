//! What hangs on a customer follows it to the next owner 随客户移交.

use access::Need;
use kernel::{CustomerId, EmployeeId, FollowUpId, Moment, OpportunityId, Refusal, many};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Item, Reader, Record, Writer};

use crate::customer::store::{self, Customer};
use crate::people::store as people;
use crate::permissions;

/// Puts open opportunities and follow-up duties of one person at a customer under another name.
/// Stage, text and links stay as they are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PassOn {
    /// Which customer.
    pub customer: CustomerId,
    /// Whose they were.
    pub from: EmployeeId,
    /// Whose they are.
    pub to: EmployeeId,
}

/// What the decision needs to know.
pub struct Facts {
    customer: Customer,
    opportunities: Vec<OpportunityId>,
    duties: Vec<FollowUpId>,
    from: String,
    to: String,
}

impl Act for PassOn {
    const NAME: &'static str = "customer.pass_on";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let customer = super::customer(books, self.customer).await?;
        let all = store::opportunities_of(books, &[self.customer]).await?;
        let open = all
            .iter()
            .filter(|o| o.closed_on.is_none() && o.owner == Some(self.from));
        let names = people::names_of(books, [self.from, self.to]).await?;
        let called = |id: EmployeeId| {
            let name = names
                .get(&id)
                .map(|(number, name)| people::full_name(name, number));
            name.ok_or_else(|| Denied::absent("employee"))
        };
        Ok(Facts {
            opportunities: open.map(|opportunity| opportunity.id).collect(),
            duties: store::open_duties(books, self.customer, Some(self.from)).await?,
            from: called(self.from)?,
            to: called(self.to)?,
            customer,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(
            permissions::CUSTOMER_HAND_OVER,
            facts.customer.owned_target(),
        )
    }

    fn decide(&self, _facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        store::pass_opportunities(books, &facts.opportunities, self.to).await?;
        Ok(store::pass_duties(books, &facts.duties, self.to).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let Facts { from, to, .. } = facts;
        let what = facts.customer.called();
        let (opportunities, duties) = (facts.opportunities.len(), facts.duties.len());
        let item = |subject: String| Item {
            subject,
            detail: serde_json::json!({ "before": self.from, "after": self.to }),
        };
        let items = facts
            .opportunities
            .iter()
            .map(|id| item(format!("opportunity/{id}")));
        let items = items.chain(
            facts
                .duties
                .iter()
                .map(|id| item(format!("follow_up/{id}"))),
        );
        Record::of(
            format!("customer/{}", self.customer),
            format!("客户{what}的 {opportunities} 个商机、{duties} 项待跟进由{from}转给{to}"),
            format!(
                "{} and {} at {what} pass to {to}",
                many(&opportunities, "opportunities"),
                many(&duties, "due follow-ups")
            ),
        )
        .items(items.collect())
    }
}
