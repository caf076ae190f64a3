//! Imports: foreign files come in with equal sums, twice changes nothing, undo takes back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use baton::import::{self, Action, ImportView, Summary, mappings};
use serde_json::json;
use spine::{By, Failure};

use crate::harness::{Company, World};

story!(
    four_real_exports_come_in_with_equal_sums,
    the_dirt_of_the_real_files_is_in_the_report,
    the_same_file_twice_changes_nothing,
    a_changed_file_changes_what_changed_in_it,
    an_undo_takes_back_and_the_file_comes_in_anew,
    an_undo_is_refused_when_something_rests_on_the_batch,
    gb18030_reads_as_utf8_does,
    a_refused_row_is_named_with_its_remedy,
    what_the_books_lack_is_named,
    over_the_wire,
    many_customers_come_in_together,
    orders_and_their_lines_may_lie_far_apart,
    files_are_looked_at_before_and_what_was_refused_can_be_fetched,
);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The CSV files of a shared data set; says plainly when they are absent.
fn shared(name: &str) -> Option<Vec<(String, Vec<u8>)>> {
    let beside = || {
        let clone = root().canonicalize().ok()?;
        let mut above = clone.ancestors().map(|above| above.join("shared"));
        above.find(|path| path.is_dir())
    };
    let found = std::env::var_os("BATON_SHARED")
        .map(PathBuf::from)
        .or_else(beside);
    let folder = found
        .map(|root| root.join("data").join(name))
        .filter(|path| path.is_dir());
    let Some(folder) = folder else {
        println!("skipped: shared data absent");
        return None;
    };
    let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "csv"))
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    Some(files)
}

fn mapping(key: &str) -> String {
    let found = mappings().into_iter().find(|shipped| shipped.key == key);
    found.expect("a shipped mapping").text
}

/// Title, header and the three sound rows of the example; the rows below them are dirty on purpose.
fn ledger() -> String {
    let path = root().join("examples/data/客户台账.csv");
    let text = std::fs::read_to_string(path).expect("the example");
    text.lines()
        .take(5)
        .map(|line| format!("{line}\n"))
        .collect()
}

async fn take(world: &World, key: &str, files: Vec<(String, Vec<u8>)>) -> Summary {
    let loaded = import::load(&world.house, &By::system("test"), &mapping(key), files).await;
    loaded.expect("the import")
}

async fn take_ledger(world: &World, text: &str) -> Summary {
    take(
        world,
        "ledger",
        vec![("客户台账.csv".to_owned(), text.as_bytes().to_vec())],
    )
    .await
}

/// Everything that was read stands in the books, by kind and by owner, to the fen.
fn everything_is_booked(report: &ImportView) {
    for source in &report.sources {
        let counted =
            source.used + source.refused + source.filtered + source.blank + source.consulted;
        assert_eq!((source.rows, source.refused), (counted, 0), "{source:?}");
    }
    assert!(!report.refuses(), "{:?}", report.findings);
    for kind in &report.kinds {
        assert_eq!(kind.staged, kind.booked, "{}", kind.kind);
        // A catalogue's prices are not a sum of money.
        if kind.kind == "product" || kind.staged_amount.is_none() {
            continue;
        }
        assert_eq!(kind.staged_amount, kind.booked_amount, "{}", kind.kind);
        for owner in &kind.owners {
            let none = |amount: &Option<String>| amount.clone().unwrap_or_else(|| "0.00".into());
            assert_eq!(owner.staged, owner.booked, "{} {owner:?}", kind.kind);
            let (staged, booked) = (none(&owner.staged_amount), none(&owner.booked_amount));
            assert_eq!(staged, booked, "{} {owner:?}", kind.kind);
        }
    }
}

fn booked(report: &ImportView, kind: &str) -> (u64, String) {
    let found = report
        .kinds
        .iter()
        .find(|of| of.kind == kind)
        .expect("the kind");
    (
        found.booked,
        found.booked_amount.clone().unwrap_or_default(),
    )
}

/// Every number that another system gives is taken: all four share the numbers 1, 2, 3 for people,
/// customers and invoices.
async fn four_real_exports_come_in_with_equal_sums(world: World) {
    for (name, kind, count, sum) in [
        ("maven_crm", "opportunity", 6_509, "6914940.00"),
        ("northwind", "order_line", 2_155, "1265793.29"),
        ("chinook", "invoice", 412, "2328.60"),
        ("ibm_ar", "invoice", 1_718, "104746.78"),
    ] {
        let Some(files) = shared(name) else { return };
        let summary = take(&world, name, files).await;
        everything_is_booked(&summary.report);
        assert_eq!(
            booked(&summary.report, kind),
            (count, sum.to_owned()),
            "{name}"
        );
        let became = |actions: &[Action]| -> u64 {
            let counts = summary.counts.values();
            counts
                .flat_map(|of| actions.iter().filter_map(|action| of.get(action)))
                .sum()
        };
        let staged: u64 = summary.report.kinds.iter().map(|kind| kind.staged).sum();
        // The same department or post may be known from an earlier file.
        assert_eq!(
            became(&[Action::Created, Action::Matched]),
            staged,
            "{name}"
        );
        assert!(
            became(&[Action::Matched]) <= 3,
            "{name}: nearly everything is new"
        );
    }
    let open = world
        .texts(
            "SELECT CAST(sum(i.amount) - sum(i.cleared) AS TEXT) AS open FROM receivable_invoice i \
             JOIN import_identity f ON f.record_id = i.id WHERE f.system = 'ibm_ar'",
            &["open"],
        )
        .await;
    assert_eq!(open, [["0"]], "every invoice of the sample is settled");
    assert_eq!(world.entries("import.commit").await.len(), 4);
}

async fn the_dirt_of_the_real_files_is_in_the_report(world: World) {
    let Some(files) = shared("maven_crm") else {
        return;
    };
    let report = take(&world, "maven_crm", files).await.report;
    let of = |code: &'static str| {
        report
            .findings
            .iter()
            .filter(move |finding| finding.code == code)
    };
    let pro = of("replaced")
        .find(|finding| finding.value == "GTXPro")
        .expect("GTXPro");
    assert_eq!(
        (pro.column.as_str(), pro.reason.contains("GTX Pro")),
        ("product", true)
    );
    assert!(pro.row_count > 1_000, "{}", pro.row_count);
    assert!(of("owners_disagree").count() > 50);
    assert!(of("empty_field").count() > 0, "deals without an account");
}

/// How many rows each table of the business has.
async fn rows(world: &World) -> BTreeMap<&'static str, String> {
    let mut counts = BTreeMap::new();
    for (table, query) in [
        (
            "people_employee",
            "SELECT CAST(count(*) AS TEXT) AS n FROM people_employee",
        ),
        (
            "people_employment",
            "SELECT CAST(count(*) AS TEXT) AS n FROM people_employment",
        ),
        (
            "customer",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer",
        ),
        (
            "customer_term",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_term",
        ),
        (
            "customer_assignment",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_assignment",
        ),
        (
            "customer_contact",
            "SELECT CAST(count(*) AS TEXT) AS n FROM customer_contact",
        ),
        (
            "receivable_contract",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_contract",
        ),
        (
            "receivable_invoice",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_invoice",
        ),
        (
            "receivable_receipt",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_receipt",
        ),
        (
            "receivable_clearing",
            "SELECT CAST(count(*) AS TEXT) AS n FROM receivable_clearing",
        ),
        (
            "import_identity",
            "SELECT CAST(count(*) AS TEXT) AS n FROM import_identity",
        ),
    ] {
        counts.insert(table, world.texts(query, &["n"]).await[0][0].clone());
    }
    counts
}

async fn the_same_file_twice_changes_nothing(world: World) {
    take_ledger(&world, &ledger()).await;
    let ibm = shared("ibm_ar");
    if let Some(files) = ibm.clone() {
        take(&world, "ibm_ar", files).await;
    }
    let before = rows(&world).await;
    let mut again = vec![take_ledger(&world, &ledger()).await];
    if let Some(files) = ibm {
        again.push(take(&world, "ibm_ar", files).await);
    }
    for summary in again {
        for (kind, counts) in &summary.counts {
            assert!(
                counts.keys().all(|action| *action == Action::Same),
                "{kind}: {counts:?}"
            );
        }
        everything_is_booked(&summary.report);
    }
    assert_eq!(rows(&world).await, before);
}

async fn customer(world: &World, number: &str) -> Vec<String> {
    let all = world
        .texts(
            "SELECT c.number AS number, c.name AS name, c.region AS region, e.name AS owner, \
             c.state AS state FROM customer c LEFT JOIN people_employee e ON e.id = c.owner_id \
             ORDER BY c.number",
            &["number", "name", "region", "owner", "state"],
        )
        .await;
    all.into_iter()
        .find(|row| row[0] == number)
        .unwrap_or_default()
}

async fn owners(world: &World) -> Vec<Vec<String>> {
    world
        .texts(
            "SELECT CAST(a.seq AS TEXT) AS seq, e.name AS owner FROM customer_assignment a \
             JOIN customer c ON c.id = a.customer_id LEFT JOIN people_employee e \
             ON e.id = a.owner_id WHERE c.name = '青禾农业科技有限公司' ORDER BY a.seq",
            &["seq", "owner"],
        )
        .await
}

async fn a_changed_file_changes_what_changed_in_it(world: World) {
    take_ledger(&world, &ledger()).await;
    world.pass_days(3);
    // Somebody edits the customer in the house; the file knows nothing of it.
    world
        .raw("UPDATE customer SET tier = 'S' WHERE number = 'KH001'")
        .await
        .expect("an edit");
    let changed = ledger().replacen(
        "青禾农业科技有限公司,91999999MA9K1138XE,农业,华东,A,X101,陈一帆",
        "青禾农业科技有限公司,91999999MA9K1138XE,农业,西南,A,X102,林小满",
        1,
    );
    assert_ne!(changed, ledger());
    let summary = take_ledger(&world, &changed).await;
    assert_eq!(
        summary.counts["customer"][&Action::Updated],
        1,
        "{:?}",
        summary.counts
    );
    assert_eq!(
        customer(&world, "KH001").await,
        ["KH001", "青禾农业科技有限公司", "西南", "林小满", "active"]
    );
    assert_eq!(owners(&world).await, [["1", "陈一帆"], ["2", "林小满"]]);
    let tier = "SELECT tier FROM customer WHERE number = 'KH001'";
    assert_eq!(
        world.texts(tier, &["tier"]).await,
        [["S"]],
        "what the file did not change stays"
    );

    let undo = import::acts::undo::Undo {
        batch: summary.id,
        recorded_by: "system".to_owned(),
    };
    world.done(&undo).await;
    assert_eq!(
        customer(&world, "KH001").await,
        ["KH001", "青禾农业科技有限公司", "华东", "陈一帆", "active"]
    );
    assert_eq!(
        owners(&world).await,
        [["1", "陈一帆"], ["2", "林小满"], ["3", "陈一帆"]]
    );
    let again = take_ledger(&world, &ledger()).await;
    assert!(
        again.counts["customer"]
            .keys()
            .all(|action| *action == Action::Same)
    );
}

async fn an_undo_takes_back_and_the_file_comes_in_anew(world: World) {
    let before = rows(&world).await;
    let first = take_ledger(&world, &ledger()).await;
    let undo = import::acts::undo::Undo {
        batch: first.id,
        recorded_by: "system".to_owned(),
    };
    world.done(&undo).await;
    let after = rows(&world).await;
    for table in [
        "customer_contact",
        "receivable_contract",
        "import_identity",
        "customer_term",
    ] {
        assert_eq!(after[table], before[table], "{table}");
    }
    let live = "SELECT CAST(count(*) AS TEXT) AS n FROM customer \
                WHERE state = 'active' OR owner_id IS NOT NULL OR number LIKE 'KH001'";
    assert_eq!(world.texts(live, &["n"]).await, [["0"]]);
    let working = "SELECT CAST(count(*) AS TEXT) AS n FROM people_employee WHERE state <> 'left'";
    assert_eq!(world.texts(working, &["n"]).await, [["0"]]);

    let second = take_ledger(&world, &ledger()).await;
    everything_is_booked(&second.report);
    assert_eq!(second.counts, first.counts, "everything is created anew");

    if let Some(files) = shared("ibm_ar") {
        let ibm = take(&world, "ibm_ar", files.clone()).await;
        let undo = import::acts::undo::Undo {
            batch: ibm.id,
            recorded_by: "system".to_owned(),
        };
        world.done(&undo).await;
        let left = "SELECT CAST(coalesce(sum(amount), 0) AS TEXT) AS a, \
                    CAST(coalesce(sum(cleared), 0) AS TEXT) AS c FROM receivable_invoice";
        assert_eq!(world.texts(left, &["a", "c"]).await, [["0", "0"]]);
        everything_is_booked(&take(&world, "ibm_ar", files).await.report);
    }
}

async fn an_undo_is_refused_when_something_rests_on_the_batch(world: World) {
    let company = Company::found(&world).await;
    let batch = take_ledger(&world, &ledger()).await.id;
    let id = world
        .texts("SELECT id FROM customer WHERE number = 'KH002'", &["id"])
        .await[0][0]
        .clone();
    let body = json!({
        "customer_id": id, "number": "FP-9", "amount": crate::harness::money("10"),
        "issued_on": world.today(), "due_on": world.today().plus_days(30),
    });
    world
        .post(&company.finance.login, "/invoices", body)
        .await
        .ok();
    let undo = import::acts::undo::Undo {
        batch,
        recorded_by: "system".to_owned(),
    };
    let answer = world
        .house
        .spine
        .perform(&undo, &By::system("test"), None)
        .await;
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(refusal.code, "import.in_use");
    assert!(
        refusal.message.contains("客户「KH002」已有发票"),
        "{}",
        refusal.message
    );
    assert_eq!(customer(&world, "KH002").await[4], "active");
}

async fn gb18030_reads_as_utf8_does(world: World) {
    let plain = take_ledger(&world, &ledger()).await;
    let text = ledger();
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&text);
    assert!(!lossy);
    let files = vec![("客户台账.csv".to_owned(), bytes.into_owned())];
    let again = take(&world, "ledger", files).await;
    assert_eq!(again.report.sources[0].encoding, "gb18030");
    assert!(
        again
            .counts
            .values()
            .all(|of| of.keys().all(|action| *action == Action::Same))
    );
    assert_eq!(
        booked(&again.report, "contract"),
        booked(&plain.report, "contract")
    );
}

async fn a_refused_row_is_named_with_its_remedy(world: World) {
    let text = ledger().replacen("2025/1/5,12.5", "2025/1/5,1.23E+17", 1);
    let summary = take_ledger(&world, &text).await;
    assert!(summary.report.refuses());
    let refused: Vec<_> = summary
        .report
        .findings
        .iter()
        .filter(|f| f.severity == "refused")
        .collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    let place = (
        refused[0].file.as_str(),
        refused[0].rows.as_slice(),
        refused[0].value.as_str(),
    );
    assert_eq!(place, ("客户台账.csv", [3_u64].as_slice(), "1.23E+17"));
    assert!(refused[0].column.starts_with("合同金额") && !refused[0].remedy.is_empty());
    assert!(
        world
            .texts(
                "SELECT id FROM receivable_contract WHERE number = 'HT2025-001'",
                &["id"]
            )
            .await
            .is_empty()
    );
    assert_eq!(
        customer(&world, "KH001").await[4],
        "active",
        "the customer of the row is sound"
    );
}

const ORDERS: &str = "name = \"订单\"\nsystem = \"orders\"\n[source.orders]\nfile = \"o.csv\"\n\
    [[record]]\nkind = \"order\"\nsource = \"orders\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nordered_on = \"day\"\namount = \"amount\"\n";

async fn what_the_books_lack_is_named(world: World) {
    take_ledger(&world, &ledger()).await;
    let csv = "no,customer,day,amount\nD1,KH001,2025-01-02,10\nD2,KH999,2025-01-03,20\n";
    let files = vec![("o.csv".to_owned(), csv.as_bytes().to_vec())];
    let loaded = import::load(&world.house, &By::system("test"), ORDERS, files).await;
    let report = loaded.expect("the import").report;
    assert_eq!(
        booked(&report, "order"),
        (1, "10.00".to_owned()),
        "found by its number"
    );
    let lacking = report
        .findings
        .iter()
        .find(|finding| finding.code == "not_in_books");
    let lacking = lacking.expect("a finding");
    assert_eq!(
        (lacking.rows.as_slice(), lacking.severity.as_str()),
        ([3].as_slice(), "refused")
    );
    assert!(lacking.reason.contains("KH999"), "{}", lacking.reason);
}

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn over_the_wire(world: World) {
    let company = Company::found(&world).await;
    let text = ledger();
    let parts: &[(&str, &str, &[u8])] = &[
        ("mapping", "", b"ledger"),
        ("file", "客户台账.csv", text.as_bytes()),
    ];
    world
        .upload(&company.zhang.login, "/imports", parts)
        .await
        .problem(403);
    let id = world
        .upload(&company.finance.login, "/imports", parts)
        .await
        .id();
    let path = format!("/imports/{id}");
    world.get(&company.zhang.login, &path).await.problem(403);
    let report = world.get(&company.finance.login, &path).await.ok();
    assert_eq!(report["batch"]["state"], "staged");
    assert_eq!(
        customer(&world, "KH001").await,
        Vec::<String>::new(),
        "nothing is in the books"
    );
    let rows = world
        .get(&company.finance.login, &format!("{path}/rows"))
        .await
        .ok();
    let told = rows.to_string();
    assert!(
        !told.contains("13800138001") && told.contains("138****8001"),
        "{told}"
    );

    world
        .post(&company.zhang.login, &format!("{path}/commit"), json!({}))
        .await
        .problem(403);
    world
        .post(&company.finance.login, &format!("{path}/commit"), json!({}))
        .await
        .ok();
    let again = world
        .post(&company.finance.login, &format!("{path}/commit"), json!({}))
        .await;
    assert_eq!(again.problem(409), "import.wrong_state");
    let created = format!("{path}/rows?action=created");
    let created = world.get(&company.finance.login, &created).await.ok();
    assert!(
        created["items"]
            .as_array()
            .is_some_and(|items| items.len() > 5)
    );
    world
        .post(&company.finance.login, &format!("{path}/undo"), json!({}))
        .await
        .ok();
    let list = world.get(&company.finance.login, "/imports").await.ok();
    assert_eq!(list["items"][0]["state"], "undone");

    let other = world
        .upload(&company.finance.login, "/imports", parts)
        .await
        .id();
    world
        .post(
            &company.finance.login,
            &format!("/imports/{other}/discard"),
            json!({}),
        )
        .await
        .ok();
    let broken: &[(&str, &str, &[u8])] = &[
        ("mapping_text", "", b"nonsense = 1"),
        ("file", "a.csv", b"a\n1\n"),
    ];
    let broken = world
        .upload(&company.finance.login, "/imports", broken)
        .await;
    assert_eq!(broken.problem(422), "import.mapping");
    let shipped = world
        .get(&company.finance.login, "/import-mappings")
        .await
        .ok();
    assert_eq!(shipped["items"].as_array().map(Vec::len), Some(5));
}

const MANY: &str = "name = \"很多客户\"\nsystem = \"many\"\n[source.c]\nfile = \"c.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\n\
    name = \"name\"\nregion = \"region\"\n";

/// Five thousand customers; one in a thousand is called after a river, and every name differs.
fn many(rows: usize) -> Vec<(String, Vec<u8>)> {
    let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let mut text = "no,name,region\n".to_owned();
    for n in 0..rows {
        let word: String = format!("{n:04}")
            .bytes()
            .map(|byte| digits[usize::from(byte - b'0')])
            .collect();
        let river = if n % 1_000 == 7 { "长江" } else { "东海" };
        text.push_str(&format!("KH-{n:06},{river}{word}商贸有限公司,华东\n"));
    }
    vec![("c.csv".to_owned(), text.into_bytes())]
}

async fn found(world: &World, company: &Company, q: &str) -> Vec<String> {
    let path = format!("/customers?q={q}&limit=50");
    let list = world.get(&company.finance.login, &path).await.ok();
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let name = |item: &serde_json::Value| item["name"].as_str().unwrap_or_default().to_owned();
    items.iter().map(name).collect()
}

/// Beyond two thousand customers share what they are found by, and the evidence its rows.
async fn many_customers_come_in_together(world: World) {
    let company = Company::found(&world).await;
    let by = By::system("test");
    let load = |files| import::load(&world.house, &by, MANY, files);
    let first = load(many(5_000)).await.expect("the import");
    assert_eq!(first.counts["customer"][&Action::Created], 5_000);
    for (q, hits) in [
        ("长江", 5),
        ("changjiang", 5),
        ("cj", 5),
        ("长江四零零七", 1),
        ("KH-000123", 1),
        ("kh000123", 1),
        ("江零零零七商贸有限公司", 1),
        ("有限公司", 0),
        ("黄河", 0),
    ] {
        let names = found(&world, &company, q).await;
        assert_eq!(names.len(), hits, "{q}: {names:?}");
    }
    assert_eq!(
        found(&world, &company, "东海").await.len(),
        50,
        "a full page"
    );
    let audit = world.house.audit().await.expect("an audit");
    assert_eq!(
        audit.verdict,
        evidence::verdict::Verdict::Valid,
        "{:?}",
        audit.findings
    );
    let id = "SELECT id FROM customer WHERE number = 'KH-004321'";
    let id = world.texts(id, &["id"]).await[0][0].clone();
    let history = format!("/evidence?subject=customer/{id}");
    let history = world.get(&company.finance.login, &history).await;
    assert_eq!(history.ok()["items"].as_array().map(Vec::len), Some(1));

    let again = load(many(5_001)).await.expect("the same and one more");
    let counts = &again.counts["customer"];
    assert_eq!(
        (counts[&Action::Same], counts[&Action::Created]),
        (5_000, 1)
    );
    let undo = import::acts::undo::Undo {
        batch: first.id,
        recorded_by: "system".to_owned(),
    };
    world.done(&undo).await;
    assert!(found(&world, &company, "长江").await.is_empty());
    let anew = load(many(5_001)).await.expect("anew");
    assert_eq!(anew.counts["customer"][&Action::Created], 5_000);
    assert_eq!(found(&world, &company, "changjiang").await.len(), 5);
}

const LINES: &str = "name = \"明细\"\nsystem = \"lines\"\n[source.c]\nfile = \"c.csv\"\n\
    [source.o]\nfile = \"o.csv\"\n[source.l]\nfile = \"l.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"c\"\n[record.fields]\nnumber = \"no\"\nname = \"name\"\n\
    [[record]]\nkind = \"product\"\nsource = \"l\"\ndistinct = true\n[record.fields]\n\
    number = \"product\"\nname = \"product\"\n\
    [[record]]\nkind = \"order\"\nsource = \"o\"\n[record.fields]\nnumber = \"no\"\ncustomer = \"customer\"\n\
    ordered_on = { const = \"2025-01-02\" }\n\
    amount = { sum = { kind = \"order_line\", field = \"amount\" } }\n\
    [[record]]\nkind = \"order_line\"\nsource = \"l\"\n[record.fields]\norder = \"order\"\nline = \"line\"\n\
    product = \"product\"\namount = \"amount\"\n";

/// A batch is planned stretch by stretch: the lines of an order may come in another one than it.
async fn orders_and_their_lines_may_lie_far_apart(world: World) {
    let mut orders = "no,customer\n".to_owned();
    let mut lines = "order,line,product,amount\n".to_owned();
    for n in 0..100 {
        orders.push_str(&format!("D{n},C1\n"));
    }
    for line in 1..=700 {
        for n in 0..100 {
            lines.push_str(&format!("D{n},{line},P{},0.01\n", line % 3));
        }
    }
    let files = vec![
        (
            "c.csv".to_owned(),
            "no,name\nC1,远行公司\n".as_bytes().to_vec(),
        ),
        ("o.csv".to_owned(), orders.into_bytes()),
        ("l.csv".to_owned(), lines.into_bytes()),
    ];
    let by = By::system("test");
    let loaded = import::load(&world.house, &by, LINES, files.clone()).await;
    let report = loaded.expect("the import").report;
    everything_is_booked(&report);
    assert_eq!(booked(&report, "order"), (100, "700.00".to_owned()));
    assert_eq!(booked(&report, "order_line"), (70_000, "700.00".to_owned()));
    let numbered = "SELECT CAST(max(n) AS TEXT) AS most, CAST(count(DISTINCT n) AS TEXT) AS n \
                    FROM receivable_order_line";
    assert_eq!(
        world.texts(numbered, &["most", "n"]).await,
        [["700", "700"]]
    );
    let again = import::load(&world.house, &by, LINES, files)
        .await
        .expect("again");
    let actions = again.counts.values().flat_map(|of| of.keys());
    assert!(actions.into_iter().all(|action| *action == Action::Same));
}

async fn files_are_looked_at_before_and_what_was_refused_can_be_fetched(world: World) {
    let company = Company::found(&world).await;
    let (finance, zhang) = (&company.finance.login, &company.zhang.login);
    let text = ledger().replacen("2025/1/5,12.5", "2025/1/5,1.23E+17", 1);
    let (gb, _, _) = encoding_rs::GB18030.encode(&text);
    let parts = |encoding: &'static [u8]| -> Vec<(&str, &str, Vec<u8>)> {
        vec![
            ("mapping", "", b"ledger".to_vec()),
            ("encoding", "", encoding.to_vec()),
            ("file", "客户台账.csv", gb.to_vec()),
            ("file", "别的.csv", b"a\n1\n".to_vec()),
        ]
    };
    let send = async |login, path, parts: &[(&str, &str, Vec<u8>)]| {
        let parts: Vec<(&str, &str, &[u8])> = parts
            .iter()
            .map(|(name, file, bytes)| (*name, *file, bytes.as_slice()))
            .collect();
        world.upload(login, path, &parts).await
    };
    send(zhang, "/import-preview", &parts(b"auto"))
        .await
        .problem(403);
    let shown = send(finance, "/import-preview", &parts(b"auto")).await.ok();
    assert_eq!(shown["items"][0]["encoding"], "gb18030");
    let rows = shown["items"][0]["rows"].to_string();
    assert!(
        rows.contains("青禾农业科技有限公司") && !rows.contains("13800138001"),
        "{rows}"
    );
    assert_eq!(shown["items"][1]["problem"]["code"], "file_not_mapped");
    let wrong = send(finance, "/import-preview", &parts(b"utf-8"))
        .await
        .ok();
    assert_eq!(wrong["items"][0]["problem"]["code"], "unknown_encoding");
    let strange = send(finance, "/import-preview", &parts(b"latin1")).await;
    assert_eq!(strange.problem(422), "import.encoding");
    let big = vec![b'#'; (1 << 20) + 1];
    let big = [
        ("mapping_text", "", big),
        ("file", "a.csv", b"a\n1\n".to_vec()),
    ];
    assert_eq!(
        send(finance, "/imports", &big).await.problem(422),
        "import.mapping_size"
    );

    let id = send(finance, "/imports", &parts(b"auto")).await.id();
    for path in ["refused?format=csv", "refused?format=xlsx&lang=en"] {
        let path = format!("/imports/{id}/{path}");
        world.get(zhang, &path).await.problem(403);
        world.get(finance, &path).await.ok();
    }
    let progress = format!("/import-progress/{id}");
    world.get(zhang, &progress).await.problem(403);
    assert_eq!(world.get(finance, &progress).await.ok()["phase"], "idle");
}
