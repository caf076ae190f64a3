//! The browser client, embedded in the binary 前端资源.

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../web/dist"]
#[allow_missing = true]
struct Assets;

/// What a page of ours may load: itself, and nothing from elsewhere.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
                      frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

/// Serves a file of the client, or its first page for any path the client's router knows.
pub(crate) async fn asset(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if path.starts_with("api/") {
        return crate::http::Problem::new(
            StatusCode::NOT_FOUND,
            "request.no_such_route",
            "没有这个接口",
            "There is no such route",
        )
        .into_response();
    }
    let hashed = path.starts_with("assets/");
    let name = if Assets::get(path).is_some() {
        path
    } else {
        "index.html"
    };
    if hashed && name == "index.html" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let accepts = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|v| v.to_str().ok());
    let brotli = accepts.is_some_and(|encodings| encodings.contains("br"));
    let packed = if brotli {
        Assets::get(&format!("{name}.br"))
    } else {
        None
    };
    let encoded = packed.is_some();
    let Some(file) = packed.or_else(|| Assets::get(name)) else {
        let text = "网页客户端没有编译进来；请运行 ./dev up，或只使用 /api/v1";
        return (StatusCode::NOT_FOUND, text).into_response();
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let keep = if hashed {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = (
        [
            (header::CONTENT_TYPE, kind.as_ref()),
            (header::CACHE_CONTROL, keep),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::VARY, "accept-encoding"),
        ],
        file.data,
    )
        .into_response();
    if encoded {
        let value = header::HeaderValue::from_static("br");
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, value);
    }
    response
}
