//! `baton-verify`: checks evidence bundles and receipts offline 离线验证程序.

use std::io::Write as _;
use std::process::ExitCode;
use std::time::UNIX_EPOCH;

use clap::Parser;
use verifier::{Wanted, verify};

/// 验证存证包或存证凭证。Checks a bundle or a receipt, without a network.
///
/// Exit code: 0 VALID, 10 VALID-UNWITNESSED, 11 CONSISTENT-BUT-UNTRUSTED, 12 INCOMPLETE, 1 INVALID,
/// 2 nothing was checked.
#[derive(Parser)]
#[command(name = "baton-verify", version)]
struct Line {
    #[command(flatten)]
    wanted: Wanted,
}

#[expect(
    clippy::disallowed_methods,
    reason = "the edge of the program, where the clock is read"
)]
fn seconds() -> u64 {
    let now = std::time::SystemTime::now();
    now.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

fn main() -> ExitCode {
    let line = Line::parse();
    match verify(&line.wanted, seconds()) {
        Ok(said) => {
            // A closed pipe does not change the verdict.
            let _ = writeln!(std::io::stdout(), "{}", said.text);
            ExitCode::from(said.verdict.exit_code())
        }
        Err(why) => {
            let _ = writeln!(std::io::stderr(), "{why}");
            ExitCode::from(2)
        }
    }
}
