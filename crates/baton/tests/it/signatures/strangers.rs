//! What strangers' programs say of a document that three have signed through the program.
//!
//! pyHanko is taken from `BATON_STRANGERS` (see `scripts/strangers`); where a program is absent the
//! test says NOT CHECKED, unless `BATON_STRANGERS_REQUIRED` is set, as `./dev test` does.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;

use super::ceremonies::three;
use crate::harness::{Company, World};
use crate::tsa::{Tsa, tell_the_time};

pub(crate) fn absent(what: &str) {
    assert!(
        std::env::var_os("BATON_STRANGERS_REQUIRED").is_none(),
        "{what} is required"
    );
    eprintln!("NOT CHECKED: {what} is not here");
}

fn run(what: &str, command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(_) => {
            absent(what);
            None
        }
    }
}

/// The two ranges and the message of each signature, as a stranger reads them out of the bytes.
fn signatures(pdf: &[u8]) -> Vec<(Vec<u8>, Vec<u8>)> {
    let text = String::from_utf8_lossy(pdf);
    let ranges = text.split("/ByteRange [").skip(1);
    let numbers = ranges.map(|rest| {
        let inside = rest.split(']').next().expect("a range").trim();
        let each = inside.split_whitespace();
        each.map(|number| number.parse::<usize>().expect("a number"))
            .collect::<Vec<_>>()
    });
    // Losses in decoding would shift offsets in `text`, not those in the file.
    numbers
        .map(|range| {
            let [from, length, after, rest] = range[..] else {
                panic!("four numbers")
            };
            let content = [&pdf[from..from + length], &pdf[after..after + rest]].concat();
            let hex = &pdf[from + length + 1..after - 1];
            let hex = std::str::from_utf8(hex).expect("hex");
            let padded = hex::decode(hex).expect("hex");
            // A DER sequence with a length of two bytes; zeros fill the room.
            let size = 4 + usize::from(padded[2]) * 256 + usize::from(padded[3]);
            (content, padded[..size].to_vec())
        })
        .collect()
}

/// The three signatures; behind them there may be a timestamp over all of it.
fn openssl(folder: &Path, signed: &[u8], stamps: usize) {
    let found = signatures(signed);
    assert_eq!(found.len(), 3 + stamps);
    for (content, message) in found.into_iter().take(3) {
        std::fs::write(folder.join("content"), content).expect("a file");
        std::fs::write(folder.join("message.der"), message).expect("a file");
        let mut command = Command::new("openssl");
        command
            .args([
                "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any",
            ])
            .arg("-in")
            .arg(folder.join("message.der"))
            .arg("-content")
            .arg(folder.join("content"))
            .arg("-CAfile")
            .arg(folder.join("ca.pem"))
            .args(["-no_check_time", "-out", "/dev/null"]);
        if let Some(output) = run("openssl", &mut command) {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{said}");
        }
    }
}

fn pdfsig(folder: &Path, name: &str) -> Option<String> {
    let mut command = Command::new("pdfsig");
    command.arg("-nocert").arg(folder.join(name));
    let output = run("pdfsig", &mut command)?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

pub(crate) fn pyhanko(folder: &Path, second: i64, names: &[&str]) -> Option<Json> {
    let strangers = std::env::var_os("BATON_STRANGERS").filter(|folder| !folder.is_empty());
    let python = strangers.map(|strangers| Path::new(&strangers).join("bin/python3"));
    let Some(python) = python.filter(|python| python.exists()) else {
        absent("pyHanko (see scripts/strangers)");
        return None;
    };
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../signing/tests/strangers/verdict.py"
    );
    let mut command = Command::new(python);
    command
        .arg(script)
        .arg(folder.join("ca.pem"))
        .arg(second.to_string());
    command.args(names.iter().map(|name| folder.join(name)));
    let output = command.output().expect("python runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    Some(serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}{error}")))
}

#[tokio::test]
async fn strangers_accept_what_three_have_signed() {
    let world = World::on_sqlite().await;
    let company = Company::found(&world).await;
    let (id, _, [zhang, _]) = three(&world, &company).await;
    let login = &zhang.login;
    let (_, _, signed) = world
        .file(Some(login), &format!("/signings/{id}/file"), None)
        .await;
    let (_, _, pem) = world
        .file(Some(login), "/signing-authority/certificate", None)
        .await;
    let folder = tempfile::tempdir().expect("a folder");
    let mut flipped = signed.clone();
    flipped[1_000] ^= 1;
    for (name, bytes) in [
        ("ca.pem", &pem),
        ("signed.pdf", &signed),
        ("flipped.pdf", &flipped),
    ] {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    openssl(folder.path(), &signed, 0);
    if let Some(said) = pdfsig(folder.path(), "signed.pdf") {
        assert_eq!(said.matches("Signature is Valid").count(), 3, "{said}");
        assert!(said.contains("Total document signed"), "{said}");
    }
    if let Some(said) = pdfsig(folder.path(), "flipped.pdf") {
        assert_eq!(said.matches("Signature is Valid").count(), 0, "{said}");
    }
    let second = world.house.spine.now().unix_seconds() + 60;
    if let Some(said) = pyhanko(folder.path(), second, &["signed.pdf", "flipped.pdf"]) {
        println!("{said}");
        let (good, bad) = (&said["signed.pdf"], &said["flipped.pdf"]);
        let each = good.as_array().expect("verdicts");
        assert_eq!(each.len(), 3, "{said}");
        assert!(each.iter().all(|one| one["valid"] == true), "{said}");
        let none = bad.as_array().expect("verdicts");
        assert!(none.iter().all(|one| one["valid"] == false), "{said}");
    }
}

/// Three sign in a house that asks this authority: the document, and what the page says of it.
async fn three_stamped(tsa: &Tsa) -> (World, Vec<u8>, Vec<u8>, Json) {
    let world = World::on_sqlite().await;
    tell_the_time(&world);
    let world = world.stamped(tsa, None);
    let company = Company::found(&world).await;
    let (id, _, [zhang, _]) = three(&world, &company).await;
    let login = &zhang.login;
    let path = format!("/signings/{id}/file");
    let (_, _, signed) = world.file(Some(login), &path, None).await;
    let path = "/signing-authority/certificate";
    let (_, _, pem) = world.file(Some(login), path, None).await;
    let path = format!("/signings/{id}/verdict");
    let said = world.get(&company.hr.login, &path).await.ok();
    assert_eq!(said["valid"], true, "{said}");
    (world, signed, pem, said)
}

/// With a timestamp authority each signature bears its word, and the document what it is checked
/// with in later years: certificates, lists, and a timestamp over all of it (PAdES B-LTA).
/// Strangers believe it by what lies in the file alone.
#[tokio::test]
async fn strangers_accept_what_was_made_to_last() {
    let tsa = Tsa::serve(None).await;
    let (world, signed, mut pem, said) = three_stamped(&tsa).await;
    let each = said["signatures"].as_array().expect("signatures");
    let kinds: Vec<&str> = each.iter().filter_map(|one| one["kind"].as_str()).collect();
    let one = "signature";
    assert_eq!(kinds, [one, one, one, "document_timestamp"], "{said}");
    for one in &each[..3] {
        assert_eq!(one["level"], "B-LTA", "{said}");
        assert_eq!(one["stamped_by"], "测试时间戳机构");
        assert!(one["stamped_at"].is_string());
    }
    assert_eq!(each[3]["covers_all"], true, "{said}");
    let folder = tempfile::tempdir().expect("a folder");
    pem.extend(std::fs::read(tsa.root()).expect("a root"));
    for (name, bytes) in [("ca.pem", &pem), ("signed.pdf", &signed)] {
        std::fs::write(folder.path().join(name), bytes).expect("a file");
    }
    openssl(folder.path(), &signed, 1);
    let second = world.house.spine.now().unix_seconds() + 60;
    if let Some(said) = pyhanko(folder.path(), second, &["signed.pdf"]) {
        println!("{said}");
        let each = said["signed.pdf"].as_array().expect("verdicts");
        assert_eq!(each.len(), 4, "{said}");
        assert!(each.iter().all(|one| one["valid"] == true), "{said}");
        for one in &each[..3] {
            assert_eq!(
                (&one["timestamp"], &one["long_term"]),
                (&true.into(), &true.into()),
                "{said}"
            );
        }
    }
}

/// Without a list of the authority's issuer it is B-T, and nothing else is claimed.
#[tokio::test]
async fn what_is_not_at_hand_is_not_claimed() {
    let mut tsa = Tsa::serve(None).await;
    tsa.is_listed = false;
    let (.., said) = three_stamped(&tsa).await;
    for one in &said["signatures"].as_array().expect("signatures")[..3] {
        assert_eq!(one["level"], "B-T", "{said}");
    }
}

/// An authority that does not answer keeps nobody from signing.
#[tokio::test]
async fn without_an_answer_a_signature_is_made_all_the_same() {
    let mut tsa = Tsa::new();
    // Nobody listens there.
    tsa.url = Some("http://127.0.0.1:9/tsa".to_owned());
    let world = World::on_sqlite().await;
    tell_the_time(&world);
    let world = world.stamped(&tsa, None);
    let company = Company::found(&world).await;
    let (id, ..) = three(&world, &company).await;
    let path = format!("/signings/{id}/verdict");
    let said = world.get(&company.hr.login, &path).await.ok();
    assert_eq!(said["valid"], true, "{said}");
    assert_eq!(said["signatures"][0]["level"], "B-B");
    assert_eq!(said["signatures"][0]["stamped_at"], Json::Null);
}
