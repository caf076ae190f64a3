//! What lets a reader find the record behind a paper 校验码.

use qrcodegen::{QrCode, QrCodeEcc};
use sha2::{Digest, Sha256};

use crate::content::Content;

/// Eighty bits over the id, the template's version and every fact, as five groups of four hex
/// digits: `3FA9-C2E1-07B4-55D0-9E12`. Who changes a fact on the paper has another code; the id in
/// it has eighty random bits, so that nobody guesses the code of a paper he has not seen.
#[must_use]
pub fn verification_code(id: &str, version: &str, content: &Content) -> String {
    let facts = serde_json::to_vec(content).unwrap_or_default();
    let mut hash = Sha256::new();
    hash.update(b"baton document 1\n");
    for part in [id.as_bytes(), version.as_bytes(), facts.as_slice()] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    let digits = hex::encode_upper(&hash.finalize()[..10]);
    let groups: Vec<&str> = (0..5)
        .filter_map(|n| digits.get(n * 4..n * 4 + 4))
        .collect();
    groups.join("-")
}

/// A QR code as SVG, one path, without the quiet zone (the template leaves it).
pub(crate) fn qr_svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in 0..size {
            if code.get_module(x, y) {
                path.push_str(&format!("M{x},{y}h1v1h-1z"));
            }
        }
    }
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" \
         shape-rendering=\"crispEdges\"><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}
