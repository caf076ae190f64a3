//! What an import says of a row, in both languages 行提示.
//!
//! A note is kept in Chinese, as it was said; its English is found again by its form, as in `told`.
//! Sentences of one note stand behind one another, and some stand inside of others.

use intake::RecordKind;

use crate::told::sentences;

sentences! {
    // Why something stays as it is.
    pub(super) FIXED =
        "{}与上次不同，这类内容导入不能更改，未改动",
        "{}: other than last time, which an import cannot change";
    pub(super) CITIZEN_STAYS = "证件号未改动", "the citizen id was not changed";
    pub(super) MERGED_OWNER =
        "客户已合并，归属未改动",
        "the customer was merged: its owner was not changed";
    pub(super) OWNER_HELD =
        "{}的负责人在文件中为{}，账上为{}，归属未改动，请通过交接办理",
        "the owner of the {} is {} in the file and {} in the books: not changed, hand it over \
         instead";
    pub(super) OWNER_STAYS = "{}，归属未改动", "{}: its owner was not changed";
    pub(super) NO_OWNER_SAID = "文件没有写负责人", "the file names no owner";
    pub(super) OWNER_LEAVES =
        "现负责人{}正在办理离职（{}），请在其交接方案中移交",
        "the owner of today {} is leaving ({}), hand over by that plan";
    pub(super) OTHER_NUMBER =
        "联系人的电话或邮箱与上次不同，按文件更新，同名的另一人请在客户页添加",
        "telephone or e-mail of the contact are other than last time and taken from the file: add \
         somebody else of the same name on the customer's page";
    pub(super) NO_AMOUNT = "金额为空，未改动", "the amount is empty: not changed";
    pub(super) MARGIN_ABOVE =
        "毛利 {} 元高于合同金额 {} 元，金额和毛利均未改动",
        "the margin of {} is above the amount of {}: neither was changed";
    // How it came in.
    pub(super) NUMBER_TAKEN = "编号「{}」已被占用，记为「{}」", "number {} is taken, entered as {}";
    pub(super) MERGED =
        "客户已合并，记到合并后的客户",
        "the customer was merged: entered under the one that stays";
    pub(super) ON_IMPORT = "没有{}，按导入当日记", "“{}” is missing: the day of the import";
    pub(super) ODD_CODE =
        "统一社会信用代码格式不对，留在附加信息里",
        "no valid credit code: kept beside the fields";
    pub(super) ALIKE =
        "{}与{}相同，可能是同一家，请核对后合并",
        "the same {} as {}: perhaps one company, look at both and merge them";
    pub(super) CUSTOMER = "客户「{}」", "customer {}";
    pub(super) OTHER_ROW = "文件中另一行", "another row of the file";
    pub(super) DUE_AT_ONCE = "没有到期日，按开票当日到期", "no due date: due on the day of issue";
    pub(super) NO_INVOICE =
        "没有指明发票，先记为余款，请在客户页核销",
        "no invoice is named: entered as unapplied, match it on the customer's page";
    pub(super) OTHERS_INVOICE = "发票属于另一客户，未核销", "the invoice is another customer's: not matched";
    pub(super) CLEARS_LESS =
        "发票未结余额不足，只核销 {} 元",
        "less is open of the invoice: only {} was matched";
    pub(super) SINCE_HIRED =
        "负责起始日早于负责人入职日，按入职日记",
        "owned since before the owner was hired: entered from that day";
    pub(super) MEANT = "{}按{}对应到{}（{}）", "{} by {}: {} ({})";
    // What the books have already.
    pub(super) LIKE_THE_BOOKS =
        "编号和名称与系统中已有的记录相同",
        "number and name are those of a record in the books";
    pub(super) CONTACT_THERE =
        "该客户在系统中已有此联系人",
        "the customer has this contact in the books";
    pub(super) NOT_TAKEN =
        "文件中的{}未采用，以系统中的为准",
        "not taken from the file, as the books say otherwise: {}";
    // Who owns it, or chases it.
    pub(super) UNOWNED = "{}，暂无负责人", "{}: no owner for now";
    pub(super) HAS_LEFT = "负责人已离职", "the owner has left";
    pub(super) UNCHASED =
        "没有人负责催收，请在发票页指定回款责任人",
        "nobody chases it, name somebody on the page of the invoice";
    pub(super) WHY_UNCHASED =
        "{}，没有人负责催收，请在发票页指定回款责任人",
        "{}: nobody chases it, name somebody on the page of the invoice";
    pub(super) INSTEAD = "{}，按{}负责人记", "{}: the owner of the {} instead";
    // Why it stays outside, and what helps.
    pub(super) OWNER_LEFT = "负责人{}已离职", "the owner {} has left";
    pub(super) OWNER_GOES =
        "负责人{}正在办理离职，不能再接收客户",
        "the owner {} is leaving and is given no customer";
    pub(super) NAME_ANOTHER =
        "请把负责人改为接手人后重新导入，尚未确定的先留空",
        "Name whoever takes over as owner, or nobody for now, and import it again";
    pub(super) CITIZEN_TAKEN = "身份证号已登记在工号「{}」名下", "the citizen id is that of employee {}";
    pub(super) SAME_NUMBER = "同一人请沿用原工号", "The same person keeps that number";
    pub(super) REHIRE =
        "离职后回来的，请在其员工页面办理「重新入职」",
        "who comes back is rehired on the page of the employee";
    pub(super) BAD_NUMBER = "编号无法使用", "the number cannot be used";
    pub(super) ASKED_FIRST = "{}，请先导入或新建", "{}: import or enter it first";
    pub(super) NO_DAY_ISSUED = "没有开票日期", "the day of issue is missing";
    pub(super) NO_DAY_RECEIVED = "没有到账日期", "the day of receipt is missing";
    pub(super) FILL_IN = "请在文件中补填{}后重新导入", "Fill in “{}” and import it again";
    pub(super) ANOTHER_NUMBER = "请在文件中改填{}后重新导入", "Put the {} instead and import it again";
    pub(super) SEVERAL =
        "有 {} 个{}的{}是「{}」，不能确定是哪一个",
        "{} of kind {} have the {} “{}”: which one is meant cannot be told";
    pub(super) SEVERAL_OWNERS =
        "{}，不能确定是哪一个（请在文件中改填工号）",
        "{}: which one is meant cannot be told, put the number instead";
    SEVERAL_HAVE = "有 {} 个{}的{}是「{}」", "{} of kind {} have the {} “{}”";
    pub(super) LACKING = "找不到{}「{}」", "there is no {} “{}”";
    pub(super) SOMEBODY_ELSE = "工号「{}」在系统中是{}，本行是{}", "employee {} is {} in the books and {} here";
    pub(super) IF_THE_SAME =
        "若为同一人，请先在其员工页面更正姓名",
        "If they are one person, correct the name on the page of the employee first";
    pub(super) IF_ANOTHER = "若为另一人，请改用不同的工号", "if not, use another number";
    pub(super) PREFIX_PEOPLE =
        "文件来自工号另成一套的系统时，请在映射中给工号加前缀（prefix）",
        "where the file counts people by itself, put a prefix before the number in the mapping";
    pub(super) UNDO_FIRST =
        "本批若有归其负责的客户或单据，请先撤销本批，改好后再重新导入",
        "Where this batch has customers or papers of theirs, take it back first";
    pub(super) PAPER_THERE = "系统中已有编号为「{}」的{}，{}", "the books have number {} as {}, {}";
    pub(super) OTHER_CUSTOMER = "客户不同", "of another customer";
    pub(super) OTHER_AMOUNT =
        "金额不同（文件 {} 元，系统 {} 元）",
        "of another amount (file {}, books {})";
    pub(super) OTHER_DAY = "日期不同（文件 {}，系统 {}）", "of another day (file {}, books {})";
    pub(super) CHECK_NUMBER = "请核对编号", "Check the number";
    pub(super) ANOTHER_PAPER =
        "若是另一笔，请改用不同的编号，或在映射中给编号加前缀（prefix）",
        "another paper gets another number, or a prefix in the mapping";
    pub(super) WITHOUT = "没有{}", "“{}” is missing";
}

/// Whether the note says that somebody else owns the record than the file says.
pub(super) fn tells_of_another_owner(note: &str) -> bool {
    note.split('；').any(|part| OWNER_HELD.read(part).is_some())
}

/// A note in English; none where it was said in other words than these.
pub(super) fn in_english(note: &str) -> Option<String> {
    let parts: Option<Vec<String>> = note.split('；').map(sentences_of).collect();
    Some(parts?.join("; "))
}

fn sentences_of(part: &str) -> Option<String> {
    let each = part.split('。').filter(|one| !one.is_empty());
    let each: Option<Vec<String>> = each.map(sentence).collect();
    Some(each?.join(". "))
}

/// One sentence, or several behind commas.
fn sentence(zh: &str) -> Option<String> {
    let several = || {
        zh.match_indices('，').find_map(|(at, comma)| {
            let (one, rest) = zh.split_at(at);
            let rest = sentence(rest.strip_prefix(comma)?)?;
            Some(format!("{}, {rest}", form(one)?))
        })
    };
    form(zh).or_else(several)
}

fn form(zh: &str) -> Option<String> {
    ALL.iter().find_map(|told| {
        let parts: Vec<String> = told.read(zh)?.into_iter().map(part).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        Some(told.en(&parts))
    })
}

/// What stands inside: a sentence, the names of fields or kinds, or what somebody wrote.
fn part(zh: &str) -> String {
    sentence(zh).unwrap_or_else(|| {
        let words: Vec<String> = zh.split('、').map(word).collect();
        words.join(", ")
    })
}

fn word(zh: &str) -> String {
    let kind = RecordKind::ALL.into_iter().find(|kind| kind.label() == zh);
    let fields = || RecordKind::ALL.into_iter().flat_map(|kind| kind.fields());
    let field = || fields().find(|field| field.label == zh);
    match (kind, zh) {
        (Some(kind), _) => kind.label_en().to_lowercase(),
        (None, "姓名" | "名称") => "name".to_owned(),
        (None, "工号" | "客户编号") => "number".to_owned(),
        (None, _) => field().map_or_else(|| zh.to_owned(), |field| field.name.replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::{ALL, in_english};

    #[test]
    fn every_sentence_says_as_much_in_english() {
        for told in ALL {
            let holes = |text: &str| text.matches("{}").count();
            assert_eq!(holes(told.0), holes(told.1), "{}", told.0);
            assert!(told.read(told.0).is_some(), "{}", told.0);
        }
    }

    #[test]
    fn a_note_is_said_in_english() {
        for (note, english) in [
            (
                "负责人按姓名对应到张三（E002）；没有签订日期，按导入当日记",
                "owner by name: 张三 (E002); “signed on” is missing: the day of the import",
            ),
            (
                "客户的负责人在文件中为李四，账上为张三（E002），归属未改动，请通过交接办理",
                "the owner of the customer is 李四 in the file and 张三（E002） in the books: not \
                 changed, hand it over instead",
            ),
            (
                "找不到负责人「E999」，按客户负责人记",
                "there is no owner “E999”: the owner of the customer instead",
            ),
            (
                "有 2 个员工的姓名是「张三」，不能确定是哪一个（请在文件中改填工号），暂无负责人",
                "2 of kind employee have the name “张三”: which one is meant cannot be told, \
                 put the number instead: no owner for now",
            ),
            (
                "系统中已有编号为「RK1」的合同，客户不同，金额不同（文件 1.00 元，系统 2.00 元）",
                "the books have number RK1 as contract, of another customer, of another amount \
                 (file 1.00, books 2.00)",
            ),
            (
                "请核对编号；若是另一笔，请改用不同的编号，或在映射中给编号加前缀（prefix）",
                "Check the number; another paper gets another number, or a prefix in the mapping",
            ),
            (
                "编号和名称与系统中已有的记录相同；文件中的区域、负责人未采用，以系统中的为准",
                "number and name are those of a record in the books; not taken from the file, as \
                 the books say otherwise: region, owner",
            ),
            (
                "没有合同金额。请在文件中补填合同金额后重新导入",
                "“amount” is missing. Fill in “amount” and import it again",
            ),
            (
                "统一社会信用代码与客户「KH1」相同，可能是同一家，请核对后合并",
                "the same credit code as customer KH1: perhaps one company, look at both and \
                 merge them",
            ),
        ] {
            assert_eq!(in_english(note).as_deref(), Some(english));
        }
        assert_eq!(in_english("早先的说法"), None);
    }
}
