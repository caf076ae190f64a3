//! Routes that show ceremonies 签署查看接口.

use std::collections::BTreeMap;

use ::signing::ceremony::record::Standing;
use access::{Need, Target};
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use kernel::{DocumentId, EmployeeId, Moment, Refusal, SigningId};
use serde::Deserialize;
use spine::{Denied, Failure, Look, Reader};
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::approval;
use crate::departure::store as departures;
use crate::document::api::pdf;
use crate::document::store as documents;
use crate::evidence::api::proved;
use crate::house::House;
use crate::http::{Caller, Cursor, Page, Reply};
use crate::people::api::id;
use crate::people::store as people;
use crate::signing::authority::slowly;
use crate::signing::consent;
use crate::signing::found::{self, Found, broken};
use crate::signing::making::Drawn;
use crate::signing::store::{self, Filter};
use crate::signing::verdict::{self, SigningVerdict, nothing_inside};
use crate::signing::view::{
    Around, KeyToVouch, MySeat, Names, SigningItem, SigningRefusal, SigningView, items, people_of,
    refusals,
};
use crate::{permissions, scope, word};

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(waiting))
        .routes(routes!(refused))
        .routes(routes!(one))
        .routes(routes!(file))
        .routes(routes!(scan))
        .routes(routes!(check))
        .routes(routes!(receipt))
}

#[derive(Deserialize, IntoParams)]
struct SigningQuery {
    /// `open`, `complete`, `refused`, `expired`, `withdrawn`
    standing: Option<String>,
    /// Id of a document.
    document: Option<String>,
    cursor: Option<String>,
}

/// Documents being signed or signed, the newest first.
#[utoipa::path(get, path = "/signings", tag = "signing", params(SigningQuery),
    responses((status = 200, body = Page<SigningItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<SigningQuery>,
) -> Reply<Json<Page<SigningItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("signing.list", &Need::at_all(permissions::DOCUMENT_READ))
        .await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::DOCUMENT_READ);
    let document = query.document.as_deref();
    let mut books = look.books();
    let filter = Filter {
        standing: query.standing.map(standing).transpose()?,
        document: document
            .map(|text| id::<DocumentId>(text, "document"))
            .transpose()?,
        kept_from: kept_from(&mut books, &caller).await?,
        before: Cursor::unpack::<(Moment, SigningId)>(query.cursor.as_deref())?,
    };
    let heads = store::list(&mut books, &reach, &filter, 51).await?;
    let lines = items(&mut books, heads).await?;
    Ok(Json(Page::cut(lines, 50, |item: &SigningItem| {
        (item.requested_at, item.id)
    })))
}

/// The documents that are kept from the caller.
async fn kept_from(books: &mut Reader<'_>, caller: &Caller) -> Result<Vec<DocumentId>, Failure> {
    let kept = departures::kept_from(books, caller.by.employee()).await?;
    Ok(documents::ids_about(books, &kept).await?)
}

fn standing(text: String) -> Result<Standing, Refusal> {
    word::read(text).map_err(|_| {
        Refusal::invalid(
            "request.unknown_word",
            "没有这种签署状态",
            "unknown standing",
        )
        .remedy((
            "可选：open, complete, refused, expired, withdrawn",
            "One of open, complete, refused, expired, withdrawn",
        ))
        .at(
            "/standing",
            ("没有这种签署状态", "There is no such state of a signature"),
        )
    })
}

/// What waits for the caller's signature, and for HR also what waits for the company's seal.
#[utoipa::path(get, path = "/signings/waiting", tag = "signing",
    responses((status = 200, body = Vec<SigningItem>)))]
async fn waiting(State(house): State<House>, caller: Caller) -> Reply<Json<Vec<SigningItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let sign = Need::at_all(permissions::SIGNING_SIGN);
    look.allow("signing.waiting", &sign).await?;
    let runs = look.may(&Need::at_all(permissions::SIGNING_REQUEST));
    let reach = scope::reach(&house.spine, &caller.by, permissions::SIGNING_REQUEST);
    let mut books = look.books();
    let kept = kept_from(&mut books, &caller).await?;
    let company = runs.then_some((&reach, kept.as_slice()));
    let heads = store::waiting(&mut books, caller.by.employee(), company).await?;
    Ok(Json(items(&mut books, heads).await?))
}

/// What was refused in the last thirty days and asked of nobody since, for those who ask for
/// signatures.
#[utoipa::path(get, path = "/signings/refused", tag = "signing",
    responses((status = 200, body = Vec<SigningRefusal>)))]
async fn refused(State(house): State<House>, caller: Caller) -> Reply<Json<Vec<SigningRefusal>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let asks = Need::at_all(permissions::SIGNING_REQUEST);
    look.allow("signing.refused", &asks).await?;
    let reach = scope::reach(&house.spine, &caller.by, permissions::SIGNING_REQUEST);
    let mut books = look.books();
    let kept = kept_from(&mut books, &caller).await?;
    let heads = store::refused(&mut books, &reach, &kept).await?;
    Ok(Json(refusals(&mut books, heads).await?))
}

/// The ceremony, when the caller signs in it or may read the document. Of his own dismissal he
/// hears when he is asked to sign for its notice, and not before.
pub(super) async fn may_read(
    look: &mut Look<'_>,
    caller: &Caller,
    text: &str,
    what: &str,
) -> Result<Found, Failure> {
    let ceremony: SigningId = id(text, "signing")?;
    let mut books = look.books();
    let found = found::found(&mut books, ceremony).await?;
    let kept = departures::kept_from(&mut books, caller.by.employee()).await?;
    let seat = caller.by.employee();
    let seat = seat.and_then(|one| Some((one, found.seat_of(one)?.0)));
    if kept.contains(&found.document.subject)
        && !seat.is_some_and(|(one, seat)| was_asked(&found, one, seat, books.at()))
    {
        return Err(Denied::absent("signing").into());
    }
    if let Some((employee, _)) = seat {
        let target = Target {
            owner: Some(employee),
            ..Target::default()
        };
        if look.may(&Need::on(permissions::SIGNING_SIGN, target)) {
            return Ok(found);
        }
    }
    let need = Need::on(permissions::DOCUMENT_READ, found.target());
    look.allow(what, &need).await?;
    Ok(found)
}

/// Whether it is this person's turn, or was and he has signed or refused.
fn was_asked(found: &Found, person: EmployeeId, seat: usize, now: Moment) -> bool {
    let by = person.to_string();
    found.ceremony.next(now).contains(&seat) || found.steps.iter().any(|line| line.by == by)
}

/// A document being signed: who has signed, whose turn it is, what the caller can do.
#[utoipa::path(get, path = "/signings/{id}", tag = "signing", params(("id" = String, Path)),
    responses((status = 200, body = SigningView), (status = 404, description = "absent")))]
async fn one(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<SigningView>> {
    let mut look = house.spine.look(&caller.by).await?;
    let found = may_read(&mut look, &caller, &text, "signing.read").await?;
    let run = Need::on(permissions::SIGNING_REQUEST, found.target());
    let may_run = look.may(&run);
    let now = house.spine.now();
    let mut books = look.books();
    let id = found.head.id;
    let mut seats = store::seats_of(&mut books, &[id]).await?;
    let files = store::files(&mut books, id).await?;
    let mut drawn = BTreeMap::new();
    for file in files.iter().filter(|file| file.kind == "drawn") {
        let kept = store::step_file(&mut books, id, file.no, "drawn").await?;
        let kept = kept.and_then(|kept| serde_json::from_slice::<Drawn>(&kept.bytes).ok());
        if let (Some(kept), Ok(no)) = (kept, usize::try_from(file.no)) {
            drawn.insert(no, kept);
        }
    }
    let mut mine = None;
    let seat = caller
        .by
        .employee()
        .and_then(|one| Some((one, found.seat_of(one)?)));
    if let Some((employee, seat)) = seat {
        let turn = found.ceremony.next(now).contains(&seat.0);
        let given = store::consent(&mut books, employee, consent::digest()).await?;
        let factor = store::factor(&mut books, employee).await?;
        let key = store::key_of(&mut books, employee).await?;
        let has = (given.is_some(), factor.is_some_and(|one| one.active));
        mine = Some(MySeat::of(seat, turn, has, key.as_ref()));
    }
    let names = people::names_of(&mut books, people_of(&found)).await?;
    let to_vouch = match may_run {
        true => to_vouch(&mut books, &caller, &found, &names).await?,
        false => Vec::new(),
    };
    let around = Around {
        names,
        lines: seats.remove(&id).unwrap_or_default(),
        files,
        drawn,
        mine,
        may_run,
        seal_case: seal_case(&mut books, &found).await?,
        to_vouch,
        now,
    };
    Ok(Json(SigningView::of(&found, around)))
}

/// The keys of those who have still to sign that nobody has vouched for, but not one's own.
async fn to_vouch(
    books: &mut spine::Reader<'_>,
    caller: &Caller,
    found: &Found,
    names: &Names,
) -> Result<Vec<KeyToVouch>, Failure> {
    let mut keys = Vec::new();
    for seat in &found.head.terms.seats {
        let Ok(employee) = seat.party.parse() else {
            continue;
        };
        let key = store::key_of(books, employee).await?;
        let key = key.filter(|key| key.vouched_by.is_none());
        if caller.by.employee() != Some(employee) {
            keys.extend(key.and_then(|key| KeyToVouch::of(key, names)));
        }
    }
    Ok(keys)
}

/// The case in which the use of the seal waits for its approval.
pub(crate) async fn seal_case(
    books: &mut spine::Reader<'_>,
    found: &Found,
) -> Result<Option<String>, Failure> {
    for case in approval::store::cases_about(books, &found.subject()).await? {
        let file = approval::store::find_case(books, case).await?;
        if file.is_some_and(|file| file.closed_at.is_none()) {
            return Ok(Some(case.to_string()));
        }
    }
    Ok(None)
}

/// The PDF as it is now, with the signatures that are inside it; leaves an access record.
#[utoipa::path(get, path = "/signings/{id}/file", tag = "signing",
    params(("id" = String, Path)),
    responses((status = 200, content_type = "application/pdf"),
        (status = 409, description = "the bytes are not those that were signed")))]
async fn file(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let found = may_read(&mut look, &caller, &text, "signing.download").await?;
    let bytes = found.bytes(&mut look.books()).await?;
    look.seen("signing.download", &found.subject(), "").await;
    Ok(pdf(&found.document.file_name, bytes))
}

/// The scan of a paper; leaves an access record.
#[utoipa::path(get, path = "/signings/{id}/scans/{no}", tag = "signing",
    params(("id" = String, Path), ("no" = String, Path)),
    responses((status = 200, content_type = "application/octet-stream"),
        (status = 404, description = "absent")))]
async fn scan(
    State(house): State<House>,
    caller: Caller,
    Path((text, no)): Path<(String, String)>,
) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let found = may_read(&mut look, &caller, &text, "signing.scan").await?;
    let no: i64 = id(&no, "scan")?;
    let kept = store::step_file(&mut look.books(), found.head.id, no, "scan").await?;
    let kept = kept.ok_or_else(|| Denied::absent("scan"))?;
    let digest = ::evidence::file_digest::FileDigest::sha256(&kept.bytes);
    if digest.to_string() != kept.digest {
        return Err(broken(found.head.id, "scan").into());
    }
    look.seen("signing.scan", &found.subject(), "").await;
    let headers: [(HeaderName, String); 3] = [
        (header::CONTENT_TYPE, kept.media),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((headers, kept.bytes))
}

/// What the verifier says of the signatures inside the document.
#[utoipa::path(get, path = "/signings/{id}/verdict", tag = "signing",
    params(("id" = String, Path)), responses((status = 200, body = SigningVerdict)))]
async fn check(
    State(house): State<House>,
    caller: Caller,
    Path(text): Path<String>,
) -> Reply<Json<SigningVerdict>> {
    let (bytes, authorities) = {
        let mut look = house.spine.look(&caller.by).await?;
        let found = may_read(&mut look, &caller, &text, "signing.verify").await?;
        let mut books = look.books();
        if found.ceremony.current() == found.head.terms.document {
            return Ok(Json(nothing_inside(house.spine.now())));
        }
        let authorities = store::authorities(&mut books).await?;
        (found.bytes(&mut books).await?, authorities)
    };
    let now = house.spine.now();
    let clocks = house.stamps.anchors().to_vec();
    let said = slowly(move || verdict::verdict(&bytes, &authorities, &clocks, now)).await?;
    Ok(Json(said?))
}

/// Acts that are a step of a ceremony, one entry each.
const STEPS: &[&str] = &[
    "signing.sign",
    "signing.refuse",
    "signing.withdraw",
    "signing.record_paper",
    "signing.seal",
];

/// The receipt of a step: its entry's proof, C2SP `tlog-proof@v1`, for `baton verify`.
#[utoipa::path(get, path = "/signings/{id}/receipts/{no}", tag = "signing",
    params(("id" = String, Path), ("no" = String, Path)),
    responses((status = 200, content_type = "text/plain"), (status = 404, description = "absent")))]
async fn receipt(
    State(house): State<House>,
    caller: Caller,
    Path((text, no)): Path<(String, String)>,
) -> Reply<impl IntoResponse> {
    let index = {
        let mut look = house.spine.look(&caller.by).await?;
        let found = may_read(&mut look, &caller, &text, "signing.receipt").await?;
        let no: usize = id(&no, "receipt")?;
        let most = u64::try_from(i64::MAX).unwrap_or_default();
        let records = look.books().records_about(&[found.subject()], most).await?;
        let is_step = |bytes: &[u8]| {
            let entry = ::evidence::entry::Entry::from_bytes(bytes);
            entry.is_ok_and(|entry| STEPS.contains(&entry.act.as_str()))
        };
        let mut steps = records.iter().filter(|record| is_step(&record.entry));
        steps.nth(no).map(|record| record.index)
    };
    let index = index.ok_or_else(|| Denied::absent("receipt"))?;
    let proof = proved(&house, index).await?;
    let name = format!("attachment; filename=\"baton-{index:06}.tlog-proof\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, proof))
}
