//! A company whose making was broken off 未建完的演示公司.
//!
//! A mark lies in the data folder from before the first act until after the last. With the first
//! entry of the books, which says that they are for rehearsal, it tells for sure that nobody owns
//! what stands in them: `cli/open.rs` opens such books for nobody.

use std::fs;
use std::path::PathBuf;

use kernel::Moment;
use spine::{Fault, write_private};

use super::{Standing, standing};
use crate::backup::{self, KEY, SECOND_KEY, SECOND_STATE, STATE, Trouble};
use crate::config::Config;
use crate::house;

fn place(config: &Config) -> PathBuf {
    config.data_dir.join("demo-unfinished")
}

pub(super) fn is_marked(config: &Config) -> bool {
    place(config).exists()
}

/// Says that the company is being made.
///
/// # Errors
/// [`Fault`] when the mark cannot be written.
pub(super) fn mark(config: &Config) -> Result<(), Fault> {
    let place = place(config);
    write_private(&place, "").map_err(|error| Fault::new(format!("{}: {error}", place.display())))
}

/// Says that what stands here is whole.
///
/// # Errors
/// [`Fault`] when the mark cannot be taken away.
pub(crate) fn unmark(config: &Config) -> Result<(), Fault> {
    let place = place(config);
    match fs::remove_file(&place) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Fault::new(format!("{}: {error}", place.display())))
        }
        _ => Ok(()),
    }
}

/// Refuses to work on a company that is not whole. A mark that was left beside other books is taken
/// away, so that it never speaks of theirs.
///
/// # Errors
/// What there is, and what helps.
pub(crate) async fn must_be_whole(config: &Config) -> Result<(), String> {
    if !is_marked(config) {
        return Ok(());
    }
    let found = standing(config).await.map_err(|error| error.to_string())?;
    if found != Standing::Unfinished {
        return unmark(config).map_err(|fault| fault.to_string());
    }
    Err(
        "账册中的演示公司没有建完：建立时被中断，或者还在建立。请运行 ./dev up 或 baton demo，它会\
         保留没有建完的、重新建立，或说明怎么办；要建真实账册，请换一个空的数据目录（BATON_DATA_DIR）\n\
         The demo company in these books is unfinished: its making was broken off, or goes on. Run \
         ./dev up or baton demo: it keeps what there is and makes the company anew, or says what \
         to do. For real books use another, empty data folder (BATON_DATA_DIR)"
            .to_owned(),
    )
}

/// Renames the books of an unfinished company with what was signed of them, so that it can be made
/// anew; gives what they are called now. Nothing is deleted.
///
/// # Errors
/// [`Trouble`] while it is being made, and on PostgreSQL, where books cannot be renamed.
pub(crate) fn set_aside(config: &Config, at: Moment) -> Result<PathBuf, Trouble> {
    let Some(books) = config.books_file() else {
        return Err(Trouble::new(
            "demo.unfinished",
            "账册中的演示公司没有建完（建立时被中断，或者还在建立）；PostgreSQL 上的账册不会自动改动。\
             请新建一个空库并改 database_url（BATON_DATABASE_URL），再换一个空的数据目录\
             （BATON_DATA_DIR），然后重新运行",
            "The demo company in these books is unfinished: its making was broken off, or goes on. \
             Books on PostgreSQL are left alone: create an empty database for database_url \
             (BATON_DATABASE_URL), name another, empty data folder (BATON_DATA_DIR), run it again",
        ));
    };
    let lock = house::lock_folder_alone(&config.data_dir);
    let lock = lock.map_err(|error| Trouble::file(&config.data_dir, &error))?;
    // Whoever held the lock until now may have finished it.
    if lock.is_none() || !is_marked(config) {
        return Err(Trouble::new(
            "demo.at_work",
            "演示公司正由另一个程序建立，或刚刚建完；请等它结束后再运行一次",
            "Another program is making the demo company, or has just finished it; wait for its end \
             and run this again",
        ));
    }
    let why = "unfinished-demo";
    let aside = |name: &str| backup::set_aside(&config.data_dir.join(name), why, at);
    // The memory before the books and the key after them: wherever this is broken off, the program
    // opens what is left, and the mark still stands.
    for memory in [STATE, SECOND_STATE] {
        aside(memory)?;
    }
    let kept = backup::set_aside(&books, why, at)?;
    for key in [KEY, SECOND_KEY] {
        aside(key)?;
    }
    unmark(config)?;
    Ok(kept.unwrap_or(books))
}
