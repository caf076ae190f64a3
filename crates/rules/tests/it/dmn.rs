//! DMN files: what goes out, what comes in, what is kept out.

use rules::bounds;
use rules::cell::Commas;
use rules::dmn;
use rules::grid::Grid;
use rules::kind::{Choice, Kind};
use rules::table::{Example, Hit, Table};
use serde_json::json;

use crate::world::{given, input, output, rates, table};

const MODEL: &str = "https://www.omg.org/spec/DMN/20230324/MODEL/";

fn written(table: &Table) -> String {
    dmn::write(&Grid::read(table, Commas::Doubted).unwrap())
}

fn read_one(xml: &str) -> Result<Table, kernel::Refusal> {
    dmn::read(xml.as_bytes())?.remove(0).table
}

#[test]
fn everything_a_table_holds_comes_back() {
    let mut stage = input(
        "阶段 1",
        Kind::Enum {
            choices: vec![
                Choice {
                    code: "signed".into(),
                    zh: "已签约".into(),
                    en: "Signed".into(),
                },
                Choice::plain("paid <&> \"x\""),
            ],
        },
    );
    stage.optional = true;
    let mut amount = input("amount", Kind::Money);
    amount.allowed = ">=0".into();
    let mut rate = output("rate", Kind::Rate);
    rate.values = vec!["0.05".into(), "0.03".into()];
    rate.label.en = "Rate".into();
    for hit in Hit::ALL {
        let mut outputs = vec![rate.clone()];
        let mut rows = vec!["- | <5 => 5%", "signed, null | [5..10) => 0.03"];
        if !hit.is_aggregate() {
            outputs.push(output("due", Kind::Date));
            rows = vec![
                "- | <5 => 5% | 2026-01-01",
                "signed, null | [5..10) => 0.03 | 2026-02-01",
            ];
        }
        let mut table = table(hit, vec![stage.clone(), amount.clone()], outputs, &rows);
        table.title.zh = "费率 <表> & \"一\"".into();
        table.rows[1].label = "签约".into();
        table.rows[1].note = "见 <2026> & 'a'".into();
        table.default = Some(table.rows[1].then.clone());
        table.examples = vec![Example {
            name: "一".into(),
            given: given(&json!({ "amount": "7", "阶段 1": null })),
            expect: json!(null),
        }];
        let canonical = Grid::read(&table, Commas::Doubted).unwrap().table().clone();
        assert_eq!(read_one(&written(&table)).unwrap(), canonical, "{hit:?}");
    }
}

#[test]
fn a_file_of_another_tool_is_read_without_our_notes() {
    let xml = r#"<?xml version="1.0"?>
<d:definitions xmlns:d="https://www.omg.org/spec/DMN/20191111/MODEL/" name="x" namespace="y">
  <d:itemDefinition name="tStage"><d:typeRef>string</d:typeRef></d:itemDefinition>
  <d:decision name="Rate of Stage" id="_1"><d:variable name="Rate of Stage" typeRef="feel:number"/>
    <d:decisionTable hitPolicy="FIRST">
      <d:input label="阶段">
        <d:inputExpression typeRef="tStage"><d:text>stage</d:text></d:inputExpression>
        <d:inputValues><d:text>"a","b"</d:text></d:inputValues></d:input>
      <d:input>
        <d:inputExpression typeRef="number"><d:text>amount</d:text></d:inputExpression></d:input>
      <d:output/>
      <d:rule id="_7f"><d:inputEntry><d:text>"a"</d:text></d:inputEntry>
        <d:inputEntry><d:text>1,234</d:text></d:inputEntry>
        <d:outputEntry><d:text>0.5</d:text></d:outputEntry></d:rule>
    </d:decisionTable>
  </d:decision>
  <d:decision name="Sum">
    <d:literalExpression><d:text>1+1</d:text></d:literalExpression></d:decision>
</d:definitions>"#;
    let found = dmn::read(xml.as_bytes()).unwrap();
    let table = found[0].table.as_ref().unwrap();
    assert_eq!(table.key, "Rate-of-Stage");
    assert_eq!(table.inputs[0].holds, Kind::of_choices(&["a", "b"]));
    assert_eq!(table.inputs[0].label.zh, "阶段");
    assert_eq!(table.outputs[0].holds, Kind::Number);
    assert_eq!(
        table.rows[0].when,
        ["\"a\"", "1, 234"],
        "the standard has no digit groups"
    );
    assert_eq!(table.rows[0].id, "r1");
    assert_eq!(
        found[1].table.as_ref().unwrap_err().code,
        "rules.dmn_no_table"
    );
}

#[test]
fn a_cell_beyond_our_grammar_names_its_place() {
    let xml = written(&rates()).replace("&lt;30000", "&lt; max(a, b)");
    let refusal = read_one(&xml).unwrap_err();
    assert!(
        refusal.message.starts_with("第 2 行「金额」："),
        "{}",
        refusal.message
    );
    assert_eq!(refusal.fields[0].pointer, "/rows/1/when/0");
}

#[test]
fn attacks_by_xml_are_refused() {
    let head = "<?xml version=\"1.0\"?>";
    let body = |inside: &str| format!("<definitions xmlns=\"{MODEL}\">{inside}</definitions>");
    let bombs = "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    let dtd = "<!DOCTYPE definitions SYSTEM \"http://example.com/x.dtd\">";
    // The file, a word of the refusal.
    let files = [
        (format!("{head}{bombs}{}", body("&b;")), "DTD"),
        (format!("{head}{outside}{}", body("&x;")), "DTD"),
        (format!("{head}{dtd}{}", body("")), "DTD"),
        (body("&unknown;"), "XML 有误"),
        (body("<a>"), "XML 有误"),
        (
            body(&("<a>".repeat(bounds::XML_DEPTH) + &"</a>".repeat(bounds::XML_DEPTH))),
            "嵌套过深",
        ),
        (
            body(&("<a>".repeat(90_000) + &"</a>".repeat(90_000))),
            "嵌套过深",
        ),
        (body(&"<a/>".repeat(250_000)), "XML 有误"),
        (body(&" ".repeat(bounds::XML_BYTES)), "2 MB"),
        ("<definitions/>".to_owned(), "不是 DMN"),
        (
            "<html xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>".to_owned(),
            "不是 DMN",
        ),
    ];
    for (file, word) in files {
        let refusal = dmn::read(file.as_bytes()).expect_err(word);
        assert!(refusal.message.contains(word), "{}", refusal.message);
        assert!(!refusal.remedy.is_empty());
    }
    let gbk = [0x3c, 0x61, 0xd6, 0xd0, 0x2f, 0x3e];
    assert!(dmn::read(&gbk).unwrap_err().message.contains("UTF-8"));
}

#[test]
fn too_long_a_table_is_refused_and_not_cut() {
    let rule = "<rule><inputEntry><text>-</text></inputEntry>\
                <outputEntry><text>1</text></outputEntry></rule>";
    let xml = format!(
        "<definitions xmlns=\"{MODEL}\"><decision name=\"a\"><decisionTable><input>\
         <inputExpression typeRef=\"number\"><text>x</text></inputExpression></input><output/>{}\
         </decisionTable></decision></definitions>",
        rule.repeat(bounds::ROWS + 5),
    );
    let refusal = read_one(&xml).unwrap_err();
    assert_eq!(refusal.message, "行数为 501", "{}", refusal.remedy);
}
