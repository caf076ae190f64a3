//! What goes wrong, in words, as RFC 9457 problem+json 错误.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use kernel::{Refusal, Words};
use serde::Serialize;
use spine::{Denied, Failure, Fault};
use utoipa::ToSchema;

/// What every handler gives.
pub type Reply<T> = Result<T, Problem>;

/// A failed request.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    /// Seconds after which it may be tried again.
    retry_after: Option<u16>,
    body: Box<Body>,
}

/// RFC 9457 with our fields.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Body {
    /// `urn:baton:problem:<code>`
    #[serde(rename = "type")]
    kind: String,
    /// The sentence to show, Chinese.
    title: String,
    /// The same in English.
    title_en: String,
    /// HTTP status.
    status: u16,
    /// Stable machine name.
    code: String,
    /// What would help, Chinese; may be empty.
    remedy: String,
    /// The same in English.
    remedy_en: String,
    /// The wrong places of the request.
    errors: Vec<Place>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Place {
    /// JSON pointer.
    pointer: String,
    /// What is wrong there, Chinese.
    detail: String,
    /// The same in English; may be empty.
    detail_en: String,
}

impl Problem {
    /// A problem without wrong places.
    #[must_use]
    pub fn new(status: StatusCode, code: &str, title: &str, title_en: &str) -> Problem {
        let body = Body {
            kind: format!("urn:baton:problem:{code}"),
            title: title.to_owned(),
            title_en: title_en.to_owned(),
            status: status.as_u16(),
            code: code.to_owned(),
            remedy: String::new(),
            remedy_en: String::new(),
            errors: Vec::new(),
        };
        Problem {
            status,
            retry_after: None,
            body: Box::new(body),
        }
    }

    /// Adds what would help.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<Words>) -> Problem {
        let Words { zh, en } = remedy.into();
        (self.body.remedy, self.body.remedy_en) = (zh, en);
        self
    }

    /// Says when it may be tried again (RFC 9110, section 10.2.3).
    fn retry_after(mut self, seconds: u16) -> Problem {
        self.retry_after = Some(seconds);
        self
    }

    /// Names a wrong place of the request.
    #[must_use]
    pub fn at(mut self, pointer: &str, detail: impl Into<Words>) -> Problem {
        let Words { zh, en } = detail.into();
        self.body.errors.push(Place {
            pointer: pointer.to_owned(),
            detail: zh,
            detail_en: en,
        });
        self
    }

    /// Nobody is logged in.
    #[must_use]
    pub fn session_ended() -> Problem {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "session-revoked",
            "请重新登录：登录已失效",
            "Please log in again: the session has ended",
        )
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let status = if refusal.conflict {
            StatusCode::CONFLICT
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        };
        let mut problem =
            Problem::new(status, &refusal.code, &refusal.message, &refusal.message_en)
                .remedy((refusal.remedy, refusal.remedy_en));
        let place = |f: kernel::FieldError| Place {
            pointer: f.pointer,
            detail: f.detail,
            detail_en: f.detail_en,
        };
        problem.body.errors = refusal.fields.into_iter().map(place).collect();
        problem
    }
}

impl From<Denied> for Problem {
    fn from(denied: Denied) -> Problem {
        if denied.known {
            let code = "access.denied";
            return Problem::new(
                StatusCode::FORBIDDEN,
                code,
                &denied.reason,
                &denied.reason_en,
            )
            .remedy(denied.remedy);
        }
        Problem::new(
            StatusCode::NOT_FOUND,
            "access.absent",
            "没有找到，或您无权查看",
            "Not found, or not yours to see",
        )
        .remedy((
            "请核对链接；记录可能已合并、撤回或移交他人",
            "Check the link; the record may have been merged, withdrawn or handed over",
        ))
    }
}

/// What helps where nobody knows whether it was done.
pub(super) const LOOK_FIRST: (&str, &str) = (
    "请先刷新页面，看看这一步是否已经完成，再决定是否重办",
    "Reload the page and see whether it was done before you do it again",
);

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Problem {
        if fault.is_passing() {
            tracing::warn!(%fault, "a request waited too long for another one");
            return Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "系统正忙于写入，等了太久没有轮到；没有任何改动被保存",
                "Others are writing, and this waited too long; nothing was changed",
            )
            .remedy(("请过几分钟再试", "Try again in a few minutes"))
            .retry_after(120);
        }
        tracing::error!(%fault, "a request failed on our side");
        if fault.is_uncertain() {
            return Problem::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "fault.uncertain",
                "与数据库的连接中断，不能确定是否已经保存",
                "The connection to the database broke; it may have been done all the same",
            )
            .remedy(LOOK_FIRST);
        }
        if fault.is_lost() {
            return Problem::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "fault.database_away",
                "连不上数据库，没有任何改动被保存",
                "The database cannot be reached; nothing was changed",
            )
            .remedy((
                "请稍后再试；如果几分钟后还是这样，请联系系统管理员检查数据库是否在运行",
                "Try again in a moment; if it lasts for minutes, ask the system administrator to \
                 see whether the database runs",
            ))
            .retry_after(10);
        }
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "fault",
            "系统出错了，没有任何改动被保存",
            "Something broke on our side; nothing was changed",
        )
        .remedy((
            "请稍后再试；如果一直这样，请联系系统管理员",
            "Try again later; if it persists, ask the system administrator",
        ))
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Problem {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Denied(denied) => denied.into(),
            Failure::Fault(fault) => fault.into(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        let kind = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        if let Some(seconds) = self.retry_after {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
