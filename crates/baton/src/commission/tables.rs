//! What commission asks decision tables, and what they answer 查表.

use std::collections::BTreeSet;

use ::commission::plan::{Component, Method};
use ::rules::kind::Kind;
use ::rules::problem::{Column, Line, Place, Problem, Severity};
use ::rules::table::{Input, Table};
use kernel::{Bps, Day, Refusal, RuleTableId};
use spine::{Fault, Reader};

use super::offer::Offer;
use super::store::{PlanHead, Version};
use crate::rules::ready::{Ready, Tables};

/// Which column the rate stands in.
pub(crate) const RATE: &str = "rate";
/// Which column the previous owner's share stands in.
pub(crate) const SHARE: &str = "share";
/// Which columns say who is credited: 负责人, 签约人, 协作人. Each row is the whole together.
pub(crate) const CREDIT: [&str; 3] = ["owner", "signer", "helpers"];

/// What commission asks a table for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// 比例: at which rate an event is paid.
    Rate,
    /// 保护期份额: what the previous owner keeps on a day after a handover.
    Share,
    /// 业绩认定: who is credited with a deal.
    Credit,
}

impl Purpose {
    /// As people say it.
    pub(crate) fn words(self) -> (&'static str, &'static str) {
        match self {
            Purpose::Rate => ("提成比例", "the rate"),
            Purpose::Share => ("交接后的份额", "shares after a handover"),
            Purpose::Credit => ("业绩认定", "credit"),
        }
    }
}

/// Something a table may ask.
pub(crate) struct Fact {
    pub(crate) key: &'static str,
    /// The kinds it may be of, the usual one first.
    pub(crate) kinds: &'static [&'static str],
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    /// What it is known for.
    pub(crate) purposes: &'static [Purpose],
}

const WORD: &[&str] = &["text", "enum"];
const CHOICE: &[&str] = &["enum", "text"];
const ALL: &[Purpose] = &[Purpose::Rate, Purpose::Share, Purpose::Credit];
const OF_DEALS: &[Purpose] = &[Purpose::Rate, Purpose::Credit];
const OF_EVENTS: &[Purpose] = &[Purpose::Rate];

const fn fact(
    key: &'static str,
    kinds: &'static [&'static str],
    (zh, en): (&'static str, &'static str),
    purposes: &'static [Purpose],
) -> Fact {
    Fact {
        key,
        kinds,
        zh,
        en,
        purposes,
    }
}

/// What a table may ask.
pub(crate) const FACTS: &[Fact] = &[
    fact("industry", WORD, ("行业", "Industry"), ALL),
    fact("region", WORD, ("地区", "Region"), ALL),
    fact("tier", WORD, ("客户级别", "Tier of the customer"), ALL),
    fact("product", WORD, ("产品", "Product"), OF_DEALS),
    fact(
        "customer_kind",
        CHOICE,
        ("新老客户", "New or old customer"),
        OF_DEALS,
    ),
    fact(
        "amount",
        &["money"],
        ("本次金额", "Amount of the event"),
        OF_EVENTS,
    ),
    fact(
        "contract_amount",
        &["money"],
        ("合同金额", "Amount of the contract"),
        OF_DEALS,
    ),
    fact("signed_on", &["date"], ("签约日", "Signed on"), OF_DEALS),
    fact(
        "happened_on",
        &["date"],
        ("发生日", "Day of the event"),
        OF_EVENTS,
    ),
    fact("trigger", CHOICE, ("计提时点", "Earned on"), OF_EVENTS),
    fact(
        "days",
        &["days", "int"],
        ("交接后天数", "Days since the handover"),
        &[Purpose::Share],
    ),
];

/// The table a component asks.
pub(super) fn asks(component: &Component) -> Option<RuleTableId> {
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

/// What asks a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    /// A commission plan, by name.
    Plan(String),
    /// The terms of a handover plan, by its number.
    Terms(String),
    /// The crediting of deals.
    Crediting,
}

impl Asker {
    /// What it asks for.
    pub(crate) fn purpose(&self) -> Purpose {
        match self {
            Asker::Plan(_) => Purpose::Rate,
            Asker::Terms(_) => Purpose::Share,
            Asker::Crediting => Purpose::Credit,
        }
    }

    /// As people say it.
    pub(crate) fn words(&self) -> (String, String) {
        match self {
            Asker::Plan(name) => (
                format!("提成方案「{name}」"),
                format!("the commission plan “{name}”"),
            ),
            Asker::Terms(number) => (
                format!("交接方案 {number}"),
                format!("the handover plan {number}"),
            ),
            Asker::Crediting => ("业绩认定".to_owned(), "the crediting of deals".to_owned()),
        }
    }
}

/// Everything that asks tables: plans, terms that were not opened yet, and the crediting of deals.
pub(crate) struct Askers {
    plans: Vec<PlanHead>,
    versions: Vec<Version>,
    crediting: Vec<super::store::CreditingRow>,
    /// Numbers of handover plans whose terms name a table.
    terms: Vec<(RuleTableId, String)>,
}

impl Askers {
    /// Reads them.
    pub(crate) async fn read(books: &mut Reader<'_>) -> Result<Askers, Fault> {
        Ok(Askers {
            plans: super::store::plans(books).await?,
            versions: super::store::versions(books).await?,
            crediting: super::store::crediting(books).await?,
            terms: crate::handover::store::tables_of_open_plans(books).await?,
        })
    }

    /// What asks this table; with a day, what does on that day or later.
    pub(crate) fn of(&self, table: RuleTableId, from: Option<Day>) -> Vec<Asker> {
        let later =
            |until: Option<Day>| from.is_none_or(|from| until.is_none_or(|until| until > from));
        let asks_rate = |head: &&PlanHead| {
            let own: Vec<_> = self
                .versions
                .iter()
                .filter(|one| one.plan == head.id)
                .collect();
            let mut each = own.iter().enumerate();
            each.any(|(at, version)| {
                let until = own.get(at + 1).map(|next| next.valid_from);
                later(until) && asked(&version.offer).any(|one| one == table)
            })
        };
        let rates = self.plans.iter().filter(asks_rate);
        let mut found: Vec<Asker> = rates.map(|head| Asker::Plan(head.name.clone())).collect();
        let terms = self.terms.iter().filter(|(one, _)| *one == table);
        found.extend(terms.map(|(_, number)| Asker::Terms(number.clone())));
        let credits = self.crediting.iter().enumerate().any(|(at, row)| {
            let until = self.crediting.get(at + 1).map(|next| next.effective_on);
            row.table == Some(table) && later(until)
        });
        found.extend(credits.then_some(Asker::Crediting));
        found
    }
}

fn unfit(zh: String, en: String) -> Refusal {
    Refusal::conflict("commission.table_unfit", zh, en).remedy((
        "请在决策表中改用提成能给出的条件列和一个「比例」结果列，再发布",
        "Use only conditions that commission can give and one result column “ratio” in the \
         table, then publish it",
    ))
}

/// What helps where a rate is none that commission takes.
const RATE_REMEDY: (&str, &str) = (
    "请把比例写成 0 到 1 之间、最多四位小数的数：3.5% 写作 0.035，100% 写作 1",
    "write a rate as a number from 0 to 1 with at most four places: 3.5 % is 0.035, 100 % is 1",
);

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

/// Whether commission can take this from the table: it asks only what is known then, and one row
/// says one rate, or shares that are the whole together, in whole basis points.
///
/// # Errors
/// `commission.table_unfit`.
pub(crate) fn fits(table: &Table, purpose: Purpose) -> Result<(), Refusal> {
    let strange = |input: &&Input| {
        let known = FACTS.iter().find(|fact| fact.key == input.key);
        known.is_none_or(|fact| {
            !fact.kinds.contains(&kind_word(&input.holds)) || !fact.purposes.contains(&purpose)
        })
    };
    let (name, (what, what_en)) = (&table.title.zh, purpose.words());
    if let Some(input) = table.inputs.iter().find(strange) {
        let (zh, en) = (&input.label.zh, input.label.english());
        return Err(unfit(
            format!("决策表「{name}」的条件「{zh}」不是确定{what}时知道的事实"),
            format!("{en} is not known when {what_en} is asked for"),
        ));
    }
    if table.hit.is_list() || table.hit.is_aggregate() {
        return Err(unfit(
            format!("决策表「{name}」一次给出多行，{what}只能取自一行"),
            format!("the table gives several rows; {what_en} comes from one"),
        ));
    }
    let columns: Vec<usize> = match purpose {
        Purpose::Rate => column(table, RATE).into_iter().collect(),
        Purpose::Share => column(table, SHARE).into_iter().collect(),
        Purpose::Credit => CREDIT.iter().filter_map(|key| column(table, key)).collect(),
    };
    if columns.is_empty() {
        let keys = match purpose {
            Purpose::Rate => RATE,
            Purpose::Share => SHARE,
            Purpose::Credit => "owner / signer / helpers",
        };
        return Err(unfit(
            format!("决策表「{name}」没有给出{what}的结果列（「{keys}」，类型为比例）"),
            format!("the table does not say {what_en} (output {keys}, of kind rate)"),
        ));
    }
    for (_, line) in lines(table) {
        let mut sum = 0;
        for cell in columns.iter().filter_map(|at| line.get(*at)) {
            let Some(rate) = bps(cell) else {
                return Err(unfit(
                    format!("决策表「{name}」的比例 {cell} 不在 0 到 100% 之间，或细于万分之一"),
                    format!("{cell} is no rate between 0 and 100 % in whole basis points"),
                )
                .remedy(RATE_REMEDY));
            };
            sum += rate.0;
        }
        if purpose == Purpose::Credit && sum != 10_000 {
            return Err(unfit(
                format!("决策表「{name}」有一行的份额合计不是 100%"),
                "the shares of a row are not the whole together".to_owned(),
            )
            .remedy((
                "请使每一行的各列份额合计为 1（100%）",
                "Let the shares of each row add up to 1 (100%)",
            )));
        }
    }
    Ok(())
}

/// Rows and default of a table.
fn lines(table: &Table) -> impl Iterator<Item = (Line, &Vec<String>)> {
    let rows = table.rows.iter().enumerate();
    let rows = rows.map(|(at, row)| (Line::Row(at), &row.then));
    let otherwise = table.default.iter().map(|cells| (Line::Default, cells));
    rows.chain(otherwise)
}

/// Rates that commission could not take, as reminders: that a plan asks the table is known only
/// when it is published, and then the whole table is refused.
pub(crate) fn doubts(table: &Table) -> Vec<Problem> {
    let keys = [RATE, SHARE].into_iter().chain(CREDIT);
    let columns: Vec<usize> = keys.filter_map(|key| column(table, key)).collect();
    let mut found = Vec::new();
    for (line, cells) in lines(table) {
        for at in &columns {
            let cell = cells.get(*at).map_or("", |cell| cell.trim());
            if cell.is_empty() || bps(cell).is_some() {
                continue;
            }
            found.push(Problem {
                severity: Severity::Hint,
                code: "commission.table_unfit".to_owned(),
                place: Place::cell(line, Column::Output(*at)),
                message: format!("比例 {cell} 不在 0 到 100% 之间，或细于万分之一，提成不能取用"),
                message_en: format!("{cell} is no rate that commission takes, 0 to 100 %"),
                remedy: RATE_REMEDY.0.to_owned(),
                remedy_en: RATE_REMEDY.1.to_owned(),
            });
        }
    }
    found
}

fn column(table: &Table, key: &str) -> Option<usize> {
    let rate = |output: &::rules::table::Output| output.key == key && output.holds == Kind::Rate;
    table.outputs.iter().position(rate)
}

/// `0.035` as 350; nothing when it is finer, below 0 or above 1.
pub(super) fn bps(text: &str) -> Option<Bps> {
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
        let Some(table) = found else {
            return Err(
                not_in_force(id, from).at(&place, ("没有生效的版本", "No version is in force"))
            );
        };
        ready_for(table, Purpose::Rate, from).map_err(|refusal| {
            refusal.at(
                &place,
                (
                    "这张表没有生效的版本，或不合用",
                    "This table has no version in force, or does not fit",
                ),
            )
        })?;
    }
    Ok(())
}

/// Whether a table is in force on every day from this one on, and each version of that time says
/// what it is asked for.
///
/// # Errors
/// `commission.table_not_in_force`, `commission.table_unfit`.
pub(crate) fn ready_for(table: &Ready, purpose: Purpose, from: Day) -> Result<(), Refusal> {
    if !table.covers_from(from) {
        return Err(not_in_force(&table.name, from));
    }
    let later = |version: &&::rules::publish::Published| {
        version.valid().until.is_none_or(|until| until > from)
    };
    for version in table.versions.iter().filter(later) {
        fits(version.table(), purpose)?;
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
    .remedy((
        "请先在「决策表」中发布一个涵盖该日的版本",
        "Publish a version that covers this day under Decision tables first",
    ))
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
