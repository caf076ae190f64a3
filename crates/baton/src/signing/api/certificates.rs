//! Routes about the company's certificates 签署证书接口.

use access::Need;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::{EntityId, Moment};
use serde::{Deserialize, Serialize};
use spine::Denied;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::store as people;
use crate::permissions;
use crate::signing::{authority, store};

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(show, found))
        .routes(routes!(pem))
        .routes(routes!(seal))
}

/// The company's certificates.
#[derive(Serialize, ToSchema)]
struct SigningAuthorityView {
    /// SHA-256 of the authority's certificate, hex; absent when there is none yet.
    fingerprint: Option<String>,
    #[schema(value_type = Option<String>)]
    made_at: Option<Moment>,
    #[schema(value_type = Option<String>)]
    valid_until: Option<Moment>,
    /// One line for each legal entity.
    seals: Vec<SealView>,
}

/// The seal of a legal entity.
#[derive(Serialize, ToSchema)]
struct SealView {
    #[schema(value_type = String)]
    entity_id: EntityId,
    entity: String,
    /// SHA-256 of its certificate, hex; absent when it has no seal yet.
    fingerprint: Option<String>,
    #[schema(value_type = Option<String>)]
    valid_until: Option<Moment>,
}

/// The company's certificate authority and its seals.
#[utoipa::path(get, path = "/signing-authority", tag = "signing",
    responses((status = 200, body = SigningAuthorityView)))]
async fn show(State(house): State<House>, caller: Caller) -> Reply<Json<SigningAuthorityView>> {
    let mut look = house.spine.look(&caller.by).await?;
    look.allow("signing.authority", &Need::at_all(permissions::SYSTEM_READ))
        .await?;
    let mut books = look.books();
    let authority = store::authority(&mut books).await?;
    let seals = store::seals(&mut books).await?;
    let entities = people::entities(&mut books).await?;
    let lines = entities.into_iter().map(|entity| {
        let seal = seals.iter().find(|seal| seal.entity == Some(entity.id));
        SealView {
            entity_id: entity.id,
            entity: entity.name,
            fingerprint: seal.map(|seal| seal.fingerprint.clone()),
            valid_until: seal.map(|seal| seal.valid_until),
        }
    });
    Ok(Json(SigningAuthorityView {
        fingerprint: authority.as_ref().map(|one| one.fingerprint.clone()),
        made_at: authority.as_ref().map(|one| one.made_at),
        valid_until: authority.as_ref().map(|one| one.valid_until),
        seals: lines.collect(),
    }))
}

/// Found the company's certificate authority.
#[utoipa::path(post, path = "/signing-authority", tag = "signing",
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn found(writing: Writing) -> Reply<Written> {
    let by = writing.caller.by.id();
    may_keep(&writing).await?;
    let act = authority::founding(&writing.house, by).await?;
    writing.make(&act, ToString::to_string).await
}

/// The slow work is done for those only who may have it.
async fn may_keep(writing: &Writing) -> Reply<()> {
    let mut look = writing.house.spine.look(&writing.caller.by).await?;
    let need = Need::on_everything(permissions::SYSTEM_MANAGE);
    look.allow("signing.authority", &need).await?;
    Ok(())
}

/// The authority's certificate: public, to be given to whoever checks our documents.
#[utoipa::path(get, path = "/signing-authority/certificate", tag = "signing",
    responses((status = 200, content_type = "application/x-pem-file"),
        (status = 404, description = "there is none yet")))]
async fn pem(State(house): State<House>, caller: Caller) -> Reply<impl IntoResponse> {
    let mut look = house.spine.look(&caller.by).await?;
    let authority = store::authority(&mut look.books()).await?;
    let authority = authority.ok_or_else(|| Denied::absent("signing_authority"))?;
    let text = STANDARD.encode(&authority.certificate);
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(64)
        .filter_map(|line| std::str::from_utf8(line).ok())
        .collect();
    let text = format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        lines.join("\n")
    );
    let name = "attachment; filename=\"company-ca.pem\"";
    Ok((
        [
            (header::CONTENT_TYPE, "application/x-pem-file"),
            (header::CONTENT_DISPOSITION, name),
        ],
        text,
    ))
}

/// Whose seal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSeal {
    #[schema(value_type = String)]
    entity_id: EntityId,
}

/// Make the electronic seal of a legal entity.
#[utoipa::path(post, path = "/signing-seals", tag = "signing", request_body = NewSeal,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn seal(writing: Writing, Json(new): Json<NewSeal>) -> Reply<Written> {
    may_keep(&writing).await?;
    let act = authority::sealing(&writing.house, new.entity_id).await?;
    writing.make(&act, ToString::to_string).await
}
