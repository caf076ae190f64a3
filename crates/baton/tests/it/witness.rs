//! Witnesses: another program, on another machine, that a rewritten log cannot talk round.

use std::path::Path;
use std::sync::Arc;

use ::evidence::checkpoint::LogTrust;
use ::evidence::cosigner::CosignerKey;
use ::evidence::hash::Hash;
use ::evidence::tree::TreeHead;
use ::evidence::verdict::Verdict;
use ::evidence::witness::Witness;
use baton::witness::memory::{self, Memory, name_of};
use baton::witness::{Watch, door};
use serde_json::{Value as Json, json};
use spine::SeededChance;
use tempfile::TempDir;
use verifier::Wanted;

use crate::harness::{Company, Login, World};

story!(
    a_witness_signs_and_a_stranger_believes_the_proof,
    t07_a_witness_that_remembers_more_raises_the_alarm,
    a_witness_that_remembers_another_past_raises_the_alarm,
    a_witness_that_does_not_answer_is_late,
    a_signature_of_another_key_is_not_kept,
);

const NAME: &str = "witness.example.cn/finance";

fn key() -> CosignerKey {
    CosignerKey::from_seed(NAME, &[9; 32]).expect("a key")
}

fn witness_of(world: &World, key: CosignerKey) -> Witness {
    let log = world.house.signing.key().trust();
    Witness {
        key,
        logs: vec![LogTrust {
            witness_keys: Vec::new(),
            ..log
        }],
    }
}

/// A witness on a free port of this machine; its address.
async fn serve(world: &World, key: CosignerKey, memory: Memory) -> String {
    let watch = Watch::of(witness_of(world, key), memory, world.clock.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, door::router(watch)).await });
    format!("http://{address}")
}

/// The policy of the house: its log and one witness at this address.
fn policy(world: &World, folder: &Path, url: &str) -> std::path::PathBuf {
    let path = folder.join("policy.txt");
    let (log, key) = (world.house.signing.key().public_text(), key());
    let text = format!(
        "log {log}\nwitness finance {} {url}\ngroup enough any finance\nquorum enough\n",
        key.verifier()
    );
    std::fs::write(&path, text).expect("written");
    path
}

async fn asked(world: &World, login: &Login) -> Json {
    let answer = world
        .post(login, "/evidence-log/witnesses", json!({}))
        .await;
    answer.ok()["witnesses"][0].clone()
}

struct Desk {
    world: World,
    auditor: Login,
    folder: TempDir,
}

async fn desk(world: World, memory: impl FnOnce(&World, &mut Memory)) -> Desk {
    let folder = tempfile::tempdir().expect("a folder");
    let mut kept = Memory::open(&folder.path().join("w")).expect("a memory");
    memory(&world, &mut kept);
    let url = serve(&world, key(), kept).await;
    let path = policy(&world, folder.path(), &url);
    let world = world.watched(&path);
    let auditor = world.login(None, &["auditor"]).await;
    Desk {
        world,
        auditor,
        folder,
    }
}

fn verified(desk: &Desk, file: &Path) -> Verdict {
    let wanted = Wanted {
        file: file.to_owned(),
        policy: Some(desk.folder.path().join("policy.txt")),
        ..Wanted::default()
    };
    let now = desk.world.house.spine.now().unix_seconds();
    let said = verifier::verify(&wanted, u64::try_from(now).expect("a time"));
    said.expect("something was checked").verdict
}

async fn a_witness_signs_and_a_stranger_believes_the_proof(world: World) {
    let desk = desk(world, |_, _| {}).await;
    let (world, auditor) = (&desk.world, &desk.auditor);
    let before = world.get(auditor, "/evidence-log").await.ok();
    assert_eq!(before["witnesses"][0]["late"], json!(true), "{before}");
    let first = asked(world, auditor).await;
    assert_eq!(first["trouble_zh"], Json::Null, "{first}");
    assert_eq!(first["late"], json!(false));
    // The log grows; he is shown that it continues what he signed.
    let company = Company::found(world).await;
    let second = asked(world, auditor).await;
    assert!(second["size"].as_u64() > first["size"].as_u64(), "{second}");
    let state = world.get(auditor, "/evidence-log").await.ok();
    assert_eq!(state["checkpoints"][0]["cosigned"], 1, "{state}");

    let (status, _, proof) = world.file(Some(auditor), "/evidence/1/proof", None).await;
    assert_eq!(status, 200);
    let file = desk.folder.path().join("one.tlog-proof");
    std::fs::write(&file, proof).expect("written");
    assert_eq!(verified(&desk, &file), Verdict::Valid);

    // A bundle rests on the same signature.
    let departure = crate::departure::resign(world, &company.zhang.login).await;
    let hr = &company.hr.login;
    let path = format!("/departures/{departure}/bundle-preview");
    // Nobody asks the witness for this size; the export does.
    let seen = world.get(hr, &path).await.ok();
    let records = seen["records"].as_array().expect("records").iter();
    let show: Json = records
        .filter(|one| one["content"] == "withheld")
        .map(|one| one["index"].clone())
        .collect();
    let body = json!({ "recipient": "仲裁委", "reason": "举证", "up_to": seen["up_to"],
        "show": show });
    let path = format!("/departures/{departure}/bundles");
    let id = world.post(hr, &path, body).await.id();
    let (_, _, bytes) = world
        .file(Some(hr), &format!("/bundles/{id}/file"), None)
        .await;
    let file = desk.folder.path().join("b.zip");
    std::fs::write(&file, bytes).expect("written");
    assert_eq!(verified(&desk, &file), Verdict::Valid);
}

/// A head that this log never had.
fn stranger(size: u64) -> TreeHead {
    let root = Hash::from_slice(&[7; 32]).expect("a hash");
    TreeHead { size, root }
}

/// An older database is back, and the file that remembers what was signed last is gone: nobody in
/// the house can tell. The witness answers 409 with the size it signed.
async fn t07_a_witness_that_remembers_more_raises_the_alarm(world: World) {
    let desk = desk(world, |world, memory| {
        let origin = world.house.signing.key().origin();
        let kept = memory.keep(origin, stranger(1_000_000), String::new());
        kept.expect("kept");
    })
    .await;
    let said = asked(&desk.world, &desk.auditor).await;
    assert_eq!(said["broken"], json!(true), "{said}");
    assert!(
        said["trouble_zh"]
            .as_str()
            .expect("words")
            .contains("1000000"),
        "{said}"
    );
    assert_eq!(said["size"], Json::Null);
}

async fn a_witness_that_remembers_another_past_raises_the_alarm(world: World) {
    let desk = desk(world, |world, memory| {
        let origin = world.house.signing.key().origin();
        memory
            .keep(origin, stranger(3), String::new())
            .expect("kept");
    })
    .await;
    let said = asked(&desk.world, &desk.auditor).await;
    assert_eq!(said["broken"], json!(true), "{said}");
    assert!(
        said["trouble_zh"].as_str().expect("words").contains("改写"),
        "{said}"
    );
    let hidden = desk.world.get(&desk.auditor, "/evidence-log").await.ok();
    assert_eq!(hidden["witnesses"][0]["broken"], json!(true));
}

async fn a_witness_that_does_not_answer_is_late(world: World) {
    let desk = desk(world, |_, _| {}).await;
    let (world, auditor) = (&desk.world, &desk.auditor);
    asked(world, auditor).await;
    world.pass_days(1);
    let old = world.get(auditor, "/evidence-log").await.ok();
    assert_eq!(old["witnesses"][0]["late"], json!(true), "{old}");
    // Nobody listens on port 9 of this machine.
    let path = policy(world, desk.folder.path(), "http://127.0.0.1:9");
    let world = desk.world.watched(&path);
    let said = asked(&world, &desk.auditor).await;
    assert_eq!(
        (&said["late"], &said["broken"]),
        (&json!(true), &json!(false)),
        "{said}"
    );
    assert!(
        said["trouble_zh"]
            .as_str()
            .expect("words")
            .contains("无法连接"),
        "{said}"
    );
    // What he signed before is still there.
    assert!(said["size"].as_u64().is_some(), "{said}");
}

async fn a_signature_of_another_key_is_not_kept(world: World) {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Memory::open(&folder.path().join("w")).expect("a memory");
    let other = CosignerKey::from_seed(NAME, &[8; 32]).expect("a key");
    let url = serve(&world, other, memory).await;
    let path = policy(&world, folder.path(), &url);
    let world = world.watched(&path);
    let auditor = world.login(None, &["auditor"]).await;
    let said = asked(&world, &auditor).await;
    assert!(
        said["trouble_zh"]
            .as_str()
            .expect("words")
            .contains("公钥不符"),
        "{said}"
    );
    assert_eq!(said["size"], Json::Null, "{said}");
}

#[test]
fn a_memory_survives_its_process_and_serves_one_at_a_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let head = stranger(12);
    {
        let mut memory = Memory::open(folder.path()).expect("a memory");
        memory
            .keep("a.cn/log/1", head, "note\n".to_owned())
            .expect("kept");
        assert!(Memory::open(folder.path()).is_err(), "two at once");
    }
    // A write that was cut off left a draft; it was never answered.
    let place = folder.path().join("logs").join(name_of("a.cn/log/1"));
    std::fs::write(place.with_extension("new"), "{\"ori").expect("written");
    {
        let memory = Memory::open(folder.path()).expect("again");
        assert_eq!(memory.head("a.cn/log/1"), Some(head));
        assert_eq!(memory.note(&name_of("a.cn/log/1")), Some("note\n"));
        assert_eq!(memory.head("b.cn/log/1"), None);
    }
    // A memory that cannot be read must not look like none.
    std::fs::write(place.with_extension("json"), "{}").expect("written");
    assert!(Memory::open(folder.path()).is_err());
}

#[test]
fn a_key_is_made_once_and_belongs_to_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let chance = SeededChance::new(1);
    let made = memory::key(folder.path(), NAME, &chance).expect("a key");
    let again = memory::key(folder.path(), NAME, &chance).expect("the same");
    assert_eq!(made.verifier(), again.verifier());
    assert!(memory::key(folder.path(), "other.example.cn", &chance).is_err());
}

story!(two_who_continue_the_same_head_are_not_both_signed);

async fn two_who_continue_the_same_head_are_not_both_signed(world: World) {
    Company::found(&world).await;
    world.house.signing.sign_if_grown().await.expect("signed");
    let newest = world.house.spine.newest_checkpoint().await.expect("books");
    let note = newest.expect("a checkpoint").note;
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Memory::open(folder.path()).expect("a memory");
    let watch = Watch::of(
        witness_of(&world, key()),
        memory,
        Arc::clone(&world.clock) as _,
    );
    let body = format!("old 0\n\n{note}");
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let ask = || watch.answer(&body).expect("the disk").status();
        let both = [scope.spawn(ask), scope.spawn(ask)];
        both.into_iter()
            .map(|one| one.join().expect("an answer"))
            .collect()
    });
    let mut sorted = answers;
    sorted.sort_unstable();
    assert_eq!(sorted, [200, 409]);
}
