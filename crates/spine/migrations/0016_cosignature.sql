-- What witnesses say of checkpoints.

-- One signature of a witness under one checkpoint: a line of the signed note, and when the witness
-- had seen it, in seconds since 1970 by the witness's own clock.
CREATE TABLE log_cosignature (
  size BIGINT NOT NULL,
  name TEXT NOT NULL,
  key_id BIGINT NOT NULL,
  seconds BIGINT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (size, name, key_id, seconds)
);
CREATE INDEX log_cosignature_name ON log_cosignature (name, key_id, seconds);
{APPEND_ONLY log_cosignature};
