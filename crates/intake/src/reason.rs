//! Every reason a finding can have, in both languages, with what would help 问题原因.

use serde::Serialize;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The row, or the whole file, stays outside.
    Refused,
    /// The row comes in; somebody should look.
    Warned,
    /// The row comes in with a value other than the one in the file.
    Changed,
    /// Told for completeness.
    Info,
}

/// What findings of one reason are gathered into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gather {
    /// Each stands alone.
    Never,
    /// One finding a column, with all its rows.
    Column,
    /// One finding a column and value, with all its rows.
    Value,
}

/// The sentences of one reason; `{}` stands for the detail.
pub(crate) struct Words {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) gather: Gather,
    pub(crate) zh: &'static str,
    pub(crate) en: &'static str,
    pub(crate) remedy_zh: &'static str,
    pub(crate) remedy_en: &'static str,
}

macro_rules! reasons {
    ($($severity:ident { $(
        $name:ident $code:literal $gather:ident
            $zh:literal, $en:literal => $remedy_zh:literal, $remedy_en:literal;
    )* })*) => {
        /// Why something was found.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Reason { $($($name,)*)* }

        impl Reason {
            #[cfg(test)]
            const ALL: &[Reason] = &[$($(Reason::$name,)*)*];

            pub(crate) fn words(self) -> Words {
                match self { $($(Reason::$name => Words {
                    code: $code,
                    severity: Severity::$severity,
                    gather: Gather::$gather,
                    zh: $zh, en: $en, remedy_zh: $remedy_zh, remedy_en: $remedy_en,
                },)*)* }
            }
        }
    };
}

reasons! {
    Refused {
        // The whole file.
        FileMissing "file_missing" Never
            "没有提供映射所需的文件（{}）", "The file the mapping needs was not given ({})"
            => "请一并上传该文件；文件名不同的，请改成括号里的名字（* 代表任意文字）",
               "Add the file, or rename yours (* is any text)";
        FileEmpty "file_empty" Never
            "文件是空的", "The file is empty"
            => "请重新导出后再上传", "Export it again";
        FileTooLarge "file_too_large" Never
            "文件超过可接受的大小（{}）", "The file is larger than the limit ({})"
            => "请拆分成几个文件", "Split it into several files";
        UnknownEncoding "unknown_encoding" Never
            "文件既不是 UTF-8 也不是 GB18030（{}）", "Neither UTF-8 nor GB18030 ({})"
            => "请在表格软件中另存为“CSV UTF-8”", "Save it as “CSV UTF-8”";
        Utf16 "utf16" Never
            "文件是 UTF-16 编码", "The file is UTF-16"
            => "请在表格软件中另存为“CSV UTF-8”或 XLSX", "Save it as “CSV UTF-8” or XLSX";
        OldWorkbook "old_workbook" Never
            "这是旧版 .xls 或加密的工作簿", "An old .xls or an encrypted workbook"
            => "请去掉密码并另存为 .xlsx", "Remove the password and save it as .xlsx";
        BrokenWorkbook "broken_workbook" Never
            "工作簿无法读取：{}", "The workbook cannot be read: {}"
            => "请用表格软件打开后重新另存为 .xlsx", "Open it and save it anew as .xlsx";
        NotATable "not_a_table" Never
            "这是 {} 文件，不是表格", "A {} file is no table"
            => "请上传 Excel（.xlsx）或 CSV 文件", "Give an Excel (.xlsx) or CSV file";
        ExpandsTooFar "expands_too_far" Never
            "工作簿解压后超过可接受的大小（{}）", "The workbook expands beyond the limit ({})"
            => "请拆分工作簿；来历不明的文件请勿导入", "Split it; do not import unknown files";
        SheetMissing "sheet_missing" Never
            "工作簿里没有这个工作表（{}）", "The workbook has no such sheet ({})"
            => "请把工作表改成这个名字，或改正映射中的工作表名",
               "Call the worksheet by this name, or correct the mapping";
        HeaderMissing "header_missing" Never
            "第 {} 行没有表头", "Row {} holds no header"
            => "请核对表头在第几行；与映射不同的，删去上面多余的行，或改正映射中的表头行",
               "Correct `header_row` in the mapping";
        ColumnMissing "column_missing" Never
            "表头里没有映射所用的列，整个文件未导入", "The header lacks a mapped column"
            => "请改正映射中的列名，或检查导出的列", "Correct the mapping or the export";
        ColumnTwice "column_twice" Never
            "表头里有两个同名的列，无法判断用哪一个", "Two columns have this name"
            => "请改掉其中一个列名", "Rename one of them";
        TooManyRows "too_many_rows" Never
            "行数或列数超过上限（{}），整个文件未导入", "More rows or columns than {}"
            => "请拆分成几个文件", "Split it into several files";
        // The row.
        UnclosedQuote "unclosed_quote" Never
            "引号没有闭合，从这里起的 {} 行被读成了一格",
            "A quote is not closed; {} lines were swallowed into one cell"
            => "请补上或删掉这个引号", "Close or remove the quote";
        RowTooLong "row_too_long" Never
            "这一行比表头多出单元格，列可能错位（{}）", "More cells than headers ({})"
            => "含逗号的内容请加引号", "Quote the cells that hold commas";
        RowTooShort "row_too_short" Never
            "这一行比表头少单元格，列可能错位（{}）", "Fewer cells than headers ({})"
            => "请补齐这一行的空单元格，或在映射中允许行尾缺格",
               "Fill it up, or let the mapping allow short rows";
        ControlCharacter "control_character" Never
            "单元格里有不可见的控制字符或文字方向符",
            "The cell holds control characters or marks of direction"
            => "请删掉后逐字重新输入（例如 NUL）", "Remove them (NUL, for one) and type it anew";
        CellTooLong "cell_too_long" Never
            "单元格内容过长（{}）", "The cell is too long ({})"
            => "请缩短内容，或检查引号是否闭合", "Shorten it, or check the quotes";
        DuplicateConflict "duplicate_conflict" Never
            "编号重复，内容却不同：{}", "Same key, other content: {}"
            => "请改正编号，或删掉多余的一行", "Correct the key, or remove one row";
        // The cell.
        RequiredEmpty "required_empty" Never
            "必填项为空", "A required cell is empty"
            => "请补填这一格，或在映射中给出默认值", "Fill it, or give a default";
        MergedCell "merged_cell" Never
            "这一格与上面的单元格合并，自己没有内容", "The cell is merged with one above and is empty"
            => "请取消合并单元格，把内容填满每一行，再重新上传",
               "Unmerge the cells, fill every row, and upload it again";
        CellError "cell_error" Never
            "单元格是公式错误", "The cell is a formula error"
            => "请修好公式后再导出", "Repair the formula and export again";
        Scientific "scientific" Never
            "科学计数法：表格软件已丢掉后面的数字", "Scientific notation: digits are lost"
            => "请把该列设为文本格式后重新导出", "Format the column as text and export again";
        DigitsLost "digits_lost" Never
            "超过 15 位的数字被存成了数值，末几位已丢失",
            "More than 15 digits stored as a number; the last are lost"
            => "请把该列设为文本格式，重新填写后导出", "Format the column as text and fill it anew";
        NotMoney "not_money" Never
            "不是金额", "Not an amount"
            => "请写成 12345.67 的形式", "Write 12345.67";
        ForeignMoney "foreign_money" Never
            "外币金额", "An amount in other money"
            => "账上只记人民币，请先折算；整批文件都是外币的，请在映射中写明 currency",
               "Convert it to CNY, or say in the mapping which currency the files are in";
        NotANumber "not_a_number" Never
            "不是数字", "Not a number"
            => "请写成 12345.67 的形式", "Write 12345.67";
        Separator "misplaced_separator" Never
            "千位分隔符的位置不对，无法判断是否为小数点", "A separator is out of place"
            => "请写成 12345.67 或 12,345.67", "Write 12345.67 or 12,345.67";
        TooFine "too_fine" Never
            "小数位数过多（{}）", "Too many decimals ({})"
            => "请改正，或在映射中写明四舍五入", "Correct it, or let the mapping round half up";
        OutOfRange "out_of_range" Never
            "超出可记录的范围", "Out of range"
            => "请检查单位和位数", "Check the unit and the digits";
        NotBilled "not_above_zero" Never
            "发票金额应大于 0", "The amount of an invoice must be above zero"
            => "红字发票、冲减请在系统中对原发票办理退款或坏账", "Enter a refund or a bad debt of the invoice instead";
        NotReceived "receipt_not_above_zero" Never
            "到账金额应大于 0", "The amount of a receipt must be above zero"
            => "退款请用退款登记", "Enter it as a refund";
        NotAgreed "amount_not_above_zero" Never
            "合同、订单的金额应大于 0", "The amount of a contract or an order must be above zero"
            => "请核对金额；冲减、退货请改小原合同或原订单的金额，不要另列一行",
               "Lower the contract or order that it takes from; do not list it as another one";
        BelowZero "amount_below_zero" Never
            "商机金额不能为负", "The amount of an opportunity must not be below zero"
            => "请改正金额，不知道的可以留空", "Correct it, or leave it empty when not known";
        MarginAboveAmount "margin_above_amount" Never
            "合同毛利不能高于合同金额 {}", "The margin must not be above the amount of the contract, {}"
            => "毛利 ＝ 合同金额 − 成本，请核对成本", "Margin = amount − cost; check the cost";
        DayAhead "day_ahead" Never
            "日期晚于今天", "The day lies ahead"
            => "请核对日期；当天以后再导入", "Check the day, or import it when it has come";
        DueBeforeIssue "due_before_issue" Never
            "到期日早于开票日", "Due before it was issued"
            => "请核对开票日期和到期日", "Check the day of issue and the due day";
        EndsBeforeSigned "ends_before_signed" Never
            "到期日早于签订日", "Ends before it was signed"
            => "请核对签订日期和到期日期", "Check the day of signing and the last day";
        TextTooLong "text_too_long" Never
            "超过 {} 个字", "Longer than {} characters"
            => "请缩短内容，或检查是否错列", "Shorten it, or check whether columns have shifted";
        NotADate "not_a_date" Never
            "不是日期", "Not a date"
            => "请写成 2025-01-05 的形式", "Write 2025-01-05";
        ImpossibleDate "impossible_date" Never
            "日历上没有这一天", "The calendar has no such day"
            => "请核对年月日", "Check year, month and day";
        AmbiguousDate "ambiguous_date" Never
            "年份在最后，无法判断哪个是月、哪个是日", "Day and month cannot be told apart"
            => "请写成 2025-01-05，或在映射中写明日在前还是月在前", "Write 2025-01-05, or set date_order";
        TwoDigitYear "two_digit_year" Never
            "年份只有两位", "The year has two digits"
            => "请写全四位年份", "Write four digits";
        NotAChoice "not_a_choice" Never
            "不在可选值之内：{}", "Not one of: {}"
            => "请改正，或在映射中写明这个写法对应哪一个", "Correct it, or add it to `values`";
        NotABool "not_a_bool" Never
            "不是“是/否”", "Neither yes nor no"
            => "请写“是”或“否”，或在映射中写明这个写法是哪一个", "Write 是 or 否, or add it to `values`";
        CitizenIdForm "citizen_id_form" Never
            "身份证号应为 18 位数字，末位可为 X", "A citizen number must have 18 digits; the last may be X"
            => "请核对证件", "Check the document";
        CitizenIdCheck "citizen_id_check" Never
            "身份证号的校验位不符", "The check digit of the citizen number does not fit"
            => "请核对证件", "Check the document";
        CitizenIdProvince "citizen_id_province" Never
            "身份证号的前两位不是省级代码", "The first two digits are no province"
            => "请核对证件", "Check the document";
        CitizenIdBirth "citizen_id_birth" Never
            "身份证号里的出生日期不可能", "The birthday in the citizen number is impossible"
            => "请核对证件", "Check the document";
        CitizenIdDamaged "citizen_id_damaged" Never
            "身份证号末三位被表格软件改成了 000", "The last three digits were overwritten by 000"
            => "请把该列设为文本格式，按证件重新填写", "Format the column as text and fill it anew";
    }
    Warned {
        EmptyField "empty_field" Column
            "为空，记录照常导入但缺少这一项", "Empty; the record comes in without it"
            => "请在导入后补齐", "Complete it after the import";
        UnresolvedRef "unresolved_ref" Value
            "本批文件里没有编号为此的{}", "No {} of this key in the batch"
            => "请确认账上已有，或一并导入", "Make sure the books have it, or import it too";
        LookupMissed "lookup_missed" Value
            "在{}里查不到", "Not found in {}"
            => "请核对两份文件", "Compare the two files";
        LookupAmbiguous "lookup_ambiguous" Value
            "在{}，取先出现的", "{}; the first is taken"
            => "请核对该文件", "Check that file";
        OwnersDisagree "owners_disagree" Value
            "由多人跟进：{}", "Several people work on it: {}"
            => "请确认负责人，必要时导入后调整", "Confirm the owner";
        DistinctDisagrees "distinct_disagrees" Value
            "同一{}，取先出现的", "The same {}; the first is taken"
            => "请核对哪一个正确", "Check which one is right";
        MergedSame "merged_same" Column
            "与先前一行完全相同，只记一次", "Identical to an earlier row, recorded once"
            => "若确有两笔，请加上能区分它们的编号或行号", "If there are two, tell them apart by `key` or `line`";
        CreditCodeCheck "credit_code_check" Never
            "统一社会信用代码的校验位不符（少数早期试点代码确实如此）",
            "The check digit does not fit (true of a few early pilot codes)"
            => "请与营业执照核对", "Compare it with the licence";
        CreditCodeForm "credit_code_form" Never
            "统一社会信用代码应为 18 位，不含 I、O、S、V、Z",
            "A credit code has 18 characters, none of I O S V Z"
            => "请与营业执照核对", "Compare it with the licence";
        PhoneUnusual "phone_unusual" Value
            "不是大陆手机、座机或 400 号码", "Not a mainland telephone number"
            => "请核对；境外号码不必理会", "Check it; a foreign number may stay";
        EmailUnusual "email_unusual" Value
            "不像邮箱地址", "Does not look like an e-mail address"
            => "请核对", "Check it";
        ScientificText "scientific_text" Value
            "像是被表格软件改成了科学计数法", "Looks like scientific notation"
            => "如原为长数字，请设为文本格式后重新导出", "If it was a long number, export it as text";
        StrayQuote "stray_quote" Never
            "引号位置不对，内容可能不完整", "A quote is out of place"
            => "请核对这一行", "Check the row";
        MixedDates "mixed_dates" Never
            "同一列有多种日期写法：{}", "Several forms of dates in one column: {}"
            => "请抽查几行", "Check a few rows";
        PercentAssumed "percent_without_sign" Column
            "没有百分号，按小数读取（0.05 即 5%）", "No percent sign; read as a fraction (0.05 is 5%)"
            => "若 5 即指 5%，请在文件中写上百分号，或在映射中写明单位", "If points were meant, set unit = \"percent\"";
        OwnUnit "own_unit" Value
            "单元格自带单位，按其单位读取，不再按整列的单位换算",
            "The cell has a unit of its own, which counts instead of the column's"
            => "请核对金额", "Check the amount";
        LineNotAboveZero "line_not_above_zero" Column
            "订单行的金额为 0 或为负，照原数记入",
            "An order line of zero or below is recorded as it stands"
            => "赠品可以为 0，退货可以为负；不是的，请改正后重新导入",
               "Gifts may be zero, returns below; correct others and import them again";
        RollupEmpty "rollup_empty" Column
            "没有可汇总的明细行", "No lines to add up"
            => "请核对明细文件", "Check the file of lines";
        ForeignCurrency "foreign_currency" Never
            "文件的币种是 {}，金额按账本币种原数记入，未折算",
            "Amounts in {} are recorded at face value, unconverted"
            => "如需折算请先在文件中换算", "Convert them in the file if need be";
        FileNotMapped "file_not_mapped" Never
            "映射要的文件里没有这个名字，未导入；映射要的是 {}",
            "The mapping does not mention this file; it asks for {}"
            => "若是映射要的文件，请把文件名改成映射要的（* 代表任意文字）；否则请换一个映射，或不必理会",
               "If it is one of these, rename it (* is any text); else choose another mapping, \
                or leave it";
        ColumnDropped "column_dropped" Never
            "这一列没有导入", "This column was not imported"
            => "需要的，请在映射中加上这一列", "Map it, or list it in `ignore`";
    }
    Changed {
        Replaced "replaced" Value
            "按映射改写为「{}」", "Rewritten by the mapping to “{}”"
            => "无需处理", "Nothing to do";
        Rounded "rounded" Value
            "按映射四舍五入为 {}", "Rounded half up to {}"
            => "无需处理", "Nothing to do";
        DefaultUsed "default_used" Column
            "为空，按映射填为「{}」", "Empty; the mapping's default “{}” is used"
            => "请确认默认值合适", "Confirm the default";
        TimeDropped "time_dropped" Column
            "只取日期，时刻已舍去", "The time of day is dropped"
            => "无需处理", "Nothing to do";
        CitizenIdConverted "citizen_id_converted" Never
            "15 位身份证号已升为 18 位", "A 15-digit citizen number became one of 18"
            => "请核对证件", "Check the document";
    }
    Info {
        Normalised "normalised" Column
            "已统一写法（半角、空格、换行、大小写、间隔号）",
            "Written in one form (width, spaces, line breaks, case, dots)"
            => "无需处理", "Nothing to do";
        BlankRows "blank_rows" Column
            "空行，已跳过", "Blank rows, passed over"
            => "无需处理", "Nothing to do";
        FilteredRows "filtered_rows" Column
            "不符合映射的条件，未成为记录", "The conditions of the mapping leave these rows out"
            => "如不应排除，请改映射", "Change the mapping if they should come in";
        ZeroAmount "zero_amount" Column
            "商机金额为 0，照原数记入", "An opportunity of zero is recorded as it stands"
            => "输单的商机可以为 0；不是的，请改正后重新导入",
               "A lost one may be zero; correct others and import them again";
        MergedEarlier "merged_earlier" Value
            "同一{}已由映射的前一段给出", "This {} was given by an earlier block"
            => "无需处理", "Nothing to do";
        ColumnsKept "columns_kept" Never
            "未映射的列随记录保存在附加信息里", "Unmapped columns are kept with the record"
            => "无需处理", "Nothing to do";
        ColumnsIgnored "columns_ignored" Never
            "按映射不导入这些列", "Ignored by the mapping"
            => "无需处理", "Nothing to do";
        FileIgnored "file_ignored" Never
            "按映射不导入这个文件", "Ignored by the mapping"
            => "无需处理", "Nothing to do";
        RoundingDifference "rounding_difference" Never
            "逐行四舍五入到分：{}", "Each row is rounded half up to the fen: {}"
            => "差额来自四舍五入，无需处理", "The difference is rounding alone";
    }
}

impl Reason {
    /// Whether the row stays outside.
    pub(crate) fn refuses(self) -> bool {
        self.words().severity == Severity::Refused
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_every_sentence_is_there() {
        let mut seen = std::collections::BTreeSet::new();
        for reason in Reason::ALL {
            let words = reason.words();
            assert!(seen.insert(words.code), "{}", words.code);
            assert!(
                words.zh.contains("{}") == words.en.contains("{}"),
                "{}",
                words.code
            );
            assert!(!words.remedy_zh.is_empty() && !words.remedy_en.is_empty());
        }
    }
}
