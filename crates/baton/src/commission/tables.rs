//! What commission asks decision tables, and what they answer 查表.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::event::{Contract, Event, Trigger};
use ::commission::plan::{Component, Decided, Method, Plan, RuleRow, Ruling};
use ::rules::facts::Facts;
use ::rules::kind::Kind;
use ::rules::sentence;
use ::rules::table::{Input, Table};
use kernel::{Bps, CustomerId, Day, Refusal, RuleTableId};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::offer::Offer;
use super::store::{PlanHead, Version};
use crate::rules::ready::{Tables, Voice};
use crate::rules::store::Decision;

/// Which column the rate stands in.
pub(crate) const RATE: &str = "rate";

/// What a table may ask: key, the kinds it may be of, and its name in Chinese and English.
pub(crate) const FACTS: &[(&str, &[&str], &str, &str)] = &[
    ("industry", &["text", "enum"], "行业", "Industry"),
    ("region", &["text", "enum"], "地区", "Region"),
    (
        "tier",
        &["text", "enum"],
        "客户级别",
        "Tier of the customer",
    ),
    (
        "customer_kind",
        &["enum", "text"],
        "新老客户",
        "New or old customer",
    ),
    ("amount", &["money"], "本次金额", "Amount of the event"),
    (
        "contract_amount",
        &["money"],
        "合同金额",
        "Amount of the contract",
    ),
    ("signed_on", &["date"], "签约日", "Signed on"),
    ("happened_on", &["date"], "发生日", "Day of the event"),
    ("trigger", &["enum", "text"], "计提时点", "Earned on"),
];

/// A customer as tables may ask about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traits {
    pub(crate) region: String,
    pub(crate) tier: String,
}

/// The table a component asks.
fn asks(component: &Component) -> Option<RuleTableId> {
    match &component.method {
        Method::ByTable(table) => table.parse().ok(),
        _ => None,
    }
}

/// Every table that versions of plans ask.
pub(crate) fn wanted(versions: &[Version]) -> BTreeSet<RuleTableId> {
    let offers = versions.iter().map(|version| &version.offer);
    offers.flat_map(asked).collect()
}

/// The tables one version asks.
pub(crate) fn asked(offer: &Offer) -> impl Iterator<Item = RuleTableId> + '_ {
    offer.components.iter().filter_map(asks)
}

/// Names of the plans that ask a table; with a day, those that do on that day or later.
pub(crate) fn users(
    plans: &[PlanHead],
    versions: &[Version],
    (table, from): (RuleTableId, Option<Day>),
) -> Vec<String> {
    let uses = |head: &&PlanHead| {
        let own: Vec<&Version> = versions.iter().filter(|one| one.plan == head.id).collect();
        let mut each = own.iter().enumerate();
        each.any(|(at, version)| {
            let until = own.get(at + 1).map(|next| next.valid_from);
            let counts = from.is_none_or(|from| until.is_none_or(|until| until > from));
            counts && asked(&version.offer).any(|one| one == table)
        })
    };
    let found = plans.iter().filter(uses);
    found.map(|head| head.name.clone()).collect()
}

fn unfit(zh: String, en: String) -> Refusal {
    Refusal::conflict("commission.table_unfit", zh, en)
        .remedy("请在决策表中改用提成能给出的条件列和一个「比例」结果列，再发布")
}

fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Money => "money",
        Kind::Rate => "rate",
        Kind::Int => "int",
        Kind::Days => "days",
        Kind::Number => "number",
        Kind::Date => "date",
        Kind::Bool => "bool",
        Kind::Enum { .. } => "enum",
        Kind::Text => "text",
    }
}

/// Whether commission can take a rate from this table: it asks only what is known of a deal, and
/// one row says one rate, in whole basis points between 0 and 100 %.
///
/// # Errors
/// `commission.table_unfit`.
pub(crate) fn fits(table: &Table) -> Result<(), Refusal> {
    let strange = |input: &&Input| {
        let known = FACTS.iter().find(|(key, ..)| *key == input.key);
        known.is_none_or(|(_, kinds, ..)| !kinds.contains(&kind_word(&input.holds)))
    };
    let name = &table.title.zh;
    if let Some(input) = table.inputs.iter().find(strange) {
        let (zh, en) = (&input.label.zh, input.label.english());
        return Err(unfit(
            format!("决策表「{name}」的条件「{zh}」不是提成知道的事实"),
            format!("commission does not know {en}"),
        ));
    }
    let place = table.outputs.iter().position(|output| output.key == RATE);
    let rates = place.filter(|at| table.outputs[*at].holds == Kind::Rate);
    let Some(at) = rates.filter(|_| !table.hit.is_list() && !table.hit.is_aggregate()) else {
        return Err(unfit(
            format!("决策表「{name}」没有给出单一的比例（结果列「rate」，类型为比例）"),
            "the table does not say one rate (output rate, of kind rate)".to_owned(),
        ));
    };
    let lines = table.rows.iter().map(|row| &row.then).chain(&table.default);
    let said = lines.filter_map(|line| line.get(at));
    match said
        .map(|cell| (cell, bps(cell)))
        .find(|(_, bps)| bps.is_none())
    {
        None => Ok(()),
        Some((cell, _)) => Err(unfit(
            format!("决策表「{name}」的比例 {cell} 不在 0 到 100% 之间，或细于万分之一"),
            format!("{cell} is no rate between 0 and 100 % in whole basis points"),
        )),
    }
}

/// `0.035` as 350; nothing when it is finer, below 0 or above 1.
fn bps(text: &str) -> Option<Bps> {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let rest = rest.trim_end_matches('0');
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(rest) || rest.len() > 4 {
        return None;
    }
    let rate: i64 = format!("{whole}{rest:0<4}").parse().ok()?;
    (0..=10_000).contains(&rate).then_some(Bps(rate))
}

/// Whether the tables a version asks are in force from a day on and say rates.
///
/// # Errors
/// `commission.table_not_in_force`, `commission.table_unfit`.
pub(crate) fn check(offer: &Offer, tables: &Tables, from: Day) -> Result<(), Refusal> {
    for (at, component) in offer.components.iter().enumerate() {
        let Method::ByTable(id) = &component.method else {
            continue;
        };
        let place = format!("/offer/components/{at}/method/by_table");
        let found = id.parse().ok().and_then(|id: RuleTableId| tables.get(&id));
        let Some(table) = found.filter(|table| table.covers_from(from)) else {
            let name = found.map_or(id.as_str(), |table| &table.name);
            return Err(not_in_force(name, from).at(&place, "没有生效的版本"));
        };
        let later = |version: &&::rules::publish::Published| {
            version.valid().until.is_none_or(|until| until > from)
        };
        for version in table.versions.iter().filter(later) {
            fits(version.table()).map_err(|refusal| refusal.at(&place, "这张表不合用"))?;
        }
    }
    Ok(())
}

/// A table that is asked is not in force.
pub(crate) fn not_in_force(name: &str, day: Day) -> Refusal {
    Refusal::conflict(
        "commission.table_not_in_force",
        format!("决策表「{name}」自 {day} 起没有生效的版本"),
        format!("no version of the decision table {name} is in force from {day}"),
    )
    .remedy("请先在「决策表」中发布一个涵盖该日的版本")
}

/// Everything tables are asked about.
pub(crate) struct Asked<'a> {
    pub(crate) plans: &'a [Plan],
    pub(crate) contracts: &'a [Contract],
    pub(crate) events: &'a [Event],
    pub(crate) customers: &'a BTreeMap<CustomerId, Traits>,
    pub(crate) tables: &'a Tables,
    /// A draft that speaks instead of its table.
    pub(crate) ghost: Option<(RuleTableId, &'a ::rules::index::Index)>,
}

/// What they answer, and what is kept of it.
#[derive(Default)]
pub(crate) struct Answers {
    pub(crate) decided: Vec<Decided>,
    pub(crate) kept: Vec<Decision>,
}

/// Asks each table about each event that a plan would pay by it.
pub(crate) fn answers(asked: &Asked<'_>) -> Answers {
    let mut answers = Answers::default();
    if asked.tables.is_empty() {
        return answers;
    }
    let contracts: BTreeMap<_, _> = asked.contracts.iter().map(|one| (one.id, one)).collect();
    for event in asked.events {
        let versions = asked
            .plans
            .iter()
            .filter_map(|plan| plan.version_for(event.on));
        let paying = versions.filter(|version| version.trigger == event.trigger);
        let tables: BTreeSet<RuleTableId> = paying
            .flat_map(|version| version.components.iter().filter_map(asks))
            .collect();
        let Some(contract) = contracts.get(&event.contract) else {
            continue;
        };
        for table in tables {
            let (ruling, kept) = asked.ruling(table, event, contract);
            answers.kept.extend(kept);
            answers.decided.push(Decided {
                table: table.to_string(),
                record: event.record.clone(),
                contract: event.contract,
                ruling,
            });
        }
    }
    answers
}

impl Asked<'_> {
    fn ruling(
        &self,
        id: RuleTableId,
        event: &Event,
        contract: &Contract,
    ) -> (Ruling, Option<Decision>) {
        let table = self.tables.get(&id);
        let name = table.map_or_else(|| id.to_string(), |table| table.name.clone());
        let ghost = self.ghost.filter(|(of, _)| *of == id);
        let live = table.and_then(|table| table.on(event.on)).map(Voice::Live);
        let Some(voice) = ghost.map(|(_, index)| Voice::Ghost(index)).or(live) else {
            return (Ruling::NotInForce { table: name }, None);
        };
        let given = self.given(event, contract);
        let ruling = said(voice, &name, &given);
        let kept = match (&ruling, voice) {
            (Ruling::Rate { row, .. }, Voice::Live(version)) => {
                let record = version.record(event.on, &given).ok();
                record.map(|record| kept(id, row, event, record))
            }
            _ => None,
        };
        (ruling, kept)
    }

    /// What is known of an event, by the keys of [`FACTS`].
    fn given(&self, event: &Event, contract: &Contract) -> BTreeMap<String, Json> {
        let traits = self.customers.get(&contract.customer).cloned();
        let Traits { region, tier } = traits.unwrap_or_default();
        // A word that nobody entered is no fact.
        let word = |text: &str| match text {
            "" => Json::Null,
            text => json!(text),
        };
        let yuan = |fen: kernel::Fen| json!(fen.to_string().replace(',', ""));
        let kind = if contract.new_customer { "new" } else { "old" };
        let trigger = match event.trigger {
            Trigger::Signing => "signing",
            Trigger::Delivery => "delivery",
            Trigger::Invoice => "invoice",
            Trigger::Cash => "cash",
        };
        BTreeMap::from([
            ("industry".to_owned(), word(&contract.industry)),
            ("region".to_owned(), word(&region)),
            ("tier".to_owned(), word(&tier)),
            ("customer_kind".to_owned(), json!(kind)),
            ("amount".to_owned(), yuan(event.amount)),
            ("contract_amount".to_owned(), yuan(contract.gross)),
            ("signed_on".to_owned(), json!(contract.signed_on)),
            ("happened_on".to_owned(), json!(event.on)),
            ("trigger".to_owned(), json!(trigger)),
        ])
    }
}

/// What a table says of these facts.
fn said(voice: Voice<'_>, name: &str, given: &BTreeMap<String, Json>) -> Ruling {
    let index = voice.index();
    let table = index.grid().table();
    let silent = |zh: String, en: String| Ruling::Silent {
        table: name.to_owned(),
        version: voice.version(),
        zh,
        en,
    };
    let facts = match Facts::read(table, given) {
        Ok(facts) => facts,
        Err(refusal) => return silent(refusal.message, refusal.message_en),
    };
    let decision = match index.decide(&facts) {
        Ok(decision) => decision,
        Err(refusal) => return silent(refusal.message, refusal.message_en),
    };
    let (asked, asked_en) = words(table, &facts);
    let answer = decision.answer.write(table);
    let Some(rate) = answer[RATE].as_str().and_then(bps) else {
        let (zh, en) = decision.answer.words(table);
        return silent(format!("{asked}，{zh}"), format!("{asked_en}: {en}"));
    };
    let row = decision.chosen.first().map_or(0, |row| row + 1);
    let row = RuleRow {
        table: name.to_owned(),
        version: voice.version(),
        row: u32::try_from(row).unwrap_or(0),
        asked,
        asked_en,
    };
    Ruling::Rate { rate, row }
}

/// `行业 制造、新老客户 新客户`
fn words(table: &Table, facts: &Facts) -> (String, String) {
    let each = table.inputs.iter().zip(facts.values());
    let (zh, en): (Vec<_>, Vec<_>) = each
        .map(|(input, value)| {
            let zh = sentence::shown(&input.holds, value);
            let en = sentence::shown_en(&input.holds, value);
            (
                format!("{} {zh}", input.label.zh),
                format!("{} {en}", input.label.english()),
            )
        })
        .unzip();
    (zh.join("、"), en.join(", "))
}

fn kept(
    table: RuleTableId,
    row: &RuleRow,
    event: &Event,
    record: ::rules::record::Record,
) -> Decision {
    let whole = json!([table, event.record, event.contract, record]);
    let digest = Sha256::digest(whole.to_string().as_bytes());
    Decision {
        digest: hex::encode(&digest[..16]),
        table,
        version: row.version,
        row: row.row,
        record: event.record.0.clone(),
        deal: event.contract,
        as_of: event.on,
        kept: record,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_whole_basis_points_of_at_most_the_whole() {
        for (text, rate) in [
            ("0", 0),
            ("0.035", 350),
            ("0.0001", 1),
            ("1", 10_000),
            ("0.50", 5_000),
        ] {
            assert_eq!(bps(text), Some(Bps(rate)), "{text}");
        }
        for text in [
            "",
            "-0.1",
            "0.00001",
            "1.0001",
            "2",
            "amount * 0.1",
            ".",
            "x",
        ] {
            assert_eq!(bps(text), None, "{text}");
        }
    }
}
