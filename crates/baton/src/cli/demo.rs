//! `baton demo` 演示公司.

use std::process::ExitCode;

use super::serve::say;
use crate::config::Config;
use crate::demo::{self, Size};
use crate::house::{House, Surroundings};

/// What `baton demo` is asked to do.
#[derive(clap::Args)]
pub(super) struct Wanted {
    /// Do nothing when the books hold employees already
    #[arg(long)]
    if_empty: bool,
    /// Only print one login of each role: role, number, password, name
    #[arg(long)]
    logins: bool,
    /// A company of 60 people instead of 260
    #[arg(long)]
    small: bool,
    /// The same seed gives the same company
    #[arg(long, default_value_t = 2026)]
    seed: u64,
}

pub(super) async fn demo(config: Config, wanted: Wanted) -> Result<ExitCode, String> {
    let house = House::open(config, Surroundings::default())
        .await
        .map_err(|e| e.to_string())?;
    if wanted.logins {
        for login in demo::one_of_each(&house)
            .await
            .map_err(|error| error.to_string())?
        {
            say(&login.join("\t"));
        }
        return Ok(ExitCode::SUCCESS);
    }
    if !demo::is_empty(&house)
        .await
        .map_err(|error| error.to_string())?
    {
        if wanted.if_empty {
            return Ok(ExitCode::SUCCESS);
        }
        return Err("数据库里已有员工；演示公司只装进空的数据库".to_owned());
    }
    let size = if wanted.small {
        Size::SMALL
    } else {
        Size::FULL
    };
    say("正在建立演示公司……");
    demo::found(&house, wanted.seed, size)
        .await
        .map_err(|error| error.to_string())?;
    house
        .signing
        .sign_if_grown()
        .await
        .map_err(|error| error.to_string())?;
    say("演示公司已建立，所有姓名和公司均为虚构");
    Ok(ExitCode::SUCCESS)
}
