-- What changes hands with very many customers is written in few places.

-- The rows of a timeline lie in the order of its key, and nowhere else on SQLite.
{SQLITE} CREATE TABLE customer_assignment_new (
  customer_id TEXT NOT NULL REFERENCES customer (id),
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  owner_id TEXT REFERENCES people_employee (id),
  recorded_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  plan_id TEXT,
  PRIMARY KEY (customer_id, seq)
) {CLUSTERED};
{SQLITE} INSERT INTO customer_assignment_new (customer_id, seq, effective_on, recorded_at, owner_id,
  recorded_by, reason, plan_id) SELECT customer_id, seq, effective_on, recorded_at, owner_id,
  recorded_by, reason, plan_id FROM customer_assignment ORDER BY customer_id, seq;
{SQLITE} DROP TABLE customer_assignment;
{SQLITE} ALTER TABLE customer_assignment_new RENAME TO customer_assignment;
{SQLITE} {APPEND_ONLY customer_assignment};
{SQLITE} CREATE INDEX customer_assignment_owner ON customer_assignment (owner_id);

{SQLITE} CREATE TABLE receivable_responsibility_new (
  invoice_id TEXT NOT NULL REFERENCES receivable_invoice (id),
  seq BIGINT NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at BIGINT NOT NULL,
  responsible_id TEXT REFERENCES people_employee (id),
  recorded_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  plan_id TEXT,
  PRIMARY KEY (invoice_id, seq)
) {CLUSTERED};
{SQLITE} INSERT INTO receivable_responsibility_new (invoice_id, seq, effective_on, recorded_at,
  responsible_id, recorded_by, reason, plan_id) SELECT invoice_id, seq, effective_on, recorded_at,
  responsible_id, recorded_by, reason, plan_id FROM receivable_responsibility
  ORDER BY invoice_id, seq;
{SQLITE} DROP TABLE receivable_responsibility;
{SQLITE} ALTER TABLE receivable_responsibility_new RENAME TO receivable_responsibility;
{SQLITE} {APPEND_ONLY receivable_responsibility};

-- Duties and invoices are counted and moved by holder and customer; nobody asks for duties by day.
DROP INDEX customer_follow_up_duty;
CREATE INDEX customer_follow_up_duty ON customer_follow_up (duty_id, customer_id);
DROP INDEX receivable_invoice_responsible;
CREATE INDEX receivable_invoice_responsible ON receivable_invoice (responsible_id, customer_id);

-- Few customers were merged or have a code; PostgreSQL writes an entry into every index of a row
-- that changes hands.
DROP INDEX customer_merged;
CREATE INDEX customer_merged ON customer (merged_into_id) WHERE merged_into_id IS NOT NULL;
DROP INDEX customer_credit_code;
CREATE INDEX customer_credit_code ON customer (credit_code) WHERE credit_code IS NOT NULL;
