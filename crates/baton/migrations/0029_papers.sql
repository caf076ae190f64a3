-- Documents about a handover plan, and about one customer or one receiver of it.
ALTER TABLE document ADD COLUMN plan_id TEXT REFERENCES handover_plan (id);
-- The customer or the receiver; empty where a document is about the whole.
ALTER TABLE document ADD COLUMN part TEXT NOT NULL DEFAULT '';
CREATE INDEX document_plan ON document (plan_id, kind, part);
