//! The second log: the same records under SM3, its head signed with SM2.
//!
//! It adds to the first and never stands for it: what the first log does not prove, this one does
//! not make good.

use evidence::policy::Policy;
use evidence::sm::{SmError, SmVerifierKey, includes, origin_of};
use evidence::tlog_proof::TlogProof;
use evidence::tree::TreeHead;

use super::Examination;
use crate::archive::Folder;
use crate::finding::Code;
use crate::index::{Index, SmLine};
use crate::layout;

/// Checks what the bundle holds of the second log; `outside` is the policy from outside.
pub(super) fn check(
    folder: &Folder,
    index: &Index,
    outside: Option<&Policy>,
    to: &mut Examination,
) {
    let origin = origin_of(&index.origin);
    let known: Vec<&SmVerifierKey> = outside.map_or_else(Vec::new, |policy| policy.sm(&origin));
    let Some(line) = &index.sm else {
        if !known.is_empty() {
            to.find(Code::SM_MISSING, origin);
        }
        return;
    };
    // What is missing is a finding already.
    if !folder.files.contains_key(layout::SM_KEY) {
        return;
    }
    let Some(key) = key(folder, &origin).filter(|_| line.origin == origin) else {
        to.find(Code::SM_FORM, layout::SM_KEY);
        return;
    };
    let pem = folder.files.get(layout::SM_PEM);
    if pem.is_some_and(|text| *text != key.to_pem().into_bytes()) {
        to.find(Code::SM_FORM, layout::SM_PEM);
    }
    match known.as_slice() {
        [] => drop(to.find(Code::SM_UNTRUSTED, layout::SM_KEY)),
        known if !known.contains(&&key) => drop(to.find(Code::SM_UNKNOWN, layout::SM_KEY)),
        _ => {}
    }
    if let Some((note, head)) = head(folder, line, &key, to) {
        check_records(folder, index, note, head, to);
    }
}

fn key(folder: &Folder, origin: &str) -> Option<SmVerifierKey> {
    let text = folder.text(layout::SM_KEY)?.strip_suffix('\n')?;
    let key: SmVerifierKey = text.parse().ok()?;
    (key.name() == origin).then_some(key)
}

fn head<'a>(
    folder: &'a Folder,
    line: &SmLine,
    key: &SmVerifierKey,
    to: &mut Examination,
) -> Option<(&'a str, TreeHead)> {
    let path = layout::sm_checkpoint(line.checkpoint);
    if !folder.files.contains_key(&path) {
        return None;
    }
    let note = folder.text(&path).unwrap_or_default();
    match key.open(note) {
        Ok(head) if head.size == line.checkpoint => return Some((note, head)),
        Ok(_) | Err(SmError::Form | SmError::Origin) => to.find(Code::SM_FORM, path),
        Err(SmError::Unsigned | SmError::Signature) => to.find(Code::SM_SIGNATURE, path),
    };
    None
}

fn check_records(folder: &Folder, index: &Index, note: &str, head: TreeHead, to: &mut Examination) {
    for line in &index.records {
        let path = layout::sm_proof(line.index);
        let entry = folder.files.get(&layout::record(line.index));
        let (Some(entry), true) = (entry, folder.files.contains_key(&path)) else {
            continue;
        };
        let proof = folder.text(&path).unwrap_or_default().parse::<TlogProof>();
        let Ok(proof) = proof else {
            to.find(Code::SM_FORM, path);
            continue;
        };
        let is_of_it = proof.index == line.index && proof.checkpoint == note;
        if !is_of_it || !includes(head, line.index, entry, &proof.hashes) {
            to.find(Code::SM_PROOF, path);
        }
    }
}
