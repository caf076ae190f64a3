//! Books of before are brought up to date with the rows that stand in them.

use std::collections::BTreeSet;

use baton::config::Config;
use baton::house::{House, Surroundings};
use baton::migrations::ALL;
use spine::{Db, DbSettings, Select};

use crate::harness::{empty_postgres, raw};

#[tokio::test]
async fn on_sqlite() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("baton.db");
    refunds_stay_when_one_may_name_no_invoice(&format!("sqlite://{}", file.display())).await;
}

#[tokio::test]
async fn on_postgres() {
    match empty_postgres().await {
        Some(address) => refunds_stay_when_one_may_name_no_invoice(&address).await,
        None => println!("skipped: BATON_TEST_POSTGRES is not set"),
    }
}

/// Two servers of a house are set up at once: neither ends with a message of the database.
#[tokio::test]
async fn two_programs_begin_on_one_empty_postgres() {
    let Some(address) = empty_postgres().await else {
        return;
    };
    let folders = [(), ()].map(|()| tempfile::tempdir().expect("a folder"));
    let [one, other] = folders.each_ref().map(|folder| {
        let config = Config {
            data_dir: folder.path().to_owned(),
            database_url: Some(address.clone()),
            ..Config::default()
        };
        House::open(config, Surroundings::default())
    });
    let (one, other) = tokio::join!(one, other);
    for house in [one, other] {
        let house = house.expect("it opens");
        let newest = ALL.last().map(|step| step.version);
        let version = house.spine.db().schema_version().await;
        assert_eq!(version.expect("a version"), newest);
    }
}

/// Before a refund could be taken back.
const OF_43: &str = "INSERT INTO customer (id, number, name, name_key, sort_key, search, industry, \
    region, tier, address, state, owned_since, created_at, extra) VALUES ('cus_1', 'K-1', \
    '永定机床', '永定机床', 'yd', 'yd', '', '', '', '', 'active', '2026-01-01', 0, '{}'); \
    INSERT INTO customer_contact (id, customer_id, name, title, phone, is_primary, extra) VALUES \
    ('con_1', 'cus_1', '赵采购', '', '13812341234', 1, '{}'); \
    INSERT INTO receivable_invoice (id, number, customer_id, issued_on, due_on, amount, cleared, \
    disputed, extra) VALUES ('inv_1', 'FP-1', 'cus_1', '2026-01-02', '2026-02-02', 5000, 0, 0, \
    '{}'); \
    INSERT INTO receivable_reversal (id, number, kind, customer_id, invoice_id, reversed_on, \
    amount, reason, recorded_by, recorded_at) VALUES ('rev_1', 'TK-1', 'refund', 'cus_1', \
    'inv_1', '2026-03-01', 100, '退货', 'emp_1', 1)";
/// It is taken back, and another one has its number.
const OF_44: &str = "INSERT INTO receivable_reversal_withdrawal (reversal_id, reason, \
    withdrawn_by, withdrawn_at) VALUES ('rev_1', '录错', 'emp_1', 2); \
    INSERT INTO receivable_reversal (id, number, kind, customer_id, invoice_id, reversed_on, \
    amount, reason, recorded_by, recorded_at, nth) VALUES ('rev_2', 'TK-1', 'refund', 'cus_1', \
    'inv_1', '2026-03-02', 80, '折让', 'emp_1', 3, 2)";
/// What is left over of a receipt goes back.
const OF_45: &str = "INSERT INTO receivable_receipt (id, number, customer_id, received_on, amount, \
    extra) VALUES ('rec_1', 'HK-1', 'cus_1', '2026-03-03', 900, '{}'); \
    INSERT INTO receivable_reversal (id, number, kind, customer_id, receipt_id, reversed_on, \
    amount, reason, recorded_by, recorded_at) VALUES ('rev_3', 'TK-3', 'refund', 'cus_1', \
    'rec_1', '2026-03-04', 900, '多付', 'emp_1', 4)";
const KEPT: Select = Select::new(
    "SELECT r.id || ' ' || r.number || ' ' || coalesce(r.invoice_id, r.receipt_id) || ' ' || \
     r.reversed_on || ' ' || r.amount || ' ' || r.reason || ' ' || r.recorded_at || ' ' || r.nth \
     || ' ' || coalesce(w.reason, '-') AS said FROM receivable_reversal r \
     LEFT JOIN receivable_reversal_withdrawal w ON w.reversal_id = r.id ORDER BY r.id",
);
const CONTACT: Select =
    Select::new("SELECT phone || ' ' || revision AS said FROM customer_contact");

async fn refunds_stay_when_one_may_name_no_invoice(url: &str) {
    let settings = DbSettings {
        url: url.to_owned(),
        readers: 1,
        writers: 1,
    };
    let db = Db::open(&settings).await.expect("the books open");
    for (version, rows) in [(43, OF_43), (44, OF_44), (i64::MAX, OF_45)] {
        let steps = ALL.iter().take_while(|step| step.version <= version);
        let at: kernel::Moment = "2026-11-22T04:00:00.000Z".parse().expect("a moment");
        let taken = db.migrate(&ALL[..steps.count()], at).await;
        taken.expect("the steps are taken");
        raw(url, rows).await.expect("the rows of then");
    }
    let said = async |select: &Select| -> Vec<String> {
        let rows = db.read(select, Vec::new()).await.expect("rows");
        let said = rows.iter().map(|row| row.get("said").expect("a text"));
        said.collect()
    };
    assert_eq!(
        said(&KEPT).await,
        [
            "rev_1 TK-1 inv_1 2026-03-01 100 退货 1 1 录错",
            "rev_2 TK-1 inv_1 2026-03-02 80 折让 3 2 -",
            "rev_3 TK-3 rec_1 2026-03-04 900 多付 4 1 -",
        ]
    );
    assert_eq!(said(&CONTACT).await, ["13812341234 0"]);
    // What was built anew is guarded as before.
    for statement in [
        "UPDATE receivable_reversal SET amount = 1",
        "DELETE FROM receivable_reversal_withdrawal",
        "INSERT INTO receivable_reversal_withdrawal (reversal_id, reason, withdrawn_by, \
         withdrawn_at) VALUES ('rev_9', '录错', 'emp_1', 5)",
        "INSERT INTO receivable_reversal (id, number, kind, customer_id, invoice_id, reversed_on, \
         amount, reason, recorded_by, recorded_at, nth) VALUES ('rev_4', 'TK-1', 'refund', \
         'cus_1', 'inv_1', '2026-03-05', 1, '退货', 'emp_1', 6, 2)",
    ] {
        raw(url, statement).await.expect_err(statement);
    }
    db.close().await;
}

/// The audit takes a column that notes speak of and the books no longer have for stolen, unless a
/// step says `DROP COLUMN`: a table that is built anew without one must say so beforehand.
#[tokio::test]
async fn what_the_steps_took_away_they_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("baton.db");
    let settings = DbSettings {
        url: format!("sqlite://{}", file.display()),
        readers: 1,
        writers: 1,
    };
    let db = Db::open(&settings).await.expect("the books open");
    let columns = Select::new(db.dialect().list_columns());
    let (mut ever, mut now) = (BTreeSet::new(), BTreeSet::new());
    for taken in 1..=ALL.len() {
        let done = db.migrate(&ALL[..taken], kernel::Moment(0)).await;
        done.expect("a step");
        let rows = db.read(&columns, Vec::new()).await.expect("columns");
        let name = |row: &spine::Row| -> String {
            let [table, column] = ["table_name", "column_name"]
                .map(|place| row.get::<String>(place).expect("a name"));
            format!("{table}.{column}")
        };
        now = rows.iter().map(name).collect();
        ever.extend(now.iter().cloned());
    }
    db.close().await;
    let gone: Vec<&str> = ever.difference(&now).map(String::as_str).collect();
    assert_eq!(
        gone,
        [
            // Not noted.
            "customer_term.customer_id",
            "departure.case_id",
            "handover_plan.case_id",
            // Not noted.
            "import_record.body",
            "import_record.digest",
            "import_record.source",
        ]
    );
}

/// Books are not begun among the tables of another program.
#[tokio::test]
async fn another_programs_database_is_left_alone() {
    for address in [None, empty_postgres().await] {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config {
            data_dir: folder.path().to_owned(),
            database_url: address.clone(),
            ..Config::default()
        };
        let url = config.database();
        let foreign = "CREATE TABLE ledger (line TEXT)";
        raw(&url, foreign).await.expect("a table of others");
        let refused = House::open(config, Surroundings::default()).await;
        let said = refused.err().expect("it is refused").to_string();
        let place = match address {
            None => "baton.db：",
            Some(_) => "database_url（BATON_DATABASE_URL）：",
        };
        for words in [place, "如 ledger", "空的数据库", "nothing was changed"] {
            assert!(said.contains(words), "{words}: {said}");
        }
        let settings = DbSettings {
            url,
            readers: 1,
            writers: 1,
        };
        let db = Db::open(&settings).await.expect("the database opens");
        let tables = db.table_count().await.expect("a count");
        db.close().await;
        assert_eq!(tables, 1);
    }
}
