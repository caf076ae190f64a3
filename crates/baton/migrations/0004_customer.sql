-- Customers and what hangs on them.

CREATE TABLE customer (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  sort_key TEXT {BYTEWISE} NOT NULL,
  search TEXT NOT NULL,
  credit_code TEXT,
  industry TEXT NOT NULL,
  region TEXT NOT NULL,
  tier TEXT NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  merged_into_id TEXT REFERENCES customer (id),
  owner_id TEXT REFERENCES people_employee (id),
  owned_since TEXT NOT NULL,
  last_follow_up_on TEXT,
  created_at BIGINT NOT NULL,
  extra TEXT NOT NULL
);
CREATE INDEX customer_owner ON customer (owner_id, sort_key, id);
CREATE INDEX customer_sorted ON customer (sort_key, id);
CREATE INDEX customer_region ON customer (region, sort_key, id);
CREATE INDEX customer_recent ON customer (owned_since, id);
CREATE INDEX customer_owner_recent ON customer (owner_id, owned_since, id);
CREATE INDEX customer_industry ON customer (industry, sort_key, id);
CREATE INDEX customer_tier ON customer (tier, sort_key, id);
CREATE INDEX customer_name_key ON customer (name_key);
CREATE INDEX customer_merged ON customer (merged_into_id);
CREATE INDEX customer_credit_code ON customer (credit_code);

-- What a customer is found by: every tail of its name, spelt in characters, in pinyin and in
-- initials, so that a range of this key answers "contains".
CREATE TABLE customer_term (
  term TEXT {BYTEWISE} NOT NULL,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  PRIMARY KEY (term, customer_id)
);

-- Who owns the customer from a day on. Days never go back (the primary key and the next trigger-free
-- rule in the engine keep it so), and a row ends the one before it: two owners at once cannot be
-- written down.
CREATE TABLE customer_assignment (
  customer_id TEXT NOT NULL REFERENCES customer (id),
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  owner_id TEXT REFERENCES people_employee (id),
  recorded_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  plan_id TEXT,
  PRIMARY KEY (customer_id, seq)
);
{APPEND_ONLY customer_assignment};
CREATE INDEX customer_assignment_owner ON customer_assignment (owner_id);

-- Seats of collaborators: a row opens or closes a seat from a day on.
CREATE TABLE customer_seat_change (
  customer_id TEXT NOT NULL REFERENCES customer (id),
  seq BIGINT NOT NULL,
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  opens BIGINT NOT NULL,
  until_on TEXT,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (customer_id, seq)
);
{APPEND_ONLY customer_seat_change};

CREATE TABLE customer_seat (
  customer_id TEXT NOT NULL REFERENCES customer (id),
  employee_id TEXT NOT NULL REFERENCES people_employee (id),
  until_on TEXT,
  PRIMARY KEY (customer_id, employee_id)
);
CREATE INDEX customer_seat_of ON customer_seat (employee_id);

CREATE TABLE customer_contact (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  name TEXT NOT NULL,
  title TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  is_primary BIGINT NOT NULL,
  extra TEXT NOT NULL
);
CREATE INDEX customer_contact_of ON customer_contact (customer_id);

CREATE TABLE customer_product (
  number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  series TEXT NOT NULL,
  price BIGINT,
  extra TEXT NOT NULL
);

CREATE TABLE customer_opportunity (
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  customer_id TEXT REFERENCES customer (id),
  owner_id TEXT REFERENCES people_employee (id),
  title TEXT NOT NULL,
  product TEXT NOT NULL,
  stage TEXT NOT NULL,
  amount BIGINT,
  opened_on TEXT,
  closed_on TEXT,
  extra TEXT NOT NULL
);
CREATE INDEX customer_opportunity_of ON customer_opportunity (customer_id);
CREATE INDEX customer_opportunity_owner ON customer_opportunity (owner_id, stage);

CREATE TABLE customer_follow_up (
  id TEXT PRIMARY KEY,
  customer_id TEXT NOT NULL REFERENCES customer (id),
  opportunity_id TEXT REFERENCES customer_opportunity (id),
  author_id TEXT NOT NULL REFERENCES people_employee (id),
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  next_on TEXT,
  duty_id TEXT REFERENCES people_employee (id)
);
CREATE INDEX customer_follow_up_of ON customer_follow_up (customer_id, at);
CREATE INDEX customer_follow_up_duty ON customer_follow_up (duty_id, next_on);
CREATE INDEX customer_follow_up_author ON customer_follow_up (author_id);
