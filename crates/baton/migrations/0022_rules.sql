-- Decision tables: their drafts, their versions, and what each version decided.

CREATE TABLE rules_table (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);

-- What somebody is writing; it decides nothing.
CREATE TABLE rules_draft (
  table_id TEXT PRIMARY KEY REFERENCES rules_table (id),
  revision BIGINT NOT NULL,
  body TEXT NOT NULL,
  saved_by TEXT NOT NULL,
  saved_at BIGINT NOT NULL
);

-- A version is in force from its day until the day of the next row; a row without a body ends the
-- one before it, and nothing is in force until another version begins.
CREATE TABLE rules_version (
  table_id TEXT NOT NULL REFERENCES rules_table (id),
  seq BIGINT NOT NULL,
  version BIGINT NOT NULL,
  valid_from TEXT NOT NULL,
  body TEXT,
  digest TEXT NOT NULL,
  note TEXT NOT NULL,
  drafted_by TEXT NOT NULL,
  published_by TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (table_id, seq)
);
{APPEND_ONLY rules_version};

-- Which version and row decided about which record, with the facts it was asked with. The same
-- decision made again is the same row.
CREATE TABLE rules_decision (
  digest TEXT PRIMARY KEY,
  table_id TEXT NOT NULL REFERENCES rules_table (id),
  version BIGINT NOT NULL,
  row_no BIGINT NOT NULL,
  record TEXT NOT NULL,
  deal_id TEXT NOT NULL,
  as_of TEXT NOT NULL,
  body TEXT NOT NULL,
  decided_at BIGINT NOT NULL
);
{APPEND_ONLY rules_decision};
CREATE INDEX rules_decision_of ON rules_decision (table_id, as_of);
