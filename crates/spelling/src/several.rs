//! Characters that people of today read in several ways 多音字.
//!
//! Dictionaries know a second reading of every third character, most of them out of the classics:
//! 限 is also wěn, 团 also qiú. In a name of a firm they would be found by nobody and find what
//! nobody looks for. Here stand those that are read so in names of firms and places, after
//! 普通话异读词审音表 (1985) and 现代汉语词典; every other character keeps its usual reading.
//! Persons' names, where anything may be read in any way, keep them all.

/// Words whose characters are not read by their likeliest reading, longest first.
pub(crate) const WORD_READINGS: [(&str, &[&str]); 30] = [
    ("重庆", &["chong2", "qing4"]),
    ("六安", &["lu4", "an1"]),
    ("六合", &["lu4", "he2"]),
    ("蚌埠", &["beng4", "bu4"]),
    ("朝阳", &["chao2", "yang2"]),
    ("会计", &["kuai4", "ji4"]),
    ("会稽", &["kuai4", "ji1"]),
    ("音乐", &["yin1", "yue4"]),
    ("乐器", &["yue4", "qi4"]),
    ("乐清", &["yue4", "qing1"]),
    ("番禺", &["pan1", "yu2"]),
    ("东阿", &["dong1", "e1"]),
    ("台州", &["tai1", "zhou1"]),
    ("丽水", &["li2", "shui3"]),
    ("单县", &["shan4", "xian4"]),
    ("大厦", &["da4", "sha4"]),
    ("商厦", &["shang1", "sha4"]),
    ("广厦", &["guang3", "sha4"]),
    ("供应", &["gong1", "ying4"]),
    ("调味", &["tiao2", "wei4"]),
    ("空调", &["kong1", "tiao2"]),
    ("便利", &["bian4", "li4"]),
    ("重工", &["zhong4", "gong1"]),
    ("重型", &["zhong4", "xing2"]),
    ("行动", &["xing2", "dong4"]),
    ("旅行", &["lü3", "xing2"]),
    ("自行", &["zi4", "xing2"]),
    ("成长", &["cheng2", "zhang3"]),
    ("西藏", &["xi1", "zang4"]),
    ("大夫", &["dai4", "fu1"]),
];

/// Characters with their readings, the likeliest in a name of a firm or a place first.
const SEVERAL: &[(char, &[&str])] = &[
    ('阿', &["a1", "e1"]),
    ('艾', &["ai4", "yi4"]),
    ('扒', &["ba1", "pa2"]),
    ('柏', &["bai3", "bo2"]),
    ('薄', &["bo2", "bao2"]),
    ('堡', &["bao3", "pu4", "bu3"]),
    ('蚌', &["beng4", "bang4"]),
    ('贲', &["ben1", "bi4"]),
    ('秘', &["mi4", "bi4"]),
    ('辟', &["pi4", "bi4"]),
    ('便', &["bian4", "pian2"]),
    ('扁', &["bian3", "pian1"]),
    ('泊', &["bo2", "po1"]),
    ('埔', &["pu3", "bu4"]),
    ('参', &["can1", "shen1"]),
    ('藏', &["cang2", "zang4"]),
    ('曾', &["zeng1", "ceng2"]),
    ('差', &["cha1", "chai1"]),
    ('查', &["cha2", "zha1"]),
    ('禅', &["chan2", "shan4"]),
    ('单', &["dan1", "shan4", "chan2"]),
    ('长', &["chang2", "zhang3"]),
    ('朝', &["chao2", "zhao1"]),
    ('车', &["che1", "ju1"]),
    ('称', &["cheng1", "chen4"]),
    ('盛', &["sheng4", "cheng2"]),
    ('乘', &["cheng2", "sheng4"]),
    ('澄', &["cheng2", "deng4"]),
    ('匙', &["chi2", "shi5"]),
    ('重', &["zhong4", "chong2"]),
    ('畜', &["xu4", "chu4"]),
    ('传', &["chuan2", "zhuan4"]),
    ('幢', &["chuang2", "zhuang4"]),
    ('大', &["da4", "dai4"]),
    ('弹', &["dan4", "tan2"]),
    ('得', &["de2", "dei3"]),
    ('地', &["di4", "de5"]),
    ('的', &["de5", "di2"]),
    ('翟', &["zhai2", "di2"]),
    ('调', &["tiao2", "diao4"]),
    ('都', &["du1", "dou1"]),
    ('度', &["du4", "duo2"]),
    ('囤', &["tun2", "dun4"]),
    ('番', &["fan1", "pan1"]),
    ('繁', &["fan2", "po2"]),
    ('佛', &["fo2"]),
    ('给', &["gei3", "ji3"]),
    ('谷', &["gu3", "yu4"]),
    ('贾', &["jia3", "gu3"]),
    ('莞', &["guan3", "wan3"]),
    ('龟', &["gui1", "qiu1", "jun1"]),
    ('柜', &["gui4", "ju3"]),
    ('行', &["hang2", "xing2"]),
    ('和', &["he2", "huo2"]),
    ('核', &["he2", "hu2"]),
    ('虹', &["hong2", "jiang4"]),
    ('还', &["huan2", "hai2"]),
    ('会', &["hui4", "kuai4"]),
    ('稽', &["ji1", "qi3"]),
    ('奇', &["qi2", "ji1"]),
    ('系', &["xi4", "ji4"]),
    ('见', &["jian4", "xian4"]),
    ('降', &["jiang4", "xiang2"]),
    ('强', &["qiang2", "jiang4"]),
    ('角', &["jiao3", "jue2"]),
    ('觉', &["jue2", "jiao4"]),
    ('校', &["xiao4", "jiao4"]),
    ('嚼', &["jiao2", "jue2"]),
    ('解', &["jie3", "xie4"]),
    ('芥', &["jie4", "gai4"]),
    ('劲', &["jin4", "jing4"]),
    ('靓', &["liang4", "jing4"]),
    ('圈', &["quan1", "juan4"]),
    ('浚', &["jun4", "xun4"]),
    ('卡', &["ka3", "qia3"]),
    ('咖', &["ka1", "ga1"]),
    ('壳', &["ke2", "qiao4"]),
    ('落', &["luo4", "la4", "lao4"]),
    ('乐', &["le4", "yue4"]),
    ('勒', &["le4", "lei1"]),
    ('了', &["le5", "liao3"]),
    ('六', &["liu4", "lu4"]),
    ('陆', &["lu4", "liu4"]),
    ('露', &["lu4", "lou4"]),
    ('绿', &["lü4", "lu4"]),
    ('率', &["lü4", "shuai4"]),
    ('络', &["luo4", "lao4"]),
    ('脉', &["mai4", "mo4"]),
    ('没', &["mei2", "mo4"]),
    ('模', &["mo2", "mu2"]),
    ('万', &["wan4", "mo4"]),
    ('牟', &["mou2", "mu4"]),
    ('缪', &["miao4", "mou2"]),
    ('娜', &["na4", "nuo2"]),
    ('粘', &["zhan1", "nian2"]),
    ('弄', &["nong4", "long4"]),
    ('区', &["qu1", "ou1"]),
    ('胖', &["pang4", "pan2"]),
    ('朴', &["pu3", "piao2"]),
    ('瀑', &["pu4", "bao4"]),
    ('曝', &["pu4", "bao4"]),
    ('栖', &["qi1", "xi1"]),
    ('茜', &["qian4", "xi1"]),
    ('铅', &["qian1", "yan2"]),
    ('茄', &["qie2", "jia1"]),
    ('亲', &["qin1", "qing4"]),
    ('券', &["quan4", "xuan4"]),
    ('塞', &["sai4", "se4"]),
    ('色', &["se4", "shai3"]),
    ('厦', &["xia4", "sha4"]),
    ('杉', &["shan1", "sha1"]),
    ('汤', &["tang1", "shang1"]),
    ('召', &["zhao4", "shao4"]),
    ('折', &["zhe2", "she2"]),
    ('什', &["shi2", "shen2"]),
    ('省', &["sheng3", "xing3"]),
    ('石', &["shi2", "dan4"]),
    ('食', &["shi2", "si4"]),
    ('识', &["shi2", "zhi4"]),
    ('氏', &["shi4", "zhi1"]),
    ('似', &["si4", "shi4"]),
    ('属', &["shu3", "zhu3"]),
    ('说', &["shuo1", "shui4"]),
    ('宿', &["su4", "xiu3"]),
    ('歙', &["she4", "xi1"]),
    ('台', &["tai2", "tai1"]),
    ('提', &["ti2", "di1"]),
    ('拓', &["tuo4", "ta4"]),
    ('尾', &["wei3", "yi3"]),
    ('尉', &["wei4", "yu4"]),
    ('蔚', &["wei4", "yu4"]),
    ('圩', &["wei2", "xu1"]),
    ('涡', &["wo1", "guo1"]),
    ('洗', &["xi3", "xian3"]),
    ('纤', &["xian1", "qian4"]),
    ('巷', &["xiang4", "hang4"]),
    ('莘', &["shen1", "xin1"]),
    ('削', &["xue1", "xiao1"]),
    ('血', &["xue4", "xie3"]),
    ('郇', &["xun2", "huan2"]),
    ('叶', &["ye4", "xie2"]),
    ('荥', &["xing2", "ying2"]),
    ('殷', &["yin1", "yan1"]),
    ('员', &["yuan2", "yun4"]),
    ('约', &["yue1", "yao1"]),
    ('钥', &["yao4", "yue4"]),
    ('筠', &["yun2", "jun1"]),
    ('扎', &["zha1", "za1"]),
    ('轧', &["zha2", "ya4"]),
    ('择', &["ze2", "zhai2"]),
    ('爪', &["zhua3", "zhao3"]),
    ('着', &["zhe5", "zhuo2", "zhao2"]),
    ('殖', &["zhi2", "shi5"]),
    ('种', &["zhong3", "chong2"]),
    ('琢', &["zhuo2", "zuo2"]),
    ('仔', &["zi3", "zai3"]),
    ('柞', &["zuo4", "zha4"]),
    ('乾', &["qian2", "gan1"]),
    ('陂', &["bei1", "pi2", "po1"]),
    ('犍', &["qian2", "jian1"]),
    ('漯', &["luo4", "ta4"]),
    ('泷', &["long2", "shuang1"]),
    ('渑', &["mian3", "sheng2"]),
    ('卜', &["bu3", "bo5"]),
    ('脯', &["fu3", "pu2"]),
    ('倘', &["tang3", "chang2"]),
];

/// The readings of a character of which people know several, or whose usual one is not the
/// dictionary's first.
pub(crate) fn readings_in_texts(character: char) -> Option<&'static [&'static str]> {
    let found = SEVERAL.iter().find(|(known, _)| *known == character);
    found.map(|(_, readings)| *readings)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use pinyin::{ToPinyin, ToPinyinMulti};

    use super::*;
    use crate::Spelling;

    fn plain(reading: &str) -> &str {
        reading.trim_end_matches(|c: char| c.is_ascii_digit())
    }

    #[test]
    fn each_character_stands_once_with_readings_that_a_dictionary_knows() {
        let mut seen = BTreeSet::new();
        for (character, readings) in SEVERAL {
            assert!(seen.insert(*character), "{character} twice");
            let known = character.to_pinyin_multi().expect("a hanzi");
            let known: BTreeSet<&str> = known.into_iter().map(pinyin::Pinyin::plain).collect();
            let usual = character.to_pinyin().map(pinyin::Pinyin::with_tone_num_end);
            assert!(
                readings.len() > 1 || usual != Some(readings[0]),
                "{character} needs no row"
            );
            for reading in *readings {
                assert!(
                    known.contains(plain(reading)),
                    "{character} {reading}: {known:?}"
                );
            }
        }
    }

    /// A name is taken apart character by character, so each must know how words read it.
    #[test]
    fn a_character_knows_how_words_read_it() {
        for (word, readings) in WORD_READINGS {
            assert_eq!(word.chars().count(), readings.len(), "{word}");
            for (character, reading) in word.chars().zip(readings) {
                let by_itself = Spelling::of_text(&character.to_string()).full;
                let reading = plain(reading).replace('ü', "v");
                assert!(by_itself.contains(&reading), "{word} {character} {reading}");
            }
        }
    }
}
