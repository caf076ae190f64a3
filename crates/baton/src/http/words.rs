//! Every refusal is a problem in words, whoever refused 统一错误说明.
//!
//! Handlers refuse in words by themselves. What is refused before a handler sees it (a body that is
//! no JSON, a wrong method, a path that holds no number) or instead of one (a time-out, a panic)
//! comes as bare text; here it becomes a problem like all others. And what no column of the books
//! can hold, the character NUL, is refused before it comes near one.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Problem;
use super::problem::LOOK_FIRST;

/// The longest JSON body; a plan of ten thousand lines has half a million bytes.
const LONGEST: usize = 4 << 20;
/// How much of a bare text is read.
const BARE: usize = 16 << 10;

pub(crate) async fn in_words(request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    match checked(request).await {
        Ok(request) => reworded(next.run(request).await).await,
        Err(problem) => problem.into_response(),
    }
}

fn is(headers: &HeaderMap, kind: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE);
    value.is_some_and(|value| value.as_bytes().starts_with(kind.as_bytes()))
}

/// Whether a handler would read it as JSON, however it is spelt: `Application/JSON`,
/// `application/problem+json`.
fn carries_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE);
    let value = value.and_then(|value| value.to_str().ok());
    let kind = value.unwrap_or_default().split(';').next();
    let kind = kind.unwrap_or_default().trim().to_ascii_lowercase();
    kind.strip_prefix("application/")
        .is_some_and(|kind| kind == "json" || kind.ends_with("+json"))
}

/// A request whose JSON body is no longer than allowed and which nowhere holds a NUL.
async fn checked(request: Request) -> Result<Request, Problem> {
    let in_address = request.uri().to_string().contains("%00");
    let (parts, body) = request.into_parts();
    if !carries_json(&parts.headers) {
        return match in_address {
            true => Err(nul()),
            false => Ok(Request::from_parts(parts, body)),
        };
    }
    let bytes = to_bytes(body, LONGEST)
        .await
        .map_err(|_| bare(StatusCode::PAYLOAD_TOO_LARGE))?;
    let escaped = bytes.contains(&b'\\') && bytes.windows(6).any(|six| six == b"\\u0000");
    if in_address || escaped || bytes.contains(&0) {
        return Err(nul());
    }
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

fn nul() -> Problem {
    Problem::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "request.nul",
        "请求中含有不可用的字符（NUL）",
        "The request holds the character NUL",
    )
    .remedy((
        "请删除不可见字符后重试",
        "Delete the invisible characters and try again",
    ))
}

async fn reworded(response: Response) -> Response {
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || is(response.headers(), "application/problem+json") {
        return response;
    }
    let (parts, body) = response.into_parts();
    let text = to_bytes(body, BARE).await.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let mut problem = bare(status);
    if status.is_client_error() && !text.trim().is_empty() {
        problem = problem.at("", (in_chinese(text.trim()).as_str(), text.trim()));
    }
    let mut reworded = problem.into_response();
    // What was said about the answer stays said; only its body is another one.
    let body = [header::CONTENT_TYPE, header::CONTENT_LENGTH];
    for (name, value) in parts
        .headers
        .iter()
        .filter(|(name, _)| !body.contains(name))
    {
        reworded.headers_mut().append(name, value.clone());
    }
    reworded
}

/// The words for a status that came without any.
fn bare(status: StatusCode) -> Problem {
    let (code, zh, en, remedy) = match status {
        StatusCode::BAD_REQUEST => (
            "request.malformed",
            "请求格式不对，无法读取",
            "The request cannot be read",
            ("请核对地址与请求内容", "Check the address and the body"),
        ),
        StatusCode::UNPROCESSABLE_ENTITY => (
            "request.fields",
            "请求内容的字段不对",
            "A field of the request is missing, unknown or of a wrong kind",
            (
                "请核对各字段的名称与类型",
                "Check names and kinds of the fields",
            ),
        ),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (
            "request.media_type",
            "请求内容的类型不对",
            "The body has a wrong content type",
            ("请以 application/json 发送", "Send it as application/json"),
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "request.too_large",
            "请求内容过大",
            "The body is too large",
            ("请分几次提交", "Send it in several parts"),
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "request.method",
            "这个地址不支持此操作",
            "This address does not know the method",
            ("请核对接口说明", "See the description of the API"),
        ),
        StatusCode::NOT_FOUND => (
            "request.no_such_route",
            "没有这个接口",
            "There is no such route",
            ("请核对地址", "Check the address"),
        ),
        StatusCode::GATEWAY_TIMEOUT => (
            "fault.slow",
            "处理超时，不能确定是否已经保存",
            "It took too long; it may have been done all the same",
            LOOK_FIRST,
        ),
        status if status.is_client_error() => (
            "request.refused",
            "请求被拒绝",
            "The request was refused",
            ("请核对地址与请求内容", "Check the address and the body"),
        ),
        _ => (
            "fault",
            "系统出错了，没有任何改动被保存",
            "Something broke on our side; nothing was changed",
            (
                "请稍后再试；如果一直这样，请联系系统管理员",
                "Try again later; if it persists, ask the system administrator",
            ),
        ),
    };
    Problem::new(status, code, zh, en).remedy(remedy)
}

/// What the reader of a body or of an address said, in Chinese; what it quotes stays behind.
fn in_chinese(said: &str) -> String {
    let (whole, rest) = said.split_once(": ").unwrap_or((said, ""));
    let otherwise = match whole {
        "Failed to parse the request body as JSON" => "不是有效的 JSON",
        "Failed to deserialize the JSON body into the target type"
        | "Failed to deserialize query string" => "内容不对",
        _ => return "与接口说明不符".to_owned(),
    };
    let (said, place) = match rest.rsplit_once(" at line ") {
        Some((said, place)) => (
            said,
            format!("（第 {} 列）", place.replace(" column ", " 行第 ")),
        ),
        None => (rest, String::new()),
    };
    let (path, said) = match known(said) {
        Some(_) => ("", said),
        None => said.split_once(": ").unwrap_or(("", said)),
    };
    let what = known(said).or_else(|| chinese(said));
    let path = match path {
        "" => String::new(),
        path => format!("「{path}」"),
    };
    format!("{path}{}{place}", what.as_deref().unwrap_or(otherwise))
}

/// Our own types say it in Chinese.
fn chinese(said: &str) -> Option<String> {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    said.contains(han).then(|| said.to_owned())
}

/// A sentence of the reader itself.
fn known(said: &str) -> Option<String> {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let name = quoted.first().copied().unwrap_or_default();
    let begins = |with: &str| said.starts_with(with);
    if begins("missing field") {
        Some(format!("缺少字段 {name}"))
    } else if begins("unknown field") {
        Some(format!("没有名为 {name} 的字段"))
    } else if begins("duplicate field") {
        Some(format!("字段 {name} 重复"))
    } else if begins("unknown variant") {
        let choices = quoted.get(1..).unwrap_or_default().join("、");
        Some(format!("{name} 不是可选的值，可选的有 {choices}"))
    } else if begins("invalid type") {
        Some("类型不对".to_owned())
    } else if begins("invalid value") || begins("invalid length") {
        Some("值不对".to_owned())
    } else if begins("invalid digit") || begins("cannot parse integer") {
        Some("应为数字".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::in_chinese;

    #[test]
    fn what_a_reader_says_is_said_in_chinese() {
        let body = "Failed to deserialize the JSON body into the target type";
        for (said, told) in [
            (
                format!("{body}: missing field `to_id` at line 1 column 20"),
                "缺少字段 to_id（第 1 行第 20 列）",
            ),
            (
                format!(
                    "{body}: lines[0].amount: invalid type: integer `7`, expected a string \
                     at line 1 column 9"
                ),
                "「lines[0].amount」类型不对（第 1 行第 9 列）",
            ),
            (
                format!(
                    "{body}: kind: unknown variant `x`, expected `visit` or `call` \
                     at line 2 column 4"
                ),
                "「kind」x 不是可选的值，可选的有 visit、call（第 2 行第 4 列）",
            ),
            (
                format!("{body}: id: 编号「x」无效，应以 cus_ 开头 at line 1 column 9"),
                "「id」编号「x」无效，应以 cus_ 开头（第 1 行第 9 列）",
            ),
            (
                "Failed to parse the request body as JSON: expected value at line 1 column 1"
                    .to_owned(),
                "不是有效的 JSON（第 1 行第 1 列）",
            ),
            (
                "Failed to deserialize query string: limit: invalid digit found in string"
                    .to_owned(),
                "「limit」应为数字",
            ),
            (
                "Invalid URL: Cannot parse value".to_owned(),
                "与接口说明不符",
            ),
        ] {
            assert_eq!(in_chinese(&said), told, "{said}");
        }
    }
}
