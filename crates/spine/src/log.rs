//! The evidence log, written in the same transaction as the business change 存证日志.

use std::collections::{HashMap, HashSet};

use evidence::commitment::commit;
use evidence::entry::{Actor, Entry};
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item as LogItem, ItemTree, ItemsRoot};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::act::Item;
use crate::books::{Rowset, Setting, values_text};
use crate::bulk;
use crate::foresight::{End, Foresight};
use crate::link::Transaction;
use crate::register::{self, Settled};
use crate::rows::Written;
use crate::{Binds, By, Failure, Fault, Query, Record, Row, Select, Writer, binds};

/// The tables of the log; nothing but this crate writes to them.
pub const LOG_TABLES: &[&str] = &[
    "log_entry",
    "log_payload",
    "log_item",
    "log_chunk",
    "log_chunk_payload",
    "log_subject",
    "log_tile",
    "log_node",
    "log_head",
    "log_checkpoint",
    "log_cosignature",
    "log_stamp",
    "log_stamp_query",
    "log_sm_tile",
    "log_sm_head",
    "log_sm_checkpoint",
];

/// An act's record on its way into the log.
pub(crate) struct Pending {
    pub(crate) name: &'static str,
    pub(crate) record: Record,
    pub(crate) written: Written,
}

/// An entry that was just written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AppendedEntry {
    /// Its index, which is its `seq`.
    pub index: u64,
    /// Its leaf hash.
    pub leaf: Hash,
}

/// Where the notes of an entry's rows begin in `log_payload` when they are of several parts: in the
/// order of the key they are read in the order in which they were written.
const NOTES: i64 = -1_000_000;

const ENTRIES: &str = "INSERT INTO log_entry \
    (idx, kind, at, actor, entry, leaf, payload, salt, notes) VALUES ";
const PAYLOADS: &str = "INSERT INTO log_payload (idx, n, payload, salt) VALUES ";
const ITEMS: &str = "INSERT INTO log_item (idx, n, item) VALUES ";

/// Sixty-four bits of a name, for advisory locks.
pub(crate) fn short_hash(name: &str) -> i64 {
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(bytes)
}

/// What was appended, and the statements that are carried out with the commit.
pub(crate) struct Appended {
    pub(crate) entries: Vec<AppendedEntry>,
    /// The chains that single entries continue, with the entry that continues each.
    pub(crate) chained: Vec<(String, AppendedEntry)>,
    /// Whether all that follows from the entries is entered with them.
    pub(crate) entered: bool,
    pub(crate) last: Vec<(String, Binds)>,
}

/// Appends the entries of one transaction, by one transaction of this program at a time. Where the
/// end of the log was foreseen that is one statement, and what follows from the entries is entered
/// later ([`register`]). Else the head is held, and all of it is entered now: last in the
/// transaction, so that only the tail is serialised. Indexes are dense in commit order either way,
/// since an index is taken once.
pub(crate) async fn append(
    tx: &mut Transaction,
    setting: &Setting,
    (tenant, by): (&str, &By),
    mut pending: Vec<Pending>,
    (end, foresight): (&End, Option<Foresight>),
) -> Result<Appended, Failure> {
    if pending.is_empty() {
        return Err(Fault::new("a transaction without evidence").into());
    }
    pending
        .iter_mut()
        .for_each(|one| bulk::pack(&mut one.record));
    let names = chained(&pending);
    let foreseen = match pending.iter().all(|one| one.stands_alone()) {
        true => end.foreseen(foresight, &names)?,
        false => None,
    };
    let mut writer = Writer::new(tx, setting);
    let (size, leaves, settled) = match foreseen {
        Some((size, leaves)) => (size, leaves, None),
        None => {
            let (settled, leaves) = take_head(&mut writer, names.iter().collect()).await?;
            (settled.frontier.size(), leaves, Some(settled))
        }
    };
    let mut chains = Chains { leaves, names };
    let mut entries = Vec::with_capacity(pending.len());
    let mut rows = Rows {
        searched: settled.is_some(),
        ..Rows::default()
    };
    for (index, one) in (size..).zip(pending) {
        let draft = Draft {
            index,
            tenant,
            by,
            name: one.name,
            setting,
        };
        let leaf = build_entry(&mut writer, &draft, one, &mut chains, &mut rows).await?;
        entries.push(AppendedEntry { index, leaf });
    }
    for part in std::mem::take(&mut rows.notes) {
        writer.insert_many(PAYLOADS, "", vec![part]).await?;
    }
    let chained = std::mem::take(&mut rows.chained);
    let entered = settled.is_some();
    let last = match settled {
        Some(settled) => enter(&mut writer, settled, &entries, rows).await?,
        None => vec![rows.entries_alone()],
    };
    Ok(Appended {
        entries,
        chained,
        entered,
        last,
    })
}

/// Writes the rows of the entries, what they are searched by, the head and the tiles.
async fn enter(
    writer: &mut Writer<'_>,
    mut settled: Settled,
    entries: &[AppendedEntry],
    rows: Rows,
) -> Result<Vec<(String, Binds)>, Fault> {
    let mut full = Vec::new();
    for entry in entries {
        full.extend(settled.frontier.push(entry.leaf));
    }
    let head = register::head_statement(&settled)?;
    let mut last = writer.insert_together(rows.tables(), head).await?;
    if !full.is_empty() {
        for (text, binds) in last.drain(..) {
            writer.run_text(&text, binds).await?;
        }
    }
    let dialect = writer.dialect();
    register::keep_full_tiles(writer.tx(), dialect, full).await?;
    Ok(last)
}

/// Where the chains stand that the entries of a transaction continue.
struct Chains {
    /// The last leaf of each that there is.
    leaves: HashMap<String, Hash>,
    /// All of them, also those that begin now.
    names: HashSet<String>,
}

struct Draft<'a> {
    index: u64,
    tenant: &'a str,
    by: &'a By,
    name: &'static str,
    setting: &'a Setting,
}

impl Draft<'_> {
    fn salt(&self) -> [u8; 32] {
        let mut salt = [0; 32];
        self.setting.chance.fill(&mut salt);
        salt
    }

    fn actor(&self) -> Actor {
        let By { auth, session, .. } = self.by;
        Actor {
            id: self.by.id(),
            auth: auth.clone(),
            session: Some(session.clone()).filter(|session| !session.is_empty()),
        }
    }

    fn position(&self) -> i64 {
        i64::try_from(self.index).unwrap_or(i64::MAX)
    }
}

/// The rows of one transaction's entries, table by table: however many entries an act leaves, they
/// travel to the database in few statements.
#[derive(Default)]
struct Rows {
    entries: Vec<Binds>,
    payloads: Vec<Binds>,
    /// Large parts of notes, which go by themselves.
    notes: Vec<Binds>,
    items: Vec<Binds>,
    /// Whether what the entries are searched by is written with them.
    searched: bool,
    subjects: Vec<Binds>,
    chained: Vec<(String, AppendedEntry)>,
}

impl Rows {
    /// An entry and its leaf, what it says with its salt, the notes of what it wrote, its items.
    fn add(
        &mut self,
        draft: &Draft<'_>,
        subject: &[String],
        (bytes, leaf): (Vec<u8>, Hash),
        (payload, salt): (Vec<u8>, [u8; 32]),
        (written, built): (Written, Built),
    ) {
        let (index, actor) = (draft.position(), draft.by.id());
        let (notes, parts) = noted_rows(index, written);
        self.notes.extend(parts);
        let stored_leaf = leaf.as_bytes().as_slice();
        if self.searched {
            let names = (draft.name, actor.as_str());
            self.subjects
                .extend(register::rows(index, names, subject, stored_leaf));
            self.subjects
                .extend(items_rows(index, &built.subjects, leaf));
        }
        self.payloads.extend(built.payloads);
        self.items.extend(built.rows);
        self.entries.push(binds![
            index,
            draft.name,
            draft.setting.at,
            actor,
            bytes,
            stored_leaf,
            payload,
            salt.as_slice(),
            notes
        ]);
        if let Some(first) = subject.first() {
            let index = draft.index;
            self.chained
                .push((first.clone(), AppendedEntry { index, leaf }));
        }
    }

    fn tables(self) -> Vec<Rowset> {
        vec![
            Rowset::new(ENTRIES, "", self.entries),
            Rowset::new(PAYLOADS, "", self.payloads),
            Rowset::new(ITEMS, "", self.items),
            Rowset::new(register::SUBJECTS, "", self.subjects),
        ]
    }

    fn entries_alone(self) -> (String, Binds) {
        let width = self.entries.first().map_or(0, Vec::len);
        let text = values_text(ENTRIES, "", width, self.entries.len());
        (text, self.entries.into_iter().flatten().collect())
    }
}

impl Pending {
    /// Whether it is one row of the log: no items, and no notes that go by themselves.
    fn stands_alone(&self) -> bool {
        let Record { items, bulk, .. } = &self.record;
        items.is_empty() && bulk.is_none() && self.written.parts.len() <= 1
    }
}

async fn build_entry(
    writer: &mut Writer<'_>,
    draft: &Draft<'_>,
    pending: Pending,
    chains: &mut Chains,
    rows: &mut Rows,
) -> Result<Hash, Failure> {
    let Pending {
        record, written, ..
    } = pending;
    let Record {
        subject,
        why,
        zh,
        en,
        detail,
        items,
        bulk,
        mut approvals,
        docs,
    } = record;
    approvals.extend_from_slice(&draft.by.approvals);
    let built = build_items(draft, items, &chains.leaves)?;
    let mut root = built.tree.as_ref().map(ItemTree::root);
    if let Some(bulk) = &bulk {
        let (setting, place) = (draft.setting, draft.position());
        root = Some(bulk::keep(writer, setting, place, bulk, &chains.leaves).await?);
    }
    let story = [("zh", zh.into()), ("en", en.into()), ("detail", detail)];
    let payload = payload_of(story, root, &written)
        .map_err(|error| Fault::new(format!("{}: {error}", draft.name)))?;
    let salt = draft.salt();
    let entry = Entry {
        seq: draft.index,
        tenant: draft.tenant.to_owned(),
        act: draft.name.to_owned(),
        at: draft.setting.at,
        actor: draft.actor(),
        prev: subject
            .first()
            .and_then(|first| chains.leaves.get(first).copied()),
        subject: subject.clone(),
        why,
        approvals,
        commit: commit(&salt, &payload),
        docs,
    };
    let bytes = entry
        .to_bytes()
        .map_err(|error| Fault::new(format!("{}: {error}", draft.name)))?;
    let leaf = leaf_hash(&bytes);
    if let Some(bulk) = &bulk {
        let chains = (&mut chains.leaves, &chains.names);
        bulk::note_subjects(writer, draft.position(), bulk, leaf, chains).await?;
    }
    for chained in subject.first().into_iter().chain(&built.subjects) {
        chains.leaves.insert(chained.clone(), leaf);
    }
    let said = (payload, salt);
    rows.add(draft, &subject, (bytes, leaf), said, (written, built));
    Ok(leaf)
}

/// The payload commits to the items and to the notes of the rows that were written.
fn payload_of(
    story: [(&str, Json); 3],
    items: Option<ItemsRoot>,
    written: &Written,
) -> Result<Vec<u8>, evidence::json::JsonError> {
    let items = items.map(|root| ("items", root.to_json()));
    let rows = written.root().map(|root| ("rows", Json::String(root)));
    let members = story.into_iter().chain(items).chain(rows);
    let members = members.map(|(name, value)| (name.to_owned(), value));
    evidence::json::canonical(&Json::Object(members.collect()))
}

/// The notes: one part stands beside the entry, of more each is a row. They have their own salt,
/// and go when the payload goes.
fn noted_rows(index: i64, written: Written) -> (Option<Vec<u8>>, Vec<Binds>) {
    let mut parts = written.parts;
    if parts.len() <= 1 {
        return (parts.pop(), Vec::new());
    }
    let parts = (0_i64..).zip(parts);
    let row = |(n, part)| binds![index, NOTES + n, part, Option::<Vec<u8>>::None];
    (None, parts.map(row).collect())
}

/// The items of a bulk act, ready to be written.
#[derive(Default)]
struct Built {
    tree: Option<ItemTree>,
    subjects: Vec<String>,
    rows: Vec<Binds>,
    payloads: Vec<Binds>,
}

fn build_items(
    draft: &Draft<'_>,
    items: Vec<Item>,
    chains: &HashMap<String, Hash>,
) -> Result<Built, Fault> {
    let mut built = Built::default();
    if items.is_empty() {
        return Ok(built);
    }
    let mut leaves = Vec::with_capacity(items.len());
    for (n, item) in items.into_iter().enumerate() {
        let number = i64::try_from(n).map_err(|_| Fault::new("too many items"))?;
        let salt = draft.salt();
        let payload = evidence::json::canonical(&item.detail)
            .map_err(|error| Fault::new(format!("{} item {n}: {error}", draft.name)))?;
        let bytes = LogItem {
            n: n as u64,
            subject: item.subject.clone(),
            prev: chains.get(&item.subject).copied(),
            commit: commit(&salt, &payload),
        }
        .to_bytes()
        .map_err(|error| Fault::new(format!("{} item {n}: {error}", draft.name)))?;
        built
            .rows
            .push(binds![draft.position(), number, bytes.as_slice()]);
        built
            .payloads
            .push(binds![draft.position(), number, payload, salt.as_slice()]);
        built.subjects.push(item.subject);
        leaves.push(bytes);
    }
    built.tree = Some(ItemTree::over_bytes(leaves.iter().map(Vec::as_slice)));
    Ok(built)
}

fn items_rows(index: i64, items: &[String], leaf: Hash) -> impl Iterator<Item = Binds> {
    let items = (0_i64..).zip(items);
    items.map(move |(n, name)| binds![name, index, n, leaf.as_bytes().as_slice()])
}

/// Up to so many chains are read one by one where a question is no trip to a server.
const FEW: usize = 40;

/// Chains that one statement asks for.
const CHAINS_AT_ONCE: usize = 2_000;

/// The chains that the pending entries continue, but for those of bulk items.
fn chained(pending: &[Pending]) -> HashSet<String> {
    let mut names = HashSet::new();
    for one in pending {
        names.extend(one.record.subject.first().cloned());
        names.extend(one.record.items.iter().map(|item| item.subject.clone()));
    }
    names
}

const HEAD_AND_LEAF: Select = Select::new(
    "SELECT size, frontier, (SELECT leaf FROM log_subject WHERE subject = $1 AND n > -2 \
     ORDER BY idx DESC LIMIT 1) AS leaf FROM log_head WHERE id = 1",
);
const LAST_LEAF: Select = Select::new(
    "SELECT leaf FROM log_subject WHERE subject = $1 AND n > -2 ORDER BY idx DESC LIMIT 1",
);

/// The end of the log, held until the end of the transaction, and the last leaf of the chain of
/// each of these subjects that has one, read when it cannot grow any more.
async fn take_head(
    writer: &mut Writer<'_>,
    names: Vec<&String>,
) -> Result<(Settled, HashMap<String, Hash>), Fault> {
    let dialect = writer.dialect();
    if let [name] = names.as_slice()
        && !dialect.travels()
    {
        // Whoever may write here is alone.
        let head = writer.first(&HEAD_AND_LEAF, binds![name]).await?;
        let mut leaves = HashMap::new();
        if let Some(row) = &head
            && row.get::<Option<Vec<u8>>>("leaf")?.is_some()
        {
            leaves.insert((*name).clone(), hash_of(row, "leaf")?);
        }
        return Ok((Settled::at(head.as_ref())?, leaves));
    }
    let head = Select::new(dialect.log_head(true));
    let head = writer.first(&head, Vec::new()).await?;
    if !dialect.travels() {
        return Ok((Settled::at(head.as_ref())?, leaves_of(writer, names).await?));
    }
    let settled = register::settle(writer.tx(), dialect, head.as_ref()).await?;
    Ok((settled, leaves_of(writer, names).await?))
}

fn known_leaf(row: &Row) -> Result<Option<(String, Hash)>, Fault> {
    let subject: Option<String> = row.get("subject")?;
    subject
        .map(|subject| Ok((subject, hash_of(row, "leaf")?)))
        .transpose()
}

fn push_leaves(query: &mut Query, names: &[&String]) {
    query.push(
        "SELECT s.subject AS subject, s.leaf AS leaf FROM log_subject s JOIN \
         (SELECT subject AS name, max(idx) AS newest FROM log_subject \
         WHERE n > -2 AND subject IN ",
    );
    query.bind_list(names.iter().copied());
    query.push(" GROUP BY subject) m ON m.name = s.subject AND m.newest = s.idx WHERE s.n > -2");
}

/// The last leaf of the chain of each of these subjects that has one.
pub(crate) async fn leaves_of(
    writer: &mut Writer<'_>,
    mut names: Vec<&String>,
) -> Result<HashMap<String, Hash>, Fault> {
    names.sort_unstable();
    names.dedup();
    let mut chains = HashMap::with_capacity(names.len());
    if !writer.dialect().travels() && names.len() <= FEW {
        for name in names {
            if let Some(row) = writer.first(&LAST_LEAF, binds![name]).await? {
                chains.insert(name.clone(), hash_of(&row, "leaf")?);
            }
        }
        return Ok(chains);
    }
    for batch in names.chunks(CHAINS_AT_ONCE) {
        let mut query = Query::new("");
        push_leaves(&mut query, batch);
        let (select, values) = query.select();
        for row in writer.all(&select, values).await? {
            chains.extend(known_leaf(&row)?);
        }
    }
    Ok(chains)
}

pub(crate) fn hash_of(row: &Row, column: &str) -> Result<Hash, Fault> {
    let bytes: Vec<u8> = row.get(column)?;
    Hash::from_slice(&bytes).ok_or_else(|| Fault::new(format!("{column} is no hash")))
}
