//! What payee and finance said of a line 确认与异议存取.

use access::RowFilter;
use kernel::{EmployeeId, Fen, Moment};
use serde::{Deserialize, Serialize};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};
use utoipa::ToSchema;

use crate::commission::month::Month;
use crate::{scope, word};

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
    /// 异议不成立
    Refused,
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
    pub(crate) by: String,
    pub(crate) at: Moment,
}

const COLUMNS: &str = "SELECT w.month AS month, w.key AS key, w.seq AS seq, \
    w.payee_id AS payee_id, w.said AS said, w.reason AS reason, w.commission AS commission, \
    w.said_by AS said_by, w.said_at AS said_at FROM commission_word w WHERE 1 = 1";

fn word_of(row: &Row) -> Result<Word, Fault> {
    let month: String = row.get("month")?;
    Ok(Word {
        month: month.parse().map_err(|_| Fault::new("a month"))?,
        key: row.get("key")?,
        seq: row.get("seq")?,
        payee: row.get("payee_id")?,
        said: word::read(row.get("said")?)?,
        reason: row.get("reason")?,
        commission: row.get("commission")?,
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

const PAYEE: scope::Columns = scope::Columns {
    owner: "w.payee_id",
    customer: None,
    beside: None,
};

/// Objections nobody has answered, of one month or of all, oldest first.
pub(crate) async fn open_objections(
    books: &mut Reader<'_>,
    reach: &RowFilter,
    month: Option<Month>,
) -> Result<Vec<Word>, Fault> {
    let mut query = Query::new(COLUMNS);
    query.push(
        " AND w.said = 'objected' AND NOT EXISTS (SELECT 1 FROM commission_word x \
         WHERE x.month = w.month AND x.key = w.key AND x.seq > w.seq)",
    );
    if let Some(month) = month {
        query.push(" AND w.month = ").bind(month.to_string());
    }
    let today = books.today();
    scope::push(&mut query, reach, &PAYEE, today);
    query.push(" ORDER BY w.said_at, w.key LIMIT 500");
    let (select, values) = query.select();
    books
        .all(&select, values)
        .await?
        .iter()
        .map(word_of)
        .collect()
}

const ADD: Change = Change::new(
    "INSERT INTO commission_word (month, key, seq, payee_id, said, reason, commission, said_by, \
     said_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
);

pub(crate) async fn add_word(books: &mut Writer<'_>, new: &Word) -> Result<(), Fault> {
    let values = binds![
        new.month.to_string(),
        new.key.as_str(),
        new.seq,
        new.payee,
        word::of(&new.said)?,
        new.reason.as_str(),
        new.commission,
        new.by.as_str(),
        new.at,
    ];
    books.run(&ADD, values).await?;
    Ok(())
}

const LAST: Select = Select::new(
    "SELECT CAST(coalesce(max(seq), 0) AS BIGINT) AS n FROM commission_word \
     WHERE month = $1 AND key = $2",
);

/// How often something was said of a line.
pub(crate) async fn words_so_far(
    books: &mut Reader<'_>,
    month: Month,
    key: &str,
) -> Result<i64, Fault> {
    books.count(&LAST, binds![month.to_string(), key]).await
}
