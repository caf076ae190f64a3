//! One question over HTTP 调用见证方.
//!
//! Plain HTTP: what is sent is public among those who watch the log, and what comes back proves
//! itself by its signature. A witness behind TLS is reached through a proxy.

use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;

/// A witness that takes longer is asked again later.
const LONGEST_WAIT: Duration = Duration::from_secs(10);
/// Cosignature lines are short.
const LONGEST_ANSWER: usize = 65_536;

/// Where a witness is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// `host:port`
    host: String,
    /// `/prefix/add-checkpoint`
    path: String,
}

impl Address {
    /// Reads `http://host[:port][/prefix]`.
    pub(super) fn of(url: &str) -> Result<Address, String> {
        let rest = url.strip_prefix("http://").ok_or_else(|| {
            format!("「{url}」应以 http:// 开头；https 见证方请经由代理 use http://, or a proxy")
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
            path: format!("{slash}{prefix}/add-checkpoint"),
        })
    }
}

/// Sends a body; status and text of the answer.
pub(super) async fn post(address: &Address, body: String) -> Result<(u16, String), String> {
    match tokio::time::timeout(LONGEST_WAIT, exchange(address, body)).await {
        Ok(answer) => answer,
        Err(_) => Err(format!("{} 秒内没有答复 no answer", LONGEST_WAIT.as_secs())),
    }
}

async fn exchange(address: &Address, body: String) -> Result<(u16, String), String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let stream = tokio::net::TcpStream::connect(&address.host).await;
    let stream = stream.map_err(|error| words(&error))?;
    let (mut sender, connection) = handshake(TokioIo::new(stream))
        .await
        .map_err(|error| words(&error))?;
    // Ends with the sender, at the end of this function.
    tokio::spawn(connection);
    let request = Request::post(&address.path)
        .header(HOST, &address.host)
        .header(CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Full::new(Bytes::from(body)))
        .map_err(|error| words(&error))?;
    let answer = sender.send_request(request).await;
    let answer = answer.map_err(|error| words(&error))?;
    let status = answer.status().as_u16();
    let body = Limited::new(answer.into_body(), LONGEST_ANSWER)
        .collect()
        .await;
    let body = body.map_err(|error| error.to_string())?.to_bytes();
    let text = String::from_utf8(body.to_vec()).map_err(|error| words(&error))?;
    Ok((status, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_or_refused() {
        let read = |url: &str| Address::of(url).map(|a| (a.host, a.path)).ok();
        let at = |host: &str, path: &str| Some((host.to_owned(), path.to_owned()));
        assert_eq!(read("http://w.cn"), at("w.cn:80", "/add-checkpoint"));
        assert_eq!(read("http://w.cn:81/"), at("w.cn:81", "/add-checkpoint"));
        let within = read("http://[::1]:9/a/b/");
        assert_eq!(within, at("[::1]:9", "/a/b/add-checkpoint"));
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
