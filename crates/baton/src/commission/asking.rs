//! How tables are asked about deals, and what is kept of their answers 查表取数.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::event::{Contract, Event, Trigger};
use ::commission::plan::{Decided, Plan, RuleRow, Ruling};
use ::rules::facts::Facts;
use ::rules::sentence;
use ::rules::table::Table;
use kernel::{CustomerId, Day, Refusal, RuleTableId};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::tables::{RATE, asks, bps};
use crate::rules::ready::{Tables, Voice};
use crate::rules::store::Decision;

/// A customer as tables may ask about it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traits {
    pub(crate) region: String,
    pub(crate) tier: String,
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
    fn given(&self, event: &Event, contract: &Contract) -> Given {
        let traits = self.customers.get(&contract.customer).cloned();
        let mut given = of_deal(&traits.unwrap_or_default(), contract);
        let trigger = match event.trigger {
            Trigger::Signing => "signing",
            Trigger::Delivery => "delivery",
            Trigger::Invoice => "invoice",
            Trigger::Cash => "cash",
        };
        given.extend([
            ("amount".to_owned(), yuan(event.amount)),
            ("happened_on".to_owned(), json!(event.on)),
            ("trigger".to_owned(), json!(trigger)),
        ]);
        given
    }
}

/// Facts by their keys.
pub(super) type Given = BTreeMap<String, Json>;

/// A word that nobody entered is no fact.
fn word(text: &str) -> Json {
    match text {
        "" => Json::Null,
        text => json!(text),
    }
}

fn yuan(fen: kernel::Fen) -> Json {
    json!(fen.to_string().replace(',', ""))
}

/// What is known of a customer.
pub(super) fn of_customer(industry: &str, traits: &Traits) -> Given {
    BTreeMap::from([
        ("industry".to_owned(), word(industry)),
        ("region".to_owned(), word(&traits.region)),
        ("tier".to_owned(), word(&traits.tier)),
    ])
}

/// What is known of a deal.
pub(super) fn of_deal(traits: &Traits, contract: &Contract) -> Given {
    let kind = if contract.new_customer { "new" } else { "old" };
    let mut given = of_customer(&contract.industry, traits);
    given.extend([
        ("product".to_owned(), word(&contract.product)),
        ("customer_kind".to_owned(), json!(kind)),
        ("contract_amount".to_owned(), yuan(contract.gross)),
        ("signed_on".to_owned(), json!(contract.signed_on)),
    ]);
    given
}

/// What a table says of these facts: its answer and the row, or why there is none, in Chinese and
/// English.
pub(super) fn answer(
    voice: Voice<'_>,
    name: &str,
    given: &Given,
) -> Result<(Json, RuleRow), (String, String)> {
    let index = voice.index();
    let table = index.grid().table();
    let why = |refusal: Refusal| (refusal.message.to_string(), refusal.message_en.to_string());
    let facts = Facts::read(table, given).map_err(why)?;
    let decision = index.decide(&facts).map_err(why)?;
    let (asked, asked_en) = words(table, &facts);
    let answer = decision.answer.write(table);
    if answer.is_null() {
        let (zh, en) = decision.answer.words(table);
        return Err((format!("{asked}，{zh}"), format!("{asked_en}: {en}")));
    }
    let row = decision.chosen.first().map_or(0, |row| row + 1);
    let row = RuleRow {
        table: name.to_owned(),
        version: voice.version(),
        row: u32::try_from(row).unwrap_or(0),
        asked,
        asked_en,
    };
    Ok((answer, row))
}

/// What a table says of these facts.
fn said(voice: Voice<'_>, name: &str, given: &Given) -> Ruling {
    let silent = |zh: String, en: String| Ruling::Silent {
        table: name.to_owned(),
        version: voice.version(),
        zh,
        en,
    };
    match answer(voice, name, given) {
        Err((zh, en)) => silent(zh, en),
        Ok((answer, row)) => match answer[RATE].as_str().and_then(bps) {
            Some(rate) => Ruling::Rate { rate, row },
            None => silent(
                format!("{}，没有给出比例", row.asked),
                format!("{}: no rate", row.asked_en),
            ),
        },
    }
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
    decision(
        (table, row),
        (&event.record.0, Some(event.contract)),
        event.on,
        record,
    )
}

/// What is kept of a decision about a record of the books.
pub(super) fn decision(
    (table, row): (RuleTableId, &RuleRow),
    (about, deal): (&str, Option<kernel::ContractId>),
    as_of: Day,
    record: ::rules::record::Record,
) -> Decision {
    let whole = json!([table, about, deal, record]);
    let digest = Sha256::digest(whole.to_string().as_bytes());
    Decision {
        digest: hex::encode(&digest[..16]),
        table,
        version: row.version,
        row: row.row,
        record: about.to_owned(),
        deal,
        as_of,
        kept: record,
    }
}
