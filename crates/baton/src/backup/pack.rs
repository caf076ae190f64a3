//! Making a backup of a running house 备份.

use std::fs;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use kernel::Moment;
use spine::{Db, DbSettings, Fault, LogKey, Snapshot, SystemChance, Table};

use super::Trouble;
use super::archive::{MEMBER_BYTES, Packer};
use super::manifest::{
    FORMAT, KEY, LogMark, MANIFEST, Manifest, NOTE, SECOND_KEY, SECOND_STATE, SIGNING, STATE,
    TableMark,
};
use super::manifest::{digest, signed_text};
use super::rows::{Sum, line};
use crate::config::Config;
use crate::migrations;

/// Writes everything into `file`, which must not exist, as one state of the books; the program may
/// be running. Gives what stands in the archive's manifest.
///
/// # Errors
/// [`Trouble`] in words; an unfinished file is removed.
pub async fn pack(
    config: &Config,
    file: &Path,
    with_keys: bool,
    at: Moment,
) -> Result<Manifest, Trouble> {
    if file.exists() {
        let shown = file.display();
        return Err(Trouble::new(
            "backup.exists",
            format!("{shown} 已存在，不会覆盖；请换一个文件名"),
            format!("{shown} exists and is not overwritten; choose another name"),
        ));
    }
    must_hold_a_log(config)?;
    let _lock = crate::house::lock_folder(&config.data_dir)?;
    let mut partial = file.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let packed = pack_into(config, &partial, with_keys, at).await;
    let trouble = |error: std::io::Error| Trouble::file(file, &error);
    match packed {
        Ok(manifest) => {
            fs::rename(&partial, file).map_err(trouble)?;
            let folder = file
                .parent()
                .filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            let opened = fs::File::open(folder).and_then(|folder| folder.sync_all());
            opened.map_err(trouble)?;
            Ok(manifest)
        }
        Err(trouble) => {
            // Half a backup is worse than none; when even this fails, its name still says so.
            let _ = fs::remove_file(&partial);
            Err(trouble)
        }
    }
}

/// Refuses what is no data folder, before anything is put into it.
///
/// # Errors
/// [`Trouble`] that names it.
pub(crate) fn must_hold_a_log(config: &Config) -> Result<(), Trouble> {
    if config.data_dir.join(KEY).exists() {
        return Ok(());
    }
    let folder = config.data_dir.display();
    Err(Trouble::new(
        "backup.no_log",
        format!("{folder} 里没有 keys/log.key，这不是接棒的数据目录；请检查 data_dir"),
        format!("{folder} holds no keys/log.key: not a data folder of Baton; see data_dir"),
    ))
}

async fn pack_into(
    config: &Config,
    file: &Path,
    with_keys: bool,
    at: Moment,
) -> Result<Manifest, Trouble> {
    let read = |path: &Path| fs::read(path).map_err(|error| Trouble::file(path, &error));
    let key = LogKey::open(&config.data_dir, &config.tenant, &SystemChance)?;
    // INVARIANT: the signer's memory is read before the books, so it is never ahead of the rows
    // that stand beside it: restoring both cannot look like a rollback.
    let if_there = |path: PathBuf| path.exists().then(|| read(&path)).transpose();
    let memories = [STATE, SECOND_STATE].map(|name| (name, config.data_dir.join(name)));
    let mut kept = Vec::new();
    for (name, path) in memories {
        kept.extend(if_there(path)?.map(|bytes| (name, bytes)));
    }
    let db = open_existing(config).await?;
    let mut options = fs::OpenOptions::new();
    let made = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(file);
    let made = made.map_err(|error| Trouble::file(file, &error))?;
    let mut packer = Packer::new(made, u64::try_from(at.unix_seconds()).unwrap_or(0));
    let mut snapshot = db.snapshot().await?;
    let schema_version = snapshot.schema_version().await?;
    let tables = pack_books(&mut snapshot, &mut packer).await?;
    let head = snapshot.tree_head().await?;
    drop(snapshot);
    db.close().await;
    let failed = |error: std::io::Error| Trouble::file(file, &error);
    if with_keys {
        kept.push((KEY, read(&config.data_dir.join(KEY))?));
        let second = config.data_dir.join(SECOND_KEY);
        for (name, path) in [(SIGNING, config.signing_key()), (SECOND_KEY, second)] {
            kept.extend(if_there(path)?.map(|bytes| (name, bytes)));
        }
    }
    for (name, bytes) in kept {
        packer.add(name, &bytes).map_err(failed)?;
    }
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: at,
        tenant: config.tenant.clone(),
        time_zone: config.time_zone.clone(),
        database: db.dialect().name().to_owned(),
        schema_version,
        config_sha256: fingerprint(config),
        log: LogMark {
            origin: key.origin().to_owned(),
            key: key.public_text(),
            size: head.size,
            root: head.root.to_string(),
        },
        with_keys,
        tables,
        members: packer.members.clone(),
    };
    let text = serde_json::to_vec_pretty(&manifest)?;
    let note = key.sign_text(&signed_text(key.origin(), &text))?;
    packer.add(MANIFEST, &text).map_err(failed)?;
    packer.add(NOTE, note.as_bytes()).map_err(failed)?;
    packer.finish().map_err(failed)?;
    Ok(manifest)
}

/// Opens the books without making or changing anything.
async fn open_existing(config: &Config) -> Result<Db, Trouble> {
    if let Some(path) = config.books_file().filter(|path| !path.exists()) {
        let shown = path.display();
        return Err(Trouble::new(
            "backup.no_books",
            format!("{shown} 不存在，没有可备份的账册"),
            format!("{shown} does not exist: there are no books to save"),
        ));
    }
    let settings = DbSettings {
        url: config.database(),
        readers: 1,
        writers: 1,
    };
    let db = Db::open(&settings).await?;
    let newest = migrations::ALL.last().map_or(0, |step| step.version);
    match db.schema_version().await? {
        Some(version) if version <= newest => Ok(db),
        Some(version) => Err(Trouble::new(
            "backup.newer_schema",
            format!(
                "数据库结构是第 {version} 版，本程序只认识到第 {newest} 版；请用更新的程序备份"
            ),
            format!(
                "The schema is at step {version}, this program knows {newest}; use a newer one"
            ),
        )),
        None => Err(Trouble::new(
            "backup.no_books",
            "数据库里没有接棒的表，没有可备份的账册",
            "The database holds no tables of Baton: there are no books to save",
        )),
    }
}

async fn pack_books(
    snapshot: &mut Snapshot,
    packer: &mut Packer,
) -> Result<Vec<TableMark>, Trouble> {
    let mut marks = Vec::new();
    for table in snapshot.tables().await? {
        let mut pile = Pile::new(&table, packer);
        let mut add = |row| pile.add(&line(&row)?);
        snapshot.each_row(&table, &mut add).await?;
        marks.push(pile.finish()?);
    }
    Ok(marks)
}

/// Rows of one table on their way into members.
struct Pile<'a> {
    table: &'a Table,
    packer: &'a mut Packer,
    bytes: Vec<u8>,
    number: u32,
    sum: Sum,
}

impl<'a> Pile<'a> {
    fn new(table: &'a Table, packer: &'a mut Packer) -> Pile<'a> {
        Pile {
            table,
            packer,
            bytes: Vec::new(),
            number: 0,
            sum: Sum::default(),
        }
    }

    fn add(&mut self, line: &[u8]) -> Result<(), Fault> {
        self.sum.add(line);
        self.bytes.extend_from_slice(line);
        if self.bytes.len() >= MEMBER_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Fault> {
        self.number += 1;
        let name = format!("books/{}/{:06}", self.table.name, self.number);
        let added = self.packer.add(&name, &self.bytes);
        self.bytes.clear();
        added.map_err(|error| Fault::new(format!("the archive: {error}")))
    }

    fn finish(mut self) -> Result<TableMark, Fault> {
        if !self.bytes.is_empty() {
            self.flush()?;
        }
        Ok(TableMark {
            name: self.table.name.clone(),
            columns: self.table.columns.iter().map(|c| c.name.clone()).collect(),
            rows: self.sum.rows,
            sum: self.sum.text(),
        })
    }
}

/// The configuration in force as one digest; the database's address may hold a password and says
/// nothing about the books, so it stays out.
fn fingerprint(config: &Config) -> String {
    let text = format!(
        "listen={}\ntenant={}\ncompany={}\ntime_zone={}\nsession_hours={}\nsecure_cookie={}\n\
         handover_customers={}/{}\nlog_format={}\nreaders={}\nwriters={}\n",
        config.listen,
        config.tenant,
        config.company,
        config.time_zone,
        config.session_hours,
        config.secure_cookie,
        config.handover_customers_per_hour,
        config.handover_customers_per_day,
        config.log_format,
        config.readers,
        config.writers,
    );
    digest(text.as_bytes())
}
