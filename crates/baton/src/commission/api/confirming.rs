//! By when payees confirm, who has, and what waits for oneself 提成确认接口.

use access::{Need, RowFilter};
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{Day, EmployeeId};
use serde::Deserialize;
use spine::{Denied, Failure, Fault, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::month;
use crate::bounds;
use crate::commission::acts::move_confirm_day::MoveConfirmDay;
use crate::commission::confirming;
use crate::commission::store::{self, Answering, Have, ReminderKind, Whose};
use crate::commission::view_confirming::{
    AnswerCounts, MonthAnswers, MyConfirmations, NamedConfirmDay, OwnConfirmation, PayeeAnswer,
    SilentPeople,
};
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::people::PersonName;
use crate::{permissions, scope};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(mine))
        .routes(routes!(who))
        .routes(routes!(move_day))
}

/// How many of a superior's people are named.
const NAMED: usize = 5;

/// The months that wait for one's own confirmation, and what one was told of one's people. Worked
/// out from the lines each time: what was answered is gone.
#[utoipa::path(get, path = "/commission-confirmations", tag = "commission",
    responses((status = 200, body = MyConfirmations)))]
async fn mine(State(house): State<House>, caller: Caller) -> Reply<Json<MyConfirmations>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.confirmations", &need).await?;
    let me = caller.by.employee();
    let me = me.ok_or_else(|| Denied::absent("employee"))?;
    let mut books = look.books();
    let told = told(&mut books, me).await?;
    Ok(Json(MyConfirmations {
        own: own(&mut books, me).await?,
        people: told,
    }))
}

async fn own(books: &mut Reader<'_>, me: EmployeeId) -> Result<Vec<OwnConfirmation>, Fault> {
    let today = books.today();
    let mut waits = Vec::new();
    for period in store::periods(books).await? {
        let Some(asked) = confirming::asked(books, &period).await? else {
            continue;
        };
        let month = period.month;
        let whose = (month, Whose::These(&[me]));
        let found = store::answering(books, whose, Some(Have::Waiting), (None, 1)).await?;
        let Some(own) = found.first() else {
            continue;
        };
        let reminded = store::reminders(books, (month, asked.seq)).await?;
        waits.push(OwnConfirmation {
            month,
            confirm_by: asked.day,
            days_left: today.days_until(asked.day),
            waiting: own.waiting,
            reminded: !reminded.is_empty(),
        });
    }
    Ok(waits)
}

async fn told(books: &mut Reader<'_>, me: EmployeeId) -> Result<Vec<SilentPeople>, Fault> {
    let mut people = Vec::new();
    for told in store::silences_told(books, me).await? {
        let days = store::confirm_days(books, told.month).await?;
        // Who got more time is not late; the next day has a notice of its own.
        let Some(day) = days.last().filter(|day| day.seq == told.seq) else {
            continue;
        };
        let whose = (told.month, Whose::These(&told.payees));
        let still = store::answering(books, whose, Some(Have::Waiting), (None, i64::MAX)).await?;
        if still.is_empty() {
            continue;
        }
        people.push(SilentPeople {
            month: told.month,
            confirm_by: day.day,
            people: still.len(),
            named: still
                .into_iter()
                .take(NAMED)
                .map(|one| PersonName::of(one.payee))
                .collect(),
            told_at: told.at,
        });
    }
    Ok(people)
}

#[derive(Deserialize, IntoParams)]
struct AnswerQuery {
    /// `confirmed`, `objected`, `waiting` or `overdue` (the same people before and after the day),
    /// `paper`; all when absent.
    state: Option<String>,
    /// 1..=200, 50 when absent.
    limit: Option<usize>,
    cursor: Option<String>,
}

const STATES: &[(&str, &str)] = &[
    ("confirmed", "已确认"),
    ("objected", "已提异议"),
    ("waiting", "待确认"),
    ("overdue", "逾期未确认"),
    ("paper", "已离职，请用书面方式"),
];

/// Who of a month has answered and who has not, within the caller's reach, by number.
#[utoipa::path(get, path = "/commission-periods/{month}/confirmations", tag = "commission",
    params(("month" = String, Path), AnswerQuery),
    responses((status = 200, body = MonthAnswers), (status = 404, description = "absent")))]
async fn who(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
    Query(query): Query<AnswerQuery>,
) -> Reply<Json<MonthAnswers>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.confirmations", &need).await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_READ);
    let runs = scope::reach(&house.spine, &caller.by, permissions::COMMISSION_RUN);
    let runs = !matches!(runs, RowFilter::Nothing);
    let month = month(&text)?;
    let have = have(query.state.as_deref())?;
    let after: Option<String> = Cursor::unpack(query.cursor.as_deref())?;
    let limit = caller.page(query.limit);
    let most = i64::try_from(limit).unwrap_or(200) + 1;
    let mut books = look.books();
    let periods = store::periods(&mut books).await?;
    let period = periods.into_iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let days = store::confirm_days(&mut books, month).await?;
    let today = books.today();
    let late = days.last().is_some_and(|last| last.day < today);
    let reminded = match days.last() {
        Some(last) => store::reminders(&mut books, (month, last.seq)).await?,
        None => Vec::new(),
    };
    let when = |kind| {
        reminded
            .iter()
            .find(|(it, _)| *it == kind)
            .map(|(_, at)| *at)
    };
    let whose = Whose::Within(&reach);
    let counts = store::answered(&mut books, month, whose).await?;
    let page = (after.as_deref(), most);
    let rows = store::answering(&mut books, (month, whose), have, page).await?;
    let Page { items, next_cursor } = Page::cut(rows, limit, |one: &Answering| one.payee.1.clone());
    let under_review = period.stage == ::commission::period::Stage::Reviewed;
    Ok(Json(MonthAnswers {
        month,
        stage: period.stage,
        reminded_at: when(ReminderKind::Before),
        told_at: when(ReminderKind::Overdue),
        days: days.into_iter().map(NamedConfirmDay::from).collect(),
        late,
        counts: AnswerCounts::of(counts, late),
        items: items
            .into_iter()
            .map(|one| PayeeAnswer::of(one, late))
            .collect(),
        next_cursor,
        may: if runs && under_review {
            vec!["move_day"]
        } else {
            Vec::new()
        },
    }))
}

fn have(word: Option<&str>) -> Result<Option<Have>, Failure> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(None);
    };
    bounds::one_of("/state", "确认状态", word, STATES)?;
    Ok(Some(match word {
        "confirmed" => Have::Confirmed,
        "objected" => Have::Objected,
        "paper" => Have::Paper,
        _ => Have::Waiting,
    }))
}

/// More time to confirm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LaterConfirmDay {
    #[schema(value_type = String, format = Date)]
    confirm_by: Day,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Name a later last day for confirming a month under review, or the first one.
#[utoipa::path(post, path = "/commission-periods/{month}/confirm-day", tag = "commission",
    request_body = LaterConfirmDay, params(("month" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn move_day(
    writing: Writing,
    Path(text): Path<String>,
    Json(later): Json<LaterConfirmDay>,
) -> Reply<Written> {
    let act = MoveConfirmDay {
        month: month(&text)?,
        to: later.confirm_by,
        reason: later.reason,
    };
    writing.change(&act, |_| text).await
}
