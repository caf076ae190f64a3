//! An act that lists very many things, and parts of it that speak of the same ones.

use std::path::Path;

use access::Need;
use evidence::verdict::Verdict;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{
    Act, AnyAct, By, Dialect, Failure, Item, Query, Reader, Record, Select, Spine, Writer, binds,
};

use crate::desk::{self, PUT, Put};

crate::on_both!(many_listed_things_lie_in_chunks, super::listed);
crate::on_both!(a_table_that_grew_is_counted, super::grown);
crate::on_both!(text_has_one_order_on_both_databases, super::ordered);
crate::on_both!(a_word_is_found_as_it_is_written, super::held);

const JARS: usize = 1_100;

/// Puts so many coins into jars and lists the jars; then one of the jars gets another coin.
#[derive(Debug, Serialize, Deserialize)]
struct Spread {
    coins: usize,
}

impl Act for Spread {
    const NAME: &'static str = "jar.spread";
    type Facts = ();
    type Outcome = ();

    async fn load(&self, _: &mut Reader<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn needs(&self, (): &()) -> Need {
        Need::on_everything(PUT)
    }

    fn decide(&self, (): &(), _: Moment) -> Result<(), Refusal> {
        Ok(())
    }

    async fn write(&self, (): &(), (): &(), books: &mut Writer<'_>) -> Result<(), Failure> {
        let row = |n: usize| binds![format!("jar{}", n % JARS), format!("coin{n}")];
        let rows = (0..self.coins).map(row).collect();
        let head = "INSERT INTO coin (name, coin) VALUES ";
        Ok(books.insert_many(head, "", rows).await?)
    }

    fn record(&self, (): &(), (): &()) -> Record {
        let item = |n| Item {
            subject: format!("jar/jar{n}"),
            detail: serde_json::json!({ "spread": n }),
        };
        Record::of("jars".to_owned(), "分发", "Spread").items((0..JARS).map(item).collect())
    }

    fn then(&self, (): &(), (): &()) -> Vec<Box<dyn AnyAct>> {
        vec![
            Box::new(Put::of("jar5", "first")),
            Box::new(Put::of("jar1050", "last")),
        ]
    }
}

async fn spread(url: &str, coins: usize) -> Spine {
    let spine = desk::spine(url, false).await;
    let by = By::system("test");
    // One jar has a chain already, the others begin theirs among the items.
    spine
        .perform(&Put::of("jar5", "old"), &by, None)
        .await
        .unwrap();
    spine.perform(&Spread { coins }, &by, None).await.unwrap();
    spine
}

/// The hash of the chain's last entry but one stands in its last one.
async fn listed(url: &str, folder: &Path) {
    let spine = spread(url, 10).await;
    let signing = desk::signing(&spine, folder);
    signing.sign_if_grown().await.unwrap();
    let last = signing.last().unwrap();
    let report = spine.audit(&signing.key().trust(), last).await.unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
    let chunks = "SELECT count(*) AS n FROM log_chunk";
    assert_eq!(desk::count(&spine, chunks).await, 2, "1,024 and the rest");
    assert_eq!(
        desk::count(&spine, "SELECT count(*) AS n FROM log_item").await,
        0
    );
    let by = By::system("test");
    let mut look = spine.look(&by).await.unwrap();
    let payload = look.books().item_payload(1, 1_099).await.unwrap().unwrap();
    assert_eq!(payload, br#"{"spread":1099}"#);
    for (index, before) in [(2_i64, 1_i64), (3, 1)] {
        let entry = Select::new("SELECT entry FROM log_entry WHERE idx = $1");
        let leaf = Select::new("SELECT leaf FROM log_entry WHERE idx = $1");
        let entry: Vec<u8> = spine.db().read(&entry, binds![index]).await.unwrap()[0]
            .get("entry")
            .unwrap();
        let leaf: Vec<u8> = spine.db().read(&leaf, binds![before]).await.unwrap()[0]
            .get("leaf")
            .unwrap();
        let entry = evidence::entry::Entry::from_bytes(&entry).unwrap();
        let prev = entry.prev.map(|hash| hash.as_bytes().to_vec());
        assert_eq!(prev, Some(leaf), "entry {index}");
    }
}

async fn grown(url: &str, _: &Path) {
    let spine = spread(url, 12_000).await;
    if spine.db().dialect() == Dialect::Postgres {
        let counted = "SELECT CAST(reltuples AS BIGINT) AS n FROM pg_class WHERE relname = 'coin'";
        let counted = desk::count(&spine, counted).await;
        assert!(counted >= 12_000, "{counted}");
    }
    let coins = "SELECT count(*) AS n FROM coin";
    assert_eq!(desk::count(&spine, coins).await, 12_003);
}

/// A database made for a language would put capitals among the small letters and pass over marks.
async fn ordered(url: &str, _: &Path) {
    let spine = desk::spine(url, false).await;
    let by = By::system("test");
    for coin in ["b", "C", "a-c", "ab", "张", "李"] {
        let put = Put::of("jar", coin);
        spine.perform(&put, &by, None).await.unwrap();
    }
    let coins = Select::new("SELECT coin FROM coin WHERE name = 'jar' ORDER BY coin");
    let rows = spine.db().read(&coins, binds![]).await.unwrap();
    let coins: Vec<String> = rows.iter().map(|row| row.get("coin").unwrap()).collect();
    assert_eq!(coins, ["C", "a-c", "ab", "b", "张", "李"]);
    if spine.db().dialect() == Dialect::Postgres {
        let others = "SELECT count(*) AS n FROM information_schema.columns \
                      WHERE table_schema = current_schema() AND data_type = 'text' \
                      AND coalesce(collation_name, '') <> 'C'";
        assert_eq!(desk::count(&spine, others).await, 0);
    }
}

/// What is a pattern to a database is a word to people; a long list finds what a short one does.
async fn held(url: &str, _: &Path) {
    let spine = desk::spine(url, false).await;
    let by = By::system("test");
    let coins = ["50%_a", "500ba", "c\\d", "张三丰", "cd"];
    for coin in coins {
        let put = Put::of("jar", coin);
        spine.perform(&put, &by, None).await.unwrap();
    }
    let among: Vec<String> = (0..100).map(|n| format!("none{n}")).collect();
    let among: Vec<&str> = among.iter().map(String::as_str).chain(coins).collect();
    for (word, found) in [
        ("0%_", 1),
        ("c\\", 1),
        ("三", 1),
        ("c", 2),
        ("", 5),
        ("_", 1),
    ] {
        let mut query = Query::new("SELECT count(*) AS n FROM coin WHERE ");
        query.push_holds(spine.db().dialect(), "coin", word);
        query.push(" AND coin IN ").bind_list(among.iter().copied());
        query
            .push(" AND name NOT IN ")
            .bind_list(among.iter().copied());
        let (select, values) = query.select();
        let rows = spine.db().read(&select, values).await.unwrap();
        assert_eq!(rows[0].get::<i64>("n").unwrap(), found, "{word}");
    }
}
