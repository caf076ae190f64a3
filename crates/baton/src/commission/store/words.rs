//! What payee and finance said of a line 确认与异议存取.

use kernel::{EmployeeId, Fen, Moment};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};
use utoipa::ToSchema;

use crate::commission::month::Month;
use crate::word;

/// What can be said of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = LineWord)]
pub enum Said {
    /// 确认无误
    Confirmed,
    /// 有异议
    Objected,
    /// 异议成立: what is wrong is put right in the books, and calculated again.
    Accepted,
    /// 部分成立: some of it is.
    Partly,
    /// 异议不成立
    Refused,
    /// 已另行更正: what was accepted was put right on another line.
    PutRight,
}

/// One word.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) month: Month,
    pub(crate) key: String,
    pub(crate) seq: i64,
    pub(crate) payee: EmployeeId,
    pub(crate) said: Said,
    pub(crate) reason: String,
    /// The amount it was said of.
    pub(crate) commission: Fen,
    /// What the payee thinks it should be, or what is granted him of an objection.
    pub(crate) amount: Option<Fen>,
    pub(crate) by: String,
    pub(crate) at: Moment,
}

const COLUMNS: &str = "SELECT w.month AS month, w.key AS key, w.seq AS seq, \
    w.payee_id AS payee_id, w.said AS said, w.reason AS reason, w.commission AS commission, \
    w.amount AS amount, w.said_by AS said_by, w.said_at AS said_at \
    FROM commission_word w WHERE 1 = 1";

pub(super) fn word_of(row: &Row) -> Result<Word, Fault> {
    let month: String = row.get("month")?;
    Ok(Word {
        month: month.parse().map_err(|_| Fault::new("a month"))?,
        key: row.get("key")?,
        seq: row.get("seq")?,
        payee: row.get("payee_id")?,
        said: word::read(row.get("said")?)?,
        reason: row.get("reason")?,
        commission: row.get("commission")?,
        amount: row.get("amount")?,
        by: row.get("said_by")?,
        at: row.get("said_at")?,
    })
}

/// Everything that was said of somebody's lines of a month, oldest first.
pub(crate) async fn words_of(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    month: Month,
) -> Result<Vec<Word>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND w.payee_id = ").bind(payee);
    query.push(" AND w.month = ").bind(month.to_string());
    query.push(" ORDER BY w.key, w.seq");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(word_of)
        .collect()
}

const OPEN: Select = Select::new(
    "SELECT count(*) AS n FROM commission_word w WHERE w.month = $1 AND w.said = 'objected' \
     AND NOT EXISTS (SELECT 1 FROM commission_word x \
     WHERE x.month = w.month AND x.key = w.key AND x.seq > w.seq)",
);

/// How many objections to a month nobody has answered.
pub(crate) async fn open_objections(books: &mut Reader<'_>, month: Month) -> Result<i64, Fault> {
    books.count(&OPEN, binds![month.to_string()]).await
}

const ADD: &str = "INSERT INTO commission_word (month, key, seq, payee_id, said, reason, \
     commission, amount, said_by, said_at) VALUES ";

pub(crate) async fn add_words(books: &mut Writer<'_>, new: &[Word]) -> Result<(), Fault> {
    let mut rows = Vec::with_capacity(new.len());
    for one in new {
        rows.push(binds![
            one.month.to_string(),
            one.key.as_str(),
            one.seq,
            one.payee,
            word::of(&one.said)?,
            one.reason.as_str(),
            one.commission,
            one.amount,
            one.by.as_str(),
            one.at,
        ]);
    }
    books.insert_many(ADD, "", rows).await
}

pub(crate) async fn add_word(books: &mut Writer<'_>, new: &Word) -> Result<(), Fault> {
    add_words(books, std::slice::from_ref(new)).await
}

/// What was said of a line last.
pub(crate) async fn last_word(
    books: &mut Reader<'_>,
    month: Month,
    key: &str,
) -> Result<Option<Word>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(" AND w.month = ").bind(month.to_string());
    query.push(" AND w.key = ").bind(key);
    query.push(" ORDER BY w.seq DESC LIMIT 1");
    let (select, values) = query.select();
    let row = books.first(&select, values).await?;
    row.map(|row| word_of(&row)).transpose()
}

/// A file as it was brought with an objection.
#[derive(Clone, Debug)]
pub(crate) struct Brought {
    pub(crate) name: String,
    pub(crate) media: String,
    pub(crate) bytes: Vec<u8>,
}

/// What is known of a file without its bytes.
#[derive(Clone, Debug)]
pub(crate) struct Attached {
    pub(crate) key: String,
    pub(crate) seq: i64,
    pub(crate) name: String,
    pub(crate) size: i64,
    /// SHA-256, hex.
    pub(crate) digest: String,
}

const ATTACHED: Select = Select::new(
    "SELECT key, seq, file_name, size, digest FROM commission_attachment \
     WHERE month = $1 AND payee_id = $2 ORDER BY key, seq",
);

/// The files that somebody brought with objections to a month.
pub(crate) async fn attached_to(
    books: &mut Reader<'_>,
    payee: EmployeeId,
    month: Month,
) -> Result<Vec<Attached>, Fault> {
    let rows = books
        .all(&ATTACHED, binds![month.to_string(), payee])
        .await?;
    let attached = |row: &Row| {
        Ok(Attached {
            key: row.get("key")?,
            seq: row.get("seq")?,
            name: row.get("file_name")?,
            size: row.get("size")?,
            digest: row.get("digest")?,
        })
    };
    rows.iter().map(attached).collect()
}

const ATTACHMENT: Select = Select::new(
    "SELECT payee_id, file_name, media, bytes FROM commission_attachment \
     WHERE month = $1 AND key = $2 AND seq = $3",
);

/// One file, and who brought it.
pub(crate) async fn attachment(
    books: &mut Reader<'_>,
    (month, key, seq): (Month, &str, i64),
) -> Result<Option<(EmployeeId, Brought)>, Fault> {
    let values = binds![month.to_string(), key, seq];
    let Some(row) = books.first(&ATTACHMENT, values).await? else {
        return Ok(None);
    };
    let brought = Brought {
        name: row.get("file_name")?,
        media: row.get("media")?,
        bytes: row.get("bytes")?,
    };
    Ok(Some((row.get("payee_id")?, brought)))
}

const ATTACH: Change = Change::new(
    "INSERT INTO commission_attachment (month, key, seq, payee_id, file_name, media, size, \
     digest, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

/// Keeps a file beside the word it came with.
pub(crate) async fn add_attachment(
    books: &mut Writer<'_>,
    said: &Word,
    (file, digest): (&Brought, &str),
) -> Result<(), Fault> {
    let size = i64::try_from(file.bytes.len()).map_err(|_| Fault::new("the size of a file"))?;
    let values = binds![
        said.month.to_string(),
        said.key.as_str(),
        said.seq,
        said.payee,
        file.name.as_str(),
        file.media.as_str(),
        size,
        digest,
        file.bytes.as_slice(),
    ];
    books.run(&ATTACH, values).await?;
    Ok(())
}
