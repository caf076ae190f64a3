//! Files that never were evidence 不是存证的文件. They are told apart as the page /verify does it
//! (`web/src/features/verify/engine/kind.ts`): nothing was checked, nothing is said to be false.

use std::path::Path;

/// What a file is, in Chinese and English.
pub(crate) type What = (&'static str, &'static str);

/// How files of a picture begin: PNG, JPEG, GIF, BMP.
const PICTURES: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM"];
/// What ends every archive, also one that something was put before.
const END_OF_ARCHIVE: &[u8] = b"PK\x05\x06";

/// What a file is that bears no proof; `None` for what is to be examined.
pub(crate) fn kind_of(content: &[u8]) -> Option<What> {
    let holds = |word: &[u8]| content.windows(word.len()).any(|part| part == word);
    if content.is_empty() {
        return Some(("这个文件是空的。", "This file is empty."));
    }
    let known = [b"c2sp.org/".as_slice(), b"PK"];
    if known.iter().any(|word| content.starts_with(word)) || holds(END_OF_ARCHIVE) {
        return None;
    }
    if PICTURES.iter().any(|word| content.starts_with(word)) {
        return Some(("这是一张图片。", "This is a picture."));
    }
    Some(match std::str::from_utf8(content) {
        Ok(_) => ("这是一份文本文件。", "This is a text file."),
        Err(_) => (
            "认不出这是什么文件。",
            "It cannot be told what this file is.",
        ),
    })
}

/// That nothing was checked, and whom to ask.
pub(crate) fn no_evidence(path: &Path, (zh, en): What) -> String {
    format!(
        "{}：不是存证文件。{zh}它不带任何接棒的存证，无法判断内容是真是假、有没有改过——这不等于内容有假。\
         请向出具的单位索要存证包（.zip）、存证凭证（.tlog-proof）或已签署的 PDF。\n\
         No evidence. {en} It bears no proof of Baton, so that nobody can tell whether it was \
         changed; that does not mean it is false. Ask whoever gave it to you for a bundle, a \
         receipt or a signed PDF.",
        path.display()
    )
}
