//! Prints every kind of document with invented facts into a folder, and says how long it took.
//!
//! `cargo run --release -p document --example sheets -- FOLDER [RUNS]`

use std::path::Path;
use std::time::Instant;

use document::{Fonts, Kind, Press, Template};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("say into which folder")?;
    let runs: u32 = arguments.next().map_or(Ok(50), |runs| runs.parse())?;
    std::fs::create_dir_all(&folder)?;
    let began = clock();
    let press = Press::new(Fonts::shipped());
    println!("fonts          {:>8.1} ms", millis(began));
    for kind in Kind::ALL {
        let template = Template::shipped(kind);
        for rows in [2, 80] {
            let began = clock();
            let first = press.sample(&template, rows)?;
            let cold = millis(began);
            let name = format!("{}-{rows}.pdf", kind.word());
            std::fs::write(Path::new(&folder).join(&name), &first.bytes)?;
            let mut times = Vec::new();
            for _ in 0..runs {
                // Facts differ from print to print, as they do at work.
                let began = clock();
                press.sample(&template, rows + times.len() % 7)?;
                times.push(millis(began));
            }
            times.sort_by(f64::total_cmp);
            println!(
                "{name:<32} {:>2} pages {:>7} bytes, first {cold:>6.1} ms, p50 {:>6.1}, \
                 max {:>6.1}",
                first.pages.len(),
                first.bytes.len(),
                times[times.len() / 2],
                times[times.len() - 1],
            );
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a measurement reads a clock")]
fn clock() -> Instant {
    Instant::now()
}

#[expect(clippy::float_arithmetic, reason = "a measurement, no money")]
fn millis(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1_000.0
}
