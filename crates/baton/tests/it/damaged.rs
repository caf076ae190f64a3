//! What somebody broke in the log with the database's password is said in words, and an audit goes
//! on past it.

use baton::config::Config;
use baton::house::{House, Surroundings};
use spine::LAST_SIGNED;

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
    if sqlite {
        // What was signed before is still proved.
        let proof = world.get(&legal, "/evidence/2/proof").await;
        assert!(proof.status.is_success(), "{}", proof.body);
    }
}

/// The signer's memory is never passed over: a log that was signed is not gone on with unsigned.
#[tokio::test]
async fn a_memory_of_the_signer_that_is_none_stops_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || {
        let config = Config {
            data_dir: folder.path().to_owned(),
            ..Config::default()
        };
        House::open(config, Surroundings::default())
    };
    let house = open().await.expect("it opens");
    house.signing.sign_if_grown().await.expect("signed");
    house.spine.db().close().await;
    drop(house);
    let memory = folder.path().join(LAST_SIGNED);
    let kept = std::fs::read(&memory).expect("a memory");
    std::fs::write(&memory, "garbage").expect("written");
    let refused = open().await.err().expect("it does not start").to_string();
    for words in ["checkpoint.json", "没有启动", "最新一份", "Recovery"] {
        assert!(refused.contains(words), "{words}: {refused}");
    }
    assert_eq!(std::fs::read(&memory).expect("left alone"), b"garbage");
    std::fs::write(&memory, kept).expect("put back");
    open().await.expect("it opens again");
}
