//! A small company: a boss, a sales manager, a salesperson, and the offices.

use std::collections::BTreeMap;
use std::sync::Arc;

use access::{Actor, Mode};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use baton::config::Config;
use baton::house::{House, Surroundings};
use baton::people::acts::{
    add_department::AddDepartment, add_employee::AddEmployee, add_entity::AddEntity,
    add_post::AddPost,
};
use baton::registry;
use baton::session::acts::{add_login::AddLogin, open::Open};
use kernel::{Day, DepartmentId, EmployeeId, EntityId, LoginId, Moment, PostId};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use spine::{Act, By, FixedClock, Gate, SeededChance};
use tower::ServiceExt as _;

use crate::harness::Fresh;

/// Friday, 20 November 2026, 16:00 in Shanghai.
pub(crate) const FRIDAY: Moment = Moment(1_795_161_600_000);
pub(crate) const HOUR: i64 = 3_600;

pub(crate) struct Company {
    pub(crate) house: House,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) department: DepartmentId,
    people: BTreeMap<&'static str, (EmployeeId, LoginId, &'static str)>,
    _folder: tempfile::TempDir,
}

/// 工号, name, line manager, role.
const PEOPLE: &[(&str, &str, &str, &str)] = &[
    ("E001", "张总", "", "executive"),
    ("E002", "李主管", "E001", "sales_manager"),
    ("E003", "王销售", "E002", "salesperson"),
    ("E004", "赵人事", "E001", "hr"),
    ("E005", "钱人事", "E001", "hr"),
    ("E006", "孙财务", "E001", "finance"),
    ("E007", "周网管", "E001", "it"),
    ("E008", "吴行政", "E001", "office"),
];

/// The databases at hand: SQLite always, PostgreSQL when `BATON_TEST_POSTGRES` names one.
pub(crate) async fn databases() -> Vec<Fresh> {
    let mut found = vec![Fresh::on_sqlite().await];
    match Fresh::on_postgres().await {
        Some(fresh) => found.push(fresh),
        None => println!("skipped on PostgreSQL: BATON_TEST_POSTGRES is not set"),
    }
    found
}

impl Company {
    pub(crate) async fn open(fresh: Fresh) -> Company {
        let policy = Arc::new(registry::policy().unwrap());
        let gate = baton::approval::ApprovalGate::of_the_house(policy);
        Company::open_behind(fresh, Arc::new(gate)).await
    }

    pub(crate) async fn open_behind(fresh: Fresh, gate: Arc<dyn Gate>) -> Company {
        let Fresh {
            folder,
            database_url,
        } = fresh;
        let clock = Arc::new(FixedClock::at(FRIDAY));
        let config = Config {
            data_dir: folder.path().to_owned(),
            database_url,
            ..Config::default()
        };
        let surroundings = Surroundings {
            clock: clock.clone(),
            chance: Arc::new(SeededChance::new(7)),
        };
        let house = House::open_behind(config, surroundings, gate)
            .await
            .unwrap();
        let entity = AddEntity {
            name: "接棒有限公司".to_owned(),
            credit_code: None,
        };
        let entity = done(&house, &entity).await;
        let department = AddDepartment {
            parent: None,
            entity,
            code: "D01".to_owned(),
            name: "总部".to_owned(),
        };
        let department = done(&house, &department).await;
        let post = done(
            &house,
            &AddPost {
                name: "职员".to_owned(),
            },
        )
        .await;
        let mut people: BTreeMap<&'static str, (EmployeeId, LoginId, &'static str)> =
            BTreeMap::new();
        for (number, name, manager, role) in PEOPLE {
            let manager = people.get(manager).map(|person| person.0);
            let employee = joins(number, name, (entity, department, post), manager);
            let id = done(&house, &employee).await;
            let login = AddLogin {
                employee: Some(id),
                number: (*number).to_owned(),
                name: (*name).to_owned(),
                password_hash: "none".to_owned(),
                must_change: false,
                roles: vec![(*role).to_owned()],
            };
            let login = done(&house, &login).await;
            let session = Open {
                login,
                token_hash: hex::encode(Sha256::digest(number.as_bytes())),
                expires_at: FRIDAY.plus_seconds(400 * 24 * HOUR),
                agent: String::new(),
                auth_epoch: None,
            };
            done(&house, &session).await;
            people.insert(number, (id, login, role));
        }
        Company {
            house,
            clock,
            department,
            people,
            _folder: folder,
        }
    }

    pub(crate) fn id(&self, number: &str) -> EmployeeId {
        self.people[number].0
    }

    /// The person as his session makes him.
    pub(crate) fn by(&self, number: &str) -> By {
        let (employee, login, role) = self.people[number];
        let actor = Actor {
            login,
            employee: Some(employee),
            department: Some(self.department),
            departments_below: vec![self.department],
            roles: vec![role.to_owned()],
            mode: Mode::Normal,
        };
        By::person(actor, "password", "")
    }

    /// The system does it.
    pub(crate) async fn done<A: Act>(&self, act: &A) -> A::Outcome {
        done(&self.house, act).await
    }

    pub(crate) async fn get(&self, who: &str, path: &str) -> Json {
        let (status, body) = self.call(who, "GET", path, "", &Json::Null).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    pub(crate) async fn post(
        &self,
        who: &str,
        path: &str,
        key: &str,
        body: &Json,
    ) -> (StatusCode, Json) {
        self.call(who, "POST", path, key, body).await
    }

    async fn call(
        &self,
        who: &str,
        method: &str,
        path: &str,
        key: &str,
        body: &Json,
    ) -> (StatusCode, Json) {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header("authorization", format!("Bearer {who}"))
            .header("idempotency-key", key)
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()))
            .unwrap();
        let answer = baton::http::router(self.house.clone())
            .oneshot(request)
            .await
            .unwrap();
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), 1 << 22).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Json::Null))
    }

    /// The open tasks of a person.
    pub(crate) async fn tasks(&self, who: &str) -> Vec<Json> {
        let page = self.get(who, "/tasks").await;
        page["items"].as_array().unwrap().clone()
    }

    /// The one open task of a person at this step.
    pub(crate) async fn task(&self, who: &str, node: &str) -> Json {
        let tasks = self.tasks(who).await;
        let found = tasks.iter().find(|task| task["node"] == node);
        found
            .unwrap_or_else(|| panic!("{who} has no task {node}: {tasks:?}"))
            .clone()
    }

    /// Presses a button; the key is made of everything, so a second press is a repetition.
    pub(crate) async fn press(&self, who: &str, task: &Json, mut body: Json) -> (StatusCode, Json) {
        body["item"] = task["item"].clone();
        let case = task["case_id"].as_str().unwrap();
        let key = hex::encode(Sha256::digest(format!("{case}{body}")));
        self.post(who, &format!("/cases/{case}/commands"), &key, &body)
            .await
    }

    /// Claims a task when it lies in a pool, and completes it.
    pub(crate) async fn complete(&self, who: &str, node: &str, checked: &[&str]) {
        let task = self.task(who, node).await;
        if task["buttons"][0]["key"] == "claim" {
            let (status, body) = self
                .press(who, &task, serde_json::json!({"do": "claim"}))
                .await;
            assert_eq!(status, StatusCode::OK, "{body}");
        }
        let body = serde_json::json!({"do": "complete", "checked": checked});
        let (status, body) = self.press(who, &task, body).await;
        assert_eq!(status, StatusCode::OK, "{body}");
    }

    /// Runs the jobs that are due; gives how many there were.
    pub(crate) async fn run_jobs(&self) -> usize {
        let spine = &self.house.spine;
        let mut ran = 0;
        loop {
            let jobs = spine.take_jobs("test", 50).await.unwrap();
            if jobs.is_empty() {
                return ran;
            }
            for job in jobs {
                let line = registry::job(&job.kind).unwrap();
                let ended = (line.run)(&self.house, &job).await.unwrap();
                spine.job_ran(job.id, ended).await.unwrap();
                ran += 1;
            }
        }
    }
}

fn joins(
    number: &str,
    name: &str,
    (entity, department, post): (EntityId, DepartmentId, PostId),
    manager: Option<EmployeeId>,
) -> AddEmployee {
    AddEmployee {
        number: number.to_owned(),
        name: name.to_owned(),
        entity,
        department,
        post,
        line_manager: manager,
        hired_on: Day::of(2024, 1, 8).unwrap(),
        probation_until: None,
        contract_from: None,
        contract_until: None,
        citizen_id: None,
        phone: None,
        email: None,
        sells: false,
        capacity: None,
        regions: String::new(),
        industries: String::new(),
    }
}

async fn done<A: Act>(house: &House, act: &A) -> A::Outcome {
    let answer = house.spine.perform(act, &By::system("test"), None).await;
    answer.unwrap().done().unwrap().outcome
}
