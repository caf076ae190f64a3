//! One story on both databases: done, repeated, refused, denied, tried dry, proved.

use std::path::Path;

use evidence::verdict::Verdict;
use kernel::Refusal;
use spine::{By, Failure, IdempotencyKey};

use crate::desk::{self, Put};
use crate::raw;

crate::on_both!(an_act_goes_its_way, super::tell);

#[expect(clippy::too_many_lines, reason = "a story is told in one piece")]
async fn tell(url: &str, folder: &Path) {
    let spine = desk::spine(url, true).await;
    let system = By::system("test");
    let key = IdempotencyKey::parse("one").unwrap();

    let done = spine
        .perform(&Put::of("a", "x"), &system, Some(&key))
        .await
        .unwrap()
        .done()
        .unwrap();
    assert_eq!(
        (done.outcome, done.entry, done.replayed),
        (1, Some(0), false)
    );
    let again = spine
        .perform(&Put::of("a", "x"), &system, Some(&key))
        .await
        .unwrap()
        .done()
        .unwrap();
    assert_eq!(
        (again.outcome, again.entry, again.replayed),
        (1, Some(0), true)
    );
    let other = spine.perform(&Put::of("a", "y"), &system, Some(&key)).await;
    assert_eq!(refusal(other).code, "request.key_reused");

    let bad = spine.perform(&Put::of("a", "bad"), &system, None).await;
    assert_eq!(refusal(bad).code, "jar.bad_coin");
    let foreign = spine
        .perform(&Put::of("b", "x"), &desk::somebody(), None)
        .await;
    assert!(matches!(foreign, Err(Failure::Denied(_))));
    spine
        .perform(&Put::of("mine", "x"), &desk::somebody(), None)
        .await
        .unwrap();
    let attempts = "SELECT count(*) AS n FROM access_record WHERE attempt IN ('denied', 'refused')";
    assert_eq!(
        desk::count(&spine, attempts).await,
        3,
        "outside the rolled-back transaction"
    );

    let dry = spine.dry_run(&Put::of("a", "dry"), &system).await.unwrap();
    assert_eq!(dry, 2);
    assert_eq!(
        desk::count(&spine, "SELECT coins AS n FROM jar WHERE name = 'a'").await,
        1
    );

    let both = Put {
        also: Some("c".to_owned()),
        ..Put::of("a", "z")
    };
    spine.perform(&both, &system, None).await.unwrap();
    let half = Put {
        also: Some("c".to_owned()),
        ..Put::of("a", "z2")
    };
    spine.perform(&half, &system, None).await.unwrap();
    assert_eq!(
        desk::count(&spine, "SELECT count(*) AS n FROM log_entry").await,
        6
    );

    let signing = desk::signing(&spine, folder);
    assert_eq!(signing.sign_if_grown().await.unwrap(), Some(6));
    assert_eq!(signing.sign_if_grown().await.unwrap(), None);
    let report = spine
        .audit(&signing.key().trust(), signing.last().unwrap())
        .await
        .unwrap();
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.findings);
    let books = spine.audit_rows().await.unwrap();
    assert_eq!(books.total, 0, "{:?}", books.listed);
    assert!(
        spine
            .proof_of(5)
            .await
            .unwrap()
            .unwrap()
            .starts_with("c2sp.org/tlog-proof@v1\n")
    );
    assert!(spine.proof_of(6).await.unwrap().is_none());
}

crate::on_both!(a_part_that_fails_undoes_the_whole, super::undo);

async fn undo(url: &str, _: &Path) {
    let spine = desk::spine(url, true).await;
    let system = By::system("test");
    spine
        .perform(&Put::of("c", "z"), &system, None)
        .await
        .unwrap();
    // The same coin again breaks the primary key of jar c, after jar a was written.
    let half = Put {
        also: Some("c".to_owned()),
        ..Put::of("a", "z")
    };
    assert!(matches!(
        spine.perform(&half, &system, None).await,
        Err(Failure::Fault(_))
    ));
    assert_eq!(
        desk::count(&spine, "SELECT count(*) AS n FROM jar").await,
        1
    );
    assert_eq!(
        desk::count(&spine, "SELECT count(*) AS n FROM log_entry").await,
        1
    );
}

crate::on_both!(history_is_append_only_at_the_database, super::append_only);

async fn append_only(url: &str, _: &Path) {
    let spine = desk::spine(url, true).await;
    spine
        .perform(&Put::of("a", "x"), &By::system("test"), None)
        .await
        .unwrap();
    for statement in [
        "UPDATE log_entry SET kind = 'x'",
        "DELETE FROM log_entry",
        "DELETE FROM coin",
    ] {
        let refused = raw::run(url, statement).await.unwrap_err();
        assert!(refused.contains("append-only"), "{statement}");
    }
    // What the law may have erased stands beside the entry.
    let erase = "UPDATE log_entry SET payload = NULL, salt = NULL, notes = NULL";
    raw::run(url, erase).await.unwrap();
}

fn refusal<T: std::fmt::Debug>(answer: Result<T, Failure>) -> Refusal {
    match answer {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("a refusal was expected, not {other:?}"),
    }
}
