-- Imports: what was staged, what it became, and how to take it back.

CREATE TABLE import_batch (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  system TEXT NOT NULL,
  mapping TEXT NOT NULL,
  state TEXT NOT NULL,
  files TEXT NOT NULL,
  report TEXT NOT NULL,
  staged_by TEXT NOT NULL,
  staged_at BIGINT NOT NULL,
  committed_at BIGINT,
  undone_at BIGINT
);

-- One row for each staged record: its content, the row it stood in, what the commit made of it
-- (`created`, `updated`, `matched`, `same`, `refused`) and what was there before.
CREATE TABLE import_record (
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  n BIGINT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  body TEXT NOT NULL,
  digest TEXT NOT NULL,
  source TEXT NOT NULL,
  action TEXT NOT NULL,
  record_id TEXT,
  before TEXT,
  note TEXT,
  PRIMARY KEY (batch_id, n)
);
CREATE INDEX import_record_kind ON import_record (batch_id, kind, key);
CREATE INDEX import_record_became ON import_record (record_id, batch_id);

-- What the company sees of a foreign record: the same file twice changes nothing.
CREATE TABLE import_identity (
  system TEXT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  record_id TEXT NOT NULL,
  digest TEXT NOT NULL,
  batch_id TEXT NOT NULL REFERENCES import_batch (id),
  PRIMARY KEY (system, kind, key)
);
CREATE INDEX import_identity_batch ON import_identity (batch_id);
