//! One act over very many things: its items lie in chunks, and prove as much as single ones.

use std::path::Path;
use std::sync::Arc;

use access::Need;
use evidence::audit::AuditReport;
use evidence::audit::Fault;
use evidence::verdict::Verdict;
use kernel::{Moment, Refusal};
use serde::{Deserialize, Serialize};
use spine::{Act, Bulk, BulkItem, BulkItems, By, Failure, Reader, Record, Signing, Spine, Writer};

use crate::desk::{self, PUT, Put};
use crate::raw;

/// Counts the coins of so many jars; jars below `old` may have a chain.
#[derive(Debug, Serialize, Deserialize)]
struct Count {
    jars: usize,
    old: usize,
}

struct Counted {
    jars: usize,
    old: usize,
}

impl BulkItems for Counted {
    fn count(&self) -> usize {
        self.jars
    }

    fn item(&self, n: usize) -> BulkItem {
        BulkItem {
            subject: format!("jar/jar{n}"),
            detail: serde_json::json!({ "coins": n }),
            fresh: n >= self.old,
        }
    }
}

impl Act for Count {
    const NAME: &'static str = "jar.count";
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

    async fn write(&self, (): &(), (): &(), _: &mut Writer<'_>) -> Result<(), Failure> {
        Ok(())
    }

    fn record(&self, (): &(), (): &()) -> Record {
        let counted = Counted {
            jars: self.jars,
            old: self.old,
        };
        Record::of("jars".to_owned(), "清点", "Counted").bulk(Bulk::of(Arc::new(counted)))
    }
}

async fn audit(spine: &Spine, signing: &Signing) -> AuditReport {
    spine
        .audit(&signing.key().trust(), signing.last().unwrap())
        .await
        .unwrap()
}

async fn counted(folder: &Path) -> (Spine, Signing) {
    let spine = desk::spine(&desk::sqlite(folder), false).await;
    let signing = desk::signing(&spine, folder);
    let by = By::system("test");
    let put = Put::of("jar7", "coin");
    spine.perform(&put, &by, None).await.unwrap();
    // 2,500 items are two full chunks and a part of one.
    for old in [8, 2_500] {
        let count = Count { jars: 2_500, old };
        spine.perform(&count, &by, None).await.unwrap();
    }
    let after = Put::of("jar2100", "coin");
    spine.perform(&after, &by, None).await.unwrap();
    signing.sign_if_grown().await.unwrap();
    (spine, signing)
}

#[tokio::test]
async fn many_items_continue_their_chains_and_audit_valid() {
    let folder = tempfile::tempdir().unwrap();
    let (spine, signing) = counted(folder.path()).await;
    let report = audit(&spine, &signing).await;
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
    let by = By::system("test");
    let mut look = spine.look(&by).await.unwrap();
    let mut books = look.books();
    for n in [0, 1_023, 1_024, 2_499] {
        let payload = books.item_payload(2, n).await.unwrap().unwrap();
        assert_eq!(payload, format!("{{\"coins\":{n}}}").into_bytes());
    }
    assert_eq!(books.item_payload(2, 2_500).await.unwrap(), None);
}

#[tokio::test]
async fn a_changed_item_is_named_and_one_that_is_gone_is_told_apart() {
    // The chunks of entry 1: an item begins with its length, so its JSON stands from byte 5 on.
    for (statement, changed) in [
        (
            "UPDATE log_chunk SET items = CAST(substr(items, 1, 20) || x'41' || \
             substr(items, 22) AS BLOB) WHERE idx = 1 AND first_n = 1024",
            true,
        ),
        (
            "UPDATE log_chunk_payload SET payloads = CAST(substr(payloads, 1, 5) || x'41' || \
             substr(payloads, 7) AS BLOB) WHERE idx = 1 AND first_n = 2048",
            true,
        ),
        (
            "DELETE FROM log_chunk WHERE idx = 1 AND first_n = 2048",
            true,
        ),
        // The first payload, 11 bytes and 32 of salt behind its length, is gone, and no act says
        // that it was erased.
        (
            "UPDATE log_chunk_payload SET payloads = CAST(x'ffffffff' || substr(payloads, 48) \
             AS BLOB) WHERE idx = 1 AND first_n = 0",
            false,
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (spine, signing) = counted(folder.path()).await;
        raw::edit(folder.path(), &[statement]);
        let report = audit(&spine, &signing).await;
        let told = format!("{statement}: {:?}", report.findings);
        assert_eq!(report.verdict, Verdict::Invalid, "{told}");
        let gone = report
            .findings
            .iter()
            .all(|one| one.fault == Fault::Vanished);
        assert_eq!(!gone, changed, "{told}");
    }
}
