//! Tamper tests T01, T03, T04, T06, T08 of the evidence plan, on a database that somebody edits
//! past the spine.

use std::path::Path;

use evidence::audit::{AuditReport, Finding};
use evidence::verdict::Verdict;
use spine::{By, CheckpointError, Signing, Spine};

use crate::desk::{self, Put};
use crate::raw;

/// Sizes at which checkpoints are signed; the log ends at the last.
const CHECKPOINTS: [usize; 3] = [200, 400, 600];

async fn filled(folder: &Path) -> (Spine, Signing) {
    let spine = desk::spine(&desk::sqlite(folder), false).await;
    let signing = desk::signing(&spine, folder);
    for number in 0..CHECKPOINTS[2] {
        let put = Put::of(&format!("jar{}", number % 5), &format!("coin{number}"));
        spine
            .perform(&put, &By::system("test"), None)
            .await
            .unwrap();
        if CHECKPOINTS.contains(&(number + 1)) {
            signing.sign_if_grown().await.unwrap();
        }
    }
    (spine, signing)
}

async fn audit(spine: &Spine, signing: &Signing) -> AuditReport {
    spine
        .audit(&signing.key().trust(), signing.last().unwrap())
        .await
        .unwrap()
}

/// Flips the lowest bit of the tenth byte.
fn flip(table: &str, column: &str, row: &str) -> String {
    format!(
        "UPDATE {table} SET {column} = CAST(substr({column}, 1, 9) || \
         CAST(char((unicode(substr(CAST({column} AS TEXT), 10, 1)) & ~1) | \
         (~unicode(substr(CAST({column} AS TEXT), 10, 1)) & 1)) AS BLOB) || \
         substr({column}, 11) AS BLOB) WHERE {row}"
    )
}

#[tokio::test]
async fn t01_a_changed_byte_is_named_by_its_place() {
    for (statement, place, verdict) in [
        (
            flip("log_entry", "entry", "idx = 123"),
            Some(123),
            Verdict::Invalid,
        ),
        (
            flip("log_entry", "payload", "idx = 124"),
            Some(124),
            Verdict::Invalid,
        ),
        (
            "UPDATE log_entry SET salt = zeroblob(32) WHERE idx = 125".to_owned(),
            Some(125),
            Verdict::Invalid,
        ),
        (
            "UPDATE log_entry SET leaf = zeroblob(32) WHERE idx = 126".to_owned(),
            Some(126),
            Verdict::Invalid,
        ),
        (
            "UPDATE log_tile SET data = zeroblob(8192) WHERE level = 0 AND n = 1".to_owned(),
            Some(1),
            Verdict::DerivedData,
        ),
        (
            "UPDATE log_head SET frontier = zeroblob(length(frontier))".to_owned(),
            None,
            Verdict::DerivedData,
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let (spine, signing) = filled(folder.path()).await;
        assert_eq!(audit(&spine, &signing).await.verdict, Verdict::Valid);
        raw::edit(folder.path(), &[&statement]);
        let report = audit(&spine, &signing).await;
        assert_eq!(
            report.verdict, verdict,
            "{statement}: {:?}",
            report.findings
        );
        if let Some(place) = place {
            assert!(
                report.findings.iter().any(|found| found.at == place),
                "{statement}"
            );
        }
    }
}

/// What is edited, where it must show, and what it makes of the log.
const EDITS: [(&str, u64, Verdict); 12] = {
    use Verdict::{DerivedData, Invalid};
    [
        (
            "UPDATE log_entry SET actor = 'emp_x' WHERE idx = 123",
            123,
            DerivedData,
        ),
        (
            "UPDATE log_entry SET at = at - 86400000 WHERE idx = 124",
            124,
            DerivedData,
        ),
        (
            "UPDATE log_entry SET kind = 'jar.take' WHERE idx = 125",
            125,
            DerivedData,
        ),
        ("DELETE FROM log_subject WHERE idx = 126", 126, DerivedData),
        (
            "UPDATE log_subject SET leaf = zeroblob(32) WHERE idx = 127",
            127,
            DerivedData,
        ),
        (
            "UPDATE log_subject SET n = -2 WHERE idx = 128",
            128,
            DerivedData,
        ),
        (
            "UPDATE log_subject SET idx = 130 WHERE idx = 129 AND n = -1",
            129,
            DerivedData,
        ),
        (
            "INSERT INTO log_subject (subject, idx, n, leaf) \
             SELECT subject, 131, 5, leaf FROM log_subject WHERE idx = 132",
            131,
            DerivedData,
        ),
        (
            "INSERT INTO log_subject (subject, idx, n, leaf) \
             SELECT subject, 9000, 5, leaf FROM log_subject WHERE idx = 132",
            9_000,
            DerivedData,
        ),
        (
            "UPDATE log_entry SET payload = NULL, salt = NULL WHERE idx = 133",
            133,
            Invalid,
        ),
        // An index beyond all memory is named like any other.
        (
            "UPDATE log_entry SET idx = 9007199254740991 WHERE idx = 599",
            599,
            Invalid,
        ),
        (
            "UPDATE log_entry SET payload = NULL WHERE idx = 134",
            134,
            Invalid,
        ),
    ]
};

/// What the log is searched by says nothing that the entries do not say, and hides nothing.
#[tokio::test]
async fn t16_who_when_and_of_what_are_those_of_the_entry() {
    for (statement, place, verdict) in EDITS {
        let folder = tempfile::tempdir().unwrap();
        let (spine, signing) = filled(folder.path()).await;
        raw::edit(folder.path(), &[statement]);
        let report = audit(&spine, &signing).await;
        let told = format!("{statement}: {:?}", report.findings);
        assert_eq!(report.verdict, verdict, "{told}");
        assert!(
            report.findings.iter().any(|found| found.at == place),
            "{told}"
        );
    }
}

/// What is put where something of another kind belongs, where it must show, and as what.
const MALFORMED: [(&str, u64, &str); 10] = [
    (
        "UPDATE log_entry SET entry = CAST(entry AS TEXT) WHERE idx = 123",
        123,
        "log.cell",
    ),
    (
        "UPDATE log_entry SET payload = CAST(payload AS TEXT) WHERE idx = 124",
        124,
        "log.cell",
    ),
    (
        "UPDATE log_entry SET leaf = 7 WHERE idx = 125",
        125,
        "log.cell",
    ),
    (
        "UPDATE log_entry SET idx = 9223372036854775807 WHERE idx = 126",
        126,
        "log.cell",
    ),
    (
        "UPDATE log_entry SET idx = -5 WHERE idx = 127",
        127,
        "log.cell",
    ),
    (
        "UPDATE log_entry SET at = 'x' WHERE idx = 129",
        129,
        "log.columns",
    ),
    (
        "UPDATE log_subject SET n = 'x' WHERE idx = 130 AND n = -1",
        130,
        "log.subjects",
    ),
    ("UPDATE log_head SET size = -1", 1, "log.cell"),
    (
        "UPDATE log_tile SET data = 'x' WHERE level = 0 AND n = 1",
        1,
        "log.cell",
    ),
    (
        "UPDATE log_checkpoint SET note = x'00' WHERE size = 400",
        400,
        "log.cell",
    ),
];

/// One malformed cell ends no audit: it is named, and so is what else is wrong.
#[tokio::test]
async fn t17_a_cell_of_another_kind_is_a_finding() {
    for (statement, place, code) in MALFORMED {
        let folder = tempfile::tempdir().unwrap();
        let (spine, signing) = filled(folder.path()).await;
        let salt = "UPDATE log_entry SET salt = zeroblob(32) WHERE idx = 300";
        raw::edit(folder.path(), &[statement, salt]);
        let report = audit(&spine, &signing).await;
        let told = format!("{statement}: {:?}", report.findings);
        assert_eq!(report.verdict, Verdict::Invalid, "{told}");
        for (place, code) in [(place, code), (300, "log.payload")] {
            let is = |found: &&Finding| (found.at, found.code()) == (place, code);
            assert_eq!(report.findings.iter().filter(is).count(), 1, "{told}");
        }
    }
}

#[tokio::test]
async fn t03_a_deleted_entry_leaves_a_gap() {
    for entry in [0, 255, 256, 599] {
        let folder = tempfile::tempdir().unwrap();
        let (spine, signing) = filled(folder.path()).await;
        raw::edit(
            folder.path(),
            &[&format!("DELETE FROM log_entry WHERE idx = {entry}")],
        );
        let report = audit(&spine, &signing).await;
        assert_eq!(report.verdict, Verdict::Invalid);
        assert!(
            report.findings.iter().any(|found| found.at == entry),
            "{:?}",
            report.findings
        );
    }
}

#[tokio::test]
async fn t06_t08_an_older_database_is_not_signed() {
    let folder = tempfile::tempdir().unwrap();
    let (spine, signing) = filled(folder.path()).await;
    // Head, entries and everything else go back to where checkpoint 400 was signed.
    let older = tempfile::tempdir().unwrap();
    let (past, past_signing) = {
        let spine = desk::spine(&desk::sqlite(older.path()), false).await;
        let signing = desk::signing(&spine, older.path());
        (spine, signing)
    };
    past.perform(&Put::of("jar0", "coin0"), &By::system("test"), None)
        .await
        .unwrap();
    past_signing.sign_if_grown().await.unwrap();
    past.db().close().await;
    spine.db().close().await;
    for name in ["books.db", "books.db-wal", "books.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
        let _ = std::fs::copy(older.path().join(name), folder.path().join(name));
    }
    let restored = desk::spine(&desk::sqlite(folder.path()), false).await;
    let signing_again = desk::signing(&restored, folder.path());
    let refused = signing_again.sign_if_grown().await;
    assert!(
        matches!(
            refused,
            Err(CheckpointError::Rollback { last: 600, head: 1 })
        ),
        "{refused:?}"
    );
    let report = audit(&restored, &signing).await;
    assert_eq!(
        report.verdict,
        Verdict::Invalid,
        "the head signed last is missing"
    );
}

#[tokio::test]
async fn t04_a_rewritten_log_is_a_fork() {
    let folder = tempfile::tempdir().unwrap();
    let (spine, _) = filled(folder.path()).await;
    // Another history of more entries, put in the place of the first.
    let other = tempfile::tempdir().unwrap();
    let rewritten = desk::spine(&desk::sqlite(other.path()), false).await;
    for number in 0..CHECKPOINTS[2] + 20 {
        let put = Put::of("jar", &format!("coin{number}"));
        rewritten
            .perform(&put, &By::system("test"), None)
            .await
            .unwrap();
    }
    spine.db().close().await;
    rewritten.db().close().await;
    for name in ["books.db", "books.db-wal", "books.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
        let _ = std::fs::copy(other.path().join(name), folder.path().join(name));
    }
    let spine = desk::spine(&desk::sqlite(folder.path()), false).await;
    let signing = desk::signing(&spine, folder.path());
    let refused = signing.sign_if_grown().await;
    assert!(
        matches!(refused, Err(CheckpointError::Fork { last: 600, .. })),
        "{refused:?}"
    );
    assert_eq!(audit(&spine, &signing).await.verdict, Verdict::Invalid);
}
