//! Scans and pictures that come with a request 上传的扫描件.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kernel::Refusal;

/// Largest scan: 10 MB.
const MOST: usize = 10 << 20;

/// Reads a scan out of base64; gives its media type, by its first bytes, and its bytes. What a
/// browser would run is none. `pointer` names its place in the request, `code` the refusal.
///
/// # Errors
/// `code`, where it is no PDF, PNG or JPEG, or larger than 10 MB.
pub(crate) fn scan(
    text: &str,
    (code, pointer): (&'static str, &str),
) -> Result<(&'static str, Vec<u8>), Refusal> {
    let wrong = || {
        let zh = "文件应为 PDF、PNG 或 JPEG，不超过 10 MB";
        let en = "A PDF, PNG or JPEG of at most 10 MB";
        Refusal::invalid(code, zh, en).at(pointer, zh)
    };
    let bytes = STANDARD.decode(text.trim()).map_err(|_| wrong())?;
    let media = match &bytes[..] {
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        _ => return Err(wrong()),
    };
    if bytes.len() > MOST {
        return Err(wrong());
    }
    Ok((media, bytes))
}
