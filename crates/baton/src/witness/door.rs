//! The door of a witness 见证接口.

use std::sync::PoisonError;

use ::evidence::witness::Answer;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::Watch;

/// The routes: `POST /add-checkpoint`, `GET /<hash of origin>/checkpoint`, `GET /healthz`.
pub fn router(watch: Watch) -> Router {
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/{name}/checkpoint", get(checkpoint))
        .route("/healthz", get(|| async { "ok" }))
        // One byte more than the longest request, so that the engine says what is wrong with it.
        .layer(DefaultBodyLimit::max(65_537))
        .with_state(watch)
}

async fn add_checkpoint(State(watch): State<Watch>, body: String) -> Response {
    // The disk is waited for: not on a thread that serves others.
    let done = tokio::task::spawn_blocking(move || watch.answer(&body)).await;
    match done {
        Ok(Ok(answer)) => {
            let status = StatusCode::from_u16(answer.status());
            let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let kind = [(header::CONTENT_TYPE, answer.content_type())];
            (status, kind, answer.body()).into_response()
        }
        Ok(Err(why)) => {
            tracing::error!(why, "the witness could not keep what it would have signed");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(error) => {
            tracing::error!(%error, "the witness broke");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn checkpoint(State(watch): State<Watch>, Path(name): Path<String>) -> Response {
    let memory = watch.memory.lock().unwrap_or_else(PoisonError::into_inner);
    match memory.note(&name) {
        Some(note) => {
            let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
            (kind, note.to_owned()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

impl Watch {
    /// Decides about one request and remembers what is signed before answering.
    ///
    /// # Errors
    /// The disk failed: nothing was signed as far as anybody may know.
    pub fn answer(&self, body: &str) -> Result<Answer, String> {
        let seconds = u64::try_from(self.clock.now().unix_seconds()).unwrap_or_default();
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = self
            .witness
            .answer(body, |origin| memory.head(origin), seconds);
        if let Answer::Cosigned { head, lines } = &answer {
            let checkpoint = body.split_once("\n\n").map_or("", |(_, note)| note);
            let origin = checkpoint.lines().next().unwrap_or_default();
            memory.keep(origin, *head, format!("{checkpoint}{lines}"))?;
        }
        Ok(answer)
    }
}
