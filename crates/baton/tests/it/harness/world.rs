//! One house under test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use baton::config::Config;
use baton::house::{House, Surroundings};
use baton::session::acts::{
    add_login::AddLogin, open::Open, set_access::SetAccess, set_roles::SetRoles,
};
use kernel::{Day, EmployeeId, LoginId, Moment};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use spine::{Act, By, FixedClock, LogRow, Query, SeededChance};
use tempfile::TempDir;
use tower::ServiceExt as _;

use super::fresh::Fresh;

/// The day on which every story begins, noon in Shanghai.
const BEGIN: &str = "2026-11-22T04:00:00.000Z";

/// A house, its clock and its door.
pub(crate) struct World {
    /// The house itself.
    pub(crate) house: House,
    /// What it takes for the time.
    pub(crate) clock: Arc<FixedClock>,
    router: Router,
    count: AtomicU64,
    _folder: TempDir,
}

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub(crate) struct Login {
    pub(crate) id: LoginId,
    token: String,
}

/// What a request got.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Json,
}

impl Login {
    /// The header that says who asks.
    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

impl Answer {
    /// The body of an answer that must be a success.
    #[track_caller]
    pub(crate) fn ok(self) -> Json {
        assert!(self.status.is_success(), "{}: {}", self.status, self.body);
        self.body
    }

    /// The id in the answer to a change that must succeed.
    #[track_caller]
    pub(crate) fn id(self) -> String {
        let body = self.ok();
        body["id"]
            .as_str()
            .unwrap_or_else(|| panic!("no id in {body}"))
            .to_owned()
    }

    /// The code of a problem with this status.
    #[track_caller]
    pub(crate) fn problem(self, status: u16) -> String {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self.body["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl World {
    /// A house with its own SQLite file.
    pub(crate) async fn on_sqlite() -> World {
        World::open(Fresh::on_sqlite().await).await
    }

    /// A house with its own PostgreSQL database; none when there is no server to test on.
    pub(crate) async fn on_postgres() -> Option<World> {
        Some(World::open(Fresh::on_postgres().await?).await)
    }

    async fn open(fresh: Fresh) -> World {
        let Fresh {
            folder,
            database_url,
        } = fresh;
        let clock = Arc::new(FixedClock::at(BEGIN.parse::<Moment>().expect("a moment")));
        let config = Config {
            data_dir: folder.path().to_owned(),
            database_url,
            // A request that holds one and waits for a second would wait for ever here, and under
            // load in a real house. Besides, each connection plans what it is asked anew.
            readers: 1,
            writers: 1,
            handover_customers_per_hour: 20,
            handover_customers_per_day: 21,
            ..Config::default()
        };
        let chance = Arc::new(SeededChance::new(7));
        let surroundings = Surroundings {
            clock: clock.clone(),
            chance,
        };
        let house = House::open(config, surroundings)
            .await
            .expect("the house opens");
        let router = baton::http::router(house.clone());
        World {
            house,
            clock,
            router,
            count: AtomicU64::new(0),
            _folder: folder,
        }
    }

    /// The same house, watched by the witnesses of this policy file.
    pub(crate) fn watched(mut self, policy: &std::path::Path) -> World {
        let config = Config {
            witnesses: Some(policy.to_owned()),
            ..(*self.house.config).clone()
        };
        let witnesses = baton::evidence::witnesses::Witnesses::open(&config);
        self.house.witnesses = Arc::new(witnesses.expect("a policy"));
        self.router = baton::http::router(self.house.clone());
        self
    }

    /// The same house, which believes this timestamp authority, and asks it where it is reached.
    pub(crate) fn stamped(mut self, tsa: &crate::tsa::Tsa, login: Option<(&str, &str)>) -> World {
        let config = Config {
            tsa_url: tsa.url.clone(),
            tsa_certificates: Some(tsa.root()),
            tsa_revocation_lists: tsa.is_listed.then(|| tsa.lists()),
            tls_roots: tsa.roots.clone(),
            tsa_user: login.map(|(user, _)| user.to_owned()),
            tsa_password: login.map(|(_, password)| password.to_owned()),
            ..(*self.house.config).clone()
        };
        let stamps = baton::evidence::stamps::Stamps::open(&config);
        self.house.stamps = Arc::new(stamps.expect("certificates"));
        self.router = baton::http::router(self.house.clone());
        self
    }

    /// The same house, which keeps a second log with SM3 and SM2.
    pub(crate) fn twofold(mut self) -> World {
        let (spine, dice) = (self.house.spine.clone(), SeededChance::new(11));
        let origin = self.house.signing.key().origin().to_owned();
        let folder = &self.house.config.data_dir;
        let second = spine::SmSigning::open(spine, &origin, folder, &dice);
        self.house.second = Some(Arc::new(second.expect("a key")));
        self.router = baton::http::router(self.house.clone());
        self
    }

    /// Sends bytes as they are.
    pub(crate) async fn send_bytes(&self, login: &Login, path: &str, bytes: Vec<u8>) -> Answer {
        let key = format!("send-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let request = Request::post(format!("/api/v1{path}"))
            .header("idempotency-key", key)
            .header("content-type", "application/octet-stream")
            .header("authorization", login.bearer())
            .body(Body::from(bytes));
        let answer = self.router.clone().oneshot(request.expect("a request"));
        let answer = answer.await.expect("an answer");
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 16 << 20)
            .await
            .expect("a body");
        let body = serde_json::from_slice(&bytes).unwrap_or(Json::Null);
        Answer { status, body }
    }

    /// Today, in the business time zone.
    pub(crate) fn today(&self) -> Day {
        self.house.spine.now().day_in(self.house.spine.zone())
    }

    /// Lets days pass.
    pub(crate) fn pass_days(&self, days: i64) {
        self.clock
            .set(self.house.spine.now().plus_seconds(days * 86_400));
    }

    /// Runs every job that is due, as the house does beside its requests.
    pub(crate) async fn run_jobs(&self) {
        loop {
            let jobs = self.house.spine.take_jobs("test", 8).await.expect("jobs");
            if jobs.is_empty() {
                return;
            }
            for job in jobs {
                let line = baton::registry::job(&job.kind).expect("a known kind of job");
                let ran = (line.run)(&self.house, &job).await.expect("the job runs");
                self.house
                    .spine
                    .job_ran(job.id, ran)
                    .await
                    .expect("the job ends");
            }
        }
    }

    /// The system does something that must succeed.
    pub(crate) async fn done<A: Act>(&self, act: &A) -> A::Outcome {
        let answer = self
            .house
            .spine
            .perform(act, &By::system("test"), None)
            .await;
        answer
            .and_then(spine::Answer::done)
            .expect("the act succeeds")
            .outcome
    }

    /// Opens a login with these roles and logs in.
    pub(crate) async fn login(&self, employee: Option<EmployeeId>, roles: &[&str]) -> Login {
        let number = format!("L{:05}", self.count.fetch_add(1, Ordering::Relaxed));
        let act = AddLogin {
            employee,
            number: number.clone(),
            name: number.clone(),
            password_hash: "never checked here".to_owned(),
            must_change: false,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        };
        let id = self.done(&act).await;
        self.log_in(id).await
    }

    /// Begins a session for a login.
    pub(crate) async fn log_in(&self, login: LoginId) -> Login {
        let token = format!("token-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let open = Open {
            login,
            token_hash: hex::encode(Sha256::digest(token.as_bytes())),
            expires_at: self.house.spine.now().plus_seconds(3_650 * 86_400),
            agent: "test".to_owned(),
            auth_epoch: None,
        };
        self.done(&open).await;
        Login { id: login, token }
    }

    /// Puts a login into handover mode and logs in again.
    pub(crate) async fn enter_handover(&self, login: &Login) -> Login {
        let act = SetAccess {
            login: login.id,
            mode: Some(access::Mode::Handover),
            active: Some(true),
            why: "departure".to_owned(),
        };
        self.done(&act).await;
        self.log_in(login.id).await
    }

    /// Asks for something.
    pub(crate) async fn get(&self, login: &Login, path: &str) -> Answer {
        self.call("GET", Some(login), path, None).await
    }

    /// Asks for a change, under a name of its own.
    pub(crate) async fn post(&self, login: &Login, path: &str, body: Json) -> Answer {
        self.call("POST", Some(login), path, Some(body)).await
    }

    /// Asks for a change under a name that was used before.
    pub(crate) async fn post_as(&self, key: &str, login: &Login, path: &str, body: Json) -> Answer {
        self.send("POST", Some(login), path, Some(body), key.to_owned())
            .await
    }

    /// Uploads parts of a form: name, file name (empty for none) and content of each.
    pub(crate) async fn upload(
        &self,
        login: &Login,
        path: &str,
        parts: &[(&str, &str, &[u8])],
    ) -> Answer {
        let mut body = Vec::new();
        for (name, file, content) in parts {
            let file = if file.is_empty() {
                String::new()
            } else {
                format!("; filename=\"{file}\"")
            };
            let head = format!(
                "--frontier\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(b"--frontier--\r\n");
        let key = format!("upload-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let request = Request::post(format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {}", login.token))
            .header("idempotency-key", key)
            .header("content-type", "multipart/form-data; boundary=frontier")
            .body(Body::from(body))
            .expect("a request");
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX)
            .await
            .expect("a body");
        Answer {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or(Json::Null),
        }
    }

    /// What a route that gives a file gives: status, headers as text, bytes.
    pub(crate) async fn file(
        &self,
        login: Option<&Login>,
        path: &str,
        body: Option<Json>,
    ) -> (u16, String, Vec<u8>) {
        let key = format!("file-{}", self.count.fetch_add(1, Ordering::Relaxed));
        let method = if body.is_some() { "POST" } else { "GET" };
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("idempotency-key", key)
            .header("content-type", "application/json");
        if let Some(login) = login {
            request = request.header("authorization", format!("Bearer {}", login.token));
        }
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        let request = request.body(body).expect("a request");
        let answer = self.router.clone().oneshot(request).await;
        let answer = answer.expect("an answer");
        let (status, headers) = (answer.status().as_u16(), format!("{:?}", answer.headers()));
        let bytes = to_bytes(answer.into_body(), 16 << 20).await;
        (status, headers, bytes.expect("a body").to_vec())
    }

    /// The status of an attempt to delete something.
    pub(crate) async fn call_delete(&self, login: &Login, path: &str) -> u16 {
        self.call("DELETE", Some(login), path, None)
            .await
            .status
            .as_u16()
    }

    /// Gives the one login of an employee these roles and begins a session in normal mode.
    pub(crate) async fn relogin(&self, employee: EmployeeId, roles: &[&str]) -> Login {
        let mut query = Query::new("SELECT id FROM session_login WHERE employee_id = ");
        query.bind(employee);
        let (select, values) = query.select();
        let rows = self
            .house
            .spine
            .db()
            .read(&select, values)
            .await
            .expect("logins");
        let login: LoginId = rows[0].get("id").expect("a login");
        let roles = roles.iter().map(|role| (*role).to_owned()).collect();
        self.done(&SetRoles {
            login,
            roles,
            seen: None,
            own: false,
        })
        .await;
        let why = "test".to_owned();
        let normal = SetAccess {
            login,
            mode: Some(access::Mode::Normal),
            active: Some(true),
            why,
        };
        self.done(&normal).await;
        self.log_in(login).await
    }

    /// A statement past every rule, as somebody with the database password might run it.
    pub(crate) async fn raw(&self, statement: &str) -> Result<(), String> {
        raw(&self.house.config.database(), statement).await
    }

    /// Whether a column says these words somewhere.
    pub(crate) async fn holds(&self, table: &str, column: &str, words: &str) -> bool {
        let statement =
            format!("SELECT 1 AS one FROM \"{table}\" WHERE \"{column}\" LIKE '%{words}%' LIMIT 1");
        let select = spine::Select::new(statement.leak());
        let rows = self.house.spine.db().read(&select, Vec::new()).await;
        !rows.expect("an answer").is_empty()
    }

    /// A request as it stands, with whatever it carries.
    pub(crate) async fn knock(&self, request: Request<Body>) -> Response<Body> {
        let answer = self.router.clone().oneshot(request).await;
        answer.expect("an answer")
    }

    /// What a page that was opened for one login is told when the browser has another's session.
    pub(crate) async fn on_page_of(&self, opened_for: LoginId, login: &Login) -> StatusCode {
        let request = Request::get("/api/v1/session")
            .header("authorization", format!("Bearer {}", login.token))
            .header("x-baton-login", opened_for.to_string());
        let request = request.body(Body::empty()).expect("a request");
        self.knock(request).await.status()
    }

    /// A request without a session.
    pub(crate) async fn nobody_gets(&self, path: &str) -> Answer {
        self.call("GET", None, path, None).await
    }

    async fn call(
        &self,
        method: &str,
        login: Option<&Login>,
        path: &str,
        body: Option<Json>,
    ) -> Answer {
        let key = format!("key-{}", self.count.fetch_add(1, Ordering::Relaxed));
        self.send(method, login, path, body, key).await
    }

    async fn send(
        &self,
        method: &str,
        login: Option<&Login>,
        path: &str,
        body: Option<Json>,
        key: String,
    ) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"));
        if let Some(login) = login {
            request = request.header("authorization", format!("Bearer {}", login.token));
        }
        request = request
            .header("idempotency-key", key)
            .header("content-type", "application/json");
        let body = body.map_or_else(Body::empty, |json| Body::from(json.to_string()));
        let request = request.body(body).expect("a request");
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 16 << 20)
            .await
            .expect("a body");
        let body = serde_json::from_slice(&bytes).unwrap_or(Json::Null);
        Answer { status, body }
    }

    /// The payloads of the evidence entries of one kind, oldest first.
    pub(crate) async fn entries(&self, kind: &str) -> Vec<Json> {
        let mut query = Query::new(
            "SELECT e.idx AS idx, e.kind AS kind, e.at AS at, e.actor AS actor, e.entry AS entry, \
             e.payload AS payload FROM log_entry e WHERE e.kind = ",
        );
        query.bind(kind).push(" ORDER BY e.idx");
        let (select, values) = query.select();
        let rows = self
            .house
            .spine
            .db()
            .read(&select, values)
            .await
            .expect("the log");
        let row = |row| {
            LogRow::of(row)
                .expect("an entry")
                .story()
                .unwrap_or(Json::Null)
        };
        rows.iter().map(row).collect()
    }

    /// The rows of a table as text, for comparing it before and after.
    pub(crate) async fn texts(&self, query: &'static str, columns: &[&str]) -> Vec<Vec<String>> {
        let (select, values) = Query::new(query).select();
        let rows = self
            .house
            .spine
            .db()
            .read(&select, values)
            .await
            .expect("rows");
        let text = |row: &spine::Row, column: &&str| {
            row.get::<Option<String>>(column)
                .expect("a text")
                .unwrap_or_default()
        };
        rows.iter()
            .map(|row| columns.iter().map(|c| text(row, c)).collect())
            .collect()
    }
}

/// JSON for a snapshot: ids, which are made by dice, are replaced by their kinds, and roots and
/// places in the log by dots.
pub(crate) fn without_chance(json: &Json) -> String {
    let mut json = json.clone();
    for key in ["root", "rows", "entry"] {
        hide(&mut json, key);
    }
    let text = serde_json::to_string_pretty(&json).expect("JSON");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find('_') {
        let (before, after) = rest.split_at(at + 1);
        let tail = after
            .get(..26)
            .filter(|tail| tail.bytes().all(|b| b.is_ascii_alphanumeric()));
        plain.push_str(before);
        plain.push_str(if tail.is_some() { "…" } else { "" });
        rest = &after[tail.map_or(0, str::len)..];
    }
    plain + rest
}

fn hide(json: &mut Json, key: &str) {
    match json {
        Json::Object(map) => {
            for (name, value) in map.iter_mut() {
                if name == key {
                    *value = Json::from("…");
                } else {
                    hide(value, key);
                }
            }
        }
        Json::Array(list) => list.iter_mut().for_each(|value| hide(value, key)),
        _ => {}
    }
}

/// Carries out a statement past the program; the error in the database's words.
pub(crate) async fn raw(address: &str, statement: &str) -> Result<(), String> {
    if let Some(path) = address.strip_prefix("sqlite://") {
        let connection = rusqlite::Connection::open(path).expect("the books");
        let done = connection.execute_batch(statement);
        return done.map_err(|error| error.to_string());
    }
    let done = super::connect(address).await;
    let done = done.batch_execute(statement).await;
    done.map_err(|error| match error.as_db_error() {
        Some(said) => said.message().to_owned(),
        None => error.to_string(),
    })
}
