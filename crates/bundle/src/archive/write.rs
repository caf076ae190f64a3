//! Writes a folder as a ZIP file: the same files give the same bytes.
//!
//! Nothing is compressed: documents are so already, and the bytes of a compressor change with its
//! version. Every time is the first moment that ZIP knows, 1980-01-01.

use flate2::Crc;

use super::{Folder, MOST_BYTES, MOST_BYTES_A_FILE, one_folder};
use crate::finding::Finding;

const FIRST_DAY: u16 = 0x0021;
const VERSION: u16 = 20;

/// Why a folder is not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// A path that readers would refuse.
    #[error("存证包中的路径「{}」不可用", .0.at)]
    Path(Finding),
    /// More than a bundle may hold.
    #[error("存证包超过 512 MB，或文件「{0}」超过 64 MB，请减少所选内容")]
    TooLarge(String),
}

fn put(out: &mut Vec<u8>, shorts: &[u16]) {
    out.extend(shorts.iter().flat_map(|short| short.to_le_bytes()));
}

fn put_long(out: &mut Vec<u8>, longs: &[u32]) {
    out.extend(longs.iter().flat_map(|long| long.to_le_bytes()));
}

/// The folder as a ZIP file, files sorted by path.
///
/// # Errors
/// It holds too much, or a path that is not safe.
pub fn write(folder: &Folder) -> Result<Vec<u8>, WriteError> {
    let named = |path: &String| format!("{}/{path}", folder.name);
    let names: Vec<String> = folder.files.keys().map(named).collect();
    one_folder(names.iter().map(String::as_str)).map_err(WriteError::Path)?;
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in names.iter().zip(folder.files.values()) {
        let too_large = || WriteError::TooLarge(name.clone());
        let position = |n: usize| u32::try_from(n).map_err(|_| too_large());
        let (size, offset) = (position(content.len())?, position(out.len())?);
        if u64::from(size) > MOST_BYTES_A_FILE || u64::from(offset) + u64::from(size) > MOST_BYTES {
            return Err(too_large());
        }
        let mut crc = Crc::new();
        crc.update(content);
        let length = u16::try_from(name.len()).map_err(|_| too_large())?;
        // What the header of the file and the directory say alike: version, flags, method, time,
        // day; checksum and sizes; lengths of the name and of nothing more.
        let mut alike = Vec::with_capacity(26);
        put(&mut alike, &[VERSION, 0, 0, 0, FIRST_DAY]);
        put_long(&mut alike, &[crc.sum(), size, size]);
        put(&mut alike, &[length, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&alike);
        out.extend(name.bytes());
        out.extend(content);
        directory.extend(b"PK\x01\x02");
        put(&mut directory, &[VERSION]);
        directory.extend(&alike);
        put(&mut directory, &[0, 0, 0]);
        put_long(&mut directory, &[0, offset]);
        directory.extend(name.bytes());
    }
    finish(out, &directory, names.len())
}

fn finish(mut out: Vec<u8>, directory: &[u8], files: usize) -> Result<Vec<u8>, WriteError> {
    let too_large = |_| WriteError::TooLarge(String::new());
    let start = u32::try_from(out.len()).map_err(too_large)?;
    let length = u32::try_from(directory.len()).map_err(too_large)?;
    let files = u16::try_from(files).map_err(too_large)?;
    out.extend(directory);
    out.extend(b"PK\x05\x06");
    put(&mut out, &[0, 0, files, files]);
    put_long(&mut out, &[length, start]);
    put(&mut out, &[0]);
    Ok(out)
}
