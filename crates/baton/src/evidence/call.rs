//! One question over HTTP to a witness or a timestamp authority 调用见证方与时间戳机构.
//!
//! By `https`, or by plain `http`: what is sent is a digest or public among those who watch the
//! log, and what comes back proves itself by its signature. This is the one place where the house
//! calls anybody.

use std::path::Path;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1::handshake;
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use hyper_util::rt::TokioIo;
use spine::Fault;
use tokio::io::{AsyncRead, AsyncWrite};

use super::tls::Tls;

/// Cosignature lines and tokens are short.
const LONGEST_ANSWER: usize = 65_536;

/// Where somebody is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// `host:port`
    host: String,
    /// Whether it is spoken to by TLS.
    tls: bool,
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
    /// Reads `http[s]://host[:port][/prefix]` and appends `tail`, if there is one.
    pub(super) fn of(url: &str, tail: &str) -> Result<Address, String> {
        let (tls, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (None, Some(rest)) => (false, rest),
            (None, None) => {
                return Err(format!(
                    "「{url}」应以 https:// 或 http:// 开头 use https:// or http://"
                ));
            }
        };
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
        let port = match (has_port, tls) {
            (true, _) => "",
            (false, true) => ":443",
            (false, false) => ":80",
        };
        Ok(Address {
            host: format!("{host}{port}"),
            tls,
            path: match format!("{slash}{prefix}{tail}") {
                empty if empty.is_empty() => "/".to_owned(),
                path => path,
            },
        })
    }
}

/// The line to the world outside; cheap to clone.
#[derive(Clone)]
pub(super) struct Line {
    /// Nothing while no address asks for it.
    tls: Option<Tls>,
}

impl Line {
    /// Ready for these addresses.
    ///
    /// # Errors
    /// [`Fault`] when one of them wants TLS and there is nobody to believe.
    pub(super) fn open<'a>(
        roots: Option<&Path>,
        mut addresses: impl Iterator<Item = &'a Address>,
    ) -> Result<Line, Fault> {
        let wanted = addresses.any(|address| address.tls);
        let tls = wanted.then(|| Tls::open(roots)).transpose()?;
        Ok(Line { tls })
    }

    /// Sends a question; status and bytes of the answer.
    pub(super) async fn post(
        &self,
        address: &Address,
        asked: Question,
    ) -> Result<(u16, Vec<u8>), String> {
        let wait = asked.wait;
        match tokio::time::timeout(wait, self.connect(address, asked)).await {
            Ok(answer) => answer,
            Err(_) => Err(format!("{} 秒内没有答复 no answer", wait.as_secs())),
        }
    }

    async fn connect(&self, address: &Address, asked: Question) -> Result<(u16, Vec<u8>), String> {
        let stream = tokio::net::TcpStream::connect(&address.host).await;
        let stream = stream.map_err(|error| error.to_string())?;
        if !address.tls {
            return exchange(stream, address, asked).await;
        }
        let (host, _) = address.host.rsplit_once(':').unwrap_or_default();
        let tls = self.tls.as_ref().ok_or("TLS was not prepared")?;
        exchange(tls.greet(host, stream).await?, address, asked).await
    }
}

async fn exchange<S>(
    stream: S,
    address: &Address,
    asked: Question,
) -> Result<(u16, Vec<u8>), String>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let words = |error: &dyn std::fmt::Display| error.to_string();
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
        assert_eq!(read("https://w.cn"), at("w.cn:443", "/add-checkpoint"));
        assert_eq!(read("https://w.cn:1/a"), at("w.cn:1", "/a/add-checkpoint"));
        assert_eq!(read("http://w.cn:81/"), at("w.cn:81", "/add-checkpoint"));
        let within = read("http://[::1]:9/a/b/");
        assert_eq!(within, at("[::1]:9", "/a/b/add-checkpoint"));
        let bare = |url: &str| Address::of(url, "").map(|a| a.path).ok();
        assert_eq!(bare("http://tsa.cn").as_deref(), Some("/"));
        assert_eq!(bare("http://tsa.cn/rfc3161/").as_deref(), Some("/rfc3161"));
        for bad in [
            "ftp://w.cn",
            "https://",
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
