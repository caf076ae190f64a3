//! Who is asking 调用者.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use spine::{By, IdempotencyKey};

use crate::house::House;
use crate::http::Problem;
use crate::session;

/// A logged-in caller; every route but login and health takes one.
pub struct Caller {
    /// Who, with which rights.
    pub by: By,
    /// The login as the session knows it.
    pub login: session::SignedIn,
}

impl Caller {
    /// How many rows a page has: what was asked for, 50 when nothing was, at most 200. Who is
    /// leaving reads what he hands over, a screen at a time; he does not read in bulk.
    pub(crate) fn page(&self, asked: Option<usize>) -> usize {
        let most = match self.login.actor.mode {
            access::Mode::Normal => 200,
            access::Mode::Handover | access::Mode::Suspended => 20,
        };
        asked.unwrap_or(50).clamp(1, most)
    }
}

/// The tabs of a browser share one cookie. A page says for whom it was opened, so that nobody acts
/// in the name of whoever signed in later in another tab.
fn is_page_of_another(headers: &HeaderMap, login: &session::SignedIn) -> bool {
    let opened_for = headers.get("x-baton-login");
    opened_for.is_some_and(|id| id.as_bytes() != login.actor.login.to_string().as_bytes())
}

/// Who must set a password may look at the session, set the password, and leave.
fn is_about_the_session(path: &str) -> bool {
    path == "/api/v1/session" || path.starts_with("/api/v1/session/")
}

impl FromRequestParts<House> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Caller, Problem> {
        refuse_foreign_sites(&parts.method, &parts.headers)?;
        let token = token_of(&parts.headers).ok_or_else(Problem::session_ended)?;
        let login = session::signed_in(house, &token)
            .await?
            .ok_or_else(Problem::session_ended)?;
        if is_page_of_another(&parts.headers, &login) {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "session.other_person",
                "这个浏览器已换了人登录，请以您本人的账号重新登录",
                "Somebody else has signed in to this browser; please sign in again as yourself",
            ));
        }
        // Nested routers see a shortened address; what was asked for is the original one.
        let asked = parts.extensions.get::<OriginalUri>();
        let path = asked.map_or_else(|| parts.uri.path(), |asked| asked.path());
        if login.must_change && !is_about_the_session(path) {
            return Err(Problem::new(
                StatusCode::FORBIDDEN,
                "session.must_change_password",
                "首次登录请先修改密码",
                "Please change the password first",
            ));
        }
        let mut by = By::person(login.actor.clone(), "password", &login.session);
        by.trace = trace_of(&parts.headers);
        Ok(Caller { by, login })
    }
}

/// The caller's name for this request; every POST that changes something needs one.
pub struct Keyed(pub IdempotencyKey);

impl FromRequestParts<House> for Keyed {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &House) -> Result<Keyed, Problem> {
        let value = parts
            .headers
            .get("idempotency-key")
            .and_then(|value| value.to_str().ok());
        let value = value.ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "request.idempotency_key_missing",
                "缺少请求头 Idempotency-Key",
                "The header Idempotency-Key is missing",
            )
            .remedy((
                "每个改动请求都要带一个不重复的编号，例如 UUID",
                "Each request that changes something carries a number of its own, such as a UUID",
            ))
        })?;
        Ok(Keyed(IdempotencyKey::parse(value)?))
    }
}

/// The name of the session cookie.
pub(crate) const COOKIE: &str = "baton_session";

pub(crate) fn token_of(headers: &HeaderMap) -> Option<String> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    if let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) {
        return Some(token.trim().to_owned());
    }
    let cookies = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let mut pairs = cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(name, _)| name.trim() == COOKIE)
        .map(|(_, value)| value.trim().to_owned())
}

fn trace_of(headers: &HeaderMap) -> String {
    let value = headers
        .get("x-request-id")
        .and_then(|value| value.to_str().ok());
    value.unwrap_or_default().chars().take(64).collect()
}

/// A page of another site must not act with the caller's cookie: besides `SameSite=Lax`, a write
/// from a browser must come from our own origin or carry our header.
pub(crate) fn refuse_foreign_sites(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    let reads = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let site = headers
        .get("sec-fetch-site")
        .and_then(|value| value.to_str().ok());
    let ours = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let named = headers.contains_key("x-baton") || headers.contains_key(header::AUTHORIZATION);
    if reads || (ours && (named || !headers.contains_key(header::COOKIE))) {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::FORBIDDEN,
        "request.foreign_site",
        "请求来自其他网站，已拒绝",
        "The request came from another site and was refused",
    )
    .remedy((
        "请在接棒的页面上操作；自己写的程序请带上请求头 X-Baton（任意值），或改用 Authorization",
        "Use the pages of Baton; a program of your own sends the header X-Baton (any value), or \
         Authorization instead of the cookie",
    )))
}
