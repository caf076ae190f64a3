-- Signatures: who proves himself by what, whose keys there are, which documents are being signed.

-- A person's second factor. What the codes are made of is sealed with a key that lies outside the
-- database; a code is good once, so its place in time is kept.
CREATE TABLE signing_factor (
  employee_id TEXT PRIMARY KEY REFERENCES people_employee (id),
  sealed TEXT NOT NULL,
  -- 'pending' until the first code was right, then 'active'.
  state TEXT NOT NULL,
  last_step BIGINT NOT NULL,
  begun_at BIGINT NOT NULL,
  confirmed_at BIGINT
);

-- Wrong codes and wrong signing secrets in a row.
CREATE TABLE signing_failure (
  employee_id TEXT PRIMARY KEY REFERENCES people_employee (id),
  failures BIGINT NOT NULL,
  blocked_until BIGINT NOT NULL
);

-- Consent to signing electronically, once for each wording.
CREATE TABLE signing_consent (
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  -- SHA-256 of the wording, hex.
  text_digest TEXT NOT NULL,
  consented_at BIGINT NOT NULL,
  PRIMARY KEY (employee_id, text_digest)
);
{APPEND_ONLY signing_consent};

-- The company's own certificate authority. Its key is sealed with what lies outside the database.
CREATE TABLE signing_authority (
  id TEXT PRIMARY KEY,
  certificate {BINARY} NOT NULL,
  sealed TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  valid_until BIGINT NOT NULL,
  made_by TEXT NOT NULL,
  made_at BIGINT NOT NULL
);
{APPEND_ONLY signing_authority};

-- Keys that sign documents: a person's, sealed under his own secret, or the seal of a legal entity.
CREATE TABLE signing_key (
  id TEXT PRIMARY KEY,
  employee_id TEXT REFERENCES people_employee (id),
  entity_id TEXT REFERENCES people_entity (id),
  certificate {BINARY} NOT NULL,
  sealed TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  valid_until BIGINT NOT NULL,
  made_at BIGINT NOT NULL,
  -- Who has seen that the key is the person's own; until then it signs nothing.
  vouched_by TEXT,
  retired_at BIGINT,
  retired_because TEXT NOT NULL
);
CREATE INDEX signing_key_employee ON signing_key (employee_id);
CREATE INDEX signing_key_entity ON signing_key (entity_id);

-- A document being signed. The terms never change; how it stands follows from the steps.
CREATE TABLE signing_ceremony (
  id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL REFERENCES document (id),
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  terms TEXT NOT NULL,
  standing TEXT NOT NULL,
  deadline BIGINT NOT NULL,
  requested_by TEXT NOT NULL,
  requested_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL
);
CREATE INDEX signing_ceremony_document ON signing_ceremony (document_id);
CREATE INDEX signing_ceremony_requested ON signing_ceremony (requested_at, id);

-- Places to sign, for lists; follows from terms and steps.
CREATE TABLE signing_seat (
  ceremony_id TEXT NOT NULL REFERENCES signing_ceremony (id),
  seat BIGINT NOT NULL,
  employee_id TEXT REFERENCES people_employee (id),
  -- 'waiting', 'open', 'signed', 'refused', 'over'.
  state TEXT NOT NULL,
  reminded_at BIGINT,
  PRIMARY KEY (ceremony_id, seat)
);
CREATE INDEX signing_seat_employee ON signing_seat (employee_id, state);

-- What was done, each step bound to the one before.
CREATE TABLE signing_step (
  ceremony_id TEXT NOT NULL REFERENCES signing_ceremony (id),
  no BIGINT NOT NULL,
  body TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  taken_at BIGINT NOT NULL,
  PRIMARY KEY (ceremony_id, no)
);
{APPEND_ONLY signing_step};

-- What a step brought: 'drawn' signature, 'signed' document, 'scan' of a paper. Documents lie beside
-- each other, the one with more signatures never replaces the one before.
CREATE TABLE signing_file (
  ceremony_id TEXT NOT NULL REFERENCES signing_ceremony (id),
  no BIGINT NOT NULL,
  kind TEXT NOT NULL,
  media TEXT NOT NULL,
  digest TEXT NOT NULL,
  bytes {BINARY} NOT NULL,
  PRIMARY KEY (ceremony_id, no, kind)
);
{APPEND_ONLY signing_file};

-- Approved uses of the company's seal.
CREATE TABLE signing_seal_use (
  id TEXT PRIMARY KEY,
  ceremony_id TEXT NOT NULL REFERENCES signing_ceremony (id),
  asked_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  approved_at BIGINT NOT NULL
);
{APPEND_ONLY signing_seal_use};
