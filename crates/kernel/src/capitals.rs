//! Amounts in Chinese capitals 大写金额.
//!
//! 正确填写票据和结算凭证的基本规定 (支付结算办法, annex 1): digits 零壹贰…玖, units 拾佰仟万亿元角分; an amount that ends
//! at 元 or 角 is closed with 整 (after 角 the rule leaves it open, and we leave it out, so that
//! nothing can be added after 分 either); zeros inside are said once.

use crate::Fen;

const DIGITS: [&str; 10] = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
/// What a group of four digits counts: 10^0, 10^4, 10^8, 10^12 (万亿), 10^16 (亿亿).
const GROUPS: [&str; 5] = ["", "万", "亿", "万", "亿"];

impl Fen {
    /// 壹万陆仟肆佰零玖元零贰分; negative amounts begin with 负. Without the prefix 人民币, which a
    /// form prints itself.
    #[must_use]
    pub fn capitals(self) -> String {
        let units = self.0.unsigned_abs();
        let (yuan, jiao, fen) = (units / 100, units / 10 % 10, units % 10);
        let mut text = String::new();
        if self.0 < 0 {
            text.push('负');
        }
        if yuan > 0 {
            push_whole(&mut text, yuan);
            text.push('元');
        }
        match (jiao, fen) {
            (0, 0) if yuan == 0 => text.push_str("零元整"),
            (0, 0) => text.push('整'),
            (jiao, fen) => {
                if jiao > 0 {
                    text.push_str(digit(jiao));
                    text.push('角');
                } else if yuan > 0 {
                    text.push('零');
                }
                if fen > 0 {
                    text.push_str(digit(fen));
                    text.push('分');
                }
            }
        }
        text
    }
}

fn digit(value: u64) -> &'static str {
    usize::try_from(value)
        .ok()
        .and_then(|at| DIGITS.get(at))
        .copied()
        .unwrap_or("零")
}

/// Groups of four from the highest; a gap of zeros before the next digit is one 零.
fn push_whole(text: &mut String, yuan: u64) {
    let mut gap = false;
    let mut said = false;
    let mut higher = 0;
    for group in (0..GROUPS.len()).rev() {
        let power = 10_000_u64.pow(u32::try_from(group).unwrap_or(0));
        let four = yuan / power % 10_000;
        for place in (0..PLACES.len()).rev() {
            let value = four / 10_u64.pow(u32::try_from(place).unwrap_or(0)) % 10;
            if value == 0 {
                gap = said;
                continue;
            }
            // Zeros at the end of a group need no 零 before the 仟 of the next: 壹拾万柒仟.
            let follows = place == 3 && higher > 0;
            if gap && !follows {
                text.push('零');
            }
            (gap, said) = (false, true);
            text.push_str(digit(value));
            text.push_str(PLACES[place]);
        }
        // 亿 also closes a 万亿 below which nothing stands.
        let carries = four > 0 || (group == 2 && yuan / power > 0);
        if carries {
            text.push_str(GROUPS[group]);
        }
        higher = four;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // law.md §7.8, the table; where the rule leaves a 零 open, the form without it.
    #[test]
    fn amounts_read_as_the_rule_says() {
        for (amount, text) in [
            ("0", "零元整"),
            ("0.05", "伍分"),
            ("0.5", "伍角"),
            ("15", "壹拾伍元整"),
            ("1001", "壹仟零壹元整"),
            ("1010", "壹仟零壹拾元整"),
            ("1409.50", "壹仟肆佰零玖元伍角"),
            ("6007.14", "陆仟零柒元壹角肆分"),
            ("100000000", "壹亿元整"),
            ("120000000", "壹亿贰仟万元整"),
            ("100001", "壹拾万零壹元整"),
            ("107000.53", "壹拾万柒仟元伍角叁分"),
            ("1000200300", "壹拾亿零贰拾万零叁佰元整"),
            ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
            ("325.04", "叁佰贰拾伍元零肆分"),
            ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
            ("10000001", "壹仟万零壹元整"),
            ("20340056.70", "贰仟零叁拾肆万零伍拾陆元柒角"),
            ("100000010", "壹亿零壹拾元整"),
            ("-88.80", "负捌拾捌元捌角"),
            ("1000000000000", "壹万亿元整"),
            ("1000000000001.01", "壹万亿零壹元零壹分"),
        ] {
            let fen = Fen::parse(amount).expect(amount);
            assert_eq!(fen.capitals(), text, "{amount}");
        }
    }

    /// Reads it back, as a teller would; knows nothing of how it was written.
    fn read(text: &str) -> i64 {
        let (sign, text) = match text.strip_prefix('负') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (mut high, mut wan, mut section, mut last) = (0_i64, 0_i64, 0_i64, 0_i64);
        let mut fen = 0_i64;
        for c in text.chars() {
            let value = DIGITS.iter().position(|d| d.starts_with(c));
            match (c, value) {
                (_, Some(value)) => last = i64::try_from(value).unwrap_or(0),
                ('拾', _) => section += std::mem::take(&mut last) * 10,
                ('佰', _) => section += std::mem::take(&mut last) * 100,
                ('仟', _) => section += std::mem::take(&mut last) * 1_000,
                ('万', _) => {
                    wan = (std::mem::take(&mut section) + std::mem::take(&mut last)) * 10_000
                }
                ('亿', _) => {
                    high = (high + wan + section + last) * 100_000_000;
                    (wan, section, last) = (0, 0, 0);
                }
                ('元', _) => {
                    fen += (high + wan + section + last) * 100;
                    (high, wan, section, last) = (0, 0, 0, 0);
                }
                ('角', _) => fen += std::mem::take(&mut last) * 10,
                ('分', _) => fen += std::mem::take(&mut last),
                ('整', _) => {}
                other => panic!("{other:?} in {text}"),
            }
        }
        sign * fen
    }

    proptest! {
        #[test]
        fn a_teller_reads_the_same_amount(fen in -999_999_999_999_999_i64..=999_999_999_999_999) {
            let text = Fen(fen).capitals();
            prop_assert_eq!(read(&text), fen, "{}", text);
            prop_assert!(!text.contains("零零"), "{}", text);
        }

        #[test]
        fn any_amount_can_be_written(fen: i64) {
            prop_assert!(!Fen(fen).capitals().is_empty());
        }
    }
}
