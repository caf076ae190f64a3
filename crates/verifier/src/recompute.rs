//! Works a statement out again from the facts beside it 复算提成单.
//!
//! With the engine alone: no database, no network, nothing of the program. What comes out must be
//! the statement of the bundle byte for byte; where it is not, the line is named.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bundle::archive::Folder;
use bundle::examine::Report;
use bundle::finding::{Code, Finding};
use bundle::layout;
use commission::statement::{Facts, Statement};
use evidence::json;
use evidence::verdict::Verdict;
use serde_json::Value;

/// File name of the facts among the documents.
pub const FACTS: &str = "facts.json";
/// File name of the statement.
pub const STATEMENT: &str = "statement.json";

const NONE: Code = Code {
    name: "statement.missing",
    verdict: Some(Verdict::Incomplete),
    chinese: "没有可复算的提成单",
    english: "there is no statement that could be worked out again",
};
const FORM: Code = Code {
    name: "statement.form",
    verdict: Some(Verdict::Invalid),
    chinese: "计算依据或提成单不是规范 JSON，或格式不认识",
    english: "facts or statement are not canonical JSON, or of an unknown form",
};
const REFUSED: Code = Code {
    name: "statement.refused",
    verdict: Some(Verdict::Invalid),
    chinese: "按所附依据无法计算",
    english: "nothing follows from these facts",
};
const LINE: Code = Code {
    name: "statement.line",
    verdict: Some(Verdict::Invalid),
    chinese: "此笔与按依据复算的结果不同",
    english: "this line is not what follows from the facts",
};
const OTHER: Code = Code {
    name: "statement.bytes",
    verdict: Some(Verdict::Invalid),
    chinese: "提成单与按依据复算的结果不同",
    english: "the statement is not what follows from the facts",
};
const SAME: Code = Code {
    name: "statement.recomputed",
    verdict: None,
    chinese: "已按所附依据复算，与提成单逐字节相同",
    english: "worked out again from the facts: the same bytes",
};

/// Adds what recomputing finds.
pub(crate) fn check(folder: &Folder, report: &mut Report) {
    let found = find(folder);
    let worst = found.iter().filter_map(|one| one.code.verdict).max();
    report.verdict = report.verdict.max(worst.unwrap_or_default());
    report.findings.extend(found);
    report.findings.sort();
}

fn find(folder: &Folder) -> Vec<Finding> {
    let file = |name: &str| folder.files.get(&layout::document(name));
    let (Some(facts), Some(statement)) = (file(FACTS), file(STATEMENT)) else {
        return vec![Finding::new(NONE, layout::document(STATEMENT))];
    };
    let canonical = |name: &str, bytes: &[u8]| match json::check_canonical(bytes) {
        Ok(()) => None,
        Err(error) => Some(Finding::new(FORM, format!("{name}: {error}"))),
    };
    let spelt = canonical(FACTS, facts).or_else(|| canonical(STATEMENT, statement));
    if let Some(finding) = spelt {
        return vec![finding];
    }
    let facts: Facts = match serde_json::from_slice(facts) {
        Ok(facts) => facts,
        Err(error) => return vec![Finding::new(FORM, format!("{FACTS}: {error}"))],
    };
    // Amounts of a stranger's file may run over; that is his file's fault and ends nothing here.
    let again = catch_unwind(AssertUnwindSafe(|| facts.recompute()));
    let again = match again {
        Ok(Ok(again)) => again,
        Ok(Err(refusal)) => {
            let why = format!("{} {}", refusal.message, refusal.message_en);
            return vec![Finding::new(REFUSED, why)];
        }
        Err(_) => return vec![Finding::new(REFUSED, "amounts")],
    };
    compare(&again, statement)
}

fn compare(again: &Statement, given: &[u8]) -> Vec<Finding> {
    let value = serde_json::to_value(again).unwrap_or_default();
    let bytes = json::canonical(&value).unwrap_or_default();
    if bytes == given {
        let lines = again.lines.len();
        let what = format!("{} {lines} {}", again.month, again.total);
        return vec![Finding::new(SAME, what)];
    }
    let given: Value = serde_json::from_slice(given).unwrap_or_default();
    let (ours, theirs) = (lines(&value), lines(&given));
    let mut found = Vec::new();
    for at in 0..ours.len().max(theirs.len()) {
        let (our, their) = (ours.get(at), theirs.get(at));
        if our != their {
            found.push(Finding::new(LINE, told(at, our.copied(), their.copied())));
        }
    }
    if found.is_empty() {
        found.push(Finding::new(OTHER, layout::document(STATEMENT)));
    }
    found
}

fn lines(of: &Value) -> Vec<&Value> {
    of["lines"].as_array().into_iter().flatten().collect()
}

/// `第 2 笔 HK-1 /commission/amount 1.00 ≠ 2.00`: where, what is right, what the file says.
fn told(at: usize, ours: Option<&Value>, theirs: Option<&Value>) -> String {
    let n = at + 1;
    let number = theirs.or(ours).and_then(|line| line["number"].as_str());
    let number = number.unwrap_or("-");
    let (Some(ours), Some(theirs)) = (ours, theirs) else {
        let whose = match ours {
            Some(_) => "缺少 missing",
            None => "多出 surplus",
        };
        return format!("第 {n} 笔 line {n} {number}：{whose}");
    };
    // What counts first: an amount that differs says more than the sentence about it.
    let first = ["commission", "credit", "share", "base"]
        .iter()
        .find(|key| ours[**key] != theirs[**key])
        .and_then(|key| differs(&ours[*key], &theirs[*key], &format!("/{key}")));
    let first = first.or_else(|| differs(ours, theirs, ""));
    let (path, right, said) = first.unwrap_or_default();
    format!("第 {n} 笔 line {n} {number} {path}: {right} ≠ {said}")
}

/// The first place where two values differ, with what stands there.
fn differs(ours: &Value, theirs: &Value, path: &str) -> Option<(String, String, String)> {
    if ours == theirs {
        return None;
    }
    let inside = match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys = a.keys().chain(b.keys());
            keys.find_map(|key| differs(&ours[key], &theirs[key], &format!("{path}/{key}")))
        }
        (Value::Array(a), Value::Array(b)) => {
            let most = a.len().max(b.len());
            (0..most).find_map(|at| {
                let (one, other) = (a.get(at), b.get(at));
                let none = &Value::Null;
                let path = format!("{path}/{at}");
                differs(one.unwrap_or(none), other.unwrap_or(none), &path)
            })
        }
        _ => None,
    };
    let short = |value: &Value| value.to_string().chars().take(60).collect();
    inside.or_else(|| Some((path.to_owned(), short(ours), short(theirs))))
}
