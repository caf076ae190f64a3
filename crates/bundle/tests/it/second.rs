//! The other verifier, asked the same question.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use bundle::archive::{self, Folder};
use bundle::examine::{Report, Trust, examine, examine_document};
use evidence::strict_base64;
use serde_json::{Value, json};
use signing::certificate::Certificate;

use crate::company::NOW;

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("verifier/baton-verify.py")
}

/// What both say, in one form.
pub(crate) type Answer = (
    String,
    Vec<(String, String)>,
    Vec<(u64, String)>,
    Vec<String>,
);

pub(crate) fn ours(report: &Report) -> Answer {
    let findings = report.findings.iter();
    let records = report.records.iter();
    (
        report.verdict.code().to_owned(),
        findings
            .map(|f| (f.code.name.to_owned(), f.at.clone()))
            .collect(),
        records
            .map(|r| (r.index, r.verdict.code().to_owned()))
            .collect(),
        report.complete.clone(),
    )
}

fn theirs(answer: &Value) -> Answer {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |name: &str| answer[name].as_array().unwrap().iter();
    (
        text(&answer["verdict"]),
        list("findings")
            .map(|f| (text(&f["code"]), text(&f["at"])))
            .collect(),
        list("records")
            .map(|r| (r["index"].as_u64().unwrap(), text(&r["verdict"])))
            .collect(),
        list("complete").map(text).collect(),
    )
}

/// Hands an archive to both, to the second as a stranger would: by its command line. They must
/// agree in everything, also in the exit code.
pub(crate) fn both(zip: &[u8], trust: &Trust) -> Answer {
    let report = match archive::read(zip) {
        Ok(folder) => examine(&folder, trust),
        Err(finding) => Report::refused(finding),
    };
    let room = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &[u8]| {
        let path = room.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let mut command = Command::new("python3");
    command
        .arg("-B")
        .arg(script())
        .arg("--json")
        .arg("--now")
        .arg(NOW.to_string());
    if let Some(policy) = &trust.policy {
        command
            .arg("--policy")
            .arg(put("policy.txt", policy.to_string().as_bytes()));
    }
    for (n, anchor) in trust.anchors.iter().enumerate() {
        command
            .arg("--against")
            .arg(put(&format!("anchor-{n}"), anchor.as_bytes()));
    }
    for (flag, all) in [("--ca", &trust.signers), ("--tsa", &trust.clocks)] {
        if !all.is_empty() {
            let pem = pem(all);
            command.arg(flag).arg(put(flag, pem.as_bytes()));
        }
    }
    let output = command.arg(put("bundle.zip", zip)).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.stderr.is_empty(),
        "the second verifier stumbled: {said}"
    );
    let answer = theirs(&serde_json::from_slice(&output.stdout).unwrap());
    assert_eq!(ours(&report), answer, "the verifiers disagree");
    let code = i32::from(report.verdict.exit_code());
    assert_eq!(
        output.status.code(),
        Some(code),
        "exit code of {}",
        answer.0
    );
    answer
}

fn pem(certificates: &[Certificate]) -> String {
    certificates.iter().map(Certificate::to_pem).collect()
}

/// A single PDF, to both: the verdict and its findings.
pub(crate) fn both_of_document(content: &[u8], trust: &Trust) -> Answer {
    let report = examine_document(content, trust).unwrap();
    let room = tempfile::tempdir().unwrap();
    let file = room.path().join("document.pdf");
    std::fs::write(&file, content).unwrap();
    let mut command = Command::new("python3");
    command.arg("-B").arg(script()).args(["--json", "--now"]);
    command.arg(NOW.to_string()).arg(&file);
    for (flag, all) in [("--ca", &trust.signers), ("--tsa", &trust.clocks)] {
        if !all.is_empty() {
            let path = room.path().join(flag);
            std::fs::write(&path, pem(all)).unwrap();
            command.arg(flag).arg(path);
        }
    }
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.stderr.is_empty(), "{said}");
    let answer = theirs(&serde_json::from_slice(&output.stdout).unwrap());
    assert_eq!(ours(&report), answer, "the verifiers disagree");
    let code = i32::from(report.verdict.exit_code());
    assert_eq!(output.status.code(), Some(code));
    answer
}

/// The same for a folder.
pub(crate) fn both_of(folder: &Folder, trust: &Trust) -> Answer {
    both(&archive::write(folder).unwrap(), trust)
}

/// The second verifier kept running, for thousands of questions about one bundle.
pub(crate) struct Second {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// Loads the verifier as it is and feeds it one variation of the bundle after the other.
const DRIVER: &str = r#"
import base64, functools, importlib.util, json, sys
spec = importlib.util.spec_from_file_location("second", sys.argv[1])
second = importlib.util.module_from_spec(spec)
spec.loader.exec_module(second)
# The same signature is asked for thousands of times; its answer cannot change.
second.ed25519 = functools.lru_cache(None)(second.ed25519)
first = json.loads(sys.stdin.readline())
files = {path: base64.b64decode(data) for path, data in first["files"].items()}
policy, now = second.Policy(first["policy"]), first["now"]
outside = [second.certificates(pem.encode()) if pem else [] for pem in first["outside"]]
# Keys are checked over and over likewise.
second.is_signed_once = second.is_signed
known = {}
def is_signed(spki, name, parts, signature):
    key = (spki, name, b"".join(parts), signature)
    if key not in known:
        known[key] = second.is_signed_once(spki, name, parts, signature)
    return known[key]
second.is_signed = is_signed
for line in sys.stdin:
    changed = {path: base64.b64decode(data) for path, data in json.loads(line).items()}
    examination = second.examine({**files, **changed}, policy, [], now, *outside)
    print(second.report(examination, True), flush=True)
"#;

impl Second {
    pub(crate) fn start(folder: &Folder, trust: &Trust) -> Second {
        let mut child = Command::new("python3")
            .args(["-B", "-c", DRIVER])
            .arg(script())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ask = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let files = folder.files.iter();
        let files: Value = files
            .map(|(path, content)| (path.clone(), json!(strict_base64::encode(content))))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let policy = trust.policy.as_ref().unwrap().to_string();
        writeln!(
            ask,
            "{}",
            json!({ "files": files, "policy": policy, "now": NOW,
                "outside": [pem(&trust.signers), pem(&trust.clocks)] })
        )
        .unwrap();
        Second {
            child,
            ask,
            answers,
        }
    }

    /// What it says of the bundle with these files in place of its own.
    pub(crate) fn says(&mut self, changed: &[(&str, &[u8])]) -> Answer {
        let changed = changed.iter();
        let changed: Value = changed
            .map(|(path, content)| ((*path).to_owned(), json!(strict_base64::encode(content))))
            .collect::<serde_json::Map<_, _>>()
            .into();
        writeln!(self.ask, "{changed}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        theirs(&serde_json::from_str(&line).unwrap())
    }
}

impl Drop for Second {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
