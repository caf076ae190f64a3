//! Forward-only migrations, one text for both databases 数据库迁移.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use crate::link::Transaction;
use crate::{Db, Dialect, Fault, Row, binds};

/// One step of the schema. Each statement ends with `;` at the end of a line; `{BINARY}` stands for
/// the binary column type, `{BYTEWISE}` for the collation all text has in the end, `{CLUSTERED}`
/// behind a table for keeping its rows in the order of the primary key, `{OWNED}` in an index for
/// the owner where that costs nothing. `{APPEND_ONLY table};` makes the triggers that refuse UPDATE
/// and DELETE, with columns behind the table UPDATE of these only, `{NEVER_DELETED table};` those
/// that refuse DELETE alone. Where checking a reference
/// row by row costs much, `{CHECKED_BY_STATEMENT table.column target};` has it checked once a
/// statement, and `{TOLD_ONLY table.column target};` not at all; `{KEPT_FOR table.column target};`
/// then still refuses to take away what it leads to. What begins with `{SQLITE}` or `{POSTGRES}`
/// the other one need not do.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// 1, 2, 3, … without holes.
    pub version: i64,
    /// What it brings.
    pub name: &'static str,
    /// The statements.
    pub text: &'static str,
}

/// The tables of the spine itself; always the first step.
pub const SCHEMA: Migration = Migration {
    version: 1,
    name: "spine",
    text: include_str!("../migrations/0001_spine.sql"),
};

/// Chunks of items, for acts over very many things.
pub const CHUNKS: Migration = Migration {
    version: 15,
    name: "chunk",
    text: include_str!("../migrations/0015_chunk.sql"),
};

/// What witnesses say of checkpoints.
pub const COSIGNATURES: Migration = Migration {
    version: 16,
    name: "cosignature",
    text: include_str!("../migrations/0016_cosignature.sql"),
};

/// What timestamp authorities say of checkpoints.
pub const STAMPS: Migration = Migration {
    version: 24,
    name: "stamp",
    text: include_str!("../migrations/0024_stamp.sql"),
};

/// The rows of the log lie in one place.
pub const LEAN_LOG: Migration = Migration {
    version: 27,
    name: "lean_log",
    text: include_str!("../migrations/0027_lean_log.sql"),
};

/// The second log, with SM3 and SM2.
pub const SM_LOG: Migration = Migration {
    version: 30,
    name: "sm_log",
    text: include_str!("../migrations/0030_sm_log.sql"),
};

/// An entry lies in one row, and what it is searched by follows.
pub const ONE_ROW: Migration = Migration {
    version: 48,
    name: "one_row",
    text: include_str!("../migrations/0048_one_row.sql"),
};

/// The list of the steps that were taken.
const STEPS: &str = "schema_migration";
const MADE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (version BIGINT PRIMARY KEY, \
                    name TEXT NOT NULL, digest TEXT NOT NULL, applied_at BIGINT NOT NULL)";
const TAKEN: &str = "SELECT 1 AS n FROM schema_migration WHERE version = $1";
const APPLIED: &str = "SELECT version, digest FROM schema_migration ORDER BY version";
const NOTED: &str =
    "INSERT INTO schema_migration (version, name, digest, applied_at) VALUES ($1, $2, $3, $4)";

/// What [`Db::migrating`] holds; any number that nothing else of the house takes.
const LOCK: i64 = i64::from_be_bytes(*b"migrates");

impl Db {
    /// Brings the schema up to date, each step in its own transaction; gives the steps taken now.
    /// Of several programs that begin at once each step is taken by one, and the others wait.
    /// Afterwards all text is compared byte by byte, whatever the database was made with.
    ///
    /// # Errors
    /// [`Fault`] when a step fails (it leaves nothing behind), when an applied step's text was
    /// changed, when the database is newer than this program, or when another program's tables
    /// stand in it: nothing is changed then.
    pub async fn migrate(
        &self,
        migrations: &[Migration],
        at: kernel::Moment,
    ) -> Result<Vec<i64>, Fault> {
        let tables = self.tables().await?;
        if !tables.contains(STEPS) {
            if let Some(foreign) = tables.first() {
                return Err(foreign_books(foreign));
            }
            let mut tx = self.migrating().await?;
            tx.run(MADE, Vec::new()).await?;
            tx.commit().await?;
        }
        let applied = self.writer.all(APPLIED, Vec::new()).await?;
        for row in &applied {
            let version: i64 = row.get("version")?;
            let digest: String = row.get("digest")?;
            let known = migrations
                .iter()
                .find(|step| step.version == version)
                .ok_or_else(|| {
                    Fault::new(format!(
                        "账册由更新的版本建立（结构第 {version} 步），本程序较旧，打不开；请改用建立它的版本\
                         或更新的版本。The books are of a newer version (step {version}), which this \
                         program does not know: run that version or a newer one."
                    ))
                })?;
            if digest != digest_of(known) {
                return Err(Fault::new(format!(
                    "账册结构第 {version} 步与本程序的不同：它由别的构建建立，或登记被改动；请改用建立这套\
                     账册的版本，或从备份恢复。Step {version} of these books is not the one of this \
                     program: run the version that made them, or restore a backup."
                )));
            }
        }
        let mut taken = Vec::new();
        for step in &migrations[applied.len()..] {
            if self.apply(step, at).await? {
                taken.push(step.version);
            }
        }
        if let Some(statement) = self.dialect.compare_bytewise() {
            let mut tx = self.migrating().await?;
            tx.run(statement, Vec::new()).await?;
            tx.commit().await?;
        }
        Ok(taken)
    }

    /// The newest step taken in this database; `None` when it holds no schema of ours.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn schema_version(&self) -> Result<Option<i64>, Fault> {
        if !self.tables().await?.contains(STEPS) {
            return Ok(None);
        }
        let rows = self.reader.all(APPLIED, Vec::new()).await?;
        let last = rows.last();
        last.map(|row| row.get("version")).transpose()
    }

    /// How many tables the database holds, whoever made them.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn table_count(&self) -> Result<usize, Fault> {
        Ok(self.tables().await?.len())
    }

    async fn tables(&self) -> Result<BTreeSet<String>, Fault> {
        // Without views: an extension of PostgreSQL may have some.
        let text = self.dialect.list_keyed_columns();
        let rows = self.reader.all(text, Vec::new()).await?;
        rows.iter().map(|row| row.get("table_name")).collect()
    }

    /// Whether the log in these books was ever signed.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn was_signed(&self) -> Result<bool, Fault> {
        let text = "SELECT 1 AS n FROM log_checkpoint LIMIT 1";
        Ok(self.reader.first(text, Vec::new()).await?.is_some())
    }

    /// Whether an act was ever done in these books. Before the first one they are empty tables at
    /// most: what `migrate` made, or a restore that was broken off.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn has_entries(&self) -> Result<bool, Fault> {
        if self.schema_version().await?.is_none() {
            return Ok(false);
        }
        let text = "SELECT 1 AS n FROM log_entry LIMIT 1";
        Ok(self.reader.first(text, Vec::new()).await?.is_some())
    }

    /// A transaction beside which no other program migrates.
    async fn migrating(&self) -> Result<Transaction, Fault> {
        let mut tx = self.writer.begin(self.dialect.begin_write()).await?;
        if let Some(statement) = self.dialect.guard() {
            tx.all(statement, binds![LOCK]).await?;
        }
        Ok(tx)
    }

    /// Whether the step was still to be taken.
    async fn apply(&self, step: &Migration, at: kernel::Moment) -> Result<bool, Fault> {
        let mut tx = self.migrating().await?;
        if tx.first(TAKEN, binds![step.version]).await?.is_some() {
            tx.rollback().await?;
            return Ok(false);
        }
        for statement in step.statements(self.dialect) {
            tx.run(&statement, Vec::new()).await.map_err(|error| {
                let head: String = statement.chars().take(80).collect();
                Fault::new(format!("migration {} at `{head}`: {error}", step.version))
            })?;
        }
        let values = binds![step.version, step.name, digest_of(step), at];
        tx.run(NOTED, values).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Runs one reading statement outside any act, for maintenance and tests.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn read(
        &self,
        select: &crate::Select,
        values: crate::Binds,
    ) -> Result<Vec<Row>, Fault> {
        self.reader.all(&select.0, values).await
    }
}

impl Migration {
    /// What the step tells this database.
    pub(crate) fn statements(&self, dialect: Dialect) -> Vec<String> {
        let mut statements = Vec::new();
        for piece in self.text.split(";\n") {
            let piece = without_comments(piece);
            let mut piece = piece.trim().trim_end_matches(';');
            for (mark, only) in [
                ("{SQLITE}", Dialect::Sqlite),
                ("{POSTGRES}", Dialect::Postgres),
            ] {
                if let Some(rest) = piece.strip_prefix(mark) {
                    piece = if dialect == only {
                        rest.trim_start()
                    } else {
                        ""
                    };
                }
            }
            let directive = |name: &str| {
                let of = piece.strip_prefix('{')?.strip_prefix(name)?;
                of.strip_prefix(' ')?.strip_suffix('}')
            };
            if let Some(of) = directive("APPEND_ONLY") {
                let (table, columns) = of.split_once(' ').unwrap_or((of, ""));
                statements.extend(dialect.append_only(table, columns));
            } else if let Some(table) = directive("NEVER_DELETED") {
                statements.extend(dialect.never_deleted(table));
            } else if let Some((table, column, target)) = directive("TOLD_ONLY").and_then(reference)
            {
                statements.extend(dialect.told_only(table, column, target));
            } else if let Some((table, column, target)) =
                directive("CHECKED_BY_STATEMENT").and_then(reference)
            {
                statements.extend(dialect.checked_by_statement(table, column, target));
            } else if let Some((table, column, target)) = directive("KEPT_FOR").and_then(reference)
            {
                statements.extend(dialect.kept_for(table, column, target));
            } else if !piece.is_empty() {
                let piece = piece.replace("{BINARY}", dialect.binary());
                let piece = piece.replace("{CLUSTERED}", dialect.clustered());
                let piece = piece.replace("{SEARCHED}", dialect.searched());
                let piece = piece.replace("{OWNED}", dialect.owned());
                statements.push(piece.replace("{BYTEWISE}", dialect.bytewise()));
            }
        }
        statements
    }
}

fn foreign_books(table: &str) -> Fault {
    Fault::new(format!(
        "这个数据库里已有别的程序的表（如 {table}），不是接棒的账册，没有改动任何内容；请在 database_url\
         （BATON_DATABASE_URL）或 data_dir（BATON_DATA_DIR）里换一个空的数据库。Tables of another \
         program stand in this database (such as {table}) and nothing was changed: give an empty \
         one in database_url or data_dir."
    ))
}

/// `table.column target`
fn reference(told: &str) -> Option<(&str, &str, &str)> {
    let (place, target) = told.split_once(' ')?;
    let (table, column) = place.split_once('.')?;
    Some((table, column, target))
}

fn without_comments(piece: &str) -> String {
    let code = |line: &&str| !line.trim_start().starts_with("--");
    piece.lines().filter(code).collect::<Vec<_>>().join("\n")
}

fn digest_of(step: &Migration) -> String {
    hex::encode(Sha256::digest(step.text.as_bytes()))
}
