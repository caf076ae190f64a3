//! Foreign files as bytes: what they are, their encoding, how much is too much 文件与编码.

use std::borrow::Cow;

use encoding_rs::GB18030;
use kernel::Day;
use serde::{Deserialize, Serialize};

use crate::finding::Detail;
use crate::reason::Reason;

/// A file as it was uploaded.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// Its name, with or without folders.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
}

impl<'a> SourceFile<'a> {
    /// The name without folders.
    #[must_use]
    pub fn base_name(&self) -> &'a str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(self.name)
    }
}

/// How much is accepted, and what day it is.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one file.
    pub file_bytes: usize,
    /// Bytes of a workbook after decompression: a zip bomb stops here.
    pub expanded_bytes: u64,
    /// Rows of one sheet.
    pub rows: u32,
    /// Columns of one sheet.
    pub columns: usize,
    /// Bytes of one cell; a spreadsheet's own limit is 32,767 characters.
    pub cell_bytes: usize,
    /// Births after this day are refused; none means that births are not compared.
    pub today: Option<Day>,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            file_bytes: 512 << 20,
            expanded_bytes: 1 << 30,
            rows: 2_000_000,
            columns: 1_000,
            cell_bytes: 131_072,
            today: None,
        }
    }
}

/// The form of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Told by the first bytes.
    #[default]
    Auto,
    /// Delimited text.
    Csv,
    /// An Office Open XML workbook.
    Xlsx,
}

/// The encoding of a text file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// A byte order mark means UTF-8; then strict UTF-8; then GB18030 (law.md §7.5).
    #[default]
    Auto,
    /// UTF-8 with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// GB18030, of which GBK (CP936) is a part.
    Gb18030,
}

/// Why a whole file cannot be used.
#[derive(Clone, Debug)]
pub(crate) struct Unusable {
    pub(crate) reason: Reason,
    pub(crate) detail: Detail,
}

impl Unusable {
    pub(crate) fn because(reason: Reason, detail: impl Into<Detail>) -> Unusable {
        Unusable {
            reason,
            detail: detail.into(),
        }
    }
}

/// Text and the encoding it was read in.
#[derive(Clone, Debug)]
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Encoding,
}

/// Whether the bytes begin like a workbook (a zip archive).
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// How files begin that are taken for tables now and then, whatever their names end in.
const NO_TABLES: [(&[u8], &str); 8] = [
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"RIFF", "WebP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x1f\x8b", "gzip"),
];

/// The bytes as text.
///
/// # Errors
/// Empty files, pictures and the like, UTF-16, old workbooks, and bytes that are neither UTF-8 nor
/// GB18030.
pub(crate) fn decode(bytes: &[u8], encoding: Encoding) -> Result<Decoded<'_>, Unusable> {
    const OLE2: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(OLE2) {
        return Err(Unusable::because(Reason::OldWorkbook, ""));
    }
    let named = NO_TABLES.iter().find(|(head, _)| bytes.starts_with(head));
    if let Some((_, what)) = named {
        return Err(Unusable::because(Reason::NotATable, *what));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unusable::because(Reason::Utf16, ""));
    }
    let marked = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]);
    let body = marked.unwrap_or(bytes);
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Unusable::because(Reason::FileEmpty, ""));
    }
    let utf8 = std::str::from_utf8(body);
    let strict = encoding == Encoding::Utf8 || marked.is_some();
    match utf8 {
        Ok(text) if encoding != Encoding::Gb18030 || marked.is_some() => Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
        }),
        Err(error) if strict => Err(bad_byte(body, error.valid_up_to(), "UTF-8")),
        _ => GB18030
            .decode_without_bom_handling_and_without_replacement(body)
            .map(|text| Decoded {
                text,
                encoding: Encoding::Gb18030,
            })
            .ok_or_else(|| {
                let at = utf8.err().map_or(0, |error| error.valid_up_to());
                bad_byte(body, at, "UTF-8 / GB18030")
            }),
    }
}

fn bad_byte(bytes: &[u8], at: usize, tried: &str) -> Unusable {
    let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
    let detail = Detail::both(
        format!("第 {line} 行起无法按 {tried} 解读"),
        format!("line {line} cannot be read as {tried}"),
    );
    Unusable {
        reason: Reason::UnknownEncoding,
        detail,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Result<(String, Encoding), Reason> {
        decode(bytes, Encoding::Auto)
            .map(|d| (d.text.into_owned(), d.encoding))
            .map_err(|unusable| unusable.reason)
    }

    #[test]
    fn encodings_are_told_apart() {
        let utf8 = ("客户,张三".to_owned(), Encoding::Utf8);
        assert_eq!(read("客户,张三".as_bytes()), Ok(utf8.clone()));
        assert_eq!(read("\u{feff}客户,张三".as_bytes()), Ok(utf8));
        let gbk = b"\xBF\xCD\xBB\xA7\x2C\xD5\xC5\xC8\xFD";
        assert_eq!(read(gbk), Ok(("客户,张三".to_owned(), Encoding::Gb18030)));
    }

    #[test]
    fn rare_characters_of_names_survive() {
        for (bytes, name) in [
            (&b"\xFE\x9F"[..], "䶮"),
            (&b"\x82\x30\xB7\x31"[..], "㛃"),
            (&b"\x99\x33\xA8\x38"[..], "𬭊"),
        ] {
            assert_eq!(read(bytes), Ok((name.to_owned(), Encoding::Gb18030)));
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(read(b""), Err(Reason::FileEmpty));
        assert_eq!(read(b"\xef\xbb\xbf\r\n"), Err(Reason::FileEmpty));
        assert_eq!(read(b"\xff\xfea\0"), Err(Reason::Utf16));
        assert_eq!(read(b"\xd0\xcf\x11\xe0rest"), Err(Reason::OldWorkbook));
        assert_eq!(read(b"%PDF-1.7\n"), Err(Reason::NotATable));
        assert_eq!(read(b"\x89PNG\r\n\x1a\n\0"), Err(Reason::NotATable));
        assert_eq!(read(b"\xff\xd8\xff\xe0\0"), Err(Reason::NotATable));
        assert_eq!(read(b"ok\n\xff\xff\xff"), Err(Reason::UnknownEncoding));
        assert_eq!(read(b"\xef\xbb\xbfok\xff"), Err(Reason::UnknownEncoding));
    }

    #[test]
    fn the_mapping_may_decide() {
        let gbk = b"\xBF\xCD";
        assert!(decode(gbk, Encoding::Utf8).is_err());
        // Two characters of GBK that happen to be valid UTF-8.
        let both = "ÄÅ".as_bytes();
        let forced = decode(both, Encoding::Gb18030).unwrap();
        assert_eq!(forced.encoding, Encoding::Gb18030);
        assert_ne!(forced.text, "ÄÅ");
    }
}
