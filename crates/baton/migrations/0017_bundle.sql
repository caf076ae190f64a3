-- Evidence bundles that were handed out.

-- What was exported, by whom, for whom and why. The bytes are kept as they were handed out: what was
-- given to a court yesterday can be given again, whatever the program writes today.
CREATE TABLE bundle (
  id TEXT PRIMARY KEY,
  departure_id TEXT NOT NULL REFERENCES departure (id),
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  file_name TEXT NOT NULL,
  -- SHA-256 of the bytes, hex; stands in the evidence entry too.
  digest TEXT NOT NULL,
  size BIGINT NOT NULL,
  -- What the house's own verifier said of it, with the keys of this house.
  verdict TEXT NOT NULL,
  -- Counts and choices, JSON.
  held TEXT NOT NULL,
  exported_by TEXT NOT NULL,
  exported_at BIGINT NOT NULL,
  bytes {BINARY} NOT NULL
);
CREATE INDEX bundle_departure ON bundle (departure_id, exported_at);
{APPEND_ONLY bundle};
