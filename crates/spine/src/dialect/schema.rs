//! What the database refuses, and how it is asked what tables and references it has 库结构.

use super::Dialect;

/// What the comment of a column says before the table that it leads to.
const TOLD_ONLY: &str = "refers to ";

impl Dialect {
    /// Statements that make the database refuse UPDATE and DELETE on a table: history is
    /// append-only at the database, not only in code. Where columns are named, the others may be
    /// updated. As the steps of the schema, what makes triggers is never edited: the audit holds
    /// those of older databases against it.
    pub(crate) fn append_only(self, table: &str, columns: &str) -> Vec<String> {
        let message = format!("{table} is append-only");
        let of = if columns.is_empty() { "" } else { " OF " };
        let update = ["UPDATE", of, columns].concat();
        match self {
            Dialect::Sqlite => [("update", update.as_str()), ("delete", "DELETE")]
                .iter()
                .map(|(name, verb)| {
                    format!(
                        "CREATE TRIGGER {table}_no_{name} BEFORE {verb} ON {table} \
                         BEGIN SELECT RAISE(ABORT, '{message}'); END"
                    )
                })
                .collect(),
            Dialect::Postgres => vec![
                format!(
                    "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS \
                     $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
                ),
                format!(
                    "CREATE TRIGGER {table}_append_only BEFORE {update} OR DELETE OR TRUNCATE \
                     ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
                ),
            ],
        }
    }

    /// Statements that make the database refuse to take rows of a table away.
    pub(crate) fn never_deleted(self, table: &str) -> Vec<String> {
        let message = format!("a row of {table} is never deleted");
        match self {
            Dialect::Sqlite => vec![format!(
                "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} \
                 BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )],
            Dialect::Postgres => vec![
                format!(
                    "CREATE FUNCTION {table}_never_deleted() RETURNS trigger LANGUAGE plpgsql AS \
                     $$ BEGIN RAISE EXCEPTION '{message}'; END $$"
                ),
                format!(
                    "CREATE TRIGGER {table}_never_deleted BEFORE DELETE OR TRUNCATE \
                     ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_never_deleted()"
                ),
            ],
        }
    }

    /// Statements that have a reference checked once a statement, whatever number of rows it
    /// writes, where PostgreSQL would look up and lock the same few rows again and again. No row of
    /// the target may ever go, for nobody looks back.
    pub(crate) fn checked_by_statement(
        self,
        table: &str,
        column: &str,
        target: &str,
    ) -> Vec<String> {
        let mut statements = self.told_only(table, column, target);
        if self == Dialect::Postgres {
            statements.push(format!(
                "CREATE FUNCTION {table}_{column}_leads() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN IF EXISTS (SELECT 1 FROM (SELECT DISTINCT {column} AS id FROM fresh) AS f \
                 WHERE f.id IS NOT NULL AND NOT EXISTS \
                 (SELECT 1 FROM {target} AS t WHERE t.id = f.id)) THEN RAISE EXCEPTION \
                 '{table}.{column} leads to no row of {target}' USING ERRCODE = \
                 'foreign_key_violation'; END IF; RETURN NULL; END $$"
            ));
            for verb in ["INSERT", "UPDATE"] {
                statements.push(format!(
                    "CREATE TRIGGER {table}_{column}_leads_{} AFTER {verb} ON {table} \
                     REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT \
                     EXECUTE FUNCTION {table}_{column}_leads()",
                    verb.to_lowercase()
                ));
            }
        }
        statements
    }

    /// Statements that make the database refuse to take a row of the target away while a column
    /// that is only told leads to it.
    pub(crate) fn kept_for(self, table: &str, column: &str, target: &str) -> Vec<String> {
        match self {
            Dialect::Sqlite => Vec::new(),
            Dialect::Postgres => vec![
                format!(
                    "CREATE FUNCTION {target}_kept_for_{table}() RETURNS trigger LANGUAGE plpgsql \
                     AS $$ BEGIN IF EXISTS (SELECT 1 FROM gone AS g JOIN {table} AS t \
                     ON t.{column} = g.id) THEN RAISE EXCEPTION \
                     'a row of {target} is kept for {table}.{column}' USING ERRCODE = \
                     'foreign_key_violation'; END IF; RETURN NULL; END $$"
                ),
                format!(
                    "CREATE TRIGGER {target}_kept_for_{table} AFTER DELETE ON {target} \
                     REFERENCING OLD TABLE AS gone FOR EACH STATEMENT \
                     EXECUTE FUNCTION {target}_kept_for_{table}()"
                ),
            ],
        }
    }

    /// Statements that end the checking of a reference row by row, which costs PostgreSQL a look-up
    /// and a lock for each; the schema goes on telling where the column leads.
    pub(crate) fn told_only(self, table: &str, column: &str, target: &str) -> Vec<String> {
        match self {
            Dialect::Sqlite => Vec::new(),
            Dialect::Postgres => vec![
                format!("ALTER TABLE {table} DROP CONSTRAINT {table}_{column}_fkey"),
                format!("COMMENT ON COLUMN {table}.{column} IS '{TOLD_ONLY}{target}'"),
            ],
        }
    }

    /// Lists every table with its columns: `(table_name, column_name)`.
    #[must_use]
    pub fn list_columns(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m \
                 JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
                 AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, 2"
            }
            Dialect::Postgres => {
                "SELECT CAST(table_name AS TEXT) AS table_name, \
                 CAST(column_name AS TEXT) AS column_name FROM information_schema.columns \
                 WHERE table_schema = current_schema() ORDER BY 1, 2"
            }
        }
    }

    /// Lists every table with its columns in their order and their types:
    /// `(table_name, column_name, column_type)`.
    pub(crate) fn list_types(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT m.name AS table_name, c.name AS column_name, c.type AS column_type \
                 FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' \
                 AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
            }
            Dialect::Postgres => {
                "SELECT CAST(c.table_name AS TEXT) AS table_name, \
                 CAST(c.column_name AS TEXT) AS column_name, \
                 CAST(c.data_type AS TEXT) AS column_type FROM information_schema.columns c \
                 WHERE c.table_schema = current_schema() \
                 ORDER BY c.table_name COLLATE \"C\", c.ordinal_position"
            }
        }
    }

    /// Lists every column with its place in the primary key (0 outside it) and whether the database
    /// fills it: `(table_name, column_name, key_place, defaulted)`.
    pub(crate) fn list_keyed_columns(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT m.name AS table_name, c.name AS column_name, \
                 CAST(c.pk AS BIGINT) AS key_place, \
                 CAST(c.dflt_value IS NOT NULL AS BIGINT) AS defaulted \
                 FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid"
            }
            Dialect::Postgres => {
                "SELECT CAST(r.relname AS TEXT) AS table_name, \
                 CAST(a.attname AS TEXT) AS column_name, CAST(coalesce( \
                 array_position(CAST(k.conkey AS SMALLINT[]), a.attnum), 0) AS BIGINT) \
                 AS key_place, CASE WHEN a.atthasdef THEN CAST(1 AS BIGINT) \
                 ELSE CAST(0 AS BIGINT) END AS defaulted \
                 FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid \
                 LEFT JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'p' \
                 WHERE r.relkind IN ('r', 'p') \
                 AND r.relnamespace = current_schema()::regnamespace \
                 AND a.attnum > 0 AND NOT a.attisdropped ORDER BY r.relname, a.attnum"
            }
        }
    }

    /// Lists the triggers that work, each by what makes it and, on PostgreSQL, what it does:
    /// `made`.
    pub(crate) fn list_triggers(self) -> &'static str {
        match self {
            Dialect::Sqlite => "SELECT sql AS made FROM sqlite_master WHERE type = 'trigger'",
            Dialect::Postgres => {
                "SELECT pg_get_triggerdef(g.oid, true) || ' ' || p.prosrc AS made \
                 FROM pg_trigger g JOIN pg_class r ON r.oid = g.tgrelid \
                 JOIN pg_proc p ON p.oid = g.tgfoid \
                 WHERE NOT g.tgisinternal AND g.tgenabled IN ('O', 'A') \
                 AND r.relnamespace = current_schema()::regnamespace"
            }
        }
    }

    /// Lists the references between tables as statements: whose, to whom, how to drop one, how to
    /// make it again: `(table_name, target, gone, again)`.
    /// SQLite needs none, it can wait with checking them until the end of the transaction.
    pub(crate) fn list_reference_statements(self) -> Option<&'static str> {
        match self {
            Dialect::Sqlite => None,
            Dialect::Postgres => Some(
                "SELECT CAST(k.conrelid::regclass AS TEXT) AS table_name, \
                 CAST(k.confrelid::regclass AS TEXT) AS target, \
                 format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, \
                 k.conname) AS gone, format('ALTER TABLE %s ADD CONSTRAINT %I %s', \
                 k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS again \
                 FROM pg_constraint k WHERE k.contype = 'f' \
                 AND k.connamespace = current_schema()::regnamespace \
                 UNION ALL SELECT CAST(r.relname AS TEXT), \
                 replace(d.description, 'refers to ', ''), \
                 format('ALTER TABLE %I DISABLE TRIGGER %I', r.relname, g.tgname), \
                 format('DO $once$ BEGIN ALTER TABLE %I ENABLE TRIGGER %I; ALTER TABLE %I \
                 ADD CONSTRAINT once FOREIGN KEY (%I) REFERENCES %I; ALTER TABLE %I \
                 DROP CONSTRAINT once; END $once$', r.relname, g.tgname, r.relname, a.attname, \
                 replace(d.description, 'refers to ', ''), r.relname) \
                 FROM pg_description d JOIN pg_attribute a ON a.attrelid = d.objoid \
                 AND a.attnum = d.objsubid JOIN pg_class r ON r.oid = a.attrelid \
                 JOIN pg_trigger g ON g.tgrelid = r.oid AND g.tgname = \
                 CAST(r.relname || '_' || a.attname || '_leads_insert' AS NAME) \
                 WHERE d.classoid = 'pg_class'::regclass AND d.description LIKE 'refers to %' \
                 AND r.relnamespace = current_schema()::regnamespace ORDER BY gone",
            ),
        }
    }

    /// Makes references be checked at the end of the transaction.
    pub(crate) fn check_references_last(self) -> Option<&'static str> {
        match self {
            Dialect::Sqlite => Some("PRAGMA defer_foreign_keys = ON"),
            Dialect::Postgres => None,
        }
    }

    /// Lists every column that refers to another table: `(table_name, column_name, target)`.
    #[must_use]
    pub fn list_references(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT m.name AS table_name, f.\"from\" AS column_name, f.\"table\" AS target \
                 FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f \
                 WHERE m.type = 'table' ORDER BY 1, 2"
            }
            Dialect::Postgres => {
                "SELECT CAST(k.conrelid::regclass AS TEXT) AS table_name, \
                 CAST(a.attname AS TEXT) AS column_name, \
                 CAST(k.confrelid::regclass AS TEXT) AS target \
                 FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid \
                 AND a.attnum = k.conkey[1] WHERE k.contype = 'f' \
                 AND k.connamespace = current_schema()::regnamespace \
                 UNION ALL SELECT CAST(r.relname AS TEXT), CAST(a.attname AS TEXT), \
                 replace(d.description, 'refers to ', '') FROM pg_description d \
                 JOIN pg_attribute a ON a.attrelid = d.objoid AND a.attnum = d.objsubid \
                 JOIN pg_class r ON r.oid = a.attrelid \
                 WHERE d.classoid = 'pg_class'::regclass AND d.description LIKE 'refers to %' \
                 AND r.relnamespace = current_schema()::regnamespace ORDER BY 1, 2"
            }
        }
    }

    /// Every column of text, for tests that ask the schema: `table_name`, `column_name`.
    #[must_use]
    pub fn list_text_columns(self) -> &'static str {
        match self {
            Dialect::Sqlite => {
                "SELECT m.name AS table_name, c.name AS column_name \
                 FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                 WHERE m.type = 'table' AND c.type = 'TEXT' ORDER BY 1, 2"
            }
            Dialect::Postgres => {
                "SELECT CAST(c.table_name AS TEXT) AS table_name, \
                 CAST(c.column_name AS TEXT) AS column_name \
                 FROM information_schema.columns c JOIN information_schema.tables t \
                 ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
                 WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
                 AND c.data_type = 'text' ORDER BY 1, 2"
            }
        }
    }
}
