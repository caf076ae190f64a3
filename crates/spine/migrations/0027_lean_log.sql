-- A row of the log lies in one place on SQLite.

-- A key of one number is the number of the row, and what has a longer key and short rows lies in
-- the order of it: each was written twice before, into the table and into the index of its key. On
-- PostgreSQL rows lie in no order, so that nothing can be saved.
{SQLITE} CREATE TABLE log_entry_new (
  idx INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  entry {BINARY} NOT NULL,
  leaf {BINARY} NOT NULL
);
{SQLITE} INSERT INTO log_entry_new (idx, kind, at, actor, entry, leaf)
  SELECT idx, kind, at, actor, entry, leaf FROM log_entry ORDER BY idx;
{SQLITE} DROP TABLE log_entry;
{SQLITE} ALTER TABLE log_entry_new RENAME TO log_entry;
{SQLITE} {APPEND_ONLY log_entry};
{SQLITE} CREATE INDEX log_entry_kind ON log_entry (kind, idx);
{SQLITE} CREATE INDEX log_entry_actor ON log_entry (actor, idx);

{SQLITE} CREATE TABLE log_subject_new (
  subject TEXT NOT NULL,
  idx BIGINT NOT NULL,
  n BIGINT NOT NULL,
  leaf {BINARY} NOT NULL,
  PRIMARY KEY (subject, idx, n)
) {CLUSTERED};
{SQLITE} INSERT INTO log_subject_new (subject, idx, n, leaf)
  SELECT subject, idx, n, leaf FROM log_subject ORDER BY subject, idx, n;
{SQLITE} DROP TABLE log_subject;
{SQLITE} ALTER TABLE log_subject_new RENAME TO log_subject;
{SQLITE} {APPEND_ONLY log_subject};

{SQLITE} CREATE TABLE log_head_new (
  id INTEGER PRIMARY KEY,
  size BIGINT NOT NULL,
  frontier {BINARY} NOT NULL
);
{SQLITE} INSERT INTO log_head_new (id, size, frontier) SELECT id, size, frontier FROM log_head;
{SQLITE} DROP TABLE log_head;
{SQLITE} ALTER TABLE log_head_new RENAME TO log_head;
