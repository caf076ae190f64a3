//! A made-up company with its authority, three signers and a timestamp service. All of it comes
//! from seeds: equal runs give equal bytes.

use std::sync::LazyLock;

use kernel::Moment;
use signing::authority::{Authority, Profile, Subject, Validity, request};
use signing::certificate::Certificate;
use signing::sign::{Wish, prepare};
use signing::signer::Signer;
use signing::software_key::{SoftwareKey, SoftwareSigner};
use signing::stamping;
use signing::timestamp::{Answer, Trust};
use signing::validation::ValidationData;
use zeroize::Zeroizing;

pub const TYPST: &[u8] = include_bytes!("../fixtures/typst.pdf");
pub const PACKED: &[u8] = include_bytes!("../fixtures/packed.pdf");
pub const FONT: &[u8] = include_bytes!("../fixtures/subset.ttf");
/// 2026-11-26 08:00 UTC.
pub const NOW: Moment = Moment(1_795_680_000_000);
pub const NONCE: [u8; 8] = [0x80, 1, 2, 3, 4, 5, 6, 7];

pub struct Company {
    pub authority: Authority,
    pub employee: SoftwareSigner,
    pub manager: SoftwareSigner,
    pub seal: SoftwareSigner,
    pub clock: SoftwareSigner,
}

pub fn key(seed: u8) -> SoftwareKey {
    SoftwareKey::generate(&Zeroizing::new([seed; 32])).unwrap()
}

pub fn subject(name: &str) -> Subject {
    Subject {
        common_name: name.to_owned(),
        organization: "江南精工股份有限公司".to_owned(),
    }
}

pub fn years(from: i64, until: i64) -> Validity {
    const YEAR: i64 = 365 * 24 * 3600;
    Validity {
        from: NOW.plus_seconds(from * YEAR),
        until: NOW.plus_seconds(until * YEAR),
    }
}

pub fn issue(
    authority: &Authority,
    key: &SoftwareKey,
    name: &str,
    profile: Profile,
) -> Certificate {
    let request = request(key, &subject(name), [7; 32]).unwrap();
    let mut serial = [9; 16];
    serial[..8].copy_from_slice(&key.public().unwrap()[40..48]);
    authority
        .issue(&request, profile, years(-1, 20), serial, [8; 32])
        .unwrap()
}

pub fn signer(
    authority: &Authority,
    key: SoftwareKey,
    name: &str,
    profile: Profile,
) -> SoftwareSigner {
    let certificate = issue(authority, &key, name, profile);
    let chain = vec![certificate, authority.certificate().clone()];
    SoftwareSigner::new(key, chain).unwrap()
}

pub fn authority(seed: u8, name: &str) -> Authority {
    Authority::create(
        key(seed),
        &subject(name),
        years(-5, 40),
        [seed; 16],
        [0; 32],
    )
    .unwrap()
}

/// An RSA key, made once with OpenSSL for these tests and used nowhere else.
pub fn rsa_key() -> SoftwareKey {
    SoftwareKey::from_pkcs8(include_bytes!("../fixtures/rsa.pk8")).unwrap()
}

/// The company, made once.
pub fn company() -> &'static Company {
    static COMPANY: LazyLock<Company> = LazyLock::new(found);
    &COMPANY
}

fn found() -> Company {
    let authority = authority(1, "江南精工内部证书机构");
    Company {
        employee: signer(&authority, key(2), "张伟", Profile::Signer),
        manager: signer(&authority, rsa_key(), "李娜", Profile::Signer),
        seal: signer(&authority, key(4), "江南精工公章", Profile::Signer),
        clock: signer(&authority, key(5), "时间戳服务", Profile::Timestamps),
        authority,
    }
}

impl Company {
    pub fn trust(&self) -> Trust {
        Trust {
            anchors: vec![self.authority.certificate().clone()],
            timestamp_anchors: vec![self.authority.certificate().clone()],
            now: NOW.plus_seconds(3600),
        }
    }

    pub fn stamp(&self, query: &[u8], at: Moment) -> Vec<u8> {
        stamping::answer(query, &self.clock, at, [3; 16], [4; 32]).unwrap()
    }

    /// Everything needed to check the company's signatures later.
    pub fn data(&self) -> ValidationData {
        let signers = [&self.employee, &self.manager, &self.seal, &self.clock];
        let mut certificates: Vec<Vec<u8>> = signers
            .iter()
            .map(|one| one.chain()[0].der().to_vec())
            .collect();
        certificates.push(self.authority.certificate().der().to_vec());
        let list = self
            .authority
            .revocation_list(&[], 1, years(-1, 19), [0; 32]);
        ValidationData {
            certificates,
            lists: vec![list.unwrap()],
            answers: Vec::new(),
        }
    }
}

pub fn wish<'a>(signer: &'a dyn Signer, name: &str) -> Wish<'a> {
    Wish {
        chain: signer.chain(),
        name: name.to_owned(),
        reason: "确认交接清单（一）".to_owned(),
        place: "上海".to_owned(),
        at: NOW,
        timestamp: true,
        appearance: None,
    }
}

/// Signs, B-B.
pub fn sign_plain(pdf: &[u8], signer: &dyn Signer, name: &str) -> Vec<u8> {
    let prepared = prepare(pdf, &wish(signer, name)).unwrap();
    let signature = signer.sign(&prepared.to_sign(), [6; 32]).unwrap();
    prepared.finish(&signature).unwrap().document().to_vec()
}

/// Signs and stamps, B-T.
pub fn sign_stamped(pdf: &[u8], company: &Company, signer: &dyn Signer, name: &str) -> Vec<u8> {
    let prepared = prepare(pdf, &wish(signer, name)).unwrap();
    let signature = signer.sign(&prepared.to_sign(), [6; 32]).unwrap();
    let signed = prepared.finish(&signature).unwrap();
    let answer = Answer::read(&company.stamp(&signed.query(NONCE), NOW.plus_seconds(2))).unwrap();
    signed.stamped(&answer, NONCE, &company.trust()).unwrap().0
}

/// Employee, manager, company: each after the other.
pub fn three_signers(pdf: &[u8], company: &Company) -> Vec<u8> {
    let first = sign_stamped(pdf, company, &company.employee, "张伟");
    let second = sign_stamped(&first, company, &company.manager, "李娜");
    sign_stamped(&second, company, &company.seal, "江南精工公章")
}

/// The document with one bit flipped in the middle of its longest stream, a font.
pub fn flipped(pdf: &[u8]) -> Vec<u8> {
    let find = |from: usize, word: &[u8]| {
        let found = pdf[from..]
            .windows(word.len())
            .position(|window| window == word);
        found.map(|at| from + at)
    };
    let (mut from, mut longest) = (0, (0, 0));
    while let Some(begin) = find(from, b"stream\n") {
        let Some(end) = find(begin, b"endstream") else {
            break;
        };
        longest = longest.max((end - begin, begin));
        from = end + b"endstream\n".len();
    }
    let mut bad = pdf.to_vec();
    bad[longest.1 + longest.0 / 2] ^= 1;
    bad
}
