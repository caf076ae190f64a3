//! Ten million orders from file to file, and one moved customer at a time; see `compare.py`.

mod delta;
mod input;
mod moves;
mod output;
mod run;

use std::path::Path;

const USAGE: &str = "commission-bench run DATA OUT | commission-bench moves DATA COUNT";

fn main() -> Result<(), input::Error> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        ["run", data, out] => {
            let (lines, credit, commission) = run::run(Path::new(data), Path::new(out))?;
            println!("lines {lines} credit {credit} commission {commission}");
        }
        ["moves", data, count] => {
            let timed = moves::moves(Path::new(data), count.parse()?)?;
            let at = |percent: usize| timed.times[(timed.times.len() - 1) * percent / 100];
            println!(
                "moves {} p50 {:?} p99 {:?} max {:?}; differences {}; \
                 equal to the full run on {} lines",
                timed.times.len(),
                at(50),
                at(99),
                at(100),
                timed.differences,
                timed.lines
            );
        }
        _ => return Err(USAGE.into()),
    }
    Ok(())
}
