//! Routes of the organisation and its people 组织接口.

use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{AssetId, Day, DepartmentId, EmployeeId, EntityId, Fen, PostId, StandInId};
use serde::Deserialize;
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{
    add_department, add_employee, add_entity, add_post, add_stand_in, change_job, close_account,
    end_stand_in, lend_asset, return_asset, reveal_employee, set_calendar, set_head,
};
use super::store;
use super::view::{
    CalendarView, Choices, DepartmentItem, EmployeeItem, EmployeeView, PersonName, RevealedView,
    state_of,
};
use crate::house::House;
use crate::http::{Caller, Cursor, Keyed, Page, Reply, Written};
use crate::{permissions, scope, session};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one))
        .routes(routes!(job))
        .routes(routes!(reveal))
        .routes(routes!(lend))
        .routes(routes!(give_back))
        .routes(routes!(close))
        .routes(routes!(stand_in))
        .routes(routes!(stand_in_end))
        .routes(routes!(departments, new_department))
        .routes(routes!(head))
        .routes(routes!(posts, new_post))
        .routes(routes!(new_entity))
        .routes(routes!(calendar, put_calendar))
}

/// Reads an id out of a path; nonsense is as absent as what is not there.
pub(crate) fn id<T: std::str::FromStr>(text: &str, what: &str) -> Result<T, Denied> {
    text.parse().map_err(|_| Denied::absent(what))
}

#[derive(Deserialize, IntoParams)]
struct EmployeeQuery {
    /// Part of name, pinyin, initials or 工号.
    #[serde(default)]
    q: String,
    /// Id of a department.
    department: Option<String>,
    /// `active`, `notice`, `left`
    state: Option<String>,
    /// Only those who have customers.
    sells: Option<bool>,
    /// Only those who hold this role.
    role: Option<String>,
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

/// Employees, by number.
#[utoipa::path(get, path = "/employees", tag = "people", params(EmployeeQuery),
    responses((status = 200, body = Page<EmployeeItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<EmployeeQuery>,
) -> Reply<Json<Page<EmployeeItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("people.list", &Need::at_all(permissions::PEOPLE_READ))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::PEOPLE_READ);
    let after: Option<String> = Cursor::unpack(query.cursor.as_deref())?;
    let limit = query.limit.unwrap_or(50).clamp(1, 200);
    let mut books = look.books();
    let among = match &query.role {
        Some(role) => Some(session::store::employees_with_role(&mut books, role).await?),
        None => None,
    };
    let filter = store::EmployeeFilter {
        q: query.q,
        department: query
            .department
            .as_deref()
            .map(|text| id(text, "department"))
            .transpose()?,
        state: query.state.as_deref().map(state_of).transpose()?,
        sells: query.sells,
        among,
        after: after.unwrap_or_default(),
    };
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let lines = store::employees(&mut books, &reach, &filter, most).await?;
    let items = lines.into_iter().map(EmployeeItem::from).collect();
    Ok(Json(Page::cut(items, limit, |item: &EmployeeItem| {
        item.number.clone()
    })))
}

/// An employee with history, line, assets and stand-ins.
#[utoipa::path(get, path = "/employees/{id}", tag = "people", params(("id" = String, Path)),
    responses((status = 200, body = EmployeeView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<EmployeeView>> {
    let employee: EmployeeId = id(&text, "employee")?;
    let mut look = house.spine.look(&caller.by).await?;
    let person = store::find_employee(&mut look.books(), employee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    look.allow(
        "people.read",
        &Need::on(permissions::PEOPLE_READ, person.target()),
    )
    .await?;
    let mut books = look.books();
    let today = books.today();
    let line = store::line_above(&mut books, employee, today).await?;
    let names = store::names_of(&mut books, line.iter().copied()).await?;
    let line = line
        .into_iter()
        .filter_map(|id| PersonName::among(&names, Some(id)))
        .collect();
    let history = store::employment_history(&mut books, employee).await?;
    let assets = store::assets_of(&mut books, employee).await?;
    let stand_ins = store::stand_ins_of(&mut books, employee, today).await?;
    Ok(Json(EmployeeView::of(
        person, line, history, assets, stand_ins,
    )))
}

/// A person who joins.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewEmployee {
    #[schema(max_length = 64)]
    number: String,
    #[schema(max_length = 100)]
    name: String,
    #[schema(value_type = String)]
    entity_id: EntityId,
    #[schema(value_type = String)]
    department_id: DepartmentId,
    #[schema(value_type = String)]
    post_id: PostId,
    #[schema(value_type = Option<String>)]
    line_manager_id: Option<EmployeeId>,
    #[schema(value_type = String, format = Date)]
    hired_on: Day,
    #[schema(value_type = Option<String>, format = Date)]
    probation_until: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    contract_from: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    contract_until: Option<Day>,
    citizen_id: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    #[serde(default)]
    sells: bool,
    capacity: Option<i64>,
    #[serde(default)]
    regions: String,
    #[serde(default)]
    industries: String,
}

/// Add an employee.
#[utoipa::path(post, path = "/employees", tag = "people", request_body = NewEmployee,
    responses((status = 201, body = Written), (status = 422, description = "refused")))]
async fn add(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(new): Json<NewEmployee>,
) -> Reply<Written> {
    let act = add_employee::AddEmployee {
        number: new.number,
        name: new.name,
        entity: new.entity_id,
        department: new.department_id,
        post: new.post_id,
        line_manager: new.line_manager_id,
        hired_on: new.hired_on,
        probation_until: new.probation_until,
        contract_from: new.contract_from,
        contract_until: new.contract_until,
        citizen_id: new.citizen_id,
        phone: new.phone,
        email: new.email,
        sells: new.sells,
        capacity: new.capacity,
        regions: new.regions,
        industries: new.industries,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

/// Another place from a day on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct JobChange {
    #[schema(value_type = String, format = Date)]
    effective_on: Day,
    #[schema(value_type = String)]
    entity_id: EntityId,
    #[schema(value_type = String)]
    department_id: DepartmentId,
    #[schema(value_type = String)]
    post_id: PostId,
    #[schema(value_type = Option<String>)]
    line_manager_id: Option<EmployeeId>,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Change department, post or line manager.
#[utoipa::path(post, path = "/employees/{id}/job", tag = "people", request_body = JobChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn job(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(change): Json<JobChange>,
) -> Reply<Written> {
    let act = change_job::ChangeJob {
        employee: id(&text, "employee")?,
        effective_on: change.effective_on,
        entity: change.entity_id,
        department: change.department_id,
        post: change.post_id,
        line_manager: change.line_manager_id,
        reason: change.reason,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
}

/// Why somebody wants to see.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Show papers and phone in clear; the look is recorded.
#[utoipa::path(post, path = "/employees/{id}/reveal", tag = "people", request_body = Reason,
    params(("id" = String, Path)), responses((status = 200, body = RevealedView)))]
async fn reveal(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(why): Json<Reason>,
) -> Reply<Json<RevealedView>> {
    let employee = id(&text, "employee")?;
    let act = reveal_employee::RevealEmployee {
        employee,
        reason: why.reason,
    };
    let done = house
        .spine
        .perform(&act, &caller.by, Some(&key))
        .await?
        .done()?;
    let shown = done.outcome;
    Ok(Json(RevealedView {
        citizen_id: shown.citizen_id,
        phone: shown.phone,
        email: shown.email,
        entry: done.entry,
    }))
}

/// A thing lent, or an account opened elsewhere.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewAsset {
    /// `equipment`, `card`, `key`, `vehicle`, `sample`, `document`, `account`, `other`
    kind: String,
    name: String,
    #[serde(default)]
    serial: String,
}

/// Note that a person holds a thing of the company.
#[utoipa::path(post, path = "/employees/{id}/assets", tag = "people", request_body = NewAsset,
    params(("id" = String, Path)), responses((status = 201, body = Written)))]
async fn lend(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(new): Json<NewAsset>,
) -> Reply<Written> {
    let employee = id(&text, "employee")?;
    let act = lend_asset::LendAsset {
        employee,
        kind: new.kind,
        name: new.name,
        serial: new.serial,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

/// How a thing came back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AssetReturn {
    /// What is paid instead of returning it.
    #[schema(value_type = Option<crate::http::Money>)]
    cost: Option<Fen>,
    #[serde(default)]
    note: String,
}

/// Take a thing back, or agree on its price.
#[utoipa::path(post, path = "/assets/{id}/return", tag = "people", request_body = AssetReturn,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn give_back(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(back): Json<AssetReturn>,
) -> Reply<Written> {
    let asset: AssetId = id(&text, "asset")?;
    let act = return_asset::ReturnAsset {
        asset,
        cost: back.cost,
        note: back.note,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |_| text))
}

/// What was done with an account.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccountClosing {
    #[serde(default)]
    note: String,
}

/// Note that an account elsewhere is closed.
#[utoipa::path(post, path = "/assets/{id}/close", tag = "people",
    request_body = AccountClosing, params(("id" = String, Path)),
    responses((status = 200, body = Written)))]
async fn close(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(closing): Json<AccountClosing>,
) -> Reply<Written> {
    let asset: AssetId = id(&text, "asset")?;
    let act = close_account::CloseAccount {
        asset,
        note: closing.note,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
}

/// Who acts, and when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewStandIn {
    #[schema(value_type = String)]
    deputy_id: EmployeeId,
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// First day on which it is over.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Day>,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Name a stand-in for a person.
#[utoipa::path(post, path = "/employees/{id}/stand-ins", tag = "people",
    request_body = NewStandIn, params(("id" = String, Path)),
    responses((status = 201, body = Written)))]
async fn stand_in(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(new): Json<NewStandIn>,
) -> Reply<Written> {
    let absent: EmployeeId = id(&text, "employee")?;
    let act = add_stand_in::AddStandIn {
        absent,
        deputy: new.deputy_id,
        from: new.from,
        until: new.until,
        reason: new.reason,
        own: caller.by.employee() == Some(absent),
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

/// End a stand-in today.
#[utoipa::path(post, path = "/stand-ins/{id}/end", tag = "people",
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn stand_in_end(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
) -> Reply<Written> {
    let stand_in: StandInId = id(&text, "stand_in")?;
    let line = {
        let mut look = house.spine.look(&caller.by).await?;
        let mut books = look.books();
        let today = books.today();
        store::find_stand_in(&mut books, stand_in, today).await?
    };
    let absent = line.map(|line| line.stand_in.absent);
    let own = absent.is_some() && absent == caller.by.employee();
    let act = end_stand_in::EndStandIn { stand_in, own };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |_| text))
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
async fn new_department(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(new): Json<NewDepartment>,
) -> Reply<Written> {
    let act = add_department::AddDepartment {
        parent: new.parent_id,
        entity: new.entity_id,
        code: new.code,
        name: new.name,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

/// Who shall head a department.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHead {
    #[schema(value_type = String)]
    employee_id: EmployeeId,
}

/// Name the head of a department.
#[utoipa::path(post, path = "/departments/{id}/head", tag = "people", request_body = NewHead,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn head(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(text): Path<String>,
    Json(new): Json<NewHead>,
) -> Reply<Written> {
    let department = id(&text, "department")?;
    let act = set_head::SetHead {
        department,
        employee: new.employee_id,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| text))
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
async fn new_post(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(new): Json<NewPost>,
) -> Reply<Written> {
    let act = add_post::AddPost { name: new.name };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
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
async fn new_entity(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(new): Json<NewEntity>,
) -> Reply<Written> {
    let act = add_entity::AddEntity {
        name: new.name,
        credit_code: new.credit_code,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::made(&answer, ToString::to_string))
}

/// Days off and days worked in exchange.
#[utoipa::path(get, path = "/calendar", tag = "people",
    responses((status = 200, body = CalendarView)))]
async fn calendar(State(house): State<House>, caller: Caller) -> Reply<Json<CalendarView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let mut books = look.books();
    let known_until = store::calendar(&mut books).await?.known_until();
    let named = |(row, is_statutory): store::CalendarDay| set_calendar::NamedDay {
        day: row.day,
        name: row.name,
        is_off: row.is_off,
        is_statutory,
    };
    let days = store::calendar_rows(&mut books)
        .await?
        .into_iter()
        .map(named)
        .collect();
    Ok(Json(CalendarView { known_until, days }))
}

/// The notice of one year.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Notice {
    year: i16,
    days: Vec<set_calendar::NamedDay>,
}

/// Enter the notice of a year.
#[utoipa::path(post, path = "/calendar", tag = "people", request_body = Notice,
    responses((status = 200, body = Written)))]
async fn put_calendar(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(notice): Json<Notice>,
) -> Reply<Written> {
    let year = notice.year;
    let act = set_calendar::SetCalendar {
        year,
        days: notice.days,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    Ok(Written::changed(&answer, |()| year.to_string()))
}
