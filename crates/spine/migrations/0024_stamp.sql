-- What timestamp authorities say of checkpoints (RFC 3161).

-- A question that somebody carries to an authority by hand: the answer must bear its nonce and be
-- over these very bytes.
CREATE TABLE log_stamp_query (
  nonce TEXT PRIMARY KEY,
  size BIGINT NOT NULL,
  note TEXT NOT NULL,
  asked_at BIGINT NOT NULL
);
{APPEND_ONLY log_stamp_query};

-- One answer: the checkpoint as it was stamped, to the byte, the response with its token, and what
-- the token says. `at` is the authority's clock, `kept_at` ours.
CREATE TABLE log_stamp (
  size BIGINT NOT NULL,
  at BIGINT NOT NULL,
  serial TEXT NOT NULL,
  authority TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  note TEXT NOT NULL,
  answer {BINARY} NOT NULL,
  by_hand BIGINT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (size, at, fingerprint, serial)
);
{APPEND_ONLY log_stamp};
