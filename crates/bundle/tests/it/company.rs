//! A log of 1,000 records with 5 cosigned checkpoints and one bulk act, and a case out of it.

use std::collections::BTreeMap;

use bundle::bag::BagInfo;
use bundle::case::{Case, Content, Document, Part, Record};
use bundle::examine::Trust;
use evidence::checkpoint::Checkpoint;
use evidence::commitment::{Salt, commit};
use evidence::cosigner::CosignerKey;
use evidence::entry::{self, Actor, Entry};
use evidence::file_digest::FileDigest;
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item, ItemTree};
use evidence::key::SignerKey;
use evidence::note::Note;
use evidence::policy::{KeyLine, Policy};
use evidence::proof::{consistency_among, inclusion_among};
use evidence::tlog_proof::TlogProof;
use evidence::tree::{TreeHead, mth};
use kernel::{Day, Moment};
use serde_json::json;

pub(crate) const ORIGIN: &str = "baton.example.cn/log/main";
pub(crate) const START: u64 = 1_795_334_400;
/// A month later.
pub(crate) const NOW: u64 = START + 30 * 86_400;
pub(crate) const BULK: usize = 500;
pub(crate) const PAPER: usize = 240;

pub(crate) fn log_key() -> SignerKey {
    SignerKey::from_seed(ORIGIN, &[42; 32]).unwrap()
}

pub(crate) fn witness_key() -> CosignerKey {
    CosignerKey::from_seed("witness.example.cn/finance", &[43; 32]).unwrap()
}

pub(crate) fn policy() -> Policy {
    let (key, url) = (log_key().verifier(), None);
    Policy::of_log(KeyLine { key, url })
        .witness("finance", witness_key().verifier().clone(), None)
        .quorum(1)
        .build()
        .unwrap()
}

pub(crate) fn trust() -> Trust {
    Trust {
        policy: Some(policy()),
        now: Some(NOW),
        ..Trust::default()
    }
}

#[derive(Clone)]
pub(crate) struct Row {
    pub(crate) entry: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) salt: Salt,
    pub(crate) items: Vec<(Vec<u8>, Vec<u8>, Salt)>,
}

#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) rows: Vec<Row>,
    pub(crate) leaves: Vec<Hash>,
    pub(crate) checkpoints: BTreeMap<u64, String>,
    /// The document that entry 240 names.
    pub(crate) paper: Vec<u8>,
}

pub(crate) fn salt(of: usize) -> Salt {
    *leaf_hash(&of.to_be_bytes()).as_bytes()
}

pub(crate) fn paper() -> Vec<u8> {
    "%PDF-1.7 离职交接确认书".as_bytes().to_vec()
}

fn number(n: usize) -> u64 {
    u64::try_from(n).unwrap()
}

/// A checkpoint over these leaves, signed and cosigned ten seconds after the last entry.
pub(crate) fn signed(leaves: &[Hash]) -> String {
    let size = number(leaves.len());
    let root = mth(leaves);
    let mut note = Checkpoint::new(ORIGIN, TreeHead { size, root })
        .sign(&log_key())
        .unwrap();
    cosign(&mut note, START + size + 10);
    note.to_string()
}

pub(crate) fn cosign(note: &mut Note, seconds: u64) {
    note.add(witness_key().cosign(note.text(), seconds));
}

impl Log {
    /// Forty subjects in turn; entry 500 is about twenty of them at once, entry 240 has a paper.
    pub(crate) fn of(size: usize, each: usize) -> Log {
        Log::with_paper(size, each, paper())
    }

    /// The same with another paper.
    pub(crate) fn with_paper(size: usize, each: usize, paper: Vec<u8>) -> Log {
        let mut log = Log {
            paper,
            rows: Vec::new(),
            leaves: Vec::new(),
            checkpoints: BTreeMap::new(),
        };
        let mut last: BTreeMap<String, Hash> = BTreeMap::new();
        for seq in 0..size {
            let items = if seq == BULK {
                items(&last)
            } else {
                Vec::new()
            };
            let (payload, subject) = if seq == BULK {
                let tree = ItemTree::over_bytes(items.iter().map(|(item, ..)| item.as_slice()));
                (
                    json!({ "items": tree.root().to_json() }),
                    "plan/pln_1".to_owned(),
                )
            } else {
                let payload = json!({ "amount": seq * 100, "name": "客户" });
                (payload, format!("customer/c{}", seq % 40))
            };
            let payload = payload.to_string().into_bytes();
            let prev = last.get(&subject).copied();
            let row = row(seq, &subject, payload, items, prev, &log.paper);
            let leaf = leaf_hash(&row.entry);
            for (item, ..) in &row.items {
                last.insert(Item::from_bytes(item).unwrap().subject, leaf);
            }
            last.insert(subject, leaf);
            log.leaves.push(leaf);
            log.rows.push(row);
            if (seq + 1) % each == 0 {
                log.checkpoints.insert(number(seq + 1), signed(&log.leaves));
            }
        }
        log
    }

    /// The tree and its signatures made anew, as somebody with the log's key could; the witness
    /// does not sign.
    pub(crate) fn rewrite(&mut self) {
        self.leaves = self.rows.iter().map(|row| leaf_hash(&row.entry)).collect();
        for (size, note) in &mut self.checkpoints {
            let leaves = &self.leaves[..usize::try_from(*size).unwrap()];
            let head = TreeHead {
                size: *size,
                root: mth(leaves),
            };
            *note = Checkpoint::new(ORIGIN, head)
                .sign(&log_key())
                .unwrap()
                .to_string();
        }
    }

    /// The proof of a record under the first checkpoint that covers it.
    pub(crate) fn proof(&self, index: usize) -> TlogProof {
        let (size, note) = self.checkpoints.range(number(index + 1)..).next().unwrap();
        let leaves = &self.leaves[..usize::try_from(*size).unwrap()];
        TlogProof {
            extra: None,
            index: number(index),
            hashes: inclusion_among(leaves, number(index)).unwrap(),
            checkpoint: note.clone(),
        }
    }

    pub(crate) fn record(&self, index: usize) -> Record {
        let row = &self.rows[index];
        let tree = ItemTree::over_bytes(row.items.iter().map(|(item, ..)| item.as_slice()));
        let part = |(n, (item, payload, salt)): (u64, &(Vec<u8>, Vec<u8>, Salt))| Part {
            n,
            item: item.clone(),
            content: shown(payload, salt),
            proof: tree.proof(n).unwrap(),
        };
        Record {
            entry: row.entry.clone(),
            content: shown(&row.payload, &row.salt),
            items: (0..).zip(&row.items).map(part).collect(),
            proof: self.proof(index),
        }
    }

    /// A case of these records, about these customers.
    pub(crate) fn case(&self, records: Vec<Record>, subjects: &[&str]) -> Case {
        let sizes: Vec<u64> = self.checkpoints.keys().copied().collect();
        let step = |pair: &[u64]| {
            let leaves = &self.leaves[..usize::try_from(pair[1]).unwrap()];
            (
                (pair[0], pair[1]),
                consistency_among(leaves, pair[0]).unwrap(),
            )
        };
        let has_paper = records
            .iter()
            .any(|record| record.proof.index == number(PAPER));
        Case {
            name: "BATON-2026-0001".to_owned(),
            info: BagInfo {
                organization: "恒信商贸有限公司".to_owned(),
                identifier: "departure/dep_0001".to_owned(),
                day: Day::of(2026, 11, 26).unwrap(),
            },
            log: log_key().verifier(),
            witnesses: [("finance".to_owned(), witness_key().verifier().clone())].into(),
            policy: policy(),
            subjects: subjects
                .iter()
                .map(|subject| (*subject).to_owned())
                .collect(),
            records,
            checkpoints: self.checkpoints.clone(),
            consistency: sizes.windows(2).map(step).collect(),
            timestamps: BTreeMap::new(),
            documents: has_paper
                .then(|| paper_of_the_case(&self.paper))
                .into_iter()
                .collect(),
            certificates: BTreeMap::new(),
            report: None,
            sm: None,
        }
    }

    /// Everything about customer c0: 25 records and its item of the bulk act.
    pub(crate) fn about_c0(&self) -> Case {
        let choice = bundle::choice::Choice {
            about: ["customer/c0".to_owned()].into(),
            ..Default::default()
        };
        let records = (0..self.rows.len()).filter_map(|index| choice.of(self.record(index)));
        self.case(records.collect(), &["customer/c0"])
    }
}

fn paper_of_the_case(paper: &[u8]) -> Document {
    Document {
        file: "LZ2026-0001-QR1.pdf".to_owned(),
        content: paper.to_vec(),
        record: number(PAPER),
    }
}

fn shown(payload: &[u8], salt: &Salt) -> Content {
    Content::Shown {
        payload: payload.to_vec(),
        salt: *salt,
    }
}

fn row(
    seq: usize,
    subject: &str,
    payload: Vec<u8>,
    items: Vec<(Vec<u8>, Vec<u8>, Salt)>,
    prev: Option<Hash>,
    paper: &[u8],
) -> Row {
    let salt = salt(seq);
    let paper = entry::Document {
        name: "doc_1".to_owned(),
        sha256: FileDigest::sha256(paper),
        sm3: None,
    };
    let entry = Entry {
        seq: number(seq),
        tenant: "hengxin".to_owned(),
        act: "customer.reassign".to_owned(),
        at: Moment(i64::try_from((START + number(seq)) * 1_000).unwrap()),
        actor: Actor {
            id: "lgn_0123456789abcdefghjkmnpqrs".to_owned(),
            auth: "password".to_owned(),
            session: Some("5f2b…".to_owned()),
        },
        subject: vec![subject.to_owned()],
        why: "离职交接".to_owned(),
        approvals: Vec::new(),
        commit: commit(&salt, &payload),
        docs: if seq == PAPER {
            vec![paper]
        } else {
            Vec::new()
        },
        prev,
    };
    Row {
        entry: entry.to_bytes().unwrap(),
        payload,
        salt,
        items,
    }
}

fn items(last: &BTreeMap<String, Hash>) -> Vec<(Vec<u8>, Vec<u8>, Salt)> {
    let item = |n: usize| {
        let subject = format!("customer/c{}", n * 2);
        let (salt, payload) = (salt(1_000_000 + n), format!("{{\"owner\":\"emp_{n}\"}}"));
        let item = Item {
            n: number(n),
            prev: last.get(&subject).copied(),
            subject,
            commit: commit(&salt, payload.as_bytes()),
        };
        (item.to_bytes().unwrap(), payload.into_bytes(), salt)
    };
    (0..20).map(item).collect()
}
