//! A company with its certificates and a timestamp authority, made from seeds.

use bundle::archive::Folder;
use bundle::case::Case;
use bundle::draft::Draft;
use bundle::examine::Trust;
use kernel::Moment;
use signing::authority::{Authority, Profile, Subject, Validity, request};
use signing::certificate::Certificate;
use signing::sign::{Wish, detached_finish, detached_to_sign, prepare, prepare_stamp};
use signing::signer::Signer as _;
use signing::software_key::{SoftwareKey, SoftwareSigner};
use signing::stamping;
use signing::timestamp::{Answer, query};
use signing::validation::{self, ValidationData};
use zeroize::Zeroizing;

use crate::company::{NOW, START};

pub(crate) const PDF: &[u8] = include_bytes!("../../../signing/tests/fixtures/typst.pdf");

/// Seeds: whoever has the same one has the same key.
const COMPANY: u8 = 1;
const AUTHORITY: u8 = 2;

fn key(seed: u8) -> SoftwareKey {
    SoftwareKey::generate(&Zeroizing::new([seed; 32])).unwrap()
}

fn moment(seconds: u64) -> Moment {
    Moment(i64::try_from(seconds * 1_000).unwrap())
}

fn years() -> Validity {
    Validity {
        from: moment(START - 86_400),
        until: moment(NOW + 20 * 365 * 86_400),
    }
}

fn subject(name: &str) -> Subject {
    Subject {
        common_name: name.to_owned(),
        organization: "恒信商贸有限公司".to_owned(),
    }
}

fn authority(seed: u8) -> Authority {
    let name = subject("恒信商贸 签署证书");
    Authority::create(key(seed), &name, years(), [seed; 16], [0; 32]).unwrap()
}

fn signer(authority_seed: u8, seed: u8, name: &str, profile: Profile) -> SoftwareSigner {
    let authority = authority(authority_seed);
    let request = request(&key(seed), &subject(name), [7; 32]).unwrap();
    let issued = authority.issue(&request, profile, years(), [seed; 16], [8; 32]);
    let chain = vec![issued.unwrap(), authority.certificate().clone()];
    SoftwareSigner::new(key(seed), chain).unwrap()
}

pub(crate) fn company_certificate() -> Certificate {
    authority(COMPANY).certificate().clone()
}

pub(crate) fn clock_certificate() -> Certificate {
    authority(AUTHORITY).certificate().clone()
}

/// The policy of the house, and certificates from outside.
pub(crate) fn trust() -> Trust {
    Trust {
        signers: vec![company_certificate()],
        clocks: vec![clock_certificate()],
        ..crate::company::trust()
    }
}

fn signed_by(authority: u8, content: &[u8]) -> Vec<u8> {
    let signer = signer(authority, 11, "存证导出", Profile::Signer);
    let what = detached_to_sign(content, signer.chain()).unwrap();
    let signature = signer.sign(&what, [6; 32]).unwrap();
    detached_finish(&what, signer.chain(), &signature).unwrap()
}

/// The company's signature beside a file.
pub(crate) fn sign(content: &[u8]) -> Vec<u8> {
    signed_by(COMPANY, content)
}

/// The same by a company of the same name.
pub(crate) fn sign_as_another(content: &[u8]) -> Vec<u8> {
    signed_by(66, content)
}

fn stamped_by(authority: u8, profile: Profile, content: &[u8], at: u64) -> Vec<u8> {
    let clock = signer(authority, 12, "时间戳服务", profile);
    let asked = query(content, [5; 8]);
    stamping::answer(&asked, &clock, moment(at), [3; 16], [4; 32]).unwrap()
}

/// The authority's response over a file.
pub(crate) fn stamp(content: &[u8], at: u64) -> Vec<u8> {
    stamped_by(AUTHORITY, Profile::Timestamps, content, at)
}

/// The same by an authority of the same name.
pub(crate) fn stamp_of_another(content: &[u8], at: u64) -> Vec<u8> {
    stamped_by(67, Profile::Timestamps, content, at)
}

/// The same with a certificate for documents.
pub(crate) fn stamp_for_documents(content: &[u8], at: u64) -> Vec<u8> {
    stamped_by(AUTHORITY, Profile::Signer, content, at)
}

/// Stamps every checkpoint twenty seconds after its last entry.
pub(crate) fn stamp_checkpoints(case: &mut Case) {
    for (size, note) in &case.checkpoints {
        let token = stamp(note.as_bytes(), START + size + 20);
        case.timestamps.insert(*size, token);
    }
    for (name, certificate) in [
        ("company-ca.pem", company_certificate()),
        ("tsa-chain.pem", clock_certificate()),
    ] {
        let pem = certificate.to_pem().into_bytes();
        case.certificates.insert(name.to_owned(), pem);
    }
}

/// The bundle, its manifest signed and stamped.
pub(crate) fn sealed(case: &Case) -> Folder {
    let draft = Draft::of(case).unwrap();
    let (signature, token) = (sign(draft.manifest()), stamp(draft.manifest(), NOW - 60));
    draft.seal(Some(signature), Some(token)).unwrap()
}

/// The PDF signed once more, by somebody of the company or of one of the same name.
pub(crate) fn sign_pdf(pdf: &[u8], of_another: bool, seed: u8) -> Vec<u8> {
    let authority = if of_another { 66 } else { COMPANY };
    let signer = signer(authority, seed, "张伟", Profile::Signer);
    let wish = Wish {
        chain: signer.chain(),
        name: "张伟".to_owned(),
        reason: "确认交接清单".to_owned(),
        place: String::new(),
        at: moment(START + 100),
        timestamp: true,
        appearance: None,
    };
    let prepared = prepare(pdf, &wish).unwrap();
    let signature = signer.sign(&prepared.to_sign(), [6; 32]).unwrap();
    let signed = prepared.finish(&signature).unwrap();
    let clock = stamped_by_query(&signed.query([9; 8]));
    let answer = Answer::read(&clock).unwrap();
    signed.stamped(&answer, [9; 8], &clock_trust()).unwrap().0
}

fn clock_trust() -> signing::timestamp::Trust {
    signing::timestamp::Trust {
        anchors: Vec::new(),
        timestamp_anchors: vec![clock_certificate()],
        now: moment(NOW),
    }
}

/// The PDF with certificates and lists (PAdES B-LT); the signer with this seed is called revoked
/// from a moment on, if one is given.
pub(crate) fn with_data(pdf: &[u8], revoked: Option<(u8, u64)>) -> Vec<u8> {
    let own = |seed| signer(COMPANY, seed, "张伟", Profile::Signer).chain()[0].clone();
    let gone = revoked.map(|(seed, at)| (own(seed), moment(at)));
    let gone: Vec<(&Certificate, Moment)> = gone.iter().map(|(one, at)| (one, *at)).collect();
    let list = |authority: Authority, gone: &[(&Certificate, Moment)]| {
        authority
            .revocation_list(gone, 1, years(), [0; 32])
            .unwrap()
    };
    let data = ValidationData {
        certificates: [company_certificate(), clock_certificate()]
            .map(|one| one.der().to_vec())
            .to_vec(),
        lists: vec![
            list(authority(COMPANY), &gone),
            list(authority(AUTHORITY), &[]),
        ],
        answers: Vec::new(),
    };
    validation::add(pdf, &data).unwrap()
}

/// The PDF with a timestamp over all of it (PAdES B-LTA).
pub(crate) fn with_stamp(pdf: &[u8]) -> Vec<u8> {
    let prepared = prepare_stamp(pdf).unwrap();
    let answer = Answer::read(&stamped_by_query(&prepared.query([9; 8]))).unwrap();
    prepared.finish(&answer, [9; 8], &clock_trust()).unwrap().0
}

fn stamped_by_query(asked: &[u8]) -> Vec<u8> {
    let clock = signer(AUTHORITY, 12, "时间戳服务", Profile::Timestamps);
    stamping::answer(asked, &clock, moment(START + 101), [3; 16], [4; 32]).unwrap()
}
