//! The answer, for people in two languages and for programs in JSON.

use std::fmt::Write as _;

use bundle::examine::Report;
use bundle::receipt::{Receipt, ReceiptError};
use evidence::verdict::Verdict;
use serde_json::json;

/// More than this many lines of one kind help nobody.
const MOST_LINES: usize = 200;

fn end(verdict: Verdict) -> String {
    let (code, zh, en) = (verdict.code(), verdict.chinese(), verdict.english());
    format!("结论 Verdict: {code} — {zh} / {en}")
}

pub(crate) fn text(report: &Report) -> String {
    let mut text = String::new();
    if let Some(origin) = &report.origin {
        let _ = writeln!(text, "日志 Log: {}", plain(origin));
    }
    for record in report.records.iter().take(MOST_LINES) {
        let act = plain(record.act.as_deref().unwrap_or("-"));
        let at = record.at.as_deref().unwrap_or("-");
        let _ = writeln!(
            text,
            "  {:06}  {}  {at}  {act}",
            record.index, record.verdict
        );
    }
    more(&mut text, report.records.len());
    for finding in report.findings.iter().take(MOST_LINES) {
        let _ = writeln!(text, "- {}", plain(&finding.to_string()));
    }
    more(&mut text, report.findings.len());
    for subject in report.complete.iter().take(MOST_LINES) {
        let _ = writeln!(text, "记录齐全 Whole: {}", plain(subject));
    }
    more(&mut text, report.complete.len());
    text + &end(report.verdict)
}

fn more(text: &mut String, of: usize) {
    if of > MOST_LINES {
        let _ = writeln!(text, "  … 另有 and {} more", of - MOST_LINES);
    }
}

/// What stands in a bundle must not move the reader's cursor.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '?' } else { c })
        .collect()
}

pub(crate) fn json(report: &Report) -> String {
    let findings = report
        .findings
        .iter()
        .map(|finding| json!({ "code": finding.code.name, "at": finding.at }));
    let records = report
        .records
        .iter()
        .map(|record| json!({ "index": record.index, "verdict": record.verdict.code() }));
    json!({
        "verdict": report.verdict.code(),
        "origin": report.origin,
        "findings": findings.collect::<Vec<_>>(),
        "records": records.collect::<Vec<_>>(),
        "complete": report.complete,
    })
    .to_string()
}

pub(crate) fn receipt(checked: &Result<Receipt, ReceiptError>, as_json: bool) -> String {
    let verdict = checked
        .as_ref()
        .map_or(Verdict::Invalid, |receipt| receipt.verdict);
    match checked {
        Err(why) if as_json => {
            json!({ "verdict": verdict.code(), "why": why.to_string() }).to_string()
        }
        Err(why) => format!("- {why}\n{}", end(verdict)),
        Ok(receipt) if as_json => json!({
            "verdict": verdict.code(),
            "index": receipt.entry.seq,
            "origin": receipt.checkpoint.origin,
            "size": receipt.checkpoint.head.size,
        })
        .to_string(),
        Ok(receipt) => {
            let entry = &receipt.entry;
            format!(
                "日志 Log: {}\n记录 {}：{}　{}\n操作人 {}　主体 {}\n{}",
                plain(&receipt.checkpoint.origin),
                entry.seq,
                plain(&entry.act),
                entry.at,
                plain(&entry.actor.id),
                plain(&entry.subject.join("、")),
                end(verdict)
            )
        }
    }
}
