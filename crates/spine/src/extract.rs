//! Taking records out of the log for somebody who checks them elsewhere 摘录.

use evidence::commitment::Salt;
use evidence::hash::Hash;
use evidence::items::ItemTree;
use evidence::tile_set::tiles_for_inclusion;

use crate::proofs::position;
use crate::register::MENTIONED;
use crate::{Fault, Query, Reader, Row, Select, Spine, binds, bulk};

/// A payload with its salt; nothing once it was erased.
pub type Opened = Option<(Vec<u8>, Salt)>;

/// One record as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extract {
    /// Its index.
    pub index: u64,
    /// The logged bytes.
    pub entry: Vec<u8>,
    /// What it commits to.
    pub content: Opened,
}

/// One item of a bulk act as it is stored, with its proof within the act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtractItem {
    /// Place within the act.
    pub n: u64,
    /// The hashed bytes.
    pub item: Vec<u8>,
    /// What it commits to.
    pub content: Opened,
    /// Proof within the act.
    pub proof: Vec<Hash>,
}

const ITEMS: Select = Select::new(
    "SELECT i.item AS item, p.payload AS payload, p.salt AS salt FROM log_item i \
     LEFT JOIN log_payload p ON p.idx = i.idx AND p.n = i.n WHERE i.idx = $1 ORDER BY i.n",
);
const MENTIONS: Select = Select::new(
    "SELECT idx, entry, payload, salt FROM log_entry \
     WHERE idx IN (SELECT idx FROM log_subject WHERE subject = $1 AND n = $3) \
     AND idx < $2 ORDER BY idx",
);
const CHUNKS: Select = Select::new(
    "SELECT i.items AS items, p.payloads AS payloads FROM log_chunk i \
     LEFT JOIN log_chunk_payload p ON p.idx = i.idx AND p.first_n = i.first_n \
     WHERE i.idx = $1 ORDER BY i.first_n",
);

fn opened(payload: Option<Vec<u8>>, salt: Option<Vec<u8>>) -> Result<Opened, Fault> {
    let (Some(payload), Some(salt)) = (payload, salt) else {
        return Ok(None);
    };
    let salt = Salt::try_from(salt.as_slice()).map_err(|_| Fault::new("a salt of 32 bytes"))?;
    Ok(Some((payload, salt)))
}

impl Reader<'_> {
    /// The records whose chains run through these subjects, below an index, oldest first: those
    /// that continue the chain of one of them, by themselves or by an item.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn records_about(
        &mut self,
        subjects: &[String],
        below: u64,
    ) -> Result<Vec<Extract>, Fault> {
        self.all_entered().await?;
        let mut query = Query::new(
            "SELECT idx, entry, payload, salt FROM log_entry \
             WHERE idx IN (SELECT idx FROM log_subject WHERE n > -2 AND subject IN ",
        );
        query.bind_list(subjects.iter().map(String::as_str));
        query.push(") AND idx < ").bind(position(below)?);
        query.push(" ORDER BY idx");
        let (select, values) = query.select();
        let rows = self.all(&select, values).await?;
        rows.iter().map(record).collect()
    }

    /// The records that only mention a subject, below an index, oldest first: their chains run
    /// through other subjects.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn records_mentioning(
        &mut self,
        subject: &str,
        below: u64,
    ) -> Result<Vec<Extract>, Fault> {
        self.all_entered().await?;
        let rows = self
            .all(&MENTIONS, binds![subject, position(below)?, MENTIONED])
            .await?;
        rows.iter().map(record).collect()
    }

    /// All items of a bulk act; none for any other record.
    ///
    /// # Errors
    /// [`Fault`] when the database fails or an item is missing.
    pub async fn items_of(&mut self, index: u64) -> Result<Vec<ExtractItem>, Fault> {
        let place = position(index)?;
        let mut found: Vec<(Vec<u8>, Opened)> = Vec::new();
        for row in self.all(&ITEMS, binds![place]).await? {
            let content = opened(row.get("payload")?, row.get("salt")?)?;
            found.push((row.get("item")?, content));
        }
        for row in self.all(&CHUNKS, binds![place]).await? {
            let packed: Vec<u8> = row.get("items")?;
            let contents: Option<Vec<u8>> = row.get("payloads")?;
            let contents = contents.unwrap_or_default();
            let mut contents = bulk::payloads(&contents).into_iter();
            for item in bulk::items(&packed) {
                let content = contents.next().flatten();
                let content = content.map(|(payload, salt)| (payload.to_vec(), salt.to_vec()));
                let (payload, salt) = content.unzip();
                found.push((item.to_vec(), opened(payload, salt)?));
            }
        }
        let tree = ItemTree::over_bytes(found.iter().map(|(item, _)| item.as_slice()));
        let both = (0..).zip(found).zip(tree.proofs());
        let items = both.map(|((n, (item, content)), proof)| ExtractItem {
            n,
            item,
            content,
            proof,
        });
        Ok(items.collect())
    }
}

fn record(row: &Row) -> Result<Extract, Fault> {
    let index = u64::try_from(row.get::<i64>("idx")?);
    Ok(Extract {
        index: index.map_err(|_| Fault::new("a negative log index"))?,
        entry: row.get("entry")?,
        content: opened(row.get("payload")?, row.get("salt")?)?,
    })
}

impl Spine {
    /// The proofs of these entries in the tree of `size` entries, in their order. Tiles are read
    /// once, however many entries lie in them.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or a tile is broken or missing.
    pub async fn proofs_under(&self, indexes: &[u64], size: u64) -> Result<Vec<Vec<Hash>>, Fault> {
        let broken = |error: &dyn std::fmt::Display| Fault::new(error.to_string());
        let mut tiles = Vec::new();
        for index in indexes {
            tiles.extend(tiles_for_inclusion(*index, size).map_err(|error| broken(&error))?);
        }
        tiles.sort_unstable();
        tiles.dedup();
        let set = self.tiles(tiles).await?;
        let proofs = indexes
            .iter()
            .map(|index| set.inclusion_proof(*index, size));
        let proofs: Result<_, _> = proofs.collect();
        proofs.map_err(|error| broken(&error))
    }
}
