//! A keep-alive connection to the program under test, as a browser holds one 长连接.

use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Method, Request};
use hyper_util::rt::TokioIo;
use serde_json::Value;

use crate::Problem;

/// One connection, signed in or not.
pub struct Caller {
    sender: SendRequest<Full<Bytes>>,
    address: String,
    token: Option<String>,
    keys: u64,
}

/// An answer and how long it took, from the first byte sent to the last byte received.
pub struct Answer {
    /// The body, JSON or null.
    pub body: Value,
    /// The time.
    pub took: Duration,
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
            token: None,
            keys: 0,
        })
    }

    /// Connects and signs in.
    pub async fn sign_in(address: &str, number: &str, password: &str) -> Result<Caller, Problem> {
        let mut caller = Caller::connect(address).await?;
        let body = serde_json::json!({ "number": number, "password": password });
        let answer = caller.post("/api/v1/session", &body).await?;
        let token = answer.body.get("token").and_then(Value::as_str);
        caller.token = Some(
            token
                .ok_or_else(|| format!("no token for {number}"))?
                .to_owned(),
        );
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
        Ok(self.exchange(Method::GET, path, Bytes::new()).await?.0)
    }

    async fn send(&mut self, method: Method, path: &str, body: Bytes) -> Result<Answer, Problem> {
        let started = Instant::now();
        let (status, bytes) = self.exchange(method.clone(), path, body).await?;
        let took = started.elapsed();
        if !(200..300).contains(&status) {
            let text: String = String::from_utf8_lossy(&bytes).chars().take(400).collect();
            return Err(format!("{method} {path}: {status} {text}").into());
        }
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Answer { body, took })
    }

    async fn exchange(
        &mut self,
        method: Method,
        path: &str,
        body: Bytes,
    ) -> Result<(u16, Bytes), Problem> {
        let mut request = Request::builder()
            .method(&method)
            .uri(path)
            .header("host", &self.address)
            .header("content-type", "application/json");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if method == Method::POST {
            self.keys += 1;
            let key = format!("bench-{}-{}", crate::data::unique(), self.keys);
            request = request.header("idempotency-key", key);
        }
        self.sender.ready().await?;
        let answer = self
            .sender
            .send_request(request.body(Full::new(body))?)
            .await?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }
}
