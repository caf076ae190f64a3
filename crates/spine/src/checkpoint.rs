//! Signing the log's head, never backwards 检查点.
//!
//! Signed outside the business transaction, from a committed head only. What was signed last is
//! kept in a file outside the database, so that restoring an old database cannot make the log sign
//! a fork (`Signing::sign_if_grown` refuses and says why).

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use evidence::checkpoint::{Checkpoint, LogTrust};
use evidence::hash::Hash;
use evidence::key::SignerKey;
use evidence::monotonic::{Decision, decide};
use evidence::note::Note;
use evidence::tree::TreeHead;
use serde::{Deserialize, Serialize};
use tokio::sync::Mutex;

use crate::register::{HEAD_SEEN, restore};
use crate::{Chance, Fault, Spine, binds};

/// Why the head was not signed.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    /// The database is older than what was signed: entries were lost or a backup was restored.
    #[error("rollback: last signed {last} > head {head}; see docs/operations.md, section 恢复")]
    Rollback {
        /// Size signed last.
        last: u64,
        /// Size of the log now.
        head: u64,
    },
    /// The log was rewritten before what was signed.
    #[error("fork: the log of {head} entries does not continue the {last} that were signed")]
    Fork {
        /// Size signed last.
        last: u64,
        /// Size of the log now.
        head: u64,
    },
    /// We broke.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// The log's own key; it lives in a file that the database cannot read.
pub struct LogKey {
    signer: SignerKey,
    origin: String,
}

impl LogKey {
    /// Reads `keys/log.key` in the data folder, or makes it for a new log.
    ///
    /// # Errors
    /// [`Fault`] when the file cannot be read or written, or belongs to another tenant.
    pub fn open(data_dir: &Path, tenant: &str, chance: &dyn Chance) -> Result<LogKey, Fault> {
        let path = data_dir.join("keys").join("log.key");
        let fault =
            |error: &dyn std::fmt::Display| Fault::new(format!("{}: {error}", path.display()));
        if path.exists() {
            let text = fs::read_to_string(&path).map_err(|error| fault(&error))?;
            let signer: SignerKey = text.trim().parse().map_err(|error| fault(&error))?;
            let origin = signer.verifier().name().to_owned();
            if !origin.starts_with(&format!("{tenant}/log/")) {
                return Err(fault(&format!("is the key of {origin}, not of {tenant}")));
            }
            return Ok(LogKey { signer, origin });
        }
        let (mut id, mut seed) = ([0; 16], [0; 32]);
        chance.fill(&mut id);
        chance.fill(&mut seed);
        let origin = format!("{tenant}/log/{}", hex::encode(id));
        let signer = SignerKey::from_seed(&origin, &seed).map_err(|error| fault(&error))?;
        write_private(&path, &signer.to_secret_text()).map_err(|error| fault(&error))?;
        Ok(LogKey { signer, origin })
    }

    /// Name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The public half, as text for a verifier.
    #[must_use]
    pub fn public_text(&self) -> String {
        self.signer.verifier().to_string()
    }

    /// Signs a text that is no checkpoint, such as the manifest of a backup. Its first line must
    /// not be the name of this log, so that nobody can take it for a checkpoint.
    ///
    /// # Errors
    /// [`Fault`] when the text begins like a checkpoint or is not one that can be signed.
    pub fn sign_text(&self, text: &str) -> Result<String, Fault> {
        if text.lines().next() == Some(self.origin.as_str()) {
            return Err(Fault::new("this text would look like a checkpoint"));
        }
        let note = Note::sign(text, &[&self.signer]);
        note.map(|note| note.to_string())
            .map_err(|error| Fault::new(error.to_string()))
    }

    /// What a verifier must trust to believe this log.
    #[must_use]
    pub fn trust(&self) -> LogTrust {
        LogTrust {
            origin: self.origin.clone(),
            log_keys: vec![self.signer.verifier()],
            witness_keys: Vec::new(),
        }
    }
}

/// The file in the data folder that remembers what was signed last, outside the database.
pub const LAST_SIGNED: &str = "state/checkpoint.json";

/// What was signed last, outside the database.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LastSigned {
    origin: String,
    size: u64,
    root: String,
}

impl LastSigned {
    pub(crate) fn of(origin: &str, head: TreeHead) -> LastSigned {
        LastSigned {
            origin: origin.to_owned(),
            size: head.size,
            root: head.root.to_string(),
        }
    }
}

/// Signs checkpoints, one at a time.
pub struct Signing {
    spine: Spine,
    key: LogKey,
    state: PathBuf,
    turn: Mutex<()>,
}

const KEEP: &str = "INSERT INTO log_checkpoint (size, note, signed_at) VALUES ($1, $2, $3) \
                    ON CONFLICT (size) DO NOTHING";

impl Signing {
    /// Signs for this spine with this key; the state file lies in the data folder.
    #[must_use]
    pub fn new(spine: Spine, key: LogKey, data_dir: &Path) -> Signing {
        let state = data_dir.join(LAST_SIGNED);
        Signing {
            spine,
            key,
            state,
            turn: Mutex::new(()),
        }
    }

    /// The log's key.
    #[must_use]
    pub fn key(&self) -> &LogKey {
        &self.key
    }

    /// Signs the committed head when it grew since the last time; gives the size signed, if any.
    ///
    /// # Errors
    /// [`CheckpointError`] when the log does not continue what was signed.
    pub async fn sign_if_grown(&self) -> Result<Option<u64>, CheckpointError> {
        let _turn = self.turn.lock().await;
        let Some(head) = self.head().await? else {
            return Ok(None);
        };
        let last = self.last()?;
        let proof = match last {
            Some(last) if (1..head.size).contains(&last.size) => {
                self.spine.consistency(last.size, head.size).await?
            }
            _ => Vec::new(),
        };
        match decide(last, head, &proof) {
            Decision::AlreadySigned => Ok(None),
            Decision::Rollback { last, head } => Err(CheckpointError::Rollback {
                last: last.size,
                head: head.size,
            }),
            Decision::Fork { last, head } => Err(CheckpointError::Fork {
                last: last.size,
                head: head.size,
            }),
            Decision::Sign => {
                self.sign(head).await?;
                Ok(Some(head.size))
            }
        }
    }

    /// The state file goes first: a crash between the two leaves a checkpoint unsigned, never two
    /// roots for one size.
    async fn sign(&self, head: TreeHead) -> Result<(), Fault> {
        let note = Checkpoint::new(&self.key.origin, head)
            .sign(&self.key.signer)
            .map_err(|error| Fault::new(error.to_string()))?;
        let last = LastSigned::of(&self.key.origin, head);
        let text = serde_json::to_string(&last)?;
        write_private(&self.state, &text)
            .map_err(|error| Fault::new(format!("{}: {error}", self.state.display())))?;
        let size = i64::try_from(head.size).map_err(|_| Fault::new("log size"))?;
        let values = binds![size, note.to_string(), self.spine.now()];
        self.spine.db().writer.run(KEEP, values).await?;
        Ok(())
    }

    /// Size and root of the log as it is committed now.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or the head is broken.
    pub async fn head(&self) -> Result<Option<TreeHead>, Fault> {
        self.spine.catch_up().await;
        let reader = &self.spine.db().reader;
        let Some(row) = reader.first(HEAD_SEEN, Vec::new()).await? else {
            return Ok(None);
        };
        Ok(Some(restore(Some(&row))?.head()))
    }

    /// What was signed last, from the file outside the database.
    ///
    /// # Errors
    /// [`Fault`] when the file is there but cannot be read or belongs to another log.
    pub fn last(&self) -> Result<Option<TreeHead>, Fault> {
        remembered(&self.state, &self.key.origin)
    }
}

/// What was signed last for this log, from the file outside the database.
///
/// # Errors
/// [`Fault`] when the file is there but cannot be read or belongs to another log.
pub(crate) fn remembered(state: &Path, log: &str) -> Result<Option<TreeHead>, Fault> {
    let fault = |what: &dyn std::fmt::Display| Fault::new(format!("{}: {what}", state.display()));
    let text = match fs::read_to_string(state) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(&error)),
    };
    let (origin, head) = last_signed(&text).map_err(|error| fault(&error))?;
    if origin != log {
        return Err(fault(&format!("speaks of the log {origin}")));
    }
    Ok(Some(head))
}

/// Reads the signer's memory: the name of the log, and what was signed last.
///
/// # Errors
/// [`Fault`] when the text is none.
pub fn last_signed(text: &str) -> Result<(String, TreeHead), Fault> {
    let last: LastSigned = serde_json::from_str(text)?;
    let root: Hash = last.root.parse().map_err(|_| Fault::new("holds no root"))?;
    let head = TreeHead {
        size: last.size,
        root,
    };
    Ok((last.origin, head))
}

/// Writes a file that only its owner may read, whole or not at all.
///
/// # Errors
/// What the file system says.
pub fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let draft = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&draft)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&draft, path)?;
    fs::File::open(folder)?.sync_all()
}
