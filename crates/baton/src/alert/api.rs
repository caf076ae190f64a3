//! Routes of alerts 预警接口.

use std::collections::HashMap;

use ::risk::{AlertKind, Severity, State as AlertState};
use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{AlertId, DepartureId, Moment, Refusal};
use serde::Deserialize;
use spine::{Denied, Look, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{resolve::Resolve, take::Take};
use super::store::{self, Alert, Wanted};
use super::view::{AlertCounts, AlertItem, AlertView, AlertWords, Names};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::{departure, evidence, people, permissions, word};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(count))
        .routes(routes!(words))
        .routes(routes!(one))
        .routes(routes!(take))
        .routes(routes!(resolve))
}

#[derive(Deserialize, IntoParams)]
struct ListQuery {
    /// `open`, `taken`, `resolved`, or `unresolved` for both first ones.
    state: Option<String>,
    /// `low`, `high`, `critical`.
    severity: Option<String>,
    /// `handover_denied`, `many_denied`, ….
    kind: Option<String>,
    /// Only those about this departure; also for whoever runs it or approves its handover.
    departure: Option<String>,
    /// Part of the sentence: a name, a 工号.
    q: Option<String>,
    /// Not before this moment, RFC 3339.
    from: Option<String>,
    /// Before this moment, RFC 3339.
    until: Option<String>,
    cursor: Option<String>,
}

fn text(value: Option<&str>) -> Option<&str> {
    value.map(str::trim).filter(|value| !value.is_empty())
}

fn chosen<T: serde::de::DeserializeOwned>(
    value: Option<&str>,
    pointer: &str,
) -> Result<Option<T>, Refusal> {
    let read = text(value)
        .map(|word| word::read(word.to_owned()))
        .transpose();
    read.map_err(|_| {
        Refusal::invalid(
            "request.unknown_word",
            "没有这个选项",
            "There is no such choice",
        )
        .remedy(("请从列表中选择", "Choose from the list"))
        .at(pointer, ("没有这个选项", "There is no such choice"))
    })
}

fn moment(value: Option<&str>, pointer: &str) -> Result<Option<Moment>, Refusal> {
    let parsed = text(value).map(str::parse::<Moment>).transpose();
    parsed.map_err(|why| {
        let en = "Write a moment before 9999-12-31 as 2026-11-22T08:00:00.000Z";
        Refusal::invalid("request.moment", format!("时刻{why}"), en).at(pointer, (why, en))
    })
}

fn states(value: Option<&str>) -> Result<Vec<AlertState>, Refusal> {
    if text(value) == Some("unresolved") {
        return Ok(vec![AlertState::Open, AlertState::Taken]);
    }
    Ok(chosen(value, "/state")?.into_iter().collect())
}

/// What everybody may see who reads alerts, and whether the caller does; whoever runs a departure,
/// or approves its handover, learns of the alerts about it, but not how they are handled. The
/// person who leaves learns nothing.
async fn may_list(
    look: &mut Look<'_>,
    caller: &Caller,
    departure: Option<DepartureId>,
) -> Reply<bool> {
    let reads = Need::on_everything(permissions::ALERT_READ);
    if look.may(&reads) {
        return Ok(true);
    }
    if let Some(id) = departure {
        let mut books = look.books();
        let found = departure::store::find(&mut books, id).await?;
        let leaver = match found {
            Some(found) => people::store::find_employee(&mut books, found.employee).await?,
            None => None,
        };
        if let Some(leaver) = leaver.filter(|leaver| caller.by.employee() != Some(leaver.id)) {
            let needs = [permissions::DEPARTURE_RUN, permissions::HANDOVER_APPROVE];
            if needs
                .iter()
                .any(|need| look.may(&Need::on(*need, leaver.target())))
            {
                return Ok(false);
            }
        }
    }
    look.allow("alert.list", &reads).await?;
    Ok(true)
}

/// Whoever reads alerts about himself does not learn of a dismissal by them.
async fn name_no_kept(books: &mut Reader<'_>, caller: &Caller, alerts: &mut [Alert]) -> Reply<()> {
    let kept = departure::store::kept_from(books, caller.by.employee()).await?;
    for alert in alerts {
        if kept.contains(&alert.subject) {
            alert.subject.clear();
        }
    }
    Ok(())
}

async fn names_of(books: &mut Reader<'_>, alerts: &[Alert]) -> Reply<Names> {
    let ids = alerts
        .iter()
        .flat_map(|alert| [alert.taken_by.clone(), alert.handled_by.clone()]);
    let ids: Vec<String> = ids.flatten().collect();
    let names = evidence::store::names(books, &ids).await?;
    Ok(names.into_iter().collect::<HashMap<_, _>>())
}

/// Alerts by their newest signal, newest first.
#[utoipa::path(get, path = "/alerts", tag = "alert", params(ListQuery),
    responses((status = 200, body = Page<AlertItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Reply<Json<Page<AlertItem>>> {
    const LIMIT: usize = 50;
    let departure = text(query.departure.as_deref())
        .map(str::parse::<DepartureId>)
        .transpose()
        .map_err(|_| Denied::absent("departure"))?;
    let mut look = house.spine.look(&caller.by).await?;
    let in_full = may_list(&mut look, &caller, departure).await?;
    let wanted = Wanted {
        states: states(query.state.as_deref())?,
        severity: chosen::<Severity>(query.severity.as_deref(), "/severity")?,
        kind: chosen::<AlertKind>(query.kind.as_deref(), "/kind")?,
        departure,
        q: text(query.q.as_deref()),
        from: moment(query.from.as_deref(), "/from")?,
        until: moment(query.until.as_deref(), "/until")?,
        before: Cursor::unpack(query.cursor.as_deref())?,
        limit: 51,
    };
    let mut books = look.books();
    let mut alerts = store::list(&mut books, &wanted).await?;
    name_no_kept(&mut books, &caller, &mut alerts).await?;
    let names = names_of(&mut books, &alerts).await?;
    let places: Vec<_> = alerts
        .iter()
        .map(|alert| (alert.last_at, alert.id))
        .collect();
    let names = in_full.then_some(&names);
    let items = alerts.iter().map(|alert| AlertItem::of(alert, names));
    let rows: Vec<_> = items.zip(places).collect();
    let page = Page::cut(rows, LIMIT, |(_, place)| *place);
    Ok(Json(Page {
        items: page.items.into_iter().map(|(item, _)| item).collect(),
        next_cursor: page.next_cursor,
    }))
}

/// How many alerts wait.
#[utoipa::path(get, path = "/alerts/count", tag = "alert",
    responses((status = 200, body = AlertCounts)))]
async fn count(State(house): State<House>, caller: Caller) -> Reply<Json<AlertCounts>> {
    let mut look = house.spine.look(&caller.by).await?;
    let reads = Need::on_everything(permissions::ALERT_READ);
    look.allow("alert.count", &reads).await?;
    let (open, taken, grave) = store::counts(&mut look.books()).await?;
    Ok(Json(AlertCounts { open, taken, grave }))
}

/// Kinds, severities and states by name.
#[utoipa::path(get, path = "/alert-words", tag = "alert",
    responses((status = 200, body = AlertWords)))]
async fn words(State(house): State<House>, caller: Caller) -> Reply<Json<AlertWords>> {
    let mut look = house.spine.look(&caller.by).await?;
    let reads = Need::on_everything(permissions::ALERT_READ);
    look.allow("alert.words", &reads).await?;
    Ok(Json(AlertWords::all()))
}

fn parsed(id: &str) -> Result<AlertId, Denied> {
    id.parse().map_err(|_| Denied::absent("alert"))
}

/// One alert with what led to it.
#[utoipa::path(get, path = "/alerts/{id}", tag = "alert", params(("id" = String, Path)),
    responses((status = 200, body = AlertView)))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(id): Path<String>,
) -> Reply<Json<AlertView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let reads = Need::on_everything(permissions::ALERT_READ);
    look.allow("alert.read", &reads).await?;
    let may_handle = look.may(&Need::on_everything(permissions::ALERT_HANDLE));
    let mut books = look.books();
    let alert = store::find(&mut books, parsed(&id)?).await?;
    let mut alert = alert.ok_or_else(|| Denied::absent("alert"))?;
    name_no_kept(&mut books, &caller, std::slice::from_mut(&mut alert)).await?;
    let names = names_of(&mut books, std::slice::from_ref(&alert)).await?;
    let denied = matches!(
        alert.kind,
        AlertKind::HandoverDenied | AlertKind::ManyDenied
    );
    let attempts = match alert.about.split_once('/') {
        Some((_, actor)) if denied => {
            let within = (alert.first_at, alert.last_at);
            store::denied_of(&mut books, actor, within, 100).await?
        }
        _ => Vec::new(),
    };
    Ok(Json(AlertView::of(&alert, &names, &attempts, may_handle)))
}

/// Take an alert into one's hands.
#[utoipa::path(post, path = "/alerts/{id}/take", tag = "alert", params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn take(writing: Writing, Path(id): Path<String>) -> Reply<Written> {
    let act = Take {
        alert: parsed(&id)?,
        officer: writing.caller.by.id(),
    };
    writing.change(&act, |()| id).await
}

/// What an alert came to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resolution {
    /// `confirmed`, `explained`, `mistaken`
    conclusion: String,
    /// What was found out and done, 2 to 500 characters.
    note: String,
}

/// Close an alert with what was found out.
#[utoipa::path(post, path = "/alerts/{id}/resolve", tag = "alert", request_body = Resolution,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn resolve(
    writing: Writing,
    Path(id): Path<String>,
    Json(wanted): Json<Resolution>,
) -> Reply<Written> {
    let act = Resolve {
        alert: parsed(&id)?,
        officer: writing.caller.by.id(),
        conclusion: wanted.conclusion,
        note: wanted.note,
    };
    writing.change(&act, |_| id).await
}
