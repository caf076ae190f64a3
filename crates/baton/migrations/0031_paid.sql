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

-- One payment: of everybody or of one person, for what closed months up to this one left open, by a
-- bank's or payroll's reference. Undoing is another row.
CREATE TABLE commission_paying (
  id TEXT PRIMARY KEY,
  month TEXT NOT NULL REFERENCES commission_period (month),
  payee_id TEXT REFERENCES people_employee (id),
  paid_on TEXT NOT NULL,
  reference TEXT NOT NULL,
  -- Why it was not all of it, or why it was undone.
  reason TEXT NOT NULL,
  -- The payment that it undoes.
  undoes TEXT,
  people BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  total BIGINT NOT NULL,
  recorded_by TEXT NOT NULL,
  recorded_at BIGINT NOT NULL
);
{APPEND_ONLY commission_paying};
CREATE INDEX commission_paying_month ON commission_paying (month, recorded_at);
CREATE INDEX commission_paying_of ON commission_paying (payee_id);

-- What a payment paid of which line; below zero where it is undone or where something is set off.
CREATE TABLE commission_payment (
  paying_id TEXT NOT NULL REFERENCES commission_paying (id),
  n BIGINT NOT NULL,
  month TEXT NOT NULL REFERENCES commission_period (month),
  key TEXT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  record TEXT NOT NULL,
  -- Which line of the calculation it is, JSON; empty for what was settled at an exit.
  line TEXT NOT NULL,
  paid_on TEXT NOT NULL,
  amount BIGINT NOT NULL,
  PRIMARY KEY (paying_id, n)
);
{APPEND_ONLY commission_payment};
CREATE INDEX commission_payment_line ON commission_payment (month, key);
CREATE INDEX commission_payment_of ON commission_payment (payee_id);
CREATE INDEX commission_payment_record ON commission_payment (record);
