-- The second log over the same entries, with SM3 and SM2, for those who must show these.

-- 256 leaf hashes, and the root over them.
CREATE TABLE log_sm_tile (
  n BIGINT PRIMARY KEY,
  data {BINARY} NOT NULL,
  root {BINARY} NOT NULL
);
{APPEND_ONLY log_sm_tile};

-- How far it has followed the first log.
CREATE TABLE log_sm_head (
  id BIGINT PRIMARY KEY,
  size BIGINT NOT NULL,
  frontier {BINARY} NOT NULL
);

CREATE TABLE log_sm_checkpoint (
  size BIGINT PRIMARY KEY,
  note TEXT NOT NULL,
  signed_at BIGINT NOT NULL
);
{APPEND_ONLY log_sm_checkpoint};
