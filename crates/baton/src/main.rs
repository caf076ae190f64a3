//! The program people start 接棒.

use std::process::ExitCode;

// A row of an answer is a dozen small allocations, in Rust and in SQLite; this serves both.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    baton::cli::run()
}
