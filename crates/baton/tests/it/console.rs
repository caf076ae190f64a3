//! The program as a person at the console meets it: it starts, says so, and stops cleanly.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::Duration;

use baton::config::Config;
use baton::house::{House, Surroundings};
use baton::session::acts::set_access::SetAccess;
use spine::{By, Select};

use crate::harness::empty_postgres;

fn baton(folder: &Path, listen: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
    command
        .args(["--config", "/dev/null"])
        .args(arguments)
        .env_clear()
        .env("BATON_DATA_DIR", folder)
        .env("BATON_LISTEN", listen)
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    baton(folder, "127.0.0.1:0", arguments)
        .output()
        .expect("the program runs")
}

/// Starts the program and waits until it says where it listens.
fn serve(folder: &Path, arguments: &[&str]) -> (Child, BufReader<ChildStdout>, String) {
    let mut command = baton(folder, "127.0.0.1:0", arguments);
    started(command.stderr(Stdio::null()))
}

fn started(command: &mut Command) -> (Child, BufReader<ChildStdout>, String) {
    let child = command.stdout(Stdio::piped()).spawn();
    let mut child = child.expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("its words"));
    let mut line = String::new();
    while !line.contains("http://") {
        line.clear();
        assert!(lines.read_line(&mut line).expect("a line") > 0, "it ended");
    }
    let address = line.trim().rsplit("//").next().unwrap_or_default();
    let address = address.to_owned();
    (child, lines, address)
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill")
        .args([name, &child.id().to_string()])
        .status();
    assert!(sent.expect("kill").success());
}

#[test]
fn it_stops_cleanly_on_ctrl_c_and_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["-INT", "-TERM"] {
        let (mut child, mut lines, address) = serve(folder.path(), &["serve"]);
        let open = std::net::TcpStream::connect(&address).expect("it listens");
        drop(open);
        signal(&child, name);
        let code = child.wait().expect("its end").code();
        let mut rest = String::new();
        lines.read_to_string(&mut rest).expect("its last words");
        assert_eq!(code, Some(0), "{name}: {rest}");
        assert!(rest.contains("接棒已停止"), "{name}: {rest}");
        // Nothing is left half-written: the log is whole and signed to its end.
        let audit = run(folder.path(), &["audit", "--deep"]);
        let told = String::from_utf8_lossy(&audit.stdout).into_owned();
        assert!(matches!(audit.status.code(), Some(0 | 10)), "{told}");
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter(|name| name.ends_with("-wal") || name.ends_with(".new"))
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_port_in_use_is_told_with_what_helps() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let answer = baton(folder.path(), &listen, &["serve"]).output().unwrap();
    let told = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    assert!(
        told.contains("BATON_LISTEN") && told.contains("占用"),
        "{told}"
    );
    assert!(
        !folder.path().join("baton.db").exists(),
        "opened for nothing"
    );
}

#[test]
fn no_command_begins_lost_books_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, ..) = serve(folder.path(), &["serve"]);
    signal(&child, "-TERM");
    child.wait().unwrap();
    let books = folder.path().join("baton.db");
    std::fs::remove_file(&books).unwrap();
    for command in ["serve", "migrate", "demo", "audit"] {
        let answer = run(folder.path(), &[command]);
        let told = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!(answer.status.code(), Some(2), "{command}: {told}");
        let helps = match command {
            "audit" => ["baton.db", "data_dir"],
            _ => ["database_url", "baton restore"],
        };
        assert!(
            helps.iter().all(|word| told.contains(word)),
            "{command}: {told}"
        );
        assert!(!books.exists(), "{command} made books");
    }
}

#[test]
fn a_mistyped_data_folder_is_named_and_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("mistyped");
    for command in [
        ["backup"].as_slice(),
        &["timestamp", "request"],
        &["demo", "--logins"],
    ] {
        let answer = run(&nowhere, command);
        let told = String::from_utf8_lossy(&answer.stderr).into_owned();
        assert_eq!(answer.status.code(), Some(2), "{command:?}: {told}");
        assert!(told.contains("data_dir"), "{command:?}: {told}");
        assert!(!nowhere.exists(), "{command:?} made something");
    }
    std::fs::write(&nowhere, "a file").unwrap();
    let answer = run(&nowhere, &["migrate"]);
    let told = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    assert!(
        told.contains("BATON_DATA_DIR") && told.contains("这里应是文件夹"),
        "{told}"
    );
    let missing = run(folder.path(), &["verify", "nix.zip"]);
    let told = String::from_utf8_lossy(&missing.stderr).into_owned();
    assert!(told.contains("nix.zip：文件或文件夹不存在"), "{told}");
}

#[test]
fn what_helps_is_said_or_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let asked = ["passwd", "", "--role", "security_admin"];
    let mut command = baton(folder.path(), "127.0.0.1:0", &asked);
    let answer = command.env("BATON_PASSWORD", "eine lange 1").output();
    let answer = answer.expect("the program runs");
    let told = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    assert!(!told.trim_end().ends_with('；'), "{told}");
}

#[test]
fn an_audit_of_no_books_makes_none_and_is_not_valid() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("mistyped");
    let answer = run(&nowhere, &["audit", "--deep"]);
    let told = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    assert!(told.contains("data_dir"), "{told}");
    assert!(!nowhere.exists(), "made something");
}

#[test]
fn the_clock_of_real_books_cannot_be_set() {
    let folder = tempfile::tempdir().unwrap();
    let (mut child, ..) = serve(folder.path(), &["serve"]);
    signal(&child, "-TERM");
    child.wait().unwrap();
    let moment = ["--rehearsal", "2037-01-01T00:00:00Z", "serve"];
    let answer = run(folder.path(), &moment);
    let told = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    assert!(told.contains("不是演练账册"), "{told}");
    let demo = run(folder.path(), &["demo", "--small"]);
    assert_eq!(demo.status.code(), Some(2));
    let logins = run(folder.path(), &["demo", "--logins"]);
    assert_eq!(
        logins.status.code(),
        Some(2),
        "no demo login without a demo"
    );
}

#[test]
fn every_setting_of_a_rehearsal_clock_stands_in_the_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let passwd = |moment: &str| {
        baton(
            folder.path(),
            "127.0.0.1:0",
            &[
                "--rehearsal",
                moment,
                "passwd",
                "secadmin",
                "--role",
                "security_admin",
            ],
        )
        .env("BATON_PASSWORD", "Aa-12345678")
        .output()
        .unwrap()
    };
    let first = passwd("2017-06-30T01:00:00Z");
    let told = String::from_utf8_lossy(&first.stderr).into_owned();
    assert!(first.status.success(), "{told}");
    let back = passwd("2017-06-29T01:00:00Z");
    let told = String::from_utf8_lossy(&back.stderr).into_owned();
    assert_eq!(back.status.code(), Some(2));
    assert!(told.contains("不能拨回"), "{told}");
    let audit = run(folder.path(), &["audit"]);
    let told = String::from_utf8_lossy(&audit.stdout).into_owned();
    assert!(matches!(audit.status.code(), Some(0 | 10)), "{told}");
    assert!(told.contains("演练账册"), "{told}");
}

/// Whether it was done, and what was told.
fn passwd(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = baton(folder, "127.0.0.1:0", &["passwd"]);
    command.args(arguments).env("BATON_PASSWORD", "Aa-12345678");
    let ended = command.output().expect("the program runs");
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    (ended.status.success(), told)
}

/// Closes the one login there is, as the security administrator does.
async fn close_the_login(folder: &Path) {
    let config = Config {
        data_dir: folder.to_owned(),
        ..Config::default()
    };
    let house = House::open(config, Surroundings::default()).await;
    let house = house.expect("the house opens");
    let select = Select::new("SELECT id FROM session_login");
    let logins = house.spine.db().read(&select, Vec::new()).await;
    let act = SetAccess {
        login: logins.expect("logins")[0].get("id").expect("an id"),
        mode: None,
        active: Some(false),
        why: "security".to_owned(),
    };
    let closed = house.spine.perform(&act, &By::system("test"), None).await;
    closed.expect("it is closed");
    house.spine.db().close().await;
}

#[tokio::test]
async fn a_closed_login_gets_no_password_and_the_way_back_in_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (done, told) = passwd(folder.path(), &["HR1", "--role", "hr"]);
    assert!(done, "{told}");
    close_the_login(folder.path()).await;
    let (done, told) = passwd(folder.path(), &["HR1"]);
    assert!(!done && told.contains("已停用"), "{told}");
    assert!(told.contains("--role security_admin"), "{told}");
    let (done, told) = passwd(folder.path(), &["SEC2", "--role", "security_admin"]);
    assert!(done, "{told}");
}

#[test]
fn a_role_for_a_login_that_is_there_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let passwd = |arguments: &[&str]| passwd(folder.path(), arguments);
    let (done, told) = passwd(&["NOPE", "--role", "nope"]);
    assert!(
        !done && told.contains("security_admin（安全管理员）"),
        "{told}"
    );
    let (done, told) = passwd(&["SEC", "--role", "security_admin"]);
    assert!(done, "{told}");
    let (done, told) = passwd(&["SEC", "--role", "auditor"]);
    assert!(!done && told.contains("SEC has a login already"), "{told}");
    let (done, told) = passwd(&["SEC"]);
    assert!(done, "{told}");
}

/// Sends a request as it stands and waits for the whole answer.
fn answer_to(address: &str, request: &str) -> String {
    let mut line = std::net::TcpStream::connect(address).expect("it listens");
    line.write_all(request.as_bytes()).expect("a request");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn the_log_never_says_who_was_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let mut command = baton(folder.path(), "127.0.0.1:0", &["serve"]);
    command.env("RUST_LOG", "trace");
    let (mut child, _lines, address) = started(command.stderr(File::create(&log).unwrap()));
    let rest = "HTTP/1.1\r\nHost: baton\r\nConnection: close\r\n";
    let answer = answer_to(
        &address,
        &format!("GET /api/v1/customers?q=zhangsanfeng {rest}\r\n"),
    );
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    let body = r#"{"number":13800138000,"password":"x"}"#;
    let length = body.len();
    let head = format!("Content-Type: application/json\r\nContent-Length: {length}\r\n");
    let answer = answer_to(
        &address,
        &format!("POST /api/v1/session {rest}{head}\r\n{body}"),
    );
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    signal(&child, "-TERM");
    child.wait().unwrap();
    let said = std::fs::read_to_string(log).unwrap();
    assert!(said.contains("/api/v1/customers"), "requests are logged");
    for secret in ["zhangsanfeng", "13800138000"] {
        let line = said.lines().find(|line| line.contains(secret));
        assert_eq!(line, None);
    }
}

/// Begins to make the demo company, and comes back once some of it was signed.
fn being_made(folder: &Path, database: Option<&str>) -> Child {
    let mut command = baton(folder, "127.0.0.1:0", &["demo", "--small"]);
    command.envs(database.map(|address| ("BATON_DATABASE_URL", address)));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    while !folder.join("state/checkpoint.json").exists() {
        assert!(child.try_wait().expect("its state").is_none(), "it ended");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

/// What is told by a program that ends with 2.
fn refused(command: &mut Command) -> String {
    let answer = command.output().expect("the program runs");
    let told = String::from_utf8_lossy(&answer.stderr).into_owned();
    assert_eq!(answer.status.code(), Some(2), "{told}");
    told
}

#[test]
fn a_demo_company_that_was_broken_off_is_told_and_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| refused(&mut baton(folder.path(), "127.0.0.1:0", arguments));
    let mut child = being_made(folder.path(), None);
    let told = refused(&["demo", "--if-empty", "--small"]);
    assert!(told.contains("正由另一个程序建立"), "{told}");
    signal(&child, "-TERM");
    assert!(!child.wait().expect("its end").success());

    refused_as_unfinished(refused);
    let again = run(folder.path(), &["demo", "--if-empty", "--small"]);
    let told = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(
        again.status.success() && told.contains("已改名为"),
        "{told}"
    );
    let kept = || {
        let names = std::fs::read_dir(folder.path()).unwrap();
        let names = names.filter_map(|entry| entry.unwrap().file_name().into_string().ok());
        names
            .filter(|name| name.starts_with("baton.db.unfinished-demo-"))
            .count()
    };
    assert_eq!(kept(), 1, "nothing is deleted");
    let logins = run(folder.path(), &["demo", "--logins"]);
    assert!(logins.status.success() && !logins.stdout.is_empty());
    let audit = run(folder.path(), &["audit", "--deep"]);
    let told = String::from_utf8_lossy(&audit.stdout).into_owned();
    assert!(matches!(audit.status.code(), Some(0 | 10)), "{told}");
    // A whole one is left alone.
    let whole = run(folder.path(), &["demo", "--if-empty", "--small"]);
    assert!(whole.status.success());
    assert_eq!(kept(), 1);
}

fn refused_as_unfinished(refused: impl Fn(&[&str]) -> String) {
    for arguments in [
        &["serve"][..],
        &["passwd", "SEC"][..],
        &["demo", "--logins"][..],
    ] {
        let told = refused(arguments);
        assert!(
            told.contains("没有建完") && told.contains("unfinished"),
            "{arguments:?}: {told}"
        );
    }
}

#[tokio::test]
async fn a_demo_company_that_was_broken_off_on_postgres_is_told() {
    let Some(address) = empty_postgres().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let refused = |arguments: &[&str]| {
        let mut command = baton(folder.path(), "127.0.0.1:0", arguments);
        refused(command.env("BATON_DATABASE_URL", &address))
    };
    let mut child = being_made(folder.path(), Some(&address));
    signal(&child, "-TERM");
    assert!(!child.wait().expect("its end").success());
    refused_as_unfinished(refused);
    let told = refused(&["demo", "--if-empty", "--small"]);
    assert!(
        told.contains("database_url") && told.contains("empty data folder"),
        "{told}"
    );
}
