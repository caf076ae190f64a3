//! Timestamps, revocation and time.

use kernel::Moment;
use signing::authority::Profile;
use signing::revocation::Revocation;
use signing::sign::prepare;
use signing::signer::Signer;
use signing::stamping;
use signing::timestamp::{Answer, Trust, query};
use signing::validation::{self, ValidationData};
use signing::verify::{State, verify};

use crate::people::{
    NONCE, NOW, TYPST, authority, company, key, sign_plain, sign_stamped, signer, wish, years,
};

#[test]
fn a_stamp_fits_one_content_and_one_question() {
    let company = company();
    let trust = company.trust();
    let asked = query(b"checkpoint", NONCE);
    let answer = Answer::read(&company.stamp(&asked, NOW)).unwrap();
    let stamp = answer.check(b"checkpoint", Some(NONCE), &trust).unwrap();
    assert!(stamp.trusted);
    assert_eq!(stamp.at, NOW);
    for (content, nonce) in [(&b"checkpoinT"[..], NONCE), (b"checkpoint", [0; 8])] {
        let refusal = answer.check(content, Some(nonce), &trust).unwrap_err();
        assert_eq!(refusal.code, "signing.timestamp");
    }
    let nobody = Trust::nobody(trust.now);
    assert!(
        !answer
            .check(b"checkpoint", Some(NONCE), &nobody)
            .unwrap()
            .trusted
    );
    let before = Trust {
        now: NOW.plus_seconds(-301),
        ..trust
    };
    let early = answer.check(b"checkpoint", Some(NONCE), &before).unwrap();
    assert!(!early.trusted, "a stamp from the future proves nothing");
}

#[test]
fn every_flipped_bit_of_a_stamp_is_noticed() {
    let company = company();
    let good = company.stamp(&query(b"x", NONCE), NOW);
    let whole = Answer::read(&good)
        .unwrap()
        .check(b"x", Some(NONCE), &company.trust())
        .unwrap();
    for at in 0..good.len() {
        for bit in [1_u8, 0x80] {
            let mut bad = good.clone();
            bad[at] ^= bit;
            let checked = Answer::read(&bad)
                .and_then(|answer| answer.check(b"x", Some(NONCE), &company.trust()));
            // The status (granted, granted with changes) and versions are not signed; certificates
            // beside the signer's are not needed. What the stamp says stays the same or fails.
            if let Ok(stamp) = checked
                && stamp.trusted
            {
                assert_eq!(stamp, whole, "byte {at}");
            }
        }
    }
}

#[test]
fn a_certificate_for_documents_stamps_no_times() {
    let company = company();
    let asked = query(b"x", NONCE);
    let answer = stamping::answer(&asked, &company.seal, NOW, [1; 16], [0; 32]).unwrap();
    let answer = Answer::read(&answer).unwrap();
    assert!(answer.check(b"x", Some(NONCE), &company.trust()).is_err());
    // And one for times signs no documents.
    let signed = sign_plain(TYPST, &company.clock, "时间戳服务");
    let report = verify(&signed, &company.trust()).unwrap();
    assert_eq!(
        report.signatures[0].state,
        State::CertificateForSomethingElse
    );
}

#[test]
fn a_refusing_authority_is_quoted() {
    // PKIStatusInfo { rejection, "bad alg" }.
    let refused = [
        0x30, 0x10, 0x30, 0x0e, 0x02, 0x01, 0x02, 0x30, 0x09, 0x0c, 0x07, b'b', b'a', b'd', b' ',
        b'a', b'l', b'g',
    ];
    let refusal = Answer::read(&refused).unwrap_err();
    assert!(refusal.message.contains("bad alg"), "{refusal:?}");
}

#[test]
fn revoked_before_or_after_signing() {
    let company = company();
    let plain = sign_plain(TYPST, &company.employee, "张伟");
    let stamped = sign_stamped(TYPST, company, &company.employee, "张伟");
    let certificate = &company.employee.chain()[0];
    let kept = |pdf: &[u8], since: Moment| {
        let revoked = [(certificate, since)];
        let list = company
            .authority
            .revocation_list(&revoked, 2, years(-1, 1), [0; 32]);
        let data = ValidationData {
            lists: vec![list.unwrap()],
            ..ValidationData::default()
        };
        let kept = validation::add(pdf, &data).unwrap();
        let report = verify(&kept, &company.trust()).unwrap();
        (report.signatures[0].state, report.signatures[0].revocation)
    };
    let (before, after) = (NOW.plus_seconds(-60), NOW.plus_seconds(600));
    assert_eq!(
        kept(&stamped, before),
        (State::Revoked, Revocation::Revoked(before))
    );
    assert_eq!(
        kept(&stamped, after),
        (State::Valid, Revocation::Revoked(after))
    );
    // Without a stamp nobody knows whether it was signed before the key was lost.
    assert_eq!(kept(&plain, after).0, State::Revoked);
}

#[test]
fn a_list_of_another_authority_says_nothing() {
    let company = company();
    let stamped = sign_stamped(TYPST, company, &company.employee, "张伟");
    let other = authority(66, "江南精工内部证书机构");
    let revoked = [(&company.employee.chain()[0], NOW.plus_seconds(-60))];
    let list = other
        .revocation_list(&revoked, 2, years(-1, 1), [0; 32])
        .unwrap();
    let data = ValidationData {
        lists: vec![list],
        ..ValidationData::default()
    };
    let kept = validation::add(&stamped, &data).unwrap();
    let report = verify(&kept, &company.trust()).unwrap();
    assert_eq!(report.signatures[0].state, State::Valid);
    assert_eq!(report.signatures[0].revocation, Revocation::Unknown);
}

#[test]
fn decades_later_the_stamp_decides() {
    let company = company();
    let plain = sign_plain(TYPST, &company.employee, "张伟");
    let stamped = sign_stamped(TYPST, company, &company.employee, "张伟");
    let later = Trust {
        now: years(0, 25).until,
        ..company.trust()
    };
    let state = |pdf: &[u8]| verify(pdf, &later).unwrap().signatures[0].state;
    assert_eq!(state(&stamped), State::Valid);
    assert_eq!(state(&plain), State::CertificateNotValidThen);
}

#[test]
fn a_stamp_nobody_trusts_does_not_get_in() {
    let company = company();
    let other = authority(66, "别人的证书机构");
    let clock = signer(&other, key(67), "别人的时间戳", Profile::Timestamps);
    let prepared = prepare(TYPST, &wish(&company.employee, "张伟")).unwrap();
    let signature = company.employee.sign(&prepared.to_sign(), [0; 32]).unwrap();
    let signed = prepared.finish(&signature).unwrap();
    let answer = stamping::answer(&signed.query(NONCE), &clock, NOW, [1; 16], [0; 32]).unwrap();
    let answer = Answer::read(&answer).unwrap();
    let refusal = signed
        .stamped(&answer, NONCE, &company.trust())
        .unwrap_err();
    assert_eq!(refusal.code, "signing.timestamp_unknown");
}
