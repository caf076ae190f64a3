//! What the program itself says where people write words of their own, in both languages 系统用语.
//!
//! A case, or the history of an employment, keeps words as they were said, and the program says its
//! own in Chinese there. They are few: what was written long ago is found again by its form.

use ::approval::def::Def;
use ::approval::event::{Event, What};
use ::approval::sentence::{Names, Pair, sentence};
use ::departure::gates::GateKey;
use ::departure::kind::RULES;

use crate::registry;

/// A sentence, Chinese and English, with `{}` for what differs, in the same order.
pub(crate) struct Told(pub(crate) &'static str, pub(crate) &'static str);

/// Each sentence by its name, and all of them, so that none is forgotten where they are found
/// again.
macro_rules! sentences {
    ($($(#[$what:meta])* $sees:vis $name:ident = $zh:literal, $en:literal;)*) => {
        $(
            $(#[$what])*
            $sees const $name: $crate::told::Told = $crate::told::Told($zh, $en);
        )*

        const ALL: &[$crate::told::Told] = &[$($name),*];
    };
}
pub(crate) use sentences;

sentences! {
    /// A plan is before its receivers.
    pub(crate) PLAN = "交接方案 {} 已提交", "Handover plan {} was submitted";
    /// He holds nothing.
    pub(crate) NO_PLAN = "名下没有需要移交的事项", "There is nothing to hand over";
    /// 离职证明
    pub(crate) CERTIFICATE = "离职证明已出具", "The leaving certificate was issued";
    /// What was still open when a departure was closed.
    pub(crate) CLOSED =
        "离职已办结，此项未单独登记",
        "The departure is closed; this step was not recorded by itself";
    /// Nothing is open that somebody took down.
    pub(crate) ACCOUNTS = "登记的系统账号均已关闭", "Every account on record is closed";
    /// Nothing is out.
    pub(crate) ASSETS =
        "领用的资产均已归还或约定赔偿",
        "Everything lent is returned, or its cost agreed";
    /// By whom.
    pub(crate) RECEIVED = "{}已登记签收", "{} recorded that it was received";
    /// By whom.
    pub(crate) UNION = "{}已登记通知工会", "{} recorded that the union was told";
    /// By whom.
    pub(crate) RECEIVABLES = "{}已核对应收", "{} checked the receivables";
    /// By whom.
    pub(crate) INTERVIEW = "{}已登记离职面谈", "{} recorded the exit interview";
    /// Who spoke last about the line of a closed month.
    pub(crate) MONTH_CLOSED = "{}该月已关账", "{}: the month is closed";
    /// Who.
    pub(crate) CONFIRMED = "{}本人已确认，不再有异议", "{} confirmed and objects no more";
    /// By whom.
    pub(crate) GRANTED = "{}已答复：异议成立", "{} answered: the objection stands";
    /// By whom.
    pub(crate) PARTLY = "{}已答复：部分成立", "{} answered: the objection stands in part";
    /// By whom.
    pub(crate) REFUSED = "{}已答复：异议不成立", "{} answered: the objection does not stand";
    /// By whom.
    pub(crate) PUT_RIGHT =
        "{}已答复：异议成立，并已另行更正",
        "{} answered: the objection stands and was put right elsewhere";
    /// A stand-in takes a task over.
    pub(crate) STAND_IN = "代理人接手", "Taken over by the stand-in";
    /// An answer was given where the thing is, not in the list of tasks.
    pub(crate) ON_ITS_PAGE = "在办理页面直接作出答复", "Answered on the page itself";
    /// The same, and nothing was left to ask.
    pub(crate) DONE_ON_ITS_PAGE =
        "已在办理页面办结，流程不再需要",
        "Done on the page itself; the case is not needed any more";
    /// A plan gives nothing to anybody.
    pub(crate) NO_SUCCESSOR =
        "方案已没有接替人，待重新指定",
        "The plan names no successor any more";
    /// Why an open plan is cancelled.
    pub(crate) WITHDRAWN = "离职已撤回", "The departure was withdrawn";
    /// Why a plan is cancelled that gives something back to whoever left.
    pub(crate) OVER =
        "离职已办结，不再退回给离职员工",
        "The departure is closed; nothing goes back to whoever left";
    /// Why the case of a departure ends.
    pub(crate) TAKEN_BACK = "双方书面同意撤回离职", "Both sides agreed in writing to withdraw it";
    /// The same of a dismissal that was not served: the employee was quicker.
    pub(crate) GAVE_NOTICE =
        "解除通知尚未送达，员工本人已提出离职",
        "The employee gave notice before the dismissal was served";
    /// Why the case of a departure ends that was not declared yet.
    pub(crate) GIVEN_UP =
        "单位放弃办理，未送达或未达成一致",
        "The employer gave it up before it was served or agreed";
    /// Why tasks pass on.
    pub(crate) LAST_DAY = "最后工作日已过", "The last day at work is over";
    /// Why tasks pass on.
    pub(crate) BY_PLAN = "按交接方案 {} 移交", "Moved by handover plan {}";
    /// An approved act was carried out.
    pub(crate) DONE = "已按审批结果执行「{}」", "Carried out as approved: {}";
    /// How a note began that it could not be done after all; now it is an event of its own.
    pub(crate) NOT_DONE =
        "审批已通过，但未能执行：{}",
        "Approved, but it could not be carried out: {}";
    /// As `::approval::decide` says it of the last way up.
    NOBODY_ABOVE =
        "逾期未办，且已没有可以升级的上级，由流程管理员兜底",
        "Late, and nobody stands above: the process administrators take care";
    /// Who owns what nobody owns.
    pub(crate) POOL = "公海", "the pool";
    /// Who signs where it is nobody by name.
    pub(crate) COMPANY = "公司", "The company";
    /// Why an employment begins.
    pub(crate) HIRED = "入职", "Hired";
    /// The same, after one that ended.
    pub(crate) REHIRED = "重新入职", "Came back";
    /// Why an employment ends.
    pub(crate) LEFT = "离职", "Left";
    /// Why a row of an employment is another one.
    pub(crate) FIRST_DAY = "更正入职日期", "The first day was corrected";
    /// Where an employment came from.
    pub(crate) IMPORTED = "导入", "Imported";
    /// Why there never was one.
    pub(crate) NOT_IMPORTED = "撤销导入", "The import was undone";
    /// Why somebody reports to another superior.
    pub(crate) SUPERIOR = "直属上级离职交接", "The superior left";
    /// The title of the case about a plan: whose things, and its number.
    pub(crate) OF_PLAN = "{} · 交接方案 {}", "{} · handover plan {}";
    /// The title of the case about an objection: whose, and the month.
    pub(crate) OF_OBJECTION = "{} · {} 提成异议", "{} · {} objection to commission";
    /// The title of a request: the customer and the receiver.
    pub(crate) OF_CUSTOMER = "客户{}移交给{}", "Customer {} goes to {}";
    /// The title of a request: the leaver and the gate.
    pub(crate) OF_WAIVER = "豁免{}离职的关卡「{}」", "Waiver of a gate of {}: {}";
    /// The title of a request: the document.
    pub(crate) OF_SEAL = "用印：{}", "Use of the seal: {}";
    /// The title of a request: the entry, and what it is of.
    pub(crate) OF_ERASURE = "依法删除第 {} 条存证「{}」的内容", "Erasure of what entry {} says: {}";
    /// The title of the case about a departure: who, and how. The widest form, so the last.
    pub(crate) OF_DEPARTURE = "{} · {}", "{} · {}";
}

impl Told {
    /// In Chinese, as it is kept.
    pub(crate) fn of(&self, parts: &[&str]) -> String {
        filled(self.0, parts)
    }

    /// The same for one in which nothing differs.
    pub(crate) fn zh(&self) -> &'static str {
        self.0
    }

    /// The same in English.
    pub(crate) fn en(&self, parts: &[&str]) -> String {
        filled(self.1, parts)
    }

    /// What stands in its places, where the text is this sentence.
    pub(crate) fn read<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut pieces = self.0.split("{}").peekable();
        let mut rest = text.strip_prefix(pieces.next()?)?;
        let mut parts = Vec::new();
        while let Some(piece) = pieces.next() {
            let part = match pieces.peek() {
                Some(_) => {
                    let (part, after) = rest.split_once(piece)?;
                    rest = after;
                    part
                }
                None => {
                    let part = rest.strip_suffix(piece)?;
                    rest = "";
                    part
                }
            };
            parts.push(part);
        }
        rest.is_empty().then_some(parts)
    }
}

fn filled(form: &str, parts: &[&str]) -> String {
    let mut text = String::new();
    let mut parts = parts.iter();
    for (at, piece) in form.split("{}").enumerate() {
        if at > 0 {
            text.push_str(parts.next().copied().unwrap_or_default());
        }
        text.push_str(piece);
    }
    text
}

/// The names of ways to leave, gates and acts, which stand inside of sentences.
fn word(zh: &str) -> &str {
    let kinds = RULES.iter().map(|rule| (rule.zh, rule.en));
    let gates = GateKey::ALL.into_iter().map(GateKey::title);
    let acts = registry::ACTS.iter().map(|line| (line.zh, line.en));
    let mut all = kinds.chain(gates).chain(acts);
    all.find(|(word, _)| *word == zh).map_or(zh, |(_, en)| en)
}

/// The text in English where the program said it, else as somebody typed it.
pub(crate) fn in_english(text: &str) -> String {
    let said = ALL.iter().find_map(|told| {
        let parts: Vec<&str> = told.read(text)?.into_iter().map(word).collect();
        Some(told.en(&parts).trim_start().to_owned())
    });
    said.unwrap_or_else(|| text.to_owned())
}

/// What an event says to people, the program's own words in both languages.
pub(crate) fn line(def: &Def, event: &Event, names: &dyn Names) -> Option<Pair> {
    let (zh, _) = sentence(def, event, names)?;
    let mut english = event.clone();
    match &mut english.what {
        What::ItemDecided { comment: words, .. }
        | What::ItemMoved { comment: words, .. }
        | What::Commented { text: words }
        | What::CaseClosed { reason: words, .. } => *words = in_english(words),
        _ => {}
    }
    let (_, en) = sentence(def, &english, names)?;
    Some((zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_found_again() {
        for told in ALL {
            let holes = told.0.matches("{}").count();
            assert_eq!(holes, told.1.matches("{}").count(), "{}", told.1);
            let parts = ["张三（E001）", "2026-11"];
            let text = told.of(parts.get(..holes).expect("two at most"));
            assert_eq!(told.read(&text).map(|parts| parts.len()), Some(holes));
            let en = in_english(&text);
            assert_eq!(en, filled(told.1, &parts), "another form comes before");
        }
    }

    #[test]
    fn what_stands_inside_is_said_in_english_too() {
        for (zh, en) in [
            ("张三（E002） · 辞职", "张三（E002） · Resignation"),
            (
                "豁免张三（E002）离职的关卡「账号已关闭」",
                "Waiver of a gate of 张三（E002）: Accounts are closed",
            ),
            ("已核对应收", "checked the receivables"),
            ("请再看一遍", "请再看一遍"),
        ] {
            assert_eq!(in_english(zh), en);
        }
    }
}
