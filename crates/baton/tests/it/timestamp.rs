//! Trusted timestamps: over the log, over bundles, and carried by hand.

use std::path::Path;
use std::process::Command;

use baton::evidence::jobs::enqueue_if_due;
use kernel::EmployeeId;
use serde_json::{Value as Json, json};
use spine::By;

use crate::departure::resign;
use crate::harness::{Company, Login, World};
use crate::tsa::{Tsa, tell_the_time};

story!(
    a_job_has_the_log_stamped_and_a_stranger_believes_it,
    question_and_answer_are_carried_by_hand,
    an_authority_that_fails_is_told_and_then_it_is_late,
    behind_tls_it_is_asked_when_its_certificate_is_believed_and_not_otherwise,
    only_who_looks_after_the_log_has_it_stamped,
    a_bundle_goes_out_signed_and_stamped,
    a_stamp_over_another_past_is_found_by_the_audit,
);

async fn clock(world: &World, login: &Login) -> Json {
    world.get(login, "/evidence-log").await.ok()["clock"].clone()
}

async fn auditor(world: &World) -> Login {
    world.login(None::<EmployeeId>, &["auditor"]).await
}

async fn sign(world: &World) -> u64 {
    world.house.signing.sign_if_grown().await.expect("signed");
    let newest = world.house.spine.newest_checkpoint().await.expect("read");
    newest.expect("a checkpoint").size
}

async fn a_job_has_the_log_stamped_and_a_stranger_believes_it(world: World) {
    tell_the_time(&world);
    let tsa = Tsa::serve(Some("Basic YmF0b246czNjcmV0")).await;
    let world = world.stamped(&tsa, Some(("baton", "s3cret")));
    let auditor = auditor(&world).await;
    let size = sign(&world).await;
    enqueue_if_due(&world.house).await.expect("a job");
    // While one waits, another is not added.
    enqueue_if_due(&world.house).await.expect("a job");
    tell_the_time(&world);
    world.run_jobs().await;
    let seen = clock(&world, &auditor).await;
    let stamps = seen["stamps"].as_array().expect("stamps");
    assert_eq!(stamps.len(), 1, "{seen}");
    assert_eq!(stamps[0]["size"], size);
    assert_eq!(stamps[0]["authority"], "测试时间戳机构");
    assert_eq!(
        (&seen["late"], &seen["trouble_zh"]),
        (&json!(false), &Json::Null)
    );
    let path = format!("/evidence-log/timestamps/{size}");
    let (_, _, answer) = world
        .file(Some(&auditor), &format!("{path}/answer"), None)
        .await;
    let (_, _, note) = world
        .file(Some(&auditor), &format!("{path}/checkpoint"), None)
        .await;
    assert!(tsa.openssl_accepts(&note, &answer));
    assert!(!tsa.openssl_accepts(b"another checkpoint", &answer));
    // A log that did not grow wants no other stamp; one that grew does, after an hour.
    let again = sign(&world).await;
    enqueue_if_due(&world.house).await.expect("no job");
    assert!(again >= size);
    assert_eq!(stamp_jobs(&world).await, 1);
    Company::found(&world).await;
    sign(&world).await;
    enqueue_if_due(&world.house).await.expect("no job");
    assert_eq!(stamp_jobs(&world).await, 1, "within the hour");
    world.clock.set(world.house.spine.now().plus_seconds(3_660));
    enqueue_if_due(&world.house).await.expect("a job");
    assert_eq!(stamp_jobs(&world).await, 2);
}

async fn stamp_jobs(world: &World) -> usize {
    let all = "SELECT id FROM job WHERE kind = 'evidence.stamp'";
    world.texts(all, &["id"]).await.len()
}

async fn question_and_answer_are_carried_by_hand(world: World) {
    tell_the_time(&world);
    let tsa = Tsa::new();
    let world = world.stamped(&tsa, None);
    let auditor = auditor(&world).await;
    let asked = world
        .post(&auditor, "/evidence-log/timestamps", json!({}))
        .await;
    assert_eq!(asked.problem(409), "timestamp.nobody");
    let ask = || async {
        let path = "/evidence-log/timestamp-question";
        let (status, headers, bytes) = world.file(Some(&auditor), path, Some(json!({}))).await;
        assert_eq!(status, 200);
        assert!(headers.contains("application/timestamp-query"), "{headers}");
        bytes
    };
    let question = ask().await;
    let path = "/evidence-log/timestamp-answer";
    // Somebody else's answer to our question, and our authority's to somebody else's.
    let stranger = Tsa::new().answers(&question);
    tell_the_time(&world);
    let refused = world.send_bytes(&auditor, path, stranger).await;
    assert_eq!(refused.problem(409), "timestamp.unknown");
    let other = signing::timestamp::query(b"another checkpoint", [1; 8]);
    let refused = world.send_bytes(&auditor, path, tsa.answers(&other)).await;
    assert_eq!(refused.problem(422), "timestamp.no_question");
    let refused = world
        .send_bytes(&auditor, path, b"no answer".to_vec())
        .await;
    assert_eq!(refused.problem(422), "signing.malformed");
    assert_eq!(clock(&world, &auditor).await["stamps"], json!([]));
    // The right one, after another question was asked.
    ask().await;
    let answer = tsa.answers(&question);
    tell_the_time(&world);
    let seen = world.send_bytes(&auditor, path, answer).await.ok();
    assert_eq!(seen["clock"]["stamps"][0]["by_hand"], true, "{seen}");
    let none = world.post(&auditor, "/evidence-log/timestamp-question", json!({}));
    let grown = none.await.status.as_u16();
    assert!([200, 409].contains(&grown), "{grown}");
}

async fn an_authority_that_fails_is_told_and_then_it_is_late(world: World) {
    tell_the_time(&world);
    let tsa = Tsa::serve(Some("Basic YmF0b246czNjcmV0")).await;
    // Another password than the authority's.
    let world = world.stamped(&tsa, Some(("baton", "wrong")));
    let auditor = auditor(&world).await;
    let asked = world
        .post(&auditor, "/evidence-log/timestamps", json!({}))
        .await;
    assert_eq!(asked.problem(409), "timestamp.unreachable");
    let seen = clock(&world, &auditor).await;
    let trouble = seen["trouble_zh"].as_str().expect("words");
    assert!(trouble.contains("401"), "{trouble}");
    assert_eq!(seen["late"], false);
    // It is left alone for a while, and the job does not fail for it.
    enqueue_if_due(&world.house).await.expect("no job");
    assert_eq!(stamp_jobs(&world).await, 0);
    world.clock.set(world.house.spine.now().plus_seconds(300));
    enqueue_if_due(&world.house).await.expect("a job");
    world.run_jobs().await;
    assert_eq!(stamp_jobs(&world).await, 1);
    let follow = || async { baton::alert::follow(&world.house).await.expect("alerts") };
    assert_eq!(follow().await, 0);
    world
        .clock
        .set(world.house.spine.now().plus_seconds(3 * 3_600));
    assert_eq!(clock(&world, &auditor).await["late"], true);
    assert_eq!(follow().await, 1);
    assert_eq!(follow().await, 0, "the same silence is no other alert");
    let guard = world.login(None, &["security_admin"]).await;
    let seen = world.get(&guard, "/alerts?kind=anchor_late").await.ok();
    assert_eq!(seen["items"][0]["severity"]["key"], "high", "{seen}");
    world
        .clock
        .set(world.house.spine.now().plus_seconds(86_400));
    assert_eq!(follow().await, 1, "a day later it is told again");
}

async fn behind_tls_it_is_asked_when_its_certificate_is_believed_and_not_otherwise(world: World) {
    tell_the_time(&world);
    let mut tsa = Tsa::serve_secure(Some("Basic YmF0b246czNjcmV0")).await;
    let (own, url) = (tsa.roots.clone(), tsa.url.clone().expect("an address"));
    let path = "/evidence-log/timestamps";
    let login = Some(("baton", "s3cret"));
    let auditor = auditor(&world).await;
    sign(&world).await;
    // Another root than that of the door; then the right root, but a name it does not speak of.
    let other = Tsa::new();
    tsa.roots = Some(other.root());
    let world = world.stamped(&tsa, login);
    let asked = world.post(&auditor, path, json!({})).await;
    assert_eq!(asked.problem(409), "timestamp.unreachable");
    let told = clock(&world, &auditor).await["trouble_zh"].to_string();
    assert!(
        told.contains("TLS") && told.contains("certificate"),
        "{told}"
    );
    tsa.roots.clone_from(&own);
    tsa.url = Some(url.replace("127.0.0.1", "localhost"));
    let world = world.stamped(&tsa, login);
    let asked = world.post(&auditor, path, json!({})).await;
    assert_eq!(asked.problem(409), "timestamp.unreachable");
    // Plain HTTP gets nothing out of a door that speaks TLS.
    tsa.url = Some(url.replace("https", "http"));
    let world = world.stamped(&tsa, login);
    let asked = world.post(&auditor, path, json!({})).await;
    assert_eq!(asked.problem(409), "timestamp.unreachable");
    tsa.url = Some(url);
    let world = world.stamped(&tsa, login);
    let state = world.post(&auditor, path, json!({})).await.ok();
    assert_eq!(
        state["clock"]["stamps"].as_array().expect("stamps").len(),
        1,
        "{state}"
    );
}

async fn only_who_looks_after_the_log_has_it_stamped(world: World) {
    tell_the_time(&world);
    let tsa = Tsa::new();
    let world = world.stamped(&tsa, None);
    let company = Company::found(&world).await;
    for who in [&company.zhang, &company.hr, &company.it] {
        for path in [
            "/evidence-log/timestamps",
            "/evidence-log/timestamp-question",
        ] {
            let answer = world.post(&who.login, path, json!({})).await;
            assert_eq!(answer.status.as_u16(), 403, "{path}");
        }
        let path = "/evidence-log/timestamp-answer";
        let answer = world.send_bytes(&who.login, path, vec![1]).await;
        assert_eq!(answer.status.as_u16(), 403);
    }
}

/// The bundle of a departure whose company has certificates and whose log is stamped.
async fn a_bundle_goes_out_signed_and_stamped(world: World) {
    tell_the_time(&world);
    let tsa = Tsa::serve(None).await;
    let world = world.stamped(&tsa, None);
    let company = Company::found(&world).await;
    let by = By::system("test");
    let founded = baton::signing::found_authority(&world.house, &by).await;
    founded.expect("an authority");
    let departure = resign(&world, &company.zhang.login).await;
    world.run_jobs().await;
    let auditor = auditor(&world).await;
    tell_the_time(&world);
    let asked = world
        .post(&auditor, "/evidence-log/timestamps", json!({}))
        .await;
    asked.ok();
    let hr = &company.hr.login;
    let path = format!("/departures/{departure}/bundle-preview");
    let preview = world.get(hr, &path).await.ok();
    assert_eq!(
        (&preview["signed"], &preview["stamped"]),
        (&json!(true), &json!(true))
    );
    let body = json!({ "recipient": "仲裁委", "reason": "举证", "up_to": preview["up_to"] });
    tell_the_time(&world);
    let path = format!("/departures/{departure}/bundles");
    let id = world.post(hr, &path, body).await.id();
    let listed = world.get(hr, &path).await.ok();
    assert_eq!(
        (&listed[0]["signed"], &listed[0]["stamped"]),
        (&json!(true), &json!(true))
    );
    let file = format!("/bundles/{id}/file");
    let (_, _, bytes) = world.file(Some(hr), &file, None).await;
    let (_, _, ca) = world
        .file(Some(hr), "/signing-authority/certificate", None)
        .await;
    let room = tempfile::tempdir().expect("a folder");
    let put = |name: &str, bytes: &[u8]| {
        std::fs::write(room.path().join(name), bytes).expect("written");
    };
    put("b.zip", &bytes);
    put("ca.pem", &ca);
    let key = world.house.signing.key().public_text();
    put("policy.txt", format!("log {key}\nquorum none\n").as_bytes());
    std::fs::copy(tsa.root(), room.path().join("tsa.pem")).expect("copied");
    let said = judged(&world, room.path(), "b.zip");
    for doubt in ["signature.", "timestamp."] {
        assert!(!said.contains(doubt), "{said}");
    }
    openssl_and_sha256sum_accept(room.path());
    // One bit of the company's signature, and of the authority's token.
    for name in ["manifest-sha256.txt.p7s", "manifest-sha256.txt.tsr"] {
        let path = room.path().join("x").join(top(room.path())).join(name);
        let good = std::fs::read(&path).expect("read");
        let mut bad = good.clone();
        // Within the signature itself, which ends the file or stands before what is not signed.
        let at = bad.len() - 8;
        bad[at] ^= 1;
        std::fs::write(&path, &bad).expect("written");
        let tags = "cd x/* && f=$(ls | grep -v -e data -e tagmanifest) && sha256sum $f \
                    > tagmanifest-sha256.txt";
        shell(room.path(), tags);
        let said = judged(&world, room.path(), &format!("x/{}", top(room.path())));
        assert!(said.contains(".bad"), "{name}: {said}");
        std::fs::write(&path, &good).expect("written");
    }
}

fn shell(folder: &Path, commands: &str) {
    let output = Command::new("bash")
        .args(["-ec", commands])
        .current_dir(folder)
        .output()
        .expect("a shell");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{commands}\n{said}");
}

fn top(room: &Path) -> String {
    let mut inside = std::fs::read_dir(room.join("x")).expect("unpacked");
    let first = inside.next().expect("a folder").expect("a folder");
    first.file_name().to_string_lossy().into_owned()
}

/// What both verifiers say, with certificates from outside; they must agree.
fn judged(world: &World, room: &Path, file: &str) -> String {
    let at = |name: &str| Some(room.join(name));
    let seconds = world.house.spine.now().unix_seconds();
    let wanted = verifier::Wanted {
        file: room.join(file),
        policy: at("policy.txt"),
        ca: at("ca.pem"),
        tsa: at("tsa.pem"),
        ..verifier::Wanted::default()
    };
    let said = verifier::verify(&wanted, u64::try_from(seconds).expect("a time"));
    let said = said.expect("something was checked");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../bundle/verifier/baton-verify.py");
    let second = Command::new("python3")
        .arg("-B")
        .arg(script)
        .args([
            "--policy",
            "policy.txt",
            "--ca",
            "ca.pem",
            "--tsa",
            "tsa.pem",
        ])
        .args(["--now", &seconds.to_string(), file])
        .current_dir(room)
        .output()
        .expect("python3 runs");
    let text = String::from_utf8_lossy(&second.stdout).into_owned();
    let code = i32::from(said.verdict.exit_code());
    assert_eq!(second.status.code(), Some(code), "{}\n{text}", said.text);
    said.text
}

fn openssl_and_sha256sum_accept(room: &Path) {
    shell(room, "mkdir x && cd x && python3 -m zipfile -e ../b.zip .");
    shell(
        room,
        "cd x/* && sha256sum --quiet -c manifest-sha256.txt \
         && openssl cms -verify -binary -inform DER -in manifest-sha256.txt.p7s \
              -content manifest-sha256.txt -CAfile ../../ca.pem -purpose any -no_check_time \
              -out /dev/null \
         && openssl ts -verify -data manifest-sha256.txt -in manifest-sha256.txt.tsr \
              -CAfile ../../tsa.pem -untrusted data/keys/tsa-chain.pem \
         && for t in data/timestamps/*.tsr; do n=$(basename $t .tsr); \
              openssl ts -verify -data data/checkpoints/$n.txt -in $t -CAfile ../../tsa.pem; done",
    );
}

/// What was stamped is compared with the log, as checkpoints are.
async fn a_stamp_over_another_past_is_found_by_the_audit(world: World) {
    tell_the_time(&world);
    let size = sign(&world).await;
    let report = world.house.audit().await.expect("an audit");
    assert_ne!(report.verdict.code(), "INVALID");
    let newest = world.house.spine.newest_checkpoint().await.expect("read");
    let note = newest.expect("a checkpoint").note;
    let root = note.lines().nth(2).expect("a root").to_owned();
    let other = ::evidence::hash::Hash::from_slice(&[7; 32]).expect("a hash");
    let note = note.replace(&root, &other.to_string());
    let stamp = spine::StampedCheckpoint {
        size,
        note,
        answer: vec![1],
        at: world.house.spine.now(),
        authority: "测试时间戳机构".to_owned(),
        fingerprint: "00".to_owned(),
        serial: "01".to_owned(),
        by_hand: false,
    };
    world.house.spine.keep_stamp(&stamp).await.expect("kept");
    let report = world.house.audit().await.expect("an audit");
    assert_eq!(report.verdict.code(), "INVALID");
}
