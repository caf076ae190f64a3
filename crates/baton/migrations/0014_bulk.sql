-- Imports of a million rows.

-- Imports once more. No program that wrote the tables of 0008 was ever released, and what they
-- held cannot be carried over in SQL alike on both databases.
DROP TABLE import_record;
DROP TABLE import_identity;
DELETE FROM import_batch;

-- The staged records of a batch, some thousands in a row, packed: kind, key, content, and the row of
-- the file each stood in.
CREATE TABLE import_chunk (
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  first_n BIGINT NOT NULL,
  records {BINARY} NOT NULL,
  PRIMARY KEY (batch_id, first_n)
);

-- What the commit made of each record (`created`, `updated`, `matched`, `same`, `refused`), and what
-- was there before.
CREATE TABLE import_record (
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  n BIGINT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  action TEXT NOT NULL,
  record_id TEXT,
  before TEXT,
  note TEXT,
  PRIMARY KEY (batch_id, n)
) {CLUSTERED};
CREATE INDEX import_record_became ON import_record (record_id);

-- What the company sees of a foreign record: the same file twice changes nothing. `batch_id` and `n`
-- say where its content was staged last.
CREATE TABLE import_identity (
  system TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  record_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  n BIGINT NOT NULL,
  PRIMARY KEY (system, kind, key)
) {CLUSTERED};
CREATE INDEX import_identity_record ON import_identity (record_id);
