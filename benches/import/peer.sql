-- The same columns with the indexes and constraints that Baton keeps for them.
CREATE TABLE owner (number TEXT PRIMARY KEY, name TEXT NOT NULL, department TEXT NOT NULL);
CREATE TABLE customer (
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  credit_code TEXT,
  industry TEXT NOT NULL,
  region TEXT NOT NULL,
  tier TEXT NOT NULL,
  owner TEXT REFERENCES owner (number),
  phone TEXT,
  address TEXT NOT NULL
);
CREATE INDEX customer_owner ON customer (owner, name);
CREATE INDEX customer_sorted ON customer (name);
CREATE INDEX customer_region ON customer (region, name);
CREATE INDEX customer_industry ON customer (industry, name);
CREATE INDEX customer_tier ON customer (tier, name);
CREATE INDEX customer_credit_code ON customer (credit_code);
