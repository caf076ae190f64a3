//! Lists are scoped in SQL, single things by a decision; on companies made by dice both agree.

use std::collections::BTreeSet;

use ::approval::fact::{Facts, Value};
use baton::approval::acts::start::Start;
use kernel::EmployeeId;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use serde_json::{Value as Json, json};

use crate::harness::{Company, Login, Person, World, hire, person};

story!(
    customers_and_invoices_are_scoped_as_they_are_decided,
    departures_plans_and_people_are_scoped_as_they_are_decided,
    tasks_are_those_of_cases_one_may_read,
);

struct Dice(TestRunner);

impl Dice {
    fn new() -> Dice {
        Dice(TestRunner::deterministic())
    }

    fn roll(&mut self, below: usize) -> usize {
        (0..below)
            .new_tree(&mut self.0)
            .expect("a number")
            .current()
    }
}

/// Roles of every reach, alone and together.
fn lookers(company: &Company) -> Vec<(EmployeeId, &'static [&'static str])> {
    vec![
        (company.zhang.id, &["salesperson"]),
        (company.wang.id, &["salesperson"]),
        (company.chief.id, &["sales_manager"]),
        (company.finance.id, &["finance"]),
        (company.office.id, &["office", "executive"]),
        (company.li.id, &["salesperson", "sales_manager"]),
        (company.hr.id, &["hr"]),
        (company.hr.id, &["legal"]),
        (company.it.id, &["it"]),
    ]
}

/// Every page of a list, as the values of one field.
async fn listed(world: &World, login: &Login, path: &str, field: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut cursor = String::new();
    let joint = if path.contains('?') { '&' } else { '?' };
    loop {
        let page = world
            .get(login, &format!("{path}{joint}cursor={cursor}"))
            .await;
        if page.status.as_u16() == 403 {
            return found;
        }
        let page = page.ok();
        for item in page["items"].as_array().expect("a page") {
            let text = item[field].as_str().unwrap_or_default().to_owned();
            assert!(found.insert(text), "{path} shows a row twice");
        }
        match page["next_cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => return found,
        }
    }
}

/// Which of these things the caller may read one by one.
async fn readable(world: &World, login: &Login, path: &str, ids: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for id in ids {
        let answer = world.get(login, &format!("{path}/{id}")).await;
        match answer.status.as_u16() {
            200 => assert!(found.insert(id.clone())),
            403 | 404 => {}
            other => panic!("{path}/{id}: {other}"),
        }
    }
    found
}

async fn ids(world: &World, query: &'static str) -> Vec<String> {
    world.texts(query, &["id"]).await.concat()
}

async fn same(world: &World, login: &Login, (list, one): (&str, &str), ids: &[String], who: &str) {
    let in_sql = listed(world, login, list, "id").await;
    let decided = readable(world, login, one, ids).await;
    assert_eq!(in_sql, decided, "{list} for {who}");
}

/// Lets everybody look, in normal mode and in handover mode; gives how many looked.
macro_rules! everybody_looks {
    ($world:expr, $company:expr, $look:expr) => {
        for (person, roles) in lookers($company) {
            for handing_over in [false, true] {
                let mut login = $world.relogin(person, roles).await;
                if handing_over {
                    login = $world.enter_handover(&login).await;
                }
                let who = format!("{roles:?}, leaving: {handing_over}");
                $look(login, who).await;
            }
        }
    };
}

async fn customers_and_invoices_are_scoped_as_they_are_decided(world: World) {
    let company = Company::found(&world).await;
    let people = [&company.zhang, &company.li, &company.wang, &company.chief];
    let mut dice = Dice::new();
    for number in 0..24 {
        let owner = people[dice.roll(4)];
        let name = format!("客户{number}号");
        let id = company.customer(&world, owner, &name).await;
        company
            .invoice(&world, &id, &format!("FP-{number}"), "100")
            .await;
        if dice.roll(3) == 0 {
            let helper = people[dice.roll(4)];
            let seat = json!({ "employee_id": helper.id, "opens": true, "reason": "协作" });
            world
                .post(&owner.login, &format!("/customers/{id}/seats"), seat)
                .await;
        }
        if dice.roll(3) == 0 {
            let body = json!({
                "owner_id": null, "effective_on": world.today(), "reason": "released",
            });
            let path = format!("/customers/{id}/assign");
            world.post(&company.chief.login, &path, body).await.ok();
        }
    }
    let customers = ids(&world, "SELECT id FROM customer").await;
    let invoices = ids(&world, "SELECT id FROM receivable_invoice").await;
    everybody_looks!(world, &company, async |login: Login, who: String| {
        same(
            &world,
            &login,
            ("/customers?limit=7", "/customers"),
            &customers,
            &who,
        )
        .await;
        same(
            &world,
            &login,
            ("/invoices?limit=7", "/invoices"),
            &invoices,
            &who,
        )
        .await;
    });
}

async fn leaves(world: &World, company: &Company, who: &Person, dice: &mut Dice) {
    let body = json!({ "kind": "resignation", "employee_id": who.id });
    let filed = world
        .post(&company.hr.login, "/departures", body)
        .await
        .id();
    if dice.roll(2) == 0 {
        let plan = json!({ "from": who.id });
        world
            .post(&company.chief.login, "/handover-plans", plan)
            .await
            .ok();
    }
    if dice.roll(4) == 0 {
        let both = json!({ "employee_agrees": true, "company_agrees": true, "reason": "双方同意" });
        let path = format!("/departures/{filed}/withdraw");
        world.post(&company.hr.login, &path, both).await.ok();
    }
}

async fn departures_plans_and_people_are_scoped_as_they_are_decided(world: World) {
    let company = Company::found(&world).await;
    let mut dice = Dice::new();
    let mut sellers = Vec::new();
    for number in 0..10 {
        let department = [company.sales, company.north, company.south][dice.roll(3)];
        let place = (company.entity, department, company.post);
        let new = person(
            place,
            &format!("E1{number:02}"),
            &format!("新人{number}"),
            true,
        );
        let seller = hire(&world, new, "salesperson").await;
        company
            .customer(&world, &seller, &format!("新客户{number}号"))
            .await;
        sellers.push(seller);
    }
    for seller in &sellers {
        if dice.roll(3) > 0 {
            leaves(&world, &company, seller, &mut dice).await;
        }
    }
    for (owner, name) in [(&company.zhang, "永定机床"), (&company.wang, "通州泵业")] {
        company.customer(&world, owner, name).await;
        leaves(&world, &company, owner, &mut dice).await;
    }
    let departures = ids(&world, "SELECT id FROM departure").await;
    let plans = ids(&world, "SELECT id FROM handover_plan").await;
    let people = ids(&world, "SELECT id FROM people_employee").await;
    assert!(
        departures.len() > 4 && plans.len() > 2,
        "too little to look at"
    );
    everybody_looks!(world, &company, async |login: Login, who: String| {
        same(
            &world,
            &login,
            ("/departures", "/departures"),
            &departures,
            &who,
        )
        .await;
        same(
            &world,
            &login,
            ("/handover-plans", "/handover-plans"),
            &plans,
            &who,
        )
        .await;
        same(
            &world,
            &login,
            ("/employees?limit=7", "/employees"),
            &people,
            &who,
        )
        .await;
    });
}

/// Who has a task may read its case; nobody has a task that is somebody else's.
async fn tasks_are_those_of_cases_one_may_read(world: World) {
    let company = Company::found(&world).await;
    let people = [&company.zhang, &company.li, &company.wang, &company.chief];
    let mut dice = Dice::new();
    for number in 0..12 {
        let about = people[dice.roll(4)].id;
        let start = Start {
            case: None,
            flow: "departure.resignation".to_owned(),
            title: format!("第 {number} 件"),
            subject: format!("departure/dep_test{number}"),
            about: Some(about),
            initiator: Some(about),
            facts: Facts::from([("open_items".to_owned(), Value::Number(3))]),
            held: None,
        };
        world.done(&start).await;
    }
    world.run_jobs().await;
    let query = "SELECT case_id, owner_id, pool FROM approval_task WHERE state = 'open'";
    let open = world.texts(query, &["case_id", "owner_id", "pool"]).await;
    assert!(open.len() > 4, "too little to look at: {open:?}");
    let mut seen = 0;
    for (person, roles) in lookers(&company) {
        let login = world.relogin(person, roles).await;
        let page = world.get(&login, "/tasks?limit=200").await.ok();
        let tasks = page["items"].as_array().expect("a page").clone();
        let case = |task: &Json| task["case_id"].as_str().unwrap_or_default().to_owned();
        let mut shown: Vec<String> = tasks.iter().map(case).collect();
        let me = person.to_string();
        let mine = |row: &&Vec<String>| {
            row[1] == me || (row[1].is_empty() && roles.contains(&row[2].as_str()))
        };
        let mut own: Vec<String> = open.iter().filter(mine).map(|row| row[0].clone()).collect();
        shown.sort();
        own.sort();
        assert_eq!(shown, own, "tasks of {roles:?}");
        for id in shown {
            let status = world.get(&login, &format!("/cases/{id}")).await.status;
            assert_eq!(status.as_u16(), 200, "the case of a task of {roles:?}");
            seen += 1;
        }
    }
    assert!(seen > 4, "nobody had a task: {open:?}");
}
