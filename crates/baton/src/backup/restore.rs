//! Putting a backup in place 恢复.

use std::fs;
use std::path::{Path, PathBuf};

use ::evidence::verdict::Verdict;
use kernel::Moment;
use spine::{Dialect, Fault, write_private};

use super::Trouble;
use super::archive::{Examined, examine};
use super::manifest::{KEY, Manifest, SECOND_KEY, SECOND_STATE, STATE};
use super::plan::{Plan, open, plan};
use super::stage;
use crate::config::Config;
use crate::house::books::NEW_LOG;

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
    /// Places where the tables were not what acts had written when the backup was made.
    pub differences: u64,
    /// Where the books that were there are now.
    pub aside: Option<PathBuf>,
    /// Rows that were loaded.
    pub rows: u64,
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
    // A rehearsal writes nothing but its own staging folder, so the program may run beside it.
    let _lock = if consents.rehearse {
        crate::house::lock_folder(&config.data_dir)?
    } else {
        lock_alone(config)?
    };
    if !consents.rehearse {
        clear_stages(&config.data_dir)?;
    }
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
    let lock = crate::house::lock_folder_alone(&config.data_dir);
    let lock = lock.map_err(|error| Trouble::file(&config.data_dir, &error))?;
    lock.ok_or_else(|| {
        Trouble::new(
            "target.running",
            "数据目录正被运行中的接棒使用；请先停止服务（例如 systemctl stop baton）再恢复",
            "Baton is running in this data folder; stop it first, then restore",
        )
    })
}

/// Takes away what restores that were broken off had staged, copies of their backups; nobody else
/// is in the folder.
fn clear_stages(data_dir: &Path) -> Result<(), Trouble> {
    let entries = fs::read_dir(data_dir).map_err(|error| Trouble::file(data_dir, &error))?;
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let at = name.to_str().and_then(|name| name.strip_prefix("restore-"));
        if at.is_some_and(|at| at.parse::<i64>().is_ok()) && path.is_dir() {
            fs::remove_dir_all(&path).map_err(|error| Trouble::file(&path, &error))?;
        }
    }
    Ok(())
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
    db.migrate(crate::migrations::ALL, at).await?;
    db.settle_log().await?;
    let audited = stage::audit(db.clone(), config, &plan.trust, plan.anchor).await?;
    let (report, differences) = audited;
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
        differences,
        aside: None,
        rows: manifest.tables.iter().map(|table| table.rows).sum(),
    };
    if consents.rehearse {
        return Ok(restored);
    }
    put_memory_and_key(config, examined, &plan)?;
    restored.aside = put_books(config, archive, manifest, (&books, at)).await?;
    crate::demo::unmark(config)?;
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
    if !plan.key_in_place {
        put(NEW_LOG, b"")?;
    }
    let signing = config.signing_key();
    if let Some(key) = examined.signing.as_ref().filter(|_| !signing.exists()) {
        let text = String::from_utf8_lossy(key);
        write_private(&signing, &text).map_err(|error| Trouble::file(&signing, &error))?;
    }
    // Key and memory of the second log go with the name of the first, and replace nothing either.
    for (name, bytes) in [
        (SECOND_KEY, &examined.second_key),
        (SECOND_STATE, &examined.second_state),
    ] {
        let is_there = config.data_dir.join(name).exists();
        if let Some(bytes) = bytes.as_ref().filter(|_| plan.key_in_place && !is_there) {
            put(name, bytes)?;
        }
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
    let target = config.books_file();
    let target = target.ok_or_else(|| Fault::new("database_url"))?;
    if with_suffix(books, "-wal").exists() {
        return Err(Fault::new("the restored file was not closed cleanly").into());
    }
    let aside = set_aside(&target, "before-restore", at)?;
    let moved = fs::rename(books, &target).or_else(|_| copy_then_sync(books, &target));
    moved.map_err(|error| Trouble::file(&target, &error))?;
    Ok(aside)
}

/// The target may lie on another disk than the data folder; it gets its name when it is whole.
fn copy_then_sync(from: &Path, to: &Path) -> std::io::Result<()> {
    let draft = with_suffix(to, ".new");
    fs::copy(from, &draft)?;
    fs::File::open(&draft)?.sync_all()?;
    fs::rename(&draft, to)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Renames a file that is there, with what belongs to it where it holds books.
///
/// # Errors
/// [`Trouble`] when the file system refuses.
pub(crate) fn set_aside(target: &Path, why: &str, at: Moment) -> Result<Option<PathBuf>, Trouble> {
    if !target.exists() {
        return Ok(None);
    }
    let aside = with_suffix(target, &format!(".{why}-{}", at.unix_seconds()));
    for suffix in ["-wal", "-shm", ""] {
        let from = with_suffix(target, suffix);
        if from.exists() {
            let to = with_suffix(&aside, suffix);
            fs::rename(&from, &to).map_err(|error| Trouble::file(&from, &error))?;
        }
    }
    Ok(Some(aside))
}
