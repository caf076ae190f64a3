//! tmp
use crate::shared::{csv_files, mapping, shared_data, stage};

#[test]
fn dump() {
    for name in ["maven_crm", "northwind", "chinook", "ibm_ar"] {
        let Some(folder) = shared_data(name) else {
            return;
        };
        let staged = stage(&mapping(name), &csv_files(&folder));
        println!("=== {name}");
        for s in &staged.report.sources {
            println!("{s:?}");
        }
        for (k, t) in &staged.report.totals {
            println!(
                "{k:?} staged {} refused {} merged {} owners {} {}",
                t.staged.records,
                t.refused.records,
                t.merged.records,
                t.by_owner.len(),
                serde_json::to_string(&t.staged.sums).unwrap()
            );
        }
        for f in staged.report.findings.iter().take(40) {
            println!(
                "{:?} {} {} n={} {:?} col={} val={} | {} | {}",
                f.severity,
                f.code,
                f.file,
                f.rows.len(),
                f.row(),
                f.column,
                f.value,
                f.reason_zh,
                f.reason_en
            );
        }
        println!(
            "{} findings, unresolved {:?}",
            staged.report.findings.len(),
            staged.report.unresolved
        );
        println!("{}", serde_json::to_string(&staged.records.last()).unwrap());
    }
}
