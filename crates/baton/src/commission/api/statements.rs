//! Statements, line by line 提成单接口.

use access::{Need, Target};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use kernel::{EmployeeId, Moment, Refusal};
use serde::Deserialize;
use spine::{Denied, Failure, Look, Reader};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{month, payee_of};
use crate::commission::month::Month;
use crate::commission::paying::Payments;
use crate::commission::store::{self, Attached, Booked, SignOffRow, Word};
use crate::commission::telling;
use crate::commission::view::{
    AskedView, EditionView, SignedOffView, Spoken, StatementItem, StatementLine, StatementList,
    StatementView,
};
use crate::commission::{basis, begun, confirming, paper};
use crate::document::store as documents;
use crate::house::House;
use crate::http::{Caller, Reply};
use crate::people::PersonName;
use crate::people::store as people;
use crate::{permissions, scope};

/// Routes of this part.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(one))
        .routes(routes!(explained))
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
        begins: begun::within(&mut look.books(), month).await?,
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

#[derive(Deserialize, IntoParams)]
struct SheetQuery {
    /// `2026-11`
    month: String,
    /// Id of the payee; the caller himself when absent.
    payee: Option<String>,
    /// As it stood at this moment, `2026-11-22T08:00:00.000Z`; as it stands when absent.
    as_of: Option<String>,
}

/// What stands on a statement, and what was said of it.
struct Sheet {
    lines: Vec<Booked>,
    words: Vec<Word>,
    files: Vec<Attached>,
    signed: Vec<SignOffRow>,
    /// What a signature would stand for now.
    digest: String,
}

async fn sheet(
    books: &mut Reader<'_>,
    (payee, month): (EmployeeId, Month),
    as_of: Option<Moment>,
) -> Result<Sheet, Failure> {
    let lines = match as_of {
        None => store::lines_of(books, payee, month).await?,
        Some(at) => {
            let run = store::run_at(books, month, at).await?;
            let run = run.ok_or_else(|| Denied::absent("commission_period"))?;
            store::lines_of_run(books, (payee, month), run).await?
        }
    };
    let mut words = store::words_of(books, payee, month).await?;
    words.retain(|word| as_of.is_none_or(|at| word.at <= at));
    Ok(Sheet {
        lines,
        words,
        files: store::attached_to(books, payee, month).await?,
        signed: store::sign_offs(books, payee, month).await?,
        digest: store::signed_off(&store::all_lines_of(books, payee, month).await?)?,
    })
}

/// Whose statement it is to the caller.
struct Standing {
    own: bool,
    confirms: bool,
    answers: bool,
    runs: bool,
}

impl Standing {
    fn of(look: &Look<'_>, target: &Target, own: bool) -> Standing {
        let may = |permission| look.may(&Need::on(permission, target.clone()));
        Standing {
            own,
            confirms: own && may(permissions::COMMISSION_CONFIRM),
            answers: may(permissions::COMMISSION_ANSWER),
            runs: may(permissions::COMMISSION_RUN),
        }
    }

    /// What he may do with the statement as it stands; each act decides again for itself.
    fn steps(&self, open: bool, some: bool, signed: bool, printed: bool) -> Vec<&'static str> {
        let issues = (self.confirms || self.runs) && !open && some;
        let steps = [
            ("confirm", self.confirms && open),
            ("sign_off", self.confirms && some && !signed),
            ("answer", self.answers && open && !self.own),
            ("issue", issues && !printed),
            ("export", issues),
        ];
        let may = steps.into_iter().filter(|(_, may)| *may);
        may.map(|(step, _)| step).collect()
    }
}

/// Somebody's statement of a month, each line with its reasons; on request as it stood at a moment.
#[utoipa::path(get, path = "/commission-statement", tag = "commission", params(SheetQuery),
    responses((status = 200, body = StatementView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<SheetQuery>,
) -> Reply<Json<StatementView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = Need::at_all(permissions::COMMISSION_READ);
    look.allow("commission.statement", &need).await?;
    let payee = payee_of(&caller, query.payee.as_deref())?;
    let person = people::find_employee(&mut look.books(), payee).await?;
    let person = person.ok_or_else(|| Denied::absent("employee"))?;
    let target: Target = person.target();
    let need = Need::on(permissions::COMMISSION_READ, target.clone());
    look.allow("commission.statement", &need).await?;
    let (month, as_of) = (month(&query.month)?, moment(query.as_of.as_deref())?);
    let standing = Standing::of(&look, &target, caller.by.employee() == Some(payee));
    let mut books = look.books();
    let periods = store::periods(&mut books).await?;
    let period = periods.into_iter().find(|period| period.month == month);
    let period = period.ok_or_else(|| Denied::absent("commission_period"))?;
    let sheet = sheet(&mut books, (payee, month), as_of).await?;
    let signed = sheet.signed.last();
    let signed = signed.map(|last| SignedOffView::of(last, &sheet.digest));
    let called = telling::called(&mut books, &sheet.lines).await?;
    let payments = Payments::to(&mut books, payee).await?;
    let today = books.today();
    let speakers = sheet.words.iter().filter_map(|word| word.by.parse().ok());
    let names = people::names_of(&mut books, speakers.chain([payee])).await?;
    let open = period.stage != ::commission::period::Stage::Closed;
    let number = paper::number(month, &person.number);
    let kind = ::document::Kind::CommissionStatement;
    let printed = documents::numbered(&mut books, kind, &number).await?;
    let holds = signed.as_ref().is_some_and(SignedOffView::holds);
    let some = !sheet.lines.is_empty();
    let may = match as_of {
        None => standing.steps(open, some, holds, printed.is_some()),
        Some(_) => Vec::new(),
    };
    // What was paid is told of what counts now; what stood at a moment was not paid by then.
    let counts = !open && as_of.is_none();
    let pay = |line: &Booked| payments.of(line, counts, today);
    let paid: Vec<_> = sheet.lines.iter().map(pay).collect();
    let spoken = Spoken {
        words: &sheet.words,
        names: &names,
        files: &sheet.files,
    };
    let editions = store::editions(&mut books, payee, month).await?;
    let begins = begun::within(&mut books, month).await?;
    let asked = confirming::asked(&mut books, &period).await?;
    let asked = asked.filter(|_| as_of.is_none());
    let lines = sheet.lines.iter().zip(&paid);
    let lines = lines.map(|(line, pay)| StatementLine::of(line, &called, &spoken, pay));
    let lines: Vec<_> = lines.collect();
    Ok(Json(StatementView {
        asked: asked.map(|asked| AskedView::of(asked.day, today, &lines)),
        paid: paid.iter().map(|one| one.paid).sum(),
        owed: paid.iter().map(|one| one.owed).sum(),
        month,
        stage: period.stage,
        begins,
        payee: PersonName::among(&names, Some(payee)),
        total: sheet.lines.iter().map(|line| line.commission).sum(),
        lines,
        document_id: printed.map(|one| one.id),
        may,
        digest: sheet.digest,
        signed_off: signed,
        editions: editions.into_iter().map(EditionView::from).collect(),
        as_of,
    }))
}

/// Reads a moment out of a query.
fn moment(text: Option<&str>) -> Result<Option<Moment>, Refusal> {
    let read = |text: &str| {
        text.parse().map_err(|zh: String| {
            Refusal::invalid("request.moment", zh.clone(), "this is no moment").at("/as_of", zh)
        })
    };
    text.filter(|text| !text.is_empty()).map(read).transpose()
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
