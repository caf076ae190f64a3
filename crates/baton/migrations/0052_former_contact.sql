-- What telephone and e-mail of a contact were before somebody replaced them: the only way back from
-- a slip, or from malice. A row stays; what stands in it is emptied with the entry that tells of
-- the replacement, when that is erased by law.
CREATE TABLE customer_contact_former (
  contact_id TEXT {BYTEWISE} NOT NULL REFERENCES customer_contact (id),
  revision BIGINT NOT NULL,
  phone TEXT,
  email TEXT,
  replaced_at BIGINT NOT NULL,
  PRIMARY KEY (contact_id, revision)
);
{APPEND_ONLY customer_contact_former contact_id, revision, replaced_at};
