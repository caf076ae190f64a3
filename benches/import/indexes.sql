-- The indexes of peer.sql, made when the rows are there.
CREATE UNIQUE INDEX customer_number ON customer (number);
CREATE INDEX customer_owner ON customer (owner, name);
CREATE INDEX customer_sorted ON customer (name);
CREATE INDEX customer_region ON customer (region, name);
CREATE INDEX customer_industry ON customer (industry, name);
CREATE INDEX customer_tier ON customer (tier, name);
CREATE INDEX customer_credit_code ON customer (credit_code);
