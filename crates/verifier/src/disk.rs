//! Files and folders, read within limits; links are not followed.

use std::fs;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use bundle::archive::{self, Files, Folder};
use bundle::finding::{Code, Finding};

/// Policies, receipts and checkpoints are small.
pub(crate) const LONGEST_TEXT: u64 = 4 << 20;

/// Why the file system refuses a file or a folder, and what helps, in Chinese and English.
#[must_use]
pub fn whys(error: &std::io::Error) -> (String, String) {
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => (
            "文件或文件夹不存在，请检查路径是否写对",
            "There is no such file or folder; see the path",
        ),
        ErrorKind::PermissionDenied => (
            "没有权限，请检查运行本程序的系统用户能否读写它",
            "Permission denied; see whether the user who runs this program may read and write it",
        ),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => (
            "这里应是文件夹，而路径或其中一段是文件，请检查路径",
            "A folder is wanted here, and the path or a part of it is a file; see the path",
        ),
        ErrorKind::IsADirectory => (
            "这里应是文件，而它是文件夹，请检查路径",
            "A file is wanted here, and this is a folder; see the path",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "所在的磁盘只能读、不能写，请换一个位置",
            "The disk is read-only; choose another place",
        ),
        ErrorKind::StorageFull => (
            "磁盘已满，请腾出空间后再试",
            "The disk is full; make room and try again",
        ),
        _ => return (error.to_string(), error.to_string()),
    };
    (zh.to_owned(), en.to_owned())
}

/// The same in one line.
#[must_use]
pub fn why(error: &std::io::Error) -> String {
    let (zh, en) = whys(error);
    if zh == en {
        zh
    } else {
        format!("{zh}。{en}.")
    }
}

fn named(path: &Path) -> impl Fn(std::io::Error) -> String {
    move |error| format!("{}：{}", path.display(), why(&error))
}

/// A file of at most `most` bytes.
pub(crate) fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(named(path))?;
    let mut content = Vec::new();
    let read = file
        .take(most + 1)
        .read_to_end(&mut content)
        .map_err(named(path))?;
    if u64::try_from(read).unwrap_or(u64::MAX) > most {
        return Err(format!("{}：文件过大 too large", path.display()));
    }
    Ok(content)
}

/// A small file of text.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let content = bytes(path, LONGEST_TEXT)?;
    String::from_utf8(content).map_err(|_| format!("{}：不是文本 not text", path.display()))
}

/// Whether a file begins so.
pub(crate) fn begins(path: &Path, with: &[u8]) -> Result<bool, String> {
    let mut start = Vec::new();
    let file = fs::File::open(path).map_err(named(path))?;
    let most = u64::try_from(with.len()).unwrap_or(u64::MAX);
    let mut file = file.take(most);
    file.read_to_end(&mut start).map_err(named(path))?;
    Ok(start == with)
}

/// A bundle that was unpacked. The outer error is of the disk, the inner one of the bundle.
pub(crate) fn folder(path: &Path) -> Result<Result<Folder, Finding>, String> {
    let mut files = Files::new();
    let mut total = 0;
    let walked = walk(path, "", &mut files, &mut total);
    match walked {
        Err(Stop::Disk(error)) => Err(error),
        Err(Stop::Refused(finding)) => Ok(Err(finding)),
        Ok(()) => Ok(Folder::of_files("folder", files)),
    }
}

enum Stop {
    Disk(String),
    Refused(Finding),
}

fn walk(path: &Path, within: &str, files: &mut Files, total: &mut u64) -> Result<(), Stop> {
    let disk = |error: std::io::Error| Stop::Disk(named(path)(error));
    for entry in fs::read_dir(path).map_err(disk)? {
        let entry = entry.map_err(disk)?;
        let name = entry.file_name();
        let refused = |code, at: &str| Stop::Refused(Finding::new(code, at));
        let Some(name) = name.to_str().filter(|name| archive::is_safe_path(name)) else {
            return Err(refused(Code::ARCHIVE_NAME, within));
        };
        let inner = match within {
            "" => name.to_owned(),
            _ => format!("{within}/{name}"),
        };
        // The metadata of the entry itself: a link is a link, whatever it points to.
        let kind = entry.metadata().map_err(disk)?;
        if kind.is_dir() && inner.len() <= archive::LONGEST_PATH {
            walk(&entry.path(), &inner, files, total)?;
        } else if kind.is_file() {
            *total = total.saturating_add(kind.len());
            if files.len() >= archive::MOST_FILES || *total > archive::MOST_BYTES {
                return Err(refused(Code::ARCHIVE_LIMIT, &inner));
            }
            let content = bytes(&entry.path(), archive::MOST_BYTES_A_FILE).map_err(Stop::Disk)?;
            files.insert(inner, content);
        } else {
            return Err(refused(Code::ARCHIVE_LINK, &inner));
        }
    }
    Ok(())
}
