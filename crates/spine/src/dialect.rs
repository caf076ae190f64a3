//! What SQLite and PostgreSQL do differently; no other file knows 数据库方言.

mod schema;

/// Which database holds the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite 3, one file.
    Sqlite,
    /// PostgreSQL 15 or newer.
    Postgres,
}

impl Dialect {
    /// The dialect a database address asks for.
    #[must_use]
    pub fn of(url: &str) -> Option<Dialect> {
        if url.starts_with("sqlite:") {
            Some(Dialect::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Some(Dialect::Postgres)
        } else {
            None
        }
    }

    /// Opens a writing transaction. On SQLite the writer waits for its turn at once instead of
    /// failing half-way (SQLITE_BUSY_SNAPSHOT, code 517).
    pub(crate) fn begin_write(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BEGIN IMMEDIATE",
            Dialect::Postgres => "BEGIN",
        }
    }

    /// Opens a reading transaction that sees one state of the books.
    pub(crate) fn begin_read(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BEGIN",
            Dialect::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// Whether it knows how frequent the values of its columns are, and plans by that. SQLite takes
    /// the way that its indexes and the form of the conditions suggest.
    #[must_use]
    pub fn plans_by_statistics(self) -> bool {
        match self {
            Dialect::Sqlite => false,
            Dialect::Postgres => true,
        }
    }

    /// What every new connection is told.
    pub(crate) fn greeting(self, reader: bool) -> &'static [&'static str] {
        match (self, reader) {
            (Dialect::Sqlite, false) => &[
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA busy_timeout = 15000",
                "PRAGMA cache_size = -32000",
                "PRAGMA temp_store = MEMORY",
                // After a very large transaction the log becomes small again.
                "PRAGMA journal_size_limit = 67108864",
            ],
            (Dialect::Sqlite, true) => &[
                "PRAGMA busy_timeout = 15000",
                "PRAGMA cache_size = -12000",
                // Pages that only one reader needs stay where the system keeps them, all of
                // them: a look at a row in a part that is not mapped costs more than twice as much.
                "PRAGMA mmap_size = 68719476736",
                "PRAGMA query_only = ON",
                "PRAGMA temp_store = MEMORY",
            ],
            // Nothing here is worth compiling; long values are packed quickly where it can be had.
            (Dialect::Postgres, false) => &[
                "SET TIME ZONE 'UTC'",
                "SET jit = off",
                "SELECT set_config(name, 'lz4', false) FROM pg_settings \
                 WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)",
            ],
            // Who reads waits for nobody but a first import, and not for minutes.
            (Dialect::Postgres, true) => &[
                "SET TIME ZONE 'UTC'",
                "SET jit = off",
                "SET lock_timeout = '5s'",
                "SET default_transaction_read_only = on",
            ],
        }
    }

    /// Makes other acts on the same thing wait until this transaction ends. SQLite has one writer,
    /// so there is nothing to do.
    pub(crate) fn guard(self) -> Option<&'static str> {
        match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(
                "SELECT CAST(1 AS BIGINT) AS done FROM (SELECT pg_advisory_xact_lock($1)) AS lock",
            ),
        }
    }

    /// The head of the log, held until the end of the transaction; no row when somebody else holds
    /// it and one is not patient.
    pub(crate) fn log_head(self, patient: bool) -> &'static str {
        match (self, patient) {
            (Dialect::Sqlite, _) => "SELECT size, frontier FROM log_head WHERE id = 1",
            (Dialect::Postgres, true) => {
                "SELECT size, frontier FROM log_head WHERE id = 1 FOR UPDATE"
            }
            (Dialect::Postgres, false) => {
                "SELECT size, frontier FROM log_head WHERE id = 1 FOR UPDATE SKIP LOCKED"
            }
        }
    }

    /// What a transaction says first whose work can be done again from what is there.
    pub(crate) fn lightly(self) -> &'static [&'static str] {
        match self {
            Dialect::Sqlite => &[],
            Dialect::Postgres => &["SET LOCAL synchronous_commit = off"],
        }
    }

    /// Whether each statement is a trip to a server, so that one trip for several is worth a long
    /// statement.
    #[must_use]
    pub fn travels(self) -> bool {
        self == Dialect::Postgres
    }

    /// How many rows of a table whoever plans statements knows of, and how it is counted for him; a
    /// table that somebody tends is left alone.
    pub(crate) fn take_stock(self, table: &str) -> Option<(&'static str, String)> {
        match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some((
                "SELECT CAST(reltuples AS BIGINT) AS n FROM pg_class WHERE relname = $1 \
                 AND relnamespace = current_schema()::regnamespace",
                format!("ANALYZE (SKIP_LOCKED) {table}"),
            )),
        }
    }

    /// Whether who reads a table waits while one of its indexes is taken away and made again.
    pub(crate) fn indexing_shuts_out(self) -> bool {
        match self {
            Dialect::Sqlite => false,
            Dialect::Postgres => true,
        }
    }

    /// Lists the indexes of a table that nothing else needs, with how to take one away and how to
    /// make it again: `(name, gone, again)`. On SQLite those that a constraint brings are part of
    /// their table; on PostgreSQL the one of a key that no other table refers to may go.
    pub(crate) fn list_index_statements(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT name, 'DROP INDEX \"' || replace(name, '\"', '\"\"') || '\"' AS gone, \
                 sql AS again FROM sqlite_master \
                 WHERE type = 'index' AND tbl_name = $1 AND sql IS NOT NULL ORDER BY name"
            }
            Dialect::Postgres => {
                "SELECT CAST(i.relname AS TEXT) AS name, CASE WHEN k.oid IS NULL \
                 THEN format('DROP INDEX %I', i.relname) \
                 ELSE format('ALTER TABLE %I DROP CONSTRAINT %I', t.relname, k.conname) END \
                 AS gone, CASE WHEN k.oid IS NULL THEN pg_get_indexdef(i.oid) \
                 ELSE format('ALTER TABLE %I ADD CONSTRAINT %I %s', t.relname, k.conname, \
                 pg_get_constraintdef(k.oid)) END AS again \
                 FROM pg_class t JOIN pg_index x ON x.indrelid = t.oid \
                 JOIN pg_class i ON i.oid = x.indexrelid \
                 LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype IN ('p', 'u', 'x') \
                 WHERE t.relname = $1 AND t.relnamespace = current_schema()::regnamespace \
                 AND (k.oid IS NULL OR NOT EXISTS (SELECT 1 FROM pg_constraint f \
                 WHERE f.contype = 'f' AND f.confrelid = t.oid)) ORDER BY i.relname"
            }
        }
    }

    /// The leaves of a tile, end to end, as one row.
    pub(crate) fn leaves_together(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT CAST(group_concat(CAST(leaf AS TEXT), '') AS BLOB) AS hashes FROM \
                 (SELECT leaf FROM log_entry WHERE idx >= $1 AND idx < $2 ORDER BY idx) AS tile"
            }
            Dialect::Postgres => {
                "SELECT string_agg(leaf, '' ORDER BY idx) AS hashes FROM log_entry \
                 WHERE idx >= $1 AND idx < $2"
            }
        }
    }

    /// The hashes of a tile above the leaves, end to end, as one row.
    pub(crate) fn nodes_together(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT CAST(group_concat(CAST(hash AS TEXT), '') AS BLOB) AS hashes FROM \
                 (SELECT hash FROM log_node WHERE level = $1 AND n >= $2 AND n < $3 ORDER BY n) \
                 AS tile"
            }
            Dialect::Postgres => {
                "SELECT string_agg(hash, '' ORDER BY n) AS hashes FROM log_node \
                 WHERE level = $1 AND n >= $2 AND n < $3"
            }
        }
    }

    /// Ends the choice of due jobs so that servers do not wait for one another.
    pub(crate) fn skip_taken(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// The binary column type.
    pub(crate) fn binary(self) -> &'static str {
        match self {
            Dialect::Sqlite => "BLOB",
            Dialect::Postgres => "BYTEA",
        }
    }

    /// The collation that compares byte by byte, whatever the database was made with. SQLite does
    /// so by itself.
    pub(crate) fn bytewise(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => "COLLATE \"C\"",
        }
    }

    /// Has every column of text compared byte by byte, as SQLite does by itself: both databases
    /// give the same order, comparing costs less, and an index stays right when the system's
    /// notion of a language changes (PostgreSQL documentation, `ALTER COLLATION`, notes).
    pub(crate) fn compare_bytewise(self) -> Option<&'static str> {
        match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(
                "DO $$ DECLARE one record; BEGIN FOR one IN \
                 SELECT CAST(r.oid::regclass AS TEXT) AS place, string_agg(format( \
                 'ALTER COLUMN %I TYPE text COLLATE \"C\"', a.attname), ', ') AS columns \
                 FROM pg_attribute a JOIN pg_class r ON r.oid = a.attrelid \
                 WHERE r.relkind = 'r' AND r.relnamespace = current_schema()::regnamespace \
                 AND a.atttypid = 'text'::regtype AND a.attnum > 0 AND NOT a.attisdropped \
                 AND a.attcollation = 'pg_catalog.\"default\"'::regcollation \
                 AND NOT EXISTS (SELECT 1 FROM pg_database d WHERE d.datcollate = 'C' \
                 AND d.datname = current_database()) GROUP BY r.oid \
                 LOOP EXECUTE format('ALTER TABLE %s %s', one.place, one.columns); END LOOP; \
                 END $$",
            ),
        }
    }

    /// Ends a table whose rows lie in the order of its primary key and nowhere else. PostgreSQL has
    /// no such tables.
    pub(crate) fn clustered(self) -> &'static str {
        match self {
            Dialect::Sqlite => "WITHOUT ROWID",
            Dialect::Postgres => "",
        }
    }

    /// What a transaction says before it writes very much, and after it: SQLite keeps more pages in
    /// memory, for a page that falls out of it is written and read again and again; PostgreSQL has
    /// room for sorting what goes into an index.
    pub(crate) fn room(self, wide: bool) -> &'static [&'static str] {
        match (self, wide) {
            (Dialect::Sqlite, true) => &["PRAGMA cache_size = -262144"],
            (Dialect::Sqlite, false) => &["PRAGMA cache_size = -32000", "PRAGMA shrink_memory"],
            (Dialect::Postgres, true) => &["SET LOCAL maintenance_work_mem = '256MB'"],
            // It ends with the transaction.
            (Dialect::Postgres, false) => &[],
        }
    }

    /// The column of all that can be searched, as the end of an index. PostgreSQL allows an index
    /// entry a third of a page, which a long name exceeds; it reads the row instead.
    pub(crate) fn searched(self) -> &'static str {
        match self {
            Dialect::Sqlite => ", search",
            Dialect::Postgres => "",
        }
    }

    /// The column of the owner in an index that need not have it. When a row changes PostgreSQL
    /// writes a new entry into each of its indexes, so it costs nothing there, and spares a look at
    /// the row; SQLite rewrites an index only where one of its columns changed.
    pub(crate) fn owned(self) -> &'static str {
        match self {
            Dialect::Sqlite => "",
            Dialect::Postgres => ", owner_id",
        }
    }

    /// Up to `$2` rows of the log from `$1` on as one row: each column end to end, and its lengths,
    /// -1 for a null. What was put in the place of bytes makes the lengths not fit.
    pub(crate) fn packed_log(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT group_concat(idx, ',') AS idx, \
                 CAST(group_concat(CAST(entry AS TEXT), '') AS BLOB) AS entry, \
                 group_concat(iif(typeof(entry) = 'blob', length(entry), -1), ',') \
                 AS entry_length, \
                 CAST(group_concat(CAST(leaf AS TEXT), '') AS BLOB) AS leaf, \
                 group_concat(iif(typeof(leaf) = 'blob', length(leaf), -1), ',') AS leaf_length, \
                 CAST(group_concat(CAST(payload AS TEXT), '') AS BLOB) AS payload, \
                 group_concat(iif(typeof(payload) = 'blob', length(payload), -1), ',') \
                 AS payload_length, \
                 CAST(group_concat(CAST(salt AS TEXT), '') AS BLOB) AS salt, \
                 group_concat(iif(typeof(salt) = 'blob', length(salt), -1), ',') \
                 AS salt_length \
                 FROM (SELECT idx, entry, leaf, payload, salt FROM log_entry \
                 WHERE idx >= $1 AND idx < 9223372036854775807 ORDER BY idx LIMIT $2) AS picked"
            }
            Dialect::Postgres => {
                "SELECT string_agg(CAST(idx AS TEXT), ',' ORDER BY idx) AS idx, \
                 string_agg(entry, '' ORDER BY idx) AS entry, \
                 string_agg(CAST(length(entry) AS TEXT), ',' ORDER BY idx) AS entry_length, \
                 string_agg(leaf, '' ORDER BY idx) AS leaf, \
                 string_agg(CAST(length(leaf) AS TEXT), ',' ORDER BY idx) AS leaf_length, \
                 string_agg(payload, '' ORDER BY idx) AS payload, \
                 string_agg(CAST(coalesce(length(payload), -1) AS TEXT), ',' ORDER BY idx) \
                 AS payload_length, \
                 string_agg(salt, '' ORDER BY idx) AS salt, \
                 string_agg(CAST(coalesce(length(salt), -1) AS TEXT), ',' ORDER BY idx) \
                 AS salt_length \
                 FROM (SELECT idx, entry, leaf, payload, salt FROM log_entry \
                 WHERE idx >= $1 AND idx < 9223372036854775807 ORDER BY idx LIMIT $2) AS picked"
            }
        }
    }

    /// Bytes the database takes.
    pub(crate) fn size_of_database(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT p.page_count * s.page_size AS n FROM pragma_page_count() p, \
                 pragma_page_size() s"
            }
            Dialect::Postgres => "SELECT pg_database_size(current_database()) AS n",
        }
    }

    /// What it is called, for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SQLite",
            Dialect::Postgres => "PostgreSQL",
        }
    }
}
