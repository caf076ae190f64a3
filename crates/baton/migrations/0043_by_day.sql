-- PostgreSQL has the customers of each owner by day too.

-- It takes the place of the index of owners alone, so that whoever changes hands costs no further
-- entry. What a list is narrowed to is told before a row is looked up; its text is not, which would
-- make it as wide as the list by name.
{POSTGRES} DROP INDEX customer_owned;
{POSTGRES} CREATE INDEX customer_owner_recent
  ON customer (owner_id, owned_since, id, region, industry, tier);
