//! `baton timestamp` 时间戳离线办理.

use std::path::PathBuf;
use std::process::ExitCode;

use spine::Failure;

use super::serve::say;
use crate::config::Config;
use crate::house::{House, Surroundings, books};

/// What is to be done.
#[derive(clap::Subcommand)]
pub(super) enum Wanted {
    /// 生成请求文件: write the question (.tsq) over the newest checkpoint
    Request {
        /// Where to; without it `baton-<entries>-….tsq` in the working folder
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// 导入应答文件: check and keep the authority's response (.tsr) to such a question
    Import {
        /// The response
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

fn words(failure: &Failure) -> String {
    match failure {
        Failure::Refused(no) => {
            let (zh, en) = (&no.message, &no.message_en);
            format!("{zh} {en} {} {}", no.remedy, no.remedy_en)
        }
        other => other.to_string(),
    }
}

pub(super) async fn timestamp(config: Config, wanted: Wanted) -> Result<ExitCode, String> {
    books::must_stand(&config).map_err(|error| error.to_string())?;
    let house = House::open(config, Surroundings::default())
        .await
        .map_err(|error| error.to_string())?;
    let done = match wanted {
        Wanted::Request { file } => request(&house, file).await,
        Wanted::Import { file } => import(&house, file).await,
    };
    house.spine.db().close().await;
    done.map(|()| ExitCode::SUCCESS)
}

async fn request(house: &House, file: Option<PathBuf>) -> Result<(), String> {
    let signed = house.signing.sign_if_grown().await;
    signed.map_err(|error| error.to_string())?;
    let (name, bytes) = house
        .stamps
        .question(house)
        .await
        .map_err(|failure| words(&failure))?;
    let file = file.unwrap_or_else(|| PathBuf::from(name));
    std::fs::write(&file, bytes).map_err(|error| format!("{}：{error}", file.display()))?;
    say(&format!("请求文件：{}", file.display()));
    say("请交时间戳机构办理，再用 baton timestamp import 导入其应答文件（.tsr）");
    Ok(())
}

async fn import(house: &House, file: PathBuf) -> Result<(), String> {
    let bytes = std::fs::read(&file).map_err(|error| format!("{}：{error}", file.display()))?;
    let kept = house
        .stamps
        .answered(house, bytes)
        .await
        .map_err(|failure| words(&failure))?;
    say(&format!(
        "已采用：前 {} 条存证，时间 {}，机构「{}」，序列号 {}",
        kept.size, kept.at, kept.authority, kept.serial
    ));
    Ok(())
}
