//! Routes of sessions and logins 会话接口.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kernel::{LoginId, Refusal};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use spine::By;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::acts::{
    FORGOTTEN, change_password, close, count_failure, open, reset_password, set_access, set_roles,
};
use super::view::{
    Credentials, LoginItem, Matrix, NewLogin, OpenedLogin, PasswordChange, SessionView,
};
use super::{password, store};
use crate::house::House;
use crate::http::{Caller, Keyed, Page, Problem, Reply, Writing, Written};
use crate::{bounds, permissions};

/// Routes of this slice.
pub(crate) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(log_in, who, log_out))
        .routes(routes!(change))
        .routes(routes!(list, add))
        .routes(routes!(put_roles))
        .routes(routes!(put_access))
        .routes(routes!(reset))
        .routes(routes!(matrix))
}

/// Log in with 工号 and password.
#[utoipa::path(post, path = "/session", tag = "session", request_body = Credentials,
    responses((status = 200, body = SessionView), (status = 422, description = "refused")))]
async fn log_in(
    State(house): State<House>,
    headers: HeaderMap,
    Json(credentials): Json<Credentials>,
) -> Reply<impl IntoResponse> {
    crate::http::refuse_foreign_sites(&Method::POST, &headers)?;
    let typed: String = credentials.number.trim().chars().take(64).collect();
    let system = By::system("password");
    let login = {
        let mut look = house.spine.look(&system).await?;
        store::login_by_number(&mut look.books(), &typed).await?
    };
    // What nobody has may be a password in the wrong box: it is counted, and not kept.
    let number = match &login {
        Some(login) => login.number.clone(),
        None => house.vault.veiled(&typed),
    };
    may_be_tried(&house, &number).await?;
    let hash = login.as_ref().map(|login| login.password_hash.clone());
    let given = credentials.password;
    let work = move || password::fits(&given, hash.as_deref());
    let fits = password::slowly_if(may_be_tried(&house, &number), work).await?;
    let Some(login) = login.filter(|_| fits) else {
        house
            .spine
            .perform(&count_failure::CountFailure { number }, &system, None)
            .await?;
        return Err(wrong_password().into());
    };
    let mut secret = [0; 32];
    house.spine.chance().fill(&mut secret);
    let token = URL_SAFE_NO_PAD.encode(secret);
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    let act = open::Open {
        login: login.id,
        token_hash: store::token_hash(&token),
        expires_at: house
            .spine
            .now()
            .plus_seconds(house.config.session_hours * 3_600),
        agent: agent.unwrap_or_default().chars().take(200).collect(),
        auth_epoch: Some(login.auth_epoch),
    };
    house.spine.perform(&act, &system, None).await?;
    let signed = store::signed_in(&house, &token)
        .await?
        .ok_or_else(Problem::session_ended)?;
    let company = house.company().await?;
    let cookie = cookie(&house, &token, house.config.session_hours * 3_600);
    Ok((
        [(header::SET_COOKIE, cookie)],
        Json(SessionView::of(&house, company, &signed)),
    ))
}

/// Whether this 工号, or what stands for one that nobody has, need not wait. It is asked before a
/// guess takes its place in the queue of slow work and again when its turn comes; the act that
/// tells the outcome asks for the last time.
async fn may_be_tried(house: &House, number: &str) -> Reply<()> {
    let system = By::system("password");
    let mut look = house.spine.look(&system).await?;
    let (_, until) = store::failures(&mut look.books(), number).await?;
    Ok(count_failure::no_more_guesses(until, house.spine.now())?)
}

fn wrong_password() -> Refusal {
    Refusal::invalid(
        "session.wrong_password",
        "工号或密码不对",
        "Wrong number or password",
    )
    .remedy((
        format!("请检查后重试；{}", FORGOTTEN.0),
        format!("Check and try again. {}", FORGOTTEN.1),
    ))
}

fn wrong_current_password() -> Refusal {
    Refusal::invalid(
        "session.wrong_password",
        "当前密码不对",
        "The current password is wrong",
    )
    .at(
        "/current",
        ("当前密码不对", "The present password is wrong"),
    )
}

fn cookie(house: &House, token: &str, seconds: i64) -> HeaderValue {
    let secure = if house.config.secure_cookie {
        "; Secure"
    } else {
        ""
    };
    let text = format!(
        "{}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}",
        crate::http::COOKIE
    );
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Who is logged in.
#[utoipa::path(get, path = "/session", tag = "session",
    responses((status = 200, body = SessionView), (status = 401, description = "nobody")))]
async fn who(State(house): State<House>, caller: Caller) -> Reply<Json<SessionView>> {
    let company = house.company().await?;
    Ok(Json(SessionView::of(&house, company, &caller.login)))
}

/// Log out.
#[utoipa::path(delete, path = "/session", tag = "session", responses((status = 204)))]
async fn log_out(State(house): State<House>, caller: Caller) -> Reply<impl IntoResponse> {
    let login = caller.login.actor.login;
    let act = close::Close {
        login,
        token_hash: caller.login.session.clone(),
    };
    house
        .spine
        .perform(&act, &By::system("logout"), None)
        .await?;
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, cookie(&house, "", 0))],
    ))
}

/// Change one's own password; all sessions of the login end.
#[utoipa::path(post, path = "/session/password", tag = "session", request_body = PasswordChange,
    responses((status = 204), (status = 422, description = "refused")))]
async fn change(
    State(house): State<House>,
    caller: Caller,
    Json(wanted): Json<PasswordChange>,
) -> Reply<impl IntoResponse> {
    password::check(&wanted.next, &caller.login.number)?;
    password::check_other(&wanted.next, &wanted.current)?;
    // A stolen session must not be a way to guess the password past the throttle of logging in.
    let number = caller.login.number;
    may_be_tried(&house, &number).await?;
    let kept = {
        let mut look = house.spine.look(&caller.by).await?;
        store::login_by_id(&mut look.books(), caller.login.actor.login).await?
    };
    let kept = kept.ok_or_else(Problem::session_ended)?;
    let auth_epoch = kept.auth_epoch;
    let mut salt = [0; 16];
    house.spine.chance().fill(&mut salt);
    let work = move || {
        let fits = password::fits(&wanted.current, Some(&kept.password_hash));
        fits.then(|| password::hash(&wanted.next, salt))
    };
    let hash = password::slowly_if(may_be_tried(&house, &number), work).await?;
    let Some(hash) = hash else {
        let counted = count_failure::CountFailure { number };
        let system = By::system("password");
        house.spine.perform(&counted, &system, None).await?;
        return Err(wrong_current_password().into());
    };
    let hash = hash?;
    let login = caller.login.actor.login;
    let act = change_password::ChangePassword {
        login,
        password_hash: hash,
        auth_epoch,
    };
    let by = By {
        actor: None,
        ..caller.by
    };
    house.spine.perform(&act, &by, None).await?;
    Ok((
        StatusCode::NO_CONTENT,
        [(header::SET_COOKIE, cookie(&house, "", 0))],
    ))
}

#[derive(Deserialize, IntoParams)]
struct LoginQuery {
    /// Part of 工号 or name.
    #[serde(default)]
    q: String,
    /// Cursor of the next page.
    cursor: Option<String>,
}

/// Logins with their roles.
#[utoipa::path(get, path = "/logins", tag = "session", params(LoginQuery),
    responses((status = 200, body = Page<LoginItem>)))]
async fn list(
    State(house): State<House>,
    caller: Caller,
    Query(query): Query<LoginQuery>,
) -> Reply<Json<Page<LoginItem>>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = access::Need::on_everything(permissions::LOGIN_MANAGE);
    look.allow("session.list", &need).await?;
    bounds::length("/q", "搜索", &query.q, 0..=100)?;
    let after: Option<String> = crate::http::Cursor::unpack(query.cursor.as_deref())?;
    let lines = store::logins(&mut look.books(), &after.unwrap_or_default(), &query.q, 51).await?;
    let items: Vec<LoginItem> = lines.into_iter().map(LoginItem::from).collect();
    Ok(Json(Page::cut(items, 50, |item| item.number.clone())))
}

/// Open a login; its first password must be changed at the first login.
#[utoipa::path(post, path = "/logins", tag = "session", request_body = NewLogin,
    responses((status = 201, body = OpenedLogin), (status = 409, description = "refused")))]
async fn add(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Json(new): Json<NewLogin>,
) -> Reply<(StatusCode, Json<OpenedLogin>)> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = access::Need::on_everything(permissions::LOGIN_MANAGE);
    look.allow("session.add_login", &need).await?;
    drop(look);
    password::check_at("/password", &new.password, &intake::code_form(&new.number))?;
    // The salt follows from the request, so that the same request twice is the same act.
    let salt = salt_of(&caller, &key, &new.number);
    let typed = new.password;
    let hash = password::slowly(move || password::hash(&typed, salt)).await??;
    let act = super::open_for(&house, &new.number, &new.name, hash, new.roles).await?;
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    let opened = OpenedLogin {
        no_employee: act.meets_nobody(),
        written: Written::made(&answer, ToString::to_string),
    };
    Ok((StatusCode::CREATED, Json(opened)))
}

/// Sixteen bytes that only this request of this session has.
fn salt_of(caller: &Caller, key: &spine::IdempotencyKey, number: &str) -> [u8; 16] {
    let digest = Sha256::new()
        .chain_update(&caller.login.session)
        .chain_update(format!("{key:?}"))
        .chain_update(number)
        .finalize();
    let mut salt = [0; 16];
    salt.copy_from_slice(&digest[..16]);
    salt
}

/// The roles a login shall have.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RoleChange {
    roles: Vec<String>,
    /// The roles that were shown.
    seen: Option<Vec<String>>,
}

/// Give a login exactly these roles.
#[utoipa::path(post, path = "/logins/{id}/roles", tag = "session", request_body = RoleChange,
    params(("id" = String, Path)), responses((status = 204)))]
async fn put_roles(
    writing: Writing,
    Path(id): Path<String>,
    Json(change): Json<RoleChange>,
) -> Reply<StatusCode> {
    let login = id
        .parse::<LoginId>()
        .map_err(|_| spine::Denied::absent("login"))?;
    let act = set_roles::SetRoles {
        login,
        roles: change.roles,
        seen: change.seen,
        own: login == writing.caller.login.actor.login,
    };
    writing.done(&act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a login is open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct AccessChange {
    active: bool,
}

/// Open or close a login; all its sessions end.
#[utoipa::path(post, path = "/logins/{id}/access", tag = "session", request_body = AccessChange,
    params(("id" = String, Path)), responses((status = 204)))]
async fn put_access(
    writing: Writing,
    Path(id): Path<String>,
    Json(change): Json<AccessChange>,
) -> Reply<StatusCode> {
    let login = id
        .parse::<LoginId>()
        .map_err(|_| spine::Denied::absent("login"))?;
    let act = set_access::SetAccess {
        login,
        mode: None,
        active: Some(change.active),
        why: "security".to_owned(),
    };
    writing.done(&act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The first password somebody gets in the place of one he forgot.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FirstPassword {
    /// It must be changed at the next login.
    #[schema(max_length = 256)]
    password: String,
}

/// Reset somebody's password; all sessions of the login end, and it must be changed.
#[utoipa::path(post, path = "/logins/{id}/password", tag = "session",
    request_body = FirstPassword, params(("id" = String, Path)),
    responses((status = 204), (status = 422, description = "refused")))]
async fn reset(
    State(house): State<House>,
    caller: Caller,
    Keyed(key): Keyed,
    Path(id): Path<String>,
    Json(first): Json<FirstPassword>,
) -> Reply<StatusCode> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = access::Need::on_everything(permissions::LOGIN_MANAGE);
    look.allow("session.reset_password", &need).await?;
    let id = id.parse::<LoginId>();
    let id = id.map_err(|_| spine::Denied::absent("login"))?;
    let login = store::login_by_id(&mut look.books(), id).await?;
    let login = login.ok_or_else(|| spine::Denied::absent("login"))?;
    drop(look);
    password::check_at("/password", &first.password, &login.number)?;
    let salt = salt_of(&caller, &key, &login.number);
    let hash = password::slowly(move || password::hash(&first.password, salt)).await??;
    let act = reset_password::ResetPassword {
        login: id,
        password_hash: hash,
        own: id == caller.login.actor.login,
    };
    let answer = house.spine.perform(&act, &caller.by, Some(&key)).await?;
    answer.done()?;
    Ok(StatusCode::NO_CONTENT)
}

/// The permission matrix.
#[utoipa::path(get, path = "/roles", tag = "session", responses((status = 200, body = Matrix)))]
async fn matrix(State(house): State<House>, caller: Caller) -> Reply<Json<Matrix>> {
    let mut look = house.spine.look(&caller.by).await?;
    let need = access::Need::on_everything(permissions::SYSTEM_READ);
    look.allow("session.matrix", &need).await?;
    Ok(Json(Matrix::of(house.spine.policy())))
}
