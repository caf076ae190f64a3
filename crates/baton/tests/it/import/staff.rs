//! People who come in by files: whoever owns customers is a salesperson, and nobody comes in twice.

use baton::import::{self, Action, Summary};
use serde_json::{Value as Json, json};
use spine::By;

use super::undo_of;
use super::undone::papers;
use crate::harness::{Company, World, hire, person};

story!(
    an_owner_who_stands_in_the_books_becomes_a_salesperson,
    a_citizen_id_of_another_number_is_a_finding,
    what_was_taken_back_gives_its_citizen_id_up,
);

const STAFF: &str = "name = \"花名册\"\nsystem = \"papers\"\n[source.s]\nfile = \"s.csv\"\n\
    [[record]]\nkind = \"employee\"\nsource = \"s\"\n[record.fields]\nnumber = \"no\"\n\
    name = \"name\"\ncitizen_id = \"citizen\"\n";

const CITIZEN: &str = "11010519491231002X";

async fn staff(world: &World, rows: &str) -> Summary {
    let text = format!("no,name,citizen\n{rows}\n");
    let files = vec![("s.csv".to_owned(), text.into_bytes())];
    let loaded = import::load(&world.house, &By::system("test"), STAFF, files).await;
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
    let k = "R001,远山机电有限公司,华东,X1\nR002,近水机电有限公司,华东,X1";
    papers(&world, [k, "", "", ""]).await;
    assert_eq!(sells(&world, "X1").await, "1");
    assert_eq!(sells(&world, "X2").await, "0");
    // Another owner in the same file, some other day.
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
