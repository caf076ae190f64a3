//! Numbers of people, customers and papers: one number in whatever width it is typed.

use serde_json::{Value as Json, json};

use crate::harness::{Company, World, money};

story!(
    a_number_is_kept_half_width,
    a_number_that_was_kept_full_width_is_found,
    a_number_holds_nothing_unseen,
    a_login_for_a_number_that_nobody_has_is_told,
);

const PASSWORD: &str = "Aa-12345678";

fn employee(world: &World, company: &Company, number: &str) -> Json {
    json!({ "number": number, "name": "王小明", "entity_id": company.entity,
        "department_id": company.north, "post_id": company.post, "hired_on": world.today() })
}

async fn a_number_is_kept_half_width(world: World) {
    let company = Company::found(&world).await;
    let (hr, sales) = (&company.hr.login, &company.zhang.login);
    let wang = employee(&world, &company, " Ｓ００１\u{3000}");
    let wang = world.post(hr, "/employees", wang).await.id();
    let seen = world.get(hr, &format!("/employees/{wang}")).await.ok();
    assert_eq!(seen["number"], "S001");
    for again in ["S001", "Ｓ００１"] {
        let again = employee(&world, &company, again);
        let refused = world.post(hr, "/employees", again).await;
        assert_eq!(refused.problem(409), "people.name_taken");
    }
    let new = |number: &str, name: &str| json!({ "number": number, "name": name });
    let first = new("Ｃ－００１", "远山机电有限公司");
    world.post(sales, "/customers", first).await.id();
    let numbers = "SELECT number FROM customer WHERE number = 'C-001'";
    assert_eq!(world.texts(numbers, &["number"]).await, [["C-001"]]);
    for again in ["C-001", "Ｃ－００１"] {
        let again = new(again, "永定机床有限公司");
        let refused = world.post(sales, "/customers", again).await;
        assert_eq!(refused.problem(409), "customer.number_taken");
    }
}

/// What was entered before numbers were kept half-width stays as it is.
async fn a_number_that_was_kept_full_width_is_found(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let wang = employee(&world, &company, "S001");
    let wang = world.post(hr, "/employees", wang).await.id();
    let wide = "UPDATE people_employee SET number = 'Ｓ００１' WHERE number = 'S001'";
    world.raw(wide).await.expect("an old row");
    let again = employee(&world, &company, "S001");
    let refused = world.post(hr, "/employees", again).await;
    assert_eq!(refused.problem(409), "people.name_taken");
    let security = world.login(None, &["security_admin"]).await;
    let login = json!({ "number": "S001", "roles": ["hr"], "password": PASSWORD });
    let opened = world.post(&security, "/logins", login.clone()).await.ok();
    assert_eq!(opened["no_employee"], false);
    let whose = "SELECT employee_id FROM session_login WHERE number = 'S001'";
    assert_eq!(world.texts(whose, &["employee_id"]).await, [[wang]]);
    let wide = "UPDATE session_login SET number = 'Ｓ００１' WHERE number = 'S001'";
    world.raw(wide).await.expect("an old row");
    let again = world.post(&security, "/logins", login).await;
    assert_eq!(again.problem(409), "session.number_taken");
    for typed in ["S001", "Ｓ００１", " S001 "] {
        let came = crate::session::tried(&world, typed, PASSWORD).await;
        assert_eq!(came, "in", "{typed:?}");
    }
}

async fn a_number_holds_nothing_unseen(world: World) {
    let company = Company::found(&world).await;
    let (hr, finance) = (&company.hr.login, &company.finance.login);
    let code = "request.characters";
    let wang = employee(&world, &company, "S\u{200b}001");
    assert_eq!(world.post(hr, "/employees", wang).await.problem(422), code);
    let security = world.login(None, &["security_admin"]).await;
    let login = json!({ "number": "X\u{200b}2", "roles": ["hr"], "password": PASSWORD });
    let refused = world.post(&security, "/logins", login).await;
    assert_eq!(refused.problem(422), code);
    let new = json!({ "number": "C\u{ad}1", "name": "远山机电有限公司" });
    let refused = world.post(&company.zhang.login, "/customers", new).await;
    assert_eq!(refused.problem(422), code);
    let customer = company.customer(&world, &company.zhang, "永定机床").await;
    let contract = json!({ "customer_id": customer, "number": "HT\u{2060}1", "title": "改造",
        "amount": money("500"), "signed_on": world.today() });
    let refused = world.post(finance, "/contracts", contract).await;
    assert_eq!(refused.problem(422), code);
}

async fn a_login_for_a_number_that_nobody_has_is_told(world: World) {
    let company = Company::found(&world).await;
    let security = world.login(None, &["security_admin"]).await;
    let wang = employee(&world, &company, "S001");
    world.post(&company.hr.login, "/employees", wang).await.id();
    for (number, role, nobody) in [
        ("S002", "salesperson", true),
        ("S003", "auditor", false),
        ("S001", "salesperson", false),
    ] {
        let login = json!({ "number": number, "roles": [role], "password": PASSWORD });
        let opened = world.post(&security, "/logins", login).await.ok();
        assert_eq!(opened["no_employee"], nobody, "{number}");
    }
}
