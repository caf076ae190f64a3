//! Backups: taken while people work, restored whole or not at all, never trusted.

use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use baton::backup::{Consents, Manifest, Restored, Trouble, pack, restore};
use baton::config::Config;
use baton::house::{House, Surroundings};
use evidence::verdict::Verdict;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::json;
use spine::{CheckpointError, Select};
use tempfile::TempDir;

use crate::harness::{Company, World, empty_postgres, raw};

mod broken_off;

story!(
    a_backup_taken_while_acts_go_on_is_restored_whole,
    an_older_backup_never_replaces_a_newer_memory,
    a_running_folder_and_existing_books_are_left_alone,
    books_that_lead_to_nobody_are_not_restored,
    books_do_not_begin_a_second_time,
    the_private_key_travels_only_when_asked_for,
    what_was_tampered_with_is_refused,
);

/// Where a backup is put and restored to.
struct Place {
    folder: TempDir,
    config: Config,
}

impl Place {
    fn new(world: &World, database_url: Option<String>) -> Place {
        let folder = tempfile::tempdir().expect("a folder");
        let config = Config {
            data_dir: folder.path().join("data"),
            database_url,
            ..(*world.house.config).clone()
        };
        Place { folder, config }
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("b.tar.gz")
    }

    /// Puts what the operator kept apart into the folder.
    fn keep(&self, world: &World, name: &str) {
        let to = self.config.data_dir.join(name);
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        fs::copy(world.house.config.data_dir.join(name), to).expect("a copy");
    }

    async fn restore(&self, file: &Path, consents: Consents) -> Result<Restored, Trouble> {
        restore(&self.config, file, consents, at()).await
    }

    async fn open(&self) -> House {
        let opened = House::open(self.config.clone(), Surroundings::default()).await;
        opened.expect("the restored house opens")
    }
}

fn at() -> kernel::Moment {
    "2026-11-22T04:00:00.000Z".parse().expect("a moment")
}

/// The log is signed as it stands.
async fn signed(world: &World) {
    let signed = world.house.signing.sign_if_grown().await;
    signed.expect("a signature");
}

async fn saved(world: &World, place: &Place, with_keys: bool) -> Manifest {
    let packed = pack(&world.house.config, &place.file(), with_keys, at()).await;
    packed.expect("a backup")
}

/// The names of customers as these books hold them.
async fn customers(house: &House) -> Vec<String> {
    const NAMES: Select = Select::new("SELECT name FROM customer ORDER BY id");
    let rows = house
        .spine
        .db()
        .read(&NAMES, Vec::new())
        .await
        .expect("customers");
    rows.iter()
        .map(|row| row.get("name").expect("a name"))
        .collect()
}

async fn a_backup_taken_while_acts_go_on_is_restored_whole(world: World) {
    let company = Company::found(&world).await;
    for n in 0..20 {
        company
            .customer(&world, &company.zhang, &format!("先有客户{n}"))
            .await;
    }
    signed(&world).await;
    let place = Place::new(&world, None);
    let work = async {
        for n in 0..60 {
            company
                .customer(&world, &company.li, &format!("同时客户{n}"))
                .await;
            if n % 7 == 0 {
                signed(&world).await;
            }
        }
    };
    let (manifest, ()) = tokio::join!(saved(&world, &place, false), work);
    let all = customers(&world.house).await;
    assert_eq!(all.len(), 80);

    let mut targets = vec![None];
    targets.extend(empty_postgres().await.map(Some));
    for database_url in targets {
        let target = Place::new(&world, database_url);
        target.keep(&world, "keys/log.key");
        let restored = target.restore(&place.file(), Consents::default()).await;
        let restored = restored.expect("a restored house");
        assert!(restored.verdict <= Verdict::ValidUnwitnessed);
        assert!(restored.key_known && restored.lost == 0 && restored.rows > 100);
        assert_eq!(restored.differences, 0);
        let house = target.open().await;
        let report = house.audit().await.expect("an audit");
        assert!(
            report.verdict <= Verdict::ValidUnwitnessed,
            "{:?}",
            report.findings
        );
        // Exactly one state of the books: a customer is there just when its entry is.
        let there = customers(&house).await;
        assert!(
            there.len() >= 20 && there.iter().all(|one| all.contains(one)),
            "{}",
            there.len()
        );
        let added = house
            .spine
            .entries_of("customer.add", 0, 1_000)
            .await
            .expect("entries");
        assert_eq!(added.len(), there.len());
        let head = house.signing.head().await.expect("a head").expect("a log");
        assert!(head.size >= manifest.log.size);
        // Life goes on under the same key and name.
        let signed = house.signing.sign_if_grown().await.expect("a signature");
        assert!(signed.is_none_or(|size| size >= manifest.log.size));
        assert_eq!(
            house.signing.key().origin(),
            world.house.signing.key().origin()
        );
        house.spine.db().close().await;
    }
}

/// A reference is checked when everything is there, and from then on as before.
async fn books_that_lead_to_nobody_are_not_restored(world: World) {
    let company = Company::found(&world).await;
    let (zhang, name) = (&company.zhang, "永定机床有限公司");
    company.customer(&world, zhang, name).await;
    signed(&world).await;
    let nobody = "UPDATE customer SET owner_id = 'emp_nobody'";
    let (whole, broken) = (Place::new(&world, None), Place::new(&world, None));
    saved(&world, &whole, false).await;
    let unchecked = match world.house.spine.db().dialect() {
        spine::Dialect::Sqlite => format!("PRAGMA foreign_keys = OFF; {nobody}"),
        spine::Dialect::Postgres => format!("SET session_replication_role = replica; {nobody}"),
    };
    world.raw(&unchecked).await.expect("unchecked books");
    saved(&world, &broken, false).await;

    let mut targets = vec![None];
    targets.extend(empty_postgres().await.map(Some));
    for database_url in targets {
        let target = Place::new(&world, database_url);
        target.keep(&world, "keys/log.key");
        let refused = target.restore(&broken.file(), Consents::default()).await;
        let refused = refused.expect_err("its owner is nobody").to_string();
        assert!(refused.to_lowercase().contains("foreign key"), "{refused}");
        let restored = target.restore(&whole.file(), Consents::default()).await;
        restored.expect("a restored house");
        let error = raw(&target.config.database(), nobody).await;
        error.expect_err("there is no such person");
    }
}

/// Whoever forgot the address of the books, or lost them, is told so, and no empty ones are made.
async fn books_do_not_begin_a_second_time(world: World) {
    Company::found(&world).await;
    signed(&world).await;
    let on_server = empty_postgres().await;
    for address in std::iter::once(None).chain(on_server.map(Some)) {
        let place = Place::new(&world, address);
        for kept in ["keys/log.key", "state/checkpoint.json"] {
            place.keep(&world, kept);
        }
        let again = House::open(place.config.clone(), Surroundings::default()).await;
        let said = again.err().expect("no second beginning").to_string();
        assert!(
            said.contains("database_url") && said.contains("baton restore"),
            "{said}"
        );
        assert!(!place.config.data_dir.join("baton.db").exists());
        // What docs/operations.md tells whoever goes on without them.
        fs::remove_dir_all(place.config.data_dir.join("keys")).expect("moved out");
        fs::remove_dir_all(place.config.data_dir.join("state")).expect("moved out");
        place.open().await;
        // The folder of others, or none that is mounted: another key would sign beside the first.
        let empty = Place::new(&world, Some(world.house.config.database()));
        let other = House::open(empty.config.clone(), Surroundings::default()).await;
        let said = other.err().expect("no second key").to_string();
        assert!(said.contains("keys/log.key"), "{said}");
        fs::create_dir_all(empty.config.data_dir.join("keys")).expect("a folder");
        fs::write(empty.config.data_dir.join("keys/new-log"), "").expect("a word");
        empty.open().await;
    }
}

async fn an_older_backup_never_replaces_a_newer_memory(world: World) {
    let company = Company::found(&world).await;
    signed(&world).await;
    let place = Place::new(&world, None);
    let manifest = saved(&world, &place, true).await;
    company
        .customer(&world, &company.zhang, "备份之后的客户")
        .await;
    signed(&world).await;

    let target = Place::new(&world, None);
    target.keep(&world, "keys/log.key");
    target.keep(&world, "state/checkpoint.json");
    let memory = || fs::read(target.config.data_dir.join("state/checkpoint.json")).expect("it");
    let before = memory();
    let refused = target.restore(&place.file(), Consents::default()).await;
    let refused = refused.expect_err("older than what was signed");
    assert_eq!(refused.code, "target.newer_memory");
    assert!(refused.zh.contains("--older-than-signed"), "{}", refused.zh);
    assert!(!target.config.data_dir.join("baton.db").exists());

    let consents = Consents {
        older_than_signed: true,
        ..Consents::default()
    };
    let restored = target
        .restore(&place.file(), consents)
        .await
        .expect("a restored house");
    assert!(restored.lost > 0 && restored.manifest.log.size == manifest.log.size);
    assert_eq!(memory(), before, "the newer memory stays");
    let house = target.open().await;
    let signed = house.signing.sign_if_grown().await;
    assert!(
        matches!(signed, Err(CheckpointError::Rollback { .. })),
        "{signed:?}"
    );
    house.spine.db().close().await;
    drop(house);

    // A memory of another history of the same length is a fork, whoever agrees to whatever.
    let forked = Place::new(&world, None);
    forked.keep(&world, "keys/log.key");
    let (origin, size) = (&manifest.log.origin, manifest.log.size - 1);
    let root = evidence::hash::leaf_hash(b"another history");
    let text = json!({ "origin": origin, "size": size, "root": root.to_string() });
    let path = forked.config.data_dir.join("state/checkpoint.json");
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text.to_string()).expect("a memory");
    let refused = forked
        .restore(&place.file(), consents)
        .await
        .expect_err("a fork");
    assert_eq!(refused.code, "archive.audit");
    assert!(!forked.config.data_dir.join("baton.db").exists());
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn a_running_folder_and_existing_books_are_left_alone(world: World) {
    Company::found(&world).await;
    let place = Place::new(&world, None);
    saved(&world, &place, false).await;
    let again = pack(&world.house.config, &place.file(), false, at()).await;
    assert_eq!(again.expect_err("it is there").code, "backup.exists");
    let agreed = Consents {
        set_aside_existing: true,
        older_than_signed: true,
        ..Consents::default()
    };
    let refused = restore(&world.house.config, &place.file(), agreed, at()).await;
    assert_eq!(refused.expect_err("it runs").code, "target.running");

    let target = Place::new(&world, None);
    target.keep(&world, "keys/log.key");
    target
        .restore(&place.file(), Consents::default())
        .await
        .expect("restored");
    let house = target.open().await;
    house.signing.sign_if_grown().await.expect("a signature");
    let running = target.restore(&place.file(), agreed).await;
    assert_eq!(running.expect_err("it runs").code, "target.running");
    let beside = Consents {
        rehearse: true,
        ..Consents::default()
    };
    target
        .restore(&place.file(), beside)
        .await
        .expect("a rehearsal disturbs nobody");
    house.spine.db().close().await;
    drop(house);
    let books = target.config.data_dir.join("baton.db");
    let before = fs::read(&books).expect("books");
    let full = target
        .restore(
            &place.file(),
            Consents {
                older_than_signed: true,
                ..Consents::default()
            },
        )
        .await;
    assert_eq!(full.expect_err("it is full").code, "target.not_empty");
    assert_eq!(fs::read(&books).expect("books"), before);
    let restored = target
        .restore(&place.file(), agreed)
        .await
        .expect("restored");
    let aside = restored.aside.expect("the old books");
    assert_eq!(fs::read(aside).expect("books"), before);
    // A rehearsal leaves nothing behind.
    let rehearse = Consents {
        rehearse: true,
        ..Consents::default()
    };
    let other = Place::new(&world, None);
    other.restore(&place.file(), rehearse).await.expect("sound");
    let names = fs::read_dir(&other.config.data_dir).expect("a folder");
    let names: Vec<_> = names.map(|one| one.expect("a file").file_name()).collect();
    assert_eq!(names, ["baton.lock"]);

    if let Some(address) = empty_postgres().await {
        let target = Place::new(&world, Some(address));
        target.keep(&world, "keys/log.key");
        target
            .restore(&place.file(), Consents::default())
            .await
            .expect("restored");
        let full = target.restore(&place.file(), agreed).await;
        assert_eq!(full.expect_err("it is full").code, "target.not_empty");
    }
}

async fn the_private_key_travels_only_when_asked_for(world: World) {
    Company::found(&world).await;
    signed(&world).await;
    let place = Place::new(&world, None);
    saved(&world, &place, false).await;
    let names: Vec<String> = members(&place.file())
        .into_iter()
        .map(|one| one.0)
        .collect();
    assert!(names.iter().all(|name| !name.contains("key")), "{names:?}");
    let target = Place::new(&world, None);
    let refused = target.restore(&place.file(), Consents::default()).await;
    assert_eq!(refused.expect_err("no key").code, "target.no_key");
    let lost = Consents {
        without_key: true,
        ..Consents::default()
    };
    let restored = target.restore(&place.file(), lost).await.expect("restored");
    assert!(!restored.key_in_place);
    let house = target.open().await;
    house
        .signing
        .sign_if_grown()
        .await
        .expect("signed under a new name");
    assert_ne!(
        house.signing.key().origin(),
        world.house.signing.key().origin()
    );

    let place = Place::new(&world, None);
    saved(&world, &place, true).await;
    let target = Place::new(&world, None);
    let restored = target
        .restore(&place.file(), Consents::default())
        .await
        .expect("restored");
    assert!(restored.key_in_place && !restored.key_known);
    let house = target.open().await;
    assert_eq!(
        house.signing.key().origin(),
        world.house.signing.key().origin()
    );
    // Another company's folder, another company's key.
    let mut other = Place::new(&world, None);
    other.config.tenant = "other.example.cn".to_owned();
    let refused = other.restore(&place.file(), Consents::default()).await;
    assert_eq!(
        refused.expect_err("another tenant").code,
        "target.other_tenant"
    );
    let stranger = Place::new(&world, None);
    let folder = &stranger.config.data_dir;
    spine::LogKey::open(folder, &stranger.config.tenant, &spine::SystemChance).expect("a key");
    let refused = stranger.restore(&place.file(), Consents::default()).await;
    assert_eq!(refused.expect_err("another log").code, "target.other_log");
}

/// Names and bytes of an archive.
fn members(file: &Path) -> Vec<(String, Vec<u8>)> {
    let opened = File::open(file).expect("a file");
    let mut tar = tar::Archive::new(GzDecoder::new(opened));
    let entries = tar.entries().expect("entries").map(|entry| {
        let mut entry = entry.expect("an entry");
        let name = entry.path().expect("a name").display().to_string();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("bytes");
        (name, bytes)
    });
    entries.collect()
}

/// Writes members as raw headers say, so that names may be anything.
fn archive(file: &Path, members: &[(String, Vec<u8>)], kind: tar::EntryType) {
    let out = File::create(file).expect("a file");
    let mut tar = tar::Builder::new(GzEncoder::new(out, Compression::best()));
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_entry_type(if name == "manifest.json" {
            tar::EntryType::Regular
        } else {
            kind
        });
        header.set_mode(0o600);
        header.set_cksum();
        tar.append(&header, bytes.as_slice()).expect("a member");
    }
    tar.into_inner()
        .expect("a tar")
        .finish()
        .expect("a file")
        .flush()
        .expect("a file");
}

/// The digests of a manifest made to fit the members, as a forger without the key would.
fn forged(mut all: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    use sha2::{Digest as _, Sha256};
    let at = all
        .iter()
        .position(|one| one.0 == "manifest.json")
        .expect("a manifest");
    let mut manifest: Manifest = serde_json::from_slice(&all[at].1).expect("a manifest");
    for member in &mut manifest.members {
        let (_, bytes) = all
            .iter()
            .find(|one| one.0 == member.name)
            .expect("a member");
        member.size = bytes.len() as u64;
        member.sha256 = hex::encode(Sha256::digest(bytes));
    }
    all[at].1 = serde_json::to_vec_pretty(&manifest).expect("text");
    all
}

#[expect(
    clippy::too_many_lines,
    reason = "a story is told from its beginning to its end"
)]
async fn what_was_tampered_with_is_refused(world: World) {
    let company = Company::found(&world).await;
    company
        .customer(&world, &company.zhang, "永定机床有限公司")
        .await;
    signed(&world).await;
    let place = Place::new(&world, None);
    saved(&world, &place, false).await;
    let target = Place::new(&world, None);
    target.keep(&world, "keys/log.key");
    let bad = target.folder.path().join("bad.tar.gz");
    let refused = async |why: &str| {
        let refused = target.restore(&bad, Consents::default()).await;
        let trouble = refused.expect_err(why);
        assert!(trouble.zh.contains("没有改动任何内容"), "{why}: {trouble}");
        assert!(!target.config.data_dir.join("baton.db").exists(), "{why}");
        trouble.code
    };
    let whole = fs::read(place.file()).expect("a backup");
    for cut in [0, 20, whole.len() / 2, whole.len() - 30] {
        fs::write(&bad, &whole[..cut]).expect("a file");
        let code = refused("cut off").await;
        assert!(
            ["archive.damaged", "archive.unfinished"].contains(&code),
            "{cut}: {code}"
        );
    }
    let all = members(&place.file());
    archive(&bad, &all[..all.len() - 2], tar::EntryType::Regular);
    assert_eq!(refused("no manifest").await, "archive.unfinished");

    let change = |name: &str, from: &str, to: &str| {
        let mut all = all.clone();
        let one = all
            .iter_mut()
            .find(|one| one.0.starts_with(name))
            .expect("a member");
        let text = String::from_utf8(one.1.clone()).expect("text");
        assert!(text.contains(from), "{name} has no {from}");
        one.1 = text.replacen(from, to, 1).into_bytes();
        all
    };
    archive(
        &bad,
        &change("books/customer/", "永定", "永安"),
        tar::EntryType::Regular,
    );
    assert_eq!(refused("a changed row").await, "archive.digest");
    let forgery = forged(change("books/customer/", "永定", "永安"));
    archive(&bad, &forgery, tar::EntryType::Regular);
    assert_eq!(refused("a forged manifest").await, "archive.signature");
    let mut missing = all.clone();
    missing.retain(|one| !one.0.starts_with("books/log_entry/"));
    archive(&bad, &missing, tar::EntryType::Regular);
    assert_eq!(refused("a missing member").await, "archive.digest");
    let mut twice = all.clone();
    twice.insert(1, all[0].clone());
    archive(&bad, &twice, tar::EntryType::Regular);
    assert_eq!(refused("a member twice").await, "archive.twice");
    for name in [
        "../escape",
        "/etc/cron.d/x",
        "books/../../x/000001",
        "notes.txt",
    ] {
        let mut more = all.clone();
        more.insert(0, (name.to_owned(), b"x".to_vec()));
        archive(&bad, &more, tar::EntryType::Regular);
        assert_eq!(refused(name).await, "archive.foreign_member", "{name}");
    }
    archive(&bad, &all, tar::EntryType::Symlink);
    assert_eq!(refused("links").await, "archive.foreign_member");
    let bomb = vec![("books/customer/000001".to_owned(), vec![0; 100 << 20])];
    archive(&bad, &bomb, tar::EntryType::Regular);
    assert_eq!(refused("a bomb").await, "archive.too_large");
    // The sound one still goes in.
    target
        .restore(&place.file(), Consents::default())
        .await
        .expect("restored");
}
