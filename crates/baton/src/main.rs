//! The program people start 接棒.

use std::process::ExitCode;

fn main() -> ExitCode {
    baton::cli::run()
}
