//! Ceremonies: three sign, one refuses, one signs on paper, one too late.

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::hands::{Hand, ask, certificates, document, hand, scan, seat, secret, strokes, view};
use crate::desk::approve;
use crate::harness::{Company, Login, Person, World, hire, person};

story!(
    employee_receiver_and_company_sign_and_the_verifier_agrees,
    a_confirmation_is_signed_with_code_and_hand,
    nobody_signs_for_another,
    a_refusal_ends_it_and_it_can_be_asked_anew,
    paper_is_recorded_by_somebody_else,
    people_are_reminded_and_then_it_is_too_late,
    a_step_that_was_changed_is_noticed,
    who_is_asked_must_be_able_to_sign,
);

/// Somebody in legal, who decides about the seal.
pub(super) async fn legal(world: &World, company: &Company) -> Person {
    let place = (company.entity, company.sales, company.post);
    hire(world, person(place, "E700", "方法务", false), "legal").await
}

/// Employee, receiver and company have signed into the handover list; gives the ceremony.
pub(super) async fn three(world: &World, company: &Company) -> (String, String, [Hand; 2]) {
    certificates(world).await;
    let legal = legal(world, company).await;
    let (departure, document) = document(world, company, "handover_list").await;
    let seats = vec![
        seat("employee", Some(company.zhang.id), "L2", 1),
        seat("receiver", Some(company.li.id), "L2", 2),
        seat("company", None, "L2", 3),
    ];
    let id = ask(world, company, &document, seats).await.id();
    let zhang = hand(world, &company.zhang, "张三", true).await;
    let li = hand(world, &company.li, "李四", true).await;
    zhang.sign(world, &id, true).await.ok();
    li.sign(world, &id, true).await.ok();
    let body = json!({ "reason": "离职交接用印" });
    let asked = world
        .post(&company.hr.login, &format!("/signings/{id}/seal"), body)
        .await;
    assert_eq!(asked.status.as_u16(), 202, "{}", asked.body);
    approve(world, &legal.login, "sign").await;
    // One job performs what was approved, the next one sets the seal.
    world.run_jobs().await;
    world.run_jobs().await;
    (id, departure, [zhang, li])
}

async fn pdf(world: &World, login: &Login, path: &str) -> Vec<u8> {
    let (status, _, bytes) = world.file(Some(login), path, None).await;
    assert_eq!(status, 200, "{path}");
    bytes
}

async fn employee_receiver_and_company_sign_and_the_verifier_agrees(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let (id, departure, [zhang, _]) = three(&world, &company).await;
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["standing"], "complete", "{seen}");
    let steps = seen["steps"].as_array().expect("steps");
    let levels: Vec<&Json> = steps.iter().map(|step| &step["level"]).collect();
    assert_eq!(levels, ["L2", "L2", "L2"]);
    // The signed file lies beside the printed one, which is its beginning, byte for byte.
    let document = seen["document_id"].as_str().expect("a document");
    let printed = pdf(&world, hr, &format!("/documents/{document}/file")).await;
    let signed = pdf(&world, &zhang.login, &format!("/signings/{id}/file")).await;
    assert!(signed.starts_with(&printed) && signed.len() > printed.len());
    assert_eq!(seen["printed"], hex::encode(Sha256::digest(&printed)));
    assert_eq!(seen["digest"], hex::encode(Sha256::digest(&signed)));
    let said = world.get(hr, &format!("/signings/{id}/verdict")).await.ok();
    assert_eq!(said["valid"], true, "{said}");
    let holders: Vec<&Json> = said["signatures"]
        .as_array()
        .expect("signatures")
        .iter()
        .map(|one| &one["holder"])
        .collect();
    assert_eq!(holders, ["张三", "李四", "北辰设备有限公司 电子印章"]);
    assert_eq!(said["signatures"][2]["covers_all"], true);
    // The proof names the bytes before and after, and who had agreed to the seal.
    let sealed = &world.entries("signing.use_seal").await[0];
    assert!(sealed.to_string().contains("离职交接用印"), "{sealed}");
    let entry = &world.entries("signing.seal").await[0];
    // Word for word, so that a stranger can compute what the next step is bound to.
    let step = entry["detail"]["step"].as_str().expect("a step");
    let step: Json = serde_json::from_str(step).expect("JSON");
    assert_eq!(step["leaves"], seen["digest"], "{entry}");
    let receipt = pdf(&world, &zhang.login, &format!("/signings/{id}/receipts/0")).await;
    assert!(receipt.starts_with(b"c2sp.org/tlog-proof@v1"));
    let brief = world
        .get(hr, &format!("/documents?subject=departure/{departure}"))
        .await
        .ok();
    assert_eq!(brief["items"][0]["signing"]["standing"], "complete");
    assert_eq!(brief["items"][0]["signing"]["signed"], 3);
    let report = world.house.spine.audit_rows().await.expect("an audit");
    assert_eq!(report.total, 0, "{report:?}");
}

/// Without codes and without consent nothing is signed; with both the person is ready.
async fn set_up(world: &World, company: &Company, login: Login, id: &str) -> Hand {
    let path = format!("/signings/{id}/sign");
    let digest = view(world, &login, id).await["digest"].clone();
    let bare = json!({ "digest": digest, "code": "123456", "drawn": strokes() });
    let none = world.post(&login, &path, bare.clone()).await;
    assert_eq!(none.problem(409), "signing.no_factor");
    let phone = super::hands::phone(world, &login).await;
    let mut body = bare;
    body["code"] = json!(phone.code(world));
    let early = world.post(&login, &path, body).await;
    assert_eq!(early.problem(409), "signing.no_consent");
    super::hands::agree(world, &login).await;
    Hand {
        id: company.zhang.id,
        login,
        phone,
        name: "张三",
    }
}

async fn a_confirmation_is_signed_with_code_and_hand(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let (_, document) = document(&world, &company, "resignation_notice").await;
    let offer = world
        .get(hr, &format!("/signing-offers?document={document}"))
        .await
        .ok();
    assert_eq!(offer["seats"][0]["person"]["name"], "张三");
    assert_eq!(offer["seats"][1]["level"], "L0");
    let seats = vec![
        seat("employee", Some(company.zhang.id), "L1", 1),
        seat("receiver", Some(company.office.id), "L0", 2),
    ];
    let id = ask(&world, &company, &document, seats.clone()).await.id();
    let twice = ask(&world, &company, &document, seats).await;
    assert_eq!(twice.problem(409), "signing.begun_already");
    let zhang = world.log_in(company.zhang.login.id).await;
    let waits = world.get(&zhang, "/signings/waiting").await.ok();
    assert_eq!(waits[0]["id"], json!(id), "{waits}");
    assert_eq!(
        world
            .get(&company.office.login, "/signings/waiting")
            .await
            .ok(),
        json!([])
    );
    let path = format!("/signings/{id}/sign");
    let zhang = set_up(&world, &company, zhang, &id).await;
    for (change, code) in [
        (json!({ "strokes": [[[1, 1], [2, 2]]] }), "signing.drawn"),
        (json!({ "typed": "张山" }), "signing.typed_name"),
    ] {
        let mut body = zhang.signature(&world, &id, false).await;
        body["drawn"] = change;
        let refused = world.post(&zhang.login, &path, body).await;
        assert_eq!(refused.problem(422), code);
    }
    let mut other = zhang.signature(&world, &id, false).await;
    other["digest"] = json!("11".repeat(32));
    let refused = world.post(&zhang.login, &path, other).await;
    assert_eq!(refused.problem(409), "signing.another_document");
    let mut typed = zhang.signature(&world, &id, false).await;
    typed["drawn"] = json!({ "typed": "张三" });
    let first = world
        .post_as("sign-1", &zhang.login, &path, typed.clone())
        .await
        .ok();
    let again = world
        .post_as("sign-1", &zhang.login, &path, typed.clone())
        .await
        .ok();
    assert_eq!(first["entry"], again["entry"], "given again");
    let late = world.post(&zhang.login, &path, typed).await;
    assert_eq!(late.problem(409), "signing.signed_already");
    let office = hand(&world, &company.office, "白行政", false).await;
    let body = office.signature(&world, &id, false).await;
    world.post(&office.login, &path, body).await.ok();
    let seen = view(&world, &office.login, &id).await;
    assert_eq!(seen["standing"], "complete");
    assert_eq!(seen["steps"][0]["typed"], "张三");
    assert_eq!(
        (&seen["printed"], &seen["inside"]),
        (&seen["digest"], &json!(false))
    );
    let said = world.get(hr, &format!("/signings/{id}/verdict")).await.ok();
    assert_eq!(said["signatures"], json!([]));
}

/// An administrator takes the account over and sets up a phone of his own: the key stays shut.
async fn taken_over(world: &World, company: &Company, zhang: Hand, id: &str) {
    let path = format!("/signings/{id}/sign");
    let security = world.login(None, &["security_admin"]).await;
    let reset = format!("/employees/{}/signing-factor/reset", company.zhang.id);
    world
        .post(&security, &reset, json!({ "reason": "手机遗失" }))
        .await
        .ok();
    let thief = Hand {
        phone: super::hands::phone(world, &zhang.login).await,
        ..zhang
    };
    let mut body = thief.signature(world, id, true).await;
    body["secret"] = json!("管理员猜的签名口令啊");
    let shut = world.post(&thief.login, &path, body).await;
    assert_eq!(shut.problem(422), "signing.wrong_secret");
    // A key of the thief's own in the other's name signs nothing: nobody has vouched for it.
    let retired = json!({ "why": "forgotten" });
    world
        .post(&thief.login, "/signing-account/key/retire", retired)
        .await
        .ok();
    let fresh = json!({ "secret": "管理员猜的签名口令啊", "code": thief.phone.code(world) });
    let fresh = world
        .post(&thief.login, "/signing-account/key", fresh)
        .await
        .id();
    let mut body = thief.signature(world, id, true).await;
    body["secret"] = json!("管理员猜的签名口令啊");
    let unknown = world.post(&thief.login, &path, body).await;
    assert_eq!(unknown.problem(409), "signing.key_unvouched");
    let vouch = format!("/signing-keys/{fresh}/vouch");
    for who in [&thief.login, &security, &company.li.login] {
        let refused = world.post(who, &vouch, json!({})).await;
        assert!(
            [403, 404].contains(&refused.status.as_u16()),
            "{}",
            refused.body
        );
    }
    let seen = view(world, &company.hr.login, id).await;
    assert_eq!(seen["to_vouch"][0]["id"], json!(fresh));
    let mut body = thief.signature(world, id, false).await;
    body["secret"] = Json::Null;
    let weaker = world.post(&thief.login, &path, body).await;
    assert_eq!(weaker.problem(422), "signing.secret");
}

async fn nobody_signs_for_another(world: World) {
    let company = Company::found(&world).await;
    certificates(&world).await;
    let (_, document) = document(&world, &company, "handover_list").await;
    let seats = vec![seat("employee", Some(company.zhang.id), "L2", 1)];
    let id = ask(&world, &company, &document, seats).await.id();
    let zhang = hand(&world, &company.zhang, "张三", true).await;
    let li = hand(&world, &company.li, "李四", true).await;
    let path = format!("/signings/{id}/sign");
    let digest = view(&world, &zhang.login, &id).await["digest"].clone();
    let stranger = world.login(None, &[]).await;
    let security = world.login(None, &["security_admin"]).await;
    let system = world.login(None, &["system_admin"]).await;
    let good = json!({
        "digest": digest, "code": zhang.phone.code(&world), "drawn": strokes(),
        "secret": secret("张三"),
    });
    for who in [&stranger, &security, &system, &company.hr.login, &li.login] {
        let refused = world.post(who, &path, good.clone()).await;
        assert!(
            [403, 404, 409].contains(&refused.status.as_u16()),
            "{}",
            refused.body
        );
        assert_ne!(refused.body["code"], "signing.signed_already");
    }
    for who in [&stranger, &security, &system, &li.login] {
        world
            .get(who, &format!("/signings/{id}"))
            .await
            .problem(404);
        assert_eq!(
            world
                .file(Some(who), &format!("/signings/{id}/file"), None)
                .await
                .0,
            404
        );
    }
    taken_over(&world, &company, zhang, &id).await;
    assert_eq!(
        view(&world, &company.hr.login, &id).await["steps"],
        json!([])
    );
    assert!(world.entries("signing.sign").await.is_empty());
}

async fn a_refusal_ends_it_and_it_can_be_asked_anew(world: World) {
    let company = Company::found(&world).await;
    let hr = &company.hr.login;
    let (_, document) = document(&world, &company, "handover_list").await;
    let seats = || {
        vec![
            seat("employee", Some(company.zhang.id), "L1", 1),
            seat("receiver", Some(company.li.id), "L1", 1),
        ]
    };
    let id = ask(&world, &company, &document, seats()).await.id();
    let path = format!("/signings/{id}/refuse");
    let silent = world
        .post(&company.li.login, &path, json!({ "reason": " " }))
        .await;
    assert_eq!(silent.problem(422), "signing.reason");
    let reason = json!({ "reason": "清单中第 3 户并未当面介绍" });
    let stranger = world.post(&company.wang.login, &path, reason.clone()).await;
    stranger.problem(404);
    world.post(&company.li.login, &path, reason).await.ok();
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["standing"], "refused");
    // It stands on the desk of those who ask, until somebody is asked anew.
    let told = world.get(hr, "/signings/refused").await.ok();
    assert_eq!(
        (&told[0]["id"], &told[0]["by"]["name"], &told[0]["reason"]),
        (
            &json!(id),
            &json!("李四"),
            &json!("清单中第 3 户并未当面介绍")
        )
    );
    for other in [&company.li.login, &company.chief.login] {
        world.get(other, "/signings/refused").await.problem(403);
    }
    assert_eq!(seen["steps"][0]["reason"], "清单中第 3 户并未当面介绍");
    let zhang = hand(&world, &company.zhang, "张三", false).await;
    let late = zhang.sign(&world, &id, false).await;
    assert_eq!(late.problem(409), "signing.over");
    assert_eq!(
        world.get(&zhang.login, "/signings/waiting").await.ok(),
        json!([])
    );
    let again = ask(&world, &company, &document, seats()).await.id();
    assert_eq!(world.get(hr, "/signings/refused").await.ok(), json!([]));
    let why = json!({ "reason": "清单需重新出具" });
    let refused = world
        .post(
            &company.li.login,
            &format!("/signings/{again}/withdraw"),
            why.clone(),
        )
        .await;
    assert!(
        [403, 404].contains(&refused.status.as_u16()),
        "{}",
        refused.body
    );
    world
        .post(hr, &format!("/signings/{again}/withdraw"), why)
        .await
        .ok();
    assert_eq!(view(&world, hr, &again).await["standing"], "withdrawn");
}

async fn paper_is_recorded_by_somebody_else(world: World) {
    let company = Company::found(&world).await;
    let (_, document) = document(&world, &company, "handover_list").await;
    let seats = vec![
        seat("employee", Some(company.zhang.id), "L2", 1),
        seat("witness", Some(company.hr.id), "L1", 2),
    ];
    let id = ask(&world, &company, &document, seats).await.id();
    let path = format!("/signings/{id}/paper");
    let hr = &company.hr.login;
    let paper = |seat: u8, scan: String| {
        json!({
            "seat": seat, "kept_at": "档案室 3 柜 12 号", "scan": scan,
        })
    };
    let html = base64_of(b"<html><script>alert(1)</script>");
    assert_eq!(
        world.post(hr, &path, paper(0, html)).await.problem(422),
        "signing.scan"
    );
    let early = world.post(hr, &path, paper(1, scan())).await;
    assert_eq!(early.problem(409), "signing.not_your_turn");
    world.post(hr, &path, paper(0, scan())).await.ok();
    let himself = world.post(hr, &path, paper(1, scan())).await;
    assert_eq!(himself.problem(422), "signing.recorded_by_signer");
    let other = world.post(&company.li.login, &path, paper(1, scan())).await;
    assert!(
        [403, 404].contains(&other.status.as_u16()),
        "{}",
        other.body
    );
    let seen = view(&world, hr, &id).await;
    assert_eq!(seen["steps"][0]["kept_at"], "档案室 3 柜 12 号");
    assert_eq!(seen["steps"][0]["level"], "paper");
    let (status, headers, bytes) = world
        .file(Some(hr), &format!("/signings/{id}/scans/0"), None)
        .await;
    assert_eq!((status, bytes.starts_with(b"\x89PNG")), (200, true));
    assert!(
        headers.contains("image/png") && headers.contains("nosniff"),
        "{headers}"
    );
    assert_eq!(view(&world, hr, &id).await["standing"], "open");
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

async fn people_are_reminded_and_then_it_is_too_late(world: World) {
    let company = Company::found(&world).await;
    let (_, document) = document(&world, &company, "handover_list").await;
    let seats = vec![seat("employee", Some(company.zhang.id), "L1", 1)];
    let id = ask(&world, &company, &document, seats).await.id();
    world.run_jobs().await;
    assert!(world.entries("signing.remind").await.is_empty());
    let zhang = world.log_in(company.zhang.login.id).await;
    assert_eq!(
        world.get(&zhang, "/signings/waiting").await.ok()[0]["urgent"],
        false
    );
    world.pass_days(6);
    world.run_jobs().await;
    assert!(!world.entries("signing.remind").await.is_empty());
    assert_eq!(
        world.get(&zhang, "/signings/waiting").await.ok()[0]["urgent"],
        true
    );
    world.pass_days(2);
    // Over at once, before any job came by.
    assert_eq!(
        view(&world, &company.hr.login, &id).await["standing"],
        "expired"
    );
    world.run_jobs().await;
    assert_eq!(world.entries("signing.expire").await.len(), 1);
    assert_eq!(world.get(&zhang, "/signings/waiting").await.ok(), json!([]));
    let hand = hand(&world, &company.zhang, "张三", false).await;
    assert_eq!(
        hand.sign(&world, &id, false).await.problem(409),
        "signing.over"
    );
}

async fn a_step_that_was_changed_is_noticed(world: World) {
    let company = Company::found(&world).await;
    let (_, document) = document(&world, &company, "handover_list").await;
    let seats = vec![
        seat("employee", Some(company.zhang.id), "L1", 1),
        seat("receiver", Some(company.li.id), "L1", 2),
    ];
    let id = ask(&world, &company, &document, seats).await.id();
    let zhang = hand(&world, &company.zhang, "张三", false).await;
    zhang.sign(&world, &id, false).await.ok();
    let sqlite = world.house.config.database().starts_with("sqlite");
    let off = if sqlite {
        "DROP TRIGGER signing_step_no_update"
    } else {
        "DROP TRIGGER signing_step_append_only ON signing_step"
    };
    world.raw(off).await.expect("no more triggers");
    world
        .raw("UPDATE signing_step SET body = replace(body, '\"level\":\"L1\"', '\"level\":\"L0\"')")
        .await
        .expect("another step");
    let path = format!("/signings/{id}");
    let broken = world.get(&company.hr.login, &path).await;
    assert_eq!(broken.problem(409), "signing.broken");
    let li = hand(&world, &company.li, "李四", false).await;
    let body = json!({ "digest": "11".repeat(32), "code": "123456", "drawn": strokes() });
    let stopped = world.post(&li.login, &format!("{path}/sign"), body).await;
    assert_eq!(stopped.problem(409), "signing.broken");
}

async fn who_is_asked_must_be_able_to_sign(world: World) {
    let company = Company::found(&world).await;
    let (_, document) = document(&world, &company, "handover_list").await;
    let (zhang, li) = (Some(company.zhang.id), Some(company.li.id));
    for (seats, code) in [
        (vec![], "signing.seats"),
        (vec![seat("employee", li, "L1", 1)], "signing.employee_seat"),
        (
            vec![seat("receiver", zhang, "L1", 1)],
            "signing.employee_seat",
        ),
        (vec![seat("receiver", None, "L1", 1)], "signing.signer"),
        (vec![seat("receiver", li, "paper", 1)], "signing.level"),
        (
            vec![seat("company", None, "L1", 1)],
            "signing.company_level",
        ),
        (vec![seat("company", li, "L2", 1)], "signing.company_level"),
        (vec![seat("customer", li, "L1", 1)], "signing.customer"),
        (
            vec![seat("receiver", li, "L1", 1), seat("witness", li, "L1", 2)],
            "signing.one_person_twice",
        ),
    ] {
        let refused = ask(&world, &company, &document, seats.clone()).await;
        assert_eq!(refused.problem(422), code, "{seats:?}");
    }
    for who in [&company.li.login, &company.chief.login] {
        let body = json!({
            "document_id": document, "seats": [seat("receiver", li, "L1", 1)],
            "deadline": world.today().plus_days(7),
        });
        let refused = world.post(who, "/signings", body).await;
        assert!(
            [403, 404].contains(&refused.status.as_u16()),
            "{}",
            refused.body
        );
    }
    let early = json!({
        "document_id": document, "seats": [seat("employee", zhang, "L1", 1)],
        "deadline": world.today().plus_days(-1),
    });
    let refused = world.post(&company.hr.login, "/signings", early).await;
    assert_eq!(refused.problem(422), "signing.deadline");
    // It is not the company's turn, and it has no seal either.
    let seats = vec![
        seat("employee", zhang, "L1", 1),
        seat("company", None, "L2", 2),
    ];
    let id = ask(&world, &company, &document, seats).await.id();
    let path = format!("/signings/{id}/seal");
    let body = json!({ "reason": "离职用印" });
    let refused = world.post(&company.hr.login, &path, body.clone()).await;
    assert_eq!(refused.problem(409), "signing.not_the_companys_turn");
    let hand = hand(&world, &company.zhang, "张三", false).await;
    hand.sign(&world, &id, false).await.ok();
    let refused = world.post(&company.hr.login, &path, body).await;
    assert_eq!(refused.problem(409), "signing.no_seal");
    assert_eq!(hand.id, company.zhang.id);
}
