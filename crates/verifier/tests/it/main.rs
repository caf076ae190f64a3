//! The small program as a stranger runs it.
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output};

use bundle::archive::{self, Folder};
use bundle::draft::Draft;
use tempfile::TempDir;

#[expect(dead_code, reason = "the bundle's tests use all of it")]
#[path = "../../../bundle/tests/it/company.rs"]
mod company;

use company::{Log, NOW, log_key, policy};

struct Room {
    folder: TempDir,
    log: Log,
    bundle: Folder,
}

fn room() -> Room {
    let log = Log::of(600, 200);
    let bundle = Draft::of(&log.about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    let room = Room {
        folder: tempfile::tempdir().unwrap(),
        log,
        bundle,
    };
    room.put("policy.txt", policy().to_string().as_bytes());
    room.put("bundle.zip", &archive::write(&room.bundle).unwrap());
    room
}

impl Room {
    fn put(&self, path: &str, content: &[u8]) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.folder.path().join(path)
    }

    /// With both programs; the first one's output.
    fn run(&self, arguments: &[&str]) -> (i32, String) {
        let ours = self.start(Command::new(env!("CARGO_BIN_EXE_baton-verify")), arguments);
        let code = ours.status.code().unwrap();
        (code, String::from_utf8(ours.stdout).unwrap())
    }

    fn start(&self, mut command: Command, arguments: &[&str]) -> Output {
        command.args(arguments).args(["--now", &NOW.to_string()]);
        command.current_dir(self.folder.path()).output().unwrap()
    }

    /// The exit code on which both programs agree.
    fn both(&self, arguments: &[&str]) -> i32 {
        let mut python = Command::new("python3");
        let script = Path::new(env!("CARGO_MANIFEST_DIR"));
        python
            .arg("-B")
            .arg(script.join("../bundle/verifier/baton-verify.py"));
        let theirs = self.start(python, arguments).status.code().unwrap();
        let (ours, said) = self.run(arguments);
        assert_eq!(ours, theirs, "{arguments:?}: {said}");
        ours
    }
}

#[test]
fn exit_codes_are_those_of_the_verdicts() {
    let room = room();
    assert_eq!(room.both(&["bundle.zip", "--policy", "policy.txt"]), 0);
    assert_eq!(room.both(&["bundle.zip"]), 11);
    let alone = policy()
        .to_string()
        .replace("quorum witnesses", "quorum none");
    let alone: String = alone
        .split_inclusive('\n')
        .filter(|line| line.starts_with(['l', 'q']))
        .collect();
    room.put("alone.txt", alone.as_bytes());
    assert_eq!(room.both(&["bundle.zip", "--policy", "alone.txt"]), 10);
    assert_eq!(room.both(&["nothing.zip"]), 2);
    assert_eq!(room.both(&["bundle.zip", "--policy", "nothing.txt"]), 2);
    assert_eq!(room.both(&["bundle.zip", "--policy", "bundle.zip"]), 2);
    // What never was evidence was not tampered with.
    room.put("empty.tlog-proof", b"");
    room.put("noise.tlog-proof", &[0xA7; 2_000]);
    room.put("data/baton.db", b"SQLite format 3");
    for foreign in ["policy.txt", "empty.tlog-proof", "noise.tlog-proof", "data"] {
        assert_eq!(room.both(&[foreign]), 2, "{foreign}");
        let ours = Command::new(env!("CARGO_BIN_EXE_baton-verify"));
        let said = room.start(ours, &[foreign]).stderr;
        let said = String::from_utf8(said).unwrap();
        assert!(said.contains("不是存证文件"), "{said}");
        assert!(said.contains("这不等于内容有假"), "{said}");
    }
    let key = log_key().verifier().to_string();
    assert_eq!(room.run(&["bundle.zip", "--key", &key]).0, 10);
}

#[test]
fn a_folder_is_as_good_as_the_archive_and_its_links_are_refused() {
    let room = room();
    for (path, content) in &room.bundle.files {
        room.put(&format!("case/{path}"), content);
    }
    assert_eq!(room.both(&["case", "--policy", "policy.txt"]), 0);
    let salt = room.path("case/data/records/000040.salt");
    let moved = room.path("elsewhere");
    std::fs::rename(&salt, &moved).unwrap();
    assert_eq!(room.both(&["case", "--policy", "policy.txt"]), 12);
    symlink(&moved, &salt).unwrap();
    assert_eq!(room.both(&["case", "--policy", "policy.txt"]), 1);
    assert!(
        room.run(&["case", "--policy", "policy.txt"])
            .1
            .contains("archive.link")
    );
    std::fs::remove_file(&salt).unwrap();
    std::fs::rename(&moved, &salt).unwrap();
    assert_eq!(room.both(&["case", "--policy", "policy.txt"]), 0);
    room.put("case/data/records/.hidden", b"");
    assert_eq!(room.both(&["case", "--policy", "policy.txt"]), 1);
}

/// T09: what somebody kept stands against what is shown now, and the proof of it is a file.
#[test]
fn a_receipt_kept_by_the_salesperson_exposes_a_rewritten_log() {
    let room = room();
    let mut proof = room.log.proof(80);
    proof.extra = Some([&room.log.rows[80].salt[..], &room.log.rows[80].entry].concat());
    room.put("kept.tlog-proof", proof.to_string().as_bytes());
    room.put("payload.json", &room.log.rows[80].payload);
    let receipt = [
        "kept.tlog-proof",
        "--policy",
        "policy.txt",
        "--payload",
        "payload.json",
    ];
    let (code, said) = room.run(&receipt);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("customer.reassign"));
    assert_eq!(room.both(&receipt), 0);
    assert_eq!(room.both(&["kept.tlog-proof"]), 11);
    room.put(
        "cut.tlog-proof",
        proof.to_string().replace("extra ", "extra AAAA").as_bytes(),
    );
    assert_eq!(room.both(&["cut.tlog-proof", "--policy", "policy.txt"]), 1);
    assert_eq!(
        room.both(&["kept.tlog-proof", "--payload", "policy.txt"]),
        1
    );
    let against = [
        "bundle.zip",
        "--policy",
        "policy.txt",
        "--against",
        "kept.tlog-proof",
    ];
    assert_eq!(room.both(&against), 0);
    let mut forged = room.log.clone();
    forged.rows[39] = forged.rows[41].clone();
    forged.rewrite();
    let bundle = Draft::of(&forged.about_c0())
        .unwrap()
        .seal(None, None)
        .unwrap();
    room.put("bundle.zip", &archive::write(&bundle).unwrap());
    assert_eq!(room.both(&["bundle.zip", "--policy", "policy.txt"]), 10);
    assert_eq!(room.both(&against), 1);
    let (code, said) = room.run(&[&against[..], &["--split-view", "fraud.txt"]].concat());
    assert_eq!(code, 1);
    assert!(said.contains("SPLIT-VIEW"), "{said}");
    let fraud = std::fs::read_to_string(room.path("fraud.txt")).unwrap();
    assert!(fraud.contains(&room.log.checkpoints[&200]));
    assert!(fraud.contains(&forged.checkpoints[&200]));
}
