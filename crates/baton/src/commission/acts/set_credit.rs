//! A deal is credited to people 认定业绩.

use ::commission::event::Team;
use access::Need;
use kernel::{ContractId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Denied, Failure, Reader, Record, Writer};

use crate::commission::credits::{self, Credit};
use crate::commission::store::{self, CreditRow};
use crate::people::store as people;
use crate::receivable::store::earning;
use crate::{bounds, permissions};

/// Says who is credited with a deal, for its whole life. Months that are not closed are calculated
/// by it; closed ones get a difference. What was said before stays in the history.
#[derive(Debug, Serialize, Deserialize)]
pub struct SetCredit {
    /// Which deal: a contract, or the order or invoice that has none.
    pub deal: ContractId,
    /// Who.
    pub credit: Credit,
    /// Why, 2..=200 characters; people read it beside their lines.
    pub reason: String,
    /// Who says so, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    number: String,
    team: Result<Team, Refusal>,
    names: std::collections::BTreeMap<kernel::EmployeeId, (String, String)>,
    before: Option<CreditRow>,
    at: Moment,
}

impl Act for SetCredit {
    const NAME: &'static str = "commission.set_credit";
    type Facts = Facts;
    type Outcome = i64;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let mut found = earning::deal_names(books, &[self.deal]).await?;
        let (number, _) = found
            .remove(&self.deal)
            .ok_or_else(|| Denied::absent("deal"))?;
        let team = self.credit.team();
        let named = team.as_ref().map(credits::named).unwrap_or_default();
        Ok(Facts {
            number,
            names: people::names_of(books, named).await?,
            team,
            before: store::credits_of(books, &[self.deal]).await?.pop(),
            at: books.at(),
        })
    }

    fn needs(&self, _facts: &Facts) -> Need {
        Need::on_everything(permissions::COMMISSION_PLAN)
    }

    fn decide(&self, facts: &Facts, _at: Moment) -> Result<i64, Refusal> {
        let team = facts.team.as_ref().map_err(Clone::clone)?;
        bounds::length("/reason", "原因", &self.reason, bounds::REASON)?;
        let named = credits::named(team);
        if named.iter().any(|who| !facts.names.contains_key(who)) {
            let zh = "份额中有人不在员工名册里";
            return Err(
                Refusal::invalid("commission.person_unknown", zh, "nobody of that id")
                    .remedy(("请重新选择人员", "Choose the people again")),
            );
        }
        if facts.before.as_ref().is_some_and(|row| row.team == *team) {
            return Err(Refusal::conflict(
                "commission.same_credit",
                "业绩认定没有变化",
                "nothing would change",
            ));
        }
        Ok(facts.before.as_ref().map_or(1, |row| row.seq + 1))
    }

    async fn write(&self, facts: &Facts, seq: &i64, books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = CreditRow {
            deal: self.deal,
            seq: *seq,
            team: facts.team.clone()?,
            reason: self.reason.trim().to_owned(),
            set_by: self.by.clone(),
            set_at: facts.at,
        };
        Ok(store::add_credit(books, &row).await?)
    }

    fn record(&self, facts: &Facts, _seq: &i64) -> Record {
        let (number, why) = (&facts.number, self.reason.trim());
        let team = facts.team.clone().unwrap_or_default();
        let (zh, en) = credits::words(&team, &facts.names);
        let mut record = Record::of(
            format!("contract/{}", self.deal),
            format!("合同 {number} 的业绩认定为：{zh}。原因：{why}"),
            format!("Credit of {number}: {en}. Reason: {why}"),
        )
        .detail(serde_json::json!({
            "before": facts.before.as_ref().map(|row| &row.team),
            "after": team,
            "reason": why,
        }));
        for who in credits::named(&team) {
            record = record.about(format!("employee/{who}"));
        }
        record
    }
}
