//! People who come in by files: whoever owns customers is a salesperson, and nobody comes in twice.

use baton::import::{self, Action, Summary};
use serde_json::{Value as Json, json};
use spine::{By, Failure};

use super::undo_of;
use super::undone::papers;
use crate::harness::{Company, World, hire, person};

story!(
    an_owner_who_stands_in_the_books_becomes_a_salesperson,
    a_citizen_id_of_another_number_is_a_finding,
    what_was_taken_back_gives_its_citizen_id_up,
    a_number_of_another_name_is_refused,
    numbers_of_another_system_come_in_by_a_prefix,
    people_are_undone_after_their_customers,
);

const STAFF: &str = "name = \"花名册\"\nsystem = \"papers\"\n[source.s]\nfile = \"s.csv\"\n\
    [[record]]\nkind = \"employee\"\nsource = \"s\"\n[record.fields]\nnumber = \"no\"\n\
    name = \"name\"\ncitizen_id = \"citizen\"\n";

const CITIZEN: &str = "11010519491231002X";

async fn staff(world: &World, rows: &str) -> Summary {
    staff_by(world, STAFF, rows).await
}

async fn staff_by(world: &World, mapping: &str, rows: &str) -> Summary {
    let text = format!("no,name,citizen\n{rows}\n");
    let files = vec![("s.csv".to_owned(), text.into_bytes())];
    let loaded = import::load(&world.house, &By::system("test"), mapping, files).await;
    loaded.expect("the import")
}

async fn sells(world: &World, number: &str) -> String {
    let query = "SELECT number, CAST(sells AS TEXT) AS sells FROM people_employee";
    let all = world.texts(query, &["number", "sells"]).await;
    let found = all.into_iter().find(|row| row[0] == number);
    found.expect("the employee").swap_remove(1)
}

async fn an_owner_who_stands_in_the_books_becomes_a_salesperson(world: World) {
    let company = Company::found(&world).await;
    staff(&world, "X1,赵新,\nX2,周旧,").await;
    assert_eq!(sells(&world, "X1").await, "0");
    let k = "R001,远山机电有限公司,华东,\nR002,近水机电有限公司,华东,X1";
    papers(&world, [k, "", "", ""]).await;
    assert_eq!(sells(&world, "X1").await, "1");
    assert_eq!(sells(&world, "X2").await, "0");
    // The same file names an owner for one of the pool some other day.
    let k = "R001,远山机电有限公司,华东,X2\nR002,近水机电有限公司,华东,X1";
    papers(&world, [k, "", "", ""]).await;
    assert_eq!(sells(&world, "X2").await, "1");
    // He may take customers from now on.
    let customer = company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let people = world.get(&company.hr.login, "/employees?q=X2").await.ok();
    let over: Json = json!({ "to_id": people["items"][0]["id"], "effective_on": world.today(),
        "reason": "调整归属" });
    let path = format!("/customers/{customer}/hand-over");
    world.post(&company.chief.login, &path, over).await.ok();
}

async fn a_citizen_id_of_another_number_is_a_finding(world: World) {
    let company = Company::found(&world).await;
    let mut new = person(
        (company.entity, company.south, company.post),
        "E200",
        "欧阳锋",
        true,
    );
    new.citizen_id = Some(CITIZEN.to_owned());
    hire(&world, new, "salesperson").await;
    let twins = "X3,吴双,110101199003070134\nX4,吴双,110101199003070134";
    let rows = format!("X1,欧阳锋,{CITIZEN}\nX2,周旧,\n{twins}");
    let summary = staff(&world, &rows).await;
    let became = &summary.counts["employee"];
    assert_eq!(
        (became[&Action::Created], became[&Action::Refused]),
        (2, 2),
        "{became:?}"
    );
    let findings = summary.report.findings.iter();
    let told: Vec<&str> = findings
        .filter(|found| found.severity == "refused")
        .map(|found| found.reason.as_str())
        .collect();
    assert!(
        told[0].contains("工号「E200」") && told[1].contains("工号「X3」"),
        "{told:?}"
    );
    // The same people again are the same.
    let again = staff(&world, "X2,周旧,110101199003070134").await;
    assert_eq!(again.counts["employee"][&Action::Updated], 1);
    let kept = "SELECT number FROM people_employee WHERE citizen_id = '110101199003070134'";
    assert_eq!(world.texts(kept, &["number"]).await, [["X3"]]);
}

async fn what_was_taken_back_gives_its_citizen_id_up(world: World) {
    Company::found(&world).await;
    let rows = format!("X1,欧阳锋,{CITIZEN}");
    let first = staff(&world, &rows).await;
    world.done(&undo_of(first.id)).await;
    let again = staff(&world, &rows).await;
    assert_eq!(again.counts["employee"][&Action::Created], 1);
}

async fn people(world: &World) -> Vec<Vec<String>> {
    let all = "SELECT number, name FROM people_employee ORDER BY number";
    world.texts(all, &["number", "name"]).await
}

async fn a_number_of_another_name_is_refused(world: World) {
    Company::found(&world).await;
    let before = people(&world).await;
    let summary = staff(&world, "E002,李四,\nE003,李四,").await;
    let became = &summary.counts["employee"];
    assert_eq!(
        (became[&Action::Refused], became[&Action::Matched]),
        (1, 1),
        "{became:?}"
    );
    assert_eq!(people(&world).await, before, "nobody comes in twice");
    let findings = summary.report.findings.iter();
    let told: Vec<(&str, &str)> = findings
        .filter(|found| found.severity == "refused")
        .map(|found| (found.reason.as_str(), found.remedy.as_str()))
        .collect();
    let [(reason, remedy)] = told.as_slice() else {
        panic!("{told:?}")
    };
    assert_eq!(*reason, "工号「E002」在系统中是张三，本行是李四");
    for what in ["更正姓名", "改用不同的工号", "prefix", "撤销本批"] {
        assert!(remedy.contains(what), "{what}: {remedy}");
    }
}

async fn numbers_of_another_system_come_in_by_a_prefix(world: World) {
    Company::found(&world).await;
    let (plain, prefixed) = (
        "[record.fields]\nnumber = \"no\"",
        "key = [\"no\"]\n[record.fields]\n\
         number = { from = \"no\", steps = [{ prefix = \"B-\" }] }",
    );
    assert!(STAFF.contains(plain));
    let summary = staff_by(&world, &STAFF.replace(plain, prefixed), "E002,赵新,").await;
    let became = &summary.counts["employee"];
    assert_eq!(became[&Action::Created], 1, "{became:?}");
    let new = vec!["B-E002".to_owned(), "赵新".to_owned()];
    assert!(people(&world).await.contains(&new));
    // Other files of that system go by the number it gave him.
    papers(&world, ["R001,远山机电有限公司,华东,E002", "", "", ""]).await;
    let owner = "SELECT e.number AS number FROM customer c \
                 JOIN people_employee e ON e.id = c.owner_id";
    assert_eq!(world.texts(owner, &["number"]).await, [["B-E002"]]);
}

async fn people_are_undone_after_their_customers(world: World) {
    let company = Company::found(&world).await;
    let people = staff(&world, "X1,赵新,").await.id;
    let files = [
        "R001,远山机电有限公司,华东,X1",
        "RK1,R001,X1,2026-03-02,5000,P9,800",
        "RF1,R001,RK1,2026-04-01,2026-05-01,3000",
        "",
    ];
    let customers = papers(&world, files).await.id;
    let by = By::system("test");
    let early = world.house.spine.perform(&undo_of(people), &by, None).await;
    let Err(Failure::Refused(refusal)) = early else {
        panic!("{early:?}")
    };
    assert!(refusal.message.contains("名下客户"), "{}", refusal.message);
    world.done(&undo_of(customers)).await;
    // The history of an undone customer goes on naming him; it holds him no more.
    world.done(&undo_of(people)).await;
    let gone = "SELECT id, number FROM people_employee WHERE number LIKE 'X1%' AND state = 'left'";
    let gone = world.texts(gone, &["id", "number"]).await.swap_remove(0);
    assert!(gone[1].starts_with("X1~"), "{gone:?}");
    // Nobody of that number left; who asks for what was undone finds him as one who never came.
    let hr = &company.hr.login;
    for (query, found) in [
        ("q=X1", 0),
        ("q=X1&state=left", 0),
        ("q=X1&state=withdrawn", 1),
    ] {
        let list = world.get(hr, &format!("/employees?{query}")).await.ok();
        let items = list["items"].as_array().expect("a list");
        assert_eq!(items.len(), found, "{query}");
        for item in items {
            let seen = (item["number"].as_str(), item["state"].as_str());
            assert_eq!(seen, (Some("X1"), Some("withdrawn")));
        }
    }
    let page = world.get(hr, &format!("/employees/{}", gone[0])).await.ok();
    let seen = (page["number"].as_str(), page["state"].as_str());
    assert_eq!(seen, (Some("X1"), Some("withdrawn")));
    assert!(page["left_on"].is_null(), "{page}");
    // Nobody comes back who never came.
    world.pass_days(2);
    let back = json!({ "hired_on": world.today(), "entity_id": company.entity,
        "department_id": company.south, "post_id": company.post });
    let path = format!("/employees/{}/rehire", gone[0]);
    let refused = world.post(&company.hr.login, &path, back).await;
    assert_eq!(refused.problem(409), "people.import_undone");
    // The same files come in anew.
    let again = staff(&world, "X1,赵新,").await;
    assert_eq!(again.counts["employee"][&Action::Created], 1);
    let again = papers(&world, files).await;
    assert_eq!(again.counts["customer"][&Action::Created], 1);
}
