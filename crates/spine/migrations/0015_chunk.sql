-- Acts over very many things.

-- The items of an act over very many things, 1,024 of them in a row: the bytes that are hashed, and
-- apart from them the payloads and salts, which can be erased one by one.
CREATE TABLE log_chunk (
  idx BIGINT NOT NULL,
  first_n BIGINT NOT NULL,
  items {BINARY} NOT NULL,
  PRIMARY KEY (idx, first_n)
);
{APPEND_ONLY log_chunk};
CREATE TABLE log_chunk_payload (
  idx BIGINT NOT NULL,
  first_n BIGINT NOT NULL,
  payloads {BINARY} NOT NULL,
  PRIMARY KEY (idx, first_n)
);
