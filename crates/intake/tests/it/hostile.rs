//! Arbitrary bytes get an answer, never a panic, and every row keeps its explanation.

use intake::{Mapping, Severity};
use proptest::prelude::*;

use crate::shared::{example, file, mapping, stage};

fn ledger() -> (Mapping, String) {
    (mapping("客户台账"), example("data/客户台账.csv"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn arbitrary_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let staged = stage(&ledger().0, &[file("客户台账.csv", bytes)]);
        prop_assert!(staged.records.is_empty() || !staged.report.totals.is_empty());
    }

    #[test]
    fn arbitrary_tables_are_answered(
        rows in prop::collection::vec(
            prop::collection::vec("[\\PC\"',，、\\n\\r\\x00 ]{0,12}", 0..20), 0..12),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let (mapping, text) = ledger();
        let head: Vec<&str> = text.lines().take(2).collect();
        let body: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        let text = format!("{}{end}{}", head.join(end), body.join(end));
        stage(&mapping, &[file("客户台账.csv", text)]);
    }

    #[test]
    fn damage_anywhere_in_a_sound_file_is_survived(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
        cut in any::<prop::sample::Index>(),
    ) {
        let (mapping, text) = ledger();
        let mut bytes = text.into_bytes();
        let place = at.index(bytes.len());
        bytes[place] = byte;
        bytes.truncate(cut.index(bytes.len() + 1));
        let staged = stage(&mapping, &[file("客户台账.csv", bytes)]);
        for finding in &staged.report.findings {
            let whole = !finding.reason_zh.contains("{}") && !finding.remedy_zh.is_empty();
            prop_assert!(whole, "a gap in the sentence of {}", finding.code);
            let short = finding.value.chars().count() <= 81;
            prop_assert!(finding.severity != Severity::Refused || short);
        }
    }

    #[test]
    fn arbitrary_mappings_are_answered(text in "\\PC{0,200}") {
        let _ = Mapping::parse(&text);
    }
}
