//! Opening the books, which begin once 打开账册.

use std::path::Path;

use kernel::Moment;
use spine::{Db, DbSettings, Fault, LAST_SIGNED};

use crate::config::Config;
use crate::migrations;

/// An empty file in the data folder, gone once the key is made.
pub(crate) const NEW_LOG: &str = "keys/new-log";

/// Opens the books. They are made where there are none, but not in a folder whose log was signed
/// before: its books are at another address then, or lost, and a second beginning would be taken
/// for the first.
///
/// # Errors
/// [`Fault`] when they cannot be opened, or would begin a second time.
pub(crate) async fn open(config: &Config) -> Result<Db, Fault> {
    let began = config.data_dir.join(LAST_SIGNED).exists();
    let file = config.books_file();
    // Opening a file makes it.
    if began
        && let Some(file) = &file
        && is_empty(file)
    {
        return Err(elsewhere(&file.display().to_string()));
    }
    let settings = DbSettings {
        url: config.database(),
        readers: config.readers,
        writers: config.writers,
    };
    let db = Db::open(&settings)
        .await
        .map_err(|fault| unopened(&file.as_deref(), &fault))?;
    if began && file.is_none() && !db.has_entries().await? {
        db.close().await;
        return Err(elsewhere("PostgreSQL"));
    }
    Ok(db)
}

/// Brings their schema up to date; gives the steps taken now.
///
/// # Errors
/// [`Fault`] that names the database, as [`Db::migrate`].
pub(crate) async fn migrate(db: &Db, config: &Config, at: Moment) -> Result<Vec<i64>, Fault> {
    let file = config.books_file();
    let place = file.map_or("database_url（BATON_DATABASE_URL）".to_owned(), |file| {
        file.display().to_string()
    });
    let taken = db.migrate(migrations::ALL, at).await;
    taken.map_err(|fault| Fault::new(format!("{place}：{fault}")))
}

/// Refuses where there are no books yet, for what only looks at them: opening would make some.
///
/// # Errors
/// [`Fault`] that names the file.
pub(crate) fn must_stand(config: &Config) -> Result<(), Fault> {
    let place = match config.books_file() {
        Some(file) if is_empty(&file) => file,
        None if !config.data_dir.is_dir() => config.data_dir.clone(),
        _ => return Ok(()),
    };
    Err(Fault::new(format!(
        "{} 不存在，没有账册；请检查 data_dir（BATON_DATA_DIR）是否写对。There are no books; see data_dir.",
        place.display()
    )))
}

/// Refuses a data folder without the key of the log, when the log of these books was signed: a new
/// key would sign a second history, and what it signed stays. The file [`NEW_LOG`] says that this
/// is meant (docs/operations.md, Recovery).
///
/// # Errors
/// [`Fault`] that names the folder.
pub(crate) async fn must_have_the_key(db: &Db, data_dir: &Path) -> Result<(), Fault> {
    let there = |name: &str| data_dir.join(name).exists();
    if there("keys/log.key") || there(NEW_LOG) || !db.was_signed().await? {
        return Ok(());
    }
    Err(Fault::new(format!(
        "这套账册的日志已经签过名，而数据目录 {folder} 里没有它的私钥 keys/log.key：请检查 data_dir\
         （BATON_DATA_DIR）是否写对、是否已挂载，或把 keys/log.key 拷来。私钥确已丢失、要另起新私钥的，\
         请先读 docs/operations.md「恢复」，再建一个空文件 keys/new-log。The log of these books was \
         signed, and {folder} lacks its key keys/log.key: see data_dir, or copy the key. To begin \
         with a new one, read Recovery in docs/operations.md and make an empty file keys/new-log.",
        folder = data_dir.display()
    )))
}

fn unopened(file: &Option<&Path>, fault: &Fault) -> Fault {
    match file {
        Some(file) => Fault::new(format!(
            "{} 打不开：{fault}。它应是接棒的 SQLite 账册；请检查 data_dir（BATON_DATA_DIR）与 \
             database_url（BATON_DATABASE_URL）是否写对，以及本程序能否读写它。It cannot be opened as \
             SQLite books: see data_dir and database_url, and whether this program may read and \
             write it.",
            file.display()
        )),
        None => Fault::new(format!(
            "database_url（BATON_DATABASE_URL）所指的数据库打不开：{fault}。请检查地址、端口、库名、用户与\
             密码，以及 PostgreSQL 是否已启动。The database at database_url cannot be opened: see \
             address, port, name, user and password, and whether PostgreSQL runs."
        )),
    }
}

fn is_empty(file: &Path) -> bool {
    file.metadata().map_or(0, |known| known.len()) == 0
}

fn elsewhere(place: &str) -> Fault {
    Fault::new(format!(
        "{place} 里没有账册，而这个数据目录的日志已经签过名：请检查 database_url（BATON_DATABASE_URL）\
         是否写对；账册若已丢失，请用 baton restore 从备份恢复。There are no books at {place}, and \
         the log of this data folder was signed before: see database_url, or restore a backup."
    ))
}
