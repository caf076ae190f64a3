//! The other verifier, asked the same question.

use std::cell::RefCell;
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
    agreed(&report, trust, ("bundle.zip", zip))
}

/// What the second says of a file on its command line; it must be what the first said, to the exit
/// code.
fn agreed(report: &Report, trust: &Trust, (name, content): (&str, &[u8])) -> Answer {
    let room = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &[u8]| {
        let path = room.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let mut words = vec!["--json".to_owned(), format!("--now={NOW}")];
    if let Some(policy) = &trust.policy {
        let path = put("policy.txt", policy.to_string().as_bytes());
        words.push(format!("--policy={path}"));
    }
    for (n, anchor) in trust.anchors.iter().enumerate() {
        let path = put(&format!("anchor-{n}"), anchor.as_bytes());
        words.push(format!("--against={path}"));
    }
    for (flag, all) in [("--ca", &trust.signers), ("--tsa", &trust.clocks)] {
        if !all.is_empty() {
            words.push(format!("{flag}={}", put(flag, pem(all).as_bytes())));
        }
    }
    words.push(put(name, content));
    let (code, said) = called(&words);
    let answer = theirs(&said);
    assert_eq!(ours(report), answer, "the verifiers disagree");
    let expected = i32::from(report.verdict.exit_code());
    assert_eq!(code, expected, "exit code of {}", answer.0);
    answer
}

fn pem(certificates: &[Certificate]) -> String {
    certificates.iter().map(Certificate::to_pem).collect()
}

/// A single PDF, to both: the verdict and its findings.
pub(crate) fn both_of_document(content: &[u8], trust: &Trust) -> Answer {
    let report = examine_document(content, trust).unwrap();
    agreed(&report, trust, ("document.pdf", content))
}

/// The same for a folder.
pub(crate) fn both_of(folder: &Folder, trust: &Trust) -> Answer {
    both(&archive::write(folder).unwrap(), trust)
}

/// An interpreter that answers one line with one line. Starting it and reading the verifier takes
/// longer than most of what it is asked.
struct Interpreter {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Interpreter {
    /// Runs this text, which finds the path of the verifier in `sys.argv[1]`.
    fn start(text: &str) -> Interpreter {
        let mut child = Command::new("python3")
            .args(["-B", "-c", text])
            .arg(script())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let ask = child.stdin.take().unwrap();
        let answers = BufReader::new(child.stdout.take().unwrap());
        Interpreter {
            child,
            ask,
            answers,
        }
    }

    fn tell(&mut self, line: &Value) {
        writeln!(self.ask, "{line}").unwrap();
    }

    fn answer(&mut self, line: &Value) -> String {
        self.tell(line);
        let mut answer = String::new();
        self.answers.read_line(&mut answer).unwrap();
        answer
    }
}

impl Drop for Interpreter {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The verifier's command line, called again and again.
const CALLER: &str = r#"
import contextlib, importlib.util, io, json, sys, traceback
spec = importlib.util.spec_from_file_location("second", sys.argv[1])
second = importlib.util.module_from_spec(spec)
spec.loader.exec_module(second)
for line in sys.stdin:
    sys.argv[1:] = json.loads(line)
    said, complained = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(complained):
        try:
            code = second.main()
        except BaseException:
            code = traceback.print_exc()
    print(json.dumps([code, said.getvalue(), complained.getvalue()]), flush=True)
"#;

/// Exit code and answer of the verifier to these words on its command line.
fn called(words: &[String]) -> (i32, Value) {
    thread_local! {
        static KEPT: RefCell<Option<Interpreter>> = const { RefCell::new(None) };
    }
    let line = KEPT.with_borrow_mut(|kept| {
        let interpreter = kept.get_or_insert_with(|| Interpreter::start(CALLER));
        interpreter.answer(&json!(words))
    });
    let (code, said, complained): (Option<i32>, String, String) =
        serde_json::from_str(&line).unwrap();
    assert!(
        complained.is_empty(),
        "the second verifier stumbled: {complained}"
    );
    (code.unwrap(), serde_json::from_str(&said).unwrap())
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

/// The second verifier kept running, for thousands of questions about one bundle.
pub(crate) struct Second(Interpreter);

impl Second {
    pub(crate) fn start(folder: &Folder, trust: &Trust) -> Second {
        let mut interpreter = Interpreter::start(DRIVER);
        let files = folder.files.iter();
        let files: Value = files
            .map(|(path, content)| (path.clone(), json!(strict_base64::encode(content))))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let policy = trust.policy.as_ref().unwrap().to_string();
        interpreter.tell(&json!({ "files": files, "policy": policy, "now": NOW,
            "outside": [pem(&trust.signers), pem(&trust.clocks)] }));
        Second(interpreter)
    }

    /// What it says of the bundle with these files in place of its own.
    pub(crate) fn says(&mut self, changed: &[(&str, &[u8])]) -> Answer {
        let changed = changed.iter();
        let changed: Value = changed
            .map(|(path, content)| ((*path).to_owned(), json!(strict_base64::encode(content))))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let answer = self.0.answer(&changed);
        theirs(&serde_json::from_str(&answer).unwrap())
    }
}
