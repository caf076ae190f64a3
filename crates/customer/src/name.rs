//! Names of firms in the form in which they compare 客户名称查重键.

use serde::{Deserialize, Serialize};
use spelling::fold;

/// Words that only say which form the firm has, longest first.
const LEGAL_FORMS: [&str; 5] = [
    "股份有限责任公司",
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "股份公司",
];

/// Provinces, and cities that firms put before their names without 市.
const REGIONS: &str = "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 \
    山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 \
    香港 澳门 石家庄 太原 沈阳 长春 哈尔滨 南京 杭州 合肥 福州 南昌 济南 郑州 武汉 长沙 \
    广州 南宁 海口 成都 贵阳 昆明 西安 兰州 西宁 银川 拉萨 呼和浩特 乌鲁木齐 深圳 厦门 \
    青岛 大连 宁波 苏州 无锡 常州 温州 东莞 佛山 珠海 中山 烟台 泉州";

/// What the name of a region may end in.
const REGION_ENDINGS: [&str; 9] = [
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "特别行政区",
    "省",
    "市",
    "区",
    "县",
];

/// A name without what people leave out or write differently; the original stays with the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NameKey {
    /// The name without region, legal form, spaces and signs: `腾讯计算机系统`.
    pub core: String,
    /// The region before it or in brackets, without 省 and 市: `广东深圳`; often empty.
    pub region: String,
}

impl NameKey {
    /// `深圳市腾讯计算机系统有限公司` → `腾讯计算机系统`, `深圳`. The core is empty only when the
    /// name has neither letters nor digits.
    #[must_use]
    pub fn of(name: &str) -> NameKey {
        let (outside, mut region) = take_bracketed_regions(name);
        let mut core = fold(&outside);
        while let Some((prefix, rest)) = take_region(&core).filter(|(_, rest)| names_a_firm(rest)) {
            region.push_str(prefix);
            core = rest.to_owned();
        }
        let plain = without_legal_form(&core);
        NameKey {
            core: if plain.is_empty() { core } else { plain },
            region,
        }
    }

    /// Whether the regions may be the same place: one is part of the other or not named.
    #[must_use]
    pub fn same_region(&self, other: &NameKey) -> bool {
        self.region.contains(&other.region) || other.region.contains(&self.region)
    }
}

/// Takes brackets that hold nothing but a region out of the name.
fn take_bracketed_regions(name: &str) -> (String, String) {
    let narrow = spelling::narrow(name)
        .replace(['【', '[', '〔'], "(")
        .replace(['】', ']', '〕'], ")");
    let (mut outside, mut region) = (String::new(), String::new());
    for piece in narrow.split_inclusive(')') {
        let (before, inside) = piece.split_once('(').unwrap_or((piece, ""));
        let place = inside.trim_end_matches(')').trim();
        let named = match take_region(place) {
            Some((bare, "")) => Some(bare),
            _ => (place == "中国").then_some(place),
        };
        outside.push_str(if named.is_some() { before } else { piece });
        region.push_str(named.unwrap_or_default());
    }
    (outside, region)
}

/// Splits a region off the front: its bare name and what follows.
fn take_region(text: &str) -> Option<(&str, &str)> {
    let listed = REGIONS.split(' ').find(|region| text.starts_with(region));
    let end = listed
        .map(|region| region.len())
        .or_else(|| unlisted(text))?;
    let (bare, rest) = text.split_at(end);
    let ending = REGION_ENDINGS
        .iter()
        .find_map(|ending| rest.strip_prefix(ending));
    Some((bare, ending.unwrap_or(rest)))
}

/// Where any other place ends: before 市, 县 or 区 after two to four characters, but not in 超市.
fn unlisted(text: &str) -> Option<usize> {
    let start: Vec<(usize, char)> = text.char_indices().take(5).collect();
    let ends = |pair: &&[(usize, char)]| {
        matches!(pair[1].1, '市' | '县' | '区') && !"超夜都菜小社园校景".contains(pair[0].1)
    };
    let pair = start.windows(2).skip(1).find(ends)?;
    Some(pair[1].0)
}

/// Whether something is left that can be a name, and not just 公司 or 银行.
fn names_a_firm(rest: &str) -> bool {
    without_legal_form(rest).chars().count() >= 2
}

fn without_legal_form(name: &str) -> String {
    let plain = LEGAL_FORMS
        .iter()
        .fold(name.to_owned(), |text, form| text.replace(form, ""));
    // A branch 分公司 is another customer than its firm, so only a bare 公司 falls away.
    match plain.strip_suffix("公司") {
        Some(rest) if !rest.ends_with(['分', '子', '总']) => rest.to_owned(),
        _ => plain,
    }
}
