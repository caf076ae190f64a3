//! The archive itself: members in, members out, nothing believed 归档读写.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write as _};
use std::path::Path;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::Trouble;
use super::manifest::{
    KEY, MANIFEST, Manifest, Member, NOTE, SECOND_KEY, SECOND_STATE, SIGNING, STATE, digest,
};

/// Rows are gathered into members of about this size: 4 MB.
pub(super) const MEMBER_BYTES: usize = 4 << 20;
/// No member is larger: a single row could make one larger than the above, but not this large.
const MOST_MEMBER_BYTES: u64 = 256 << 20;
/// Rows pack to a tenth; what unpacks to more than a hundred times its size is meant to harm.
const MOST_EXPANSION: u64 = 100;
/// Small archives may expand to this much whatever their size: 64 MB.
const ALWAYS_ALLOWED: u64 = 64 << 20;

/// An archive in the making.
pub(super) struct Packer {
    tar: tar::Builder<GzEncoder<BufWriter<File>>>,
    pub(super) members: Vec<Member>,
    seconds: u64,
}

impl Packer {
    /// Begins an archive in this file; `seconds` since 1970 becomes the date of its members.
    pub(super) fn new(file: File, seconds: u64) -> Packer {
        let encoder = GzEncoder::new(BufWriter::new(file), Compression::new(4));
        Packer {
            tar: tar::Builder::new(encoder),
            members: Vec::new(),
            seconds,
        }
    }

    /// Adds a member.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let mut header = tar::Header::new_ustar();
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        header.set_size(size);
        header.set_mode(0o600);
        header.set_mtime(self.seconds);
        header.set_entry_type(tar::EntryType::Regular);
        self.tar.append_data(&mut header, name, bytes)?;
        self.members.push(Member {
            name: name.to_owned(),
            size,
            sha256: digest(bytes),
        });
        Ok(())
    }

    /// Ends the archive and waits for the disk.
    pub(super) fn finish(self) -> std::io::Result<()> {
        let mut buffer = self.tar.into_inner()?.finish()?;
        buffer.flush()?;
        buffer.get_ref().sync_all()
    }
}

/// The names that a backup may hold; nothing else is even looked at.
fn is_known(name: &str) -> bool {
    let beside_rows = [
        MANIFEST,
        NOTE,
        STATE,
        KEY,
        SIGNING,
        SECOND_KEY,
        SECOND_STATE,
    ];
    if beside_rows.contains(&name) {
        return true;
    }
    let Some((table, number)) = name.strip_prefix("books/").and_then(|n| n.split_once('/')) else {
        return false;
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let named = !table.is_empty() && table.len() <= 63 && table.chars().all(plain);
    named && number.len() == 6 && number.chars().all(|c| c.is_ascii_digit())
}

/// The table and the number of a member of rows.
pub(super) fn table_of(name: &str) -> Option<&str> {
    Some(name.strip_prefix("books/")?.split_once('/')?.0)
}

/// Gives up when more comes out than a backup of this size could hold.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        if count > self.left {
            return Err(std::io::Error::other(TOO_LARGE));
        }
        self.left -= count;
        Ok(read)
    }
}

const TOO_LARGE: &str = "expands beyond measure";

fn broken(error: &std::io::Error) -> Trouble {
    if error.to_string().contains(TOO_LARGE) {
        return Trouble::archive(
            "archive.too_large",
            "解压后大得不合常理",
            "it expands beyond measure",
        );
    }
    Trouble::archive(
        "archive.damaged",
        &format!("文件损坏或不完整（{error}）"),
        &format!("it is damaged or cut off ({error})"),
    )
}

/// What is done with a member: its name and its bytes.
pub(super) type Visit<'a> = dyn FnMut(&str, Vec<u8>) -> Result<(), Trouble> + 'a;

/// Shows every member, in order, with its bytes. Names, kinds and sizes are checked first.
pub(super) fn each_member(path: &Path, visit: &mut Visit<'_>) -> Result<(), Trouble> {
    let file = File::open(path).map_err(|error| Trouble::file(path, &error))?;
    let length = file
        .metadata()
        .map_err(|error| Trouble::file(path, &error))?
        .len();
    let left = length.saturating_mul(MOST_EXPANSION).max(ALWAYS_ALLOWED);
    let inner = GzDecoder::new(BufReader::new(file));
    let mut tar = tar::Archive::new(Bounded { inner, left });
    let mut seen = BTreeSet::new();
    for entry in tar.entries().map_err(|error| broken(&error))? {
        let mut entry = entry.map_err(|error| broken(&error))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let regular = entry.header().entry_type() == tar::EntryType::Regular;
        if !regular || !is_known(&name) {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
            return Err(Trouble::archive(
                "archive.foreign_member",
                &format!("含有不属于备份的内容「{shown}」"),
                &format!("it holds `{shown}`, which does not belong into a backup"),
            ));
        }
        let size = entry.size();
        if size > MOST_MEMBER_BYTES {
            return Err(Trouble::archive(
                "archive.too_large",
                &format!("「{name}」大得不合常理"),
                &format!("`{name}` is larger than any member may be"),
            ));
        }
        if !seen.insert(name.clone()) {
            return Err(Trouble::archive(
                "archive.twice",
                &format!("「{name}」出现了两次"),
                &format!("`{name}` stands in it twice"),
            ));
        }
        let mut bytes = Vec::new();
        entry
            .read_to_end(&mut bytes)
            .map_err(|error| broken(&error))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) != size {
            return Err(broken(&std::io::Error::from(
                std::io::ErrorKind::UnexpectedEof,
            )));
        }
        visit(&name, bytes)?;
    }
    // To the end of the file, where gzip has its own check.
    let mut rest = tar.into_inner();
    std::io::copy(&mut rest, &mut std::io::sink()).map_err(|error| broken(&error))?;
    Ok(())
}

/// What stands in an archive beside the rows, after every digest was checked.
pub(super) struct Examined {
    pub(super) manifest: Manifest,
    pub(super) manifest_bytes: Vec<u8>,
    pub(super) note: String,
    pub(super) state: Option<Vec<u8>>,
    pub(super) key: Option<Vec<u8>>,
    pub(super) signing: Option<Vec<u8>>,
    /// Key and memory of the second log.
    pub(super) second_key: Option<Vec<u8>>,
    pub(super) second_state: Option<Vec<u8>>,
}

/// Reads the archive once and compares every member with the manifest at its end.
pub(super) fn examine(path: &Path) -> Result<Examined, Trouble> {
    let mut members = Vec::new();
    let (mut manifest_bytes, mut note, mut state) = (None, None, None);
    let (mut key, mut signing) = (None, None);
    let (mut second_key, mut second_state) = (None, None);
    each_member(path, &mut |name, bytes| {
        if name != MANIFEST && name != NOTE {
            members.push(Member {
                name: name.to_owned(),
                size: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
                sha256: digest(&bytes),
            });
        }
        match name {
            MANIFEST => manifest_bytes = Some(bytes),
            NOTE => note = Some(bytes),
            STATE => state = Some(bytes),
            KEY => key = Some(bytes),
            SIGNING => signing = Some(bytes),
            SECOND_KEY => second_key = Some(bytes),
            SECOND_STATE => second_state = Some(bytes),
            _ => {}
        }
        Ok(())
    })?;
    let cut_off = || {
        Trouble::archive(
            "archive.unfinished",
            "没有清单，备份没有做完或被截断",
            "it has no manifest: it was never finished, or cut off",
        )
    };
    let manifest_bytes = manifest_bytes.ok_or_else(cut_off)?;
    let note = note.ok_or_else(cut_off)?;
    let manifest: Manifest = serde_json::from_slice(&manifest_bytes).map_err(|error| {
        Trouble::archive(
            "archive.manifest",
            &format!("清单无法识别（{error}）"),
            &format!("its manifest is not understood ({error})"),
        )
    })?;
    if let Some(wrong) = difference(&manifest.members, &members) {
        return Err(Trouble::archive(
            "archive.digest",
            &format!("「{wrong}」与清单不符，内容被改动或缺失"),
            &format!("`{wrong}` is not what the manifest says: it was changed or is missing"),
        ));
    }
    Ok(Examined {
        manifest,
        manifest_bytes,
        note: String::from_utf8_lossy(&note).into_owned(),
        state,
        key,
        signing,
        second_key,
        second_state,
    })
}

/// The first member that the two lists do not agree on.
fn difference(said: &[Member], found: &[Member]) -> Option<String> {
    let pair = said.iter().zip(found).find(|(a, b)| a != b);
    if let Some((said, _)) = pair {
        return Some(said.name.clone());
    }
    let longer = if said.len() > found.len() {
        said
    } else {
        found
    };
    longer
        .get(said.len().min(found.len()))
        .map(|m| m.name.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_a_backup_are_known() {
        for name in [
            "manifest.json",
            "manifest.note",
            "keys/log.key",
            "state/checkpoint.json",
            "keys/log-sm2.key",
            "state/checkpoint-sm.json",
        ] {
            assert!(is_known(name), "{name}");
        }
        assert!(is_known("books/customer_assignment/000001"));
        for name in [
            "../etc/passwd",
            "/etc/passwd",
            "books/../../x/000001",
            "books/customer/1",
            "books/customer/000001/x",
            "books//000001",
            "books/Customer/000001",
            "books/customer;drop/000001",
            "keys/log.key/",
            "./manifest.json",
            "",
        ] {
            assert!(!is_known(name), "{name}");
        }
    }
}
