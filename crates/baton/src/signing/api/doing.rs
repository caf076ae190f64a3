//! Routes that ask for signatures and give them 签署办理接口.

use ::document::Kind;
use ::signing::ceremony::record::{Level, Role, Sha256Digest};
use access::Need;
use axum::Json;
use axum::extract::{Path, Query, State};
use kernel::{Day, DocumentId, EmployeeId, Refusal, SigningId};
use serde::{Deserialize, Serialize};
use spine::Denied;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::reading::may_read;
use crate::document::store as documents;
use crate::house::House;
use crate::http::{self, Caller, Reply, Writing, Written};
use crate::people::PersonName;
use crate::people::api::id;
use crate::people::store as people;
use crate::permissions;
use crate::signing::acts::record_paper::RecordPaper;
use crate::signing::acts::refuse::Refuse;
use crate::signing::acts::request::{Request, WantedSeat};
use crate::signing::acts::sign::Sign;
use crate::signing::acts::use_seal::UseSeal;
use crate::signing::acts::withdraw::Withdraw;
use crate::signing::found;
use crate::signing::making::{self, Brought, Drawn};
use crate::signing::seats::{level_words, proposed, role_words};
use crate::signing::store::NewFile;
use crate::{subjects, word};

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(offer))
        .routes(routes!(request))
        .routes(routes!(sign))
        .routes(routes!(refuse))
        .routes(routes!(withdraw))
        .routes(routes!(paper))
        .routes(routes!(seal))
}

/// A digest of a request, hex.
pub(super) fn digest(pointer: &str, text: &str) -> Result<Sha256Digest, Refusal> {
    text.to_owned().try_into().map_err(|_| {
        let zh = "摘要应为 64 位十六进制";
        Refusal::invalid("request.digest", zh, "a SHA-256 digest in hex").at(pointer, zh)
    })
}

/// The person who signs or refuses; to any other login there is nothing to sign.
fn signer(caller: &Caller) -> Result<EmployeeId, Denied> {
    let employee = caller.by.employee();
    employee.ok_or_else(|| Denied::absent("signing"))
}

#[derive(Deserialize, IntoParams)]
struct OfferQuery {
    /// Id of a document.
    document: String,
}

/// A place to sign as it is proposed.
#[derive(Serialize, ToSchema)]
struct OfferedSeat {
    /// `employee`, `receiver`, `manager`, `witness`, `company`
    role: String,
    zh: String,
    en: String,
    /// `L0`, `L1`, `L2`
    level: String,
    level_zh: String,
    level_en: String,
    turn: u8,
    /// Who it would be, where the books know.
    person: Option<PersonName>,
}

/// What signing a document would be, by its kind.
#[derive(Serialize, ToSchema)]
struct SigningOffer {
    seats: Vec<OfferedSeat>,
    /// The last day that is proposed.
    #[schema(value_type = String, format = Date)]
    deadline: Day,
}

/// Days that are proposed for signing.
const PROPOSED_DAYS: i64 = 7;

/// Who would sign a document, by its kind.
#[utoipa::path(get, path = "/signing-offers", tag = "signing", params(OfferQuery),
    responses((status = 200, body = SigningOffer), (status = 404, description = "absent")))]
async fn offer(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<OfferQuery>,
) -> Reply<Json<SigningOffer>> {
    let document: DocumentId = id(&query.document, "document")?;
    let mut look = house.spine.look(&caller.by).await?;
    let line = documents::find(&mut look.books(), document).await?;
    let line = line.ok_or_else(|| Denied::absent("document"))?;
    let person = people::find_employee(&mut look.books(), line.employee).await?;
    let person = person.ok_or_else(|| Denied::absent("document"))?;
    let kept = subjects::kept_from(&mut look.books(), &line.subject).await?;
    let need = Need::on(permissions::SIGNING_REQUEST, person.target()).kept_from(kept);
    look.allow("signing.offer", &need).await?;
    let mut books = look.books();
    let today = books.today();
    let above = people::line_above(&mut books, person.id, today).await?;
    let manager = match above.first() {
        Some(manager) => people::find_employee(&mut books, *manager).await?,
        None => None,
    };
    let receiver = crate::document::receiver_of(&mut books, &line).await?;
    let named =
        |one: &people::Employee| PersonName::of((one.id, one.number.clone(), one.name.clone()));
    let kind = Kind::of(&line.kind);
    let seats = kind.map_or(&[][..], proposed).iter().map(|seat| {
        let ((zh, en), (level_zh, level_en)) = (role_words(seat.role), level_words(seat.level));
        OfferedSeat {
            role: word::of(&seat.role).unwrap_or_default(),
            zh: zh.to_owned(),
            en: en.to_owned(),
            level: word::of(&seat.level).unwrap_or_default(),
            level_zh: level_zh.to_owned(),
            level_en: level_en.to_owned(),
            turn: seat.turn,
            person: match seat.role {
                Role::Employee => Some(named(&person)),
                Role::Receiver => receiver.as_ref().map(named),
                Role::Manager | Role::Witness => manager.as_ref().map(named),
                _ => None,
            },
        }
    });
    Ok(Json(SigningOffer {
        seats: seats.collect(),
        deadline: today.plus_days(PROPOSED_DAYS),
    }))
}

/// A place to sign as it is wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SeatWish {
    /// `employee`, `receiver`, `manager`, `witness`, `company`
    #[schema(value_type = String)]
    role: Role,
    /// Nobody for the company.
    #[schema(value_type = Option<String>)]
    employee_id: Option<EmployeeId>,
    /// `L0`, `L1`, `L2`
    #[schema(value_type = String)]
    level: Level,
    /// Smaller ones first, equal ones in any order.
    turn: u8,
}

/// Who signs which document until when.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSigning {
    #[schema(value_type = String)]
    document_id: DocumentId,
    #[schema(max_items = 16)]
    seats: Vec<SeatWish>,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    deadline: Day,
}

/// Ask for signatures on an issued document.
#[utoipa::path(post, path = "/signings", tag = "signing", request_body = NewSigning,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn request(writing: Writing, Json(new): Json<NewSigning>) -> Reply<Written> {
    let seats = new.seats.into_iter().map(|seat| WantedSeat {
        role: seat.role,
        employee: seat.employee_id,
        level: seat.level,
        turn: seat.turn,
    });
    let act = Request {
        document: new.document_id,
        seats: seats.collect(),
        deadline: new.deadline,
        by: writing.caller.by.id(),
    };
    writing.make(&act, |begun| begun.id.to_string()).await
}

/// A signature as the hand made it, or the name typed instead.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DrawnSignature {
    /// Lines of points from 0 to 10,000, from the upper left corner.
    #[serde(default)]
    #[schema(value_type = Vec<Vec<Vec<u32>>>)]
    strokes: Vec<Vec<(u16, u16)>>,
    #[serde(default)]
    #[schema(max_length = 100)]
    typed: String,
}

/// What a person signs with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSignature {
    /// SHA-256 of the document that was on the screen, hex.
    digest: String,
    /// The one-time code, six digits.
    #[schema(max_length = 20)]
    code: String,
    /// Left out for a receipt.
    drawn: Option<DrawnSignature>,
    /// The secret of the signing key; with it the signature goes into the document.
    #[schema(max_length = 200)]
    secret: Option<String>,
}

/// Sign what lies before one.
#[utoipa::path(post, path = "/signings/{id}/sign", tag = "signing",
    params(("id" = String, Path)), request_body = NewSignature,
    responses((status = 200, body = Written), (status = 409, description = "refused"),
        (status = 422, description = "a wrong code or secret")))]
async fn sign(
    writing: Writing,
    Path(text): Path<String>,
    Json(signature): Json<NewSignature>,
) -> Reply<Written> {
    let ceremony: SigningId = id(&text, "signing")?;
    let by = signer(&writing.caller)?;
    // Whoever may not even look learns nothing about digests.
    {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        may_read(&mut look, &writing.caller, &text, "signing.sign").await?;
    }
    let read = digest("/digest", &signature.digest)?;
    let drawn = signature.drawn.map(|drawn| Drawn {
        strokes: drawn.strokes,
        typed: drawn.typed.trim().to_owned(),
    });
    let secret = signature.secret.filter(|secret| !secret.is_empty());
    let reliable = secret.is_some();
    let digest = drawn.as_ref().map(|drawn| Sha256Digest::of(&drawn.bytes()));
    let brought = Brought {
        code: signature.code,
        drawn,
        secret,
    };
    let made = making::by_person(&writing.house, ceremony, by, brought).await?;
    let act = Sign {
        ceremony,
        by,
        read,
        drawn: digest,
        reliable,
        made,
    };
    writing.change(&act, |_| ceremony.to_string()).await
}

/// Why something is refused, taken back or wanted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SigningReason {
    #[schema(max_length = 2000)]
    reason: String,
}

/// Refuse to sign, with a reason.
#[utoipa::path(post, path = "/signings/{id}/refuse", tag = "signing",
    params(("id" = String, Path)), request_body = SigningReason,
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn refuse(
    writing: Writing,
    Path(text): Path<String>,
    Json(because): Json<SigningReason>,
) -> Reply<Written> {
    let act = Refuse {
        ceremony: id(&text, "signing")?,
        by: signer(&writing.caller)?,
        reason: because.reason,
    };
    writing.change(&act, |_| act.ceremony.to_string()).await
}

/// Take a document back before all have signed.
#[utoipa::path(post, path = "/signings/{id}/withdraw", tag = "signing",
    params(("id" = String, Path)), request_body = SigningReason,
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn withdraw(
    writing: Writing,
    Path(text): Path<String>,
    Json(because): Json<SigningReason>,
) -> Reply<Written> {
    let act = Withdraw {
        ceremony: id(&text, "signing")?,
        by: writing.caller.by.id(),
        reason: because.reason,
    };
    writing.change(&act, |_| act.ceremony.to_string()).await
}

/// A signature on paper.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PaperSignature {
    /// Whose place to sign, from 0.
    seat: usize,
    /// Where the original lies.
    #[schema(max_length = 100)]
    kept_at: String,
    /// The scan, base64: a PDF, PNG or JPEG of at most 10 MB.
    scan: String,
}

/// Record that somebody signed on paper.
#[utoipa::path(post, path = "/signings/{id}/paper", tag = "signing",
    params(("id" = String, Path)), request_body = PaperSignature,
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn paper(
    writing: Writing,
    Path(text): Path<String>,
    Json(paper): Json<PaperSignature>,
) -> Reply<Written> {
    let ceremony: SigningId = id(&text, "signing")?;
    {
        let mut look = writing.house.spine.look(&writing.caller.by).await?;
        let found = found(&mut look.books(), ceremony).await?;
        let need = Need::on(permissions::SIGNING_REQUEST, found.target());
        look.allow("signing.record_paper", &need).await?;
    }
    let (media, bytes) = http::scan(&paper.scan, ("signing.scan", "/scan"))?;
    let file = NewFile {
        kind: "scan",
        media: media.to_owned(),
        bytes,
    };
    let act = RecordPaper {
        ceremony,
        seat: paper.seat,
        kept_at: paper.kept_at,
        scan: Sha256Digest::of(&file.bytes),
        by: writing.caller.by.id(),
        file: Some(file),
    };
    writing.change(&act, |_| ceremony.to_string()).await
}

/// Ask that the company's seal be used; waits for an approval by somebody else.
#[utoipa::path(post, path = "/signings/{id}/seal", tag = "signing",
    params(("id" = String, Path)), request_body = SigningReason,
    responses((status = 200, body = Written), (status = 202, body = Written),
        (status = 409, description = "refused")))]
async fn seal(
    writing: Writing,
    Path(text): Path<String>,
    Json(because): Json<SigningReason>,
) -> Reply<Written> {
    let act = UseSeal {
        ceremony: id(&text, "signing")?,
        reason: because.reason,
        by: writing.caller.by.id(),
    };
    writing.change(&act, ToString::to_string).await
}
