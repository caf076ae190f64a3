//! `baton backup`, `baton restore` 备份与恢复.

use std::path::PathBuf;
use std::process::ExitCode;

use kernel::Moment;
use spine::{Clock as _, SystemClock};
use verifier::why;

use super::serve::say;
use crate::backup::{self, Consents, Manifest, Restored};
use crate::config::Config;

/// What `baton restore` is asked to do.
#[derive(clap::Args)]
pub(super) struct Wanted {
    /// A file that `baton backup` made
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only rehearse: check, load into a database of its own, audit; put nothing in place
    #[arg(long)]
    check: bool,
    /// Rename the books that are there and keep them (SQLite); PostgreSQL wants an empty database
    #[arg(long)]
    set_aside_existing: bool,
    /// Restore although entries newer than the backup were signed here; they are lost, and nothing
    /// is signed until docs/operations.md, section 恢复, was followed
    #[arg(long)]
    older_than_signed: bool,
    /// Go on without the log's private key: the log gets a new name and a new key
    #[arg(long)]
    without_key: bool,
}

/// `20261122-120000`, in the business time zone.
fn stamp(at: Moment, config: &Config) -> Result<String, String> {
    let zone = config.zone().map_err(|error| error.to_string())?;
    let moment = jiff::Timestamp::from_millisecond(at.0).map_err(|error| error.to_string())?;
    Ok(moment.to_zoned(zone).strftime("%Y%m%d-%H%M%S").to_string())
}

pub(super) async fn backup(
    config: Config,
    file: Option<PathBuf>,
    with_keys: bool,
) -> Result<ExitCode, String> {
    let at = SystemClock.now();
    let file = match file {
        Some(file) => file,
        None => {
            backup::must_hold_a_log(&config).map_err(|trouble| trouble.to_string())?;
            let folder = config.data_dir.join("backups");
            std::fs::create_dir_all(&folder)
                .map_err(|error| format!("{}：{}", folder.display(), why(&error)))?;
            folder.join(format!("baton-{}.tar.gz", stamp(at, &config)?))
        }
    };
    let manifest = backup::pack(&config, &file, with_keys, at).await;
    let manifest = manifest.map_err(|trouble| trouble.to_string())?;
    let bytes = std::fs::metadata(&file).map_or(0, |data| data.len());
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    say(&format!("备份已写入 {}（{bytes} 字节）", file.display()));
    said_of(&manifest, rows);
    if with_keys {
        say("含日志私钥：拿到此文件的人可以冒名签署存证，请加锁保管");
        say("The log's private key is inside: whoever has this file can sign for the company");
    } else {
        say("不含日志私钥：恢复到新机器时还需要另行保管的 keys/log.key");
        say("The log's private key is not inside: restoring elsewhere needs your own copy");
    }
    Ok(ExitCode::SUCCESS)
}

fn said_of(manifest: &Manifest, rows: u64) {
    let log = &manifest.log;
    say(&format!(
        "{} 张表 {rows} 行，存证 {} 条，树根 {}",
        manifest.tables.len(),
        log.size,
        log.root
    ));
    say(&format!(
        "{} tables, {rows} rows, {} entries in the evidence log of {}, saved at {}",
        manifest.tables.len(),
        log.size,
        log.origin,
        manifest.made_at
    ));
}

pub(super) async fn restore(config: Config, wanted: &Wanted) -> Result<ExitCode, String> {
    let consents = Consents {
        set_aside_existing: wanted.set_aside_existing,
        older_than_signed: wanted.older_than_signed,
        without_key: wanted.without_key,
        rehearse: wanted.check,
    };
    let at = SystemClock.now();
    let restored = backup::restore(&config, &wanted.file, consents, at).await;
    let restored = restored.map_err(|trouble| trouble.to_string())?;
    if wanted.check {
        say("备份可用：各成员摘要、行数与存证日志均已核对，没有改动任何内容");
        say("The backup is sound: digests, rows and log were checked; nothing was changed");
    } else {
        say("恢复完成：各成员摘要、行数与存证日志均已核对");
        say("Restored: digests, rows and the evidence log were checked");
    }
    said_of(&restored.manifest, restored.rows);
    summary(&restored, &config);
    Ok(ExitCode::SUCCESS)
}

fn summary(restored: &Restored, config: &Config) {
    let verdict = restored.verdict;
    say(&format!(
        "存证审计：{}（{}）",
        verdict.code(),
        verdict.chinese()
    ));
    if !restored.key_known {
        say(&format!(
            "备份由密钥 {} 签署；请与您另行记下的公钥核对",
            restored.manifest.log.key
        ));
        say("The folder held no key: compare the one above with the public key you wrote down");
    }
    if restored.differences > 0 {
        let count = restored.differences;
        say(&format!(
            "注意：备份时账册已有 {count} 处与存证不符，请运行 baton audit --deep 查看"
        ));
        say(&format!(
            "The books differed from the log in {count} places already: see baton audit --deep"
        ));
    }
    if let Some(aside) = &restored.aside {
        say(&format!("原有账册已改名为 {}", aside.display()));
        say(&format!(
            "The books that were there are now {}",
            aside.display()
        ));
    }
    if restored.lost > 0 {
        let lost = restored.lost;
        say(&format!(
            "注意：已签名的 {lost} 条存证不在恢复的账册里，日志暂不签名"
        ));
        say("请按运维手册「恢复」一节处理");
        say(&format!(
            "{lost} signed entries are not in these books: nothing is signed yet"
        ));
        say("Follow docs/operations.md, section 恢复");
    }
    if !restored.key_in_place {
        say("没有日志私钥：下次启动会换新名新钥继续签署");
        say("Without the log's private key the next start makes a new one, under a new name");
    }
    if restored.manifest.time_zone != config.time_zone {
        say(&format!(
            "注意：备份的业务时区是 {}，现在配置的是 {}",
            restored.manifest.time_zone, config.time_zone
        ));
        say("The business time zone of the backup differs from the one configured now");
    }
}
