//! The newest checkpoint is laid down outside, once a day 每日检查点.
//!
//! A folder of the configuration, which a mail program, a share of another department or an archive
//! takes from. A file is written once and never again, so that nobody finds one that changed.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use kernel::{Day, Moment};
use spine::Fault;

use crate::house::House;

/// A day that ended without a file is late: 24 hours.
const LATE_SECONDS: i64 = 24 * 3_600;

fn name_of(day: Day) -> String {
    format!("checkpoint-{day}.txt")
}

fn broken(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(format!("{}: {error}", path.display()))
}

/// Writes today's file if there is none yet; gives its path when it was written now.
///
/// # Errors
/// [`Fault`] naming the file, or when the database fails.
pub async fn lay_down(house: &House) -> Result<Option<PathBuf>, Fault> {
    let Some(folder) = &house.config.checkpoint_folder else {
        return Ok(None);
    };
    let today = house.spine.now().day_in(house.spine.zone());
    let path = folder.join(name_of(today));
    if path.exists() {
        return Ok(None);
    }
    let Some(newest) = house.spine.newest_checkpoint().await? else {
        return Ok(None);
    };
    std::fs::create_dir_all(folder).map_err(|error| broken(folder, &error))?;
    match write(&path, &newest.note) {
        Ok(()) => Ok(Some(path)),
        // Another server was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(None),
        Err(error) => Err(broken(&path, &error)),
    }
}

/// A new file with this text, or none: one that is not whole is taken away again.
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        std::fs::remove_file(path)?;
    }
    written
}

/// Since when there should have been a file, when it is late; never where none are wanted.
#[must_use]
pub fn late_since(house: &House) -> Option<Moment> {
    let folder = house.config.checkpoint_folder.as_ref()?;
    let (now, zone) = (house.spine.now(), house.spine.zone());
    let today = now.day_in(zone);
    let recent = [today, today.plus_days(-1)];
    if recent.iter().any(|day| folder.join(name_of(*day)).exists()) {
        return None;
    }
    let since = Moment::start_of(today.plus_days(-1), zone).max(house.heartbeat.started());
    (now >= since.plus_seconds(LATE_SECONDS)).then_some(since)
}
