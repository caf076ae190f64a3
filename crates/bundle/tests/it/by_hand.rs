//! The commands of VERIFY.md, run by a shell with `sha256sum` and `openssl` alone.

use std::path::Path;
use std::process::{Command, Output};

use bundle::archive::Folder;
use bundle::draft::Draft;
use bundle::examine::{Trust, examine};
use signing::certificate::Certificate;

use crate::company::{Log, trust};
use crate::second::both_of;
use crate::tampering::{good, repair};

fn unpack(folder: &Folder) -> tempfile::TempDir {
    let room = tempfile::tempdir().unwrap();
    for (path, content) in &folder.files {
        let path = room.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    room
}

/// The blocks marked `sh`, in their order.
fn commands(guide: &str) -> Vec<String> {
    let blocks = guide.split("```sh\n").skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

fn run(command: &str, room: &Path) -> Output {
    let mut shell = Command::new("bash");
    shell
        .args(["-euo", "pipefail", "-c", command])
        .current_dir(room);
    shell.output().unwrap()
}

/// What all commands of the guide say, one after the other, however they end.
pub(crate) fn walked(folder: &Folder, steps: usize) -> String {
    let room = unpack(folder);
    let commands = commands(folder.text("data/VERIFY.md").unwrap());
    assert_eq!(commands.len(), steps);
    let said = commands.iter().map(|command| {
        let output = run(command, room.path());
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        let end = match output.status.success() {
            true => String::new(),
            false => format!("FAILED {command}\n{error}"),
        };
        format!("{}{end}", String::from_utf8_lossy(&output.stdout))
    });
    said.collect()
}

#[test]
fn every_step_of_the_guide_succeeds_on_a_good_bundle() {
    let said = walked(&good(), 6);
    assert!(!said.contains("FAILED"), "{said}");
    // The log's signature and the witness's, both by openssl.
    assert_eq!(said.matches("Signature Verified Successfully").count(), 2);
    assert!(said.contains("OK"));
}

#[test]
fn the_path_of_every_record_can_be_walked_by_hand() {
    let folder = good();
    let room = unpack(&folder);
    let commands = commands(folder.text("data/VERIFY.md").unwrap());
    let walk = commands
        .iter()
        .find(|command| command.starts_with("r="))
        .unwrap();
    for index in [40, 240, 500, 960] {
        let walk = walk.replacen("r=000000", &format!("r={index:06}"), 1);
        let output = run(&walk, room.path());
        assert_eq!(
            String::from_utf8_lossy(&output.stdout).trim(),
            "OK",
            "record {index}"
        );
    }
}

/// The guide finds what was changed even when the manifests were made anew.
#[test]
fn steps_fail_on_what_was_changed() {
    let honest = good();
    let failing = |path: &str, repaired: bool| {
        let mut folder = honest.clone();
        let content = folder.files.get_mut(path).unwrap();
        let middle = content.len() / 2;
        content[middle] ^= 1;
        if repaired {
            repair(&mut folder);
        }
        let room = unpack(&folder);
        let commands = commands(honest.text("data/VERIFY.md").unwrap());
        let failed = |command: &&String| {
            let output = run(command, room.path());
            !output.status.success()
        };
        commands.iter().filter(failed).count()
    };
    assert!(failing("data/records/000000.json", false) >= 1);
    assert!(failing("data/records/000000.json", true) >= 1);
    assert!(failing("data/records/000000.payload.json", true) >= 1);
    assert!(failing("data/checkpoints/1000.txt", true) >= 1);
    assert!(failing("data/documents/LZ2026-0001-QR1.pdf", true) >= 1);
}

/// A company's certificate and a time stamping authority, for one test.
const AUTHORITIES: &str = r"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /O=Hengxin \
  -keyout company.key -out company.pem -addext keyUsage=critical,digitalSignature
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj /O=TSA \
  -keyout tsa.key -out tsa.pem -addext extendedKeyUsage=critical,timeStamping
echo 01 > serial
printf '%s\n' [tsa] default_tsa=t [t] serial=serial signer_cert=tsa.pem signer_key=tsa.key \
  signer_digest=sha256 default_policy=1.2.3.4 digests=sha256 > tsa.cnf
";

#[expect(
    clippy::disallowed_methods,
    reason = "openssl stamps by the clock of the machine"
)]
fn seconds() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.unwrap().as_secs()
}

/// What goes into a slot: the file that these commands make of `content`.
fn made(room: &Path, content: &[u8], commands: &str) -> Vec<u8> {
    std::fs::write(room.join("content"), content).unwrap();
    let output = run(commands, room);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    std::fs::read(room.join("made")).unwrap()
}

fn stamped(room: &Path, content: &[u8]) -> Vec<u8> {
    let commands = "openssl ts -query -data content -sha256 -cert -out query\n\
                    openssl ts -reply -config tsa.cnf -section t -queryfile query -out made";
    made(room, content, commands)
}

/// The slots for signature and time stamps hold what openssl made, and openssl accepts it by the
/// commands of the guide; a token over another checkpoint (T13) and a changed manifest fail.
#[test]
fn signature_and_time_stamps_are_checked_as_the_guide_says() {
    let authorities = tempfile::tempdir().unwrap();
    let outside = authorities.path();
    assert!(run(AUTHORITIES, outside).status.success());
    let mut case = Log::of(600, 200).about_c0();
    let sizes: Vec<u64> = case.checkpoints.keys().copied().collect();
    for size in sizes {
        let token = stamped(outside, case.checkpoints[&size].as_bytes());
        case.timestamps.insert(size, token);
    }
    let chain = std::fs::read(outside.join("tsa.pem")).unwrap();
    case.certificates.insert("tsa-chain.pem".to_owned(), chain);
    let draft = Draft::of(&case).unwrap();
    let sign = "openssl cms -sign -cades -binary -outform DER -md sha256 -in content \
                -signer company.pem -inkey company.key -out made";
    let signature = made(outside, draft.manifest(), sign);
    let token = stamped(outside, draft.manifest());
    let folder = draft.seal(Some(signature), Some(token)).unwrap();
    let answer = both_of(&folder, &trust());
    // Without certificates from outside each is remarked on, and nothing more.
    assert_eq!((answer.0.as_str(), answer.1.len()), ("VALID", 5));
    let read = |name: &str| {
        let pem = std::fs::read(outside.join(name)).unwrap();
        Certificate::read_all(&pem).unwrap()
    };
    let told = Trust {
        signers: read("company.pem"),
        clocks: read("tsa.pem"),
        now: Some(seconds() + 60),
        ..trust()
    };
    let report = examine(&folder, &told);
    assert_eq!(report.verdict.code(), "VALID");
    // What openssl made now is years after what this log says of itself, or before: no matter.
    let names: Vec<&str> = report
        .findings
        .iter()
        .map(|found| found.code.name)
        .collect();
    assert!(
        names.iter().all(|name| name.starts_with("record.")),
        "{names:?}"
    );

    let guide = folder.text("data/VERIFY.md").unwrap();
    let lines = guide.lines().filter(|line| line.starts_with("openssl "));
    let trusted = |line: &str| {
        let at = |name: &str| outside.join(name).display().to_string();
        let line = line.replace("CA-FROM-OUTSIDE.pem", &at("company.pem"));
        line.replace("TSA-ROOT.pem", &at("tsa.pem"))
    };
    let checks = lines.filter(|line| line.contains(" -verify -") && line.contains("CAfile"));
    let checks: Vec<String> = checks.map(trusted).collect();
    assert_eq!(checks.len(), 5);
    let passed = |folder: &Folder| {
        let room = unpack(folder);
        let passes = |check: &&String| run(check, room.path()).status.success();
        checks.iter().filter(passes).count()
    };
    assert_eq!(passed(&folder), 5);
    let mut another = folder.clone();
    let token = folder.files["data/timestamps/200.tsr"].clone();
    another
        .files
        .insert("data/timestamps/400.tsr".to_owned(), token);
    assert_eq!(passed(&another), 4);
    let mut changed = folder.clone();
    changed
        .files
        .insert("data/VERIFY.md".to_owned(), b"another guide".to_vec());
    repair(&mut changed);
    assert_eq!(passed(&changed), 3);
}
