//! What a table says the previous owner keeps after a handover 保护期查表.
//!
//! The table is asked once for each customer, with the version in force on the effective day of the
//! handover and with the customer as the books know it then; what it said is kept with the terms
//! and never asked again.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::split_after_handover::{Agreement, TableStep, Terms};
use kernel::{CustomerId, Day, Refusal, RuleTableId};
use serde_json::json;
use spine::{Fault, Reader};

use super::asking::{self, Given, Traits};
use super::tables::{self, Purpose, SHARE, bps};
use crate::customer::store::{self as customers, stretches};
use crate::rules::ready::{self, Ready, Tables, Voice};
use crate::rules::store::Decision;

/// Days after a handover that are looked at; what holds on the last of them holds for good.
const DAYS: u32 = 1_100;

/// Terms of customers, each with what its table said.
#[derive(Default)]
pub(crate) struct Answered {
    pub(crate) terms: Vec<(Option<CustomerId>, Agreement)>,
    pub(crate) kept: Vec<Decision>,
}

fn table_of(agreement: &Agreement) -> Option<RuleTableId> {
    match &agreement.terms {
        Terms::ByTable { table, .. } => table.parse().ok(),
        _ => None,
    }
}

/// Asks the tables that terms name, for each of these customers that falls under such terms. Terms
/// that name none are handed on as they are. `about` names the handover, `plan/pln_…`.
///
/// # Errors
/// `commission.table_not_in_force`, `commission.table_unfit`, `commission.table_silent` with the
/// customer it has no answer for.
pub(crate) async fn answered(
    books: &mut Reader<'_>,
    agreed: &[(Option<CustomerId>, Agreement)],
    moving: &[CustomerId],
    (about, on): (&str, Day),
) -> Result<Result<Answered, Refusal>, Fault> {
    let wanted: BTreeSet<RuleTableId> = agreed.iter().filter_map(|(_, t)| table_of(t)).collect();
    if wanted.is_empty() {
        let terms = agreed.to_vec();
        let kept = Vec::new();
        return Ok(Ok(Answered { terms, kept }));
    }
    let tables = ready::tables(books, &wanted).await?;
    let own: BTreeMap<CustomerId, &Agreement> = agreed
        .iter()
        .filter_map(|(customer, terms)| Some(((*customer)?, terms)))
        .collect();
    let general = agreed.iter().find(|(customer, _)| customer.is_none());
    let general = general.map(|(_, terms)| terms);
    let mut out = Answered::default();
    // What names no table stays one row; what does becomes one for each customer.
    out.terms.extend(
        agreed
            .iter()
            .filter(|(_, terms)| table_of(terms).is_none())
            .cloned(),
    );
    let asked: Vec<(CustomerId, &Agreement)> = moving
        .iter()
        .filter_map(|id| Some((*id, own.get(id).copied().or(general)?)))
        .filter(|(_, terms)| table_of(terms).is_some())
        .collect();
    let ids: Vec<CustomerId> = asked.iter().map(|(id, _)| *id).collect();
    let known = known(books, &ids).await?;
    for (id, terms) in asked {
        let given = known.get(&id).cloned().unwrap_or_default();
        match asks(&tables, terms, &given, on) {
            Err(refusal) => return Ok(Err(refusal)),
            Ok(Err(why)) => return Ok(Err(silent(books, id, why).await?)),
            Ok(Ok((terms, kept))) => {
                out.terms.push((Some(id), terms));
                for (table, row, record) in kept {
                    out.kept
                        .push(asking::decision((table, &row), (about, None), on, record));
                }
            }
        }
    }
    // Customers of one kind were one decision.
    let mut seen = BTreeSet::new();
    out.kept.retain(|one| seen.insert(one.digest.clone()));
    Ok(Ok(out))
}

/// What tables may ask about customers.
pub(crate) async fn known(
    books: &mut Reader<'_>,
    of: &[CustomerId],
) -> Result<BTreeMap<CustomerId, Given>, Fault> {
    let kinds = stretches::kinds(books, Some(of)).await?;
    let given = kinds.into_iter().map(|kind| {
        let stretches::Kind {
            id,
            industry,
            region,
            tier,
            ..
        } = kind;
        (id, asking::of_customer(&industry, &Traits { region, tier }))
    });
    Ok(given.collect())
}

type Row = (
    RuleTableId,
    ::commission::plan::RuleRow,
    ::rules::record::Record,
);
type Said = Result<(Agreement, Vec<Row>), (String, String)>;

/// Asks the version of the day about one customer.
fn asks(tables: &Tables, agreement: &Agreement, given: &Given, on: Day) -> Result<Said, Refusal> {
    let Terms::ByTable { table, covers, .. } = &agreement.terms else {
        return Ok(Ok((agreement.clone(), Vec::new())));
    };
    let id = table_of(agreement);
    let found = id.and_then(|id| Some((id, tables.get(&id)?)));
    let Some((id, ready)) = found else {
        return Err(tables::not_in_force(table, on));
    };
    let live = version_on(ready, on)?;
    let said = match steps(Voice::Live(live), &ready.name, given) {
        Ok(said) => said,
        Err(why) => return Ok(Err(why)),
    };
    let mut kept = Vec::with_capacity(said.len());
    for (since, step) in &said {
        let mut given = given.clone();
        given.insert("days".to_owned(), json!(since));
        kept.push((id, step.row.clone(), live.record(on, &given)?));
    }
    let terms = Terms::ByTable {
        table: table.clone(),
        name: ready.name.clone(),
        covers: *covers,
        steps: said.into_iter().map(|(_, step)| step).collect(),
    };
    let pool = agreement.pool.clone();
    Ok(Ok((Agreement { terms, pool }, kept)))
}

/// The version of a day, when it says shares.
///
/// # Errors
/// `commission.table_not_in_force`, `commission.table_unfit`.
pub(crate) fn version_on(ready: &Ready, on: Day) -> Result<&::rules::publish::Published, Refusal> {
    let live = ready.on(on);
    let live = live.ok_or_else(|| tables::not_in_force(&ready.name, on))?;
    tables::fits(live.table(), Purpose::Share)?;
    Ok(live)
}

/// The steps a table says for a customer, each with the day it begins on; or why it says none for
/// one of the days.
pub(crate) fn steps(
    voice: Voice<'_>,
    name: &str,
    given: &Given,
) -> Result<Vec<(u32, TableStep)>, (String, String)> {
    let inputs = &voice.index().grid().table().inputs;
    let by_day = inputs.iter().any(|input| input.key == "days");
    let mut given = given.clone();
    let mut found: Vec<(u32, TableStep)> = Vec::new();
    for day in 0..=(if by_day { DAYS } else { 0 }) {
        given.insert("days".to_owned(), json!(day));
        let (answer, row) = asking::answer(voice, name, &given)?;
        let Some(share) = answer[SHARE].as_str().and_then(bps) else {
            return Err((
                format!("第 {day} 天没有给出份额"),
                format!("no share on day {day}"),
            ));
        };
        match found.last_mut() {
            Some((_, last)) if last.row.row == row.row && last.share == share => {}
            last => {
                if let Some((_, last)) = last {
                    last.before_day = Some(day);
                }
                let before_day = None;
                found.push((
                    day,
                    TableStep {
                        before_day,
                        share,
                        row,
                    },
                ));
            }
        }
    }
    Ok(found)
}

async fn silent(
    books: &mut Reader<'_>,
    customer: CustomerId,
    (zh, en): (String, String),
) -> Result<Refusal, Fault> {
    let names = customers::names_of(books, vec![customer]).await?;
    let name = names
        .get(&customer.to_string())
        .cloned()
        .unwrap_or_default();
    Ok(Refusal::conflict(
        "commission.table_silent",
        format!("决策表对客户「{name}」没有给出份额：{zh}"),
        format!("the table has no share for the customer {name}: {en}"),
    )
    .remedy((
        "请补全该客户的资料，或为它单独约定条款",
        "Complete the data of this customer, or agree terms for it alone",
    )))
}
