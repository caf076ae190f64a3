//! `baton demo` 演示公司.

use std::process::ExitCode;

use kernel::Moment;
use spine::{Clock as _, SystemClock};

use super::open::told;
use super::serve::say;
use crate::config::Config;
use crate::demo::{self, Size, Standing};
use crate::house::{House, Surroundings, books};

/// What `baton demo` is asked to do.
#[derive(clap::Args)]
pub(super) struct Wanted {
    /// Do nothing when something stands in the books already
    #[arg(long)]
    if_empty: bool,
    /// Only print one login of each role: role, number, password, name, what to look at first
    #[arg(long)]
    logins: bool,
    /// A company of 90 people instead of 250
    #[arg(long)]
    small: bool,
    /// The same seed gives the same company
    #[arg(long, default_value_t = 2026)]
    seed: u64,
}

/// Fills the books with a company whose last day is today, or the day of a rehearsal.
pub(super) async fn demo(
    config: Config,
    rehearsal: Option<Moment>,
    wanted: Wanted,
) -> Result<ExitCode, String> {
    if wanted.logins {
        books::must_stand(&config).map_err(|error| error.to_string())?;
    }
    let standing = demo::standing(&config).await.map_err(told)?;
    if wanted.logins {
        return logins(config, standing).await;
    }
    match standing {
        Standing::Empty => {}
        Standing::Unfinished => {
            let aside = demo::set_aside(&config, SystemClock.now());
            let aside = aside.map_err(|trouble| trouble.to_string())?;
            let aside = aside.display();
            say(&format!(
                "上次没有建完的演示公司已改名为 {aside}，现在重新建立；它不再需要时可以删除"
            ));
            say(&format!(
                "The demo company that was not finished is now {aside}; delete it when you like"
            ));
        }
        _ if wanted.if_empty => return Ok(ExitCode::SUCCESS),
        Standing::Rehearsal => {
            return Err("账册中已有演示公司；如需重来，请换一个空的数据目录".to_owned());
        }
        Standing::Real => {
            return Err("账册中已有记录；演示公司只装进空的账册，请换一个空的数据目录".to_owned());
        }
    }
    let size = if wanted.small {
        Size::SMALL
    } else {
        Size::FULL
    };
    say("正在建立演示公司：从两年前开始，逐日记账……");
    let today = rehearsal.unwrap_or_else(|| SystemClock.now());
    let house = demo::found(config, wanted.seed, size, today)
        .await
        .map_err(told)?;
    house.spine.db().close().await;
    say("演示公司已建立，所有姓名和公司均为虚构");
    Ok(ExitCode::SUCCESS)
}

async fn logins(config: Config, standing: Standing) -> Result<ExitCode, String> {
    demo::must_be_whole(&config).await?;
    if standing != Standing::Rehearsal {
        return Err("账册中没有演示公司，也就没有演示账号".to_owned());
    }
    let house = House::open(config, Surroundings::default())
        .await
        .map_err(|error| error.to_string())?;
    for guide in demo::one_of_each(&house).await.map_err(told)? {
        let (role, name) = (&guide.role, &guide.name);
        say(&format!(
            "{role}\t{}\t{}\t{name}\t{}",
            guide.number,
            demo::PASSWORD,
            guide.first
        ));
    }
    house.spine.db().close().await;
    Ok(ExitCode::SUCCESS)
}
