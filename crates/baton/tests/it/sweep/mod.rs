//! Every route tried by everybody who must not get anything from it, and with everything that must
//! not break it.
//!
//! What each caller may get stands in `routes.toml`, one line a route; a route without a line
//! fails, and so does a line that allows what is not given.

mod garbage;
mod house;
mod routes;

use axum::body::to_bytes;
use house::{CITIZEN, LEDGER_PHONE, OWN_PHONE, PHONE, Prepared, prepare, told};
use routes::{Ids, May, Route};

use crate::harness::{Login, World};

story!(
    every_route_refuses_who_has_no_business_there,
    no_list_history_or_proof_shows_a_full_number,
);

/// Status and text of an answer.
pub(crate) async fn call(
    world: &World,
    (ids, route): (&Ids, &Route),
    login: Option<&Login>,
    key: &str,
) -> (u16, String) {
    let mut request = ids.request(route, key);
    if let Some(login) = login {
        request = request.header("authorization", login.bearer());
    }
    let request = request.body(ids.filled(route)).expect("a request");
    let answer = world.knock(request).await;
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), 64 << 20)
        .await
        .expect("a body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let names: Vec<String> = routes::all().iter().map(Route::name).collect();
    let listed: Vec<String> = routes::listed().into_iter().map(|line| line.call).collect();
    for name in &names {
        assert!(listed.contains(name), "{name} has no line in routes.toml");
    }
    for name in &listed {
        assert!(
            names.contains(name),
            "{name} is in routes.toml and nowhere else"
        );
    }
    assert_eq!(names.len(), listed.len(), "a route is listed twice");
}

async fn every_route_refuses_who_has_no_business_there(world: World) {
    let prepared = prepare(&world).await;
    let lines = routes::listed();
    let mut routes = routes::all();
    // Reading first, so that nothing that is changed by the way is missing; leaving comes last.
    let leaving = |route: &Route| route.name() == "POST /departures";
    routes.sort_by_key(|route| (!route.reads(), leaving(route), route.name()));
    let mut wrong = Vec::new();
    for (who, login) in &prepared.callers {
        for route in &routes {
            let Some(line) = lines.iter().find(|line| line.call == route.name()) else {
                continue;
            };
            let key = format!("sweep-{who}-{}", route.name());
            // Some calls end the caller's sessions; each has one of its own.
            let login = match login {
                Some(login) if !route.reads() => Some(world.log_in(login.id).await),
                other => other.clone(),
            };
            let (status, text) = call(&world, (&prepared.ids, route), login.as_ref(), &key).await;
            let fits = judge(&prepared, who, line.may(who), status, &text);
            if let Err(why) = fits {
                let text: String = text.chars().take(300).collect();
                wrong.push(format!("{who}: {} → {status}: {why}: {text}", route.name()));
            }
            if line.may(who) != May::Never && line.why.trim().is_empty() {
                wrong.push(format!(
                    "{}: {who} may, and no reason says why",
                    route.name()
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn judge(prepared: &Prepared, who: &str, may: May, status: u16, text: &str) -> Result<(), String> {
    let refused = if who == "nobody" {
        status == 401
    } else {
        matches!(status, 403 | 404)
    };
    // What is somebody else's is never told to those who may not read it. An auditor sees the log's
    // ids, which tell nothing.
    let stranger = who != "leaver";
    let secrets = told(
        prepared,
        text,
        matches!(who, "nobody" | "stranger" | "colleague"),
    );
    if stranger && may != May::Open && !secrets.is_empty() {
        return Err(format!("tells {}", secrets.join(", ")));
    }
    if status >= 500 {
        return Err("a fault".to_owned());
    }
    match may {
        May::Never if refused => Ok(()),
        May::Never => Err("must be refused".to_owned()),
        May::Refused if status < 400 => Err("must be refused".to_owned()),
        _ if refused => Err("refused, so its line in routes.toml excuses nothing".to_owned()),
        May::Refused | May::Nothing | May::Own | May::Open => Ok(()),
    }
}

/// Whoever asks, and however much he may read: no number is shown in full but by a look of its own.
async fn no_list_history_or_proof_shows_a_full_number(world: World) {
    let prepared = prepare(&world).await;
    let company = &prepared.company;
    let everything = world
        .login(
            None,
            &[
                "executive",
                "finance",
                "hr",
                "legal",
                "data_steward",
                "sales_manager",
            ],
        )
        .await;
    let look = serde_json::json!({ "reason": "核对联系方式" });
    let path = format!("/contacts/{}/reveal", prepared.ids.0["contacts"]);
    let shown = world.post(&company.chief.login, &path, look).await.ok();
    assert_eq!(shown["phone"], PHONE, "the number is there to be shown");
    let mut addresses: Vec<(String, String)> = routes::all()
        .iter()
        .filter(|route| route.reads())
        .map(|route| (route.name(), prepared.ids.address(route)))
        .collect();
    let counted = "SELECT CAST(count(*) AS TEXT) AS n FROM log_entry";
    let size: u64 = world.texts(counted, &["n"]).await[0][0]
        .parse()
        .expect("a number");
    addresses.extend((0..size).map(|n| (format!("entry {n}"), format!("/api/v1/evidence/{n}"))));
    for about in ["customers", "employees", "departures", "handover-plans"] {
        let noun = match about {
            "customers" => "customer",
            "employees" => "employee",
            "departures" => "departure",
            _ => "plan",
        };
        let subject = format!("{noun}/{}", prepared.ids.0[about]);
        let address = format!("/api/v1/evidence?subject={subject}");
        addresses.push((format!("history of a {noun}"), address));
    }
    for part in ["13812341234", "1234", "zhao"] {
        addresses.push(("search".to_owned(), format!("/api/v1/customers?q={part}")));
        addresses.push(("search".to_owned(), format!("/api/v1/employees?q={part}")));
    }
    for login in [
        &everything,
        &company.chief.login,
        &company.hr.login,
        &company.finance.login,
    ] {
        for (name, address) in &addresses {
            let request = axum::http::Request::get(address)
                .header("authorization", login.bearer())
                .body(axum::body::Body::empty())
                .expect("a request");
            let answer = world.knock(request).await;
            let bytes = to_bytes(answer.into_body(), 64 << 20)
                .await
                .expect("a body");
            let text = String::from_utf8_lossy(&bytes);
            let full = [PHONE, OWN_PHONE, LEDGER_PHONE, CITIZEN, "zhao@example.com"];
            for number in full {
                assert!(!text.contains(number), "{name} shows {number}: {text}");
            }
        }
    }
}
