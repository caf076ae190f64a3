//! Invented firms with the words of real ones, as unevenly spread 名称.

use super::Dice;

/// Places, the likeliest first.
pub const PLACES: &[&str] = &[
    "深圳市",
    "上海",
    "北京",
    "广州市",
    "杭州",
    "苏州",
    "成都",
    "东莞市",
    "武汉",
    "南京",
    "宁波",
    "佛山市",
    "青岛",
    "天津",
    "重庆",
    "无锡",
    "长沙",
    "郑州",
    "厦门",
    "合肥",
    "西安",
    "济南",
    "沈阳",
    "大连",
    "福州",
    "泉州",
    "温州",
    "常州",
    "昆明",
    "南昌",
    "石家庄",
    "贵阳",
    "太原",
    "哈尔滨",
    "长春",
    "南宁",
    "珠海",
    "中山市",
    "惠州",
    "嘉兴",
    "绍兴",
    "台州",
    "烟台",
    "徐州",
    "扬州",
    "芜湖",
    "洛阳",
    "绵阳",
    "兰州",
    "乌鲁木齐",
];
/// Characters of which firms make their own name.
pub const BRANDS: &str = "华中新天金海东宏恒大科创信达远盛瑞德安泰兴隆丰源明光荣昌成诚嘉美佳利\
    鑫富通顺发展联众合和谐友邦立业博雅智慧云数字星宇辰阳晨曦亚欧康健生物力量强龙腾飞翔鹏程万里\
    百川汇海纳江河湖山峰岳峻岭森林木叶松柏梅兰竹菊荷莲春夏秋冬雪霜雨露风雷电火炎焰晶莹玉石珠宝\
    钻翡翠银铜铁钢锋锐铭铸鼎尊圣贤哲学文武双全优良善真诺言行思维想象创造卓越超凡正方圆润泽福禄寿\
    喜庆吉祥如意平宁静致远志高洁清澈朗皓月日耀辉煌灿烂锦绣程前启航帆舟船港湾岛屿洲际环球宙";
/// Trades, the likeliest first.
pub const TRADES: &[(&str, &str)] = &[
    ("科技", "电子信息"),
    ("贸易", "商贸"),
    ("电子科技", "电子信息"),
    ("机械设备", "制造业"),
    ("信息技术", "电子信息"),
    ("实业", "制造业"),
    ("建筑工程", "建筑"),
    ("生物科技", "医药"),
    ("食品", "食品饮料"),
    ("物流", "物流"),
    ("精密制造", "制造业"),
    ("网络科技", "电子信息"),
    ("新材料", "化工"),
    ("医疗器械", "医药"),
    ("汽车零部件", "汽车"),
    ("环保", "环保"),
    ("新能源", "能源"),
    ("服饰", "纺织"),
    ("包装", "包装"),
    ("化工", "化工"),
    ("家居", "家居"),
    ("半导体", "电子信息"),
    ("教育咨询", "教育"),
    ("农业发展", "农业"),
    ("文化传媒", "传媒"),
    ("供应链管理", "物流"),
    ("电力设备", "能源"),
    ("仪器仪表", "制造业"),
    ("酒店管理", "旅游"),
    ("装饰设计", "建筑"),
];
const FORMS: &[&str] = &[
    "有限公司",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
];
/// Regions of sales, the likeliest first.
pub const REGIONS: &[&str] = &[
    "华东", "华南", "华北", "西南", "华中", "西北", "东北", "港澳", "海外", "闽赣",
];
const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳",
];

/// A firm: its name and its industry.
pub fn firm(dice: &Dice) -> (String, &'static str) {
    let characters: Vec<char> = BRANDS.chars().filter(|c| !c.is_whitespace()).collect();
    let brand: String = (0..2 + dice.below(2))
        .map(|_| *dice.favour(&characters))
        .collect();
    let (trade, industry) = *dice.favour(TRADES);
    let place = if dice.below(10) < 8 {
        *dice.favour(PLACES)
    } else {
        ""
    };
    (
        format!("{place}{brand}{trade}{}", dice.favour(FORMS)),
        industry,
    )
}

/// A person's name.
pub fn person(dice: &Dice) -> String {
    format!(
        "{}{}{}",
        dice.pick(SURNAMES),
        dice.pick(GIVEN),
        dice.pick(GIVEN)
    )
}
