//! What the acts on open commission of a leaver have in common 离职提成决定.

use ::commission::exit::{Decision, Exit, close};
use ::departure::state::Stage;
use access::{Need, Permission};
use kernel::{ContractId, Day, Fen, Moment, Refusal, many};
use spine::{Denied, Failure, Item, Reader, Record};

use super::begun;
use super::leaving::{self, Open, OpenItem};
use super::month::Month;
use super::store::{self, ExitSaid, ExitWord};
use crate::departure::store::{self as departures, Found};
use crate::receivable::store::earning;

/// A departure with what is open in it and what was said of that.
pub struct Facts {
    pub(crate) found: Found,
    pub(crate) items: Vec<OpenItem>,
    pub(crate) words: Vec<ExitWord>,
    /// Earned before the first month that was opened: not settled here.
    pub(crate) before_books: Fen,
    /// That month.
    pub(crate) first_month: Option<Month>,
    /// The day inside it on which commission begins, where the books began inside it.
    pub(crate) begins: Option<Day>,
    /// Number and title by contract.
    names: std::collections::BTreeMap<ContractId, (String, String)>,
}

/// Reads them.
pub(crate) async fn facts(
    books: &mut Reader<'_>,
    departure: kernel::DepartureId,
) -> Result<Facts, Failure> {
    let found = departures::found(books, departure).await?;
    // Nothing is decided in what is over, and of what was withdrawn nothing is even reckoned; what
    // is settled elsewhere stays so after the closing.
    let mut open = if found.departure.stage == Stage::Withdrawn {
        Open::default()
    } else {
        all(books, &found).await?
    };
    if found.departure.closed_at.is_some() {
        open.items.clear();
    }
    let Open {
        items,
        before_books,
        first_month,
    } = open;
    let begins = match first_month {
        Some(month) => begun::within(books, month).await?,
        None => None,
    };
    let deals: Vec<ContractId> = items.iter().map(|item| item.deal).collect();
    Ok(Facts {
        words: store::exit_words(books, departure).await?,
        names: earning::deal_names(books, &deals).await?,
        found,
        items,
        before_books,
        first_month,
        begins,
    })
}

async fn all(books: &mut Reader<'_>, found: &Found) -> Result<Open, Failure> {
    let departure = &found.departure;
    let noticed = departures::first_notice(books, departure).await?;
    let days = (noticed, departure.clocks.commission_cut_off);
    leaving::open_of(books, found.person.id, days).await
}

/// The open contracts of a departure.
pub(crate) async fn of(books: &mut Reader<'_>, found: &Found) -> Result<Vec<OpenItem>, Failure> {
    Ok(all(books, found).await?.items)
}

impl Facts {
    pub(crate) fn needs(&self, permission: Permission) -> Need {
        Need::on(permission, self.found.target())
    }

    pub(crate) fn must_be_open(&self) -> Result<(), Refusal> {
        if self.found.departure.closed_at.is_none() {
            return Ok(());
        }
        let zh = "该离职已结束，提成决定不能再改动";
        Err(
            Refusal::conflict("commission.exit_over", zh, "the departure is over").remedy((
                "离职后到账的，将在之后的月份补充结算",
                "What comes in after the last day is settled in later months",
            )),
        )
    }

    /// The open line of this contract.
    pub(crate) fn item(&self, deal: ContractId) -> Result<&OpenItem, Refusal> {
        let found = self.items.iter().find(|item| item.deal == deal);
        found.ok_or_else(|| {
            let zh = "该合同没有未结提成";
            Refusal::invalid("commission.exit_not_open", zh, "nothing is open of it")
                .remedy((
                    "请刷新离职页后重试",
                    "Reload the page of the departure and try again",
                ))
                .at("/deal_ids", zh)
        })
    }

    /// What the engine says to a decision about these contracts.
    pub(crate) fn try_out(&self, deals: &[ContractId], decision: &Decision) -> Result<(), Refusal> {
        let mut lines = Vec::with_capacity(deals.len());
        for (at, deal) in deals.iter().enumerate() {
            let line = self.item(*deal)?.line();
            let fits = line.asked(decision).and_then(|()| line.stands(decision));
            fits.map_err(|refusal| self.speaks_of((at, *deal), refusal))?;
            lines.push(line);
        }
        let exit = Exit {
            employee: self.found.person.id,
            left_on: self.found.departure.clocks.commission_cut_off,
            decisions: deals.iter().map(|deal| (*deal, decision.clone())).collect(),
        };
        close(&exit, &lines).map(|_| ())
    }

    /// Names the contract that a refusal speaks of: others may be decided with it.
    fn speaks_of(&self, (at, deal): (usize, ContractId), refusal: Refusal) -> Refusal {
        let called = self.called(deal);
        let named = Refusal {
            message: format!("{called}：{}", refusal.message),
            message_en: format!("{called}: {}", refusal.message_en),
            ..refusal
        };
        let message = named.message.clone();
        named.at(&format!("/deal_ids/{at}"), message)
    }

    pub(crate) fn word(
        &self,
        item: &OpenItem,
        (said, decision): (ExitSaid, Option<Decision>),
        reason: &str,
        (by, at): (&str, Moment),
    ) -> ExitWord {
        ExitWord {
            deal: item.deal,
            said,
            decision,
            reason: reason.trim().to_owned(),
            owed: item.owed,
            to_come: item.to_come,
            by: by.to_owned(),
            at,
        }
    }

    /// HT-7 产线改造
    pub(crate) fn called(&self, deal: ContractId) -> String {
        let name = self.names.get(&deal);
        name.map_or_else(
            || deal.to_string(),
            |(number, title)| format!("{number} {title}").trim_end().to_owned(),
        )
    }

    /// One entry about these contracts; each has an item of its own.
    pub(crate) fn record(
        &self,
        deals: &[ContractId],
        (zh, en): (&str, &str),
        decision: Option<&Decision>,
        reason: &str,
    ) -> Record {
        let who = self.found.person.called();
        let number = &self.found.departure.number;
        let named: Vec<String> = deals
            .iter()
            .take(3)
            .map(|deal| self.called(*deal))
            .collect();
        let (count, named) = (deals.len(), named.join("、"));
        let reason = reason.trim();
        let items = deals.iter().filter_map(|deal| {
            let item = self.item(*deal).ok()?;
            Some(Item {
                subject: format!("contract/{deal}"),
                detail: serde_json::json!({
                    "contract": self.called(*deal),
                    "owed": item.owed,
                    "to_come": item.to_come,
                    "passed_on_by": item.passed_on.as_ref().and_then(|one| one.plan),
                    "terms": item.passed_on.as_ref().map(|one| &one.terms.zh),
                }),
            })
        });
        Record::of(
            format!("commission/{}", self.found.person.id),
            format!("{who}离职（{number}）的未结提成 {count} 笔（{named}）：{zh}"),
            format!(
                "Departure {number} of {who}, {} ({named}): {en}",
                many(&count, "open contracts")
            ),
        )
        .why("departure")
        .about(self.found.subject())
        .detail(serde_json::json!({ "decision": decision, "reason": reason }))
        .items(items.collect())
    }
}

/// The contract of this text.
pub(crate) fn deal(text: &str) -> Result<ContractId, Denied> {
    text.parse().map_err(|_| Denied::absent("contract"))
}
