//! The lines of a plan, and what the successors say to them 方案明细.

use std::collections::{BTreeMap, BTreeSet};

use ::handover::acceptance::{Answer, Verdict};
use ::handover::holding::{Holding, HoldingKey, HoldingKind};
use ::handover::plan::{Choice, Chosen};
use kernel::{CustomerId, EmployeeId, PlanId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

use crate::handover::holdings::Hangs;
use crate::word;

/// As many ids as one statement names.
const AT_ONCE: usize = 500;

/// A line to be added.
#[derive(Clone, Debug)]
pub(crate) struct NewItem {
    pub(crate) holding: Holding,
    pub(crate) choice: Option<Choice>,
    /// What follows it, as it was when the plan was drawn up.
    pub(crate) hangs: Hangs,
    /// Who should get it and why, JSON; empty when nobody was looked for.
    pub(crate) suggestion: String,
}

const ADD: &str = "INSERT INTO handover_item (plan_id, kind, thing_id, holder_id, customer_id, \
    label, region, industry, amount, overdue, successor_id, how, hangs, suggestion, outcome) \
    VALUES ";

fn how_word(choice: Option<Choice>) -> Result<String, Fault> {
    choice.map_or_else(|| Ok(String::new()), |choice| word::of(&choice.how))
}

/// Adds lines.
pub(crate) async fn add_items(
    books: &mut Writer<'_>,
    plan: PlanId,
    items: &[NewItem],
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(items.len());
    for item in items {
        let holding = &item.holding;
        rows.push(binds![
            plan,
            word::of(&holding.key.kind)?,
            holding.key.subject.as_str(),
            holding.holder,
            holding.customer,
            holding.title.as_str(),
            &holding.region,
            &holding.industry,
            holding.amount,
            holding.overdue,
            item.choice.map(|choice| choice.successor),
            how_word(item.choice)?,
            serde_json::to_string(&item.hangs)?,
            item.suggestion.as_str(),
            "",
        ]);
    }
    books.insert_many(ADD, "", rows).await
}

const LINES: Select = Select::new(
    "SELECT kind, thing_id, holder_id, customer_id, label, region, industry, amount, overdue, \
     successor_id, how FROM handover_item WHERE plan_id = $1",
);

fn holding(row: &Row) -> Result<Holding, Fault> {
    Ok(Holding {
        key: HoldingKey {
            kind: word::read(row.get("kind")?)?,
            subject: row.get("thing_id")?,
        },
        title: row.get("label")?,
        holder: row.get("holder_id")?,
        customer: row.get("customer_id")?,
        region: row.get("region")?,
        industry: row.get("industry")?,
        amount: row.get("amount")?,
        overdue: row.get("overdue")?,
    })
}

fn choice(row: &Row) -> Result<Option<Choice>, Fault> {
    let Some(successor) = row.get::<Option<EmployeeId>>("successor_id")? else {
        return Ok(None);
    };
    let how: Chosen = word::read(row.get("how")?)?;
    Ok(Some(Choice { successor, how }))
}

/// Every line with who gets it.
pub(crate) async fn lines_of(
    books: &mut Reader<'_>,
    plan: PlanId,
) -> Result<Vec<(Holding, Option<Choice>)>, Fault> {
    let rows = books.all(&LINES, binds![plan]).await?;
    rows.iter()
        .map(|row| Ok((holding(row)?, choice(row)?)))
        .collect()
}

const SUGGESTED: Select = Select::new(
    "SELECT customer_id, suggestion FROM handover_item \
     WHERE plan_id = $1 AND kind = 'customer_ownership' AND suggestion <> ''",
);

/// Who was suggested for each customer.
pub(crate) async fn suggestions(
    books: &mut Reader<'_>,
    plan: PlanId,
) -> Result<Vec<(CustomerId, EmployeeId)>, Fault> {
    #[derive(serde::Deserialize)]
    struct Suggested {
        successor: EmployeeId,
    }
    let rows = books.all(&SUGGESTED, binds![plan]).await?;
    let pair = |row: &Row| {
        let suggested: Suggested = serde_json::from_str(&row.get::<String>("suggestion")?)?;
        Ok((row.get("customer_id")?, suggested.successor))
    };
    rows.iter().map(pair).collect()
}

const SHARES: Select =
    Select::new("SELECT successor_id, changed_in FROM handover_share WHERE plan_id = $1");
const SET_SHARE: &str = "INSERT INTO handover_share (plan_id, successor_id, changed_in) VALUES ";
const SHARE_AGAIN: &str =
    " ON CONFLICT (plan_id, successor_id) DO UPDATE SET changed_in = excluded.changed_in";

/// The version in which each share last changed.
pub(crate) async fn share_versions(
    books: &mut Reader<'_>,
    plan: PlanId,
) -> Result<BTreeMap<EmployeeId, u32>, Fault> {
    let rows = books.all(&SHARES, binds![plan]).await?;
    let share = |row: &Row| {
        let version = u32::try_from(row.get::<i64>("changed_in")?);
        Ok((
            row.get("successor_id")?,
            version.map_err(|_| Fault::new("version"))?,
        ))
    };
    rows.iter().map(share).collect()
}

/// Keeps in which version these shares changed.
pub(crate) async fn shares_moved(
    books: &mut Writer<'_>,
    plan: PlanId,
    shares: impl Iterator<Item = (EmployeeId, u32)>,
) -> Result<(), Fault> {
    let rows = shares
        .map(|(who, version)| binds![plan, who, i64::from(version)])
        .collect();
    books.insert_many(SET_SHARE, SHARE_AGAIN, rows).await
}

/// Gives these lines another successor, or none.
pub(crate) async fn set_choices(
    books: &mut Writer<'_>,
    plan: PlanId,
    changed: &[(HoldingKey, Option<Choice>)],
) -> Result<(), Fault> {
    type Alike = (HoldingKind, Option<EmployeeId>, String);
    let mut alike: BTreeMap<Alike, Vec<&str>> = BTreeMap::new();
    for (key, choice) in changed {
        let successor = choice.map(|choice| choice.successor);
        let group = (key.kind, successor, how_word(*choice)?);
        alike.entry(group).or_default().push(&key.subject);
    }
    for ((kind, successor, how), things) in alike {
        for some in things.chunks(AT_ONCE) {
            let mut query = Query::new("UPDATE handover_item SET successor_id = ");
            query.bind(successor).push(", how = ").bind(how.as_str());
            query
                .push(" WHERE plan_id = ")
                .bind(plan)
                .push(" AND kind = ")
                .bind(word::of(&kind)?);
            query
                .push(" AND thing_id IN ")
                .bind_list(some.iter().copied());
            let (change, values) = query.change();
            books.run(&change, values).await?;
        }
    }
    Ok(())
}

/// Takes lines off a plan.
pub(crate) async fn remove_items(
    books: &mut Writer<'_>,
    plan: PlanId,
    keys: &[HoldingKey],
) -> Result<(), Fault> {
    for key in keys {
        let values = binds![plan, word::of(&key.kind)?, key.subject.as_str()];
        books.run(&REMOVE, values).await?;
    }
    Ok(())
}

const REMOVE: Change =
    Change::new("DELETE FROM handover_item WHERE plan_id = $1 AND kind = $2 AND thing_id = $3");
const SET_HANGS: Change = Change::new(
    "UPDATE handover_item SET hangs = $2 WHERE plan_id = $1 AND kind = 'customer_ownership' \
     AND holder_id = $3 AND customer_id = $4",
);

/// What follows these customers now that some of it was set apart.
pub(crate) async fn set_hangs(
    books: &mut Writer<'_>,
    plan: PlanId,
    hangs: &BTreeMap<(EmployeeId, CustomerId), Hangs>,
) -> Result<(), Fault> {
    for ((holder, customer), hangs) in hangs {
        let body = serde_json::to_string(hangs)?;
        books
            .run(&SET_HANGS, binds![plan, body, holder, customer])
            .await?;
    }
    Ok(())
}

const GONE: &str = "UPDATE handover_item SET outcome = 'gone' WHERE plan_id = ";

/// Keeps which lines were gone when the plan took effect. What became of the others follows from
/// the plan itself and is not written into each: moved with a successor, lapsed without.
pub(crate) async fn set_gone(
    books: &mut Writer<'_>,
    plan: PlanId,
    gone: &[HoldingKey],
) -> Result<(), Fault> {
    let mut alike: BTreeMap<HoldingKind, Vec<&str>> = BTreeMap::new();
    for key in gone {
        alike.entry(key.kind).or_default().push(&key.subject);
    }
    for (kind, things) in alike {
        for some in things.chunks(AT_ONCE) {
            let mut query = Query::new(GONE);
            query
                .bind(plan)
                .push(" AND kind = ")
                .bind(word::of(&kind)?)
                .push(" AND thing_id IN ")
                .bind_list(some.iter().copied());
            let (change, values) = query.change();
            books.run(&change, values).await?;
        }
    }
    Ok(())
}

const ADD_KEPT: &str = "INSERT INTO handover_kept (plan_id, kind, thing_id) VALUES ";
const KEPT: Select = Select::new("SELECT kind, thing_id FROM handover_kept WHERE plan_id = $1");

/// Keeps what the successors held of the customers before they got them.
pub(crate) async fn add_kept(
    books: &mut Writer<'_>,
    plan: PlanId,
    keys: &[HoldingKey],
) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(keys.len());
    for key in keys {
        rows.push(binds![plan, word::of(&key.kind)?, key.subject.as_str()]);
    }
    books
        .insert_many(ADD_KEPT, " ON CONFLICT DO NOTHING", rows)
        .await
}

/// What the successors of a plan held of its customers before.
pub(crate) async fn kept(
    books: &mut Reader<'_>,
    plan: PlanId,
) -> Result<BTreeSet<HoldingKey>, Fault> {
    let key = |row: &Row| {
        Ok(HoldingKey {
            kind: word::read(row.get("kind")?)?,
            subject: row.get("thing_id")?,
        })
    };
    let rows = books.all(&KEPT, binds![plan]).await?;
    rows.iter().map(key).collect()
}

const ANSWERS: Select = Select::new(
    "SELECT successor_id, version, accepted, reason, at FROM handover_acceptance \
     WHERE plan_id = $1 ORDER BY seq",
);
const ADD_ANSWER: Change = Change::new(
    "INSERT INTO handover_acceptance (plan_id, seq, successor_id, version, accepted, reason, at) \
     SELECT $1, coalesce(max(seq), 0) + 1, $2, $3, $4, $5, $6 FROM handover_acceptance \
     WHERE plan_id = $7",
);

/// What the successors said, oldest first.
pub(crate) async fn answers(books: &mut Reader<'_>, plan: PlanId) -> Result<Vec<Answer>, Fault> {
    let rows = books.all(&ANSWERS, binds![plan]).await?;
    let answer = |row: &Row| {
        let version = u32::try_from(row.get::<i64>("version")?);
        Ok(Answer {
            successor: row.get("successor_id")?,
            plan_version: version.map_err(|_| Fault::new("version"))?,
            verdict: if row.get("accepted")? {
                Verdict::Accept
            } else {
                Verdict::Decline {
                    reason: row.get("reason")?,
                }
            },
            at: row.get("at")?,
        })
    };
    rows.iter().map(answer).collect()
}

/// Takes an answer down.
pub(crate) async fn add_answer(
    books: &mut Writer<'_>,
    plan: PlanId,
    answer: &Answer,
) -> Result<(), Fault> {
    let (accepted, reason) = match &answer.verdict {
        Verdict::Accept => (true, ""),
        Verdict::Decline { reason } => (false, reason.as_str()),
    };
    let version = i64::from(answer.plan_version);
    let values = binds![
        plan,
        answer.successor,
        version,
        accepted,
        reason,
        answer.at,
        plan
    ];
    books.run(&ADD_ANSWER, values).await?;
    Ok(())
}

/// What a page of lines is narrowed to.
#[derive(Default)]
pub(crate) struct ItemFilter {
    pub(crate) successor: Option<EmployeeId>,
    pub(crate) unassigned: bool,
    pub(crate) kind: Option<HoldingKind>,
    pub(crate) region: Option<String>,
    /// The id of the thing.
    pub(crate) thing: Option<String>,
    /// Part of the label.
    pub(crate) q: String,
    /// The last line of the page before: kind and thing.
    pub(crate) after: Option<(String, String)>,
}

/// A line as a page shows it.
pub(crate) struct ItemLine {
    pub(crate) holding: Holding,
    pub(crate) choice: Option<Choice>,
    pub(crate) hangs: Hangs,
    pub(crate) suggestion: Option<serde_json::Value>,
    pub(crate) outcome: String,
}

/// A page of lines, by kind and thing.
pub(crate) async fn item_lines(
    books: &mut Reader<'_>,
    plan: PlanId,
    filter: &ItemFilter,
    limit: i64,
) -> Result<Vec<ItemLine>, Fault> {
    let mut query = Query::new(
        "SELECT i.kind AS kind, i.thing_id AS thing_id, i.holder_id AS holder_id, \
         i.customer_id AS customer_id, i.label AS label, i.region AS region, \
         i.industry AS industry, i.amount AS amount, i.overdue AS overdue, \
         i.successor_id AS successor_id, i.how AS how, i.hangs AS hangs, \
         i.suggestion AS suggestion, CASE WHEN i.outcome <> '' THEN i.outcome \
         WHEN p.executed_at IS NULL THEN '' WHEN i.successor_id IS NULL THEN 'lapsed' \
         ELSE 'moved' END AS outcome FROM handover_item i \
         JOIN handover_plan p ON p.id = i.plan_id WHERE i.plan_id = ",
    );
    query.bind(plan);
    if let Some(successor) = filter.successor {
        query.push(" AND i.successor_id = ").bind(successor);
    }
    if filter.unassigned {
        query.push(" AND i.successor_id IS NULL");
    }
    if let Some(kind) = filter.kind {
        query.push(" AND i.kind = ").bind(word::of(&kind)?);
    }
    if let Some(thing) = &filter.thing {
        query.push(" AND i.thing_id = ").bind(thing.as_str());
    }
    if let Some(region) = &filter.region {
        query.push(" AND i.region = ").bind(region.as_str());
    }
    if !filter.q.trim().is_empty() {
        let part = filter.q.trim().to_lowercase();
        query.push(" AND strpos(lower(i.label), ").bind(part);
        query.push(") > 0");
    }
    if let Some((kind, thing)) = &filter.after {
        query
            .push(" AND (i.kind > ")
            .bind(kind.as_str())
            .push(" OR (i.kind = ")
            .bind(kind.as_str());
        query
            .push(" AND i.thing_id > ")
            .bind(thing.as_str())
            .push("))");
    }
    query
        .push(" ORDER BY i.kind, i.thing_id LIMIT ")
        .bind(limit);
    let (select, values) = query.select();
    let line = |row: &Row| {
        let suggestion: String = row.get("suggestion")?;
        Ok(ItemLine {
            holding: holding(row)?,
            choice: choice(row)?,
            hangs: serde_json::from_str(&row.get::<String>("hangs")?)?,
            suggestion: serde_json::from_str(&suggestion).ok(),
            outcome: row.get("outcome")?,
        })
    };
    books.all(&select, values).await?.iter().map(line).collect()
}
