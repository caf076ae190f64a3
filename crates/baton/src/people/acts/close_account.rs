//! An account in another system is closed 关闭系统账号.

use access::Need;
use kernel::{AssetId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use super::return_asset::{asset_and_holder, must_be_lent};
use crate::people::store::{self, AssetState};
use crate::{bounds, permissions};

/// Notes that an account a person held elsewhere is closed.
#[derive(Debug, Serialize, Deserialize)]
pub struct CloseAccount {
    /// An asset of kind `account`.
    pub asset: AssetId,
    /// What was done with what it held, 0..=200 characters.
    pub note: String,
}

/// What the decision needs to know.
pub struct Facts {
    asset: store::Asset,
    person: store::Employee,
}

impl Act for CloseAccount {
    const NAME: &'static str = "people.close_account";
    type Facts = Facts;
    type Outcome = ();

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let (asset, person) = asset_and_holder(books, self.asset).await?;
        Ok(Facts { asset, person })
    }

    fn needs(&self, facts: &Facts) -> Need {
        Need::on(permissions::DEPARTURE_ACCOUNTS, facts.person.target())
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<(), Refusal> {
        bounds::length("/note", "说明", &self.note, 0..=200)?;
        must_be_lent(&facts.asset)?;
        if facts.asset.kind != "account" {
            let zh = "只有系统账号可以关闭，其他资产请办理归还";
            return Err(Refusal::invalid(
                "people.not_an_account",
                zh,
                "this is no account",
            ));
        }
        Ok(())
    }

    async fn write(&self, _: &Facts, _: &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let (state, note) = (AssetState::Closed, self.note.trim());
        Ok(store::set_asset(books, self.asset, state, None, note).await?)
    }

    fn record(&self, facts: &Facts, _outcome: &()) -> Record {
        let (who, name) = (facts.person.called(), &facts.asset.name);
        Record::of(
            format!("employee/{}", facts.person.id),
            format!("关闭了{who}的系统账号「{name}」"),
            format!("Closed {who}'s account {name}"),
        )
        .about(format!("asset/{}", self.asset))
        .detail(serde_json::json!({ "note": self.note.trim() }))
    }
}
