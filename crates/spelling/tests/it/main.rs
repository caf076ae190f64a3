//! Names as people search for them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use spelling::{Spelling, fold};

fn found(spelling: &Spelling, query: &str) -> bool {
    spelling.search_text().contains(&fold(query))
}

#[test]
fn a_name_is_found_however_it_is_typed() {
    for (name, queries) in [
        (
            "张三",
            &["zhangsan", "zs", "zhangs", "Zhang San", "ｚｓ"][..],
        ),
        ("张三丰", &["zhangsanfeng", "zsf", "zhangsf", "sanfeng"]),
        ("欧阳锋", &["ouyangfeng", "oyf", "ouyangf"]),
        ("吕布", &["lvbu", "lubu", "lyubu", "lb"]),
        ("曾国藩", &["zengguofan", "cengguofan", "zgf", "zenggf"]),
        ("覃雪", &["qinxue", "tanxue", "qx", "tx"]),
        ("单乐", &["shanle", "danyue", "sl", "sy"]),
        ("买买提·阿卜杜拉", &["maimaiti", "mmtabdl"]),
    ] {
        let spelling = Spelling::of_person(name);
        for query in queries {
            assert!(
                found(&spelling, query),
                "{name} by {query}: {}",
                spelling.search_text()
            );
        }
        assert!(!found(&spelling, "wangwu"));
    }
}

#[test]
fn the_surname_is_read_as_a_surname() {
    for (name, full) in [
        ("单雄信", "shanxiongxin"),
        ("解缙", "xiejin"),
        ("仇英", "qiuying"),
        ("查良镛", "zhaliangyong"),
        ("盖聂", "genie"),
        ("朴树", "piaoshu"),
        ("区丽", "ouli"),
        ("任平", "renping"),
        ("华佗", "huatuo"),
        ("缪强", "miaoqiang"),
        ("翟刚", "zhaigang"),
        ("冼星", "xianxing"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqixie"),
        ("澹台明", "tantaiming"),
        ("长孙皇后", "zhangsunhuanghou"),
    ] {
        assert_eq!(Spelling::of_person(name).full[0], full, "{name}");
    }
}

#[test]
fn firms_are_read_as_firms() {
    for (name, full, initials) in [
        ("重庆长安汽车", "chongqingchanganqiche", "cqcaqc"),
        ("招商银行（厦门）", "zhaoshangyinhangxiamen", "zsyhxm"),
        ("ABC 科技2部", "abckeji2bu", "abckj2b"),
        ("华为", "huawei", "hw"),
    ] {
        let spelling = Spelling::of_text(name);
        assert_eq!(
            (spelling.full[0].as_str(), spelling.initials[0].as_str()),
            (full, initials)
        );
        assert_eq!(spelling.mixed, Vec::<String>::new());
    }
}

/// 有限 is not looked for under `weiwen`, 团 not under `qiu`: what only the classics read so would
/// crowd out what people type.
#[test]
fn a_firm_has_the_readings_that_people_of_today_know() {
    for (name, full) in [
        (
            "深圳信息技术集团有限公司",
            &["shenzhenxinxijishujituanyouxiangongsi"][..],
        ),
        ("佛山照明", &["foshanzhaoming"]),
        (
            "厦门石化",
            &[
                "xiamenshihua",
                "xiamendanhua",
                "shamenshihua",
                "shamendanhua",
            ],
        ),
        ("长乐", &["changle", "changyue", "zhangle", "zhangyue"]),
    ] {
        let found: BTreeSet<String> = Spelling::of_text(name).full.into_iter().collect();
        let expected: BTreeSet<String> = full.iter().map(|key| (*key).to_owned()).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn sorts_like_a_telephone_book() {
    let mut names = [
        "章一", "张三", "吕布", "李四", "单一", "张一", "刘六", "林一", "Adam", "阿里",
    ];
    names.sort_by_key(|name| Spelling::of_person(name).sort_key);
    assert_eq!(
        names,
        [
            "阿里", "Adam", "李四", "林一", "刘六", "吕布", "单一", "张三", "张一", "章一"
        ]
    );
}

proptest! {
    #[test]
    fn any_text_has_a_spelling_and_few_keys(
        text in "[一-龥𠀀-𠀿a-zA-Z0-9 ·()（）]{0,40}|\\PC{0,20}",
    ) {
        for spelling in [Spelling::of_person(&text), Spelling::of_text(&text)] {
            prop_assert!((1..=24).contains(&spelling.full.len()));
            prop_assert!((1..=24).contains(&spelling.initials.len()));
            prop_assert!(spelling.mixed.len() <= 24);
            let likeliest = spelling.full[0].clone();
            prop_assert_eq!(fold(&likeliest), likeliest);
        }
    }
}
