//! Months of settlement 结算月份接口.

use std::collections::BTreeMap;

use access::{Need, RowFilter};
use axum::Json;
use axum::extract::{Path, State};
use kernel::Day;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::month;
use crate::commission::acts::calculate::Calculate;
use crate::commission::acts::close_period::ClosePeriod;
use crate::commission::acts::open_period::OpenPeriod;
use crate::commission::acts::review_period::ReviewPeriod;
use crate::commission::confirming;
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
    let named: BTreeMap<_, _> = store::all_confirm_days(&mut books)
        .await?
        .into_iter()
        .collect();
    let calendar = people::calendar(&mut books).await?;
    let proposed = confirming::proposed(&calendar, books.today());
    let items = periods.iter().rev().map(|period| {
        let payout = payouts.iter().find(|one| one.month == period.month);
        let payout = payout.map(|one| PayoutView::of(one.clone(), &names));
        let confirm_by = named.get(&period.month).map(|named| named.day);
        CommissionMonth::with(period, payout, (confirm_by, proposed))
    });
    Ok(Json(CommissionMonths {
        items: items.collect(),
        next: Some(next).filter(|next| *next <= this_month),
        objections: objections.len(),
        unknown_years: calendar.unknown_years(books.today(), proposed),
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

/// By when payees confirm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MonthReview {
    /// The last day, at most 60 days ahead; nobody is asked by a day when absent.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    confirm_by: Option<Day>,
}

/// Finance has looked at the figures of the month; payees are asked to confirm by a day.
#[utoipa::path(post, path = "/commission-periods/{month}/review", tag = "commission",
    request_body = MonthReview, params(("month" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn review(
    writing: Writing,
    Path(text): Path<String>,
    Json(asked): Json<MonthReview>,
) -> Reply<Written> {
    let act = ReviewPeriod {
        month: month(&text)?,
        confirm_by: asked.confirm_by,
    };
    writing.change(&act, |_| text).await
}

/// Why a month closes early.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MonthClosing {
    /// Asked for while payees may still confirm and some have not.
    #[serde(default)]
    #[schema(min_length = 2, max_length = 200)]
    reason: Option<String>,
    /// Asked for while accepted objections are not put right.
    #[serde(default)]
    #[schema(min_length = 2, max_length = 200)]
    uncorrected_reason: Option<String>,
}

/// Close the month for good.
#[utoipa::path(post, path = "/commission-periods/{month}/close", tag = "commission",
    request_body = MonthClosing, params(("month" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn close(
    writing: Writing,
    Path(text): Path<String>,
    Json(closing): Json<MonthClosing>,
) -> Reply<Written> {
    let act = ClosePeriod {
        month: month(&text)?,
        reason: closing.reason,
        uncorrected_reason: closing.uncorrected_reason,
    };
    writing.change(&act, |_| text).await
}
