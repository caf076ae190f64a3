//! Routes of the decision tables 决策表接口.

use std::collections::{BTreeMap, BTreeSet};

use ::rules::cell::Commas;
use ::rules::facts::Facts;
use ::rules::grid::Grid;
use ::rules::index::Index;
use ::rules::problem::refusal;
use ::rules::report::report;
use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use kernel::{Day, EmployeeId, Refusal, RuleTableId};
use serde::Deserialize;
use serde_json::Value;
use spine::{Denied, Look};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::drop_draft::DropDraft;
use super::acts::publish::Publish;
use super::acts::retire::Retire;
use super::acts::save_draft::SaveDraft;
use super::store::{self, Head, Version};
use super::table_of;
use super::view::{
    DecisionTableItem, DecisionTableView, DecisionTables, FoundTable, FoundTables, TableAnswer,
    TableDecision, TableDecisions, TableDraft, TableReport, facts, used_by, versions,
};
use crate::commission::ghost::{self, GhostComparison};
use crate::commission::month::{Month, NoMonth};
use crate::commission::tables;
use crate::handover::store as handovers;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;
use crate::receivable::store::earning;

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, begin))
        .routes(routes!(check))
        .routes(routes!(ask))
        .routes(routes!(read_dmn))
        .routes(routes!(show))
        .routes(routes!(save))
        .routes(routes!(drop_draft))
        .routes(routes!(publish))
        .routes(routes!(retire))
        .routes(routes!(write_dmn))
        .routes(routes!(compare))
        .routes(routes!(decisions))
}

async fn may_read(look: &mut Look<'_>, what: &str) -> Result<(), Denied> {
    look.allow(what, &Need::on_everything(permissions::RULES_READ))
        .await
}

/// Every decision table.
#[utoipa::path(get, path = "/decision-tables", tag = "rules",
    responses((status = 200, body = DecisionTables)))]
async fn list(State(house): State<House>, caller: Caller) -> Reply<Json<DecisionTables>> {
    let mut look = house.spine.look(&caller.by).await?;
    may_read(&mut look, "rules.tables").await?;
    let mut books = look.books();
    let today = books.today();
    let rows = store::versions(&mut books, None).await?;
    let drafts = store::drafts(&mut books, None).await?;
    let publishers = rows.iter().filter_map(|row| row.published_by.parse().ok());
    let names = people::names_of(&mut books, publishers).await?;
    let askers = tables::Askers::read(&mut books).await?;
    let tables = store::heads(&mut books).await?.into_iter();
    let items = tables.map(|head: Head| {
        let own: Vec<&Version> = rows.iter().filter(|row| row.table == head.id).collect();
        let (state, shown) = standing(&own, today);
        DecisionTableItem {
            id: head.id,
            state,
            version: shown.map(|row| row.version),
            since: shown.map(|row| row.valid_from),
            published_by: shown
                .and_then(|row| PersonName::among(&names, row.published_by.parse().ok())),
            has_draft: drafts.iter().any(|draft| draft.table == head.id),
            used_by: used_by(&askers, head.id),
            name: head.name,
        }
    });
    Ok(Json(DecisionTables {
        items: items.collect(),
        facts: facts(),
    }))
}

/// How a table stands today, and the row that says so.
fn standing<'a>(rows: &[&'a Version], today: Day) -> (&'static str, Option<&'a Version>) {
    let begun = rows.iter().rev().find(|row| row.valid_from <= today);
    match (begun, rows.first()) {
        (Some(row), _) if row.body.is_some() => ("in_force", Some(row)),
        (Some(row), _) => ("ended", Some(row)),
        (None, Some(first)) => ("ahead", Some(first)),
        (None, None) => ("draft", None),
    }
}

/// A table as somebody typed it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TypedTable {
    #[schema(value_type = Object)]
    table: Value,
}

/// Begin a table with a draft.
#[utoipa::path(post, path = "/decision-tables", tag = "rules", request_body = TypedTable,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn begin(writing: Writing, Json(typed): Json<TypedTable>) -> Reply<Written> {
    let act = SaveDraft {
        table: None,
        based_on: None,
        body: typed.table,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |done| done.id.to_string()).await
}

/// Everything that is known of a table at this moment; nothing is kept.
#[utoipa::path(post, path = "/decision-tables/check", tag = "rules", request_body = TypedTable,
    responses((status = 200, body = TableReport)))]
async fn check(
    State(house): State<House>,
    caller: Caller,
    Json(typed): Json<TypedTable>,
) -> Reply<Json<TableReport>> {
    let mut look = house.spine.look(&caller.by).await?;
    may_read(&mut look, "rules.check").await?;
    let table = table_of(&typed.table)?;
    let mut found = report(&table);
    found.problems.extend(tables::doubts(&table));
    Ok(Json(found.into()))
}

/// A table and the facts it is asked with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Question {
    #[schema(value_type = Object)]
    table: Value,
    /// Facts by key of input: money and rates as texts, days as ISO dates.
    #[schema(value_type = Object)]
    given: Value,
}

/// What a table says of some facts, and why; nothing is kept.
#[utoipa::path(post, path = "/decision-tables/try", tag = "rules", request_body = Question,
    responses((status = 200, body = TableAnswer), (status = 422, description = "refused")))]
async fn ask(
    State(house): State<House>,
    caller: Caller,
    Json(question): Json<Question>,
) -> Reply<Json<TableAnswer>> {
    let mut look = house.spine.look(&caller.by).await?;
    may_read(&mut look, "rules.try").await?;
    let index = index_of(&table_of(&question.table)?)?;
    let table = index.grid().table();
    let given = match question.given {
        Value::Object(map) => map.into_iter().collect(),
        _ => BTreeMap::new(),
    };
    let facts = Facts::read(table, &given)?;
    let decision = index.decide(&facts)?;
    let story = index.explain(&facts, &decision);
    Ok(Json(TableAnswer {
        answer: decision.answer.write(table),
        zh: story.zh,
        en: story.en,
        rows: story.rows.into_iter().map(Into::into).collect(),
    }))
}

fn index_of(table: &::rules::table::Table) -> Result<Index, Refusal> {
    let grid = Grid::read(table, Commas::Doubted).map_err(|problems| refusal(&problems))?;
    Ok(Index::of(grid))
}

/// A file that another tool wrote.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DmnFile {
    /// The XML.
    xml: String,
}

/// The decision tables of a DMN file; nothing is kept.
#[utoipa::path(post, path = "/decision-tables/read-dmn", tag = "rules", request_body = DmnFile,
    responses((status = 200, body = FoundTables), (status = 422, description = "refused")))]
async fn read_dmn(
    State(house): State<House>,
    caller: Caller,
    Json(file): Json<DmnFile>,
) -> Reply<Json<FoundTables>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::RULES_WRITE);
    look.allow("rules.read_dmn", &need).await?;
    let found = ::rules::dmn::read(file.xml.as_bytes())?.into_iter();
    let items = found.map(|one| match one.table {
        Ok(table) => FoundTable {
            name: one.name,
            table: Some(table),
            why_zh: String::new(),
            why_en: String::new(),
        },
        Err(refusal) => FoundTable {
            name: one.name,
            table: None,
            why_zh: refusal.message,
            why_en: refusal.message_en,
        },
    });
    Ok(Json(FoundTables {
        items: items.collect(),
    }))
}

async fn found(look: &mut Look<'_>, text: &str, what: &str) -> Reply<Head> {
    may_read(look, what).await?;
    let wanted: RuleTableId = id(text, "decision_table")?;
    let heads = store::heads(&mut look.books()).await?;
    let head = heads.into_iter().find(|head| head.id == wanted);
    Ok(head.ok_or_else(|| Denied::absent("decision_table"))?)
}

/// A table with its draft and its versions.
#[utoipa::path(get, path = "/decision-tables/{id}", tag = "rules",
    params(("id" = String, Path)), responses((status = 200, body = DecisionTableView)))]
async fn show(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<DecisionTableView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let head = found(&mut look, &text, "rules.table").await?;
    let writes = look.may(&Need::on_everything(permissions::RULES_WRITE));
    let sees_pay = look.may(&Need::on_everything(permissions::COMMISSION_READ));
    let mut books = look.books();
    let today = books.today();
    let draft = store::drafts(&mut books, Some(head.id)).await?.pop();
    let rows = store::versions(&mut books, Some(head.id)).await?;
    let people_of = rows
        .iter()
        .flat_map(|row| [&row.drafted_by, &row.published_by]);
    let saved = draft.as_ref().map(|draft| &draft.saved_by);
    let ids: BTreeSet<EmployeeId> = people_of
        .chain(saved)
        .filter_map(|id| id.parse().ok())
        .collect();
    let names = people::names_of(&mut books, ids).await?;
    let askers = tables::Askers::read(&mut books).await?;
    let own = draft
        .as_ref()
        .is_some_and(|draft| draft.saved_by == caller.by.id());
    let mut may = Vec::new();
    may.extend(writes.then_some("write"));
    may.extend((writes && draft.is_some() && !own).then_some("publish"));
    may.extend((writes && sees_pay && draft.is_some()).then_some("compare"));
    let rows: Vec<&Version> = rows.iter().collect();
    Ok(Json(DecisionTableView {
        id: head.id,
        used_by: used_by(&askers, head.id),
        name: head.name,
        // A draft is seen by who may write at it.
        draft: draft
            .filter(|_| writes)
            .map(|draft| TableDraft::of(draft, &names)),
        versions: versions(&rows, &names, today),
        facts: facts(),
        may,
    }))
}

/// A draft as it is now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TypedDraft {
    #[schema(value_type = Object)]
    table: Value,
    /// The revision that was edited; absent when there was no draft.
    based_on: Option<i64>,
}

/// Keep a draft.
#[utoipa::path(post, path = "/decision-tables/{id}/draft", tag = "rules",
    request_body = TypedDraft, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn save(
    writing: Writing,
    Path(text): Path<String>,
    Json(typed): Json<TypedDraft>,
) -> Reply<Written> {
    let act = SaveDraft {
        table: Some(id(&text, "decision_table")?),
        based_on: typed.based_on,
        body: typed.table,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |done| done.id.to_string()).await
}

/// Throw a draft away.
#[utoipa::path(post, path = "/decision-tables/{id}/drop-draft", tag = "rules",
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn drop_draft(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let act = DropDraft {
        table: id(&text, "decision_table")?,
    };
    writing.change(&act, |()| text).await
}

/// The draft that is put in force.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ToPublish {
    /// The revision that was looked at.
    revision: i64,
    #[schema(value_type = String, format = Date)]
    valid_from: Day,
    /// What changed and why, 2..=200 characters.
    note: String,
}

/// Put a draft in force; refused while anything is forgotten, said twice or wrong.
#[utoipa::path(post, path = "/decision-tables/{id}/publish", tag = "rules",
    request_body = ToPublish, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 422, description = "refused")))]
async fn publish(
    writing: Writing,
    Path(text): Path<String>,
    Json(wanted): Json<ToPublish>,
) -> Reply<Written> {
    let act = Publish {
        table: id(&text, "decision_table")?,
        revision: wanted.revision,
        valid_from: wanted.valid_from,
        note: wanted.note,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// When a table ends, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TableEnd {
    #[schema(value_type = String, format = Date)]
    ends_on: Day,
    /// 2..=200 characters.
    reason: String,
}

/// End a table from a day on.
#[utoipa::path(post, path = "/decision-tables/{id}/retire", tag = "rules",
    request_body = TableEnd, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn retire(
    writing: Writing,
    Path(text): Path<String>,
    Json(end): Json<TableEnd>,
) -> Reply<Written> {
    let act = Retire {
        table: id(&text, "decision_table")?,
        ends_on: end.ends_on,
        why: end.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhichVersion {
    version: Option<u32>,
}

/// A version of a table as a DMN file; the newest when none is named.
#[utoipa::path(get, path = "/decision-tables/{id}/dmn", tag = "rules",
    params(("id" = String, Path), ("version" = Option<u32>, Query)),
    responses((status = 200, content_type = "application/xml", body = String)))]
async fn write_dmn(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(which): Query<WhichVersion>,
) -> Reply<Response> {
    let mut look = house.spine.look(&caller.by).await?;
    let head = found(&mut look, &text, "rules.dmn").await?;
    let rows = store::versions(&mut look.books(), Some(head.id)).await?;
    let wanted = |row: &Version| which.version.is_none_or(|version| row.version == version);
    let mut bodies = rows.into_iter().filter(wanted).filter_map(|row| row.body);
    let body = bodies.next_back();
    let body = body.ok_or_else(|| Denied::absent("decision_table"))?;
    let xml = ::rules::dmn::write(index_of(&body)?.grid());
    let name = format!("attachment; filename=\"{}.dmn\"", head.id);
    let kind = "application/xml; charset=utf-8".to_owned();
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, xml).into_response())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfMonth {
    month: String,
}

/// What the draft would have changed in a month; pay stays as it is.
#[utoipa::path(get, path = "/decision-tables/{id}/ghost", tag = "rules",
    params(("id" = String, Path), ("month" = String, Query)),
    responses((status = 200, body = GhostComparison), (status = 422, description = "refused")))]
async fn compare(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(of): Query<OfMonth>,
) -> Reply<Json<GhostComparison>> {
    let mut look = house.spine.look(&caller.by).await?;
    for permission in [permissions::RULES_WRITE, permissions::COMMISSION_READ] {
        let need = Need::on_everything(permission);
        look.allow("rules.ghost", &need).await?;
    }
    let head = found(&mut look, &text, "rules.ghost").await?;
    let month: Month = of.month.parse().map_err(|error: NoMonth| {
        let zh = error.to_string();
        Refusal::invalid("request.month", zh.clone(), "this is no month").at("/month", zh)
    })?;
    let mut books = look.books();
    let draft = store::drafts(&mut books, Some(head.id)).await?.pop();
    let draft = draft.ok_or_else(|| {
        Refusal::conflict("rules.no_draft", "这张表没有草稿", "the table has no draft").remedy((
            "请先编辑并保存草稿，再与现行版本对比",
            "Edit and save a draft first, then compare it with the version in force",
        ))
    })?;
    let index = index_of(&draft.body)?;
    Ok(Json(
        ghost::compare(&mut books, month, (head.id, &head.name, &index)).await?,
    ))
}

/// What a table decided, the newest days first.
#[utoipa::path(get, path = "/decision-tables/{id}/decisions", tag = "rules",
    params(("id" = String, Path)), responses((status = 200, body = TableDecisions)))]
async fn decisions(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<TableDecisions>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::on_everything(permissions::COMMISSION_READ);
    look.allow("rules.decisions", &need).await?;
    let head = found(&mut look, &text, "rules.decisions").await?;
    let mut books = look.books();
    let rows = store::decisions(&mut books, head.id).await?;
    let records: BTreeSet<String> = rows.iter().map(|row| row.record.clone()).collect();
    let records: Vec<String> = records.into_iter().collect();
    let mut numbers = earning::record_numbers(&mut books, &records).await?;
    numbers.extend(handovers::numbers(&mut books, &records).await?);
    let items = rows.into_iter().map(|row| TableDecision::of(row, &numbers));
    Ok(Json(TableDecisions {
        items: items.collect(),
    }))
}
