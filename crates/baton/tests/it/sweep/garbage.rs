//! Whatever is thrown at a route, the answer is a refusal in words; never a fault, never a panic.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value as Json, json};

use super::house::{Prepared, prepare};
use super::routes::{self, Kind, Route};
use crate::harness::{Login, World};

story!(
    garbage_is_refused_in_words,
    a_body_that_is_too_large_is_refused,
);

/// Somebody with so many rights that rules and stores are reached.
async fn powerful(world: &World, prepared: &Prepared) -> Login {
    let roles = [
        "executive",
        "finance",
        "hr",
        "legal",
        "data_steward",
        "sales_manager",
        "it",
    ];
    world.relogin(prepared.company.chief.id, &roles).await
}

fn strings() -> Vec<String> {
    vec![
        String::new(),
        "\u{0}".to_owned(),
        "2026-02-30".to_owned(),
        "999999999999999999999999999999.99".to_owned(),
        "92233720368547758.07".to_owned(),
        "-1".to_owned(),
        "'; DROP TABLE customer; --".to_owned(),
        "😀\u{202e}\u{7f}".to_owned(),
        "长".repeat(5_000),
    ]
}

/// Bodies that are wrong as a whole, and for every field of a right one a row of wrong values.
fn bodies(sound: &Json) -> Vec<Vec<u8>> {
    let mut bodies: Vec<Vec<u8>> = [
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"unheard_of\":1}",
        "\u{0}",
    ]
    .iter()
    .map(|text| text.as_bytes().to_vec())
    .collect();
    bodies.push(vec![0xff, 0xfe, b'{']);
    bodies.push("[".repeat(20_000).into_bytes());
    let Json::Object(fields) = sound else {
        return bodies;
    };
    for name in fields.keys() {
        let values = strings().into_iter().map(Json::from).chain([
            Json::Null,
            json!(-1),
            json!(i64::MAX),
            json!(1e300),
            json!([]),
            json!({ "amount": "92233720368547758.07", "currency": "CNY" }),
            json!({ "amount": "1.234", "currency": "USD" }),
        ]);
        for value in values {
            let mut body = sound.clone();
            body[name] = value;
            bodies.push(body.to_string().into_bytes());
        }
    }
    bodies
}

/// Ids and words that are none.
const IDS: &[&str] = &[
    "x",
    "0",
    "-1",
    "cus_",
    "%00",
    "%FF%FE",
    "..%2F..%2Fetc",
    "cus_00000000000000000000000000",
    "99999999999999999999",
    "%E5%AE%A2",
];
const QUERIES: &[&str] = &[
    "limit=-1",
    "limit=abc",
    "limit=99999999999999999999",
    "cursor=%%%",
    "cursor=bm9uc2Vuc2U",
    "cursor=WyIiLCIiXQ",
    "sort=nothing",
    "state=nothing",
    "from=yesterday",
    "as_of=2026-13-01",
    "on=0000-00-00",
    "by=%00",
    "owner=x",
    "q=%00",
    "q=%25%27%22",
    "kind=x&kind=y",
    "deep=perhaps",
    "departure=1",
    "customer=1",
    "subject=x%2Fy%2Fz",
    "by=owner&on=x",
    "index=1",
];

#[expect(clippy::too_many_lines, reason = "what is thrown stands in one place")]
async fn garbage_is_refused_in_words(world: World) {
    let prepared = prepare(&world).await;
    let login = powerful(&world, &prepared).await;
    let mut wrong = Vec::new();
    let mut knocks = 0_u32;
    for route in routes::all() {
        if route.path == "/session" && route.method == "DELETE" {
            continue;
        }
        let mut requests = Vec::new();
        let address = prepared.ids.address(&route);
        let headers = [
            ("content-type", "application/json"),
            ("idempotency-key", ""),
        ];
        if route.path.contains('{') {
            for id in IDS {
                requests.push((with_id(&route, id), headers, prepared.ids.filled(&route)));
            }
        }
        for query in QUERIES.iter().filter(|_| route.reads()) {
            let bare = address.split('?').next().unwrap_or_default();
            requests.push((format!("{bare}?{query}"), headers, Body::empty()));
        }
        if let Kind::Json(schema) = &route.body {
            for body in bodies(&prepared.ids.body(&route, schema)) {
                requests.push((address.clone(), headers, Body::from(body)));
            }
        }
        let odd = [
            [("content-type", "text/plain"), ("idempotency-key", "plain")],
            [
                ("content-type", "multipart/form-data"),
                ("idempotency-key", "no boundary"),
            ],
            [
                ("content-type", "application/json"),
                ("idempotency-key", " "),
            ],
            [
                ("content-type", "application/json; charset=gbk"),
                ("idempotency-key", "long"),
            ],
        ];
        for headers in odd {
            requests.push((address.clone(), headers, Body::from("{\"a\":")));
        }
        for (uri, headers, body) in requests {
            knocks += 1;
            let key = match headers[1].1 {
                "" => format!("garbage-{knocks}"),
                "long" => "k".repeat(5_000),
                odd => odd.to_owned(),
            };
            let request = Request::builder()
                .method(route.method.as_str())
                .uri(&uri)
                .header("authorization", login.bearer())
                .header("content-type", headers[0].1)
                .header("idempotency-key", key)
                .body(body)
                .expect("a request");
            if let Some(why) = judged(&world, request).await {
                wrong.push(format!("{} {uri}: {why}", route.method));
            }
        }
    }
    assert!(knocks > 3_000, "only {knocks} knocks");
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn with_id(route: &Route, id: &str) -> String {
    let parts = route
        .path
        .split('/')
        .map(|part| if part.starts_with('{') { id } else { part });
    format!("/api/v1{}", parts.collect::<Vec<_>>().join("/"))
}

/// What is wrong with an answer: nothing when it is a success or a problem in words.
async fn judged(world: &World, request: Request<Body>) -> Option<String> {
    let answer = world.knock(request).await;
    let status = answer.status();
    if status.is_success() {
        return None;
    }
    let kind = answer.headers().get("content-type").cloned();
    let bytes = to_bytes(answer.into_body(), 16 << 20)
        .await
        .expect("a body");
    let text = String::from_utf8_lossy(&bytes)
        .chars()
        .take(300)
        .collect::<String>();
    if !status.is_client_error() {
        return Some(format!("{status}: {text}"));
    }
    let body: Json = serde_json::from_slice(&bytes).unwrap_or(Json::Null);
    let problem = kind.is_some_and(|kind| kind == "application/problem+json");
    let chinese = body["title"]
        .as_str()
        .is_some_and(|title| title.chars().any(is_chinese));
    let fits = problem && chinese && body["status"] == status.as_u16();
    (!fits).then(|| format!("{status} is no problem in words: {text}"))
}

fn is_chinese(letter: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&letter)
}

async fn a_body_that_is_too_large_is_refused(world: World) {
    let prepared = prepare(&world).await;
    let login = powerful(&world, &prepared).await;
    for route in routes::all() {
        let Kind::Json(_) = route.body else { continue };
        let request = Request::builder()
            .method(route.method.as_str())
            .uri(prepared.ids.address(&route))
            .header("authorization", login.bearer())
            .header("idempotency-key", "large")
            .header("content-type", "application/json")
            .body(Body::from(vec![b' '; (4 << 20) + 1]))
            .expect("a request");
        let answer = world.knock(request).await;
        assert_eq!(answer.status().as_u16(), 413, "{}", route.name());
        let bytes = to_bytes(answer.into_body(), 1 << 20).await.expect("a body");
        let body: Json = serde_json::from_slice(&bytes).expect("a problem");
        assert_eq!(body["code"], "request.too_large");
    }
}
