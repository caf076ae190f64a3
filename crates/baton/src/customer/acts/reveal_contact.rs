//! Somebody looks at a contact's phone and e-mail in clear 查看完整联系方式.

use access::Need;
use kernel::{ContactId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store::{self, Contact, Customer, Former};
use crate::{bounds, permissions};

/// Shows phone and e-mail, and what they were before; the reason stays in the evidence, what was
/// shown does not.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevealContact {
    /// Whose.
    pub contact: ContactId,
    /// Why, 2..=200 characters.
    pub reason: String,
}

/// What is shown.
#[derive(Debug, Serialize, Deserialize)]
pub struct Revealed {
    /// 电话
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// What was replaced, newest first.
    #[serde(default)]
    pub former: Vec<Former>,
}

/// What the decision needs to know.
pub struct Facts {
    contact: Contact,
    former: Vec<Former>,
    customer: Customer,
}

impl Facts {
    /// Whose contact it is, after every merge.
    pub(crate) fn customer(&self) -> &Customer {
        &self.customer
    }
}

impl Act for RevealContact {
    const NAME: &'static str = "customer.reveal_contact";
    type Facts = Facts;
    type Outcome = Revealed;

    fn guards(&self) -> Vec<String> {
        vec![format!("contact/{}", self.contact)]
    }

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let contact = store::find_contact(books, self.contact).await?;
        let contact = contact.ok_or_else(|| Denied::absent("contact"))?;
        let mut customer = super::customer(books, contact.customer).await?;
        if let Some(into) = customer.merged_into {
            customer = super::customer(books, into).await?;
        }
        Ok(Facts {
            former: store::formers_of(books, &[self.contact]).await?,
            contact,
            customer,
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let stated = !self.reason.trim().is_empty();
        Need::on(permissions::CUSTOMER_REVEAL, facts.customer.target()).with_reason(stated)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<Revealed, Refusal> {
        bounds::length("/reason", "理由", &self.reason, bounds::REASON)?;
        let Contact { phone, email, .. } = facts.contact.clone();
        Ok(Revealed {
            phone,
            email,
            former: facts.former.clone(),
        })
    }

    async fn write(&self, _: &Facts, _: &Revealed, _: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn record(&self, facts: &Facts, _shown: &Revealed) -> Record {
        let (what, who, reason) = (
            facts.customer.called(),
            &facts.contact.name,
            self.reason.trim(),
        );
        Record::of(
            format!("customer/{}", facts.customer.id),
            format!("查看了客户{what}联系人{who}的完整联系方式，理由：{reason}"),
            format!("Looked at the phone and e-mail of {who} at {what}: {reason}"),
        )
        .why("reveal")
        .about(format!("contact/{}", self.contact))
        .detail(serde_json::json!({ "reason": reason }))
    }
}
