//! SQLite's write-ahead log goes back into the file beside the work 预写日志回写.
//!
//! What is committed is safe in the write-ahead log; from time to time its pages are copied into
//! the file, so that it does not grow for ever. SQLite does so by itself inside the commit that
//! makes the log long, and whoever commits waits for two more syncs and thousands of pages. Here a
//! thread with a connection of its own does it, while others read and write.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use rusqlite::hooks::Wal;
use rusqlite::{Connection, OpenFlags};

/// Pages in the log from which on it is worth the while; SQLite's own measure.
const ENOUGH: i32 = 1_000;
/// Where writing never pauses, the copying never comes to the end of the log, which then cannot
/// begin anew: at half a gigabyte whoever commits copies the rest himself.
const MOST: i32 = 131_072;

/// The thread that copies; it ends with the last connection that may ask it.
pub(super) struct Writeback {
    ask: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Writeback {
    /// Nothing where no thread can be had: SQLite then does the work by itself.
    pub(super) fn beside(path: &str, flags: OpenFlags) -> Option<Writeback> {
        let (ask, asked) = sync_channel(1);
        let path = path.to_owned();
        let thread = std::thread::Builder::new().name("writeback".to_owned());
        let thread = thread.spawn(move || work(&path, flags, &asked)).ok()?;
        Some(Writeback { ask, thread })
    }

    /// Asks whenever this connection leaves a long log.
    pub(super) fn watch(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let ask = self.ask.clone();
        connection.wal_hook(Some(move |log: &mut Wal, pages| {
            if pages >= MOST {
                // The commit is done already; that somebody else copies just now is no error of it.
                let _ = log.checkpoint();
            } else if pages >= ENOUGH {
                // Where it is asked already, once is enough.
                let _ = ask.try_send(());
            }
            Ok(())
        }))
    }

    /// Waits until the work in hand is done. The connections that were watched are gone before.
    pub(super) fn end(self) {
        drop(self.ask);
        if self.thread.join().is_err() {
            tracing::warn!("the thread that writes the log back broke");
        }
    }
}

fn work(path: &str, flags: OpenFlags, asked: &Receiver<()>) {
    let mut connection = None;
    while asked.recv().is_ok() {
        if let Err(error) = copy(path, flags, &mut connection) {
            tracing::warn!(%error, "the write-ahead log could not be written back");
            connection = None;
        }
    }
}

fn copy(path: &str, flags: OpenFlags, connection: &mut Option<Connection>) -> rusqlite::Result<()> {
    let open = match connection.take() {
        Some(open) => open,
        None => {
            let open = Connection::open_with_flags(path, flags)?;
            // The file is synced before the log may be written over.
            open.execute_batch("PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0")?;
            open
        }
    };
    // Passive: it waits for nobody and nobody waits for it; what others still read stays for later.
    open.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
    *connection = Some(open);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn opened(path: &str) -> Connection {
        let connection = Connection::open(path).unwrap();
        let made = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                    CREATE TABLE IF NOT EXISTS t (a BLOB)";
        connection.execute_batch(made).unwrap();
        connection
    }

    fn written(connection: &Connection, pages: u32) {
        let many = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) \
                    INSERT INTO t SELECT zeroblob(4000) FROM n";
        connection.execute(many, [pages]).unwrap();
    }

    #[test]
    fn a_long_log_is_written_back_without_the_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db").display().to_string();
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = opened(&path);
        let writeback = Writeback::beside(&path, flags).unwrap();
        writeback.watch(&mut connection).unwrap();
        let size = || std::fs::metadata(&path).unwrap().len();
        written(&connection, 100);
        std::thread::sleep(Duration::from_millis(50));
        assert!(size() < 100_000, "a short log stays where it is");
        written(&connection, 2_000);
        let mut waited = 0;
        while size() < 8_000_000 && waited < 500 {
            std::thread::sleep(Duration::from_millis(20));
            waited += 1;
        }
        assert!(size() > 8_000_000, "it was not written back: {}", size());
        // What was read back is whole, and the end leaves no log behind.
        let n: i64 = connection
            .query_row("SELECT count(*) FROM t", [], |row| row.get(0))
            .unwrap();
        assert_eq!(n, 2_100);
        drop(connection);
        writeback.end();
        assert!(!std::fs::exists(format!("{path}-wal")).unwrap());
    }
}
