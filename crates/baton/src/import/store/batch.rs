//! Batches and their records 批次.

use kernel::{ImportId, Moment};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};
use utoipa::ToSchema;

use crate::import::line::Line;
use crate::import::pack::Pack;

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
const ADD_PACKS: &str = "INSERT INTO import_chunk (batch_id, first_n, records) VALUES ";

/// Writes a batch with its records.
pub(crate) async fn add_batch(
    books: &mut Writer<'_>,
    new: &NewBatch<'_>,
    packs: &[Pack],
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
    for some in packs.chunks(16) {
        let row = |pack: &Pack| binds![new.id, pack.first_n, pack.bytes.as_slice()];
        books
            .insert_many(ADD_PACKS, "", some.iter().map(row).collect())
            .await?;
    }
    Ok(())
}

const PACKS: Select =
    Select::new("SELECT first_n, records FROM import_chunk WHERE batch_id = $1 ORDER BY first_n");
const PACKS_FROM: Select = Select::new(
    "SELECT first_n, records FROM import_chunk WHERE batch_id = $1 AND first_n >= \
     (SELECT max(first_n) FROM import_chunk WHERE batch_id = $2 AND first_n <= $3) \
     ORDER BY first_n LIMIT 2",
);

fn pack(row: &Row) -> Result<Pack, Fault> {
    Ok(Pack {
        first_n: row.get("first_n")?,
        bytes: row.get("records")?,
    })
}

/// Every record of a batch, packed, what is referred to first.
pub(crate) async fn packs(books: &mut Reader<'_>, id: ImportId) -> Result<Vec<Pack>, Fault> {
    let rows = books.all(&PACKS, binds![id]).await?;
    rows.iter().map(pack).collect()
}

/// The record `n` of a batch and those behind it, at least to the end of its pack.
async fn lines_from(books: &mut Reader<'_>, id: ImportId, n: i64) -> Result<Vec<Line>, Fault> {
    let mut lines = Vec::new();
    for row in books.all(&PACKS_FROM, binds![id, id, n]).await? {
        lines.extend(pack(&row)?.lines()?);
    }
    lines.retain(|line| line.n >= n);
    Ok(lines)
}

/// These records of a batch, `numbers` rising; what is not there any more is left out.
pub(crate) async fn lines_at(
    books: &mut Reader<'_>,
    id: ImportId,
    numbers: &[i64],
) -> Result<Vec<Line>, Fault> {
    let mut found: Vec<Line> = Vec::with_capacity(numbers.len());
    let mut at_hand: Vec<Line> = Vec::new();
    for n in numbers {
        let place = at_hand.binary_search_by_key(n, |line| line.n);
        if let Ok(place) = place {
            found.push(at_hand[place].clone());
            continue;
        }
        at_hand = lines_from(books, id, *n).await?;
        found.extend(at_hand.first().filter(|line| line.n == *n).cloned());
    }
    Ok(found)
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
    batch: &Batch,
    action: Option<&str>,
    after: i64,
    limit: usize,
) -> Result<Vec<RowLine>, Fault> {
    if matches!(batch.state, BatchState::Staged | BatchState::Discarded) {
        if action.is_some_and(|action| action != "staged") {
            return Ok(Vec::new());
        }
        let lines = lines_from(books, batch.id, after + 1).await?;
        let row = |line| RowLine {
            line,
            action: "staged".to_owned(),
            record: None,
            note: None,
        };
        return Ok(lines.into_iter().take(limit).map(row).collect());
    }
    let mut query =
        Query::new("SELECT n, action, record_id, note FROM import_record WHERE batch_id = ");
    query.bind(batch.id).push(" AND n > ").bind(after);
    if let Some(action) = action {
        query.push(" AND action = ").bind(action);
    }
    query
        .push(" ORDER BY n LIMIT ")
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
    let (select, values) = query.select();
    let found = books.all(&select, values).await?;
    let numbers = found
        .iter()
        .map(|row| row.get("n"))
        .collect::<Result<Vec<i64>, Fault>>()?;
    let lines = lines_at(books, batch.id, &numbers).await?;
    let row = |(line, row): (Line, &Row)| {
        Ok(RowLine {
            line,
            action: row.get("action")?,
            record: row.get("record_id")?,
            note: row.get("note")?,
        })
    };
    lines.into_iter().zip(&found).map(row).collect()
}

const COUNTS: Select = Select::new(
    "SELECT kind, action, count(*) AS n FROM import_record WHERE batch_id = $1 \
     GROUP BY kind, action",
);

/// How many records became what, by kind.
pub(crate) async fn counts(
    books: &mut Reader<'_>,
    id: ImportId,
) -> Result<Vec<(String, String, u64)>, Fault> {
    let row = |row: &Row| {
        let n = u64::try_from(row.get::<i64>("n")?).unwrap_or_default();
        Ok((row.get("kind")?, row.get("action")?, n))
    };
    books
        .all(&COUNTS, binds![id])
        .await?
        .iter()
        .map(row)
        .collect()
}

const SET_REPORT: Change = Change::new("UPDATE import_batch SET report = $2 WHERE id = $1");

impl Batch {
    /// The report with more in it.
    pub(crate) fn report_with(&self, more: Json) -> Json {
        let mut report = self.report.clone();
        if let (Some(report), Json::Object(more)) = (report.as_object_mut(), more) {
            report.extend(more);
        }
        report
    }
}

/// Adds to the report of a batch what became of its records when they came in.
pub(crate) async fn add_to_report(
    books: &mut Writer<'_>,
    batch: &Batch,
    more: Json,
) -> Result<(), Fault> {
    let values = binds![batch.id, batch.report_with(more).to_string()];
    books.run(&SET_REPORT, values).await?;
    Ok(())
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
