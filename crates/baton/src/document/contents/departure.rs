//! What the papers of a departure say 离职文书内容.

use std::collections::{BTreeMap, BTreeSet};

use ::document::{Content, Rows, Value};
use ::handover::holding::HoldingKind;
use access::RowFilter;
use kernel::{EmployeeId, Fen};
use spine::{Failure, Reader};

use super::{count, filled, one_line, put, put_some, term};
use crate::bounds;
use crate::customer::store as customers;
use crate::departure::store::Found;
use crate::document::rules;
use crate::handover::store::{self as plans, ItemFilter, ItemLine, PlanHead, PlanState};
use crate::people::acts::lend_asset;
use crate::people::store as people;
use crate::receivable::store::{self as receivables, InvoiceFilter};

/// Who it is about, as every document says it.
pub(super) fn person(found: &Found) -> Content {
    let mut content = Content::new();
    put(&mut content, "name", found.person.name.as_str());
    put(&mut content, "number", found.person.number.as_str());
    put(&mut content, "post", found.person.post_name.as_str());
    content
}

/// 实施条例 art. 24, and nothing else.
pub(super) fn certificate(found: &Found) -> Content {
    let (person_row, departure) = (&found.person, &found.departure);
    let ended_on = departure.clocks.employment_ends;
    let mut content = person(found);
    put_some(
        &mut content,
        "citizen_id",
        filled(person_row.citizen_id.as_ref()),
    );
    term(&mut content, person_row);
    put(&mut content, "ending", rules::ending(departure.kind));
    put(&mut content, "ended_on", ended_on);
    put(&mut content, "hired_on", person_row.hired_on);
    let service = rules::service(person_row.hired_on, ended_on);
    put(&mut content, "service", service);
    content
}

/// The notice, and what is open under the name of whoever gives it.
pub(super) async fn notice(books: &mut Reader<'_>, found: &Found) -> Result<Content, Failure> {
    use ::departure::kind::DepartureKind;
    let (person_row, departure) = (&found.person, &found.departure);
    let rule = departure.kind.rule();
    let mut content = person(found);
    put_some(
        &mut content,
        "citizen_id",
        filled(person_row.citizen_id.as_ref()),
    );
    put(
        &mut content,
        "department",
        person_row.department_name.as_str(),
    );
    put(&mut content, "hired_on", person_row.hired_on);
    put(&mut content, "basis", rule.basis);
    let for_cause = departure.kind == DepartureKind::ResignationForCause;
    put(&mut content, "for_cause", Value::Yes(for_cause));
    put(&mut content, "written_on", departure.filed_on);
    put(&mut content, "received_on", departure.received_on);
    let days = i64::from(departure.reckoning.answer.notice_days);
    put(&mut content, "notice_days", Value::Count(days));
    put(&mut content, "earliest_on", departure.earliest_on);
    put(&mut content, "ends_on", departure.clocks.employment_ends);
    put(
        &mut content,
        "last_working_day",
        departure.clocks.last_working_day,
    );
    put(&mut content, "agreed", Value::Yes(departure.agreed_early));
    put_some(&mut content, "reason", filled(Some(&departure.reason)));
    let notice = &departure.reckoning.notice;
    let probation = notice
        .probation_until
        .is_some_and(|last| last >= notice.received_on);
    put(&mut content, "in_probation", Value::Yes(probation));
    put(&mut content, "as_of", found.today);
    let customers = customers::count_owned(books, person_row.id).await?;
    put(&mut content, "customers", Value::Count(customers));
    let owed = InvoiceFilter {
        responsible: Some(person_row.id),
        open_only: true,
        ..InvoiceFilter::default()
    };
    let everything = &RowFilter::Everything;
    let owed = receivables::invoices(books, everything, &owed, found.today, i64::MAX).await?;
    put(&mut content, "receivables", count(owed.len()));
    put(
        &mut content,
        "receivable_total",
        owed.iter().map(|one| one.open).sum::<Fen>(),
    );
    let assets = people::assets_of(books, person_row.id).await?;
    let lent = assets
        .iter()
        .filter(|asset| asset.state == people::AssetState::Lent);
    put(&mut content, "things", count(lent.count()));
    put_some(&mut content, "email", filled(person_row.email.as_ref()));
    Ok(content)
}

/// The lines of the departure's plans as they stand, and what was lent to the person.
pub(super) async fn handover_list(
    books: &mut Reader<'_>,
    found: &Found,
) -> Result<Content, Failure> {
    let mut content = person(found);
    put(
        &mut content,
        "department",
        found.person.department_name.as_str(),
    );
    put(&mut content, "departure", found.departure.number.as_str());
    put(
        &mut content,
        "last_working_day",
        found.departure.clocks.last_working_day,
    );
    put(&mut content, "as_of", found.today);
    let mut lines = Vec::new();
    for plan in plans::of_departure(books, found.departure.id).await? {
        if plan.state == PlanState::Cancelled {
            continue;
        }
        let all = plans::item_lines(books, plan.id, &ItemFilter::default(), i64::MAX).await?;
        lines.extend(all.into_iter().map(|line| (plan.clone(), line)));
    }
    lines.sort_by(|(_, a), (_, b)| order(a).cmp(&order(b)));
    let successors: BTreeSet<EmployeeId> = lines
        .iter()
        .filter_map(|(_, line)| successor(line))
        .collect();
    let names = people::names_of(books, successors).await?;
    put(
        &mut content,
        "open_total",
        sum(&lines, HoldingKind::ReceivableResponsibility),
    );
    put(&mut content, "parts", parts(&lines));
    put(&mut content, "receivers", receivers(&lines, &names));
    put(&mut content, "items", items(&lines, &names));
    let assets = people::assets_of(books, found.person.id).await?;
    put(&mut content, "things", things(assets));
    Ok(content)
}

type Line = (PlanHead, ItemLine);
type Names = BTreeMap<EmployeeId, (String, String)>;

fn order(line: &ItemLine) -> (HoldingKind, &str, &str) {
    let holding = &line.holding;
    (holding.key.kind, &holding.title, &holding.key.subject)
}

fn successor(line: &ItemLine) -> Option<EmployeeId> {
    line.choice.map(|choice| choice.successor)
}

/// What all lines bring of a kind: lines of their own, and what follows a customer.
fn sum(lines: &[Line], kind: HoldingKind) -> Fen {
    lines.iter().map(|(_, line)| brings(line, kind).1).sum()
}

/// How many things of a kind go with a line, and their amounts.
fn brings(line: &ItemLine, kind: HoldingKind) -> (i64, Fen) {
    if line.holding.key.kind == kind {
        return (1, line.holding.amount);
    }
    let follows = line.hangs.get(&kind);
    follows.map_or((0, Fen::ZERO), |hang| (hang.count, hang.amount))
}

fn called(names: &Names, id: EmployeeId) -> String {
    names.get(&id).map_or_else(
        || id.to_string(),
        |(number, name)| people::full_name(name, number),
    )
}

/// Whether an amount means something for this kind of thing.
fn has_amount(kind: HoldingKind) -> bool {
    matches!(
        kind,
        HoldingKind::ReceivableResponsibility
            | HoldingKind::Contract
            | HoldingKind::OrderInProgress
            | HoldingKind::Opportunity
    )
}

fn parts(lines: &[Line]) -> Value {
    let mut rows = Vec::new();
    for kind in HoldingKind::ALL {
        let count: i64 = lines.iter().map(|(_, line)| brings(line, kind).0).sum();
        if count == 0 {
            continue;
        }
        let mut row = Content::new();
        put(&mut row, "title", kind.words().0);
        put(&mut row, "count", Value::Count(count));
        put_some(
            &mut row,
            "amount",
            has_amount(kind).then(|| sum(lines, kind)),
        );
        rows.push(row);
    }
    Value::List(Rows(rows))
}

fn items(lines: &[Line], names: &Names) -> Value {
    let row = |(plan, line): &Line| {
        let kind = line.holding.key.kind;
        let mut row = Content::new();
        put(&mut row, "part", kind.words().0);
        put(&mut row, "title", one_line(&line.holding.title));
        // A customer stands for what is owed with it.
        let amount = match kind {
            HoldingKind::CustomerOwnership => {
                let (count, owed) = brings(line, HoldingKind::ReceivableResponsibility);
                (count > 0).then_some(owed)
            }
            kind => has_amount(kind).then_some(line.holding.amount),
        };
        put_some(&mut row, "amount", amount);
        put_some(
            &mut row,
            "receiver",
            successor(line).map(|id| called(names, id)),
        );
        put(&mut row, "plan", plan.number.as_str());
        put(&mut row, "state", state(plan, line));
        row
    };
    Value::List(Rows(lines.iter().map(row).collect()))
}

fn state(plan: &PlanHead, line: &ItemLine) -> &'static str {
    match (line.outcome.as_str(), plan.state) {
        ("moved", _) => "已移交",
        ("lapsed", _) => "随离职终止",
        ("gone", _) => "已不在名下",
        (_, PlanState::Approved) => "已批准",
        (_, PlanState::Submitted) => "待确认",
        _ => "待移交",
    }
}

fn receivers(lines: &[Line], names: &Names) -> Value {
    let mut counts: BTreeMap<EmployeeId, i64> = BTreeMap::new();
    for id in lines.iter().filter_map(|(_, line)| successor(line)) {
        *counts.entry(id).or_default() += 1;
    }
    let row = |(id, count): (EmployeeId, i64)| {
        let mut row = Content::new();
        put(&mut row, "name", called(names, id));
        put(&mut row, "count", Value::Count(count));
        row
    };
    Value::List(Rows(counts.into_iter().map(row).collect()))
}

fn things(assets: Vec<people::Asset>) -> Value {
    let row = |asset: people::Asset| {
        let mut row = Content::new();
        put(&mut row, "title", one_line(&asset.name));
        put_some(&mut row, "serial", filled(Some(&asset.serial)));
        put(
            &mut row,
            "kind",
            bounds::word(lend_asset::KINDS, &asset.kind),
        );
        put(&mut row, "state", asset.state.zh());
        put(&mut row, "on", asset.changed_on);
        put_some(&mut row, "cost", asset.cost);
        row
    };
    Value::List(Rows(assets.into_iter().map(row).collect()))
}
