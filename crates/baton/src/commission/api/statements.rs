//! Statements, line by line 提成单接口.

use access::{Need, Target};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use kernel::EmployeeId;
use serde::Deserialize;
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{month, payee_of};
use crate::commission::acts::{answer::Answer, confirm::Confirm, object::Object};
use crate::commission::paying::Payments;
use crate::commission::store;
use crate::commission::telling;
use crate::commission::view::{
    ObjectionItem, ObjectionList, StatementItem, StatementLine, StatementList, StatementView,
};
use crate::commission::{basis, paper};
use crate::document::store as documents;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::store as people;
use crate::{permissions, scope};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(explained))
        .routes(routes!(objections))
        .routes(routes!(confirm))
        .routes(routes!(object))
        .routes(routes!(reply))
}

#[derive(Deserialize, IntoParams)]
struct MonthQuery {
    /// `2026-11`
    month: String,
}

/// The statements of a month, within the caller's reach.
#[utoipa::path(get, path = "/commission-statements", tag = "commission", params(MonthQuery),
    responses((status = 200, body = StatementList)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<MonthQuery>,
) -> Reply<Json<StatementList>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.statements", &need).await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_READ);
    let month = month(&query.month)?;
    let sums = store::sums(&mut look.books(), &reach, month).await?;
    Ok(Json(StatementList {
        total: sums.iter().map(|sum| sum.commission).sum(),
        items: sums.into_iter().map(StatementItem::from).collect(),
    }))
}

#[derive(Deserialize, IntoParams)]
struct StatementQuery {
    /// `2026-11`
    month: String,
    /// Id of the payee; the caller himself when absent.
    payee: Option<String>,
}

/// Somebody's statement of a month, each line with its reasons.
#[utoipa::path(get, path = "/commission-statement", tag = "commission", params(StatementQuery),
    responses((status = 200, body = StatementView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<StatementQuery>,
) -> Reply<Json<StatementView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.statement", &need).await?;
    let payee = payee_of(&caller, query.payee.as_deref())?;
    let mut books = look.books();
    let person = people::find_employee(&mut books, payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let target: Target = person.target();
    let need = Need::on(permissions::COMMISSION_READ, target.clone());
    look.allow("commission.statement", &need).await?;
    let month = month(&query.month)?;
    let own = caller.by.employee() == Some(payee);
    let confirms = own && look.may(&Need::on(permissions::COMMISSION_CONFIRM, target.clone()));
    let answers = look.may(&Need::on(permissions::COMMISSION_RUN, target));
    let issues = confirms || answers;
    let mut books = look.books();
    let periods = store::periods(&mut books).await?;
    let period = periods.into_iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let lines = store::lines_of(&mut books, payee, month).await?;
    let words = store::words_of(&mut books, payee, month).await?;
    let called = telling::called(&mut books, &lines).await?;
    let payments = Payments::to(&mut books, payee).await?;
    let today = books.today();
    let speakers = words.iter().filter_map(|word| word.by.parse().ok());
    let names = people::names_of(&mut books, speakers.chain([payee])).await?;
    let open = period.stage != ::commission::period::Stage::Closed;
    let number = paper::number(month, &person.number);
    let kind = ::document::Kind::CommissionStatement;
    let printed = documents::numbered(&mut books, kind, &number).await?;
    let may = [
        ("confirm", confirms && open),
        ("answer", answers && open),
        (
            "issue",
            issues && !open && printed.is_none() && !lines.is_empty(),
        ),
        ("export", issues && !open && !lines.is_empty()),
    ];
    let standing: Vec<_> = lines
        .iter()
        .map(|line| payments.of(line, !open, today))
        .collect();
    Ok(Json(StatementView {
        paid: standing.iter().map(|one| one.paid).sum(),
        owed: standing.iter().map(|one| one.owed).sum(),
        month,
        stage: period.stage,
        payee: PersonName::among(&names, Some(payee)),
        total: lines.iter().map(|line| line.commission).sum(),
        lines: lines
            .iter()
            .zip(&standing)
            .map(|(line, pay)| StatementLine::of(line, &called, (&words, &names), pay))
            .collect(),
        document_id: printed.map(|one| one.id),
        may: may
            .into_iter()
            .filter(|(_, open)| *open)
            .map(|(step, _)| step)
            .collect(),
    }))
}

/// The same as a file for programs: each line with its dates, its reasons and its trace, in
/// canonical JSON (RFC 8785); of a closed month byte for byte the statement of its bundle.
#[utoipa::path(get, path = "/commission-statement/explanation", tag = "commission",
    params(StatementQuery), responses((status = 200, content_type = "application/json"),
    (status = 404, description = "absent")))]
async fn explained(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<StatementQuery>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.statement", &need).await?;
    let payee = payee_of(&caller, query.payee.as_deref())?;
    let person = people::find_employee(&mut look.books(), payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let need = Need::on(permissions::COMMISSION_READ, person.target());
    look.allow("commission.statement", &need).await?;
    let month = month(&query.month)?;
    let mut books = look.books();
    let periods = store::periods(&mut books).await?;
    if !periods.iter().any(|period| period.month == month) {
        return Err(Denied::absent("commission_period").into());
    }
    let kept = store::basis(&mut books, month, payee).await?;
    let bytes = match kept {
        Some(kept) => kept.statement,
        None => basis::canonical(&basis::statement(&mut books, month, payee).await?)?,
    };
    let name = format!(
        "attachment; filename=\"statement-{month}-{}.json\"",
        person.number
    );
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, bytes))
}

/// Objections that wait for an answer, oldest first.
#[utoipa::path(get, path = "/commission-objections", tag = "commission",
    responses((status = 200, body = ObjectionList)))]
async fn objections(State(house): State<House>, caller: Caller) -> Reply<Json<ObjectionList>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_RUN);
    look.allow("commission.objections", &need).await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_RUN);
    let mut books = look.books();
    let words = store::open_objections(&mut books, &reach, None).await?;
    let names = people::names_of(&mut books, words.iter().map(|word| word.payee)).await?;
    let items = words.into_iter().map(|word| ObjectionItem {
        month: word.month,
        key: word.key,
        payee: PersonName::among(&names, Some(word.payee)),
        reason: word.reason,
        amount: word.commission,
        at: word.at,
    });
    Ok(Json(ObjectionList {
        items: items.collect(),
    }))
}

/// Which line is right.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LineOf {
    /// `2026-11`
    month: String,
}

fn myself(writing: &Writing) -> Result<EmployeeId, Denied> {
    let me = writing.caller.by.employee();
    me.ok_or_else(|| Denied::absent("commission_line"))
}

/// Say that a line of one's own is right.
#[utoipa::path(post, path = "/commission-lines/{key}/confirm", tag = "commission",
    request_body = LineOf, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn confirm(
    writing: Writing,
    Path(key): Path<String>,
    Json(line): Json<LineOf>,
) -> Reply<Written> {
    let act = Confirm {
        month: month(&line.month)?,
        key: key.clone(),
        by: myself(&writing)?,
    };
    writing.change(&act, |_| key).await
}

/// What is wrong with a line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Wrong {
    /// `2026-11`
    month: String,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Say that a line of one's own is wrong, and why.
#[utoipa::path(post, path = "/commission-lines/{key}/object", tag = "commission",
    request_body = Wrong, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn object(
    writing: Writing,
    Path(key): Path<String>,
    Json(wrong): Json<Wrong>,
) -> Reply<Written> {
    let act = Object {
        month: month(&wrong.month)?,
        key: key.clone(),
        reason: wrong.reason,
        by: myself(&writing)?,
    };
    writing.change(&act, |_| key).await
}

/// An answer to an objection.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ObjectionReply {
    /// `2026-11`
    month: String,
    accept: bool,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Accept or refuse an objection.
#[utoipa::path(post, path = "/commission-lines/{key}/answer", tag = "commission",
    request_body = ObjectionReply, params(("key" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn reply(
    writing: Writing,
    Path(key): Path<String>,
    Json(said): Json<ObjectionReply>,
) -> Reply<Written> {
    let act = Answer {
        month: month(&said.month)?,
        key: key.clone(),
        accept: said.accept,
        reason: said.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| key).await
}
