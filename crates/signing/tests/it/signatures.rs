//! What is signed is found valid, and nothing that was there changes.

use signing::appearance::{Appearance, Picture, Rectangle};
use signing::sign::{Prepared, prepare, prepare_stamp};
use signing::signer::Signer;
use signing::timestamp::Answer;
use signing::validation;
use signing::verify::{Change, Coverage, Level, SignatureKind, State, verify};

use crate::people::{
    FONT, NONCE, NOW, PACKED, TYPST, authority, company, key, sign_plain, signer, three_signers,
    wish,
};

#[test]
fn three_sign_one_after_the_other() {
    let company = company();
    for base in [TYPST, PACKED] {
        let signed = three_signers(base, company);
        assert!(
            signed.starts_with(base),
            "not a byte that was there changed"
        );
        let report = verify(&signed, &company.trust()).unwrap();
        assert!(report.valid, "{report:#?}");
        let holders: Vec<String> = report
            .signatures
            .iter()
            .map(|one| one.certificate.as_ref().unwrap().holder.clone())
            .collect();
        assert_eq!(holders, ["张伟", "李娜", "江南精工公章"]);
        let later: Vec<usize> = report
            .signatures
            .iter()
            .map(|one| one.later.len())
            .collect();
        assert_eq!(later, [2, 1, 0], "each is told who signed after him");
        assert_eq!(report.signatures[2].coverage, Coverage::WholeFile);
        assert!(matches!(report.signatures[0].coverage, Coverage::UpTo(_)));
        for one in &report.signatures {
            assert_eq!(one.claimed.reason, "确认交接清单（一）");
            assert_eq!(one.claimed.at, Some(NOW));
            let stamp = one.timestamp.as_ref().unwrap();
            assert!(stamp.trusted);
            assert_eq!(stamp.at, NOW.plus_seconds(2));
            assert_eq!(one.level, Level::T);
        }
    }
}

#[test]
fn validation_data_and_a_last_timestamp() {
    let company = company();
    for base in [TYPST, PACKED] {
        let signed = three_signers(base, company);
        let kept = validation::add(&signed, &company.data()).unwrap();
        let report = verify(&kept, &company.trust()).unwrap();
        assert!(report.valid, "{report:#?}");
        assert!(report.signatures.iter().all(|one| one.level == Level::LT));
        assert_eq!(report.signatures[2].later, [Change::ValidationDataAdded]);

        let prepared = prepare_stamp(&kept).unwrap();
        let answer = company.stamp(&prepared.query(NONCE), NOW.plus_seconds(60));
        let answer = Answer::read(&answer).unwrap();
        let (sealed, stamp) = prepared.finish(&answer, NONCE, &company.trust()).unwrap();
        assert_eq!(stamp.authority, "时间戳服务");
        let report = verify(&sealed, &company.trust()).unwrap();
        assert!(report.valid, "{report:#?}");
        assert_eq!(report.signatures[0].level, Level::LTA);
        assert_eq!(report.signatures[3].kind, SignatureKind::DocumentTimestamp);

        // More data after the stamp, as when it is renewed years later.
        let again = validation::add(&sealed, &company.data()).unwrap();
        assert!(verify(&again, &company.trust()).unwrap().valid);
    }
}

#[test]
fn a_drawn_signature_is_seen() {
    let company = company();
    let mut wish = wish(&company.employee, "张伟");
    wish.appearance = Some(Appearance {
        page: 0,
        rectangle: Some(Rectangle {
            left: 360,
            bottom: 120,
            width: 160,
            height: 80,
        }),
        strokes: vec![
            vec![(500, 8000), (2500, 1500), (4500, 8200)],
            vec![(5500, 5000), (9500, 4200)],
            vec![(9700, 9000)],
        ],
        picture: Some(Picture {
            width: 2,
            height: 2,
            rgba: [220, 30, 30, 128].repeat(4),
        }),
        lines: vec!["张伟 㛃䶮".to_owned(), "2026-11-26".to_owned()],
        font: FONT,
    });
    let prepared = prepare(TYPST, &wish).unwrap();
    let again = prepare(TYPST, &wish).unwrap();
    assert_eq!(prepared, again, "equal input, equal bytes");
    let signature = company.employee.sign(&prepared.to_sign(), [0; 32]).unwrap();
    let signed = prepared.finish(&signature).unwrap().document().to_vec();
    let signed = sign_plain(&signed, &company.seal, "公章");
    let report = verify(&signed, &company.trust()).unwrap();
    assert!(report.valid, "{report:#?}");
    assert!(matches!(
        &report.signatures[0].later[..],
        [Change::SignatureAdded { seen: None, .. }]
    ));
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let company = company();
    let place = Rectangle {
        left: 0,
        bottom: 0,
        width: 200,
        height: 60,
    };
    let plain = Appearance {
        rectangle: Some(place),
        ..Appearance::default()
    };
    let refused = |appearance: Appearance<'_>| {
        let mut wish = wish(&company.employee, "张伟");
        wish.appearance = Some(appearance);
        prepare(TYPST, &wish).unwrap_err().code
    };
    assert_eq!(refused(Appearance::default()), "signing.appearance");
    let lines = vec!["张伟".to_owned()];
    assert_eq!(
        refused(Appearance {
            lines: lines.clone(),
            font: b"no font",
            ..plain.clone()
        }),
        "signing.appearance"
    );
    // A character that the font lacks must not become a box.
    let rare = vec!["龘".to_owned()];
    assert_eq!(
        refused(Appearance {
            lines: rare,
            font: FONT,
            ..plain.clone()
        }),
        "signing.appearance"
    );
    assert_eq!(
        refused(Appearance {
            strokes: vec![vec![(10_001, 0)]],
            ..plain.clone()
        }),
        "signing.appearance"
    );
    assert_eq!(refused(Appearance { page: 7, ..plain }), "signing.wish");
}

#[test]
fn the_key_may_be_far_away() {
    let company = company();
    let prepared = prepare(TYPST, &wish(&company.employee, "张伟")).unwrap();
    let what = prepared.to_sign();
    // Another process, hours later, with the kept bytes alone.
    let resumed =
        Prepared::resume(prepared.bytes().to_vec(), company.employee.chain().to_vec()).unwrap();
    assert_eq!(resumed, prepared);
    let signature = company.employee.sign(&what, [0; 32]).unwrap();
    let signed = resumed.finish(&signature).unwrap();
    assert!(verify(signed.document(), &company.trust()).unwrap().valid);
    let chain = company.employee.chain().to_vec();
    assert!(
        Prepared::resume(signed.document().to_vec(), chain).is_err(),
        "nothing left to sign"
    );
}

#[test]
fn a_signature_of_another_key_never_gets_in() {
    let company = company();
    let prepared = prepare(TYPST, &wish(&company.employee, "张伟")).unwrap();
    let others = company.seal.sign(&prepared.to_sign(), [0; 32]).unwrap();
    let refusal = prepared.finish(&others).unwrap_err();
    assert_eq!(refusal.code, "signing.signature_of_another_key");
}

#[test]
fn an_unknown_authority_is_named() {
    let (ours, theirs) = (company(), authority(77, "江南精工内部证书机构"));
    let stranger = signer(&theirs, key(2), "张伟", signing::authority::Profile::Signer);
    let signed = sign_plain(TYPST, &stranger, "张伟");
    let report = verify(&signed, &ours.trust()).unwrap();
    assert_eq!(report.signatures[0].state, State::UnknownCertificate);
    assert!(!report.valid);
    assert!(
        !verify(TYPST, &ours.trust()).unwrap().valid,
        "no signature is not a valid one"
    );
}
