-- What is said of a statement: amounts that are claimed or granted, files beside objections, and who
-- signed the whole statement off.

-- With an objection what the payee thinks is right, with a partly accepted one what is granted.
ALTER TABLE commission_word ADD COLUMN amount BIGINT;

-- A file beside an objection, as it was brought.
CREATE TABLE commission_attachment (
  month TEXT NOT NULL REFERENCES commission_period (month),
  key TEXT NOT NULL,
  seq BIGINT NOT NULL,
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  file_name TEXT NOT NULL,
  media TEXT NOT NULL,
  size BIGINT NOT NULL,
  -- SHA-256, hex; stands in the evidence entry too.
  digest TEXT NOT NULL,
  bytes {BINARY} NOT NULL,
  PRIMARY KEY (month, key, seq)
);
{APPEND_ONLY commission_attachment};
CREATE INDEX commission_attachment_of ON commission_attachment (payee_id, month);

-- The payee has signed his whole statement off; the digest says which lines and amounts.
CREATE TABLE commission_sign_off (
  month TEXT NOT NULL REFERENCES commission_period (month),
  payee_id TEXT NOT NULL REFERENCES people_employee (id),
  seq BIGINT NOT NULL,
  digest TEXT NOT NULL,
  lines BIGINT NOT NULL,
  total BIGINT NOT NULL,
  signed_at BIGINT NOT NULL,
  PRIMARY KEY (month, payee_id, seq)
);
{APPEND_ONLY commission_sign_off};
CREATE INDEX commission_sign_off_of ON commission_sign_off (payee_id);

-- Every calculation of a month, so that a statement can be read as it stood at a moment.
CREATE TABLE commission_run (
  month TEXT NOT NULL REFERENCES commission_period (month),
  run BIGINT NOT NULL,
  calculated_at BIGINT NOT NULL,
  PRIMARY KEY (month, run)
);
{APPEND_ONLY commission_run};

-- What a refund or a bad debt took back is looked up by its record.
CREATE INDEX commission_line_record ON commission_line (record);
