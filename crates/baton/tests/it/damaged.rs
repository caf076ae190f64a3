//! What somebody broke in the log with the database's password is said in words, and an audit goes
//! on past it.

use crate::harness::{Company, World};

story!(a_damaged_entry_is_no_evidence_and_the_audit_goes_on);

async fn a_damaged_entry_is_no_evidence_and_the_audit_goes_on(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    let legal = world.login(None, &["legal"]).await;
    world.house.signing.sign_if_grown().await.expect("signed");
    let proof = world.get(&legal, "/evidence/3/proof").await;
    assert!(proof.status.is_success(), "{}", proof.status);
    // SQLite takes a text for bytes; on PostgreSQL a hash of one byte stands in the way.
    let sqlite = world.house.spine.db().dialect() == spine::Dialect::Sqlite;
    let edits = match sqlite {
        true => [
            "DROP TRIGGER log_entry_no_update",
            "UPDATE log_entry SET entry = CAST(entry AS TEXT) WHERE idx = 3",
        ],
        false => [
            "DROP TRIGGER log_entry_append_only ON log_entry",
            "UPDATE log_entry SET leaf = '\\x00' WHERE idx = 3",
        ],
    };
    for edit in edits {
        world.raw(edit).await.expect("an edit past the house");
    }
    let proof = world.get(&legal, "/evidence/3/proof").await;
    let told = proof.body.to_string();
    assert!(told.contains("baton audit --deep"), "the remedy: {told}");
    assert_eq!(proof.problem(409), "evidence.damaged");
    if sqlite {
        let page = world.get(&legal, "/evidence/3").await;
        assert_eq!(page.problem(409), "evidence.damaged");
    }
    world.get(&legal, "/evidence").await.ok();

    let head = "UPDATE log_head SET size = -1";
    world.raw(head).await.expect("an edit past the house");
    let state = world.get(&legal, "/evidence-log/audit?deep=true").await;
    let audit = state.ok()["audit"].clone();
    assert_eq!(audit["verdict"], "INVALID", "{audit:#}");
    let findings = audit["findings"].to_string();
    for place in ["存证条目 3 的", "表 log_head 中 1 处的 size 不是"] {
        assert!(findings.contains(place), "{place}: {findings}");
    }
    // What was signed before is still proved.
    world.get(&legal, "/evidence/2").await.ok();
}
