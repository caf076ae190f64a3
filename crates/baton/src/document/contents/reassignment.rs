//! What is agreed with somebody who gives customers away and stays 客户调整内容.

use std::collections::{BTreeMap, BTreeSet};

use ::commission::explain;
use ::commission::period::Stage;
use ::document::{Content, Value};
use ::handover::holding::HoldingKind;
use kernel::{CustomerId, EmployeeId, Fen};
use spine::{Denied, Failure, Reader};

use super::{count, filled, list, put, put_some, term};
use crate::commission::month::Month;
use crate::commission::store as commissions;
use crate::customer::store as customers;
use crate::document::about::{Moving, Source};
use crate::document::rules;
use crate::handover::store::{self as plans, ItemFilter, ItemLine};
use crate::people::store as people;
use crate::receivable::store::{self as receivables, Whose};

/// Months that are looked back on.
const LOOKED_BACK: i32 = 12;

/// The customers of the plan with what they owe, what the giver still earns from them, and what he
/// earned so far.
pub(super) async fn agreement(
    books: &mut Reader<'_>,
    source: &Source,
    typed: &Content,
) -> Result<Content, Failure> {
    let moving = source.moving.as_ref();
    let moving = moving.ok_or_else(|| Denied::absent("handover_plan"))?;
    if typed.get("changes_contract") == Some(&Value::Yes(true))
        && !typed.contains_key("contract_change")
    {
        let wrong = ::document::Wrong {
            pointer: "/contract_change".to_owned(),
            zh: "请写明劳动合同变更内容（第三十五条）".to_owned(),
            en: "Say what changes in the employment contract (article 35)".to_owned(),
        };
        return Err(rules::filled_in_wrongly(&[wrong]).into());
    }
    let person = &source.person;
    let mut content = Content::new();
    put(&mut content, "name", person.name.as_str());
    put(&mut content, "number", person.number.as_str());
    put_some(
        &mut content,
        "citizen_id",
        filled(person.citizen_id.as_ref()),
    );
    put(&mut content, "department", person.department_name.as_str());
    put(&mut content, "post", person.post_name.as_str());
    put(&mut content, "hired_on", person.hired_on);
    term(&mut content, person);
    put(&mut content, "plan", moving.plan.number.as_str());
    put(&mut content, "effective_on", moving.plan.effective_on);
    put(&mut content, "as_of", source.today);
    going(books, &mut content, moving).await?;
    income(books, &mut content, person.id).await?;
    Ok(content)
}

async fn going(
    books: &mut Reader<'_>,
    content: &mut Content,
    moving: &Moving,
) -> Result<(), Failure> {
    let filter = ItemFilter {
        kind: Some(HoldingKind::CustomerOwnership),
        ..ItemFilter::default()
    };
    let lines = plans::item_lines(books, moving.plan.id, &filter, i64::MAX).await?;
    let going = lines.into_iter().filter_map(|line| {
        let to = line.choice?.successor;
        let id: CustomerId = line.holding.key.subject.parse().ok()?;
        Some((id, line, to))
    });
    let going: Vec<(CustomerId, ItemLine, EmployeeId)> = going.collect();
    if going.is_empty() {
        return Err(rules::no_customers().into());
    }
    let receivers: BTreeSet<EmployeeId> = going.iter().map(|(_, _, to)| *to).collect();
    let names = people::names_of(books, receivers).await?;
    let ids: Vec<CustomerId> = going.iter().map(|(id, ..)| *id).collect();
    let called = customers::names_of(books, ids.clone()).await?;
    let mut owed: BTreeMap<CustomerId, (usize, Fen)> = BTreeMap::new();
    for one in receivables::unpaid(books, Whose::Customers(&ids)).await? {
        if moving.moves(one.responsible) && moving.along(&one.number) {
            let (count, sum) = owed.entry(one.customer).or_default();
            (*count, *sum) = (*count + 1, *sum + one.amount - one.cleared);
        }
    }
    put(
        content,
        "open_total",
        owed.values().map(|(_, sum)| *sum).sum::<Fen>(),
    );
    let mut rows: Vec<(String, Content)> = Vec::new();
    for (id, line, to) in going {
        let mut row = Content::new();
        let name = called.get(&id.to_string()).cloned();
        let name = name.unwrap_or(line.holding.title);
        let receiver = names.get(&to);
        let receiver = receiver.map(|(number, name)| people::full_name(name, number));
        let (invoices, open) = owed.get(&id).copied().unwrap_or_default();
        put(&mut row, "name", name.as_str());
        put(&mut row, "receiver", receiver.unwrap_or_default());
        put(&mut row, "invoices", count(invoices));
        put(&mut row, "open", open);
        rows.push((name, row));
    }
    rows.sort_by(|(a, _), (b, _)| a.cmp(b));
    put(
        content,
        "customers",
        list(rows.into_iter().map(|(_, row)| row)),
    );
    terms(books, content, moving, &called).await
}

/// What the giver still earns, in sentences.
async fn terms(
    books: &mut Reader<'_>,
    content: &mut Content,
    moving: &Moving,
    called: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    let terms = plans::terms_of(books, moving.plan.id).await?;
    let rows = terms.iter().map(|one| {
        let own = one.customer.map(|id| id.to_string());
        let who = own.map(|id| called.get(&id).cloned().unwrap_or_default());
        let mut row = Content::new();
        let who = who.unwrap_or_else(|| "客户（另有约定的除外）".to_owned());
        put(&mut row, "customer", who);
        put(
            &mut row,
            "text",
            explain::agreement(&one.agreement).zh.as_ref(),
        );
        row
    });
    put(content, "terms", list(rows));
    Ok(())
}

/// Commission of closed months in the twelve months before this one.
async fn income(
    books: &mut Reader<'_>,
    content: &mut Content,
    who: EmployeeId,
) -> Result<(), Failure> {
    let first = books.today().plus_months(-LOOKED_BACK);
    let recent = |month: &Month| month.days().until.is_none_or(|next| next > first);
    let periods = commissions::periods(books).await?;
    let closed = periods
        .iter()
        .filter(|period| period.stage == Stage::Closed);
    let months: Vec<Month> = closed
        .map(|period| period.month)
        .filter(|m| recent(m))
        .collect();
    put(content, "income_months", count(months.len()));
    if !months.is_empty() {
        let lines = commissions::lines_of_payee(books, who).await?;
        let lines = lines.iter().filter(|line| months.contains(&line.month));
        put(
            content,
            "income_before",
            lines.map(|line| line.commission).sum::<Fen>(),
        );
    }
    Ok(())
}
