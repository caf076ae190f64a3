//! Routes of employees 员工接口.

use access::{Need, RowFilter};
use axum::Json;
use axum::extract::{Path, Query, State};
use intake::RecordKind;
use kernel::{Day, DepartmentId, EmployeeId, EntityId, PostId};
use serde::Deserialize;
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::id;
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::people::acts::{
    add_employee, change_job, correct_employee, rehire, reveal_employee, set_contract,
};
use crate::people::store;
use crate::people::view::{EmployeeItem, EmployeeView, PersonName, RevealedView, UNDONE, state_of};
use crate::{import, permissions, scope, session};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, add))
        .routes(routes!(one))
        .routes(routes!(correct))
        .routes(routes!(job))
        .routes(routes!(contract))
        .routes(routes!(come_back))
        .routes(routes!(reveal))
}

#[derive(Deserialize, IntoParams)]
struct EmployeeQuery {
    /// Part of name, pinyin, initials or 工号.
    #[serde(default)]
    q: String,
    /// Id of a department.
    department: Option<String>,
    /// `active`, `notice`, `left`; `withdrawn` for those whose import was undone, who are in no
    /// other list.
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
    // Of himself everybody knows it, as on his page.
    let leavers = match scope::reach(&house.spine, &caller.by, permissions::DEPARTURE_READ) {
        RowFilter::Nothing => {
            let me = caller.by.employee();
            me.map_or(RowFilter::Nothing, RowFilter::OwnedBy)
        }
        reach => reach,
    };
    let undone = query.state.as_deref() == Some(UNDONE);
    let state = query.state.as_deref().filter(|_| !undone);
    let state = state.map(state_of).transpose()?;
    let after: Option<String> = Cursor::unpack(query.cursor.as_deref())?;
    let limit = caller.page(query.limit);
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
        state,
        leavers,
        undone,
        sells: query.sells,
        among,
        after: after.unwrap_or_default(),
    };
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let lines = store::employees(&mut books, &reach, &filter, most).await?;
    let item = |line: store::EmployeeLine| {
        let knows = filter.leavers.admits(&line.target());
        let item = EmployeeItem::from(line);
        match (undone, knows) {
            (true, _) => item.undone(),
            (false, true) => item,
            (false, false) => item.discreet(),
        }
    };
    let page = Page::cut(lines, limit, |line| line.number.clone());
    Ok(Json(Page {
        items: page.items.into_iter().map(item).collect(),
        next_cursor: page.next_cursor,
    }))
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
    let own = caller.by.employee() == Some(employee);
    let knows = own || look.may(&Need::on(permissions::DEPARTURE_READ, person.target()));
    let writes = look.may(&Need::on_everything(permissions::PEOPLE_WRITE));
    let inner = knows || writes;
    let reveals = Need::on(permissions::PEOPLE_REVEAL, person.target()).with_reason(true);
    let papers = own || writes || look.may(&reveals);
    let mut books = look.books();
    let today = books.today();
    let line = store::line_above(&mut books, employee, today).await?;
    let known = line.iter().copied().chain(person.line_manager);
    let names = store::names_of(&mut books, known).await?;
    let manager = PersonName::among(&names, person.line_manager);
    let line = line
        .into_iter()
        .filter_map(|id| PersonName::among(&names, Some(id)))
        .collect();
    let history = store::employment_history(&mut books, employee).await?;
    let assets = store::assets_of(&mut books, employee).await?;
    let stand_ins = store::stand_ins_of(&mut books, employee, today).await?;
    let left = person.state == store::PersonState::Left;
    let undone = left && import::store::was_undone(&mut books, &employee.to_string()).await?;
    let extra = match own || writes {
        true => store::extra_of(&mut books, employee).await?,
        false => String::new(),
    };
    let mut view = EmployeeView {
        kept: import::kept_columns(RecordKind::Employee, &extra),
        ..EmployeeView::of(person, (manager, line), history, assets, stand_ins)
    };
    view.citizen_id = view.citizen_id.filter(|_| papers);
    let view = if undone { view.undone() } else { view };
    Ok(Json(match (inner, knows) {
        (false, _) => view.for_colleagues(),
        (true, false) => view.discreet(),
        (true, true) => view,
    }))
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
    /// The last day; with a `contract_from` and without this the contract is open-ended.
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
async fn add(writing: Writing, Json(new): Json<NewEmployee>) -> Reply<Written> {
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
    writing.make(&act, ToString::to_string).await
}

/// Correct a person's particulars.
#[utoipa::path(post, path = "/employees/{id}/correction", tag = "people",
    request_body = correct_employee::Correction, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 422, description = "refused")))]
async fn correct(
    writing: Writing,
    Path(text): Path<String>,
    Json(correction): Json<correct_employee::Correction>,
) -> Reply<Written> {
    let act = correct_employee::CorrectEmployee {
        employee: id(&text, "employee")?,
        correction,
    };
    writing.change(&act, |()| text).await
}

/// A new employment of somebody who had left.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Return {
    #[schema(value_type = String, format = Date)]
    hired_on: Day,
    #[schema(value_type = String)]
    entity_id: EntityId,
    #[schema(value_type = String)]
    department_id: DepartmentId,
    #[schema(value_type = String)]
    post_id: PostId,
    #[schema(value_type = Option<String>)]
    line_manager_id: Option<EmployeeId>,
    #[schema(value_type = Option<String>, format = Date)]
    probation_until: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    contract_from: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    contract_until: Option<Day>,
}

/// Rehire somebody who had left, under the same number.
#[utoipa::path(post, path = "/employees/{id}/rehire", tag = "people", request_body = Return,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn come_back(
    writing: Writing,
    Path(text): Path<String>,
    Json(back): Json<Return>,
) -> Reply<Written> {
    let act = rehire::Rehire {
        employee: id(&text, "employee")?,
        hired_on: back.hired_on,
        entity: back.entity_id,
        department: back.department_id,
        post: back.post_id,
        line_manager: back.line_manager_id,
        probation_until: back.probation_until,
        contract_from: back.contract_from,
        contract_until: back.contract_until,
    };
    writing.change(&act, |()| text).await
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
    /// The `version` of the employee that was shown.
    seen: Option<String>,
}

/// Change department, post or line manager.
#[utoipa::path(post, path = "/employees/{id}/job", tag = "people", request_body = JobChange,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn job(
    writing: Writing,
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
        seen: change.seen,
    };
    writing.change(&act, |()| text).await
}

/// The term of a labour contract.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ContractTerm {
    #[schema(value_type = String, format = Date)]
    begins_on: Day,
    /// The last day; open-ended when absent.
    #[schema(value_type = Option<String>, format = Date)]
    ends_on: Option<Day>,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
    /// The `version` of the employee that was shown.
    seen: Option<String>,
}

/// Put on file from when until when the labour contract runs.
#[utoipa::path(post, path = "/employees/{id}/contract", tag = "people", request_body = ContractTerm,
    params(("id" = String, Path)), responses((status = 200, body = Written)))]
async fn contract(
    writing: Writing,
    Path(text): Path<String>,
    Json(term): Json<ContractTerm>,
) -> Reply<Written> {
    let act = set_contract::SetContract {
        employee: id(&text, "employee")?,
        from: term.begins_on,
        until: term.ends_on,
        reason: term.reason,
        seen: term.seen,
    };
    writing.change(&act, |()| text).await
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
    writing: Writing,
    Path(text): Path<String>,
    Json(why): Json<Reason>,
) -> Reply<Json<RevealedView>> {
    let employee = id(&text, "employee")?;
    let act = reveal_employee::RevealEmployee {
        employee,
        reason: why.reason,
    };
    let done = writing.done(&act).await?;
    let shown = done.outcome;
    Ok(Json(RevealedView {
        citizen_id: shown.citizen_id,
        phone: shown.phone,
        email: shown.email,
        entry: done.entry,
    }))
}
