//! A log in memory, as the five tables would hold it: 1,000 entries, 5 checkpoints, one bulk act.

use std::collections::BTreeMap;

use evidence::audit::{AuditReport, Auditor, CheckedRow, ItemRow, Row, StoredHead, check_row};
use evidence::checkpoint::{Checkpoint, LogTrust};
use evidence::commitment::{Salt, commit};
use evidence::entry::{Actor, Entry};
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item, ItemTree};
use evidence::key::SignerKey;
use evidence::tree::{Frontier, TreeHead};
use kernel::Moment;
use serde_json::json;

pub(crate) const ORIGIN: &str = "baton.example.cn/log/main";
pub(crate) const BULK: usize = 500;

#[derive(Clone)]
pub(crate) struct StoredItem {
    pub(crate) item: Vec<u8>,
    pub(crate) payload: Option<Vec<u8>>,
    pub(crate) salt: Option<Vec<u8>>,
}

#[derive(Clone)]
pub(crate) struct StoredRow {
    pub(crate) idx: u64,
    pub(crate) entry: Vec<u8>,
    pub(crate) leaf: Vec<u8>,
    pub(crate) payload: Option<Vec<u8>>,
    pub(crate) salt: Option<Vec<u8>>,
    pub(crate) items: Vec<StoredItem>,
}

#[derive(Clone)]
pub(crate) struct Ledger {
    pub(crate) rows: Vec<StoredRow>,
    pub(crate) tiles: BTreeMap<(u8, u64), Vec<u8>>,
    pub(crate) size: u64,
    pub(crate) frontier: Vec<u8>,
    pub(crate) checkpoints: BTreeMap<u64, String>,
    pub(crate) anchors: Vec<TreeHead>,
}

pub(crate) fn signer() -> SignerKey {
    SignerKey::from_seed(ORIGIN, &[42; 32]).unwrap()
}

pub(crate) fn trust() -> LogTrust {
    LogTrust {
        origin: ORIGIN.to_owned(),
        log_keys: vec![signer().verifier()],
        witness_keys: Vec::new(),
    }
}

pub(crate) fn entry(seq: u64, subject: &str, commit: Hash, prev: Option<Hash>) -> Entry {
    Entry {
        seq,
        tenant: "hengxin".to_owned(),
        act: "customer.reassign".to_owned(),
        at: Moment(1_795_334_400_000).plus_seconds(i64::try_from(seq).unwrap()),
        actor: Actor {
            id: "lgn_0123456789abcdefghjkmnpqrs".to_owned(),
            auth: "password".to_owned(),
            session: Some("5f2b…".to_owned()),
        },
        subject: vec![subject.to_owned()],
        why: "离职交接".to_owned(),
        approvals: Vec::new(),
        commit,
        docs: Vec::new(),
        prev,
    }
}

fn salt(of: u64) -> Salt {
    *leaf_hash(&of.to_be_bytes()).as_bytes()
}

impl Ledger {
    /// Forty subjects in turn; entry 500 is about twenty of them at once.
    pub(crate) fn of(size: u64, checkpoint_each: u64) -> Ledger {
        let mut ledger = Ledger {
            rows: Vec::new(),
            tiles: BTreeMap::new(),
            size: 0,
            frontier: Vec::new(),
            checkpoints: BTreeMap::new(),
            anchors: Vec::new(),
        };
        let mut last: BTreeMap<String, Hash> = BTreeMap::new();
        for seq in 0..size {
            let salt = salt(seq);
            let bulk = seq == u64::try_from(BULK).unwrap();
            let items = if bulk { bulk_items(&last) } else { Vec::new() };
            let payload = if bulk {
                bulk_payload(&items)
            } else {
                json!({ "amount": seq * 100, "name": "客户" }).to_string()
            };
            let subject = if bulk {
                "plan/pln_1".to_owned()
            } else {
                format!("customer/c{}", seq % 40)
            };
            let prev = last.get(&subject).copied();
            let entry = entry(seq, &subject, commit(&salt, payload.as_bytes()), prev)
                .to_bytes()
                .unwrap();
            let leaf = leaf_hash(&entry);
            for item in &items {
                last.insert(Item::from_bytes(&item.item).unwrap().subject, leaf);
            }
            last.insert(subject, leaf);
            ledger.rows.push(StoredRow {
                idx: seq,
                entry,
                leaf: leaf.as_bytes().to_vec(),
                payload: Some(payload.into_bytes()),
                salt: Some(salt.to_vec()),
                items,
            });
        }
        let sizes = (1..=size / checkpoint_each)
            .map(|n| n * checkpoint_each)
            .collect::<Vec<_>>();
        ledger.derive(&sizes);
        ledger
    }

    /// Leaves, tiles and head computed from the entries, as a database administrator could too;
    /// and, with the key, checkpoints at these sizes.
    pub(crate) fn derive(&mut self, checkpoints: &[u64]) {
        let mut frontier = Frontier::default();
        self.tiles.clear();
        for row in &mut self.rows {
            let leaf = leaf_hash(&row.entry);
            row.leaf = leaf.as_bytes().to_vec();
            let tile = (0, frontier.size() >> 8);
            self.tiles.entry(tile).or_default().extend(leaf.as_bytes());
            for hash in frontier.push(leaf) {
                let tile = (hash.level, hash.tile());
                self.tiles
                    .entry(tile)
                    .or_default()
                    .extend(hash.hash.as_bytes());
            }
            if checkpoints.contains(&frontier.size()) {
                let note = Checkpoint::new(ORIGIN, frontier.head())
                    .sign(&signer())
                    .unwrap();
                self.checkpoints.insert(frontier.size(), note.to_string());
            }
        }
        self.size = frontier.size();
        self.frontier = frontier.to_bytes();
    }

    /// The audit; that the rows came all at once, one by one or by threes makes no difference.
    pub(crate) fn audit(&self) -> AuditReport {
        let report = self.audit_by(self.rows.len().max(1));
        for at_once in [1, 3] {
            let other = self.audit_by(at_once);
            assert_eq!(format!("{other:?}"), format!("{report:?}"), "{at_once}");
        }
        report
    }

    fn audit_by(&self, at_once: usize) -> AuditReport {
        let mut auditor = Auditor::default();
        for (size, note) in &self.checkpoints {
            auditor.checkpoint(*size, note, &trust());
        }
        for anchor in &self.anchors {
            auditor.anchor(*anchor);
        }
        for rows in self.rows.chunks(at_once) {
            auditor.rows(rows.iter().map(checked).collect());
        }
        let mut tiles = auditor.head(Some(StoredHead {
            size: self.size,
            frontier: &self.frontier,
        }));
        for ((level, index), data) in &self.tiles {
            tiles.tile(*level, *index, data);
        }
        tiles.finish()
    }
}

fn checked(row: &StoredRow) -> CheckedRow<'_> {
    let items: Vec<ItemRow<'_>> = row
        .items
        .iter()
        .map(|stored| ItemRow {
            item: &stored.item,
            payload: stored.payload.as_deref(),
            salt: stored.salt.as_deref(),
        })
        .collect();
    check_row(&Row {
        idx: row.idx,
        entry: &row.entry,
        leaf: &row.leaf,
        payload: row.payload.as_deref(),
        salt: row.salt.as_deref(),
        items: &items,
    })
}

/// What the entry of a bulk act commits to.
pub(crate) fn bulk_payload(items: &[StoredItem]) -> String {
    let tree = ItemTree::over_bytes(items.iter().map(|item| item.item.as_slice()));
    json!({ "items": tree.root().to_json(), "reason": "区域调整" }).to_string()
}

fn bulk_items(last: &BTreeMap<String, Hash>) -> Vec<StoredItem> {
    (0..20)
        .map(|n| {
            let subject = format!("customer/c{}", n * 2);
            let (salt, payload) = (salt(1_000_000 + n), format!("{{\"owner\":\"emp_{n}\"}}"));
            let item = Item {
                n,
                prev: last.get(&subject).copied(),
                subject,
                commit: commit(&salt, payload.as_bytes()),
            };
            StoredItem {
                item: item.to_bytes().unwrap(),
                payload: Some(payload.into_bytes()),
                salt: Some(salt.to_vec()),
            }
        })
        .collect()
}
