//! What the house must do in how much time, measured 测量.
//!
//! `./dev bench` runs all of it, `./dev bench list filing` only these rows. See README.md.
#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the clock; nothing is decided by it"
)]
#![expect(clippy::print_stdout, reason = "the table is for whoever ran it")]
#![expect(clippy::print_stderr, reason = "progress is for whoever waits")]

mod data;
mod http;
mod postgres;
mod rows;
mod server;
mod site;
mod spans;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use data::Shape;
use spans::Spans;
use table::Line;

// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Whatever went wrong.
pub type Problem = Box<dyn std::error::Error + Send + Sync>;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum On {
    /// The SQLite file in the data folder.
    Sqlite,
    /// A PostgreSQL cluster made for this.
    Postgres,
}

#[derive(Parser)]
#[command(about = "What the house must do in how much time, measured")]
struct Wanted {
    /// Only these rows; all when none is named
    #[arg(value_enum)]
    rows: Vec<rows::Row>,
    /// The release program
    #[arg(long)]
    baton: PathBuf,
    /// Only on this database
    #[arg(long, value_enum)]
    on: Vec<On>,
    /// Customers in the books
    #[arg(long, default_value_t = 1_000_000)]
    customers: u32,
    /// Customers of the salesperson who leaves
    #[arg(long, default_value_t = 10_000)]
    key_customers: u32,
    /// Entries in the evidence log
    #[arg(long, default_value_t = 1_000_000)]
    entries: u32,
    /// Customers of the company whose commission is calculated
    #[arg(long, default_value_t = 200_000)]
    pay_customers: u32,
    /// Receipts of each of its months
    #[arg(long, default_value_t = 50_000)]
    pay_receipts: u32,
    /// The same seed gives the same company
    #[arg(long, default_value_t = 2026)]
    seed: u64,
    /// Keeps the filled books in this folder and finds them there the next time
    #[arg(long)]
    keep: Option<PathBuf>,
}

fn main() -> ExitCode {
    let wanted = Wanted::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    // As a task, like everything the server does: who waits on the main thread is woken later.
    let done = runtime.map_err(Problem::from).and_then(|runtime| {
        runtime
            .block_on(runtime.spawn(async move { measure(&wanted).await }))
            .map_err(Problem::from)
            .flatten()
    });
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(problem) => {
            eprintln!("bench: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Measures and prints; true when every promise held.
async fn measure(wanted: &Wanted) -> Result<bool, Problem> {
    let spans = spans::watch();
    println!("{}", machine());
    let mut all_hold = true;
    let both = [On::Sqlite, On::Postgres];
    let on: &[On] = if wanted.on.is_empty() {
        &both
    } else {
        &wanted.on
    };
    for on in on {
        let lines = match one(wanted, *on, &spans).await {
            Ok(lines) => lines,
            Err(problem) => vec![Line::failed("preparation", problem)],
        };
        all_hold &= lines.iter().all(|line| line.holds() != Some(false));
        println!("\n{on:?}\n\n{}", table::table(&lines));
    }
    Ok(all_hold)
}

async fn one(wanted: &Wanted, on: On, spans: &Spans) -> Result<Vec<Line>, Problem> {
    let mut lines = Vec::new();
    if wanted.rows.is_empty() || wanted.rows.contains(&rows::Row::Month) {
        progress(&format!("{on:?}: Month"));
        let size = rows::month::Size {
            seed: wanted.seed,
            customers: wanted.pay_customers,
            receipts: wanted.pay_receipts,
        };
        match rows::month::measure(on, size).await {
            Ok(found) => lines.extend(found),
            Err(problem) => lines.push(Line::failed("Month", problem)),
        }
        if wanted.rows == [rows::Row::Month] {
            return Ok(lines);
        }
    }
    let shape = Shape {
        seed: wanted.seed,
        customers: wanted.customers,
        key_customers: wanted.key_customers,
    };
    let site = site::Site::prepare(site::Plan {
        on,
        shape,
        entries: wanted.entries,
        program: wanted.baton.clone(),
        keep: wanted.keep.clone(),
    })
    .await?;
    println!("\n{}", site.told);
    for row in rows::Row::value_variants() {
        if !wanted.rows.is_empty() && !wanted.rows.contains(row) {
            continue;
        }
        progress(&format!("{on:?}: {row:?}"));
        match rows::measure(*row, &site, spans).await {
            Ok(found) => lines.extend(found),
            Err(problem) => lines.push(Line::failed(format!("{row:?}"), problem)),
        }
    }
    Ok(lines)
}

/// Tells whoever waits what is going on.
pub fn progress(what: &str) {
    eprintln!("== {what}");
}

/// A port that nobody listens on.
pub fn free_port() -> Result<u16, Problem> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port())
}

/// Cores, memory and system of this machine.
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let field = |text: &str, name: &str| -> String {
        let line = text
            .lines()
            .find(|line| line.starts_with(name))
            .unwrap_or_default();
        line.split(':').nth(1).unwrap_or_default().trim().to_owned()
    };
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{} × {}; {}; Linux {}; load {}",
        cores,
        field(&read("/proc/cpuinfo"), "model name"),
        field(&read("/proc/meminfo"), "MemTotal"),
        read("/proc/sys/kernel/osrelease").trim(),
        read("/proc/loadavg").split(' ').next().unwrap_or_default(),
    )
}
