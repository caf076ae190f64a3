//! People who sign: their phones, their secrets, and documents to sign.

use std::cell::Cell;

use base64::Engine as _;
use kernel::EmployeeId;
use serde_json::{Value as Json, json};
use spine::By;
use totp_rs::{Builder, Secret};

use crate::departure::resign;
use crate::harness::{Answer, Company, Login, Person, World};

/// A phone with somebody's seed in it.
pub(super) struct Phone {
    seed: Secret,
    last: Cell<u64>,
}

impl Phone {
    fn at(&self, second: u64) -> String {
        let codes = Builder::new().with_secret(self.seed.clone()).build();
        codes.expect("codes").generate(second).to_string()
    }

    /// The code the phone shows next; waits for a fresh one where the last was used.
    pub(super) fn code(&self, world: &World) -> String {
        let now = || u64::try_from(world.house.spine.now().unix_seconds()).expect("after 1970");
        if now() / 30 <= self.last.get() {
            let later = world.house.spine.now().plus_seconds(30);
            world.clock.set(later);
        }
        self.last.set(now() / 30);
        self.at(now())
    }

    /// The code of half an hour ago.
    pub(super) fn old_code(&self, world: &World) -> String {
        let now = u64::try_from(world.house.spine.now().unix_seconds()).expect("after 1970");
        self.at(now - 1_800)
    }
}

/// Sets one-time codes up.
pub(super) async fn phone(world: &World, login: &Login) -> Phone {
    let begun = world
        .post(login, "/signing-account/factor", json!({}))
        .await
        .ok();
    let seed = begun["seed"].as_str().expect("a seed");
    let phone = Phone {
        seed: Secret::try_from_base32(seed).expect("base 32"),
        last: Cell::new(0),
    };
    assert!(
        begun["address"]
            .as_str()
            .expect("an address")
            .starts_with("otpauth://totp/")
    );
    let code = json!({ "code": phone.code(world) });
    world
        .post(login, "/signing-account/factor/confirm", code)
        .await
        .ok();
    phone
}

/// Agrees to sign electronically.
pub(super) async fn agree(world: &World, login: &Login) {
    let account = world.get(login, "/signing-account").await.ok();
    let body = json!({ "digest": account["consent_digest"] });
    world
        .post(login, "/signing-account/consent", body)
        .await
        .ok();
}

/// A person who has everything to sign with.
pub(super) struct Hand {
    pub(super) id: EmployeeId,
    pub(super) login: Login,
    pub(super) phone: Phone,
    pub(super) name: &'static str,
}

/// The signing secret of a person.
pub(super) fn secret(name: &str) -> String {
    format!("{name}的签名口令-四月的雨")
}

/// Codes and consent; with `key` a signing key too.
pub(super) async fn hand(world: &World, person: &Person, name: &'static str, key: bool) -> Hand {
    let login = world.log_in(person.login.id).await;
    let phone = phone(world, &login).await;
    agree(world, &login).await;
    if key {
        let body = json!({ "secret": secret(name), "code": phone.code(world) });
        let key = world.post(&login, "/signing-account/key", body).await.id();
        vouch(world, &key).await;
    }
    Hand {
        id: person.id,
        login,
        phone,
        name,
    }
}

/// HR has met the person: some HR that nobody else needs.
async fn vouch(world: &World, key: &str) {
    let rows = world
        .texts(
            "SELECT l.id AS n FROM session_login l JOIN session_role r ON r.login_id = l.id \
             WHERE r.role = 'hr' AND l.employee_id IS NOT NULL",
            &["n"],
        )
        .await;
    let hr = rows
        .concat()
        .first()
        .expect("somebody in HR")
        .parse()
        .expect("an id");
    let hr = world.log_in(hr).await;
    world
        .post(&hr, &format!("/signing-keys/{key}/vouch"), json!({}))
        .await
        .ok();
}

/// The company gets its authority and its seals.
pub(super) async fn certificates(world: &World) {
    let by = By::system("test");
    baton::signing::found_authority(&world.house, &by)
        .await
        .expect("an authority");
    baton::signing::make_seals(&world.house, &by)
        .await
        .expect("seals");
}

/// 张三 has resigned, and HR has issued a document about it; gives its id.
pub(super) async fn document(world: &World, company: &Company, kind: &str) -> (String, String) {
    let departure = resign(world, &company.zhang.login).await;
    let body = json!({ "kind": kind, "departure_id": departure });
    let document = world.post(&company.hr.login, "/documents", body).await.id();
    (departure, document)
}

/// A seat as it is asked for.
pub(super) fn seat(role: &str, who: Option<EmployeeId>, level: &str, turn: u8) -> Json {
    json!({ "role": role, "employee_id": who, "level": level, "turn": turn })
}

/// HR asks for signatures within a week; gives the ceremony.
pub(super) async fn ask(
    world: &World,
    company: &Company,
    document: &str,
    seats: Vec<Json>,
) -> Answer {
    let body = json!({
        "document_id": document, "seats": seats, "deadline": world.today().plus_days(7),
    });
    world.post(&company.hr.login, "/signings", body).await
}

/// How it stands, as HR sees it.
pub(super) async fn view(world: &World, login: &Login, id: &str) -> Json {
    world.get(login, &format!("/signings/{id}")).await.ok()
}

/// A hand that moves.
pub(super) fn strokes() -> Json {
    let line: Vec<[u16; 2]> = (0..20)
        .map(|i| [1_000 + i * 300, 3_000 + (i % 5) * 700])
        .collect();
    json!({ "strokes": [line, [[8_000, 2_000], [8_200, 7_500]]] })
}

impl Hand {
    /// What it signs with, over the document as it is now.
    pub(super) async fn signature(&self, world: &World, id: &str, into: bool) -> Json {
        let digest = view(world, &self.login, id).await["digest"].clone();
        let mut body = json!({
            "digest": digest, "code": self.phone.code(world), "drawn": strokes(),
        });
        if into {
            body["secret"] = json!(secret(self.name));
        }
        body
    }

    /// Signs.
    pub(super) async fn sign(&self, world: &World, id: &str, into: bool) -> Answer {
        let body = self.signature(world, id, into).await;
        world
            .post(&self.login, &format!("/signings/{id}/sign"), body)
            .await
    }
}

/// The smallest scan there is: it begins like a PNG.
pub(super) fn scan() -> String {
    let bytes = [&[0x89][..], b"PNG\r\n\x1a\n a scan"].concat();
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
