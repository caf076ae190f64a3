//! What a contract sells and what is left of it 补充合同信息.

use access::{Need, Target};
use kernel::{ContractId, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::customer::store::{self as customers, Customer};
use crate::receivable::store::{self, Described};
use crate::{bounds, permissions, seen};

/// Says which product a contract sells and which margin it leaves: what commission plans ask beside
/// its amount. Months that are not closed are calculated by it; closed ones get a difference.
#[derive(Debug, Serialize, Deserialize)]
pub struct DescribeContract {
    /// Which.
    pub contract: ContractId,
    /// 产品或产品线, at most 100 characters; empty when nobody knows.
    pub product: String,
    /// 合同毛利, at most the amount, below zero at a loss; none when nobody knows.
    pub margin: Option<Fen>,
    /// The `version` that the form showed; what stands there is overwritten when absent.
    #[serde(default)]
    pub seen: Option<String>,
}

/// What the decision needs to know.
pub struct Facts {
    before: Described,
    customer: Customer,
}

/// Whether a product and a margin can be written down for a contract of this amount.
///
/// # Errors
/// `request.length`, `receivable.margin_above_amount`.
pub(super) fn check((product, margin): (&str, Option<Fen>), amount: Fen) -> Result<(), Refusal> {
    bounds::length("/product", "产品", product, 0..=100)?;
    if margin.is_some_and(|margin| margin > amount) {
        let zh = format!("毛利不能高于合同金额 {amount} 元");
        let en = format!("A margin is at most the amount of the contract, {amount} yuan");
        return Err(
            Refusal::invalid("receivable.margin_above_amount", zh.clone(), en)
                .remedy((
                    "毛利 ＝ 合同金额 − 成本，请核对成本",
                    "Margin = amount − cost; check the cost",
                ))
                .at("/margin", zh),
        );
    }
    Ok(())
}

impl Act for DescribeContract {
    const NAME: &'static str = "receivable.describe_contract";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let before = store::described(books, self.contract).await?;
        let before = before.ok_or_else(|| Denied::absent("contract"))?;
        let customer = customers::find_customer(books, before.customer).await?;
        let customer = customer.ok_or_else(|| Denied::absent("contract"))?;
        Ok(Facts { before, customer })
    }

    fn needs(&self, facts: &Facts) -> Need {
        let target = Target {
            collaborators: Vec::new(),
            ..facts.customer.target()
        };
        Need::on(permissions::RECEIVABLE_WRITE, target)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        check((&self.product, self.margin), facts.before.amount)?;
        let (before, product) = (&facts.before, self.product.trim());
        let zh = format!("合同 {} 的产品与毛利", before.number);
        let now = store::described_version(&before.product, before.margin);
        seen::check(self.seen.as_deref(), &now, (&zh, "The contract"))?;
        if before.product == product && before.margin == self.margin {
            return Err(Refusal::conflict(
                "receivable.same_description",
                "产品与毛利没有变化",
                "nothing would change",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let (product, margin) = (self.product.trim(), self.margin);
        Ok(store::describe_contract(books, self.contract, product, margin).await?)
    }

    fn record(&self, facts: &Facts, (): &()) -> Record {
        let (number, product) = (&facts.before.number, self.product.trim());
        let margin = self
            .margin
            .map_or_else(|| "未知".to_owned(), |one| format!("{one} 元"));
        let margin_en = self
            .margin
            .map_or_else(|| "unknown".to_owned(), |one| one.to_string());
        let product_zh = if product.is_empty() {
            "未填"
        } else {
            product
        };
        Record::of(
            format!("contract/{}", self.contract),
            format!("合同 {number} 的产品改为{product_zh}，毛利{margin}"),
            format!("Contract {number}: product {product}, margin {margin_en}"),
        )
        .about(format!("customer/{}", facts.before.customer))
        .detail(serde_json::json!({
            "before": { "product": facts.before.product, "margin": facts.before.margin },
            "after": { "product": product, "margin": self.margin },
        }))
    }
}
