-- What an import notes of each record it notes beside its batch, in one transaction, and no batch is
-- ever taken away; PostgreSQL looked the batch up for each of a million records.
{POSTGRES} ALTER TABLE import_record DROP CONSTRAINT import_record_batch_id_fkey;
{POSTGRES} ALTER TABLE import_identity DROP CONSTRAINT import_identity_batch_id_fkey;
