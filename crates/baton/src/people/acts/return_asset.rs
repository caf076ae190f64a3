//! A lent thing comes back, or its price is agreed 归还资产.

use access::Need;
use kernel::{AssetId, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::people::store::{self, AssetState};
use crate::{bounds, permissions};

/// Takes a thing back, or notes what its holder pays instead.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReturnAsset {
    /// Which.
    pub asset: AssetId,
    /// What is paid instead of returning it, above 0; none when it was returned.
    pub cost: Option<Fen>,
    /// Its condition, or why it does not come back; 0..=200 characters.
    pub note: String,
}

/// What the decision needs to know.
pub struct Facts {
    asset: store::Asset,
    person: store::Employee,
}

/// The thing and its holder.
pub(super) async fn asset_and_holder(
    books: &mut Reader<'_>,
    id: AssetId,
) -> Result<(store::Asset, store::Employee), Failure> {
    let asset = store::find_asset(books, id)
        .await?
        .ok_or_else(|| Denied::absent("asset"))?;
    let person = store::find_employee(books, asset.employee).await?;
    Ok((asset, person.ok_or_else(|| Denied::absent("employee"))?))
}

/// It is still out.
pub(super) fn must_be_lent(asset: &store::Asset) -> Result<(), Refusal> {
    if asset.state == AssetState::Lent {
        return Ok(());
    }
    let zh = format!("「{}」{}", asset.name, asset.state.zh());
    Err(Refusal::conflict(
        "people.asset_not_lent",
        zh,
        "this asset is not lent any more",
    ))
}

impl Act for ReturnAsset {
    const NAME: &'static str = "people.return_asset";
    type Facts = Facts;
    type Outcome = AssetState;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let (asset, person) = asset_and_holder(books, self.asset).await?;
        Ok(Facts { asset, person })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_ASSETS, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<AssetState, Refusal> {
        bounds::length("/note", "说明", &self.note, 0..=200)?;
        must_be_lent(&facts.asset)?;
        if facts.asset.kind == "account" {
            let zh = "系统账号不能归还，只能关闭";
            return Err(
                Refusal::invalid("people.account_is_closed", zh, "an account is closed")
                    .remedy(("请由信息技术关闭该账号", "Let IT close that account")),
            );
        }
        match self.cost {
            None => Ok(AssetState::Returned),
            Some(cost) if cost > Fen::ZERO => Ok(AssetState::CostAgreed),
            Some(_) => {
                let zh = "赔付金额应大于 0";
                Err(
                    Refusal::invalid("people.asset_cost", zh, "the cost must be above 0")
                        .at("/cost", zh),
                )
            }
        }
    }

    async fn write(
        &self,
        _facts: &Facts,
        state: &AssetState,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::set_asset(books, self.asset, *state, self.cost, self.note.trim()).await?)
    }

    fn record(&self, facts: &Facts, state: &AssetState) -> Record {
        let (who, name) = (facts.person.called(), &facts.asset.name);
        let (zh, en) = match self.cost {
            Some(cost) => (
                format!("{who}的「{name}」不归还，约定赔付 {cost} 元"),
                format!("{who} pays {cost} yuan instead of returning {name}"),
            ),
            None => (
                format!("{who}归还了「{name}」"),
                format!("{who} returned {name}"),
            ),
        };
        Record::of(format!("employee/{}", facts.person.id), zh, en)
            .about(format!("asset/{}", self.asset))
            .detail(serde_json::json!({
                "before": facts.asset.state,
                "after": state,
                "cost": self.cost,
                "note": self.note.trim(),
            }))
    }
}
