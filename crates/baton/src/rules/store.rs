//! SQL of the decision tables 决策表存取.

use ::rules::table::Table;
use kernel::{ContractId, Day, Moment, RuleTableId};
use spine::{Change, Fault, Query, Reader, Row, Select, Writer, binds};

/// A table without its versions.
#[derive(Clone, Debug)]
pub(crate) struct Head {
    pub(crate) id: RuleTableId,
    pub(crate) name: String,
}

const HEADS: Select = Select::new("SELECT id, name FROM rules_table ORDER BY name, id");

fn head(row: &Row) -> Result<Head, Fault> {
    Ok(Head {
        id: row.get("id")?,
        name: row.get("name")?,
    })
}

/// Every table, by name.
pub(crate) async fn heads(books: &mut Reader<'_>) -> Result<Vec<Head>, Fault> {
    let rows = books.all(&HEADS, binds![]).await?;
    rows.iter().map(head).collect()
}

const ADD: Change =
    Change::new("INSERT INTO rules_table (id, name, created_at) VALUES ($1, $2, $3)");
const RENAME: Change = Change::new("UPDATE rules_table SET name = $2 WHERE id = $1");

pub(crate) async fn add(books: &mut Writer<'_>, head: &Head) -> Result<(), Fault> {
    let at = books.at();
    books
        .run(&ADD, binds![head.id, head.name.as_str(), at])
        .await?;
    Ok(())
}

pub(crate) async fn rename(books: &mut Writer<'_>, head: &Head) -> Result<(), Fault> {
    books
        .run(&RENAME, binds![head.id, head.name.as_str()])
        .await?;
    Ok(())
}

/// What somebody is writing.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) table: RuleTableId,
    /// 1, 2, 3, …; grows with every save.
    pub(crate) revision: i64,
    pub(crate) body: Table,
    pub(crate) saved_by: String,
    pub(crate) saved_at: Moment,
}

const DRAFTS: &str =
    "SELECT table_id, revision, body, saved_by, saved_at FROM rules_draft WHERE 1 = 1";

/// Drafts: all, or the one of a table.
pub(crate) async fn drafts(
    books: &mut Reader<'_>,
    of: Option<RuleTableId>,
) -> Result<Vec<Draft>, Fault> {
    let mut query = Query::new(DRAFTS);
    if let Some(id) = of {
        query.push(" AND table_id = ").bind(id);
    }
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let draft = |row: &Row| {
        Ok(Draft {
            table: row.get("table_id")?,
            revision: row.get("revision")?,
            body: serde_json::from_str(&row.get::<String>("body")?)?,
            saved_by: row.get("saved_by")?,
            saved_at: row.get("saved_at")?,
        })
    };
    rows.iter().map(draft).collect()
}

const BEGIN: Change = Change::new(
    "INSERT INTO rules_draft (table_id, revision, body, saved_by, saved_at) \
     VALUES ($1, $2, $3, $4, $5)",
);
const SAVE: Change = Change::new(
    "UPDATE rules_draft SET revision = $2, body = $3, saved_by = $4, saved_at = $5 \
     WHERE table_id = $1",
);
const DROP: Change = Change::new("DELETE FROM rules_draft WHERE table_id = $1");

/// Writes a draft; `first` when the table has none.
pub(crate) async fn save(books: &mut Writer<'_>, draft: &Draft, first: bool) -> Result<(), Fault> {
    let body = serde_json::to_string(&draft.body)?;
    let values = binds![
        draft.table,
        draft.revision,
        body,
        draft.saved_by.as_str(),
        draft.saved_at
    ];
    match first {
        true => books.run(&BEGIN, values).await?,
        false => books.run(&SAVE, values).await?,
    };
    Ok(())
}

pub(crate) async fn drop_draft(books: &mut Writer<'_>, table: RuleTableId) -> Result<(), Fault> {
    books.run(&DROP, binds![table]).await?;
    Ok(())
}

/// A version of a table, or its end.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    pub(crate) table: RuleTableId,
    pub(crate) seq: i64,
    /// 1, 2, 3, …; of an end the version that ended.
    pub(crate) version: u32,
    pub(crate) valid_from: Day,
    /// None ends the version before.
    pub(crate) body: Option<Table>,
    pub(crate) digest: String,
    pub(crate) note: String,
    pub(crate) drafted_by: String,
    pub(crate) published_by: String,
    pub(crate) published_at: Moment,
}

const VERSIONS: &str = "SELECT table_id, seq, version, valid_from, body, digest, note, \
     drafted_by, published_by, published_at FROM rules_version WHERE 1 = 1";

/// Versions and ends in order: of all tables, or of one.
pub(crate) async fn versions(
    books: &mut Reader<'_>,
    of: Option<RuleTableId>,
) -> Result<Vec<Version>, Fault> {
    let mut query = Query::new(VERSIONS);
    if let Some(id) = of {
        query.push(" AND table_id = ").bind(id);
    }
    query.push(" ORDER BY table_id, seq");
    let (select, values) = query.select();
    let rows = books.all(&select, values).await?;
    let version = |row: &Row| {
        let number: i64 = row.get("version")?;
        let body: Option<String> = row.get("body")?;
        Ok(Version {
            table: row.get("table_id")?,
            seq: row.get("seq")?,
            version: u32::try_from(number).map_err(|_| Fault::new("version"))?,
            valid_from: row.get("valid_from")?,
            body: body.map(|body| serde_json::from_str(&body)).transpose()?,
            digest: row.get("digest")?,
            note: row.get("note")?,
            drafted_by: row.get("drafted_by")?,
            published_by: row.get("published_by")?,
            published_at: row.get("published_at")?,
        })
    };
    rows.iter().map(version).collect()
}

const ADD_VERSION: Change = Change::new(
    "INSERT INTO rules_version (table_id, seq, version, valid_from, body, digest, note, \
     drafted_by, published_by, published_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
);

pub(crate) async fn add_version(books: &mut Writer<'_>, row: &Version) -> Result<(), Fault> {
    let body = row.body.as_ref().map(serde_json::to_string).transpose()?;
    let values = binds![
        row.table,
        row.seq,
        i64::from(row.version),
        row.valid_from,
        body,
        row.digest.as_str(),
        row.note.as_str(),
        row.drafted_by.as_str(),
        row.published_by.as_str(),
        row.published_at,
    ];
    books.run(&ADD_VERSION, values).await?;
    Ok(())
}

/// What a version decided about a record.
#[derive(Clone, Debug)]
pub(crate) struct Decision {
    /// Names it: the same decision made again has the same.
    pub(crate) digest: String,
    pub(crate) table: RuleTableId,
    pub(crate) version: u32,
    /// Counted from 1; 0 is the default row.
    pub(crate) row: u32,
    /// `receipt/rcp_…`
    pub(crate) record: String,
    /// Of which deal, when it is about one.
    pub(crate) deal: Option<ContractId>,
    pub(crate) as_of: Day,
    /// Facts, rows and answer, as the engine keeps them.
    pub(crate) kept: ::rules::record::Record,
}

const KNOWN: Select = Select::new("SELECT digest FROM rules_decision");

/// The digests of all decisions that are kept.
pub(crate) async fn decided(books: &mut Reader<'_>) -> Result<Vec<String>, Fault> {
    let rows = books.all(&KNOWN, binds![]).await?;
    rows.iter().map(|row| row.get("digest")).collect()
}

const DECISIONS: Select = Select::new(
    "SELECT digest, table_id, version, row_no, record, deal_id, as_of, body \
     FROM rules_decision WHERE table_id = $1 ORDER BY as_of DESC, digest LIMIT 200",
);

/// What a table decided, the newest days first; no more than 200.
pub(crate) async fn decisions(
    books: &mut Reader<'_>,
    table: RuleTableId,
) -> Result<Vec<Decision>, Fault> {
    let rows = books.all(&DECISIONS, binds![table]).await?;
    let number = |row: &Row, column: &str| {
        let number: i64 = row.get(column)?;
        u32::try_from(number).map_err(|_| Fault::new("a number of a decision"))
    };
    let decision = |row: &Row| {
        Ok(Decision {
            digest: row.get("digest")?,
            table: row.get("table_id")?,
            version: number(row, "version")?,
            row: number(row, "row_no")?,
            record: row.get("record")?,
            deal: row.get::<String>("deal_id")?.parse().ok(),
            as_of: row.get("as_of")?,
            kept: serde_json::from_str(&row.get::<String>("body")?)?,
        })
    };
    rows.iter().map(decision).collect()
}

const ADD_DECISIONS: &str = "INSERT INTO rules_decision (digest, table_id, version, row_no, \
                             record, deal_id, as_of, body, decided_at) VALUES ";

pub(crate) async fn add_decisions(
    books: &mut Writer<'_>,
    decisions: &[&Decision],
) -> Result<(), Fault> {
    let at = books.at();
    let mut rows = Vec::with_capacity(decisions.len());
    for one in decisions {
        rows.push(binds![
            one.digest.as_str(),
            one.table,
            i64::from(one.version),
            i64::from(one.row),
            one.record.as_str(),
            one.deal.map(|id| id.to_string()).unwrap_or_default(),
            one.as_of,
            serde_json::to_string(&one.kept)?,
            at,
        ]);
    }
    books.insert_many(ADD_DECISIONS, "", rows).await
}
