//! A plan asks its receivers and its approver at their desks; answering anywhere is one step.

use baton::people::acts::change_job::ChangeJob;
use kernel::EmployeeId;
use serde_json::{Value as Json, json};

use super::{agree, draw, owners, plan, step, work_of_zhang};
use crate::departure::resign;
use crate::desk::{approve, press, task, tasks};
use crate::harness::{Company, Login, World};

story!(
    answered_at_the_desk_the_plan_knows,
    answered_on_the_page_the_desk_knows,
    a_decline_is_put_right_and_only_the_new_one_is_asked,
    the_superior_says_no_and_everybody_is_asked_again,
    a_plan_that_is_taken_back_or_given_up_asks_nobody,
    whoever_gains_alone_is_not_asked_to_approve,
    executing_names_everybody_who_agreed,
    whoever_left_does_not_agree_and_another_says_so,
    whoever_begins_to_leave_declines_on_the_page,
    a_receiver_reads_no_answer_but_his_own,
);

/// The chief is Zhang's line manager.
pub(super) async fn managed(world: &World, company: &Company) {
    let job = ChangeJob {
        employee: company.zhang.id,
        effective_on: world.today(),
        entity: company.entity,
        department: company.north,
        post: company.post,
        line_manager: Some(company.chief.id),
        reason: "汇报关系".to_owned(),
        seen: None,
    };
    world.done(&job).await;
}

/// A submitted plan that gives one customer to Li and one to Wang.
pub(super) async fn submitted(world: &World, company: &Company) -> String {
    submitted_to(world, company, company.wang.id).await
}

/// The same where this one gets the one customer.
pub(super) async fn submitted_to(world: &World, company: &Company, first: EmployeeId) -> String {
    managed(world, company).await;
    let ids = work_of_zhang(world, company).await;
    let chief = &company.chief.login;
    let today = world.today();
    let body = json!({ "from": company.zhang.id, "effective_on": today, "fill": false });
    let id = draw(world, company, body).await;
    let all = json!({ "version": 1, "change": { "change": "assign_by_rule", "kinds": [],
        "regions": [], "industries": [], "only_unassigned": true,
        "successor_id": company.li.id } });
    step(world, chief, &id, "edit", all).await.ok();
    let one = json!({ "version": 2, "change": { "change": "assign_customers",
        "customer_ids": [ids[0]], "successor_id": first } });
    step(world, chief, &id, "edit", one).await.ok();
    step(world, chief, &id, "submit", json!({ "version": 3 }))
        .await
        .ok();
    id
}

pub(super) async fn nodes(world: &World, login: &Login) -> Vec<String> {
    let all = tasks(world, login).await;
    let plans = all.iter().filter(|task| {
        let subject = task["subject"].as_str().unwrap_or_default();
        subject.starts_with("plan/")
    });
    plans
        .map(|task| task["node"].as_str().expect("a step").to_owned())
        .collect()
}

pub(super) async fn state(world: &World, company: &Company, id: &str) -> (String, Vec<String>) {
    let seen = plan(world, &company.chief.login, id).await;
    let word = |value: &Json| value.as_str().expect("a word").to_owned();
    let answers = seen["acceptances"].as_array().expect("answers").iter();
    let mut standing: Vec<String> = answers
        .map(|one| {
            format!(
                "{} {}",
                word(&one["successor"]["name"]),
                word(&one["standing"])
            )
        })
        .collect();
    standing.sort();
    (word(&seen["state"]), standing)
}

async fn decline(world: &World, login: &Login, words: &str) {
    let asked = task(world, login, "accept").await;
    let body = json!({ "do": "reject", "comment": words });
    press(world, login, &asked, body).await.ok();
}

async fn answered_at_the_desk_the_plan_knows(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li.login, &company.wang.login, &company.chief.login);
    let id = submitted(&world, &company).await;
    let asked = task(&world, li, "accept").await;
    assert_eq!(asked["subject"], format!("plan/{id}"));
    assert!(asked["due_at"].is_string());
    let (buttons, words) = (
        asked["buttons"].as_array().expect("buttons"),
        asked.to_string(),
    );
    assert_eq!(buttons.len(), 2, "{words}");
    assert!(words.contains("张三（E002） · 交接方案 JJ"), "{words}");
    assert!(
        nodes(&world, chief).await.is_empty(),
        "the receivers are asked first"
    );

    approve(&world, li, "accept").await;
    let (_, standing) = state(&world, &company, &id).await;
    assert_eq!(standing, ["李四 accepted", "王五 waiting"]);
    assert!(nodes(&world, li).await.is_empty());
    approve(&world, wang, "accept").await;
    assert_eq!(nodes(&world, chief).await, ["manager"]);
    approve(&world, chief, "manager").await;
    assert_eq!(state(&world, &company, &id).await.0, "approved");
    assert!(nodes(&world, chief).await.is_empty());
    // One step, one answer each, each with its entry.
    let answers = "SELECT count(*) AS n FROM handover_acceptance";
    let answers = spine::Query::new(answers).select();
    let rows = world
        .house
        .spine
        .db()
        .read(&answers.0, answers.1)
        .await
        .expect("answers");
    assert_eq!(rows[0].get::<i64>("n").expect("a number"), 2);
    assert_eq!(world.entries("handover.answer").await.len(), 2);
    assert_eq!(world.entries("handover.approve").await.len(), 1);
    assert!(world.entries("approval.hear").await.is_empty());
}

async fn answered_on_the_page_the_desk_knows(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li.login, &company.wang.login, &company.chief.login);
    let id = submitted(&world, &company).await;
    let yes = json!({ "version": 3, "accept": true });
    for who in [li, wang] {
        assert_eq!(nodes(&world, who).await, ["accept"]);
        step(&world, who, &id, "answer", yes.clone()).await.ok();
        assert!(nodes(&world, who).await.is_empty());
    }
    // Saying it twice changes nothing: the superior stays asked.
    let asked = task(&world, chief, "manager").await;
    step(&world, li, &id, "answer", yes.clone()).await.ok();
    assert_eq!(task(&world, chief, "manager").await["item"], asked["item"]);
    // Somebody who takes his word back is heard, and may still think better of it.
    let no = json!({ "version": 3, "accept": false, "reason": "手上已满" });
    step(&world, li, &id, "answer", no).await.ok();
    assert_eq!(
        nodes(&world, chief).await,
        ["accept"],
        "something to put right"
    );
    assert!(nodes(&world, wang).await.is_empty(), "his yes stands");
    step(&world, li, &id, "answer", yes).await.ok();
    assert_eq!(nodes(&world, chief).await, ["manager"]);
    step(&world, chief, &id, "approve", json!({ "version": 3 }))
        .await
        .ok();
    assert!(nodes(&world, chief).await.is_empty());
    let case = asked["case_id"].as_str().expect("a case");
    let seen = world.get(chief, &format!("/cases/{case}")).await.ok();
    assert_eq!(seen["state"], "completed");
    assert_eq!(world.entries("handover.answer").await.len(), 5);
    assert_eq!(world.entries("handover.approve").await.len(), 1);
}

async fn a_decline_is_put_right_and_only_the_new_one_is_asked(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li.login, &company.wang.login, &company.chief.login);
    let id = submitted(&world, &company).await;
    decline(&world, li, "不熟悉机床行业").await;
    assert_eq!(
        nodes(&world, wang).await,
        ["accept"],
        "the others are still asked"
    );
    let fix = task(&world, chief, "accept").await;
    assert_eq!((&fix["kind"], &fix["buttons"]), (&json!("fix"), &json!([])));
    approve(&world, wang, "accept").await;
    let (at, standing) = state(&world, &company, &id).await;
    assert_eq!(at, "submitted");
    assert_eq!(standing, ["李四 declined", "王五 accepted"]);

    // All of Li's goes to the chief himself.
    let lines = json!({ "version": 3, "change": { "change": "assign_by_rule", "kinds": [],
        "regions": [], "industries": [], "only_unassigned": false,
        "successor_id": company.chief.id } });
    step(&world, chief, &id, "edit", lines).await.ok();
    let wang_again = json!({ "version": 4, "change": { "change": "clear_successor",
        "successor_id": company.chief.id } });
    step(&world, chief, &id, "edit", wang_again).await.ok();
    assert!(
        nodes(&world, chief).await.is_empty(),
        "nobody gets anything, nobody is asked"
    );
    let suggested = json!({ "version": 5, "change": { "change": "assign_by_rule", "kinds": [],
        "regions": [], "industries": [], "only_unassigned": true,
        "successor_id": company.wang.id } });
    step(&world, chief, &id, "edit", suggested).await.ok();
    assert!(nodes(&world, li).await.is_empty());
    assert_eq!(
        nodes(&world, wang).await,
        ["accept"],
        "his share is another one"
    );
    approve(&world, wang, "accept").await;
    approve(&world, chief, "manager").await;
    assert_eq!(state(&world, &company, &id).await.0, "approved");
}

async fn the_superior_says_no_and_everybody_is_asked_again(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li.login, &company.wang.login, &company.chief.login);
    let id = submitted(&world, &company).await;
    approve(&world, li, "accept").await;
    approve(&world, wang, "accept").await;
    let asked = task(&world, chief, "manager").await;
    let no = json!({ "do": "reject", "comment": "永定应由熟悉机床的人接" });
    press(&world, chief, &asked, no).await.ok();
    let (at, standing) = state(&world, &company, &id).await;
    assert_eq!(at, "draft");
    assert_eq!(standing, ["李四 outdated", "王五 outdated"]);
    let entry = &world.entries("handover.take_back").await[0];
    assert!(
        entry.to_string().contains("永定应由熟悉机床的人接"),
        "{entry}"
    );
    for who in [li, wang, chief] {
        assert!(nodes(&world, who).await.is_empty());
    }
    let version = plan(&world, chief, &id).await["version"].clone();
    step(&world, chief, &id, "submit", json!({ "version": version }))
        .await
        .ok();
    for who in [li, wang] {
        assert_eq!(nodes(&world, who).await, ["accept"]);
    }
}

async fn a_plan_that_is_taken_back_or_given_up_asks_nobody(world: World) {
    let company = Company::found(&world).await;
    let (li, chief) = (&company.li.login, &company.chief.login);
    let id = submitted(&world, &company).await;
    let early = step(&world, li, &id, "withdraw", json!({ "reason": "我不要" })).await;
    assert!(
        [403, 404].contains(&early.status.as_u16()),
        "{}",
        early.body
    );
    step(
        &world,
        chief,
        &id,
        "withdraw",
        json!({ "reason": "漏了一户" }),
    )
    .await
    .ok();
    assert!(nodes(&world, li).await.is_empty());
    let twice = step(
        &world,
        chief,
        &id,
        "withdraw",
        json!({ "reason": "再撤一次" }),
    )
    .await;
    assert_eq!(twice.problem(409), "handover.plan_state");
    let version = plan(&world, chief, &id).await["version"].clone();
    step(&world, chief, &id, "submit", json!({ "version": version }))
        .await
        .ok();
    // Whoever drew it up may take it back at his desk too.
    let asked = task(&world, li, "accept").await;
    let case = asked["case_id"].as_str().expect("a case").to_owned();
    let body = json!({ "do": "withdraw", "reason": "还要再改" });
    world
        .post(chief, &format!("/cases/{case}/commands"), body)
        .await
        .ok();
    assert_eq!(state(&world, &company, &id).await.0, "draft");
    let version = plan(&world, chief, &id).await["version"].clone();
    step(&world, chief, &id, "submit", json!({ "version": version }))
        .await
        .ok();
    step(
        &world,
        chief,
        &id,
        "cancel",
        json!({ "reason": "本人留任" }),
    )
    .await
    .ok();
    assert!(nodes(&world, li).await.is_empty());
    let late = json!({ "version": version, "accept": true });
    assert_eq!(
        step(&world, li, &id, "answer", late).await.problem(409),
        "handover.plan_state"
    );
}

async fn whoever_gains_alone_is_not_asked_to_approve(world: World) {
    let company = Company::found(&world).await;
    managed(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let chief = &company.chief;
    let body = json!({ "from": company.zhang.id, "fill": false });
    let id = draw(&world, &company, body).await;
    let all = json!({ "version": 1, "change": { "change": "assign_by_rule", "kinds": [],
        "regions": [], "industries": [], "only_unassigned": true, "successor_id": chief.id } });
    step(&world, &chief.login, &id, "edit", all).await.ok();
    step(&world, &chief.login, &id, "submit", json!({ "version": 2 }))
        .await
        .ok();
    approve(&world, &chief.login, "accept").await;
    assert!(nodes(&world, &chief.login).await.is_empty());
    // Nobody stands above him in this company, so somebody else decides: who administers processes.
    assert_eq!(nodes(&world, &company.hr.login).await, ["manager"]);
}

async fn executing_names_everybody_who_agreed(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li, &company.wang, &company.chief);
    let id = submitted(&world, &company).await;
    approve(&world, &li.login, "accept").await;
    step(
        &world,
        &wang.login,
        &id,
        "answer",
        json!({ "version": 3, "accept": true }),
    )
    .await
    .ok();
    approve(&world, &chief.login, "manager").await;
    step(&world, &chief.login, &id, "execute", json!({}))
        .await
        .ok();
    let entry = "SELECT entry FROM log_entry WHERE kind = 'handover.execute'";
    let entry = spine::Query::new(entry).select();
    let rows = world
        .house
        .spine
        .db()
        .read(&entry.0, entry.1)
        .await
        .expect("the log");
    let bytes: Vec<u8> = rows[0].get("entry").expect("bytes");
    let entry = evidence::entry::Entry::from_bytes(&bytes).expect("an entry");
    let mut agreed: Vec<(String, String)> = entry
        .approvals
        .iter()
        .map(|one| (one.decision.clone(), one.by.clone()))
        .collect();
    agreed.sort();
    let mut wanted = vec![
        ("accept".to_owned(), li.id.to_string()),
        ("accept".to_owned(), wang.id.to_string()),
        ("approve".to_owned(), chief.id.to_string()),
    ];
    wanted.sort();
    assert_eq!(agreed, wanted);
    assert!(
        entry
            .approvals
            .iter()
            .all(|one| one.at <= world.house.spine.now())
    );
    assert_eq!(owners(&world).await.len(), 2);
}

async fn whoever_left_does_not_agree_and_another_says_so(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li.login, &company.wang.login, &company.chief.login);
    let id = submitted(&world, &company).await;
    approve(&world, wang, "accept").await;
    resign(&world, li).await;
    let body = json!({ "from": company.li.id, "effective_on": world.today() });
    let leaving = draw(&world, &company, body).await;
    let rule = json!({ "version": 1, "change": { "change": "assign_by_rule",
        "kinds": ["pending_approval"], "successor_id": company.wang.id } });
    step(&world, chief, &leaving, "edit", rule).await.ok();
    agree(&world, &company, &leaving, &[wang]).await;
    step(&world, chief, &leaving, "execute", json!({}))
        .await
        .ok();

    let asked = task(&world, wang, "accept").await;
    let yes = press(&world, wang, &asked, json!({ "do": "approve" })).await;
    assert_eq!(yes.problem(422), "approval.not_in_person");
    decline(&world, wang, "李四离职，请另行安排").await;
    let (_, standing) = state(&world, &company, &id).await;
    assert_eq!(standing, ["李四 declined", "王五 accepted"]);
    let said = world.entries("handover.answer").await;
    let said = said.last().expect("an answer").to_string();
    assert!(
        said.contains("李四（E003）由王五（E004）代为拒绝了"),
        "{said}"
    );
    assert_eq!(task(&world, chief, "accept").await["kind"], "fix");
}

async fn whoever_begins_to_leave_declines_on_the_page(world: World) {
    let company = Company::found(&world).await;
    let id = submitted(&world, &company).await;
    let li = &company.li.login;
    let open = plan(&world, li, &id).await;
    assert_eq!(open["may"], json!(["answer", "decline"]));
    let leaving = "/handover-plans?leaving=1";
    let chief = &company.chief.login;
    let nobody = world.get(chief, leaving).await.ok();
    assert_eq!(nobody["items"], json!([]));
    resign(&world, li).await;
    // Whoever plans hears of it before Li says a word, and nobody else by this way.
    let told = world.get(chief, leaving).await.ok();
    let of = &told["items"][0];
    assert_eq!(
        (&of["id"], &of["leaving"][0]["name"]),
        (&json!(id), &json!("李四"))
    );
    for other in [&company.wang.login, &company.hr.login] {
        world.get(other, leaving).await.problem(403);
    }
    let usual = world.get(&company.wang.login, "/handover-plans").await.ok();
    assert_eq!(usual["items"][0]["leaving"], json!([]));
    let li = world.log_in(li.id).await;
    let seen = plan(&world, &li, &id).await;
    assert_eq!(seen["may"], json!(["decline"]));
    let version = seen["version"].clone();
    let yes = json!({ "version": version, "accept": true });
    let yes = step(&world, &li, &id, "answer", yes).await;
    assert_eq!(yes.problem(409), "handover.receiver_leaves");
    let no = json!({ "version": version, "accept": false, "reason": "我要离职" });
    step(&world, &li, &id, "answer", no).await.ok();
    let (_, standing) = state(&world, &company, &id).await;
    assert_eq!(standing, ["李四 declined", "王五 waiting"]);
    assert_eq!(
        task(&world, &company.chief.login, "accept").await["kind"],
        "fix"
    );
    // Whoever gets nothing of it says nothing.
    let foreign = json!({ "version": version, "accept": false, "reason": "不要" });
    let finance = &company.finance.login;
    let foreign = step(&world, finance, &id, "answer", foreign).await;
    assert!(foreign.status.is_client_error(), "{}", foreign.body);
}

/// The case keeps what the page of the plan keeps, and so does its history.
async fn a_receiver_reads_no_answer_but_his_own(world: World) {
    let company = Company::found(&world).await;
    let (li, wang, chief) = (&company.li.login, &company.wang.login, &company.chief.login);
    submitted(&world, &company).await;
    let asked = task(&world, wang, "accept").await;
    let case = asked["case_id"].as_str().expect("a case").to_owned();
    decline(&world, li, "不熟悉机床行业").await;
    approve(&world, wang, "accept").await;
    let paths = [
        format!("/cases/{case}"),
        format!("/evidence?subject=case/{case}"),
    ];
    for path in &paths {
        let own = world.get(wang, path).await.ok().to_string();
        for hidden in ["接替人接受」待办：李四", "拒绝", "不熟悉机床行业"] {
            assert!(!own.contains(hidden), "{hidden} in {own}");
        }
        assert!(own.contains("王五（E004） 同意「接替人接受」"), "{own}");
    }
    let seen = world.get(wang, &paths[0]).await.ok();
    assert_eq!(seen["terms"], json!([]));
    assert!(!seen.to_string().contains("李四"), "{seen}");
    let steps = seen["steps"].as_array().expect("steps").iter();
    let seats = steps.filter(|step| step["node"] == "accept");
    let seats: Vec<&Json> = seats
        .flat_map(|step| step["seats"].as_array().expect("seats"))
        .collect();
    assert_eq!(seats.len(), 1, "{seats:?}");
    // Whoever plans and decides, and those who read every plan, see all of it.
    let executive = world.login(None, &["executive"]).await;
    for login in [chief, &company.hr.login, &executive] {
        for path in &paths {
            let all = world.get(login, path).await.ok().to_string();
            assert!(all.contains("不熟悉机床行业"), "{all}");
        }
    }
}
