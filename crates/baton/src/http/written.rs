//! What a change answers 写入结果.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use spine::Answer;
use utoipa::ToSchema;

/// The answer to a change: what it made or touched, and its proof.
#[derive(Debug, Serialize, ToSchema)]
pub struct Written {
    /// Id of the thing; absent when the act waits for an approval.
    pub id: Option<String>,
    /// Index of the entry in the evidence log; absent when the act waits.
    pub entry: Option<u64>,
    /// The case under which the act waits for an approval.
    pub case_id: Option<String>,
    #[serde(skip)]
    made: bool,
}

impl Written {
    /// A thing was made (201), or the act is held (202).
    #[must_use]
    pub fn made<O>(answer: &Answer<O>, id: impl FnOnce(&O) -> String) -> Written {
        Written {
            made: true,
            ..Written::changed(answer, id)
        }
    }

    /// A thing was changed (200), or the act is held (202).
    #[must_use]
    pub fn changed<O>(answer: &Answer<O>, id: impl FnOnce(&O) -> String) -> Written {
        match answer {
            Answer::Done(done) => Written {
                id: Some(id(&done.outcome)),
                entry: done.entry,
                case_id: None,
                made: false,
            },
            Answer::Held { case } => Written {
                id: None,
                entry: None,
                case_id: Some(case.clone()),
                made: false,
            },
        }
    }
}

impl IntoResponse for Written {
    fn into_response(self) -> Response {
        let status = match (&self.case_id, self.made) {
            (Some(_), _) => StatusCode::ACCEPTED,
            (None, true) => StatusCode::CREATED,
            (None, false) => StatusCode::OK,
        };
        (status, Json(self)).into_response()
    }
}
