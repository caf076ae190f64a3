-- Lists and searches among a million customers.

-- What a customer is found by: every tail of its name, spelt in characters, in pinyin and in
-- initials, so that a range of this key answers "contains". A bulk load writes its terms as one
-- sorted run behind the others, since terms strewn over the whole key would touch a page each; run 0
-- takes what comes one by one. `leads` tells how a term stands to the customer's sort key: 1, the
-- sort key begins with what the characters or pinyin spell; 2, with what the initials abbreviate;
-- 0, it says nothing about the place in the list. Derived from customer.name and number.
CREATE TABLE customer_term_new (
  run BIGINT NOT NULL,
  leads BIGINT NOT NULL,
  term TEXT {BYTEWISE} NOT NULL,
  customer_id TEXT NOT NULL,
  PRIMARY KEY (run, leads, term, customer_id)
) {CLUSTERED};
INSERT INTO customer_term_new (run, leads, term, customer_id)
  SELECT 0, 0, term, customer_id FROM customer_term;
DROP TABLE customer_term;
ALTER TABLE customer_term_new RENAME TO customer_term;

CREATE TABLE customer_term_run (
  run BIGINT PRIMARY KEY
);
INSERT INTO customer_term_run (run) VALUES (0);

-- A page of the list is found in an index alone: it carries what the list is narrowed to and what
-- is searched, since some of it may have to be walked. The owner stands in one of them only, so that
-- changing hands stays cheap.
DROP INDEX customer_sorted;
DROP INDEX customer_owner;
DROP INDEX customer_region;
DROP INDEX customer_recent;
DROP INDEX customer_owner_recent;
CREATE INDEX customer_sorted
  ON customer (sort_key, id, state, region, industry, tier{SEARCHED});
CREATE INDEX customer_owner
  ON customer (owner_id, sort_key, id, state, region, industry, tier, owned_since{SEARCHED});
CREATE INDEX customer_region
  ON customer (region, sort_key, id, state, industry, tier, owned_since{SEARCHED});
CREATE INDEX customer_recent
  ON customer (owned_since, id, state, region, industry, tier);
CREATE INDEX customer_inactive ON customer (sort_key, id) WHERE state <> 'active';
