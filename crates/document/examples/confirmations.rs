//! Measures what an office does with a big handover: every kind once warm, then a thousand handover
//! confirmations in one run, each about another customer with four to eight rows in every list.
//!
//! `cargo run --release -p document --example confirmations -- [HOW_MANY] [FOLDER]`

use std::path::Path;
use std::time::Instant;

use document::{Content, Fonts, Kind, Letterhead, Paper, Press, Printed, Rows, Template, Value};
use jiff::tz::TimeZone;
use kernel::{Fen, Moment};

/// What one document may take once the press is warm, in milliseconds.
const ONE: f64 = 100.0;
/// What a thousand confirmations may take, in seconds.
const THOUSAND: f64 = 60.0;

#[expect(clippy::float_arithmetic, reason = "a measurement, no money")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let many: usize = arguments.next().map_or(Ok(1_000), |many| many.parse())?;
    let folder = arguments.next();
    let press = Press::new(Fonts::shipped());
    let mut slowest = 0.0_f64;
    println!(
        "{:<26} {:>6} {:>8} {:>8} {:>8}",
        "kind, 30 rows", "pages", "first", "p50", "max"
    );
    for kind in Kind::ALL {
        let began = clock();
        let first = one(&press, kind, &facts(kind, 0))?;
        let cold = millis(began);
        let mut times = Vec::new();
        for n in 1..=20 {
            let content = facts(kind, n);
            let began = clock();
            one(&press, kind, &content)?;
            times.push(millis(began));
        }
        times.sort_by(f64::total_cmp);
        let (p50, max) = (times[times.len() / 2], times[times.len() - 1]);
        slowest = slowest.max(max);
        let pages = first.pages.len();
        println!(
            "{:<26} {pages:>6} {cold:>8.1} {p50:>8.1} {max:>8.1}",
            kind.word()
        );
        if let Some(folder) = &folder {
            let file = Path::new(folder).join(format!("{}.pdf", kind.word()));
            std::fs::write(file, &first.bytes)?;
        }
    }
    println!("slowest of all after warm-up: {slowest:.1} ms (at most {ONE})");
    let began = clock();
    let (mut times, mut bytes) = (Vec::with_capacity(many), 0);
    for n in 0..many {
        let content = Kind::CustomerHandover.manifest().sample(4 + n % 5);
        let began = clock();
        bytes += one(&press, Kind::CustomerHandover, &named(content, n))?
            .bytes
            .len();
        times.push(millis(began));
    }
    let total = millis(began) / 1_000.0;
    times.sort_by(f64::total_cmp);
    let (p50, p95) = (times[many / 2], times[many * 95 / 100]);
    println!(
        "{many} confirmations: {total:.1} s (at most {THOUSAND} for 1000), p50 {p50:.1} ms, \
         p95 {p95:.1} ms, max {:.1} ms, {} KB each",
        times[many - 1],
        bytes / many / 1_024,
    );
    Ok(())
}

/// The sample with about thirty rows in its lists; no two print the same.
fn facts(kind: Kind, n: usize) -> Content {
    named(kind.manifest().sample(30 + n % 3), n)
}

fn named(mut content: Content, n: usize) -> Content {
    let shift = i64::try_from(n).unwrap_or_default();
    for value in content.values_mut() {
        match value {
            Value::Money(fen) => *fen = Fen(fen.0 + shift),
            Value::List(Rows(rows)) => {
                for row in rows {
                    *row = named(std::mem::take(row), n);
                }
            }
            _ => {}
        }
    }
    if let Some(Value::Text(name)) = content.get_mut("customer") {
        name.push_str(&format!("第{n}分公司"));
    }
    content
}

fn one(press: &Press, kind: Kind, content: &Content) -> Result<Printed, document::PrintError> {
    let letterhead = Letterhead {
        company: "样例有限公司".to_owned(),
        credit_code: Some("91110000000000000X".to_owned()),
    };
    let paper = Paper {
        id: "doc_01kb0000000000000000000000",
        number: "LZ2026-0001-KH1",
        letterhead: &letterhead,
        at: Moment(1_797_868_800_000),
        zone: &TimeZone::UTC,
        mark: None,
    };
    press.print(&Template::shipped(kind), &paper, content)
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads a clock")]
fn clock() -> Instant {
    Instant::now()
}

#[expect(clippy::float_arithmetic, reason = "a measurement, no money")]
fn millis(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}
