//! Batches of very many records.

use baton::import::{self, Action};
use evidence::verdict::Verdict;
use spine::{By, Dialect, Difference, Wrong};

use super::{booked, everything_is_booked, ledger, shared, take, take_ledger, undo_of};
use crate::harness::{Company, World, connect};

story!(
    many_customers_come_in_together,
    a_page_does_not_wait_for_a_first_import,
    orders_and_their_lines_may_lie_far_apart,
    whoever_edits_what_came_in_is_named,
);

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

/// The indexes and constraints of customers and of what comes with each, and how each was made.
async fn indexes(world: &World) -> Vec<Vec<String>> {
    let indexes = match world.house.spine.db().dialect() {
        Dialect::Sqlite => {
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL \
             AND tbl_name IN ('customer', 'customer_assignment', 'customer_term') ORDER BY name"
        }
        Dialect::Postgres => {
            "SELECT CAST(indexname AS TEXT) AS name, indexdef AS sql FROM pg_indexes \
             WHERE tablename IN ('customer', 'customer_assignment', 'customer_term') \
             UNION ALL SELECT CAST(conname AS TEXT), pg_get_constraintdef(oid) \
             FROM pg_constraint WHERE CAST(conrelid::regclass AS TEXT) \
             IN ('customer', 'customer_assignment', 'customer_term') ORDER BY name, sql"
        }
    };
    let indexes = world.texts(indexes, &["name", "sql"]).await;
    assert!(indexes.len() > 8, "{indexes:?}");
    indexes
}

/// Beyond two thousand customers share what they are found by, and the evidence its rows.
async fn many_customers_come_in_together(world: World) {
    let company = Company::found(&world).await;
    let by = By::system("test");
    let load = |files| import::load(&world.house, &by, MANY, files);
    let indexes = indexes(&world).await;
    let first = load(many(5_000)).await.expect("the import");
    assert_eq!(
        indexes,
        self::indexes(&world).await,
        "made again afterwards"
    );
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
    assert_eq!(audit.verdict, Verdict::Valid, "{:?}", audit.findings);
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
    for batch in [again.id, first.id] {
        world.done(&undo_of(batch)).await;
    }
    assert!(found(&world, &company, "长江").await.is_empty());
    let anew = load(many(5_001)).await.expect("anew");
    assert_eq!(anew.counts["customer"][&Action::Created], 5_001);
    assert_eq!(found(&world, &company, "changjiang").await.len(), 5);
}

/// PostgreSQL shuts others out of tables that are filled for the first time; SQLite shuts nobody
/// out.
async fn a_page_does_not_wait_for_a_first_import(world: World) {
    if world.house.spine.db().dialect() == Dialect::Sqlite {
        return;
    }
    let chief = &Company::found(&world).await.chief.login;
    let address = world.house.config.database();
    let import = connect(&address).await;
    for statement in ["BEGIN", "LOCK TABLE customer IN ACCESS EXCLUSIVE MODE"] {
        import.batch_execute(statement).await.expect("the lock");
    }
    assert_eq!(world.get(chief, "/customers").await.problem(503), "busy");
    import.batch_execute("ROLLBACK").await.expect("the end");
    world.get(chief, "/customers").await.ok();
}

const LINES: &str = "name = \"明细\"\nsystem = \"lines\"\n[source.c]\nfile = \"c.csv\"\n\
    [source.o]\nfile = \"o.csv\"\n[source.l]\nfile = \"l.csv\"\n\
    [[record]]\nkind = \"customer\"\nsource = \"c\"\n[record.fields]\n\
    number = \"no\"\nname = \"name\"\n\
    [[record]]\nkind = \"product\"\nsource = \"l\"\ndistinct = true\n[record.fields]\n\
    number = \"product\"\nname = \"product\"\n\
    [[record]]\nkind = \"order\"\nsource = \"o\"\n[record.fields]\n\
    number = \"no\"\ncustomer = \"customer\"\n\
    ordered_on = { const = \"2025-01-02\" }\n\
    amount = { sum = { kind = \"order_line\", field = \"amount\" } }\n\
    [[record]]\nkind = \"order_line\"\nsource = \"l\"\n[record.fields]\n\
    order = \"order\"\nline = \"line\"\n\
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

/// Table, key and what is wrong, of every difference between the tables and the log.
async fn differences(world: &World) -> Vec<(String, String, String)> {
    let found = world.house.spine.audit_rows().await.expect("a comparison");
    let one = |found: &Difference| match &found.wrong {
        Wrong::Changed { field, .. } => (found.table.clone(), found.key.clone(), field.clone()),
        wrong => (found.table.clone(), found.key.clone(), format!("{wrong:?}")),
    };
    found.listed.iter().map(one).collect()
}

/// Every statement of an import and of its undo is noted, also those that write thousands of rows
/// or none of whose values travelled: the tables agree with the log, and a row edited later is
/// named.
async fn whoever_edits_what_came_in_is_named(world: World) {
    let none: Vec<(String, String, String)> = Vec::new();
    let by = By::system("test");
    take_ledger(&world, &ledger()).await;
    let loaded = import::load(&world.house, &by, MANY, many(3_000)).await;
    loaded.expect("the import");
    if let Some(files) = shared("northwind") {
        let northwind = take(&world, "northwind", files).await.id;
        assert_eq!(differences(&world).await, none, "created");
        world.done(&undo_of(northwind)).await;
    }
    assert_eq!(differences(&world).await, none, "taken back");
    world.pass_days(1);
    let changed = ledger().replacen("农业,华东,A,X101,陈一帆", "农业,西南,A,X102,林小满", 1);
    let changed = take_ledger(&world, &changed).await.id;
    assert_eq!(differences(&world).await, none, "changed");
    world.done(&undo_of(changed)).await;
    assert_eq!(differences(&world).await, none, "changed back");
    let audit = world.house.audit().await.expect("an audit");
    assert_eq!(audit.verdict, Verdict::Valid, "{:?}", audit.findings);

    let id = async |query| world.texts(query, &["id"]).await[0][0].clone();
    let customer = id("SELECT id FROM customer WHERE number = 'KH-002999'").await;
    let contract = id("SELECT id FROM receivable_contract WHERE number = 'HT2025-001'").await;
    let employee = id("SELECT id FROM people_employee WHERE number = 'X101'").await;
    for edit in [
        "UPDATE customer SET region = '华南' WHERE number = 'KH-002999'",
        "UPDATE receivable_contract SET amount = amount + 1 WHERE number = 'HT2025-001'",
        "UPDATE people_employee SET name = '陈二帆' WHERE number = 'X101'",
    ] {
        world.raw(edit).await.expect("an edit past the house");
    }
    let named = |table: &str, key: String, field: &str| (table.to_owned(), key, field.to_owned());
    assert_eq!(
        differences(&world).await,
        [
            named("customer", customer, "region"),
            named("people_employee", employee, "name"),
            named("receivable_contract", contract, "amount"),
        ]
    );
}
