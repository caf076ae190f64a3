//! What remains of a personal field when it is hidden 脱敏规则.
//!
//! The forms are those usual in Chinese systems. Every mask keeps less than the whole, also of
//! values too short or too odd for its rule.

/// `张三` → `张*`, `欧阳锋` → `欧阳*`, `买买提·阿卜杜拉` → `买***`: at most three stars, so that
/// the length of a long name does not tell whose it is.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let name = name.trim();
    let shown = spelling::surname(name);
    let hidden = name[shown.len()..].chars().count();
    shown.to_owned() + &"*".repeat(hidden.clamp(1, 3))
}

/// `13812341234` → `138****1234`. Country code and separators fall away; numbers shorter than a
/// mobile keep four digits, or two, or none.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0086")
        .or_else(|| digits.strip_prefix("86"))
        .filter(|rest| rest.len() >= 10)
        .unwrap_or(&digits);
    match national.len() {
        11.. => format!("{}****{}", &national[..3], tail(national, 4)),
        8..=10 => format!("****{}", tail(national, 4)),
        5..=7 => format!("****{}", tail(national, 2)),
        _ => "****".to_owned(),
    }
}

/// `11010519491231002X` → `110***********002X`; other papers keep their first and last character.
#[must_use]
pub fn mask_citizen_id(number: &str) -> String {
    let chars: Vec<char> = number.trim().chars().collect();
    let (head, last) = match chars.len() {
        18 => (3, 4),
        6.. => (1, 1),
        _ => return "***".to_owned(),
    };
    let stars = "*".repeat(chars.len() - head - last);
    let front: String = chars[..head].iter().collect();
    let back: String = chars[chars.len() - last..].iter().collect();
    format!("{front}{stars}{back}")
}

/// `6222021234567890128` → `**** **** **** 0128`.
#[must_use]
pub fn mask_card(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let shown = if digits.len() >= 8 {
        tail(&digits, 4)
    } else {
        "****"
    };
    format!("**** **** **** {shown}")
}

/// `zhang@example.com` → `z***@example.com`.
#[must_use]
pub fn mask_email(address: &str) -> String {
    let Some((local, domain)) = address.trim().rsplit_once('@') else {
        return "***".to_owned();
    };
    let mut chars = local.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(_)) => format!("{first}***@{domain}"),
        _ => format!("***@{domain}"),
    }
}

/// `北京市朝阳区建国路1号` → `北京市朝阳区***`: down to the district, or to the city where no
/// district is named.
#[must_use]
pub fn mask_address(address: &str) -> String {
    // Districts stand before any house number; 小区 and 社区 are housing, 自治区 is a province.
    let chars: Vec<char> = address
        .trim()
        .chars()
        .take_while(|c| !c.is_ascii_digit() && *c != '号')
        .collect();
    let district = (1..chars.len()).find(|&i| match chars[i] {
        '县' | '旗' => true,
        '区' => !matches!(chars[i - 1], '治' | '小' | '社'),
        _ => false,
    });
    let city = || chars.iter().position(|c| *c == '市');
    let province = || chars.iter().position(|c| *c == '省');
    let kept = district
        .or_else(city)
        .or_else(province)
        .map_or(0, |i| i + 1);
    let shown: String = chars[..kept].iter().collect();
    format!("{shown}***")
}

/// The last `count` of ASCII digits.
fn tail(digits: &str, count: usize) -> &str {
    &digits[digits.len() - count..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Mask = fn(&str) -> String;

    #[test]
    fn the_usual_forms() {
        let table: [(Mask, &str, &str); 22] = [
            (mask_name, "张三", "张*"),
            (mask_name, "张三丰", "张**"),
            (mask_name, "欧阳锋", "欧阳*"),
            (mask_name, "买买提·阿卜杜拉", "买***"),
            (mask_name, "欧阳", "欧*"),
            (mask_name, "张", "张*"),
            (mask_phone, "13812341234", "138****1234"),
            (mask_phone, "+86 138-1234-1234", "138****1234"),
            (mask_phone, "010-62345678", "010****5678"),
            (mask_phone, "400-810-8888", "****8888"),
            (mask_phone, "12345", "****45"),
            (mask_citizen_id, "11010519491231002X", "110***********002X"),
            (mask_citizen_id, "E12345678", "E*******8"),
            (mask_card, "6222021234567890128", "**** **** **** 0128"),
            (mask_email, "zhang@example.com", "z***@example.com"),
            (mask_email, "z@example.com", "***@example.com"),
            (mask_email, "not an address", "***"),
            (mask_address, "北京市朝阳区建国路1号", "北京市朝阳区***"),
            (
                mask_address,
                "内蒙古自治区呼和浩特市新城区海拉尔大街",
                "内蒙古自治区呼和浩特市新城区***",
            ),
            (
                mask_address,
                "广东省东莞市长安镇幸福小区",
                "广东省东莞市***",
            ),
            (mask_address, "湖南省长沙县星沙街道", "湖南省长沙县***"),
            (mask_address, "幸福小区3号楼", "***"),
        ];
        for (mask, clear, masked) in table {
            assert_eq!(mask(clear), masked, "{clear}");
        }
    }

    proptest! {
        #[test]
        fn no_mask_lets_a_value_through(
            value in "\\PC{1,30}|[0-9]{1,20}|[一-龥]{1,12}|[a-z]{1,5}@[a-z.]{1,9}",
        ) {
            let digits: [Mask; 3] = [mask_phone, mask_citizen_id, mask_card];
            let words: [Mask; 3] = [mask_name, mask_email, mask_address];
            for mask in digits.into_iter().chain(words) {
                let masked = mask(&value);
                prop_assert!(masked.contains('*'), "{}", masked);
                prop_assert!(masked != value || value.contains('*'), "{}", masked);
            }
        }
    }
}
