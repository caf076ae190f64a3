-- An entry lies in one row with what it says; what it is searched by follows from it.

-- Payload and salt of an entry, and the notes of the rows it wrote where they are one part, stand
-- beside the entry; they and nothing else can be erased. Payloads of items, and notes of more
-- parts, stay in log_payload.
{SQLITE} CREATE TABLE log_entry_new (
  idx INTEGER PRIMARY KEY,
  kind TEXT {BYTEWISE} NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT {BYTEWISE} NOT NULL,
  entry {BINARY} NOT NULL,
  leaf {BINARY} NOT NULL,
  payload {BINARY},
  salt {BINARY},
  notes {BINARY}
);
{POSTGRES} CREATE TABLE log_entry_new (
  idx BIGINT NOT NULL,
  kind TEXT {BYTEWISE} NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT {BYTEWISE} NOT NULL,
  entry {BINARY} NOT NULL,
  leaf {BINARY} NOT NULL,
  payload {BINARY},
  salt {BINARY},
  notes {BINARY}
);
INSERT INTO log_entry_new (idx, kind, at, actor, entry, leaf, payload, salt)
  SELECT e.idx, e.kind, e.at, e.actor, e.entry, e.leaf, p.payload, p.salt
  FROM log_entry e LEFT JOIN log_payload p ON p.idx = e.idx AND p.n = -1 ORDER BY e.idx;
DROP TABLE log_entry;
{POSTGRES} DROP FUNCTION log_entry_append_only();
ALTER TABLE log_entry_new RENAME TO log_entry;
{POSTGRES} ALTER TABLE log_entry ADD PRIMARY KEY (idx);
{APPEND_ONLY log_entry idx, kind, at, actor, entry, leaf};
DELETE FROM log_payload WHERE n = -1;

-- Act and actor are searched as subjects are: n = -3 and -4. So the log is appended to without
-- touching any index but that of its order, and what it is searched by follows (log_head: how far).
INSERT INTO log_subject (subject, idx, n, leaf)
  SELECT kind, idx, -3, CAST('' AS {BINARY}) FROM log_entry ORDER BY kind, idx;
INSERT INTO log_subject (subject, idx, n, leaf)
  SELECT actor, idx, -4, CAST('' AS {BINARY}) FROM log_entry ORDER BY actor, idx;
