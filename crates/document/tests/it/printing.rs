//! What is on the paper.

use document::{
    Content, Fonts, Kind, Letterhead, Manifest, Paper, Press, Printed, Template, Value,
};
use jiff::tz::TimeZone;
use kernel::Moment;

pub(crate) fn press() -> Press {
    Press::new(Fonts::shipped())
}

pub(crate) fn certificate(name: &str) -> Content {
    let mut content = Kind::LeavingCertificate.manifest().sample(0);
    content.insert("name".to_owned(), Value::from(name));
    content
}

pub(crate) fn print(kind: Kind, content: &Content) -> Result<Printed, document::PrintError> {
    let letterhead = Letterhead {
        company: "接棒演示有限公司".to_owned(),
        credit_code: Some("91310000MA1FL0000X".to_owned()),
    };
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let paper = Paper {
        id: "doc_01kb0000000000000000000000",
        number: "LZ2026-0001-ZM1",
        letterhead: &letterhead,
        at: Moment(1_797_868_800_000),
        zone: &zone,
        mark: None,
    };
    press().print(&Template::shipped(kind), &paper, content)
}

#[test]
fn every_manifest_reads_and_every_shipped_template_prints_its_sample() {
    let press = press();
    for kind in Kind::ALL {
        let manifest = kind.manifest();
        assert!(!manifest.fields.is_empty(), "{kind:?}: {}", manifest.title);
        assert_eq!(Kind::of(kind.word()), Some(kind));
        press.try_out(&Template::shipped(kind)).unwrap();
    }
    let codes: std::collections::BTreeSet<&str> = Kind::ALL
        .iter()
        .map(|kind| kind.manifest().code.as_str())
        .collect();
    assert_eq!(codes.len(), Kind::ALL.len());
    assert!(Manifest::parse("title = 1").is_err());
}

#[test]
fn what_is_filled_in_is_asked_for_in_both_languages() {
    for kind in Kind::ALL {
        for field in kind.manifest().typed() {
            let hinted = field.hint.is_empty() == field.hint_en.is_empty();
            assert!(!field.en.is_empty() && hinted, "{kind:?}: {}", field.key);
        }
    }
}

#[test]
fn a_certificate_says_what_the_law_asks_for_and_nothing_else() {
    let printed = print(Kind::LeavingCertificate, &certificate("张䶮")).unwrap();
    assert_eq!(printed.pages.len(), 1);
    let text = &printed.pages[0];
    for part in [
        "解除（终止）劳动合同证明书",
        "张䶮",
        "自2019年8月1日起至2027年7月31日止",
        "2026年12月22日",
        "销售代表",
        "7年4个月",
        "接棒演示有限公司（盖章）",
        "LZ2026-0001-ZM1",
        "第 1 页　共 1 页",
        printed.code.as_str(),
        Template::shipped(Kind::LeavingCertificate).short_version(),
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    for word in ["原因", "辞退", "违纪", "表现", "竞业"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn a_contract_is_open_ended_where_that_is_on_file_and_not_where_nothing_is() {
    let mut content = certificate("张三");
    content.remove("contract_until");
    for kind in [
        Kind::LeavingCertificate,
        Kind::TerminationNotice,
        Kind::MutualTermination,
    ] {
        let mut content = kind.manifest().sample(0);
        content.remove("contract_until");
        let text = print(kind, &content).unwrap().pages.concat();
        assert!(text.contains("以书面劳动合同为准"), "{kind:?}: {text}");
        assert!(!text.contains("无固定期限"), "{kind:?}: {text}");
    }
    content.insert("open_ended".to_owned(), Value::Yes(true));
    content.remove("citizen_id");
    let text = print(Kind::LeavingCertificate, &content)
        .unwrap()
        .pages
        .concat();
    assert!(text.contains("无固定期限，自2019年8月1日起"), "{text}");
    assert!(!text.contains("身份证"), "{text}");
}

#[test]
fn a_notice_tells_of_thirty_days_only_where_no_nearer_day_was_agreed() {
    let mut content = Kind::ResignationNotice.manifest().sample(0);
    let bare = |content: &Content| {
        let pages = print(Kind::ResignationNotice, content).unwrap().pages;
        pages.concat().split_whitespace().collect::<String>()
    };
    let text = bare(&content);
    assert!(text.contains("提前30日以书面形式通知单位"), "{text}");
    assert!(!text.contains("第三十六条"), "{text}");
    content.insert("agreed".to_owned(), Value::Yes(true));
    let text = bare(&content);
    for part in [
        "双方已书面约定劳动合同于2026年12月22日解除（劳动合同法第三十六条）",
        "不再等满第三十七条规定的通知期",
        "解除日期以双方的书面约定为准",
        "（双方书面约定）",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("提前30日"), "{text}");
}

#[test]
fn a_reckoning_shows_what_is_doubled_and_what_is_not() {
    let mut content = Kind::CompensationReckoning.manifest().sample(0);
    let twice = print(Kind::CompensationReckoning, &content).unwrap();
    let text = twice.pages.concat();
    for part in [
        "赔偿金核算单",
        "计算基数 × 年限 × 2",
        "应付赔偿金：¥225,000.00",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    content.insert("twice".to_owned(), Value::Yes(false));
    let once = print(Kind::CompensationReckoning, &content).unwrap();
    let text = once.pages.concat();
    for part in ["经济补偿核算单", "应付经济补偿：", "办结工作交接时支付"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("年限 × 2"), "{text}");
}

#[test]
fn a_list_goes_on_over_pages_with_its_head_and_sums() {
    let mut content = Kind::HandoverList.manifest().sample(80);
    let printed = print(Kind::HandoverList, &content).unwrap();
    assert!(
        (4..12).contains(&printed.pages.len()),
        "{}",
        printed.pages.len()
    );
    let last = printed.pages.len();
    for (n, page) in printed.pages.iter().enumerate() {
        let foot = format!("第 {} 页　共 {last} 页", n + 1);
        assert!(page.contains(&foot), "{foot}");
    }
    assert!(
        printed
            .pages
            .concat()
            .contains("人民币壹万陆仟肆佰零玖元零贰分")
    );
    for list in ["items", "parts", "things"] {
        content.insert(list.to_owned(), Value::List(document::Rows::default()));
    }
    for typed in ["originals", "advances", "disposals"] {
        content.remove(typed);
    }
    let bare = print(Kind::HandoverList, &content).unwrap();
    assert_eq!(bare.pages.len(), 1);
    assert!(
        bare.pages[0].contains("一、资产与账号（0项）"),
        "{}",
        bare.pages[0]
    );
}

#[test]
fn the_same_facts_are_the_same_bytes() {
    for kind in Kind::ALL {
        let content = kind.manifest().sample(30);
        let first = print(kind, &content).unwrap();
        let second = print(kind, &content).unwrap();
        assert_eq!(first, second);
        assert!(first.bytes.starts_with(b"%PDF-1.7"));
    }
    let other = print(Kind::LeavingCertificate, &certificate("李四")).unwrap();
    let one = print(Kind::LeavingCertificate, &certificate("张三")).unwrap();
    assert_ne!(one.code, other.code);
    assert_ne!(one.bytes, other.bytes);
}

#[test]
fn fonts_travel_with_the_file_and_its_date_is_the_issue() {
    let printed = print(Kind::LeavingCertificate, &certificate("张三")).unwrap();
    let raw = String::from_utf8_lossy(&printed.bytes);
    assert!(
        raw.contains("NotoSansSC"),
        "a font descriptor names the font"
    );
    assert!(raw.contains("/FontFile"), "the font file is in it");
    assert!(
        raw.contains("D:20261222000000+08'00") || raw.contains("20261222"),
        "the date"
    );
    assert!(raw.contains("pdfaid"), "it says that it is PDF/A");
}

#[test]
fn a_template_of_the_company_has_another_version_and_its_mistakes_have_a_place() {
    let shipped = Template::shipped(Kind::LeavingCertificate);
    let own = Template::own(
        Kind::LeavingCertificate,
        format!("{}\n#line(length: 1cm)\n", shipped.text),
    );
    assert_ne!(own.version, shipped.version);
    press().try_out(&own).unwrap();
    let broken = [
        (
            "#import \"/paper.typ\": *\n#show: sheet\n#fields.salary\n",
            3,
            "salary",
        ),
        ("#import \"@preview/cetz:0.3.0\": canvas\n", 1, ""),
        ("#read(\"/etc/passwd\")\n", 1, ""),
        ("#import \"../secret.typ\": x\n", 1, ""),
        ("#datetime.today().display()\n", 1, ""),
        ("#let x = (\n", 1, ""),
        ("#while true {}\n", 1, "always true"),
    ];
    for (text, line, word) in broken {
        let template = Template::own(Kind::LeavingCertificate, text.to_owned());
        match press().try_out(&template).unwrap_err() {
            document::PrintError::Template {
                file,
                line: at,
                message,
                ..
            } => {
                assert_eq!(
                    (file.as_str(), at),
                    ("leaving_certificate.typ", line),
                    "{message}"
                );
                assert!(message.contains(word), "{message}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn facts_that_are_not_in_the_manifest_are_refused() {
    let mut content = certificate("张三");
    content.insert("reason".to_owned(), Value::from("表现差"));
    let error = print(Kind::LeavingCertificate, &content).unwrap_err();
    assert!(error.to_string().contains("reason"), "{error}");
    let mut content = certificate("张三");
    content.remove("post");
    assert!(print(Kind::LeavingCertificate, &content).is_err());
    content.insert("post".to_owned(), Value::Count(3));
    assert!(print(Kind::LeavingCertificate, &content).is_err());
}

fn report(content: &Content) -> Result<Printed, document::PrintError> {
    let letterhead = Letterhead {
        company: "接棒演示有限公司".to_owned(),
        credit_code: None,
    };
    let paper = Paper {
        id: "report/LZ2026-0001/240",
        number: "LZ2026-0001",
        letterhead: &letterhead,
        at: Moment(1_797_868_800_000),
        zone: &TimeZone::UTC,
        mark: None,
    };
    press().print_report(&paper, content)
}

#[test]
fn a_report_tells_each_sentence_with_its_record() {
    for rows in [0, 3, 60] {
        let content = document::report_manifest().sample(rows);
        let first = report(&content).unwrap();
        assert_eq!(first, report(&content).unwrap());
        let text = first.pages.concat();
        for part in ["存证报告", "Evidence report", "二、经过", "五、是否齐全"] {
            assert!(text.contains(part), "{part} in {text}");
        }
        let cited = text
            .matches("〔第 123 条 data/records/000123.json〕")
            .count();
        // The sentence itself and who agreed to it.
        assert_eq!(cited, rows * 2, "{text}");
    }
}

#[test]
fn a_report_fails_over_no_character_and_over_no_long_word() {
    let fonts = Fonts::shipped();
    assert_eq!(
        fonts.spelt("张𠮷\u{202E}三\n四"),
        "张〔U+20BB7〕〔U+202E〕三 四"
    );
    let mut content = document::report_manifest().sample(1);
    content.insert("log".to_owned(), Value::from("x".repeat(400)));
    assert!(
        report(&content)
            .unwrap()
            .pages
            .concat()
            .contains(&"x".repeat(400))
    );
}
