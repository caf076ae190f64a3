-- Searches that hit neither few nor many: what is asked of a hit stands beside it or in one index.

-- Terms name their customer by a short number in the place of its id, and its region besides: half
-- the bytes, and a region is told without a look at the customer. Customers that one load brings are
-- numbered as they are sorted, so that hits that stand together in the list stand together here too.
ALTER TABLE customer ADD COLUMN term_no BIGINT NOT NULL DEFAULT 0;
CREATE TABLE customer_numbered (
  id TEXT PRIMARY KEY,
  term_no BIGINT NOT NULL
) {CLUSTERED};
INSERT INTO customer_numbered (id, term_no)
  SELECT id, row_number() OVER (ORDER BY sort_key, id) FROM customer;

-- What a walk tries is as long as every index can carry; beyond it only the terms know a name.
DROP INDEX customer_sorted;
DROP INDEX customer_owner;
DROP INDEX customer_owner_recent;
DROP INDEX customer_region;
DROP INDEX customer_region_tier;
DROP INDEX customer_recent;
UPDATE customer SET search = substr(search, 1, 500),
  term_no = (SELECT n.term_no FROM customer_numbered n WHERE n.id = customer.id);
DROP TABLE customer_numbered;

CREATE TABLE customer_term_new (
  run BIGINT NOT NULL,
  leads BIGINT NOT NULL,
  term TEXT {BYTEWISE} NOT NULL,
  term_no BIGINT NOT NULL,
  region TEXT NOT NULL,
  PRIMARY KEY (run, leads, term, term_no, region)
) {CLUSTERED};
INSERT INTO customer_term_new (run, leads, term, term_no, region)
  SELECT t.run, t.leads, t.term, c.term_no, c.region
  FROM customer_term t CROSS JOIN customer c WHERE c.id = t.customer_id;
DROP TABLE customer_term;
ALTER TABLE customer_term_new RENAME TO customer_term;

-- What is asked of a customer whose term was hit, in one place.
CREATE INDEX customer_hit ON customer
  (term_no, state, region, tier, industry, owner_id, owned_since, sort_key, id);

-- The owner stands in the indexes that change hands anyway.
CREATE INDEX customer_sorted
  ON customer (sort_key, id, state, region, industry, tier{OWNED}, search);
CREATE INDEX customer_region
  ON customer (region, sort_key, id, state, industry, tier{OWNED}, search);
CREATE INDEX customer_owner
  ON customer (owner_id, sort_key, id, state, region, industry, tier, search);
CREATE INDEX customer_owner_recent
  ON customer (owner_id, owned_since, id, state, region, industry, tier, search);
CREATE INDEX customer_recent
  ON customer (owned_since, id, state, region, industry, tier, owner_id, search);
CREATE INDEX customer_region_recent
  ON customer (region, owned_since, id, state, industry, tier, owner_id, search);
CREATE INDEX customer_region_tier
  ON customer (region, tier, owned_since, id, state, owner_id, industry, sort_key, search);
