//! Checkpoints: signed, witnessed, each the continuation of the one before.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use evidence::checkpoint::{CheckpointError, SignedCheckpoint};
use evidence::note::NoteError;
use evidence::proof::verify_consistency;
use evidence::split_view::{Compared, compare};
use evidence::tlog_proof::TlogProof;
use evidence::tree::TreeHead;
use evidence::verdict::Verdict;
use evidence::witness::AddCheckpoint;

use super::{Believed, Examination, SECONDS_OF_GRACE};
use crate::archive::Folder;
use crate::finding::Code;
use crate::index::Index;
use crate::layout;

/// A checkpoint that was believed.
#[derive(Clone, Debug)]
pub(super) struct Opened {
    pub(super) head: TreeHead,
    /// VALID with enough witnesses, else VALID-UNWITNESSED.
    pub(super) verdict: Verdict,
    /// The earliest time at which a witness had seen it.
    pub(super) seen: Option<u64>,
    futures: bool,
}

/// All checkpoints of a bundle. Each text is examined once: signatures are the dear part.
pub(super) struct Notes<'a> {
    believed: &'a Believed<'a>,
    opened: HashMap<String, Result<Opened, Code>>,
    /// By size, those that lie in `data/checkpoints` and hold.
    pub(super) listed: BTreeMap<u64, (Opened, String)>,
    /// Sizes that a timestamp authority had seen, and when.
    stamped: Vec<(u64, u64)>,
    /// Sizes that the index names, also those whose file is missing or bad.
    named: BTreeSet<u64>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(believed: &'a Believed<'a>) -> Notes<'a> {
        Notes {
            believed,
            opened: HashMap::new(),
            listed: BTreeMap::new(),
            stamped: Vec::new(),
            named: BTreeSet::new(),
        }
    }

    /// What timestamps of believed authorities say: size, seconds since 1970.
    pub(super) fn stamped(&mut self, seen: &[(u64, u64)]) {
        self.stamped.extend_from_slice(seen);
    }

    /// Believes a checkpoint or says why not.
    pub(super) fn open(&mut self, note: &str) -> Result<Opened, Code> {
        if let Some(known) = self.opened.get(note) {
            return known.clone();
        }
        let opened = self.examine(note);
        self.opened.insert(note.to_owned(), opened.clone());
        opened
    }

    fn examine(&self, note: &str) -> Result<Opened, Code> {
        let Believed { policy, log, trust } = self.believed;
        let mut signed = SignedCheckpoint::open(note, log).map_err(|error| code_of(&error))?;
        let all = signed.witnesses.len();
        let latest = trust
            .now
            .map_or(u64::MAX, |now| now.saturating_add(SECONDS_OF_GRACE));
        signed.witnesses.retain(|witness| witness.seconds <= latest);
        let cosigned = &signed.witnesses;
        let witnessed = !cosigned.is_empty() && policy.quorum_is_met(cosigned);
        Ok(Opened {
            head: signed.checkpoint.head,
            verdict: if witnessed {
                Verdict::Valid
            } else {
                Verdict::ValidUnwitnessed
            },
            seen: cosigned.iter().map(|witness| witness.seconds).min(),
            futures: cosigned.len() < all,
        })
    }

    /// The checkpoints that the index lists, and the steps between them.
    pub(super) fn check(&mut self, folder: &Folder, index: &Index, to: &mut Examination) {
        self.named.extend(&index.checkpoints);
        for size in &index.checkpoints {
            let path = layout::checkpoint(*size);
            if !folder.files.contains_key(&path) {
                continue;
            }
            let Some(text) = folder.text(&path) else {
                to.find(Code::CHECKPOINT_FORM, path);
                continue;
            };
            match self.open(text) {
                Err(code) => drop(to.find(code, path)),
                Ok(opened) if opened.head.size != *size => {
                    to.find(Code::CHECKPOINT_SIZE, path);
                }
                Ok(opened) => {
                    if opened.verdict != Verdict::Valid {
                        to.find(Code::QUORUM_UNMET, &path);
                    }
                    if opened.futures {
                        to.find(Code::COSIGNATURE_FUTURE, &path);
                    }
                    self.listed.insert(*size, (opened, text.to_owned()));
                }
            }
        }
        for pair in index.checkpoints.windows(2) {
            self.step(folder, (pair[0], pair[1]), to);
        }
    }

    fn step(&self, folder: &Folder, (old, new): (u64, u64), to: &mut Examination) {
        let path = layout::consistency(old, new);
        let heads = (self.listed.get(&old), self.listed.get(&new));
        let ((Some((before, _)), Some((after, note))), true) =
            (heads, folder.files.contains_key(&path))
        else {
            return;
        };
        let step = folder
            .text(&path)
            .and_then(|text| text.parse::<AddCheckpoint>().ok());
        match step.filter(|step| step.old == old && step.checkpoint == *note) {
            None => drop(to.find(Code::CONSISTENCY_FORM, path)),
            Some(step) => {
                if verify_consistency(before.head, after.head, &step.proof).is_err() {
                    to.find(Code::CONSISTENCY_PROOF, path);
                }
            }
        }
    }

    /// Holds a believed checkpoint against those listed: the one of its size must be the same text.
    pub(super) fn check_listed(
        &self,
        note: &str,
        at: &str,
        to: &mut Examination,
    ) -> Option<Verdict> {
        let Some(Ok(opened)) = self.opened.get(note) else {
            return None;
        };
        match self.listed.get(&opened.head.size) {
            Some((_, listed)) if listed == note => None,
            Some((listed, text)) if listed.head.root != opened.head.root => {
                self.contradiction(text, note, to);
                to.find(Code::SPLIT_VIEW, at)
            }
            // Missing or bad, which is a finding already.
            None if self.named.contains(&opened.head.size) => None,
            _ => to.find(Code::PROOF_CHECKPOINT, at),
        }
    }

    fn contradiction(&self, one: &str, other: &str, to: &mut Examination) {
        if let Ok(Compared::Split(split)) = compare(one, other, &self.believed.log) {
            to.split_view = Some(split.to_string());
        }
    }

    /// Holds what was kept outside against what is shown here.
    pub(super) fn check_anchors(&mut self, to: &mut Examination) {
        for (n, anchor) in self.believed.trust.anchors.iter().enumerate() {
            let at = format!("anchor {}", n + 1);
            let proof = anchor.parse::<TlogProof>();
            let note = proof.map_or_else(|_| anchor.clone(), |proof| proof.checkpoint);
            let Ok(kept) = self.open(&note) else {
                to.find(Code::ANCHOR_UNUSABLE, at);
                continue;
            };
            match self.listed.get(&kept.head.size) {
                Some((here, _)) if here.head == kept.head => {}
                Some((_, text)) => {
                    self.contradiction(text, &note, to);
                    to.find(Code::SPLIT_VIEW, at);
                }
                None => drop(to.find(Code::ANCHOR_APART, at)),
            }
        }
    }

    /// Between which moments, by the word of others, entry `index` was written: not before the
    /// first, not after the second.
    pub(super) fn between(&self, index: u64) -> (Option<u64>, Option<u64>) {
        let before = self
            .listed
            .range(..=index)
            .rev()
            .find_map(|(_, (opened, _))| opened.seen);
        let after = self
            .listed
            .range(index + 1..)
            .find_map(|(_, (opened, _))| opened.seen);
        // A stamp may be carried in days later: it bounds from above alone.
        let stamps = self.stamped.iter().filter(|(size, _)| *size > index);
        let stamped = stamps.map(|(_, seconds)| *seconds).min();
        (before, after.into_iter().chain(stamped).min())
    }
}

fn code_of(error: &CheckpointError) -> Code {
    match error {
        CheckpointError::NotSignedByLog => Code::CHECKPOINT_UNSIGNED,
        CheckpointError::Note(NoteError::BadSignature(_)) => Code::CHECKPOINT_SIGNATURE,
        CheckpointError::Origin { .. } => Code::CHECKPOINT_ORIGIN,
        _ => Code::CHECKPOINT_FORM,
    }
}
