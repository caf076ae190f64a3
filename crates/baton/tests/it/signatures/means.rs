//! What people sign with: codes that are good once, keys that are theirs alone.

use serde_json::json;

use super::hands::{agree, certificates, hand, phone, secret};
use crate::harness::{Company, World};

story!(
    codes_are_set_up_once_and_their_seed_is_in_no_clear_place,
    wrong_codes_are_counted_and_then_one_waits,
    many_codes_at_once_are_no_more_than_five,
    a_code_is_good_once,
    only_the_security_administrator_switches_codes_off,
    a_key_is_made_with_a_good_secret_and_given_up_by_its_owner,
    the_authority_is_founded_once_by_the_system_administrator,
);

async fn codes_are_set_up_once_and_their_seed_is_in_no_clear_place(world: World) {
    let company = Company::found(&world).await;
    let li = &company.li.login;
    let none = world.get(li, "/signing-account").await.ok();
    assert_eq!(none["factor"], "none");
    let begun = world
        .post(li, "/signing-account/factor", json!({}))
        .await
        .ok();
    let seed = begun["seed"].as_str().expect("a seed").to_owned();
    assert_eq!(
        world.get(li, "/signing-account").await.ok()["factor"],
        "pending"
    );
    // Begun again before it was confirmed: the first seed is worth nothing.
    let _phone = phone(&world, li).await;
    let account = world.get(li, "/signing-account").await.ok();
    assert_eq!(account["factor"], "active");
    let again = world.post(li, "/signing-account/factor", json!({})).await;
    assert_eq!(again.problem(409), "signing.factor_exists");
    for (table, column) in [("signing_factor", "sealed"), ("log_entry", "payload")] {
        assert!(
            !world.holds(table, column, &seed).await,
            "{table} holds the seed"
        );
    }
    let admin = world.login(None, &["security_admin"]).await;
    let other = world
        .post(&admin, "/signing-account/factor", json!({}))
        .await;
    assert_eq!(other.problem(409), "signing.no_person");
    let agreed = world.post(
        li,
        "/signing-account/consent",
        json!({ "digest": "00".repeat(32) }),
    );
    assert_eq!(agreed.await.problem(409), "signing.another_wording");
    agree(&world, li).await;
    assert!(world.get(li, "/signing-account").await.ok()["consented_at"].is_string());
    let entry = &world.entries("signing.consent").await[0];
    assert!(
        entry.to_string().contains("改用纸质签署"),
        "the wording is in the evidence"
    );
}

async fn wrong_codes_are_counted_and_then_one_waits(world: World) {
    let company = Company::found(&world).await;
    certificates(&world).await;
    let li = &company.li.login;
    let phone = phone(&world, li).await;
    let wish = |code: String| json!({ "secret": secret("李四"), "code": code });
    for round in 1..=5 {
        let old = wish(phone.old_code(&world));
        let refused = world.post(li, "/signing-account/key", old).await;
        assert_eq!(refused.problem(422), "signing.wrong_code", "round {round}");
    }
    let right = world
        .post(li, "/signing-account/key", wish(phone.code(&world)))
        .await;
    assert_eq!(right.problem(422), "signing.must_wait");
    world.clock.set(world.house.spine.now().plus_seconds(301));
    let right = world
        .post(li, "/signing-account/key", wish(phone.code(&world)))
        .await;
    right.ok();
    assert_eq!(world.entries("signing.count_wrong_code").await.len(), 5);
    // A right one wipes the slate: another wrong one does not make anybody wait.
    let old = world
        .post(
            li,
            "/signing-account/factor/confirm",
            json!({ "code": "12" }),
        )
        .await;
    assert_eq!(old.problem(422), "signing.wrong_code");
    let failures = world
        .texts(
            "SELECT CAST(failures AS TEXT) AS n FROM signing_failure",
            &["n"],
        )
        .await;
    assert_eq!(failures.concat(), ["1"]);
}

async fn many_codes_at_once_are_no_more_than_five(world: World) {
    let company = Company::found(&world).await;
    certificates(&world).await;
    let li = company.li.login.clone();
    let phone = phone(&world, &li).await;
    let wish = |code: String| json!({ "secret": secret("李四"), "code": code });
    let world = std::sync::Arc::new(world);
    let old = wish(phone.old_code(&world));
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..40 {
        let (world, li, old) = (world.clone(), li.clone(), old.clone());
        tries.spawn(async move {
            let answer = world.post(&li, "/signing-account/key", old).await;
            answer.problem(422)
        });
    }
    let told = tries.join_all().await;
    let wrong = told.iter().filter(|code| *code == "signing.wrong_code");
    assert_eq!(wrong.count(), 5, "{told:?}");
    assert_eq!(world.entries("signing.count_wrong_code").await.len(), 5);
    let right = wish(phone.code(&world));
    let right = world.post(&li, "/signing-account/key", right).await;
    assert_eq!(right.problem(422), "signing.must_wait");
}

async fn a_code_is_good_once(world: World) {
    let company = Company::found(&world).await;
    certificates(&world).await;
    let li = &company.li.login;
    let phone = phone(&world, li).await;
    let code = phone.code(&world);
    let body = json!({ "secret": secret("李四"), "code": code });
    let made = world
        .post_as("key-1", li, "/signing-account/key", body.clone())
        .await
        .ok();
    // The same request again is the same answer, although its code is used up.
    let again = world
        .post_as("key-1", li, "/signing-account/key", body.clone())
        .await
        .ok();
    assert_eq!(made["id"], again["id"]);
    let retire = json!({ "why": "forgotten" });
    world
        .post(li, "/signing-account/key/retire", retire)
        .await
        .ok();
    let reused = world.post(li, "/signing-account/key", body).await;
    assert_eq!(reused.problem(422), "signing.code_used");
}

async fn only_the_security_administrator_switches_codes_off(world: World) {
    let company = Company::found(&world).await;
    let li = &company.li;
    phone(&world, &li.login).await;
    let path = format!("/employees/{}/signing-factor/reset", li.id);
    let body = json!({ "reason": "手机遗失" });
    for who in [&company.hr.login, &company.it.login, &li.login] {
        let refused = world.post(who, &path, body.clone()).await;
        assert!(
            [403, 404].contains(&refused.status.as_u16()),
            "{}",
            refused.body
        );
    }
    let admin = world.login(None, &["security_admin"]).await;
    world.post(&admin, &path, body.clone()).await.ok();
    assert_eq!(
        world.get(&li.login, "/signing-account").await.ok()["factor"],
        "none"
    );
    let again = world.post(&admin, &path, body).await;
    assert_eq!(again.problem(409), "signing.no_factor");
    let entry = &world.entries("signing.reset_factor").await[0];
    assert!(entry.to_string().contains("手机遗失"), "{entry}");
}

async fn a_key_is_made_with_a_good_secret_and_given_up_by_its_owner(world: World) {
    let company = Company::found(&world).await;
    let li = &company.li.login;
    let phone = phone(&world, li).await;
    let wish = |secret: &str| json!({ "secret": secret, "code": phone.code(&world) });
    let early = world
        .post(li, "/signing-account/key", wish("四月的雨落在旧屋檐上"))
        .await;
    assert_eq!(early.problem(409), "signing.no_authority");
    certificates(&world).await;
    let short = world
        .post(li, "/signing-account/key", wish("四月的雨"))
        .await;
    assert_eq!(short.problem(422), "signing.secret_too_short");
    world
        .post(li, "/signing-account/key", wish("四月的雨落在旧屋檐上"))
        .await
        .ok();
    let account = world.get(li, "/signing-account").await.ok();
    assert_eq!(
        account["key"]["fingerprint"]
            .as_str()
            .expect("a print")
            .len(),
        64
    );
    let twice = world
        .post(li, "/signing-account/key", wish("四月的雨落在旧屋檐上"))
        .await;
    assert_eq!(twice.problem(409), "signing.key_exists");
    for (table, column) in [("signing_key", "sealed"), ("log_entry", "payload")] {
        assert!(
            !world.holds(table, column, "四月的雨").await,
            "{table} holds the secret"
        );
    }
    let why = world
        .post(li, "/signing-account/key/retire", json!({ "why": "bored" }))
        .await;
    assert_eq!(why.problem(422), "request.unknown_word");
    world
        .post(
            li,
            "/signing-account/key/retire",
            json!({ "why": "leaked" }),
        )
        .await
        .ok();
    assert!(world.get(li, "/signing-account").await.ok()["key"].is_null());
}

async fn the_authority_is_founded_once_by_the_system_administrator(world: World) {
    let company = Company::found(&world).await;
    let admin = world.login(None, &["system_admin"]).await;
    for who in [&company.hr.login, &company.it.login, &company.li.login] {
        let refused = world.post(who, "/signing-authority", json!({})).await;
        assert!(
            [403, 404].contains(&refused.status.as_u16()),
            "{}",
            refused.body
        );
    }
    let pem = world
        .file(
            Some(&company.li.login),
            "/signing-authority/certificate",
            None,
        )
        .await;
    assert_eq!(pem.0, 404);
    let seal = json!({ "entity_id": company.entity });
    let early = world.post(&admin, "/signing-seals", seal.clone()).await;
    assert_eq!(early.problem(409), "signing.no_authority");
    world
        .post(&admin, "/signing-authority", json!({}))
        .await
        .ok();
    let twice = world.post(&admin, "/signing-authority", json!({})).await;
    assert_eq!(twice.problem(409), "signing.authority_exists");
    world
        .post(&admin, "/signing-seals", seal.clone())
        .await
        .ok();
    let twice = world.post(&admin, "/signing-seals", seal).await;
    assert_eq!(twice.problem(409), "signing.seal_exists");
    let shown = world.get(&admin, "/signing-authority").await.ok();
    assert_eq!(shown["seals"][0]["entity"], "北辰设备有限公司");
    assert!(shown["seals"][0]["fingerprint"].is_string());
    let (status, _, pem) = world
        .file(
            Some(&company.li.login),
            "/signing-authority/certificate",
            None,
        )
        .await;
    assert!(status == 200 && pem.starts_with(b"-----BEGIN CERTIFICATE-----"));
    // Somebody exchanges the file outside the database: nothing is sealed with the wrong key.
    let li = hand(&world, &company.li, "李四", true).await;
    assert!(world.get(&li.login, "/signing-account").await.ok()["key"].is_object());
}
