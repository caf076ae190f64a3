//! A contact person's particulars change 修改联系人.

use access::Need;
use kernel::{ContactId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use super::add_contact::Card;
use crate::customer::store::{self, Contact, Customer};
use crate::{permissions, seen};

/// Replaces what is written down of a contact. Phone and e-mail that are left out stay as they are,
/// since whoever edits sees them masked; those that are replaced are kept beside it, where the act
/// that reveals finds them.
#[derive(Debug, Serialize, Deserialize)]
pub struct EditContact {
    /// Which.
    pub contact: ContactId,
    /// The particulars.
    pub card: Card,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    contact: Contact,
    customer: Customer,
}

/// What stands there and will not any more.
fn replaced<'a>(was: Option<&'a str>, new: Option<&str>) -> Option<&'a str> {
    was.filter(|was| new.is_some_and(|new| new != *was))
}

impl Act for EditContact {
    const NAME: &'static str = "customer.edit_contact";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let contact = store::find_contact(books, self.contact).await?;
        let contact = contact.ok_or_else(|| Denied::absent("contact"))?;
        let customer = super::customer(books, contact.customer).await?;
        Ok(Facts { contact, customer })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::CUSTOMER_CHANGE, facts.customer.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_be_live(&facts.customer)?;
        let zh = format!("联系人{}的资料", facts.contact.name);
        let now = facts.contact.version();
        seen::check(self.seen.as_deref(), &now, (&zh, "The contact"))?;
        self.card.check()
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let was = &facts.contact;
        let mut edited = self.card.contact(self.contact, was.customer);
        let phone = replaced(was.phone.as_deref(), edited.phone.as_deref());
        let email = replaced(was.email.as_deref(), edited.email.as_deref());
        if phone.or(email).is_some() {
            store::add_former(books, was, (phone, email)).await?;
        }
        edited.phone = edited.phone.or_else(|| was.phone.clone());
        edited.email = edited.email.or_else(|| was.email.clone());
        Ok(store::set_contact(books, &edited).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (what, who) = (facts.customer.called(), &facts.contact.name);
        Record::of(
            format!("customer/{}", facts.customer.id),
            format!("修改了客户{what}的联系人{who}"),
            format!("Edited the contact {who} at {what}"),
        )
        .about(format!("contact/{}", self.contact))
        .detail(serde_json::json!({
            "before": { "name": facts.contact.name, "title": facts.contact.title },
            "after": { "name": self.card.name.trim(), "title": self.card.title.trim() },
            "phone_changed": self.card.phone.is_some(),
            "email_changed": self.card.email.is_some(),
        }))
    }
}
