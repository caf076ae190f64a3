-- What a statement of a closed month was calculated from, as it was handed out first: facts and
-- statement in canonical JSON. Whoever has both works the second out of the first.
CREATE TABLE commission_basis (
  month TEXT NOT NULL REFERENCES commission_period (month),
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  facts {BINARY} NOT NULL,
  statement {BINARY} NOT NULL,
  -- SHA-256 of both, hex; stand in the evidence entry too.
  facts_digest TEXT NOT NULL,
  statement_digest TEXT NOT NULL,
  kept_by TEXT NOT NULL,
  kept_at BIGINT NOT NULL,
  PRIMARY KEY (month, payee_id)
);
{APPEND_ONLY commission_basis};
CREATE INDEX commission_basis_of ON commission_basis (payee_id);

-- Bundles of statements that were handed out; like `bundle`.
CREATE TABLE bundle_statement (
  id TEXT PRIMARY KEY,
  month TEXT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  recipient TEXT NOT NULL,
  reason TEXT NOT NULL,
  file_name TEXT NOT NULL,
  digest TEXT NOT NULL,
  size BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  held TEXT NOT NULL,
  exported_by TEXT NOT NULL,
  exported_at BIGINT NOT NULL,
  bytes {BINARY} NOT NULL
);
{APPEND_ONLY bundle_statement};
CREATE INDEX bundle_statement_of ON bundle_statement (payee_id, month);
