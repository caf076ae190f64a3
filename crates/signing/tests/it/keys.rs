//! Keys sealed under their owner's secret.

use signing::authority::Profile;
use signing::signer::{Signer, ecdsa_der};
use signing::software_key::{SealedKey, Secret, SoftwareSigner};

use crate::people::{TYPST, company, issue, key, rsa_key, wish};

const SECRET: &str = "我的猫三岁了，爱吃小鱼干";

#[test]
fn only_the_secret_opens_the_seal() {
    let sealed = key(9).seal(Secret::Chosen(SECRET), [5; 40]).unwrap();
    let text = serde_json::to_string(&sealed).unwrap();
    let sealed: SealedKey = serde_json::from_str(&text).unwrap();
    let opened = sealed.open(SECRET).unwrap();
    assert_eq!(opened.public().unwrap(), key(9).public().unwrap());
    let refusal = sealed.open("我的猫四岁了，爱吃小鱼干").err().unwrap();
    assert_eq!(refusal.code, "signing.wrong_secret");
}

#[test]
fn rsa_keys_are_sealed_too() {
    let sealed = rsa_key().seal(Secret::Chosen(SECRET), [5; 40]).unwrap();
    let opened = sealed.open(SECRET).unwrap();
    assert_eq!(opened.public().unwrap(), rsa_key().public().unwrap());
}

#[test]
fn a_short_secret_is_refused() {
    let refusal = key(9).seal(Secret::Chosen("123456"), [5; 40]).unwrap_err();
    assert_eq!(refusal.code, "signing.secret_too_short");
    let refusal = key(9).seal(Secret::Random(SECRET), [5; 40]).unwrap_err();
    assert_eq!(refusal.code, "signing.secret_too_short");
}

/// What nobody tries need not be slow to try; the seal says so itself, and opens the same way.
#[test]
fn randomness_is_sealed_under_with_less_work() {
    let random = "3f".repeat(16);
    let sealed = key(9).seal(Secret::Random(&random), [5; 40]).unwrap();
    let work = |sealed: &SealedKey| {
        let json = serde_json::to_value(sealed).unwrap();
        (json["memory_kib"].clone(), json["passes"].clone())
    };
    assert_eq!(work(&sealed), (8.into(), 1.into()));
    let chosen = key(9).seal(Secret::Chosen(SECRET), [5; 40]).unwrap();
    assert_eq!(work(&chosen), (65_536.into(), 3.into()));
    let opened = sealed.open(&random).unwrap();
    assert_eq!(opened.public().unwrap(), key(9).public().unwrap());
    assert!(sealed.open(&"3e".repeat(16)).is_err());
}

#[test]
fn two_sealed_keys_cannot_be_exchanged() {
    let (mine, his) = (
        key(9).seal(Secret::Chosen(SECRET), [5; 40]).unwrap(),
        key(10).seal(Secret::Chosen(SECRET), [5; 40]).unwrap(),
    );
    let mut mixed = mine.clone();
    mixed.public = his.public.clone();
    assert!(mixed.open(SECRET).is_err());
}

#[test]
fn a_certificate_belongs_to_its_key() {
    let company = company();
    let certificate = issue(&company.authority, &key(20), "张伟", Profile::Signer);
    assert!(SoftwareSigner::new(key(21), vec![certificate.clone()]).is_err());
    assert!(SoftwareSigner::new(key(20), Vec::new()).is_err());
    assert!(SoftwareSigner::new(key(20), vec![certificate]).is_ok());
}

#[test]
fn dice_blind_but_do_not_change_signatures() {
    let company = company();
    let prepared = signing::sign::prepare(TYPST, &wish(&company.manager, "李娜")).unwrap();
    for signer in [&company.manager, &company.employee] {
        let one = signer.sign(&prepared.to_sign(), [1; 32]).unwrap();
        assert_eq!(one, signer.sign(&prepared.to_sign(), [2; 32]).unwrap());
    }
}

#[test]
fn raw_signatures_of_tokens_become_der() {
    // r = 1, s = 1: SEQUENCE of two small numbers.
    let mut raw = [0; 64];
    (raw[31], raw[63]) = (1, 1);
    assert_eq!(ecdsa_der(&raw).unwrap(), [0x30, 6, 2, 1, 1, 2, 1, 1]);
    assert!(ecdsa_der(&raw[..63]).is_err());
}
