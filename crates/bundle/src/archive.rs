//! Folders and ZIP files 压缩包.
//!
//! What is read comes from an opponent. Only archives that every program reads alike are opened:
//! each byte is accounted for, no name can leave the folder or stand for two files, and nothing is
//! unpacked before its size is known to fit.

mod read;
mod write;

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Code, Finding};

pub use read::read;
pub use write::{WriteError, write};

/// Files by their path within the folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One folder with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its own name.
    pub name: String,
    /// Files by path, `data/index.json`.
    pub files: Files,
}

/// An archive, or all files of a folder together, has at most this many bytes.
pub const MOST_BYTES: u64 = 512 << 20;
/// One file has at most this many bytes.
pub const MOST_BYTES_A_FILE: u64 = 64 << 20;
/// There are at most this many files.
pub const MOST_FILES: usize = 60_000;
/// A path has at most this many bytes.
pub const LONGEST_PATH: usize = 200;

/// Names that Windows keeps for devices, in lower case, without extension.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Whether a path is safe on every system: ASCII letters, digits, `.`, `_` and `-`, relative, no
/// part that begins or ends with a dot, no name of a device.
#[must_use]
pub fn is_safe_path(path: &str) -> bool {
    path.len() <= LONGEST_PATH && path.split('/').all(is_safe_part)
}

fn is_safe_part(part: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let stem = part.split('.').next().unwrap_or_default();
    let stem = stem
        .trim_end_matches(|c: char| c.is_ascii_digit())
        .to_ascii_lowercase();
    !part.is_empty()
        && part.bytes().all(is_plain)
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !DEVICES.contains(&stem.as_str())
}

/// Sorts paths into one folder and refuses those that could be read in two ways.
///
/// # Errors
/// An unsafe path, two paths that differ in case alone, a file that is a folder too, files outside
/// the one folder, or too many of them.
pub(crate) fn one_folder<'a>(paths: impl Iterator<Item = &'a str>) -> Result<String, Finding> {
    let mut folder = None;
    let (mut files, mut folders) = (BTreeSet::new(), BTreeSet::new());
    for path in paths {
        if files.len() == MOST_FILES {
            return Err(Finding::new(Code::ARCHIVE_LIMIT, "files"));
        }
        if !is_safe_path(path) {
            return Err(Finding::new(Code::ARCHIVE_NAME, shown(path)));
        }
        let within = path.split_once('/').map(|(top, _)| top);
        if within.is_none_or(|top| top != *folder.get_or_insert(top)) {
            return Err(Finding::new(Code::ARCHIVE_NAME, path));
        }
        let folded = path.to_ascii_lowercase();
        let ends = folded.match_indices('/').map(|(at, _)| at);
        folders.extend(ends.map(|at| folded[..at].to_owned()));
        if !files.insert(folded) {
            return Err(Finding::new(Code::ARCHIVE_DUPLICATE, path));
        }
    }
    if let Some(both) = files.intersection(&folders).next() {
        return Err(Finding::new(Code::ARCHIVE_DUPLICATE, both));
    }
    let none = || Finding::new(Code::ARCHIVE_FORM, "");
    folder.map(ToOwned::to_owned).ok_or_else(none)
}

/// A path as it may be printed: other than plain ASCII becomes `?`, and no more than 80.
pub(crate) fn shown(path: &str) -> String {
    let plain = |c: char| if c.is_ascii_graphic() { c } else { '?' };
    path.chars().take(80).map(plain).collect()
}

impl Folder {
    /// A folder out of files that were found on disk, by their path within it.
    ///
    /// # Errors
    /// A path or a size that is refused.
    pub fn of_files(name: &str, files: Files) -> Result<Folder, Finding> {
        let paths: Vec<String> = files.keys().map(|path| format!("folder/{path}")).collect();
        one_folder(paths.iter().map(String::as_str))?;
        let mut total = 0_u64;
        for (path, content) in &files {
            let bytes = u64::try_from(content.len()).unwrap_or(u64::MAX);
            total = total.saturating_add(bytes);
            if bytes > MOST_BYTES_A_FILE || total > MOST_BYTES {
                return Err(Finding::new(Code::ARCHIVE_LIMIT, path));
            }
        }
        Ok(Folder {
            name: name.to_owned(),
            files,
        })
    }

    /// A file as text.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_or_deceive_are_not_safe() {
        for good in ["a/b.json", "case-1/data/VERIFY.md", "a/keys/witness-1.vkey"] {
            assert!(is_safe_path(good), "{good}");
        }
        let long = format!("a/{}", "b".repeat(LONGEST_PATH));
        for bad in [
            "",
            "/a",
            "a//b",
            "a/../b",
            "../a",
            "a/.",
            "a/.b",
            "a/b.",
            "a\\b",
            "C:/a",
            "a/b\0",
            "a/é",
            "a/b ",
            "a/CON",
            "a/con.txt",
            "a/COM1.x",
            "a/lpt9",
            &long,
        ] {
            assert!(!is_safe_path(bad), "{bad}");
        }
    }

    #[test]
    fn one_name_one_file_one_folder() {
        let code = |paths: &[&str]| one_folder(paths.iter().copied()).map_err(|f| f.code.name);
        assert_eq!(code(&["c/a", "c/b/d"]), Ok("c".to_owned()));
        assert_eq!(code(&["c/a", "c/A"]), Err("archive.duplicate"));
        assert_eq!(code(&["c/a", "c/A/b"]), Err("archive.duplicate"));
        assert_eq!(code(&["c/a", "C/b"]), Err("archive.name"));
        assert_eq!(code(&["c/a", "d/b"]), Err("archive.name"));
        assert_eq!(code(&["a"]), Err("archive.name"));
        assert_eq!(code(&[]), Err("archive.form"));
    }
}
