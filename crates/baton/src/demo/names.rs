//! Believable names; every firm and person here is invented 演示名称.

use kernel::Day;

use super::dice::Dice;

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹",
    "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢", "蒋", "蔡", "贾", "丁", "魏", "薛",
    "叶", "阎", "余", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "欧阳", "上官", "司徒",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明",
    "超", "秀兰", "霞", "平", "刚", "桂英", "文博", "子涵", "雨桐", "浩然", "欣怡", "梓轩", "思远",
    "佳琪", "俊杰", "晓燕", "建国", "志强", "海燕", "雪梅", "国庆", "春华", "立新", "永康", "玉珍",
    "嘉豪", "诗涵", "宇航", "婉清", "书恒", "若曦", "景行", "知远", "䶮",
];
const PLACES: &[(&str, &str)] = &[
    ("上海", "华东"),
    ("杭州", "华东"),
    ("苏州", "华东"),
    ("南京", "华东"),
    ("宁波", "华东"),
    ("无锡", "华东"),
    ("合肥", "华东"),
    ("广州", "华南"),
    ("深圳", "华南"),
    ("佛山", "华南"),
    ("东莞", "华南"),
    ("厦门", "华南"),
    ("北京", "华北"),
    ("天津", "华北"),
    ("石家庄", "华北"),
    ("济南", "华北"),
    ("青岛", "华北"),
    ("成都", "西南"),
    ("重庆", "西南"),
    ("昆明", "西南"),
    ("贵阳", "西南"),
    ("武汉", "华中"),
    ("长沙", "华中"),
    ("郑州", "华中"),
    ("南昌", "华中"),
];
const WORDS: &[&str] = &[
    "启明", "华泰", "金穗", "天域", "鼎盛", "深蓝", "瑞丰", "恒信", "远航", "博雅", "中科", "新元",
    "万象", "锦程", "安达", "海川", "星辰", "百川", "德润", "宏图", "凯旋", "嘉禾", "明德", "盛世",
    "同创", "龙腾", "润泽", "康宁", "晟世", "智联", "云帆", "铭远", "弘毅", "卓越", "元亨", "泰和",
];
const TRADES: &[(&str, &str)] = &[
    ("精密机械", "制造业"),
    ("自动化设备", "制造业"),
    ("汽车零部件", "制造业"),
    ("新能源", "能源"),
    ("电力设备", "能源"),
    ("电子科技", "电子信息"),
    ("信息技术", "电子信息"),
    ("半导体", "电子信息"),
    ("生物医药", "医药"),
    ("医疗器械", "医药"),
    ("食品", "食品饮料"),
    ("饮料", "食品饮料"),
    ("物流", "交通物流"),
    ("供应链", "交通物流"),
    ("建材", "建筑建材"),
    ("建筑工程", "建筑建材"),
];
const FORMS: &[&str] = &[
    "有限公司",
    "有限公司",
    "有限公司",
    "股份有限公司",
    "集团有限公司",
    "有限责任公司",
];

/// The regions in which the company sells.
pub(super) const REGIONS: &[&str] = &["华东", "华南", "华北", "西南", "华中"];

pub(super) fn person(dice: &Dice) -> String {
    format!("{}{}", dice.pick(SURNAMES), dice.pick(GIVEN))
}

pub(super) fn mobile(dice: &Dice) -> String {
    let head = dice.pick(&["138", "139", "150", "158", "186", "188", "177", "199"]);
    format!("{head}{:08}", dice.below(100_000_000))
}

/// An invented firm: name, region, trade's industry, address.
pub(super) struct Firm {
    pub(super) name: String,
    pub(super) region: &'static str,
    pub(super) industry: &'static str,
    pub(super) address: String,
}

pub(super) fn firm(dice: &Dice, region: Option<&str>) -> Firm {
    let (place, region) = loop {
        let (place, of) = *dice.pick(PLACES);
        if region.is_none_or(|wanted| wanted == of) {
            break (place, of);
        }
    };
    let (trade, industry) = *dice.pick(TRADES);
    let second = if dice.happens(35) {
        *dice.pick(WORDS)
    } else {
        ""
    };
    let name = format!(
        "{place}{}{second}{trade}{}",
        dice.pick(WORDS),
        dice.pick(FORMS)
    );
    let address = format!(
        "{place}市{}路{}号",
        dice.pick(WORDS),
        dice.between(1, 2_000)
    );
    Firm {
        name,
        region,
        industry,
        address,
    }
}

/// A credit code with a right check digit (GB 32100-2015).
pub(super) fn credit_code(dice: &Dice) -> String {
    let mut head = format!(
        "91{}MA",
        dice.pick(&["310000", "440300", "330100", "320500", "510100"])
    );
    for _ in 0..7 {
        head.push(char::from(*dice.pick(b"0123456789ABCDEFGHJKLMNPQRTUWXY")));
    }
    match intake::credit_code_check_digit(&head) {
        Some(check) => format!("{head}{check}"),
        None => head,
    }
}

/// An invented citizen identity number with a right check character (GB 11643-1999).
pub(super) fn citizen_id(dice: &Dice, born: Day) -> String {
    let area = dice.pick(&["310101", "330102", "320505", "440305", "510104", "420102"]);
    let date = born.to_string().replace('-', "");
    let head = format!("{area}{date}{:03}", dice.between(1, 999));
    match intake::citizen_check_digit(&head) {
        Some(check) => format!("{head}{check}"),
        None => head,
    }
}
