//! Opening the books, which begin once 打开账册.

use std::path::Path;

use spine::{Db, DbSettings, Fault, LAST_SIGNED};

use crate::config::Config;

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
    let db = Db::open(&settings).await?;
    if began && file.is_none() && db.table_count().await? == 0 {
        db.close().await;
        return Err(elsewhere("PostgreSQL"));
    }
    Ok(db)
}

/// Refuses where there are no books yet, for what only looks at them: opening would make some.
///
/// # Errors
/// [`Fault`] that names the file.
pub(crate) fn must_stand(config: &Config) -> Result<(), Fault> {
    match config.books_file().filter(|file| is_empty(file)) {
        Some(file) => Err(Fault::new(format!(
            "{} 不存在，没有账册；请检查 data_dir（BATON_DATA_DIR）是否写对。There are no books; see \
             data_dir.",
            file.display()
        ))),
        None => Ok(()),
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
