//! Somebody writes down what was talked about 写跟进.

use access::Need;
use kernel::{CustomerId, Day, EmployeeId, FollowUpId, Moment, OpportunityId, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store::{self, Customer, Opportunity};
use crate::people::store as people;
use crate::{bounds, permissions};

/// How one talked.
pub(crate) const KINDS: &[(&str, &str)] = &[
    ("visit", "拜访"),
    ("call", "电话"),
    ("message", "微信"),
    ("email", "邮件"),
    ("meeting", "会议"),
    ("other", "其他"),
];

/// Adds a follow-up; the next step, if there is one, is its author's duty.
#[derive(Debug, Serialize, Deserialize)]
pub struct WriteFollowUp {
    /// About which customer.
    pub customer: CustomerId,
    /// About which of its opportunities.
    pub opportunity: Option<OpportunityId>,
    /// Who talked.
    pub author: EmployeeId,
    /// `visit`, `call`, `message`, `email`, `meeting`, `other`.
    pub kind: String,
    /// 1..=4,000 characters.
    pub text: String,
    /// When to talk again, today or later.
    pub next_on: Option<Day>,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: FollowUpId,
    customer: Customer,
    opportunity: Option<Opportunity>,
    author: String,
    at: Moment,
    today: Day,
}

impl Act for WriteFollowUp {
    const NAME: &'static str = "customer.follow_up";
    type Facts = Facts;
    type Outcome = FollowUpId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let opportunity = match self.opportunity {
            Some(id) => {
                let found = store::find_opportunity(books, id).await?;
                Some(found.ok_or_else(|| Denied::absent("opportunity"))?)
            }
            None => None,
        };
        let author = people::find_employee(books, self.author).await?;
        Ok(Facts {
            fresh: FollowUpId::mint(books.at(), books.dice()),
            customer: super::customer(books, self.customer).await?,
            opportunity,
            author: author.ok_or_else(|| Denied::absent("employee"))?.called(),
            at: books.at(),
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::CUSTOMER_WRITE, facts.customer.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<FollowUpId, Refusal> {
        super::must_be_live(&facts.customer)?;
        bounds::one_of("/kind", "方式", &self.kind, KINDS)?;
        bounds::length("/text", "内容", &self.text, bounds::LONG)?;
        if facts
            .opportunity
            .as_ref()
            .is_some_and(|o| o.customer != self.customer)
        {
            let zh = "该商机不属于此客户";
            return Err(
                Refusal::invalid("customer.foreign_opportunity", zh, "another customer's")
                    .at("/opportunity_id", zh),
            );
        }
        if self.next_on.is_some_and(|day| day < facts.today) {
            let zh = "下次跟进日期不能早于今天";
            return Err(
                Refusal::invalid("customer.next_on", zh, "the next day has passed")
                    .at("/next_on", zh),
            );
        }
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &FollowUpId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let new = store::FollowUp {
            id: *id,
            customer: self.customer,
            opportunity: self.opportunity,
            author: self.author,
            at: facts.at,
            kind: &self.kind,
            text: self.text.trim(),
            next_on: self.next_on,
        };
        store::add_follow_up(books, &new).await?;
        Ok(store::touch(books, self.customer, facts.today).await?)
    }

    fn record(&self, facts: &Facts, id: &FollowUpId) -> Record {
        let (what, who, kind) = (
            facts.customer.called(),
            &facts.author,
            bounds::word(KINDS, &self.kind),
        );
        let (next, next_en) = self.next_on.map_or_else(Default::default, |day| {
            (format!("，下次 {day}"), format!(", next on {day}"))
        });
        Record::of(
            format!("customer/{}", self.customer),
            format!("{who}跟进了客户{what}（{kind}）{next}"),
            format!("{who} followed up {what} ({}){next_en}", self.kind),
        )
        .about(format!("follow_up/{id}"))
        .detail(serde_json::json!({ "kind": self.kind, "next_on": self.next_on }))
    }
}
