//! Routes of documents 文书接口.

use ::document::Kind;
use ::evidence::file_digest::FileDigest;
use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use kernel::{CustomerId, Day, DepartureId, DocumentId, EmployeeId, Moment, PlanId, Refusal};
use serde::Deserialize;
use serde_json::{Map, Value as Said};
use spine::{Denied, Failure, Look};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::about::{self, About, Wish};
use super::acts::issue::{Issue, Ready};
use super::store::{self, DocumentFilter, DocumentLine};
use super::view::{DocumentItem, DocumentKindView, OfferView, people_of};
use super::{facts, rules};
use crate::departure::store as departures;
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply, Writing, Written};
use crate::people::api::id;
use crate::people::store as people;
use crate::{permissions, scope, signing};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(kinds))
        .routes(routes!(list, issue))
        .routes(routes!(offers))
        .merge(super::api_plan::routes())
        .routes(routes!(preview))
        .routes(routes!(one))
        .routes(routes!(file))
}

/// The kinds of documents, with the template in force.
#[utoipa::path(get, path = "/document-kinds", tag = "document",
    responses((status = 200, body = Vec<DocumentKindView>)))]
async fn kinds(State(house): State<House>, caller: Caller) -> Reply<Json<Vec<DocumentKindView>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let mut views = Vec::new();
    for kind in Kind::ALL {
        let template = store::template(&mut look.books(), kind).await?;
        views.push(DocumentKindView::of(kind, template));
    }
    Ok(Json(views))
}

fn kind_of(word: &str) -> Result<Kind, Refusal> {
    Kind::of(word).ok_or_else(|| {
        let known = Kind::ALL.map(Kind::word).join(", ");
        Refusal::invalid(
            "request.unknown_word",
            "没有这种文书",
            "unknown kind of document",
        )
        .remedy((format!("可选：{known}"), format!("One of {known}")))
        .at("/kind", ("没有这种文书", "There is no such document"))
    })
}

#[derive(Deserialize, IntoParams)]
struct DocumentQuery {
    /// `leaving_certificate`, …: see `/document-kinds`.
    kind: Option<String>,
    /// What it is about, `departure/dep_…`.
    subject: Option<String>,
    /// Id of a handover plan.
    plan: Option<String>,
    /// Id of an employee.
    employee: Option<String>,
    /// Issued on this day or later.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Day>,
    /// Issued on this day or earlier.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Day>,
    cursor: Option<String>,
}

/// Documents, the newest first.
#[utoipa::path(get, path = "/documents", tag = "document", params(DocumentQuery),
    responses((status = 200, body = Page<DocumentItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<DocumentQuery>,
) -> Reply<Json<Page<DocumentItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("document.list", &Need::at_all(permissions::DOCUMENT_READ))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::DOCUMENT_READ);
    let me = caller.by.employee();
    let (from, until) = store::day_bounds(query.from, query.to, house.spine.zone());
    let employee = query.employee.as_deref();
    let filter = DocumentFilter {
        kind: query.kind.as_deref().map(kind_of).transpose()?,
        subject: query.subject,
        plan: query
            .plan
            .as_deref()
            .map(|text| id(text, "handover_plan"))
            .transpose()?,
        employee: employee
            .map(|text| id::<EmployeeId>(text, "employee"))
            .transpose()?,
        from,
        until,
        before: Cursor::unpack::<(Moment, DocumentId)>(query.cursor.as_deref())?,
        without_pay: !look.may(&Need::at_all(permissions::COMMISSION_READ)),
        kept_from: departures::kept_from(&mut look.books(), me).await?,
    };
    let mut books = look.books();
    let lines = store::list(&mut books, &reach, &filter, 51).await?;
    let names = people::names_of(&mut books, people_of(&lines)).await?;
    let ids: Vec<DocumentId> = lines.iter().map(|line| line.id).collect();
    let mut signings = signing::briefs(&mut books, &ids).await?;
    let items = lines
        .into_iter()
        .map(|line| DocumentItem::of(line, &names, &mut signings))
        .collect();
    Ok(Json(Page::cut(items, 50, |item: &DocumentItem| {
        (item.issued_at, item.id)
    })))
}

/// The document, when the caller may see it. The papers of a dismissal are not there for whom it
/// is about until it is served.
async fn may_read(
    look: &mut Look<'_>,
    caller: &Caller,
    text: &str,
    what: &str,
) -> Result<DocumentLine, Failure> {
    let document: DocumentId = id(text, "document")?;
    let found = store::find(&mut look.books(), document).await?;
    let found = found.ok_or_else(|| Denied::absent("document"))?;
    let kept = departures::kept_from(&mut look.books(), caller.by.employee()).await?;
    if kept.contains(&found.subject) {
        return Err(Denied::absent("document").into());
    }
    let person = people::find_employee(&mut look.books(), found.employee).await?;
    let person = person.ok_or_else(|| Denied::absent("document"))?;
    let need = Need::on(found.right(), person.target());
    look.allow(what, &need).await?;
    Ok(found)
}

/// A document without its bytes.
#[utoipa::path(get, path = "/documents/{id}", tag = "document", params(("id" = String, Path)),
    responses((status = 200, body = DocumentItem), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<DocumentItem>> {
    let mut look = house.spine.look(&caller.by).await?;
    let found = may_read(&mut look, &caller, &text, "document.read").await?;
    let lines = [found];
    let names = people::names_of(&mut look.books(), people_of(&lines)).await?;
    let [found] = lines;
    let mut signings = signing::briefs(&mut look.books(), &[found.id]).await?;
    Ok(Json(DocumentItem::of(found, &names, &mut signings)))
}

/// The PDF, as it was issued; leaves an access record.
#[utoipa::path(get, path = "/documents/{id}/file", tag = "document",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "application/pdf"),
        (status = 409, description = "the bytes are not those that were issued")))]
async fn file(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let found = may_read(&mut look, &caller, &text, "document.download").await?;
    let bytes = store::bytes(&mut look.books(), found.id).await?;
    let bytes = bytes.ok_or_else(|| Denied::absent("document"))?;
    if FileDigest::sha256(&bytes).to_string() != found.digest {
        tracing::error!(document = %found.id, "the bytes of a document are not those issued");
        return Err(Refusal::conflict(
            "document.damaged",
            "存档文件与出具时登记的摘要不符，已停止提供",
            "The kept file is not the one that was issued",
        )
        .remedy((
            "请联系审计人员运行 baton audit，并从备份恢复",
            "Ask an auditor to run baton audit, and restore from a backup",
        ))
        .into());
    }
    let subject = format!("document/{}", found.id);
    look.seen("document.download", &subject, "").await;
    Ok(pdf(&found.file_name, bytes))
}

/// A PDF under a name that may be Chinese (RFC 6266, RFC 8187).
pub(crate) fn pdf(name: &str, bytes: Vec<u8>) -> impl IntoResponse + use<> {
    let encoded: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect();
    let disposition = format!("inline; filename=\"document.pdf\"; filename*=UTF-8''{encoded}");
    let headers: [(HeaderName, String); 4] = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes)
}

#[derive(Deserialize, IntoParams)]
struct OfferQuery {
    /// Id of a departure.
    departure: String,
}

/// Which documents can be issued about a departure, and what stands in the way.
#[utoipa::path(get, path = "/document-offers", tag = "document", params(OfferQuery),
    responses((status = 200, body = Vec<OfferView>), (status = 404, description = "absent")))]
async fn offers(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<OfferQuery>,
) -> Reply<Json<Vec<OfferView>>> {
    let departure: DepartureId = id(&query.departure, "departure")?;
    let mut look = house.spine.look(&caller.by).await?;
    let source = about::source(&mut look.books(), About::Departure(departure)).await?;
    let need = Need::on(permissions::DOCUMENT_ISSUE, source.target());
    look.allow("document.offers", &need).await?;
    let mut books = look.books();
    let mut views = Vec::new();
    let subject = source.subject();
    for kind in Kind::issued_about(::document::About::Departure) {
        let issued = store::count(&mut books, kind, &subject).await?;
        let newest = store::newest(&mut books, kind, (&subject, "")).await?;
        let number = facts::number(&source, kind, issued);
        let no = rules::fits(kind, &source).err();
        let offer = OfferView::of(kind, number, (issued, newest.as_ref()), no);
        views.push(match &source.departure {
            Some(found) => offer.grounded(found.departure.kind),
            None => offer,
        });
    }
    Ok(Json(views))
}

/// Which document, about what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDocument {
    /// `leaving_certificate`, …: see `/document-kinds`.
    #[schema(value_type = String)]
    kind: String,
    /// The departure it is about, or none where it is about a plan.
    #[schema(value_type = Option<String>, required = true)]
    #[serde(default)]
    departure_id: Option<DepartureId>,
    /// The handover plan it is about.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    plan_id: Option<PlanId>,
    /// The customer of that plan.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    customer_id: Option<CustomerId>,
    /// The receiver of that plan.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    receiver_id: Option<EmployeeId>,
    /// What the form of the kind has filled in, by the keys of its fields.
    #[schema(value_type = Object)]
    #[serde(default)]
    typed: Map<String, Said>,
    /// Why it is issued once more; may be left out for the first.
    #[serde(default)]
    #[schema(max_length = 200)]
    because: String,
}

impl NewDocument {
    fn wish(&self) -> Result<Wish, Refusal> {
        let parts = (self.customer_id, self.receiver_id);
        let about = match (self.departure_id, self.plan_id, parts) {
            (Some(departure), None, (None, None)) => About::Departure(departure),
            (None, Some(plan), (None, None)) => About::Plan(plan),
            (None, Some(plan), (Some(customer), None)) => About::Customer(plan, customer),
            (None, Some(plan), (None, Some(receiver))) => About::Receiver(plan, receiver),
            _ => {
                let zh = "请指明一次离职，或一个交接方案及其中的一位客户或接替人";
                let en = "Name a departure, or a plan with one customer or receiver of it";
                return Err(Refusal::invalid("document.about", zh, en)
                    .remedy((
                        "请从离职详情页或交接方案页出具",
                        "Issue it on the page of the departure or of the handover plan",
                    ))
                    .at("/departure_id", zh));
            }
        };
        Ok(Wish {
            kind: kind_of(&self.kind)?,
            about,
            typed: self.typed.clone(),
        })
    }
}

/// Issue a document: printed now, kept for ever, its digest in the evidence.
#[utoipa::path(post, path = "/documents", tag = "document", request_body = NewDocument,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn issue(writing: Writing, Json(new): Json<NewDocument>) -> Reply<Written> {
    let mut act = Issue::wished(new.wish()?, writing.caller.by.id());
    act.because = new.because;
    act.ready = ready(&writing.house, &writing.caller, &act).await?;
    writing.make(&act, |issued| issued.id.to_string()).await
}

/// Prints beforehand what the act will most likely want. Whoever may not issue it, or cannot now,
/// is told by the act itself, which also keeps the attempt.
async fn ready(house: &House, caller: &Caller, act: &Issue) -> Result<Option<Ready>, Failure> {
    let gathered = {
        let mut look = house.spine.look(&caller.by).await?;
        match facts::gather(&mut look.books(), &act.wish).await {
            Ok(gathered) => {
                let target = gathered.source.target();
                let may = look.may(&Need::on(permissions::DOCUMENT_ISSUE, target));
                let fits = may && gathered.may_issue(&act.because).is_ok();
                gathered.into_sheet().ok().filter(|_| fits)
            }
            Err(Failure::Denied(_)) => None,
            Err(failure) => return Err(failure),
        }
    };
    let Some(sheet) = gathered else {
        return Ok(None);
    };
    let (sheet, printed) = sheet.print_aside(false).await?;
    Ok(Some(Ready { sheet, printed }))
}

/// The document as it would be, marked as a preview; nothing is kept but the access record.
#[utoipa::path(post, path = "/documents/preview", tag = "document", request_body = NewDocument,
    responses((status = 200, content_type = "application/pdf"),
        (status = 409, description = "refused")))]
async fn preview(
    State(house): State<House>,
    caller: Caller,
    Json(new): Json<NewDocument>,
) -> Reply<impl IntoResponse> {
    let wish = new.wish()?;
    let kind = wish.kind;
    let mut sheet = {
        let mut look = house.spine.look(&caller.by).await?;
        let gathered = facts::gather(&mut look.books(), &wish).await?;
        let target = gathered.source.target();
        look.allow(
            "document.preview",
            &Need::on(permissions::DOCUMENT_ISSUE, target),
        )
        .await?;
        look.seen("document.preview", &gathered.source.subject(), kind.word())
            .await;
        gathered.into_sheet()?
    };
    sheet.number.push_str("（预览）");
    let (sheet, printed) = sheet.print_aside(true).await?;
    let name = format!("{}_{}.pdf", kind.manifest().zh, sheet.number);
    Ok(pdf(&name, printed.bytes))
}
