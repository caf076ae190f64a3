//! Putting a backup in place 恢复.

use std::fs;
use std::path::{Path, PathBuf};

use ::evidence::checkpoint::LogTrust;
use ::evidence::key::{SignerKey, VerifierKey};
use ::evidence::note::Note;
use ::evidence::tree::TreeHead;
use ::evidence::verdict::Verdict;
use kernel::Moment;
use spine::{Db, DbSettings, Dialect, Fault, LogKey, SystemChance, last_signed, write_private};

use super::Trouble;
use super::archive::{Examined, examine};
use super::manifest::{FORMAT, KEY, Manifest, STATE, signed_text};
use super::stage;
use crate::config::Config;

/// What somebody at the console has agreed to beyond an ordinary restore.
#[derive(Clone, Copy, Debug, Default)]
pub struct Consents {
    /// The books that are there may be moved aside; they are never deleted.
    pub set_aside_existing: bool,
    /// The books may be older than what was signed: entries are lost, and nothing is signed until
    /// somebody has followed the operations manual.
    pub older_than_signed: bool,
    /// The log may go on under a new key, because the old one is lost.
    pub without_key: bool,
    /// Only rehearse: load, compare, audit, and put nothing in place.
    pub rehearse: bool,
}

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// What the audit of its log ended in.
    pub verdict: Verdict,
    /// Whether the key that vouches for the backup was known before, from the data folder.
    pub key_known: bool,
    /// Whether the log's private key is in place now.
    pub key_in_place: bool,
    /// Entries that had been signed and are not in these books.
    pub lost: u64,
    /// Where the books that were there are now.
    pub aside: Option<PathBuf>,
    /// Rows that were loaded.
    pub rows: u64,
}

/// The file of a SQLite address.
pub(super) fn sqlite_file(url: &str) -> Option<PathBuf> {
    let path = url.strip_prefix("sqlite:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
}

/// Restores a backup into the data folder and the database of `config`.
///
/// # Errors
/// [`Trouble`] in words; then whatever was there before is there still.
pub async fn restore(
    config: &Config,
    archive: &Path,
    consents: Consents,
    at: Moment,
) -> Result<Restored, Trouble> {
    let path = archive.to_owned();
    let examined = tokio::task::spawn_blocking(move || examine(&path)).await;
    let examined = examined.map_err(|error| Fault::new(error.to_string()))??;
    fs::create_dir_all(&config.data_dir)
        .map_err(|error| Trouble::file(&config.data_dir, &error))?;
    let _lock = lock_alone(config)?;
    let plan = plan(config, &examined, consents).await?;
    let staging = config.data_dir.join(format!("restore-{}", at.0));
    fs::create_dir_all(&staging).map_err(|error| Trouble::file(&staging, &error))?;
    let ended = in_staging(config, archive, &examined, plan, (&staging, consents, at)).await;
    let cleared = fs::remove_dir_all(&staging);
    if let (Ok(_), Err(error)) = (&ended, cleared) {
        tracing::warn!(%error, "the folder of the restore could not be removed");
    }
    ended
}

fn lock_alone(config: &Config) -> Result<fs::File, Trouble> {
    let path = config.data_dir.join(crate::house::LOCK);
    let mut options = fs::File::options();
    let file = options.create(true).append(true).open(&path);
    let file = file.map_err(|error| Trouble::file(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(Trouble::new(
            "target.running",
            "数据目录正被运行中的接棒使用；请先停止服务（例如 systemctl stop baton）再恢复",
            "Baton is running in this data folder; stop it first, then restore",
        )),
        Err(fs::TryLockError::Error(error)) => Err(Trouble::file(&path, &error)),
    }
}

/// What is known before anything is written.
struct Plan {
    trust: LogTrust,
    key_known: bool,
    /// The private key to put in place.
    key: Option<Vec<u8>>,
    key_in_place: bool,
    /// What the signer of this folder remembers.
    remembered: Option<TreeHead>,
    /// What the audit must find under the rows.
    anchor: Option<TreeHead>,
    lost: u64,
}

async fn plan(config: &Config, examined: &Examined, consents: Consents) -> Result<Plan, Trouble> {
    let manifest = &examined.manifest;
    check_words(config, manifest)?;
    let known = known_key(config)?;
    if let Some(known) = known.as_ref().filter(|known| **known != manifest.log.key) {
        let ours = known.split('+').next().unwrap_or(known);
        return Err(Trouble::new(
            "target.other_log",
            format!(
                "数据目录的密钥属于日志 {ours}，备份是日志 {} 的；请换一个数据目录",
                manifest.log.origin
            ),
            format!(
                "The key here is of {ours}, the backup of {}; use another folder",
                manifest.log.origin
            ),
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
        let path = config.data_dir.join(KEY);
        let path = path.display();
        return Err(Trouble::new(
            "target.no_key",
            format!(
                "缺少日志私钥：请先把另行保管的 log.key 放到 {path}；确已遗失时加 --without-key，日志将换新名新钥继续"
            ),
            format!(
                "The log's private key is missing: put your copy at {path} first; if it is lost for good, --without-key lets the log go on under a new name and key"
            ),
        ));
    }
    let remembered = remembered(config, manifest)?;
    let lost = remembered.map_or(0, |head| head.size.saturating_sub(manifest.log.size));
    if lost > 0 && !consents.older_than_signed && !consents.rehearse {
        let (signed, size) = (manifest.log.size + lost, manifest.log.size);
        return Err(Trouble::new(
            "target.newer_memory",
            format!(
                "备份只有 {size} 条存证，而此处已签名到第 {signed} 条：恢复会丢失 {lost} 条。请先找更新的备份；确需恢复时加 --older-than-signed，并按运维手册「恢复」一节处理"
            ),
            format!(
                "The backup has {size} entries, {signed} were signed here: {lost} would be lost. Look for a newer backup; --older-than-signed restores all the same, then follow docs/operations.md, section 恢复"
            ),
        ));
    }
    check_target(config, consents).await?;
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
async fn check_target(config: &Config, consents: Consents) -> Result<(), Trouble> {
    if consents.rehearse {
        return Ok(());
    }
    let url = config.database();
    if let Some(path) = sqlite_file(&url) {
        if path.exists() && !consents.set_aside_existing {
            let shown = path.display();
            return Err(Trouble::new(
                "target.not_empty",
                format!(
                    "{shown} 已有账册，不会覆盖；加 --set-aside-existing 可把它改名保留后再恢复"
                ),
                format!(
                    "{shown} holds books and is not overwritten; --set-aside-existing renames it first"
                ),
            ));
        }
        return Ok(());
    }
    let db = open(&url).await?;
    let tables = db.table_count().await?;
    db.close().await;
    if tables == 0 {
        return Ok(());
    }
    Err(Trouble::new(
        "target.not_empty",
        format!("PostgreSQL 数据库里已有 {tables} 张表，不会覆盖；请新建一个空库并改 database_url"),
        format!(
            "The PostgreSQL database holds {tables} tables and is not overwritten; create an empty one and point database_url at it"
        ),
    ))
}

async fn open(url: &str) -> Result<Db, Trouble> {
    let settings = DbSettings {
        url: url.to_owned(),
        readers: 2,
        writers: 1,
    };
    Ok(Db::open(&settings).await?)
}

async fn in_staging(
    config: &Config,
    archive: &Path,
    examined: &Examined,
    plan: Plan,
    (staging, consents, at): (&Path, Consents, Moment),
) -> Result<Restored, Trouble> {
    let manifest = &examined.manifest;
    let books = staging.join("books.db");
    let db = open(&format!("sqlite://{}", books.display())).await?;
    db.migrate(&stage::steps(manifest)?, at).await?;
    stage::load(&db, archive, manifest).await?;
    let report = stage::audit(db.clone(), config, &plan.trust, plan.anchor).await?;
    db.close().await;
    let sound = matches!(
        report.verdict,
        Verdict::Valid | Verdict::ValidUnwitnessed | Verdict::Incomplete
    );
    let same = (report.head.size, report.head.root.to_string())
        == (manifest.log.size, manifest.log.root.clone());
    if !sound || !same {
        let said: Vec<String> = report
            .findings
            .iter()
            .take(5)
            .map(|one| one.message())
            .collect();
        return Err(Trouble::archive(
            "archive.audit",
            &format!(
                "存证审计结论为 {}：{}",
                report.verdict.code(),
                said.join("；")
            ),
            &format!("the audit of its log ends {}", report.verdict.code()),
        ));
    }
    let mut restored = Restored {
        manifest: manifest.clone(),
        verdict: report.verdict,
        key_known: plan.key_known,
        key_in_place: plan.key_in_place,
        lost: plan.lost,
        aside: None,
        rows: manifest.tables.iter().map(|table| table.rows).sum(),
    };
    if consents.rehearse {
        return Ok(restored);
    }
    put_memory_and_key(config, examined, &plan)?;
    restored.aside = put_books(config, archive, manifest, (&books, at)).await?;
    Ok(restored)
}

/// INVARIANT: the signer's memory of this folder is never replaced: a copy from a backup is at most
/// as new, and an older one would let the log sign a second history.
fn put_memory_and_key(config: &Config, examined: &Examined, plan: &Plan) -> Result<(), Trouble> {
    let put = |name: &str, bytes: &[u8]| {
        let path = config.data_dir.join(name);
        let text = String::from_utf8_lossy(bytes);
        write_private(&path, &text).map_err(|error| Trouble::file(&path, &error))
    };
    if let Some(key) = &plan.key {
        put(KEY, key)?;
    }
    match &examined.state {
        // Without the key the log gets a new name, and a memory of the old one would stop it.
        Some(state) if plan.remembered.is_none() && plan.key_in_place => put(STATE, state),
        _ => Ok(()),
    }
}

async fn put_books(
    config: &Config,
    archive: &Path,
    manifest: &Manifest,
    (books, at): (&Path, Moment),
) -> Result<Option<PathBuf>, Trouble> {
    let url = config.database();
    if Dialect::of(&url) == Some(Dialect::Postgres) {
        let db = open(&url).await?;
        db.migrate(&stage::steps(manifest)?, at).await?;
        stage::load(&db, archive, manifest).await?;
        db.close().await;
        return Ok(None);
    }
    let target = sqlite_file(&url).ok_or_else(|| Fault::new("database_url"))?;
    if with_suffix(books, "-wal").exists() {
        return Err(Fault::new("the restored file was not closed cleanly").into());
    }
    let aside = set_aside(&target, at)?;
    let moved = fs::rename(books, &target).or_else(|_| copy_then_sync(books, &target));
    moved.map_err(|error| Trouble::file(&target, &error))?;
    Ok(aside)
}

/// The target may lie on another disk than the data folder.
fn copy_then_sync(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::copy(from, to)?;
    fs::File::open(to)?.sync_all()
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Renames the books that are there, with what belongs to them.
fn set_aside(target: &Path, at: Moment) -> Result<Option<PathBuf>, Trouble> {
    if !target.exists() {
        return Ok(None);
    }
    let aside = with_suffix(target, &format!(".before-restore-{}", at.unix_seconds()));
    for suffix in ["-wal", "-shm", ""] {
        let from = with_suffix(target, suffix);
        if from.exists() {
            let to = with_suffix(&aside, suffix);
            fs::rename(&from, &to).map_err(|error| Trouble::file(&from, &error))?;
        }
    }
    Ok(Some(aside))
}
