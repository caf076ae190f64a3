//! Jobs and the state of the system, for the system administrator.

use access::Need;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::json;
use spine::{Act, Failure, MOST_ATTEMPTS, NewJob, Reader, Record, Writer};

use crate::departure::resign;
use crate::harness::{Company, World};

story!(
    a_failed_job_is_tried_again_or_given_up_by_a_person,
    what_only_waits_is_neither_tried_nor_given_up,
    jobs_are_for_the_system_administrator_alone,
    the_state_of_the_system_is_told,
);

/// Wants a job, as an act of any slice does.
#[derive(Debug, Serialize, Deserialize)]
struct Want {
    kind: String,
    body: String,
    run_at: Moment,
    unique: Option<String>,
}

impl Act for Want {
    const NAME: &'static str = "test.want";
    type Facts = ();
    type Outcome = ();

    async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }
    fn needs(&self, (): &()) -> Need {
        Need::at_all(access::Permission("test.want"))
    }
    fn decide(&self, (): &(), _: Moment) -> Result<(), Refusal> {
        Ok(())
    }
    async fn write(&self, (): &(), (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let kind = if self.kind == "nobody.knows" {
            "nobody.knows"
        } else {
            "departure.end_access"
        };
        let new = NewJob {
            kind,
            body: self.body.clone(),
            run_at: self.run_at,
            unique: self.unique.clone(),
        };
        Ok(books.enqueue(new).await?)
    }
    fn record(&self, (): &(), (): &()) -> Record {
        Record::of("test/job".to_owned(), "要一项任务", "Wants a job")
    }
}

/// Puts a job into the books.
pub(crate) async fn wanted(world: &World, job: NewJob) {
    let act = Want {
        kind: job.kind.to_owned(),
        body: job.body,
        run_at: job.run_at,
        unique: job.unique,
    };
    world.done(&act).await;
}

/// Every due job fails until it comes no more.
pub(crate) async fn fail_for_good(world: &World) {
    for _ in 0..MOST_ATTEMPTS {
        world.clock.set(world.house.spine.now().plus_seconds(3_700));
        for job in world.house.spine.take_jobs("test", 8).await.expect("jobs") {
            let spine = &world.house.spine;
            spine
                .job_failed(&job, "fault: it broke")
                .await
                .expect("a failure");
        }
    }
}

fn failing(world: &World, kind: &'static str, unique: Option<&str>) -> NewJob {
    NewJob {
        kind,
        body: json!({ "customer": "永定机床" }).to_string(),
        run_at: world.house.spine.now(),
        unique: unique.map(str::to_owned),
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn a_failed_job_is_tried_again_or_given_up_by_a_person(world: World) {
    let admin = world.login(None, &["system_admin"]).await;
    wanted(&world, failing(&world, "nobody.knows", Some("one"))).await;
    let listed = world.get(&admin, "/jobs?state=due").await.ok();
    assert_eq!(
        listed["items"].as_array().expect("items").len(),
        1,
        "{listed}"
    );
    fail_for_good(&world).await;
    let listed = world.get(&admin, "/jobs?state=failed").await.ok();
    let job = &listed["items"][0];
    assert_eq!(
        (&job["attempts"], &job["last_error"]),
        (&json!(10), &json!("fault: it broke"))
    );
    assert!(
        !listed.to_string().contains("永定"),
        "a job's body may speak of business"
    );
    let id = job["id"].as_str().expect("an id").to_owned();
    let kinds = world.get(&admin, "/job-kinds").await.ok();
    let kind = kinds
        .as_array()
        .expect("kinds")
        .iter()
        .find(|one| one["kind"] == "nobody.knows");
    assert_eq!(kind.expect("the kind")["failed"], 1);
    assert!(kinds.to_string().contains("到期收回权限"));

    // It does not come by itself any more; a person lets it begin anew.
    assert!(
        world
            .house
            .spine
            .take_jobs("test", 8)
            .await
            .expect("jobs")
            .is_empty()
    );
    let answer = world
        .post(&admin, &format!("/jobs/{id}/retry"), json!({}))
        .await
        .ok();
    assert!(answer["entry"].is_u64(), "{answer}");
    let entries = world.entries("job.retry").await;
    assert_eq!(entries[0]["detail"]["attempts"], 10);
    let taken = world.house.spine.take_jobs("test", 8).await.expect("jobs");
    assert_eq!((taken.len(), taken[0].attempts), (1, 1));
    let running = world
        .post(&admin, &format!("/jobs/{id}/give-up"), json!({}))
        .await;
    assert_eq!(running.problem(409), "job.running");
    world
        .house
        .spine
        .job_failed(&taken[0], "fault: again")
        .await
        .expect("a failure");
    let listed = world.get(&admin, "/jobs?state=retrying").await.ok();
    assert_eq!(listed["items"].as_array().expect("items").len(), 1);

    world
        .post(&admin, &format!("/jobs/{id}/give-up"), json!({}))
        .await
        .ok();
    assert_eq!(world.entries("job.give_up").await.len(), 1);
    let listed = world.get(&admin, "/jobs?state=dropped").await.ok();
    assert_eq!(listed["items"][0]["last_error"], "fault: again");
    let again = world
        .post(&admin, &format!("/jobs/{id}/retry"), json!({}))
        .await;
    assert_eq!(again.problem(409), "job.ended");
    // Its name is free again.
    wanted(&world, failing(&world, "nobody.knows", Some("one"))).await;
    let listed = world.get(&admin, "/jobs?kind=nobody.knows").await.ok();
    assert_eq!(listed["items"].as_array().expect("items").len(), 2);
    assert_eq!(
        world.get(&admin, "/jobs?state=odd").await.problem(422),
        "request.unknown_word"
    );
}

/// A job that was used up before its day would leave a leaver his login for good.
async fn what_only_waits_is_neither_tried_nor_given_up(world: World) {
    let company = Company::found(&world).await;
    resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    let admin = world.login(None, &["system_admin"]).await;
    let listed = world.get(&admin, "/jobs?state=waiting").await.ok();
    let waiting = listed["items"].as_array().expect("items");
    for kind in ["departure.end_access", "departure.last_day"] {
        assert!(waiting.iter().any(|job| job["kind"] == kind), "{listed}");
    }
    for job in waiting {
        let may = (&job["may_retry"], &job["may_give_up"]);
        assert_eq!(may, (&json!(false), &json!(false)), "{job}");
        for verb in ["retry", "give-up"] {
            let path = format!("/jobs/{}/{verb}", job["id"].as_str().expect("an id"));
            let refused = world.post(&admin, &path, json!({})).await;
            assert_eq!(refused.problem(409), "job.not_failed");
        }
    }
    world.pass_days(31);
    // It breaks once; then it may be tried again, and nobody may let it be.
    let spine = &world.house.spine;
    for job in spine.take_jobs("test", 50).await.expect("jobs") {
        let cause = "fault: it broke";
        spine.job_failed(&job, cause).await.expect("a failure");
    }
    let path = "/jobs?state=retrying&kind=departure.end_access";
    let listed = world.get(&admin, path).await.ok();
    let job = &listed["items"][0];
    let may = (&job["may_retry"], &job["may_give_up"]);
    assert_eq!(may, (&json!(true), &json!(false)), "{listed}");
    let path = format!("/jobs/{}", job["id"].as_str().expect("an id"));
    let refused = world
        .post(&admin, &format!("{path}/give-up"), json!({}))
        .await;
    assert!(
        refused.body.to_string().contains("账号"),
        "{}",
        refused.body
    );
    assert_eq!(refused.problem(409), "job.must_run");
    world
        .post(&admin, &format!("{path}/retry"), json!({}))
        .await
        .ok();
    world.run_jobs().await;
    assert_eq!(world.entries("departure.end_access").await.len(), 1);
    let status = world.get(&zhang, "/session").await.status;
    assert_eq!(status.as_u16(), 401);
}

async fn jobs_are_for_the_system_administrator_alone(world: World) {
    let company = Company::found(&world).await;
    wanted(&world, failing(&world, "nobody.knows", None)).await;
    let guard = world.login(None, &["security_admin"]).await;
    let admin = world.login(None, &["system_admin"]).await;
    let listed = world.get(&admin, "/jobs").await.ok();
    let id = listed["items"][0]["id"].as_str().expect("an id").to_owned();
    let leaving = world.enter_handover(&company.zhang.login).await;
    let it = &company.it.login;
    for path in ["/jobs", "/job-kinds"] {
        assert_eq!(world.nobody_gets(path).await.status.as_u16(), 401);
        for stranger in [&company.li.login, it, &company.hr.login, &leaving, &guard] {
            assert_eq!(
                world.get(stranger, path).await.status.as_u16(),
                403,
                "{path}"
            );
        }
    }
    for verb in ["retry", "give-up"] {
        let path = format!("/jobs/{id}/{verb}");
        for stranger in [&company.li.login, it, &company.hr.login, &leaving, &guard] {
            let answer = world.post(stranger, &path, json!({})).await;
            assert!([403, 404].contains(&answer.status.as_u16()), "{path}");
        }
        let nothing = format!("/jobs/job_00000000000000000000000000/{verb}");
        world.post(&admin, &nothing, json!({})).await.problem(404);
    }
    for stranger in [&company.li.login, &company.hr.login, &leaving] {
        assert_eq!(world.get(stranger, "/system").await.status.as_u16(), 403);
    }
    assert_eq!(world.nobody_gets("/system").await.status.as_u16(), 401);
    world.get(it, "/system").await.ok();
    world.get(&guard, "/system").await.ok();
}

async fn the_state_of_the_system_is_told(world: World) {
    let admin = world.login(None, &["system_admin"]).await;
    world
        .house
        .signing
        .sign_if_grown()
        .await
        .expect("a signature");
    let state = world.get(&admin, "/system").await.ok();
    assert_eq!(state["version"], env!("CARGO_PKG_VERSION"));
    assert!(["SQLite", "PostgreSQL"].contains(&state["database"].as_str().expect("a name")));
    assert!(
        state["database_bytes"].as_i64().expect("bytes") > 100_000,
        "{state}"
    );
    assert!(state["schema_version"].as_i64().expect("a step") >= 10);
    assert!(state["log_size"].as_u64().expect("a size") > 0);
    assert_eq!(state["log_size"], state["log_signed"], "{state}");
    assert!(state["disk_free_bytes"].as_u64().expect("bytes") > 0);
    assert!(state["signed_at"].is_string());
    world.house.heartbeat.beat("jobs", world.house.spine.now());
    let state = world.get(&admin, "/system").await.ok();
    assert_eq!(state["background"][0]["part"], "jobs");
}
