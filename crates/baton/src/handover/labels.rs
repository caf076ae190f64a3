//! What the lines of a plan are called in English 事项英文名.
//!
//! Labels are kept as they were drawn up, and what the program makes up itself it says in Chinese:
//! tasks and cases by their flow, flows by their name, stand-ins by a sentence.

use std::collections::BTreeMap;

use ::approval::item::ItemNo;
use ::handover::holding::{HoldingKey, HoldingKind};
use kernel::CaseId;
use spine::{Failure, Reader};

use super::store::ItemLine;
use crate::approval::store as cases;
use crate::approval::tasks;
use crate::told;

/// The English of those labels that have one of their own.
pub(super) async fn in_english(
    books: &mut Reader<'_>,
    lines: &[ItemLine],
) -> Result<BTreeMap<HoldingKey, String>, Failure> {
    let mut english = BTreeMap::new();
    for line in lines {
        let (key, label) = (&line.holding.key, &line.holding.title);
        let en = match key.kind {
            HoldingKind::PendingApproval | HoldingKind::PendingTask => {
                task(books, &key.subject).await?
            }
            HoldingKind::InitiatedCase => Some(told::in_english(label)),
            HoldingKind::FlowSeat => flow(books, &key.subject).await?,
            HoldingKind::StandIn => stand_in(label),
            _ => None,
        };
        english.extend(en.map(|en| (key.clone(), en)));
    }
    Ok(english)
}

/// `case_…/3` as case and step.
async fn task(books: &mut Reader<'_>, subject: &str) -> Result<Option<String>, Failure> {
    let place = subject.split_once('/');
    let place = place
        .and_then(|(case, item)| Some((case.parse::<CaseId>().ok()?, item.parse::<u32>().ok()?)));
    let Some((case, item)) = place else {
        return Ok(None);
    };
    let Some(case) = cases::find_case(books, case).await? else {
        return Ok(None);
    };
    let flow = cases::flow_of(books, &case).await?.published()?;
    Ok(case.state.item(ItemNo(item)).map(|step| {
        let (_, step) = tasks::node_title(&flow, step);
        format!("{}: {step}", told::in_english(&case.title))
    }))
}

async fn flow(books: &mut Reader<'_>, key: &str) -> Result<Option<String>, Failure> {
    let Some(flow) = cases::newest_flow(books, key).await? else {
        return Ok(None);
    };
    let title = flow.published()?.title_en.clone();
    Ok(Some(title).filter(|title| !title.is_empty()))
}

/// 甲代理乙
fn stand_in(label: &str) -> Option<String> {
    let (deputy, absent) = label.split_once("代理")?;
    Some(format!("{deputy} stands in for {absent}"))
}
