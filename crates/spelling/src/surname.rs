//! Surnames: those of two characters, and those read unlike the dictionary 姓氏.

/// Surnames of two characters 复姓.
const COMPOUND: [&str; 60] = [
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛",
    "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容",
    "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马",
    "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐",
    "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "西门", "第五", "南荣",
];

/// How a surname is read where that differs from the first reading of its characters, with tones.
pub(crate) const SURNAME_READINGS: [(&str, &[&str]); 41] = [
    ("万俟", &["mo4", "qi2"]),
    ("尉迟", &["yu4", "chi2"]),
    ("澹台", &["tan2", "tai2"]),
    ("长孙", &["zhang3", "sun1"]),
    ("乐正", &["yue4", "zheng4"]),
    ("宰父", &["zai3", "fu3"]),
    ("单", &["shan4"]),
    ("解", &["xie4"]),
    ("仇", &["qiu2"]),
    ("曾", &["zeng1"]),
    ("查", &["zha1"]),
    ("盖", &["ge3"]),
    ("朴", &["piao2"]),
    ("区", &["ou1"]),
    ("任", &["ren2"]),
    ("华", &["hua4"]),
    ("缪", &["miao4"]),
    ("翟", &["zhai2"]),
    ("覃", &["qin2"]),
    ("冼", &["xian3"]),
    ("员", &["yun4"]),
    ("秘", &["bi4"]),
    ("乐", &["yue4"]),
    ("折", &["she2"]),
    ("洗", &["xian3"]),
    ("祭", &["zhai4"]),
    ("宁", &["ning4"]),
    ("纪", &["ji3"]),
    ("那", &["na1"]),
    ("佴", &["nai4"]),
    ("卜", &["bu3"]),
    ("么", &["yao1"]),
    ("种", &["chong2"]),
    ("召", &["shao4"]),
    ("隗", &["wei3"]),
    ("郇", &["xun2"]),
    ("牟", &["mu4"]),
    ("葛", &["ge3"]),
    ("乜", &["nie4"]),
    ("阚", &["kan4"]),
    ("燕", &["yan1"]),
];

/// The surname a Chinese name begins with: two characters where they are a compound surname and a
/// given name follows, else the first; the whole text where it has no characters to spare.
#[must_use]
pub fn surname(name: &str) -> &str {
    let length = |chars: usize| name.char_indices().nth(chars).map(|(index, _)| index);
    let compound = length(2).filter(|&end| COMPOUND.contains(&&name[..end]));
    &name[..compound.or(length(1)).unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_characters_only_where_a_given_name_follows() {
        for (name, expected) in [
            ("张三", "张"),
            ("欧阳锋", "欧阳"),
            ("欧阳", "欧"),
            ("长孙无忌", "长孙"),
            ("张", "张"),
            ("", ""),
            ("𬭊三", "𬭊"),
        ] {
            assert_eq!(surname(name), expected);
        }
    }
}
