-- The list of customers by day, and what a scope or a region narrows it to, in indexes alone.

-- Both orders of an owner's customers carry what is narrowed and searched: a manager's page is put
-- together from the first of each of his people. Changing hands rewrites the three below.
DROP INDEX customer_owner;
CREATE INDEX customer_owner
  ON customer (owner_id, sort_key, id, state, region, industry, tier{SEARCHED});
CREATE INDEX customer_owner_recent
  ON customer (owner_id, owned_since, id, state, region, industry, tier{SEARCHED});
DROP INDEX customer_recent;
CREATE INDEX customer_recent
  ON customer (owned_since, id, state, region, industry, tier{SEARCHED});
CREATE INDEX customer_region_tier
  ON customer (region, tier, owned_since, id, state, owner_id, industry, sort_key{SEARCHED});
-- Nothing of it changes hands.
DROP INDEX customer_region;
CREATE INDEX customer_region
  ON customer (region, sort_key, id, state, industry, tier{SEARCHED});
