//! Documents: issued on the day the law names, kept as they were, shown to whom they concern.

use baton::config::Config;
use baton::house::{House, Surroundings};
use baton::people::acts::lend_asset::LendAsset;
use kernel::EmployeeId;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use spine::Query;

use crate::departure::resign;
use crate::harness::{Company, Login, World, hire, person};

story!(
    a_certificate_is_issued_on_the_last_day_and_opens_the_gate,
    what_was_issued_never_changes_and_a_second_one_needs_a_reason,
    the_evidence_commits_to_the_digest_and_damage_is_noticed,
    a_certificate_for_another_last_day_does_not_count,
    the_leaver_reads_his_own_and_nobody_else_does,
    a_preview_keeps_nothing_but_that_it_was_looked_at,
    a_name_that_cannot_be_printed_is_named,
    a_handover_list_holds_the_lines_of_the_plan,
    a_repeated_request_is_the_same_document,
    the_company_brings_its_own_template,
);

const CERTIFICATE: &str = "leaving_certificate";

async fn issue(
    world: &World,
    login: &Login,
    kind: &str,
    departure: &str,
) -> crate::harness::Answer {
    let body = json!({ "kind": kind, "departure_id": departure });
    world.post(login, "/documents", body).await
}

/// Resigns and lets the notice run out; gives the departure.
async fn last_day(world: &World, company: &Company) -> String {
    let id = resign(world, &company.zhang.login).await;
    world.pass_days(30);
    assert_eq!(world.today().to_string(), "2026-12-22");
    id
}

async fn gate(world: &World, login: &Login, departure: &str) -> Json {
    let view = world
        .get(login, &format!("/departures/{departure}"))
        .await
        .ok();
    let gates = view["gates"].as_array().expect("gates").clone();
    let gate = gates.into_iter().find(|gate| gate["key"] == "documents");
    gate.expect("a gate")["state"].clone()
}

async fn a_certificate_is_issued_on_the_last_day_and_opens_the_gate(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    let early = issue(&world, hr, CERTIFICATE, &id).await;
    assert!(
        early.body["remedy"]
            .as_str()
            .expect("a remedy")
            .contains("2026-12-22")
    );
    assert_eq!(early.problem(409), "document.too_early");
    let offers = world
        .get(hr, &format!("/document-offers?departure={id}"))
        .await
        .ok();
    assert_eq!(offers[0]["in_the_way"]["code"], "document.too_early");
    assert_eq!(offers[1]["in_the_way"], Json::Null);
    assert_eq!(gate(&world, hr, &id).await, "red");

    world.pass_days(30);
    let made = issue(&world, hr, CERTIFICATE, &id).await;
    assert_eq!(made.status.as_u16(), 201);
    let document = made.id();
    assert_eq!(gate(&world, hr, &id).await, "green");
    let seen = world.get(hr, &format!("/documents/{document}")).await.ok();
    assert_eq!(seen["number"], "LZ2026-0001-ZM1");
    assert_eq!(seen["employee"]["name"], "张三");
    let (status, headers, bytes) = world
        .file(Some(hr), &format!("/documents/{document}/file"), None)
        .await;
    assert_eq!(status, 200);
    assert!(
        headers.contains("application/pdf") && headers.contains("UTF-8''"),
        "{headers}"
    );
    assert!(bytes.starts_with(b"%PDF-"));
    assert_eq!(seen["digest"], hex::encode(Sha256::digest(&bytes)));
    assert_eq!(seen["size"], bytes.len());
    let looked = world
        .texts(
            "SELECT act AS n FROM access_record WHERE attempt = 'seen'",
            &["n"],
        )
        .await;
    assert!(
        looked.contains(&vec!["document.download".to_owned()]),
        "{looked:?}"
    );
}

async fn what_was_issued_never_changes_and_a_second_one_needs_a_reason(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = last_day(&world, &company).await;
    let first = issue(&world, hr, CERTIFICATE, &id).await.id();
    let path = format!("/documents/{first}/file");
    let (_, _, before) = world.file(Some(hr), &path, None).await;
    let twice = issue(&world, hr, CERTIFICATE, &id).await;
    assert_eq!(twice.problem(409), "document.issued_already");
    let body = json!({ "kind": CERTIFICATE, "departure_id": id, "because": "原件遗失，补发" });
    let second = world.post(hr, "/documents", body).await.id();
    let seen = world.get(hr, &format!("/documents/{second}")).await.ok();
    assert_eq!(
        (&seen["number"], &seen["because"]),
        (&json!("LZ2026-0001-ZM2"), &json!("原件遗失，补发"))
    );
    let (_, _, after) = world.file(Some(hr), &path, None).await;
    assert_eq!(before, after);
    for change in [
        "UPDATE document SET title = 'x'",
        "DELETE FROM document",
        "UPDATE document_template SET source = ''",
    ] {
        assert!(world.raw(change).await.is_err(), "{change}");
    }
    let list = world
        .get(hr, &format!("/documents?subject=departure/{id}"))
        .await
        .ok();
    assert_eq!(list["items"].as_array().expect("items").len(), 2);
    let none = world.get(hr, "/documents?to=2026-12-21").await.ok();
    assert_eq!(none["items"], json!([]));
    let kinds = world.get(hr, "/documents?kind=handover_list").await.ok();
    assert_eq!(kinds["items"], json!([]));
}

async fn the_evidence_commits_to_the_digest_and_damage_is_noticed(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = last_day(&world, &company).await;
    let made = issue(&world, hr, CERTIFICATE, &id).await.ok();
    let document = made["id"].as_str().expect("an id").to_owned();
    let seen = world.get(hr, &format!("/documents/{document}")).await.ok();
    let mut query = Query::new("SELECT entry FROM log_entry WHERE kind = ");
    query.bind("document.issue");
    let (select, values) = query.select();
    let rows = world
        .house
        .spine
        .db()
        .read(&select, values)
        .await
        .expect("the log");
    let entry: Vec<u8> = rows[0].get("entry").expect("bytes");
    let entry: Json = serde_json::from_slice(&entry).expect("an entry");
    assert_eq!(entry["docs"][0]["sha256"], seen["digest"]);
    assert_eq!(entry["docs"][0]["name"], json!(document));
    assert_eq!(entry["subject"][0], json!(format!("departure/{id}")));
    let story = &world.entries("document.issue").await[0];
    assert!(
        story["zh"].as_str().expect("a sentence").contains("张三"),
        "{story}"
    );
    let history = world
        .get(hr, &format!("/evidence?subject=document/{document}"))
        .await
        .ok();
    assert_eq!(history["items"].as_array().expect("items").len(), 1);
    assert!(
        world
            .house
            .audit()
            .await
            .expect("an audit")
            .findings
            .is_empty()
    );

    // Somebody with the database password changes the file past the triggers.
    let off = if world.house.config.database().starts_with("sqlite") {
        "DROP TRIGGER document_no_update"
    } else {
        "DROP TRIGGER document_append_only ON document"
    };
    world.raw(off).await.expect("no more triggers");
    let other = if world.house.config.database().starts_with("sqlite") {
        "UPDATE document SET bytes = x'25'"
    } else {
        "UPDATE document SET bytes = '\\x25'"
    };
    world.raw(other).await.expect("another file");
    let path = format!("/documents/{document}/file");
    assert_eq!(world.get(hr, &path).await.problem(409), "document.damaged");
}

async fn a_certificate_for_another_last_day_does_not_count(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = last_day(&world, &company).await;
    issue(&world, hr, CERTIFICATE, &id).await.ok();
    assert_eq!(gate(&world, hr, &id).await, "green");
    let clocks = json!({ "clocks": { "employment_ends_on": "2026-12-25",
        "last_working_day": "2026-12-25", "commission_cutoff_on": "2026-12-25" },
        "reason": "双方同意顺延" });
    world
        .post(hr, &format!("/departures/{id}/dates"), clocks)
        .await
        .ok();
    assert_eq!(gate(&world, hr, &id).await, "red");
}

async fn the_leaver_reads_his_own_and_nobody_else_does(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = last_day(&world, &company).await;
    let document = issue(&world, hr, CERTIFICATE, &id).await.id();
    let (one, path) = (
        format!("/documents/{document}"),
        format!("/documents/{document}/file"),
    );
    assert_eq!(world.nobody_gets(&one).await.status.as_u16(), 401);
    assert_eq!(world.file(None, &path, None).await.0, 401);
    let wish = json!({ "kind": CERTIFICATE, "departure_id": id });
    assert_eq!(
        world
            .file(None, "/documents/preview", Some(wish.clone()))
            .await
            .0,
        401
    );
    let stranger = world.login(None, &[]).await;
    for who in [
        &stranger,
        &company.li.login,
        &company.chief.login,
        &company.it.login,
    ] {
        assert_eq!(world.file(Some(who), &path, None).await.0, 404);
        world.get(who, &one).await.problem(404);
        let list = world.get(who, "/documents").await;
        if list.status.is_success() {
            assert_eq!(list.body["items"], json!([]));
        } else {
            assert_eq!(list.status.as_u16(), 403);
        }
        let offers = world
            .get(who, &format!("/document-offers?departure={id}"))
            .await;
        assert!([403, 404].contains(&offers.status.as_u16()));
        let preview = world
            .file(Some(who), "/documents/preview", Some(wish.clone()))
            .await;
        assert!([403, 404].contains(&preview.0), "{}", preview.0);
        let made = issue(&world, who, CERTIFICATE, &id).await;
        assert!([403, 404].contains(&made.status.as_u16()), "{}", made.body);
    }
    // The leaver, in handover mode, on his last day.
    let zhang = world.log_in(company.zhang.login.id).await;
    let (status, _, bytes) = world.file(Some(&zhang), &path, None).await;
    assert!(status == 200 && bytes.starts_with(b"%PDF-"));
    let list = world.get(&zhang, "/documents").await.ok();
    assert_eq!(list["items"].as_array().expect("items").len(), 1);
    let made = issue(&world, &zhang, "resignation_notice", &id).await;
    assert!([403, 404].contains(&made.status.as_u16()), "{}", made.body);
    world.get(hr, "/documents/nonsense").await.problem(404);
    let nonsense = issue(&world, hr, "marriage_certificate", &id).await;
    assert_eq!(nonsense.problem(422), "request.unknown_word");
}

async fn a_preview_keeps_nothing_but_that_it_was_looked_at(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = resign(&world, &company.zhang.login).await;
    for kind in [CERTIFICATE, "resignation_notice", "handover_list"] {
        let wish = json!({ "kind": kind, "departure_id": id });
        let (status, _, bytes) = world.file(Some(hr), "/documents/preview", Some(wish)).await;
        assert!(
            status == 200 && bytes.starts_with(b"%PDF-"),
            "{kind}: {status}"
        );
    }
    assert!(
        world
            .texts("SELECT id AS n FROM document", &["n"])
            .await
            .is_empty()
    );
    assert!(world.entries("document.issue").await.is_empty());
    let looked = world
        .texts(
            "SELECT reason AS n FROM access_record WHERE act = 'document.preview'",
            &["n"],
        )
        .await;
    assert_eq!(looked.len(), 3, "{looked:?}");
}

async fn leaver(world: &World, company: &Company, name: &str) -> (EmployeeId, String) {
    let new = person(
        (company.entity, company.north, company.post),
        "E090",
        name,
        true,
    );
    let person = hire(world, new, "salesperson").await;
    let id = resign(world, &person.login).await;
    world.pass_days(30);
    (person.id, id)
}

async fn a_name_that_cannot_be_printed_is_named(world: World) {
    let company = Company::found(&world).await;
    let (_, id) = leaver(&world, &company, "𠮷野").await;
    let refused = issue(&world, &company.hr.login, CERTIFICATE, &id).await;
    let title = refused.body["title"].as_str().expect("a title").to_owned();
    assert!(
        title.contains("姓名第 1 个字") && title.contains("U+20BB7"),
        "{title}"
    );
    assert_eq!(refused.problem(409), "document.character");
    assert!(
        world
            .texts("SELECT id AS n FROM document", &["n"])
            .await
            .is_empty()
    );
}

async fn a_handover_list_holds_the_lines_of_the_plan(world: World) {
    let company = Company::found(&world).await;
    let customer = company
        .customer(&world, &company.zhang, "永定机床#有限$公司")
        .await;
    company.invoice(&world, &customer, "FP-1", "16409.02").await;
    let laptop = LendAsset {
        employee: company.zhang.id,
        kind: "equipment".to_owned(),
        name: "笔记本".to_owned(),
        serial: "SN-1".to_owned(),
    };
    world.done(&laptop).await;
    let id = resign(&world, &company.zhang.login).await;
    let plan = json!({ "from": company.zhang.id });
    world
        .post(&company.chief.login, "/handover-plans", plan)
        .await
        .id();
    let hr = &company.hr.login;
    issue(&world, hr, "handover_list", &id).await.ok();
    let fields = world
        .texts("SELECT fields AS n FROM document", &["n"])
        .await;
    let fields: Json = serde_json::from_str(&fields[0][0]).expect("fields");
    assert_eq!(fields["open_total"]["fen"], 1_640_902);
    let titles: Vec<&str> = fields["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter_map(|item| item["title"].as_str())
        .collect();
    assert!(titles.contains(&"永定机床#有限$公司"), "{titles:?}");
    assert_eq!(fields["things"][0]["serial"], "SN-1");
}

async fn a_repeated_request_is_the_same_document(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = last_day(&world, &company).await;
    let body = json!({ "kind": CERTIFICATE, "departure_id": id });
    let first = world
        .post_as("once", hr, "/documents", body.clone())
        .await
        .ok();
    let again = world.post_as("once", hr, "/documents", body).await.ok();
    assert_eq!(first["id"], again["id"]);
    assert_eq!(
        world
            .texts("SELECT id AS n FROM document", &["n"])
            .await
            .len(),
        1
    );
    let other = json!({ "kind": "handover_list", "departure_id": id });
    assert_eq!(
        world
            .post_as("once", hr, "/documents", other)
            .await
            .status
            .as_u16(),
        422
    );
}

async fn the_company_brings_its_own_template(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let id = last_day(&world, &company).await;
    let first = issue(&world, hr, CERTIFICATE, &id).await.id();
    let path = format!("/documents/{first}/file");
    let (_, _, before) = world.file(Some(hr), &path, None).await;
    let shipped = world.get(hr, &format!("/documents/{first}")).await.ok();

    let folder = world.house.config.data_dir.join("templates");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("leaving_certificate.typ");
    let own =
        "#import \"/paper.typ\": *\n#show: sheet\n#title-block(title: [离职证明])\n#fields.name\n";
    std::fs::write(&file, own).expect("a template");
    reopen(&world).await.expect("the house opens");
    let body = json!({ "kind": CERTIFICATE, "departure_id": id, "because": "换用新版式" });
    let second = world.post(hr, "/documents", body).await.id();
    let seen = world.get(hr, &format!("/documents/{second}")).await.ok();
    assert_ne!(seen["template"], shipped["template"]);
    let (_, _, after) = world.file(Some(hr), &path, None).await;
    assert_eq!(before, after, "an old document stays as it was");
    let kinds = world.get(hr, "/document-kinds").await.ok();
    assert_eq!(
        (&kinds[0]["own_template"], &kinds[1]["own_template"]),
        (&json!(true), &json!(false))
    );

    // A template that cannot print keeps the house from opening, and says where.
    std::fs::write(&file, "#import \"/paper.typ\": *\n#fields.salary\n").expect("a template");
    let error = reopen(&world).await.expect_err("it does not open");
    assert!(error.contains("leaving_certificate.typ 第 2 行"), "{error}");
    std::fs::remove_file(&file).expect("gone");
    std::fs::write(folder.join("leave.typ"), "").expect("a template");
    let error = reopen(&world).await.expect_err("it does not open");
    assert!(
        error.contains("leave.typ") && error.contains("leaving_certificate"),
        "{error}"
    );
    std::fs::remove_file(folder.join("leave.typ")).expect("gone");
    reopen(&world).await.expect("the house opens");
    let kinds = world.get(hr, "/document-kinds").await.ok();
    assert_eq!(kinds[0]["template"], shipped["template"]);
}

/// Another program on the same books and data folder.
async fn reopen(world: &World) -> Result<(), String> {
    let config = Config::clone(&world.house.config);
    let surroundings = Surroundings {
        clock: world.clock.clone(),
        ..Surroundings::default()
    };
    let opened = House::open(config, surroundings).await;
    opened.map(|_| ()).map_err(|fault| fault.to_string())
}
