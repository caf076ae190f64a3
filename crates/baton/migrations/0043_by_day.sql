-- PostgreSQL has the customers of each owner by day too.

-- It takes the place of the index of owners alone, so that whoever changes hands costs no further
-- entry, and has those in every state as that one had.
{POSTGRES} DROP INDEX customer_owned;
{POSTGRES} CREATE INDEX customer_owner_recent
  ON customer (owner_id, owned_since, id, state, region, industry, tier, search);
