//! What a file says, in whatever encoding, and what is refused of it.

use baton::import::{self, Action};
use spine::{By, Failure};

use super::{booked, customer, ledger, mapping, take, take_ledger};
use crate::harness::World;

story!(
    gb18030_reads_as_utf8_does,
    a_refused_row_is_named_with_its_remedy,
    what_the_books_lack_is_named,
    a_mistake_in_a_mapping_is_told_with_its_line,
);

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

async fn a_mistake_in_a_mapping_is_told_with_its_line(world: World) {
    let by = By::system("test");
    let sound = mapping("ledger");
    let line = sound.lines().position(|line| line == "kind = \"customer\"");
    let line = line.expect("a block of customers") + 1;
    let wrong = sound.replacen("kind = \"customer\"", "kind = \"custmer\"", 1);
    let answer = import::stage(&world.house, &by, &wrong, Vec::new()).await;
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(refusal.code, "import.mapping");
    let told = format!("第 {line} 行：不认识「custmer」这个取值，可用的有 department、");
    assert!(refusal.message.contains(&told), "{}", refusal.message);
}
