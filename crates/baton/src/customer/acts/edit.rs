//! Particulars of a customer change 修改客户.

use access::Need;
use customer::{CreditCode, Identity, NameKey};
use kernel::{CustomerId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::add;
use crate::customer::store::{self, Customer, Known};
use crate::{permissions, seen};

/// Changes what is given; the rest stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct Edit {
    /// Which.
    pub customer: CustomerId,
    /// 1..=100 characters.
    pub name: Option<String>,
    /// 统一社会信用代码; empty takes it away.
    pub credit_code: Option<String>,
    /// 0..=100 characters.
    pub industry: Option<String>,
    /// 0..=100 characters.
    pub region: Option<String>,
    /// 0..=100 characters.
    pub tier: Option<String>,
    /// 0..=200 characters.
    pub address: Option<String>,
    /// Change the name or code although another customer has the same.
    pub accept_duplicate: bool,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What identifies and describes a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Particulars<'a> {
    pub(super) name: &'a str,
    pub(super) credit_code: Option<&'a str>,
    pub(super) industry: &'a str,
    pub(super) region: &'a str,
    pub(super) tier: &'a str,
    pub(super) address: &'a str,
}

/// What the decision needs to know.
pub struct Facts {
    customer: Customer,
    like: Vec<Known>,
}

impl Edit {
    fn after<'a>(&'a self, before: &'a Customer) -> Particulars<'a> {
        fn or<'a>(new: &'a Option<String>, old: &'a str) -> &'a str {
            new.as_deref().map_or(old, str::trim)
        }
        let code = or(
            &self.credit_code,
            before.credit_code.as_deref().unwrap_or(""),
        );
        Particulars {
            name: or(&self.name, &before.name),
            credit_code: Some(code).filter(|code| !code.is_empty()),
            industry: or(&self.industry, &before.industry),
            region: or(&self.region, &before.region),
            tier: or(&self.tier, &before.tier),
            address: or(&self.address, &before.address),
        }
    }
}

/// Another one as soon as a particular has changed.
pub(crate) fn version(customer: &Customer) -> String {
    seen::version(&before(customer))
}

fn before(customer: &Customer) -> Particulars<'_> {
    Particulars {
        name: &customer.name,
        credit_code: customer.credit_code.as_deref(),
        industry: &customer.industry,
        region: &customer.region,
        tier: &customer.tier,
        address: &customer.address,
    }
}

impl Act for Edit {
    const NAME: &'static str = "customer.edit";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let customer = super::customer(books, self.customer).await?;
        let after = self.after(&customer);
        let code = after
            .credit_code
            .and_then(|code| CreditCode::parse(code).ok());
        let name = NameKey::of(after.name);
        let mut like = store::identities_like(books, &name, code.as_ref()).await?;
        like.retain(|known| known.id != self.customer);
        Ok(Facts { customer, like })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::CUSTOMER_CHANGE, facts.customer.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        super::must_be_live(&facts.customer)?;
        let zh = format!("客户{}的资料", facts.customer.called());
        let now = version(&facts.customer);
        seen::check(self.seen.as_deref(), &now, (&zh, "The customer"))?;
        let (before, after) = (before(&facts.customer), self.after(&facts.customer));
        let code = add::check(&after)?;
        if before == after {
            return Err(Refusal::conflict(
                "customer.unchanged",
                "没有任何改动",
                "nothing changed",
            ));
        }
        let renamed = (before.name, before.credit_code) != (after.name, after.credit_code);
        if renamed && !self.accept_duplicate {
            let identity = Identity {
                name: NameKey::of(after.name),
                credit_code: code,
            };
            add::refuse_duplicate(&identity, &facts.like)?;
        }
        Ok(())
    }

    async fn write(&self, facts: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let after = self.after(&facts.customer);
        let code = after
            .credit_code
            .and_then(|code| CreditCode::parse(code).ok());
        let edited = store::NewCustomer {
            id: self.customer,
            number: &facts.customer.number,
            name: after.name,
            credit_code: code.as_ref().map(CreditCode::as_str),
            industry: after.industry,
            region: after.region,
            tier: after.tier,
            address: after.address,
        };
        let was = (facts.customer.name.as_str(), facts.customer.region.as_str());
        Ok(store::edit_customer(books, was, &edited).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let what = facts.customer.called();
        Record::of(
            format!("customer/{}", self.customer),
            format!("修改了客户{what}的资料"),
            format!("Edited the customer {what}"),
        )
        .detail(serde_json::json!({
            "before": before(&facts.customer),
            "after": self.after(&facts.customer),
        }))
    }
}
