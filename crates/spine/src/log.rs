//! The evidence log, written in the same transaction as the business change 存证日志.

use std::collections::{HashMap, HashSet};

use evidence::commitment::commit;
use evidence::entry::{Actor, Entry};
use evidence::hash::{Hash, leaf_hash};
use evidence::items::{Item as LogItem, ItemTree, ItemsRoot};
use evidence::tree::{Frontier, TileHash};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::act::Item;
use crate::books::{Rowset, Setting};
use crate::bulk;
use crate::foresight::Foresight;
use crate::link::Transaction;
use crate::rows::Written;
use crate::{Binds, By, Change, Failure, Fault, Query, Record, Row, Select, Writer, binds};

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

/// How a subject stands to an entry, in `log_subject.n`: it is its first subject.
pub(crate) const FIRST: i64 = -1;
/// It is only mentioned.
pub(crate) const MENTIONED: i64 = -2;
/// Where the notes of an entry's rows begin in `log_payload`, part by part, before its payload
/// (-1): in the order of the key they are read in the order in which they were written.
const NOTES: i64 = -1_000_000;

const HEAD_NEW: Change =
    Change::new("INSERT INTO log_head (id, size, frontier) VALUES (1, $1, $2)");
/// A head that is not where it was seen ends the transaction: nothing can be divided by zero, and
/// no size is null.
const HEAD: Change = Change::new(
    "UPDATE log_head SET size = $1 / (CASE WHEN size = $3 THEN 1 ELSE 0 END), frontier = $2 \
     WHERE id = 1",
);
const TILE: Change = Change::new("INSERT INTO log_tile (level, n, data) VALUES ($1, $2, $3)");
const NODE: Change = Change::new("INSERT INTO log_node (level, n, hash) VALUES ($1, $2, $3)");
const ENTRIES: &str = "INSERT INTO log_entry (idx, kind, at, actor, entry, leaf) VALUES ";
const PAYLOADS: &str = "INSERT INTO log_payload (idx, n, payload, salt) VALUES ";
const ITEMS: &str = "INSERT INTO log_item (idx, n, item) VALUES ";
const SUBJECTS: &str = "INSERT INTO log_subject (subject, idx, n, leaf) VALUES ";

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
    pub(crate) last: Vec<(String, Binds)>,
}

/// Appends the entries of one transaction, by one transaction of this program at a time, to a log
/// that has `known` entries or more. Taking the head comes last in the transaction, so that on
/// PostgreSQL only the tail is serialised and indexes are dense in commit order.
pub(crate) async fn append(
    tx: &mut Transaction,
    setting: &Setting,
    (tenant, by): (&str, &By),
    mut pending: Vec<Pending>,
    (foresight, known): (Foresight, u64),
) -> Result<Appended, Failure> {
    if pending.is_empty() {
        return Err(Fault::new("a transaction without evidence").into());
    }
    pending
        .iter_mut()
        .for_each(|one| bulk::pack(&mut one.record));
    let names = chained(&pending);
    let mut writer = Writer::new(tx, setting);
    let (head, leaves) = match foresight.of(&names, known)? {
        Some((head, leaves)) => (Some(head), leaves),
        None => take_head(&mut writer, names.iter().collect()).await?,
    };
    let mut chains = Chains { leaves, names };
    let mut frontier = restore(head.as_ref())?;
    let before = frontier.size();
    let mut entries = Vec::with_capacity(pending.len());
    let (mut rows, mut full) = (Rows::default(), Vec::new());
    for one in pending {
        let index = frontier.size();
        let draft = Draft {
            index,
            tenant,
            by,
            name: one.name,
            setting,
        };
        let leaf = build_entry(&mut writer, &draft, one, &mut chains, &mut rows).await?;
        full.extend(frontier.push(leaf));
        entries.push(AppendedEntry { index, leaf });
    }
    let size = |size| i64::try_from(size).map_err(|_| Fault::new("the log is full"));
    let (before, after) = (size(before)?, size(frontier.size())?);
    let head = match head {
        Some(_) => (&HEAD, binds![after, frontier.to_bytes(), before]),
        None => (&HEAD_NEW, binds![after, frontier.to_bytes()]),
    };
    for part in std::mem::take(&mut rows.notes) {
        writer.insert_many(PAYLOADS, "", vec![part]).await?;
    }
    let mut last = writer.insert_together(rows.tables(), head).await?;
    if !full.is_empty() {
        for (text, binds) in last.drain(..) {
            writer.run_text(&text, binds).await?;
        }
    }
    for root in full {
        keep_full_tile(&mut writer, &root).await?;
    }
    Ok(Appended { entries, last })
}

/// Where the chains stand that the entries of a transaction continue.
struct Chains {
    /// The last leaf of each that there is.
    leaves: HashMap<String, Hash>,
    /// All of them, also those that begin now.
    names: HashSet<String>,
}

fn restore(head: Option<&Row>) -> Result<Frontier, Fault> {
    let Some(row) = head else {
        return Ok(Frontier::default());
    };
    let size = u64::try_from(row.get::<i64>("size")?).map_err(|_| Fault::new("log size"))?;
    let bytes: Vec<u8> = row.get("frontier")?;
    Frontier::restore(size, &bytes).map_err(|error| Fault::new(format!("log head: {error}")))
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
    notes: Vec<Binds>,
    items: Vec<Binds>,
    subjects: Vec<Binds>,
}

impl Rows {
    /// Small notes travel with the payload; a part of a bulk act is large, and goes by itself.
    fn add_notes(&mut self, index: i64, written: Written) {
        let mut notes: Vec<Binds> = noted_rows(index, written).collect();
        if let [_] = notes.as_slice() {
            self.payloads.append(&mut notes);
        }
        self.notes.extend(notes);
    }

    fn tables(self) -> Vec<Rowset> {
        vec![
            Rowset::new(ENTRIES, "", self.entries),
            Rowset::new(PAYLOADS, "", self.payloads),
            Rowset::new(ITEMS, "", self.items),
            Rowset::new(SUBJECTS, " ON CONFLICT DO NOTHING", self.subjects),
        ]
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
    let index = draft.position();
    rows.entries.push(binds![
        index,
        draft.name,
        draft.setting.at,
        draft.by.id(),
        bytes,
        leaf.as_bytes().as_slice()
    ]);
    rows.payloads
        .push(binds![index, FIRST, payload, salt.as_slice()]);
    rows.add_notes(index, written);
    rows.payloads.extend(built.payloads);
    rows.items.extend(built.rows);
    rows.subjects
        .extend(subjects(draft, &subject, &built.subjects, leaf));
    if let Some(bulk) = &bulk {
        let chains = (&mut chains.leaves, &chains.names);
        bulk::note_subjects(writer, index, bulk, leaf, chains).await?;
    }
    for chained in subject.first().into_iter().chain(&built.subjects) {
        chains.leaves.insert(chained.clone(), leaf);
    }
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

/// The notes, one payload row a part; they have their own salt, and go when the payload goes.
fn noted_rows(index: i64, written: Written) -> impl Iterator<Item = Binds> {
    let parts = (0_i64..).zip(written.parts);
    parts.map(move |(n, part)| binds![index, NOTES + n, part, Option::<Vec<u8>>::None])
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

fn subjects(draft: &Draft<'_>, subject: &[String], items: &[String], leaf: Hash) -> Vec<Binds> {
    let index = draft.position();
    let row = |name: &String, n: i64| binds![name, index, n, leaf.as_bytes().as_slice()];
    let own = subject.iter().enumerate();
    let own = own.map(|(place, name)| row(name, if place == 0 { FIRST } else { MENTIONED }));
    let items = items.iter().enumerate();
    let items = items.map(|(n, name)| row(name, i64::try_from(n).unwrap_or(i64::MAX)));
    own.chain(items).collect()
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

pub(crate) const HEAD_AND_LEAF: Select = Select::new(
    "SELECT size, frontier, (SELECT leaf FROM log_subject WHERE subject = $1 AND n > -2 \
     ORDER BY idx DESC LIMIT 1) AS leaf FROM log_head WHERE id = 1",
);
const LAST_LEAF: Select = Select::new(
    "SELECT leaf FROM log_subject WHERE subject = $1 AND n > -2 ORDER BY idx DESC LIMIT 1",
);

/// The head of the log, held until the end of the transaction, and the last leaf of the chain of
/// each of these subjects that has one, read when it cannot grow any more.
async fn take_head(
    writer: &mut Writer<'_>,
    names: Vec<&String>,
) -> Result<(Option<Row>, HashMap<String, Hash>), Fault> {
    let travels = writer.dialect().travels();
    if let [name] = names.as_slice()
        && !travels
    {
        // Whoever may write here is alone.
        return head_and_leaf(writer, name).await;
    }
    if !travels || names.len() > FEW || names.is_empty() {
        let head = Select::new(writer.dialect().log_head());
        let head = writer.first(&head, Vec::new()).await?;
        // Behind the head, which others may have held.
        return Ok((head, leaves_of(writer, names).await?));
    }
    // In one trip the chains are those of the moment at which the head was asked for; `seen` is the
    // size of the log then.
    let mut query = Query::new(
        "SELECT h.size AS size, h.frontier AS frontier, (SELECT size FROM log_head WHERE id = 1) \
         AS seen, c.subject AS subject, c.leaf AS leaf FROM (",
    );
    query.push(writer.dialect().log_head());
    query.push(") AS h LEFT JOIN (");
    push_leaves(&mut query, &names);
    query.push(") AS c ON 1 = 1");
    let (select, values) = query.select();
    let rows = writer.all(&select, values).await?;
    let Some(head) = rows.first() else {
        return Ok((None, HashMap::new()));
    };
    // Somebody else went before while this one waited for the head: what he wrote is not in sight.
    let chains = if head.get::<Option<i64>>("seen")? == Some(head.get("size")?) {
        let known = rows.iter().filter_map(|row| known_leaf(row).transpose());
        known.collect::<Result<_, Fault>>()?
    } else {
        leaves_of(writer, names).await?
    };
    Ok((rows.into_iter().next(), chains))
}

async fn head_and_leaf(
    writer: &mut Writer<'_>,
    name: &String,
) -> Result<(Option<Row>, HashMap<String, Hash>), Fault> {
    let head = writer.first(&HEAD_AND_LEAF, binds![name]).await?;
    let mut chains = HashMap::new();
    if let Some(row) = &head
        && row.get::<Option<Vec<u8>>>("leaf")?.is_some()
    {
        chains.insert(name.clone(), hash_of(row, "leaf")?);
    }
    Ok((head, chains))
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

/// A tile became full: keeps its root, which is a hash of the tile one level up, and the tile
/// itself, whose hashes are the leaves (level 0) or the roots of the tiles below.
async fn keep_full_tile(writer: &mut Writer<'_>, root: &TileHash) -> Result<(), Fault> {
    let number = i64::try_from(root.index).map_err(|_| Fault::new("tile number"))?;
    let level = i64::from(root.level) - 1;
    writer
        .run(
            &NODE,
            binds![level + 1, number, root.hash.as_bytes().as_slice()],
        )
        .await?;
    let (first, after) = (number * 256, number * 256 + 256);
    let dialect = writer.dialect();
    let (text, place) = match level {
        0 => (dialect.leaves_together(), binds![first, after]),
        _ => (dialect.nodes_together(), binds![level, first, after]),
    };
    let row = writer.first(&Select::new(text), place).await?;
    let data: Option<Vec<u8>> = row.map(|row| row.get("hashes")).transpose()?.flatten();
    let data = data.unwrap_or_default();
    if data.len() != 256 * Hash::LEN {
        return Err(Fault::new(format!("tile {level}/{number} lacks hashes")));
    }
    writer.run(&TILE, binds![level, number, data]).await?;
    Ok(())
}
