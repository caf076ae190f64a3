//! What a mapping file may not say, and where the message points.

use intake::{Mapping, MappingError, Need};

use crate::shared::{clone_file, mapping};

const HEAD: &str = "name = \"t\"\nsystem = \"t\"\n[source.s]\nfile = \"s.csv\"\n";

fn errors(toml: &str) -> Vec<MappingError> {
    Mapping::parse(toml).unwrap_err()
}

fn only(block: &str) -> MappingError {
    let mut errors = errors(&format!("{HEAD}[[record]]\n{block}"));
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.remove(0)
}

/// A product block with this rule for its price.
fn price(rule: &str) -> String {
    let head = "kind = \"product\"\nsource = \"s\"\n[record.fields]\nnumber = \"a\"\n";
    format!("{head}name = \"a\"\nprice = {rule}")
}

#[test]
fn the_examples_are_sound() {
    for name in ["maven_crm", "northwind", "chinook", "ibm_ar", "客户台账"] {
        assert!(!mapping(name).name.is_empty());
    }
}

#[test]
fn the_mapping_in_the_handbook_is_sound() {
    let handbook = clone_file("docs/modules/import.md");
    let toml = handbook
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    assert_eq!(Mapping::parse(toml).unwrap().system, "ledger");
    for kind in intake::RecordKind::ALL {
        let row = handbook
            .lines()
            .find(|line| line.starts_with(&format!("| `{}`", kind.name())));
        let row = row.unwrap_or_else(|| panic!("{kind:?} is not described"));
        for spec in kind.fields() {
            let mark = match spec.need {
                Need::Required => format!("**{}**", spec.name),
                Need::Expected => format!("*{}*", spec.name),
                Need::Optional => spec.name.to_owned(),
            };
            let words = || row.split([' ', ',', '|']).filter(|word| !word.is_empty());
            assert!(words().any(|word| word == mark), "{mark} of {kind:?}");
        }
    }
}

#[test]
fn unknown_words_are_refused_with_their_line() {
    let error = only("kind = \"product\"\nsource = \"s\"\nfilter = 1\nfields = {}");
    assert_eq!(error.line, 8);
    assert!(
        error.message_en.contains("unknown field `filter`"),
        "{error}"
    );
    let told = "映射文件第 8 行：不认识「filter」这一项，可用的有";
    assert!(error.to_string().starts_with(told), "{error}");
    let nested = only(&price("{ from = \"p\", rond = \"half_up\" }"));
    assert!(
        nested.message_en.contains("unknown field `rond`"),
        "{nested}"
    );
    assert_eq!(nested.line, 11);
    let step = only(&price("{ from = \"p\", steps = [\"uper\"] }"));
    assert!(step.message_en.contains("unknown variant `uper`"), "{step}");
    let told = "不认识「uper」这个取值，可用的有";
    assert!(step.message.starts_with(told), "{step}");
    for machine in ["unknown", "docs/"] {
        assert!(!step.message.contains(machine), "{step}");
    }
    let kind = only("kind = \"prodct\"\nsource = \"s\"\nfields = {}");
    assert!(kind.message_en.contains("order_line"), "{kind}");
}

#[test]
fn rules_that_cannot_work_are_named_by_path() {
    for (rule, part) in [
        ("{ from = \"p\", type = \"date\" }", "不能按类型 date"),
        (
            "{ from = \"p\", date_order = \"dmy\" }",
            "date_order 不适用",
        ),
        ("{ from = \"p\", add_days = 3 }", "add_days 不适用"),
        ("{ from = \"p\", unit = \"percent\" }", "unit 不适用"),
        ("{ from = \"p\", values = { a = \"1\" } }", "values 不适用"),
        (
            "{ from = \"p\", default = \"约十元\" }",
            "「约十元」不是金额",
        ),
        ("{ const = \"1.234\" }", "「1.234」小数位数过多"),
        ("{ from = \"p\", const = \"1\" }", "from、const、sum 之一"),
        ("{ join = \"-\" }", "join 不适用"),
        (
            "{ sum = { kind = \"invoice\", field = \"amount\" } }",
            "sum 要指向",
        ),
        (
            "{ from = \"p\", lookup = { source = \"x\", match = \"a\", take = \"b\" } }",
            "没有名为「x」",
        ),
    ] {
        let toml = format!("{HEAD}[[record]]\n{}", price(rule));
        let errors = errors(&toml);
        let found = errors.iter().find(|error| error.message.contains(part));
        let error = found.unwrap_or_else(|| panic!("{rule}: {errors:#?}"));
        assert!(error.path.starts_with("record[1].fields.price"), "{error}");
        assert_eq!(error.line, 5, "the block begins there");
    }
}

#[test]
fn every_fault_is_told_at_once() {
    let toml = "name = \"t\"\nsystem = \"T!\"\n[source.s]\nfile = \"s\"\nheader_row = 0\n\
                delimiter = \"，\"\n[source.unused]\nfile = \"u\"\n[[record]]\nkind = \"invoice\"\n\
                source = \"q\"\nwhere = [{ column = \"a\" }]\n[record.fields]\nnumber = \"a\"\n\
                colour = \"b\"\nowner = { from = \"a\", derive = { source = \"s\", match = \"a\", \
                take = \"b\", rule = \"latest\" } }";
    let paths: Vec<_> = errors(toml).into_iter().map(|error| error.path).collect();
    for path in [
        "system",
        "source.s",
        "source.unused",
        "record[1].source",
        "record[1].where",
        "record[1].fields.colour",
        "record[1].fields.owner.derive",
        "record[1]",
    ] {
        assert!(
            paths.iter().any(|found| found == path),
            "{path} not in {paths:?}"
        );
    }
}

#[test]
fn what_is_no_toml_is_refused() {
    assert_eq!(errors("name = ").len(), 1);
    let absent = errors("").remove(0);
    assert!(absent.message.starts_with("缺少「"), "{absent}");
    let open = errors("name = \"t\"\n[source.s\nfile = \"s\"\n").remove(0);
    assert!(open.message.starts_with("括号没有闭合"), "{open}");
    assert_eq!(open.line, 2);
}
