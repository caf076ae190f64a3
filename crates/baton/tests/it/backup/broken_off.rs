//! A restore that was broken off.

use std::fs;

use baton::backup::Consents;
use baton::house::{House, Surroundings};
use baton::migrations::ALL;
use evidence::verdict::Verdict;
use spine::{Db, DbSettings};

use super::{Place, at, saved, signed};
use crate::harness::{Company, World, empty_postgres};

story!(a_restore_that_was_broken_off_is_begun_again);

async fn a_restore_that_was_broken_off_is_begun_again(world: World) {
    Company::found(&world).await;
    signed(&world).await;
    let place = Place::new(&world, None);
    saved(&world, &place, false).await;

    // Broken off before anything was in place: what it had staged goes.
    let target = Place::new(&world, None);
    target.keep(&world, "keys/log.key");
    let here = |name: &str| target.config.data_dir.join(name);
    for folder in ["restore-1795248000000", "restore-notes"] {
        fs::create_dir_all(here(folder)).expect("a folder");
        fs::write(here(folder).join("books.db"), "half").expect("a file");
    }
    let restored = target.restore(&place.file(), Consents::default()).await;
    restored.expect("a restored house");
    assert!(!here("restore-1795248000000").exists() && here("restore-notes").exists());

    // Broken off with half the tables made, and with all of them.
    for made in [20, ALL.len()] {
        let Some(address) = empty_postgres().await else {
            return;
        };
        let target = Place::new(&world, Some(address.clone()));
        for kept in ["keys/log.key", "state/checkpoint.json"] {
            target.keep(&world, kept);
        }
        let settings = DbSettings {
            url: address,
            readers: 1,
            writers: 1,
        };
        let db = Db::open(&settings).await.expect("a database");
        db.migrate(&ALL[..made], at()).await.expect("tables");
        db.close().await;
        // Meanwhile nobody begins a second history in the empty tables.
        let early = House::open(target.config.clone(), Surroundings::default()).await;
        let said = early.err().expect("no second beginning").to_string();
        assert!(said.contains("baton restore"), "{said}");
        let restored = target.restore(&place.file(), Consents::default()).await;
        restored.expect("a restored house");
        let house = target.open().await;
        assert!(house.audit().await.expect("an audit").verdict <= Verdict::ValidUnwitnessed);
        house.spine.db().close().await;
        drop(house);
        let full = target.restore(&place.file(), Consents::default()).await;
        assert_eq!(full.expect_err("it is full").code, "target.not_empty");
    }
}
