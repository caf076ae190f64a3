//! Stages a million invented customers, or as many as the argument says, and prints how long it
//! took: `cargo run --release -p intake --example million_rows` 百万行实测.

use std::fmt::Write as _;
use std::time::Instant;

use intake::{Limits, Mapping, SourceFile, for_each_record};

const MAPPING: &str = r#"
name = "百万客户"
system = "million"
[source.customers]
file = "customers.csv"
[[record]]
kind = "customer"
source = "customers"
[record.fields]
number = "客户编号"
name = "客户名称"
owner = "负责人"
industry = "行业"
region = "区域"
tier = "等级"
phone = "电话"
address = "地址"
founded = "成立年份"
"#;

#[expect(clippy::disallowed_methods, reason = "an example that measures time")]
fn main() {
    let rows = std::env::args()
        .nth(1)
        .and_then(|rows| rows.parse::<u32>().ok());
    let mut text =
        String::from("客户编号,客户名称,负责人,行业,区域,等级,电话,地址,成立年份,备注\n");
    for n in 0..rows.unwrap_or(1_000_000) {
        let owner = n % 500;
        let _ = writeln!(
            text,
            "C{n:07},第{n}号有限公司,E{owner:03},制造业,华东,A,138{n:08},示例路{n}号,{},",
            1990 + n % 30
        );
    }
    let mapping = match Mapping::parse(MAPPING) {
        Ok(mapping) => mapping,
        Err(errors) => return println!("{errors:#?}"),
    };
    let files = [SourceFile {
        name: "customers.csv",
        bytes: text.as_bytes(),
    }];
    let start = Instant::now();
    let mut records = 0_u64;
    let report = for_each_record(&mapping, &files, &Limits::default(), |_| records += 1);
    println!(
        "{records} records, {} MB, {} findings, {:?}",
        text.len() >> 20,
        report.findings.len(),
        start.elapsed()
    );
}
