//! What cannot be published, and in which words that is said.

use approval::shipped::read;
use approval::validate::{Severity, check, check_family, publish};

use crate::world::*;

fn codes(root: &str, extra: &str) -> Vec<String> {
    let findings = check(&read(&def_text(root, extra)).unwrap());
    let errors = findings
        .into_iter()
        .filter(|it| it.severity == Severity::Error);
    errors.map(|finding| finding.code).collect()
}

fn wait(until: &str) -> String {
    format!(r#"{{"id":"w","kind":"wait","title":"等","until":{until},"deadline":{{"days":1}}}}"#)
}

fn by(who: &str, extra: &str) -> String {
    format!(r#"{{"id":"a","kind":"approve","title":"审批","approvers":[{who}]{extra}}}"#)
}

#[test]
fn one_mistake_one_finding() {
    let a = || approve("a", &[WANG], "");
    let initiator = r#"{"from":"initiator"}"#;
    for (root, code) in [
        (seq("s", &[]), "empty"),
        (seq("s", &[a(), a()]), "node_id"),
        (approve("start", &[WANG], ""), "node_id"),
        (par("p", r#"{"k":3}"#, &[a()]), "join"),
        (approve("a", &[], ""), "approvers"),
        (approve("a", &[WANG], r#""weights":[1,2]"#), "approvers"),
        (
            approve("a", &[WANG], r#""mode":{"weighted":{"num":3,"den":2}}"#),
            "ratio",
        ),
        (approve("a", &[WANG], r#""due":{"hours":0}"#), "due"),
        (
            approve("a", &[WANG], r#""remind":[{"every_hours":1,"max":99}]"#),
            "remind",
        ),
        (
            by(r#"{"from":"manager","of":"subject","level":0}"#, ""),
            "level",
        ),
        (
            by(r#"{"from":"manager","of":"assignee","level":1}"#, ""),
            "assignee",
        ),
        (by(r#"{"from":"fact","key":"n"}"#, ""), "fact"),
        (
            by(r#"{"from":"subject"}"#, r#","exclude":["subject"]"#),
            "nobody_left",
        ),
        (wait(r#"{"fact":"ghost","op":"=","value":0}"#), "fact"),
        (wait(r#"{"fact":"n","op":"=","value":"zero"}"#), "fact"),
        (wait(r#"{"fact":"flag","op":"<","value":true}"#), "fact"),
        (by(initiator, r#","class":"money""#), "own_cause"),
        (
            by(r#"{"from":"subject"}"#, r#","class":"money","self":"keep""#),
            "own_cause",
        ),
        (
            by(r#"{"from":"role","key":"hr"}"#, r#","inactive":"personal""#),
            "personal",
        ),
        (task("a", WANG, r#""inactive":"personal""#), "personal"),
        (
            r#"{"id":"m","kind":"milestone","key":""}"#.into(),
            "milestone",
        ),
        (
            r#"{"id":"e","kind":"each","over":"n","as":"x","process":"p","limit":1}"#.into(),
            "fact",
        ),
        (
            r#"{"id":"e","kind":"each","over":"list","as":"x","process":"p","limit":0}"#.into(),
            "limit",
        ),
    ] {
        assert_eq!(codes(&root, ""), [code], "{root}");
    }
}

#[test]
fn what_is_missing_or_misspelt_is_not_even_read() {
    for root in [
        r#"{"id":"a","kind":"approve","title":"t"}"#,
        r#"{"id":"a","kind":"sign","title":"t"}"#,
        r#"{"id":"a","kind":"nop","colour":"red"}"#,
        r#"{"id":"a","kind":"choice","branches":[]}"#,
        r#"{"id":"w","kind":"wait","title":"等","until":{"fact":"n","op":"=","value":0}}"#,
        r#"{"id":"a","kind":"approve","title":"t","approvers":[{"from":"moon"}]}"#,
    ] {
        let refusal = read(&def_text(root, "")).unwrap_err();
        assert_eq!(refusal.code, "approval.definition_unreadable", "{root}");
    }
}

/// Silence never means yes for money, termination, ownership and access: not by timeout, not for
/// want of an approver, and not because the class is set further up.
#[test]
fn no_silent_yes_in_guarded_classes() {
    let silent = [
        r#""empty":"auto_pass""#,
        r#""on_timeout":{"do":"auto_pass"}"#,
    ];
    for class in ["money", "termination", "ownership", "access"] {
        for silent in silent {
            let own = approve("a", &[WANG], &format!(r#""class":"{class}",{silent}"#));
            let inner = approve("a", &[WANG], silent);
            let above =
                format!(r#"{{"id":"s","kind":"seq","class":"{class}","children":[{inner}]}}"#);
            let whole = format!(r#""class":"{class}","#);
            for found in [codes(&own, ""), codes(&above, ""), codes(&inner, &whole)] {
                assert!(
                    found.contains(&"auto_pass".to_owned()),
                    "{class} {silent}: {found:?}"
                );
            }
        }
        let until = r#"{"fact":"n","op":"=","value":0}"#;
        let wait = format!(
            r#"{{"id":"w","kind":"wait","title":"等","class":"{class}","until":{until},
            "deadline":{{"days":1}},"on_timeout":{{"do":"auto_pass"}}}}"#
        );
        assert!(codes(&wait, "").contains(&"auto_pass".to_owned()));
    }
    for silent in silent {
        assert!(
            codes(&approve("a", &[WANG], silent), "").is_empty(),
            "ordinary steps may"
        );
    }
}

#[test]
fn whoever_gains_never_decides_alone() {
    let own = |gains: &str| format!(r#""class":"ownership","gains":[{gains}],"#);
    let free = by(
        r#"{"from":"manager","of":"subject","level":1}"#,
        r#","exclude":["initiator"]"#,
    );
    let found = codes(&free, &own(""));
    assert_eq!(found, ["gains"]);
    assert!(codes(&free, &own(r#""initiator""#)).is_empty());
    assert_eq!(codes(&free, &own(r#""subject""#)), ["independent_approval"]);
    assert_eq!(
        codes(&free, &own(r#"{"fact":"buddy"}"#)),
        ["gains", "independent_approval"],
        "a fact that may be swapped later names nobody"
    );
    // An independent approval that can be passed by is none.
    let nop = || r#"{"id":"nop","kind":"nop"}"#.to_owned();
    let beside = par("p", r#""any""#, &[free.clone(), nop()]);
    assert_eq!(
        codes(&beside, &own(r#""initiator""#)),
        ["independent_approval"]
    );
    let choice = format!(
        r#"{{"id":"x","kind":"choice","branches":[{{"id":"b","node":{free},
        "when":{{"fact":"flag","op":"=","value":true}}}}],"otherwise":{}}}"#,
        nop()
    );
    assert_eq!(
        codes(&choice, &own(r#""initiator""#)),
        ["independent_approval"]
    );
}

#[test]
fn a_notice_has_no_way_to_a_no() {
    let notice = r#""notice":true,"#;
    let fine = task("t", WANG, "");
    assert!(codes(&fine, notice).is_empty());
    for root in [
        approve("a", &[WANG], ""),
        r#"{"id":"x","kind":"sub","process":"other"}"#.to_owned(),
        r#"{"id":"x","kind":"call","service":"s","on_failure":{"do":"reject"}}"#.to_owned(),
        task("t", WANG, r#""allow":["send_back"]"#),
        task("t", WANG, r#""on_timeout":{"do":"auto_reject"}"#),
        task("t", WANG, r#""empty":"auto_reject""#),
    ] {
        assert_eq!(codes(&root, notice), ["notice"], "{root}");
    }
}

#[test]
fn sizes_have_limits() {
    let deep = (0..13).fold(r#"{"id":"n","kind":"nop"}"#.to_owned(), |inner, n| {
        seq(&format!("s{n}"), &[inner])
    });
    assert_eq!(codes(&deep, ""), ["too_big"]);
    let wide: Vec<String> = (0..201)
        .map(|n| format!(r#"{{"id":"n{n}","kind":"nop"}}"#))
        .collect();
    assert_eq!(codes(&seq("s", &wide), ""), ["too_big"]);
    assert!(codes(&seq("s", &wide[..199]), "").is_empty());
}

#[test]
fn processes_that_start_each_other_in_a_circle() {
    let def = |key: &str, calls: &str| {
        let root = format!(r#"{{"id":"x","kind":"sub","process":"{calls}@^1"}}"#);
        read(&def_text(&root, "").replace(r#""key":"test""#, &format!(r#""key":"{key}""#))).unwrap()
    };
    let (a, b, c) = (def("a", "b"), def("b", "c"), def("c", "a"));
    let found = check_family(&[&a, &b, &c]);
    assert!(found.len() == 3 && found.iter().all(|it| it.code == "process_circle"));
    let own = def("a", "a");
    assert_eq!(check_family(&[&own])[0].code, "process_circle");
    assert_eq!(check_family(&[&a])[0].code, "unknown_process");
    // A circle elsewhere is not this one's fault, and does not hang the check.
    let outside = def("d", "a");
    assert_eq!(check_family(&[&outside, &a, &b, &c]).len(), 3);
}

#[test]
fn findings_name_the_step_in_both_languages() {
    let root = approve(
        "a",
        &[WANG],
        r#""class":"money","empty":"auto_pass","title_en":"Pay""#,
    );
    let refusal = publish(read(&def_text(&root, "")).unwrap(), 1).unwrap_err();
    assert_eq!(refusal.code, "approval.definition_invalid");
    assert_eq!(refusal.fields.len(), 1);
    assert_eq!(refusal.fields[0].pointer, "/nodes/a");
    assert!(
        refusal.fields[0]
            .detail
            .starts_with("「审批a」（a）涉及资金")
    );
    assert!(refusal.message_en.contains("“Pay” (a)"));
}

#[test]
fn named_people_are_a_warning() {
    let findings = check(&read(&def_text(&approve("a", &[WANG], ""), "")).unwrap());
    assert_eq!(findings.len(), 1);
    assert_eq!(
        (findings[0].severity, findings[0].code.as_str()),
        (Severity::Warning, "named_person")
    );
}
