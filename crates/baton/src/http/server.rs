//! Routes, middleware, and a clean stop 服务.

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::from_fn;
use axum::routing::get;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tower::ServiceBuilder;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use super::assets;
use super::words::in_words;
use crate::house::House;
use crate::{
    alert, approval, bundle, commission, customer, departure, document, evidence, handover, import,
    job, people, receivable, rules, session, signing, system,
};

#[derive(OpenApi)]
#[openapi(info(
    title = "Baton 接棒",
    description = "Customer ownership, receivables and consent change hands together, provably.",
    license(name = "Apache-2.0", identifier = "Apache-2.0")
))]
struct Description;

/// Every route of `/api/v1`, with its description.
#[must_use]
pub fn api() -> OpenApiRouter<House> {
    OpenApiRouter::with_openapi(Description::openapi())
        .nest("/api/v1", session::api::routes())
        .nest("/api/v1", approval::api::routes())
        .nest("/api/v1", people::api::routes())
        .nest("/api/v1", customer::api::routes())
        .nest("/api/v1", receivable::api::routes())
        .nest("/api/v1", departure::api::routes())
        .nest("/api/v1", handover::api::routes())
        .nest("/api/v1", commission::api::routes())
        .nest("/api/v1", rules::api::routes())
        .nest("/api/v1", document::api::routes())
        .nest("/api/v1", signing::api::routes())
        .nest("/api/v1", import::api::routes())
        .nest("/api/v1", evidence::api::routes())
        .nest("/api/v1", bundle::api::routes())
        .nest("/api/v1", alert::api::routes())
        .nest("/api/v1", job::api::routes())
        .nest("/api/v1", system::api::routes())
}

/// The description of the API, OpenAPI 3.1, as it is committed in `docs/openapi.json`.
///
/// # Errors
/// When the description cannot be serialised.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    let (_, description) = api().split_for_parts();
    Ok(description.to_pretty_json()? + "\n")
}

/// The whole surface; tests call it without a socket.
pub fn router(house: House) -> Router {
    let id = HeaderName::from_static("x-request-id");
    let (routes, _) = api().split_for_parts();
    routes
        .layer(ours_alone(header::CACHE_CONTROL, "no-store"))
        .layer(ours_alone(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .fallback(assets::asset)
        .layer(
            ServiceBuilder::new()
                .layer(SetRequestIdLayer::new(id.clone(), MakeRequestUuid))
                .layer(TraceLayer::new_for_http().make_span_with(in_the_log))
                .layer(PropagateRequestIdLayer::new(id))
                .layer(CatchPanicLayer::new())
                .layer(TimeoutLayer::with_status_code(
                    StatusCode::GATEWAY_TIMEOUT,
                    Duration::from_secs(120),
                ))
                .layer(DefaultBodyLimit::max(64 * 1024 * 1024)),
        )
        .layer(from_fn(in_words))
        .layer(CompressionLayer::new())
        .with_state(house)
}

/// What the log says of a request. Behind the path stands who was looked for, which it leaves out.
fn in_the_log(request: &Request) -> tracing::Span {
    tracing::debug_span!(
        target: "tower_http::trace::make_span",
        "request",
        method = %request.method(),
        path = request.uri().path(),
        version = ?request.version(),
    )
}

/// A header of every answer of the API that does not say it itself: what it tells of people and
/// money stays out of caches, and is taken for what it says it is.
fn ours_alone(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

async fn ready(State(house): State<House>) -> Result<&'static str, StatusCode> {
    house
        .spine
        .db()
        .ping()
        .await
        .map(|()| "ready")
        .map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}

async fn metrics(State(house): State<House>) -> String {
    house.metrics.text(&house).await
}

/// Hears Ctrl-C and SIGTERM from the moment it is made: a program that says it runs must not be cut
/// off in the middle of its first breath.
pub struct StopSignals {
    interrupt: Signal,
    terminate: Signal,
}

impl StopSignals {
    /// Begins to listen.
    ///
    /// # Errors
    /// When the operating system gives no signals.
    pub fn listen() -> std::io::Result<StopSignals> {
        Ok(StopSignals {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    pub(crate) async fn heard(mut self) {
        tokio::select! { _ = self.interrupt.recv() => {}, _ = self.terminate.recv() => {} }
        tracing::info!("stopping after the requests in hand");
    }
}

/// Serves until a signal to stop, then finishes the requests in hand.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    house: House,
    listener: tokio::net::TcpListener,
    stop: StopSignals,
) -> std::io::Result<()> {
    let background = house.start_background();
    axum::serve(listener, router(house.clone()))
        .with_graceful_shutdown(stop.heard())
        .await?;
    background.stop().await;
    house.spine.db().close().await;
    Ok(())
}
