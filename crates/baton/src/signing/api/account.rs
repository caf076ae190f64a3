//! Routes about one's own means of signing 我的签名接口.

use access::{Need, Target};
use axum::Json;
use axum::extract::{Path, State};
use kernel::{EmployeeId, Moment, SigningKeyId};
use serde::{Deserialize, Serialize};
use spine::Denied;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::oneself;
use crate::house::House;
use crate::http::{Caller, Reply, Writing, Written};
use crate::people::api::id;
use crate::permissions;
use crate::signing::acts::begin_factor::BeginFactor;
use crate::signing::acts::confirm_factor::ConfirmFactor;
use crate::signing::acts::consent::Consent;
use crate::signing::acts::make_key::MakeKey;
use crate::signing::acts::reset_factor::ResetFactor;
use crate::signing::acts::retire_key::RetireKey;
use crate::signing::acts::vouch_key::VouchKey;
use crate::signing::{consent, factor, making, store};

pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(account))
        .routes(routes!(agree))
        .routes(routes!(begin))
        .routes(routes!(confirm))
        .routes(routes!(reset))
        .routes(routes!(make))
        .routes(routes!(retire))
        .routes(routes!(vouch))
}

/// What a person has to sign with.
#[derive(Serialize, ToSchema)]
struct SigningAccount {
    /// `none`, `pending`, `active`
    factor: String,
    #[schema(value_type = Option<String>)]
    factor_since: Option<Moment>,
    /// The wording that is agreed to, Chinese.
    consent_zh: String,
    /// For reading only.
    consent_en: String,
    /// SHA-256 of the Chinese wording, hex.
    consent_digest: String,
    #[schema(value_type = Option<String>)]
    consented_at: Option<Moment>,
    key: Option<SigningKeyView>,
    /// Whether the company has a certificate authority, without which there are no keys.
    authority: bool,
}

/// A signing key in use.
#[derive(Serialize, ToSchema)]
struct SigningKeyView {
    /// SHA-256 of the certificate, hex.
    fingerprint: String,
    #[schema(value_type = String)]
    made_at: Moment,
    #[schema(value_type = String)]
    valid_until: Moment,
    /// Whether HR has seen that it is the person's own; until then it signs nothing.
    vouched: bool,
}

/// What one has to sign with oneself.
#[utoipa::path(get, path = "/signing-account", tag = "signing",
    responses((status = 200, body = SigningAccount)))]
async fn account(State(house): State<House>, caller: Caller) -> Reply<Json<SigningAccount>> {
    let employee = oneself(&caller)?;
    let mut look = house.spine.look(&caller.by).await?;
    let target = Target {
        owner: Some(employee),
        ..Target::default()
    };
    look.allow(
        "signing.account",
        &Need::on(permissions::SIGNING_SIGN, target),
    )
    .await?;
    let mut books = look.books();
    let factor = store::factor(&mut books, employee).await?;
    let given = store::consent(&mut books, employee, consent::digest()).await?;
    let key = store::key_of(&mut books, employee).await?;
    let word = match &factor {
        None => "none",
        Some(factor) if factor.active => "active",
        Some(_) => "pending",
    };
    Ok(Json(SigningAccount {
        factor: word.to_owned(),
        factor_since: factor.and_then(|factor| factor.confirmed_at),
        consent_zh: consent::ZH.to_owned(),
        consent_en: consent::EN.to_owned(),
        consent_digest: consent::digest().into(),
        consented_at: given.map(|given| given.at),
        key: key.map(|key| SigningKeyView {
            fingerprint: key.fingerprint,
            made_at: key.made_at,
            valid_until: key.valid_until,
            vouched: key.vouched_by.is_some(),
        }),
        authority: store::authority(&mut books).await?.is_some(),
    }))
}

/// Which wording was on the screen.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ConsentGiven {
    /// SHA-256 of the wording, hex.
    digest: String,
}

/// Agree to sign electronically.
#[utoipa::path(post, path = "/signing-account/consent", tag = "signing",
    request_body = ConsentGiven,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn agree(writing: Writing, Json(agreed): Json<ConsentGiven>) -> Reply<Written> {
    let act = Consent {
        employee: oneself(&writing.caller)?,
        text: super::doing::digest("/digest", &agreed.digest)?,
    };
    writing.make(&act, |()| act.employee.to_string()).await
}

/// What an authenticator takes in; shown once and kept nowhere in clear.
#[derive(Serialize, ToSchema)]
struct NewFactor {
    /// For the QR code.
    address: String,
    /// For typing, base 32.
    seed: String,
}

/// Begin to set up one-time codes: gives the seed, once.
#[utoipa::path(post, path = "/signing-account/factor", tag = "signing",
    responses((status = 200, body = NewFactor), (status = 409, description = "refused")))]
async fn begin(writing: Writing) -> Reply<Json<NewFactor>> {
    let employee = oneself(&writing.caller)?;
    let account = &writing.caller.login.number;
    let seed = factor::seed(&writing.house, employee, account).await?;
    let act = BeginFactor {
        employee,
        sealed: seed.sealed,
    };
    writing.done(&act).await?;
    Ok(Json(NewFactor {
        address: seed.enrolment.address,
        seed: seed.enrolment.seed,
    }))
}

/// A code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OneTimeCode {
    /// Six digits.
    #[schema(max_length = 20)]
    code: String,
}

/// Confirm one-time codes with the first one.
#[utoipa::path(post, path = "/signing-account/factor/confirm", tag = "signing",
    request_body = OneTimeCode,
    responses((status = 200, body = Written), (status = 422, description = "a wrong code")))]
async fn confirm(writing: Writing, Json(code): Json<OneTimeCode>) -> Reply<Written> {
    let employee = oneself(&writing.caller)?;
    let checked = factor::confirm(&writing.house, employee, &code.code, true).await?;
    let act = ConfirmFactor {
        employee,
        checked: Some(checked),
    };
    writing.change(&act, |()| employee.to_string()).await
}

/// Why codes are switched off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactorReset {
    #[schema(max_length = 200)]
    reason: String,
}

/// Switch somebody's one-time codes off: the phone is lost.
#[utoipa::path(post, path = "/employees/{id}/signing-factor/reset", tag = "signing",
    params(("id" = String, Path)), request_body = FactorReset,
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn reset(
    writing: Writing,
    Path(text): Path<String>,
    Json(reset): Json<FactorReset>,
) -> Reply<Written> {
    let act = ResetFactor {
        employee: id::<EmployeeId>(&text, "employee")?,
        reason: reset.reason,
    };
    writing.change(&act, |()| act.employee.to_string()).await
}

/// What a signing key is made with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewKey {
    /// The person's own secret, at least ten characters; it is kept nowhere.
    #[schema(max_length = 200)]
    secret: String,
    /// Six digits.
    #[schema(max_length = 20)]
    code: String,
}

/// Make a signing key of one's own.
#[utoipa::path(post, path = "/signing-account/key", tag = "signing", request_body = NewKey,
    responses((status = 201, body = Written), (status = 409, description = "refused")))]
async fn make(writing: Writing, Json(new): Json<NewKey>) -> Reply<Written> {
    let employee = oneself(&writing.caller)?;
    let made = making::key_for(&writing.house, employee, &new.code, new.secret).await?;
    let act = MakeKey {
        employee,
        made: Some(made),
    };
    writing.make(&act, ToString::to_string).await
}

/// Why a key is given up.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct KeyRetirement {
    /// `forgotten` or `leaked`
    #[schema(max_length = 20)]
    why: String,
}

/// Give one's signing key up.
#[utoipa::path(post, path = "/signing-account/key/retire", tag = "signing",
    request_body = KeyRetirement,
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn retire(writing: Writing, Json(retire): Json<KeyRetirement>) -> Reply<Written> {
    let act = RetireKey {
        employee: oneself(&writing.caller)?,
        why: retire.why,
    };
    writing.change(&act, |()| act.employee.to_string()).await
}

/// Vouch that a signing key is the person's own, whom one has met.
#[utoipa::path(post, path = "/signing-keys/{id}/vouch", tag = "signing",
    params(("id" = String, Path)),
    responses((status = 200, body = Written), (status = 409, description = "refused")))]
async fn vouch(writing: Writing, Path(text): Path<String>) -> Reply<Written> {
    let by = writing.caller.by.employee();
    let act = VouchKey {
        key: id::<SigningKeyId>(&text, "signing_key")?,
        by: by.ok_or_else(|| Denied::absent("signing_key"))?,
    };
    writing.change(&act, |()| act.key.to_string()).await
}
