//! A colleague begins or ends to help with a customer 调整协作人.

use access::Need;
use kernel::{CustomerId, Day, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store::{self, Customer};
use crate::people::store::{self as people, Employee, PersonState};
use crate::{bounds, permissions};

/// Opens or closes a collaborator's seat today.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetSeat {
    /// At which customer.
    pub customer: CustomerId,
    /// Whose.
    pub employee: EmployeeId,
    /// Open or close.
    pub opens: bool,
    /// The first day without him; only when it opens.
    pub until: Option<Day>,
    /// Why, 2..=200 characters.
    pub reason: String,
}

/// What the decision needs to know.
pub struct Facts {
    customer: Customer,
    helper: Employee,
    today: Day,
}

impl Act for SetSeat {
    const NAME: &'static str = "customer.seat";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let helper = people::find_employee(books, self.employee).await?;
        Ok(Facts {
            customer: super::customer(books, self.customer).await?,
            helper: helper.ok_or_else(|| Denied::absent("employee"))?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::CUSTOMER_CHANGE, facts.customer.owned_target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        super::must_be_live(&facts.customer)?;
        let who = facts.helper.called();
        let refuse = |code: &str, zh: String, en: &str| {
            Err(Refusal::conflict(code, zh.clone(), en).at("/employee_id", zh))
        };
        let has_seat = facts.customer.seats.contains(&self.employee);
        if !self.opens {
            return if has_seat {
                Ok(())
            } else {
                refuse(
                    "customer.no_seat",
                    format!("{who}不是协作人"),
                    "there is no such seat",
                )
            };
        }
        if facts.helper.state == PersonState::Left {
            return refuse(
                "customer.helper_has_left",
                format!("{who}已离职"),
                "has left",
            );
        }
        if facts.customer.owner == Some(self.employee) {
            return refuse(
                "customer.owner_helps",
                format!("{who}已是负责人"),
                "owns it already",
            );
        }
        if self.until.is_some_and(|until| until <= facts.today) {
            let zh = "结束日期必须晚于今天";
            return Err(
                Refusal::invalid("customer.seat_until", zh, "the end has passed").at("/until", zh),
            );
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let seat = store::Seat {
            customer: self.customer,
            employee: self.employee,
            opens: self.opens,
            until: self.until.filter(|_| self.opens),
            reason: self.reason.trim(),
        };
        Ok(store::seat_change(books, &seat).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (what, who) = (facts.customer.called(), facts.helper.called());
        let (zh, en) = if self.opens {
            (
                format!("{who}成为客户{what}的协作人"),
                format!("{who} helps with {what}"),
            )
        } else {
            (
                format!("{who}不再协作客户{what}"),
                format!("{who} no longer helps with {what}"),
            )
        };
        Record::of(format!("customer/{}", self.customer), zh, en)
            .about(format!("employee/{}", self.employee))
            .detail(serde_json::json!({
                "opens": self.opens,
                "until": self.until,
                "reason": self.reason.trim(),
            }))
    }
}
