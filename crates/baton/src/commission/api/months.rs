//! Months of settlement 结算月份接口.

use access::{Need, RowFilter};
use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::month;
use crate::commission::acts::calculate::Calculate;
use crate::commission::acts::close_period::ClosePeriod;
use crate::commission::acts::open_period::OpenPeriod;
use crate::commission::acts::review_period::ReviewPeriod;
use crate::commission::month::Month;
use crate::commission::store;
use crate::commission::view::{CommissionMonth, CommissionMonths, PayoutView};
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::store as people;
use crate::{permissions, scope};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list, open))
        .routes(routes!(calculate))
        .routes(routes!(review))
        .routes(routes!(close))
}

/// The months, the newest first.
#[utoipa::path(get, path = "/commission-periods", tag = "commission",
    responses((status = 200, body = CommissionMonths)))]
async fn list(State(house): State<House>, caller: Caller) -> Reply<Json<CommissionMonths>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.periods", &need).await?;
    let answers = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_ANSWER);
    let runs = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_RUN);
    let runs = !matches!(runs, RowFilter::Nothing);
    let mut books = look.books();
    let this_month = Month::of(books.today());
    let periods = store::periods(&mut books).await?;
    let next = periods.last().map_or(this_month, |last| last.month.next());
    let objections = match answers {
        RowFilter::Nothing => Vec::new(),
        reach => store::waiting_objections(&mut books, &reach).await?,
    };
    let payouts = match runs {
        true => store::payouts(&mut books).await?,
        false => Vec::new(),
    };
    let by = payouts
        .iter()
        .filter_map(|one| one.exported_by.parse().ok());
    let names = people::names_of(&mut books, by).await?;
    let items = periods.iter().rev().map(|period| {
        let payout = payouts.iter().find(|one| one.month == period.month);
        let payout = payout.map(|one| PayoutView::of(one.clone(), &names));
        CommissionMonth::with(period, payout)
    });
    Ok(Json(CommissionMonths {
        items: items.collect(),
        next: Some(next).filter(|next| *next <= this_month),
        objections: objections.len(),
    }))
}

/// The month to be opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct WhichMonth {
    /// `2026-11`
    month: String,
}

/// Open a month.
#[utoipa::path(post, path = "/commission-periods", tag = "commission", request_body = WhichMonth,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn open(writing: Writing, Json(which): Json<WhichMonth>) -> Reply<Written> {
    let month = month(&which.month)?;
    writing
        .make(&OpenPeriod { month }, |done| done.to_string())
        .await
}

/// Calculate every month that is not closed.
#[utoipa::path(post, path = "/commission-periods/calculate", tag = "commission",
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn calculate(writing: Writing) -> Reply<Written> {
    let last = |months: &[Month]| months.last().map(Month::to_string).unwrap_or_default();
    writing
        .change(&Calculate {}, |sums| last(&sums.months))
        .await
}

/// Finance has looked at the figures of the month.
#[utoipa::path(post, path = "/commission-periods/{month}/review", tag = "commission",
    params(("month" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn review(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let month = month(&text)?;
    writing.change(&ReviewPeriod { month }, |_| text).await
}

/// Close the month for good.
#[utoipa::path(post, path = "/commission-periods/{month}/close", tag = "commission",
    params(("month" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn close(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let month = month(&text)?;
    writing.change(&ClosePeriod { month }, |_| text).await
}
