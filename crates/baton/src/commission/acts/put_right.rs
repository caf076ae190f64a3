//! What was accepted of an objection was put right on another line 登记异议已另行更正.

use std::collections::{BTreeMap, BTreeSet};

use access::Need;
use kernel::{ContractId, EmployeeId, Fen, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Failure, Reader, Record, Writer};

use crate::commission::month::Month;
use crate::commission::saying as say;
use crate::commission::store::{self, Booked, Said, Word};
use crate::receivable::store::earning;
use crate::{bounds, permissions};

/// Says of an objection that was accepted, and whose line comes to what it was, on which deal the
/// payee got it instead: it no longer waits to be put right. Of a closed month too, for those are
/// put right by later ones. The deal must stand on a statement of his of that month or later, with
/// an amount that was not there, or was another one, when he objected.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutRight {
    /// Which month.
    pub month: Month,
    /// Which line.
    pub key: String,
    /// Number of the contract, or of the order or invoice that has none.
    pub deal: String,
    /// 2..=200 characters.
    pub reason: String,
    /// Who, as the books name him.
    pub by: String,
}

/// What the decision needs to know.
pub struct Facts {
    line: say::Facts,
    /// Numbers of the deals that pay the payee something in that month or later, the line aside,
    /// and whether they paid him the same when he objected.
    deals: BTreeMap<String, bool>,
}

/// When the payee objected to the line last.
async fn objected_at(
    books: &mut Reader<'_>,
    (payee, month): (EmployeeId, Month),
    key: &str,
) -> Result<Moment, Failure> {
    let words = store::words_of(books, payee, month).await?;
    let said = words.iter().filter(|word| word.key == key);
    let objected = said.filter(|word| word.said == Said::Objected);
    Ok(objected.map(|word| word.at).max().unwrap_or(Moment(0)))
}

/// Of these lines those that the month had with the same amount at a moment.
async fn unchanged_since(
    books: &mut Reader<'_>,
    (payee, at): (EmployeeId, Moment),
    lines: &[&Booked],
) -> Result<BTreeSet<(Month, String)>, Failure> {
    let months: BTreeSet<Month> = lines.iter().map(|line| line.month).collect();
    let mut unchanged = BTreeSet::new();
    for month in months {
        let Some(run) = store::run_at(books, month, at).await? else {
            continue;
        };
        for before in store::lines_of_run(books, (payee, month), run).await? {
            let of_month = lines.iter().filter(|line| line.month == month);
            let mut now = of_month.filter(|line| line.key == before.key);
            if now.any(|line| line.commission == before.commission) {
                unchanged.insert((month, before.key));
            }
        }
    }
    Ok(unchanged)
}

impl Act for PutRight {
    const NAME: &'static str = "commission.put_right";
    type Facts = Facts;
    type Outcome = Moment;

    async fn load(&self, books: &mut Reader<'_>) -> Result<Facts, Failure> {
        let line = say::facts(books, self.month, &self.key).await?;
        let lines = store::lines_of_payee(books, line.payee().id).await?;
        let others = lines.iter().filter(|one| {
            let itself = one.month == self.month && one.key == self.key;
            one.month >= self.month && !itself && one.commission != Fen::ZERO
        });
        let others: Vec<&Booked> = others.collect();
        let payee = line.payee().id;
        let at = objected_at(books, (payee, self.month), &self.key).await?;
        let unchanged = unchanged_since(books, (payee, at), &others).await?;
        // A deal is as it was where all of its lines are.
        let mut as_it_was: BTreeMap<ContractId, bool> = BTreeMap::new();
        for one in others {
            if let Some(deal) = one.deal {
                let same = unchanged.contains(&(one.month, one.key.clone()));
                let all = as_it_was.entry(deal).or_insert(true);
                *all = *all && same;
            }
        }
        let deals: Vec<ContractId> = as_it_was.keys().copied().collect();
        let names = earning::deal_names(books, &deals).await?;
        let number = |(deal, same): (ContractId, bool)| Some((names.get(&deal)?.0.clone(), same));
        Ok(Facts {
            line,
            deals: as_it_was.into_iter().filter_map(number).collect(),
        })
    }

    fn needs(&self, facts: &Facts) -> Need {
        facts.line.needs(permissions::COMMISSION_ANSWER)
    }

    fn decide(&self, facts: &Facts, at: Moment) -> Result<Moment, Refusal> {
        let last = facts.line.last.as_ref().map(|word| word.said);
        if !matches!(last, Some(Said::Accepted | Said::Partly)) {
            return Err(Refusal::conflict(
                "commission.nothing_to_put_right",
                "该条没有已认可、待更正的异议",
                "nothing that was accepted waits to be put right",
            ));
        }
        if self.by == facts.line.payee().id.to_string() {
            let zh = "自己提出的异议，不能由本人登记为已更正";
            let en = "nobody says this of their own objection";
            return Err(Refusal::conflict("commission.own_objection", zh, en)
                .remedy(("请由上级或财务登记", "Let a superior or finance record it")));
        }
        bounds::length("/reason", "更正说明", &self.reason, bounds::REASON)?;
        self.is_changed(facts)?;
        Ok(at)
    }

    async fn write(
        &self,
        facts: &Facts,
        at: &Moment,
        books: &mut Writer<'_>,
    ) -> Result<(), Failure> {
        Ok(store::add_word(books, &self.word(facts, *at)).await?)
    }

    fn record(&self, facts: &Facts, at: &Moment) -> Record {
        let said = ("异议已另行更正", "the objection was put right elsewhere");
        facts.line.record(said, &self.word(facts, *at))
    }
}

impl PutRight {
    /// Nothing was put right by an amount that the payee had already when he objected.
    fn is_changed(&self, facts: &Facts) -> Result<(), Refusal> {
        let (deal, who, month) = (self.deal.trim(), facts.line.payee().called(), self.month);
        let (zh, en) = match facts.deals.get(deal) {
            Some(false) => return Ok(()),
            Some(true) => (
                format!("{who}的提成单上「{deal}」的金额，自提出异议以来没有变动"),
                format!("the amounts of {deal} have not changed since the objection"),
            ),
            None => (
                format!("{who} {month} 及以后的提成单上没有「{deal}」的其他金额"),
                format!("no other amount of {deal} stands on a statement since {month}"),
            ),
        };
        Err(
            Refusal::invalid("commission.put_right_where", zh.clone(), en)
                .remedy((
                    "请填写更正所在的合同号（无合同的填订单或发票号）；尚未核算的，请先核算",
                    "Give the number of the contract where it is put right (without a contract \
                     that of the order or invoice); calculate first where that was not done",
                ))
                .at("/deal", zh),
        )
    }

    fn word(&self, facts: &Facts, at: Moment) -> Word {
        let reason = format!("见 {}：{}", self.deal.trim(), self.reason.trim());
        let by = self.by.clone();
        facts.line.word(Said::PutRight, &reason, by, at)
    }
}
