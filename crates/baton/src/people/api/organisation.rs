//! Routes of departments, posts, entities and the calendar 组织与日历接口.

use access::Need;
use axum::Json;
use axum::extract::{Path, State};
use kernel::{DepartmentId, EmployeeId, EntityId};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::acts::{
    add_department, add_entity, add_post, close_department, edit_department, edit_entity,
    edit_post, set_calendar, set_head,
};
use crate::people::store;
use crate::people::view::{CalendarView, Choices, DepartmentItem};
use crate::permissions;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(departments, new_department))
        .routes(routes!(department))
        .routes(routes!(close))
        .routes(routes!(head))
        .routes(routes!(posts, new_post))
        .routes(routes!(rename_post))
        .routes(routes!(new_entity))
        .routes(routes!(entity))
        .routes(routes!(calendar, put_calendar))
}

/// Departments with heads and head counts.
#[utoipa::path(get, path = "/departments", tag = "people",
    responses((status = 200, body = Vec<DepartmentItem>)))]
async fn departments(
    State(house): State<House>,
    caller: Caller,
) -> Reply<Json<Vec<DepartmentItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow(
        "people.departments",
        &Need::at_all(permissions::PEOPLE_READ),
    )
    .await?;
    let mut books = look.books();
    let lines = store::departments(&mut books).await?;
    let organisation = store::organisation(&mut books).await?;
    let heads: Vec<EmployeeId> = lines.iter().filter_map(|line| line.head).collect();
    let names = store::names_of(&mut books, heads).await?;
    Ok(Json(DepartmentItem::all(lines, &organisation, &names)))
}

/// A department to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDepartment {
    #[schema(value_type = Option<String>)]
    parent_id: Option<DepartmentId>,
    #[schema(value_type = String)]
    entity_id: EntityId,
    code: String,
    name: String,
}

/// Add a department.
#[utoipa::path(post, path = "/departments", tag = "people", request_body = NewDepartment,
    responses((status = 201, body = Written)))]
async fn new_department(writing: Writing, Json(new): Json<NewDepartment>) -> Reply<Written> {
    let act = add_department::AddDepartment {
        parent: new.parent_id,
        entity: new.entity_id,
        code: new.code,
        name: new.name,
    };
    writing.make(&act, ToString::to_string).await
}

/// What a department is called and where it stands.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DepartmentChange {
    name: String,
    /// The one above it; absent for a root.
    #[schema(value_type = Option<String>)]
    parent_id: Option<DepartmentId>,
    /// The `version` that was shown.
    seen: Option<String>,
}

/// Rename a department, or put it under another one.
#[utoipa::path(post, path = "/departments/{id}", tag = "people", request_body = DepartmentChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn department(
    writing: Writing,
    Path(text): Path<String>,
    Json(change): Json<DepartmentChange>,
) -> Reply<Written> {
    let act = edit_department::EditDepartment {
        department: id(&text, "department")?,
        name: change.name,
        parent: change.parent_id,
        seen: change.seen,
    };
    writing.change(&act, |()| text).await
}

/// Close an empty department.
#[utoipa::path(post, path = "/departments/{id}/close", tag = "people",
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn close(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let act = close_department::CloseDepartment {
        department: id(&text, "department")?,
    };
    writing.change(&act, |()| text).await
}

/// Who shall head a department.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHead {
    #[schema(value_type = String)]
    employee_id: EmployeeId,
    /// The `version` of the department that was shown.
    seen: Option<String>,
}

/// Name the head of a department.
#[utoipa::path(post, path = "/departments/{id}/head", tag = "people", request_body = NewHead,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn head(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewHead>,
) -> Reply<Written> {
    let department = id(&text, "department")?;
    let act = set_head::SetHead {
        department,
        employee: new.employee_id,
        seen: new.seen,
    };
    writing.change(&act, |()| text).await
}

/// Legal entities and posts to choose from.
#[utoipa::path(get, path = "/posts", tag = "people", responses((status = 200, body = Choices)))]
async fn posts(State(house): State<House>, caller: Caller) -> Reply<Json<Choices>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("people.posts", &Need::at_all(permissions::PEOPLE_READ))
        .await?;
    let mut books = look.books();
    let entities = store::entities(&mut books).await?;
    Ok(Json(Choices::of(entities, store::posts(&mut books).await?)))
}

/// A name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPost {
    name: String,
}

/// Add a post.
#[utoipa::path(post, path = "/posts", tag = "people", request_body = NewPost,
    responses((status = 201, body = Written)))]
async fn new_post(writing: Writing, Json(new): Json<NewPost>) -> Reply<Written> {
    let act = add_post::AddPost { name: new.name };
    writing.make(&act, ToString::to_string).await
}

/// What a post is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PostChange {
    name: String,
    /// The `version` that was shown.
    seen: Option<String>,
}

/// Rename a post.
#[utoipa::path(post, path = "/posts/{id}", tag = "people", request_body = PostChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn rename_post(
    writing: Writing,
    Path(text): Path<String>,
    Json(change): Json<PostChange>,
) -> Reply<Written> {
    let act = edit_post::EditPost {
        post: id(&text, "post")?,
        name: change.name,
        seen: change.seen,
    };
    writing.change(&act, |()| text).await
}

/// A legal entity.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEntity {
    name: String,
    credit_code: Option<String>,
}

/// Add a legal entity.
#[utoipa::path(post, path = "/entities", tag = "people", request_body = NewEntity,
    responses((status = 201, body = Written)))]
async fn new_entity(writing: Writing, Json(new): Json<NewEntity>) -> Reply<Written> {
    let act = add_entity::AddEntity {
        name: new.name,
        credit_code: new.credit_code,
    };
    writing.make(&act, ToString::to_string).await
}

/// What a legal entity is called.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct EntityChange {
    name: String,
    credit_code: Option<String>,
    /// The `version` that was shown.
    seen: Option<String>,
}

/// Put name and code of a legal entity right.
#[utoipa::path(post, path = "/entities/{id}", tag = "people", request_body = EntityChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn entity(
    writing: Writing,
    Path(text): Path<String>,
    Json(change): Json<EntityChange>,
) -> Reply<Written> {
    let act = edit_entity::EditEntity {
        entity: id(&text, "entity")?,
        name: change.name,
        credit_code: change.credit_code,
        seen: change.seen,
    };
    writing.change(&act, |()| text).await
}

/// Days off and days worked in exchange.
#[utoipa::path(get, path = "/calendar", tag = "people",
    responses((status = 200, body = CalendarView)))]
async fn calendar(State(house): State<House>, caller: Caller) -> Reply<Json<CalendarView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let mut books = look.books();
    let days = store::calendar_rows(&mut books).await?;
    Ok(Json(CalendarView::of(days, books.today())))
}

/// The notice of one year.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Notice {
    year: i16,
    days: Vec<set_calendar::NamedDay>,
    /// The days of the year that were entered before, as they were shown: those of them that are
    /// not among `days` go. Without being named here none goes.
    #[serde(default)]
    replaces: Vec<set_calendar::NamedDay>,
}

/// Enter the notice of a year.
#[utoipa::path(post, path = "/calendar", tag = "people", request_body = Notice,
    responses((status = 200, body = Written)))]
async fn put_calendar(writing: Writing, Json(notice): Json<Notice>) -> Reply<Written> {
    let year = notice.year;
    let act = set_calendar::SetCalendar {
        year,
        days: notice.days,
        replaces: notice.replaces,
    };
    writing.change(&act, |()| year.to_string()).await
}
