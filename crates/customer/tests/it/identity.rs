//! Credit codes, names, duplicates and telephone numbers.

use std::path::{Path, PathBuf};

use customer::{
    CreditCode, Identity, Likeness, Match, NameKey, Phone, PhoneKind, Strength, duplicates,
};
use proptest::prelude::*;

use crate::world::cus;

#[test]
fn credit_codes() {
    for (text, doubtful) in [
        ("91350100M000100Y43", false),
        ("91440300708461136T", false),
        ("91110000802100433B", false),
        ("91440101MA5CJQ4N59", false),
        ("91350203MA31NDF85F", false),
        ("123502001549897397", false),
        (" ９１３５０１００m000100y43 ", false),
        ("91350100M0001TGQXM", true),
        ("91350211M0000XUF46", true),
        ("91350203M0001FUE2P", true),
    ] {
        assert_eq!(
            CreditCode::parse(text).unwrap().doubt().is_some(),
            doubtful,
            "{text}"
        );
    }
    for text in [
        "91350100M000100Y4",
        "91350100M000100Y4O",
        "9135010企M000100Y43",
        "",
    ] {
        assert_eq!(
            CreditCode::parse(text).unwrap_err().code,
            "customer.credit_code_shape"
        );
    }
}

/// A file of the data that stands beside the clone, if it is there.
fn shared(file: &str) -> Option<String> {
    let named = std::env::var_os("BATON_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared"));
    named
        .into_iter()
        .chain(beside)
        .find_map(|folder| std::fs::read_to_string(folder.join(file)).ok())
}

#[test]
fn invented_credit_codes() {
    let Some(text) = shared("data/conformance/cn-identifiers/vectors.json") else {
        println!("skipped: shared data absent");
        return;
    };
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let codes: Vec<_> = vectors
        .iter()
        .filter(|vector| vector["kind"] == "uscc")
        .collect();
    assert!(codes.len() > 50);
    for vector in codes {
        let code = CreditCode::parse(vector["text"].as_str().unwrap()).unwrap();
        assert_eq!(
            Some(code.doubt().is_none()),
            vector["valid"].as_bool(),
            "{code:?}"
        );
    }
}

#[test]
fn names_without_what_people_leave_out() {
    for (name, core, region) in [
        ("深圳市腾讯计算机系统有限公司", "腾讯计算机系统", "深圳"),
        (
            "腾讯计算机系统（深圳）有限责任公司",
            "腾讯计算机系统",
            "深圳",
        ),
        ("广东省深圳市 腾讯计算机系统", "腾讯计算机系统", "广东深圳"),
        ("阿里巴巴(中国)网络技术有限公司", "阿里巴巴网络技术", "中国"),
        ("北京市朝阳区星河商贸有限公司", "星河商贸", "北京朝阳"),
        ("义乌市小商品城股份有限公司", "小商品城", "义乌"),
        (
            "内蒙古自治区伊利实业集团股份有限公司",
            "伊利实业集团",
            "内蒙古",
        ),
        ("广西壮族自治区南宁市星河糖业", "星河糖业", "广西南宁"),
        ("中国石油天然气集团公司", "中国石油天然气集团", ""),
        ("ＡＢＣ科技（上海）有限公司", "abc科技", "上海"),
        ("星河（华东）销售有限公司", "星河华东销售", ""),
        ("星河有限公司北京分公司", "星河北京分公司", ""),
        ("上海银行", "银行", "上海"),
        ("北京公司", "北京", ""),
        ("永辉超市股份有限公司", "永辉超市", ""),
        ("有限公司", "有限公司", ""),
        ("重庆", "重庆", ""),
        ("（）", "", ""),
    ] {
        let expected = NameKey {
            core: core.to_owned(),
            region: region.to_owned(),
        };
        assert_eq!(NameKey::of(name), expected, "{name}");
    }
}

fn identity(name: &str, code: Option<&str>) -> Identity {
    Identity {
        name: NameKey::of(name),
        credit_code: code.map(|code| CreditCode::parse(code).unwrap()),
    }
}

#[test]
fn what_two_customers_have_in_common() {
    const A: Option<&str> = Some("91440300708461136T");
    const B: Option<&str> = Some("91110000802100433B");
    for (one, code, other, other_code, likeness) in [
        ("星河商贸", A, "银河实业", A, Some(Likeness::SameCreditCode)),
        (
            "深圳市星河商贸有限公司",
            None,
            "星河商贸（深圳）",
            A,
            Some(Likeness::SameName),
        ),
        (
            "星河商贸",
            None,
            "深圳星河商贸有限责任公司",
            None,
            Some(Likeness::SameName),
        ),
        (
            "上海星河商贸",
            None,
            "深圳星河商贸",
            None,
            Some(Likeness::SameNameElsewhere),
        ),
        (
            "星河商贸",
            A,
            "星河商贸有限公司",
            B,
            Some(Likeness::SameNameOtherCode),
        ),
        ("上海星河商贸", A, "深圳星河商贸", B, None),
        ("星河商贸", None, "星合商贸", None, Some(Likeness::NearName)),
        ("星河商贸", A, "星合商贸", B, None),
        (
            "恒大新材料",
            None,
            "江苏恒大新材料科技",
            None,
            Some(Likeness::NameContained),
        ),
        ("北方", None, "南方", None, None),
        ("（）", None, "()", None, None),
        ("星河商贸", None, "银川实业", None, None),
    ] {
        let (a, b) = (identity(one, code), identity(other, other_code));
        let found: Vec<_> = duplicates(&a, [(cus(1), &b)])
            .iter()
            .map(|m| m.likeness)
            .collect();
        assert_eq!(
            found,
            likeness.into_iter().collect::<Vec<_>>(),
            "{one} {other}"
        );
        let mirrored: Vec<_> = duplicates(&b, [(cus(1), &a)])
            .iter()
            .map(|m| m.likeness)
            .collect();
        assert_eq!(mirrored, found);
    }
}

/// Who asks with two characters would read the customers of others off, a dozen at a time.
#[test]
fn a_short_name_finds_none_that_only_contain_it() {
    for (asked, known, likeness) in [
        ("华为", "华为技术有限公司", None),
        ("新材料", "江苏恒大新材料科技", None),
        ("恒大新", "恒大新材料科技", None),
        ("华为", "华为有限公司", Some(Likeness::SameName)),
        ("华为技术", "华为技术服务", Some(Likeness::NameContained)),
        // What is in the books may be short: the question tells nothing it did not know.
        ("华为技术有限公司", "华为", Some(Likeness::NameContained)),
    ] {
        let known = identity(known, None);
        let found = duplicates(&identity(asked, None), [(cus(1), &known)]);
        let found = found.first().map(|found| found.likeness);
        assert_eq!(found, likeness, "{asked}");
    }
}

#[test]
fn the_strongest_comes_first() {
    let near = identity("星合商贸", None);
    let same = identity("星河商贸", None);
    let code = identity("别的名字", Some("91440300708461136T"));
    let candidate = identity("星河商贸", Some("91440300708461136T"));
    let known = [(cus(1), &near), (cus(2), &same), (cus(3), &code)];
    let found: Vec<Match> = duplicates(&candidate, known);
    let order: Vec<_> = found.iter().map(|m| (m.customer, m.strength)).collect();
    assert_eq!(
        order,
        [
            (cus(3), Strength::Certain),
            (cus(2), Strength::Likely),
            (cus(1), Strength::Possible),
        ]
    );
}

#[test]
fn telephone_numbers_in_one_form() {
    for (text, number, kind) in [
        ("13800138000", "13800138000", PhoneKind::Mobile),
        ("199 1234 5678", "19912345678", PhoneKind::Mobile),
        ("+86 138-0013-8000", "13800138000", PhoneKind::Mobile),
        ("008613800138000", "13800138000", PhoneKind::Mobile),
        ("8613800138000", "13800138000", PhoneKind::Mobile),
        ("１３８００１３８０００", "13800138000", PhoneKind::Mobile),
        ("010-62345678", "010-62345678", PhoneKind::Landline),
        ("(021) 6234 5678", "021-62345678", PhoneKind::Landline),
        ("01062345678", "010-62345678", PhoneKind::Landline),
        ("0755-8888-9999", "0755-88889999", PhoneKind::Landline),
        ("0571-8888888-1", "0571-8888888-1", PhoneKind::Landline),
        ("010-62345678转801", "010-62345678-801", PhoneKind::Landline),
        (
            "010-62345678 ext. 801",
            "010-62345678-801",
            PhoneKind::Landline,
        ),
        ("+86 10 62345678", "010-62345678", PhoneKind::Landline),
        (
            "+86-755-88889999-12",
            "0755-88889999-12",
            PhoneKind::Landline,
        ),
        ("4008108888", "400-810-8888", PhoneKind::Service),
        ("400-810-8888", "400-810-8888", PhoneKind::Service),
        ("+1 (415) 555-0123", "+14155550123", PhoneKind::Foreign),
        ("+852 2123 4567", "+85221234567", PhoneKind::Foreign),
    ] {
        let expected = Phone {
            kind,
            number: number.to_owned(),
        };
        assert_eq!(Phone::parse(text), Ok(expected), "{text}");
    }
    for text in [
        "12345678901",
        "1380013800",
        "",
        "电话",
        "62345678",
        "010-123",
        "+",
        "13800138000转1",
    ] {
        assert_eq!(
            Phone::parse(text).unwrap_err().code,
            "customer.phone_shape",
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn one_form_stays_that_form(
        text in "[0-9+() 转x-]{0,24}|\\PC{0,16}|1[3-9][0-9]{9}|0[1-9][0-9]{8,10}(-[0-9]{1,4})?",
    ) {
        if let Ok(phone) = Phone::parse(&text) {
            prop_assert_eq!(Phone::parse(&phone.number), Ok(phone));
        }
    }

    #[test]
    fn spaces_brackets_and_width_make_no_other_customer(
        name in "[一-龥a-z]{2,12}", at in 0..12_usize,
    ) {
        let plain = format!("{name}有限公司");
        let wide: String = plain
            .chars()
            .map(|c| if c.is_ascii() { char::from_u32(u32::from(c) + 0xFEE0).unwrap() } else { c })
            .collect();
        let mut spaced: Vec<char> = plain.chars().collect();
        spaced.insert(at.min(spaced.len()), ' ');
        prop_assert_eq!(NameKey::of(&wide), NameKey::of(&plain));
        prop_assert_eq!(NameKey::of(&spaced.iter().collect::<String>()), NameKey::of(&plain));
    }

    #[test]
    fn a_name_always_has_a_key(name in "\\PC{0,24}|[一-龥（）()市区县]{0,16}") {
        prop_assert_eq!(NameKey::of(&name).core.is_empty(), spelling::fold(&name).is_empty());
    }

    #[test]
    fn one_wrong_character_raises_doubt(at in 0..18_usize, other in "[0-9A-HJ-NPQRTUWXY]") {
        let mut typed = "91350100M000100Y43".to_owned();
        typed.replace_range(at..=at, &other);
        let doubtful = CreditCode::parse(&typed).unwrap().doubt().is_some();
        prop_assert_eq!(doubtful, typed != "91350100M000100Y43");
    }
}
