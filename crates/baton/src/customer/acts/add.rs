//! A customer is added 新建客户.

use access::{Need, Target};
use customer::{AssignmentReason, CreditCode, Identity, NameKey, Strength, duplicates};
use kernel::{CustomerId, Day, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, AnyAct, Denied, Failure, Reader, Record, Writer};

use super::assign::Assign;
use crate::customer::store::{self, Known};
use crate::people::store::{self as people, Employee};
use crate::{bounds, permissions};

/// Adds a customer; the first row of its history of owners is a part of this act.
#[derive(Debug, Serialize, Deserialize)]
pub struct Add {
    /// 客户编号, 1..=64 characters; made up when none.
    pub number: Option<String>,
    /// 1..=100 characters.
    pub name: String,
    /// 统一社会信用代码
    pub credit_code: Option<String>,
    /// 0..=100 characters.
    pub industry: String,
    /// 0..=100 characters.
    pub region: String,
    /// 0..=100 characters.
    pub tier: String,
    /// 0..=200 characters.
    pub address: String,
    /// Who owns it; none for the pool.
    pub owner: Option<EmployeeId>,
    /// Since when, for whoever owned it before it was entered; today when none. Commission of a
    /// day is its owner's on that day.
    #[serde(default)]
    pub owned_since: Option<Day>,
    /// Add it although another customer has the same credit code or name.
    pub accept_duplicate: bool,
    /// Id of who writes it down.
    pub recorded_by: String,
}

/// What the decision needs to know.
pub struct Facts {
    fresh: CustomerId,
    number: String,
    number_taken: bool,
    owner: Option<Employee>,
    like: Vec<Known>,
    today: Day,
}

impl Act for Add {
    const NAME: &'static str = "customer.add";
    type Facts = Facts;
    type Outcome = CustomerId;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let fresh = CustomerId::mint(books.at(), books.dice());
        let made_up = super::made_up_number("KH", books.today(), &fresh.to_string());
        let number = self
            .number
            .as_deref()
            .map_or(made_up, |number| intake::code_form(number).into_owned());
        let owner = match self.owner {
            Some(id) => {
                let owner = people::find_employee(books, id).await?;
                Some(owner.ok_or_else(|| Denied::absent("employee"))?)
            }
            None => None,
        };
        let code = self
            .credit_code
            .as_deref()
            .and_then(|code| CreditCode::parse(code).ok());
        let name = NameKey::of(&self.name);
        Ok(Facts {
            fresh,
            number_taken: store::find_customer_by_number(books, &number)
                .await?
                .is_some(),
            number,
            owner,
            like: store::identities_like(books, &name, code.as_ref()).await?,
            today: books.today(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let target = Target {
            owner: self.owner,
            collaborators: Vec::new(),
            department: facts.owner.as_ref().map(|owner| owner.department),
            kept_from: None,
        };
        Need::on(permissions::CUSTOMER_ADD, target)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<CustomerId, Refusal> {
        bounds::code("/number", "客户编号", &facts.number)?;
        let code = check(&super::edit::Particulars {
            name: &self.name,
            credit_code: self.credit_code.as_deref(),
            industry: &self.industry,
            region: &self.region,
            tier: &self.tier,
            address: &self.address,
        })?;
        if facts.number_taken {
            let zh = format!("客户编号「{}」已存在", facts.number);
            let en = format!("The customer number “{}” is taken", facts.number);
            return Err(Refusal::conflict("customer.number_taken", zh.clone(), en)
                .remedy((
                    "请换一个编号，或留空由系统编号",
                    "Choose another number, or leave it empty to be given one",
                ))
                .at("/number", zh));
        }
        if !self.accept_duplicate {
            let identity = Identity {
                name: NameKey::of(&self.name),
                credit_code: code,
            };
            refuse_duplicate(&identity, &facts.like)?;
        }
        self.since_when(facts)?;
        Ok(facts.fresh)
    }

    async fn write(
        &self,
        facts: &Facts,
        id: &CustomerId,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        let code = self
            .credit_code
            .as_deref()
            .and_then(|code| CreditCode::parse(code).ok());
        let new = store::NewCustomer {
            id: *id,
            number: &facts.number,
            name: self.name.trim(),
            credit_code: code.as_ref().map(CreditCode::as_str),
            industry: self.industry.trim(),
            region: self.region.trim(),
            tier: self.tier.trim(),
            address: self.address.trim(),
        };
        Ok(store::add_customer(books, &new).await?)
    }

    fn record(&self, facts: &Facts, id: &CustomerId) -> Record {
        let (name, number) = (self.name.trim(), &facts.number);
        Record::of(
            format!("customer/{id}"),
            format!("新建客户「{name}」（{number}）"),
            format!("Added the customer {name} ({number})"),
        )
        .detail(serde_json::json!({
            "number": number,
            "industry": self.industry.trim(),
            "region": self.region.trim(),
            "tier": self.tier.trim(),
            "accept_duplicate": self.accept_duplicate,
        }))
    }

    fn then(&self, facts: &Facts, id: &CustomerId) -> Vec<Box<dyn AnyAct>> {
        vec![Box::new(Assign {
            customer: *id,
            from: None,
            owner: self.owner,
            effective_on: self.owned_since.unwrap_or(facts.today),
            reason: AssignmentReason::Created,
            plan: None,
            recorded_by: self.recorded_by.clone(),
        })]
    }
}

impl Add {
    /// Nobody owned anything before he was hired, nor owns it from a day that lies ahead.
    fn since_when(&self, facts: &Facts) -> Result<(), Refusal> {
        let Some(since) = self.owned_since else {
            return Ok(());
        };
        let hired = facts.owner.as_ref().map(|owner| owner.hired_on);
        let (zh, en) = if since > facts.today {
            (
                "负责起始日不能晚于今天".to_owned(),
                "The first day of ownership lies ahead".to_owned(),
            )
        } else if let Some(hired) = hired.filter(|hired| since < *hired) {
            let zh = format!("负责人于 {hired} 入职，负责起始日不能更早");
            let en = format!("The owner was hired on {hired} and owned nothing before");
            (zh, en)
        } else {
            return Ok(());
        };
        Err(Refusal::invalid("customer.owned_since", zh.clone(), en)
            .remedy(("请核对日期", "Check the date"))
            .at("/owned_since", zh))
    }
}

/// The particulars are of the right length and the code of the right form.
pub(super) fn check(of: &super::edit::Particulars<'_>) -> Result<Option<CreditCode>, Refusal> {
    bounds::length("/name", "客户名称", of.name, bounds::SHORT)?;
    bounds::length("/industry", "行业", of.industry, bounds::OPTIONAL)?;
    bounds::length("/region", "地区", of.region, bounds::OPTIONAL)?;
    bounds::length("/tier", "级别", of.tier, bounds::OPTIONAL)?;
    bounds::length("/address", "地址", of.address, 0..=200)?;
    let code = of.credit_code.map(CreditCode::parse).transpose();
    code.map_err(|refusal| {
        refusal.at(
            "/credit_code",
            (
                "应为 18 位统一社会信用代码",
                "It should be a unified social credit code of 18 characters",
            ),
        )
    })
}

/// The same credit code or the same name is a duplicate until somebody says otherwise.
pub(super) fn refuse_duplicate(identity: &Identity, like: &[Known]) -> Result<(), Refusal> {
    let known = like.iter().map(|known| (known.id, &known.identity));
    let matches = duplicates(identity, known);
    let Some(same) = matches
        .iter()
        .find(|found| found.strength >= Strength::Likely)
    else {
        return Ok(());
    };
    let other = like.iter().find(|known| known.id == same.customer);
    let (name, number) = other.map_or(("", ""), |known| (&known.name, &known.number));
    let (why, why_en) = same.likeness.words();
    Err(Refusal::conflict(
        "customer.duplicate",
        format!("可能已有此客户：「{name}」（{number}），{why}"),
        format!("This customer may be there already: {name} ({number}), {why_en}"),
    )
    .remedy((
        "请核对；确认不是同一客户时，勾选「已核对，确认不是同一客户」再提交",
        "Look at it; if it is another customer, tick that you have checked and submit again",
    ))
    .at("/name", (why, why_en)))
}
