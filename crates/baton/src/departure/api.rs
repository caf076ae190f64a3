//! Routes of departures 离职接口.

use ::departure::gate_facts::Waiver;
use ::departure::gates::{Gate, GateKey};
use ::departure::kind::DepartureKind;
use ::departure::notice::AgreedLastDay;
use ::departure::state::Stage;
use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use kernel::{Day, DepartureId, EmployeeId, Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Denied, Failure, Fault, Reader};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::record_check::Check;
use super::acts::{
    acknowledge, agree_early_day, close, file, record_check, set_dates, waive_gate,
    withdraw_by_agreement,
};
use super::reckoning::{Protected, Wish, reckon};
use super::view::{
    BoardItem, ClocksView, DatesView, DepartureView, DutyView, GateView, KindView, PlanRef,
    PreviewView, StepView, people_of,
};
use super::{gates, process, store};
use crate::commission::exiting;
use crate::commission::store::exit_words;
use crate::handover::api::employee_of;
use crate::handover::store as plans;
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Problem, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::{approval, permissions, scope, word};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(kinds))
        .routes(routes!(preview))
        .routes(routes!(board, hand_in))
        .routes(routes!(one))
        .routes(routes!(confirm))
        .routes(routes!(agree))
        .routes(routes!(withdraw))
        .routes(routes!(dates))
        .routes(routes!(check))
        .routes(routes!(waive))
        .routes(routes!(finish))
}

/// The ways employment ends, with their legal basis.
#[utoipa::path(get, path = "/departure-kinds", tag = "departure",
    responses((status = 200, body = Vec<KindView>)))]
async fn kinds(_caller: Caller) -> Json<Vec<KindView>> {
    Json(KindView::all())
}

/// What somebody who files says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDeparture {
    /// Who leaves; the caller when absent.
    #[schema(value_type = Option<String>)]
    employee_id: Option<EmployeeId>,
    /// `resignation`, `mutual_by_employee`, …: see `/departure-kinds`.
    #[schema(value_type = String)]
    kind: DepartureKind,
    /// When the notice reached the other side; today when absent.
    #[schema(value_type = Option<String>, format = Date)]
    received_on: Option<Day>,
    /// The last day of employment that is asked for.
    #[schema(value_type = Option<String>, format = Date)]
    wished_on: Option<Day>,
    /// The last day both sides agreed on in writing; HR only.
    #[schema(value_type = Option<String>, format = Date)]
    agreed_on: Option<Day>,
    #[schema(value_type = Option<String>, format = Date)]
    last_working_day: Option<Day>,
    /// The last day whose deals give credit; HR only.
    #[schema(value_type = Option<String>, format = Date)]
    commission_cutoff_on: Option<Day>,
    /// A month's wage instead of 30 days' notice; art. 40 only.
    #[serde(default)]
    pay_in_lieu: bool,
    /// Days of notice the city asks for at expiry.
    #[serde(default)]
    local_notice_days: u16,
    /// The check of protected status.
    protected: Option<Protected>,
    /// In own words; a resignation needs none.
    #[serde(default)]
    reason: String,
}

impl NewDeparture {
    /// Whoever files for himself gives notice today and cannot agree with himself.
    fn wish(&self, own: bool, today: Day) -> Result<Wish, Refusal> {
        let received_on = self.received_on.unwrap_or(today);
        if own && (received_on != today || self.agreed_on.is_some()) {
            let zh = "本人提交时，收到日为今天；双方约定的日期由人事登记";
            return Err(
                Refusal::invalid("departure.not_ones_own", zh, "HR takes that down").remedy((
                    "请填写希望的最后工作日，由人事确认约定",
                    "Give the last working day that is wished; HR confirms what is agreed",
                )),
            );
        }
        if own && self.commission_cutoff_on.is_some() {
            let zh = "提成截止日由人事核定，本人不能填写";
            return Err(
                Refusal::invalid("departure.cutoff_is_set", zh, "HR sets the cut-off")
                    .remedy((
                        "请留空；默认为劳动关系终止日，如需另定请与人事商定",
                        "Leave it empty; it is the end of employment unless HR agrees another day",
                    ))
                    .at("/commission_cutoff_on", zh),
            );
        }
        Ok(Wish {
            kind: self.kind,
            received_on,
            wished_on: self.wished_on,
            agreed: self.agreed_on.map(|last_day| AgreedLastDay {
                last_day,
                agreed_on: today,
            }),
            last_working_day: self.last_working_day,
            commission_cutoff_on: self.commission_cutoff_on,
            pay_in_lieu: self.pay_in_lieu,
            local_notice_days: self.local_notice_days,
            protected: self.protected,
        })
    }

    fn employee(&self, caller: &Caller) -> Result<EmployeeId, Problem> {
        self.employee_id.map_or_else(|| employee_of(caller), Ok)
    }
}

/// The dates with their reasons, before anything is filed.
#[utoipa::path(post, path = "/departures/preview", tag = "departure", request_body = NewDeparture,
    responses((status = 200, body = PreviewView), (status = 409, description = "refused")))]
async fn preview(
    State(house): State<House>,
    caller: Caller,
    Json(new): Json<NewDeparture>,
) -> Reply<Json<PreviewView>> {
    let employee = new.employee(&caller)?;
    let mut look = house.spine.look(&caller.by).await?;
    let person = people::find_employee(&mut look.books(), employee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let (own, today) = (caller.by.employee() == Some(employee), look.books().today());
    let wish = new.wish(own, today)?;
    let need = Need::on(wish.permission(), person.target());
    look.allow("departure.preview", &need).await?;
    let mut books = look.books();
    let calendar = people::calendar(&mut books).await?;
    let reckoning = reckon(&wish, &person, &calendar, today)?;
    let flow = process::flow_of(new.kind);
    let begin = process::facts(new.kind, 0, false);
    let tasks = approval::ahead(&mut books, flow, (employee, &begin)).await?;
    Ok(Json(PreviewView {
        kind: KindView::of(new.kind),
        dates: DatesView::from(&reckoning),
        unknown_years: reckoning.unknown_years(&calendar),
        tasks,
        duties: DutyView::all(new.kind, reckoning.clocks.employment_ends),
    }))
}

/// What filing answers.
#[derive(Serialize, ToSchema)]
struct FiledView {
    #[schema(value_type = String)]
    id: DepartureId,
    number: String,
    dates: DatesView,
    /// Index of the entry in the evidence log.
    entry: Option<u64>,
}

/// File a departure; every session of the leaver ends, also the one that asks.
#[utoipa::path(post, path = "/departures", tag = "departure", request_body = NewDeparture,
    responses((status = 201, body = FiledView), (status = 409, description = "refused")))]
async fn hand_in(
    writing: Writing,
    Json(new): Json<NewDeparture>,
) -> Reply<(StatusCode, Json<FiledView>)> {
    let employee = new.employee(&writing.caller)?;
    let own = writing.caller.by.employee() == Some(employee);
    let wish = new.wish(
        own,
        writing.house.spine.now().day_in(writing.house.spine.zone()),
    )?;
    let act = file::File {
        employee,
        filed_by: writing.caller.by.id(),
        wish,
        reason: new.reason,
    };
    let done = writing.done(&act).await?;
    let file::Filed {
        id,
        number,
        reckoning,
    } = done.outcome;
    let dates = DatesView::from(&reckoning);
    Ok((
        StatusCode::CREATED,
        Json(FiledView {
            id,
            number,
            dates,
            entry: done.entry,
        }),
    ))
}

#[derive(Deserialize, IntoParams)]
struct BoardQuery {
    /// `filed`, `acknowledged`, `handing_over`, `settling`, `closed`, `withdrawn`
    stage: Option<String>,
    /// Id of an employee.
    employee: Option<String>,
    cursor: Option<String>,
}

/// Departures, the newest first.
#[utoipa::path(get, path = "/departures", tag = "departure", params(BoardQuery),
    responses((status = 200, body = Page<BoardItem>)))]
async fn board(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<BoardQuery>,
) -> Reply<Json<Page<BoardItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("departure.list", &Need::at_all(permissions::DEPARTURE_READ))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::DEPARTURE_READ);
    let stage = query.stage.map(word::read::<Stage>).transpose();
    let filter = store::BoardFilter {
        stage: stage.map_err(|_| {
            Refusal::invalid("request.unknown_word", "离职阶段不存在", "unknown stage").at(
                "/stage",
                ("离职阶段不存在", "There is no such stage of a departure"),
            )
        })?,
        employee: query
            .employee
            .as_deref()
            .map(|text| id(text, "employee"))
            .transpose()?,
        reader: caller.by.employee(),
        before: Cursor::unpack::<(Moment, DepartureId)>(query.cursor.as_deref())?,
    };
    let lines = store::board(&mut look.books(), &reach, &filter, 51).await?;
    let items = lines.into_iter().map(BoardItem::from).collect();
    Ok(Json(Page::cut(items, 50, |item: &BoardItem| {
        (item.opened_at, item.id)
    })))
}

/// A departure with dates, tasks, gates, plans and what happened.
#[utoipa::path(get, path = "/departures/{id}", tag = "departure", params(("id" = String, Path)),
    responses((status = 200, body = DepartureView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<DepartureView>> {
    let departure: DepartureId = id(&text, "departure")?;
    let mut look = house.spine.look(&caller.by).await?;
    let found = store::found(&mut look.books(), departure).await?;
    let own = caller.by.employee() == Some(found.person.id);
    let target = found.target();
    look.allow(
        "departure.read",
        &Need::on(permissions::DEPARTURE_READ, target.clone()),
    )
    .await?;
    let runs = look.may(&Need::on(permissions::DEPARTURE_RUN, target.clone()));
    let knows_why = super::knows_why(&look, caller.by.employee(), &found.person);
    let business = runs || look.may(&Need::on(permissions::RECEIVABLE_READ, target));
    let mut books = look.books();
    let steps = store::steps(&mut books, departure).await?;
    let gates = gates_of(&mut books, &found, &steps).await?;
    let heads = plans::of_departure(&mut books, departure).await?;
    let tasks = match found.case {
        Some(case) => approval::steps_now(&mut books, case, caller.by.employee()).await?,
        None => Vec::new(),
    };
    let names = people::names_of(&mut books, people_of(&found.departure, &steps)).await?;
    let declared = found.is_declared();
    let unknown_years = unknown_years(&mut books, &found).await?;
    let (person, departure) = (found.person, found.departure);
    let filed_by = departure.filed_by.parse().ok();
    Ok(Json(DepartureView {
        id: departure.id,
        number: departure.number,
        department: person.department_name.clone(),
        employee: PersonName::of((person.id, person.number, person.name)),
        kind: KindView::of(departure.kind),
        stage: departure.stage.into(),
        filed_on: departure.filed_on,
        filed_by: PersonName::among(&names, filed_by),
        reason: knows_why.then_some(departure.reason),
        agreed_early: departure.agreed_early,
        declared,
        dates: DatesView::from(&departure.reckoning),
        unknown_years,
        tasks,
        duties: if departure.stage == Stage::Withdrawn {
            Vec::new()
        } else {
            DutyView::all(departure.kind, departure.clocks.employment_ends)
        },
        plans: heads
            .iter()
            // A draft is nothing the leaver should read between the lines.
            .filter(|head| runs || !own || !head.private)
            .map(PlanRef::from)
            .collect(),
        steps: steps
            .iter()
            .map(|step| StepView::of(step, &names))
            .collect(),
        gates: gates
            .into_iter()
            .map(|gate| {
                let named = business || is_of_an_office(gate.key);
                GateView::of(gate, named)
            })
            .collect(),
        subject: format!("departure/{}", departure.id),
        case_id: found.case,
        closed_at: departure.closed_at,
    }))
}

/// The years without holidays in which days are still reckoned.
async fn unknown_years(books: &mut Reader<'_>, found: &store::Found) -> Result<Vec<i16>, Failure> {
    if found.departure.closed_at.is_some() {
        return Ok(Vec::new());
    }
    let calendar = people::calendar(books).await?;
    Ok(found.departure.reckoning.unknown_years(&calendar))
}

/// Whether the office that keeps these things learns no business by their names: accounts, assets
/// and papers. Whose customers owe how much is nothing for IT and administration.
fn is_of_an_office(gate: GateKey) -> bool {
    matches!(
        gate,
        GateKey::Accounts | GateKey::Assets | GateKey::Documents
    )
}

/// How the gates stand; of what is over as they stood then, and nobody who stays has any.
async fn gates_of(
    books: &mut Reader<'_>,
    found: &store::Found,
    steps: &[store::StepLine],
) -> Result<Vec<Gate>, Failure> {
    if found.departure.stage == Stage::Withdrawn {
        return Ok(Vec::new());
    }
    let closed = steps.iter().rfind(|step| step.kind == "closed");
    if let Some(closed) = closed.filter(|_| found.departure.closed_at.is_some()) {
        return Ok(Vec::<Gate>::deserialize(&closed.detail).map_err(Fault::from)?);
    }
    let items = exiting::of(books, found).await?;
    let words = exit_words(books, found.departure.id).await?;
    let open = gates::Commission {
        items: &items,
        words: &words,
    };
    gates::stand(books, &found.departure, steps, open).await
}

/// When it reached the other side.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Receipt {
    /// The day a dismissal was served; today when absent.
    #[schema(value_type = Option<String>, format = Date)]
    on: Option<Day>,
}

/// Confirm that the notice arrived. A notice of the employee runs with or without it; a dismissal
/// counts from the day it was served.
#[utoipa::path(post, path = "/departures/{id}/acknowledge", tag = "departure",
    request_body(content = Receipt), params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn confirm(
    writing: Writing,
    Path(text): Path<String>,
    body: Option<Json<Receipt>>,
) -> Reply<Written> {
    let Json(receipt) = body.unwrap_or_default();
    let act = acknowledge::Acknowledge {
        departure: id(&text, "departure")?,
        on: receipt.on,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// What both sides agreed on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Agreement {
    #[schema(value_type = String, format = Date)]
    last_day: Day,
    /// When; today when absent.
    #[schema(value_type = Option<String>, format = Date)]
    agreed_on: Option<Day>,
    #[schema(min_length = 2, max_length = 200)]
    note: String,
}

/// Take down an agreed last day.
#[utoipa::path(post, path = "/departures/{id}/agree-early", tag = "departure",
    request_body = Agreement, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn agree(
    writing: Writing,
    Path(text): Path<String>,
    Json(agreement): Json<Agreement>,
) -> Reply<Written> {
    let today = writing.house.spine.now().day_in(writing.house.spine.zone());
    let act = agree_early_day::AgreeEarlyDay {
        departure: id(&text, "departure")?,
        last_day: agreement.last_day,
        agreed_on: agreement.agreed_on.unwrap_or(today),
        note: agreement.note,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// Who agreed to take it back; before it is declared nobody is asked.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Withdrawal {
    #[serde(default)]
    employee_agrees: bool,
    #[serde(default)]
    company_agrees: bool,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Take the departure back by agreement of both sides; a dismissal that was not served, or an
/// agreement that was not reached, is given up by the employer alone.
#[utoipa::path(post, path = "/departures/{id}/withdraw", tag = "departure",
    request_body = Withdrawal, params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn withdraw(
    writing: Writing,
    Path(text): Path<String>,
    Json(withdrawal): Json<Withdrawal>,
) -> Reply<Written> {
    let act = withdraw_by_agreement::WithdrawByAgreement {
        departure: id(&text, "departure")?,
        employee_agrees: withdrawal.employee_agrees,
        company_agrees: withdrawal.company_agrees,
        reason: withdrawal.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// The three dates, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDates {
    clocks: ClocksView,
    #[schema(min_length = 2, max_length = 200)]
    reason: String,
}

/// Set the three dates within what the notice allows.
#[utoipa::path(post, path = "/departures/{id}/dates", tag = "departure", request_body = NewDates,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn dates(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewDates>,
) -> Reply<Written> {
    let act = set_dates::SetDates {
        departure: id(&text, "departure")?,
        clocks: new.clocks.into(),
        reason: new.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// Take down that an office has done its part.
#[utoipa::path(post, path = "/departures/{id}/checks", tag = "departure", request_body = Check,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn check(
    writing: Writing,
    Path(text): Path<String>,
    Json(check): Json<Check>,
) -> Reply<Written> {
    let departure = id(&text, "departure")?;
    let act = record_check::RecordCheck {
        departure,
        check,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}

/// Which gate, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewWaiver {
    /// `pending_work`, `assets`, `accounts`
    #[schema(value_type = String)]
    gate: GateKey,
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// Answer for a red gate.
#[utoipa::path(post, path = "/departures/{id}/waive", tag = "departure", request_body = NewWaiver,
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn waive(
    writing: Writing,
    Path(text): Path<String>,
    Json(new): Json<NewWaiver>,
) -> Reply<Written> {
    let waiver = Waiver {
        gate: new.gate,
        by: employee_of(&writing.caller)?,
        reason: new.reason,
    };
    let act = waive_gate::WaiveGate {
        departure: id(&text, "departure")?,
        waiver,
    };
    writing.change(&act, |()| text).await
}

/// Close the departure; refused while a gate is red.
#[utoipa::path(post, path = "/departures/{id}/close", tag = "departure",
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn finish(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let act = close::Close {
        departure: id(&text, "departure")?,
        by: writing.caller.by.id(),
    };
    writing.change(&act, |_| text).await
}
