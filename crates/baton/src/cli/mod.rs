//! The command line 命令行.

mod backup;
mod demo;
mod import;
mod keep;
mod open;
mod proof;
mod serve;
mod timestamp;
mod witness;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use kernel::Moment;

use crate::config::Config;

/// 接棒 Baton: customers, receivables and consent change hands together, provably.
#[derive(Parser)]
#[command(
    name = "baton",
    version,
    long_about = None,
    after_help = "Configuration 配置: baton.toml in the working folder, BATON_* over it; \
                  every key stands in docs/configuration.md.\n\
                  Backup, recovery, upgrade 运维: docs/operations.md."
)]
struct Line {
    /// Configuration file; `baton.toml` in the working folder when it exists
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Work on books for rehearsal, whose clock is set to this moment (2017-06-30T01:00:00Z) and
    /// runs on from it; empty books are declared to be for rehearsal, others are refused
    #[arg(long, global = true, value_name = "MOMENT", hide_short_help = true)]
    rehearsal: Option<Moment>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 启动服务: serve the API and the browser client until Ctrl-C or SIGTERM
    Serve,
    /// 升级数据库: bring the database schema up to date; `serve` does so too
    Migrate,
    /// 演示公司: fill empty books with an invented company to try everything on
    Demo(demo::Wanted),
    /// 导入: read foreign files by a mapping and report; exit code 1 when rows are refused
    Import {
        /// The mapping, TOML
        #[arg(long, value_name = "FILE")]
        mapping: PathBuf,
        /// Write the records into the books; without it they are only staged
        #[arg(long)]
        commit: bool,
        /// CSV and XLSX files
        #[arg(required = true, value_name = "FILES")]
        files: Vec<PathBuf>,
    },
    /// 审计: compute the evidence log anew; exit code 0 VALID, 10 VALID-UNWITNESSED,
    /// 12 INCOMPLETE, 13 DERIVED-DATA, 1 INVALID, 2 when nothing was checked
    Audit {
        /// Also compare the business tables with what the log says of them
        #[arg(long)]
        deep: bool,
    },
    /// 验证: check an evidence bundle or a receipt offline, without a database; exit code 0 VALID,
    /// 10 VALID-UNWITNESSED, 11 CONSISTENT-BUT-UNTRUSTED, 12 INCOMPLETE, 1 INVALID, 2 when nothing
    /// was checked
    Verify(verifier::Wanted),
    /// 见证: watch the log of another machine and sign what continues it, until Ctrl-C or SIGTERM
    Witness(witness::Wanted),
    /// 时间戳: carry questions and answers to a timestamp authority (RFC 3161) by hand
    Timestamp {
        #[command(subcommand)]
        wanted: timestamp::Wanted,
    },
    /// 备份: save everything into one file while the program works on
    Backup {
        /// Where to; without it `backups/baton-<time>.tar.gz` in the data folder
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// Put the log's private key into the file too. Whoever has the file can then sign for
        /// the company: keep it under lock. Without it, copy `keys/log.key` once, and apart
        #[arg(long)]
        with_keys: bool,
    },
    /// 恢复: put a saved file back after checking every digest and the whole evidence log
    Restore(backup::Wanted),
    /// 重置密码: set the password of a login; it must be changed at the next login
    Passwd {
        /// 工号
        number: String,
        /// Open the login with this role (`security_admin`, …) when there is none: so the first one
        /// of a company comes to be
        #[arg(long, value_name = "ROLE")]
        role: Vec<String>,
    },
    /// Print the OpenAPI description of /api/v1
    #[command(hide = true)]
    Openapi,
}

/// Runs the program; prints what went wrong in words and gives the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let line = Line::parse();
    match dispatch(line) {
        Ok(code) => code,
        Err(message) => {
            #[expect(clippy::print_stderr, reason = "the command line speaks to its user")]
            {
                eprintln!("baton: {message}");
            }
            ExitCode::from(2)
        }
    }
}

fn dispatch(line: Line) -> Result<ExitCode, String> {
    if let Command::Verify(wanted) = &line.command {
        return proof::verify(wanted);
    }
    if let Command::Witness(wanted) = line.command {
        serve::start_log("text");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build();
        return runtime
            .map_err(|error| error.to_string())?
            .block_on(witness::witness(wanted));
    }
    let config = Config::load(line.config.as_deref(), environment()).map_err(|e| e.to_string())?;
    if matches!(line.command, Command::Serve) {
        serve::in_small_pages();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    match line.command {
        Command::Serve => runtime.block_on(serve::serve(config, line.rehearsal)),
        Command::Migrate => runtime.block_on(keep::migrate(config)),
        Command::Demo(wanted) => runtime.block_on(demo::demo(config, line.rehearsal, wanted)),
        Command::Passwd { number, role } => {
            runtime.block_on(keep::passwd(config, line.rehearsal, &number, role))
        }
        Command::Audit { deep } => runtime.block_on(proof::audit(config, deep)),
        Command::Timestamp { wanted } => runtime.block_on(timestamp::timestamp(config, wanted)),
        Command::Backup { file, with_keys } => {
            runtime.block_on(backup::backup(config, file, with_keys))
        }
        Command::Restore(wanted) => runtime.block_on(backup::restore(config, &wanted)),
        Command::Import {
            mapping,
            commit,
            files,
        } => runtime.block_on(import::import(
            open::Books {
                config,
                rehearsal: line.rehearsal,
            },
            &mapping,
            commit,
            &files,
        )),
        Command::Verify(_) | Command::Witness(_) => unreachable!("answered above"),
        Command::Openapi => keep::openapi(),
    }
}

/// Keys of [`Config`] that begin as the variables of `baton witness` do.
fn ours(name: &str) -> bool {
    ["BATON_WITNESS_EVERY_SECONDS", "BATON_WITNESS_LATE_MINUTES"].contains(&name)
}

/// `BATON_*` without the names that only tests, scripts and witnesses use.
fn environment() -> impl Iterator<Item = (String, String)> {
    const OTHERS: [&str; 5] = [
        "BATON_SHARED",
        "BATON_URL",
        "BATON_TEST_POSTGRES",
        "BATON_PASSWORD",
        "BATON_BIN",
    ];
    let others = |name: &str| OTHERS.contains(&name) || name.starts_with("BATON_WITNESS_");
    std::env::vars().filter(move |(name, _)| ours(name) || !others(name))
}
