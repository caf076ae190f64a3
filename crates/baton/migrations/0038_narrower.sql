-- PostgreSQL writes an entry into every index of a customer who changes hands, and looks at every
-- column of one that it walks along.

-- The lists show active customers; all others stand in `customer_inactive`. What one person has is
-- few enough to be sorted by day.
{POSTGRES} DROP INDEX customer_owner_recent;
{POSTGRES} DROP INDEX customer_owner;
{POSTGRES} CREATE INDEX customer_owner
  ON customer (owner_id, sort_key, id, region, industry, tier, owned_since, search)
  WHERE state = 'active';
{POSTGRES} CREATE INDEX customer_owned ON customer (owner_id);
{POSTGRES} DROP INDEX customer_sorted;
{POSTGRES} CREATE INDEX customer_sorted
  ON customer (sort_key, id, region, industry, tier, owner_id, search) WHERE state = 'active';
{POSTGRES} DROP INDEX customer_recent;
{POSTGRES} CREATE INDEX customer_recent
  ON customer (owned_since, id, region, industry, tier, owner_id, search) WHERE state = 'active';
{POSTGRES} DROP INDEX customer_region_tier;
{POSTGRES} CREATE INDEX customer_region_tier
  ON customer (region, tier, owned_since, id, owner_id, industry, sort_key, search)
  WHERE state = 'active';

-- How many customers a tier of a region has is counted along an index that is small.
{POSTGRES} DROP INDEX customer_tier;
{POSTGRES} CREATE INDEX customer_tier ON customer (tier, region);
