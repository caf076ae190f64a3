//! What writing would do is told beforehand, and what it did afterwards.

use baton::import::{self, ImportView, KindView};
use kernel::ImportId;
use serde_json::json;
use spine::{By, Failure};

use super::undone::papers;
use super::{everything_is_booked, ledger, mapping, take_ledger, undo_of};
use crate::harness::{Company, Login, World};

story!(
    a_first_file_is_new,
    the_same_file_again_is_told_before_it_is_written,
    what_changes_is_told_before,
    what_the_books_will_refuse_is_told_before,
    an_undone_batch_has_nothing_in_the_books,
    a_batch_of_nothing_is_not_written,
    a_batch_that_changes_nothing_is_not_written_by_hand,
);

async fn staged(world: &World, text: &str) -> ImportView {
    let files = vec![("客户台账.csv".to_owned(), text.as_bytes().to_vec())];
    let by = By::system("test");
    let id = import::stage(&world.house, &by, &mapping("ledger"), files).await;
    report(world, id.expect("a batch")).await
}

async fn report(world: &World, batch: ImportId) -> ImportView {
    let by = By::system("test");
    let report = import::report(&world.house, &by, batch).await;
    report.expect("the report")
}

fn kind<'r>(report: &'r ImportView, kind: &str) -> &'r KindView {
    let found = report.kinds.iter().find(|of| of.kind == kind);
    found.expect("the kind")
}

/// New, changed and found as they are.
fn became(kind: &KindView) -> [Option<u64>; 3] {
    [kind.created, kind.updated, kind.unchanged]
}

async fn a_first_file_is_new(world: World) {
    let report = staged(&world, &ledger()).await;
    assert!(report.foretold && report.currency == "CNY");
    for kind in &report.kinds {
        assert_eq!(
            became(kind),
            [Some(kind.staged), Some(0), Some(0)],
            "{}",
            kind.kind
        );
        assert_eq!((kind.booked, kind.refused), (0, 0), "{}", kind.kind);
    }
    let none = world.texts("SELECT id FROM customer", &["id"]).await;
    assert!(none.is_empty(), "it is told and not done");
    let loaded = take_ledger(&world, &ledger()).await.report;
    assert!(!loaded.foretold);
    assert_eq!(
        became(kind(&loaded, "customer")),
        [Some(3), Some(0), Some(0)]
    );
}

async fn the_same_file_again_is_told_before_it_is_written(world: World) {
    take_ledger(&world, &ledger()).await;
    let report = staged(&world, &ledger()).await;
    for kind in &report.kinds {
        assert_eq!(
            became(kind),
            [Some(0), Some(0), Some(kind.staged)],
            "{}",
            kind.kind
        );
    }
    // The sums in the books are those of what is there, to the fen and by owner.
    everything_is_booked(&report);
    let written = take_ledger(&world, &ledger()).await.report;
    assert_eq!(
        became(kind(&written, "contract")),
        [Some(0), Some(0), Some(3)]
    );
}

async fn what_changes_is_told_before(world: World) {
    take_ledger(&world, &ledger()).await;
    let before = "青禾农业科技有限公司,91999999MA9K1138XE,农业,华东,A,X101,陈一帆";
    let after = "青禾农业科技有限公司,91999999MA9K1138XE,农业,西南,A,X101,陈一帆";
    let more = "KH011,新来机电有限公司,,机电,华东,B,X101,陈一帆,,,,,,,,\n";
    let text = ledger().replacen(before, after, 1) + more;
    let report = staged(&world, &text).await;
    let customers = kind(&report, "customer");
    assert_eq!(became(customers), [Some(1), Some(1), Some(2)]);
    assert_eq!((customers.staged, customers.booked), (4, 3));
}

const K: &str = "R001,远山机电有限公司,华东,";

async fn what_the_books_will_refuse_is_told_before(world: World) {
    let (good, lost) = ("RK1,R001,,2026-03-02,5000,,", "RK2,R999,,2026-03-02,7000,,");
    let summary = papers(&world, [K, &format!("{good}\n{lost}"), "", ""]).await;
    let by = By::system("test");
    let head = "no,customer,owner,day,amount,product,margin";
    let files = [
        ("k.csv", "no,name,region,owner\n".to_owned()),
        ("c.csv", format!("{head}\n{good}\n{lost}\n")),
        ("f.csv", "no,customer,contract,day,due,amount\n".to_owned()),
        ("h.csv", "no,customer,invoice,day,amount\n".to_owned()),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.into_bytes()));
    let mapping = super::undone::FILES;
    let id = import::stage(&world.house, &by, mapping, files.to_vec()).await;
    let before = report(&world, id.expect("a batch")).await;
    for (report, known) in [(&before, 1), (&summary.report, 0)] {
        let lacking = report
            .findings
            .iter()
            .find(|one| one.code == "not_in_books");
        let lacking = lacking.expect("a finding");
        assert_eq!(lacking.rows, [3]);
        assert!(lacking.reason.contains("R999"), "{}", lacking.reason);
        let contracts = kind(report, "contract");
        assert_eq!((contracts.refused, report.batch.left_out), (1, 1));
        assert_eq!(contracts.unchanged, Some(known));
        let rows = report.sources.iter().find(|of| of.file == "c.csv");
        assert_eq!(rows.expect("the file").refused, 1);
    }
    assert_eq!(
        kind(&before, "contract").booked_amount.as_deref(),
        Some("5000.00")
    );
}

async fn an_undone_batch_has_nothing_in_the_books(world: World) {
    take_ledger(&world, &ledger()).await;
    let again = take_ledger(&world, &ledger()).await;
    everything_is_booked(&again.report);
    world.done(&undo_of(again.id)).await;
    let report = report(&world, again.id).await;
    assert!(report.kinds.len() > 2);
    for kind in &report.kinds {
        assert_eq!(kind.booked, 0, "{}", kind.kind);
    }
}

async fn a_batch_of_nothing_is_not_written(world: World) {
    let by = By::system("test");
    let files = vec![("说明.csv".to_owned(), b"a,b\n1,2\n".to_vec())];
    let id = import::stage(&world.house, &by, &mapping("ledger"), files).await;
    let id = id.expect("a batch");
    let told = report(&world, id).await;
    let stranger = told
        .findings
        .iter()
        .find(|one| one.code == "file_not_mapped");
    let reason = &stranger.expect("a finding").reason;
    assert!(reason.contains("客户台账*"), "{reason}");
    let answer = import::commit(&world.house, &by, id).await;
    let Err(Failure::Refused(refusal)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(refusal.code, "import.nothing_to_write");
    assert!(!refusal.remedy.is_empty());
}

/// Uploads a batch of which nothing would be new, and tries to write it.
async fn idle(world: &World, finance: &Login, parts: &[(&str, &str, &[u8])]) {
    let path = world.upload(finance, "/imports", parts).await.id();
    let path = format!("/imports/{path}");
    let report = world.get(finance, &path).await.ok();
    assert_eq!(report["idle"], true, "{report}");
    let refused = world
        .post(finance, &format!("{path}/commit"), json!({}))
        .await;
    assert_eq!(refused.problem(409), "import.nothing_new");
    let report = world.get(finance, &path).await.ok();
    assert_eq!(report["batch"]["state"], "staged", "it can be discarded");
}

const ORDERS: &str = "name = \"订单\"\nsystem = \"orders\"\n[source.o]\nfile = \"o.csv\"\n\
    [[record]]\nkind = \"order\"\nsource = \"o\"\n[record.fields]\nnumber = \"no\"\n\
    customer = \"customer\"\nordered_on = \"day\"\namount = \"amount\"\n";

/// Neither one that the books hold already nor one of which they take nothing.
async fn a_batch_that_changes_nothing_is_not_written_by_hand(world: World) {
    let finance = &Company::found(&world).await.finance.login;
    take_ledger(&world, &ledger()).await;
    let text = ledger();
    let again: [(&str, &str, &[u8]); 2] = [
        ("mapping", "", b"ledger"),
        ("file", "客户台账.csv", text.as_bytes()),
    ];
    idle(&world, finance, &again).await;
    let orders = "no,customer,day,amount\nD1,KH999,2025-01-02,10\n";
    let lost: [(&str, &str, &[u8]); 2] = [
        ("mapping_text", "", ORDERS.as_bytes()),
        ("file", "o.csv", orders.as_bytes()),
    ];
    idle(&world, finance, &lost).await;
    // Who sends the same file every night from the console is not refused.
    let nightly = take_ledger(&world, &ledger()).await.report;
    assert!(!nightly.idle);
    let more = ledger() + "KH011,新来机电有限公司,,机电,华东,B,X101,陈一帆,,,,,,,,\n";
    let report = staged(&world, &more).await;
    assert!(report.foretold && !report.idle);
}
