//! Base 64 with padding, one spelling for each value 严格 Base64.
//!
//! RFC 4648 section 4. Refused: whitespace, missing or surplus padding, padding bits that are not
//! zero. So what was signed can be printed again byte for byte.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The text for these bytes.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes behind the text; `None` when the text is not the one spelling of any bytes.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// The 32 bytes behind 44 characters, without allocating.
pub(crate) fn decode_32(text: &str) -> Option<[u8; 32]> {
    // Three bytes a group of four characters: 44 characters may announce 33 bytes.
    let mut room = [0_u8; 33];
    match STANDARD.decode_slice(text, &mut room) {
        Ok(32) => room.first_chunk().copied(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_only() {
        assert_eq!(decode("AA=="), Some(vec![0]));
        for wrong in [
            "AA", "AA=", "AB==", "AA==\n", " AA==", "AA\r\n==", "A-==", "AA==AA==",
        ] {
            assert_eq!(decode(wrong), None, "{wrong:?}");
        }
        assert_eq!(decode_32(&encode(&[7; 32])), Some([7; 32]));
        for length in [0, 31, 33, 34, 64] {
            assert_eq!(decode_32(&encode(&vec![7; length])), None, "{length}");
        }
    }
}
