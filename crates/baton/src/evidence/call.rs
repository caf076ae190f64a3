//! One question over HTTP to a witness or a timestamp authority 调用见证方与时间戳机构.
//!
//! Plain HTTP: what is sent is a digest or public among those who watch the log, and what comes
//! back proves itself by its signature. Whoever is behind TLS is reached through a proxy.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;

/// Cosignature lines and tokens are short.
const LONGEST_ANSWER: usize = 65_536;

/// Where somebody is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// `host:port`
    host: String,
    /// `/prefix/tail`
    path: String,
}

/// What is sent.
pub(super) struct Question {
    pub(super) body: Vec<u8>,
    pub(super) content_type: &'static str,
    /// The value of `Authorization`.
    pub(super) login: Option<String>,
    /// Whoever takes longer is asked again later.
    pub(super) wait: Duration,
}

impl Address {
    /// Reads `http://host[:port][/prefix]` and appends `tail`, if there is one.
    pub(super) fn of(url: &str, tail: &str) -> Result<Address, String> {
        let rest = url.strip_prefix("http://").ok_or_else(|| {
            format!("「{url}」应以 http:// 开头；https 地址请经由代理 use http://, or a proxy")
        })?;
        let (host, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let plain = |c: char| c.is_ascii_graphic() && !"\"<>@?#\\".contains(c);
        if host.is_empty() || !rest.chars().all(plain) {
            return Err(format!("「{url}」不是可用的地址 not an address"));
        }
        let prefix = prefix.trim_end_matches('/');
        let slash = if prefix.is_empty() { "" } else { "/" };
        let has_port = host
            .rsplit_once(':')
            .is_some_and(|(_, port)| port.parse::<u16>().is_ok());
        let port = if has_port { "" } else { ":80" };
        Ok(Address {
            host: format!("{host}{port}"),
            path: match format!("{slash}{prefix}{tail}") {
                empty if empty.is_empty() => "/".to_owned(),
                path => path,
            },
        })
    }
}

/// Sends a question; status and bytes of the answer.
pub(super) async fn post(address: &Address, asked: Question) -> Result<(u16, Vec<u8>), String> {
    let wait = asked.wait;
    match tokio::time::timeout(wait, exchange(address, asked)).await {
        Ok(answer) => answer,
        Err(_) => Err(format!("{} 秒内没有答复 no answer", wait.as_secs())),
    }
}

async fn exchange(address: &Address, asked: Question) -> Result<(u16, Vec<u8>), String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let stream = tokio::net::TcpStream::connect(&address.host).await;
    let stream = stream.map_err(|error| words(&error))?;
    let (mut sender, connection) = handshake(TokioIo::new(stream))
        .await
        .map_err(|error| words(&error))?;
    // Ends with the sender, at the end of this function.
    tokio::spawn(connection);
    let mut request = Request::post(&address.path)
        .header(HOST, &address.host)
        .header(CONTENT_TYPE, asked.content_type);
    if let Some(login) = asked.login {
        request = request.header(AUTHORIZATION, login);
    }
    let request = request
        .body(Full::new(Bytes::from(asked.body)))
        .map_err(|error| words(&error))?;
    let answer = sender.send_request(request).await;
    let answer = answer.map_err(|error| words(&error))?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), LONGEST_ANSWER)
        .collect()
        .await;
    let body = body.map_err(|error| error.to_string())?.to_bytes();
    Ok((status, body.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_or_refused() {
        let read = |url: &str| {
            Address::of(url, "/add-checkpoint")
                .map(|a| (a.host, a.path))
                .ok()
        };
        let at = |host: &str, path: &str| Some((host.to_owned(), path.to_owned()));
        assert_eq!(read("http://w.cn"), at("w.cn:80", "/add-checkpoint"));
        assert_eq!(read("http://w.cn:81/"), at("w.cn:81", "/add-checkpoint"));
        let within = read("http://[::1]:9/a/b/");
        assert_eq!(within, at("[::1]:9", "/a/b/add-checkpoint"));
        let bare = |url: &str| Address::of(url, "").map(|a| a.path).ok();
        assert_eq!(bare("http://tsa.cn").as_deref(), Some("/"));
        assert_eq!(bare("http://tsa.cn/rfc3161/").as_deref(), Some("/rfc3161"));
        for bad in [
            "https://w.cn",
            "w.cn",
            "http://",
            "http://a b",
            "http://u@w.cn",
            "http:///x",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
