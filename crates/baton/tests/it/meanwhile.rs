//! Two people change the same thing: the second is told, and undoes nothing unseen.

use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, World, money};
use crate::people::{names, see};

story!(
    a_correction_undoes_no_other,
    what_is_masked_alike_is_not_overwritten_unseen,
    departments_entities_and_posts_are_not_overwritten_unseen,
    customers_contacts_and_opportunities_are_not_overwritten_unseen,
    a_contract_is_not_described_over_unseen,
    roles_are_not_taken_away_unseen,
    what_cannot_be_is_not_entered_of_an_employee,
);

const CHANGED: &str = "request.changed_meanwhile";

/// Where a form reads what it shows.
#[derive(Clone, Copy)]
struct Shown<'a> {
    page: &'a str,
    /// Pointer to the thing, or to the list in which it stands.
    at: &'a str,
    id: &'a str,
}

impl Shown<'_> {
    async fn version(&self, world: &World, login: &Login) -> Json {
        let page = world.get(login, self.page).await.ok();
        let found = page.pointer(self.at).expect("it is shown");
        let version = match found.as_array() {
            Some(list) => {
                list.iter().find(|one| one["id"] == self.id).expect("a row")["version"].clone()
            }
            None => found["version"].clone(),
        };
        assert!(
            version.as_str().is_some_and(|text| !text.is_empty()),
            "{found}"
        );
        version
    }
}

/// Both have seen the same: the first is taken, the second refused until he has looked again.
async fn in_turn(
    world: &World,
    login: &Login,
    shown: Shown<'_>,
    path: &str,
    [mut first, mut second]: [Json; 2],
) {
    let seen = shown.version(world, login).await;
    first["seen"] = seen.clone();
    second["seen"] = seen;
    world.post(login, path, first).await.ok();
    let late = world.post(login, path, second.clone()).await;
    let told = late.body.to_string();
    assert!(told.contains("已被他人修改，您的改动没有保存"), "{told}");
    assert_eq!(late.problem(409), CHANGED);
    second["seen"] = shown.version(world, login).await;
    world.post(login, path, second).await.ok();
}

async fn a_correction_undoes_no_other(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, company.zhang.id.to_string());
    let page = format!("/employees/{zhang}");
    let shown = Shown {
        page: &page,
        at: "",
        id: "",
    };
    let correction = |name: &str, email: Option<&str>| {
        json!({ "name": name, "email": email, "hired_on": "2020-03-01", "sells": true,
            "reason": "对照档案更正" })
    };
    let both = [
        correction("张三丰", None),
        correction("张三丰", Some("zhang@example.com")),
    ];
    let path = format!("{page}/correction");
    in_turn(&world, hr, shown, &path, both).await;
    let view = see(&world, &company, &zhang).await;
    assert_eq!(
        (&view["name"], &view["email"]),
        (&json!("张三丰"), &json!("z***@example.com"))
    );
    let term =
        |until: &str| json!({ "begins_on": "2020-03-01", "ends_on": until, "reason": "续签" });
    let both = [term("2027-02-28"), term("2028-02-28")];
    in_turn(&world, hr, shown, &format!("{page}/contract"), both).await;
    let job = |department| {
        json!({ "effective_on": world.today(), "entity_id": company.entity,
            "department_id": department, "post_id": company.post, "reason": "支援" })
    };
    let both = [job(company.south), job(company.sales)];
    in_turn(&world, hr, shown, &format!("{page}/job"), both).await;
    // Colleagues are shown less, and no version.
    let colleague = world.get(&company.li.login, &page).await.ok();
    assert_eq!(colleague["version"], "");
}

/// Two numbers have one mask, and the version gives neither away.
async fn what_is_masked_alike_is_not_overwritten_unseen(world: World) {
    let company = Company::found(&world).await;
    let (hr, zhang) = (&company.hr.login, &company.zhang);
    let page = format!("/employees/{}", zhang.id);
    let shown = Shown {
        page: &page,
        at: "",
        id: "",
    };
    let path = format!("{page}/correction");
    let correction = |key: &str, value: &str| {
        let mut new = json!({ "name": "张三", "hired_on": "2020-03-01", "sells": true,
            "reason": "对照档案更正" });
        new[key] = json!(value);
        new
    };
    for (key, values) in [
        ("phone", ["13812341234", "13856781234", "13890121234"]),
        (
            "citizen_id",
            [
                "110101199003078478",
                "110105199203078478",
                "110101198705238478",
            ],
        ),
    ] {
        let [before, first, second] = values.map(|value| correction(key, value));
        world.post(hr, &path, before).await.ok();
        let masked = see(&world, &company, &zhang.id.to_string()).await[key].clone();
        in_turn(&world, hr, shown, &path, [first, second]).await;
        let after = see(&world, &company, &zhang.id.to_string()).await;
        assert_eq!(after[key], masked);
        let why = json!({ "reason": "核对档案" });
        let revealed = world.post(hr, &format!("{page}/reveal"), why).await.ok();
        assert_eq!(revealed[key], values[2]);
    }

    let id = company.customer(&world, zhang, "永定机床有限公司").await;
    let page = format!("/customers/{id}");
    let card = |phone: &str| json!({ "name": "赵采购", "phone": phone });
    let contact = card("13812341234");
    let contact = world
        .post(&zhang.login, &format!("{page}/contacts"), contact)
        .await
        .id();
    let shown = Shown {
        page: &page,
        at: "/contacts",
        id: &contact,
    };
    let path = format!("/contacts/{contact}");
    let both = [card("13856781234"), card("13890121234")];
    in_turn(&world, &zhang.login, shown, &path, both).await;
}

async fn departments_entities_and_posts_are_not_overwritten_unseen(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let (north, entity) = (company.north.to_string(), company.entity.to_string());
    let post = company.post.to_string();
    let department = Shown {
        page: "/departments",
        at: "",
        id: &north,
    };
    let named = |name: &str| json!({ "name": name, "parent_id": company.sales });
    let path = format!("/departments/{north}");
    in_turn(
        &world,
        hr,
        department,
        &path,
        [named("华北一组"), named("华北大区")],
    )
    .await;
    let led = |who: &crate::harness::Person| json!({ "employee_id": who.id });
    let heads = [led(&company.li), led(&company.zhang)];
    in_turn(&world, hr, department, &format!("{path}/head"), heads).await;
    let shown = Shown {
        page: "/posts",
        at: "/entities",
        id: &entity,
    };
    let both = [json!({ "name": "北辰股份" }), json!({ "name": "北辰集团" })];
    in_turn(&world, hr, shown, &format!("/entities/{entity}"), both).await;
    let shown = Shown {
        page: "/posts",
        at: "/posts",
        id: &post,
    };
    let path = format!("/posts/{post}");
    let both = [json!({ "name": "业务专员" }), json!({ "name": "业务代表" })];
    in_turn(&world, hr, shown, &path, both).await;
    let view = see(&world, &company, &company.zhang.id.to_string()).await;
    assert_eq!(view["post"], "业务代表");
    let entry = world.entries("people.edit_post").await[0].to_string();
    assert!(entry.contains("更名为"), "{entry}");
    // A post is called like no other, and a code is told as a code.
    world
        .post(hr, "/posts", json!({ "name": "司机" }))
        .await
        .ok();
    let taken = world.post(hr, &path, json!({ "name": "司机" })).await;
    assert_eq!(taken.problem(409), "people.name_taken");
    let same = world.post(hr, &path, json!({ "name": "业务代表" })).await;
    assert_eq!(same.problem(409), "people.same_post");
    let denied = world
        .post(&company.li.login, &path, json!({ "name": "店员" }))
        .await;
    assert_eq!(denied.problem(403), "access.denied");
    let twice = json!({ "entity_id": entity, "code": "S1", "name": "华北二组" });
    let twice = world.post(hr, "/departments", twice).await;
    let remedy = twice.body["remedy"].to_string();
    assert!(remedy.contains("换一个部门编码"), "{remedy}");
    let tree = world.get(hr, "/departments").await.ok();
    assert!(
        names(&tree, "name").contains(&"华北大区".to_owned()),
        "{tree}"
    );
}

async fn customers_contacts_and_opportunities_are_not_overwritten_unseen(world: World) {
    let company = Company::found(&world).await;
    let zhang = &company.zhang.login;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let page = format!("/customers/{id}");
    let shown = Shown {
        page: &page,
        at: "",
        id: "",
    };
    let both = [json!({ "region": "上海" }), json!({ "tier": "B" })];
    in_turn(&world, zhang, shown, &page, both).await;
    let card = |title: &str| json!({ "name": "赵采购", "title": title, "phone": "13812341234" });
    let contact = world
        .post(zhang, &format!("{page}/contacts"), card("采购员"))
        .await
        .id();
    let shown = Shown {
        page: &page,
        at: "/contacts",
        id: &contact,
    };
    let path = format!("/contacts/{contact}");
    in_turn(&world, zhang, shown, &path, [card("经理"), card("总监")]).await;
    let deal = json!({ "title": "二期", "product": "机床", "stage": "lead" });
    let deal = world
        .post(zhang, &format!("{page}/opportunities"), deal)
        .await
        .id();
    let path = format!("/opportunities/{deal}/stage");
    let to = |stage: &str, seen: &str| json!({ "stage": stage, "seen": seen });
    world
        .post(zhang, &path, to("negotiation", "lead"))
        .await
        .ok();
    let late = world.post(zhang, &path, to("qualified", "lead")).await;
    assert_eq!(late.problem(409), CHANGED);
    let view = world.get(zhang, &page).await.ok();
    assert_eq!(view["opportunities"][0]["stage"], "negotiation");
}

async fn a_contract_is_not_described_over_unseen(world: World) {
    let company = Company::found(&world).await;
    let finance = &company.finance.login;
    let id = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let contract = json!({ "customer_id": id, "number": "HT-1", "title": "年度框架",
        "amount": money("90000"), "signed_on": world.today() });
    let contract = world.post(finance, "/contracts", contract).await.id();
    let shown = Shown {
        page: "/commission-deals",
        at: "/items",
        id: &contract,
    };
    let said = |product: &str| json!({ "product": product, "margin": money("12000") });
    let path = format!("/contracts/{contract}/describe");
    in_turn(
        &world,
        finance,
        shown,
        &path,
        [said("机床"), said("伺服系统")],
    )
    .await;
}

async fn roles_are_not_taken_away_unseen(world: World) {
    let company = Company::found(&world).await;
    let security = world.login(None, &["security_admin"]).await;
    let path = format!("/logins/{}/roles", company.zhang.login.id);
    let body = |roles: &[&str], seen: &[&str]| json!({ "roles": roles, "seen": seen });
    let first = body(&["salesperson", "finance"], &["salesperson"]);
    world.post(&security, &path, first).await.ok();
    let late = world
        .post(
            &security,
            &path,
            body(&["salesperson", "legal"], &["salesperson"]),
        )
        .await;
    assert_eq!(late.problem(409), CHANGED);
    let again = body(&["legal", "salesperson"], &["finance", "salesperson"]);
    world.post(&security, &path, again).await.ok();
    // A login without any role shows an empty desk: none is opened.
    let new = json!({ "number": "N-9", "roles": [], "password": "Aa-12345678" });
    let empty = world.post(&security, "/logins", new).await;
    assert_eq!(empty.problem(422), "session.no_role");
    let new = json!({ "number": "工号 一", "roles": ["hr"], "password": "Aa-12345678" });
    let apart = world.post(&security, "/logins", new).await;
    assert_eq!(apart.problem(422), "request.number_shape");
    // Whoever may not do a thing is told who grants it.
    let denied = world.get(&company.li.login, "/logins").await;
    let remedy = denied.body["remedy"].to_string();
    assert!(remedy.contains("安全管理员"), "{remedy}");
}

async fn what_cannot_be_is_not_entered_of_an_employee(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let new = |key: &str, value: Json| {
        let mut new = json!({ "number": "E100", "name": "新来的", "entity_id": company.entity,
            "department_id": company.north, "post_id": company.post, "hired_on": world.today() });
        new[key] = value;
        new
    };
    for (key, value, code) in [
        ("number", json!("A 01"), "request.number_shape"),
        ("email", json!("nope"), "request.email_shape"),
        (
            "hired_on",
            json!(world.today().plus_days(1)),
            "people.hired_on",
        ),
        ("hired_on", json!("1899-12-31"), "people.hired_on"),
    ] {
        let refused = world.post(hr, "/employees", new(key, value)).await;
        assert_eq!(refused.body["errors"][0]["pointer"], format!("/{key}"));
        assert_eq!(refused.problem(422), code);
    }
    let email = json!("new@example.com");
    world.post(hr, "/employees", new("email", email)).await.ok();
}
