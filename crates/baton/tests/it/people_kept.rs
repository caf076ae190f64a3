//! A company is kept right: particulars corrected, people rehired, departments and entities edited.

use serde_json::{Value as Json, json};

use crate::harness::{Company, World, hire, person};
use crate::people::{names, see};

story!(
    particulars_are_corrected_and_told_masked,
    a_first_day_is_moved_by_rows_of_the_history,
    a_salesperson_with_customers_stays_one,
    who_left_comes_back_under_his_number,
    one_citizen_id_is_one_person,
    a_citizen_id_is_shown_to_those_who_need_it,
    departments_are_renamed_moved_and_closed,
    an_entity_gets_its_registered_name,
);

fn correction(with: Json) -> Json {
    let mut body = json!({ "name": "张三", "hired_on": "2020-03-01", "sells": true,
        "reason": "对照档案更正" });
    for (key, value) in with.as_object().expect("fields") {
        body[key] = value.clone();
    }
    body
}

async fn particulars_are_corrected_and_told_masked(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, company.zhang.id.to_string());
    let path = format!("/employees/{zhang}/correction");
    let same = world.post(hr, &path, correction(json!({}))).await;
    assert_eq!(same.problem(409), "people.same_particulars");
    let body = correction(json!({
        "name": "张叁", "citizen_id": "11010519491231002x", "phone": "+86 138 1234 1234",
        "contract_from": "2020-03-01", "contract_until": "2029-02-28", "capacity": 80,
        "regions": "华北、东北",
    }));
    for login in [&company.zhang.login, &company.chief.login] {
        let denied = world.post(login, &path, body.clone()).await;
        assert_eq!(denied.problem(403), "access.denied");
    }
    world.post(hr, &path, body).await.ok();
    let view = see(&world, &company, &zhang).await;
    assert_eq!(
        (
            &view["name"],
            &view["citizen_id"],
            &view["phone"],
            &view["contract_until"]
        ),
        (
            &json!("张叁"),
            &json!("110***********002X"),
            &json!("138****1234"),
            &json!("2029-02-28")
        )
    );
    let session = world.get(&company.zhang.login, "/session").await.ok();
    assert_eq!(session["login"]["name"], "张叁", "the login bears his name");
    let entry = world.entries("people.correct_employee").await[0].to_string();
    for told in [
        "姓名、身份证号、电话",
        "110***********002X",
        "138****1234",
        "2029-02-28",
    ] {
        assert!(entry.contains(told), "{told}: {entry}");
    }
    assert!(
        !entry.contains("19491231") && !entry.contains("13812341234"),
        "{entry}"
    );
    // What is left out stays; a contract without an end is an open-ended one.
    let open = correction(json!({ "name": "张叁", "contract_from": "2020-03-01" }));
    world.post(hr, &path, open).await.ok();
    let view = see(&world, &company, &zhang).await;
    assert_eq!(
        (&view["phone"], &view["contract_until"]),
        (&json!("138****1234"), &Json::Null)
    );
    let wrong =
        correction(json!({ "contract_from": "2020-03-01", "contract_until": "2019-01-01" }));
    let wrong = world.post(hr, &path, wrong).await;
    assert_eq!(wrong.problem(422), "people.days_in_order");
}

async fn a_first_day_is_moved_by_rows_of_the_history(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, company.zhang.id.to_string());
    let path = format!("/employees/{zhang}/correction");
    let job = json!({
        "effective_on": "2024-01-01", "entity_id": company.entity, "department_id": company.south,
        "post_id": company.post, "reason": "支援华南",
    });
    world
        .post(hr, &format!("/employees/{zhang}/job"), job)
        .await
        .ok();
    let to = |day: &str| correction(json!({ "hired_on": day }));
    let late = world.post(hr, &path, to("2024-01-01")).await;
    assert_eq!(late.problem(409), "people.first_day");
    for day in ["2020-06-01", "2019-05-01"] {
        world.post(hr, &path, to(day)).await.ok();
    }
    let view = see(&world, &company, &zhang).await;
    assert_eq!(view["hired_on"], "2019-05-01");
    let rows = view["employment"].as_array().unwrap();
    let told: Vec<String> = rows
        .iter()
        .map(|row| format!("{} {}", row["effective_on"], row["ended"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "2019-05-01 false",
            "2020-03-01 false",
            "2020-03-01 true",
            "2020-03-01 false",
            "2020-06-01 false",
            "2024-01-01 false"
        ]
    );
}

async fn a_salesperson_with_customers_stays_one(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let body = |name: &str, sells: bool| correction(json!({ "name": name, "sells": sells }));
    let hr = &company.hr.login;
    let zhang = format!("/employees/{}/correction", company.zhang.id);
    let kept = world.post(hr, &zhang, body("张三", false)).await;
    assert_eq!(kept.problem(409), "people.still_owns");
    // And whoever was none may become one.
    let it = format!("/employees/{}/correction", company.it.id);
    world.post(hr, &it, body("季网管", true)).await.ok();
    assert_eq!(
        see(&world, &company, &company.it.id.to_string()).await["sells"],
        true
    );
}

async fn leaves(world: &World, who: kernel::EmployeeId) {
    let act = baton::people::acts::set_state::SetState {
        employee: who,
        state: serde_json::from_value(json!("left")).expect("a state"),
        left_on: Some(world.today()),
        why: "departure".to_owned(),
    };
    world.done(&act).await;
}

async fn who_left_comes_back_under_his_number(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, company.zhang.id.to_string());
    let path = format!("/employees/{zhang}/rehire");
    let back = |day: kernel::Day| {
        json!({ "hired_on": day, "entity_id": company.entity, "department_id": company.south,
            "post_id": company.post, "line_manager_id": company.wang.id,
            "contract_from": day, "contract_until": day.plus_days(1095) })
    };
    let here = world.post(hr, &path, back(world.today())).await;
    assert_eq!(here.problem(409), "people.still_here");
    leaves(&world, company.zhang.id).await;
    let early = world.post(hr, &path, back(world.today())).await;
    assert_eq!(early.problem(409), "people.retroactive_job");
    world.pass_days(90);
    let today = world.today();
    let ahead = world.post(hr, &path, back(today.plus_days(1))).await;
    assert_eq!(ahead.problem(422), "people.future_job");
    let denied = world.post(&company.chief.login, &path, back(today)).await;
    assert_eq!(denied.problem(403), "access.denied");
    world.post(hr, &path, back(today)).await.ok();
    let view = see(&world, &company, &zhang).await;
    assert_eq!(
        (
            &view["number"],
            &view["state"],
            &view["left_on"],
            &view["hired_on"]
        ),
        (&json!("E002"), &json!("active"), &Json::Null, &json!(today))
    );
    assert_eq!(
        names(&view["employment"], "department"),
        ["华北组", "华北组", "华南组"]
    );
    assert_eq!(names(&view["line"], "name")[0], "王五");
    let entry = world.entries("people.rehire").await[0].to_string();
    assert!(entry.contains("重新入职「华南组」"), "{entry}");
    // The login waits for who keeps logins.
    world
        .get(&company.zhang.login, "/session")
        .await
        .problem(401);
    let security = world.login(None, &["security_admin"]).await;
    let id = company.zhang.login.id;
    let logins = world.get(&security, "/logins").await.ok();
    let all = logins["items"].as_array().unwrap();
    let login = all.iter().find(|one| one["id"] == json!(id));
    let login = login.expect("his login");
    assert_eq!(
        (&login["active"], &login["mode"]),
        (&json!(false), &json!("normal"))
    );
    let open = format!("/logins/{id}/access");
    let opened = world
        .post(&security, &open, json!({ "active": true }))
        .await;
    assert_eq!(opened.status.as_u16(), 204, "{}", opened.body);
    let again = world.log_in(company.zhang.login.id).await;
    world.get(&again, "/employees").await.ok();
}

/// Even masked it tells where somebody comes from, and colleagues have no use for it.
async fn a_citizen_id_is_shown_to_those_who_need_it(world: World) {
    let company = Company::found(&world).await;
    let path = format!("/employees/{}", company.zhang.id);
    let body = correction(json!({ "citizen_id": "11010519491231002x" }));
    let hr = &company.hr.login;
    world
        .post(hr, &format!("{path}/correction"), body)
        .await
        .ok();
    for (login, shown) in [
        (hr, json!("110***********002X")),
        (&company.zhang.login, json!("110***********002X")),
        (&company.li.login, Json::Null),
        (&company.chief.login, Json::Null),
        (&company.it.login, Json::Null),
    ] {
        let seen = world.get(login, &path).await.ok();
        assert_eq!(seen["citizen_id"], shown, "{seen}");
    }
    let leaving = world.enter_handover(&company.li.login).await;
    let seen = world.get(&leaving, &path).await.ok();
    assert_eq!(seen["citizen_id"], Json::Null, "{seen}");
}

async fn one_citizen_id_is_one_person(world: World) {
    let company = Company::found(&world).await;
    let place = (company.entity, company.south, company.post);
    let mut new = person(place, "E200", "欧阳锋", true);
    new.citizen_id = Some("11010519491231002X".to_owned());
    let ou = hire(&world, new, "salesperson").await;
    let hr = &company.hr.login;
    let twin = json!({ "number": "E300", "name": "欧阳锋", "entity_id": company.entity,
        "department_id": company.south, "post_id": company.post, "hired_on": world.today(),
        "citizen_id": "11010519491231002x" });
    let here = world.post(hr, "/employees", twin.clone()).await;
    assert!(
        here.body["title"].to_string().contains("E200"),
        "{}",
        here.body
    );
    assert_eq!(here.problem(409), "people.citizen_id_taken");
    leaves(&world, ou.id).await;
    let left = world.post(hr, "/employees", twin).await;
    assert!(
        left.body["remedy"].to_string().contains("重新入职"),
        "{}",
        left.body
    );
    assert_eq!(left.problem(409), "people.citizen_id_taken");
    let path = format!("/employees/{}/correction", company.zhang.id);
    let body = correction(json!({ "citizen_id": "11010519491231002X" }));
    let other = world.post(hr, &path, body).await;
    assert_eq!(other.problem(409), "people.citizen_id_taken");
}

async fn departments_are_renamed_moved_and_closed(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let (sales, north, south) = (company.sales, company.north, company.south);
    let edit = |name: &str, parent: Json| json!({ "name": name, "parent_id": parent });
    let path = |department: kernel::DepartmentId| format!("/departments/{department}");
    let body = edit("华北大区", json!(south));
    let denied = world
        .post(&company.chief.login, &path(north), body.clone())
        .await;
    assert_eq!(denied.problem(403), "access.denied");
    world.post(hr, &path(north), body.clone()).await.ok();
    let same = world.post(hr, &path(north), body).await;
    assert_eq!(same.problem(409), "people.same_department");
    let ring = world
        .post(hr, &path(south), edit("华南组", json!(north)))
        .await;
    assert_eq!(ring.problem(422), "people.department_cycle");
    let entry = world.entries("people.edit_department").await[0].to_string();
    assert!(
        entry.contains("更名为「华北大区」，调整到「华南组」之下"),
        "{entry}"
    );

    let close = |department| format!("{}/close", path(department));
    for full in [sales, south, north] {
        let full = world.post(hr, &close(full), json!({})).await;
        assert_eq!(full.problem(409), "people.department_not_empty");
    }
    let new = json!({ "entity_id": company.entity, "code": "S9", "name": "筹备组" });
    let fresh = world.post(hr, "/departments", new).await.id();
    let gone = format!("/departments/{fresh}/close");
    world.post(hr, &gone, json!({})).await.ok();
    world.post(hr, &gone, json!({})).await.problem(404);
    let tree = world.get(hr, "/departments").await.ok();
    assert!(
        !names(&tree, "name").contains(&"筹备组".to_owned()),
        "{tree}"
    );
}

async fn an_entity_gets_its_registered_name(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let other = json!({ "name": "北辰销售有限公司" });
    world.post(hr, "/entities", other.clone()).await.ok();
    let path = format!("/entities/{}", company.entity);
    let taken = world.post(hr, &path, other).await;
    assert_eq!(taken.problem(409), "people.name_taken");
    let code = |code: &str| json!({ "name": "北辰装备股份有限公司", "credit_code": code });
    let wrong = world.post(hr, &path, code("123")).await;
    assert!(wrong.problem(422).starts_with("customer.credit_code"));
    let right = code("91110000 1000006048");
    world.post(hr, &path, right.clone()).await.ok();
    let same = world.post(hr, &path, right).await;
    assert_eq!(same.problem(409), "people.same_entity");
    let view = see(&world, &company, &company.zhang.id.to_string()).await;
    assert_eq!(view["entity"], "北辰装备股份有限公司");
    let choices = world.get(hr, "/posts").await.ok();
    let codes = names(&choices["entities"], "credit_code");
    assert!(
        codes.contains(&"911100001000006048".to_owned()),
        "{codes:?}"
    );
    let entry = world.entries("people.edit_entity").await[0].to_string();
    assert!(entry.contains("更名为「北辰装备股份有限公司」"), "{entry}");
}
