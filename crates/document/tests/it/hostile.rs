//! Names that are not what names should be.

use document::{Fonts, Kind, Letterhead, Paper, PrintError, Template, Value};
use jiff::tz::TimeZone;
use kernel::Moment;
use proptest::prelude::*;

use crate::printing::{certificate, press, print};

#[test]
fn rare_characters_of_names_print() {
    for name in ["䶮", "㛃", "𬭊", "龘", "𬱖", "𫖯", "𫍽", "𬸚", "喆", "堃"] {
        let printed = print(Kind::LeavingCertificate, &certificate(name)).unwrap();
        assert!(printed.pages[0].contains(name), "{name}");
    }
}

#[test]
fn markup_in_a_name_is_a_name() {
    for name in [
        "#sys.version",
        "$x^2$",
        "*粗*",
        "_斜_",
        "= 标题",
        "#include \"/data.json\"",
        "<label> @ref",
        "\\u{41}",
        "`raw`",
        "//注释",
        "\"引号\"",
        "{json: 1}",
        "https://example.cn/a?b=c",
        "- - --- ~",
    ] {
        let printed = print(Kind::LeavingCertificate, &certificate(name)).unwrap();
        let bare = |text: &str| text.replace([' ', '\n'], "");
        let text = bare(&printed.pages[0]);
        assert!(text.contains(&bare(name)), "{name} in {text}");
    }
}

#[test]
fn what_cannot_be_printed_is_named_with_its_place() {
    for (name, position, code) in [
        ("张\u{1F600}", 2, 0x1F600),
        ("\u{20BB7}野", 1, 0x20BB7),
        ("محمد", 1, 0x645),
        ("张\u{202E}三", 2, 0x202E),
        ("张\u{0}三", 2, 0),
        ("张三\n", 3, 0x0A),
        ("张\u{200B}三", 2, 0x200B),
        ("\u{E000}", 1, 0xE000),
        ("\u{845B}\u{E0100}", 2, 0xE0100),
    ] {
        match print(Kind::LeavingCertificate, &certificate(name)).unwrap_err() {
            error @ PrintError::Character { .. } => {
                let refusal = error.refusal();
                assert_eq!(refusal.code, "document.character");
                let place = format!("姓名第 {position} 个字");
                assert!(refusal.message.contains(&place), "{}", refusal.message);
                assert!(
                    refusal.message.contains(&format!("U+{code:04X}")),
                    "{}",
                    refusal.message
                );
                assert!(!refusal.remedy.is_empty());
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_place_in_a_list_is_named_by_its_row() {
    let mut content = Kind::HandoverList.manifest().sample(3);
    if let Some(Value::List(rows)) = content.get_mut("items") {
        rows.0[1].insert("title".to_owned(), Value::from("客户\u{1F600}"));
    }
    let error = print(Kind::HandoverList, &content).unwrap_err().to_string();
    assert!(error.contains("交接事项第 2 行名称第 3 个字"), "{error}");
}

#[test]
fn a_font_that_is_handed_in_is_asked_last() {
    // A machine with Debian's fonts-noto-cjk has the character that the shipped fonts lack.
    let Ok(file) = std::fs::read("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc") else {
        println!("skipped: no fonts-noto-cjk here");
        return;
    };
    let fonts = Fonts::shipped().with(file).unwrap_or_else(|fonts| fonts);
    assert!(fonts.cover('\u{20BB7}') && !Fonts::shipped().cover('\u{20BB7}'));
    let press = document::Press::new(fonts);
    let letterhead = Letterhead {
        company: "接棒".to_owned(),
        credit_code: None,
    };
    let paper = Paper {
        id: "doc_1",
        number: "1",
        letterhead: &letterhead,
        at: Moment(0),
        zone: &TimeZone::UTC,
        mark: None,
    };
    let template = Template::shipped(Kind::LeavingCertificate);
    let printed = press
        .print(&template, &paper, &certificate("𠮷野"))
        .unwrap();
    assert!(printed.pages[0].contains("𠮷野"));
    assert!(Fonts::shipped().with(b"no font".to_vec()).is_err());
}

#[test]
fn very_long_names_wrap_and_what_cannot_wrap_is_refused() {
    let long = "很".repeat(300);
    let printed = print(Kind::LeavingCertificate, &certificate(&long)).unwrap();
    assert!(printed.pages.concat().matches('很').count() == 300);
    let error = print(Kind::LeavingCertificate, &certificate(&"W".repeat(300))).unwrap_err();
    assert!(
        matches!(error, PrintError::TooWide { page: 1, .. }),
        "{error}"
    );
}

#[test]
fn an_empty_text_is_an_empty_text() {
    press()
        .try_out(&Template::shipped(Kind::LeavingCertificate))
        .unwrap();
    print(Kind::LeavingCertificate, &certificate("")).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_name_is_printed_as_it_stands_or_refused(name in "\\PC{0,12}") {
        match print(Kind::LeavingCertificate, &certificate(&name)) {
            Ok(printed) => {
                let bare = |text: &str| text.split_whitespace().collect::<String>();
                prop_assert!(bare(&printed.pages.concat()).contains(&bare(&name)));
            }
            Err(PrintError::Character { .. } | PrintError::TooWide { .. }) => {}
            Err(other) => prop_assert!(false, "{other:?}"),
        }
    }
}
