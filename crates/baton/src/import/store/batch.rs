//! Batches and their records 批次.

use intake::RecordKind;
use kernel::{ImportId, Moment};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};
use utoipa::ToSchema;

use crate::import::line::Line;

/// How far a batch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BatchState {
    /// 待确认
    Staged,
    /// 已导入
    Committed,
    /// 已撤销
    Undone,
    /// 已放弃
    Discarded,
}

impl BatchState {
    /// The word in the books.
    pub(crate) fn word(self) -> &'static str {
        match self {
            BatchState::Staged => "staged",
            BatchState::Committed => "committed",
            BatchState::Undone => "undone",
            BatchState::Discarded => "discarded",
        }
    }

    /// As screens show it.
    pub(crate) fn zh(self) -> &'static str {
        match self {
            BatchState::Staged => "待确认",
            BatchState::Committed => "已导入",
            BatchState::Undone => "已撤销",
            BatchState::Discarded => "已放弃",
        }
    }

    fn of(word: &str) -> Result<BatchState, Fault> {
        match word {
            "staged" => Ok(BatchState::Staged),
            "committed" => Ok(BatchState::Committed),
            "undone" => Ok(BatchState::Undone),
            "discarded" => Ok(BatchState::Discarded),
            _ => Err(Fault::new("a batch of unknown state")),
        }
    }
}

/// A batch as it stands in the books.
#[derive(Clone, Debug)]
pub struct Batch {
    pub(crate) id: ImportId,
    pub(crate) title: String,
    pub(crate) system: String,
    pub(crate) state: BatchState,
    pub(crate) files: Json,
    pub(crate) report: Json,
    pub(crate) staged_by: String,
    pub(crate) staged_at: Moment,
    pub(crate) committed_at: Option<Moment>,
    pub(crate) undone_at: Option<Moment>,
}

const BATCH: &str = "SELECT b.id AS id, b.title AS title, b.system AS system, b.state AS state, \
    b.files AS files, b.report AS report, coalesce(e.name, b.staged_by) AS staged_by, \
    b.staged_at AS staged_at, b.committed_at AS committed_at, b.undone_at AS undone_at \
    FROM import_batch b LEFT JOIN people_employee e ON e.id = b.staged_by WHERE ";

fn batch(row: &Row) -> Result<Batch, Fault> {
    Ok(Batch {
        id: row.get("id")?,
        title: row.get("title")?,
        system: row.get("system")?,
        state: BatchState::of(&row.get::<String>("state")?)?,
        files: serde_json::from_str(&row.get::<String>("files")?)?,
        report: serde_json::from_str(&row.get::<String>("report")?)?,
        staged_by: row.get("staged_by")?,
        staged_at: row.get("staged_at")?,
        committed_at: row.get("committed_at")?,
        undone_at: row.get("undone_at")?,
    })
}

/// The batch with this id.
pub(crate) async fn find_batch(
    books: &mut Reader<'_>,
    id: ImportId,
) -> Result<Option<Batch>, Fault> {
    let mut query = Query::new(BATCH);
    query.push("b.id = ").bind(id);
    let (select, values) = query.select();
    books
        .first(&select, values)
        .await?
        .map(|row| batch(&row))
        .transpose()
}

/// Batches, newest first; `before` is the last one of the page before.
pub(crate) async fn batches(
    books: &mut Reader<'_>,
    before: Option<ImportId>,
    limit: i64,
) -> Result<Vec<Batch>, Fault> {
    let mut query = Query::new(BATCH);
    query.push("1 = 1");
    if let Some(before) = before {
        query.push(" AND b.id < ").bind(before);
    }
    query.push(" ORDER BY b.id DESC LIMIT ").bind(limit);
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(batch)
        .collect()
}

/// A batch to be added.
pub(crate) struct NewBatch<'a> {
    pub(crate) id: ImportId,
    pub(crate) title: &'a str,
    pub(crate) system: &'a str,
    pub(crate) mapping: &'a str,
    pub(crate) files: &'a Json,
    pub(crate) report: &'a Json,
    pub(crate) staged_by: &'a str,
}

const ADD: Change = Change::new(
    "INSERT INTO import_batch (id, title, system, mapping, state, files, report, staged_by, \
     staged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);
const ADD_LINES: &str = "INSERT INTO import_record (batch_id, n, kind, key, body, digest, source, \
                         action) VALUES ";

/// Writes a batch with its records.
pub(crate) async fn add_batch(
    books: &mut Writer<'_>,
    new: &NewBatch<'_>,
    lines: &[Line],
) -> Result<(), Fault> {
    let at = books.at();
    let values = binds![
        new.id,
        new.title,
        new.system,
        new.mapping,
        BatchState::Staged.word(),
        new.files.to_string(),
        new.report.to_string(),
        new.staged_by,
        at,
    ];
    books.run(&ADD, values).await?;
    let row = |line: &Line| {
        binds![
            new.id,
            line.n,
            line.kind.name(),
            line.key.as_str(),
            line.body.to_string(),
            line.digest.as_str(),
            line.source.to_string(),
            "staged",
        ]
    };
    books
        .insert_many(ADD_LINES, "", lines.iter().map(row).collect())
        .await
}

const LINES: Select = Select::new(
    "SELECT n, kind, key, body, digest, source FROM import_record WHERE batch_id = $1 ORDER BY n",
);

pub(super) fn line_of(row: &Row) -> Result<Line, Fault> {
    let kind: String = row.get("kind")?;
    Ok(Line {
        n: row.get("n")?,
        kind: RecordKind::named(&kind).ok_or_else(|| Fault::new("a record of unknown kind"))?,
        key: row.get("key")?,
        body: serde_json::from_str(&row.get::<String>("body")?)?,
        digest: row.get("digest")?,
        source: serde_json::from_str(&row.get::<String>("source")?)?,
    })
}

/// Every record of a batch, what is referred to first.
pub(crate) async fn lines(books: &mut Reader<'_>, id: ImportId) -> Result<Vec<Line>, Fault> {
    books
        .all(&LINES, binds![id])
        .await?
        .iter()
        .map(line_of)
        .collect()
}

/// A record of a batch with what became of it.
pub(crate) struct RowLine {
    pub(crate) line: Line,
    pub(crate) action: String,
    pub(crate) record: Option<String>,
    pub(crate) note: Option<String>,
}

/// A page of the records of a batch.
pub(crate) async fn rows(
    books: &mut Reader<'_>,
    id: ImportId,
    action: Option<&str>,
    after: i64,
    limit: i64,
) -> Result<Vec<RowLine>, Fault> {
    let mut query = Query::new(
        "SELECT n, kind, key, body, digest, source, action, record_id, note FROM import_record \
         WHERE batch_id = ",
    );
    query.bind(id).push(" AND n > ").bind(after);
    if let Some(action) = action {
        query.push(" AND action = ").bind(action);
    }
    query.push(" ORDER BY n LIMIT ").bind(limit);
    let (select, values) = query.select();
    let row = |row: &Row| {
        Ok(RowLine {
            line: line_of(row)?,
            action: row.get("action")?,
            record: row.get("record_id")?,
            note: row.get("note")?,
        })
    };
    books.all(&select, values).await?.iter().map(row).collect()
}

/// Moves a batch on.
pub(crate) async fn set_state(
    books: &mut Writer<'_>,
    id: ImportId,
    state: BatchState,
) -> Result<(), Fault> {
    let at = books.at();
    let mut query = Query::new("UPDATE import_batch SET state = ");
    query.bind(state.word());
    match state {
        BatchState::Committed => {
            query.push(", committed_at = ").bind(at);
        }
        BatchState::Undone => {
            query.push(", undone_at = ").bind(at);
        }
        BatchState::Staged | BatchState::Discarded => {}
    }
    query.push(" WHERE id = ").bind(id);
    let (change, values) = query.change();
    books.run(&change, values).await?;
    Ok(())
}
