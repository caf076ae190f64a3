//! Until a dismissal is served it tells and hinders nobody: not whom it is about, whatever office
//! he holds, and not those who work with him.

use baton::people::acts::set_state::SetState;
use serde_json::{Value as Json, json};

use super::dismissal::{Above, above, approved, dismissed, notice_issued};
use super::{resign, view};
use crate::desk::{approve, tasks};
use crate::handover::{draw, plan, step, work_of_zhang};
use crate::harness::{Company, Login, Person, World, hire, person};

story!(
    everybody_deals_with_him_as_ever,
    of_a_leaver_each_knows_what_he_reads_of_departures,
    his_office_does_not_tell_him,
    nobody_runs_his_own_departure,
    his_own_notice_is_never_refused,
    its_papers_are_signed_in_their_time,
    whoever_hands_over_does_not_read_who_else_leaves,
    books_that_told_it_too_early_are_put_right,
);

async fn found(world: &World, login: &Login, path: &str) -> Json {
    world.get(login, path).await.ok()
}

/// 工号 of everybody in this list of employees.
async fn numbers(world: &World, login: &Login, query: &str) -> Vec<String> {
    let page = found(world, login, &format!("/employees?{query}")).await;
    let items = page["items"].as_array().expect("people").iter();
    let number = |item: &Json| item["number"].as_str().expect("a number").to_owned();
    items.map(number).collect()
}

async fn everybody_deals_with_him_as_ever(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let (hr, chief) = (&company.hr.login, &company.chief.login);
    let (zhang, li, wang) = (&company.zhang, &company.li, &company.wang);
    company.customer(&world, li, "海川机械厂").await;
    let theirs = company.customer(&world, wang, "卢沟轴承有限公司").await;
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    // He gets and gives customers, by himself and by his manager.
    let his = company.customer(&world, zhang, "永定机床有限公司").await;
    for (customer, to) in [(&theirs, zhang.id), (&his, wang.id)] {
        let body = json!({ "owner_id": to, "effective_on": world.today(),
            "reason": "reassigned" });
        let path = format!("/customers/{customer}/assign");
        world.post(chief, &path, body).await.ok();
    }
    // He is among those who may take over, is asked, and may say yes.
    let body = json!({ "from": li.id, "effective_on": world.today() });
    let drawn = draw(&world, &company, body).await;
    let submit = json!({ "version": 1 });
    step(&world, chief, &drawn, "submit", submit).await.ok();
    let yes = json!({ "version": 1, "accept": true });
    step(&world, &zhang.login, &drawn, "answer", yes).await.ok();
    for login in [hr, chief, &zhang.login] {
        let none = numbers(&world, login, "state=notice").await;
        assert_eq!(none, Vec::<String>::new());
    }
    assert!(world.entries("people.set_state").await.is_empty());

    approved(&world, &company, &above).await;
    notice_issued(&world, &company, &id).await;
    let served = format!("/departures/{id}/acknowledge");
    world.post(hr, &served, json!({})).await.ok();
    for login in [hr, chief] {
        assert_eq!(numbers(&world, login, "state=notice").await, ["E002"]);
    }
    let body = json!({ "owner_id": zhang.id, "effective_on": world.today(),
        "reason": "reassigned" });
    let path = format!("/customers/{his}/assign");
    let late = world.post(chief, &path, body).await;
    assert_eq!(late.problem(409), "customer.owner_is_leaving");
}

async fn of_a_leaver_each_knows_what_he_reads_of_departures(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.south, company.post);
    let south = person(place, "E200", "冯南", true);
    let south = hire(&world, south, "sales_manager").await.login;
    let steward = world.login(None, &["data_steward"]).await;
    resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    let page = format!("/employees/{}", company.zhang.id);
    for (login, knows) in [
        (&company.hr.login, true),
        (&company.chief.login, true),
        (&zhang, true),
        (&south, false),
        (&company.li.login, false),
        (&steward, false),
    ] {
        let state = if knows { "notice" } else { "active" };
        assert_eq!(found(&world, login, &page).await["state"], state);
        let listed = found(&world, login, "/employees?q=E002").await;
        assert_eq!(listed["items"][0]["state"], state, "{listed}");
        let leaving = numbers(&world, login, "state=notice").await;
        assert_eq!(leaving.contains(&"E002".to_owned()), knows);
        let staying = numbers(&world, login, "state=active").await;
        assert_eq!(staying.contains(&"E002".to_owned()), !knows);
    }
    // Nor does the history of the person tell it to whoever keeps his particulars.
    let history = format!("/evidence?subject=employee/{}", company.zhang.id);
    let told = found(&world, &steward, &history).await;
    assert!(!told["items"].as_array().expect("lines").is_empty());
    assert!(!told.to_string().contains("离职"), "{told}");
    let told = found(&world, &company.hr.login, &history).await;
    assert!(told.to_string().contains("离职办理中"), "{told}");
}

/// A dismissal of this person by this colleague; its id and its case.
async fn prepared(world: &World, whom: &Person, by: &Login) -> (String, String) {
    let body = json!({ "kind": "misconduct", "employee_id": whom.id, "protected": {},
        "reason": "严重违反考勤制度" });
    let id = world.post(by, "/departures", body).await.id();
    let case = view(world, by, &id).await["case_id"].clone();
    (id, case.as_str().expect("a case").to_owned())
}

fn text(json: &Json) -> &str {
    json.as_str().expect("a text")
}

/// No page, list or history of all that his role opens speaks of it.
async fn is_not_there(world: &World, login: &Login, (id, case): (&str, &str), colleague: &Login) {
    for path in [
        format!("/departures/{id}"),
        format!("/departures/{id}/bundle-preview"),
        format!("/departures/{id}/bundles"),
        format!("/cases/{case}"),
        format!("/evidence?subject=departure/{id}"),
        format!("/evidence?subject=case/{case}"),
    ] {
        world.get(colleague, &path).await.ok();
        world.get(login, &path).await.problem(404);
    }
    let number = view(world, colleague, id).await["number"].clone();
    let title = found(world, colleague, &format!("/cases/{case}")).await["title"].clone();
    let secrets = [id, case, text(&number), text(&title)];
    let history = format!("/evidence?subject=departure/{id}");
    let filed = found(world, colleague, &history).await["items"][0]["index"].clone();
    for path in [
        format!("/evidence/{filed}"),
        format!("/evidence/{filed}/proof"),
    ] {
        let (status, ..) = world.file(Some(login), &path, None).await;
        assert_eq!(status, 404, "{path}");
    }
    let me = found(world, login, "/session").await["login"]["employee_id"].clone();
    let mut lists = vec![
        "/tasks".to_owned(),
        "/departures".to_owned(),
        format!("/cases?subject=departure/{id}"),
        "/evidence".to_owned(),
        "/evidence?kind=departure.file".to_owned(),
        "/evidence?kind=approval.start".to_owned(),
    ];
    if let Some(me) = me.as_str() {
        lists.push(format!("/evidence?subject=employee/{me}"));
    }
    for path in lists {
        let answer = world.get(login, &path).await;
        let told = answer.body.to_string();
        for secret in secrets {
            assert!(!told.contains(secret), "{secret} at {path}: {told}");
        }
    }
}

/// Whoever reads every departure, its evidence and its tasks reads nothing of his own.
async fn his_office_does_not_tell_him(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let Above { legal, hr2, .. } = &above;
    let hr = &company.hr;

    let (id, case) = prepared(&world, legal, &hr.login).await;
    is_not_there(&world, &legal.login, (&id, &case), &hr2.login).await;
    let pay = format!("/departures/{id}/commission");
    world.get(&legal.login, &pay).await.problem(404);
    world.get(&company.finance.login, &pay).await.ok();
    let body = json!({ "recipient": "本人", "reason": "留存", "up_to": 1 });
    let path = format!("/departures/{id}/bundles");
    world.post(&legal.login, &path, body).await.problem(404);

    let second = json!({ "reason": "另行安排岗位", "do": "withdraw" });
    let given_up = format!("/cases/{case}/commands");
    world.post(&hr.login, &given_up, second).await.ok();
    is_not_there(&world, &legal.login, (&id, &case), &hr2.login).await;

    let (id, case) = prepared(&world, hr, &hr2.login).await;
    approve(&world, &legal.login, "protection").await;
    is_not_there(&world, &hr.login, (&id, &case), &hr2.login).await;
    // The step of the union lies in the pool of HR.
    let waits = |tasks: Vec<Json>| tasks.iter().any(|task| task["case_id"] == *case);
    assert!(waits(tasks(&world, &hr2.login).await));
    assert!(!waits(tasks(&world, &hr.login).await));
    let offers = format!("/document-offers?departure={id}");
    world.get(&hr.login, &offers).await.problem(404);
    world.get(&hr2.login, &offers).await.ok();
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "双方同意" });
    let talk = json!({ "check": "interview", "on": world.today(), "note": "" });
    let clocks = json!({ "clocks": { "employment_ends_on": "2026-12-22",
        "last_working_day": "2026-12-22", "commission_cutoff_on": "2026-12-22" },
        "reason": "按约定" });
    for (step, body) in [
        ("withdraw", both),
        ("checks", talk),
        ("dates", clocks),
        ("acknowledge", json!({})),
        ("close", json!({})),
    ] {
        let path = format!("/departures/{id}/{step}");
        world.post(&hr.login, &path, body).await.problem(404);
    }
    let seen = view(&world, &hr2.login, &id).await;
    assert_eq!(seen["stage"]["key"], "filed");
    let speaks = json!({ "do": "comment", "text": "谁在办？" });
    let path = format!("/cases/{case}/commands");
    let answer = world.post(&hr.login, &path, speaks).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
}

async fn nobody_runs_his_own_departure(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr;
    let own = json!({ "kind": "misconduct", "employee_id": hr.id, "protected": {},
        "reason": "试试" });
    let refused = world.post(&hr.login, "/departures", own).await;
    assert_eq!(refused.problem(409), "departure.ones_own");
    let id = resign(&world, &hr.login).await;
    // Even where his login was set back to normal by hand.
    let login = world.relogin(hr.id, &["hr"]).await;
    let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "双方同意" });
    let talk = json!({ "check": "interview", "on": world.today(), "note": "" });
    let early = json!({ "last_day": world.today().plus_days(3), "note": "协议" });
    let clocks = json!({ "clocks": { "employment_ends_on": "2026-12-22",
        "last_working_day": "2026-12-11", "commission_cutoff_on": "2026-12-22" },
        "reason": "按约定" });
    for (step, body) in [
        ("withdraw", both),
        ("checks", talk),
        ("dates", clocks),
        ("agree-early", early),
        ("acknowledge", json!({})),
        ("close", json!({})),
    ] {
        let path = format!("/departures/{id}/{step}");
        let refused = world.post(&login, &path, body).await;
        assert_eq!(refused.problem(409), "departure.ones_own", "{step}");
    }
    let place = (company.entity, company.sales, company.post);
    let other = hire(&world, person(place, "E902", "副人事", false), "hr").await;
    let path = format!("/departures/{id}/acknowledge");
    world.post(&other.login, &path, json!({})).await.ok();
}

/// 劳动合同法 art. 37: a notice of the employee waits for nobody, and no refusal tells him why.
async fn his_own_notice_is_never_refused(world: World) {
    let company = Company::found(&world).await;
    above(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let (hr, zhang, li) = (&company.hr.login, &company.zhang, &company.li);
    for (who, kind, by_hr) in [
        (zhang, "resignation", false),
        (&company.wang, "mutual_by_employee", false),
        (li, "resignation", true),
    ] {
        let (old, case) = prepared(&world, who, hr).await;
        let drawn = match who.id == zhang.id {
            true => {
                let body = json!({ "from": who.id, "departure_id": old });
                Some(draw(&world, &company, body).await)
            }
            false => None,
        };
        let again = json!({ "kind": "misconduct", "employee_id": who.id, "protected": {},
            "reason": "再次" });
        let twice = world.post(hr, "/departures", again).await;
        assert_eq!(twice.problem(409), "departure.already_open");

        let body = json!({ "kind": kind, "employee_id": who.id, "reason": "另谋发展",
            "wished_on": "2026-12-31" });
        let by = if by_hr { hr } else { &who.login };
        let filed = world.post(by, "/departures", body).await.ok();
        let was = view(&world, hr, &old).await;
        assert_eq!(was["stage"]["key"], "withdrawn");
        let steps = was["steps"].as_array().expect("steps");
        assert_eq!(steps.last().expect("a step")["kind"], "called_off");
        let seen = found(&world, hr, &format!("/cases/{case}")).await;
        assert_eq!(seen["state"], "terminated");
        assert!(seen.to_string().contains("员工本人已提出离职"), "{seen}");
        if let Some(drawn) = &drawn {
            let chief = &company.chief.login;
            assert_eq!(plan(&world, chief, drawn).await["state"], "cancelled");
        }
        // He reads his own and nothing of the other.
        let login = world.log_in(who.login.id).await;
        let session = found(&world, &login, "/session").await;
        assert_eq!(session["login"]["mode"], "handover");
        let number = was["number"].as_str().expect("a number");
        assert!(!filed.to_string().contains(number), "{filed}");
        let own = found(&world, &login, "/departures").await;
        assert_eq!(own["items"].as_array().expect("one").len(), 1, "{own}");
        assert_eq!(own["items"][0]["id"], filed["id"]);
        let id = filed["id"].as_str().expect("an id");
        for path in [
            format!("/departures/{id}"),
            format!("/evidence?subject=departure/{id}"),
        ] {
            let told = found(&world, &login, &path).await.to_string();
            for hidden in [number, old.as_str(), case.as_str()] {
                assert!(!told.contains(hidden), "{path}: {told}");
            }
        }
        for path in [format!("/departures/{old}"), format!("/cases/{case}")] {
            world.get(&login, &path).await.problem(404);
        }
    }
    let entries = world.entries("departure.call_off").await;
    assert_eq!(entries.len(), 3);
    assert!(
        entries[0]
            .to_string()
            .contains("不再办理：解除通知尚未送达"),
        "{}",
        entries[0]
    );
}

async fn its_papers_are_signed_in_their_time(world: World) {
    let company = Company::found(&world).await;
    let above = above(&world, &company).await;
    let (hr, zhang) = (&company.hr.login, &company.zhang);
    let id = dismissed(&world, &company, "misconduct", json!({})).await;
    approved(&world, &company, &above).await;
    let list = json!({ "kind": "handover_list", "departure_id": id });
    let list = world.post(hr, "/documents", list).await.id();
    notice_issued(&world, &company, &id).await;
    let offers = format!("/documents?departure_id={id}&kind=termination_notice");
    let notice = found(&world, hr, &offers).await["items"][0]["id"].clone();
    let ask = |document: Json, seat: Json| {
        json!({ "document_id": document, "seats": [seat],
            "deadline": world.today().plus_days(7) })
    };
    let himself = json!({ "role": "employee", "employee_id": zhang.id, "level": "L1", "turn": 2 });
    let seal = json!({ "role": "company", "level": "L2", "turn": 1 });
    let body = ask(json!(list), himself.clone());
    let early = world.post(hr, "/signings", body).await;
    assert_eq!(early.problem(409), "signing.not_served");
    let mut body = ask(notice, himself);
    body["seats"].as_array_mut().expect("seats").push(seal);
    let signing = world.post(hr, "/signings", body).await.id();
    assert_eq!(
        found(&world, &zhang.login, "/signings/waiting").await,
        json!([])
    );

    // He is quicker, and nobody signs it any more.
    resign(&world, &zhang.login).await;
    let seen = found(&world, hr, &format!("/signings/{signing}")).await;
    assert_eq!(seen["standing"], "withdrawn", "{seen}");
    let seat = json!({ "role": "receiver", "employee_id": company.li.id, "level": "L1",
        "turn": 1 });
    let late = world.post(hr, "/signings", ask(json!(list), seat)).await;
    assert_eq!(late.problem(409), "signing.departure_withdrawn");
}

async fn whoever_hands_over_does_not_read_who_else_leaves(world: World) {
    let company = Company::found(&world).await;
    above(&world, &company).await;
    work_of_zhang(&world, &company).await;
    let (hr, chief, li) = (&company.hr.login, &company.chief.login, &company.li);
    resign(&world, &company.zhang.login).await;
    let zhang = world.log_in(company.zhang.login.id).await;
    let drawn = draw(&world, &company, json!({ "from": company.zhang.id })).await;
    let submit = json!({ "version": 1 });
    step(&world, chief, &drawn, "submit", submit).await.ok();
    let leaves = |plan: Json| plan["conflicts"].to_string().contains("李四 将于");
    // Before its service a dismissal is no conflict either.
    prepared(&world, li, hr).await;
    assert!(!leaves(plan(&world, chief, &drawn).await));
    resign(&world, &li.login).await;
    assert!(leaves(plan(&world, chief, &drawn).await));
    let own = plan(&world, &zhang, &drawn).await;
    assert_eq!(own["conflicts"], json!([]));
}

/// Filing used to mark the person at once.
async fn books_that_told_it_too_early_are_put_right(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    dismissed(&world, &company, "misconduct", json!({})).await;
    resign(&world, &company.li.login).await;
    let marked = SetState {
        employee: company.zhang.id,
        state: serde_json::from_value(json!("notice")).expect("a state"),
        left_on: None,
        why: "departure".to_owned(),
    };
    world.done(&marked).await;
    let marked = world.entries("people.set_state").await.len();
    for _ in 0..2 {
        let spine = &world.house.spine;
        let put = baton::departure::jobs::put_back(spine).await;
        put.expect("put right");
        assert_eq!(world.entries("people.set_state").await.len(), marked + 1);
    }
    assert_eq!(numbers(&world, hr, "state=notice").await, ["E003"]);
    let customer = company.customer(&world, &company.zhang, "永定机床有限公司");
    assert!(!customer.await.is_empty());
}
