//! The company's signature over the manifest, timestamps, and the signatures inside documents.
//!
//! What they say is true or false without trust; whose word it is, is decided by certificates from
//! outside the bundle, as with the policy.

use kernel::Moment;
use signing::detached;
use signing::timestamp::{self, Answer};
use signing::verify::{SignatureKind, State, verify};

use super::{Examination, Trust};
use crate::archive::Folder;
use crate::finding::Code;
use crate::index::Index;
use crate::layout;

/// Bytes without which no signature is inside a PDF: they cannot be packed.
const SIGNED_MARK: &[u8] = b"/ByteRange";

impl Trust {
    /// The same for certificates.
    fn of_certificates(&self) -> timestamp::Trust {
        let seconds = self.now.and_then(|now| i64::try_from(now).ok());
        let millis = seconds.and_then(|seconds| seconds.checked_mul(1_000));
        timestamp::Trust {
            anchors: self.signers.clone(),
            timestamp_anchors: self.clocks.clone(),
            // Every time is believed: no stamp is from the future.
            now: Moment(millis.unwrap_or(i64::MAX / 2)),
        }
    }
}

/// Examines what signs and stamps the manifest and the checkpoints; answers, for checkpoints, the
/// moments at which a believed authority had seen them.
pub(super) fn check_manifest(
    folder: &Folder,
    trust: &Trust,
    to: &mut Examination,
) -> Vec<(u64, u64)> {
    let manifest = folder.files.get(layout::MANIFEST);
    let manifest = manifest.map_or(&[][..], Vec::as_slice);
    let proven = check_stamp(folder, layout::TIMESTAMP, manifest, trust, to);
    check_signature(folder, manifest, proven, trust, to);
    let mut seen = Vec::new();
    for path in folder.files.keys() {
        let Some(size) = layout::stamped_size(path) else {
            continue;
        };
        let Some(note) = folder.files.get(&layout::checkpoint(size)) else {
            continue;
        };
        let at = check_stamp(folder, path, note, trust, to);
        let seconds = at.and_then(|at| u64::try_from(at.unix_seconds()).ok());
        seen.extend(seconds.map(|seconds| (size, seconds)));
    }
    if !trust.clocks.is_empty() && !has_stamps(folder) {
        to.find(Code::TIMESTAMP_MISSING, layout::TIMESTAMP);
    }
    seen
}

fn has_stamps(folder: &Folder) -> bool {
    let mut paths = folder.files.keys();
    paths.any(|path| path == layout::TIMESTAMP || layout::stamped_size(path).is_some())
}

/// One RFC 3161 response; its moment when a believed authority gave it.
fn check_stamp(
    folder: &Folder,
    path: &str,
    over: &[u8],
    trust: &Trust,
    to: &mut Examination,
) -> Option<Moment> {
    let answer = folder.files.get(path)?;
    let checked =
        Answer::read(answer).and_then(|answer| answer.check(over, None, &trust.of_certificates()));
    let code = match checked {
        Ok(stamp) if stamp.trusted => return Some(stamp.at),
        Ok(_) if trust.clocks.is_empty() => Code::TIMESTAMP_UNTRUSTED,
        Ok(_) => Code::TIMESTAMP_UNKNOWN,
        Err(_) => Code::TIMESTAMP_BAD,
    };
    to.find(code, path);
    None
}

fn check_signature(
    folder: &Folder,
    manifest: &[u8],
    proven: Option<Moment>,
    trust: &Trust,
    to: &mut Examination,
) {
    let path = layout::SIGNATURE;
    let Some(message) = folder.files.get(path) else {
        if !trust.signers.is_empty() {
            to.find(Code::SIGNATURE_MISSING, path);
        }
        return;
    };
    match detached::check(message, manifest, proven, &trust.of_certificates()) {
        Ok(signed) if signed.trusted => {}
        Ok(_) if trust.signers.is_empty() => drop(to.find(Code::SIGNATURE_UNTRUSTED, path)),
        Ok(_) => drop(to.find(Code::SIGNATURE_UNKNOWN, path)),
        Err(_) => drop(to.find(Code::SIGNATURE_BAD, path)),
    }
}

/// The signatures inside the documents of the case.
pub(super) fn check_documents(folder: &Folder, index: &Index, trust: &Trust, to: &mut Examination) {
    for line in &index.documents {
        let path = layout::document(&line.file);
        if let Some(content) = folder.files.get(&path) {
            check_document(content, &path, trust, to);
        }
    }
}

/// The signatures inside one PDF; whether it has any.
pub(super) fn check_document(
    content: &[u8],
    path: &str,
    trust: &Trust,
    to: &mut Examination,
) -> bool {
    let mut windows = content.windows(SIGNED_MARK.len());
    if !windows.any(|bytes| bytes == SIGNED_MARK) {
        return false;
    }
    let report = match verify(content, &trust.of_certificates()) {
        Ok(report) if !report.signatures.is_empty() => report,
        // It bears signatures, and they cannot be read without guessing.
        _ => {
            to.find(Code::DOCUMENT_SIGNATURE, path);
            return true;
        }
    };
    for signature in report.signatures {
        let known = match signature.kind {
            SignatureKind::Signature => &trust.signers,
            SignatureKind::DocumentTimestamp => &trust.clocks,
        };
        let code = match signature.state {
            State::Valid => continue,
            State::ChangedAfterSigning
            | State::ForbiddenAddition
            | State::WrongSignature
            | State::Malformed => Code::DOCUMENT_SIGNATURE,
            _ if known.is_empty() => Code::DOCUMENT_UNTRUSTED,
            _ => Code::DOCUMENT_SIGNER,
        };
        to.find(code, path);
    }
    true
}
