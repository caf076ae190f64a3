//! What a witness remembers: one head for each log, on disk before anybody sees a signature 见证记忆.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use ::evidence::cosigner::CosignerKey;
use ::evidence::hash::Hash;
use ::evidence::tree::TreeHead;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use spine::{Chance, write_private};

/// One log as it was signed last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    origin: String,
    size: u64,
    root: Hash,
    /// The checkpoint with the witness's own signature, for whoever monitors.
    note: String,
}

/// The memory of one witness. Nobody else may use its folder meanwhile.
#[derive(Debug)]
pub struct Memory {
    folder: PathBuf,
    kept: BTreeMap<String, Kept>,
    _lock: File,
}

/// The name under which a log is kept and monitored.
#[must_use]
pub fn name_of(origin: &str) -> String {
    hex::encode(Sha256::digest(origin.as_bytes()))
}

fn named(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}：{error}", path.display())
}

impl Memory {
    /// Opens the folder and reads everything that was signed.
    ///
    /// # Errors
    /// The folder is in use or cannot be read, or what is in it is damaged: a witness that has
    /// forgotten must not sign as if it knew.
    pub fn open(folder: &Path) -> Result<Memory, String> {
        let logs = folder.join("logs");
        fs::create_dir_all(&logs).map_err(|error| named(&logs, &error))?;
        let path = folder.join("witness.lock");
        let lock = File::options().create(true).append(true).open(&path);
        let lock = lock.map_err(|error| named(&path, &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(named(&path, &"另一个见证进程正在使用此文件夹 in use"));
            }
            Err(TryLockError::Error(error)) => return Err(named(&path, &error)),
        }
        let mut kept = BTreeMap::new();
        for entry in fs::read_dir(&logs).map_err(|error| named(&logs, &error))? {
            let path = entry.map_err(|error| named(&logs, &error))?.path();
            // A draft that was never put in place was never answered either.
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let text = fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
            let one: Kept = serde_json::from_str(&text).map_err(|error| named(&path, &error))?;
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            if stem != Some(name_of(&one.origin).as_str()) {
                return Err(named(&path, &"文件名与日志名称不符 belongs to another log"));
            }
            kept.insert(one.origin.clone(), one);
        }
        Ok(Memory {
            folder: logs,
            kept,
            _lock: lock,
        })
    }

    /// What was signed last for this log.
    #[must_use]
    pub fn head(&self, origin: &str) -> Option<TreeHead> {
        let kept = self.kept.get(origin)?;
        let (size, root) = (kept.size, kept.root);
        Some(TreeHead { size, root })
    }

    /// The newest checkpoint of the log with this name, with the witness's signature.
    #[must_use]
    pub fn note(&self, name: &str) -> Option<&str> {
        let mut all = self.kept.values();
        let found = all.find(|kept| name_of(&kept.origin) == name);
        found.map(|kept| kept.note.as_str())
    }

    /// Remembers a head: on disk first, file and folder, then here.
    ///
    /// # Errors
    /// It could not be written; nothing is remembered and nothing may be answered.
    pub fn keep(&mut self, origin: &str, head: TreeHead, note: String) -> Result<(), String> {
        let path = self.folder.join(format!("{}.json", name_of(origin)));
        let kept = Kept {
            origin: origin.to_owned(),
            size: head.size,
            root: head.root,
            note,
        };
        let text = serde_json::to_string(&kept).map_err(|error| named(&path, &error))?;
        write_private(&path, &text).map_err(|error| named(&path, &error))?;
        self.kept.insert(origin.to_owned(), kept);
        Ok(())
    }
}

/// The witness's key, from `witness.key` in its folder; made when there is none.
///
/// # Errors
/// The file cannot be read or written, holds no key, or one of another name.
pub fn key(folder: &Path, name: &str, chance: &dyn Chance) -> Result<CosignerKey, String> {
    let path = folder.join("witness.key");
    if path.exists() {
        let text = fs::read_to_string(&path).map_err(|error| named(&path, &error))?;
        let key: CosignerKey = text.trim().parse().map_err(|error| named(&path, &error))?;
        let is = key.verifier().name();
        if is != name {
            return Err(named(
                &path,
                &format!("这是「{is}」的密钥，不是「{name}」的"),
            ));
        }
        return Ok(key);
    }
    let mut seed = [0; 32];
    chance.fill(&mut seed);
    let key = CosignerKey::from_seed(name, &seed).map_err(|error| named(&path, &error))?;
    let text = format!("{}\n", key.to_secret_text());
    write_private(&path, &text).map_err(|error| named(&path, &error))?;
    Ok(key)
}
