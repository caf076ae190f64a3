-- What the spine itself keeps: the evidence log, jobs, answered requests, access records.

CREATE TABLE log_entry (
  idx BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  entry {BINARY} NOT NULL,
  leaf {BINARY} NOT NULL
);
{APPEND_ONLY log_entry};
CREATE INDEX log_entry_kind ON log_entry (kind, idx);
CREATE INDEX log_entry_actor ON log_entry (actor, idx);

-- Payload and salt stand apart, so that personal data can be erased and the tree stays whole.
-- n = -1 is the entry itself, 0.. are the items of a bulk act.
CREATE TABLE log_payload (
  idx BIGINT NOT NULL,
  n BIGINT NOT NULL,
  payload {BINARY},
  salt {BINARY},
  PRIMARY KEY (idx, n)
);

CREATE TABLE log_item (
  idx BIGINT NOT NULL,
  n BIGINT NOT NULL,
  item {BINARY} NOT NULL,
  PRIMARY KEY (idx, n)
);
{APPEND_ONLY log_item};

-- Which entries speak of a thing. n = -1: the entry's first subject, whose chain it continues;
-- 0..: the item that continues the chain; -2: only mentioned.
CREATE TABLE log_subject (
  subject TEXT NOT NULL,
  idx BIGINT NOT NULL,
  n BIGINT NOT NULL,
  leaf {BINARY} NOT NULL,
  PRIMARY KEY (subject, idx, n)
);
{APPEND_ONLY log_subject};

CREATE TABLE log_tile (
  level BIGINT NOT NULL,
  n BIGINT NOT NULL,
  data {BINARY} NOT NULL,
  PRIMARY KEY (level, n)
);
{APPEND_ONLY log_tile};

-- Roots of full tiles, which are the hashes of the tiles one level up.
CREATE TABLE log_node (
  level BIGINT NOT NULL,
  n BIGINT NOT NULL,
  hash {BINARY} NOT NULL,
  PRIMARY KEY (level, n)
);
{APPEND_ONLY log_node};

CREATE TABLE log_head (
  id BIGINT PRIMARY KEY,
  size BIGINT NOT NULL,
  frontier {BINARY} NOT NULL
);

CREATE TABLE log_checkpoint (
  size BIGINT PRIMARY KEY,
  note TEXT NOT NULL,
  signed_at BIGINT NOT NULL
);
{APPEND_ONLY log_checkpoint};

CREATE TABLE log_consumer (
  name TEXT PRIMARY KEY,
  next_index BIGINT NOT NULL
);

CREATE TABLE idempotency (
  actor TEXT NOT NULL,
  request_key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  answer TEXT,
  entry BIGINT,
  at BIGINT NOT NULL,
  PRIMARY KEY (actor, request_key)
);
CREATE INDEX idempotency_at ON idempotency (at);

-- Reads that matter, and attempts that did not succeed.
CREATE TABLE access_record (
  id TEXT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  session TEXT NOT NULL,
  act TEXT NOT NULL,
  attempt TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL
);
{APPEND_ONLY access_record};
CREATE INDEX access_record_attempt ON access_record (attempt, id);

CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  unique_name TEXT UNIQUE,
  locked_until BIGINT,
  locked_by TEXT,
  done_at BIGINT,
  last_error TEXT
);
CREATE INDEX job_due ON job (done_at, run_at);
