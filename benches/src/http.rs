//! A keep-alive connection to the program under test, as a browser holds one 长连接.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{COOKIE, SET_COOKIE};
use hyper::http::response::Parts;
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value;

use crate::Problem;

/// Keys of requests so far: one that comes again under the same name is answered, not carried out.
static KEYS: AtomicU64 = AtomicU64::new(0);

/// One connection, signed in or not.
pub struct Caller {
    sender: SendRequest<Full<Bytes>>,
    address: String,
    /// The cookie of the session.
    cookie: Option<String>,
}

/// An answer and how long it took, from the first byte sent to the last byte received.
pub struct Answer {
    /// The body, JSON or null.
    pub body: Value,
    /// The time.
    pub took: Duration,
    /// The cookie it sets, without its attributes.
    cookie: Option<String>,
}

impl Caller {
    /// Connects without signing in.
    pub async fn connect(address: &str) -> Result<Caller, Problem> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Caller {
            sender,
            address: address.to_owned(),
            cookie: None,
        })
    }

    /// Connects and signs in.
    pub async fn sign_in(address: &str, number: &str, password: &str) -> Result<Caller, Problem> {
        let mut caller = Caller::connect(address).await?;
        let body = serde_json::json!({ "number": number, "password": password });
        let answer = caller.post("/api/v1/session", &body).await?;
        let cookie = answer
            .cookie
            .ok_or_else(|| format!("no session for {number}"))?;
        caller.cookie = Some(cookie);
        Ok(caller)
    }

    /// Reads; an answer that is not 200 is a problem.
    pub async fn get(&mut self, path: &str) -> Result<Answer, Problem> {
        self.send(Method::GET, path, Bytes::new()).await
    }

    /// Writes, each time under a new key; an answer that is not 2xx is a problem.
    pub async fn post(&mut self, path: &str, body: &Value) -> Result<Answer, Problem> {
        let body = Bytes::from(serde_json::to_vec(body)?);
        self.send(Method::POST, path, body).await
    }

    /// The status of a reading request, whatever it is.
    pub async fn status(&mut self, path: &str) -> Result<u16, Problem> {
        let (head, _) = self.exchange(Method::GET, path, Bytes::new()).await?;
        Ok(head.status.as_u16())
    }

    async fn send(&mut self, method: Method, path: &str, body: Bytes) -> Result<Answer, Problem> {
        let started = Instant::now();
        let (head, bytes) = self.exchange(method.clone(), path, body).await?;
        let took = started.elapsed();
        if !head.status.is_success() {
            let text: String = String::from_utf8_lossy(&bytes).chars().take(400).collect();
            return Err(format!("{method} {path}: {} {text}", head.status).into());
        }
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        let cookie = head
            .headers
            .get(SET_COOKIE)
            .and_then(|value| value.to_str().ok());
        let cookie = cookie.and_then(|value| value.split(';').next().map(str::to_owned));
        Ok(Answer { body, took, cookie })
    }

    async fn exchange(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<(Parts, Bytes), Problem> {
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header("host", &self.address)
            .header("content-type", "application/json");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie).header("x-baton", "bench");
        }
        if method == Method::POST {
            let number = KEYS.fetch_add(1, Ordering::Relaxed);
            let key = format!("bench-{}-{number}", crate::data::unique());
            request = request.header("idempotency-key", key);
        }
        self.sender.ready().await?;
        let answer = self
            .sender
            .send_request(request.body(Full::new(body))?)
            .await?;
        let (head, body) = answer.into_parts();
        Ok((head, body.collect().await?.to_bytes()))
    }
}
