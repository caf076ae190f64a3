//! Trusted timestamps over checkpoints, kept with what they stamp 时间戳.
//!
//! As with cosignatures, no act writes them: an entry for each would make the log grow for ever,
//! and what a token is worth says its own signature. The note is kept as it was stamped, since a
//! witness that signs later adds a line to the checkpoint and the token would fit no more.

use kernel::Moment;

use crate::jobs::{ADD_TEXT, NewJob};
use crate::proofs::{position, whole};
use crate::{Fault, Row, Select, Spine, binds};

/// A checkpoint with the word of a timestamp authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampedCheckpoint {
    /// Entries under it.
    pub size: u64,
    /// The signed note, to the byte as it was stamped.
    pub note: String,
    /// The authority's response (`.tsr`).
    pub answer: Vec<u8>,
    /// When, by the authority's clock.
    pub at: Moment,
    /// Name on the authority's certificate.
    pub authority: String,
    /// SHA-256 of the authority's certificate, hex.
    pub fingerprint: String,
    /// The token's serial number, hex.
    pub serial: String,
    /// Whether somebody carried question and answer.
    pub by_hand: bool,
}

/// A question that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StampQuery {
    /// What the answer must bear.
    pub nonce: [u8; 8],
    /// Entries under the checkpoint.
    pub size: u64,
    /// What is to be stamped.
    pub note: String,
}

const KEEP: &str = "INSERT INTO log_stamp \
    (size, at, serial, authority, fingerprint, note, answer, by_hand, kept_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING";
const ASK: &str =
    "INSERT INTO log_stamp_query (nonce, size, note, asked_at) VALUES ($1, $2, $3, $4)";
const ASKED: Select = Select::new(
    "SELECT nonce, size, note FROM log_stamp_query ORDER BY asked_at DESC, nonce LIMIT 100",
);
const NEWEST: Select = Select::new(
    "SELECT size, note, answer, at, authority, fingerprint, serial, by_hand FROM log_stamp \
     ORDER BY size DESC, at LIMIT $1",
);
/// The earliest of each size comes first: it proves the most.
const OVER: Select = Select::new(
    "SELECT size, note, answer, at, authority, fingerprint, serial, by_hand FROM log_stamp \
     WHERE size >= $1 AND size <= $2 ORDER BY size, at LIMIT $3",
);

impl StampedCheckpoint {
    fn of(row: &Row) -> Result<StampedCheckpoint, Fault> {
        Ok(StampedCheckpoint {
            size: whole(row, "size")?,
            note: row.get("note")?,
            answer: row.get("answer")?,
            at: row.get("at")?,
            authority: row.get("authority")?,
            fingerprint: row.get("fingerprint")?,
            serial: row.get("serial")?,
            by_hand: row.get::<i64>("by_hand")? == 1,
        })
    }
}

fn nonce_of(text: &str) -> Result<[u8; 8], Fault> {
    let number = u64::from_str_radix(text, 16).map_err(|_| Fault::new("a nonce"))?;
    Ok(number.to_be_bytes())
}

impl Spine {
    /// Keeps what an authority answered. The caller has checked it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn keep_stamp(&self, kept: &StampedCheckpoint) -> Result<(), Fault> {
        let values = binds![
            position(kept.size)?,
            kept.at,
            kept.serial.as_str(),
            kept.authority.as_str(),
            kept.fingerprint.as_str(),
            kept.note.as_str(),
            kept.answer.as_slice(),
            i64::from(kept.by_hand),
            self.now(),
        ];
        self.db().writer.run(KEEP, values).await?;
        Ok(())
    }

    /// Remembers a question that is carried by hand.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn keep_stamp_query(&self, asked: &StampQuery) -> Result<(), Fault> {
        let nonce = format!("{:016x}", u64::from_be_bytes(asked.nonce));
        let values = binds![
            nonce,
            position(asked.size)?,
            asked.note.as_str(),
            self.now()
        ];
        self.db().writer.run(ASK, values).await?;
        Ok(())
    }

    /// The hundred newest questions, the newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn stamp_queries(&self) -> Result<Vec<StampQuery>, Fault> {
        let rows = self.db().read(&ASKED, Vec::new()).await?;
        let one = |row: &Row| {
            Ok(StampQuery {
                nonce: nonce_of(&row.get::<String>("nonce")?)?,
                size: whole(row, "size")?,
                note: row.get("note")?,
            })
        };
        rows.iter().map(one).collect()
    }

    /// The newest stamped checkpoints, the newest first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn newest_stamps(&self, most: u32) -> Result<Vec<StampedCheckpoint>, Fault> {
        let rows = self.db().read(&NEWEST, binds![i64::from(most)]).await?;
        rows.iter().map(StampedCheckpoint::of).collect()
    }

    /// Stamped checkpoints of these sizes, both included, the smallest first, the earliest of each
    /// size first.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn stamps_between(
        &self,
        from: u64,
        until: u64,
        most: u32,
    ) -> Result<Vec<StampedCheckpoint>, Fault> {
        let values = binds![position(from)?, position(until)?, i64::from(most)];
        let rows = self.db().read(&OVER, values).await?;
        rows.iter().map(StampedCheckpoint::of).collect()
    }

    /// Adds a job of the machinery itself, which no act wants: asking an authority for the time.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn enqueue_own(&self, job: NewJob) -> Result<(), Fault> {
        let mut dice = [0; 10];
        self.chance().fill(&mut dice);
        let id = kernel::JobId::mint(self.now(), dice);
        let values = binds![id, job.kind, job.body, job.run_at, job.unique];
        self.db().writer.run(ADD_TEXT, values).await?;
        Ok(())
    }
}
