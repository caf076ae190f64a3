//! The database server goes away and comes back.

use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode, header};
use baton::config::Config;
use baton::house::{House, Surroundings};
use serde_json::Value as Json;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt as _;

use crate::harness::Fresh;

/// A wire to the server, which can be cut.
struct Wire {
    port: u16,
    carrying: JoinHandle<()>,
}

impl Wire {
    /// Lays one from this port, or from any.
    async fn lay(port: u16, server: &str) -> Wire {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = server.to_owned();
        let carrying = tokio::spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((mut here, _)) = listener.accept().await {
                let server = server.clone();
                open.spawn(async move {
                    let mut there = TcpStream::connect(server).await.expect("the server");
                    let _ = copy_bidirectional(&mut here, &mut there).await;
                });
            }
        });
        Wire { port, carrying }
    }

    async fn cut(self) -> u16 {
        self.carrying.abort();
        assert!(self.carrying.await.is_err(), "it was carried until now");
        self.port
    }
}

/// The body of a problem.
async fn told(answer: Response<Body>) -> Json {
    let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
    serde_json::from_slice(&bytes).expect("a problem")
}

#[tokio::test]
async fn while_postgres_is_away_requests_are_told_to_come_back() {
    let Some(fresh) = Fresh::on_postgres().await else {
        return;
    };
    let address = fresh.database_url.expect("an address");
    let (who, place) = address.rsplit_once('@').expect("a password");
    let (server, name) = place.split_once('/').expect("a database");
    let wire = Wire::lay(0, server).await;
    let config = Config {
        data_dir: fresh.folder.path().to_owned(),
        database_url: Some(format!("{who}@127.0.0.1:{}/{name}", wire.port)),
        ..Config::default()
    };
    let house = House::open(config, Surroundings::default()).await;
    let router = baton::http::router(house.expect("the house opens"));
    let ask = async || {
        let request = Request::get("/api/v1/customers")
            .header("authorization", "Bearer nobody")
            .body(Body::empty());
        let answer = router.clone().oneshot(request.expect("a request")).await;
        answer.expect("an answer")
    };
    assert_eq!(ask().await.status(), StatusCode::UNAUTHORIZED);

    let port = wire.cut().await;
    // The first on a connection that was cut, the second on none at all.
    for _ in 0..2 {
        let answer = ask().await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "10");
        let problem = told(answer).await;
        assert_eq!(problem["code"], "fault.database_away");
        for words in ["title", "title_en", "remedy", "remedy_en"] {
            assert_ne!(problem[words], "", "{words}");
        }
    }

    let _again = Wire::lay(port, server).await;
    assert_eq!(ask().await.status(), StatusCode::UNAUTHORIZED);
}
