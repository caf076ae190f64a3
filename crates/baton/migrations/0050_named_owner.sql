-- Whose the files say that an imported record is: the place of the owner in the list `owners` of the
-- report of its batch, from 1; 0 where they name nobody whom anybody finds. Batches of old do not
-- tell.
ALTER TABLE import_record ADD COLUMN owner BIGINT;
