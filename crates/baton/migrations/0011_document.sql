-- Documents: what each of them is about and says, and the templates they were printed with.

ALTER TABLE document ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN employee_id TEXT REFERENCES people_employee (id);
-- The facts it was printed from, JSON; personal data.
ALTER TABLE document ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
ALTER TABLE document ADD COLUMN code TEXT NOT NULL DEFAULT '';
-- Why it was issued once more; empty for the first.
ALTER TABLE document ADD COLUMN because TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN pages BIGINT NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX document_number ON document (number) WHERE number <> '';
CREATE INDEX document_employee ON document (employee_id, issued_at);
CREATE INDEX document_issued ON document (issued_at, id);

-- Every text a document may have been printed with. The newest of a kind is in force; an old one stays,
-- so that it can be shown how an old document came to look as it does.
CREATE TABLE document_template (
  kind TEXT NOT NULL,
  seq BIGINT NOT NULL,
  version TEXT NOT NULL,
  own BIGINT NOT NULL,
  source TEXT NOT NULL,
  paper TEXT NOT NULL,
  published_at BIGINT NOT NULL,
  PRIMARY KEY (kind, seq)
);
{APPEND_ONLY document_template};
