//! What TOML says of a mapping that it cannot read, in words for people 语法错误的说法.

/// A Chinese sentence for what was said in English; what nobody has words for is quoted.
pub(super) fn told(said: &str) -> String {
    known(said).unwrap_or_else(|| format!("写法有误（{said}）"))
}

/// The words in backticks, in their order.
fn quoted(said: &str) -> Vec<&str> {
    said.split('`').skip(1).step_by(2).collect()
}

fn known(said: &str) -> Option<String> {
    let words = quoted(said);
    let (first, rest) = match words.split_first() {
        Some((first, rest)) => (*first, rest.join("、")),
        None => ("", String::new()),
    };
    let possible = if rest.is_empty() {
        String::new()
    } else {
        format!("，可用的有 {rest}")
    };
    let begins = |text: &str| said.starts_with(text);
    if begins("unknown field") {
        Some(format!("不认识「{first}」这一项{possible}"))
    } else if begins("unknown variant") {
        Some(format!("不认识「{first}」这个取值{possible}"))
    } else if begins("missing field") {
        Some(format!("缺少「{first}」这一项"))
    } else if begins("invalid type") || begins("invalid value:") {
        Some("值的类型不对，例如该写文字的地方写了数字".to_owned())
    } else {
        syntax(said).map(str::to_owned)
    }
}

/// Where the text is no TOML at all.
fn syntax(said: &str) -> Option<&'static str> {
    let has = |part: &str| said.contains(part);
    Some(if has("duplicate key") {
        "同一项写了两次"
    } else if has("unclosed") {
        "括号没有闭合"
    } else if has("missing comma") {
        "两项之间缺少逗号"
    } else if has("extra comma") {
        "多写了一个逗号"
    } else if has("key with no value") || has("missing assignment") || has("missing value") {
        "等号或等号后面的值没有写"
    } else if has("extra assignment") || has("extra `=`") || has("unexpected `=`") {
        "多写了一个等号"
    } else if has("string values must be quoted") {
        "文字要用双引号括起来"
    } else if has("key") {
        "等号左边的名称写法不对，含中文或空格时要用双引号括起来"
    } else if has("quote") {
        "引号没有配对"
    } else if has("invalid value") {
        "等号右边的值写法不对"
    } else {
        return None;
    })
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn common_mistakes_are_told_in_chinese() {
        for (said, words) in [
            (
                "unknown variant `custmer`, expected one of `customer`, `order`",
                "不认识「custmer」这个取值，可用的有 customer、order",
            ),
            (
                "unknown field `a`, expected `b` or `c`",
                "不认识「a」这一项，可用的有 b、c",
            ),
            ("missing field `name`", "缺少「name」这一项"),
            ("unclosed table, expected `]`", "括号没有闭合"),
            ("duplicate key", "同一项写了两次"),
            (
                "invalid unquoted key",
                "等号左边的名称写法不对，含中文或空格时要用双引号括起来",
            ),
            ("something new", "写法有误（something new）"),
        ] {
            assert_eq!(told(said), words);
        }
    }
}
