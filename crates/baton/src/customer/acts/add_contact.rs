//! A contact person is added 新建联系人.

use access::Need;
use customer::Phone;
use kernel::{ContactId, CustomerId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::customer::store::{self, Contact, Customer};
use crate::{bounds, permissions};

/// Adds a person at a customer.
#[derive(Debug, Serialize, Deserialize)]
pub struct AddContact {
    /// At which customer.
    pub customer: CustomerId,
    /// The particulars.
    pub card: Card,
}

/// What is written down of a contact.
#[derive(Clone, Debug, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// 1..=100 characters.
    pub name: String,
    /// 职务, 0..=100 characters.
    #[serde(default)]
    pub title: String,
    /// 电话
    pub phone: Option<String>,
    /// 邮箱
    pub email: Option<String>,
    /// 首要联系人; another one ceases to be it.
    #[serde(default)]
    pub is_primary: bool,
}

impl Card {
    pub(super) fn check(&self) -> Result<(), Refusal> {
        bounds::length("/name", "姓名", &self.name, bounds::SHORT)?;
        bounds::length("/title", "职务", &self.title, bounds::OPTIONAL)?;
        if let Some(phone) = &self.phone {
            Phone::parse(phone).map_err(|refusal| {
                refusal.at(
                    "/phone",
                    ("电话号码无法识别", "The telephone number cannot be read"),
                )
            })?;
        }
        bounds::email("/email", self.email.as_deref().unwrap_or(""))
    }

    pub(super) fn contact(&self, id: ContactId, customer: CustomerId) -> Contact {
        let phone = self
            .phone
            .as_deref()
            .and_then(|text| Phone::parse(text).ok());
        let email = self
            .email
            .as_deref()
            .map(str::trim)
            .filter(|email| !email.is_empty());
        Contact {
            id,
            customer,
            name: spelling::canonical_name(&self.name),
            title: self.title.trim().to_owned(),
            phone: phone.map(|phone| phone.number),
            email: email.map(str::to_owned),
            is_primary: self.is_primary,
            revision: 0,
        }
    }
}

/// What the decision needs to know.
pub struct Facts {
    fresh: ContactId,
    customer: Customer,
    /// Whether another contact would not be the first one any more.
    demotes: bool,
}

impl Act for AddContact {
    const NAME: &'static str = "customer.add_contact";
    type Facts = Facts;
    type Outcome = ContactId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = ContactId::mint(books.at(), books.dice());
        let known = store::contacts_of(books, &[self.customer]).await?;
        Ok(Facts {
            fresh,
            customer: super::customer(books, self.customer).await?,
            demotes: self.card.is_primary && known.iter().any(|one| one.is_primary),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let permission = match facts.demotes {
            true => permissions::CUSTOMER_CHANGE,
            false => permissions::CUSTOMER_WRITE,
        };
        Need::on(permission, facts.customer.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<ContactId, Refusal> {
        super::must_be_live(&facts.customer)?;
        self.card.check()?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        _facts: &Facts,
        id: &ContactId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_contact(books, &self.card.contact(*id, self.customer)).await?)
    }

    fn record(&self, facts: &Facts, id: &ContactId) -> Record {
        let (what, who) = (facts.customer.called(), self.card.name.trim());
        Record::of(
            format!("customer/{}", self.customer),
            format!("为客户{what}添加联系人{who}"),
            format!("Added the contact {who} at {what}"),
        )
        .about(format!("contact/{id}"))
        .detail(serde_json::json!({ "title": self.card.title.trim() }))
    }
}
