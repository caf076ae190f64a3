//! What is known before anything is written: whose backup, which key, what is lost 恢复前核对.

use std::fs;

use ::evidence::checkpoint::LogTrust;
use ::evidence::key::{SignerKey, VerifierKey};
use ::evidence::note::Note;
use ::evidence::tree::TreeHead;
use spine::{Db, DbSettings, LogKey, SystemChance, last_signed};

use super::archive::Examined;
use super::manifest::{FORMAT, KEY, Manifest, STATE, signed_text};
use super::{Consents, Trouble};
use crate::config::Config;

/// What is known before anything is written.
pub(super) struct Plan {
    pub(super) trust: LogTrust,
    pub(super) key_known: bool,
    /// The private key to put in place.
    pub(super) key: Option<Vec<u8>>,
    pub(super) key_in_place: bool,
    /// What the signer of this folder remembers.
    pub(super) remembered: Option<TreeHead>,
    /// What the audit must find under the rows.
    pub(super) anchor: Option<TreeHead>,
    pub(super) lost: u64,
}

pub(super) async fn plan(
    config: &Config,
    examined: &Examined,
    consents: Consents,
) -> Result<Plan, Trouble> {
    let manifest = &examined.manifest;
    check_words(config, manifest)?;
    let known = known_key(config)?;
    if let Some(known) = known.as_ref().filter(|known| **known != manifest.log.key) {
        let ours = known.split('+').next().unwrap_or(known);
        let theirs = &manifest.log.origin;
        return Err(Trouble::new(
            "target.other_log",
            format!("数据目录的密钥属于日志 {ours}，备份是 {theirs} 的；请换一个数据目录"),
            format!("The key here is of {ours}, the backup of {theirs}; use another folder"),
        ));
    }
    let trust = trust(examined)?;
    let key = if known.is_none() {
        key_inside(examined)?
    } else {
        None
    };
    let key_in_place = known.is_some() || key.is_some();
    if !key_in_place && !consents.without_key && !consents.rehearse {
        return Err(no_key(config));
    }
    let remembered = remembered(config, manifest)?;
    let lost = remembered.map_or(0, |head| head.size.saturating_sub(manifest.log.size));
    if lost > 0 && !consents.older_than_signed && !consents.rehearse {
        return Err(newer_memory(manifest.log.size, lost));
    }
    check_target(config, manifest, consents).await?;
    let inside = examined.state.as_deref().map(memory_of).transpose()?;
    let inside = inside.filter(|(origin, _)| *origin == manifest.log.origin);
    let anchor = remembered.or(inside.map(|(_, head)| head));
    Ok(Plan {
        trust,
        key_known: known.is_some(),
        key,
        key_in_place,
        remembered,
        anchor: anchor.filter(|head| head.size <= manifest.log.size),
        lost,
    })
}

fn no_key(config: &Config) -> Trouble {
    let path = config.data_dir.join(KEY);
    let path = path.display();
    Trouble::new(
        "target.no_key",
        format!(
            "缺少日志私钥：请先把另行保管的 log.key 放到 {path}；\
             确已遗失时加 --without-key，日志将换新名新钥继续"
        ),
        format!(
            "The log's private key is missing: put your copy at {path} first; if it is lost for \
             good, --without-key lets the log go on under a new name and key"
        ),
    )
}

fn newer_memory(size: u64, lost: u64) -> Trouble {
    let signed = size + lost;
    Trouble::new(
        "target.newer_memory",
        format!(
            "备份只有 {size} 条存证，而此处已签名到第 {signed} 条：恢复会丢失 {lost} 条。\
             请先找更新的备份；确需恢复时加 --older-than-signed，并按运维手册「恢复」一节处理"
        ),
        format!(
            "The backup has {size} entries, {signed} were signed here: {lost} would be lost. Look \
             for a newer backup; --older-than-signed restores all the same, then follow \
             docs/operations.md, section 恢复"
        ),
    )
}

fn check_words(config: &Config, manifest: &Manifest) -> Result<(), Trouble> {
    if manifest.format != FORMAT {
        return Err(Trouble::archive(
            "archive.format",
            "格式不是本程序认识的",
            "its format is not one that this program knows",
        ));
    }
    if manifest.tenant != config.tenant {
        let (theirs, ours) = (&manifest.tenant, &config.tenant);
        return Err(Trouble::new(
            "target.other_tenant",
            format!("备份属于 {theirs}，配置里的 tenant 是 {ours}；请改正 baton.toml"),
            format!("The backup is of {theirs}, the configured tenant is {ours}; see baton.toml"),
        ));
    }
    Ok(())
}

fn known_key(config: &Config) -> Result<Option<String>, Trouble> {
    if !config.data_dir.join(KEY).exists() {
        return Ok(None);
    }
    let key = LogKey::open(&config.data_dir, &config.tenant, &SystemChance)?;
    Ok(Some(key.public_text()))
}

/// The key of the manifest has signed the manifest. Whether that key is the right one is known only
/// where the data folder holds it, or the reader compares it.
fn trust(examined: &Examined) -> Result<LogTrust, Trouble> {
    let log = &examined.manifest.log;
    let wrong = |what: &dyn std::fmt::Display| {
        Trouble::archive(
            "archive.signature",
            &format!("清单的签名无效（{what}）"),
            &format!("the signature under its manifest is not good ({what})"),
        )
    };
    let key: VerifierKey = log.key.parse().map_err(|error| wrong(&error))?;
    let note: Note = examined.note.parse().map_err(|error| wrong(&error))?;
    note.verify(std::slice::from_ref(&key))
        .map_err(|error| wrong(&error))?;
    if note.text() != signed_text(&log.origin, &examined.manifest_bytes) {
        return Err(wrong(&"清单被改动"));
    }
    Ok(LogTrust {
        origin: log.origin.clone(),
        log_keys: vec![key],
        witness_keys: Vec::new(),
    })
}

fn key_inside(examined: &Examined) -> Result<Option<Vec<u8>>, Trouble> {
    let Some(bytes) = &examined.key else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(bytes);
    let signer = text.trim().parse::<SignerKey>().ok();
    let ours = signer.is_some_and(|key| key.verifier().to_string() == examined.manifest.log.key);
    if ours {
        return Ok(Some(bytes.clone()));
    }
    Err(Trouble::archive(
        "archive.other_key",
        "里面的私钥不属于这本日志",
        "the private key in it is not that of its log",
    ))
}

fn memory_of(bytes: &[u8]) -> Result<(String, TreeHead), Trouble> {
    Ok(last_signed(&String::from_utf8_lossy(bytes))?)
}

/// What the signer of this folder signed last, if it speaks of the same log.
fn remembered(config: &Config, manifest: &Manifest) -> Result<Option<TreeHead>, Trouble> {
    let path = config.data_dir.join(STATE);
    if !path.exists() {
        return Ok(None);
    }
    let bytes = fs::read(&path).map_err(|error| Trouble::file(&path, &error))?;
    let (origin, head) = memory_of(&bytes)?;
    if origin == manifest.log.origin {
        return Ok(Some(head));
    }
    let shown = path.display();
    Err(Trouble::new(
        "target.other_log",
        format!("{shown} 记的是另一本日志 {origin}；请换一个数据目录"),
        format!("{shown} speaks of another log, {origin}; use another data folder"),
    ))
}

/// Whether the database may be filled.
async fn check_target(
    config: &Config,
    manifest: &Manifest,
    consents: Consents,
) -> Result<(), Trouble> {
    if consents.rehearse {
        return Ok(());
    }
    if let Some(path) = config.books_file() {
        if path.exists() && !consents.set_aside_existing {
            let shown = path.display();
            return Err(Trouble::new(
                "target.not_empty",
                format!(
                    "{shown} 已有账册，不会覆盖；加 --set-aside-existing 可把它改名保留后再恢复"
                ),
                format!("{shown} holds books; --set-aside-existing renames and keeps them first"),
            ));
        }
        return Ok(());
    }
    let db = open(&config.database()).await?;
    let tables = db.table_count().await?;
    // A restore that was broken off leaves tables in which no act was ever done.
    let version = db.schema_version().await?;
    let blank = version.is_some_and(|version| version <= manifest.schema_version)
        && !db.has_entries().await?;
    db.close().await;
    if tables == 0 || blank {
        return Ok(());
    }
    Err(Trouble::new(
        "target.not_empty",
        format!("PostgreSQL 数据库里已有 {tables} 张表，不会覆盖；请新建一个空库并改 database_url"),
        format!("PostgreSQL holds {tables} tables; create an empty database for database_url"),
    ))
}

pub(super) async fn open(url: &str) -> Result<Db, Trouble> {
    let settings = DbSettings {
        url: url.to_owned(),
        readers: 2,
        writers: 1,
    };
    Ok(Db::open(&settings).await?)
}
