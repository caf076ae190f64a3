//! A statement goes out with what it was calculated from, and a stranger works it out again.

use ::bundle::archive::{self, Folder};
use ::evidence::json as canonical;
use ::evidence::verdict::Verdict;
use serde_json::{Value as Json, json};
use verifier::Wanted;

use crate::bundle::{Kept, judged, keep};
use crate::commission::{calculate, hand_over, holds, open, plan, receipt};
use crate::harness::{Company, Login, World, money};
use crate::payroll::{closed, november};
use crate::plans::{contract, invoiced};
use crate::plans_tables::{credits, shares, table};

story!(
    a_stranger_works_a_statement_out_again,
    what_was_known_later_changes_no_old_statement,
    a_statement_goes_out_to_whom_it_belongs,
    the_reasons_are_a_file_too,
    what_tables_said_is_worked_out_again,
);

/// Has the bundle of somebody's closed month made, and takes it home.
pub(crate) async fn bundle(
    world: &World,
    login: &Login,
    month: &str,
    payee: Option<&str>,
) -> Vec<u8> {
    let body = json!({ "month": month, "payee": payee, "recipient": "本人", "reason": "自行复核" });
    let made = world
        .post(login, "/commission-statement-bundles", body)
        .await;
    assert_eq!(made.status.as_u16(), 201, "{}", made.body);
    let path = format!("/commission-statement-bundles/{}/file", made.id());
    let (status, headers, bytes) = world.file(Some(login), &path, None).await;
    assert_eq!(status, 200);
    assert!(headers.contains("application/zip"), "{headers}");
    bytes
}

/// What `baton verify --recompute` says.
fn recomputed(world: &World, kept: &Kept) -> (Verdict, String) {
    let seconds = world.house.spine.now().unix_seconds();
    let wanted = Wanted {
        file: kept.bundle.clone(),
        policy: Some(kept.policy.clone()),
        recompute: true,
        ..Wanted::default()
    };
    let said = verifier::verify(&wanted, u64::try_from(seconds).expect("a time"));
    let said = said.expect("something was checked");
    (said.verdict, said.text)
}

/// The bundle holds, for two verifiers, and what is in it follows from what is in it.
pub(crate) async fn holds_again(world: &World, login: &Login, month: &str, payee: Option<&str>) {
    let bytes = bundle(world, login, month, payee).await;
    let kept = keep(world, &bytes);
    let (_, said) = judged(world, &kept);
    let (verdict, told) = recomputed(world, &kept);
    assert!(verdict <= Verdict::ValidUnwitnessed, "{said}\n{told}");
    assert!(told.contains("[statement.recomputed]"), "{told}");
}

const FACTS: &str = "data/documents/facts.json";
const STATEMENT: &str = "data/documents/statement.json";

fn value(folder: &Folder, path: &str) -> Json {
    serde_json::from_slice(&folder.files[path]).expect("JSON")
}

/// The bundle with another file in it.
fn with(world: &World, bytes: &[u8], path: &str, value: &Json) -> Kept {
    let mut folder = archive::read(bytes).expect("a bundle");
    let text = canonical::canonical(value).expect("canonical");
    folder.files.insert(path.to_owned(), text);
    keep(world, &archive::write(&folder).expect("a bundle"))
}

async fn a_stranger_works_a_statement_out_again(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    let zhang = &company.zhang.login;
    let bytes = bundle(&world, zhang, "2026-11", None).await;
    let kept = keep(&world, &bytes);
    let (verdict, said) = judged(&world, &kept);
    assert!(verdict <= Verdict::ValidUnwitnessed, "{said}");
    let (_, told) = recomputed(&world, &kept);
    assert!(told.contains("2026-11 1 2,302.22"), "{told}");

    let folder = archive::read(&bytes).expect("a bundle");
    let (facts, statement) = (value(&folder, FACTS), value(&folder, STATEMENT));
    assert_eq!(statement["total"]["amount"], "2302.22");
    // Nobody else's pay is in it: Li stands in it as the successor and no more.
    let text = facts.to_string();
    assert!(!text.contains("986.67") && !statement.to_string().contains("986.67"));
    assert!(!text.contains(&company.wang.id.to_string()));

    type Change = fn(&mut Json);
    let changes: [(&str, Change); 3] = [
        ("a receipt", |facts| {
            facts["books"]["events"][0]["amount"]["amount"] = json!("98765.53")
        }),
        ("a share", |facts| {
            let stretches = facts["books"]["stretches"].as_array_mut().expect("owners");
            let last = stretches.last_mut().expect("a handover");
            last["handover"]["terms"]["protection"]["steps"][0]["share"] = json!(6_999);
        }),
        ("a rate", |facts| {
            let version = &mut facts["books"]["plans"][0]["versions"][0];
            version["components"][0]["method"]["ladder"][0]["rate"] = json!(334);
        }),
    ];
    for (what, change) in changes {
        let mut other = facts.clone();
        change(&mut other);
        assert_ne!(other, facts, "{what}");
        let (verdict, told) = recomputed(&world, &with(&world, &bytes, FACTS, &other));
        assert_eq!(verdict, Verdict::Invalid, "{what}");
        // The line is named, and what is right and what the file says.
        assert!(
            told.contains("[statement.line] 第 1 笔 line 1 HK-1 /"),
            "{what}: {told}"
        );
    }
    // Facts and statement changed alike: the log has other digests.
    let mut other = statement.clone();
    other["lines"][0]["commission"]["amount"] = json!("2402.22");
    let (verdict, told) = recomputed(&world, &with(&world, &bytes, STATEMENT, &other));
    assert_eq!(verdict, Verdict::Invalid);
    assert!(
        told.contains("/commission/amount") && told.contains("2402.22"),
        "{told}"
    );
    assert!(told.contains("[bag.digest]"), "{told}");

    let entry = world.entries("commission.keep_basis").await;
    assert_eq!(
        entry.len(),
        1,
        "the second bundle stands on what was kept for the first"
    );
    let his = company.zhang.id.to_string();
    let again = bundle(&world, &company.finance.login, "2026-11", Some(&his)).await;
    let again = archive::read(&again).expect("a bundle");
    assert_eq!(value(&again, FACTS), facts);
    assert_eq!(world.entries("commission.keep_basis").await.len(), 1);
    assert_eq!(world.entries("bundle.export_statement").await.len(), 2);
    holds(&world).await;
}

async fn what_was_known_later_changes_no_old_statement(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 333).await;
    let customer = crate::commission::deal(&world, &company).await;
    world.pass_days(1);
    hand_over(&world, &company, None).await;
    world.pass_days(5);
    receipt(&world, &company, &customer, "HK-1", "90000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    // Another 5,000.00 of a day in November turn up when it is over.
    let on = world.today();
    world.pass_days(12);
    let body = json!({ "customer_id": customer, "number": "HK-2", "amount": money("5000.00"),
        "received_on": on });
    world
        .post(&company.finance.login, "/receipts", body)
        .await
        .ok();
    open(&world, &company, "2026-12").await;
    calculate(&world, &company).await;
    holds_again(&world, &company.zhang.login, "2026-11", None).await;
    closed(&world, &company, "2026-12").await;
    holds_again(&world, &company.li.login, "2026-11", None).await;
    // The difference of November follows from its facts as well.
    for person in [&company.zhang, &company.li] {
        holds_again(&world, &person.login, "2026-12", None).await;
    }
    holds(&world).await;
}

async fn a_statement_goes_out_to_whom_it_belongs(world: World) {
    let company = Company::found(&world).await;
    november(&world, &company).await;
    let path = "/commission-statement-bundles";
    let his = company.zhang.id.to_string();
    let body = |payee: Option<&str>| {
        let (recipient, reason) = ("本人", "自行复核");
        json!({ "month": "2026-11", "payee": payee, "recipient": recipient, "reason": reason })
    };
    let early = world.post(&company.zhang.login, path, body(None)).await;
    assert_eq!(early.problem(409), "commission.statement_open");
    closed(&world, &company, "2026-11").await;
    let empty = world.post(&company.wang.login, path, body(None)).await;
    assert_eq!(empty.problem(409), "commission.statement_empty");
    for (login, status) in [(&company.wang.login, 404), (&company.chief.login, 403)] {
        world
            .post(login, path, body(Some(&his)))
            .await
            .problem(status);
    }
    let mut silent = body(None);
    silent["reason"] = json!(" ");
    let silent = world.post(&company.zhang.login, path, silent).await;
    assert_eq!(silent.problem(422), "request.length");
    assert!(world.entries("commission.keep_basis").await.is_empty());

    let made = world
        .post(&company.zhang.login, path, body(None))
        .await
        .id();
    let file = format!("{path}/{made}/file");
    for login in [&company.wang.login, &company.chief.login, &company.hr.login] {
        let (status, ..) = world.file(Some(login), &file, None).await;
        assert!([403, 404].contains(&status), "{status}");
    }
    assert_eq!(
        world
            .file(Some(&company.finance.login), &file, None)
            .await
            .0,
        200
    );
}

async fn the_reasons_are_a_file_too(world: World) {
    let company = Company::found(&world).await;
    plan(&world, &company, 500).await;
    let customer = crate::commission::deal(&world, &company).await;
    world.pass_days(1);
    hand_over(&world, &company, None).await;
    receipt(&world, &company, &customer, "HK-1", "10000.00").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    let of_zhang = format!(
        "/commission-statement/explanation?month=2026-11&payee={}",
        company.zhang.id
    );
    let (status, headers, before) = world
        .file(Some(&company.finance.login), &of_zhang, None)
        .await;
    assert_eq!(status, 200);
    assert!(headers.contains("statement-2026-11-E002.json"), "{headers}");
    let told: Json = serde_json::from_slice(&before).expect("JSON");
    let line = &told["lines"][0];
    assert_eq!(line["commission"]["amount"], "350.00");
    assert_eq!(line["dues"][0]["on"], "2026-12-15");
    let why = line["why"].to_string();
    assert!(
        why.contains("30 天保护期档内") && why.contains("销售回款提成"),
        "{why}"
    );
    for (login, status) in [(&company.wang.login, 404), (&company.it.login, 403)] {
        world.get(login, &of_zhang).await.problem(status);
    }
    // The file of a closed month is the one in its bundle.
    closed(&world, &company, "2026-11").await;
    let bytes = bundle(&world, &company.zhang.login, "2026-11", None).await;
    let folder = archive::read(&bytes).expect("a bundle");
    let own = "/commission-statement/explanation?month=2026-11";
    let (_, _, after) = world.file(Some(&company.zhang.login), own, None).await;
    assert_eq!(folder.files[STATEMENT], after);
    assert_eq!(before, after);
}

/// Rate, credit and the terms of a handover all come from decision tables; the tables themselves
/// stay in the house, what they said goes along.
async fn what_tables_said_is_worked_out_again(world: World) {
    let company = Company::found(&world).await;
    let rates = crate::rules::in_force(&world, &company).await;
    crate::rules::plan(&world, &company, &rates).await;
    let (credit, _) = table(&world, &company, credits()).await;
    let finance = &company.finance.login;
    let set = json!({ "table_id": credit, "effective_on": "2026-11-01" });
    world.post(finance, "/commission-crediting", set).await.ok();
    let (shares, _) = table(&world, &company, shares("0.8")).await;
    let (customer, deal) = contract(&world, &company, ("HT-1", "98765.43")).await;
    invoiced(&world, &company, (&customer, &deal), "98765.43").await;
    world.pass_days(1);
    let terms = json!({ "by_table": { "table": shares, "covers": "signed_before" } });
    hand_over(&world, &company, Some(terms)).await;
    world.pass_days(3);
    receipt(&world, &company, &customer, "HK-1", "98765.43").await;
    open(&world, &company, "2026-11").await;
    calculate(&world, &company).await;
    closed(&world, &company, "2026-11").await;
    for person in [&company.zhang, &company.li] {
        holds_again(&world, &person.login, "2026-11", None).await;
    }
    let bytes = bundle(&world, &company.zhang.login, "2026-11", None).await;
    let folder = archive::read(&bytes).expect("a bundle");
    let (facts, statement) = (value(&folder, FACTS), value(&folder, STATEMENT));
    let told = statement.to_string();
    for name in ["行业费率", "业绩认定", "保护期份额"] {
        assert!(told.contains(name), "{name} in {told}");
    }
    // A rate that a table never said is found, by the line it would change.
    let mut other = facts.clone();
    other["books"]["decided"][0]["ruling"]["rate"]["rate"] = json!(501);
    assert_ne!(other, facts);
    let (verdict, told) = recomputed(&world, &with(&world, &bytes, FACTS, &other));
    assert_eq!(verdict, Verdict::Invalid);
    assert!(told.contains("[statement.line]"), "{told}");
    holds(&world).await;
}
