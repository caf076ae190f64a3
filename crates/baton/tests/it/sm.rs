//! The second log with SM3 and SM2: beside the work, audited, in bundles, never set back.

use std::path::Path;

use ::evidence::verdict::Verdict;
use baton::backup::{Consents, pack, restore};
use baton::config::Config;
use baton::house::{House, Surroundings};
use serde_json::Value as Json;
use spine::CheckpointError;

use crate::bundle::{Case, Remark, case, export, judged, keep, least, preview};
use crate::harness::{Company, World};

story!(
    a_second_log_follows_the_first_and_goes_along_in_bundles,
    a_second_log_that_was_changed_or_set_back_is_found,
    where_none_is_wanted_there_is_none,
    its_key_travels_in_a_backup_as_the_first_ones_does,
);

async fn signed(world: &World) -> u64 {
    world.house.signing.sign_if_grown().await.expect("signed");
    let newest = world.house.spine.newest_checkpoint().await.expect("read");
    newest.expect("a checkpoint").size
}

async fn a_second_log_follows_the_first_and_goes_along_in_bundles(world: World) {
    let world = world.twofold();
    let second = world.house.second.clone().expect("a second log");
    assert_eq!(
        second.newest().await.expect("read").map(|one| one.size),
        None
    );
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let Case { departure, paper } = case(&world, &company).await;
    // Only as far as the first is signed, and nothing twice.
    let size = signed(&world).await;
    assert_eq!(second.follow().await.expect("followed"), Some(size));
    assert_eq!(second.follow().await.expect("followed"), None);
    for _ in 0..300 {
        world.done(&Remark(format!("departure/{departure}"))).await;
    }
    assert_eq!(
        second.follow().await.expect("followed"),
        None,
        "not signed yet"
    );
    let grown = signed(&world).await;
    assert_eq!(second.follow().await.expect("followed"), Some(grown));
    let tiles = world
        .texts("SELECT CAST(n AS TEXT) AS n FROM log_sm_tile", &["n"])
        .await;
    assert_eq!(tiles.len() as u64, grown / 256);

    let report = world.house.audit_second().await.expect("an audit");
    let report = report.expect("of the second log");
    assert_eq!(
        (report.findings.len(), report.checked),
        (0, 4),
        "{report:?}"
    );
    let auditor = world.login(None, &["auditor"]).await;
    let state = world.get(&auditor, "/evidence-log/audit").await.ok();
    assert_eq!(state["second"]["size"], grown);
    assert_eq!(state["second"]["key"], second.verifier().to_string());
    assert_ne!(state["audit"]["verdict"], "INVALID");

    let seen = preview(&world, hr, &departure).await;
    let (_, bytes) = export(&world, hr, &departure, least(&seen, &[&paper])).await;
    let kept = keep(&world, &bytes);
    let (verdict, said) = judged(&world, &kept);
    assert!(verdict <= Verdict::Incomplete, "{said}");
    assert!(said.contains("sm.untrusted"), "{said}");
    let policy = std::fs::read_to_string(&kept.policy).expect("a policy");
    let policy = format!("log {}\n{policy}", second.verifier());
    std::fs::write(&kept.policy, policy).expect("written");
    let (again, said) = judged(&world, &kept);
    assert_eq!(again, verdict, "{said}");
    assert!(!said.contains("sm."), "{said}");
    let (_, twice) = export(&world, hr, &departure, least(&seen, &[&paper])).await;
    assert!(bytes == twice, "equal choices, equal bytes");
}

async fn a_second_log_that_was_changed_or_set_back_is_found(world: World) {
    let world = world.twofold();
    let second = world.house.second.clone().expect("a second log");
    Company::found(&world).await;
    let size = signed(&world).await;
    second.follow().await.expect("followed");
    // A head under another size.
    let forged = "INSERT INTO log_sm_checkpoint (size, note, signed_at) \
                  SELECT size - 1, note, signed_at FROM log_sm_checkpoint";
    world.raw(forged).await.expect("written");
    let report = world.house.audit_second().await.expect("an audit");
    let found = report.expect("of the second log").findings;
    assert_eq!(found, [::evidence::sm::SmFinding::Root { size: size - 1 }]);
    let auditor = world.login(None, &["auditor"]).await;
    let state = world.get(&auditor, "/evidence-log/audit").await.ok();
    assert_eq!(state["audit"]["verdict"], "INVALID", "{state}");
    // What was signed last says more than the books hold: they were set back.
    let file = world.house.config.data_dir.join("state/checkpoint-sm.json");
    let text = std::fs::read_to_string(&file).expect("the signer's memory");
    let longer = text.replace(&format!("\"size\":{size}"), "\"size\":99999");
    assert_ne!(text, longer);
    std::fs::write(&file, longer).expect("written");
    signed(&world).await;
    let refused = second.follow().await;
    assert!(
        matches!(refused, Err(CheckpointError::Rollback { last: 99_999, .. })),
        "{refused:?}"
    );
}

async fn where_none_is_wanted_there_is_none(world: World) {
    assert!(world.house.second.is_none());
    assert_eq!(world.house.audit_second().await.expect("an audit"), None);
    let auditor = world.login(None, &["auditor"]).await;
    let state = world.get(&auditor, "/evidence-log").await.ok();
    assert_eq!(state["second"], Json::Null);
    assert!(
        !world
            .house
            .config
            .data_dir
            .join("keys/log-sm2.key")
            .exists()
    );
}

/// Without `--with-keys` the memory alone; with it the key too, and the restored house goes on
/// under it. What lies in the folder already is never replaced.
async fn its_key_travels_in_a_backup_as_the_first_ones_does(world: World) {
    let world = world.twofold();
    let second = world.house.second.clone().expect("a second log");
    Company::found(&world).await;
    let size = signed(&world).await;
    assert_eq!(second.follow().await.expect("followed"), Some(size));
    let own = &world.house.config;
    let read = |folder: &Path, name: &str| std::fs::read(folder.join(name)).ok();
    let names = ["keys/log-sm2.key", "state/checkpoint-sm.json"];
    let kept = names.map(|name| read(&own.data_dir, name));
    assert!(kept.iter().all(Option::is_some));
    let consents = Consents {
        without_key: true,
        ..Consents::default()
    };
    for (with_keys, found) in [(false, [None, None]), (true, kept.clone())] {
        let place = tempfile::tempdir().expect("a folder");
        let file = place.path().join("b.tar.gz");
        let at = world.house.spine.now();
        pack(own, &file, with_keys, at).await.expect("a backup");
        let config = Config {
            data_dir: place.path().join("data"),
            database_url: None,
            sm_log: with_keys,
            ..(**own).clone()
        };
        let restored = restore(&config, &file, consents, at).await;
        assert_eq!(restored.expect("restored").key_in_place, with_keys);
        let there = names.map(|name| read(&config.data_dir, name));
        assert_eq!(there, found);
        if with_keys {
            let house = House::open(config.clone(), Surroundings::default()).await;
            let house = house.expect("the restored house opens");
            let report = house.audit_second().await.expect("an audit");
            let report = report.expect("of the second log");
            assert!(report.findings.is_empty(), "{report:?}");
            assert!(report.checked > 0);
        }
    }
    // A key that is there stays.
    let place = tempfile::tempdir().expect("a folder");
    let (file, data) = (place.path().join("b.tar.gz"), place.path().join("data"));
    let at = world.house.spine.now();
    pack(own, &file, true, at).await.expect("a backup");
    std::fs::create_dir_all(data.join("keys")).expect("a folder");
    std::fs::write(data.join(names[0]), "mine").expect("a file");
    let config = Config {
        data_dir: data.clone(),
        database_url: None,
        ..(**own).clone()
    };
    let restored = restore(&config, &file, consents, at).await;
    restored.expect("restored");
    assert_eq!(read(&data, names[0]).as_deref(), Some(b"mine".as_slice()));
}
