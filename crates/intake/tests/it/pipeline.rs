//! Small files that show one thing each.

use intake::{
    Limits, Mapping, RecordKind, Severity, SourceFile, Staged, Value, for_each_record, preview,
};
use kernel::{Fen, Ppm};

use crate::shared::{file, found, records, stage};

fn parse(toml: &str) -> Mapping {
    Mapping::parse(toml).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

/// A mapping of one source `s.csv` with one block of this kind.
fn one(kind: &str, block: &str, fields: &str) -> Mapping {
    parse(&format!(
        "name = \"t\"\nsystem = \"t\"\n[source.s]\nfile = \"s.csv\"\n[[record]]\n\
         kind = \"{kind}\"\nsource = \"s\"\n{block}\n[record.fields]\n{fields}"
    ))
}

fn products(extra: &str, csv: &str) -> Staged {
    let fields = format!("number = \"no\"\nname = \"no\"\nprice = {extra}");
    stage(&one("product", "", &fields), &[file("s.csv", csv)])
}

#[test]
fn money_finer_than_a_fen_needs_leave_to_round() {
    let csv = "no,p\nA,1.005\nB,2\n";
    let strict = products("\"p\"", csv);
    assert_eq!(found(&strict, "too_fine")[0].rows, [2]);
    let lax = products("{ from = \"p\", round = \"half_up\" }", csv);
    assert_eq!(lax.records[0].fields.money("price"), Some(Fen(101)));
    assert_eq!(found(&lax, "rounded")[0].reason_zh, "按映射四舍五入为 1.01");
    assert_eq!(
        lax.report.totals[&RecordKind::Product]
            .staged
            .sum("price")
            .rounding(),
        "0.005"
    );
}

#[test]
fn units_move_the_point() {
    for (unit, fen) in [
        ("fen", 150),
        ("yuan", 15_000),
        ("thousand", 15_000_000),
        ("wan", 150_000_000),
    ] {
        let staged = products(
            &format!("{{ from = \"p\", unit = \"{unit}\" }}"),
            "no,p\nA,150\n",
        );
        assert_eq!(
            staged.records[0].fields.money("price"),
            Some(Fen(fen)),
            "{unit}"
        );
    }
}

/// `3,200.00元` in a column of 万元 is not 32 million.
#[test]
fn a_cell_with_a_unit_of_its_own_keeps_it() {
    let csv = "no,p\nA,12.5\nB,１２．５万元\nC,\"3,200.00元\"\nD,0.5亿\n";
    let staged = products("{ from = \"p\", unit = \"wan\" }", csv);
    let sums: Vec<_> = staged
        .records
        .iter()
        .filter_map(|record| record.fields.money("price"))
        .collect();
    let own = [
        Fen(12_500_000),
        Fen(12_500_000),
        Fen(320_000),
        Fen(5_000_000_000),
    ];
    assert_eq!(sums, own);
    let told: Vec<_> = found(&staged, "own_unit")
        .iter()
        .flat_map(|finding| finding.rows.clone())
        .collect();
    assert_eq!(told, [3, 4, 5]);
}

#[test]
fn every_fault_of_a_row_is_named_at_once() {
    let staged = products("{ from = \"p\", required = true }", "no,p\n,x\n1.2E+9,\n");
    let faults: Vec<_> = staged
        .report
        .findings
        .iter()
        .map(|f| (f.code, f.row().unwrap()))
        .collect();
    assert_eq!(
        faults,
        [
            // Number and name are both made of the one empty cell.
            ("required_empty", 2),
            ("not_money", 2),
            ("scientific", 3),
            ("required_empty", 3),
            ("scientific_text", 3),
        ]
    );
    assert!(staged.records.is_empty());
}

#[test]
fn crooked_rows_are_refused_and_the_rest_comes_in() {
    let csv = "no,p,q\nA,1,x\nB,1\nC,1,x,y\nD,1,x,\n\n\"E\"x,1,x\nF,1,x\n";
    let staged = products("\"p\"", csv);
    assert_eq!(found(&staged, "row_too_short")[0].rows, [3]);
    assert_eq!(found(&staged, "row_too_long")[0].rows, [4]);
    assert_eq!(found(&staged, "blank_rows")[0].rows, [6]);
    assert_eq!(found(&staged, "stray_quote")[0].rows, [7]);
    let keys: Vec<_> = staged.records.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys, ["A", "D", "Ex", "F"]);
    let lenient = parse(
        "name=\"t\"\nsystem=\"t\"\n[source.s]\nfile=\"s.csv\"\nallow_short_rows=true\n[[record]]\n\
         kind=\"product\"\nsource=\"s\"\nfields={number=\"no\",name=\"no\",price=\"p\"}",
    );
    assert_eq!(stage(&lenient, &[file("s.csv", csv)]).records.len(), 5);
}

#[test]
fn an_open_quote_cannot_swallow_rows_unseen() {
    let staged = products("\"p\"", "no,p\nA,1\n\"B,2\nC,3\nD,4\n");
    let open = found(&staged, "unclosed_quote");
    assert_eq!(open[0].rows, [3]);
    assert!(open[0].reason_zh.contains("3 行"), "{}", open[0].reason_zh);
    assert_eq!(staged.records.len(), 1);
}

#[test]
fn nul_bytes_and_giant_cells_are_refused() {
    let giant = "x".repeat(10 << 20);
    let staged = products("\"p\"", &format!("no,p\nA\0,1\nB,{giant}\nC,3\n"));
    assert_eq!(found(&staged, "control_character")[0].rows, [2,]);
    let long = found(&staged, "cell_too_long");
    assert_eq!(long[0].rows, [3]);
    assert!(long[0].reason_zh.contains("10485760"));
    assert_eq!(staged.records.len(), 1);
}

#[test]
fn names_and_codes_stand_in_one_line_and_read_one_way() {
    let mapping = one("customer", "", "number = \"no\"\nname = \"n\"");
    let csv = "no,n\nA,\"永定机床\r\n有限公司\"\nB,右到左\u{202e}gpj.exe公司\n\"C\n1\",甲\n";
    let staged = stage(&mapping, &[file("s.csv", csv)]);
    let told: Vec<_> = staged
        .records
        .iter()
        .map(|record| (record.key.as_str(), record.fields.text("name")))
        .collect();
    assert_eq!(told, [("A", "永定机床 有限公司"), ("C 1", "甲")]);
    assert_eq!(found(&staged, "control_character").len(), 1);
    assert!(!found(&staged, "normalised").is_empty());
}

#[test]
fn headers_are_checked_before_anything_comes_in() {
    let twice = products("\"p\"", "no,p,p\nA,1,2\n");
    assert_eq!(found(&twice, "column_twice")[0].column, "p");
    assert_eq!(
        (twice.records.len(), twice.report.sources[0].refused),
        (0, 1)
    );
    let missing = products("\"p\"", "no,price\nA,1\n");
    let finding = found(&missing, "column_missing")[0];
    assert_eq!(
        (finding.column.as_str(), finding.value.as_str()),
        ("p", "no、price")
    );
    let unused_twice = products("\"p\"", "no,p,x,x\nA,1,2,3\n");
    let names: Vec<_> = unused_twice.records[0]
        .extra
        .iter()
        .map(|(n, _)| &**n)
        .collect();
    assert_eq!(names, ["x（列3）", "x（列4）"]);
    assert_eq!(found(&products("\"p\"", "\n\n"), "file_empty").len(), 1);
    assert_eq!(
        found(&products("\"p\"", ",,\n1,2,3\n"), "header_missing").len(),
        1
    );
}

/// A picture is no table under any name: renaming it helps nobody.
#[test]
fn a_file_that_is_no_table_is_told_as_that() {
    let mapping = one("product", "", "number = \"no\"\nname = \"no\"");
    let picture = ("photo.png".to_owned(), b"\x89PNG\r\n\x1a\n\0\0".to_vec());
    let staged = stage(&mapping, &[file("s.csv", "no\nA\n"), picture]);
    assert!(found(&staged, "file_not_mapped").is_empty());
    let told = found(&staged, "not_a_table")[0];
    assert_eq!(&*told.file, "photo.png");
    assert_eq!(told.severity, Severity::Warned);
    assert_eq!(told.reason_zh, "这是 PNG 文件，不是表格");
}

#[test]
fn files_nobody_mapped_and_files_nobody_sent_are_told() {
    let mapping = one("product", "", "number = \"no\"\nname = \"no\"");
    let staged = stage(&mapping, &[file("other.csv", "a\n1\n")]);
    let stranger = found(&staged, "file_not_mapped")[0];
    assert_eq!(&*stranger.file, "other.csv");
    assert!(
        stranger.reason_zh.ends_with("s.csv"),
        "{}",
        stranger.reason_zh
    );
    assert_eq!(&*found(&staged, "file_missing")[0].file, "s.csv");
}

#[test]
fn too_many_rows_refuse_the_whole_file() {
    let mapping = one("product", "", "number = \"no\"\nname = \"no\"");
    let files = [SourceFile {
        name: "s.csv",
        bytes: b"no\n1\n2\n3\n",
    }];
    let limits = Limits {
        rows: 2,
        ..Limits::default()
    };
    let staged = intake::stage(&mapping, &files, &limits);
    assert_eq!(found(&staged, "too_many_rows").len(), 1);
    assert!(staged.records.is_empty());
    let small = Limits {
        file_bytes: 4,
        ..Limits::default()
    };
    let staged = intake::stage(&mapping, &files, &small);
    assert_eq!(found(&staged, "file_too_large").len(), 1);
}

#[test]
fn order_lines_are_computed_in_whole_numbers() {
    let mapping = one(
        "order_line",
        "",
        "order = \"o\"\nproduct = \"p\"\nquantity = \"q\"\nunit_price = \"u\"\ndiscount = \"d\"",
    );
    let csv = "o,p,q,u,d\n1,A,3,0.35,15%\n1,B,1.5,2.01,0.05\n2,C,,9,\n2,D,1,９,\n";
    let staged = stage(&mapping, &[file("s.csv", csv)]);
    let lines = records(&staged, RecordKind::OrderLine);
    // 3 × 0.35 × 0.85 = 0.8925; 1.5 × 2.01 × 0.95 = 2.86425.
    let amounts: Vec<_> = lines
        .iter()
        .map(|l| l.fields.money("amount").unwrap().0)
        .collect();
    assert_eq!(amounts, [89, 286, 900]);
    assert_eq!(
        lines[0].fields.get("discount"),
        Some(&Value::Percent(Ppm(150_000)))
    );
    assert_eq!(
        lines[1].fields.get("quantity"),
        Some(&Value::Quantity(1_500))
    );
    assert_eq!(found(&staged, "percent_without_sign")[0].rows, [3]);
    assert_eq!(found(&staged, "required_empty")[0].rows, [4]);
    let sum = staged.report.totals[&RecordKind::OrderLine]
        .staged
        .sum("amount");
    assert_eq!(
        (sum.exact().as_str(), sum.fen()),
        ("12.75675", Some(Fen(1_275)))
    );
}

/// Code, row and value of everything that was found of amounts.
fn of_amounts(staged: &Staged) -> Vec<(&'static str, Vec<u32>, String)> {
    let findings = staged.report.findings.iter();
    let found = findings.map(|one| (one.code, one.rows.clone(), one.value.clone()));
    let told = ["amount", "margin", "zero"];
    found
        .filter(|(code, ..)| told.iter().any(|word| code.contains(word)))
        .collect()
}

#[test]
fn amounts_that_the_forms_refuse_are_refused() {
    let told = |code, row, value: &str| (code, vec![row], value.to_owned());
    let csv = "no,c,a,m\nC1,K,10,10\nC2,K,0,\nC3,K,（2）,\nC4,K,10,10.01\nC5,K,10,-3\nC6,K,,\n";
    let fields = "number = \"no\"\ncustomer = \"c\"\namount = \"a\"";
    let margin = format!("{fields}\nmargin = \"m\"");
    let staged = stage(&one("contract", "", &margin), &[file("s.csv", csv)]);
    let (above, below) = ("amount_not_above_zero", "amount_below_zero");
    assert_eq!(
        of_amounts(&staged),
        [
            told(above, 3, "0"),
            told(above, 4, "（2）"),
            told("margin_above_amount", 5, "10.01"),
        ]
    );
    // A loss is none, and what is not known is told otherwise.
    let keys: Vec<_> = staged.records.iter().map(|of| of.key.as_str()).collect();
    assert_eq!(keys, ["C1", "C5", "C6"]);

    let orders = stage(&one("order", "", fields), &[file("s.csv", csv)]);
    let places = of_amounts(&orders);
    assert_eq!(places, [told(above, 3, "0"), told(above, 4, "（2）")]);

    let fields = format!("{fields}\nstage = {{ const = \"lost\" }}");
    let deals = stage(&one("opportunity", "", &fields), &[file("s.csv", csv)]);
    assert_eq!(
        of_amounts(&deals),
        [told(below, 4, "（2）"), told("zero_amount", 3, "0")]
    );
    assert_eq!(deals.records.len(), 5, "a lost deal may be of nothing");
}

#[test]
fn gifts_and_returns_are_told_and_come_in() {
    let fields = "order = \"o\"\nproduct = \"p\"\nquantity = \"q\"\nunit_price = \"u\"";
    let csv = "o,p,q,u\n1,A,3,2\n1,B,1,0\n1,C,-2,5\n";
    let staged = stage(&one("order_line", "", fields), &[file("s.csv", csv)]);
    assert_eq!(staged.records.len(), 3);
    assert_eq!(found(&staged, "line_not_above_zero")[0].rows, [3, 4]);
}

#[test]
fn lookups_say_what_they_miss() {
    let mapping = parse(
        "name=\"t\"\nsystem=\"t\"\n[source.a]\nfile=\"a.csv\"\n[source.b]\nfile=\"b.csv\"\n\
         [[record]]\nkind=\"customer\"\nsource=\"a\"\n[record.fields]\nnumber=\"no\"\nname=\"no\"\n\
         owner={from=\"no\",lookup={source=\"b\",match=\"key\",take=\"who\"}}",
    );
    let staged = stage(
        &mapping,
        &[
            file("a.csv", "no\n１\n2\n3\n"),
            file("b.csv", "key,who,more\n1,甲,\n2,乙,\n2,丙,\n"),
        ],
    );
    let owners: Vec<_> = staged
        .records
        .iter()
        .map(|r| r.fields.text("owner"))
        .collect();
    assert_eq!(owners, ["甲", "乙", ""]);
    assert_eq!(found(&staged, "lookup_missed")[0].value, "3");
    assert_eq!(found(&staged, "lookup_ambiguous")[0].value, "2");
    assert_eq!(found(&staged, "empty_field")[0].rows, [4]);
    assert_eq!(found(&staged, "column_dropped")[0].column, "more");
    let b = staged
        .report
        .sources
        .iter()
        .find(|s| s.source == "b")
        .unwrap();
    assert_eq!((b.rows, b.consulted), (3, 3));
    let unresolved: Vec<_> = staged
        .report
        .unresolved
        .iter()
        .map(|r| r.key.as_str())
        .collect();
    assert_eq!(
        unresolved,
        ["丙", "乙", "甲"]
            .into_iter()
            .filter(|k| *k != "丙")
            .collect::<Vec<_>>()
    );
}

#[test]
fn references_within_a_kind_may_point_forward() {
    let mapping = one(
        "employee",
        "",
        "number = \"no\"\nname = \"no\"\nline_manager = \"boss\"",
    );
    let staged = stage(&mapping, &[file("s.csv", "no,boss\n1,2\n2,\n3,9\n")]);
    let unresolved: Vec<_> = staged
        .report
        .unresolved
        .iter()
        .map(|r| (r.key.as_str(), r.times))
        .collect();
    assert_eq!(unresolved, [("9", 1)]);
    assert_eq!(
        found(&staged, "unresolved_ref")[0].reason_zh,
        "本批文件里没有编号为此的员工"
    );
}

#[test]
fn conditions_keep_rows_out_and_say_so() {
    let block = "where = [{ column = \"kind\", one_of = [\"A\", \"B\"] }, \
                 { column = \"kind\", none_of = [\"B\"] }]";
    let mapping = one("product", block, "number = \"no\"\nname = \"no\"");
    let staged = stage(&mapping, &[file("s.csv", "no,kind\n1,A\n2,B\n3,C\n")]);
    assert_eq!(staged.records.len(), 1);
    assert_eq!(found(&staged, "filtered_rows")[0].rows, [3, 4]);
    assert_eq!(staged.report.sources[0].filtered, 2);
}

#[test]
fn steps_run_in_their_order() {
    let mapping = one(
        "product",
        "",
        "name = { from = [\"a\", \"b\"], join = \"-\", steps = [\"upper\", { replace = { \"X-Y\" = \
         \"z\" } }, { prefix = \"<\" }, { suffix = \">\" }] }\n\
         number = { from = \"a\", steps = [\"half_width\", \"digits_only\"] }",
    );
    let staged = stage(&mapping, &[file("s.csv", "a,b\n1x,y\n编号２,\nx,y\n")]);
    let names: Vec<_> = staged
        .records
        .iter()
        .map(|r| r.fields.text("name"))
        .collect();
    assert_eq!(names, ["<1X-Y>", "<编号２>"]);
    let numbers: Vec<_> = staged.records.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(numbers, ["1", "2"]);
    assert_eq!(
        found(&staged, "replaced")[0].value,
        "X-Y",
        "told though the row is refused"
    );
}

#[test]
fn repeats_are_merged_and_conflicts_refused() {
    let mapping = one(
        "product",
        "",
        "number = \"no\"\nname = \"n\"\nprice = \"p\"",
    );
    let staged = stage(
        &mapping,
        &[file(
            "s.csv",
            "no,n,p\n1,笔,2\n1,笔,2.00\n１,笔,2\n1,笔,3\n",
        )],
    );
    assert_eq!(staged.records.len(), 1);
    let totals = &staged.report.totals[&RecordKind::Product];
    assert_eq!((totals.merged.records, totals.refused.records), (2, 1));
    assert_eq!(totals.merged.sum("price").fen(), Some(Fen(400)));
    assert_eq!(found(&staged, "merged_same")[0].rows, [3, 4]);
    assert_eq!(found(&staged, "duplicate_conflict")[0].rows, [5]);
    assert_eq!(totals.came_in().sum("price").fen(), Some(Fen(900)));
}

#[test]
fn streaming_hands_on_the_same_records() {
    let mapping = one("product", "", "number = \"no\"\nname = \"no\"");
    let files = [SourceFile {
        name: "s.csv",
        bytes: b"no\n1\n2\n1\n",
    }];
    let mut streamed = Vec::new();
    let report = for_each_record(&mapping, &files, &Limits::default(), |record| {
        streamed.push(record)
    });
    let staged = intake::stage(&mapping, &files, &Limits::default());
    assert_eq!(streamed, staged.records);
    assert_eq!(report.findings, staged.report.findings);
}

#[test]
fn a_preview_shows_what_the_encoding_makes_of_names() {
    let mapping = one("product", "", "number = \"编号\"\nname = \"编号\"");
    let bytes = encoding_rs::GB18030.encode("编号,名称\n1,䶮\n\n2,㛃\n").0;
    let source = mapping.source_of("s.csv").unwrap();
    let file = SourceFile {
        name: "s.csv",
        bytes: &bytes,
    };
    let shown = preview(&file, source, &Limits::default(), 2).unwrap();
    assert_eq!(shown.header, ["编号", "名称"]);
    assert_eq!(shown.rows[0], (2, vec!["1".to_owned(), "䶮".to_owned()]));
    assert_eq!(shown.rows[1].0, 3);
    let broken = SourceFile {
        name: "s.csv",
        bytes: b"",
    };
    let refused = preview(&broken, source, &Limits::default(), 2).unwrap_err();
    assert_eq!(refused.code, "file_empty");
}
