//! Statements on paper, and what was earned month by month 提成单与提成历史接口.

use access::Need;
use axum::Json;
use axum::extract::{Query, State};
use kernel::EmployeeId;
use serde::Deserialize;
use spine::{Denied, Failure, Look};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{month, payee_of};
use crate::commission::acts::issue_statement::{IssueStatement, Ready};
use crate::commission::history::{CommissionHistory, months};
use crate::commission::month::Month;
use crate::commission::paper::paper;
use crate::commission::paying::Payments;
use crate::commission::store;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::store::{self as people, Employee};
use crate::permissions;

/// Months that are shown.
const SHOWN: i32 = 24;

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(issue))
        .routes(routes!(history))
}

/// The person, when the caller may read his commission.
async fn may_read(
    look: &mut Look<'_>,
    (what, payee): (&str, EmployeeId),
) -> Result<Employee, Failure> {
    let person = people::find_employee(&mut look.books(), payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let need = Need::on(permissions::COMMISSION_READ, person.target());
    look.allow(what, &need).await?;
    Ok(person)
}

/// Whose statement of which month.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WhichStatement {
    /// `2026-11`
    month: String,
    /// Id of the payee; the caller himself when absent.
    payee: Option<String>,
}

/// Print a statement of a closed month, once: the PDF is kept, its digest stands in the evidence.
#[utoipa::path(post, path = "/commission-statements", tag = "commission",
    request_body = WhichStatement,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn issue(writing: Writing, Json(which): Json<WhichStatement>) -> Reply<Written> {
    let payee = payee_of(&writing.caller, which.payee.as_deref())?;
    let mut act = IssueStatement {
        month: month(&which.month)?,
        payee,
        by: writing.caller.by.id(),
        ready: None,
    };
    act.ready = ready(&writing, &act).await?;
    writing.make(&act, |issued| issued.id.to_string()).await
}

/// Prints beforehand what the act will most likely want. Whoever may not issue it, or cannot now,
/// is told by the act itself, which also keeps the attempt.
async fn ready(writing: &Writing, act: &IssueStatement) -> Result<Option<Ready>, Failure> {
    let sheet = {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        let found = paper(&mut look.books(), act.month, act.payee).await;
        match found {
            Ok(paper) => {
                let may = look.may(&spine::Act::needs(act, &paper));
                may.then(|| paper.may_issue().ok().cloned()).flatten()
            }
            Err(Failure::Denied(_)) => None,
            Err(failure) => return Err(failure),
        }
    };
    let Some(sheet) = sheet else {
        return Ok(None);
    };
    let (sheet, printed) = sheet.print_aside(false).await?;
    Ok(Some(Ready { sheet, printed }))
}

#[derive(Deserialize, IntoParams)]
struct HistoryQuery {
    /// Id of the payee; the caller himself when absent.
    payee: Option<String>,
}

/// What somebody earned in each of the last two years' months, what fell due, what went to payroll.
#[utoipa::path(get, path = "/commission-history", tag = "commission", params(HistoryQuery),
    responses((status = 200, body = CommissionHistory), (status = 404, description = "absent")))]
async fn history(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<HistoryQuery>,
) -> Reply<Json<CommissionHistory>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.history", &need).await?;
    let payee = payee_of(&caller, query.payee.as_deref())?;
    let person = may_read(&mut look, ("commission.history", payee)).await?;
    let mut books = look.books();
    let today = books.today();
    let since = Month::of(today.plus_months(1 - SHOWN));
    let lines = store::lines_of_payee(&mut books, payee).await?;
    let periods = store::periods(&mut books).await?;
    let payouts = store::payouts(&mut books).await?;
    let payments = Payments::to(&mut books, payee).await?;
    let by_hand = store::paid_before_payout(&mut books, payee).await?;
    let mut shown = months(&lines, &periods, (&payouts, &payments), (since, today));
    for row in &mut shown {
        let before = by_hand.get(&row.month).copied().unwrap_or_default();
        row.handed = row.handed - before;
    }
    Ok(Json(CommissionHistory {
        payee: Some(PersonName::of((person.id, person.number, person.name))),
        months: shown,
    }))
}
